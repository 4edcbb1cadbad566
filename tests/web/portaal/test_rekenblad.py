"""Lists that people take along: what a spreadsheet makes of them."""

from __future__ import annotations

import io

from openpyxl import load_workbook

from kernregister.web.portaal.rekenblad import als_csv, als_csv_stroom, als_xlsx

KOP = ("Naam", "Aantal")
RIJEN = [("Zoë \x07 de Wit", 3), ('=HYPERLINK("http://x")', 4)]


def test_a_csv_is_read_as_utf_8_and_begins_no_formula():
    antwoord = als_csv(KOP, RIJEN, "lijst")
    assert antwoord.content.startswith(b"\xef\xbb\xbfNaam;Aantal\r\n")
    assert antwoord.content.decode("utf-8-sig").splitlines()[2] == '"\'=HYPERLINK(""http://x"")";4'
    assert b"".join(als_csv_stroom(KOP, RIJEN, "lijst").streaming_content) == antwoord.content


def test_a_workbook_takes_what_no_workbook_may_hold_and_begins_no_formula():
    blad = load_workbook(io.BytesIO(als_xlsx(KOP, RIJEN, "lijst", "Lijst").content)).active
    assert [[cel.value for cel in rij] for rij in blad.rows] == [
        ["Naam", "Aantal"],
        ["Zoë \ufffd de Wit", 3],
        ['\'=HYPERLINK("http://x")', 4],
    ]
    assert blad.title == "Lijst"
    assert all(cel.data_type == "s" for cel in blad["A"])


def test_no_browser_keeps_a_list_of_students():
    for antwoord in (als_csv(KOP, RIJEN, "lijst"), als_xlsx(KOP, RIJEN, "lijst", "Lijst")):
        assert antwoord["Cache-Control"] == "no-store"
        assert 'attachment; filename="lijst.' in antwoord["Content-Disposition"]
