"""Group L: codes, marks and exemptions of the generic exam parts, and which of them belong together."""

from decimal import Decimal

import pytest

from kernregister.kern.regels.catalogus import catalogus
from kernregister.kern.regels.paspoort import Ernst
from tests.kern.voorbeelden import bevindingen, dag, diploma, examen, inschrijving, student

REGELS = [id_ for id_ in catalogus() if id_[0] == "L"]


def regels(code="3005", datum="2026-01-30", los=False, **velden):
    velden = {
        n: Decimal(w) if n.startswith("cijfer") else w for n, w in ({"eindcijfer": None} | velden).items()
    }
    if los:
        deel = examen(code, instelling="27DV", datum_resultaat=dag(datum), **velden)
        dossier = student(inschrijving(), los=(deel,))
    else:
        dossier = student(inschrijving(), diplomas=(diploma(datum, onderdelen=(examen(code, **velden),)),))
    return [u.regel for id_ in REGELS for u in bevindingen(id_, dossier, "2026-03-01")]


@pytest.mark.parametrize(
    ("code", "datum", "gevonden"),
    [
        ("3005", "2014-08-01", []),
        ("3005", "2014-07-31", ["L03"]),
        ("3001", "2015-07-31", ["L03"]),
        ("3013", "2017-08-01", []),
        ("3028", "2015-01-01", []),  # its first studiejaar is our inference: no ground to refuse
        ("3010", "2026-01-30", ["L02"]),
        ("300", "2026-01-30", ["L01"]),
        ("K0067", "2026-01-30", ["L01"]),
    ],
)
@pytest.mark.parametrize("los", [False, True])
def test_a_code_is_known_from_its_first_studiejaar(code, datum, gevonden, los):
    assert regels(code, datum, los, eindcijfer=7) == gevonden


@pytest.mark.parametrize(
    ("velden", "gevonden"),
    [
        ({"eindcijfer": 1}, []),
        ({"eindcijfer": 10}, []),
        ({"eindcijfer": 0}, ["L04"]),
        ({"eindcijfer": 11}, ["L04"]),
        ({"eindcijfer": 5, "cijfer_ie": "0.9"}, ["L05"]),
        ({"eindcijfer": 5, "cijfer_ie": "1"}, []),
        ({"eindcijfer": 5, "cijfer_ie": "10.0"}, []),
        ({"eindcijfer": 5, "cijfer_ce": "10.1"}, ["L05"]),
        ({"eindcijfer": 5, "cijfer_ce": "7.45"}, ["L05"]),
        ({"eindcijfer": 5, "cijfer_ce": "NaN"}, ["L05"]),
        ({"eindcijfer": 5, "cijfer_ce": "sNaN"}, ["L05"]),
        ({"eindcijfer": 5, "cijfer_ie": "Infinity", "cijfer_ce": "6.0"}, ["L05"]),
        ({"eindcijfer": 6, "vrijstelling": "VWO"}, []),
        ({"eindcijfer": 6, "vrijstelling": "vwo"}, []),
        ({"eindcijfer": 6, "vrijstelling": "Keuzedeel"}, []),
        ({"eindcijfer": 6, "vrijstelling": "vmbo"}, ["L06"]),
        ({"eindcijfer": 6, "vrijstelling_ie": "VWO", "vrijstelling_ce": "MBO"}, []),
        ({"eindcijfer": 6, "vrijstelling_ce": "HAVO"}, ["L07"]),
    ],
)
def test_marks_and_exemptions_have_their_range(velden, gevonden):
    assert regels(**velden) == gevonden


@pytest.mark.parametrize(
    ("velden", "bij_diploma", "los"),
    [
        ({}, ["L08"], ["L08"]),
        ({"vrijstelling": "KZDL"}, [], []),
        ({"vrijstelling_ie": "MBO"}, ["L11"], []),
        ({"cijfer_ie": "7.0"}, ["L11"], []),
        ({"cijfer_ce": "7.0", "vrijstelling_ie": "MBO"}, ["L11"], []),
        ({"cijfer_ce": "7.0", "vrijstelling_ie": "MBO", "eindcijfer": 7}, [], []),
        ({"vrijstelling": "MBO", "cijfer_ie": "7.0"}, ["L10"], ["L10"]),
        ({"vrijstelling": "MBO", "cijfer_ie": "7.0", "vrijstelling_ie": "MBO"}, [], []),
        (
            {"vrijstelling": "MBO", "cijfer_ie": "7.0", "vrijstelling_ie": "MBO", "cijfer_ce": "6.0"},
            ["L10"],
            ["L10"],
        ),
    ],
)
def test_what_belongs_together(velden, bij_diploma, los):
    assert regels(**velden) == bij_diploma
    assert regels(los=True, **velden) == los


def test_as_in_a_published_delivery():
    """A mark may stand beside its own exemption, even when the whole part is exempted."""
    assert regels(
        eindcijfer=6, vrijstelling="MBO", cijfer_ie="7.4", vrijstelling_ie="MBO", cijfer_ce="5.1", vrijstelling_ce="MBO"
    ) == []  # fmt: skip


@pytest.mark.parametrize(
    ("ie", "ce", "eind", "gevonden"),
    [
        ("7.4", "5.1", 6, []),
        ("6.9", "4.1", 6, []),  # 5.50
        ("6.9", "4.0", 5, []),  # 5.45: the first decimal decides
        ("6.9", "4.0", 6, ["L12"]),
        ("8.8", "7.1", 8, []),
        ("10.0", "10.0", 10, []),
        ("1.0", "1.0", 2, ["L12"]),
    ],
)
def test_the_final_mark_is_the_rounded_mean(ie, ce, eind, gevonden):
    assert regels(eindcijfer=eind, cijfer_ie=ie, cijfer_ce=ce) == gevonden


@pytest.mark.parametrize("velden", [{"vrijstelling_ie": "MBO"}, {"vrijstelling_ce": "MBO"}])
def test_with_an_exemption_no_mean_is_taken(velden):
    assert regels(eindcijfer=9, cijfer_ie="6.0", cijfer_ce="6.0", **velden) == []


@pytest.mark.parametrize(
    ("velden", "gevonden"),
    [
        ({}, []),
        ({"vrijstelling": "HAVO"}, []),
        ({"vrijstelling": "VWO", "eindcijfer": 7}, []),
        ({"vrijstelling": "MBO"}, ["L09"]),
        ({"vrijstelling": "HAVO", "cijfer_ie": "7.0"}, ["L09", "L10"]),
    ],
)
def test_exempted_english(velden, gevonden):
    assert regels("3003", **velden) == gevonden


def test_what_is_our_inference_never_refuses():
    assert {id_ for id_ in REGELS if catalogus()[id_].ernst is Ernst.SIGNAAL} == {
        "L02",
        "L07",
        "L09",
        "L10",
        "L11",
        "L12",
    }
