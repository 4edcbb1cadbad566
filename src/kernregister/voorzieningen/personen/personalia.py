"""The data by which somebody is asked for, what is missing in them, and how far they agree with a person of the source.

How agreement is judged is our decision; no source publishes it. Strict where a mistake would give one person's data
to another, lenient only in how a name or an address is spelled:

- capitals, diacritics, hyphens, spaces, ``ij`` or ``y``, and prefixes (van, de, el, ...) play no part in a surname;
- of the given names the first decides, and the shorter row must be the beginning of the longer;
- initials, or a first name that is nearly the same, resemble: they count as a difference, not as another person;
- date of birth and sex agree only when they are the same, unknown parts included;
- a Dutch address agrees by postcode, house number and addition; a foreign one by country and lines;
- a secret address agrees with nothing, so that asking cannot confirm it.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from enum import Enum

from msgspec import Struct

from kernregister.kern.dossier import Adres, Persoon
from kernregister.kern.sleutels import Pgn, is_bsn, is_onderwijsnummer
from kernregister.kern.tijd import is_onvolledige_datum

NEDERLAND = "6030"
"""The Netherlands in BRP table 34."""

MEESTE_ADRESREGELS = 3
"""Lines of a foreign address in the BRP."""

VELDEN = ("achternaam", "voornamen", "geboortedatum", "geslacht", "adres")
"""What the extended set is compared by."""

_LIJKT_VANAF = 0.8
_VOORVOEGSELS = frozenset(
    {
        *("van", "de", "der", "den", "het", "t", "ter", "ten", "te", "in", "op", "aan", "bij", "uit"),
        *("la", "le", "les", "du", "des", "di", "da", "do", "dos"),
        *("el", "al", "abd", "ben", "bin", "ibn", "von", "zu", "af"),
    }
)
_GEEN_LETTER = re.compile(r"[^a-z ]+")
_NIET_VERGELIJKBAAR = re.compile(r"[^a-z0-9]+")
_POSTCODE = re.compile(r"[1-9][0-9]{3} ?[A-Za-z]{2}", re.ASCII)
_LANDCODE = re.compile(r"[0-9]{4}", re.ASCII)
_ONTBINDT_NIET = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"}
)


class Personalia(Struct, frozen=True, kw_only=True):
    """The short set (number, geboortedatum, geslacht) or the extended one (no number, but names and an address)."""

    burgerservicenummer: Pgn | None = None
    onderwijsnummer: Pgn | None = None
    geboortedatum: str | None = None
    geslacht: str | None = None
    achternaam: str | None = None
    voorvoegsel: str | None = None
    voornamen: str | None = None
    adres: Adres | None = None

    @property
    def pgn(self) -> Pgn | None:
        """The number that was given."""
        return self.burgerservicenummer or self.onderwijsnummer

    def __repr__(self) -> str:
        """Return a text without personal data: it may end up in an exception."""
        return f"Personalia({'verkort' if self.pgn else 'uitgebreid'})"


class Gebrek(Struct, frozen=True):
    """A field that cannot be used as it is. ``verwacht`` says in Dutch what was expected, never what was given."""

    veld: str
    verwacht: str


class Gelijkenis(Enum):
    """How two values compare."""

    GELIJK = "gelijk"
    LIJKT = "lijkt"
    ANDERS = "anders"


def gebreken(vraag: Personalia) -> tuple[Gebrek, ...]:
    """Return all that keeps somebody from being asked for (spec 5.1; former code 790 for the two kinds of address)."""
    uit = []
    if vraag.burgerservicenummer and vraag.onderwijsnummer:
        uit.append(
            Gebrek("onderwijsnummer", "een van beide nummers: bij een burgerservicenummer is dit veld leeg")
        )
    if vraag.burgerservicenummer and not is_bsn(vraag.burgerservicenummer):
        uit.append(
            Gebrek(
                "burgerservicenummer", "negen cijfers die voldoen aan de elfproef van een burgerservicenummer"
            )
        )
    if vraag.onderwijsnummer and not is_onderwijsnummer(vraag.onderwijsnummer):
        uit.append(
            Gebrek("onderwijsnummer", "negen cijfers die voldoen aan de elfproef van een onderwijsnummer")
        )
    if not vraag.geboortedatum or not is_onvolledige_datum(vraag.geboortedatum):
        uit.append(Gebrek("geboortedatum", "een datum als jjjj-mm-dd; een onbekend deel is 00"))
    if vraag.geslacht not in {"M", "V", "O"}:
        uit.append(Gebrek("geslacht", "M, V of O"))
    if not vraag.pgn:
        if not naamsleutel(vraag.achternaam, vraag.voorvoegsel):
            uit.append(
                Gebrek("achternaam", "de achternaam, want zonder nummer wordt op naam en adres gezocht")
            )
        if not _namen(vraag.voornamen):
            uit.append(
                Gebrek("voornamen", "alle voornamen, want zonder nummer wordt op naam en adres gezocht")
            )
        uit.extend(_adresgebreken(vraag.adres or Adres()))
    return tuple(uit)


def _adresgebreken(adres: Adres) -> list[Gebrek]:
    nederlands = {
        "postcode": adres.postcode,
        "huisnummer": adres.huisnummer,
        "straat": adres.straat,
        "woonplaats": adres.woonplaats,
    }
    buitenland = bool(adres.adresregels) or adres.landcode not in {None, "", NEDERLAND}
    if buitenland and any(nederlands.values()):
        return [
            Gebrek("adres", "een adres in Nederland of een adres in het buitenland met landcode, niet beide")
        ]
    if not buitenland and not any(nederlands.values()):
        return [Gebrek("adres", "een volledig adres in Nederland, of in het buitenland met landcode")]
    if buitenland:
        gevuld = any(map(str.strip, adres.adresregels)) and len(adres.adresregels) <= MEESTE_ADRESREGELS
        uit = (
            []
            if gevuld
            else [Gebrek("adres.adresregels", f"een tot {MEESTE_ADRESREGELS} gevulde adresregels")]
        )
        if not _LANDCODE.fullmatch(adres.landcode or "") or adres.landcode == NEDERLAND:
            uit.append(
                Gebrek("adres.landcode", "de landcode van een ander land, vier cijfers van BRP-tabel 34")
            )
        return uit
    uit = [
        Gebrek(
            f"adres.{veld}", f"de {veld} van een volledig adres in Nederland".replace("de huisn", "het huisn")
        )
        for veld, waarde in nederlands.items()
        if not (waarde or "").strip()
    ]
    if adres.postcode and not _POSTCODE.fullmatch(adres.postcode.strip()):
        uit.append(Gebrek("adres.postcode", "vier cijfers en twee letters, zoals 1234 AB"))
    return uit


def vergelijk(vraag: Personalia, persoon: Persoon) -> dict[str, Gelijkenis]:
    """Return per field of the extended set how what is asked for compares with a person of the source."""
    zelfde = {True: Gelijkenis.GELIJK, False: Gelijkenis.ANDERS}
    eigen, ander = adressleutel(vraag.adres), adressleutel(persoon.adres)
    return {
        "achternaam": _lijkt(
            naamsleutel(vraag.achternaam, vraag.voorvoegsel),
            naamsleutel(persoon.achternaam, persoon.voorvoegsel),
        ),
        "voornamen": _vergelijk_voornamen(_namen(vraag.voornamen), _namen(persoon.voornamen)),
        "geboortedatum": zelfde[vraag.geboortedatum == persoon.geboortedatum],
        "geslacht": zelfde[vraag.geslacht == persoon.geslacht],
        "adres": zelfde[not persoon.geheim and eigen != "" and eigen == ander],
    }


def naamsleutel(achternaam: str | None, voorvoegsel: str | None = None) -> str:
    """Return a surname in the form in which surnames are compared: letters only, without prefixes in front.

    A name of nothing but prefixes keeps them.
    """
    woorden = _namen(f"{voorvoegsel or ''} {achternaam or ''}")
    begin = 0
    while begin < len(woorden) - 1 and woorden[begin] in _VOORVOEGSELS:
        begin += 1
    return "".join(woorden[begin:])


def adressleutel(adres: Adres | None) -> str:
    """Return an address in the form in which addresses are compared; empty when it is no whole address."""
    if adres is None:
        return ""
    if adres.landcode not in {None, "", NEDERLAND}:
        regels = _vlak(" ".join(adres.adresregels))
        return f"{adres.landcode}:{regels}" if regels else ""
    postcode, nummer = _vlak(adres.postcode or ""), _vlak(adres.huisnummer or "")
    return f"{postcode}:{nummer}{_vlak(adres.toevoeging or '')}" if postcode and nummer else ""


def _vergelijk_voornamen(een: list[str], ander: list[str]) -> Gelijkenis:
    if not een or not ander:
        return Gelijkenis.LIJKT
    kort = min(len(een), len(ander))
    if een[:kort] == ander[:kort]:
        return Gelijkenis.GELIJK
    a, b = een[0], ander[0]
    if a == b or (min(len(a), len(b)) == 1 and a[0] == b[0]):
        return Gelijkenis.LIJKT
    return Gelijkenis.LIJKT if _lijkt(a, b) is Gelijkenis.LIJKT else Gelijkenis.ANDERS


def _lijkt(een: str, ander: str) -> Gelijkenis:
    if een == ander and een:
        return Gelijkenis.GELIJK
    gelijkenis = SequenceMatcher(None, een, ander, autojunk=False).ratio()
    return Gelijkenis.LIJKT if gelijkenis >= _LIJKT_VANAF else Gelijkenis.ANDERS


def _namen(tekst: str | None) -> list[str]:
    """Return the words of a name, without diacritics and capitals.

    A name in another script keeps no letters that can be compared, and then has no words.
    """
    plat = _zonder_tekens(tekst or "").replace("-", " ").replace(".", " ").replace("'", " ").replace("’", " ")
    return _GEEN_LETTER.sub("", plat).replace("ij", "y").split()


def _vlak(tekst: str) -> str:
    return _NIET_VERGELIJKBAAR.sub("", _zonder_tekens(tekst))


def _zonder_tekens(tekst: str) -> str:
    ontleed = unicodedata.normalize("NFKD", tekst.casefold().translate(_ONTBINDT_NIET))
    return "".join(teken for teken in ontleed if not unicodedata.combining(teken)).translate(_ONTBINDT_NIET)
