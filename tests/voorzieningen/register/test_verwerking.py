"""One door: what is delivered is journalled, judged, applied and answered, and nothing is ever lost or overwritten."""

import msgspec
import pytest

from kernregister.kern.dossier import Dossier
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register import public as register
from tests.voorzieningen.register.opzet import identificatie, inschrijving, stuur, zet_sector_klaar


@pytest.fixture
def sector(databank):
    return zet_sector_klaar()


@pytest.fixture
def student(sector) -> Dossier:
    """Somebody with one enrolment at a funded institution."""
    return next(d for d in sector.dossiers() if len(d.inschrijvingen) == 1 and d.persoon.burgerservicenummer)


def geregistreerd(dossier: Dossier) -> Dossier:
    pgn = dossier.persoon.pgn
    return register.dossier(personen.zoek([pgn])[pgn])


def test_who_is_identified_can_be_enrolled(student):
    afzender = student.inschrijvingen[0].instelling
    wie, in_ = stuur(identificatie(student, afzender), inschrijving(student))
    assert wie.aanvaard, wie
    assert wie.identificatie.burgerservicenummer == student.persoon.burgerservicenummer
    assert in_.aanvaard, in_.bevindingen
    (een,) = geregistreerd(student).inschrijvingen
    assert een == msgspec.structs.replace(student.inschrijvingen[0], bpvs=())
