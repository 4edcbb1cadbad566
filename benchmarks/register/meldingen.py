"""The meldingen that are sent: first who everybody is, then a mix of enrolments, corrections, placements and results.

They come from the dossiers of the fictitious sector, in which nothing is wrong. An institution sends a person's
meldingen one after the other, so the order in which they are applied is the same however many send at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid5

import msgspec
from msgspec.structs import replace

from kernregister.fictief.sector import Sector
from kernregister.kern.dossier import Dossier, Inschrijving
from kernregister.kern.leesbaar import als_object

MOMENT = datetime(2026, 3, 1, 10, tzinfo=UTC)
_RUIMTE = UUID("5b9f3a52-51f1-4a55-9a6f-2f6f1c0f7d11")
_VAN_HET_REGISTER = frozenset({"instelling", "op_onderwijsnummer", "bpvs"})


class Zending(NamedTuple):
    """What one institution sends of one person, as lines of NDJSON."""

    instelling: str
    identificatie: bytes
    meldingen: tuple[bytes, ...]


def zendingen(sector: Sector) -> Iterator[Zending]:
    """Give what the institutions of a sector send, person by person."""
    for dossier in sector.dossiers():
        for instelling in sorted({een.instelling for een in dossier.inschrijvingen}):
            yield zending_van(dossier, instelling, correcties=True)


def zending_van(dossier: Dossier, instelling: str, correcties: bool = False) -> Zending:
    """Return what an institution sends of a person; with ``correcties`` most enrolments are corrected once."""
    meldingen = tuple(_van(dossier, instelling, correcties))
    return Zending(instelling, _identificatie(dossier, instelling), meldingen)


def correctie(dossier: Dossier, een: Inschrijving) -> bytes:
    """Return the melding by which an institution corrects an enrolment, as a line of NDJSON."""
    return _inschrijving(dossier, een, "correctie")


def _van(dossier: Dossier, instelling: str, correcties: bool) -> Iterator[bytes]:
    eigen = [een for een in dossier.inschrijvingen if een.instelling == instelling]
    for een in eigen:
        yield _inschrijving(dossier, een, "")
        for bpv in een.bpvs:
            inhoud = {"inschrijvingvolgnummer": een.inschrijvingvolgnummer, "bpv": als_object(bpv)}
            yield _regel("AanleverenBpv", dossier, instelling, inhoud)
        if correcties and (gepland := een.datum_uitschrijving_gepland):
            later = replace(een, datum_uitschrijving_gepland=gepland + timedelta(days=1))
            yield _inschrijving(dossier, later, "correctie")
    for diploma in (een for een in dossier.diplomas if een.instelling == instelling):
        inhoud = _zonder_vast(als_object(diploma))
        inhoud["onderdelen"] = [_zonder_vast(als_object(deel)) for deel in diploma.onderdelen]
        yield _regel("AanleverenDiploma", dossier, instelling, {"diploma": inhoud})
    for los in (een for een in dossier.losse_resultaten if een.instelling == instelling):
        inhoud = {"resultaat": _zonder_vast(als_object(los))}
        yield _regel("AanleverenResultaat", dossier, instelling, inhoud)


def _identificatie(dossier: Dossier, instelling: str) -> bytes:
    wie = dossier.persoon
    inhoud = {"geboortedatum": wie.geboortedatum, "geslacht": wie.geslacht}
    return _regel("AanleverenIdentificatiePersoon", dossier, instelling, inhoud)


def _inschrijving(dossier: Dossier, een: Inschrijving, doel: str) -> bytes:
    inhoud = {"inschrijving": _zonder_vast(als_object(een))}
    return _regel("AanleverenInschrijving", dossier, een.instelling, inhoud, doel)


def _zonder_vast(inhoud: dict[str, Any]) -> dict[str, Any]:
    return {veld: waarde for veld, waarde in inhoud.items() if veld not in _VAN_HET_REGISTER}


def _regel(soort: str, dossier: Dossier, instelling: str, inhoud: dict[str, Any], doel: str = "") -> bytes:
    wie = dossier.persoon
    naam = "burgerservicenummer" if wie.burgerservicenummer else "onderwijsnummer"
    zonder_id = {
        "soort": soort,
        "afzender": instelling,
        "moment": MOMENT,
        naam: wie.pgn,
        **inhoud,
    }
    merk = msgspec.json.encode(zonder_id).decode()
    return msgspec.json.encode({**zonder_id, "id": uuid5(_RUIMTE, merk + doel)})
