"""What a melding does to a dossier, by itself: nothing else changes, and it can be taken back."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from kernregister.kern import dossier as kern
from kernregister.kern.dossier import Dossier, Persoon
from kernregister.kern.meldingen import berichten as b
from kernregister.kern.meldingen.toepassen import (
    VELD,
    Mutatie,
    Sleutel,
    Soort,
    aggregaten,
    pas_toe,
    sleutel_van,
    voer_door,
)
from tests.kern.strategieen import struct

BSN = "999990007"
ONDERDEEL = st.one_of(*(struct(soort) for soort in kern.ONDERDELEN))
SOORTEN = {
    "inschrijvingen": struct(kern.Inschrijving),
    "diplomas": struct(kern.Diploma),
    "losse_resultaten": ONDERDEEL,
    "deelnames": struct(kern.Deelname),
    "vooropleidingen": struct(kern.VoResultaat) | struct(kern.HoDiploma),
}
AGGREGATEN = st.one_of(*SOORTEN.values())


@st.composite
def dossiers(draw: Any) -> Dossier:
    """Give a dossier as the register keeps it: each key once, in order of key."""
    delen = {
        veld: tuple(sorted(draw(st.lists(soort, max_size=3, unique_by=sleutel_van)), key=sleutel_van))
        for veld, soort in SOORTEN.items()
    }
    return Dossier(structs.replace(draw(struct(kern.Persoon)), burgerservicenummer=BSN), **delen)


def kop(**nummers: str) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "afzender": "27DV",
        "moment": datetime(2026, 3, 1, tzinfo=UTC),
        **(nummers or {"burgerservicenummer": BSN}),
    }


@settings(max_examples=40)
@given(dossiers(), AGGREGATEN)
def test_what_is_put_in_and_taken_out_again_leaves_the_dossier_as_it_was(dossier, aggregaat):
    sleutel = sleutel_van(aggregaat)
    oud = next((een for een in aggregaten(dossier) if sleutel_van(een) == sleutel), None)
    erin = voer_door(dossier, [Mutatie(sleutel, oud, aggregaat)])
    assert aggregaat in getattr(erin, VELD[sleutel.soort])
    assert voer_door(erin, [Mutatie(sleutel, aggregaat, oud)]) == dossier


@settings(max_examples=40)
@given(dossiers(), st.lists(AGGREGATEN, max_size=4))
def test_a_dossier_stays_in_order_of_key_with_each_key_once(dossier, erbij):
    na = voer_door(dossier, [Mutatie(sleutel_van(een), None, een) for een in erbij])
    for veld in VELD.values():
        sleutels = [sleutel_van(een) for een in getattr(na, veld)]
        assert sleutels == sorted(set(sleutels))


@settings(max_examples=40)
@given(dossiers(), st.lists(AGGREGATEN, max_size=5))
def test_mutations_one_by_one_do_what_they_do_together(dossier, erbij):
    mutaties = [Mutatie(sleutel_van(een), None, een) for een in erbij]
    een_voor_een = dossier
    for mutatie in mutaties:
        een_voor_een = voer_door(een_voor_een, [mutatie])
    assert voer_door(dossier, mutaties) == een_voor_een


@settings(max_examples=40)
@given(dossiers(), struct(kern.Persoon))
def test_person_data_of_a_source_never_change_the_numbers(dossier, nieuw):
    na, _ = pas_toe(dossier, b.VerstrekkenPersoonsgegevens(persoon=nieuw, **kop()))
    eigen = dossier.persoon
    assert (na.persoon.burgerservicenummer, na.persoon.onderwijsnummer) == (BSN, eigen.onderwijsnummer)
    assert na.persoon.achternaam == nieuw.achternaam
    assert structs.replace(na, persoon=eigen) == dossier


@settings(max_examples=40)
@given(dossiers(), struct(kern.Inschrijving))
def test_a_whole_record_is_registered_once_and_the_second_time_changes_nothing(dossier, record):
    melding = b.OvernemenInschrijving(inschrijving=record, **kop())
    na, mutaties = pas_toe(dossier, melding)
    (geregistreerd,) = (een for een in na.inschrijvingen if sleutel_van(een) == sleutel_van(record))
    assert structs.replace(geregistreerd, verblijf_grond=record.verblijf_grond) == record
    assert voer_door(dossier, mutaties) == na
    assert pas_toe(na, melding) == (na, ())


def test_an_ro_which_has_no_place_for_the_ground_of_residence_does_not_take_it_away():
    eigen = kern.Inschrijving("27DV", "1", date(2024, 8, 1), verblijf_grond="verblijfsdocument")
    uit_ro = structs.replace(eigen, verblijf_grond=None)
    dossier = Dossier(Persoon(BSN), (eigen,))
    assert pas_toe(dossier, b.OvernemenInschrijving(inschrijving=uit_ro, **kop())) == (dossier, ())
    gewijzigd = structs.replace(uit_ro, datum_uitschrijving_gepland=date(2027, 7, 31))
    na, _ = pas_toe(dossier, b.OvernemenInschrijving(inschrijving=gewijzigd, **kop()))
    assert na.inschrijvingen == (structs.replace(gewijzigd, verblijf_grond="verblijfsdocument"),)


def test_a_correction_of_an_enrolment_leaves_its_placements_and_the_key_is_of_the_sender():
    bpv = kern.Bpv("1", date(2025, 1, 10), date(2025, 2, 3))
    oud = kern.Inschrijving("27DV", "1", date(2024, 8, 1), bpvs=(bpv,))
    elders = structs.replace(oud, instelling="25LX")
    bericht = b.InschrijvingBericht(inschrijvingvolgnummer="1", datum_inschrijving=date(2024, 9, 1))
    na, (mutatie,) = pas_toe(
        Dossier(Persoon(BSN), (elders, oud)), b.AanleverenInschrijving(inschrijving=bericht, **kop())
    )
    assert mutatie.sleutel == Sleutel(Soort.INSCHRIJVING, "27DV", "1")
    assert na.inschrijvingen == (elders, structs.replace(oud, datum_inschrijving=date(2024, 9, 1)))


def test_what_is_taken_over_tells_of_the_person_only_when_nothing_is_known():
    record = kern.Inschrijving("27DV", "1", date(2024, 8, 1))
    melding = b.OvernemenInschrijving(geboortedatum="2006-05-14", geslacht="V", inschrijving=record, **kop())
    na, mutaties = pas_toe(Dossier(Persoon(BSN)), melding)
    assert na.persoon == Persoon(BSN, geboortedatum="2006-05-14", geslacht="V")
    assert len(mutaties) == 2
    bekend = Dossier(Persoon(BSN, geboortedatum="2001-01-01", geslacht="M"))
    na, mutaties = pas_toe(bekend, melding)
    assert na.persoon == bekend.persoon
    assert len(mutaties) == 1


def test_the_parts_of_a_diploma_are_of_no_institution_of_their_own():
    bericht = b.lees(
        b'{"soort":"AanleverenDiploma","id":"11111111-2222-4333-8444-555555555555","afzender":"27DV",'
        b'"moment":"2026-03-01T10:00:00Z","onderwijsnummer":"100310303","diploma":{"resultaatvolgnummer":"1",'
        b'"opleidingcode":"25655","datum_resultaat":"2026-01-30","onderdelen":[{"soort":"KZD",'
        b'"resultaatvolgnummer":"2","code":"K0067","behaald":true}]}}'
    )
    na, _ = pas_toe(Dossier(Persoon(None, "100310303")), bericht)
    (diploma,) = na.diplomas
    assert (diploma.instelling, diploma.op_onderwijsnummer) == ("27DV", True)
    assert diploma.onderdelen == (kern.Keuzedeel("2", "K0067", True, op_onderwijsnummer=True),)
