"""Every engine gives the same counts: a measurement compares the same work, and each is the others' oracle."""

from __future__ import annotations

import json

import pytest

from benchmarks import bekostigd, gegevens, kader
from benchmarks.__main__ import doe, verschillen
from benchmarks.taken import SIGNALEN, Peer, Taak
from benchmarks.taken import TAKEN as ALLE

TAKEN = [taak for taak in ALLE if taak.maten is None]
KLEIN = 2_000
"""Dossiers that engines are compared on: every signal occurs in them."""
SMAL = 60
"""Persons in a register that is only compared."""
REGISTER = [taak for taak in ALLE if taak.maten is not None and taak.naam != "portaal"]


@pytest.fixture(scope="session")
def waar() -> kader.Kader:
    return kader.lees(gegevens.voor(KLEIN, lambda _: None))


@pytest.fixture(scope="session")
def wij(waar: kader.Kader) -> dict[str, dict[str, int]]:
    return {taak.naam: doe(Peer("wij", taak.module, (), taak.argumenten), waar).uitkomst for taak in TAKEN}


def test_our_sweep_finds_what_was_planted_and_nothing_else(
    waar: kader.Kader, wij: dict[str, dict[str, int]]
) -> None:
    geplant = json.loads((waar.map / "waarheid.json").read_text())
    geplant["F01"] = sum(1 for _ in range(250, waar.dossiers, gegevens.EEN_FOUT_OP))
    assert wij["sweep"] == geplant


@pytest.mark.parametrize(
    ("taak", "peer"), [pytest.param(t, p, id=f"{t.naam}-{p.naam}") for t in TAKEN for p in t.peers if p.kan]
)
def test_a_peer_counts_the_same(
    taak: Taak, peer: Peer, waar: kader.Kader, wij: dict[str, dict[str, int]]
) -> None:
    assert all(wij[taak.naam].get(regel) for regel in peer.kan if regel in SIGNALEN), "every signal occurs"
    assert verschillen(peer, wij[taak.naam], doe(peer, waar).uitkomst) == []


def test_the_funding_that_is_compared_is_of_everything_there_is(wij: dict[str, dict[str, int]]) -> None:
    assert wij["bekostiging"].keys() == set(bekostigd.GELIJK)
    assert all(wij["bekostiging"].values())


@pytest.mark.parametrize("taak", [pytest.param(t, id=t.naam) for t in REGISTER if t.peers])
def test_the_register_and_its_peer_hold_the_same_rows(taak: Taak) -> None:
    ons = doe(Peer("wij", taak.module, (), taak.argumenten), SMAL).uitkomst
    assert ons["PER"]
    assert taak.naam == "identificatie" or ons["ISP"] >= ons["ISG"] > 0
    for peer in taak.peers:
        assert verschillen(peer, ons, doe(peer, SMAL).uitkomst) == []


def test_lists_are_shown_page_by_page() -> None:
    (lijst,) = [taak for taak in REGISTER if not taak.peers]
    cijfers = doe(Peer("wij", lijst.module), SMAL).cijfers
    assert all(
        cijfers[f"{naam} p95 ms"] > 0 for naam in ("inschrijvingen", "meldingen", "signalen", "wijzigingen")
    )


def test_the_portal_shows_what_the_register_holds_and_so_does_its_peer() -> None:
    (taak,) = [taak for taak in ALLE if taak.naam == "portaal"]
    ons = doe(Peer("wij", taak.module), SMAL)
    assert ons.uitkomst["open signalen"] > 0
    assert {"dashboard p95 ms", "getal p95 ms", "dashboard p95 ms zonder denktijd"} <= ons.cijfers.keys()
    for peer in taak.peers:
        assert verschillen(peer, ons.uitkomst, doe(peer, SMAL).uitkomst) == []
