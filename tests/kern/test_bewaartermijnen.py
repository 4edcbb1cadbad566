"""What is kept, how long, and why; what is due goes, and what somebody still needs stays."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernregister.kern.bewaartermijnen import TeVernietigen, te_vernietigen, termijn, termijnen
from kernregister.kern.dossier import (
    Bpv,
    Deelname,
    Diploma,
    Dossier,
    ExtraOndersteuning,
    Inschrijving,
    Persoon,
    Verblijfstitel,
)
from kernregister.kern.tijd import OnvolledigeDatum
from tests.kern.strategieen import van

EINDE = date(2020, 7, 31)
INSCHRIJVING = Inschrijving(
    "27DV",
    "1",
    date(2018, 8, 1),
    datum_uitschrijving_werkelijk=EINDE,
    extra_ondersteuning=(ExtraOndersteuning(date(2019, 1, 1)),),
    bpvs=(Bpv("1", date(2019, 1, 1), date(2019, 2, 1)),),
)


def soorten(uit: tuple[TeVernietigen, ...]) -> list[str]:
    return [een.soort for een in uit]


def test_every_term_has_a_length_a_source_and_an_event():
    for soort, rij in termijnen().items():
        assert rij, soort
        for een in rij:
            assert een.jaren * 12 + een.maanden > 0
            assert een.bron
            assert een.na
            assert een.besluit == een.bron.startswith("Ons besluit")


def test_a_term_counts_from_its_event_to_the_day():
    dossier = Dossier(Persoon(), (INSCHRIJVING,))
    assert te_vernietigen(dossier, date(2022, 7, 30)) == ()
    (een,) = te_vernietigen(dossier, date(2022, 7, 31))
    assert (een.soort, een.record, een.sinds) == (
        "extra_ondersteuning",
        INSCHRIJVING.extra_ondersteuning[0],
        date(2022, 7, 31),
    )
    assert soorten(te_vernietigen(dossier, date(2027, 7, 31))) == ["bpv", "extra_ondersteuning"]


def test_the_person_goes_when_nothing_is_left_that_needs_them():
    persoon = Persoon(verblijfstitels=(Verblijfstitel("26", OnvolledigeDatum("2018-01-01")),))
    deelname = Deelname("VO", "01AA", date(2014, 8, 1), date(2018, 7, 31))
    dossier = Dossier(persoon, (INSCHRIJVING,), deelnames=(deelname,))
    assert soorten(te_vernietigen(dossier, date(2030, 1, 1))) == [
        "bpv",
        "extra_ondersteuning",
        "deelname",
        "verblijfstitel",
    ]
    assert soorten(te_vernietigen(dossier, date(2050, 7, 31)))[-1] == "persoonsgegevens"


def test_a_diploma_keeps_its_holder_known():
    diploma = Diploma("27DV", "1", "25655", EINDE)
    dossier = Dossier(Persoon(), (INSCHRIJVING,), (diploma,))
    uit = soorten(te_vernietigen(dossier, date(2060, 1, 1)))
    assert "inschrijving" in uit
    assert "persoonsgegevens" not in uit
    assert soorten(te_vernietigen(dossier, date(2070, 7, 31)))[-2:] == ["resultaat", "persoonsgegevens"]


def test_who_is_enrolled_loses_nothing():
    loopt = Inschrijving("27DV", "2", date(1960, 8, 1), bpvs=INSCHRIJVING.bpvs)
    dossier = Dossier(Persoon(), (loopt,), deelnames=(Deelname("VO", "01AA", date(1955, 8, 1)),))
    assert te_vernietigen(dossier, date(2100, 1, 1)) == ()


def test_a_kind_nobody_set_a_term_for_is_an_error():
    with pytest.raises(KeyError):
        termijn("schoenmaat", EINDE)


@given(van(Dossier), st.dates(date(2001, 1, 1), date(2090, 1, 1)), st.integers(0, 4000))
def test_what_is_due_stays_due(dossier: Dossier, op: date, later: int):
    eerst, daarna = (
        te_vernietigen(dossier, op),
        te_vernietigen(dossier, date.fromordinal(op.toordinal() + later)),
    )
    assert {een.sinds for een in daarna} >= {een.sinds for een in eerst}
    assert len(daarna) >= len(eerst)
    assert all(een.sinds <= op for een in eerst)
