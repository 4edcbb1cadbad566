"""Going past the persons of the register, with the own administration beside it: the comparison itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

from msgspec import Struct

from kernregister.kern.formaten.indeling import Record, tag
from kernregister.kern.formaten.lezen import Levering
from kernregister.kern.formaten.recordbestand import Groep
from kernregister.kern.regels.paspoort import Tekst
from kernregister.kern.verschil import SLEUTELS
from kernregister.vergelijking.administratie import ONLEESBAAR, Administratie, EigenRecord, Sleutel, Student
from kernregister.vergelijking.oorzaken import Aard, Afwijking, EigenTekst, verschil
from kernregister.vergelijking.vertaling import NIVEAUS

_OUDER = "inschrijving"
_VOLGNUMMER = "inschrijvingvolgnummer"
_ONDER = frozenset({"periode", "extra_ondersteuning", "bpv"})
_ALLEEN_GEVULD = {("periode", "niveau")}
"""Fields that the register leaves empty where it can tell them itself: then there is nothing to compare."""
_EIND = ("datum_uitschrijving_werkelijk", "datum_einde_werkelijk", "datum_eind", "datum_resultaat")
_DRAGEND = frozenset({"ISG", "DIP", "AMO", "GEO", "KZD"})
"""Records that tell whether somebody is still of today: what hangs under an enrolment ends with it."""
_BEGIN = {"inschrijving": "datum_inschrijving", "diploma": "datum_resultaat"}


class Overzicht(Struct, frozen=True):
    """What the side of the register is: which records it can hold, and of which days.

    ``dag`` is the day on which it holds; what begins after ``tot``, or after it was made (``gemaakt``), is rightly not
    in it. Of the register itself, which holds the future too, both stay open. What ended before ``vanaf`` is not
    missed in the own administration.
    """

    dag: date
    records: frozenset[str]
    gemaakt: date = date.max
    tot: date = date.max
    vanaf: date = date.min

    @classmethod
    def van(cls, levering: Levering) -> Overzicht:
        """Return what the head of a file says."""
        dag = levering.kop.datum_aanmaak
        tot = getattr(levering.kop, "datum_einde_periode", None) or dag
        return cls(dag, frozenset(levering.indeling.records), dag, tot)


class Naast:
    """Goes past the persons of the register, and keeps who of the own administration was seen."""

    def __init__(self, administratie: Administratie, overzicht: Overzicht) -> None:
        self.afwijkingen: list[Afwijking] = []
        self.vergeleken: Counter[tuple[str, str]] = Counter()
        self.personen = self.gelijk = 0
        self._administratie = administratie
        self._overzicht = overzicht
        self._dag = overzicht.dag
        self._wie: int | None = None
        self._gezien: set[int] = set()
        self._niveaus = [n for n in administratie.niveaus if NIVEAUS[n.naam] in overzicht.records]
        for strijdig in administratie.tegenstrijdig:
            self._meld(
                Aard.TEGENSTRIJDIG,
                strijdig.niveau,
                strijdig.veld,
                strijdig.nummers,
                strijdig.sleutel,
                eigen=f"{strijdig.eerste or 'leeg'} en {strijdig.tweede or 'leeg'}",
                rij=strijdig.rij,
            )

    def persoon(self, groep: Groep, wie: int | None = None) -> None:
        """Compare one person of the register; ``wie`` is the name that the register has for the person."""
        self.personen += 1
        self._wie = wie
        per: Any = groep[0]
        nummers = tuple(
            n.zfill(9) if n.isdigit() else n for n in (per.burgerservicenummer, per.onderwijsnummer) if n
        )
        student = self._administratie.student(*nummers)
        if student is None:
            if not all(self._is_voorbij(r, groep) for r in groep[1:] if tag(type(r)) in _DRAGEND):
                self._meld(Aard.NIET_IN_EXPORT, "persoon", "", nummers, ())
            return
        self._gezien.add(id(student))
        al = len(self.afwijkingen)
        ontbrekend: set[str] = set()
        for niveau in self._niveaus:
            records = [r for r in groep if tag(type(r)) == NIVEAUS[niveau.naam]]
            self._vergelijk_niveau(niveau.naam, niveau.sleutel, records, student, ontbrekend)
        self.gelijk += len(self.afwijkingen) == al

    def rest(self) -> None:
        """Report the students whom the register did not mention."""
        self._wie = None
        for student in self._administratie.studenten():
            if id(student) not in self._gezien:
                begin = self._eerste_begin(student)
                self._meld(
                    Aard.NIET_IN_REGISTER,
                    "persoon",
                    "",
                    student.nummers,
                    (),
                    rij=student.rij,
                    toelichting=self._waarom_niet(begin),
                    records=self._teksten(student, lambda *_: True),
                )

    def _vergelijk_niveau(
        self,
        niveau: str,
        velden: tuple[str, ...],
        records: list[Record],
        student: Student,
        ontbrekend: set[str],
    ) -> None:
        eigen = student.records.get(niveau, {})
        per_sleutel: dict[Sleutel, list[Record]] = {}
        for record in records:
            per_sleutel.setdefault(_sleutel(record, velden), []).append(record)
        for sleutel in [*per_sleutel, *(s for s in eigen if s not in per_sleutel)]:
            if velden[:1] == (_VOLGNUMMER,) and niveau != _OUDER and sleutel[0] in ontbrekend:
                continue  # its enrolment is missing: told once
            if sleutel not in eigen:
                mist = [r for r in per_sleutel[sleutel] if not self._is_voorbij(r, records)]
                if mist:
                    plaats = _plaats(niveau, mist[0])
                    self._meld(Aard.NIET_IN_EXPORT, niveau, "", student.nummers, sleutel, plaats=plaats)
            elif sleutel not in per_sleutel:
                los = eigen[sleutel]
                waarom = self._waarom_niet(los.waarden.get(_BEGIN.get(niveau, "datum_begin")))
                self._meld(
                    Aard.NIET_IN_REGISTER,
                    niveau,
                    "",
                    student.nummers,
                    sleutel,
                    rij=los.rij,
                    toelichting=waarom,
                    records=self._teksten(student, _met_kinderen(niveau, sleutel, los)),
                )
            else:
                self._vergelijk(niveau, sleutel, self._huidige(per_sleutel[sleutel]), eigen[sleutel], student)
                continue
            if niveau == _OUDER and velden == (_VOLGNUMMER,):
                ontbrekend.add(sleutel[0])

    def _vergelijk(
        self, niveau: str, sleutel: Sleutel, record: Record, eigen: EigenRecord, student: Student
    ) -> None:
        lezers = next(n.lezers for n in self._niveaus if n.naam == niveau)
        for veld, waarde in eigen.waarden.items():
            if waarde is ONLEESBAAR or not hasattr(record, veld):
                continue
            geregistreerd = getattr(record, veld)
            if geregistreerd is None and (niveau, veld) in _ALLEEN_GEVULD:
                continue
            self.vergeleken[niveau, veld] += 1
            if geregistreerd != waarde:
                aard, dagen = verschil(geregistreerd, waarde)
                schrijf = lezers[veld].schrijf
                self._meld(
                    aard,
                    niveau,
                    veld,
                    student.nummers,
                    sleutel,
                    register=schrijf(geregistreerd),
                    eigen=schrijf(waarde),
                    rij=eigen.rij,
                    dagen=dagen,
                    plaats=_plaats(niveau, record),
                )

    def _huidige(self, records: list[Record]) -> Record:
        """Return, of records that the export cannot tell apart, the one that holds on the day of the overview."""
        begonnen = [r for r in records if getattr(r, "datum_begin", self._dag) <= self._dag]
        return max(begonnen or records[:1], key=lambda r: getattr(r, "datum_begin", self._dag))

    def _is_voorbij(self, record: Any, records: list[Record]) -> bool:
        """Tell whether a record ended so long ago that the own administration need not hold it."""
        vanaf = self._overzicht.vanaf
        if tag(type(record)) == NIVEAUS["periode"]:
            return any(
                getattr(r, _VOLGNUMMER, None) == record.inschrijvingvolgnummer
                and record.datum_begin < r.datum_begin <= vanaf
                for r in records
                if isinstance(r, type(record))
            )
        eind = next((getattr(record, veld) for veld in _EIND if hasattr(record, veld)), None)
        if eind is None and hasattr(record, "resultaatvolgnummer_diploma"):
            return vanaf > date.min  # the date of a part is that of its diploma
        return isinstance(eind, date) and eind < vanaf

    def _waarom_niet(self, begin: Any) -> Tekst | None:
        """Return why something may rightly be missing in the register."""
        if not isinstance(begin, date):
            return None
        gemaakt, tot = self._overzicht.gemaakt, self._overzicht.tot
        if begin > gemaakt:
            return Tekst(
                f"staat niet in het register: begint na de dag waarop het overzicht is gemaakt ({gemaakt})",
                f"is not in the register: begins after the day on which the overview was made ({gemaakt})",
            )
        if begin > tot:
            return Tekst(
                f"staat niet in het register: begint na de periode van het overzicht (tot en met {tot})",
                f"is not in the register: begins after the period of the overview (up to and including {tot})",
            )
        return None

    def _teksten(self, student: Student, keuze: Keuze) -> tuple[EigenTekst, ...]:
        """Return the records of a student that are asked for, with their values as the register writes them."""
        uit = []
        for niveau in self._niveaus:
            for sleutel, record in student.records.get(niveau.naam, {}).items():
                if keuze(niveau.naam, sleutel, record):
                    waarden = {
                        veld: niveau.lezers[veld].schrijf(waarde)
                        for veld, waarde in record.waarden.items()
                        if waarde is not None and waarde is not ONLEESBAAR
                    }
                    uit.append((niveau.naam, waarden))
        return tuple(uit)

    def _eerste_begin(self, student: Student) -> Any:
        begin = [r.waarden.get("datum_inschrijving") for r in student.records.get(_OUDER, {}).values()]
        data = [dag for dag in begin if isinstance(dag, date)]
        return min(data, default=None)

    def _meld(
        self, aard: Aard, niveau: str, veld: str, nummers: tuple[str, ...], sleutel: Sleutel, **meer: Any
    ) -> None:
        self.afwijkingen.append(Afwijking(aard, niveau, veld, nummers, sleutel, persoon=self._wie, **meer))


def _sleutel(record: Record, velden: tuple[str, ...]) -> Sleutel:
    return tuple(str(getattr(record, veld)) for veld in velden)


Keuze = Callable[[str, Sleutel, EigenRecord], bool]
"""Which records of a student: by level, key and content."""


def _plaats(niveau: str, record: Record) -> Sleutel:
    """Return the register's own key of a record, whatever the export finds it by."""
    return _sleutel(record, SLEUTELS[NIVEAUS[niveau]])


def _met_kinderen(niveau: str, sleutel: Sleutel, record: EigenRecord) -> Keuze:
    """Choose a record, and of an enrolment what hangs under it: by its number, or else by its days."""
    nummer = record.waarden.get(_VOLGNUMMER)
    begin, eind = (record.waarden.get(v) for v in ("datum_inschrijving", "datum_uitschrijving_werkelijk"))

    def hoort_erbij(ander: str, haar_sleutel: Sleutel, kind: EigenRecord) -> bool:
        if ander == niveau:
            return haar_sleutel == sleutel
        if niveau != _OUDER or ander not in _ONDER:
            return False
        if nummer is not None and _VOLGNUMMER in kind.waarden:
            return bool(kind.waarden[_VOLGNUMMER] == nummer)
        dag = kind.waarden.get("datum_begin")
        na_begin = not (isinstance(dag, date) and isinstance(begin, date)) or dag >= begin
        return na_begin and not (isinstance(dag, date) and isinstance(eind, date) and dag > eind)

    return hoort_erbij
