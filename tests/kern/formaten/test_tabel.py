"""Tables as CSV: what people open in a spreadsheet runs nothing there, and numbers stay numbers."""

import csv
from decimal import Decimal
from pathlib import Path

from kernregister.kern.formaten.tabel import Kolom, Tabel, schrijf_csv


def test_a_number_that_an_institution_made_up_begins_no_formula(tmp_path: Path) -> None:
    """Records that come from an RO are taken over as they are."""
    tabel = Tabel(
        "proef",
        "een proef",
        (Kolom("volgnummer", str, "", ""), Kolom("bijdrage", Decimal, "", ""), Kolom("geldt", bool, "", "")),
    )
    pad = tmp_path / "proef.csv"
    rijen = [("=HYPERLINK(0)", Decimal("-0.5"), True), ("@1", Decimal(2), False), ("1-2", Decimal(0), True)]
    assert schrijf_csv(pad, tabel, rijen) == 3
    with pad.open(encoding="utf-8", newline="") as bestand:
        _, *gelezen = csv.reader(bestand, delimiter=";")
    assert gelezen == [["'=HYPERLINK(0)", "-0.5", "J"], ["'@1", "2", "N"], ["1-2", "0", "J"]]
