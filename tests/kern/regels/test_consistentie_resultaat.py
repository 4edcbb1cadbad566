"""Group K: diplomas, their parts, and results that stand alone."""

import pytest

from kernregister.kern.dossier import AmvbOnderdeel, Keuzedeel
from kernregister.kern.regels.catalogus import catalogus
from tests.kern.voorbeelden import bevindingen, dag, diploma, examen, inschrijving, nbi, student

REGELS = [id_ for id_ in catalogus() if id_[0] == "K"]
DATUM = dag("2026-01-30")
LOS = {"instelling": "27DV", "datum_resultaat": DATUM, "inschrijvingvolgnummer": "1"}


def regels(*diplomas, los=(), gegevens=None):
    dossier = student(inschrijving(), diplomas=diplomas, los=los)
    return [u.regel for id_ in REGELS for u in bevindingen(id_, dossier, "2026-03-01", gegevens)]


def keuzedeel(volgnummer="K1", code="K0067", **velden):
    return Keuzedeel(volgnummer, code, True, **velden)


@pytest.mark.parametrize(
    ("velden", "gevonden"),
    [
        ({}, []),
        ({"resultaatvolgnummer": ""}, ["K01"]),
        ({"opleidingcode": "2565"}, ["K05"]),
        ({"onderdelen": (keuzedeel("K 1"),)}, ["K02"]),
        ({"onderdelen": (keuzedeel("1"), keuzedeel("2", "K0138"), examen("3005", "3"))}, []),
        ({"onderdelen": (keuzedeel("2"), examen("3005", "2"))}, ["K04"]),
        ({"onderdelen": (keuzedeel(code="0067"), AmvbOnderdeel("A1", "0004"))}, ["K06", "K07"]),
        ({"onderdelen": (keuzedeel(datum_resultaat=DATUM),)}, ["K08"]),
        ({"onderdelen": (keuzedeel(certificaat=False),)}, ["K08"]),
        ({"onderdelen": (examen("3005", inschrijvingvolgnummer="1"),)}, ["K08"]),
        ({"onderdelen": (keuzedeel(instelling="27DV"),)}, []),
        ({"inschrijvingvolgnummer": None}, []),
        ({"instelling": "99AA"}, ["K13"]),
        ({"bekostigbaar": None}, ["K14"]),
        ({"onderwijsaanbieder": "101X591"}, ["K15"]),
        ({"onderwijsaanbieder": None}, []),  # a signal (D09), not a form
    ],
)
def test_a_diploma_and_its_parts(velden, gevonden):
    assert regels(diploma(**({"bekostigbaar": True} | velden))) == gevonden


def test_a_diploma_of_an_nbi_has_no_funding_indication():
    assert regels(diploma(), gegevens=nbi()) == []


@pytest.mark.parametrize(
    ("resultaat", "gevonden"),
    [
        (keuzedeel(**LOS, certificaat=True), []),
        (keuzedeel(**LOS, certificaat=False), []),
        (keuzedeel(**LOS), ["K10"]),
        (AmvbOnderdeel("A1", "C0004", **LOS, certificaat=True), []),
        (AmvbOnderdeel("A1", "C0004", **LOS, certificaat=False), ["K11"]),
        (AmvbOnderdeel("A1", "C0004", **LOS), ["K10"]),
        (examen("3005", **LOS), []),
        (examen("3005", **(LOS | {"datum_resultaat": None})), ["K09"]),
        (examen("3005", **(LOS | {"inschrijvingvolgnummer": None})), ["K12"]),
        (examen("3005", **(LOS | {"instelling": None})), ["K13"]),
        (examen("3005", onderwijsaanbieder="100a501", **LOS), ["K15"]),
    ],
)
def test_a_loose_result_carries_what_a_diploma_would(resultaat, gevonden):
    assert regels(los=(resultaat,)) == gevonden


def test_a_number_is_used_once_per_institution_among_what_stands_alone():
    een = examen("3005", "1", **LOS)
    elders = examen("3005", "1", **(LOS | {"instelling": "25LX"}))
    deel = diploma(bekostigbaar=True, resultaatvolgnummer="9", onderdelen=(examen("3005", "1"),))
    assert regels(diploma(bekostigbaar=True), los=(een,)) == ["K03"]
    assert regels(deel, los=(een, elders)) == []
