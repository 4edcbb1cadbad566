"""Numbers of persons are found wherever they stand, and masked."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernregister.fictief import nummers as fictief
from kernregister.kern.sleutels import is_bsn, is_onderwijsnummer
from kernregister.platform.nummers import MASKER, is_nummer, maskeer, maskeer_waarde

BSN = fictief.burgerservicenummer(0, 1)
OWN = fictief.onderwijsnummer(0, 1)
NUMMERS = st.builds(fictief.burgerservicenummer, st.integers(0, 899), st.just(900)) | st.builds(
    fictief.onderwijsnummer, st.integers(0, 899), st.just(900)
)


@given(st.text(), NUMMERS, st.text())
def test_no_text_around_it_hides_a_number(voor, nummer, na):
    voor, na = voor.rstrip("0123456789"), na.lstrip("0123456789")
    tekst = f"{voor}\n{nummer}\n{na}"
    assert nummer not in maskeer(tekst)


@pytest.mark.parametrize("nummer", [BSN, OWN])
@pytest.mark.parametrize(
    "vorm",
    [
        *(
            "{}",
            "pgn={}",
            "[{}]",
            "'{}'",
            "_{}_",
            "bsn{}x",
            "é{}é",
            "/personen/{}/",
            "\\x00{}",
            "\\x9f{}",
            '"\\u00e9{}"',
            "{}.",
            "tel. {}!",
        ),
        *('{{"pgn":"{}"}}', "(burgerservicenummer)=({})", "<pgn>{}</pgn>", "{}\u200b", "a\u00a0{}"),
    ],
)
def test_a_number_is_masked_in_every_surrounding(nummer, vorm):
    assert nummer not in maskeer(vorm.format(nummer))


@pytest.mark.parametrize("scheiding", [" ", ".", "-", "_", "\u00a0"])
def test_a_number_in_parts_is_masked(scheiding):
    for grenzen in ((3, 6), (4, 6), (2, 5)):
        delen = BSN[: grenzen[0]], BSN[grenzen[0] : grenzen[1]], BSN[grenzen[1] :]
        assert maskeer(f"nummer {scheiding.join(delen)}.") == f"nummer {MASKER}."


def test_digits_of_another_script_are_digits():
    assert maskeer("".join(chr(0x0660 + int(cijfer)) for cijfer in BSN)) == MASKER


@pytest.mark.parametrize(
    "tekst", ["25655", "2025-08-01", "27DV", "123456789012", "2026-03-02T09:00:00+00:00", "", "0" * 9]
)
def test_what_is_no_number_stays(tekst):
    assert maskeer(tekst) == tekst
    assert not is_nummer(tekst)


@given(st.from_regex(r"[0-9]{9}", fullmatch=True))
def test_a_number_is_what_kern_calls_a_number(tekst):
    assert is_nummer(tekst) == (is_bsn(tekst) or is_onderwijsnummer(tekst))


def test_values_of_json_are_masked_at_any_depth():
    waarde = {
        "a": [BSN, {"b": (f"x {OWN}", int(BSN), float(BSN))}],
        BSN: 1,
        "id": 12,
        "waar": True,
        "niets": None,
    }
    tekst = json.dumps(maskeer_waarde(waarde))
    assert BSN not in tekst
    assert OWN not in tekst
    assert json.loads(tekst)["id"] == 12
