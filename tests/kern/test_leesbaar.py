import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given

from kernregister.kern.dossier import (
    Bpv,
    Dossier,
    GeneriekExamenonderdeel,
    Inschrijving,
    Inschrijvingsperiode,
    Keuzedeel,
    Persoon,
)
from kernregister.kern.gegevens import Bron, Gegevens
from kernregister.kern.leesbaar import Onleesbaar, als_object, uit_object
from kernregister.kern.regels.motor import Sleutel, Uitkomst
from kernregister.kern.tijd import OPEN, Periode, Studiejaar
from tests.kern.strategieen import van


@given(van(Dossier))
def test_a_dossier_comes_back_whole_through_json(dossier):
    assert uit_object(Dossier, json.loads(json.dumps(als_object(dossier)))) == dossier


@given(van(Gegevens))
def test_reference_data_come_back_whole_through_json(gegevens):
    assert uit_object(Gegevens, json.loads(json.dumps(als_object(gegevens)))) == gegevens


def test_only_what_is_filled_is_written():
    periode = Inschrijvingsperiode(date(2024, 8, 1), "25655", "BOL", bekostigbaar=False)
    assert als_object(periode) == {
        "datum_begin": "2024-08-01",
        "opleidingcode": "25655",
        "leertraject": "BOL",
        "bekostigbaar": False,
    }
    assert als_object(Periode(date(2024, 8, 1), OPEN)) == {"begin": "2024-08-01"}
    assert als_object(Studiejaar(2024)) == {"start": 2024}


def test_a_part_says_which_kind_it_is():
    dossier = Dossier(
        Persoon("999990007"),
        losse_resultaten=(
            Keuzedeel("1", "K0067", True),
            GeneriekExamenonderdeel("2", "3005", cijfer_ie=Decimal("7.4")),
        ),
    )
    assert als_object(dossier)["losse_resultaten"] == [
        {"soort": "KZD", "resultaatvolgnummer": "1", "code": "K0067", "behaald": True},
        {"soort": "GEO", "resultaatvolgnummer": "2", "code": "3005", "cijfer_ie": "7.4"},
    ]


def test_a_key_of_two_codes_is_one_text():
    gegevens = Gegevens(
        frozenset({Bron.LICENTIES, Bron.RIO}), licenties={("27DV", "25655"): (Periode(date(2020, 1, 1)),)}
    )
    assert als_object(gegevens) == {
        "beschikbaar": ["licenties", "rio"],
        "licenties": {"27DV 25655": [{"begin": "2020-01-01"}]},
    }


def test_values_of_a_finding_become_plain():
    uitkomst = Uitkomst("B04", Sleutel("Inschrijving", "1"), date.min, OPEN, {"gepland": date(2024, 1, 1)})
    assert als_object(uitkomst)["waarden"] == {"gepland": "2024-01-01"}


def test_all_that_is_wrong_is_named_at_once_with_its_place():
    stuk = {
        "persoon": {"burgerservicenummer": 999990007, "geboortedatum": "1990", "naam": "Bakker"},
        "inschrijvingen": [
            {
                "instelling": "27DV",
                "datum_inschrijving": "1-8-2024",
                "bpvs": [[]],
                "extra_ondersteuning": "nee",
            }
        ],
        "losse_resultaten": [{"soort": "XYZ"}],
    }
    with pytest.raises(Onleesbaar) as fout:
        uit_object(Dossier, stuk)
    assert [f.pad for f in fout.value.fouten] == [
        "persoon.naam",
        "persoon.burgerservicenummer",
        "persoon.geboortedatum",
        "inschrijvingen[0].inschrijvingvolgnummer",
        "inschrijvingen[0].datum_inschrijving",
        "inschrijvingen[0].extra_ondersteuning",
        "inschrijvingen[0].bpvs[0]",
        "losse_resultaten[0].soort",
    ]
    assert "inschrijvingen[0].datum_inschrijving: verwacht een datum als jjjj-mm-dd, niet '1-8-2024'" in str(
        fout.value
    )


@pytest.mark.parametrize(
    ("soort", "waarde", "pad"),
    [
        (Gegevens, {"licenties": {"27DV": []}}, "licenties[27DV]"),
        (Gegevens, {"licenties": []}, "licenties"),
        (Gegevens, {"beschikbaar": ["maan"]}, "beschikbaar[0]"),
        (Keuzedeel, {"soort": "AMO", "resultaatvolgnummer": "1", "code": "K0001", "behaald": True}, "soort"),
        (Bpv, "C1", ""),
        (Inschrijving, {"instelling": "27DV", "inschrijvingvolgnummer": "1"}, "datum_inschrijving"),
    ],
)
def test_what_does_not_fit_is_an_error_and_never_a_guess(soort, waarde, pad):
    with pytest.raises(Onleesbaar) as fout:
        uit_object(soort, waarde)
    assert [f.pad for f in fout.value.fouten] == [pad]
