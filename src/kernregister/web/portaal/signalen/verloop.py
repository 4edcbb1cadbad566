"""What happened to a signal, in order: opened, given, waived, noted, closed; and the times it stood before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from kernregister.kern.regels.paspoort import Tekst
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.voorzieningen.register import public as register
from kernregister.web.portaal.bezoek import Bezoek


class Gebeurtenis(Struct, frozen=True, kw_only=True):
    """One thing that happened."""

    op: datetime
    wat: str
    tekst: str = ""
    """What somebody wrote with it."""
    melding: UUID | None = None


_OPEN: Final = Tekst("Geopend door een melding", "Opened by a melding")
_OPEN_DOOR: Final = Tekst("Geopend: {}", "Opened: {}")
_DICHT: Final = Tekst("Gesloten door een melding", "Closed by a melding")
_DICHT_DOOR: Final = Tekst("Gesloten: {}", "Closed: {}")
_KALENDER: Final = Tekst("er verstreek een datum", "a date passed")
_EERDER: Final = Tekst("Eerder geopend", "Opened before")
_EERDER_DICHT: Final = Tekst("Eerder gesloten", "Closed before")
_STAPPEN: Final = {
    "verzoek": Tekst("{} vraagt om ervan af te zien tot {}", "{} asks to waive it until {}"),
    "akkoord": Tekst("{} keurt het afzien goed, tot {}", "{} approves the waiver, until {}"),
    "afwijzing": Tekst("{} wijst het verzoek af", "{} refuses the request"),
    "intrekking": Tekst("{} trekt het verzoek in", "{} withdraws the request"),
}
_AAN: Final = Tekst("{} wijst het toe aan {}", "{} assigns it to {}")
_AAN_NIEMAND: Final = Tekst("{} wijst het aan niemand meer toe", "{} assigns it to nobody any more")
_NOTITIE: Final = Tekst("Notitie van {}", "Note by {}")

Notities = list[tuple[str, str, datetime]]


def verloop(
    uitleg: kwaliteit.Signaaluitleg,
    notities: Notities,
    meldingen: Mapping[int, register.Meldingnaam],
    namen: Mapping[str, str],
    bezoek: Bezoek,
) -> list[Gebeurtenis]:
    """Return all that happened to a signal, the latest first.

    Args:
        uitleg: the signal with its story.
        notities: what colleagues wrote down.
        meldingen: the meldingen that opened and closed it and those before it, by id.
        namen: how colleagues are called, by the name to log in with.
        bezoek: the visit, for its language.
    """
    alles = [
        *_leven(uitleg.signaal, meldingen, bezoek),
        *(een for vorig in uitleg.eerder for een in _leven(vorig, meldingen, bezoek, eerder=True)),
        *_besluiten(uitleg, namen, bezoek),
        *(
            Gebeurtenis(op=op, wat=bezoek.tekst(_NOTITIE).format(namen.get(door, door)), tekst=tekst)
            for tekst, door, op in notities
        ),
    ]
    return sorted(alles, key=lambda een: een.op, reverse=True)


def _leven(
    een: kwaliteit.Signaalbeeld,
    meldingen: Mapping[int, register.Meldingnaam],
    bezoek: Bezoek,
    eerder: bool = False,
) -> Iterator[Gebeurtenis]:
    bron = meldingen.get(een.geopend_door or 0)
    wat = bezoek.tekst(_OPEN if een.geopend_door else _OPEN_DOOR).format(_reden(een.geopend_reden, bezoek))
    yield Gebeurtenis(
        op=een.geopend_op, wat=bezoek.tekst(_EERDER) if eerder else wat, melding=bron.uuid if bron else None
    )
    if een.gesloten_op is not None:
        bron = meldingen.get(een.gesloten_door or 0)
        wat = bezoek.tekst(_DICHT if een.gesloten_door else _DICHT_DOOR).format(
            _reden(een.gesloten_reden or "", bezoek)
        )
        yield Gebeurtenis(
            op=een.gesloten_op,
            wat=bezoek.tekst(_EERDER_DICHT) if eerder else wat,
            melding=bron.uuid if bron else None,
        )


def _reden(reden: str, bezoek: Bezoek) -> str:
    """Return why a signal opened or closed without a melding, in words."""
    return bezoek.tekst(_KALENDER) if reden == kwaliteit.KALENDER else reden


def _besluiten(
    uitleg: kwaliteit.Signaaluitleg, namen: Mapping[str, str], bezoek: Bezoek
) -> Iterator[Gebeurtenis]:
    for stap in uitleg.afzien:
        wie = namen.get(stap.door, stap.door)
        yield Gebeurtenis(
            op=stap.op,
            wat=bezoek.tekst(_STAPPEN[stap.stap]).format(wie, f"{stap.tot:%d-%m-%Y}"),
            tekst=stap.reden,
        )
    for aan, door, op in uitleg.toewijzingen:
        wie = namen.get(door, door)
        tekst = _AAN if aan else _AAN_NIEMAND
        yield Gebeurtenis(op=op, wat=bezoek.tekst(tekst).format(wie, namen.get(aan, aan)))
