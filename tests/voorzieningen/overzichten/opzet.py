"""What the tests of the overviews start from: a register with a fictitious sector in it, and requests that are made."""

from datetime import date
from uuid import UUID

from kernregister.fictief.sector import Sector
from kernregister.voorzieningen.overzichten import maken
from kernregister.voorzieningen.overzichten import public as overzichten
from tests.voorzieningen.kwaliteit.opzet import laad
from tests.voorzieningen.register.opzet import zet_sector_klaar

BEGIN, EINDE = date(2025, 8, 1), date(2026, 7, 31)


def gevuld(dossiers: int = 40) -> Sector:
    """Load a sector into the register: reference data, persons and all that is registered of them."""
    sector = zet_sector_klaar(dossiers)
    laad(sector.dossiers())
    return sector


def vraag(soort: str, instelling: str, **velden: object) -> overzichten.Aanvraag:
    """Ask for an overview, and have it made as the worker does."""
    uit = overzichten.vraag_aan(overzichten.Wens(soort=soort, instelling=instelling, **velden), "test")
    assert not isinstance(uit, list), uit
    return gemaakt(uit.id)


def gemaakt(id_: UUID) -> overzichten.Aanvraag:
    maken.maak(id_)
    uit = overzichten.aanvraag(id_, "stelsel")
    assert uit is not None
    return uit


def inhoud(aanvraag: overzichten.Aanvraag, plaats: int = 0) -> bytes:
    """Return a file of a request that is done."""
    assert aanvraag.toestand == "klaar", aanvraag.uitleg
    bestanden = overzichten.bestanden([aanvraag.id], "stelsel")[aanvraag.id]
    return b"".join(overzichten.bestand(bestanden[plaats].id))
