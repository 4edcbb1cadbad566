"""A first translation of an export, guessed from the names of its columns, for a steward to mend."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Final, get_origin

from kernregister.kern.formaten.indeling import NUMMERS, Veld, Veldfout
from kernregister.kern.formaten.verslag import bestandsnaam_van
from kernregister.kern.parameters.waardelijsten import WAARDELIJSTEN
from kernregister.vergelijking.export import Export
from kernregister.vergelijking.vertaling import NIVEAUS, velden_van
from kernregister.vergelijking.waarden import DATUMVORMEN, Lezer

VOORBEELDRIJEN: Final = 500
_MEESTE_WAARDEN: Final = 20
_LIJKT_OP: Final = 0.85

VERTAALBAAR: Final = frozenset(
    {
        "geslacht",
        "reden_uitschrijving",
        "leertraject",
        "niveau",
        "indicatie_bekostigbaar",
        "leerroute",
        "leerroutefase",
    }
)
"""Fields with a value list, of which the export's own words are worth a translation."""

_MET_WAARDELIJST: Final = frozenset({"leertraject", "niveau", "leerroute", "leerroutefase"})
"""Fields of which the register's own values are all known."""

_KOP: Final = """# Vertaling van {naam}
#
# Links staat het veld van het register, rechts de kolom van de export. Kijk de gissingen na, haal '#' weg bij wat erbij
# moet, en gooi weg wat niet vergeleken hoeft te worden. Andere vormen:
#
#   leertraject = {{ kolom = "Leerweg", waarden = {{ "BOL voltijd" = "BOL" }} }}     waarden vertalen
#   datum_begin = {{ kolom = "Start", datumvorm = "jjjjmmdd" }}                     een eigen datumvorm
#   indicatie_bekostigbaar = {{ vast = "J" }}                                       voor elke rij hetzelfde

[export]
"""


def begin_van(export: Export) -> str:
    """Return the text of a translation with the best guesses for an export."""
    rijen = [rij for _, rij in islice(export.rijen(), VOORBEELDRIJEN)]
    kolommen = {
        naam: [rij[plaats] for rij in rijen if rij[plaats]]
        for plaats, naam in enumerate(export.kolommen)
        if naam
    }
    gissingen = raad(list(kolommen))
    datumvorm = raad_datumvorm(kolommen, gissingen)
    delen = [_KOP.format(naam=bestandsnaam_van(export.pad))]
    if export.blad:
        delen.append(f"blad = {_tekst(export.blad)}\n")
    if export.kopregel > 1:
        delen.append(f"kopregel = {export.kopregel}\n")
    delen.append(f'datumvorm = "{datumvorm}"' if datumvorm else '# datumvorm = "dd-mm-jjjj"')
    delen.append(f"   # mogelijk: {', '.join(DATUMVORMEN)}\n")
    for niveau in NIVEAUS:
        gevonden = {veld: kolom for (n, veld), kolom in gissingen.items() if n == niveau}
        kop = f"[{niveau}]" if gevonden or niveau == "persoon" else f"# [{niveau}]"
        delen.append(f"\n{kop}\n")
        for veld in velden_van(niveau).values():
            delen.append(_regel(veld, gevonden.get(veld.naam), kolommen, datumvorm) + "\n")
    over = [naam for naam in kolommen if naam not in gissingen.values()]
    if over:
        delen.append("\n# Kolommen van de export die nergens voor gebruikt zijn:\n")
        delen += [f"#   {_tekst(naam)}\n" for naam in over]
    delen.append(
        '\n# Alleen rijen met deze waarden vergelijken:\n# [selectie]\n# "Status" = ["Definitief"]\n'
    )
    return "".join(delen)


def raad(kolommen: list[str]) -> dict[tuple[str, str], str]:
    """Return the column to guess for a level and field: the same words first, then what looks much like it."""
    over = {_kaal(naam): naam for naam in reversed(kolommen)}
    uit: dict[tuple[str, str], str] = {}
    wensen = [
        (niveau, veld, [_kaal(w) for w in (f"{niveau} {veld}", f"{veld} {niveau}", veld, *namen)])
        for niveau in NIVEAUS
        for veld in velden_van(niveau)
        for namen in [_synoniemen().get(niveau, {}).get(veld, [])]
    ]
    for ruim in (False, True):
        for niveau, veld, namen in wensen:
            if (niveau, veld) in uit or (ruim and niveau not in _synoniemen()):
                continue
            for naam in namen:
                dichtbij = (
                    get_close_matches(naam, over, 1, _LIJKT_OP) if ruim else [naam] if naam in over else []
                )
                if dichtbij and not (not ruim and naam == _kaal(veld) and _is_gedeeld(niveau, veld)):
                    uit[niveau, veld] = over.pop(dichtbij[0])
                    break
    return uit


def _is_gedeeld(niveau: str, veld: str) -> bool:
    """Tell whether an earlier level has a field of this name, so that the bare name is more likely that one's."""
    eerder = list(NIVEAUS)[: list(NIVEAUS).index(niveau)]
    return any(veld in velden_van(ander) for ander in eerder)


def _regel(veld: Veld, kolom: str | None, kolommen: dict[str, list[str]], datumvorm: str) -> str:
    uitleg = f"   # {veld.uitleg}"
    if kolom is None:
        return f'# {veld.naam} = ""{uitleg}'
    if veld.naam not in VERTAALBAAR:
        return f"{veld.naam} = {_tekst(kolom)}{'' if veld.naam in NUMMERS else uitleg}"
    onbekend = onbekende_waarden(veld, kolommen[kolom], datumvorm)
    if not onbekend:
        return f"{veld.naam} = {_tekst(kolom)}{uitleg}"
    waarden = ", ".join(f"{_tekst(waarde)} = {_tekst(raad_waarde(veld, waarde))}" for waarde in onbekend)
    return f"{veld.naam} = {{ kolom = {_tekst(kolom)}, waarden = {{ {waarden} }} }}{uitleg}"


def onbekende_waarden(veld: Veld, waarden: Iterable[str], datumvorm: str) -> list[str]:
    """Return the values of a column that the register does not know, as far as there are few."""
    lezer = Lezer(veld, {}, datumvorm)
    uit = []
    for waarde in dict.fromkeys(waarden):
        try:
            gelezen = lezer.lees(waarde)
        except Veldfout:
            gelezen = ""
        if gelezen == "" or (
            gelezen is not None and bekende_waarden(veld.naam) and gelezen not in bekende_waarden(veld.naam)
        ):
            uit.append(waarde)
    return uit if len(uit) <= _MEESTE_WAARDEN else []


def raad_waarde(veld: Veld, waarde: str) -> str:
    """Return the register's value that a text speaks of; nothing when that cannot be told."""
    kaal = waarde.upper()
    for bekend in bekende_waarden(veld.naam):
        if re.search(rf"\b{re.escape(bekend)}\b", kaal):
            return bekend
    cijfer = re.search(r"[1-4]", kaal)
    if veld.naam == "niveau" and cijfer:
        return f"MBO-{cijfer[0]}"
    if veld.naam == "reden_uitschrijving" and (nummer := re.match(r"\d{1,2}\b", kaal)):
        return nummer[0].zfill(2)
    if get_origin(veld.soort) is not None and kaal[:1] in ("J", "N", "M", "V", "O"):
        try:
            return str(veld.lees(kaal[:1]))
        except Veldfout:
            return ""
    return ""


def bekende_waarden(veld: str) -> tuple[str, ...]:
    """Return the values of a field that the layout leaves free."""
    return tuple(WAARDELIJSTEN[veld].waarden) if veld in _MET_WAARDELIJST else ()


def raad_datumvorm(
    kolommen: dict[str, list[str]], gissingen: dict[tuple[str, str], str], deel: float = 1.0
) -> str:
    """Return the one form that (a part of) the dates of the export have; nothing when that cannot be told."""
    data = [
        waarde.split(" ")[0].split("T")[0]
        for (_, veld), kolom in gissingen.items()
        if "datum" in veld
        for waarde in kolommen[kolom]
    ]
    keren = {naam: sum(1 for w in data if vorm.fullmatch(w)) for naam, vorm in DATUMVORMEN.items()}
    passend = [naam for naam, keer in keren.items() if data and keer >= deel * len(data)]
    return max(passend, key=keren.__getitem__, default="")


def _kaal(naam: str) -> str:
    return "".join(c for c in naam.lower() if c.isalnum())


def _tekst(waarde: str) -> str:
    """Return a text as TOML writes it."""
    return json.dumps(waarde, ensure_ascii=False)


@cache
def _synoniemen() -> dict[str, dict[str, list[str]]]:
    tekst = files("kernregister.vergelijking").joinpath("synoniemen.toml").read_text(encoding="utf-8")
    return tomllib.loads(tekst)
