"""The pages of the work list; importing them declares them."""

from kernregister.web.portaal.signalen import bestand, lijst, nieuws, samen, signaal, zaken

__all__ = ["bestand", "lijst", "nieuws", "samen", "signaal", "zaken"]
