"""A fictitious population, as a source of person data holds it: names, addresses, nationalities, titles, deaths.

Municipalities and countries are real codes of the BRP tables, so that look-ups work; the streets exist nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from msgspec.structs import replace

from kernregister.fictief.namen import splits
from kernregister.fictief.nummers import burgerservicenummer
from kernregister.fictief.persoon import persoon
from kernregister.fictief.toeval import Toeval
from kernregister.kern.dossier import Adres, Nationaliteit, Persoon, Verblijfstitel
from kernregister.kern.tijd import OnvolledigeDatum, dagen_na, vroegst

_BEVOLKING: Final = 1 << 39
"""The place, beyond those of a sector, of the choices that concern the population."""

_VOORNAMEN: Final = {
    "M": (
        "Adam",
        "Bram",
        "Cas",
        "Daan",
        "Emre",
        "Finn",
        "Gijs",
        "Hamza",
        "Ilias",
        "Jesse",
        "Kaj",
        "Lars",
        "Milan",
    ),
    "V": (
        "Anouk",
        "Babette",
        "Céline",
        "Dewi",
        "Elif",
        "Floor",
        "Güler",
        "Hanna",
        "Iris",
        "Jorien",
        "Kim",
        "Lotte",
    ),
}
_TWEEDE: Final = ("Alexander", "Johannes", "Noor", "Robin", "Sam", "Wilhelmina", "Yusuf", "Zoë")
_STRATEN: Final = (
    *("Dauwmolenstraat", "Haverkade", "Kraaiendreef", "Lantaarnhof", "Peperveldlaan", "Regenboogwerf"),
    *("Spiegelzoom", "Turfschipperstraat", "Veerhorstpad", "Wolkenvangerweg", "Zilverdraaierplein"),
)
_PLAATSEN: Final = (
    *(
        ("Amsterdam", "0363", 10),
        ("Rotterdam", "0599", 30),
        ("Utrecht", "0344", 35),
        ("Groningen", "0014", 97),
    ),
    *(("Eindhoven", "0772", 56), ("Tilburg", "0855", 50), ("Almere", "0034", 13), ("Breda", "0758", 48)),
    ("Nijmegen", "0268", 65),
)
_LETTERS: Final = "ABCDEGHJKLMNPRTVWXZ"


class _Herkomst(NamedTuple):
    """Where somebody comes from: codes of tables 32 and 34, and the titles that go with it (table 56)."""

    nationaliteit: str
    land: str
    titels: tuple[str, ...]


_HERKOMSTEN: Final = (
    _Herkomst("0339", "6043", ("21", "25", "35")),
    _Herkomst("0131", "5022", ("21", "25")),
    _Herkomst("0336", "7009", ("26", "27", "32")),
    _Herkomst("0084", "9003", ("26", "32", "98")),
    _Herkomst("0034", "6038", ("46",)),
    _Herkomst("0263", "5007", ("21", "24")),
    _Herkomst("0072", "7028", ("30", "28", "41")),
    _Herkomst("0052", "5010", ("30", "29")),
)


def bevolking(aantal: int, zaad: int, peildatum: date) -> Iterator[Persoon]:
    """Return so many persons of 14 to 40 years with a burgerservicenummer; the same arguments, the same persons."""
    for plaats in range(aantal):
        t = Toeval(zaad, _BEVOLKING + plaats)
        geboren = dagen_na(peildatum, -int((14 + 26 * t.trek() * t.trek()) * 365.25) - 1)
        yield met_personalia(persoon(t, geboren, burgerservicenummer(plaats, aantal), None), t, peildatum)


def met_personalia(basis: Persoon, t: Toeval, peildatum: date) -> Persoon:
    """Return a person with all that a source of person data knows, in keeping with what is known already."""
    geboren = vroegst(basis.geboortedatum or OnvolledigeDatum("2000-00-00"))
    plaats = t.kies(_PLAATSEN)
    namen = _VOORNAMEN.get(basis.geslacht or "") or (*_VOORNAMEN["M"], *_VOORNAMEN["V"])
    voornamen = t.kies(namen) + (f" {t.kies(_TWEEDE)}" if t.kans(0.4) else "")
    voorvoegsel, achternaam = splits(basis.achternaam)
    uit = replace(
        basis,
        achternaam=achternaam,
        voorvoegsel=voorvoegsel,
        voornamen=voornamen,
        geboorteplaats=plaats[0],
        geboorteland="6030",
        nationaliteiten=(Nationaliteit("0001", _datum(geboren)),),
        adres=_adres(t, _datum(_ergens(t, geboren, peildatum))),
        geheim=t.kans(0.01),
    )
    if basis.datum_overlijden is None and t.kans(0.004):
        uit = replace(uit, datum_overlijden=_ergens(t, max(geboren, dagen_na(peildatum, -1000)), peildatum))
    return _van_elders(uit, t, geboren, peildatum) if t.kans(0.12) else uit


def _van_elders(uit: Persoon, t: Toeval, geboren: date, peildatum: date) -> Persoon:
    """Return the person as born abroad, with another nationality and, mostly, a right of residence."""
    herkomst = t.kies(_HERKOMSTEN)
    vestiging = _ergens(t, geboren, peildatum)
    begin = _datum(vestiging) if t.kans(0.9) else OnvolledigeDatum(f"{vestiging.year:04d}-00-00")
    eerste = Verblijfstitel(t.kies(herkomst.titels), begin)
    titels: tuple[Verblijfstitel, ...] = (eerste,)
    if t.kans(0.25):
        wissel = _datum(_ergens(t, vestiging, peildatum))
        titels = (replace(eerste, datum_eind=wissel), Verblijfstitel(t.kies(herkomst.titels), wissel))
    elif t.kans(0.15):
        titels = ()  # not in the BRP yet: the institution establishes it
    return replace(
        uit,
        geboorteplaats=None,
        geboorteland=herkomst.land,
        nationaliteiten=(Nationaliteit(herkomst.nationaliteit, OnvolledigeDatum("0000-00-00")),),
        verblijfstitels=titels,
        datum_vestiging=begin,
    )


def _adres(t: Toeval, vanaf: OnvolledigeDatum) -> Adres:
    woonplaats, gemeente, gebied = t.kies(_PLAATSEN)
    if t.kans(0.02):
        regels = (f"{t.kies(_STRATEN)} {t.getal(1, 90)}", f"{t.getal(1000, 9999)} Verweghem")
        return Adres(landcode="5010", adresregels=regels, datum_begin=vanaf)
    return Adres(
        straat=t.kies(_STRATEN),
        huisnummer=str(t.getal(1, 180)),
        toevoeging=t.kies("ABC") if t.kans(0.1) else None,
        postcode=f"{gebied}{t.getal(10, 99)}{t.kies(_LETTERS)}{t.kies(_LETTERS)}",
        woonplaats=woonplaats,
        gemeentecode=gemeente,
        landcode="6030",
        datum_begin=vanaf,
    )


def _ergens(t: Toeval, van: date, tot: date) -> date:
    """Return a day from the first up to and including the last; the last when that is no stretch."""
    return dagen_na(van, t.getal(0, (tot - van).days)) if van < tot else tot


def _datum(dag: date) -> OnvolledigeDatum:
    return OnvolledigeDatum(dag.isoformat())
