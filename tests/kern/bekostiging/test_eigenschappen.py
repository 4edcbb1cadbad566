"""What holds of every dossier, however odd."""

import random
from collections import Counter
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kernregister.kern.bekostiging.beslissen import Beslisser
from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.bekostiging.parameters import parameters
from kernregister.kern.bekostiging.redenen import signaal, tekst
from kernregister.kern.bekostiging.totalen import Optelling
from kernregister.kern.dossier import Dossier
from kernregister.kern.gegevens import GEEN
from tests.kern import strategieen, voorbeelden
from tests.kern.bekostiging.opzet import (
    BASIS,
    ENTREE,
    JAAR,
    KADER,
    SPECIALIST,
    VAK,
    gegevens,
    inschrijving,
    student,
)
from tests.kern.bekostiging.test_bpv import plaats
from tests.kern.bekostiging.test_diplomas import diploma
from tests.kern.voorbeelden import ELDERS, INSTELLING

BESLIS = Beslisser(JAAR, gegevens())
WILD = [Beslisser(JAAR, GEEN), BESLIS, Beslisser(Bekostigingsjaar(2018), gegevens())]
CODES = [ENTREE, BASIS, VAK, KADER, SPECIALIST, "11111"]
DAGEN = st.sampled_from(["2019-08-01", "2023-09-01", "2025-08-01", "2025-10-01", "2025-11-01", "2026-02-01"])
EINDEN = st.sampled_from([None, "2023-07-31", "2025-12-31", "2026-02-01"])


@st.composite
def schoolloopbanen(draw) -> Dossier:
    """A student with some enrolments, each with a number of its own, and some diplomas of them."""
    inschrijvingen = []
    for nummer in range(draw(st.integers(0, 4))):
        code = draw(st.sampled_from(CODES))
        leertraject = draw(st.sampled_from(["BOL", "BBL", "EX", "OVO"]))
        bpvs = (
            (plaats(draw(DAGEN), opleidingcode=code),) if leertraject == "BBL" and draw(st.booleans()) else ()
        )
        inschrijvingen.append(
            inschrijving(
                code,
                leertraject,
                begin=draw(DAGEN),
                eind=draw(EINDEN),
                instelling=draw(st.sampled_from([INSTELLING, ELDERS])),
                inschrijvingvolgnummer=str(nummer),
                bekostigbaar=draw(st.sampled_from([True, True, True, False])),
                bpvs=bpvs,
            )
        )
    diplomas = tuple(
        diploma(
            draw(st.sampled_from(["2019-06-01", "2024-06-01", "2025-02-01", "2025-06-01"])),
            draw(st.sampled_from(CODES)),
            str(nummer),
            instelling=van.instelling,
            inschrijvingvolgnummer=van.inschrijvingvolgnummer,
        )
        for nummer, van in enumerate(inschrijvingen)
        if draw(st.booleans())
    )
    return student(*inschrijvingen, diplomas=diplomas)


@given(schoolloopbanen(), st.randoms(use_true_random=False))
def test_the_order_of_records_does_not_matter(dossier: Dossier, toeval: random.Random):
    door_elkaar = replace(
        dossier,
        inschrijvingen=tuple(toeval.sample(dossier.inschrijvingen, len(dossier.inschrijvingen))),
        diplomas=tuple(toeval.sample(dossier.diplomas, len(dossier.diplomas))),
    )
    assert BESLIS(door_elkaar) == BESLIS(dossier)


@given(schoolloopbanen())
def test_a_student_counts_once_and_only_who_counts_contributes(dossier: Dossier):
    besluiten = BESLIS(dossier).inschrijvingen
    assert len({(b.instelling, b.inschrijvingvolgnummer) for b in besluiten if b.status}) <= 1
    for wat in ("status", "voor_correctiefactor"):
        assert all(
            aantal == 1 for aantal in Counter(b.teldatum for b in besluiten if getattr(b, wat)).values()
        )
    for b in besluiten:
        assert b.voor_correctiefactor or not b.status
        assert b.status or b.bijdrage == 0
        assert b.status == (signaal(b.redenen) is None)


@given(schoolloopbanen(), DAGEN, EINDEN)
def test_an_enrolment_that_is_not_to_be_funded_changes_nothing(dossier: Dossier, begin, eind):
    extra = inschrijving(begin=begin, eind=eind, inschrijvingvolgnummer="99", bekostigbaar=False)
    voor = BESLIS(dossier)
    na = BESLIS(replace(dossier, inschrijvingen=(*dossier.inschrijvingen, extra)))
    assert [b for b in na.inschrijvingen if b.inschrijvingvolgnummer != "99"] == list(voor.inschrijvingen)


@given(schoolloopbanen())
def test_a_diploma_is_worth_what_the_table_allows_and_a_year_no_more_than_its_highest(dossier: Dossier):
    besluiten = BESLIS(dossier).diplomas
    assert all(b.bijdrage is None or b.bijdrage in range(6) for b in besluiten)
    gewoon = [b.bijdrage for b in besluiten if not b.specialist and b.bijdrage is not None]
    assert sum(gewoon, Decimal(0)) <= 5
    assert sum(1 for b in besluiten if b.specialist and b.bijdrage) <= 1
    assert [b.datum_behaald for b in besluiten] == sorted(b.datum_behaald for b in besluiten)


@given(st.lists(schoolloopbanen(), max_size=5), st.integers(0, 5))
def test_totals_are_the_sum_of_their_parts(dossiers: list[Dossier], knip: int):
    def tel(deel: list[Dossier]) -> Optelling:
        optelling = Optelling(parameters(JAAR))
        for dossier in deel:
            optelling.tel(BESLIS(dossier))
        return optelling

    samen = tel(dossiers[:knip])
    samen += tel(dossiers[knip:])
    assert samen.sector() == tel(dossiers).sector()


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(strategieen.van(Dossier))
def test_no_dossier_is_too_odd_to_decide_on(dossier: Dossier):
    for beslis in WILD:
        uit = beslis(dossier)
        optelling = Optelling(beslis.kader.parameters)
        optelling.tel(uit)
        optelling.sector()
        for besluit in (*uit.inschrijvingen, *uit.diplomas):
            assert besluit.status == (signaal(besluit.redenen) is None)
            assert all(tekst(reden, "nl") for reden in besluit.redenen)


def test_a_source_that_knows_nothing_but_the_records_still_gives_an_outcome():
    kaal = voorbeelden.student(inschrijving())
    besluit = Beslisser(JAAR, GEEN)(kaal).inschrijvingen[0]
    assert (besluit.status, besluit.bijdrage) == (True, None)
    onbekend = [reden.code for reden in besluit.redenen if reden.voldaan is None]
    assert onbekend == ["T10", "T50", "T70", "TA0", "TB1"]
