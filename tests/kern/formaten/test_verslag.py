"""What may be shown of a value: short, printable, and never a person's number."""

import pytest

from kernregister.kern.formaten.verslag import VOORBEELDEN, Verslag, toonbaar, zichtbaar

NUMMERS = ("999990007", "99990007", "100310303")


@pytest.mark.parametrize("nummer", NUMMERS)
@pytest.mark.parametrize(
    "vorm",
    [
        "{}",
        "PER{}20050101V",
        "{}0",
        "bsn:{};",
        "x" * 55 + "{}",
        "\x00{}\x1b",
    ],
)
def test_a_number_is_masked_wherever_it_stands_in_a_value(nummer, vorm):
    gezien = toonbaar(vorm.format(nummer))
    assert "•" in gezien
    assert not [n for n in range(4, 10) if nummer[:n] in gezien]


@pytest.mark.parametrize(
    "waarde", ["999.990.007", "9999.90.007", "999 990 007", "999,990,007", "9.99990007E+08", "9,99990007e8"]
)
def test_a_number_in_the_form_of_a_spreadsheet_is_masked_too(waarde):
    assert toonbaar(waarde) == "•••••••••"


@pytest.mark.parametrize(
    "waarde", ["2025-08-01", "01.08.2025", "1.8.2025", "27DV", "25655", "K0067", "31/12/25"]
)
def test_dates_and_codes_stay_as_they_are(waarde):
    assert toonbaar(waarde) == waarde


def test_a_long_value_is_cut():
    assert toonbaar("a" * 70_000) == "a" * 60 + "…"


def test_what_steers_a_terminal_becomes_visible():
    assert zichtbaar("a\x1b[31mb\x9b0m\u202ec\ud800\x00") == "a�[31mb�0m�c��"
    assert zichtbaar("één\tregel\u00a0en\nnog een ✓") == "één\tregel\u00a0en\nnog een ✓"


def test_what_is_counted_is_shown_and_places_are_few():
    verslag = Verslag("x")
    for _ in range(VOORBEELDEN * 2):
        verslag.opmerking("totaal", "tekst", telling="12.345.678", waarde="")
    [opmerking] = verslag.opmerkingen
    assert (opmerking.aantal, len(opmerking.plaatsen)) == (VOORBEELDEN * 2, VOORBEELDEN)
    assert opmerking.plaatsen[0].waarde == "12.345.678"
