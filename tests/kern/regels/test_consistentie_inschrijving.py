"""Group G: at the edges of what an enrolment may be."""

import pytest
from hypothesis import given

from kernregister.kern.dossier import Dossier, ExtraOndersteuning
from kernregister.kern.regels.catalogus import catalogus
from kernregister.kern.regels.motor import Motor
from kernregister.kern.regels.paspoort import Ernst, Groep
from tests.kern.strategieen import van
from tests.kern.voorbeelden import ELDERS, bevindingen, dag, inschrijving, nbi, periode, sleutels, student

DAG = "2025-10-01"
CONSISTENTIE = [r for r in catalogus().values() if Groep.DUBBEL < r.groep < Groep.AFKEUR]


def regels(*inschrijvingen, gegevens=None):
    dossier = student(*inschrijvingen)
    return {
        regel.id
        for regel in CONSISTENTIE
        for _ in bevindingen(regel.id, dossier, DAG, gegevens)
        if regel.id[0] == "G"
    }


@pytest.mark.parametrize("volgnummer", ["", "a" * 21, "C 1", "C-1", "é"])
def test_a_sequence_number_is_letters_and_digits(volgnummer):
    assert regels(inschrijving(inschrijvingvolgnummer=volgnummer)) == {"G01"}


def test_each_repeated_number_is_found_once():
    dossier = student(
        inschrijving(),
        inschrijving("2022-08-01"),
        inschrijving("2020-08-01"),
        inschrijving(instelling=ELDERS),
    )
    assert sleutels(bevindingen("G02", dossier, DAG)) == [("Inschrijving", "27DV", "1")] * 2


@pytest.mark.parametrize(
    ("velden", "gevonden"),
    [
        ({}, set()),
        ({"eind": "2024-08-01"}, set()),
        ({"eind": "2024-07-31"}, {"G03"}),
        ({"datum_uitschrijving_gepland": "2024-07-31"}, {"G04"}),
        ({"datum_uitschrijving_gepland": None}, {"G13"}),
        ({"eind": "2025-07-11", "reden_uitschrijving": None}, {"G05"}),
        ({"eind": "2025-07-11", "reden_uitschrijving": ""}, {"G05"}),
        ({"reden_uitschrijving": "08"}, {"G06"}),
        ({"eind": "2025-07-11", "reden_uitschrijving": "8"}, {"G07"}),
        ({"eind": "2025-07-11", "reden_uitschrijving": "10"}, {"G07"}),
        ({"perioden": ()}, {"G08"}),
        ({"perioden": (periode("2024-08-02"),)}, {"G09"}),
        ({"perioden": (periode("2024-07-31"),)}, {"G10"}),
        ({"perioden": (periode("2024-07-31"), periode("2024-08-02"))}, {"G10"}),
        ({"perioden": (periode(), periode("2025-07-12")), "eind": "2025-07-11"}, {"G10"}),
        ({"perioden": (periode(), periode("2025-07-11")), "eind": "2025-07-11"}, set()),
        ({"perioden": (periode("9999-12-31"), periode())}, set()),
        ({"perioden": (periode(), periode())}, {"G11"}),
        ({"perioden": (periode("2025-02-01"), periode(), periode("2025-02-01"))}, {"G11"}),
        ({"instelling": "99AA"}, {"G12"}),
        ({"instelling": "27dv"}, {"G12"}),
    ],
)
def test_dates_reasons_and_periods_belong_together(velden, gevonden):
    assert regels(inschrijving(**velden)) == gevonden


def test_the_value_of_an_unknown_reason_is_no_ground_to_refuse():
    assert catalogus()["G07"].ernst is Ernst.SIGNAAL


def test_extra_support_ends_on_its_first_day_at_the_earliest_and_only_at_bi():
    def met(begin, eind):
        return inschrijving(
            extra_ondersteuning=(ExtraOndersteuning(dag(begin), dag(eind) if eind else None),)
        )

    assert regels(met("2024-09-01", None)) == set()
    assert regels(met("2024-09-01", "2024-09-01")) == set()
    assert regels(met("2024-09-01", "2024-08-31")) == {"G14"}
    assert regels(met("2024-09-01", "2024-08-31"), gegevens=nbi()) == {"G15"}


@given(van(Dossier))
def test_consistency_does_not_depend_on_the_day(dossier):
    een, ander = (Motor(CONSISTENTIE, dag(d)).controleer(dossier) for d in ("2015-10-01", "2031-02-01"))
    assert een == ander
