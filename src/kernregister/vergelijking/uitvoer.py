"""What a comparison leaves behind: CSV files, never over the work of somebody else."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from kernregister.kern.formaten.rekenblad import BOM, zonder_formule
from kernregister.kern.formaten.schrijven import als_geheel
from kernregister.kern.formaten.verslag import OnbruikbaarBestand, reden
from kernregister.vergelijking.oorzaken import Afwijking

VERSCHILLEN: Final = "verschillen.csv"
BLADZIJDE: Final = "vergelijking.html"

KOLOMMEN_OVERZICHT: Final = (
    "Recordsoort",
    "Burgerservicenummer",
    "Onderwijsnummer",
    "Sleutel",
    "Soort wijziging",
    "Gewijzigd",
    "Kan relevant zijn",
    "Reden",
)
"""Header of ``verschillen.csv`` of two overviews."""

KOLOMMEN_AANSLUITING: Final = (
    "Aard",
    "Niveau",
    "Nummer",
    "Sleutel",
    "Veld",
    "Register",
    "Eigen administratie",
    "Oorzaak",
    "Rij in export",
)
"""Header of ``verschillen.csv`` of the register beside an own administration."""


def kop(kolommen: Sequence[str]) -> str:
    """Return the first line of a CSV for people."""
    return BOM + ";".join(kolommen) + "\n"


def controleer_vrij(map_: Path, namen: Iterable[str]) -> None:
    """Make a folder, and refuse when it holds files of these names that no comparison of ours made.

    Raises:
        OnbruikbaarBestand: something would be lost.
    """
    try:
        map_.mkdir(parents=True, exist_ok=True)
    except OSError as fout:
        raise OnbruikbaarBestand(
            f"{map_}: hier kan niets geschreven worden ({reden(fout)}). Kies een andere --uit."
        ) from None
    aanwezig = [naam for naam in namen if (map_ / naam).exists()]
    if aanwezig and not _is_van_ons(map_ / VERSCHILLEN):
        raise OnbruikbaarBestand(
            f"{map_}: hier staat al {', '.join(aanwezig)}, en niet van een eerdere vergelijking. Er is niets "
            "overschreven; kies een andere --uit."
        )


def _is_van_ons(pad: Path) -> bool:
    koppen = {kop(kolommen).encode() for kolommen in (KOLOMMEN_OVERZICHT, KOLOMMEN_AANSLUITING)}
    try:
        with pad.open("rb") as bestand:
            return bestand.readline(1000) in koppen
    except OSError:
        return False


def schrijf_afwijkingen(afwijkingen: Iterable[Afwijking], map_: Path) -> Path:
    """Write what differs between the register and an own administration; return the file.

    Raises:
        OnbruikbaarBestand: a file of that name is there already, and not ours.
    """
    controleer_vrij(map_, [VERSCHILLEN])
    pad = map_ / VERSCHILLEN
    with als_geheel(pad) as deel, deel.open("w", encoding="utf-8", newline="") as bestand:
        bestand.write(kop(KOLOMMEN_AANSLUITING))
        schrijver = csv.writer(bestand, delimiter=";", lineterminator="\n")
        for a in afwijkingen:
            rij = (
                a.aard.value,
                a.niveau,
                " ".join(a.nummers),
                " ".join(a.sleutel),
                a.veld,
                a.register,
                a.eigen,
                a.oorzaak,
                str(a.rij or ""),
            )
            schrijver.writerow([zonder_formule(waarde) for waarde in rij])
    return pad
