"""The catalogue of rules: open to everybody, found by words, explained with an example of right and wrong."""

import pytest

from kernregister.kern.meldingen.controles import CONTROLES
from kernregister.kern.regels.catalogus import catalogus
from kernregister.web.toegang.rollen import Rol
from tests.web.portaal.conftest import MaakBezoeker


def test_everybody_reads_the_catalogue_and_finds_a_rule_by_words(bezoeker: MaakBezoeker) -> None:
    antwoord = bezoeker().get("/regels/", {"zoek": "geplande uitschrijving 90"})
    assert antwoord.status_code == 200
    assert "/regels/B04/" in antwoord.text
    assert "/regels/A01/" not in antwoord.text


@pytest.mark.parametrize("wens", [{"zoek": "xyzzy"}, {"groep": "Z"}, {"soort": "?"}, {"ernst": "?"}])
def test_what_nothing_answers_to_leads_back_to_all(bezoeker: MaakBezoeker, wens: dict[str, str]) -> None:
    antwoord = bezoeker().get("/regels/", wens)
    assert antwoord.status_code == 200
    assert "Geen regel gevonden" in antwoord.text


@pytest.mark.parametrize("taal", ["nl", "en"])
def test_every_rule_and_control_has_its_page_in_both_languages(bezoeker: MaakBezoeker, taal: str) -> None:
    browser = bezoeker()
    browser.cookies["taal"] = taal
    for id_, regel in {**catalogus(), **CONTROLES}.items():
        antwoord = browser.get(f"/regels/{id_}/")
        assert antwoord.status_code == 200, id_
        assert str(getattr(regel.advies, taal)).split("'")[0].split('"')[0] in antwoord.text, id_
        assert ("Fout voorbeeld" in antwoord.text or "Bad example" in antwoord.text) == (
            id_ in catalogus()
        ), id_


def test_no_number_of_a_person_stands_in_an_example(bezoeker: MaakBezoeker) -> None:
    assert "99999" not in bezoeker().get("/regels/B04/").text


def test_who_works_on_signals_goes_on_to_those_of_the_rule(bezoeker: MaakBezoeker) -> None:
    assert "/signalen/?regel=B04" not in bezoeker(Rol.BEHEERDER).get("/regels/B04/").text
    assert bezoeker().get("/regels/B99/").status_code == 404
