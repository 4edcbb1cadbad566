"""From the records of a GRONDSLAG to dossiers, as far as it carries them.

The number of a person stands where a burgerservicenummer would; the layout says that it is none, so that nothing
judges it as one. The ages, the codes of origin and the funding information have no place in a dossier.
"""

from __future__ import annotations

from typing import Any

from kernregister.kern import dossier as kern
from kernregister.kern.formaten.grondslag import Amo, Bpv, Dip, Geo, Ise, Isg, Isp, Kzd
from kernregister.kern.formaten.indeling import tag
from kernregister.kern.formaten.recordbestand import Groep
from kernregister.kern.formaten.samenstellen import (
    Ouders,
    bpv_van,
    diploma_van,
    inschrijving_van,
    onderdeel_van,
    ondersteuning_van,
    periode_van,
)
from kernregister.kern.formaten.verslag import Verslag

_ONDER_INSCHRIJVING: dict[Any, Any] = {Isp: (1, periode_van), Ise: (2, ondersteuning_van), Bpv: (3, bpv_van)}


def dossier_van(groep: Groep, verslag: Verslag) -> kern.Dossier:
    """Return the dossier of one person's records; what hangs under no known record is reported and left out."""
    per: Any = groep[0]
    inschrijvingen = Ouders(verslag, "ISG", "inschrijving", 3)
    diplomas = Ouders(verslag, "DIP", "diploma", 1)
    los: list[Any] = []
    r: Any
    for r in groep:
        soort = type(r)
        if soort is Isg:
            inschrijvingen.ouder((r.instellingscode, r.inschrijvingvolgnummer), r)
        elif soort is Dip:
            diplomas.ouder((r.instellingscode, r.resultaatvolgnummer), r)
        elif soort in _ONDER_INSCHRIJVING:
            plaats, maak = _ONDER_INSCHRIJVING[soort]
            inschrijvingen.kind((r.instellingscode, r.inschrijvingvolgnummer), plaats, maak(r), tag(soort))
        elif soort in (Amo, Geo, Kzd):
            diploma = r.resultaatvolgnummer_diploma
            if diploma is None:
                los.append(onderdeel_van(r, r.instellingscode, False))
            else:
                diplomas.kind((r.instellingscode, diploma), 1, onderdeel_van(r, None, False), tag(soort))
    return kern.Dossier(
        kern.Persoon(per.pgn, geslacht=per.geslacht, datum_overlijden=per.datum_overlijden),
        tuple(inschrijving_van(rij[0].instellingscode, False, *rij) for rij in inschrijvingen.rijen()),
        tuple(diploma_van(rij[0].instellingscode, False, *rij) for rij in diplomas.rijen()),
        tuple(los),
    )
