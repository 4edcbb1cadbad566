"""The engine, and what holds for every rule that it runs."""

import gc
from collections import Counter
from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kernregister.kern import dossier as model
from kernregister.kern.dossier import Dossier, Inschrijving, Inschrijvingsperiode, Persoon
from kernregister.kern.feiten import leid_af
from kernregister.kern.formaten.grondslag import GRONDSLAG
from kernregister.kern.formaten.obo import OBO
from kernregister.kern.formaten.ro import RO
from kernregister.kern.formaten.tbgi import TBGI
from kernregister.kern.gegevens import GEEN, Bron, Gegevens, Instelling, Soort
from kernregister.kern.regels.catalogus import catalogus, signalen
from kernregister.kern.regels.motor import Motor, Uitkomst
from kernregister.kern.regels.paspoort import (
    ALTIJD,
    Ernst,
    Fase,
    Groep,
    Regel,
    Tekst,
    Telling,
    bevinding,
    regel,
)
from kernregister.kern.tijd import DAG, Studiejaar
from tests.kern import ontmoetingen, strategieen
from tests.kern.regels.orakel import ORAKELS
from tests.kern.voorbeelden import (
    bpv,
    dag,
    diploma,
    geldig,
    inschrijving,
    periode,
    stamgegevens,
    student,
)

REGELS = list(catalogus().values())
SIGNALEN = list(signalen())
ALLE_BRONNEN = frozenset(Bron)

# The 17 signals that need nothing beside the records of an RO (spec 7.4).
UIT_EEN_RO = {
    "A02",
    "B01",
    "B02",
    "B04",
    "B05",
    "B06",
    "C01",
    "C02",
    "C03",
    "C04",
    "D01",
    "D02",
    "D03",
    "D04",
    "D05",
    "D07",
    "E05",
}


def _regel(functie, over, **velden):
    """A rule outside the catalogue."""
    standaard = {
        "id": "B99",
        "groep": Groep.INSCHRIJVING,
        "ernst": Ernst.SIGNAAL,
        "telt": Telling.RECORD,
        "bron": "proef",
        "vanaf": ALTIJD,
        "vereist": frozenset(),
        "draagt": frozenset(),
        "levensloop": ((Fase.SIGNAAL, date.min),),
        "besluit": Tekst("", ""),
        **dict.fromkeys(("titel", "tekst", "advies"), Tekst("proef", "trial")),
    }
    return Regel(functie=functie, over=over, **(standaard | velden))


def _altijd(record, node):
    return bevinding()


# ---- what holds for every rule


@given(ontmoetingen.gevallen())
def test_no_rule_raises_where_records_meet(geval):
    dossier, peildatum, gegevens = geval
    Motor(REGELS, peildatum, gegevens).bevindingen(dossier)


@given(strategieen.van(Dossier), ontmoetingen.peildata, strategieen.van(Gegevens), st.booleans())
def test_no_rule_raises_on_anything_well_formed(dossier, peildatum, gegevens, alles):
    if alles:
        gegevens = msgspec.structs.replace(gegevens, beschikbaar=ALLE_BRONNEN)
    Motor(REGELS, peildatum, gegevens).bevindingen(dossier)


def _welke(uitkomst: Uitkomst) -> tuple[object, ...]:
    return uitkomst.regel, uitkomst.sleutel, tuple(sorted(uitkomst.waarden.items()))


@given(ontmoetingen.gevallen(), st.data())
def test_a_finding_is_there_exactly_on_the_days_it_says(geval, data):
    dossier, peildatum, gegevens = geval
    gezien = Motor(REGELS, peildatum, gegevens).bevindingen(dossier)
    grenzen = [
        g for u in gezien for g in (u.van, u.van - DAG if u.van > date.min else u.van, u.tot, u.tot - DAG)
    ]
    grenzen = [g for g in grenzen if 1 < g.year < 9998]
    later = data.draw(st.sampled_from(grenzen) | ontmoetingen.peildata if grenzen else ontmoetingen.peildata)
    dan = set(map(_welke, Motor(REGELS, later, gegevens).controleer(dossier)))
    for uitkomst in gezien:
        assert (_welke(uitkomst) in dan) == uitkomst.geldt_op(later), uitkomst


@given(ontmoetingen.gevallen(), st.integers(0, 365))
def test_within_a_studiejaar_all_findings_are_known_from_any_day_of_it(geval, dagen):
    dossier, peildatum, gegevens = geval
    motor = Motor(REGELS, peildatum, gegevens)
    ander = motor.studiejaar.begin + timedelta(dagen % (motor.studiejaar.eind - motor.studiejaar.begin).days)
    verwacht = [u for u in motor.bevindingen(dossier) if u.geldt_op(ander)]
    assert Motor(REGELS, ander, gegevens).controleer(dossier) == verwacht


@given(ontmoetingen.gevallen(), st.integers(0, 400))
def test_until_the_kantelmoment_nothing_changes(geval, dagen):
    dossier, peildatum, gegevens = geval
    motor = Motor(REGELS, peildatum, gegevens)
    kantelmoment = motor.kantelmoment(motor.bevindingen(dossier))
    assert peildatum < kantelmoment <= motor.studiejaar.eind
    ander = peildatum + timedelta(dagen % (kantelmoment - peildatum).days)
    assert Motor(REGELS, ander, gegevens).controleer(dossier) == motor.controleer(dossier)


def _sleutel(uitkomst: Uitkomst) -> tuple[object, ...]:
    """The key of a finding as the naive predicates name it."""
    s, w = uitkomst.sleutel, uitkomst.waarden
    delen: tuple[object, ...] = s.instelling, s.inschrijvingvolgnummer
    delen += tuple(d for d in (s.datum_begin, s.bpv_volgnummer) if d is not None)
    delen += tuple(w[naam] for naam in ("teldatum", "andere_instelling") if naam in w)
    return delen + ((w["andere_leerroutefase"],) if "andere_leerroutefase" in w else ())


@given(ontmoetingen.dossiers, ontmoetingen.gegevens)
def test_the_day_by_day_reading_of_the_specification_agrees(dossier, gegevens):
    codes = {i.instelling for i in dossier.inschrijvingen}
    instellingen = {code: Instelling(code, soort=gegevens.soort_van(code)) for code in codes}
    gegevens = msgspec.structs.replace(gegevens, instellingen=instellingen)
    regels = [catalogus()[id_] for id_ in ORAKELS]
    for peildatum in ontmoetingen.grensdagen((dossier, gegevens)):
        gevonden = {id_: set() for id_ in ORAKELS}
        for uitkomst in Motor(regels, peildatum, gegevens).controleer(dossier):
            gevonden[uitkomst.regel].add(_sleutel(uitkomst))
        waar = {id_: orakel(dossier, peildatum, gegevens) for id_, orakel in ORAKELS.items()}
        assert gevonden == waar, peildatum


# ---- the catalogue of signals


def test_there_are_34_signals():
    aantallen = Counter(r.id[0] for r in SIGNALEN)
    assert aantallen == {"A": 3, "B": 12, "C": 4, "D": 9, "E": 6}


def test_from_an_ro_alone_seventeen_signals_are_judged():
    motor = Motor(SIGNALEN, dag("2026-03-01"))
    assert {r.id for r in SIGNALEN} - {n.regel for n in motor.niet_beoordeeld} == UIT_EEN_RO


@pytest.mark.parametrize(
    ("indeling", "signalen"),
    [
        (RO, set()),
        (OBO, {"B02", "B04", "B05", "B08", "B09", "B10", "C02", "C04", "D05", "D08", "D09"}),
        (GRONDSLAG, {"A01", "A02"}),
    ],
    ids=lambda i: getattr(i, "naam", ""),
)
def test_what_another_overview_does_not_carry_is_not_judged(indeling, signalen):
    gegevens = Gegevens(ALLE_BRONNEN)
    motor = Motor(SIGNALEN, dag("2026-03-01"), gegevens, indeling.ontbreekt - {"Persoon.datum_overlijden"})
    assert {n.regel for n in motor.niet_beoordeeld} == signalen


def test_a_tbgi_carries_enrolments_and_diplomas_but_not_what_hangs_under_them():
    motor = Motor(REGELS, dag("2026-03-01"), Gegevens(ALLE_BRONNEN), TBGI.ontbreekt)
    te_beoordelen = {r.id for r in REGELS} - {n.regel for n in motor.niet_beoordeeld}
    assert te_beoordelen & {r.id for r in SIGNALEN} == {"A01", "A03", "B04", "B06", "D03", "D04", "D06"}
    assert not {"G08", "G09", "G10", "G11", "J02", "K02", "K04", "K08", "L01", "H01"} & te_beoordelen


def test_an_obo_has_not_all_periods_so_that_nobody_misses_the_first():
    motor = Motor(REGELS, dag("2026-03-01"), Gegevens(ALLE_BRONNEN), OBO.ontbreekt)
    niet = {n.regel for n in motor.niet_beoordeeld}
    assert "G09" in niet
    assert not {"G08", "G10", "G11"} & niet


def test_a_rule_about_a_record_that_a_source_lacks_is_not_judged():
    proef = _regel(_altijd, Inschrijvingsperiode)
    motor = Motor([proef], dag("2026-03-01"), GEEN, frozenset({"Inschrijvingsperiode"}))
    assert motor.niet_beoordeeld[0].ontbreekt == ("Inschrijvingsperiode",)


def test_without_a_birth_date_no_age():
    motor = Motor(SIGNALEN, dag("2026-03-01"), ontbreekt=frozenset({"Persoon.geboortedatum"}))
    assert {"A02"} == UIT_EEN_RO & {n.regel for n in motor.niet_beoordeeld}


@pytest.mark.parametrize("regel_", SIGNALEN, ids=lambda r: r.id)
def test_a_passport_names_fields_that_exist(regel_):
    for naam in regel_.draagt:
        klasse, _, veld = naam.partition(".")
        assert hasattr(model, klasse)
        assert not veld or veld in {f.name for f in msgspec.structs.fields(getattr(model, klasse))}


def test_a_signal_never_refuses():
    assert {r.ernst for r in SIGNALEN} == {Ernst.SIGNAAL}
    assert {f for r in SIGNALEN for f, _ in r.levensloop} == {Fase.SIGNAAL}


def test_an_id_is_taken_once_and_fits_its_group():
    passport = dict.fromkeys(("titel", "tekst", "advies"), ("proef", "trial"))
    for id_ in ("B04", "A98", "B4", "B1x"):
        with pytest.raises(ValueError, match=id_):
            regel(id_, over=Inschrijving, groep=Groep.INSCHRIJVING, bron="proef", **passport)


# ---- the engine


def test_a_rule_runs_only_in_its_life():
    leven = (
        (Fase.CONCEPT, dag("2025-01-01")),
        (Fase.SCHADUW, dag("2026-01-01")),
        (Fase.VERVALLEN, dag("2026-06-01")),
    )
    proef = _regel(_altijd, Inschrijving, levensloop=leven)
    wie = student(inschrijving())
    aantal = {
        d: len(Motor([proef], dag(d)).controleer(wie)) for d in ("2025-12-31", "2026-01-01", "2026-06-01")
    }
    assert aantal == {"2025-12-31": 0, "2026-01-01": 1, "2026-06-01": 0}


def test_what_is_missing_is_said():
    proef = _regel(
        _altijd, Inschrijving, vereist=frozenset({Bron.VO, Bron.RIO}), draagt=frozenset({"Bpv.omvang"})
    )
    motor = Motor([proef], dag("2026-03-01"), GEEN, frozenset({"Bpv.omvang"}))
    assert motor.niet_beoordeeld[0].ontbreekt == ("rio", "vo", "Bpv.omvang")
    assert motor.controleer(student(inschrijving())) == []


@pytest.mark.parametrize(
    ("groep", "eerste_dag"), [(Groep.INSCHRIJVING, "2024-08-01"), (Groep.NUMMERS, "0001-01-01")]
)
def test_signals_keep_to_the_window_and_consistency_holds_always(groep, eerste_dag):
    motor = Motor([_regel(_altijd, Inschrijving, groep=groep)], dag("2025-03-01"))
    (gevonden,) = motor.controleer(student(inschrijving("2024-09-01", "2025-03-31")))
    assert gevonden.van == dag(eerste_dag)
    ver_weg = student(inschrijving("2014-09-01", "2015-03-31"))
    assert len(motor.controleer(ver_weg)) == (groep is Groep.NUMMERS)


def test_a_finding_starts_no_earlier_than_its_rule():
    proef = _regel(_altijd, Inschrijving, vanaf={Soort.NBI: dag("2026-01-01")})
    wie = student(inschrijving(), inschrijving("2024-09-01", instelling="25LX"))
    gegevens = stamgegevens(instellingen={"25LX": Instelling("25LX", soort=Soort.NBI)})
    assert not Motor([proef], dag("2025-12-31"), gegevens).controleer(wie)
    (gevonden,) = Motor([proef], dag("2026-01-01"), gegevens).controleer(wie)
    assert gevonden.sleutel.instelling == "25LX"


def test_a_period_is_found_again_by_its_own_begin():
    motor = Motor([_regel(_altijd, Inschrijvingsperiode)], dag("2026-03-01"))
    wie = student(inschrijving("2024-08-01", perioden=(periode("2024-07-01"),)))
    assert motor.controleer(wie)[0].sleutel.datum_begin == dag("2024-07-01")


def test_a_rule_over_the_person_and_one_that_yields_nothing():
    def niets(dossier, feiten):
        yield feiten.inschrijvingen[0], None

    proeven = [_regel(_altijd, Persoon), _regel(niets, Dossier)]
    (gevonden,) = Motor(proeven, dag("2026-03-01")).controleer(student(inschrijving()))
    assert gevonden.sleutel.record == "Persoon"


def test_a_sweep_leaves_nothing_for_the_garbage_collector():
    motor = Motor(REGELS, dag("2026-03-01"), stamgegevens())
    wie = student(
        inschrijving(bpvs=(bpv(),)), inschrijving(inschrijvingvolgnummer="2"), diplomas=(diploma(),)
    )
    gc.collect()
    gc.disable()
    try:
        motor.bevindingen(wie)
        assert gc.collect() == 0
    finally:
        gc.enable()


@given(st.lists(ontmoetingen.data, min_size=2, max_size=2), ontmoetingen.peildata)
@example([date.max, date.max], date(2026, 3, 1))
@example([date.min, date.min], date(2026, 3, 1))
def test_the_ends_of_the_calendar_are_days_like_any_other(dagen, peildatum):
    begin, eind = dagen
    wie = student(
        msgspec.structs.replace(
            inschrijving(),
            datum_inschrijving=begin,
            datum_uitschrijving_gepland=eind,
            datum_uitschrijving_werkelijk=eind,
        )
    )
    Motor(
        REGELS, peildatum, stamgegevens(locaties={"101X591": (geldig("2020-01-01", "2020-01-01"),)})
    ).bevindingen(wie)


@given(ontmoetingen.gevallen())
def test_a_rule_that_compares_has_nothing_to_say_of_a_single_record(geval):
    dossier, peildatum, gegevens = geval
    records = {"inschrijvingen": (), "diplomas": (), "losse_resultaten": (), "deelnames": ()}
    for soort in records:
        alleen = msgspec.structs.replace(dossier, **records | {soort: getattr(dossier, soort)[:1]})
        feiten = leid_af(alleen, Studiejaar.van(peildatum), gegevens)
        for vergelijkend in (r for r in REGELS if r.vergelijkt):
            assert not [gevonden for _, gevonden in vergelijkend.functie(alleen, feiten) if gevonden]
