"""What one dossier counts for at an institution, with all that was looked at: made when it is asked for."""

from __future__ import annotations

from msgspec import Struct

from kernregister.kern.bekostiging.besluit import Reden
from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.platform import klok
from kernregister.voorzieningen.bekostigen import grondslag
from kernregister.voorzieningen.bekostigen.posten import Post, besluiten, toonbaar
from kernregister.voorzieningen.bekostigen.tellen import waarden_van
from kernregister.voorzieningen.register import public as register


class Besluit(Struct, frozen=True):
    """What an enrolment on a teldatum or a diploma counts for, with the steps in their order."""

    post: Post
    redenen: tuple[Reden, ...]


class Besluiten(Struct, frozen=True):
    """The decisions on a dossier, and what they rest on. Indicative."""

    besluiten: tuple[Besluit, ...]
    kenmerk: str
    gegevens_versie: int


def van_dossier(persoon: int, jaar: int, instelling: str | None, stand: int | None = None) -> Besluiten:
    """Return the decisions on the records of an institution in a dossier, with the parameters and lists of now.

    All of the dossier plays a part; of the records of others no more is told than whose they are. Whether the person
    may be seen is the caller's to find out.

    Args:
        persoon: whose dossier.
        jaar: the bekostigingsjaar.
        instelling: whose records; None: those of all.
        stand: the dossier as known at this stand.

    Raises:
        Bekostigingsfout: the values of that year are not known.
    """
    kenmerk = waarden_van(jaar).kenmerk
    versie = grondslag.huidige(klok.vandaag()).gegevens_versie
    dossier = register.dossier(persoon, stand)
    if dossier is None:
        return Besluiten((), kenmerk, versie)
    alle = besluiten(dossier, grondslag.stel_samen((Bekostigingsjaar(jaar),), versie).beslissers)
    return Besluiten(
        tuple(
            Besluit(post, tuple(toonbaar(reden, plek.instelling) for reden in alle.redenen[plek]))
            for plek, post in alle.posten.items()
            if instelling in {None, plek.instelling}
        ),
        kenmerk,
        versie,
    )
