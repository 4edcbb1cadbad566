"""Which faults can be planted, and how many of each are wished for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from kernregister.fictief import fouten_bpv_resultaat, fouten_dubbel, fouten_inschrijving
from kernregister.fictief.kalender import Kalender
from kernregister.fictief.planting import OP_TELDATUM, PLANTERS, Planter

FAMILIES = (fouten_inschrijving, fouten_bpv_resultaat, fouten_dubbel)
"""The modules of planters; importing them registers them."""


def planters() -> dict[str, Planter]:
    """Return the planter of each rule, in order of id."""
    return dict(sorted(PLANTERS.items()))


def van_elk(aantal: int, peildatum: date) -> dict[str, int]:
    """Return so many cases of every signal that can be there on a day: before the first teldatum some cannot."""
    te_vroeg = frozenset() if Kalender.voor(peildatum).teldata else OP_TELDATUM
    return {regel: aantal for regel in planters() if aantal and regel not in te_vroeg}


def enkele_van_elk(dossiers: int, peildatum: date) -> dict[str, int]:
    """Return three cases of every signal that can be there on a day, or as many as a small sector has room for."""
    return van_elk(min(3, dossiers // 100), peildatum)


def lees_fouten(tekst: str) -> dict[str, int]:
    """Read a wish such as ``B04=10,C03=5`` or ``alle=3,E05=0``; what comes later goes before.

    Raises:
        ValueError: it cannot be read, or names a rule that is no signal.
    """
    bekend = planters()
    uit: dict[str, int] = {}
    for wens in filter(None, (deel.strip() for deel in tekst.split(","))):
        gelezen = re.fullmatch(r"(\w+)=(\d{1,6})", wens, re.ASCII)
        if gelezen is None:
            raise ValueError(f"{wens!r}: verwacht een regel met een aantal, zoals B04=10, of alle=3")
        regel, aantal = gelezen[1], int(gelezen[2])
        if regel.lower() == "alle":
            uit = dict.fromkeys(bekend, aantal)
        elif regel.upper() in bekend:
            uit[regel.upper()] = aantal
        else:
            raise ValueError(f"{regel}: geen signaal. Kies uit {', '.join(bekend)}, of alle")
    return {regel: aantal for regel, aantal in uit.items() if aantal}


def keur_fouten(fouten: Mapping[str, int], kalender: Kalender) -> None:
    """Refuse what cannot be planted.

    Raises:
        ValueError: an unknown rule, or one that needs a teldatum that has not come yet.
    """
    onbekend = sorted(set(fouten) - set(planters()))
    if onbekend:
        raise ValueError(f"{', '.join(onbekend)}: geen signaal")
    te_vroeg = sorted(set(fouten) & OP_TELDATUM)
    if te_vroeg and not kalender.teldata:
        raise ValueError(
            f"{', '.join(te_vroeg)}: oordelen op een teldatum, en op {kalender.peildatum} is die er nog niet. "
            f"Kies een peildatum vanaf {date(kalender.jaar, 10, 1)}."
        )
