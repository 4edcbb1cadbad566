"""A translation made on a page: what an export seems to be, as a proposal, and the result as the TOML to keep.

The proposal goes by the names of the columns, and where these say nothing by what stands in them.
"""

from __future__ import annotations

import json
from itertools import islice
from typing import Final

from msgspec import Struct, structs

from kernregister.kern.formaten.indeling import NUMMERS
from kernregister.kern.sleutels import is_bsn, is_onderwijsnummer
from kernregister.vergelijking.begin import (
    VERTAALBAAR,
    VOORBEELDRIJEN,
    bekende_waarden,
    onbekende_waarden,
    raad,
    raad_datumvorm,
    raad_waarde,
)
from kernregister.vergelijking.export import Export
from kernregister.vergelijking.vertaling import NIVEAUS, Bron, Vertaling, velden_van

MEESTE_VOORBEELDEN: Final = 3
_MEESTAL: Final = 0.8
"""Part of the values of a column that must look like something before it is taken for that."""

_OP_INHOUD: Final = {
    ("periode", "leertraject"): frozenset(bekende_waarden("leertraject")),
    ("periode", "niveau"): frozenset(bekende_waarden("niveau")),
}
_STUDENTNUMMER: Final = frozenset(
    {"studentnummer", "studentnr", "leerlingnummer", "deelnemernummer", "stamnummer"}
)
_NAAM: Final = frozenset({"naam", "achternaam", "studentnaam", "naamstudent", "volledigenaam", "roepnaam"})


class Kolom(Struct, frozen=True):
    """A column of an export: its name, its first different values, and all different ones of the first rows."""

    naam: str
    voorbeelden: tuple[str, ...]
    waarden: tuple[str, ...]


def kolommen_van(export: Export) -> list[Kolom]:
    """Return the columns with a name, with what stands in the first rows."""
    rijen = [rij for _, rij in islice(export.rijen(), VOORBEELDRIJEN)]
    uit = []
    for plaats, naam in enumerate(export.kolommen):
        waarden = tuple(dict.fromkeys(rij[plaats] for rij in rijen if rij[plaats]))
        if naam:
            uit.append(Kolom(naam, waarden[:MEESTE_VOORBEELDEN], waarden))
    return uit


def voorstel_van(export: Export, kolommen: list[Kolom]) -> Vertaling:
    """Return the translation that an export seems to ask for; the user looks it over."""
    gissingen = raad([kolom.naam for kolom in kolommen])
    gissingen |= _op_inhoud(kolommen, gissingen)
    waarden = {kolom.naam: list(kolom.waarden) for kolom in kolommen}
    uit = Vertaling(
        blad=export.blad,
        kopregel=export.kopregel,
        datumvorm=raad_datumvorm(waarden, gissingen, _MEESTAL),
        studentnummer=_genoemd(kolommen, gissingen, _STUDENTNUMMER),
        naam=_genoemd(kolommen, gissingen, _NAAM),
    )
    for (niveau, veld), kolom in gissingen.items():
        vertaald = {
            w: raad_waarde(velden_van(niveau)[veld], w)
            for w in te_vertalen(uit, niveau, veld, waarden[kolom])
        }
        uit.niveaus.setdefault(niveau, {})[veld] = Bron(kolom=kolom, waarden=vertaald)
    uit.niveaus = {
        niveau: bronnen for niveau, bronnen in uit.niveaus.items() if uit.sleutel(niveau) is not None
    }
    return uit


def te_vertalen(vertaling: Vertaling, niveau: str, veld: str, waarden: list[str]) -> list[str]:
    """Return the values of a column that the register does not know, of a field of which it knows them all."""
    if veld not in VERTAALBAAR:
        return []
    return onbekende_waarden(velden_van(niveau)[veld], waarden, vertaling.datumvorm)


def _op_inhoud(kolommen: list[Kolom], gissingen: dict[tuple[str, str], str]) -> dict[tuple[str, str], str]:
    """Return what the values of columns say that are not used yet, of fields that have no column yet."""
    uit: dict[tuple[str, str], str] = {}
    for kolom in kolommen:
        if kolom.naam in gissingen.values() or not kolom.waarden:
            continue
        for sleutel in (*(("persoon", nummer) for nummer in NUMMERS), *_OP_INHOUD):
            if sleutel in gissingen or sleutel in uit:
                continue
            if sleutel[0] == "persoon" and any(("persoon", n) in gissingen for n in NUMMERS):
                continue
            if _lijkt(sleutel, kolom.waarden):
                uit[sleutel] = kolom.naam
                break
    return uit


def _lijkt(sleutel: tuple[str, str], waarden: tuple[str, ...]) -> bool:
    if sleutel[0] == "persoon":
        proef = is_bsn if sleutel[1] == "burgerservicenummer" else is_onderwijsnummer
        raak = sum(len(w) >= 8 and w.isdigit() and proef(w.zfill(9)) for w in waarden)
    else:
        raak = sum(w.upper() in _OP_INHOUD[sleutel] for w in waarden)
    return raak >= _MEESTAL * len(waarden)


def _genoemd(kolommen: list[Kolom], gissingen: dict[tuple[str, str], str], namen: frozenset[str]) -> str:
    for kolom in kolommen:
        kaal = "".join(c for c in kolom.naam.lower() if c.isalnum())
        if kaal in namen and kolom.naam not in gissingen.values():
            return kolom.naam
    return ""


def als_toml(vertaling: Vertaling, titel: str = "") -> str:
    """Return a translation as the file that ``kernregister vergelijk --vertaling`` takes."""
    kop = {
        veld: getattr(vertaling, veld)
        for veld in Vertaling.__struct_fields__
        if veld not in ("niveaus", "selectie") and getattr(vertaling, veld) != _LEEG[veld]
    }
    delen = [f"# {regel}" for regel in titel.splitlines()]
    if kop:
        delen += ["", "[export]", *(f"{veld} = {_waarde(waarde)}" for veld, waarde in kop.items())]
    for niveau in NIVEAUS:
        bronnen = vertaling.niveaus.get(niveau)
        if bronnen:
            delen += ["", f"[{niveau}]", *(f"{veld} = {_bron(bron)}" for veld, bron in bronnen.items())]
    if vertaling.selectie:
        delen += ["", "[selectie]"]
        delen += [
            f"{_tekst(kolom)} = [{', '.join(map(_tekst, waarden))}]"
            for kolom, waarden in vertaling.selectie.items()
        ]
    return "\n".join(delen).lstrip("\n") + "\n"


_LEEG: Final = structs.asdict(Vertaling())


def _bron(bron: Bron) -> str:
    if bron.kolom and not bron.waarden and not bron.datumvorm:
        return _tekst(bron.kolom)
    delen = [
        f"{veld} = {_tekst(waarde)}"
        for veld in ("kolom", "vast", "datumvorm")
        if (waarde := getattr(bron, veld))
    ]
    if bron.waarden:
        delen.append(
            f"waarden = {{ {', '.join(f'{_tekst(a)} = {_tekst(n)}' for a, n in bron.waarden.items())} }}"
        )
    return f"{{ {', '.join(delen)} }}"


def _waarde(waarde: str | int) -> str:
    return str(waarde) if isinstance(waarde, int) else _tekst(waarde)


def _tekst(waarde: str) -> str:
    """Return a text as TOML writes it."""
    return json.dumps(waarde, ensure_ascii=False).replace("\x7f", "\\u007f")
