"""The signal rows of DUO's dashboard: all of them, and counted as DUO counts."""

from datetime import date

from kernregister.kern.overzichten.signaalrijen import BOVENBLOK, DUBBEL, MERKTEKENS, tel
from kernregister.kern.regels.catalogus import catalogus
from kernregister.kern.regels.motor import Sleutel, Uitkomst


def uitkomst(regel: str, pgn: str, inschrijving: str = "1") -> Uitkomst:
    return Uitkomst(regel, Sleutel("Inschrijving", pgn, "27DV", inschrijving), date.min, date.max, {})


def test_each_signal_of_the_dashboard_has_one_row_in_its_own_group():
    rijen = [(groep, rij.regel) for groep, rijen in BOVENBLOK.items() for rij in rijen]
    assert all(regel[0] == groep for groep, regel in rijen)
    getoond = {regel for _, regel in rijen} | {rij.regel for rij in DUBBEL}
    assert len(getoond) == len(rijen) + len(DUBBEL) == 33
    signalen = {regel for regel in catalogus() if regel[0] in "ABCDE"}
    assert signalen - getoond == {"B12"}, "the licence for ODT is checked, but not on DUO's dashboard"


def test_marks_are_those_of_the_dashboard():
    merken = {
        rij.regel: MERKTEKENS[catalogus()[rij.regel].telt]
        for rijen in (*BOVENBLOK.values(), DUBBEL)
        for rij in rijen
    }
    assert {regel for regel, merk in merken.items() if merk == "*"} == {"B01", "E03", "E04", "E05", "E06"}
    assert {regel for regel, merk in merken.items() if merk == "**"} == {"A02", "A03", "D03"}


def test_a_row_counts_records_enrolments_or_persons():
    regels = catalogus()
    vier = [("1", "a"), ("1", "a"), ("1", "b"), ("2", "a")]
    assert tel(regels["B04"], [uitkomst("B04", *v) for v in vier]) == 4
    assert tel(regels["A02"], [uitkomst("A02", *v) for v in vier]) == 3
    assert tel(regels["B01"], [uitkomst("B01", *v) for v in vier]) == 2
    assert tel(regels["B01"], []) == 0
