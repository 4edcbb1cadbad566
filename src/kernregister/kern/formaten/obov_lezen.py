"""Reading difference files, as they are written here or elsewhere; what cannot be read is explained."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kernregister.kern.formaten.bron import zonder_bom
from kernregister.kern.formaten.indeling import Record, Veld, Veldfout, tag, velden
from kernregister.kern.formaten.obov import (
    LEEGGEMAAKT,
    OBOV,
    ROV,
    Verschilbestand,
    Verschillenlijst,
    per_soort,
)
from kernregister.kern.formaten.verkennen import GROOTSTE_REGEL
from kernregister.kern.formaten.verslag import OnbruikbaarBestand, Verslag


def lees(pad: Path, verslag: Verslag) -> tuple[Any, Verschilbestand, list[Record]]:
    """Read a difference file: its opening record, its layout and its lines; lines that cannot be read are reported.

    Raises:
        OnbruikbaarBestand: it is no difference file.
    """
    with pad.open("rb") as bron:
        regels = enumerate(iter(lambda: zonder_bom(bron.readline(GROOTSTE_REGEL)), b""), 1)
        kop, lijst = _zoek_kop(regels, verslag, pad.name)
        bestand: Verschilbestand | None = None
        records = []
        for nummer, ruw in regels:
            tekst = ruw.decode(errors="replace").rstrip("\r\n")
            soort, *waarden = tekst.split("|")
            bestand = bestand or per_soort(lijst).get(soort) or _uit_naam(lijst, pad.name)
            record = _lees_regel(bestand, soort, waarden, nummer, verslag) if bestand and tekst else None
            if record is not None:
                records.append(record)
            elif bestand is None:
                break
        bestand = bestand or _uit_naam(lijst, pad.name)
    if bestand is None:
        raise OnbruikbaarBestand(f"{pad.name}: niet te zien van welke recordsoort dit verschilbestand is.")
    return kop, bestand, records


def _zoek_kop(
    regels: Iterator[tuple[int, bytes]], verslag: Verslag, naam: str
) -> tuple[Record, Verschillenlijst]:
    for _, (nummer, ruw) in zip(range(2), regels, strict=False):
        soort, *waarden = ruw.decode(errors="replace").rstrip("\r\n").split("|")
        for lijst in (OBOV, ROV):
            if soort == "VLP" and len(waarden) == len(velden(lijst.kop)):
                kop = _lees_velden(lijst.kop, soort, waarden, nummer, verslag)
                if kop is not None:
                    return kop, lijst
    raise OnbruikbaarBestand(
        f"{naam}: het openingsrecord VLP van een verschilbestand ontbreekt of is onleesbaar. Verwacht een regel met "
        "veldnamen en daarna VLP."
    )


def _uit_naam(lijst: Verschillenlijst, naam: str) -> Verschilbestand | None:
    gevonden = re.match(r"(?:OBOV|ROV)_([A-Z]{3})_", naam, re.IGNORECASE)
    return per_soort(lijst).get(gevonden[1].upper()) if gevonden else None


def _lees_regel(
    bestand: Verschilbestand, soort: str, waarden: list[str], nummer: int, verslag: Verslag
) -> Record | None:
    if soort != tag(bestand.record) or len(waarden) != len(velden(bestand.regel)):
        verslag.fout(
            "verschilregel",
            "De regel heeft niet de vorm van dit verschilbestand.",
            regel=nummer,
            recordsoort=soort[:3],
            waarde=f"{len(waarden) + 1} velden",
            verwacht=f"{tag(bestand.record)} met {len(velden(bestand.regel)) + 1} velden",
        )
        return None
    return _lees_velden(bestand.regel, soort, waarden, nummer, verslag)


def _lees_velden(
    record: type[Record], soort: str, waarden: list[str], nummer: int, verslag: Verslag
) -> Record | None:
    gelezen, goed = [], True
    for veld, tekst in zip(velden(record), waarden, strict=True):
        try:
            gelezen.append(_lees_veld(veld, tekst))
        except Veldfout as fout:
            goed = False
            verslag.fout(
                "veld_ongeldig",
                f"Het veld {veld.naam} van een {soort} heeft geen geldige waarde.",
                regel=nummer,
                waarde=veld.toon(tekst),
                recordsoort=soort,
                veld=veld.naam,
                verwacht=fout.verwacht,
            )
    return record(*gelezen) if goed else None


def _lees_veld(veld: Veld, tekst: str) -> Any:
    """Read a value; a new value keeps its text, and is checked by the field that it is a value of."""
    if (van := veld.extra.get("huidig")) and tekst not in ("", LEEGGEMAAKT):
        oorspronkelijk = next(o for o in velden(van) if f"{o.naam}_huidig" == veld.naam)
        return oorspronkelijk.schrijf()(oorspronkelijk.lees(tekst))
    return veld.lees(tekst)
