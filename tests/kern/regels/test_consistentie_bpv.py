"""Group J: at the edges of what a placement may be."""

import pytest

from kernregister.kern.regels.catalogus import catalogus
from kernregister.kern.regels.paspoort import Ernst
from tests.kern.voorbeelden import bevindingen, bpv, inschrijving, student

REGELS = [id_ for id_ in catalogus() if id_[0] == "J"]


def regels(*bpvs):
    dossier = student(inschrijving(bpvs=bpvs))
    return [u.regel for id_ in REGELS for u in bevindingen(id_, dossier, "2025-10-01")]


@pytest.mark.parametrize(
    ("velden", "gevonden"),
    [
        ({}, []),
        ({"volgnummer": "POK-1"}, ["J01"]),
        ({"datum_einde_gepland": "2025-02-03"}, []),
        ({"datum_einde_gepland": "2025-02-02"}, ["J03"]),
        ({"datum_einde_gepland": None}, ["J08"]),
        ({"eind": "2025-02-03"}, []),
        ({"eind": "2025-02-02"}, ["J04"]),
        ({"opleidingcode": None, "keuzedeelcode": "K0067"}, []),
        ({"keuzedeelcode": "K0067"}, ["J05"]),
        ({"opleidingcode": None}, ["J05"]),
        ({"opleidingcode": "", "keuzedeelcode": ""}, ["J05"]),
        ({"leerbedrijf_id": None}, ["J06"]),
        ({"leerbedrijf_id": "99999999"}, ["J06"]),
        ({"leerbedrijf_id": "000000001"}, ["J06"]),
        ({"leerbedrijf_id": "999999999"}, []),
        ({"afsluitdatum": "2025-02-03"}, []),
        ({"afsluitdatum": "2025-02-04"}, ["J07"]),
        ({"opleidingcode": "2565"}, ["J09"]),
        ({"opleidingcode": None, "keuzedeelcode": "0067"}, ["J09"]),
        ({"omvang": None}, []),  # a signal (C02), not a refusal
        ({"omvang": 5121}, []),
    ],
)
def test_a_placement_is_consistent_in_itself(velden, gevonden):
    assert regels(bpv(**velden)) == gevonden


def test_a_repeated_number_is_found_once_for_the_enrolment():
    assert regels(bpv(volgnummer="1"), bpv(volgnummer="2"), bpv(volgnummer="1"), bpv(volgnummer="2")) == [
        "J02"
    ]
    assert regels(bpv(volgnummer="1"), bpv(volgnummer="2")) == []


def test_an_agreement_drawn_up_late_is_only_a_warning():
    assert catalogus()["J07"].ernst is Ernst.SIGNAAL
