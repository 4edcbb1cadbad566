"""Keeping people out of sight in tables of counts: small categories join, small cells go, none can be computed.

Two measures, in this order. A category of which there are fewer persons than the threshold joins the others that are
too few (``overig``), so every total of a row or column can be published. Inside the table a cell of too few persons is
left out, and with it three others at the corners of a rectangle: of each row and column that holds a left-out cell at
least two are left out, and between the four so much can be moved about that none can be computed from the totals.
Nought is shown, unless it is needed as such a corner.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct

OVERIG: Final = "overig"
DREMPEL: Final = 5
"""A number is shown when it is of so many persons at least."""

Plek = tuple[str, str]
"""Row and column."""


class Cel(Struct, frozen=True, gc=False):
    """A count, and of how many persons it is at least."""

    aantal: int
    personen: int


LEEG: Final = Cel(0, 0)


def tel_op(cellen: Iterable[Cel], dubbel: int) -> Cel:
    """Return cells as one; ``dubbel`` is how often at most a person is counted in more than one of them."""
    alle = list(cellen)
    personen = sum(cel.personen for cel in alle) - dubbel
    return Cel(sum(cel.aantal for cel in alle), max([personen, *(cel.personen for cel in alle)], default=0))


def voeg_bijeen(randen: Mapping[str, Cel], drempel: int, dubbel: int = 0) -> dict[str, str] | None:
    """Return under which name each category is published, the small ones together.

    None: all together are too few, so that nothing can be published. Of no category with persons in it fewer than
    ``drempel`` persons are counted; where the small ones together are too few, the next smallest joins them.
    """
    oplopend = sorted(randen, key=lambda naam: (randen[naam].personen, naam))
    samen: list[str] = []
    for naam in oplopend:
        genoeg = not samen or tel_op((randen[n] for n in samen), dubbel).personen >= drempel
        if genoeg and randen[naam].personen >= drempel:
            break
        samen.append(naam)
    if samen and tel_op((randen[n] for n in samen), dubbel).personen < drempel:
        return None
    return {naam: OVERIG if naam in samen else naam for naam in oplopend}


def voeg_bijeen_met_rest(
    randen: Mapping[str, Cel], rest: Mapping[str, int], drempel: int, dubbel: int = 0
) -> dict[str, str] | None:
    """Return the same where another table tells of the whole: so what is not counted here (``rest``) can be computed.

    Under every name the rest is nought or of ``drempel`` at least. None: nothing can be published.
    """
    namen = voeg_bijeen(randen, drempel, dubbel)
    if namen is None:
        return None
    samen = {n for n, naam in namen.items() if naam == OVERIG or 0 < rest.get(n, 0) < drempel}
    over = [n for n in namen if n not in samen]
    while samen:
        te_weinig = 0 < sum(rest.get(n, 0) for n in samen) < drempel
        if not te_weinig and tel_op((randen[n] for n in samen), dubbel).personen >= drempel:
            break
        erbij = next((n for n in over if not te_weinig or rest.get(n, 0)), None)
        if erbij is None:
            return None
        over.remove(erbij)
        samen.add(erbij)
    return {n: OVERIG if n in samen else n for n in namen}


def onderdrukt(
    cellen: Mapping[Plek, Cel], rijen: Iterable[str], kolommen: Iterable[str], drempel: int = DREMPEL
) -> frozenset[Plek]:
    """Return which cells of a table are left out, given that the totals of its rows and columns are published.

    A cell of too few persons is certainly left out, and whoever knows the totals cannot tell it within fewer than
    ``drempel`` values. What is left out beside it is chosen so as to lose the least.
    """
    tabel = _Tabel(cellen, tuple(rijen), tuple(kolommen))
    eerste = sorted(plek for plek, cel in cellen.items() if cel.aantal and cel.personen < drempel)
    weg: set[Plek] = set(eerste)
    for plek in eerste:
        hoeken = tabel.rechthoek(plek, weg, drempel - 1)
        if hoeken is None:
            return frozenset((rij, kolom) for rij in tabel.rijen for kolom in tabel.kolommen)
        weg.update(hoeken)
    return frozenset(weg)


class _Tabel:
    def __init__(self, cellen: Mapping[Plek, Cel], rijen: tuple[str, ...], kolommen: tuple[str, ...]) -> None:
        self.rijen, self.kolommen = rijen, kolommen
        self.aantal: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for (rij, kolom), cel in cellen.items():
            self.aantal[rij][kolom] = cel.aantal

    def rechthoek(self, plek: Plek, weg: set[Plek], ruimte: int) -> tuple[Plek, Plek, Plek] | None:
        """Return the other corners of the cheapest rectangle in which a cell can move over so many values.

        What a rectangle costs is what would be left out for it besides what already is. Along a rectangle a cell
        grows by what its two neighbours can give, and shrinks by what it and the opposite corner can give.
        """
        rij, kolom = plek
        eigen = self.aantal[rij]
        beste: tuple[int, tuple[Plek, Plek, Plek]] | None = None
        for andere_rij in self.rijen:
            if andere_rij == rij:
                continue
            ander = self.aantal[andere_rij]
            for andere_kolom in self.kolommen:
                if andere_kolom == kolom:
                    continue
                naast, onder, over = eigen[andere_kolom], ander[kolom], ander[andere_kolom]
                if min(naast, onder) + min(eigen[kolom], over) < ruimte:
                    continue
                hoeken = ((rij, andere_kolom), (andere_rij, kolom), (andere_rij, andere_kolom))
                waarden = zip(hoeken, (naast, onder, over), strict=True)
                kosten = sum(waarde + 1 for hoek, waarde in waarden if hoek not in weg)
                if beste is None or kosten < beste[0]:
                    beste = kosten, hoeken
        return beste and beste[1]
