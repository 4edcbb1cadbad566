"""What stands in the way of accounting for a studiejaar: all of it at once, in words for who asked."""

from __future__ import annotations

from collections.abc import Iterable

from kernregister.voorzieningen.bekostigen.fouten import Bekostigingsfout


class Verantwoordingsfout(Bekostigingsfout):
    """Something that cannot be; ``redenen`` says everything that stands in its way, and what to do about it."""

    def __init__(self, *redenen: str) -> None:
        super().__init__(" ".join(redenen))
        self.redenen = redenen


def weiger_als(redenen: Iterable[str]) -> None:
    """Refuse when there is anything against it.

    Raises:
        Verantwoordingsfout: with all of it.
    """
    if alle := tuple(redenen):
        raise Verantwoordingsfout(*alle)
