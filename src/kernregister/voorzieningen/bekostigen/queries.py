"""Reading rows of funding, as far as the pass of the caller's transaction allows: lists, and sums by something."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from msgspec import Struct

from kernregister.platform.sql import cursor
from kernregister.voorzieningen.bekostigen import peil
from kernregister.voorzieningen.bekostigen.herstel import HERSTELBAAR
from kernregister.voorzieningen.bekostigen.posten import KOLOMMEN, Post, post_van

VERBINDING = "default"

Per = Literal["opleiding", "onderwijsaanbieder", "onderwijslocatie"]
"""What a forecast is made per."""

_KOLOM = {
    "opleiding": "opleidingcode",
    "onderwijsaanbieder": "onderwijsaanbieder",
    "onderwijslocatie": "onderwijslocatie",
}


class Filter(Struct, frozen=True, kw_only=True):
    """Which rows to list; what is empty does not narrow."""

    instelling: str | None = None
    jaar: int
    soort: str | None = None
    teldatum: date | None = None
    reden: str | None = None
    opleidingcode: str | None = None
    onderwijsaanbieder: str | None = None
    onderwijslocatie: str | None = None
    persoon: int | None = None


class Regel(Struct, frozen=True):
    """A row with whom it is of, and since when it stands."""

    id: int
    persoon: int
    post: Post
    geopend_op: datetime
    geopend_reden: str


_LIJST = f"""
SELECT s.id, s.persoon_id, s.geopend_op, s.geopend_reden, {", ".join(f"s.{kolom}" for kolom in KOLOMMEN)}
FROM bekostigen_status s
WHERE s.jaar = %(jaar)s AND s.id > %(na)s AND {{open}}
  AND (%(status)s::boolean IS NULL OR s.status = %(status)s)
  AND (%(instelling)s::text IS NULL OR s.instelling = %(instelling)s)
  AND (%(soort)s::text IS NULL OR s.soort = %(soort)s)
  AND (%(teldatum)s::date IS NULL OR s.teldatum = %(teldatum)s)
  AND (%(reden)s::text IS NULL OR %(reden)s = ANY (s.faalt))
  AND (%(opleidingcode)s::text IS NULL OR s.opleidingcode = %(opleidingcode)s)
  AND (%(onderwijsaanbieder)s::text IS NULL OR s.onderwijsaanbieder = %(onderwijsaanbieder)s)
  AND (%(onderwijslocatie)s::text IS NULL OR s.onderwijslocatie = %(onderwijslocatie)s)
  AND (%(persoon)s::bigint IS NULL OR s.persoon_id = %(persoon)s)
ORDER BY s.id LIMIT %(aantal)s
"""  # noqa: S608 - names of this room


def regels(
    wens: Filter,
    *,
    status: bool | None = None,
    na: int = 0,
    aantal: int = 100,
    stand: int | None = None,
    verbinding: str = VERBINDING,
) -> list[Regel]:
    """Return rows in order of opening, after one of them.

    Args:
        wens: which ones.
        status: only those that count (True), or that do not.
        na: id of the last one that was seen.
        aantal: how many at most.
        stand: as known at this stand; now when not given.
        verbinding: the connection on which the pass was put.

    Raises:
        Bekostigingsfout: rows of that year were not kept then.
    """
    waarden: dict[str, Any] = {veld: getattr(wens, veld) for veld in Filter.__struct_fields__}
    toen = peil.op(stand, wens.jaar)
    with cursor(verbinding) as sql:
        sql.execute(
            _LIJST.format(open=toen.voorwaarde),
            {**waarden, **toen.waarden, "status": status, "na": na, "aantal": aantal},
        )
        return [Regel(rij[0], rij[1], post_van(rij[4:]), rij[2], rij[3]) for rij in sql]


class Vooruitzicht(Struct, frozen=True):
    """What counts of a programme, onderwijsaanbieder or onderwijslocatie, and what is at stake. Indicative.

    ``op_het_spel``: enrolments that do not count for reasons that the institution itself can mend; the value is what
    they would contribute. ``onzeker``: what counts as far as is known, but could not be judged on everything. Values
    are before weights and correction factor; that of 1 February works through in that factor only: do not add it to
    that of 1 October.
    """

    sleutel: str
    """Empty: not registered."""
    soort: str
    teldatum: date | None
    aantal: int
    telt: int
    bijdrage: Decimal
    zonder_bijdrage: int
    """How many count of which the contribution cannot be told: no price factor is known."""
    onzeker: int
    op_het_spel: int
    op_het_spel_waarde: Decimal
    loopt_af: int
    """How many that count are planned to end before the teldatum: of one to come, who may be gone by then."""
    loopt_af_bijdrage: Decimal


_PROGNOSE = """
SELECT coalesce(s.{kolom}, ''), s.soort, s.teldatum, count(*), count(*) FILTER (WHERE s.status),
    coalesce(sum(s.bijdrage) FILTER (WHERE s.status), 0),
    count(*) FILTER (WHERE s.status AND s.bijdrage IS NULL),
    count(*) FILTER (WHERE s.status AND s.onbekend <> '{{}}'),
    count(*) FILTER (WHERE {spel}), coalesce(sum(s.mogelijk) FILTER (WHERE {spel}), 0),
    count(*) FILTER (WHERE s.status AND s.na_gepland_einde),
    coalesce(sum(s.bijdrage) FILTER (WHERE s.status AND s.na_gepland_einde), 0)
FROM bekostigen_status s
WHERE s.instelling = %(instelling)s AND s.jaar = %(jaar)s AND {open}
GROUP BY 1, 2, 3 ORDER BY 1, 2 DESC, 3
"""
_SPEL = "NOT s.status AND s.faalt <@ %(herstelbaar)s::text[]"


def prognose(
    instelling: str, jaar: int, per: Per, stand: int | None = None, verbinding: str = VERBINDING
) -> tuple[Vooruitzicht, ...]:
    """Return what counts and what is at stake, per programme, onderwijsaanbieder or onderwijslocatie.

    Of a teldatum to come it is what would count if nothing changes until then, and of that what is planned to end.

    Raises:
        Bekostigingsfout: rows of that year were not kept then.
    """
    toen = peil.op(stand, jaar)
    with cursor(verbinding) as sql:
        sql.execute(
            _PROGNOSE.format(kolom=_KOLOM[per], spel=_SPEL, open=toen.voorwaarde),
            {"instelling": instelling, "jaar": jaar, "herstelbaar": sorted(HERSTELBAAR), **toen.waarden},
        )
        return tuple(Vooruitzicht(*rij) for rij in sql)
