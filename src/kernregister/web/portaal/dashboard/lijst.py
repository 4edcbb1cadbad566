"""Who stands behind a number, as the page and the CSV show it: own student number and name, and the own record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from msgspec import Struct

from kernregister.kern.regels.paspoort import Tekst
from kernregister.platform.geheugen import een_transactie
from kernregister.platform.pas import met_pas
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.stamgegevens import public as stamgegevens
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.dashboard.vraag import Dashboardvraag, Getalvraag

PER_BLADZIJDE: Final = 50
PER_KEER: Final = 1000
"""Lines of a file that are read together: a fraction of a second's work, and some megabytes."""

ACTIVITEIT: Final = "kwaliteit-bewaken"

_BUITEN: Final = {
    "E01": Tekst("een school voor vo", "a school for vo"),
    "E02": Tekst("een school voor vso", "a school for vso"),
    "E03": Tekst("een school voor vo", "a school for vo"),
    "E04": Tekst("een school voor vso", "a school for vso"),
    "E06": Tekst("een andere mbo-instelling", "another mbo institution"),
}
"""With whom the record clashes: that there is one may be said, not which or what it registered."""


class Recordtekst(Struct, frozen=True):
    """An own record in words."""

    soort: Tekst
    nummer: str
    opleiding: str
    opleidingnaam: str
    leertraject: str
    begin: date | None
    einde: date | None
    gepland: date | None
    """Planned end, where there is no real one yet."""
    behaald: bool
    """It was obtained on a day: ``begin`` is the date of the result."""


class Regel(Struct, frozen=True):
    """A line of the list."""

    persoon: int
    student: register.Student | None
    """None: the pass does not show who it is."""
    heeft_dossier: bool
    """The studentdossier opens: an own enrolment runs or is to come (Handleiding h. 08)."""
    records: tuple[Recordtekst, ...]
    signaal: int | None
    teldata: tuple[date, ...]
    eerste: bool
    """The first line of the person on this page."""


class Lijst(Struct, frozen=True):
    """A page of the list."""

    aantal: int
    regels: tuple[Regel, ...]
    buiten: Tekst | None
    """With whom the records clash, outside the institution."""

    @property
    def alleen_behaald(self) -> bool:
        """Whether all of it was obtained on a day, and nothing lasted."""
        return all(record.behaald for regel in self.regels for record in regel.records)


_SOORTEN: Final = {
    "Inschrijving": Tekst("Inschrijving", "Enrolment"),
    "Inschrijvingsperiode": Tekst("Inschrijvingsperiode", "Period of enrolment"),
    "BPV": Tekst("BPV", "Placement (BPV)"),
    "Diploma": Tekst("Diploma", "Diploma"),
    "Resultaat": Tekst("Resultaat", "Result"),
}


def haal(
    bezoek: Bezoek,
    vraag: Dashboardvraag,
    getal: Getalvraag,
    vanaf: int = 0,
    hoeveel: int = PER_BLADZIJDE,
    hoogstens: int | None = None,
    na: int | None = None,
) -> Lijst:
    """Return a stretch of who stands behind a number, and log that it was shown; inside ``met_pas``.

    The stretch begins after so many lines, or after a person (``kwaliteit.achter``).

    Raises:
        Onvindbaar: the pass gives no sight of these figures.
        Kwaliteitsfout: the day or the studiejaar cannot be asked for.
        WordtGeteld: it has to be counted first.
    """
    assert vraag.instelling is not None
    gevonden = kwaliteit.achter(
        vraag.instelling,
        getal.getal,
        vraag.studiejaar,
        vraag.stand,
        vanaf,
        hoeveel,
        hoogstens=hoogstens,
        na=na,
    )
    wie = {regel.persoon for regel in gevonden.regels}
    studenten = register.studenten(wie, vraag.instelling)
    bezoek.gelezen(wie, "wie achter een getal van het dashboard", ACTIVITEIT)
    open_ = bezoek.met_dossier(wie) if hoeveel == PER_BLADZIJDE else ()
    opleidingen = stamgegevens.gegevens().opleidingen
    eerste = {regel.persoon: plaats for plaats, regel in reversed([*enumerate(gevonden.regels)])}
    regels = tuple(
        Regel(
            regel.persoon,
            studenten.get(regel.persoon),
            regel.persoon in open_,
            tuple(_record(record, opleidingen) for record in regel.records),
            regel.signalen[0] if regel.signalen else None,
            regel.teldata,
            eerste[regel.persoon] == plaats,
        )
        for plaats, regel in enumerate(gevonden.regels)
    )
    return Lijst(gevonden.aantal, regels, _BUITEN.get(getal.regel))


def verder(bezoek: Bezoek, vraag: Dashboardvraag, getal: Getalvraag, deel: Lijst) -> Iterator[Regel]:
    """Give a stretch and all that comes after it, each read and logged in a transaction of its own.

    No stand number waits for all of it, and of the dossiers no more than a stretch is in memory. Who comes in or goes
    meanwhile is in it or not; nobody else is left out or told twice.
    """
    yield from deel.regels
    while deel.regels and len(deel.regels) < deel.aantal:
        with een_transactie(), met_pas(bezoek.pas):
            deel = haal(bezoek, vraag, getal, hoeveel=PER_KEER, na=deel.regels[-1].persoon)
        yield from deel.regels


def _record(record: kwaliteit.Recordregel, opleidingen: Mapping[str, object]) -> Recordtekst:
    nummers = (record.resultaatvolgnummer, record.bpv_volgnummer, record.inschrijvingvolgnummer)
    opleiding = opleidingen.get(record.opleidingcode or "")
    return Recordtekst(
        soort=_SOORTEN.get(record.soort, Tekst(record.soort, record.soort)),
        nummer=next((nummer for nummer in nummers if nummer), ""),
        opleiding=record.opleidingcode or record.onderdeel or "",
        opleidingnaam=getattr(opleiding, "naam", ""),
        leertraject=record.leertraject or "",
        begin=record.resultaat_op or record.begin,
        einde=record.einde,
        gepland=record.einde_gepland if record.einde is None else None,
        behaald=record.resultaat_op is not None,
    )


KOP: Final = (
    "studentnummer",
    "naam",
    "geboortedatum",
    "record",
    "volgnummer",
    "opleiding",
    "opleidingnaam",
    "leertraject",
    "begin",
    "einde",
    "einde_gepland",
)


def als_rijen(bezoek: Bezoek, regels: Iterable[Regel]) -> Iterable[tuple[str, ...]]:
    """Give the lines of a file below `KOP`: one for each record."""
    for regel in regels:
        wie = regel.student
        for record in regel.records:
            yield (
                wie.studentnummer if wie else "",
                wie.naam if wie else "",
                (wie.geboortedatum or "") if wie else "",
                bezoek.tekst(record.soort),
                record.nummer,
                record.opleiding,
                record.opleidingnaam,
                record.leertraject,
                *(dag.isoformat() if dag else "" for dag in (record.begin, record.einde, record.gepland)),
            )
