"""Reference data as the rules read them, taken apart into the rows of lists: the way back of the offline reader."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, cast

from kernregister.controle.stamgegevens import JaNee
from kernregister.kern.formaten.verslag import Verslag
from kernregister.kern.gegevens import Gegevens
from kernregister.kern.tijd import OPEN, Periode, dagen_na
from kernregister.voorzieningen.stamgegevens.inlezen import Bestand
from kernregister.voorzieningen.stamgegevens.lijsten import (
    LIJSTEN,
    AanbiederRij,
    AanspraakRij,
    EquivalentRij,
    ErkenningRij,
    InstellingRij,
    LocatieRij,
    OpleidingRij,
    ParameterRij,
)
from kernregister.voorzieningen.stamgegevens.manifest import Toevoer

_JA_NEE: dict[bool | None, JaNee | None] = {True: "J", False: "N", None: None}


def toevoer_van(gegevens: Gegevens, bron: str) -> list[Toevoer]:
    """Return the lists that reference data hold, each as the list of today."""
    rijen: dict[str, list[Any]] = {
        "instellingen": [
            InstellingRij(
                instellingscode=i.code,
                naam=i.naam or None,
                soort=i.soort.value,
                unieke_vakinstelling=_JA_NEE[i.unieke_vakinstelling],
            )
            for i in gegevens.instellingen.values()
        ],
        "onderwijsaanbieders": list(_aanbieders(gegevens)),
        "onderwijslocaties": [
            LocatieRij(onderwijslocatie=code, datum_begin=begin, datum_einde=einde)
            for code, perioden in gegevens.locaties.items()
            for begin, einde in map(_dagen, perioden)
        ],
        "opleidingen": list(_opleidingen(gegevens)),
        "toestemmingen": list(_aanspraken(gegevens.toestemmingen)),
        "licenties": list(_aanspraken(gegevens.licenties)),
        "erkenningen": [
            ErkenningRij(leerbedrijf=bedrijf, code=code, datum_begin=begin, datum_einde=einde)
            for (bedrijf, code), perioden in gegevens.erkenningen.items()
            for begin, einde in map(_dagen, perioden)
        ],
        "crebo_equivalenten": [
            EquivalentRij(code=code, equivalent=ander)
            for code, anderen in gegevens.equivalenten.items()
            for ander in sorted(anderen)
        ],
    }
    if gegevens.wettelijke_termijn_maanden is not None:
        rijen["parameters"] = [
            ParameterRij(naam="wettelijke_termijn_maanden", waarde=gegevens.wettelijke_termijn_maanden)
        ]
    return [
        Toevoer(
            LIJSTEN[naam],
            enumerate(van_lijst, 1),
            Verslag(LIJSTEN[naam].bestand),
            Bestand(naam, "", bron=bron),
        )
        for naam, van_lijst in rijen.items()
        if van_lijst
    ]


def _dagen(periode: Periode) -> tuple[date | None, date | None]:
    """Return the first and the last day of a period; None where it is open."""
    return (
        None if periode.begin == date.min else periode.begin,
        None if periode.eind == OPEN else dagen_na(periode.eind, -1),
    )


def _aanbieders(gegevens: Gegevens) -> Iterator[AanbiederRij]:
    for code, aanbieder in gegevens.aanbieders.items():
        eigen = [(None, periode) for periode in aanbieder.geldig]
        for instelling, periode in (*eigen, *aanbieder.koppelingen):
            begin, einde = _dagen(periode)
            yield AanbiederRij(
                onderwijsaanbieder=code, instellingscode=instelling, datum_begin=begin, datum_einde=einde
            )


def _opleidingen(gegevens: Gegevens) -> Iterator[OpleidingRij]:
    for opleiding in gegevens.opleidingen.values():
        begin, einde = _dagen(opleiding.geldig[0]) if opleiding.geldig else (None, None)
        yield OpleidingRij(
            opleidingcode=opleiding.code,
            naam=opleiding.naam or None,
            soort=cast(Any, opleiding.soort),
            niveau=opleiding.niveau,
            einde_instroom=opleiding.einde_instroom,
            duur_maanden=opleiding.duur_maanden,
            cross_over=_JA_NEE[opleiding.cross_over],
            unieke_vakopleiding=_JA_NEE[opleiding.unieke_vakopleiding],
            soort_opleiding=opleiding.soort_opleiding,
            prijsfactor=opleiding.prijsfactor,
            met_vws=_JA_NEE[opleiding.met_vws],
            datum_begin=begin,
            datum_einde=einde,
        )


def _aanspraken(aanspraken: dict[tuple[str, str], tuple[Periode, ...]]) -> Iterator[AanspraakRij]:
    for (instelling, opleiding), perioden in aanspraken.items():
        for begin, einde in map(_dagen, perioden):
            yield AanspraakRij(
                instellingscode=instelling, opleidingcode=opleiding, datum_begin=begin, datum_einde=einde
            )
