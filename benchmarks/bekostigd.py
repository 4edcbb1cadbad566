"""What ours and the peer must agree on about funding: sums of the sector, and a hash of what each institution gets."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

LEERTRAJECTEN = ("BOL", "BBL")
PER_INSTELLING = "elke instelling en elk budget"
GELIJK = (
    "bekostigd op 1-10",
    "bekostigd op 1-2",
    "voor correctiefactor op 1-10",
    "voor correctiefactor op 1-2",
    "som van de bijdragen x 1000",
    "deelnemerswaarde x 100",
    "diploma's",
    "som van de diplomawaarden",
    "diplomawaarde x 100",
    PER_INSTELLING,
)

Budget = tuple[
    str,
    str,
    Mapping[str, tuple[int, int]],
    Mapping[str, tuple[int, int]],
    Decimal,
    Decimal,
    int,
    Decimal,
    Decimal,
]
"""Institution, budget, funded by leertraject on either teldatum, the same for the correction factor, sum of the
contributions, deelnemerswaarde, diplomas, sum of their values, diplomawaarde."""


def uitkomst_van(budgetten: Iterable[Budget]) -> dict[str, int]:
    """Return what is compared, of the budgets of all institutions."""
    uit: Counter[str] = Counter()
    regels: list[str] = []
    for instelling, budget, bekostigd, correctie, bijdragen, idw, diplomas, waarden, idiw in budgetten:
        getallen: list[Any] = [
            *(bekostigd.get(traject, (0, 0))[nummer] for traject in LEERTRAJECTEN for nummer in (0, 1)),
            *(correctie.get(traject, (0, 0))[nummer] for traject in LEERTRAJECTEN for nummer in (0, 1)),
            *(int(bijdragen * 1000), int(idw * 100), int(diplomas), int(waarden), int(idiw * 100)),
        ]
        if not any(getallen):
            continue
        regels.append("|".join(map(str, (instelling, budget, *getallen))))
        samen = [
            *(sum(getallen[nummer:4:2]) for nummer in (0, 1)),
            *(sum(getallen[4 + nummer : 8 : 2]) for nummer in (0, 1)),
            *getallen[8:],
        ]
        uit.update(dict(zip(GELIJK[:-1], samen, strict=True)))
    uit[PER_INSTELLING] = int.from_bytes(
        hashlib.blake2b("\n".join(sorted(regels)).encode(), digest_size=6).digest()
    )
    return dict(uit)
