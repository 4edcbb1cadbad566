"""``kernregister gebruiker``: the first Beheerder comes to be, roles are given and taken, an account is closed."""

import re
from functools import partial

import pytest

from tests.cli.conftest import Opdracht
from tests.databank import Databank

BAS = ("bas@college.example", "--voornaam", "Bas", "--achternaam", "Willemsen")

pytestmark = pytest.mark.traag


@pytest.fixture
def opdracht(op_register: Opdracht) -> Opdracht:
    return partial(op_register, "gebruiker")


def test_the_first_beheerder_of_an_institution_comes_to_be_and_chooses_a_password(
    opdracht: Opdracht, databank: Databank
) -> None:
    from django.test import Client

    code, tekst = opdracht("maak", *BAS, "--beheerder-van", "25PV", "--basis", "http://localhost/")
    assert code == 0, tekst
    link = re.search(r"http://localhost(/account/\S+)", tekst)
    assert link, tekst
    browser = Client(SERVER_NAME="localhost")
    formulier = browser.get(link[1], follow=True).redirect_chain[-1][0]
    nieuw = dict.fromkeys(("password1", "password2"), "een lang wachtwoord van Bas")
    assert browser.post(formulier, nieuw).status_code == 302
    browser.post("/account/login/", {"login": BAS[0], "password": nieuw["password1"]})
    assert browser.get("/gebruikers/")["Location"] == "/account/mfa/totp/activate/"
    code, tekst = opdracht("lijst", "--kenmerk", "25PV")
    for deel in (
        "bas@college.example",
        "Bas Willemsen",
        "25PV beheerder-instelling",
        "25PV mijn-duo-toegang",
    ):
        assert deel in tekst


def test_roles_are_given_and_taken_back_and_an_account_is_closed(
    opdracht: Opdracht, databank: Databank
) -> None:
    from kernregister.web.toegang.gebruikers import hoedanigheden, zoek_gebruiker

    assert opdracht("maak", *BAS)[0] == 0
    assert opdracht("rol", BAS[0], "behandelaar-signalen", "--kenmerk", "25PV")[0] == 0
    accountant = (
        "accountant",
        "--kenmerk",
        "27DV",
        "--studiejaar",
        "2025-2026",
        "--tot-en-met",
        "2099-12-31",
    )
    assert opdracht("rol", BAS[0], *accountant)[0] == 0
    bas = zoek_gebruiker(BAS[0])
    assert bas is not None
    assert [een.sleutel for een in hoedanigheden(bas)] == ["instelling:25PV:", "accountant:27DV:2025-2026"]
    assert opdracht("intrek", BAS[0], "--rol", "behandelaar-signalen")[0] == 0
    assert opdracht("intrek", BAS[0], "--token")[0] == 0
    assert [een.kenmerk for een in hoedanigheden(bas)] == ["27DV"]
    assert opdracht("intrek", BAS[0])[0] == 0
    bas.refresh_from_db()
    assert (bas.is_active, hoedanigheden(bas)) == (False, ())
    assert "gesloten" in opdracht("lijst")[1]
    with databank.verbind("kernregister_stelsel") as stelsel:
        handelingen = stelsel.execute(
            "SELECT DISTINCT handeling FROM platform_auditregel ORDER BY 1"
        ).fetchall()
    assert [h for (h,) in handelingen] == [
        *("gebruiker.sluiten", "gebruiker.token-vergeten", "gebruiker.uitnodigen", "rol.intrekken"),
        "rol.toekennen",
    ]


@pytest.mark.parametrize(
    ("argumenten", "woord"),
    [
        (("maak", "geen adres"), "geen e-mailadres"),
        (("maak", "999990007@college.example", "--voornaam", "B", "--achternaam", "W"), "persoonsnummer"),
        (("maak", *BAS, "--beheerder-van", "overal"), "vier tekens"),
        (("rol", "niemand@college.example", "accountant"), "geen account"),
        (("intrek", "niemand@college.example"), "geen account"),
    ],
)
def test_what_cannot_be_is_explained(opdracht: Opdracht, argumenten: tuple[str, ...], woord: str) -> None:
    code, tekst = opdracht(*argumenten)
    assert code == 2
    assert woord in tekst
    assert "nog geen gebruikers" in opdracht("lijst")[1], "and nothing of it stays"


def test_a_role_that_does_not_fit_is_explained_and_everything_at_once(opdracht: Opdracht) -> None:
    opdracht("maak", *BAS)
    for argumenten, woorden in (
        (("alles", "--kenmerk", "25PV"), ("Kies uit: beheerder-instelling",)),
        (("accountant", "--kenmerk", "25PV"), ("studiejaar", "einddatum")),
        (("behandelaar-duo", "--kenmerk", "25PV"), ("past niet bij",)),
        (("behandelaar-signalen", "--kenmerk", "25PV", "--tot-en-met", "morgen"), ("jjjj-mm-dd",)),
        (("behandelaar-signalen", "--kenmerk", "25PV", "--tot-en-met", "9999-12-31"), ("te ver weg",)),
    ):
        code, tekst = opdracht("rol", BAS[0], *argumenten)
        assert code == 2
        assert all(woord in tekst for woord in woorden), tekst
