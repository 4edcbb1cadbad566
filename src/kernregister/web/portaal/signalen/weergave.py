"""How signals and causes read to people: facts with names and dates, records in words, where to mend them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from django.urls import reverse
from msgspec import Struct

from kernregister.kern.regels.catalogus import catalogus
from kernregister.kern.regels.paspoort import Tekst
from kernregister.kern.regels.woorden import woord
from kernregister.platform import klok
from kernregister.platform.nummers import is_nummer, maskeer
from kernregister.rapport.woorden import Woorden
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.voorzieningen.kwaliteit.public import Oorzaaksoort
from kernregister.voorzieningen.register import public as register
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.invoer.adres import formulieradres

Feit = tuple[str, str]
"""A name and a value, in the language of the page."""

Studenten = Mapping[int, register.Student]

RECORDS: Final[dict[str, Tekst]] = {
    "Persoon": Tekst("persoonsgegevens", "personal data"),
    "Inschrijving": Tekst("inschrijving", "enrolment"),
    "Inschrijvingsperiode": Tekst("inschrijvingsperiode", "enrolment period"),
    "ExtraOndersteuning": Tekst("extra ondersteuning", "extra support"),
    "Bpv": Tekst("BPV", "placement (BPV)"),
    "Diploma": Tekst("diploma", "diploma"),
    "Keuzedeel": Tekst("keuzedeel", "elective (keuzedeel)"),
    "AmvbOnderdeel": Tekst("AMvB-onderdeel", "AMvB part"),
    "GeneriekExamenonderdeel": Tekst("generiek examenonderdeel", "generic exam part"),
}

_SLEUTELVELDEN: Final = (
    ("inschrijvingvolgnummer", Tekst("Inschrijving", "Enrolment")),
    ("datum_begin", Tekst("Begin", "Begin")),
    ("bpv_volgnummer", Tekst("BPV", "Placement (BPV)")),
    ("resultaatvolgnummer", Tekst("Resultaat", "Result")),
    ("opleidingcode", Tekst("Opleidingcode", "Programme code")),
)

_BEEINDIGEN: Final = frozenset({"A03", "B03", "B04", "B06"})
"""Rules that are mostly mended by the date or the reason of the end of an enrolment."""


class Regelbeeld(Struct, frozen=True, kw_only=True):
    """A signal as the list shows it."""

    signaal: kwaliteit.Werkregel
    titel: str
    student: register.Student | None
    feiten: list[Feit]


class Oorzaakbeeld(Struct, frozen=True, kw_only=True):
    """A cause as the list shows it."""

    oorzaak: kwaliteit.Oorzaak
    titel: str
    nader: str
    """What they have in common, in words."""
    groep: str
    dagen: int
    in_bulk: bool
    """Whether it can be mended by changing many students at once."""


def feit(naam: str, waarde: Any, bezoek: Bezoek) -> Feit:
    """Return a value of a finding as people read it; a number of a person is masked."""
    woorden = Woorden(bezoek.taal)
    if isinstance(waarde, str) and (dag := _als_dag(waarde)) is not None:
        waarde = dag
    if naam in {"instelling", "andere_instelling"} and isinstance(waarde, str):
        waarde = instellingsnaam(waarde, bezoek)
    tekst = woorden.waarde(waarde)
    return woorden.naam("waarden", naam), (
        tekst if naam == "leerbedrijf_id" else maskeer(tekst)
    ) or woorden.t("leeg")


def feiten(waarden: Mapping[str, Any], bezoek: Bezoek) -> list[Feit]:
    """Return the values that triggered a signal."""
    return [feit(naam, waarde, bezoek) for naam, waarde in waarden.items()]


def _als_dag(waarde: str) -> date | None:
    try:
        return date.fromisoformat(waarde) if len(waarde) == 10 else None
    except ValueError:
        return None


def instellingsnaam(code: str, bezoek: Bezoek) -> str:
    """Return an institution by its code, with its name where the reference data have one."""
    bekend = bezoek.gegevens.instellingen.get(code)
    return f"{bekend.naam} ({code})" if bekend and bekend.naam else code


def record(sleutel: kwaliteit.Recordsleutel, bezoek: Bezoek) -> list[Feit]:
    """Return which record it is about, in words."""
    soort = bezoek.tekst(RECORDS.get(sleutel.record, Tekst(sleutel.record, sleutel.record)))
    uit = [(bezoek.tekst(Tekst("Soort gegeven", "Kind of record")), soort)]
    woorden = Woorden(bezoek.taal)
    for veld, naam in _SLEUTELVELDEN:
        if (waarde := getattr(sleutel, veld)) is not None:
            uit.append((bezoek.tekst(naam), maskeer(woorden.waarde(waarde))))
    return uit


def regeltitel(regel: str, bezoek: Bezoek) -> str:
    """Return the title of a rule with its id."""
    return f"{regel} · {bezoek.tekst(catalogus()[regel].titel)}"


def signaalbeeld(een: kwaliteit.Werkregel, studenten: Studenten, bezoek: Bezoek) -> Regelbeeld:
    """Return a signal as the list shows it."""
    return Regelbeeld(
        signaal=een,
        titel=regeltitel(een.regel, bezoek),
        student=studenten.get(een.persoon),
        feiten=feiten(een.waarden, bezoek),
    )


def oorzaakbeeld(een: kwaliteit.Oorzaak, studenten: Studenten, vandaag: date, bezoek: Bezoek) -> Oorzaakbeeld:
    """Return a cause as the list shows it."""
    regel = catalogus()[een.regels[0]]
    titel = regeltitel(regel.id, bezoek)
    if een.soort is Oorzaaksoort.INSCHRIJVING:
        titel = bezoek.tekst(
            Tekst("Eén gegeven, meer signalen: {}", "One record, several signals: {}")
        ).format(", ".join(een.regels))
    return Oorzaakbeeld(
        oorzaak=een,
        titel=titel,
        nader=_nader(een, studenten, bezoek),
        groep=f"{regel.groep.value} · {woord(regel.groep, bezoek.taal)}",
        dagen=(vandaag - een.sinds).days,
        in_bulk=een.aantal > 1 and een.regels[0] in _BEEINDIGEN,
    )


def _nader(een: kwaliteit.Oorzaak, studenten: Studenten, bezoek: Bezoek) -> str:
    if een.soort is Oorzaaksoort.WAARDE:
        naam, waarde = feit(een.naam or "", een.waarde or None, bezoek)
        return f"{naam}: {waarde}"
    if een.soort is Oorzaaksoort.INSCHRIJVING:
        wie = studenten.get(een.persoon or 0)
        naam = " ".join(deel for deel in (wie.naam, wie.studentnummer) if deel) if wie else ""
        tekst = Tekst("{wie}, volgnummer {nr}", "{wie}, number {nr}")
        return bezoek.tekst(tekst).format(wie=naam or "–", nr=maskeer(een.inschrijving or ""))
    if een.soort is Oorzaaksoort.LEVERING and een.dag is not None:
        dag = Woorden(bezoek.taal).datum_voluit(een.dag)
        tekst = Tekst("Ontstaan door de meldingen van {}", "Came with the meldingen of {}")
        return bezoek.tekst(tekst).format(dag)
    if een.aantal == 1:
        return ""
    return bezoek.tekst(Tekst("Elk apart te herstellen", "Each to be mended by itself"))


def formulier(regel: str, sleutel: kwaliteit.Recordsleutel, persoon: int) -> str:
    """Return the address of the form that mends a record, filled in as far as the address may say."""
    soort, nummer = {
        "Inschrijving": ("inschrijving", None),
        "Inschrijvingsperiode": ("periode", None),
        "ExtraOndersteuning": ("extra-ondersteuning", None),
        "Bpv": ("bpv", sleutel.bpv_volgnummer),
        "Diploma": ("diploma", sleutel.resultaatvolgnummer),
    }.get(sleutel.record, ("", None))
    if regel in _BEEINDIGEN:
        soort = "beeindigen"
    volgnummer = sleutel.inschrijvingvolgnummer
    if not soort or any(is_nummer(deel) for deel in (volgnummer, nummer) if deel):
        return f"{reverse('portaal_invoer')}?persoon={persoon}"
    return formulieradres(soort, persoon, volgnummer, nummer)


def maandag() -> date:
    """Return the Monday of this week: from then on counts what was solved this week."""
    vandaag = klok.vandaag()
    return vandaag - timedelta(days=vandaag.weekday())
