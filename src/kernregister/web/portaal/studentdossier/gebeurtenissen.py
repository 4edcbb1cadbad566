"""What happened, in order of time: what the timeline draws, and its list tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum

from msgspec import Struct

from kernregister.kern.dossier import Diploma, HoDiploma, Inschrijving, Onderdeel, VoResultaat
from kernregister.kern.inzage import datum_van, perioden_met_einde
from kernregister.kern.sleutels import GEHEIM
from kernregister.kern.tijd import OPEN, Studiejaar
from kernregister.voorzieningen.kwaliteit.public import Signaalbeeld
from kernregister.web.portaal.studentdossier import deelnames, resultaten, vooropleiding
from kernregister.web.portaal.studentdossier.blik import Blik

_Sleutel = tuple[str, date | None]

VROEGSTE_JAREN = 40
"""How far back the picture goes at most: a date from a slip of the pen does not stretch it over a century."""


class Groep(StrEnum):
    """The rows of the picture, in order."""

    VOORAF = "vooraf"
    INSCHRIJVING = "inschrijving"
    PERIODE = "periode"
    ONDERSTEUNING = "ondersteuning"
    BPV = "bpv"
    RESULTAAT = "resultaat"
    SIGNAAL = "signaal"


TITELS = {
    Groep.VOORAF: ("Vooropleiding", "Earlier education"),
    Groep.INSCHRIJVING: ("Inschrijvingen", "Enrolments"),
    Groep.PERIODE: ("Perioden", "Periods"),
    Groep.ONDERSTEUNING: ("Extra ondersteuning", "Extra support"),
    Groep.BPV: ("BPV", "Placements"),
    Groep.RESULTAAT: ("Resultaten", "Results"),
    Groep.SIGNAAL: ("Signalen", "Signals"),
}


class Gebeurtenis(Struct, frozen=True):
    """Something that lasted, or happened on a day."""

    groep: Groep
    begin: date
    eind: date | None
    """Last day; None: it lasts still. A day only: the same as ``begin``."""
    titel: str
    wanneer: str
    """In words."""
    adres: str = ""
    gepland: date | None = None
    """When something that lasts is planned to end."""

    @property
    def is_punt(self) -> bool:
        """Whether it happened on one day."""
        return self.groep in (Groep.RESULTAAT, Groep.SIGNAAL)


class Teldatum(Struct, frozen=True):
    """A counting day of the funding."""

    dag: date
    titel: str


class Adressen(Struct, frozen=True):
    """Where the marks lead to: the screens of the dossier, each with the chosen moment."""

    deelnames: str
    resultaten: str
    vooropleiding: str


def gebeurtenissen(
    blik: Blik, waar: Adressen, signalen: Sequence[tuple[Signaalbeeld, str]]
) -> list[Gebeurtenis]:
    """Return all that can be placed in time, in order of begin."""
    alle = [
        *_vooraf(blik, waar.vooropleiding),
        *_eigen(blik, waar.deelnames),
        *_resultaten(blik, waar.resultaten),
        *_signalen(blik, signalen),
    ]
    return sorted(alle, key=lambda een: (een.begin, list(Groep).index(een.groep), een.titel))


def _van_tot(blik: Blik, begin: date, eind: date | None) -> str:
    s = blik.schrijver
    if eind is None:
        return s.tekst(f"vanaf {s.dag(begin)}", f"from {s.dag(begin)}")
    return s.tekst(f"{s.dag(begin)} tot en met {s.dag(eind)}", f"{s.dag(begin)} up to {s.dag(eind)}")


def _vooraf(blik: Blik, adres: str) -> Iterator[Gebeurtenis]:
    s, eigen = blik.schrijver, blik.gezien.eigen
    vooraf = blik.gezien.vooropleidingen
    hier: Counter[_Sleutel] = Counter(
        (een.inschrijvingvolgnummer, een.datum_inschrijving) for een in eigen.inschrijvingen
    )
    for plaats, een in enumerate(vooraf.deelnames, 1):
        sleutel = (een.inschrijvingvolgnummer or "", een.datum_begin)
        if een.sector == "MBO" and _van_hier(een.instelling, sleutel, hier, _codes(eigen.inschrijvingen)):
            continue
        naam = " ".join(deel for deel in (een.sector.lower(), een.niveau or "") if deel)
        yield Gebeurtenis(
            Groep.VOORAF,
            een.datum_begin,
            een.datum_eind,
            f"{naam}, {s.instelling(een.instelling)}",
            _van_tot(blik, een.datum_begin, een.datum_eind),
            f"{adres}lijst=deelnames&regel={plaats}#vooropleiding",
        )
    resultaten_hier = (*eigen.diplomas, *eigen.losse_resultaten)
    behaald: Counter[_Sleutel] = Counter(
        (een.resultaatvolgnummer, een.datum_resultaat) for een in resultaten_hier
    )
    for plaats, resultaat in enumerate(vooraf.resultaten, 1):
        dag = datum_van(resultaat)
        is_mbo = not isinstance(resultaat, VoResultaat | HoDiploma)
        sleutel_ = (resultaat.resultaatvolgnummer, dag)
        if is_mbo and _van_hier(resultaat.instelling, sleutel_, behaald, _codes(resultaten_hier)):
            continue
        if dag:
            yield Gebeurtenis(
                Groep.RESULTAAT,
                dag,
                dag,
                vooropleiding.wat(resultaat, s),
                s.dag(dag),
                f"{adres}lijst=resultaten&regel={plaats}#vooropleiding",
            )


def _codes(eigen: Iterable[Inschrijving | Diploma | Onderdeel]) -> set[str | None]:
    return {een.instelling for een in eigen}


def _van_hier(
    instelling: str | None, sleutel: _Sleutel, eigen: Counter[_Sleutel], codes: set[str | None]
) -> bool:
    """Tell whether what stands among the vooropleidingen is an own record, which is drawn by itself.

    With a secret address no code tells of which institution it is: then each own record takes one that is like it.
    """
    if instelling not in codes | {GEHEIM} or not eigen[sleutel]:
        return False
    eigen[sleutel] -= 1
    return True


def _eigen(blik: Blik, adres: str) -> Iterator[Gebeurtenis]:
    s = blik.schrijver
    for plaats, een in enumerate(deelnames.op_volgorde(blik.gezien), 1):
        waar = f"{adres}regel={plaats}#deelname"
        eind = een.datum_uitschrijving_werkelijk
        yield Gebeurtenis(
            Groep.INSCHRIJVING,
            een.datum_inschrijving,
            eind,
            f"{s.tekst('Inschrijving', 'Enrolment')} {een.inschrijvingvolgnummer}",
            _van_tot(blik, een.datum_inschrijving, eind),
            waar,
            een.datum_uitschrijving_gepland,
        )
        yield from _kinderen(een, blik, waar)


def _kinderen(een: Inschrijving, blik: Blik, waar: str) -> Iterator[Gebeurtenis]:
    s = blik.schrijver
    for periode, einde in perioden_met_einde(een, blik.gezien):
        yield Gebeurtenis(
            Groep.PERIODE,
            periode.datum_begin,
            einde,
            f"{periode.leertraject} {s.code('opleidingen', periode.opleidingcode)}",
            _van_tot(blik, periode.datum_begin, einde),
            waar,
            een.datum_uitschrijving_gepland,
        )
    for steun in een.extra_ondersteuning:
        yield Gebeurtenis(
            Groep.ONDERSTEUNING,
            steun.datum_begin,
            steun.datum_eind,
            s.tekst("Extra ondersteuning", "Extra support"),
            _van_tot(blik, steun.datum_begin, steun.datum_eind),
            waar,
        )
    for bpv in een.bpvs:
        yield Gebeurtenis(
            Groep.BPV,
            bpv.datum_begin,
            bpv.datum_einde_werkelijk,
            f"BPV {bpv.volgnummer}, {s.code('leerbedrijven', bpv.leerbedrijf_id)}",
            _van_tot(blik, bpv.datum_begin, bpv.datum_einde_werkelijk),
            waar,
            bpv.datum_einde_gepland,
        )


def _resultaten(blik: Blik, adres: str) -> Iterator[Gebeurtenis]:
    for menu in resultaten.MENU:
        for plaats, een in enumerate(resultaten.op_volgorde(blik.gezien, menu.soort), 1):
            if een.datum_resultaat:
                yield Gebeurtenis(
                    Groep.RESULTAAT,
                    een.datum_resultaat,
                    een.datum_resultaat,
                    resultaten.wat(een, blik.schrijver),
                    blik.schrijver.dag(een.datum_resultaat),
                    f"{adres}soort={menu.soort}&regel={plaats}#resultaat",
                )


def _signalen(blik: Blik, signalen: Sequence[tuple[Signaalbeeld, str]]) -> Iterator[Gebeurtenis]:
    s = blik.schrijver
    for een, adres in signalen:
        titel = f"{een.regel} {s.tekst(een.titel.nl, een.titel.en)}"
        yield Gebeurtenis(Groep.SIGNAAL, een.sinds, een.sinds, titel, s.dag(een.sinds), adres)


def teldata(blik: Blik, tot: date) -> list[Teldatum]:
    """Return the counting days up to a day on which the student was enrolled at the institution."""
    s, uit = blik.schrijver, []
    inschrijvingen = blik.gezien.eigen.inschrijvingen
    eerste = min((een.datum_inschrijving for een in inschrijvingen), default=OPEN)
    if eerste > tot:
        return []
    vroegst = max(Studiejaar.van(eerste).start, tot.year - VROEGSTE_JAREN)
    for jaar in range(vroegst, Studiejaar.van(tot).start + 1):
        for dag in Studiejaar(jaar).teldata:
            if dag <= tot and any(een.geldt_op(dag) for een in inschrijvingen):
                uit.append(Teldatum(dag, s.tekst(f"Teldatum {s.dag(dag)}", f"Counting date {s.dag(dag)}")))
    return uit
