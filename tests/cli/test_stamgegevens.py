"""``kernregister stamgegevens``: a manager imports lists, sees what changes, and makes them hold."""

from functools import partial

import pytest

from tests.cli.conftest import Opdracht


@pytest.fixture
def opdracht(op_register: Opdracht) -> Opdracht:
    return partial(op_register, "stamgegevens")


@pytest.mark.traag
def test_from_nothing_to_a_version_that_holds(opdracht, tmp_path):
    assert opdracht("toon") == (0, "Er zijn nog geen stamgegevens. Laad ze met: stamgegevens laad\n")
    assert "een naam van 1 tot 120 tekens" in opdracht("laad", "--beginset", "--door", "n" * 121)[1]
    code, tekst = opdracht("laad", "--beginset", "--activeer", "--reden", "eerste keer", "--door", "An")
    assert (code, "Versie 1 geldt." in tekst) == (0, True)
    assert "Verblijfstitels (tabel 56): 43 nieuw, voortaan actueel" in tekst
    (tmp_path / "opleidingen.csv").write_text("opleidingcode;naam;kleur\n25001;Vuilnisman;rood\n")
    code, tekst = opdracht("laad", "opleidingen.csv", "--door", "Bo")
    assert code == 0
    assert "kolommen die niet gebruikt worden. kleur" in tekst
    assert "Versie 2 is een concept." in tekst
    assert "Niets nieuws" in opdracht("laad", "opleidingen.csv")[1]
    assert opdracht("activeer", "2", "--reden", "levering van DUO") == (0, "Versie 2 geldt.\n")
    code, tekst = opdracht("herstel", "1")
    assert (code, "Versie 3 is een concept." in tekst, "niet meer actueel" in tekst) == (0, True, True)
    code, tekst = opdracht("toon", "--versies", "3")
    assert code == 0
    for deel in (
        "Versie 2 (geldt)",
        "Versie 1 (gold)",
        "door An: eerste keer",
        "door Bo",
        "levering van DUO",
    ):
        assert deel in tekst


@pytest.mark.traag
def test_what_cannot_be_done_is_said_in_words(opdracht, tmp_path):
    (tmp_path / "opleidingen.csv").write_text("opleidingcode\nx\n")
    code, tekst = opdracht("laad", "opleidingen.csv")
    assert (code, "Er is niets ingelezen." in tekst, "kolom opleidingcode" in tekst) == (2, True, True)
    assert "bestaat niet" in opdracht("laad", "nergens.toml")[1]
    assert "--beginset" in opdracht("laad")[1]
    assert "alleen met een reden" in opdracht("laad", "--beginset", "--activeer")[1]
    assert "Versie 7 van de stamgegevens bestaat niet" in opdracht("activeer", "7", "--reden", "x")[1]
