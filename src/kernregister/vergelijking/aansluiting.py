"""The register beside the own administration: per student and field what differs, and who is missing where."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct

from kernregister.kern.formaten.bron import ontsluit
from kernregister.kern.formaten.herkennen import herken
from kernregister.kern.formaten.indeling import Record, tag
from kernregister.kern.formaten.lezen import Levering
from kernregister.kern.formaten.recordbestand import Groep, Recordlezer
from kernregister.kern.formaten.verslag import OnbruikbaarBestand, Opmerking, Verslag, bestandsnaam_van
from kernregister.vergelijking.administratie import ONLEESBAAR, Administratie, EigenRecord, Sleutel, Student
from kernregister.vergelijking.export import open_export
from kernregister.vergelijking.oorzaken import Aard, Afwijking, Oorzaak, groepeer, verschil
from kernregister.vergelijking.vertaling import (
    NIVEAUS,
    OnbruikbareVertaling,
    controleer_kolommen,
    lees_vertaling,
)

_OUDER = "inschrijving"
_VOLGNUMMER = "inschrijvingvolgnummer"
_ALLEEN_GEVULD = {("periode", "niveau")}
"""Fields that the register leaves empty where it can tell them itself: then there is nothing to compare."""
_BEGIN = {"inschrijving": "datum_inschrijving", "diploma": "datum_resultaat"}


class Aansluiting(Struct):
    """What putting the register beside the own administration gives."""

    register: str
    indeling: str
    export: str
    instellingscode: str
    van: date | None
    tot: date | None
    aanmaak: date
    personen_register: int
    personen_export: int
    personen_gelijk: int
    vergeleken: Counter[tuple[str, str]]
    afwijkingen: list[Afwijking]
    oorzaken: list[Oorzaak]
    opmerkingen: list[Opmerking]


def sluit_aan(register: Path, export: Path, vertaling: Path) -> Aansluiting:
    """Put an RO (or OBO) beside the export of a student administration.

    Args:
        register: the overview, plain or zipped.
        export: any CSV, or an Excel workbook.
        vertaling: TOML with which column holds which field.

    Raises:
        OnbruikbaarBestand: a file of which nothing can be used; of a translation, with all that is wrong.
    """
    fouten: list[str] = []
    vertaald = lees_vertaling(vertaling, fouten)
    geopend = open_export(
        export,
        kopregel=vertaald.kopregel,
        scheidingsteken=vertaald.scheidingsteken,
        codering=vertaald.codering,
        blad=vertaald.blad,
    )
    controleer_kolommen(vertaald, geopend, fouten)
    if fouten:
        raise OnbruikbareVertaling(vertaling.name, fouten)
    with ExitStack() as stapel:
        paden = stapel.enter_context(ontsluit(register))
        if len(paden) != 1:
            raise OnbruikbaarBestand(f"{register.name}: de zip moet precies één RO bevatten.")
        indeling = herken(paden[0])
        if indeling.naam not in ("RO", "OBO"):
            raise OnbruikbaarBestand(
                f"{register.name}: dit is een {indeling.naam}. Naast de eigen administratie kan een RO of OBO."
            )
        verslag = Verslag(register.name)
        levering = Levering(paden[0], indeling, verslag)
        eigen = Verslag(export.name)
        administratie = Administratie(geopend, vertaald, eigen)
        if not administratie.rijen:
            raise OnbruikbaarBestand(
                f"{export.name}: er staan geen rijen onder de kop"
                + (", of de selectie laat er geen over." if vertaald.selectie else ".")
            )
        naast = _Naast(administratie, levering)
        lezer = Recordlezer(levering.verkenning, verslag)
        for groep in lezer.groepen():
            naast.persoon(groep)
        levering.tellingen.update(lezer.teller.tellingen)
        levering.controleer_totalen()
    naast.rest()
    kop = levering.kop
    return Aansluiting(
        bestandsnaam_van(register),
        indeling.naam,
        bestandsnaam_van(export),
        kop.instellingscode,
        getattr(kop, "datum_begin_periode", None),
        getattr(kop, "datum_einde_periode", None),
        kop.datum_aanmaak,
        naast.personen,
        sum(1 for _ in administratie.studenten()),
        naast.gelijk,
        naast.vergeleken,
        naast.afwijkingen,
        groepeer(naast.afwijkingen, naast.vergeleken),
        [*verslag.opmerkingen, *eigen.opmerkingen],
    )


class _Naast:
    """Goes past the persons of the register, and keeps who of the own administration was seen."""

    def __init__(self, administratie: Administratie, levering: Levering) -> None:
        self.afwijkingen: list[Afwijking] = []
        self.vergeleken: Counter[tuple[str, str]] = Counter()
        self.personen = self.gelijk = 0
        self._administratie = administratie
        self._dag: date = levering.kop.datum_aanmaak
        self._tot: date = getattr(levering.kop, "datum_einde_periode", None) or self._dag
        self._van: date = getattr(levering.kop, "datum_begin_periode", None) or date.min
        self._gezien: set[int] = set()
        self._niveaus = [n for n in administratie.niveaus if NIVEAUS[n.naam] in levering.indeling.records]
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

    def persoon(self, groep: Groep) -> None:
        """Compare one person of the register."""
        self.personen += 1
        per: Any = groep[0]
        nummers = tuple(
            n.zfill(9) if n.isdigit() else n for n in (per.burgerservicenummer, per.onderwijsnummer) if n
        )
        student = self._administratie.student(*nummers)
        if student is None:
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
                self._meld(Aard.NIET_IN_EXPORT, niveau, "", student.nummers, sleutel)
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
                )

    def _huidige(self, records: list[Record]) -> Record:
        """Return, of records that the export cannot tell apart, the one that holds on the day of the overview."""
        begonnen = [r for r in records if getattr(r, "datum_begin", self._dag) <= self._dag]
        return max(begonnen or records[:1], key=lambda r: getattr(r, "datum_begin", self._dag))

    def _waarom_niet(self, begin: Any) -> str:
        """Return why something may rightly be missing in the register."""
        if not isinstance(begin, date):
            return ""
        if begin > self._dag:
            return (
                f"staat niet in het register: begint na de dag waarop het overzicht is gemaakt ({self._dag})"
            )
        if begin > self._tot:
            return (
                f"staat niet in het register: begint na de periode van het overzicht (tot en met {self._tot})"
            )
        return ""

    def _eerste_begin(self, student: Student) -> Any:
        begin = [r.waarden.get("datum_inschrijving") for r in student.records.get(_OUDER, {}).values()]
        data = [dag for dag in begin if isinstance(dag, date)]
        return min(data, default=None)

    def _meld(
        self, aard: Aard, niveau: str, veld: str, nummers: tuple[str, ...], sleutel: Sleutel, **meer: Any
    ) -> None:
        self.afwijkingen.append(Afwijking(aard, niveau, veld, nummers, sleutel, **meer))


def _sleutel(record: Record, velden: tuple[str, ...]) -> Sleutel:
    return tuple(str(getattr(record, veld)) for veld in velden)
