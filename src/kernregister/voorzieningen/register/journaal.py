"""The journal: every melding as it came in, with its answer; numbers and special data encrypted in it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, get_args
from uuid import UUID

import msgspec
from msgspec import Struct, structs

from kernregister.kern.leesbaar import als_object
from kernregister.kern.meldingen.berichten import Bericht, Melding
from kernregister.kern.meldingen.controles import VRIJE_VELDEN
from kernregister.kern.meldingen.terugkoppeling import Terugkoppeling
from kernregister.platform.sql import JSON, als_rijen, cursor
from kernregister.platform.versleuteling import kluis

_SCHRIJF = msgspec.json.Encoder(order="deterministic").encode
_LEES_ANTWOORD = msgspec.json.Decoder(Terugkoppeling)

GEHEIM = ("burgerservicenummer", "onderwijsnummer", *VRIJE_VELDEN)
"""Fields of a melding that are kept encrypted: numbers, and what was refused because it looked like one."""

APART = {"inschrijving": ("extra_ondersteuning", "verblijf_grond"), "persoon": ("verblijfstitels",)}
"""Field of a melding -> the parts of it that are special data, and encrypted as well."""


class Herkomst(Struct, frozen=True):
    """Who delivers: the client or user, and on whose behalf (an institution; empty: whoever the melding names)."""

    client: str
    instelling: str
    levering: UUID | None = None
    """The delivery of a file that the meldingen come in with."""


class Regel(Struct):
    """A line of the journal that is to be written."""

    id: int
    melding: Bericht
    persoon: int | None
    antwoord: Terugkoppeling
    betrokkene: int | None = None
    """Who was looked at, also when the sender is not to know: for the processing log, and for nothing else."""


Kenmerk = tuple[str, UUID]
"""What tells a melding from all others: its sender and the UUID that the sender gave it."""


class Eerder(Struct, frozen=True):
    """A melding that came in before from the same sender under the same UUID."""

    vingerafdruk: bytes
    antwoord: Terugkoppeling
    persoon: int | None
    melding: int


_SOORTEN: dict[str, type[Bericht]] = {soort.__name__: soort for soort in get_args(Melding)}


def vingerafdruk(melding: Bericht) -> bytes:
    """Return the keyed hash of all that a melding says."""
    return kluis().zoek(_SCHRIJF(melding).decode())


def kenmerk(melding: Bericht) -> Kenmerk:
    """Return what tells a melding from all others."""
    return melding.afzender, melding.id


def eerdere(kenmerken: Collection[Kenmerk]) -> dict[Kenmerk, Eerder]:
    """Return the meldingen that came in before."""
    if not kenmerken:
        return {}
    with cursor() as sql:
        sql.execute(
            "SELECT m.afzender, m.uuid, m.vingerafdruk, m.antwoord::text, m.persoon_id, m.id FROM register_melding m"
            " JOIN unnest(%s::text[], %s::uuid[]) AS n (afzender, uuid) USING (afzender, uuid)",
            [*map(list, zip(*kenmerken, strict=True))],
            prepare=True,
        )
        return {
            (afzender, uuid): Eerder(bytes(afdruk), _LEES_ANTWOORD.decode(antwoord), persoon, id_)
            for afzender, uuid, afdruk, antwoord, persoon, id_ in sql
        }


_KOLOMMEN = (
    "id",
    "uuid",
    "soort",
    "afzender",
    "moment",
    "persoon_id",
    "inhoud",
    "vertrouwelijk",
    "vingerafdruk",
    "aanvaard",
    "antwoord",
)

_VOEG_TOE = """
INSERT INTO register_melding (id, uuid, soort, afzender, moment, persoon_id, inhoud, vertrouwelijk, vingerafdruk,
    aanvaard, antwoord, client, levering, ontvangen_op)
SELECT n.id, n.uuid, n.soort, n.afzender, n.moment, n.persoon_id, n.inhoud, decode(n.vertrouwelijk, 'base64'),
    decode(n.vingerafdruk, 'base64'), n.aanvaard, n.antwoord, %s, %s, %s
FROM json_to_recordset(%s::json) AS n (id bigint, uuid uuid, soort text, afzender text, moment timestamptz,
    persoon_id bigint, inhoud jsonb, vertrouwelijk text, vingerafdruk text, aanvaard boolean, antwoord jsonb)
"""


def schrijf(regels: Sequence[Regel], herkomst: Herkomst, op: datetime) -> None:
    """Write lines to the journal."""
    rijen = als_rijen(_KOLOMMEN, map(_rij, regels))
    with cursor() as sql:
        sql.execute(_VOEG_TOE, [herkomst.client, herkomst.levering, op, rijen], prepare=True)


def _rij(regel: Regel) -> tuple[Any, ...]:
    openlijk, geheim = _scheid(regel.melding)
    return (
        regel.id,
        regel.melding.id,
        type(regel.melding).__name__,
        regel.melding.afzender,
        regel.melding.moment,
        regel.persoon,
        JSON(_SCHRIJF(openlijk)),
        kluis().versleutel(_SCHRIJF(geheim).decode()) if geheim else None,
        vingerafdruk(regel.melding),
        regel.antwoord.aanvaard,
        JSON(_SCHRIJF(regel.antwoord.zonder_nummers())),
    )


def _scheid(melding: Any) -> tuple[Bericht, dict[str, Any]]:
    """Return a melding without what must not be read with it, and that part."""
    geheim = {veld: waarde for veld in GEHEIM if (waarde := getattr(melding, veld, None))}
    weg: dict[str, Any] = dict.fromkeys(geheim)
    for veld, delen in APART.items():
        onder: Any = getattr(melding, veld, None)
        bijzonder = {deel: waarde for deel in delen if (waarde := getattr(onder, deel, None))}
        if bijzonder:
            geheim |= {f"{veld}.{deel}": waarde for deel, waarde in bijzonder.items()}
            leeg = {deel: None if isinstance(waarde, str) else () for deel, waarde in bijzonder.items()}
            weg[veld] = structs.replace(onder, **leeg)
    return structs.replace(melding, **weg), geheim


def hele_inhoud(inhoud: str, vertrouwelijk: bytes | None) -> dict[str, Any]:
    """Return all that a melding said, from the two parts in which it is kept: for who may see it all.

    What a source or an RO said is kept by position; here its fields have names, as in any other melding.
    """
    uit: dict[str, Any] = msgspec.json.decode(inhoud)
    geheim: dict[str, Any] = msgspec.json.decode(kluis().ontsleutel(vertrouwelijk)) if vertrouwelijk else {}
    soorten = {veld.name: veld.type for veld in structs.fields(_SOORTEN[uit["soort"]])} if uit else {}
    for pad, waarde in geheim.items():
        veld, _, deel = pad.partition(".")
        onder: Any = uit.get(veld)
        if not deel:
            uit[veld] = waarde
        elif isinstance(onder, dict):
            onder[deel] = waarde
        elif isinstance(onder, list):
            onder[soorten[veld].__struct_fields__.index(deel)] = waarde
    return {
        veld: als_object(msgspec.convert(waarde, soorten[veld])) if isinstance(waarde, list) else waarde
        for veld, waarde in uit.items()
    }
