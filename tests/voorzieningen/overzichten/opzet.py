"""What the tests of the overviews start from: a register with a fictitious sector in it, and requests that are made."""

from collections import Counter
from datetime import date
from uuid import UUID

from kernregister.fictief.sector import Sector
from kernregister.kern.gegevens import Soort
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


def instelling_van(sector: Sector) -> str:
    """Return the funded institution with the most enrolments of these dossiers."""
    bekostigd = {school.code for school in sector.scholen if school.instelling.soort == Soort.BI}
    tel = Counter(i.instelling for d in sector.dossiers() for i in d.inschrijvingen)
    return next(code for code, _ in tel.most_common() if code in bekostigd)


def vraag_aan(soort: str, instelling: str, **velden: object) -> overzichten.Aanvraag:
    """Ask for an overview, and have it recorded."""
    uit = overzichten.vraag_aan(overzichten.Wens(soort=soort, instelling=instelling, **velden), "test")
    assert not isinstance(uit, list), uit
    return uit


def codes(soort: str, instelling: str, bijzonder=None, **velden: object) -> list[str]:
    """Return the codes of the objections to a request."""
    wens = overzichten.Wens(soort=soort, instelling=instelling, **velden)
    uit = overzichten.vraag_aan(wens, "test", bijzonder=bijzonder, proef=True)
    assert isinstance(uit, list), uit
    return [bezwaar.code for bezwaar in uit]


def vraag(soort: str, instelling: str, **velden: object) -> overzichten.Aanvraag:
    """Ask for an overview, and have it made as the worker does."""
    return gemaakt(vraag_aan(soort, instelling, **velden).id)


def gemaakt(id_: UUID) -> overzichten.Aanvraag:
    """Make an overview as the worker does."""
    maken.maak(id_)
    uit = overzichten.aanvraag(id_, "stelsel")
    assert uit is not None
    return uit


def inhoud(aanvraag: overzichten.Aanvraag, plaats: int = 0) -> bytes:
    """Return a file of a request that is done."""
    assert aanvraag.toestand == "klaar", aanvraag.uitleg
    bestanden = overzichten.bestanden([aanvraag.id], "stelsel")[aanvraag.id]
    return b"".join(overzichten.bestand(bestanden[plaats].id))


def alles(aanvraag: overzichten.Aanvraag) -> dict[str, bytes]:
    """Return all files of a request that is done, by name."""
    assert aanvraag.toestand == "klaar", aanvraag.uitleg
    bestanden = overzichten.bestanden([aanvraag.id], "stelsel")[aanvraag.id]
    return {b.naam: b"".join(overzichten.bestand(b.id)) for b in bestanden}
