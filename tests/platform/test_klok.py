"""The clock: of the machine, and in a demo moved forward for all processes at once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import override_settings

from kernregister.platform import klok
from kernregister.platform.pas import Pas, Soort, met_pas


@pytest.fixture
def demo(databank):
    klok._geheugen.clear()
    with override_settings(DEMO=True):
        yield
    klok._geheugen.clear()


def test_outside_a_demo_the_clock_is_that_of_the_machine_and_stays_so():
    assert abs(klok.nu() - datetime.now(UTC)) < timedelta(seconds=5)
    with pytest.raises(ValueError, match="alleen in de demo"):
        klok.zet_vooruit(timedelta(days=1))


def test_a_demo_moves_forward_bit_by_bit(demo):
    voor = klok.nu()
    klok.zet_vooruit(timedelta(days=90))
    klok.zet_vooruit(timedelta(days=1))
    assert timedelta(days=91) <= klok.nu() - voor < timedelta(days=91, minutes=1)
    assert klok.machinetijd() - voor < timedelta(minutes=1)


def test_the_clock_does_not_go_back(demo):
    with pytest.raises(ValueError, match="niet terug"):
        klok.zet_vooruit(timedelta(seconds=-1))


def test_a_pass_holds_however_far_the_clock_was_moved(demo):
    klok.zet_vooruit(timedelta(days=400))
    from django.db import connections

    with met_pas(Pas(Soort.DUO)), connections["default"].cursor() as cursor:
        cursor.execute("SELECT pas_soort()")
        assert cursor.fetchone() == ("duo",)


@pytest.mark.parametrize(
    ("moment", "dag"),
    [
        ("2026-07-31T21:59:59", "2026-07-31"),
        ("2026-07-31T22:00:00", "2026-08-01"),
        ("2026-12-31T23:00:00", "2027-01-01"),
    ],
)
def test_a_day_begins_as_it_does_in_the_netherlands(monkeypatch, moment, dag):
    monkeypatch.setattr(klok, "machinetijd", lambda: datetime.fromisoformat(moment).replace(tzinfo=UTC))
    assert klok.vandaag().isoformat() == dag
