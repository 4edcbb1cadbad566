"""What changed: the versions of the own records, each with the melding that made it and the fields that it changed.

Of the person's own data only the names of the fields are told: an address that is secret now does not come out of what
was known before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from msgspec import Struct

from kernregister.kern.leesbaar import als_object
from kernregister.voorzieningen.register.public import Versieregel
from kernregister.web.portaal.studentdossier.delen import LEEG, Schrijver

_SOORT: Final = {
    "persoon": ("Persoonsgegevens", "Personal data"),
    "inschrijving": ("Inschrijving", "Enrolment"),
    "diploma": ("Diploma", "Diploma"),
    "resultaat": ("Los resultaat", "Loose result"),
}
_ALLEEN_BEKOSTIGD: Final = ("bekostigbaar",)


class Verschil(Struct, frozen=True):
    """A field that changed."""

    veld: str
    was: str
    werd: str


class Stap(Struct, frozen=True):
    """A version that began, or a record that was taken away."""

    wat: str
    op: datetime
    handeling: str
    melding: UUID | None
    meldingsoort: str
    stand: int | None
    verschillen: tuple[Verschil, ...]
    alleen_velden: bool
    """Values are not told."""


def stappen(regels: Sequence[Versieregel], s: Schrijver, bekostigd: bool) -> list[Stap]:
    """Return what changed, the latest first.

    Args:
        regels: the versions, the latest first.
        s: how values are written.
        bekostigd: whether fields of funding are shown.
    """
    uit = []
    for plaats, regel in enumerate(regels):
        sleutel = (regel.soort, regel.sleutel)
        eerder = next((r for r in regels[plaats + 1 :] if (r.soort, r.sleutel) == sleutel), None)
        later = any((r.soort, r.sleutel) == sleutel for r in regels[:plaats])
        if regel.vervallen_op and not later:
            uit.append(_verwijderd(regel, s))
        uit.append(_begonnen(regel, eerder, s, bekostigd))
    return sorted(uit, key=lambda stap: stap.op, reverse=True)


def _naam(regel: Versieregel, s: Schrijver) -> str:
    return f"{s.tekst(*_SOORT.get(regel.soort, (regel.soort, regel.soort)))} {regel.sleutel}".strip()


def _verwijderd(regel: Versieregel, s: Schrijver) -> Stap:
    assert regel.vervallen_op is not None
    gedaan = s.tekst("verwijderd", "removed")
    return Stap(_naam(regel, s), regel.vervallen_op, gedaan, regel.vervangen_door, "", None, (), True)


def _begonnen(regel: Versieregel, eerder: Versieregel | None, s: Schrijver, bekostigd: bool) -> Stap:
    verschillen: tuple[Verschil, ...] = ()
    if eerder is not None:
        was, werd = (dict(_vlak(als_object(een.inhoud))) for een in (eerder, regel))
        velden = [veld for veld in {**was, **werd} if was.get(veld) != werd.get(veld)]
        verschillen = tuple(
            Verschil(_leesbaar(veld), _waarde(was.get(veld), s), _waarde(werd.get(veld), s))
            for veld in velden
            if bekostigd or not veld.endswith(_ALLEEN_BEKOSTIGD)
        )
    gedaan = s.tekst("gewijzigd", "changed") if eerder else s.tekst("geregistreerd", "registered")
    return Stap(
        _naam(regel, s),
        regel.geregistreerd_op,
        gedaan,
        regel.melding,
        regel.meldingsoort,
        regel.stand,
        verschillen,
        regel.soort == "persoon",
    )


def _vlak(waarde: Any, pad: str = "") -> Iterator[tuple[str, Any]]:
    """Give the fields of an object, those of what is in it under their path: ``perioden 1 niveau``."""
    if isinstance(waarde, dict):
        for naam, deel in waarde.items():
            yield from _vlak(deel, f"{pad} {naam}".strip())
    elif isinstance(waarde, list):
        for plaats, deel in enumerate(waarde, 1):
            yield from _vlak(deel, f"{pad} {plaats}")
    else:
        yield pad, waarde


def _leesbaar(veld: str) -> str:
    kaal = veld.replace("_", " ")
    return kaal[:1].upper() + kaal[1:]


def _waarde(waarde: Any, s: Schrijver) -> str:
    if waarde is None:
        return LEEG
    if isinstance(waarde, bool):
        return s.ja_nee(waarde)
    tekst = str(waarde)
    is_dag = len(tekst) == 10 and tekst[4] == tekst[7] == "-"
    return s.dag(tekst) if is_dag else tekst
