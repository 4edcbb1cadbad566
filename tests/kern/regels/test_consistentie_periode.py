"""Group H: value lists with their dates, levels and learning routes."""

import pytest

from kernregister.kern.gegevens import Bron, Gegevens, Opleiding
from kernregister.kern.regels.catalogus import catalogus
from kernregister.kern.regels.motor import Motor
from tests.kern.voorbeelden import bevindingen, dag, inschrijving, nbi, periode, stamgegevens, student

DAG = "2025-10-01"
REGELS = [id_ for id_ in catalogus() if id_[0] == "H"]
OPLEIDINGEN = {
    "25180": Opleiding("25180", "Kok", niveau="MBO-2"),
    "25182": Opleiding("25182", "Zelfstandig werkend kok", niveau="MBO-3"),
    "25251": Opleiding("25251", "Assistent dienstverlening en zorg", niveau="MBO-1"),
    "23110": Opleiding("23110", "Entree", soort="dossier"),
    "79120": Opleiding("79120", "Horeca en bakkerij", soort="domein"),
    "25999": Opleiding("25999", "Zonder bekend niveau"),
}


def regels(begin="2024-08-01", gegevens=None, **velden):
    gegevens = gegevens or stamgegevens(opleidingen=OPLEIDINGEN)
    velden = {"opleidingcode": "25180", "bekostigbaar": True} | velden
    dossier = student(inschrijving(begin, perioden=(periode(begin, **velden),)))
    return {u.regel for id_ in REGELS for u in bevindingen(id_, dossier, DAG, gegevens)}


@pytest.mark.parametrize(
    ("begin", "leertraject", "gevonden"),
    [
        ("2024-08-01", "BOL", set()),
        ("2024-08-01", "bol", {"H01"}),
        ("2024-08-01", "", {"H01"}),
        ("2023-07-31", "BOL_DT", set()),
        ("2023-08-01", "BOL_DT", {"H02"}),
        ("2018-12-31", "ODT", {"H02"}),
        ("2019-01-01", "ODT", set()),
        ("1997-07-31", "BOL", {"H02"}),
        ("2024-08-01", "EX", set()),
    ],
)
def test_a_route_is_judged_on_the_day_the_period_begins(begin, leertraject, gevonden):
    assert regels(begin, leertraject=leertraject) == gevonden


def test_an_exam_enrolment_exists_at_funded_institutions_only():
    assert regels(leertraject="EX", gegevens=nbi(opleidingen=OPLEIDINGEN)) == {"H03"}


@pytest.mark.parametrize(
    ("code", "niveau", "gevonden"),
    [
        ("25180", None, set()),
        ("25180", "MBO-2", set()),
        ("25180", "MBO-3", {"H06"}),
        ("25999", "MBO-3", set()),
        ("23110", "MBO-1", set()),
        ("23110", None, {"H05"}),
        ("23110", "", {"H05"}),
        ("79120", None, {"H05"}),
        ("23366", None, set()),  # not in the list: nothing is read from its number
        ("23110", "1", {"H04"}),
    ],
)
def test_a_level_goes_with_the_kind_of_programme(code, niveau, gevonden):
    assert regels(opleidingcode=code, niveau=niveau) == gevonden


@pytest.mark.parametrize(
    ("velden", "gevonden"),
    [
        ({"leerroute": "DLR", "leerroutefase": "VO"}, set()),
        ({"leerroute": "DLR"}, set()),
        ({"leerroute": "DLP"}, {"H10"}),
        ({"leerroute": "DLR", "leerroutefase": "Vo"}, {"H11"}),
        ({"leerroutefase": "VO"}, {"H14"}),
        ({"leerroute": "DLR", "begin": "2020-08-01"}, set()),
        ({"leerroute": "DLR", "begin": "2020-07-31"}, {"H10"}),
        ({"leerroute": "DLR", "leerroutefase": "MBO", "begin": "2020-07-31"}, {"H10", "H11"}),
        ({"leerroute": "DLR", "opleidingcode": "23110", "niveau": "MBO-1"}, {"H12"}),
        ({"leerroute": "DLR", "opleidingcode": "23110", "niveau": "MBO-4"}, set()),
        ({"leerroute": "GLR", "opleidingcode": "23110", "niveau": "MBO-2"}, set()),
        ({"leerroute": "GLR", "opleidingcode": "23110", "niveau": "MBO-3"}, {"H12"}),
        ({"leerroute": "GLR", "opleidingcode": "25180"}, set()),
        ({"leerroute": "GLR", "opleidingcode": "25182"}, {"H13"}),
        ({"leerroute": "DLR", "opleidingcode": "25251"}, {"H13"}),
        ({"leerroute": "DLR", "opleidingcode": "25182"}, set()),
    ],
)
def test_a_learning_route_goes_with_date_phase_and_level(velden, gevonden):
    assert regels(**velden) == gevonden


@pytest.mark.parametrize(
    ("velden", "gevonden"),
    [
        ({"opleidingcode": "K0067"}, {"H07"}),
        ({"onderwijsaanbieder": "101X591"}, {"H08"}),
        ({"onderwijslocatie": "100A501"}, {"H09"}),
        ({"onderwijsaanbieder": None, "onderwijslocatie": None}, set()),  # presence is a signal, not a form
        ({"bekostigbaar": None}, {"H15"}),
        ({"bekostigbaar": False}, set()),
    ],
)
def test_codes_have_their_form(velden, gevonden):
    assert regels(**velden) == gevonden


def test_the_funding_indication_is_asked_of_funded_institutions_only():
    assert regels(bekostigbaar=None, gegevens=nbi(opleidingen=OPLEIDINGEN)) == set()


def test_without_the_list_of_programmes_three_rules_are_not_judged():
    motor = Motor([catalogus()[id_] for id_ in REGELS], dag(DAG), Gegevens())
    ontbreekt = {n.regel: n.ontbreekt for n in motor.niet_beoordeeld}
    assert ontbreekt == dict.fromkeys(["H05", "H06", "H13"], (Bron.OPLEIDINGEN,))
