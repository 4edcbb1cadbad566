"""A difference explained as a line for people and for programs: the columns of the CSV, the objects of the JSON."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct

from kernregister.kern.bekostiging.besluit import Bekostigingswijziging
from kernregister.kern.bekostiging.redenen import tekst
from kernregister.kern.formaten.indeling import Record, velden
from kernregister.kern.formaten.rekenblad import BOM, zonder_formule
from kernregister.kern.overzichten.verklaring import Oorzaak, Verklaring
from kernregister.kern.overzichten.weging import Effect
from kernregister.platform import klok

API: Final = "/api/v1"
"""Where the addresses of the API begin (web.urls)."""

_OORDEEL: Final = {True: "ja", False: "nee", None: "zelf beoordelen"}
_AFGELEID: Final = "Volgt uit andere verschillen; op zichzelf geen effect"
_NIETS: Final = "Geen effect op de bekostiging"


class Uitlegregel(Struct, frozen=True):
    """A difference with its number in the list, whose it is, what explains it, and where the evidence is."""

    nummer: int
    persoon: int | None
    """The name of the person in the addresses of the API; None: nobody is known by the number any more."""
    verklaring: Verklaring
    bewijs: tuple[str, ...] = ()
    dossier: str = ""
    """Address of the dossier as known at the new stand."""


Cel = str | int | Decimal | date | datetime | None

KOLOMMEN: Final = (
    "Kan relevant zijn",
    "Selectieregel",
    "Raakt teldatum",
    "Soort melding",
    "Afzender",
    "Aangeleverd door",
    "Verzonden op",
    "Ontvangen op",
    "Meldingen",
    "Melding",
    "Zonder melding",
    "Effect deelnemerswaarde 1-10",
    "Effect telling 1-2",
    "Effect diplomawaarde",
    "Persoon deelnemerswaarde 1-10",
    "Persoon telling 1-2",
    "Persoon diplomawaarde",
    "Toelichting bekostiging",
    "Bewijs",
    "Dossier",
)
"""What explains a difference, in every list. Of several meldingen the last one; all of them are in ``Melding``."""

WIE: Final = (
    "Nr",
    "Recordsoort",
    "Burgerservicenummer",
    "Onderwijsnummer",
    "Sleutel",
    "Soort wijziging",
    "Gewijzigd",
)


def wie(regel: Uitlegregel) -> list[Cel]:
    """Return which difference it is: the values of ``WIE``."""
    v = regel.verklaring.verschil
    return [
        regel.nummer,
        v.recordsoort,
        v.burgerservicenummer or "",
        v.onderwijsnummer or "",
        " ".join(v.sleutel),
        v.soort.value,
        v.gewijzigd,
    ]


def waarom(regel: Uitlegregel) -> list[Cel]:
    """Return what explains a difference: the values of ``KOLOMMEN``."""
    een = regel.verklaring
    laatste = een.oorzaken[-1] if een.oorzaken else None
    return [
        _OORDEEL[een.verschil.relevant],
        een.verschil.reden.tekst,
        ", ".join(f"{dag.day}-{dag.month}-{dag.year}" for dag in een.teldata),
        laatste.soort if laatste else "",
        laatste.afzender if laatste else "",
        laatste.client if laatste else "",
        _hier(laatste.moment) if laatste else None,
        _hier(laatste.ontvangen_op) if laatste else None,
        len(een.oorzaken),
        " ".join(str(oorzaak.uuid) for oorzaak in een.oorzaken),
        "; ".join(buitenom.tekst for buitenom in een.buitenom),
        een.effect.deelnemerswaarde,
        een.effect.telling_februari,
        een.effect.diplomawaarde,
        een.persoon.deelnemerswaarde,
        een.persoon.telling_februari,
        een.persoon.diplomawaarde,
        toelichting(een),
        "; ".join(regel.bewijs),
        regel.dossier,
    ]


def toelichting(een: Verklaring) -> str:
    """Return in words what a difference does to the funding decisions; nothing where nothing is known of funding."""
    if een.afgeleid:
        return _AFGELEID
    if een.besluiten:
        return "; ".join(map(_besluit, een.besluiten))
    return _NIETS if een.effect.deelnemerswaarde is not None else ""


def _besluit(b: Bekostigingswijziging) -> str:
    wat = (
        f"inschrijving {b.sleutel} op {b.teldatum.day}-{b.teldatum.month}-{b.teldatum.year}"
        if b.teldatum
        else f"diploma {b.sleutel}"
    )
    redenen = ", ".join(tekst(reden, "nl") for reden in b.redenen)
    return f"{wat}: {_status(b.status_voor, b.bijdrage_voor)} → {_status(b.status_na, b.bijdrage_na)}" + (
        f" ({redenen})" if redenen else ""
    )


def _status(status: bool | None, bijdrage: Decimal | None) -> str:
    if status is None:
        return "niet aanwezig"
    if not status:
        return "telt niet mee"
    return "telt mee" if bijdrage is None else f"telt mee voor {getal(bijdrage)}"


def getal(waarde: Decimal) -> str:
    """Return a number as it is written in Dutch: a comma, no zeros that say nothing."""
    return f"{waarde.normalize():f}".replace(".", ",")


def _hier(moment: datetime) -> datetime:
    """Return a moment as the clock in the Netherlands showed it, without a zone: a spreadsheet knows none."""
    return moment.astimezone(klok.NEDERLAND).replace(tzinfo=None, microsecond=0)


def schrijf_csv(pad: Path, regels: Sequence[Uitlegregel]) -> None:
    """Write the list for a spreadsheet: semicolons, Dutch numbers and dates, nothing that could be a formula."""
    with pad.open("w", encoding="utf-8", newline="") as bestand:
        bestand.write(BOM)
        schrijver = csv.writer(bestand, delimiter=";", lineterminator="\r\n")
        schrijver.writerow([*WIE, *KOLOMMEN])
        for regel in regels:
            schrijver.writerow([_tekst(cel) for cel in (*wie(regel), *waarom(regel))])


def _tekst(cel: Cel) -> str:
    match cel:
        case None:
            return ""
        case str():
            return zonder_formule(cel)
        case Decimal():
            return getal(cel)
        case datetime():
            return f"{cel:%d-%m-%Y %H:%M:%S}"
        case date():
            return f"{cel:%d-%m-%Y}"
    return str(cel)


def schrijf_json(pad: Path, kop: dict[str, Any], regels: Sequence[Uitlegregel]) -> None:
    """Write the list for programs: what was compared, and every difference with all of its causes."""
    pad.write_bytes(msgspec.json.encode({**kop, "verschillen": [als_object(regel) for regel in regels]}))


def als_object(regel: Uitlegregel) -> dict[str, Any]:
    """Return a difference as plain values."""
    een, v = regel.verklaring, regel.verklaring.verschil
    return {
        "nummer": regel.nummer,
        "recordsoort": v.recordsoort,
        "burgerservicenummer": v.burgerservicenummer,
        "onderwijsnummer": v.onderwijsnummer,
        "sleutel": v.sleutel,
        "soort_wijziging": v.soort.value,
        "oud": _record(v.oud),
        "nieuw": _record(v.nieuw),
        "gewijzigd": v.velden,
        "kan_relevant_zijn": v.relevant,
        "selectieregel": v.reden.value,
        "teldata": een.teldata,
        "meldingen": [_oorzaak(oorzaak) for oorzaak in een.oorzaken],
        "zonder_melding": [buitenom.value for buitenom in een.buitenom],
        "afgeleid": een.afgeleid,
        "effect": _effect(een.effect),
        "persoon": _effect(een.persoon),
        "besluiten": een.besluiten,
        "bewijs": regel.bewijs,
        "dossier": regel.dossier or None,
    }


def _effect(effect: Effect) -> dict[str, Decimal | None]:
    """Return amounts without zeros that say nothing: the same amount is the same text."""
    return {
        naam: None if (waarde := getattr(effect, naam)) is None else Decimal(f"{waarde.normalize():f}")
        for naam in effect.__struct_fields__
    }


def _oorzaak(oorzaak: Oorzaak) -> dict[str, Any]:
    return {
        "id": oorzaak.uuid,
        "soort": oorzaak.soort,
        "afzender": oorzaak.afzender,
        "client": oorzaak.client,
        "moment": oorzaak.moment,
        "ontvangen_op": oorzaak.ontvangen_op,
        "stand": oorzaak.stand,
        "adres": f"{API}/meldingen/{oorzaak.uuid}",
    }


def _record(record: Record | None) -> dict[str, Any] | None:
    if record is None:
        return None
    return {veld.naam: getattr(record, veld.naam) for veld in velden(type(record))}
