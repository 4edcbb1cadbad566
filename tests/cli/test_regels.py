"""``kernregister regels``: the catalogue at hand."""

import json

import pytest

from kernregister.kern.regels.catalogus import catalogus


def test_all_rules_stand_in_the_table(draai):
    uit = draai("regels")
    assert uit.exit_code == 0
    assert [id_ for id_ in catalogus() if f"{id_} " not in uit.stdout] == []


@pytest.mark.parametrize("nummer", ["B04", "b04", "B4"])
def test_one_rule_comes_with_its_whole_passport(draai, nummer):
    uit = draai("regels", nummer)
    assert uit.stdout.startswith("B04  Datum uitschrijving gepland meer dan 90 dagen in het verleden")
    for woord in ("Wat te doen:", "Bron", "Handleiding", "Geldt voor", "Leest", "Levensloop", "Ons besluit"):
        assert woord in uit.stdout


def test_in_english(draai):
    assert "Planned end of enrolment more than 90 days ago" in draai("regels", "B04", "--taal", "en").stdout


@pytest.mark.parametrize(("nummer", "tip"), [("B99", "Bedoelt u"), ("zomaar", "kernregister regels")])
def test_a_rule_that_does_not_exist_brings_near_ones_to_mind(draai, nummer, tip):
    uit = draai("regels", nummer)
    assert (uit.exit_code, uit.stdout) == (2, "")
    assert f"Regel '{nummer}' bestaat niet." in uit.stderr
    assert tip in uit.stderr


def test_as_json(draai):
    alle = json.loads(draai("regels", "--formaat", "json").stdout)
    assert [regel["id"] for regel in alle] == list(catalogus())
    een = json.loads(draai("regels", "B04", "--formaat", "json").stdout)
    assert een in alle
    assert een["titel"].keys() == {"nl", "en"}
