"""The institution's own administration, as its export tells it: the records of each student, by level and key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from msgspec import Struct

from kernregister.kern.formaten.indeling import NUMMERS, Veldfout
from kernregister.kern.formaten.verslag import Verslag
from kernregister.kern.sleutels import is_bsn, is_onderwijsnummer
from kernregister.vergelijking.export import Export, Rij
from kernregister.vergelijking.vertaling import NIVEAUS, Bron, Vertaling
from kernregister.vergelijking.waarden import Lezer

ONLEESBAAR: Final = object()
"""Stands for a value that is there and could not be read: reported, and not compared."""

Sleutel = tuple[str, ...]

_LANGSTE: Final = 80
"""Characters of a name or a student number that are kept."""


class EigenRecord(Struct, gc=False):
    """A record of the own administration: the row it stands in, and its values by field."""

    rij: int
    waarden: dict[str, Any]


class Student(Struct, gc=False):
    """A student of the own administration: the numbers in use, and the records by level and key."""

    nummers: tuple[str, ...]
    rij: int
    records: dict[str, dict[Sleutel, EigenRecord]]
    studentnummer: str = ""
    naam: str = ""


class Tegenstrijdig(Struct, frozen=True):
    """Two rows of an export that say different things of the same record."""

    nummers: tuple[str, ...]
    rij: int
    niveau: str
    sleutel: Sleutel
    veld: str
    eerste: str
    tweede: str


class Administratie:
    """All students of an export, found by either of their numbers."""

    def __init__(self, export: Export, vertaling: Vertaling, verslag: Verslag) -> None:
        self.tegenstrijdig: list[Tegenstrijdig] = []
        self.rijen = 0
        self._studenten: dict[str, Student] = {}
        self._verslag = verslag
        self._plaats = {naam: plaats for plaats, naam in enumerate(export.kolommen)}
        self._nummerkolommen = [
            self._plaats[bron.kolom]
            for naam in NUMMERS
            if (bron := vertaling.niveaus["persoon"].get(naam)) is not None and bron.kolom
        ]
        self._studentnummer = self._plaats.get(vertaling.studentnummer)
        self._naam = self._plaats.get(vertaling.naam)
        niveaus = [_Niveau(naam, vertaling) for naam in NIVEAUS if vertaling.niveaus.get(naam)]
        self.niveaus = [niveau for niveau in niveaus if niveau.eigen]
        for rij in self._geselecteerd(export, vertaling):
            self.rijen += 1
            self._neem_op(rij)

    def student(self, *nummers: str | None) -> Student | None:
        """Return the student who has one of these numbers."""
        return next((self._studenten[n] for n in nummers if n in self._studenten), None)

    def studenten(self) -> Iterator[Student]:
        """Give every student once, in the order of the export."""
        return iter({id(student): student for student in self._studenten.values()}.values())

    def _geselecteerd(self, export: Export, vertaling: Vertaling) -> Iterator[Rij]:
        """Give the rows that are asked for, each different row once."""
        keuze = [
            (self._plaats[kolom], {waarde.strip().lower() for waarde in waarden})
            for kolom, waarden in vertaling.selectie.items()
        ]
        gezien: set[int] = set()
        for nummer, waarden in export.rijen():
            if any(waarden[plaats].lower() not in gewenst for plaats, gewenst in keuze):
                continue
            kenmerk = hash(tuple(waarden))
            if kenmerk in gezien:
                self._verslag.opmerking(
                    "rij_dubbel",
                    "Rijen staan er meer dan eens, in alle kolommen gelijk; ze zijn één keer gebruikt.",
                    regel=nummer,
                )
                continue
            gezien.add(kenmerk)
            yield nummer, waarden

    def _neem_op(self, rij: Rij) -> None:
        nummer, waarden = rij
        nummers = tuple(n for plaats in self._nummerkolommen if (n := self._nummer(waarden[plaats], nummer)))
        if not nummers:
            self._verslag.fout(
                "nummer_ontbreekt",
                "Rijen zonder burgerservicenummer of onderwijsnummer zijn overgeslagen.",
                regel=nummer,
            )
            return
        student = self.student(*nummers)
        if student is None:
            eigen, naam = (
                "" if plaats is None else waarden[plaats][:_LANGSTE]
                for plaats in (self._studentnummer, self._naam)
            )
            student = Student(nummers, nummer, {}, eigen, naam)
        elif set(nummers) - set(student.nummers):
            student.nummers = tuple(dict.fromkeys((*student.nummers, *nummers)))
        self._studenten.update(dict.fromkeys(student.nummers, student))
        for niveau in self.niveaus:
            self._neem_record_op(student, niveau, waarden, nummer)

    def _nummer(self, tekst: str, rij: int) -> str:
        """Return a person's number with the leading zeros that a spreadsheet drops."""
        tekst = tekst.replace(".", "").replace(" ", "")
        if not tekst.isdigit():
            return tekst
        if len(tekst) < 9:
            self._verslag.opmerking(
                "voorloopnullen",
                "Persoonsnummers waren korter dan negen cijfers (Excel laat nullen vooraan weg); aangevuld.",
                regel=rij,
            )
            tekst = tekst.zfill(9)
        if not (is_bsn(tekst) or is_onderwijsnummer(tekst)):
            self._verslag.opmerking(
                "nummerproef",
                "Persoonsnummers doorstaan de elfproef niet; er is wel op gezocht.",
                regel=rij,
            )
        return tekst

    def _neem_record_op(self, student: Student, niveau: _Niveau, rij: list[str], nummer: int) -> None:
        teksten = {veld: bron.vast or rij[self._plaats[bron.kolom]] for veld, bron in niveau.bronnen.items()}
        if not any(teksten[veld] for veld in niveau.eigen):
            return
        waarden = {veld: self._lees(niveau, veld, tekst, nummer) for veld, tekst in teksten.items()}
        delen = [waarden[veld] for veld in niveau.sleutel]
        if any(deel is ONLEESBAAR or deel is None for deel in delen):
            self._verslag.fout(
                "sleutel_onbekend",
                f"Rijen waarin niet te lezen is welk(e) {niveau.naam} het is, zijn daarvoor overgeslagen.",
                regel=nummer,
                veld=f"{niveau.naam}: {', '.join(niveau.sleutel)}",
            )
            return
        sleutel = tuple(map(str, delen))
        records = student.records.setdefault(niveau.naam, {})
        eerder = records.setdefault(sleutel, EigenRecord(nummer, waarden))
        if eerder.waarden != waarden:
            for veld, waarde in waarden.items():
                ander = eerder.waarden[veld]
                if waarde != ander and ONLEESBAAR not in (waarde, ander):
                    schrijf = niveau.lezers[veld].schrijf
                    self.tegenstrijdig.append(
                        Tegenstrijdig(
                            student.nummers,
                            nummer,
                            niveau.naam,
                            sleutel,
                            veld,
                            schrijf(ander),
                            schrijf(waarde),
                        )
                    )

    def _lees(self, niveau: _Niveau, veld: str, tekst: str, rij: int) -> Any:
        try:
            return niveau.lezers[veld].lees(tekst)
        except Veldfout as fout:
            self._verslag.fout(
                "waarde_onleesbaar",
                f"De kolom '{niveau.bronnen[veld].kolom}' heeft waarden die niet te lezen zijn; die zijn niet "
                "vergeleken. Vertaal ze onder waarden, of geef een datumvorm op.",
                regel=rij,
                waarde=tekst,
                veld=f"{niveau.naam}: {veld}",
                verwacht=fout.verwacht,
            )
            return ONLEESBAAR


class _Niveau:
    """A level of the translation, ready to read rows."""

    def __init__(self, naam: str, vertaling: Vertaling) -> None:
        self.naam = naam
        self.sleutel = vertaling.sleutel(naam) or ()
        eigen = [veld for veld in vertaling.niveaus[naam] if veld not in NUMMERS]
        self.bronnen: dict[str, Bron] = {
            veld: vertaling.bron(naam, veld) for veld in dict.fromkeys((*self.sleutel, *eigen))
        }
        self.lezers: dict[str, Lezer] = {veld: vertaling.lezer(naam, veld) for veld in self.bronnen}
        self.eigen = [veld for veld in eigen if self.bronnen[veld].kolom]
        """The fields that make a row tell of this level: with a column, and not only named by another level."""
