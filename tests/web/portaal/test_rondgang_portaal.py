"""The permission walk of the portal: every address for people, by every role, by nobody, by another institution."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from kernregister.platform.rechten import ALLEEN_PROEF, INGELOGD, OPENBAAR, RECHTEN, ZONDER_TOKEN, mag
from kernregister.web.portaal.paginas import PAGINAS
from kernregister.web.toegang.gebruikers import hoedanigheden
from kernregister.web.toegang.rollen import KENMERK_DUO, KENMERK_SECTOR, ROLLEN, Rol
from kernregister.web.tussenlagen import VOOR_MACHINES
from tests.databank import Databank
from tests.voorzieningen.register import opzet
from tests.web.portaal.conftest import MaakBezoeker

NIET_BESTAAND: dict[str, Any] = {
    "int": 987_654_321,
    "slug": "niet-bestaand",
    "string": "niet-bestaand",
    "uuid": UUID(int=7),
    "path": "niet/bestaand",
}
"""By converter: a value that fits an address and names nothing; so a new page needs nothing here."""

IN_ADRES: dict[str, dict[str, Any]] = {
    "account_reset_password_from_key": {"uidb36": "zz", "key": "niet-bestaand"},
}
"""Addresses that are no plain path of converters, by name."""


def wegen() -> Iterator[tuple[str, str]]:
    """Yield the name and address of everything that a person can open: all of urls but what is for machines."""

    def loop(patronen: list[Any], voor: str) -> Iterator[tuple[str, str]]:
        for patroon in patronen:
            pad = voor + str(patroon.pattern)
            if isinstance(patroon, URLResolver):
                yield from loop(patroon.url_patterns, pad)
            elif isinstance(patroon, URLPattern) and not f"/{pad}".startswith(VOOR_MACHINES):
                waarden = IN_ADRES.get(patroon.name or "") or _waarden(patroon)
                yield (
                    patroon.name or pad,
                    reverse(patroon.name, kwargs=waarden) if patroon.name else f"/{pad}",
                )

    yield from loop(get_resolver().url_patterns, "")


def _soorten(patroon: URLPattern) -> dict[str, str]:
    """Return the kind of each part of an address that differs."""
    omzetters = patroon.pattern.converters
    return {naam: type(een).__name__.removesuffix("Converter").lower() for naam, een in omzetters.items()}


def _waarden(patroon: URLPattern, **bestaand: Any) -> dict[str, Any]:
    """Return a value for every part of an address: one that exists, otherwise one that names nothing."""
    return {naam: bestaand.get(naam, NIET_BESTAAND[soort]) for naam, soort in _soorten(patroon).items()}


WEGEN = dict(wegen())
PATRONEN = {een.name: een for een in get_resolver().url_patterns if getattr(een, "name", None) in PAGINAS}
BIJZONDERE = {Rol.ACCOUNTANT, Rol.DUO, Rol.SECTOR, Rol.STAMGEGEVENS}
"""Roles that no institution gives to its own people."""
SOORTEN = ("GET", "POST")


def bezoekers(bezoeker: MaakBezoeker) -> Iterator[tuple[str, Client]]:
    """Yield somebody in every role alone, an accountant, and somebody with a role that lacks the base."""
    for rol, een in ROLLEN.items():
        for soort in sorted(een.soorten):
            kenmerk = {"duo": KENMERK_DUO, "sector": KENMERK_SECTOR}.get(soort, "25PV")
            jaar = "2025-2026" if soort == "accountant" and rol is not Rol.TOEGANG else ""
            if soort == "accountant" and rol is Rol.TOEGANG:
                continue
            yield f"{rol} voor {soort}", bezoeker(rol, kenmerk=kenmerk, studiejaar=jaar)


def gebruiker_van(browser: Client):
    """Return who is logged in."""
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get(pk=browser.session["_auth_user_id"])


def mag_ieder(browser: Client, naam: str) -> bool:
    """Tell whether somebody may enter a page in one of their capacities."""
    return any(mag(een.pas, een.rechten, naam) for een in hoedanigheden(gebruiker_van(browser)))


def test_every_address_for_people_stands_in_the_permission_table() -> None:
    assert set(WEGEN) <= set(RECHTEN) | OPENBAAR | INGELOGD
    assert set(PAGINAS) <= set(WEGEN)
    assert {"portaal_begin", "account_login", "mfa_activate_totp", "openid_connect_callback"} <= set(WEGEN)


def test_no_name_in_the_table_leads_nowhere() -> None:
    portaal = {naam for naam in (*RECHTEN, *INGELOGD) if naam.startswith("portaal_")}
    assert portaal <= set(WEGEN)
    assert not INGELOGD & OPENBAAR
    assert ZONDER_TOKEN <= INGELOGD
    assert not INGELOGD & RECHTEN.keys()


@pytest.mark.parametrize("soort", SOORTEN)
def test_nobody_is_sent_to_the_login_page_from_everywhere_but_what_is_open(
    databank: Databank, soort: str
) -> None:
    for naam, pad in WEGEN.items():
        browser = Client(SERVER_NAME="localhost", raise_request_exception=False)
        antwoord = browser.generic(soort, pad)
        if naam in ALLEEN_PROEF:
            assert antwoord.status_code == 404, naam
        elif naam in OPENBAAR:
            assert antwoord.status_code < 500, naam
        elif antwoord.status_code == 405:
            assert soort not in PAGINAS[naam].methoden
        else:
            assert antwoord.status_code == 302, (naam, antwoord.status_code)
            assert antwoord["Location"].startswith("/account/"), naam
            assert browser.get(antwoord["Location"]).status_code in (200, 302), naam


def test_each_role_enters_the_pages_that_the_table_opens_for_it_and_no_others(bezoeker: MaakBezoeker) -> None:
    for wie, browser in bezoekers(bezoeker):
        for naam, pagina in PAGINAS.items():
            if naam in ALLEEN_PROEF | OPENBAAR | INGELOGD:
                continue
            open_ = mag_ieder(browser, naam)
            for methode in pagina.methoden:
                antwoord = browser.generic(methode, WEGEN[naam])
                if open_ and methode == "GET":
                    # what its address names does not exist, or its query is not complete
                    assert antwoord.status_code in (200, 204, 302, 400, 404, 422), (wie, naam, antwoord)
                elif open_:
                    # changing something may ask for more than looking does
                    assert antwoord.status_code < 500, (wie, naam, antwoord)
                else:
                    assert antwoord.status_code == 403, (wie, naam, methode)
                    assert "Geen toegang" in antwoord.text


def test_a_role_without_the_base_or_without_kenmerk_opens_nothing(databank: Databank) -> None:
    from allauth.mfa.totp.internal.auth import TOTP

    from kernregister.web.toegang.gebruikers import ken_toe, maak_gebruiker
    from tests.web.portaal.conftest import GEHEIM

    gebruiker = maak_gebruiker("kaal@voorbeeld.example", "Kaal", "Voorbeeld")
    TOTP.activate(gebruiker, GEHEIM)
    for rol in (Rol.STUDENTDOSSIER, Rol.BEHEERDER, Rol.SIGNALEN):
        ken_toe(gebruiker, rol, "25PV", door="proef")
    ken_toe(gebruiker, Rol.TOEGANG, "27DV", door="proef")
    browser = Client(SERVER_NAME="localhost", raise_request_exception=False)
    browser.force_login(gebruiker, backend="django.contrib.auth.backends.ModelBackend")
    for naam in PAGINAS.keys() & RECHTEN.keys():
        antwoord = browser.generic(PAGINAS[naam].methoden[0], WEGEN[naam])
        assert antwoord.status_code == 403, naam
    assert "nog geen rol" in browser.get("/").text


@pytest.mark.parametrize("soort", SOORTEN)
def test_before_a_token_generator_is_connected_only_that_opens(databank: Databank, soort: str) -> None:
    from kernregister.web.toegang.gebruikers import ken_toe, maak_gebruiker

    gebruiker = maak_gebruiker("half@voorbeeld.example", "Half", "Voorbeeld", "een lang wachtwoord")
    for rol in set(Rol) - BIJZONDERE:
        ken_toe(gebruiker, rol, "25PV", door="proef")
    for naam, pad in WEGEN.items():
        if naam in OPENBAAR | ZONDER_TOKEN:
            continue
        browser = Client(SERVER_NAME="localhost", raise_request_exception=False)
        browser.force_login(gebruiker, backend="django.contrib.auth.backends.ModelBackend")
        antwoord = browser.generic(soort, pad)
        assert (antwoord.status_code, antwoord["Location"]) == (302, "/account/mfa/totp/activate/"), naam


def test_no_page_shows_a_method_that_it_does_not_take(bezoeker: MaakBezoeker) -> None:
    browser = bezoeker(Rol.BEHEERDER)
    for naam, pagina in PAGINAS.items():
        for methode in {"GET", "POST", "PUT", "DELETE", "PATCH"} - set(pagina.methoden):
            assert browser.generic(methode, WEGEN[naam]).status_code == 405, (naam, methode)


def test_what_no_browser_sends_is_refused_and_breaks_nothing(bezoeker: MaakBezoeker) -> None:
    """A sign that no database keeps, in whatever is asked."""
    browser = bezoeker(Rol.STAMGEGEVENS, Rol.DUO, kenmerk="DUO")
    for adres in ("/stamgegevens/lijst/landen/?zoek=%00", "/stamgegevens/?%00=1", "/dashboard/?dag=%00"):
        antwoord = browser.get(adres)
        assert (antwoord.status_code, "Dit verzoek klopt niet" in antwoord.text) == (400, True), adres


def test_in_another_institution_somebody_is_as_good_as_nobody(bezoeker: MaakBezoeker) -> None:
    """Whoever acts for one institution cannot take on the capacity of another by asking for it."""
    browser = bezoeker(Rol.REGISTERCONTROLE, kenmerk="25PV")
    for vreemd in ("instelling:27DV:", "duo::", "sector::", "accountant:25PV:2025-2026", "", "x" * 5000):
        assert browser.post("/namens/", {"hoedanigheid": vreemd}).status_code == 302
        assert "Namens <strong>25PV</strong>" in browser.get("/account/").text


def test_what_another_institution_has_is_not_there(bezoeker: MaakBezoeker) -> None:
    """With keys that exist at one institution, every page answers another as if they did not."""
    sector = opzet.zet_sector_klaar(20)
    dossier = next(d for d in sector.dossiers() if d.inschrijvingen and d.persoon.burgerservicenummer)
    brin = dossier.inschrijvingen[0].instelling
    melding = opzet.inschrijving(dossier)
    _, terug = opzet.stuur(opzet.identificatie(dossier, brin), melding)
    assert terug.aanvaard, terug
    eigen = bezoeker(*set(ROLLEN) - BIJZONDERE, kenmerk=brin)
    ander = bezoeker(*set(ROLLEN) - BIJZONDERE, kenmerk="99ZZ")
    sleutels = {"persoon": terug.persoon, "melding_id": melding.id, "melding": melding.id}
    bezocht = set()
    for naam, patroon in PATRONEN.items():
        if not {"int", "uuid"} & set(_soorten(patroon).values()) or not mag_ieder(ander, naam):
            continue
        for nummer in {1, 2, 3} - {gebruiker_van(ander).pk}:
            pad = reverse(naam, kwargs=_waarden(patroon, **{"nummer": nummer, **sleutels}))
            antwoord = ander.get(pad) if "GET" in PAGINAS[naam].methoden else ander.post(pad)
            assert antwoord.status_code in (404, 422), (naam, pad, antwoord.status_code)
            assert str(dossier.persoon.burgerservicenummer) not in antwoord.text
        bezocht.add(naam)
    assert "portaal_gebruiker" in bezocht
    assert eigen.get(f"/gebruikers/{gebruiker_van(eigen).pk}/").status_code == 200
