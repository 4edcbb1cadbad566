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
from kernregister.kern.tijd import is_onvolledige_datum
from kernregister.voorzieningen.register.public import Versieregel
from kernregister.web.portaal.formulieren.keuzes import WAARDELIJST
from kernregister.web.portaal.formulieren.labels import LABELS
from kernregister.web.portaal.meldingen.woorden import soort_in_woorden
from kernregister.web.portaal.studentdossier.delen import LEEG, Schrijver

_SOORT: Final = {
    "persoon": ("Persoonsgegevens", "Personal data"),
    "inschrijving": ("Inschrijving", "Enrolment"),
    "diploma": ("Diploma", "Diploma"),
    "resultaat": ("Los resultaat", "Loose result"),
}
_GROEP: Final = {
    "bpvs": ("BPV", "Placement"),
    "perioden": ("Periode", "Period"),
    "onderdelen": ("Onderdeel", "Part"),
    "vakken": ("Vak", "Subject"),
}
_SLEUTELS: Final = ("volgnummer", "resultaatvolgnummer", "datum_begin")


class Verschil(Struct, frozen=True):
    """A field that changed."""

    veld: str
    was: str
    """Empty: there was nothing."""
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
            Verschil(
                _label(veld, s),
                "" if veld not in was else _waarde(veld[-1], was[veld], s),
                _waarde(veld[-1], werd.get(veld), s),
            )
            for veld in velden
            if bekostigd or veld[-1] != "bekostigbaar"
        )
    gedaan = s.tekst("gewijzigd", "changed") if eerder else s.tekst("geregistreerd", "registered")
    return Stap(
        _naam(regel, s),
        regel.geregistreerd_op,
        gedaan,
        regel.melding,
        soort_in_woorden(regel.meldingsoort, s.taal),
        regel.stand,
        verschillen,
        regel.soort == "persoon",
    )


def _vlak(waarde: Any, pad: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Give the fields of an object; those of a record in it under the name and number of that record."""
    if isinstance(waarde, dict):
        for naam, deel in waarde.items():
            yield from _vlak(deel, (*pad, naam))
    elif isinstance(waarde, list):
        for plaats, deel in enumerate(waarde, 1):
            yield from _vlak(deel, (*pad, _nummer(deel) or str(plaats)))
    else:
        yield pad, waarde


def _nummer(deel: Any) -> str:
    """Return by what a record is known among others: so that one that comes between does not shift the rest."""
    if not isinstance(deel, dict):
        return ""
    return next((str(deel[veld]) for veld in _SLEUTELS if veld in deel), "")


def _label(pad: tuple[str, ...], s: Schrijver) -> str:
    """Return what a field is called: ``BPV 2: Datum begin``."""
    *groep, veld = pad
    bekend = LABELS.get(veld)
    naam = s.tekst(bekend.nl, bekend.en) if bekend else veld.replace("_", " ").capitalize()
    if not groep:
        return naam
    eerste, *rest = groep
    waar = s.tekst(*_GROEP[eerste]) if eerste in _GROEP else eerste.replace("_", " ").capitalize()
    nummer = " ".join(s.dag(deel) if _is_dag(deel) else deel for deel in rest)
    return f"{waar} {nummer}".strip() + ("" if veld.isdigit() else f": {naam}")


def _waarde(veld: str, waarde: Any, s: Schrijver) -> str:
    if waarde is None:
        return LEEG
    if isinstance(waarde, bool):
        return s.ja_nee(waarde)
    tekst = str(waarde)
    if veld in WAARDELIJST:
        return s.waarde(WAARDELIJST[veld], tekst)
    if veld == "opleidingcode":
        return s.code("opleidingen", tekst)
    return s.dag(tekst) if _is_dag(tekst) else tekst


def _is_dag(tekst: str) -> bool:
    return len(tekst) == 10 and is_onvolledige_datum(tekst)
