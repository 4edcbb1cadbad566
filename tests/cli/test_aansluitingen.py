"""``kernregister aansluiting``: an administrator lets a program in, sees who is in, and shows it out."""

from functools import partial

import pytest

from tests.cli.conftest import Opdracht


@pytest.fixture
def opdracht(op_register: Opdracht) -> Opdracht:
    return partial(op_register, "aansluiting")


@pytest.mark.traag
def test_a_program_is_let_in_and_shown_out(opdracht, databank):
    code, tekst = opdracht("maak", "SIS van 25PV", "--instelling", "25PV", "--ook", "ondersteuning.lezen")
    assert code == 0, tekst
    client_id, geheim = (regel.split()[1] for regel in tekst.splitlines()[:2])
    code, tekst = opdracht("lijst")
    assert code == 0
    for deel in (client_id, "SIS van 25PV", "25PV", "ondersteuning.lezen", "meldingen.schrijven"):
        assert deel in tekst
    assert geheim not in tekst
    assert opdracht("intrek", client_id) == (0, f"SIS van 25PV ({client_id}) is ingetrokken.\n")
    assert "ingetrokken" in opdracht("lijst")[1]
    with databank.verbind("kernregister_stelsel") as stelsel:
        handelingen = stelsel.execute("SELECT handeling FROM platform_auditregel ORDER BY id").fetchall()
    assert [h for (h,) in handelingen] == ["aansluiting.maak", "aansluiting.trek_in"]


@pytest.mark.traag
@pytest.mark.parametrize(
    ("argumenten", "woord"),
    [
        (("maak", "SIS"), "sleutel nodig"),
        (("maak", "SIS", "--instelling", "25PV", "--recht", "alles"), "geen recht"),
        (("maak", "SIS", "--soort", "iedereen"), "Kies uit: instelling"),
        (("maak", "SIS", "--soort", "school", "--sleutel", "9" * 41), "langer dan 40 tekens"),
        (("maak", "SIS", "--instelling", "25PV", "--tot", "morgen"), "jjjj-mm-dd"),
        (("intrek", "niemand"), "geen geldige aansluiting"),
    ],
)
def test_what_cannot_be_is_explained(opdracht, argumenten, woord):
    code, tekst = opdracht(*argumenten)
    assert code == 2
    assert woord in tekst
