"""kwaliteitscontrole.csv: every finding on a line, in a layout that is configuration.

DUO's own layout is not public; the one in ``parameters/kwc.toml`` is ours, and another can take its place.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from kernregister.kern.formaten.rekenblad import zonder_formule
from kernregister.kern.formaten.verslag import OnbruikbaarBestand
from kernregister.kern.parameters import lees
from kernregister.kern.regels.motor import Uitkomst
from kernregister.kern.regels.paspoort import Regel
from kernregister.kern.sleutels import is_onderwijsnummer


class Regelstuk(Struct, frozen=True):
    """A finding with what is needed to put it on a line."""

    uitkomst: Uitkomst
    regel: Regel
    achternaam: str


class Kolom(Struct, frozen=True):
    """A column: its heading, and which field goes in it."""

    kop: str
    veld: str


class Kwc(Struct, frozen=True):
    """A layout: the columns in their order, and what stands between them."""

    kolommen: tuple[Kolom, ...]
    scheiding: str = ";"


def _datum(stuk: Regelstuk) -> str:
    """Return the date that leads to the record: that of its key, or the teldatum on which it was judged."""
    dag = stuk.uitkomst.sleutel.datum_begin or stuk.uitkomst.waarden.get("teldatum")
    return tekst_van(dag)


def _toelichting(stuk: Regelstuk) -> str:
    waarden = ", ".join(
        f"{naam.replace('_', ' ')}: {tekst_van(waarde) or 'leeg'}"
        for naam, waarde in stuk.uitkomst.waarden.items()
    )
    return f"{stuk.regel.titel.nl} ({waarden})" if waarden else stuk.regel.titel.nl


def _op_onderwijsnummer(stuk: Regelstuk) -> bool:
    return is_onderwijsnummer(stuk.uitkomst.sleutel.pgn)


VELDEN: Final[dict[str, Callable[[Regelstuk], str]]] = {
    "groep": lambda s: s.regel.groep.value,
    "regel": lambda s: s.uitkomst.regel,
    "ernst": lambda s: s.regel.ernst.value,
    "instelling": lambda s: s.uitkomst.sleutel.instelling,
    "burgerservicenummer": lambda s: "" if _op_onderwijsnummer(s) else s.uitkomst.sleutel.pgn,
    "onderwijsnummer": lambda s: s.uitkomst.sleutel.pgn if _op_onderwijsnummer(s) else "",
    "achternaam": lambda s: s.achternaam,
    "record": lambda s: s.uitkomst.sleutel.record,
    "inschrijvingvolgnummer": lambda s: s.uitkomst.sleutel.inschrijvingvolgnummer or "",
    "resultaatvolgnummer": lambda s: s.uitkomst.sleutel.resultaatvolgnummer or "",
    "bpv_volgnummer": lambda s: s.uitkomst.sleutel.bpv_volgnummer or "",
    "opleidingcode": lambda s: (
        s.uitkomst.sleutel.opleidingcode or tekst_van(s.uitkomst.waarden.get("opleidingcode"))
    ),
    "datum": _datum,
    "titel": lambda s: s.regel.titel.nl,
    "toelichting": _toelichting,
    "advies": lambda s: s.regel.advies.nl,
}
"""What a column may hold."""


def lees_indeling(pad: Path | None = None) -> Kwc:
    """Return our own layout, or the one in a TOML file of the same form as ``parameters/kwc.toml``.

    Raises:
        OnbruikbaarBestand: the file cannot be read, or names a field that does not exist.
    """
    try:
        inhoud: Mapping[str, Any] = lees("kwc") if pad is None else tomllib.loads(pad.read_text("utf-8"))
        kolommen = tuple(Kolom(str(k["kop"]), str(k["veld"])) for k in inhoud["kolommen"])
        scheiding = str(inhoud.get("scheiding", ";"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError):
        raise OnbruikbaarBestand(
            f"{pad}: geen indeling van de kwaliteitscontrole. Verwacht TOML met kolommen, elk met kop en veld."
        ) from None
    onbekend = sorted({k.veld for k in kolommen} - VELDEN.keys())
    if onbekend or len(scheiding) != 1:
        raise OnbruikbaarBestand(
            f"{pad}: de velden {', '.join(onbekend)} bestaan niet. Kies uit: {', '.join(VELDEN)}."
            if onbekend
            else f"{pad}: de scheiding moet één teken zijn."
        )
    return Kwc(kolommen, scheiding)


def kwc_van(
    uitkomsten: Iterable[Uitkomst],
    regels: Mapping[str, Regel],
    namen: Mapping[str, str],
    indeling: Kwc | None = None,
) -> bytes:
    """Return findings as a file: UTF-8, a header row, lines in the order of the findings.

    Args:
        uitkomsten: the findings.
        regels: the catalogue.
        namen: person's number -> family name, as far as known.
        indeling: the layout; ours when none is given.
    """
    indeling = indeling or lees_indeling()
    velden = [VELDEN[kolom.veld] for kolom in indeling.kolommen]
    uit = io.StringIO(newline="")
    schrijver = csv.writer(uit, delimiter=indeling.scheiding, lineterminator="\r\n")
    schrijver.writerow(kolom.kop for kolom in indeling.kolommen)
    for uitkomst in uitkomsten:
        stuk = Regelstuk(uitkomst, regels[uitkomst.regel], namen.get(uitkomst.sleutel.pgn, ""))
        schrijver.writerow([zonder_formule(veld(stuk)) for veld in velden])
    return uit.getvalue().encode()


def tekst_van(waarde: Any) -> str:
    """Return a value of a finding as it stands in a cell."""
    if waarde is None:
        return ""
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, date):
        return waarde.isoformat()
    if isinstance(waarde, list | tuple | set | frozenset):
        return ", ".join(
            sorted(map(tekst_van, waarde)) if isinstance(waarde, set | frozenset) else map(tekst_van, waarde)
        )
    return str(waarde)
