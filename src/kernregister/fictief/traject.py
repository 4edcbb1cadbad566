"""One stay of one student at one institution, and the enrolment with periods and placements that it gives."""

from __future__ import annotations

from datetime import date
from typing import Final

from msgspec import Struct

from kernregister.fictief.instellingen import School, Vestiging
from kernregister.fictief.kalender import Kalender
from kernregister.fictief.opleidingen import Kwalificatie
from kernregister.fictief.toeval import Toeval
from kernregister.kern.dossier import Bpv, ExtraOndersteuning, Inschrijving, Inschrijvingsperiode
from kernregister.kern.tijd import dagen_na

EINDE_DEELTIJD: Final = date(2023, 8, 1)
"""From this day on no period of BOL_DT begins."""

UREN_PER_DAG: Final = {"BBL": 3, "BOL": 5}
"""Hours of placement per calendar day, about."""

LANGSTE_BPV: Final = 1400
"""Days that a placement is planned to last at most."""

KEUZEDEELCODES: Final = tuple(f"K{nummer}" for nummer in range(9001, 9161))
"""Codes of electives; none from K9001 on was ever given out."""


class Traject(Struct):
    """What happens; the records follow from it. ``eind`` is the last day, or nothing while it goes on."""

    school: School
    kwalificatie: Kwalificatie
    leertraject: str
    begin: date
    gepland: date
    eind: date | None = None
    reden: str | None = None
    volgnummer: int = 1
    bekostigbaar: bool = True
    vestiging: Vestiging | None = None
    leerroute: str | None = None
    leerroutefase: str | None = None
    exameneinde: date | None = None
    """From this day on the student is enrolled for examinations only."""
    rustig: bool = False
    """One period, one placement, nothing special: what a planted fault stands out against."""

    @property
    def laatste(self) -> Vestiging:
        """Where the student was taught last."""
        return self.vestiging or self.school.vestigingen[0]


def inschrijving(t: Toeval, k: Kalender, traject: Traject, op_onderwijsnummer: bool = False) -> Inschrijving:
    """Return the enrolment of a stay."""
    school = traject.school
    perioden = _perioden(t, k, traject)
    ondersteuning: tuple[ExtraOndersteuning, ...] = ()
    if school.bi and not traject.rustig and t.kans(0.02):
        ondersteuning = (ExtraOndersteuning(traject.begin, traject.eind if t.kans(0.5) else None),)
    return Inschrijving(
        school.code,
        school.volgnummer(traject.volgnummer),
        traject.begin,
        traject.gepland,
        traject.eind,
        traject.reden,
        perioden,
        ondersteuning,
        _bpvs(t, k, traject),
        op_onderwijsnummer,
    )


def _perioden(t: Toeval, k: Kalender, traject: Traject) -> tuple[Inschrijvingsperiode, ...]:
    school = traject.school
    tot = traject.eind or k.peildatum
    if traject.vestiging is None:
        traject.vestiging = t.kies(school.vestigingen)
        if not traject.rustig and traject.begin < k.verhuisdag and t.kans(0.15):
            traject.vestiging = school.oud
    bekostigbaar = school.bi and traject.bekostigbaar and traject.leertraject in ("BOL", "BBL", "BOL_DT")
    if traject.rustig:
        return (periode(traject, traject.begin, traject.leertraject, bekostigbaar),)
    leertraject, opleiding = traject.leertraject, traject.kwalificatie
    in_dossier = leertraject == "BOL" and opleiding.duur_jaren > 1 and t.kans(0.05)
    uit = [periode(traject, traject.begin, leertraject, bekostigbaar, in_dossier)]
    for jaar in range(traject.begin.year, tot.year + 1):
        dag = k.verhuisdag
        if dag.year == jaar and traject.begin < dag <= tot and traject.vestiging is school.oud:
            traject.vestiging = school.vestigingen[0]
            uit.append(periode(traject, dag, leertraject, bekostigbaar, in_dossier))
        dag = date(jaar, 8, 1)
        if not traject.begin < dag <= tot or not (in_dossier or t.kans(0.3)):
            continue
        if not in_dossier:
            leertraject, bekostigbaar = _wijzig(t, k, traject, dag, leertraject, bekostigbaar)
        in_dossier = False
        uit.append(periode(traject, dag, leertraject, bekostigbaar))
    if traject.exameneinde:
        uit = [p for p in uit if p.datum_begin < traject.exameneinde]
        uit.append(periode(traject, traject.exameneinde, "EX", False))
    elif in_dossier and traject.reden == "08":
        uit = [periode(traject, p.datum_begin, leertraject, bekostigbaar) for p in uit]
    return tuple(uit)


def _wijzig(
    t: Toeval, k: Kalender, traject: Traject, dag: date, leertraject: str, bekostigbaar: bool
) -> tuple[str, bool]:
    """Let something change on the first day of a studiejaar: the place, the programme, the route or nothing."""
    keus = t.trek()
    if keus < 0.5:
        if dag > k.verhuisdag or traject.vestiging is not traject.school.oud:
            traject.vestiging = t.kies(traject.school.vestigingen)
    elif keus < 0.65 and leertraject in ("BOL", "BBL") and not traject.leerroute:
        verwant = [
            ander
            for ander in traject.school.aanbod[traject.kwalificatie.niveau]
            if ander.dossier == traject.kwalificatie.dossier
        ]
        if verwant:
            traject.kwalificatie = t.kies(verwant)
    elif keus < 0.72 and leertraject == "BOL":
        leertraject = "BBL"
    elif keus < 0.76:
        bekostigbaar = False
    return leertraject, bekostigbaar


def periode(
    traject: Traject, dag: date, leertraject: str, bekostigbaar: bool, in_dossier: bool = False
) -> Inschrijvingsperiode:
    """Return a period as the stay is at that moment; for a dossier the level goes along."""
    vestiging = traject.laatste
    if leertraject == "BOL_DT" and dag >= EINDE_DEELTIJD:
        leertraject = "BOL"
    return Inschrijvingsperiode(
        dag,
        traject.kwalificatie.dossier if in_dossier else traject.kwalificatie.code,
        leertraject,
        traject.kwalificatie.niveau if in_dossier else None,
        bekostigbaar,
        None,
        vestiging.aanbieder,
        vestiging.locatie,
        traject.leerroute,
        traject.leerroutefase,
    )


def _bpvs(t: Toeval, k: Kalender, traject: Traject) -> tuple[Bpv, ...]:
    tot = traject.exameneinde or traject.eind or k.peildatum
    if traject.leertraject == "BBL":
        helft = dagen_na(traject.begin, (traject.gepland - traject.begin).days // 2)
        if helft < tot and not traject.rustig and t.kans(0.3):
            eerste = bpv(t, k, traject, 1, traject.begin, dagen_na(helft, -1), "BBL")
            return eerste, bpv(t, k, traject, 2, helft, traject.gepland, "BBL")
        return (bpv(t, k, traject, 1, traject.begin, traject.gepland, "BBL"),)
    if traject.leertraject not in ("BOL", "BOL_DT"):
        return ()
    uit: list[Bpv] = []
    begin = dagen_na(traject.begin, 30 if traject.rustig else t.getal(60, 330))
    while begin < tot and len(uit) < 3:
        if traject.rustig or t.kans(0.46):
            uit.append(bpv(t, k, traject, len(uit) + 1, begin, dagen_na(begin, 5 * t.getal(12, 32)), "BOL"))
        if traject.rustig:
            break
        begin = dagen_na(begin, t.getal(260, 420))
    return tuple(uit)


def bpv(t: Toeval, k: Kalender, traject: Traject, nummer: int, begin: date, gepland: date, soort: str) -> Bpv:
    """Return a placement, ended where its planned end or the end of the stay has come."""
    gepland = min(gepland, dagen_na(begin, LANGSTE_BPV))
    tot = dagen_na(traject.exameneinde, -1) if traject.exameneinde else traject.eind
    einde = gepland if gepland < k.peildatum else None
    if tot is not None:
        einde = min(gepland, tot)
    keuzedeel = soort == "BOL" and nummer > 1 and t.kans(0.08)
    return Bpv(
        f"{nummer}",
        dagen_na(begin, -t.getal(0, 40)),
        begin,
        gepland,
        einde,
        max(8, min(5000, (gepland - begin).days * UREN_PER_DAG[soort])),
        f"{999_000_000 + int(t.trek() * 20_000)}",
        None if keuzedeel else traject.kwalificatie.code,
        keuzedeelcode(t) if keuzedeel else None,
    )


def keuzedeelcode(t: Toeval) -> str:
    """Return the code of a keuzedeel."""
    return t.kies(KEUZEDEELCODES)
