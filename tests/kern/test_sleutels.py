"""Number checks and the forms of codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernregister.kern import sleutels
from kernregister.kern.sleutels import is_bsn, is_onderwijsnummer

BSN = ["999990007", "999990019", "999990020", "111222333", "123456782", "182071649", "210000004"]
ONDERWIJSNUMMERS = ["100310303", "100729533", "100300000", "100300012", "100300024"]
GEEN_VAN_BEIDE = [
    "123456789",
    "000000000",
    "",
    "BSN1",
    "99999000",
    "9999900070",
    "99999000a",
    " 999990007",
    "999.990.007",
]


@pytest.mark.parametrize("nummer", BSN)
def test_a_bsn_passes_its_check_alone(nummer):
    assert (is_bsn(nummer), is_onderwijsnummer(nummer)) == (True, False)


@pytest.mark.parametrize("nummer", ONDERWIJSNUMMERS)
def test_an_onderwijsnummer_passes_its_check_alone(nummer):
    assert (is_bsn(nummer), is_onderwijsnummer(nummer)) == (False, True)


@pytest.mark.parametrize("nummer", [*GEEN_VAN_BEIDE, "٩٩٩٩٩٠٠٠٧", "²²²²²²²²²"])
def test_what_is_no_number_passes_neither(nummer):
    assert (is_bsn(nummer), is_onderwijsnummer(nummer)) == (False, False)


@given(st.text("0123456789", min_size=9, max_size=9))
def test_the_checks_are_weighted_sums_modulo_eleven(nummer):
    som = sum(
        gewicht * int(cijfer) for gewicht, cijfer in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), nummer, strict=True)
    )
    assert is_bsn(nummer) is (som % 11 == 0 and int(nummer) > 0)
    assert not (is_onderwijsnummer(nummer) and som % 11 != 5)


@given(st.text())
def test_any_text_may_be_asked(tekst):
    assert not (is_bsn(tekst) and is_onderwijsnummer(tekst))


@pytest.mark.parametrize(
    ("vorm", "goed", "fout"),
    [
        (sleutels.INSTELLINGSCODE, ["27DV"], ["27dv", "27DV0", "DV27", "27D", "27DV\n"]),
        (sleutels.VOLGNUMMER, ["1", "C1", "a" * 20], ["", "a" * 21, "C 1", "C-1", "é1"]),
        (sleutels.ONDERWIJSAANBIEDER, ["100A501"], ["100X501", "100a501", "10A501"]),
        (sleutels.ONDERWIJSLOCATIE, ["101X591"], ["101A591", "101X5911"]),
        (sleutels.OPLEIDINGCODE, ["25655"], ["2565", "256555", "K0067", "٢٥٦٥٥"]),
        (sleutels.KEUZEDEELCODE, ["K0067"], ["k0067", "0067", "K00670"]),
        (sleutels.AMVB_CODE, ["C0004"], ["C004", "K0004"]),
        (sleutels.GENERIEK_EXAMENONDERDEEL, ["3005", "3099"], ["3105", "305", "30055"]),
        (sleutels.LEERBEDRIJF, ["100000000", "999999999"], ["099999999", "1000000000", "10001896"]),
    ],
)
def test_a_form_fits_the_whole_code(vorm, goed, fout):
    assert all(map(vorm.past, goed))
    assert not any(map(vorm.past, fout))
    assert vorm.verwacht
