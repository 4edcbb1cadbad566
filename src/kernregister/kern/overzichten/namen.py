"""What the files of an overview are called, as the PvE prescribes it (MBO-instelling 13.3, 14.3, 15.2, 16.3, 17)."""

from __future__ import annotations

from datetime import date

from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.formaten.obov import OBOV
from kernregister.kern.formaten.obov import zipnaam as zipnaam_obo
from kernregister.kern.sleutels import Instellingscode
from kernregister.kern.tijd import Studiejaar

__all__ = [
    "bestandsnaam_grondslag",
    "bestandsnaam_obo",
    "bestandsnaam_obov",
    "bestandsnaam_ro",
    "bestandsnaam_tbgi",
    "zipnaam_grondslag",
    "zipnaam_obo",
    "zipnaam_ro",
]


def bestandsnaam_ro(instelling: Instellingscode, begin: date, einde: date) -> str:
    """Return the name of an RO over a period, such as ``RO_27DV_20250801_20260731.CSV``."""
    return f"RO_{instelling}_{begin:%Y%m%d}_{einde:%Y%m%d}.CSV"


def zipnaam_ro(instelling: Instellingscode, begin: date, einde: date) -> str:
    """Return the name of the zip of an RO: that of the RO, for the PvE names none."""
    return bestandsnaam_ro(instelling, begin, einde).replace(".CSV", ".ZIP")


def bestandsnaam_obo(instelling: Instellingscode, studiejaar: Studiejaar, dag: date) -> str:
    """Return the name of an OBO made on a day, such as ``OBO_27DV_2025_20260302.CSV``."""
    return f"OBO_{instelling}_{studiejaar.start}_{dag:%Y%m%d}.CSV"


def bestandsnaam_obov(recordsoort: str, instelling: Instellingscode, dag: date) -> str:
    """Return the name of a difference file that goes with an OBO, such as ``OBOV_ISG_27DV_20260302.CSV``."""
    return OBOV.naam_van(recordsoort, instelling, dag)


def bestandsnaam_tbgi(instelling: Instellingscode, jaar: Bekostigingsjaar, dag: date) -> str:
    """Return the name of a TBG-i made on a day, such as ``TBGI_27DV_2027_20260302.XML``."""
    return f"TBGI_{instelling}_{jaar}_{dag:%Y%m%d}.XML"


def bestandsnaam_grondslag(instelling: Instellingscode, studiejaar: Studiejaar, dag: date) -> str:
    """Return the name of a GRONDSLAG made on a day, such as ``GRONDSLAG_IP_MBO_27DV_20251119_2025.csv``.

    The PvE says "einddatum selectieperiode" of the date; the file that DUO published has the day it was made.
    """
    return f"GRONDSLAG_IP_MBO_{instelling}_{dag:%Y%m%d}_{studiejaar.start}.csv"


def zipnaam_grondslag(instelling: Instellingscode, dag: date) -> str:
    """Return the name of the zip of a GRONDSLAG, such as ``GRONDSLAG_IP_MBO_27DV_20251119.zip``."""
    return f"GRONDSLAG_IP_MBO_{instelling}_{dag:%Y%m%d}.zip"
