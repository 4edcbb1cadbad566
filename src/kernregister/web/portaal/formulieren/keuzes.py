"""What may be chosen in a field: the value lists of the register, and the codes of the reference data.

Short lists are shown whole; of long ones the form shows what matches the text that is being typed, and without
JavaScript the code itself is typed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, Final

from msgspec import Struct

from kernregister.kern.gegevens import Soort as Instellingsoort
from kernregister.kern.gegevens import geldig_op
from kernregister.kern.parameters.waardelijsten import WAARDELIJSTEN
from kernregister.platform.geheugen import onthoud
from kernregister.voorzieningen.stamgegevens import public as stamgegevens
from kernregister.web.portaal.formulieren.labels import KEUZES
from kernregister.web.portaal.formulieren.vorm import Soort, Veld
from kernregister.web.portaal.formulieren.waarden import JA, NEE
from kernregister.web.portaal.taal import Taal, in_taal

WAARDELIJST: Final = {
    "leertraject": "leertraject",
    "niveau": "niveau",
    "leerroute": "leerroute",
    "leerroutefase": "leerroutefase",
    "reden_uitschrijving": "reden_uitschrijving",
    "vrijstelling": "vrijstelling",
    "vrijstelling_ie": "vrijstelling_deel",
    "vrijstelling_ce": "vrijstelling_deel",
}
"""Field -> the value list of the register that it takes its values from."""

CODELIJST: Final = {
    "opleidingcode": "opleidingen",
    "onderwijsaanbieder": "onderwijsaanbieders",
    "onderwijslocatie": "onderwijslocaties",
    "leerbedrijf_id": "leerbedrijven",
    "keuzedeelcode": "keuzedelen",
    "gemeentecode": "gemeenten",
    "landcode": "landen",
    "AmvbOnderdeel.code": "amvb_onderdelen",
    "GeneriekExamenonderdeel.code": "examenonderdelen",
    "Keuzedeel.code": "keuzedelen",
}
"""Field -> the list of the reference data that its codes are in."""

HEEL: Final = frozenset({"examenonderdelen"})
"""Lists that are short enough to be shown whole."""

VAN_DE_DAG: Final = frozenset({"onderwijsaanbieders", "onderwijslocaties"})
"""Lists of which only what holds in RIO on the day of the record is suggested."""

MEESTE: Final = 20
"""Suggestions at a time."""

LANGSTE: Final = 20
"""Characters of a code; what is longer is none."""

_JA_NEE: Final = {"nl": ("Ja", "Nee"), "en": ("Yes", "No")}


class Keuze(Struct, frozen=True):
    """Something that can be chosen: the value, and what people read."""

    waarde: str
    titel: str


def lijst_van(struct: str, veld: str) -> str:
    """Return the list of the reference data that a field takes its codes from; empty: it is free."""
    return CODELIJST.get(f"{struct}.{veld}") or CODELIJST.get(veld, "")


def keuzes(struct: str, veld: Veld, taal: Taal, bekostigd: bool) -> tuple[Keuze, ...]:
    """Return what a field may be chosen from, all of it; nothing: it is typed."""
    if veld.soort is Soort.JA_NEE:
        ja, nee = _JA_NEE[taal]
        return Keuze(JA, ja), Keuze(NEE, nee)
    if veld.soort is Soort.KEUZE:
        bekend = KEUZES.get(veld.naam, {})
        volgorde = [*(w for w in bekend if w in veld.waarden), *(w for w in veld.waarden if w not in bekend)]
        return tuple(Keuze(w, in_taal(bekend[w], taal) if w in bekend else w) for w in volgorde)
    if naam := WAARDELIJST.get(veld.naam):
        ander = Instellingsoort.NBI if bekostigd else Instellingsoort.BI
        return tuple(
            Keuze(code, f"{code} – {waarde.en if taal == 'en' else waarde.nl}")
            for code, waarde in WAARDELIJSTEN[naam].waarden.items()
            if waarde.alleen is not ander
        )
    lijst = lijst_van(struct, veld.naam)
    return _hele_lijst(lijst, stamgegevens.versie()) if lijst in HEEL else ()


@onthoud(8)
def _hele_lijst(lijst: str, versie: int) -> tuple[Keuze, ...]:
    """Return a short list of the version that holds."""
    return tuple(_keuzes(lijst, stamgegevens.lijst(lijst, aantal=200)))


def zoek(lijst: str, tekst: str, instelling: str | None, dag: date | None = None) -> list[Keuze]:
    """Return what of a list matches a text, best known first; of the onderwijsaanbieders only the own ones.

    Args:
        lijst: name of the list.
        tekst: part of a code or name.
        instelling: whose form it is.
        dag: of onderwijsaanbieders and onderwijslocaties only those that hold in RIO on this day; None: of any day.

    Raises:
        LookupError: no field takes its codes from such a list.
    """
    if lijst not in CODELIJST.values():
        raise LookupError(lijst)
    kaal = tekst.strip()[:60]
    if lijst == "onderwijsaanbieders" and instelling:
        return [een for een in _eigen_aanbieders(instelling, dag) if kaal.casefold() in een.titel.casefold()][
            :MEESTE
        ]
    op = dag if lijst in VAN_DE_DAG else None
    return list(_keuzes(lijst, stamgegevens.lijst(lijst, op=op, zoek=kaal, aantal=MEESTE)))[:MEESTE]


def _eigen_aanbieders(instelling: str, dag: date | None) -> list[Keuze]:
    return [
        Keuze(code, code)
        for code, aanbieder in sorted(stamgegevens.gegevens().aanbieders.items())
        if any(van == instelling and (dag is None or dag in tijd) for van, tijd in aanbieder.koppelingen)
        and (dag is None or geldig_op(aanbieder.geldig, dag))
    ]


def betekenissen(codes: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Return what codes stand for, each with its list, in one question; what is no code is left out."""
    return stamgegevens.namen(
        [(lijst, code) for lijst, code in codes if len(code) <= LANGSTE and code.isalnum()]
    )


def _keuzes(lijst: str, rijen: Iterable[Any]) -> Iterable[Keuze]:
    paspoort = stamgegevens.LIJSTEN[lijst]
    gezien: set[str] = set()
    for rij in rijen:
        code = paspoort.sleutel_van(rij)
        if code not in gezien:
            gezien.add(code)
            titel = _titel(rij)
            yield Keuze(code, f"{code} – {titel}" if titel else code)


def _titel(rij: Any) -> str:
    """Return what a row is called, with its town where it has one."""
    return ", ".join(deel for deel in (getattr(rij, "naam", ""), getattr(rij, "plaats", "")) if deel)
