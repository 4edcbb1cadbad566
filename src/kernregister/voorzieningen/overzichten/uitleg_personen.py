"""From differences to their explanation: whose they are, those persons' dossiers at both stands, and the steps between.

Set-wise: some hundreds of persons in a few statements. Who proved to be one person since, is one person here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from msgspec import Struct

from kernregister.kern.dossier import Bpv, Dossier, Inschrijving, Persoon
from kernregister.kern.overzichten.ongedaan import Dossiers
from kernregister.kern.overzichten.verklaring import Oorzaak, Overzicht, Stap, Verloop, verklaar
from kernregister.kern.overzichten.weging import Beslis
from kernregister.kern.tijd import OnvolledigeDatum
from kernregister.kern.verschil import Verschil
from kernregister.voorzieningen.overzichten.uitleg_regels import API, Uitlegregel
from kernregister.voorzieningen.register import public as register

PER_KEER = 500
"""Persons that are explained at once."""


class Vraagstuk(Struct, frozen=True):
    """What the explanations rest on: the stands, the overview, and what funding is decided with."""

    oud: int
    nieuw: int
    overzicht: Overzicht
    andere_periode: bool = False
    beslis: Beslis | None = None


class _Persoon(Struct):
    """The differences of one person, on all numbers; ``leden`` are who went up in them, the one left first."""

    leden: tuple[int, ...]
    verschillen: list[tuple[int, Verschil]]


def leg_uit(verschillen: Sequence[Verschil], vraagstuk: Vraagstuk) -> Iterator[list[Uitlegregel]]:
    """Give the explanation of all differences, some persons at a time; each keeps its number in the list."""
    mensen = iter(_per_persoon(verschillen, vraagstuk.nieuw))
    while stuk := list(islice(mensen, PER_KEER)):
        lopen = _verlopen(stuk, vraagstuk)
        regels: list[Uitlegregel] = []
        for persoon, verloop in zip(stuk, lopen, strict=True):
            regels += _van_persoon(persoon, verloop, vraagstuk)
        yield regels


def _per_persoon(verschillen: Sequence[Verschil], stand: int) -> list[_Persoon]:
    """Return the persons, as known at a stand, in order of their first difference."""
    mensen = register.mensen({v.burgerservicenummer or v.onderwijsnummer or "" for v in verschillen}, stand)
    uit: dict[int | str, _Persoon] = {}
    for nummer, verschil in enumerate(verschillen, 1):
        pgn = verschil.burgerservicenummer or verschil.onderwijsnummer or ""
        leden = mensen.get(pgn, ())
        wie: int | str = leden[0] if leden else pgn
        uit.setdefault(wie, _Persoon(leden, [])).verschillen.append((nummer, verschil))
    return list(uit.values())


def _verlopen(mensen: Sequence[_Persoon], vraagstuk: Vraagstuk) -> list[Verloop]:
    ids = [lid for persoon in mensen for lid in persoon.leden]
    oud = dict(register.dossiers(ids, stand=vraagstuk.oud))
    nieuw = dict(register.dossiers(ids, stand=vraagstuk.nieuw))
    wissels = register.verloop(ids, vraagstuk.oud, vraagstuk.nieuw)
    instelling = vraagstuk.overzicht.instelling
    return [_verloop(persoon.leden, oud, nieuw, wissels, instelling) for persoon in mensen]


def _verloop(
    leden: tuple[int, ...],
    oud: dict[int, Dossier],
    nieuw: dict[int, Dossier],
    wissels: dict[int, list[register.Wissel]],
    instelling: str,
) -> Verloop:
    eind = tuple(nieuw[lid] for lid in leden)
    begin = tuple(_met_nummers(oud[lid], een) for lid, een in zip(leden, eind, strict=True))
    op_stand: dict[int, list[register.Wissel]] = {}
    for lid in leden:
        for wissel in wissels.get(lid, ()):
            op_stand.setdefault(wissel.stand, []).append(wissel)
    zelfde_nummers = _nummers(begin) == _nummers(eind)
    stand_van = dict(zip(leden, begin, strict=True))
    stappen = []
    for stand in sorted(op_stand):
        tegelijk = op_stand[stand]
        if not zelfde_nummers:
            stand_van |= register.dossiers(
                leden, stand=stand
            )  # numbers are not in the versions, and this is rare
        else:
            for wissel in tegelijk:
                stand_van[wissel.persoon] = wissel.na(stand_van[wissel.persoon])
        stappen.append(Stap(_oorzaak(tegelijk[0], instelling), tuple(stand_van[lid] for lid in leden)))
    return Verloop(begin, eind, stappen)


def _met_nummers(toen: Dossier, later: Dossier) -> Dossier:
    """Return a dossier; that of somebody who was not known yet under the numbers that they have later."""
    return (
        toen
        if toen.persoon.pgn
        else Dossier(Persoon(later.persoon.burgerservicenummer, later.persoon.onderwijsnummer))
    )


def _nummers(dossiers: Dossiers) -> list[tuple[str | None, str | None]]:
    return [(d.persoon.burgerservicenummer, d.persoon.onderwijsnummer) for d in dossiers]


def _oorzaak(wissel: register.Wissel, instelling: str) -> Oorzaak:
    """Return a melding as a cause; by whom it was delivered is told of the institution's own only."""
    return Oorzaak(
        wissel.melding,
        wissel.uuid,
        wissel.soort,
        wissel.afzender,
        wissel.client if wissel.afzender == instelling else "",
        wissel.moment,
        wissel.ontvangen_op,
        wissel.stand,
    )


def _van_persoon(persoon: _Persoon, verloop: Verloop, vraagstuk: Vraagstuk) -> Iterator[Uitlegregel]:
    bekend = bool(persoon.leden)
    verklaringen = verklaar(
        [verschil for _, verschil in persoon.verschillen],
        verloop,
        vraagstuk.overzicht,
        vraagstuk.beslis if bekend else None,
        andere_periode=vraagstuk.andere_periode,
    )
    wie = persoon.leden[0] if bekend else None
    adres = f"{API}/dossiers/{wie}?stand={vraagstuk.nieuw}" if bekend else ""
    for (nummer, verschil), verklaring in zip(persoon.verschillen, verklaringen, strict=True):
        bewijs = _bewijs(verschil, verloop, vraagstuk.overzicht)
        yield Uitlegregel(nummer, wie, verklaring, bewijs, adres)


def _bewijs(verschil: Verschil, verloop: Verloop, overzicht: Overzicht) -> tuple[str, ...]:
    """Return which documents an accountant asks for: POK, residence document, diploma.

    Who may read an RO may not always read residence, so of that nothing is told beside one.
    """
    r: Any = verschil.nieuw or verschil.oud
    instelling = overzicht.instelling
    match verschil.recordsoort:
        case "BPV":
            bpv = _bpv(verschil, verloop, instelling)
            bedrijf = f", leerbedrijf {bpv.leerbedrijf_id}" if bpv and bpv.leerbedrijf_id else ""
            return (
                f"POK van {r.afsluitdatum:%d-%m-%Y}{bedrijf}, BPV {r.volgnummer} bij inschrijving "
                f"{r.inschrijvingvolgnummer}",
            )
        case "DIP":
            return (
                f"Diploma {r.resultaatvolgnummer}, opleiding {r.opleidingcode}, behaald {r.datum_resultaat:%d-%m-%Y}",
            )
        case "VBT":
            return (
                f"Verblijfsdocument bij verblijfstitel {r.verblijfstitel}, geldig vanaf {_dag(r.datum_begin)}",
            )
        case "NAT":
            return (f"Nationaliteit {r.nationaliteitscode} vanaf {_dag(r.datum_begin)}, volgens de BRP",)
        case "ISG" if overzicht.studiejaar is not None:
            grond = _grond(verschil, verloop, instelling)
            return (f"Verblijfsdocument, vastgesteld door de instelling: {grond}",) if grond else ()
    return ()


def _dag(datum: OnvolledigeDatum) -> str:
    """Return a day as people write it, without what of it is not known."""
    jaar, maand, dag = datum.split("-")
    return "-".join(deel for deel in (dag, maand, jaar) if deel.strip("0")) or "een onbekende dag"


def _bpv(verschil: Verschil, verloop: Verloop, instelling: str) -> Bpv | None:
    bpvs = (bpv for i in _inschrijvingen(verschil, verloop, instelling) for bpv in i.bpvs)
    return next((bpv for bpv in bpvs if bpv.volgnummer == verschil.sleutel[1]), None)


def _grond(verschil: Verschil, verloop: Verloop, instelling: str) -> str | None:
    return next((i.verblijf_grond for i in _inschrijvingen(verschil, verloop, instelling)), None)


def _inschrijvingen(verschil: Verschil, verloop: Verloop, instelling: str) -> Iterator[Inschrijving]:
    """Give the enrolment that a difference is about: as it is now, then as it was."""
    for dossier in (*verloop.nieuw, *verloop.oud):
        for i in dossier.inschrijvingen:
            if i.instelling == instelling and i.inschrijvingvolgnummer == verschil.sleutel[0]:
                yield i
