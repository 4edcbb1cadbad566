"""A student of the fictitious sector with nothing wrong: what may happen in a stay in mbo, and how often."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from msgspec import structs

from kernregister.fictief import persoon, resultaten, traject
from kernregister.fictief.instellingen import NIVEAUS, School
from kernregister.fictief.kalender import Kalender
from kernregister.fictief.opleidingen import AFLOPEND, BEEINDIGD, Kwalificatie, einde_instroom, verzonnen
from kernregister.fictief.resultaten import Nummering
from kernregister.fictief.toeval import Toeval
from kernregister.fictief.traject import EINDE_DEELTIJD, Traject
from kernregister.kern.dossier import Diploma, Dossier, Inschrijving, Onderdeel
from kernregister.kern.regels.rio import INGANG
from kernregister.kern.tijd import dagen_na, jaren_na

_UITVAL: Final = ("01", "02", "03", "04", "04", "04", "05", "06", "07", "07", "09")
_NIVEAU_BI: Final = (0.035, 0.205, 0.46)
_NIVEAU_NBI: Final = (0.0, 0.15, 0.5)
_BBL: Final = {"MBO-1": 0.15, "MBO-2": 0.3, "MBO-3": 0.38, "MBO-4": 0.15}

Nummers = tuple[str | None, str | None]
"""Burgerservicenummer and onderwijsnummer of a person."""


class Loopbaan:
    """Puts the stays of one student together into a dossier."""

    def __init__(self, t: Toeval, k: Kalender, plaats: int, op_onderwijsnummer: bool) -> None:
        self.t = t
        self.k = k
        self.nummer = Nummering(plaats)
        self.op_own = op_onderwijsnummer
        self.inschrijvingen: list[Inschrijving] = []
        self.diplomas: list[Diploma] = []
        self.los: tuple[Onderdeel, ...] = ()
        self.eerste: Traject | None = None

    def volg(self, stap: Traject, met_diploma: bool = False) -> Inschrijving:
        """Add a stay, with what was obtained at its end."""
        inschrijving = traject.inschrijving(self.t, self.k, stap, self.op_own)
        self.inschrijvingen.append(inschrijving)
        self.eerste = self.eerste or stap
        if stap.eind and met_diploma:
            self.diplomas.append(resultaten.diploma(self.t, stap, stap.eind, self.nummer))
        elif stap.eind and stap.reden != "08" and not stap.rustig:
            self.los += resultaten.losse_resultaten(self.t, stap, stap.eind, self.nummer)
        return inschrijving

    def dossier(self, nummers: Nummers) -> Dossier:
        """Return the dossier of all that was followed."""
        assert self.eerste
        geboren = persoon.geboortedatum(self.t, self.eerste)
        wie = persoon.persoon(self.t, geboren, *nummers)
        rustig = self.eerste.rustig
        elders = () if rustig else persoon.deelnames(self.t, self.eerste, geboren)
        laatste = self.inschrijvingen[-1].datum_uitschrijving_werkelijk
        if (
            laatste
            and not rustig
            and self.inschrijvingen[-1].reden_uitschrijving == "01"
            and self.t.kans(0.05)
        ):
            wie = structs.replace(wie, datum_overlijden=laatste)
        if self.op_own:
            self.diplomas = [
                structs.replace(d, op_onderwijsnummer=True, onderdelen=_op_own(d.onderdelen))
                for d in self.diplomas
            ]
            self.los = _op_own(self.los)
        return Dossier(wie, tuple(self.inschrijvingen), tuple(self.diplomas), self.los, elders)


def _op_own(onderdelen: tuple[Onderdeel, ...]) -> tuple[Onderdeel, ...]:
    return tuple(structs.replace(o, op_onderwijsnummer=True) for o in onderdelen)


def student(loopbaan: Loopbaan, school: School, anderen: Sequence[School]) -> None:
    """Let a student go through mbo."""
    keus = loopbaan.t.trek()
    if keus < 0.86:
        _gewoon(loopbaan, school)
    elif keus < 0.9:
        _stap_over(loopbaan, school, school)
    elif keus < 0.93:
        _stap_over(loopbaan, school, loopbaan.t.kies(anderen))
    elif keus < 0.955:
        _stroom_door(loopbaan, school)
    elif keus < 0.985:
        _derde_leerweg(loopbaan, school, "OVO" if keus < 0.972 else "ODT")
    elif keus < 0.993 and school.bi:
        _examen(loopbaan, school)
    elif keus < 0.997:
        _lang(loopbaan, school)
    else:
        _beeindigd(loopbaan, school)


def kies_kwalificatie(t: Toeval, school: School, niveau: str | None = None) -> Kwalificatie:
    """Choose a programme that the institution gives."""
    if niveau is None:
        keus = t.trek()
        grenzen = _NIVEAU_BI if school.bi else _NIVEAU_NBI
        niveau = NIVEAUS[sum(keus >= grens for grens in grenzen)]
    return t.kies(school.aanbod[niveau])


def _gewoon(loop: Loopbaan, school: School) -> None:
    """Follow one programme: still at it, left with a diploma, or without."""
    t, k = loop.t, loop.k
    kwalificatie = kies_kwalificatie(t, school)
    leertraject = "BBL" if t.kans(_BBL[kwalificatie.niveau] * (1 if school.bi else 2)) else "BOL"
    jaar = k.jaar - t.getal(0, kwalificatie.duur_jaren - int(t.kans(0.3)))
    if kwalificatie.niveau == "MBO-3" and jaar < k.jaar and t.kans(0.01):
        kwalificatie = verzonnen()[AFLOPEND]
    begin = t.kies(k.starts[jaar])
    stap = Traject(
        school,
        kwalificatie,
        leertraject,
        begin,
        date(jaar + kwalificatie.duur_jaren, 7, 31),
        bekostigbaar=t.kans(0.95),
    )
    if leertraject == "BOL" and begin < EINDE_DEELTIJD and kwalificatie.duur_jaren > 1 and t.kans(0.02):
        stap.leertraject = "BOL_DT"
    if stap.gepland < k.peildatum:
        _eindig(loop, stap)
        return
    if kwalificatie.niveau == "MBO-2" and leertraject == "BOL" and school.bi and t.kans(0.06):
        stap.leerroute, stap.leerroutefase = t.kies(("GLR", "DLR")), "MBO"
    if t.kans(0.09):
        _val_uit(t, k, stap)
    loop.volg(stap)


def _eindig(loop: Loopbaan, stap: Traject) -> None:
    """End a stay around its planned end: with a diploma, without one, or later than planned."""
    t, k = loop.t, loop.k
    keus = t.trek()
    if keus < 0.7:
        stap.eind = _examendag(t, stap.gepland.year)
        stap.reden = "08"
        loop.volg(stap, met_diploma=True)
        return
    if keus < 0.82:
        _val_uit(t, k, stap)
    else:
        stap.gepland = _nog_niet_verstreken(t, k)
        if stap.school.bi and stap.leertraject == "BOL" and t.kans(0.2):
            stap.exameneinde = date(k.jaar, 9, 1) if k.peildatum > date(k.jaar, 9, 1) else None
    loop.volg(stap)


def _examendag(t: Toeval, jaar: int) -> date:
    return dagen_na(date(jaar, 5, 20), t.getal(0, 56))


def _nog_niet_verstreken(t: Toeval, k: Kalender) -> date:
    """Return a planned end that is overdue by ninety days at most, on the very last of them now and then."""
    if t.kans(0.02):
        return dagen_na(k.peildatum, -90)
    return date(k.jaar + 1 + int(t.kans(0.2)), 7, 31)


def _val_uit(t: Toeval, k: Kalender, stap: Traject) -> None:
    """Let somebody leave without a diploma, within the period that the deliveries cover."""
    vroegst = max(dagen_na(stap.begin, 21), k.van)
    laatst = min(k.peildatum, stap.gepland)
    if vroegst < laatst:
        stap.eind = dagen_na(vroegst, t.getal(0, (laatst - vroegst).days))
        stap.reden = t.kies(_UITVAL)


def _stap_over(loop: Loopbaan, school: School, naar: School) -> None:
    """Leave one programme for another, at the same institution or elsewhere; now and then unfunded beside it."""
    t, k = loop.t, loop.k
    kwalificatie = kies_kwalificatie(t, school)
    begin = t.kies(k.starts[k.jaar - t.getal(1, 2)])
    eerste = Traject(school, kwalificatie, "BOL", begin, date(begin.year + 3, 7, 31))
    vroegst = max(dagen_na(begin, 40), k.van)
    eerste.eind = dagen_na(vroegst, t.getal(0, max(0, (k.peildatum - vroegst).days - 20)))
    eerste.reden = "08" if naar is school else t.kies(("03", "04", "04", "07"))
    begin = dagen_na(eerste.eind, t.getal(1, 10))
    tweede = Traject(
        naar,
        kies_kwalificatie(t, naar),
        "BOL" if t.kans(0.8) else "BBL",
        begin,
        date(k.jaar + t.getal(1, 3), 7, 31),
        volgnummer=2 if naar is school else 1,
    )
    if naar is not school and t.kans(0.1):
        tweede.begin, tweede.bekostigbaar = dagen_na(eerste.eind, -10), False
    loop.volg(eerste)
    loop.volg(tweede)


def _stroom_door(loop: Loopbaan, school: School) -> None:
    """Obtain a diploma and go on with the next level."""
    t, k = loop.t, loop.k
    rang = t.getal(1, 2) if school.bi else 2
    kwalificatie = kies_kwalificatie(t, school, NIVEAUS[rang])
    begin = t.kies(k.starts[k.jaar - kwalificatie.duur_jaren])
    eerste = Traject(school, kwalificatie, "BOL", begin, date(k.jaar, 7, 31), reden="08")
    eerste.eind = _examendag(t, k.jaar)
    volgende = kies_kwalificatie(t, school, NIVEAUS[rang + 1])
    tweede = Traject(
        school,
        volgende,
        "BOL" if t.kans(0.85) else "BBL",
        date(k.jaar, 8, 1),
        date(k.jaar + volgende.duur_jaren, 7, 31),
        volgnummer=2,
    )
    loop.volg(eerste, met_diploma=True)
    loop.volg(tweede)


def _derde_leerweg(loop: Loopbaan, school: School, leertraject: str) -> None:
    """Follow education that is not funded, aimed at a diploma (OVO) or not (ODT)."""
    t, k = loop.t, loop.k
    kwalificatie = t.kies(school.odt) if leertraject == "ODT" else kies_kwalificatie(t, school)
    begin = t.kies(k.starts[k.jaar - t.getal(0, 1)])
    stap = Traject(school, kwalificatie, leertraject, begin, date(k.jaar + t.getal(1, 2), 7, 31))
    if t.kans(0.3):
        _val_uit(t, k, stap)
        stap.reden = "06" if stap.eind else None
    loop.volg(stap)


def _examen(loop: Loopbaan, school: School) -> None:
    """Take examinations only, beside a programme, for the diploma of another."""
    t, k = loop.t, loop.k
    begin = t.kies(k.starts[k.jaar - 1])
    kwalificatie = kies_kwalificatie(t, school, "MBO-3")
    loop.volg(Traject(school, kwalificatie, "BOL", begin, date(k.jaar + 2, 7, 31)))
    anders = [ander for ander in school.aanbod["MBO-2"] if ander.code != kwalificatie.code]
    eind = dagen_na(k.van, t.getal(240, 340))
    examen = Traject(school, t.kies(anders), "EX", dagen_na(eind, -60), dagen_na(eind, 30), eind, "08", 2)
    loop.volg(examen, met_diploma=True)


def _lang(loop: Loopbaan, school: School) -> None:
    """Be enrolled since before RIO came into force: the first period has a locatiecode instead."""
    t, k = loop.t, loop.k
    ingang = INGANG[school.instelling.soort]
    begin = jaren_na(ingang, -1)
    stap = Traject(
        school, kies_kwalificatie(t, school, "MBO-4"), "OVO", begin, date(k.jaar + 1, 7, 31), rustig=True
    )
    inschrijving = loop.volg(stap)
    loop.inschrijvingen[-1] = met_oude_periode(inschrijving, ingang, school.locatiecode_vsv)


def met_oude_periode(inschrijving: Inschrijving, ingang: date, locatiecode: str | None) -> Inschrijving:
    """Return an enrolment with its one period cut in two on the day that RIO came into force."""
    nu = structs.replace(inschrijving.perioden[0], datum_begin=ingang)
    oud = structs.replace(
        nu,
        datum_begin=inschrijving.datum_inschrijving,
        locatiecode_vsv=locatiecode,
        onderwijsaanbieder=None,
        onderwijslocatie=None,
    )
    return structs.replace(inschrijving, perioden=(oud, nu))


def _beeindigd(loop: Loopbaan, school: School) -> None:
    """Leave a programme that has ended, in time."""
    t, k = loop.t, loop.k
    instroom = einde_instroom(BEEINDIGD, k.peildatum)
    assert instroom
    eind = dagen_na(k.peildatum, -t.getal(60, 120))
    begin, reden = dagen_na(instroom, -30), t.kies(_UITVAL)
    loop.volg(Traject(school, verzonnen()[BEEINDIGD], "BOL", begin, eind, eind, reden, rustig=True))
