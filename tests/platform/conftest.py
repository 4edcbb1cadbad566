"""What the tests of isolation start from: a small sector, and somebody who may run any SQL as the application."""

from collections.abc import Iterator

import psycopg
import pytest

from kernregister.platform.databank.rollen import APP, EIGENAAR, STELSEL, richt_in
from kernregister.platform.pas import onderteken
from tests.databank import Databank
from tests.platform.kleine_sector import EIGEN, neem, straks, vul


@pytest.fixture
def sector(databank: Databank) -> Databank:
    """A database with two institutions, a school and four persons."""
    with databank.verbind(EIGENAAR) as eigenaar:
        richt_in(eigenaar)  # rights on a database do not come along with a copy of it
    with databank.verbind(STELSEL) as stelsel:
        vul(stelsel)
    return databank


@pytest.fixture
def aanvaller(sector: Databank) -> Iterator[psycopg.Connection]:
    """A session of the application with the pass of 25LX, in which anything may be tried."""
    with sector.verbind(APP) as verbinding:
        neem(verbinding, onderteken(EIGEN, straks()))
        yield verbinding
