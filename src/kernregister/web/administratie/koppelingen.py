"""Translations that institutions keep: read with all their faults at once, kept with who made them."""

from __future__ import annotations

import tomllib
from typing import Final

from django.db import transaction
from django.db.models import Max

from kernregister.kern.formaten.bron import GROOTSTE_TOML
from kernregister.platform import klok
from kernregister.platform.nummers import maskeer
from kernregister.platform.sql import STELSEL
from kernregister.vergelijking.export import Export, open_export
from kernregister.vergelijking.vertaling import Vertaling, controleer_kolommen, neem_vertaling
from kernregister.web.administratie.bestanden import geopend
from kernregister.web.administratie.models import Koppeling, Vergelijking

LANGSTE_NAAM: Final = 80


def lees(inhoud: bytes | str) -> tuple[Vertaling, list[str]]:
    """Return a translation and all that is wrong with it, in Dutch."""
    if len(inhoud) > GROOTSTE_TOML:
        return Vertaling(), [f"De koppeling is groter dan {GROOTSTE_TOML} bytes."]
    try:
        tekst = inhoud.decode("utf-8-sig") if isinstance(inhoud, bytes) else inhoud
        gelezen = tomllib.loads(tekst)
    except UnicodeDecodeError:
        return Vertaling(), ["Dit is geen UTF-8. Sla het bestand op als UTF-8."]
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as fout:
        waar = f": {maskeer(str(fout))}" if isinstance(fout, tomllib.TOMLDecodeError) else ""
        return Vertaling(), [f"Dit is geen geldige TOML{waar}."]
    fouten: list[str] = []
    vertaling = neem_vertaling(gelezen, fouten)
    return vertaling, [maskeer(fout) for fout in fouten]


def open_met(vergelijking: Vergelijking, vertaling: Vertaling) -> tuple[Export | None, list[str]]:
    """Return what does not fit between a translation and the columns of an export.

    Raises:
        OnbruikbaarBestand: the export cannot be read at all.
    """
    fouten: list[str] = []
    with geopend(vergelijking) as pad:
        export = open_export(
            pad,
            kopregel=vertaling.kopregel,
            scheidingsteken=vertaling.scheidingsteken,
            codering=vertaling.codering,
            blad=vertaling.blad,
        )
        controleer_kolommen(vertaling, export, fouten)
    return export, [maskeer(fout) for fout in fouten]


def bewaar(instelling: str, naam: str, toml: str, door: str) -> Koppeling:
    """Keep a translation: the next version under its name, or the last one when it says the same."""
    naam = maskeer(naam.strip())[:LANGSTE_NAAM] or "koppeling"
    van_naam = Koppeling.objects.using(STELSEL).filter(instelling=instelling, naam=naam)
    with transaction.atomic(using=STELSEL):
        laatste = van_naam.select_for_update().order_by("-versie").first()
        if laatste is not None and laatste.toml == toml:
            return laatste
        hoogste = van_naam.aggregate(hoogste=Max("versie"))["hoogste"] or 0
        return Koppeling.objects.using(STELSEL).create(
            instelling=instelling,
            naam=naam,
            versie=hoogste + 1,
            toml=toml,
            gemaakt_op=klok.nu(),
            gemaakt_door=door,
        )
