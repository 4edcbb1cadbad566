"""All pages of the own administration; importing this declares them."""

from kernregister.web.portaal.administratie import (
    koppelen,
    opdracht,
    overzicht,
    uitvoer,
    vergelijking,
    verschillen,
)

__all__ = ["koppelen", "opdracht", "overzicht", "uitvoer", "vergelijking", "verschillen"]
