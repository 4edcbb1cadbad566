"""Hypothesis strategies for dossiers as a layout carries them: any value that its fields allow."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from kernregister.kern.dossier import ONDERDELEN as SOORTEN
from kernregister.kern.dossier import (
    AmvbOnderdeel,
    Bpv,
    Diploma,
    Dossier,
    ExtraOndersteuning,
    GeneriekExamenonderdeel,
    Inschrijving,
    Inschrijvingsperiode,
    Keuzedeel,
    Nationaliteit,
    Persoon,
    Verblijfstitel,
)

INSTELLING = "27DV"
_TEKENS = "abXY019 é'\\-_;,…"
DATA = st.sampled_from([date(2023, 7, 31), date(2025, 10, 1), date(2026, 2, 1)]) | st.dates()
ONVOLLEDIG = st.dates().map(str) | st.sampled_from(["1990-00-00", "1990-05-00", "0000-00-00"])
JN = st.none() | st.booleans()
# Few numbers, so that some come twice.
VOLGNUMMERS = st.sampled_from(["1", "C1", "002"]) | st.text(_TEKENS, min_size=1, max_size=20)


def tekst(lang: int, kort: int = 1) -> st.SearchStrategy[str]:
    return st.text(_TEKENS, min_size=kort, max_size=lang)


def of_leeg(strategie: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategie


def rij(strategie: st.SearchStrategy[Any], hoogstens: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategie, max_size=hoogstens).map(tuple)


CIJFERS = st.integers(10, 999).map(lambda tienden: Decimal(tienden).scaleb(-1))
REDENEN = st.sampled_from(["01", "08"]) | tekst(2, 2).filter(lambda t: not t.isdigit())
_LEEG = st.none()


def inschrijvingen(op_own: bool, obo: bool) -> st.SearchStrategy[Inschrijving]:
    niet_obo = (lambda s: _LEEG) if obo else (lambda s: s)
    periode = st.builds(
        Inschrijvingsperiode,
        DATA,
        tekst(5),
        tekst(6),
        of_leeg(tekst(5)),
        JN,
        niet_obo(of_leeg(tekst(12))),
        niet_obo(of_leeg(tekst(7))),
        niet_obo(of_leeg(tekst(7))),
        of_leeg(tekst(3)),
        of_leeg(tekst(3)),
    )
    bpv = st.builds(
        Bpv,
        VOLGNUMMERS,
        DATA,
        DATA,
        niet_obo(DATA),
        of_leeg(DATA),
        niet_obo(of_leeg(st.integers(0, 9999))),
        niet_obo(tekst(9)),
        tekst(5) if obo else of_leeg(tekst(5)),
        niet_obo(of_leeg(tekst(5))),
    )
    return st.builds(
        Inschrijving,
        st.just(INSTELLING),
        VOLGNUMMERS,
        DATA,
        niet_obo(DATA),
        of_leeg(DATA),
        niet_obo(of_leeg(REDENEN)),
        rij(periode),
        st.just(()) if obo else rij(st.builds(ExtraOndersteuning, DATA, of_leeg(DATA))),
        rij(bpv),
        st.just(op_own),
    )


def onderdelen(op_own: bool, instelling: str | None) -> st.SearchStrategy[tuple[Any, ...]]:
    voor = (VOLGNUMMERS, tekst(5), st.just(instelling))
    na = (of_leeg(VOLGNUMMERS), of_leeg(tekst(7)), st.just(op_own))
    amo = st.builds(AmvbOnderdeel, *voor, of_leeg(DATA), JN, *na)
    kzd = st.builds(Keuzedeel, *voor[:2], st.booleans(), voor[2], of_leeg(DATA), JN, *na)
    geo = st.builds(
        GeneriekExamenonderdeel,
        VOLGNUMMERS,
        tekst(4),
        st.just(instelling),
        of_leeg(DATA),
        of_leeg(st.integers(0, 99)),
        of_leeg(tekst(4)),
        of_leeg(CIJFERS),
        of_leeg(tekst(3)),
        of_leeg(CIJFERS),
        of_leeg(tekst(3)),
        *na,
    )
    return rij(amo | geo | kzd).map(lambda delen: tuple(sorted(delen, key=lambda d: SOORTEN.index(type(d)))))


def diplomas(op_own: bool, obo: bool) -> st.SearchStrategy[Diploma]:
    return st.builds(
        Diploma,
        st.just(INSTELLING),
        VOLGNUMMERS,
        tekst(5),
        DATA,
        JN,
        VOLGNUMMERS if obo else of_leeg(VOLGNUMMERS),
        _LEEG if obo else of_leeg(tekst(7)),
        st.just(()) if obo else onderdelen(op_own, None),
        st.just(op_own),
    )


@st.composite
def dossiers(draw: st.DrawFn, nummer: int, obo: bool = False) -> Dossier:
    """Return a dossier with at least one record, as an RO (or an OBO) carries it."""
    op_own = draw(st.booleans())
    cijfers = f"{nummer:09d}"
    persoon = Persoon(
        None if op_own else cijfers,
        cijfers if op_own else None,
        draw(ONVOLLEDIG),
        draw(st.sampled_from("MVO")),
        verblijfstitels=draw(
            rij(st.builds(Verblijfstitel, st.just("35"), ONVOLLEDIG, of_leeg(ONVOLLEDIG)), 2)
        )
        if obo
        else (),
        nationaliteiten=draw(
            rij(st.builds(Nationaliteit, st.just("0339"), ONVOLLEDIG, of_leeg(ONVOLLEDIG)), 2)
        )
        if obo
        else (),
    )
    return Dossier(
        persoon,
        tuple(draw(st.lists(inschrijvingen(op_own, obo), min_size=1, max_size=3))),
        draw(rij(diplomas(op_own, obo), 2)),
        () if obo else draw(onderdelen(op_own, INSTELLING)),
    )


@st.composite
def bestanden(draw: st.DrawFn, obo: bool = False) -> list[Dossier]:
    """Return the dossiers of a file, in the order of persons."""
    nummers = draw(st.lists(st.integers(0, 999_999_999), unique=True, max_size=5))
    return sorted(
        (draw(dossiers(nummer, obo)) for nummer in nummers),
        key=lambda d: (d.persoon.burgerservicenummer is None, d.persoon.pgn),
    )
