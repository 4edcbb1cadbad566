"""What the dossiers of a person count for at one institution, and how two states of them differ in that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from msgspec import Struct

from kernregister.kern.bekostiging.besluit import (
    Bekostiging,
    Bekostigingswijziging,
    Diplomabesluit,
    Teldatumbesluit,
)
from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.bekostiging.redenen import open_punten, zonder_ander
from kernregister.kern.dossier import Dossier
from kernregister.kern.overzichten.ongedaan import Dossiers
from kernregister.kern.sleutels import Instellingscode

Beslis = Callable[[Dossier], Bekostiging]
"""Decides what a dossier counts for in a funding year (``bekostiging.beslissen.Beslisser``)."""

_Naam = tuple[str, bool, date | None]
"""Volgnummer, whether on the onderwijsnummer, and the teldatum; without one it is a diploma."""

Gewicht = dict[_Naam, Teldatumbesluit | Diplomabesluit]
"""The decisions on a person's records at an institution."""

_NUL = Decimal(0)


class Effect(Struct, frozen=True):
    """What one state counts for more than another, at an institution. None: it cannot be told.

    ``deelnemerswaarde`` is that of 1 October, as the sum of contributions of an institution has it. 1 February counts
    in the correction factor only: ``telling_februari`` is the weight there (BOL 1, BBL less).
    Source: Uitvoeringsbesluit WEB 2.2.2, 2.2.3.
    """

    deelnemerswaarde: Decimal | None = None
    telling_februari: Decimal | None = None
    diplomawaarde: Decimal | None = None


def weeg(dossiers: Dossiers, beslis: Beslis, instelling: Instellingscode) -> Gewicht:
    """Return what dossiers count for at an institution."""
    uit: Gewicht = {}
    for dossier in dossiers:
        bekostiging = beslis(dossier)
        for i in bekostiging.inschrijvingen:
            if i.instelling == instelling:
                uit[i.inschrijvingvolgnummer, i.op_onderwijsnummer, i.teldatum] = i
        for d in bekostiging.diplomas:
            if d.instelling == instelling:
                uit[d.resultaatvolgnummer, d.op_onderwijsnummer, None] = d
    return uit


def effect(voor: Gewicht, na: Gewicht, jaar: Bekostigingsjaar) -> Effect:
    """Return how much more ``na`` counts for than ``voor``."""
    sommen: list[Decimal | None] = [_NUL, _NUL, _NUL]
    for naam in voor.keys() | na.keys():
        plaats = 2 if naam[2] is None else jaar.teldata.index(naam[2])
        oud, nieuw = (_waarde(gewicht.get(naam), plaats) for gewicht in (voor, na))
        som = sommen[plaats]
        if oud != nieuw and som is not None:
            sommen[plaats] = None if oud is None or nieuw is None else som + nieuw - oud
    return Effect(*sommen)


def _waarde(besluit: Teldatumbesluit | Diplomabesluit | None, plaats: int) -> Decimal | None:
    if besluit is None:
        return _NUL
    if isinstance(besluit, Teldatumbesluit) and plaats:
        return besluit.bbl_bol_factor if besluit.voor_correctiefactor else _NUL
    return besluit.bijdrage


def wijzigingen(voor: Gewicht, na: Gewicht, jaar: Bekostigingsjaar) -> Iterator[Bekostigingswijziging]:
    """Give the decisions that came out otherwise, in order; with what fails or cannot be judged in ``na``."""
    for naam in sorted(voor.keys() | na.keys(), key=lambda n: (n[2] or date.max, n[0], n[1])):
        oud, nieuw = voor.get(naam), na.get(naam)
        if oud is not None and nieuw is not None and _uitkomst(oud) == _uitkomst(nieuw):
            continue
        besluit = nieuw or oud
        assert besluit is not None
        yield Bekostigingswijziging(
            jaar.jaar,
            besluit.instelling,
            naam[0],
            naam[2],
            oud.status if oud else None,
            nieuw.status if nieuw else None,
            oud.bijdrage if oud else None,
            nieuw.bijdrage if nieuw else None,
            tuple(zonder_ander(r, nieuw.instelling) for r in open_punten(nieuw.redenen)) if nieuw else (),
        )


def _uitkomst(besluit: Teldatumbesluit | Diplomabesluit) -> tuple[object, ...]:
    return besluit.status, besluit.bijdrage, getattr(besluit, "voor_correctiefactor", None)
