"""What a student has obtained: a diploma with its parts, or loose results on leaving without one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Final

from kernregister.fictief.toeval import Toeval
from kernregister.fictief.traject import Traject, keuzedeelcode
from kernregister.kern.dossier import AmvbOnderdeel, Diploma, GeneriekExamenonderdeel, Keuzedeel, Onderdeel

_TIENDEN: Final = tuple(Decimal(tiende).scaleb(-1) for tiende in range(101))

_TALEN_EN_REKENEN: Final = {
    "MBO-1": ("3001",),
    "MBO-2": ("3001", "3027"),
    "MBO-3": ("3001", "3028"),
    "MBO-4": ("3005", "3029"),
}
_ENGELS: Final = ("3013", "3013", "3014", "3016", "3018")
_ZONDER_CIJFERS: Final = frozenset({"3027", "3028", "3029"})
"""Arithmetic comes with a final mark only."""


class Nummering:
    """Gives a person's results their numbers."""

    __slots__ = ("_volgend",)

    def __init__(self, plaats: int) -> None:
        self._volgend = 8_000_000 + plaats * 40

    def __call__(self) -> str:
        self._volgend += 1
        return f"{self._volgend}"


def diploma(t: Toeval, traject: Traject, datum: date, nummer: Nummering) -> Diploma:
    """Return the diploma that ends a stay, with its parts."""
    school = traject.school
    codes = list(_TALEN_EN_REKENEN[traject.kwalificatie.niveau])
    if traject.kwalificatie.niveau == "MBO-4" or t.kans(0.1):
        codes.append(t.kies(_ENGELS))
    onderdelen: list[Onderdeel] = [AmvbOnderdeel(nummer(), "C9001")] if t.kans(0.06) else []
    onderdelen += [_examenonderdeel(t, nummer(), code) for code in codes]
    aantal = 1 if traject.kwalificatie.niveau == "MBO-1" else t.getal(1, 3)
    keuzedelen = dict.fromkeys(keuzedeelcode(t) for _ in range(aantal))
    onderdelen += [Keuzedeel(nummer(), code, t.kans(0.93)) for code in keuzedelen]
    return Diploma(
        school.code,
        nummer(),
        traject.kwalificatie.code,
        datum,
        school.bi and traject.bekostigbaar and traject.leertraject in ("BOL", "BBL", "BOL_DT"),
        school.volgnummer(traject.volgnummer),
        traject.laatste.aanbieder,
        tuple(onderdelen),
    )


def losse_resultaten(t: Toeval, traject: Traject, datum: date, nummer: Nummering) -> tuple[Onderdeel, ...]:
    """Return what a student takes along who leaves without a diploma: mostly nothing."""
    if not t.kans(0.3):
        return ()
    school = traject.school
    waar: dict[str, Any] = {
        "instelling": school.code,
        "datum_resultaat": datum,
        "inschrijvingvolgnummer": school.volgnummer(traject.volgnummer),
        "onderwijsaanbieder": traject.laatste.aanbieder,
    }
    keus = t.trek()
    uit: list[Onderdeel] = []
    if keus < 0.08:
        uit.append(AmvbOnderdeel(nummer(), f"C900{t.getal(1, 9)}", certificaat=True, **waar))
    if keus < 0.7:
        code = t.kies(_TALEN_EN_REKENEN[traject.kwalificatie.niveau])
        uit.append(_geslaagd(t, nummer(), code, waar))
    if keus > 0.5:
        behaald = t.kans(0.9)
        uit.append(
            Keuzedeel(nummer(), keuzedeelcode(t), behaald, certificaat=behaald and t.kans(0.4), **waar)
        )
    return tuple(uit)


def _examenonderdeel(t: Toeval, nummer: str, code: str) -> GeneriekExamenonderdeel:
    """Return a part of a diploma: examined, or exempted in part or as a whole."""
    if code in _ZONDER_CIJFERS:
        return GeneriekExamenonderdeel(nummer, code, eindcijfer=t.getal(5, 9))
    keus = t.trek()
    if keus < 0.02 and code in _ENGELS:
        return GeneriekExamenonderdeel(nummer, "3003", vrijstelling=t.kies(("HAVO", "VWO")))
    if keus < 0.06:
        grond = t.kies(("MBO", "MBO", "HAVO", "VWO", "KZDL"))
        return GeneriekExamenonderdeel(nummer, code, eindcijfer=t.getal(6, 8), vrijstelling=grond)
    ie, ce = t.getal(52, 92), t.getal(48, 95)
    eind = (ie + ce + 10) // 20
    vrij = "MBO" if keus < 0.1 else None
    return GeneriekExamenonderdeel(
        nummer, code, None, None, eind, None, _TIENDEN[ie], vrij, _TIENDEN[ce], None
    )


def _geslaagd(t: Toeval, nummer: str, code: str, waar: dict[str, Any]) -> GeneriekExamenonderdeel:
    """Return a loose part that was passed, with the marks where there are any."""
    if code in _ZONDER_CIJFERS:
        return GeneriekExamenonderdeel(nummer, code, eindcijfer=t.getal(6, 9), **waar)
    ie, ce = t.getal(55, 92), t.getal(55, 95)
    return GeneriekExamenonderdeel(
        nummer,
        code,
        eindcijfer=(ie + ce + 10) // 20,
        cijfer_ie=_TIENDEN[ie],
        cijfer_ce=_TIENDEN[ce],
        **waar,
    )
