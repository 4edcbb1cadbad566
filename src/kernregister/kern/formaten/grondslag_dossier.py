"""From the records of a GRONDSLAG to dossiers, as far as it carries them.

The number of a person stands where a burgerservicenummer would; the layout says that it is none, so that nothing
judges it as one. The ages, the codes of origin and the funding information have no place in a dossier.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from kernregister.kern import dossier as kern
from kernregister.kern.formaten.grondslag import Amo, Bpv, Dip, Geo, Ise, Isg, Isp, Kzd, Per
from kernregister.kern.formaten.indeling import tag
from kernregister.kern.formaten.recordbestand import Groep
from kernregister.kern.formaten.samenstellen import Ouders
from kernregister.kern.formaten.verslag import Verslag

_JN = {"1": True, "0": False, "J": True, "N": False, None: None}


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
                los.append(_onderdeel(r, r.instellingscode))
            else:
                diplomas.kind((r.instellingscode, diploma), 1, _onderdeel(r, None), tag(soort))
    return kern.Dossier(
        _persoon(per),
        tuple(_inschrijving(*rij) for rij in inschrijvingen.rijen()),
        tuple(_diploma(*rij) for rij in diplomas.rijen()),
        tuple(los),
    )


def _persoon(r: Per) -> kern.Persoon:
    return kern.Persoon(r.pgn, geslacht=r.geslacht, datum_overlijden=r.datum_overlijden)


def _inschrijving(
    r: Isg, perioden: list[Any], ondersteuning: list[Any], bpvs: list[Any]
) -> kern.Inschrijving:
    return kern.Inschrijving(
        r.instellingscode,
        r.inschrijvingvolgnummer,
        r.datum_inschrijving,
        r.datum_uitschrijving_gepland,
        r.datum_uitschrijving_werkelijk,
        r.reden_uitschrijving,
        tuple(perioden),
        tuple(ondersteuning),
        tuple(bpvs),
    )


def _periode(r: Isp) -> kern.Inschrijvingsperiode:
    return kern.Inschrijvingsperiode(
        r.datum_begin,
        r.opleidingcode,
        r.leertraject,
        r.niveau,
        _JN[r.indicatie_bekostigbaar],
        r.locatiecode_vsv,
        r.onderwijsaanbieder,
        r.onderwijslocatie,
        r.leerroute,
        r.leerroutefase,
    )


def _ondersteuning(r: Ise) -> kern.ExtraOndersteuning:
    return kern.ExtraOndersteuning(r.datum_begin, r.datum_eind)


def _bpv(r: Bpv) -> kern.Bpv:
    return kern.Bpv(
        r.volgnummer,
        r.afsluitdatum,
        r.datum_begin,
        r.datum_einde_gepland,
        r.datum_einde_werkelijk,
        r.omvang,
        r.leerbedrijf_id,
        r.opleidingcode,
        r.keuzedeelcode,
    )


_ONDER_INSCHRIJVING: dict[Any, Any] = {Isp: (1, _periode), Ise: (2, _ondersteuning), Bpv: (3, _bpv)}


def _diploma(r: Dip, onderdelen: list[Any]) -> kern.Diploma:
    return kern.Diploma(
        r.instellingscode,
        r.resultaatvolgnummer,
        r.opleidingcode,
        r.datum_resultaat,
        _JN[r.indicatie_bekostigbaar],
        r.inschrijvingvolgnummer,
        r.onderwijsaanbieder,
        tuple(onderdelen),
    )


def _onderdeel(r: Any, instelling: str | None) -> kern.Onderdeel:
    slot = (r.inschrijvingvolgnummer, r.onderwijsaanbieder)
    if isinstance(r, Geo):
        return kern.GeneriekExamenonderdeel(
            r.resultaatvolgnummer,
            r.code,
            instelling,
            r.datum_resultaat,
            r.eindcijfer,
            r.vrijstelling,
            _tiende(r.cijfer_ie),
            r.vrijstelling_ie,
            _tiende(r.cijfer_ce),
            r.vrijstelling_ce,
            *slot,
        )
    overig = (instelling, r.datum_resultaat, _JN[r.certificaat], *slot)
    if isinstance(r, Kzd):
        return kern.Keuzedeel(r.resultaatvolgnummer, r.code, r.resultaat == "BEHAALD", *overig)
    return kern.AmvbOnderdeel(r.resultaatvolgnummer, r.code, *overig)


def _tiende(cijfer: int | None) -> Decimal | None:
    return None if cijfer is None else Decimal(cijfer).scaleb(-1)
