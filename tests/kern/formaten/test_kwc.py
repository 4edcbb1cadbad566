"""The kwaliteitscontrole as CSV: what stands in it, and columns of one's own."""

from datetime import date

import pytest

from kernregister.kern.formaten.kwc import STANDAARD, WAARDEN, kwc_van, lees_indeling
from kernregister.kern.formaten.verslag import OnbruikbaarBestand
from kernregister.kern.regels.catalogus import catalogus
from kernregister.kern.regels.motor import Sleutel, Uitkomst
from kernregister.kern.tijd import OPEN

B04 = Uitkomst(
    "B04",
    Sleutel("Inschrijving", "999990007", "27DV", "C1"),
    date(2026, 1, 1),
    OPEN,
    {"gepland": date(2025, 9, 30)},
)
A02 = Uitkomst("A02", Sleutel("Inschrijving", "100310303", "27DV", "C2"), date(2025, 8, 1), OPEN, {})


def test_each_finding_is_a_row_with_its_number_name_and_record():
    kop, eerste, tweede = kwc_van([B04, A02], catalogus(), {"999990007": "Jansen"}).decode().splitlines()
    assert kop.split(";") == list(STANDAARD.kolommen)
    assert eerste.startswith("A;A02;27DV;;100310303;;C2;")
    assert tweede.startswith("B;B04;27DV;999990007;;Jansen;C1;;;;2025-09-30;")
    assert "gepland: 2025-09-30" in tweede


def test_a_name_that_looks_like_a_formula_stays_a_text():
    assert ";'=1+1;" in kwc_van([B04], catalogus(), {"999990007": "=1+1"}).decode()


def test_columns_of_ones_own_take_their_place(tmp_path):
    pad = tmp_path / "kwc.toml"
    pad.write_text('scheiding = ","\n[kolommen]\nRegel = "signaal"\nPersoon = "burgerservicenummer"\n')
    assert kwc_van([B04], catalogus(), {}, lees_indeling(pad)) == b"Regel,Persoon\r\nB04,999990007\r\n"


@pytest.mark.parametrize(
    ("tekst", "melding"),
    [
        ("[kolommen]\nA = 'leeftijd'", "leeftijd; verwacht groep, signaal"),
        ("scheiding = ';'", r"verwacht een tabel \[kolommen\]"),
        ("scheiding = ';;'\n[kolommen]\nA = 'groep'", "één teken"),
        ("geen toml", "geen leesbare TOML"),
    ],
)
def test_columns_that_cannot_be_say_what_can(tmp_path, tekst, melding):
    pad = tmp_path / "kwc.toml"
    pad.write_text(tekst)
    with pytest.raises(OnbruikbaarBestand, match=melding):
        lees_indeling(pad)


def test_everything_a_column_may_hold_can_be_made_of_every_finding():
    from kernregister.kern.formaten.kwc import KwcIndeling

    alles = KwcIndeling({naam: naam for naam in WAARDEN})
    assert len(kwc_van([A02, B04], catalogus(), {}, alles).splitlines()) == 3
