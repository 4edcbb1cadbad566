"""The pages of the meldingen; each module declares its own."""

from kernregister.web.portaal.meldingen import (
    aanleveren,
    herstellen,
    journaal,
    levering,
    levering_besluit,
    levering_fouten,
    melding,
)

__all__ = [
    "aanleveren",
    "herstellen",
    "journaal",
    "levering",
    "levering_besluit",
    "levering_fouten",
    "melding",
]
