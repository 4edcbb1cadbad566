"""Who is meant: the short or the extended set against the source, with every outcome as data.

What an institution learns here is limited: of a person that is not certainly meant it is told which fields do not
agree, and never a value (Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 05; former codes 752 to 757 and 790).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct, structs
from msgspec.structs import replace

from kernregister.kern.dossier import Persoon
from kernregister.kern.sleutels import Pgn
from kernregister.voorzieningen.personen import nummers
from kernregister.voorzieningen.personen.bron import Bronwijzigingen, Personenbron, bron
from kernregister.voorzieningen.personen.nummers import Koppeling, Nummers
from kernregister.voorzieningen.personen.personalia import (
    VELDEN,
    Gebrek,
    Gelijkenis,
    Personalia,
    gebreken,
    vergelijk,
)


class Uitkomst(StrEnum):
    """How asking for somebody ended."""

    GEVONDEN = "gevonden"
    ACHTERHAALD = "achterhaald"
    """Asked for by onderwijsnummer; the source knows the burgerservicenummer by now (former code 755)."""
    NIEUW = "nieuw"
    """Nobody is found: the source issued an onderwijsnummer (former code 757)."""
    ONZEKER = "onzeker"
    ONVOLLEDIG = "onvolledig"


class Onzekerheid(StrEnum):
    """Why nobody can be said to be meant."""

    MEER_KANDIDATEN = "meer_kandidaten"
    AFWIJKING = "afwijking"
    """One person comes near; ``velden`` do not agree (former codes 752, 753 and 780)."""
    NUMMER_ONBEKEND = "nummer_onbekend"
    """The source does not know the number. Without a number, by name and address, it is sought further."""


class Identificatie(Struct, frozen=True):
    """The outcome of asking for somebody. Only with GEVONDEN, ACHTERHAALD and NIEUW is there a person.

    ``velden`` are names of fields that do not agree, in the order of the set; ``gebreken`` all that is missing.
    """

    uitkomst: Uitkomst
    persoon: Persoon | None = None
    soort: Onzekerheid | None = None
    velden: tuple[str, ...] = ()
    gebreken: tuple[Gebrek, ...] = ()

    def __repr__(self) -> str:
        """Return a text without personal data: it may end up in an exception."""
        return f"Identificatie({self.uitkomst})"


class Vastlegging(Struct, frozen=True):
    """The person of this facility that belongs to an identified one.

    ``samenvoegen_met``: another person of this facility who has their other number; the two prove to be one.
    """

    persoon_id: int
    koppeling: Koppeling | None = None
    samenvoegen_met: int | None = None


def identificeer(vraag: Personalia, van: Personenbron | None = None) -> Identificatie:
    """Tell who is meant by the short set (with a number) or the extended one (without).

    Nothing is recorded here but the onderwijsnummer that the source issues; ``leg_vast`` does the rest.

    Args:
        vraag: the set.
        van: the source to ask; by default the one in use.

    Raises:
        OSError: the source cannot be reached.
    """
    if fouten := gebreken(vraag):
        return Identificatie(Uitkomst.ONVOLLEDIG, gebreken=fouten)
    van = van or bron()
    if vraag.pgn:
        return _verkort(vraag, van.personen([vraag.pgn]).get(vraag.pgn))
    return _uitgebreid(vraag, van)


def identificeer_samen(
    vragen: Sequence[Personalia], van: Personenbron | None = None
) -> list[Identificatie | None]:
    """Tell of many at once who is meant, as ``identificeer`` does; None for who is asked for without a number.

    Raises:
        OSError: the source cannot be reached.
    """
    goed = [not gebreken(vraag) for vraag in vragen]
    pgns = {vraag.pgn for vraag, is_goed in zip(vragen, goed, strict=True) if is_goed and vraag.pgn}
    bekend = (van or bron()).personen(pgns) if pgns else {}
    return [
        _verkort(vraag, bekend.get(vraag.pgn)) if is_goed and vraag.pgn else None
        for vraag, is_goed in zip(vragen, goed, strict=True)
    ]


def _verkort(vraag: Personalia, persoon: Persoon | None) -> Identificatie:
    if persoon is None:
        return Identificatie(Uitkomst.ONZEKER, soort=Onzekerheid.NUMMER_ONBEKEND)
    anders = tuple(
        veld for veld in ("geboortedatum", "geslacht") if getattr(vraag, veld) != getattr(persoon, veld)
    )
    if anders:
        return Identificatie(Uitkomst.ONZEKER, soort=Onzekerheid.AFWIJKING, velden=anders)
    achterhaald = vraag.onderwijsnummer and persoon.burgerservicenummer
    return Identificatie(
        Uitkomst.ACHTERHAALD if achterhaald else Uitkomst.GEVONDEN, zonder_geheim_adres(persoon)
    )


def _uitgebreid(vraag: Personalia, van: Personenbron) -> Identificatie:
    zeker, mogelijk = [], []
    for persoon in van.kandidaten(vraag):
        gelijkenis = vergelijk(vraag, persoon)
        anders = tuple(veld for veld in VELDEN if gelijkenis[veld] is not Gelijkenis.GELIJK)
        if not anders:
            zeker.append(persoon)
        elif len(anders) == 1 and gelijkenis["voornamen"] is not Gelijkenis.ANDERS:  # that would be a twin
            mogelijk.append(anders)
    if len(zeker) == 1:
        return Identificatie(Uitkomst.GEVONDEN, zonder_geheim_adres(zeker[0]))
    if zeker or len(mogelijk) > 1:
        return Identificatie(Uitkomst.ONZEKER, soort=Onzekerheid.MEER_KANDIDATEN)
    if mogelijk:
        return Identificatie(Uitkomst.ONZEKER, soort=Onzekerheid.AFWIJKING, velden=mogelijk[0])
    return Identificatie(Uitkomst.NIEUW, zonder_geheim_adres(van.geef_onderwijsnummer(vraag)))


def leg_vast(persoon: Persoon) -> Vastlegging:
    """Find or make the person of this facility that belongs to a person of the source, and link a later number.

    Locks the person until the end of the transaction.
    """
    bsn, own = persoon.burgerservicenummer, persoon.onderwijsnummer
    bekend = nummers.zoek([nummer for nummer in (bsn, own) if nummer])
    met_bsn, met_own = bekend.get(bsn or ""), bekend.get(own or "")
    if met_own is not None and bsn and met_bsn is None:
        uitslag = nummers.koppel_bsn(met_own, bsn)
        return Vastlegging(met_own, uitslag.uitslag, uitslag.ander)
    if met_bsn is not None and met_own is not None and met_bsn != met_own:
        nummers.vergrendel([met_bsn, met_own])
        return Vastlegging(met_bsn, Koppeling.VAN_ANDER, met_own)
    (id_,) = nummers.maak([Nummers(bsn, own)])
    nummers.vergrendel([id_])
    return Vastlegging(id_)


def leg_vast_samen(personen: Sequence[Persoon]) -> list[int | None]:
    """Find or make the persons of this facility that belong to persons of the source; nobody is locked.

    None is left to ``leg_vast``: who has a number to be linked, or proves to be two persons here.
    """
    paren = [Nummers(een.burgerservicenummer, een.onderwijsnummer) for een in personen]
    bekend = nummers.zoek({nummer for paar in paren for nummer in structs.astuple(paar) if nummer})
    gewoon = [not _vraagt_meer(paar, bekend) for paar in paren]
    ids = iter(nummers.maak([paar for paar, is_gewoon in zip(paren, gewoon, strict=True) if is_gewoon]))
    return [next(ids) if is_gewoon else None for is_gewoon in gewoon]


def _vraagt_meer(paar: Nummers, bekend: Mapping[Pgn, int]) -> bool:
    met_bsn, met_own = bekend.get(paar.burgerservicenummer or ""), bekend.get(paar.onderwijsnummer or "")
    return met_own is not None and paar.burgerservicenummer is not None and met_bsn != met_own


def persoonsgegevens(pgns: Collection[Pgn]) -> dict[Pgn, Persoon]:
    """Return what the source knows now of persons, by the number asked for; no address that is secret.

    Raises:
        OSError: the source cannot be reached.
    """
    return {pgn: zonder_geheim_adres(persoon) for pgn, persoon in bron().personen(pgns).items()}


def gewijzigde_personen(na: str, aantal: int) -> Bronwijzigingen:
    """Return whose data changed at the source since an earlier answer (empty: since the beginning).

    Raises:
        OSError: the source cannot be reached.
    """
    uit = bron().gewijzigd(na, aantal)
    return Bronwijzigingen(tuple(map(zonder_geheim_adres, uit.personen)), uit.tot)


def zonder_geheim_adres(persoon: Persoon) -> Persoon:
    """Return the person without an address that the BRP keeps secret (Handleiding, h. 08): it is not even kept."""
    return replace(persoon, adres=None) if persoon.geheim else persoon
