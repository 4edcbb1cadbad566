"""The register itself as a side of the comparison: a dossier as the records that an RO would hold of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import structs

from kernregister.kern.dossier import Dossier
from kernregister.kern.formaten.indeling import Record
from kernregister.kern.formaten.recordbestand import Groep
from kernregister.kern.formaten.ro import RO, Bpv, Isg, Per
from kernregister.kern.formaten.ro_dossier import records_van
from kernregister.vergelijking.naast import Overzicht

_GEPLAND = {Isg: "datum_uitschrijving_gepland", Bpv: "datum_einde_gepland"}
"""Fields that an RO always fills, with a day far off where nothing is planned."""


def overzicht_op(dag: date, vanaf: date = date.min) -> Overzicht:
    """Return what the register is to a comparison on a day: all its records, those of the future too.

    Args:
        dag: the day.
        vanaf: what ended before this day need not be in the own administration any more.
    """
    return Overzicht(dag, frozenset(RO.records), vanaf=vanaf)


def groep_van(dossier: Dossier, instelling: str) -> Groep:
    """Return the records of this institution in a dossier, under one person; nothing: there are none.

    Unlike in an RO, a person with two numbers stands there once, and what is not planned is empty.
    """
    groep = list(_records(dossier, instelling))
    if not groep:
        return []
    wie = dossier.persoon
    kop = structs.replace(
        groep[0],
        burgerservicenummer=wie.burgerservicenummer or None,
        onderwijsnummer=wie.onderwijsnummer or None,
        geboortedatum=wie.geboortedatum,
        geslacht=wie.geslacht,
    )
    return [kop, *(record for record in groep if type(record) is not Per)]


def _records(dossier: Dossier, instelling: str) -> Iterator[Record]:
    for record in records_van(dossier, instelling):
        veld = _GEPLAND.get(type(record))
        if veld and getattr(record, veld) == date.max:
            yield structs.replace(record, **{veld: None})
        else:
            yield record
