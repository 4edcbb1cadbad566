"""Every reason has its words in two languages, its place and its source."""

import re
from datetime import date
from decimal import Decimal
from string import Formatter

import pytest

from kernregister.kern.bekostiging import redenen_diploma, redenen_inschrijving
from kernregister.kern.bekostiging.besluit import Reden
from kernregister.kern.bekostiging.redenen import catalogus, open_punten, signaal, tekst, voorbehoud
from kernregister.kern.regels.catalogus import catalogus as regels

SOORTEN = list(catalogus().values())


@pytest.mark.parametrize("soort", SOORTEN, ids=lambda soort: soort.code)
def test_a_reason_has_words_in_two_languages_and_a_source(soort):
    teksten = [
        t for t in (soort.titel, soort.niet, soort.voldaan, soort.onbekend, soort.besluit) if t is not None
    ]
    assert all(t.nl.strip() and t.en.strip() and t.nl != t.en for t in teksten if t is not soort.titel)
    assert soort.titel.nl
    assert soort.titel.en
    assert soort.bron
    assert soort.niet or soort.onbekend
    for woorden in teksten:
        assert _velden(woorden.nl) == _velden(woorden.en)


@pytest.mark.parametrize("soort", SOORTEN, ids=lambda soort: soort.code)
def test_a_code_and_its_words_fit_the_signal_of_the_tbg_i(soort):
    assert re.fullmatch(r"[TR][1-9AB]\d", soort.code)
    assert all(len(t.nl) <= 200 for t in (soort.niet, soort.onbekend) if t), "255 with its values"


def test_codes_stand_once_in_the_order_of_the_tree_and_are_no_rule_of_the_catalogue():
    for module in (redenen_inschrijving, redenen_diploma):
        codes = [soort.code for soort in module.SOORTEN]
        assert codes == sorted(set(codes))
    assert len(catalogus()) == len(redenen_inschrijving.SOORTEN) + len(redenen_diploma.SOORTEN)
    assert not set(catalogus()) & set(regels())
    assert [catalogus()[code].stap for code in ("T10", "T93", "TA0", "TB1", "R10")] == [1, 9, 10, 11, 1]
    assert catalogus()["R10"].over_diploma
    assert not catalogus()["T10"].over_diploma


def test_every_step_can_be_passed():
    for over_diploma in (False, True):
        stappen = {s.stap for s in SOORTEN if s.over_diploma is over_diploma}
        assert stappen == {s.stap for s in SOORTEN if s.over_diploma is over_diploma and s.voldaan}


def test_values_are_written_as_people_write_them():
    einde = Reden("T52", False, {"opleidingcode": "25182", "einde_opleiding": date(2024, 7, 31)})
    assert tekst(einde, "nl") == "Opleiding 25182 is op 31-07-2024 beëindigd."
    assert tekst(einde, "en") == "Programme 25182 ended on 2024-07-31."
    assert tekst(Reden("T40", False, {"leertraject": Decimal("1.5")}), "nl").startswith(
        "Leertraject 1,5 telt"
    )
    assert tekst(Reden("T40", False, {"leertraject": None}), "en").startswith("Leertraject - does")


@pytest.mark.parametrize(
    ("reden", "nl", "en"),
    [
        (
            Reden("TA0", False, {"instelling": "25LX", "inschrijvingvolgnummer": None}),
            "De student telt al mee bij instelling 25LX.",
            "The student already counts at institution 25LX.",
        ),
        (
            Reden("T70", False, {"grond": None}),
            "De student heeft op de eerste dag van de opleiding geen recht op inschrijving.",
            "The student has no right to enrol on the first day of the programme.",
        ),
        (
            Reden("R81", None, {"instelling": "25LX", "resultaatvolgnummer": None}),
            "Het niveau van een eerder diploma van instelling 25LX is niet bekend; de diplomawaarde is niet te noemen.",
            "The level of an earlier diploma of institution 25LX is not known; the diplomawaarde cannot be told.",
        ),
    ],
)
def test_what_may_not_be_told_leaves_no_hole_in_the_words(reden, nl, en):
    assert (tekst(reden, "nl"), tekst(reden, "en")) == (nl, en)


def test_a_ground_of_residence_is_told_in_the_language_that_was_asked():
    reden = Reden("T70", False, {"grond": "verblijfstitel die geen recht geeft op inschrijving"})
    assert tekst(reden, "nl").endswith("inschrijving: verblijfstitel die geen recht geeft op inschrijving.")
    assert tekst(reden, "en").endswith("programme: a residence title that gives no right to enrol.")


def test_an_outcome_that_a_reason_does_not_have_has_no_words():
    with pytest.raises(KeyError, match="TB0"):
        tekst(Reden("TB0", False), "nl")


def test_the_first_that_failed_is_the_signal_and_all_that_is_not_passed_is_open():
    trace = (
        Reden("T10", True),
        Reden("T70", None),
        Reden("T30", False),
        Reden("T40", False, {"leertraject": "EX"}),
    )
    assert signaal(trace) == trace[2]
    assert signaal(trace[:2]) is None
    assert open_punten(trace) == trace[1:]


def test_every_outcome_says_what_it_rests_on():
    assert "Indicatief" in voorbehoud("abc123", "nl")
    assert "abc123" in voorbehoud("abc123", "en")


def _velden(woorden: str) -> set[str]:
    return {veld for _, veld, _, _ in Formatter().parse(woorden) if veld}
