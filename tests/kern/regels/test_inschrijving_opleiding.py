"""Group B against the programmes, as stories."""

import pytest

from kernregister.kern.gegevens import Gegevens, Instelling, Opleiding, Soort
from kernregister.kern.regels.catalogus import catalogus
from kernregister.kern.regels.motor import Motor
from tests.kern.voorbeelden import (
    OPLEIDING,
    bevindingen,
    dag,
    geldig,
    inschrijving,
    periode,
    stamgegevens,
    student,
)

AANSPRAAK = ("27DV", OPLEIDING)


def _opleiding(**velden):
    return {"opleidingen": {OPLEIDING: Opleiding(OPLEIDING, **velden)}}


# ---- B03: a programme that ends; here on 30 June 2026

EINDIG = stamgegevens(
    **_opleiding(einde_instroom=dag("2022-06-30"), duur_maanden=36), wettelijke_termijn_maanden=12
)


@pytest.mark.parametrize(
    ("peildatum", "gevonden"), [("2026-03-31", False), ("2026-04-01", True), ("2026-07-31", True)]
)
def test_an_ending_programme_is_seen_ninety_days_ahead(peildatum, gevonden):
    assert bool(bevindingen("B03", student(inschrijving()), peildatum, EINDIG)) is gevonden


@pytest.mark.parametrize(("eind", "gevonden"), [("2026-06-30", False), ("2026-07-01", True)])
def test_who_leaves_in_time_is_fine(eind, gevonden):
    assert bool(bevindingen("B03", student(inschrijving(eind=eind)), "2026-07-15", EINDIG)) is gevonden


def test_the_programme_of_the_last_period_counts():
    wie = inschrijving(perioden=(periode("2024-08-01"), periode("2025-08-01", opleidingcode="25700")))
    assert not bevindingen("B03", student(wie), "2026-07-31", EINDIG)
    assert not bevindingen("B03", student(inschrijving(perioden=())), "2026-07-31", EINDIG)


@pytest.mark.parametrize(
    "velden",
    [{"duur_maanden": 36}, {"einde_instroom": dag("2015-06-30")}],
    ids=["instroom open", "duur onbekend"],
)
def test_without_an_end_there_is_no_signal(velden):
    assert not bevindingen("B03", student(inschrijving()), "2026-07-31", stamgegevens(**_opleiding(**velden)))


def test_months_end_on_the_last_day_of_a_shorter_month():
    gegevens = stamgegevens(
        **_opleiding(einde_instroom=dag("2023-08-31"), duur_maanden=24), wettelijke_termijn_maanden=6
    )
    (gevonden,) = bevindingen("B03", student(inschrijving()), "2026-07-31", gegevens)
    assert gevonden.waarden["einde_opleiding"] == dag("2026-02-28")


def test_without_the_legal_term_it_is_not_judged():
    motor = Motor([catalogus()["B03"]], dag("2026-03-01"), Gegevens(frozenset({"opleidingen"})))
    assert motor.niet_beoordeeld[0].ontbreekt == ("wettelijke_termijn",)


# ---- B07: cross-overs


@pytest.mark.parametrize(
    ("cross_over", "toestemmingen", "gevonden"),
    [
        (True, {}, True),
        (True, {AANSPRAAK: (geldig("2024-08-01"),)}, False),
        (True, {AANSPRAAK: (geldig("2024-08-02"),)}, True),
        (True, {("25LX", OPLEIDING): (geldig("2020-01-01"),)}, True),
        (False, {}, False),
        (None, {}, False),
    ],
)
def test_a_cross_over_needs_permission(cross_over, toestemmingen, gevonden):
    gegevens = stamgegevens(**_opleiding(cross_over=cross_over), toestemmingen=toestemmingen)
    assert bool(bevindingen("B07", student(inschrijving()), "2026-03-01", gegevens)) is gevonden


# ---- B11: unique trades


@pytest.mark.parametrize(
    ("uniek", "vakinstelling", "licenties", "gevonden"),
    [
        (True, True, {AANSPRAAK: (geldig("2020-01-01"),)}, False),
        (True, True, {}, True),
        (True, True, {AANSPRAAK: (geldig("2020-01-01", "2024-08-01"),)}, True),
        (True, False, {AANSPRAAK: (geldig("2020-01-01"),)}, True),
        (True, None, {AANSPRAAK: (geldig("2020-01-01"),)}, False),
        (False, False, {}, False),
        (None, False, {}, False),
    ],
)
def test_a_unique_trade_needs_a_unique_institution_with_a_licence(uniek, vakinstelling, licenties, gevonden):
    gegevens = stamgegevens(
        **_opleiding(unieke_vakopleiding=uniek),
        licenties=licenties,
        instellingen={"27DV": Instelling("27DV", unieke_vakinstelling=vakinstelling)},
    )
    assert bool(bevindingen("B11", student(inschrijving()), "2026-03-01", gegevens)) is gevonden


def test_an_unknown_institution_with_a_licence_gets_the_benefit_of_the_doubt():
    delen = {**_opleiding(unieke_vakopleiding=True), "instellingen": {}}
    met = stamgegevens(**delen, licenties={AANSPRAAK: (geldig("2020-01-01"),)})
    assert not bevindingen("B11", student(inschrijving()), "2026-03-01", met)
    assert bevindingen("B11", student(inschrijving()), "2026-03-01", stamgegevens(**delen))


# ---- B12: ODT


@pytest.mark.parametrize(
    ("leertraject", "licenties", "gevonden"),
    [
        ("ODT", {}, True),
        ("ODT", {AANSPRAAK: (geldig("2020-01-01"),)}, False),
        ("ODT", {AANSPRAAK: (geldig("2025-01-01"),)}, True),
        ("OVO", {}, False),
        ("BOL", {}, False),
    ],
)
@pytest.mark.parametrize("soort", Soort)
def test_odt_needs_a_licence_for_the_kwalificatie(leertraject, licenties, gevonden, soort):
    gegevens = stamgegevens(licenties=licenties, instellingen={"27DV": Instelling("27DV", soort=soort)})
    wie = student(inschrijving(perioden=(periode(leertraject=leertraject),)))
    assert bool(bevindingen("B12", wie, "2026-03-01", gegevens)) is gevonden
