"""Which training company is recognised for what: asked of a source, which SBB's own service or a table can be.

Source: WEB 7.2.8 and 1.5.3; a recognition for an equivalent code is enough (SBB).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from django.db import connections

from kernregister.kern.gegevens import Erkenning
from kernregister.kern.tijd import Periode
from kernregister.voorzieningen.stamgegevens import queries

Erkenningen = dict[Erkenning, tuple[Periode, ...]]
"""Training company and code -> when it is recognised for it. A pair that is absent could not be judged."""


class Erkenningsbron(Protocol):
    """Where recognitions come from."""

    def beschikbaar(self) -> bool:
        """Tell whether it can answer at all."""

    def erkenningen(self, paren: Collection[Erkenning]) -> Erkenningen:
        """Return when each training company is recognised for a code, or for one equivalent to it.

        An empty answer says it never was; a pair without an answer cannot be judged now.
        """


class Tabelbron:
    """The lists ``erkenningen`` and ``crebo_equivalenten`` of the active version."""

    def beschikbaar(self) -> bool:
        """Tell whether the list of today was loaded."""
        return bool(queries.actuele_uitgaven("erkenningen"))

    def erkenningen(self, paren: Collection[Erkenning]) -> Erkenningen:
        """Return what the lists say of each pair; nothing at all when the list is not the one of today."""
        uitgaven = queries.actuele_uitgaven("erkenningen", "crebo_equivalenten") if paren else {}
        if not uitgaven:
            return {}
        uit: dict[Erkenning, set[Periode]] = {paar: set() for paar in paren}
        with connections["stelsel"].cursor() as cursor:
            cursor.execute(
                _ERKENNINGEN,
                {
                    "bedrijven": [bedrijf for bedrijf, _ in uit],
                    "codes": [code for _, code in uit],
                    **uitgaven,
                },
            )
            for bedrijf, code, begin, eind in cursor:
                uit[bedrijf, code].add(Periode(begin, eind))
        return {paar: tuple(sorted(perioden, key=_begin)) for paar, perioden in uit.items()}


def _begin(periode: Periode) -> tuple[object, object]:
    return periode.begin, periode.eind


_ERKENNINGEN = """
WITH vraag AS (
    SELECT * FROM unnest(%(bedrijven)s::text[], %(codes)s::text[]) AS v (leerbedrijf, code)
), equivalent AS MATERIALIZED (
    SELECT sleutel AS een, inhoud->>'equivalent' AS ander, geldig_van, geldig_tot FROM stamgegevens_rij
    WHERE lijst = 'crebo_equivalenten' AND sinds <= %(crebo_equivalenten)s
        AND (tot IS NULL OR tot > %(crebo_equivalenten)s)
), ook AS (
    SELECT leerbedrijf, code, code AS als, '-infinity'::date AS van, 'infinity'::date AS tot FROM vraag
    UNION ALL
    SELECT v.leerbedrijf, v.code, e.ander, e.geldig_van, e.geldig_tot FROM vraag v JOIN equivalent e ON e.een = v.code
    UNION ALL
    SELECT v.leerbedrijf, v.code, e.een, e.geldig_van, e.geldig_tot FROM vraag v JOIN equivalent e ON e.ander = v.code
)
SELECT o.leerbedrijf, o.code, greatest(r.geldig_van, o.van), least(r.geldig_tot, o.tot)
FROM ook o CROSS JOIN LATERAL (
    SELECT geldig_van, geldig_tot FROM stamgegevens_rij
    WHERE lijst = 'erkenningen' AND sleutel = o.leerbedrijf || '|' || o.als
        AND sinds <= %(erkenningen)s AND (tot IS NULL OR tot > %(erkenningen)s)
    OFFSET 0  -- each pair by the index, also while the statistics know nothing of a list that was just loaded
) r
WHERE greatest(r.geldig_van, o.van) < least(r.geldig_tot, o.tot)
"""

_bron: list[Erkenningsbron] = [Tabelbron()]


def gebruik(bron: Erkenningsbron) -> None:
    """Ask this source from now on: an adapter calls this in its ``AppConfig.ready``."""
    _bron[0] = bron


def erkenningen(paren: Collection[Erkenning]) -> Erkenningen:
    """Return when training companies are recognised for codes; a pair that is absent could not be judged."""
    return _bron[0].erkenningen(paren)


def erkenningen_beschikbaar() -> bool:
    """Tell whether recognitions can be judged: who may then adds ``Bron.ERKENNINGEN``, with the answers per dossier."""
    return _bron[0].beschikbaar()
