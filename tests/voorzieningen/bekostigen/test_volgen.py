"""Provisional funding follows the register: each melding is answered with what it changed, and it stands in the rows."""

from datetime import date
from decimal import Decimal

import pytest

from kernregister.voorzieningen.register import public as register
from tests.databank import Databank
from tests.voorzieningen.bekostigen import opzet
from tests.voorzieningen.bekostigen.opzet import FEBRUARI, JAAR, OKTOBER, gewijzigd
from tests.voorzieningen.register import wereld
from tests.voorzieningen.register.wereld import (
    DAAR,
    HIER,
    identificeer,
    lukt,
    plaats_bpv,
    schrijf_in,
    stuur,
    wie,
)

EEN = wie(1)


@pytest.fixture(autouse=True)
def _wereld(databank: Databank, monkeypatch: pytest.MonkeyPatch) -> None:
    opzet.zet_klaar(monkeypatch)


def test_an_enrolment_in_bol_counts_its_price_factor_on_both_teldata() -> None:
    _, antwoord = lukt(identificeer(EEN), schrijf_in(EEN))
    tellen = gewijzigd(antwoord)
    assert set(tellen) == {OKTOBER, FEBRUARI}
    assert all((een.status_voor, een.status_na) == (None, True) for een in tellen.values())
    assert [een.bijdrage_na for een in tellen.values()] == [Decimal("1.25")] * 2
    assert opzet.open_posten() == opzet.vers()


def test_a_bbl_enrolment_counts_from_the_moment_its_placement_was_concluded_in_time() -> None:
    _, zonder = lukt(identificeer(EEN), schrijf_in(EEN, **opzet.bbl()))
    assert {een.status_na for een in gewijzigd(zonder).values()} == {False}
    assert {reden.code for een in gewijzigd(zonder).values() for reden in een.redenen} == {"T90"}

    (antwoord,) = lukt(plaats_bpv(EEN, afsluitdatum="2025-12-31", datum_begin="2025-12-31"))

    tellen = gewijzigd(antwoord)
    assert {(een.status_voor, een.status_na) for een in tellen.values()} == {(False, True)}
    assert {een.bijdrage_na for een in tellen.values()} == {Decimal("0.4") * Decimal("1.25")}
    assert all(een.redenen == () for een in tellen.values())


def test_a_placement_concluded_a_day_late_changes_why_it_does_not_count() -> None:
    lukt(identificeer(EEN), schrijf_in(EEN, **opzet.bbl()))
    (antwoord,) = lukt(plaats_bpv(EEN, afsluitdatum="2026-01-01", datum_begin="2026-01-05"))
    tellen = gewijzigd(antwoord)
    assert {een.status_na for een in tellen.values()} == {False}
    assert {reden.code for een in tellen.values() for reden in een.redenen} == {"T91"}
