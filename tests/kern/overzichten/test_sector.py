"""Sector information: the counts are right, parts add up, and nobody can be found in what is published."""

from collections import Counter
from datetime import date
from functools import cache

import pytest

from kernregister.fictief.sector import Sector
from kernregister.kern.dossier import Diploma, Dossier, Inschrijving, Inschrijvingsperiode, Persoon
from kernregister.kern.overzichten.onderdrukking import OVERIG
from kernregister.kern.overzichten.sector import TOTAAL, Sectortelling, leeftijdsgroep, tabellen
from kernregister.kern.tijd import OnvolledigeDatum, Studiejaar
from tests.kern.overzichten.narekenen import speling

JAAR = Studiejaar(2025)


def student(
    nummer: int, *instellingen: str, leertraject: str = "BOL", geslacht: str = "V", opleiding: str = "25998"
) -> Dossier:
    inschrijvingen = tuple(
        Inschrijving(
            instelling,
            f"{nummer}",
            date(2025, 8, 1),
            perioden=(Inschrijvingsperiode(date(2025, 8, 1), opleiding, leertraject, "MBO-4"),),
        )
        for instelling in instellingen
    )
    return Dossier(Persoon(geboortedatum=OnvolledigeDatum("2008-03-01"), geslacht=geslacht), inschrijvingen)


def telling(*dossiers: Dossier) -> Sectortelling:
    uit = Sectortelling(JAAR, "2026-03-01")
    for dossier in dossiers:
        uit.tel(dossier)
    return uit


def als_tabel(van: Sectortelling, naam: str, drempel: int = 5) -> list[tuple]:
    return next(rijen for tabel, rijen in tabellen(van, drempel) if tabel.naam == naam)


def test_enrolments_are_counted_on_both_teldata_with_their_totals():
    van = telling(*(student(n, "27DV") for n in range(40)), *(student(n, "25LH") for n in range(40, 70)))
    rijen = als_tabel(van, "inschrijvingen_instelling_leertraject")
    assert [rij for rij in rijen if rij[0] == "2025-10-01"] == [
        ("2025-10-01", "25LH", "BOL", 30, False),
        ("2025-10-01", "25LH", TOTAAL, 30, False),
        ("2025-10-01", "27DV", "BOL", 40, False),
        ("2025-10-01", "27DV", TOTAAL, 40, False),
        ("2025-10-01", TOTAAL, "BOL", 70, False),
        ("2025-10-01", TOTAAL, TOTAAL, 70, False),
    ]
    assert {rij[0] for rij in rijen} == {"2025-10-01", "2026-02-01"}


def test_the_two_men_of_a_school_are_left_out_and_cannot_be_computed():
    van = telling(
        *(student(n, "27DV", geslacht="M" if n < 2 else "V") for n in range(40)),
        *(student(n, "25LH", geslacht="M" if n % 2 else "V") for n in range(40, 80)),
    )
    rijen = als_tabel(van, "inschrijvingen_instelling_geslacht")
    getoond = {(rij[1], rij[2]): rij[3] for rij in rijen if rij[0] == "2025-10-01"}
    assert (
        getoond["27DV", "M"] is getoond["27DV", "V"] is getoond["25LH", "M"] is getoond["25LH", "V"] is None
    )
    assert getoond[TOTAAL, "M"] == 22
    assert getoond["27DV", TOTAAL] == 40


def test_a_school_with_three_students_is_nowhere_to_be_seen():
    van = telling(*(student(n, "27DV") for n in range(40)), *(student(n, "30XX") for n in range(40, 43)))
    for tabel, rijen in tabellen(van):
        assert not any("30XX" in rij for rij in rijen), tabel.naam
    assert ("2025-10-01", OVERIG, TOTAAL, 43, False) in als_tabel(van, "inschrijvingen_instelling_niveau")


def test_of_a_sector_of_four_students_nothing_is_told():
    assert all(rijen == [] for _, rijen in tabellen(telling(*(student(n, "27DV") for n in range(4)))))


def test_five_enrolments_of_three_students_are_of_three_students():
    dubbel = [student(n, "30XX", "30XX") for n in range(3)]
    van = telling(*(student(n, "27DV") for n in range(9, 40)), *dubbel)
    assert not any("30XX" in rij for _, rijen in tabellen(van) for rij in rijen)


def test_a_programme_of_few_students_joins_the_others_of_its_level():
    van = telling(
        *(student(n, "27DV", opleiding="25998") for n in range(9)),
        *(student(n, "27DV", opleiding="25900" if n % 2 else "25901") for n in range(6)),
    )
    assert [rij[1:] for rij in als_tabel(van, "inschrijvingen_opleiding") if rij[0] == "2025-10-01"] == [
        ("MBO-4", "25998", 9),
        ("MBO-4", OVERIG, 6),
        ("MBO-4", TOTAAL, 15),
    ]


def test_a_diploma_counts_in_the_calendar_year_in_which_the_studiejaar_begins():
    diplomas = tuple(Diploma("27DV", f"{n}", "25998", date(2025 + n % 2, 12, 31)) for n in range(2))
    van = telling(*(Dossier(Persoon(geslacht="M"), (), diplomas) for _ in range(8)))
    rijen = als_tabel(van, "diplomas_instelling_geslacht")
    assert rijen[0] == ("2025", "27DV", "M", 8, False)


@pytest.mark.parametrize(
    ("geboren", "groep"),
    [("2007-10-02", "tot 18"), ("2007-10-01", "18-20"), ("1995-10-01", "30 of ouder"), (None, "onbekend")],
)
def test_age_is_that_of_the_teldatum(geboren: OnvolledigeDatum | None, groep: str):
    assert leeftijdsgroep(geboren, date(2025, 10, 1)) == groep


@cache
def _sector() -> tuple[Sectortelling, Sectortelling, Sectortelling]:
    sector = Sector(1500, 3, instellingen=9)
    geheel, even, oneven = (Sectortelling(JAAR, "2026-03-01", sector.gegevens) for _ in range(3))
    for nummer, dossier in enumerate(sector.dossiers()):
        geheel.tel(dossier)
        (oneven if nummer % 2 else even).tel(dossier)
    return geheel, even, oneven


def test_parts_that_were_counted_apart_add_up_to_the_whole():
    geheel, even, oneven = _sector()
    even += oneven
    assert list(tabellen(even)) == list(tabellen(geheel))


def test_in_the_tables_of_a_whole_sector_no_small_cell_can_be_computed():
    """Everything that is published is put together, and each cell that was left out is tried."""
    open_, bekend = _sector()[0], _sector()[0]
    geprobeerd = 0
    echt = {tabel.naam: rijen for tabel, rijen in tabellen(bekend, drempel=1)}
    for tabel, rijen in tabellen(open_):
        if tabel.kolommen[-1].naam != "onderdrukt":
            assert all(rij[-1] is None or rij[-1] >= 5 for rij in rijen if isinstance(rij[-1], int))
            continue
        for peil in {rij[0] for rij in rijen}:
            cellen = {rij[1:3]: rij[3] for rij in rijen if rij[0] == peil}
            assert all(aantal is None or aantal == 0 or aantal >= 5 for aantal in cellen.values()), tabel.naam
            waarden = _bijeen(echt[tabel.naam], peil, cellen)
            assert {plek: aantal for plek, aantal in cellen.items() if aantal} == {
                plek: waarden[plek] for plek, aantal in cellen.items() if aantal
            }
            weg = frozenset(plek for plek, aantal in cellen.items() if aantal is None)
            for plek in (plek for plek in weg if 0 < waarden[plek] < 5):
                laagst, hoogst = speling(waarden, weg, plek)
                assert hoogst - laagst >= 4, (tabel.naam, peil, plek)
                geprobeerd += 1
    assert geprobeerd > 50


def _bijeen(
    echt: list[tuple], peil: str, getoond: dict[tuple[str, str], int | None]
) -> Counter[tuple[str, str]]:
    """Return the true cells, with the categories joined as they were published."""
    namen = [{plek[kant] for plek in getoond} for kant in (0, 1)]
    uit: Counter[tuple[str, str]] = Counter()
    for van, rij, kolom, aantal, _ in echt:
        if van == peil:
            uit[rij if rij in namen[0] else OVERIG, kolom if kolom in namen[1] else OVERIG] += aantal
    return uit


def test_the_one_who_does_not_count_for_the_funding_is_not_found_beside_the_enrolments():
    """Both tables have the enrolments of an institution: the difference is who of them is not funded."""
    van = telling(
        *(student(n, "27DV") for n in range(40)),
        *(student(n, "25LH") for n in range(40, 70)),
        *(student(n, "25PV") for n in range(70, 90)),
    )
    for instelling, aantal in (("27DV", 39), ("25LH", 20), ("25PV", 20)):
        van.aantallen["bekostiging", "2025-10-01", (instelling,)] = aantal
    rijen = [rij[:3] for rij in als_tabel(van, "bekostiging")]
    assert rijen == [
        ("2025-10-01", "25PV", 20),
        ("2025-10-01", OVERIG, 59),
        ("2025-10-01", TOTAAL, 79),
    ]
    van.aantallen["bekostiging", "2025-10-01", ("25LH",)] = 30
    assert als_tabel(van, "bekostiging") == [], "of all together it is one, which the total would tell"
