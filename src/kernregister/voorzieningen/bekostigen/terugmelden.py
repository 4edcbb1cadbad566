"""The message TerugmeldingBekostiging: an institution that wants it is told of changes that others caused.

What its own meldingen do stands in their answers. The setting is the institution's and not a subscription on a person:
funding rests on its own records, of which it is always told enough. In the outbox stands only that a melding changed
something; the content is read from the rows when it is fetched, and they never change.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import structs

from kernregister.kern.bekostiging.besluit import Bekostigingswijziging, Reden
from kernregister.platform import audit, klok
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.bekostigen.posten import KOLOMMEN, Plek, Post, post_van, wijziging
from kernregister.voorzieningen.register import public as register

SOORT = "TerugmeldingBekostiging"


def staat_aan(instellingen: Iterable[str]) -> set[str]:
    """Return which of these institutions want the message."""
    with cursor() as sql:
        sql.execute(
            "SELECT DISTINCT ON (instelling) instelling, aan FROM bekostigen_terugmelding"
            " WHERE instelling = ANY (%s::text[]) ORDER BY instelling, id DESC",
            [sorted(instellingen)],
        )
        return {instelling for instelling, aan in sql if aan}


def zet(instelling: str, aan: bool, door: str, verbinding: str = "default") -> None:
    """Have an institution told from now on, or no longer; under the pass of the institution itself."""
    with cursor(verbinding) as sql:
        sql.execute(
            "INSERT INTO bekostigen_terugmelding (instelling, aan, door, op) VALUES (%s, %s, %s, %s)",
            [instelling, aan, door, klok.nu()],
        )
    audit.leg_vast(
        "bekostiging.terugmelding",
        "instelling",
        instelling,
        door=door,
        namens=instelling,
        details={"aan": aan},
        verbinding=verbinding,
    )


def plaats(geraakt: Iterable[tuple[int, int, str, Iterable[str]]]) -> None:
    """Put in the outbox whom to tell: melding, person, sender, and the institutions whose rows changed."""
    rijen = sorted(
        {
            (melding, persoon, instelling)
            for melding, persoon, afzender, instellingen in geraakt
            for instelling in instellingen
            if instelling != afzender
        }
    )
    if rijen:
        willen = staat_aan({instelling for *_, instelling in rijen})
        register.plaats_berichten((*rij, SOORT) for rij in rijen if rij[-1] in willen)


_RIJEN = f"""
SELECT s.geopend_door IS NOT DISTINCT FROM %(melding)s, s.gesloten_door IS NOT DISTINCT FROM %(melding)s,
    coalesce(g.parameters ->> s.jaar::text, ''), g.gegevens_versie, {", ".join(f"s.{kolom}" for kolom in KOLOMMEN)}
FROM bekostigen_status s JOIN bekostigen_grondslag g ON g.id = s.grondslag
WHERE persoon_id = %(persoon)s AND instelling = %(instelling)s
    AND (geopend_door = %(melding)s OR gesloten_door = %(melding)s)
ORDER BY s.jaar, s.soort DESC, s.sleutel, s.teldatum, s.id
"""  # noqa: S608 - names of this room


def inhoud(melding: int, persoon: int, instelling: str) -> tuple[Bekostigingswijziging, ...]:
    """Return what a melding changed in what the records of an institution count for."""
    voor: dict[Plek, Post] = {}
    na: dict[Plek, Post] = {}
    op: dict[Plek, dict[str, Any]] = {}
    with cursor() as sql:
        sql.execute(_RIJEN, {"melding": melding, "persoon": persoon, "instelling": instelling})
        for geopend, gesloten, kenmerk, versie, *waarden in sql:
            post = post_van(waarden)
            op[post.plek] = {"parameters": kenmerk, "gegevens_versie": versie}
            if geopend and not gesloten:
                na[post.plek] = post
            elif gesloten and not geopend:
                voor[post.plek] = post
    return tuple(
        structs.replace(wijziging(plek, voor.get(plek), na.get(plek), _redenen(na.get(plek))), **op[plek])
        for plek in dict.fromkeys((*voor, *na))
        if _telling(voor.get(plek)) != _telling(na.get(plek))
    )


def _telling(post: Post | None) -> tuple[object, ...] | None:
    return post.telling if post else None


def _redenen(post: Post | None) -> tuple[Reden, ...]:
    if post is None:
        return ()
    return (*(Reden(code, False) for code in post.faalt), *(Reden(code, None) for code in post.onbekend))


BERICHT = register.Berichtsoort(
    lambda instelling: instelling in staat_aan([instelling]), inhoud, "bekostiging-bepalen"
)
"""How the outbox makes it."""
