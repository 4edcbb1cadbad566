"""The value lists, and the days on which their values may be used."""

from datetime import date

import pytest

from kernregister.kern.parameters.waardelijsten import WAARDELIJSTEN


@pytest.mark.parametrize(
    ("lijst", "code", "dag", "geldig"),
    [
        ("leertraject", "BOL_DT", date(2023, 7, 31), True),
        ("leertraject", "BOL_DT", date(2023, 8, 1), False),
        ("leertraject", "ODT", date(2018, 12, 31), False),
        ("leertraject", "ODT", date(2019, 1, 1), True),
        ("leertraject", "bol", date(2024, 8, 1), False),
        ("leerroute", "GLR", date(2020, 7, 31), False),
        ("leerroute", "GLR", date(2020, 8, 1), True),
        ("niveau", "MBO-4", date.min, True),
        ("niveau", "MBO-4", date.max, True),
    ],
)
def test_a_value_holds_from_its_first_day_to_its_last(lijst, code, dag, geldig):
    assert WAARDELIJSTEN[lijst].geldig(code, dag) is geldig


def test_every_list_has_a_source_and_every_value_both_languages():
    for lijst in WAARDELIJSTEN.values():
        assert lijst.bron
        assert lijst.waarden
        for waarde in lijst.waarden.values():
            assert waarde.nl
            assert waarde.en
            assert waarde.van <= waarde.tot_en_met


def test_reasons_keep_their_leading_zero():
    assert "08" in WAARDELIJSTEN["reden_uitschrijving"]
    assert "8" not in WAARDELIJSTEN["reden_uitschrijving"]
