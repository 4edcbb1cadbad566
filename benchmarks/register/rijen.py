"""What a register holds, as counts and sums that do not depend on the order: the same rows give the same numbers."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from kernregister.kern.dossier import Diploma, Dossier, Onderdeel

Rij = tuple[str, *tuple[Any, ...]]
"""The kind of a record, and its values."""

SOORTEN = ("PER", "ISG", "ISP", "BPV", "DIP", "AMO", "GEO", "KZD")
GELIJK = (*SOORTEN, *(f"{soort} inhoud" for soort in SOORTEN))
"""What a peer that stores the same rows agrees on."""


def tel(rijen: Iterable[Rij]) -> dict[str, int]:
    """Return of each kind how many there are, and the sum of the hashes of their values."""
    uit: Counter[str] = Counter()
    for soort, *waarden in rijen:
        tekst = "|".join("" if waarde is None else str(waarde) for waarde in waarden)
        uit[soort] += 1
        uit[f"{soort} inhoud"] += int.from_bytes(hashlib.blake2b(tekst.encode(), digest_size=4).digest())
    return dict(uit)


def van_dossier(dossier: Dossier) -> Iterator[Rij]:
    """Give the records of a dossier."""
    pgn = dossier.persoon.pgn
    yield "PER", pgn
    for een in dossier.inschrijvingen:
        sleutel = pgn, een.instelling, een.inschrijvingvolgnummer
        yield (
            "ISG",
            *sleutel,
            een.datum_inschrijving,
            een.datum_uitschrijving_gepland,
            een.datum_uitschrijving_werkelijk,
            een.reden_uitschrijving,
        )
        for p in een.perioden:
            yield "ISP", *sleutel, p.datum_begin, p.opleidingcode, p.leertraject, p.niveau, p.bekostigbaar
        for bpv in een.bpvs:
            yield (
                "BPV",
                *sleutel,
                bpv.volgnummer,
                bpv.datum_begin,
                bpv.datum_einde_werkelijk,
                bpv.leerbedrijf_id,
            )
    for resultaat in (*dossier.diplomas, *dossier.losse_resultaten):
        yield from _resultaat(pgn, resultaat)


def _resultaat(pgn: str, een: Diploma | Onderdeel) -> Iterator[Rij]:
    if not isinstance(een, Diploma):
        yield _onderdeel(pgn, een.instelling or "", een)
        return
    yield "DIP", pgn, een.instelling, een.resultaatvolgnummer, een.opleidingcode, een.datum_resultaat
    for deel in een.onderdelen:
        yield _onderdeel(pgn, een.instelling, deel)


def _onderdeel(pgn: str, instelling: str, een: Onderdeel) -> Rij:
    return (
        str(een.__struct_config__.tag),
        pgn,
        instelling,
        een.resultaatvolgnummer,
        een.code,
        een.datum_resultaat,
    )
