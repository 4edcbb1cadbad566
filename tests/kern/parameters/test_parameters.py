from importlib.resources import files

import pytest

from kernregister.kern.parameters import lees
from kernregister.kern.sleutels import GENERIEK_EXAMENONDERDEEL

BESTANDEN = sorted(
    bestand.name.removesuffix(".toml")
    for bestand in files("kernregister.kern.parameters").iterdir()
    if bestand.name.endswith(".toml")
)


@pytest.mark.parametrize("naam", BESTANDEN)
def test_every_value_has_its_source(naam):
    inhoud = lees(naam)
    tabellen = [waarde for waarde in inhoud.values() if isinstance(waarde, dict)]
    assert inhoud.get("bron") or all(tabel.get("bron") for tabel in tabellen)


def test_generic_exam_parts_are_dutch_english_or_arithmetic():
    for code, onderdeel in lees("examenonderdelen")["onderdelen"].items():
        assert GENERIEK_EXAMENONDERDEEL.past(code)
        assert onderdeel["vak"] in {"Nederlands", "Engels", "Rekenen"}
        assert onderdeel["omschrijving"].startswith(("Nederlandse", "Engels", "Rekenen"))
        assert 2014 <= onderdeel["studiejaar"] <= 2022
