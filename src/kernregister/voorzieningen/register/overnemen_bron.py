"""What other sectors registered: participations and results of vo, vso, vavo and ho, from their CSV files.

Each line becomes a melding of its own, sent by that sector, with a UUID that follows from its content and the day of
the file: loading the same file again changes nothing. What the register holds already is not delivered once more.
Load files in order of their day: the last one loaded holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct, field

from kernregister.controle.stamgegevens import DeelnameRij, VooropleidingRij
from kernregister.controle.tabellen import lees_genummerd
from kernregister.kern.dossier import Deelname, HoDiploma, Vak, VooropleidingResultaat, VoResultaat
from kernregister.kern.formaten.verslag import Verslag
from kernregister.kern.meldingen import berichten as b
from kernregister.kern.meldingen.toepassen import aggregaten, sleutel_van
from kernregister.kern.sleutels import INSTELLINGSCODE
from kernregister.platform.versleuteling import kluis
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register import opslag
from kernregister.voorzieningen.register.journaal import Herkomst
from kernregister.voorzieningen.register.overnemen import PER_KEER, Voortgang
from kernregister.voorzieningen.register.verwerking import verwerk

HO, VO = "HO", "VO"
"""Senders: the register of higher education, and that of secondary education with vso and vavo."""


class Overgenomen(Struct):
    """What came of each line of a file: taken, held already, refused, or not to be read (in ``verslag``)."""

    verslag: Verslag
    aanvaard: int = 0
    ongewijzigd: int = 0
    afgekeurd: dict[tuple[str, ...], list[int]] = field(default_factory=dict)
    """Cause, as the ids of what refused it -> the lines, from 1 with the header."""

    @property
    def regels(self) -> int:
        """Lines that could be read."""
        return self.aanvaard + self.ongewijzigd + sum(map(len, self.afgekeurd.values()))


class _Regel(Struct, frozen=True):
    nummer: int
    melding: b.AanleverenDeelname | b.AanleverenVooropleiding
    aggregaat: Deelname | VooropleidingResultaat


class Fout(ValueError):
    """A field of a row that cannot be read; the text is its name and what was expected."""

    def __init__(self, veld: str, verwacht: str) -> None:
        super().__init__(f"{veld}: verwacht {verwacht}")
        self.veld, self.verwacht = veld, verwacht


def laad_deelnames(pad: Path, peildatum: date, door: str, voortgang: Voortgang | None = None) -> Overgenomen:
    """Load vo.csv, vso.csv or ho.csv, a batch at a time; broken off, loading it again does the rest.

    Args:
        pad: the file; its columns are those of ``DeelnameRij``.
        peildatum: the day on which the source made the file.
        door: who loads it.
        voortgang: told how many lines are done.

    Raises:
        OnbruikbaarBestand: the file cannot be read at all.
    """

    def maak(rij: DeelnameRij, kop: Mapping[str, Any]) -> tuple[Any, Any]:
        deelname = rij.deelname()
        if deelname.datum_eind and deelname.datum_eind < deelname.datum_begin:
            raise Fout("datum_einde", "een dag op of na datum_begin")
        return deelname, b.AanleverenDeelname(deelname=deelname, **kop)

    return _laad(pad, DeelnameRij, maak, peildatum, door, voortgang)


def laad_vooropleidingen(
    pad: Path, peildatum: date, door: str, voortgang: Voortgang | None = None
) -> Overgenomen:
    """Load vooropleidingen.csv: results obtained in vo, vso, vavo and ho. As ``laad_deelnames``."""

    def maak(rij: VooropleidingRij, kop: Mapping[str, Any]) -> tuple[Any, Any]:
        resultaat = _ho_diploma(rij) if rij.sector == HO else _vo_resultaat(rij)
        return resultaat, b.AanleverenVooropleiding(resultaat=resultaat, **kop)

    return _laad(pad, VooropleidingRij, maak, peildatum, door, voortgang)


Maker = Callable[[Any, Mapping[str, Any]], tuple[Any, Any]]


def _laad(
    pad: Path, soort: type[Struct], maak: Maker, peildatum: date, door: str, voortgang: Voortgang | None
) -> Overgenomen:
    verslag = Verslag()
    uit = Overgenomen(verslag)
    regels = _regels(lees_genummerd(pad, soort, verslag), pad.name, maak, peildatum, verslag)
    while partij := list(islice(regels, PER_KEER)):
        nieuw = _zonder_bekende(partij, uit)
        antwoorden = verwerk([regel.melding for regel in nieuw], Herkomst(door, "")) if nieuw else []
        for regel, antwoord in zip(nieuw, antwoorden, strict=True):
            if antwoord.aanvaard:
                uit.aanvaard += 1
            else:
                oorzaak = tuple(sorted({een.regel for een in antwoord.bevindingen}))
                uit.afgekeurd.setdefault(oorzaak, []).append(regel.nummer)
        if voortgang:
            voortgang(uit.regels)
    return uit


def _regels(
    rijen: Iterable[tuple[int, Any]], naam: str, maak: Maker, peildatum: date, verslag: Verslag
) -> Iterator[_Regel]:
    """Give the meldingen of rows; what cannot be one is reported with its line, and left out."""
    moment = datetime.combine(peildatum, time(12), UTC)
    for nummer, rij in rijen:
        afzender = HO if rij.sector == HO else VO
        bsn, own = rij.burgerservicenummer, rij.onderwijsnummer
        nummers = {"burgerservicenummer": bsn} if bsn else {"onderwijsnummer": own}
        try:
            if not (bsn or own):
                raise Fout("burgerservicenummer", "een burgerservicenummer of een onderwijsnummer")
            if not INSTELLINGSCODE.past(rij.instellingscode):
                raise Fout("instellingscode", INSTELLINGSCODE.verwacht)
            id_ = _vaste_id(f"{afzender} {peildatum}", nummers, rij)
            aggregaat, melding = maak(rij, {"id": id_, "afzender": afzender, "moment": moment, **nummers})
        except Fout as fout:
            verslag.fout(
                "rij_ongeldig",
                f"{naam}: rijen die niet gelezen konden worden.",
                regel=nummer,
                veld=fout.veld,
                verwacht=fout.verwacht,
            )
            continue
        yield _Regel(nummer, melding, aggregaat)


def _vaste_id(van: str, nummers: dict[str, str | None], aggregaat: object) -> UUID:
    """Return a UUID that follows from the content: a key may stand in a file twice, and that file may come again.

    Keyed: nobody may try out numbers on it.
    """
    tekst = msgspec.json.encode((van, nummers, type(aggregaat).__name__, aggregaat)).decode()
    return UUID(bytes=kluis().zoek(tekst)[:16], version=4)


def _zonder_bekende(partij: list[_Regel], uit: Overgenomen) -> list[_Regel]:
    """Return the lines that tell something the register does not hold already, in order."""
    wie = personen.zoek({regel.melding.pgn for regel in partij})
    gelezen, _ = opslag.lees_dossiers(personen.nummers_van(set(wie.values())))
    houdt = {id_: {sleutel_van(een): een for een in aggregaten(d)} for id_, d in gelezen.items()}
    geweest: dict[str, set[Any]] = defaultdict(set)
    over = []
    for regel in partij:
        sleutel = sleutel_van(regel.aggregaat)
        bekend = houdt.get(wie.get(regel.melding.pgn, 0), {}).get(sleutel)
        if bekend == regel.aggregaat and sleutel not in geweest[regel.melding.pgn]:
            uit.ongewijzigd += 1
        else:
            geweest[regel.melding.pgn].add(sleutel)
            over.append(regel)
    return over


def _ho_diploma(rij: VooropleidingRij) -> HoDiploma:
    if rij.datum_uitslag is None:
        raise Fout("datum_uitslag", "de datum van het diploma")
    if not rij.opleidingcode:
        raise Fout("opleidingcode", "de code van de opleiding")
    return HoDiploma(
        resultaatvolgnummer=rij.resultaatvolgnummer,
        opleidingcode=rij.opleidingcode,
        datum_resultaat=rij.datum_uitslag,
        instelling=rij.instellingscode,
        opleidingnaam=rij.opleidingnaam,
        graad=rij.graad,
        niveau=rij.niveau,
        inschrijvingvolgnummer=rij.inschrijvingvolgnummer,
    )


def _vo_resultaat(rij: VooropleidingRij) -> VoResultaat:
    if not rij.niveau:
        raise Fout("niveau", "het niveau van het examen, zoals HAVO")
    return VoResultaat(
        resultaatvolgnummer=rij.resultaatvolgnummer,
        sector=rij.sector,
        niveau=rij.niveau,
        instelling=rij.instellingscode,
        waardedocument=rij.waardedocument,
        uitslagcode=rij.uitslagcode,
        uitslagdatum=rij.datum_uitslag,
        examenjaar=rij.examenjaar,
        opleidingcode=rij.opleidingcode,
        staatsexamen=rij.staatsexamen == "J",
        profielen=tuple((rij.profielen or "").split()),
        vakken=tuple(_vak(tekst) for tekst in (rij.vakken or "").split()),
        inschrijvingvolgnummer=rij.inschrijvingvolgnummer,
    )


_VAK = "per vak code/SE/CE/eindcijfer/beoordeling, zoals NE/6.5/7.1/7"


def _vak(tekst: str) -> Vak:
    code, *delen = tekst.split("/")
    if not code or len(delen) > 4:
        raise Fout("vakken", _VAK)
    se, ce, eind, beoordeling = (*delen, "", "", "", "")[:4]
    if eind and not (eind.isascii() and eind.isdigit() and 1 <= int(eind[:3]) <= 10):
        raise Fout("vakken", _VAK)
    return Vak(code, _cijfer(se), _cijfer(ce), int(eind) if eind else None, beoordeling or None)


def _cijfer(tekst: str) -> Decimal | None:
    if not tekst:
        return None
    try:
        cijfer = Decimal(tekst)
    except InvalidOperation:
        raise Fout("vakken", _VAK) from None
    if not (cijfer.is_finite() and 1 <= cijfer <= 10 and cijfer == round(cijfer, 1)):
        raise Fout("vakken", _VAK)
    return cijfer
