"""Every engine gives the same counts: a measurement compares the same work, and each is the others' oracle."""

from __future__ import annotations

import json

import pytest

from benchmarks import gegevens, kader
from benchmarks.__main__ import KLEIN, doe, verschillen
from benchmarks.taken import SIGNALEN, TAKEN, Peer, Taak


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
