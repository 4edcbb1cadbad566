"""The people of the demo: fictitious, each with the roles of one job. They exist in demo mode only."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from msgspec import Struct

from kernregister.kern.regels.paspoort import Tekst
from kernregister.platform import klok
from kernregister.platform.sql import STELSEL
from kernregister.web.toegang.gebruikers import ken_toe, maak_gebruiker, toekenningen
from kernregister.web.toegang.rollen import KENMERK_DUO, KENMERK_SECTOR, Rol

DOOR: Final = "demo"


class Persona(Struct, frozen=True):
    """One of the people of the demo."""

    naam: str
    """The part of the e-mail address before the at sign."""
    voornaam: str
    achternaam: str
    werk: Tekst
    rollen: tuple[Rol, ...]
    plaats: tuple[str, ...] = ("eerste",)
    """At which institutions: ``eerste`` (funded), ``tweede`` (funded) or ``nbi``; or a kenmerk without institution."""

    @property
    def adres(self) -> str:
        """Return the e-mail address with which the persona is known."""
        return f"{self.naam}@voorbeeld.example"


_MEDEWERKER: Final = (Rol.TOEGANG, Rol.STUDENTDOSSIER, Rol.SIGNALEN, Rol.BEKOSTIGING, Rol.REGISTERCONTROLE)

PERSONAS: Final = (
    Persona(
        "amira",
        "Amira",
        "van den Berg",
        Tekst("studentenadministratie van een mbo-college", "student administration of a college"),
        _MEDEWERKER,
    ),
    Persona(
        "bas",
        "Bas",
        "Willemsen",
        Tekst("beheerder van hetzelfde college: gebruikers en rollen", "its administrator: users and roles"),
        (Rol.BEHEERDER, Rol.TOEGANG),
    ),
    Persona(
        "chen",
        "Chen",
        "de Vries",
        Tekst("studentenadministratie van een tweede college", "student administration of a second college"),
        _MEDEWERKER,
        ("tweede",),
    ),
    Persona(
        "dunya",
        "Dunya",
        "Hendriks",
        Tekst(
            "eigenaar van een niet-bekostigde opleider: beheerder en administratie in één",
            "owner of a private provider: administrator and administration in one",
        ),
        (Rol.TOEGANG, Rol.STUDENTDOSSIER, Rol.SIGNALEN, Rol.REGISTERCONTROLE, Rol.BEHEERDER),
        ("nbi",),
    ),
    Persona(
        "emiel",
        "Emiel",
        "Postma",
        Tekst("accountant van twee colleges", "accountant of two colleges"),
        (Rol.TOEGANG, Rol.ACCOUNTANT),
        ("eerste", "tweede"),
    ),
    Persona(
        "fenna",
        "Fenna",
        "Dijkstra",
        Tekst("behandelaar bij DUO", "handler at DUO"),
        (Rol.TOEGANG, Rol.DUO, Rol.STAMGEGEVENS, Rol.BEHEERDER),
        (KENMERK_DUO,),
    ),
    Persona(
        "guus",
        "Guus",
        "Maas",
        Tekst("onderzoeker bij de sectororganisatie", "researcher at the sector organisation"),
        (Rol.TOEGANG, Rol.SECTOR),
        (KENMERK_SECTOR,),
    ),
    Persona(
        "ilse",
        "Ilse",
        "Bakker",
        Tekst(
            "controller van het eerste college: overzichten en het assurance-rapport",
            "controller of the first college: overviews and the assurance report",
        ),
        (
            Rol.TOEGANG,
            Rol.REGISTERCONTROLE,
            Rol.OBO,
            Rol.BESTANDSUITWISSELING,
            Rol.ASSURANCE,
            Rol.BEKOSTIGING,
        ),
    ),
    Persona(
        "hanna",
        "Hanna",
        "Smit",
        Tekst("medewerker intake: alleen het studentdossier", "intake: the student dossier only"),
        (Rol.TOEGANG, Rol.STUDENTDOSSIER),
    ),
)

ADRESSEN: Final = frozenset(persona.adres for persona in PERSONAS)
"""With which names the personas are known; in demo mode they need no token generator."""


def maak_personas(instellingen: dict[str, str], studiejaar: str) -> list[User]:
    """Make the accounts of all personas with their roles; those that are there already stay.

    Args:
        instellingen: the instellingscode of ``eerste``, ``tweede`` and ``nbi``.
        studiejaar: the year that an accountant may read, as ``2025-2026``.
    """
    uit = []
    for persona in PERSONAS:
        gebruiker = get_user_model().objects.using(STELSEL).filter(username=persona.adres).first()
        if gebruiker is None:
            gebruiker = maak_gebruiker(persona.adres, persona.voornaam, persona.achternaam)
        heeft = {(een.rol, een.kenmerk) for een in toekenningen(gebruiker)}
        for plaats in persona.plaats:
            kenmerk = instellingen.get(plaats, plaats)
            for rol in persona.rollen:
                jaar = studiejaar if rol is Rol.ACCOUNTANT else ""
                tot = klok.nu() + timedelta(days=365) if rol is Rol.ACCOUNTANT else None
                if (rol, kenmerk) not in heeft:
                    ken_toe(gebruiker, rol, kenmerk, door=DOOR, studiejaar=jaar, geldig_tot=tot)
        uit.append(gebruiker)
    return uit
