"""Roles: the eight of Mijn DUO and our own, and the rights that each opens (spec 1.2; Handleiding h. 04).

A role opens nothing by itself: it is given together with a kenmerk, the code of an institution (or ``DUO``,
``SECTOR``), and works only there; and only for who also has access to Mijn DUO there.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from msgspec import Struct

from kernregister.kern.regels.paspoort import Tekst
from kernregister.platform.pas import Soort
from kernregister.platform.rechten import Recht

KENMERK_DUO: Final = "DUO"
KENMERK_SECTOR: Final = "SECTOR"


class Rol(StrEnum):
    """A role; the value is what is stored."""

    BEHEERDER = "beheerder-instelling"
    TOEGANG = "mijn-duo-toegang"
    STUDENTDOSSIER = "gebruiker-studentdossier"
    REGISTERCONTROLE = "gebruiker-registercontrole"
    OBO = "mbo-behandelaar-obo"
    BESTANDSUITWISSELING = "bestandsuitwisseling"
    HANDMATIGE_MUTATIE = "aanvrager-handmatige-mutatie"
    ASSURANCE = "verzenden-ar-bve"
    SIGNALEN = "behandelaar-signalen"
    BEKOSTIGING = "behandelaar-bekostiging"
    ACCOUNTANT = "accountant"
    STAMGEGEVENS = "beheerder-stamgegevens"
    DUO = "behandelaar-duo"
    SECTOR = "gebruiker-sectorinformatie"


class Rolbeschrijving(Struct, frozen=True, kw_only=True):
    """What a role is called, what it allows, and for which kind of pass it holds."""

    titel: Tekst
    uitleg: Tekst
    rechten: frozenset[Recht] = frozenset()
    soorten: frozenset[Soort] = frozenset({Soort.INSTELLING})
    """Kinds of pass with which the role can be given."""
    tijdelijk: bool = False
    """It must have an end, and a studiejaar."""
    alleen_bekostigd: bool = False
    """It works on what only a funded institution (BI) has: an OBO, an assurance report, funding (spec 19)."""


_OVERAL: Final = frozenset({Soort.INSTELLING, Soort.ACCOUNTANT, Soort.DUO, Soort.SECTOR})

ROLLEN: Final[dict[Rol, Rolbeschrijving]] = {
    Rol.BEHEERDER: Rolbeschrijving(
        titel=Tekst("Beheerder instelling", "Administrator of the institution"),
        uitleg=Tekst(
            "Met deze rol kan de beheerder van uw instelling zichzelf en gebruikers (medewerkers) rollen en kenmerken "
            "toewijzen voor taken en diensten op Mijn DUO.",
            "With this role the administrator of your institution gives roles and kenmerken for tasks and services on "
            "Mijn DUO, to oneself and to users (staff).",
        ),
        rechten=frozenset({Recht.GEBRUIKERS_BEHEREN, Recht.AUDIT_LEZEN}),
        soorten=_OVERAL - {Soort.ACCOUNTANT},
    ),
    Rol.TOEGANG: Rolbeschrijving(
        titel=Tekst("Mijn DUO-toegang", "Access to Mijn DUO"),
        uitleg=Tekst(
            "Deze rol geeft toegang tot Mijn DUO en moet elke gebruiker hebben. Zonder deze rol geeft geen andere rol "
            "toegang.",
            "This role gives access to Mijn DUO, and every user must have it. Without it no other role gives access.",
        ),
        soorten=_OVERAL,
    ),
    Rol.STUDENTDOSSIER: Rolbeschrijving(
        titel=Tekst("Gebruiker studentdossier", "User of the student dossier"),
        uitleg=Tekst(
            "Deze rol geeft toegang tot het studentdossier (Register Onderwijsdeelnemers). Op het studentdossier kunt "
            "u de vooropleiding(en), inschrijvingen en resultaten van de student raadplegen.",
            "This role gives access to the student dossier (Register Onderwijsdeelnemers), where you look into the "
            "earlier education, enrolments and results of the student.",
        ),
        rechten=frozenset(
            {
                Recht.DOSSIER_LEZEN,
                Recht.PERSONEN_LEZEN,
                Recht.ONDERSTEUNING_LEZEN,
                Recht.VERBLIJF_LEZEN,
                Recht.VERWERKINGEN_LEZEN,
            }
        ),
    ),
    Rol.REGISTERCONTROLE: Rolbeschrijving(
        titel=Tekst("Gebruiker registercontrole", "User of the register control"),
        uitleg=Tekst(
            "Met deze rol kunt u een Registratie Overzicht uit het Register Onderwijsdeelnemers aanvragen, en het "
            "dashboard bekijken.",
            "With this role you request an overview of registrations (RO) from the Register Onderwijsdeelnemers, and "
            "see the dashboard.",
        ),
        rechten=frozenset({Recht.OVERZICHTEN_AANVRAGEN, Recht.CIJFERS_LEZEN, Recht.ONDERSTEUNING_LEZEN}),
    ),
    Rol.OBO: Rolbeschrijving(
        titel=Tekst("Mbo-behandelaar OBO", "Handler of the OBO"),
        uitleg=Tekst(
            "Met deze rol kunt u een OBO aanvragen: een Overzicht Basis- en diplomagegevens Onderzoek, voor de "
            "accountantscontrole.",
            "With this role you request an OBO: an overview of basic and diploma data, for the accountant's control.",
        ),
        rechten=frozenset({Recht.OVERZICHTEN_AANVRAGEN, Recht.BEKOSTIGING_LEZEN, Recht.VERBLIJF_LEZEN}),
        alleen_bekostigd=True,
    ),
    Rol.BESTANDSUITWISSELING: Rolbeschrijving(
        titel=Tekst("Bestandsuitwisseling", "Exchange of files"),
        uitleg=Tekst(
            "Met deze rol kunt u bestanden ophalen en plaatsen op Mijn DUO.",
            "With this role you fetch files from Mijn DUO and place them there.",
        ),
        rechten=frozenset(
            {
                Recht.OVERZICHTEN_AANVRAGEN,
                Recht.MELDINGEN_LEZEN,
                Recht.MELDINGEN_SCHRIJVEN,
                Recht.ONDERSTEUNING_LEZEN,
                Recht.VERBLIJF_LEZEN,
            }
        ),
    ),
    Rol.HANDMATIGE_MUTATIE: Rolbeschrijving(
        titel=Tekst("Aanvrager handmatige mutatie", "Applicant for a manual change"),
        uitleg=Tekst(
            "Met deze rol kunt u een 'verzoek handmatige mutatie' (VHM) op Mijn DUO indienen. Dat onderdeel volgt nog: "
            "tot dan opent de rol de meldingen.",
            "With this role you file a request for a manual change (VHM) on Mijn DUO. That part is still to come: "
            "until then the role opens the meldingen.",
        ),
        rechten=frozenset({Recht.MELDINGEN_LEZEN}),
    ),
    Rol.ASSURANCE: Rolbeschrijving(
        titel=Tekst("Verzenden AR BVE", "Sender of the assurance report"),
        uitleg=Tekst(
            "Met deze rol kunt u het assurance-rapport digitaal aanbieden.",
            "With this role you hand in the assurance report digitally.",
        ),
        rechten=frozenset({Recht.ASSURANCE_INDIENEN, Recht.BEKOSTIGING_LEZEN}),
        soorten=frozenset({Soort.INSTELLING, Soort.ACCOUNTANT}),
        alleen_bekostigd=True,
    ),
    Rol.SIGNALEN: Rolbeschrijving(
        titel=Tekst("Behandelaar signalen en meldingen", "Handler of signals and meldingen"),
        uitleg=Tekst(
            "Lost signalen op, levert meldingen aan, ziet de antwoorden en zoekt codes op in de stamgegevens.",
            "Resolves signals, delivers meldingen, sees the answers and looks up codes in the reference data.",
        ),
        rechten=frozenset(
            {
                Recht.CIJFERS_LEZEN,
                Recht.SIGNALEN_LEZEN,
                Recht.SIGNALEN_BEHEREN,
                Recht.MELDINGEN_LEZEN,
                Recht.MELDINGEN_SCHRIJVEN,
                Recht.PERSONEN_IDENTIFICEREN,
                Recht.ABONNEMENTEN_BEHEREN,
                Recht.BERICHTEN_LEZEN,
                Recht.STAMGEGEVENS_LEZEN,
                Recht.ONDERSTEUNING_LEZEN,
                Recht.VERBLIJF_LEZEN,
            }
        ),
    ),
    Rol.BEKOSTIGING: Rolbeschrijving(
        titel=Tekst("Behandelaar bekostiging", "Handler of funding"),
        uitleg=Tekst(
            "Ziet de voorlopige en definitieve bekostiging en wat een signaal kost.",
            "Sees provisional and definitive funding, and what a signal costs.",
        ),
        rechten=frozenset({Recht.BEKOSTIGING_LEZEN, Recht.CIJFERS_LEZEN}),
        alleen_bekostigd=True,
    ),
    Rol.ACCOUNTANT: Rolbeschrijving(
        titel=Tekst("Accountant", "Accountant"),
        uitleg=Tekst(
            "Leest één studiejaar van de instelling, voor een bepaalde tijd.",
            "Reads one studiejaar of the institution, for a limited time.",
        ),
        rechten=frozenset(
            {
                Recht.DOSSIER_LEZEN,
                Recht.PERSONEN_LEZEN,
                Recht.SIGNALEN_LEZEN,
                Recht.CIJFERS_LEZEN,
                Recht.MELDINGEN_LEZEN,
                Recht.BEKOSTIGING_LEZEN,
                Recht.OVERZICHTEN_AANVRAGEN,
                Recht.VERBLIJF_LEZEN,
            }
        ),
        soorten=frozenset({Soort.ACCOUNTANT}),
        tijdelijk=True,
        alleen_bekostigd=True,
    ),
    Rol.STAMGEGEVENS: Rolbeschrijving(
        titel=Tekst("Beheerder stamgegevens", "Administrator of reference data"),
        uitleg=Tekst("Laadt en activeert stamgegevens.", "Loads and activates reference data."),
        rechten=frozenset({Recht.STAMGEGEVENS_LEZEN, Recht.STAMGEGEVENS_BEHEREN}),
        soorten=frozenset({Soort.DUO}),
    ),
    Rol.DUO: Rolbeschrijving(
        titel=Tekst("Behandelaar DUO", "Handler at DUO"),
        uitleg=Tekst(
            "Behandelt verzoeken en beslist over bekostiging, voor alle instellingen.",
            "Handles requests and decides on funding, for all institutions.",
        ),
        rechten=frozenset(
            {
                Recht.SIGNALEN_LEZEN,
                Recht.SIGNALEN_BEHEREN,
                Recht.CIJFERS_LEZEN,
                Recht.MELDINGEN_LEZEN,
                Recht.BEKOSTIGING_LEZEN,
                Recht.BEKOSTIGING_BEHEREN,
                Recht.STAMGEGEVENS_LEZEN,
                Recht.AUDIT_LEZEN,
            }
        ),
        soorten=frozenset({Soort.DUO}),
    ),
    Rol.SECTOR: Rolbeschrijving(
        titel=Tekst("Gebruiker sectorinformatie", "User of sector information"),
        uitleg=Tekst(
            "Ziet tellingen van de sector, waarin niemand te herkennen is.",
            "Sees counts of the sector in which nobody can be recognised.",
        ),
        rechten=frozenset({Recht.SECTORINFORMATIE_LEZEN, Recht.STAMGEGEVENS_LEZEN}),
        soorten=frozenset({Soort.SECTOR}),
    ),
}


def soort_van(rol: Rol, kenmerk: str) -> Soort:
    """Return the kind of pass with which somebody acts in a role for a kenmerk."""
    if kenmerk == KENMERK_DUO:
        return Soort.DUO
    if kenmerk == KENMERK_SECTOR:
        return Soort.SECTOR
    return Soort.ACCOUNTANT if rol is Rol.ACCOUNTANT else Soort.INSTELLING


def rechten_van(rollen: frozenset[Rol]) -> frozenset[Recht]:
    """Return what a set of roles opens: nothing without access to Mijn DUO."""
    if Rol.TOEGANG not in rollen:
        return frozenset()
    return frozenset().union(*(ROLLEN[rol].rechten for rol in rollen))
