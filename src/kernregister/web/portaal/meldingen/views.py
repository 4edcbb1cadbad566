"""The pages of the meldingen; each module declares its own."""

from kernregister.web.portaal.meldingen import aanleveren, journaal, levering, melding

__all__ = ["aanleveren", "journaal", "levering", "melding"]
