"""A subscription that rests on an enrolment ends with the last enrolment; one on an application does not."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from msgspec.structs import replace

from kernregister.fictief.nummers import burgerservicenummer
from kernregister.kern.dossier import Dossier, Inschrijving, Persoon
from kernregister.kern.meldingen.toepassen import Mutatie, sleutel_van
from kernregister.platform import klok
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.personen.public import Abonnementsoort, Doel, Nummers
from kernregister.voorzieningen.register.doelbinding import bewaak
from kernregister.voorzieningen.register.volgers import Toegepast

DAG = date(2026, 2, 1)
LOOPT = Inschrijving("27DV", "1", date(2025, 8, 1))
SOORT = Abonnementsoort.PERSOONSGEGEVENS


@pytest.fixture
def wie(databank) -> int:
    with transaction.atomic(using="stelsel"):
        (persoon,) = personen.maak([Nummers(burgerservicenummer(1, 90))])
        personen.zet_abonnement(persoon, "27DV", SOORT, "aan", DAG, doel=Doel.INSCHRIJVING)
        personen.zet_abonnement(persoon, "25PX", SOORT, "aan", DAG, doel=Doel.INSCHRIJVING)
        personen.zet_abonnement(
            persoon, "27DV", Abonnementsoort.VOOROPLEIDING, "aan", DAG, doel=Doel.AANMELDING
        )
    return persoon


def wijziging(
    wie: int, voor: tuple[Inschrijving, ...], na: tuple[Inschrijving, ...]
) -> list[tuple[int, str]]:
    """Let a melding change the enrolments of a person, and return who follows them then."""
    mutaties = tuple(Mutatie(sleutel_van(een), een, None) for een in voor)
    toegepast = Toegepast(1, wie, Dossier(Persoon(), voor), Dossier(Persoon(), na), "27DV", mutaties)
    with transaction.atomic(using="stelsel"):
        assert bewaak([toegepast], klok.nu(), DAG) == {}
    return personen.abonnees([wie], SOORT, DAG)


def test_the_end_of_the_last_enrolment_ends_it_for_that_institution_and_purpose(wie):
    klaar = replace(LOOPT, datum_uitschrijving_werkelijk=DAG - timedelta(days=1))
    assert wijziging(wie, (LOOPT,), (klaar,)) == [(wie, "25PX")]
    assert personen.abonnees([wie], Abonnementsoort.VOOROPLEIDING, DAG) == [(wie, "27DV")]


def test_an_enrolment_taken_back_ends_it_too(wie):
    assert wijziging(wie, (LOOPT,), ()) == [(wie, "25PX")]


@pytest.mark.parametrize(
    "na",
    [
        (replace(LOOPT, datum_uitschrijving_werkelijk=DAG),),  # the last day still counts
        (
            replace(LOOPT, datum_uitschrijving_werkelijk=date(2026, 1, 1)),
            replace(LOOPT, inschrijvingvolgnummer="2"),
        ),
        (replace(LOOPT, datum_inschrijving=date(2026, 9, 1)),),
    ],
)
def test_who_is_still_or_again_enrolled_stays_followed(wie, na):
    assert wijziging(wie, (LOOPT,), na) == [(wie, "25PX"), (wie, "27DV")]
