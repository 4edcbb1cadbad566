"""What the stories of the database share: a cluster of their own, on each version."""

from collections.abc import Iterator

import pytest

from kernregister.platform.databank import Cluster
from kernregister.platform.databank.programmas import VERSIES
from tests.databank import tijdelijk_cluster


@pytest.fixture(params=VERSIES)
def eigen_cluster(request: pytest.FixtureRequest) -> Iterator[Cluster]:
    """A cluster that does not exist yet; it goes away afterwards."""
    with tijdelijk_cluster(request.param, duurzaam=True) as uit:
        yield uit
