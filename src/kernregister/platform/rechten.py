"""The permission table: which scopes and which kinds of pass a route asks for. Data, so that a test can walk it.

A route that is not in it is closed. Which rows somebody sees behind an open route is not decided here but by the
policies of the tables (``platform.pas``): this table only opens doors.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Final

from msgspec import Struct

from kernregister.platform.pas import Bijzonder, Pas, Soort


class Recht(StrEnum):
    """A scope of an API client, or of somebody who is logged in."""

    MELDINGEN_SCHRIJVEN = "meldingen.schrijven"
    MELDINGEN_LEZEN = "meldingen.lezen"
    DOSSIER_LEZEN = "dossier.lezen"
    PERSONEN_LEZEN = "personen.lezen"
    PERSONEN_IDENTIFICEREN = "personen.identificeren"
    ABONNEMENTEN_BEHEREN = "abonnementen.beheren"
    BERICHTEN_LEZEN = "berichten.lezen"
    ONDERSTEUNING_LEZEN = "ondersteuning.lezen"
    """Extra ondersteuning: a fact of health (AVG art. 9). Narrows what is read, opens no route by itself."""
    VERBLIJF_LEZEN = "verblijf.lezen"
    """Titles of residence and nationality."""
    SIGNALEN_LEZEN = "signalen.lezen"
    SIGNALEN_BEHEREN = "signalen.beheren"
    BEKOSTIGING_LEZEN = "bekostiging.lezen"
    BEKOSTIGING_BEHEREN = "bekostiging.beheren"
    """DUO's side: decide on assurance reports, determine the definitive status."""
    ASSURANCE_INDIENEN = "assurance.indienen"
    OVERZICHTEN_AANVRAGEN = "overzichten.aanvragen"
    STAMGEGEVENS_LEZEN = "stamgegevens.lezen"
    STAMGEGEVENS_BEHEREN = "stamgegevens.beheren"
    VERWERKINGEN_LEZEN = "verwerkingen.lezen"
    AUDIT_LEZEN = "audit.lezen"
    REGISTER_BEHEREN = "register.beheren"
    SECTORINFORMATIE_LEZEN = "sectorinformatie.lezen"
    CIJFERS_LEZEN = "cijfers.lezen"
    """The dashboard of an institution: counts, and whose records they are."""
    GEBRUIKERS_BEHEREN = "gebruikers.beheren"
    """Who works with the portal, and in which roles."""


BIJZONDER: Final[Mapping[Recht, Bijzonder]] = {
    Recht.ONDERSTEUNING_LEZEN: Bijzonder.ONDERSTEUNING,
    Recht.VERBLIJF_LEZEN: Bijzonder.VERBLIJF,
}
"""The scopes that open special data; what a pass carries follows from them and from nothing else."""


class Toegang(Struct, frozen=True):
    """What a route asks: all of these scopes, and a pass of one of these kinds."""

    rechten: frozenset[Recht]
    soorten: frozenset[Soort]


def _toegang(*rechten: Recht, soorten: Collection[Soort]) -> Toegang:
    return Toegang(frozenset(rechten), frozenset(soorten))


_LEVERT: Final = (Soort.INSTELLING,)
_ZIET_INSTELLING: Final = (Soort.INSTELLING, Soort.ACCOUNTANT, Soort.DUO)
_VERANTWOORDT: Final = (Soort.INSTELLING, Soort.ACCOUNTANT)
_ZIET_DOSSIER: Final = (*_ZIET_INSTELLING, Soort.STUDENT, Soort.VERTEGENWOORDIGER, Soort.SCHOOL)
_BEHEERT: Final = (Soort.DUO,)
_IEDEREEN: Final = tuple(Soort)
_ZIET_SECTOR: Final = (Soort.SECTOR, Soort.DUO)

OPENBAAR: Final = frozenset(
    {
        *("gezondheid", "openapi", "documentatie", "fouten", "fout", "token", "regels", "regel"),
        *("portaal_voorkeur", "portaal_personas", "portaal_regels", "portaal_regel"),
        # logging in, and back in
        *("account_login", "account_logout", "account_inactive", "mfa_authenticate"),
        *("account_reset_password", "account_reset_password_done", "account_reset_password_from_key"),
        *("account_reset_password_from_key_done", "openid_connect_login", "openid_connect_callback"),
        *("socialaccount_login_cancelled", "socialaccount_login_error"),
    }
)
"""Routes without a pass: they hold nothing of anybody."""

ZONDER_TOKEN: Final = frozenset({"mfa_activate_totp", "account_reauthenticate"})
"""Pages for whoever is logged in and must first connect a token generator."""

VOOR_MACHINES: Final = ("/api/", "/oauth/", "/gezond", "/.well-known/")
"""Addresses for machines: no session, no cookie, no form."""

INGELOGD: Final = ZONDER_TOKEN | {
    *("portaal_begin", "portaal_kenmerk", "portaal_account"),
    *("account_change_password", "account_set_password", "mfa_index", "mfa_reauthenticate"),
    *("mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"),
    "mfa_download_recovery_codes",
}
"""Pages for whoever is logged in, whatever the role."""

ALLEEN_PROEF: Final = frozenset({"proef_klok", "proef_gegevens", "portaal_personas"})
"""Routes that exist in demo mode only."""

RECHTEN: Final[Mapping[str, Toegang]] = {
    # the one door
    "melding_indienen": _toegang(Recht.MELDINGEN_SCHRIJVEN, soorten=_LEVERT),
    "meldingen_bulk": _toegang(Recht.MELDINGEN_SCHRIJVEN, soorten=_LEVERT),
    "meldingen_overzicht_laden": _toegang(Recht.MELDINGEN_SCHRIJVEN, soorten=_LEVERT),
    "levering": _toegang(Recht.MELDINGEN_SCHRIJVEN, soorten=_LEVERT),
    "meldingen": _toegang(Recht.MELDINGEN_LEZEN, soorten=_ZIET_INSTELLING),
    "melding": _toegang(Recht.MELDINGEN_LEZEN, soorten=_ZIET_INSTELLING),
    # what is registered
    "inschrijvingen": _toegang(Recht.DOSSIER_LEZEN, soorten=_ZIET_INSTELLING),
    "inschrijving": _toegang(Recht.DOSSIER_LEZEN, soorten=_ZIET_INSTELLING),
    "resultaten": _toegang(Recht.DOSSIER_LEZEN, soorten=_ZIET_INSTELLING),
    "dossiers": _toegang(Recht.DOSSIER_LEZEN, soorten=_ZIET_INSTELLING),
    "dossier": _toegang(Recht.DOSSIER_LEZEN, soorten=_ZIET_DOSSIER),
    "dossier_zoeken": _toegang(Recht.DOSSIER_LEZEN, soorten=_ZIET_INSTELLING),
    "versies": _toegang(Recht.DOSSIER_LEZEN, soorten=_ZIET_INSTELLING),
    "stand": _toegang(soorten=_IEDEREEN),
    "wijzigingen": _toegang(Recht.DOSSIER_LEZEN, soorten=_ZIET_INSTELLING),
    # persons
    "personen": _toegang(Recht.PERSONEN_LEZEN, soorten=_ZIET_INSTELLING),
    "persoon": _toegang(Recht.PERSONEN_LEZEN, soorten=_ZIET_DOSSIER),
    "persoon_identificeren": _toegang(Recht.PERSONEN_IDENTIFICEREN, soorten=_LEVERT),
    "vooropleiding": _toegang(Recht.PERSONEN_LEZEN, soorten=_ZIET_DOSSIER),
    "abonnementen": _toegang(Recht.ABONNEMENTEN_BEHEREN, soorten=_LEVERT),
    "abonnement_zetten": _toegang(Recht.ABONNEMENTEN_BEHEREN, soorten=_LEVERT),
    "abonnement_beeindigen": _toegang(Recht.ABONNEMENTEN_BEHEREN, soorten=_LEVERT),
    "berichten": _toegang(Recht.BERICHTEN_LEZEN, soorten=_LEVERT),
    # quality
    "signalen": _toegang(Recht.SIGNALEN_LEZEN, soorten=_ZIET_INSTELLING),
    "signaal": _toegang(Recht.SIGNALEN_LEZEN, soorten=_ZIET_INSTELLING),
    "signaal_toewijzen": _toegang(Recht.SIGNALEN_BEHEREN, soorten=_LEVERT),
    "signaal_afzien": _toegang(Recht.SIGNALEN_BEHEREN, soorten=_LEVERT),
    "afzien_beslissen": _toegang(Recht.SIGNALEN_BEHEREN, soorten=_LEVERT),
    "afzien_intrekken": _toegang(Recht.SIGNALEN_BEHEREN, soorten=_LEVERT),
    "kwc": _toegang(Recht.SIGNALEN_LEZEN, soorten=_ZIET_INSTELLING),
    "dashboard": _toegang(Recht.SIGNALEN_LEZEN, soorten=_ZIET_INSTELLING),
    # counts of the sector
    "sectorinformatie_aanvragen": _toegang(Recht.SECTORINFORMATIE_LEZEN, soorten=_ZIET_SECTOR),
    "sectorinformatie": _toegang(Recht.SECTORINFORMATIE_LEZEN, soorten=_ZIET_SECTOR),
    "sectorlevering": _toegang(Recht.SECTORINFORMATIE_LEZEN, soorten=_ZIET_SECTOR),
    "sectorbestand": _toegang(Recht.SECTORINFORMATIE_LEZEN, soorten=_ZIET_SECTOR),
    # funding
    "bekostiging_dossier": _toegang(Recht.BEKOSTIGING_LEZEN, soorten=_ZIET_INSTELLING),
    "bekostiging_regels": _toegang(Recht.BEKOSTIGING_LEZEN, soorten=_ZIET_INSTELLING),
    "bekostiging_totalen": _toegang(Recht.BEKOSTIGING_LEZEN, soorten=_ZIET_INSTELLING),
    "bekostiging_prognose": _toegang(Recht.BEKOSTIGING_LEZEN, soorten=_ZIET_INSTELLING),
    "bekostiging_sector": _toegang(Recht.BEKOSTIGING_LEZEN, soorten=(Soort.SECTOR, Soort.DUO)),
    "bekostiging_wat_als": _toegang(Recht.BEKOSTIGING_LEZEN, Recht.MELDINGEN_SCHRIJVEN, soorten=_LEVERT),
    "bekostiging_terugmelding": _toegang(Recht.BEKOSTIGING_LEZEN, soorten=_LEVERT),
    "bekostiging_terugmelding_zetten": _toegang(
        Recht.BEKOSTIGING_LEZEN, Recht.ABONNEMENTEN_BEHEREN, soorten=_LEVERT
    ),
    # overviews
    "overzicht_aanvragen": _toegang(Recht.OVERZICHTEN_AANVRAGEN, soorten=_LEVERT),
    "overzichten": _toegang(Recht.OVERZICHTEN_AANVRAGEN, soorten=_ZIET_INSTELLING),
    "overzicht": _toegang(Recht.OVERZICHTEN_AANVRAGEN, soorten=_ZIET_INSTELLING),
    "overzicht_bestand": _toegang(Recht.OVERZICHTEN_AANVRAGEN, soorten=_ZIET_INSTELLING),
    # accounting for a studiejaar
    "assurancerapport_aanleveren": _toegang(Recht.ASSURANCE_INDIENEN, soorten=_VERANTWOORDT),
    "assurancerapporten": _toegang(Recht.BEKOSTIGING_LEZEN, soorten=_ZIET_INSTELLING),
    "assurancerapport": _toegang(Recht.BEKOSTIGING_LEZEN, soorten=_ZIET_INSTELLING),
    "assurancerapport_bestand": _toegang(Recht.BEKOSTIGING_LEZEN, soorten=_ZIET_INSTELLING),
    "assurancerapport_beslissen": _toegang(Recht.BEKOSTIGING_BEHEREN, soorten=_BEHEERT),
    "assurance_stand": _toegang(Recht.BEKOSTIGING_BEHEREN, soorten=_BEHEERT),
    "definitief_beginnen": _toegang(Recht.BEKOSTIGING_BEHEREN, soorten=_BEHEERT),
    "definitieve_bepalingen": _toegang(Recht.BEKOSTIGING_BEHEREN, soorten=_BEHEERT),
    "definitieve_bepaling": _toegang(Recht.BEKOSTIGING_BEHEREN, soorten=_BEHEERT),
    "definitief_afbreken": _toegang(Recht.BEKOSTIGING_BEHEREN, soorten=_BEHEERT),
    "bekostiging_definitief": _toegang(Recht.BEKOSTIGING_LEZEN, soorten=_ZIET_INSTELLING),
    "mutatiestops": _toegang(Recht.BEKOSTIGING_LEZEN, soorten=_ZIET_INSTELLING),
    "mutatiestop_kiezen": _toegang(Recht.ASSURANCE_INDIENEN, soorten=_LEVERT),
    "mutatiestop_opleggen": _toegang(Recht.BEKOSTIGING_BEHEREN, soorten=_BEHEERT),
    "mutatiestop_ontheffingen": _toegang(Recht.BEKOSTIGING_LEZEN, soorten=_ZIET_INSTELLING),
    "mutatiestop_opheffen": _toegang(Recht.ASSURANCE_INDIENEN, soorten=(Soort.ACCOUNTANT,)),
    # reference data
    "stamgegevens": _toegang(Recht.STAMGEGEVENS_LEZEN, soorten=_IEDEREEN),
    "stamgegevens_lijst": _toegang(Recht.STAMGEGEVENS_LEZEN, soorten=_IEDEREEN),
    "stamgegevens_laden": _toegang(Recht.STAMGEGEVENS_BEHEREN, soorten=_BEHEERT),
    "stamgegevens_activeren": _toegang(Recht.STAMGEGEVENS_BEHEREN, soorten=_BEHEERT),
    # accountability
    "verwerkingen": _toegang(
        Recht.VERWERKINGEN_LEZEN, soorten=(Soort.INSTELLING, Soort.STUDENT, Soort.VERTEGENWOORDIGER)
    ),
    "auditregels": _toegang(Recht.AUDIT_LEZEN, soorten=(Soort.INSTELLING, Soort.DUO)),
    # the register itself
    "regelinstellingen": _toegang(Recht.STAMGEGEVENS_LEZEN, soorten=_IEDEREEN),
    "regelinstelling_zetten": _toegang(Recht.REGISTER_BEHEREN, soorten=_BEHEERT),
    # a trial: fictitious persons, and a clock that can be moved
    "proef_klok": _toegang(Recht.REGISTER_BEHEREN, soorten=_BEHEERT),
    "proef_gegevens": _toegang(Recht.MELDINGEN_SCHRIJVEN, soorten=(*_LEVERT, *_BEHEERT)),
    # the pages of the portal
    **dict.fromkeys(
        ("portaal_dashboard", "portaal_dashboard_csv", "portaal_dashboard_cel", "portaal_dashboard_cel_csv"),
        _toegang(Recht.CIJFERS_LEZEN, soorten=_ZIET_INSTELLING),
    ),
    **dict.fromkeys(
        (
            *("portaal_administratie", "portaal_administratie_koppeling", "portaal_administratie_koppelen"),
            *("portaal_administratie_vergelijking", "portaal_administratie_verschillen"),
            *("portaal_administratie_opdracht", "portaal_administratie_uitvoer"),
        ),
        _toegang(Recht.MELDINGEN_SCHRIJVEN, Recht.MELDINGEN_LEZEN, soorten=_LEVERT),
    ),
    "portaal_invoer": _toegang(Recht.MELDINGEN_SCHRIJVEN, soorten=_LEVERT),
    "portaal_invoer_soort": _toegang(Recht.MELDINGEN_SCHRIJVEN, soorten=_LEVERT),
    **dict.fromkeys(
        ("portaal_invoer_bulk", "portaal_invoer_bulk_een", "portaal_invoer_bulk_bestand"),
        _toegang(Recht.MELDINGEN_SCHRIJVEN, soorten=_LEVERT),
    ),
    "portaal_invoer_gedaan": _toegang(Recht.MELDINGEN_SCHRIJVEN, soorten=_LEVERT),
    **dict.fromkeys(
        ("portaal_meldingen", "portaal_meldingen_telling", "portaal_melding"),
        _toegang(Recht.MELDINGEN_LEZEN, soorten=_ZIET_INSTELLING),
    ),
    **dict.fromkeys(
        (
            *("portaal_melding_herstellen", "portaal_meldingen_opzij", "portaal_meldingen_aanleveren"),
            *("portaal_levering", "portaal_levering_fouten", "portaal_levering_doorvoeren"),
            *("portaal_levering_proef", "portaal_levering_hervatten", "portaal_levering_intrekken"),
        ),
        _toegang(Recht.MELDINGEN_SCHRIJVEN, soorten=_LEVERT),
    ),
    **dict.fromkeys(
        ("portaal_signalen", "portaal_signalen_nieuws", "portaal_signalen_bestand", "portaal_signaal"),
        _toegang(Recht.SIGNALEN_LEZEN, soorten=_ZIET_INSTELLING),
    ),
    **dict.fromkeys(("portaal_zaken", "portaal_zaak"), _toegang(Recht.SIGNALEN_LEZEN, soorten=_LEVERT)),
    **dict.fromkeys(
        ("portaal_signalen_samen", "portaal_signaal_doen", "portaal_zaak_zeggen"),
        _toegang(Recht.SIGNALEN_BEHEREN, soorten=_LEVERT),
    ),
    "portaal_signaal_beslissen": _toegang(Recht.SIGNALEN_BEHEREN, soorten=_BEHEERT),
    "portaal_lijst": _toegang(Recht.MELDINGEN_SCHRIJVEN, soorten=_LEVERT),
    "portaal_overzichten": _toegang(Recht.OVERZICHTEN_AANVRAGEN, soorten=_ZIET_INSTELLING),
    "portaal_overzichten_stand": _toegang(Recht.OVERZICHTEN_AANVRAGEN, soorten=_ZIET_INSTELLING),
    "portaal_sectorinformatie": _toegang(Recht.SECTORINFORMATIE_LEZEN, soorten=_ZIET_SECTOR),
    "portaal_sectorinformatie_stand": _toegang(Recht.SECTORINFORMATIE_LEZEN, soorten=_ZIET_SECTOR),
    "portaal_sectorbestand": _toegang(Recht.SECTORINFORMATIE_LEZEN, soorten=_ZIET_SECTOR),
    "portaal_stamgegevens": _toegang(Recht.STAMGEGEVENS_LEZEN, soorten=_IEDEREEN),
    "portaal_stamlijst": _toegang(Recht.STAMGEGEVENS_LEZEN, soorten=_IEDEREEN),
    "portaal_stamgegevens_laden": _toegang(Recht.STAMGEGEVENS_BEHEREN, soorten=_BEHEERT),
    "portaal_stamgegevens_activeren": _toegang(Recht.STAMGEGEVENS_BEHEREN, soorten=_BEHEERT),
    "portaal_verantwoording": _toegang(Recht.BEKOSTIGING_LEZEN, soorten=_ZIET_INSTELLING),
    "portaal_verantwoording_aanleveren": _toegang(Recht.ASSURANCE_INDIENEN, soorten=_VERANTWOORDT),
    "portaal_verantwoording_besluit": _toegang(Recht.BEKOSTIGING_BEHEREN, soorten=_BEHEERT),
    "portaal_verantwoording_bestand": _toegang(Recht.BEKOSTIGING_LEZEN, soorten=_ZIET_INSTELLING),
    "portaal_overzicht_bestand": _toegang(Recht.OVERZICHTEN_AANVRAGEN, soorten=_ZIET_INSTELLING),
    **dict.fromkeys(
        (
            "portaal_studentdossier",
            "portaal_studentdossier_persoon",
            "portaal_studentdossier_deelnames",
            "portaal_studentdossier_resultaten",
            "portaal_studentdossier_vooropleiding",
            "portaal_studentdossier_tijdlijn",
            "portaal_studentdossier_veranderd",
        ),
        _toegang(Recht.DOSSIER_LEZEN, Recht.PERSONEN_LEZEN, soorten=_VERANTWOORDT),
    ),
    "portaal_studentdossier_inzage": _toegang(
        Recht.DOSSIER_LEZEN, Recht.PERSONEN_LEZEN, Recht.VERWERKINGEN_LEZEN, soorten=_LEVERT
    ),
    **{
        naam: _toegang(Recht.GEBRUIKERS_BEHEREN, soorten=(*_LEVERT, *_ZIET_SECTOR))
        for naam in (
            *("portaal_gebruikers", "portaal_gebruiker", "portaal_uitnodigen"),
            "portaal_gebruikers_historie",
        )
    },
}
"""Route name (that of ``urls``) to what it asks."""


def mag(pas: Pas | None, client_rechten: Collection[str], route: str) -> bool:
    """Tell whether somebody may enter a route; a route that nobody wrote down is closed to all.

    Args:
        pas: who asks; None when nobody is known.
        client_rechten: the scopes that were granted to the client or user; names we do not know open nothing.
        route: the route's name, without namespace.
    """
    if route in OPENBAAR:
        return True
    toegang = RECHTEN.get(route)
    return (
        toegang is not None
        and pas is not None
        and pas.soort in toegang.soorten
        and toegang.rechten <= frozenset(client_rechten)
    )


def bijzonder_van(client_rechten: Collection[str]) -> frozenset[Bijzonder]:
    """Return the kinds of special data that a pass may carry, given the scopes that were granted."""
    return frozenset(soort for recht, soort in BIJZONDER.items() if recht in client_rechten)
