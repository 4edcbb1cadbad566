"""Accounting for a studiejaar: an OBO, the accountant's report on it, the decision of DUO, and what is definitive."""

from uuid import UUID

from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.tijd import Studiejaar
from kernregister.platform.pas import Bijzonder, Pas, Soort, met_pas
from kernregister.voorzieningen.bekostigen import public as bekostigen
from kernregister.voorzieningen.overzichten import public as overzichten
from tests.voorzieningen.bekostigen import rapporten
from tests.voorzieningen.overzichten.opzet import vraag

STUDIEJAAR = Studiejaar(2025)
JAAR = Bekostigingsjaar(2027)
ALLES = frozenset(Bijzonder)


def instelling(code: str) -> bekostigen.Bevoegde:
    """Somebody at an institution."""
    return bekostigen.Bevoegde(Pas(Soort.INSTELLING, code, "", ALLES), f"sis-{code}", "j.jansen")


def accountant(code: str, studiejaar: Studiejaar = STUDIEJAAR) -> bekostigen.Bevoegde:
    pas = Pas(Soort.ACCOUNTANT, code, str(studiejaar), ALLES)
    return bekostigen.Bevoegde(pas, f"accountant-{code}", "a.ccountant")


DUO = bekostigen.Bevoegde(Pas(Soort.DUO), "duo", "d.vries")


def obo(code: str, studiejaar: Studiejaar = STUDIEJAAR) -> overzichten.Aanvraag:
    """Ask for an OBO, and have it made."""
    uit = vraag("OBO", code, studiejaar=studiejaar)
    assert uit.toestand == "klaar", uit.uitleg
    return uit


def hash_van(aanvraag: overzichten.Aanvraag) -> str:
    return overzichten.hoofdbestand(aanvraag.id).sha256


def indiening(
    aanvraag: overzichten.Aanvraag, tekst: str = "Goedkeurend", **anders: object
) -> bekostigen.Indiening:
    velden = {
        "aanvraag": aanvraag.id,
        "obo_sha256": hash_van(aanvraag),
        "bestandsnaam": f"AR_{aanvraag.instelling}.pdf",
        "inhoud": rapporten.rapport(f"{tekst} {aanvraag.instelling}"),
    }
    return bekostigen.Indiening(**(velden | anders))


def lever_aan(aanvraag: overzichten.Aanvraag, tekst: str = "Goedkeurend") -> UUID:
    """Hand in a report on an OBO."""
    rapport, nieuw = bekostigen.dien_in(indiening(aanvraag, tekst), instelling(aanvraag.instelling))
    assert nieuw
    return rapport.id


def keur_goed(rapport: UUID) -> UUID:
    bekostigen.beslis(rapport, True, "", DUO)
    return rapport


def verantwoord(code: str) -> overzichten.Aanvraag:
    """Do all of it for an institution, and return the OBO."""
    aanvraag = obo(code)
    keur_goed(lever_aan(aanvraag))
    return aanvraag


def beeld(rapport: UUID, pas: Pas = DUO.pas) -> bekostigen.Rapportbeeld:
    with met_pas(pas):
        uit = bekostigen.rapport(rapport)
    assert uit is not None
    return uit


def stel_vast(reden: str = "Alle rapporten zijn binnen.") -> int:
    """Determine the definitive status as the worker does."""
    run = bekostigen.begin(JAAR, reden, DUO)
    bekostigen.draai(run)
    return run


def definitief(code: str) -> bekostigen.Definitief:
    uit = bekostigen.definitief(code, JAAR, "stelsel")
    assert uit is not None
    return uit
