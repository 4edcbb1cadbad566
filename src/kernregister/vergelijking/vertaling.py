"""The translation of an export: which column holds which field of the register, and what its values mean.

A small TOML file, written by the steward (``kernregister vergelijk --begin`` makes a start). All that is wrong with it
is told at once.
"""

from __future__ import annotations

import codecs
from collections import Counter
from collections.abc import Sequence
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, get_args, get_origin

from msgspec import Struct, field

from kernregister.kern.formaten.bron import lees_toml
from kernregister.kern.formaten.indeling import NUMMERS, Veld, Veldfout, velden
from kernregister.kern.formaten.ro import RO
from kernregister.kern.formaten.verslag import OnbruikbaarBestand
from kernregister.kern.verschil import SLEUTELS
from kernregister.vergelijking.export import Export
from kernregister.vergelijking.waarden import DATUMVORMEN, Lezer

NIVEAUS: Final[dict[str, str]] = {
    "persoon": "PER",
    "inschrijving": "ISG",
    "periode": "ISP",
    "extra_ondersteuning": "ISE",
    "bpv": "BPV",
    "diploma": "DIP",
    "keuzedeel": "KZD",
    "examenonderdeel": "GEO",
    "amvb_onderdeel": "AMO",
}
"""Section of a translation -> the record of the register that it describes."""

_ANDERE_SLEUTELS: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "inschrijving": (("datum_inschrijving",),),
    "periode": (("inschrijvingvolgnummer",), ("datum_begin",)),
    "bpv": (("inschrijvingvolgnummer", "datum_begin"), ("leerbedrijf_id", "datum_begin")),
    "extra_ondersteuning": (("datum_begin",),),
    "diploma": (("opleidingcode", "datum_resultaat"), ("opleidingcode",)),
    "keuzedeel": (("code", "datum_resultaat"), ("code",)),
    "examenonderdeel": (("code", "datum_resultaat"), ("code",)),
    "amvb_onderdeel": (("code", "datum_resultaat"), ("code",)),
}
"""What names a record where an export lacks the register's own key, in order of preference."""

_GEERFD: Final = "inschrijvingvolgnummer"
_ERFT: Final = ("periode", "extra_ondersteuning", "bpv")
_EXPORTVELDEN: Final = (
    *("blad", "kopregel", "scheidingsteken", "codering", "datumvorm"),
    *("studentnummer", "naam"),
)
_BRONVELDEN: Final = ("kolom", "vast", "waarden", "datumvorm")


class Bron(Struct, frozen=True):
    """Where the value of a field comes from: a column, or the same for every row."""

    kolom: str = ""
    vast: str = ""
    waarden: dict[str, str] = {}
    datumvorm: str = ""


class Vertaling(Struct):
    """What the translation says."""

    blad: str = ""
    kopregel: int = 1
    scheidingsteken: str = ""
    codering: str = ""
    datumvorm: str = ""
    studentnummer: str = ""
    """The column with the institution's own number of the student: not compared, but shown and passed on."""
    naam: str = ""
    """The column with the name by which a steward knows the student: only shown."""
    selectie: dict[str, list[str]] = field(default_factory=dict)
    niveaus: dict[str, dict[str, Bron]] = field(default_factory=dict)

    def sleutel(self, niveau: str) -> tuple[str, ...] | None:
        """Return the fields that name a record of a level in this export; None when there are not enough."""
        aanwezig = set(self.niveaus.get(niveau, ()))
        if niveau in _ERFT and _GEERFD in self.niveaus.get("inschrijving", ()):
            aanwezig.add(_GEERFD)
        mogelijk = (SLEUTELS[NIVEAUS[niveau]], *_ANDERE_SLEUTELS.get(niveau, ()))
        return next((sleutel for sleutel in mogelijk if aanwezig.issuperset(sleutel)), None)

    def bron(self, niveau: str, veld: str) -> Bron:
        """Return where a field comes from; the number of an enrolment serves its periods and placements too."""
        eigen = self.niveaus[niveau].get(veld)
        return eigen if eigen is not None else self.niveaus["inschrijving"][veld]

    def lezer(self, niveau: str, veld: str) -> Lezer:
        """Return what reads the values of a field in this export."""
        bron = self.bron(niveau, veld)
        return Lezer(velden_van(niveau)[veld], bron.waarden, bron.datumvorm or self.datumvorm)


class OnbruikbareVertaling(OnbruikbaarBestand):
    """A translation with faults: all of them, in ``fouten``."""

    def __init__(self, naam: str, fouten: Sequence[str]) -> None:
        self.fouten = list(fouten)
        super().__init__(f"{naam}: de vertaling klopt niet.\n" + "\n".join(f"- {fout}" for fout in fouten))


@cache
def velden_van(niveau: str) -> dict[str, Veld]:
    """Return the fields of a level by name, the numbers of the person left out except at the person."""
    return {
        veld.naam: veld
        for veld in velden(RO.records[NIVEAUS[niveau]])
        if niveau == "persoon" or veld.naam not in NUMMERS
    }


def lees_vertaling(pad: Path, fouten: list[str]) -> Vertaling:
    """Read a translation; what is wrong with it is added to ``fouten``.

    Raises:
        OnbruikbaarBestand: it is no TOML.
    """
    if not pad.exists():
        raise OnbruikbaarBestand(
            f"{pad}: dit bestand bestaat niet. Maak een begin met: kernregister vergelijk EXPORT --begin --vertaling "
            f"{pad.name}"
        )
    return neem_vertaling(lees_toml(pad), fouten)


def neem_vertaling(inhoud: dict[str, Any], fouten: list[str]) -> Vertaling:
    """Return the translation that parts of TOML hold; what is wrong with it is added to ``fouten``."""
    vertaling = Vertaling()
    for deel, waarde in inhoud.items():
        if not isinstance(waarde, dict):
            fouten.append(f"'{deel}' staat los; verwacht een deel zoals [inschrijving].")
        elif deel == "export":
            _lees_export(vertaling, waarde, fouten)
        elif deel == "selectie":
            _lees_selectie(vertaling, waarde, fouten)
        elif deel in NIVEAUS:
            vertaling.niveaus[deel] = _lees_niveau(deel, waarde, fouten)
        else:
            fouten.append(f"[{deel}] bestaat niet{_bedoelt(deel, ('export', 'selectie', *NIVEAUS))}.")
    _controleer_sleutels(vertaling, fouten)
    return vertaling


def controleer_kolommen(vertaling: Vertaling, export: Export, fouten: list[str]) -> None:
    """Add to ``fouten`` which columns of a translation the export does not have, or has twice."""
    aantallen = Counter(export.kolommen)
    genoemd = {
        bron.kolom: f"[{n}] {v}" for n, bronnen in vertaling.niveaus.items() for v, bron in bronnen.items()
    }
    genoemd |= dict.fromkeys(vertaling.selectie, "[selectie]")
    genoemd |= {vertaling.studentnummer: "[export] studentnummer", vertaling.naam: "[export] naam"}
    for kolom, waar in genoemd.items():
        if kolom and kolom not in aantallen:
            fouten.append(f"{waar}: de export heeft geen kolom '{kolom}'{_bedoelt(kolom, export.kolommen)}.")
        elif kolom and aantallen[kolom] > 1:
            fouten.append(
                f"{waar}: de export heeft {aantallen[kolom]} kolommen '{kolom}'; geef ze een eigen naam."
            )


def _lees_export(vertaling: Vertaling, deel: dict[str, Any], fouten: list[str]) -> None:
    for naam, waarde in deel.items():
        fout = ""
        if naam not in _EXPORTVELDEN:
            fout = f"bestaat niet{_bedoelt(naam, _EXPORTVELDEN)}."
        elif naam == "kopregel":
            goed = isinstance(waarde, int) and not isinstance(waarde, bool) and waarde >= 1
            fout = "" if goed else "verwacht een regelnummer vanaf 1."
        elif not isinstance(waarde, str):
            fout = "verwacht een tekst."
        elif naam == "datumvorm" and waarde not in DATUMVORMEN:
            fout = f"'{waarde}' bestaat niet. Wel: {', '.join(DATUMVORMEN)}."
        elif naam == "scheidingsteken" and (len(waarde) != 1 or waarde in '"\r\n '):
            fout = "verwacht één teken, en geen aanhalingsteken of regeleinde."
        elif naam == "codering" and not _bestaat_codering(waarde):
            fout = f"'{waarde}' bestaat niet; verwacht bijvoorbeeld utf-8 of cp1252."
        if fout:
            fouten.append(f"[export] {naam}: {fout}")
        else:
            setattr(vertaling, naam, waarde)


def _bestaat_codering(naam: str) -> bool:
    try:
        return codecs.lookup(naam)._is_text_encoding and b"a;1".decode(naam, errors="replace") == "a;1"
    except (LookupError, ValueError):
        return False


def _lees_selectie(vertaling: Vertaling, deel: dict[str, Any], fouten: list[str]) -> None:
    for kolom, waarden in deel.items():
        lijst = waarden if isinstance(waarden, list) else [waarden]
        if all(isinstance(waarde, str) for waarde in lijst):
            vertaling.selectie[kolom] = lijst
        else:
            fouten.append(f'[selectie] "{kolom}": verwacht een tekst of een lijst van teksten.')


def _lees_niveau(niveau: str, deel: dict[str, Any], fouten: list[str]) -> dict[str, Bron]:
    uit = {}
    bekend = velden_van(niveau)
    for naam, waarde in deel.items():
        if naam not in bekend:
            fouten.append(f"[{niveau}] {naam} bestaat niet{_bedoelt(naam, tuple(bekend))}.")
            continue
        bron = _lees_bron(f"[{niveau}] {naam}", bekend[naam], waarde, fouten)
        if bron is not None:
            uit[naam] = bron
    return uit


def _lees_bron(waar: str, veld: Veld, waarde: Any, fouten: list[str]) -> Bron | None:
    if isinstance(waarde, str):
        waarde = {"kolom": waarde}
    if not isinstance(waarde, dict):
        fouten.append(f"{waar}: verwacht de naam van een kolom, of {{ kolom = ..., waarden = {{...}} }}.")
        return None
    al = len(fouten)
    for naam, deel in waarde.items():
        if naam not in _BRONVELDEN:
            fouten.append(f"{waar}: {naam} bestaat niet{_bedoelt(naam, _BRONVELDEN)}.")
        elif naam == "waarden" and not (
            isinstance(deel, dict) and all(isinstance(doel, str) for doel in deel.values())
        ):
            fouten.append(f'{waar}: waarden heeft de vorm {{ "van" = "naar" }}, met teksten.')
        elif naam != "waarden" and not isinstance(deel, str):
            fouten.append(f"{waar}: {naam} is een tekst.")
        elif naam == "datumvorm" and deel not in DATUMVORMEN:
            fouten.append(f"{waar}: datumvorm '{deel}' bestaat niet. Wel: {', '.join(DATUMVORMEN)}.")
    if len(fouten) > al:
        return None
    bron = Bron(**waarde)
    if bool(bron.kolom) == bool(bron.vast):
        fouten.append(f"{waar}: geef een kolom, of een vaste waarde.")
        return None
    for doel in (*bron.waarden.values(), bron.vast):
        _controleer_waarde(waar, veld, doel, fouten)
    return bron


def _controleer_waarde(waar: str, veld: Veld, waarde: str, fouten: list[str]) -> None:
    try:
        if waarde:
            veld.lees(waarde)
    except Veldfout as fout:
        mogelijk = ", ".join(get_args(veld.soort)) if get_origin(veld.soort) is Literal else fout.verwacht
        fouten.append(f"{waar}: '{waarde}' is geen waarde van dit veld; verwacht {mogelijk}.")


def _controleer_sleutels(vertaling: Vertaling, fouten: list[str]) -> None:
    if not any(naam in vertaling.niveaus.get("persoon", ()) for naam in NUMMERS):
        fouten.append(
            "[persoon]: geef de kolom met het burgerservicenummer of onderwijsnummer; daarop wordt gezocht."
        )
    for niveau in vertaling.niveaus:
        if vertaling.niveaus[niveau] and vertaling.sleutel(niveau) is None:
            mogelijk = (SLEUTELS[NIVEAUS[niveau]], *_ANDERE_SLEUTELS[niveau])
            woorden = "; of ".join(" en ".join(sleutel) for sleutel in mogelijk)
            fouten.append(f"[{niveau}]: niet te zien welk record het is. Geef de kolom voor {woorden}.")


def _bedoelt(naam: str, mogelijk: Sequence[str]) -> str:
    dichtbij = get_close_matches(naam, mogelijk, 1, 0.6) or [
        m for m in mogelijk if m.lower().strip() == naam.lower().strip()
    ]
    return f"; bedoelt u '{dichtbij[0]}'?" if dichtbij else ""
