"""kwaliteitscontrole.csv: a line a finding, in a layout that can be replaced."""

import csv
import io
from datetime import date

import pytest

from kernregister.kern.formaten.kwc import VELDEN, kwc_van, lees_indeling, tekst_van
from kernregister.kern.formaten.verslag import OnbruikbaarBestand
from kernregister.kern.parameters import lees
from kernregister.kern.regels.catalogus import catalogus
from kernregister.kern.regels.motor import Sleutel, Uitkomst
from kernregister.kern.tijd import OPEN
from tests.kern.voorbeelden import BSN, INSTELLING, ONDERWIJSNUMMER

B04 = Uitkomst(
    "B04",
    Sleutel("Inschrijving", BSN, INSTELLING, "C3"),
    date.min,
    OPEN,
    {"gepland": date(2025, 10, 1), "reden": None},
)
E05 = Uitkomst(
    "E05",
    Sleutel("Inschrijvingsperiode", ONDERWIJSNUMMER, INSTELLING, "2"),
    date.min,
    OPEN,
    {"teldatum": date(2025, 10, 1)},
)


def rijen(*uitkomsten, namen=None, indeling=None):
    tekst = kwc_van(uitkomsten, catalogus(), namen or {}, indeling).decode()
    return list(csv.DictReader(io.StringIO(tekst, newline=""), delimiter=";"))


def test_a_finding_is_a_line_with_the_key_of_its_record():
    (rij,) = rijen(B04, namen={BSN: "Jansen"})
    assert (rij["Groep"], rij["Signaal"], rij["BRIN"]) == ("B", "B04", INSTELLING)
    assert (rij["Burgerservicenummer"], rij["Onderwijsnummer"]) == (BSN, "")
    assert (rij["Achternaam"], rij["Inschrijvingvolgnummer"], rij["BPVvolgnummer"]) == ("Jansen", "C3", "")
    assert rij["Toelichting"].endswith("dagen in het verleden (gepland: 2025-10-01, reden: leeg)")


def test_an_onderwijsnummer_has_its_own_column_and_a_teldatum_is_the_date():
    (rij,) = rijen(E05)
    assert (rij["Burgerservicenummer"], rij["Onderwijsnummer"]) == ("", ONDERWIJSNUMMER)
    assert rij["Datum"] == "2025-10-01"


def test_without_findings_there_is_a_header():
    assert kwc_van([], catalogus(), {}).startswith(b"Groep;Signaal;BRIN;Burgerservicenummer;")


def test_a_name_is_never_a_formula():
    (rij,) = rijen(B04, namen={BSN: '=HYPERLINK("x";"y")'})
    assert rij["Achternaam"] == """'=HYPERLINK("x";"y")"""


def test_another_layout_can_take_its_place(tmp_path):
    pad = tmp_path / "duo.toml"
    pad.write_text(
        'scheiding = "|"\nkolommen = [{kop = "Nr", veld = "regel"}, {kop = "Advies", veld = "advies"}]'
    )
    uit = kwc_van([B04], catalogus(), {}, lees_indeling(pad)).decode()
    assert uit.splitlines() == ["Nr|Advies", f"B04|{catalogus()['B04'].advies.nl}"]


@pytest.mark.parametrize(
    ("inhoud", "uitleg"),
    [
        (b"kolommen = [", "geen indeling"),
        (b"\xff\xfe", "geen indeling"),
        (b"", "geen indeling"),
        (b"kolommen = [1]", "geen indeling"),
        (b'kolommen = [{kop = "a", veld = "schoenmaat"}]', "schoenmaat bestaan niet"),
        (b'scheiding = ";;"\nkolommen = []', "een teken|één teken"),
    ],
)
def test_a_layout_that_is_none_is_explained(tmp_path, inhoud, uitleg):
    pad = tmp_path / "duo.toml"
    pad.write_bytes(inhoud)
    with pytest.raises(OnbruikbaarBestand, match=uitleg):
        lees_indeling(pad)


def test_all_fields_are_explained_beside_the_layout():
    assert [veld for veld in VELDEN if veld not in lees("kwc")["toelichting"]] == []


def test_values_are_written_for_people():
    assert [tekst_van(w) for w in (True, False, None, ["b", "a"], {"b", "a"}, 3)] == [
        *("ja", "nee", "", "b, a", "a, b", "3"),
    ]
