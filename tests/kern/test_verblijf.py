"""Who may be enrolled: nationality, age and residence title on the first day of the programme."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernregister.kern.dossier import Nationaliteit, Persoon, Verblijfstitel
from kernregister.kern.tijd import jaren_na, laatst, vroegst
from kernregister.kern.verblijf import (
    Oordeel,
    Reden,
    Toegang,
    beoordeel,
    beoordeel_inschrijving,
    mag_met_grond,
    regeling_op,
)
from tests.kern.voorbeelden import dag, diploma, inschrijving, periode, student

EERSTE_DAG = dag("2025-08-01")
SYRISCH = Nationaliteit("0336", "0000-00-00")
NEDERLANDS = Nationaliteit("0001", "2004-05-14")


def titel(code, begin="2020-03-01", eind=None):
    return Verblijfstitel(code, begin, eind)


def wie(*titels, geboren="2004-05-14", nationaliteiten=(SYRISCH,)):
    return Persoon(geboortedatum=geboren, verblijfstitels=titels, nationaliteiten=nationaliteiten)


def toegang(persoon, op=EERSTE_DAG):
    oordeel = beoordeel(persoon, op)
    return oordeel and oordeel.toegang


# ---- who may


@pytest.mark.parametrize("code", [str(c) for c in (*range(21, 41), 44, 45, 46)])
def test_a_title_of_article_8_gives_the_right(code):
    oordeel = beoordeel(wie(titel(code)), EERSTE_DAG)
    assert oordeel == Oordeel(Toegang.MAG, Reden.VERBLIJFSTITEL, code, titel_beeindigd=code == "39")


@pytest.mark.parametrize("code", ["41", "42", "43", "98"])
def test_some_titles_give_no_right(code):
    assert beoordeel(wie(titel(code)), EERSTE_DAG) == Oordeel(Toegang.MAG_NIET, Reden.GEEN_RECHT, code)


@pytest.mark.parametrize("code", ["00", "09", "20", "91", "93", "47"])
def test_any_other_title_is_for_the_institution_to_ask_after(code):
    oordeel = beoordeel(wie(titel(code)), EERSTE_DAG)
    assert oordeel == Oordeel(Toegang.INSTELLING_STELT_VAST, Reden.ANDERE_TITEL, code)


def test_without_a_title_the_institution_establishes_it():
    assert beoordeel(wie(), EERSTE_DAG) == Oordeel(Toegang.INSTELLING_STELT_VAST, Reden.GEEN_TITEL)


@pytest.mark.parametrize(
    ("code", "reden"), [("0001", Reden.NEDERLANDER), ("0002", Reden.BEHANDELD_ALS_NEDERLANDER)]
)
def test_who_is_dutch_or_treated_as_such_may_whatever_else_is_known(code, reden):
    persoon = wie(titel("98"), nationaliteiten=(SYRISCH, Nationaliteit(code, "2010-01-01")))
    assert beoordeel(persoon, EERSTE_DAG) == Oordeel(Toegang.MAG, reden)


@pytest.mark.parametrize("code", ["0000", "0499", "0500"])
def test_unknown_stateless_and_established_alien_are_not_dutch(code):
    persoon = wie(titel("98"), nationaliteiten=(Nationaliteit(code, "2010-01-01"),))
    assert toegang(persoon) is Toegang.MAG_NIET


@pytest.mark.parametrize(("op", "verwacht"), [("2022-05-13", Toegang.MAG), ("2022-05-14", Toegang.MAG_NIET)])
def test_the_eighteenth_birthday_decides(op, verwacht):
    assert toegang(wie(titel("98")), dag(op)) is verwacht


def test_born_on_a_leap_day_is_of_age_on_the_first_of_march():
    assert toegang(wie(titel("98"), geboren="2004-02-29"), dag("2022-02-28")) is Toegang.MAG
    assert toegang(wie(titel("98"), geboren="2004-02-29"), dag("2022-03-01")) is Toegang.MAG_NIET


@pytest.mark.parametrize(
    ("op", "verwacht"),
    [
        ("2025-01-31", Toegang.INSTELLING_STELT_VAST),
        ("2025-02-01", Toegang.MAG),
        ("2025-08-31", Toegang.MAG),
        ("2025-09-01", Toegang.INSTELLING_STELT_VAST),
    ],
)
def test_the_end_of_a_title_is_the_first_day_without_it(op, verwacht):
    assert toegang(wie(titel("26", "2025-02-01", "2025-09-01")), dag(op)) is verwacht


def test_the_end_of_a_nationality_is_the_first_day_without_it():
    verloren = (Nationaliteit("0001", "2004-05-14", "2025-08-01"), SYRISCH)
    assert toegang(wie(titel("98"), nationaliteiten=verloren), dag("2025-07-31")) is Toegang.MAG
    assert toegang(wie(titel("98"), nationaliteiten=verloren), dag("2025-08-01")) is Toegang.MAG_NIET


def test_of_several_titles_the_one_of_that_day_counts_and_a_contradiction_is_to_be_settled():
    opvolging = wie(titel("26", "2020-03-00", "2025-08-00"), titel("27", "2025-08-00"))
    assert toegang(opvolging) is Toegang.MAG
    assert toegang(wie(titel("26"), titel("98"))) is Toegang.INSTELLING_STELT_VAST


def test_title_39_gives_the_right_and_a_warning_since_2014():
    assert not beoordeel(
        wie(titel("39", "2001-05-01"), geboren="1980-01-01"), dag("2013-12-31")
    ).titel_beeindigd
    assert beoordeel(wie(titel("39", "2001-05-01"), geboren="1980-01-01"), dag("2014-01-01")).titel_beeindigd


# ---- what is not known


def test_without_nationality_nothing_is_said_except_of_a_minor():
    assert beoordeel(wie(titel("98"), nationaliteiten=()), EERSTE_DAG) is None
    assert toegang(wie(titel("98"), nationaliteiten=(), geboren="2009-01-01")) is Toegang.MAG
    assert beoordeel(wie(nationaliteiten=(Nationaliteit("0336", "2025-08-02"),)), EERSTE_DAG) is None


def test_before_the_vreemdelingenwet_2000_nothing_is_said():
    assert regeling_op(dag("2001-03-31")) is None
    assert beoordeel(wie(geboren="1970-01-01"), dag("2001-03-31")) is None
    assert beoordeel(wie(geboren="1970-01-01"), dag("2001-04-01")) is not None


@pytest.mark.parametrize(
    ("geboren", "verwacht"),
    [
        ("2007-08-00", Reden.ONZEKER),
        ("2007-00-00", Reden.ONZEKER),
        ("2007-07-00", Reden.GEEN_RECHT),
        ("2007-09-00", Reden.MINDERJARIG),
        ("2006-00-00", Reden.GEEN_RECHT),
        ("2008-00-00", Reden.MINDERJARIG),
        ("0000-00-00", Reden.ONZEKER),
        (None, Reden.ONZEKER),
        ("geen datum", Reden.ONZEKER),
    ],
)
def test_a_birth_date_that_leaves_it_open_is_for_the_institution(geboren, verwacht):
    assert beoordeel(wie(titel("98"), geboren=geboren), EERSTE_DAG).reden is verwacht


def test_an_unknown_age_does_not_matter_to_who_may_anyhow():
    assert toegang(wie(titel("26"), geboren=None)) is Toegang.MAG


# ---- the ground, and the right to finish


def test_a_recorded_ground_settles_only_what_the_institution_establishes():
    for uitkomst in Toegang:
        oordeel = Oordeel(uitkomst, Reden.ONZEKER)
        assert mag_met_grond(oordeel, "W-document") is (uitkomst is not Toegang.MAG_NIET)
        assert mag_met_grond(oordeel, None) is (uitkomst is Toegang.MAG)
        assert mag_met_grond(oordeel, "") is (uitkomst is Toegang.MAG)


def _opnieuw(eerder, diplomas=(), opleidingcode="25655", **persoon):
    """Somebody without a right today, who enrols again after an earlier enrolment."""
    later = inschrijving(
        "2025-08-01",
        inschrijvingvolgnummer="2",
        perioden=(periode("2025-08-01", opleidingcode=opleidingcode),),
    )
    velden = {"geboortedatum": "2004-05-14", "nationaliteiten": (SYRISCH,), "verblijfstitels": (titel("98"),)}
    dossier = student(eerder, later, diplomas=diplomas, **velden | persoon)
    return beoordeel_inschrijving(dossier, later)


def test_who_began_as_a_minor_may_finish_that_programme():
    eerder = inschrijving("2021-08-01", "2025-06-30")
    assert _opnieuw(eerder) == Oordeel(Toegang.MAG, Reden.AFMAKEN)
    assert _opnieuw(eerder, opleidingcode="25700").toegang is Toegang.MAG_NIET
    assert _opnieuw(inschrijving("2021-08-01", "2025-06-30", instelling="25LX")).toegang is Toegang.MAG


def test_who_completed_it_begins_anew():
    eerder = inschrijving("2021-08-01", "2025-06-30")
    assert _opnieuw(eerder, (diploma("2025-06-30"),)).toegang is Toegang.MAG_NIET
    assert _opnieuw(eerder, (diploma("2025-06-30", opleidingcode="25700"),)).toegang is Toegang.MAG


def test_who_had_no_right_then_has_none_to_finish():
    assert _opnieuw(inschrijving("2023-08-01", "2025-06-30")).toegang is Toegang.MAG_NIET


def test_a_ground_that_was_recorded_then_counts():
    titels = {"verblijfstitels": (titel("98", "2025-01-01"),)}
    assert _opnieuw(inschrijving("2023-08-01", verblijf_grond="W-document"), **titels).toegang is Toegang.MAG
    assert _opnieuw(inschrijving("2023-08-01"), **titels).toegang is Toegang.MAG_NIET


def test_an_enrolment_without_periods_is_judged_by_itself():
    alleen = inschrijving("2025-08-01", perioden=())
    dossier = student(alleen, nationaliteiten=(SYRISCH,), geboortedatum="2004-05-14")
    assert beoordeel_inschrijving(dossier, alleen).reden is Reden.GEEN_TITEL


# ---- partly known dates, against every day that they can be

_DEELS = st.builds(
    lambda jaar, maand, deel: (f"{jaar}-00-00", f"{jaar}-{maand:02}-00", f"{jaar}-{maand:02}-15")[deel],
    st.integers(2024, 2026),
    st.integers(1, 12),
    st.integers(0, 2),
)


def _dagen(datum):
    """Every day near the first day of the programme that a date can be, and its ends."""
    eerste, laatste = vroegst(datum), laatst(datum)
    dichtbij = (EERSTE_DAG + timedelta(n) for n in range(-1, 2))
    return sorted({eerste, laatste, *(d for d in dichtbij if eerste <= d <= laatste)})


@given(begin=_DEELS, eind=st.none() | _DEELS, code=st.sampled_from(["26", "98", "91"]), geboren=_DEELS)
def test_a_partly_known_date_gives_what_all_its_days_give_and_otherwise_leaves_it(begin, eind, code, geboren):
    geboren = f"{int(geboren[:4]) - 18}{geboren[4:]}"
    verjaardagen = [jaren_na(d, -18) for d in _dagen(f"{int(geboren[:4]) + 18}{geboren[4:]}")]
    volledig = {
        toegang(wie(titel(code, b.isoformat(), e and e.isoformat()), geboren=g.isoformat()))
        for b in _dagen(begin)
        for e in (_dagen(eind) if eind else [None])
        if begin != eind or b == e
        for g in verjaardagen
    }
    deels = toegang(wie(titel(code, begin, eind), geboren=geboren))
    assert deels is (volledig.pop() if len(volledig) == 1 else Toegang.INSTELLING_STELT_VAST)


@given(
    st.lists(
        st.builds(Verblijfstitel, st.sampled_from(["26", "98"]), _DEELS | st.text(max_size=10)), max_size=9
    )
)
def test_no_number_of_titles_and_no_text_raises(titels):
    assert toegang(wie(*titels)) in Toegang
