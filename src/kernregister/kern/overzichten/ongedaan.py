"""One difference undone: the dossiers of now, with this one record as it was before.

It works on whole dossiers, so what a person does elsewhere and obtained earlier stays. What comes of it may be nothing
new: an indication on a teldatum follows from other records, and a record may have come into an overview because of
another one. Such a difference has nothing of its own to undo.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from msgspec.structs import replace

from kernregister.kern.dossier import Dossier, Inschrijving
from kernregister.kern.sleutels import Instellingscode
from kernregister.kern.verschil import SoortWijziging, Verschil

Dossiers = tuple[Dossier, ...]
"""The dossiers of one person: several while it is not known yet that they are of one."""

_KINDEREN: Final[dict[str, tuple[str, str]]] = {
    "ISP": ("perioden", "datum_begin"),
    "ISE": ("extra_ondersteuning", "datum_begin"),
    "BPV": ("bpvs", "volgnummer"),
}
"""Recordsoort under an enrolment -> the field that holds it, and what names it there."""

_HERKOMST: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "VBT": ("verblijfstitels", ("datum_begin",)),
    "NAT": ("nationaliteiten", ("code", "datum_begin")),
}

_VAN_INSTELLING: Final = ("inschrijvingen", "diplomas", "losse_resultaten")


def zonder(verschil: Verschil, oud: Dossiers, nieuw: Dossiers, instelling: Instellingscode) -> Dossiers:
    """Return the dossiers of now without one difference; the very same ones when it has nothing of its own.

    A person that came or went, and an enrolment, are put back with all that hangs under them; of an enrolment that is
    gone a period or placement is put back with the enrolment itself. A record that was delivered on another number of
    the person is the same record.

    Args:
        verschil: a record that differs between the overviews of an institution.
        oud: the dossiers of the person before, in the same order as ``nieuw``.
        nieuw: the dossiers of the person now, first that of who is left after a merge.
        instelling: whose overviews they are.
    """
    soort = verschil.recordsoort
    if soort == "PER":
        return _persoon(verschil, oud, nieuw, instelling)
    if soort in _HERKOMST:
        return _herkomst(verschil, oud, nieuw)
    if soort in ("ISG", *_KINDEREN):
        return _inschrijving(verschil, oud, nieuw, instelling)
    if soort == "DIP":
        return _diploma(verschil, oud, nieuw, instelling)
    return nieuw


def _persoon(verschil: Verschil, oud: Dossiers, nieuw: Dossiers, instelling: Instellingscode) -> Dossiers:
    if verschil.soort is SoortWijziging.WIJZIGING:
        return tuple(
            replace(
                nu,
                persoon=replace(
                    nu.persoon, geboortedatum=toen.persoon.geboortedatum, geslacht=toen.persoon.geslacht
                ),
            )
            for toen, nu in zip(oud, nieuw, strict=True)
        )
    uit = tuple(_van_toen(toen, nu, instelling) for toen, nu in zip(oud, nieuw, strict=True))
    return nieuw if uit == nieuw else uit


def _van_toen(toen: Dossier, nu: Dossier, instelling: Instellingscode) -> Dossier:
    """Return a dossier with what an institution has in it as it was."""
    anders = {}
    for veld in _VAN_INSTELLING:
        eigen = [een for een in getattr(nu, veld) if een.instelling == instelling]
        eerder = [een for een in getattr(toen, veld) if een.instelling == instelling]
        if eigen != eerder:
            anders[veld] = (*(een for een in getattr(nu, veld) if een.instelling != instelling), *eerder)
    return replace(nu, **anders) if anders else nu


def _herkomst(verschil: Verschil, oud: Dossiers, nieuw: Dossiers) -> Dossiers:
    veld, namen = _HERKOMST[verschil.recordsoort]

    def noem(een: Any) -> tuple[str, ...]:
        return tuple(getattr(een, naam) for naam in namen)

    def heeft(dossier: Dossier) -> bool:
        return any(noem(een) == verschil.sleutel for een in getattr(dossier.persoon, veld))

    toen = next((een for d in oud for een in getattr(d.persoon, veld) if noem(een) == verschil.sleutel), None)
    plaats = next((n for n, d in enumerate(nieuw) if heeft(d)), 0)
    persoon = nieuw[plaats].persoon
    wordt = _terug(getattr(persoon, veld), noem, verschil.sleutel, toen)
    if wordt == getattr(persoon, veld):
        return nieuw
    return _met(nieuw, plaats, replace(nieuw[plaats], persoon=replace(persoon, **{veld: wordt})))


def _inschrijving(
    verschil: Verschil, oud: Dossiers, nieuw: Dossiers, instelling: Instellingscode
) -> Dossiers:
    wie = instelling, verschil.sleutel[0], verschil.burgerservicenummer is None
    plek_toen, toen = _zoek(oud, "inschrijvingen", "inschrijvingvolgnummer", *wie)
    plek_nu, nu = _zoek(nieuw, "inschrijvingen", "inschrijvingvolgnummer", *wie)
    wordt = _een_inschrijving(verschil, toen, nu)
    return _zet(nieuw, _plaats(nieuw, plek_toen, plek_nu), "inschrijvingen", nu, wordt)


def _een_inschrijving(
    verschil: Verschil, toen: Inschrijving | None, nu: Inschrijving | None
) -> Inschrijving | None:
    if verschil.recordsoort == "ISG":
        if toen is None or nu is None:
            return toen
        return replace(toen, perioden=nu.perioden, extra_ondersteuning=nu.extra_ondersteuning, bpvs=nu.bpvs)
    veld, naam = _KINDEREN[verschil.recordsoort]

    def noem(een: Any) -> str:
        return str(getattr(een, naam))

    kind = next((een for een in getattr(toen, veld, ()) if noem(een) == verschil.sleutel[1]), None)
    ouder = nu
    if ouder is None and toen is not None:
        ouder = replace(toen, perioden=(), extra_ondersteuning=(), bpvs=())
    if ouder is None:
        return None
    wordt = _terug(getattr(ouder, veld), noem, verschil.sleutel[1], kind)
    return ouder if wordt == getattr(ouder, veld) else replace(ouder, **{veld: wordt})


def _diploma(verschil: Verschil, oud: Dossiers, nieuw: Dossiers, instelling: Instellingscode) -> Dossiers:
    wie = instelling, verschil.sleutel[0], verschil.burgerservicenummer is None
    plek_toen, toen = _zoek(oud, "diplomas", "resultaatvolgnummer", *wie)
    plek_nu, nu = _zoek(nieuw, "diplomas", "resultaatvolgnummer", *wie)
    wordt = toen if toen is None or nu is None else replace(toen, onderdelen=nu.onderdelen)
    return _zet(nieuw, _plaats(nieuw, plek_toen, plek_nu), "diplomas", nu, wordt)


def _zoek(
    dossiers: Dossiers, veld: str, naam: str, instelling: str, nummer: str, op_onderwijsnummer: bool
) -> tuple[int | None, Any]:
    """Return an aggregate and in which dossier it is: that on the number of the record before one on the other."""
    gevonden: tuple[int | None, Any] = None, None
    for plaats, dossier in enumerate(dossiers):
        for een in getattr(dossier, veld):
            if een.instelling == instelling and getattr(een, naam) == nummer:
                if een.op_onderwijsnummer == op_onderwijsnummer:
                    return plaats, een
                gevonden = plaats, een
    return gevonden


def _plaats(nieuw: Dossiers, toen: int | None, nu: int | None) -> int:
    """Return where an aggregate goes: where it is, else where it was; of somebody who went up in another, with them."""
    if nu is not None:
        return nu
    if toen is not None and (nieuw[toen].inschrijvingen or nieuw[toen].diplomas):
        return toen
    return 0


def _zet(nieuw: Dossiers, plaats: int, veld: str, nu: Any, wordt: Any) -> Dossiers:
    if nu == wordt:
        return nieuw
    over = [een for een in getattr(nieuw[plaats], veld) if een is not nu]
    if wordt is not None:
        over.append(wordt)
    return _met(nieuw, plaats, replace(nieuw[plaats], **{veld: tuple(over)}))


def _met(dossiers: Dossiers, plaats: int, dossier: Dossier) -> Dossiers:
    return (*dossiers[:plaats], dossier, *dossiers[plaats + 1 :])


def _terug(records: Iterable[Any], noem: Callable[[Any], Any], sleutel: Any, toen: Any) -> tuple[Any, ...]:
    """Return records in order of their name, the named one as it was: or without it, when it was not there."""
    alle = tuple(records)
    eigen = [een for een in alle if noem(een) == sleutel]
    if eigen == ([] if toen is None else [toen]):
        return alle
    uit = [een for een in alle if noem(een) != sleutel]
    return tuple(sorted(uit if toen is None else [*uit, toen], key=noem))
