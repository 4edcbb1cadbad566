"""The register beside the own administration: what a steward gets to see."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from kernregister.kern.formaten.verslag import OnbruikbaarBestand
from tests.vergelijking.verhaal import (
    NUMMERS,
    VERTALING,
    Verhaal,
    codes,
    rij,
    ro_regels,
    toont_nummers,
    verhaal,
)

__all__ = ["verhaal"]

A, B = NUMMERS[:2]


def test_what_is_the_same_gives_nothing(verhaal: Verhaal) -> None:
    verhaal.register(ro_regels(A), ro_regels(B))
    verhaal.eigen(rij(A), rij(B))
    aansluiting = verhaal.sluit_aan()
    assert not aansluiting.afwijkingen
    assert not aansluiting.opmerkingen
    assert aansluiting.personen_gelijk == 2
    assert aansluiting.vergeleken["periode", "leertraject"] == 2


def test_each_field_that_differs_is_shown_with_both_values(verhaal: Verhaal) -> None:
    verhaal.register(ro_regels(A), ro_regels(B, werkelijk="2025-01-31", reden="08"))
    verhaal.eigen(rij(A, leerweg="BBL", werkelijk="31-1-2025"), rij(B, reden="4"))
    assert verhaal.afwijkingen() == [
        ("leeg in register", "inschrijving", "datum_uitschrijving_werkelijk", "", "2025-01-31"),
        ("verschil", "periode", "leertraject", "BOL", "BBL"),
        ("leeg in eigen administratie", "inschrijving", "datum_uitschrijving_werkelijk", "2025-01-31", ""),
        ("verschil", "inschrijving", "reden_uitschrijving", "08", "04"),
    ]


def test_who_is_missing_is_told_once_and_not_for_each_record(verhaal: Verhaal) -> None:
    verhaal.register(ro_regels(A))
    verhaal.eigen(rij(B))
    assert verhaal.afwijkingen() == [
        ("niet in eigen administratie", "persoon", "", "", ""),
        ("niet in register", "persoon", "", "", ""),
    ]


def test_a_missing_enrolment_is_told_once_and_not_for_its_periods(verhaal: Verhaal) -> None:
    verhaal.register(ro_regels(A))
    verhaal.eigen(rij(A), rij(A).replace(";1;", ";2;", 1))
    assert verhaal.afwijkingen() == [("niet in register", "inschrijving", "", "", "")]


def test_who_starts_after_the_overview_was_made_has_a_good_reason_to_be_missing(verhaal: Verhaal) -> None:
    verhaal.register(ro_regels(A))
    verhaal.eigen(rij(A), rij(B).replace("01-08-2024", "01-08-2025"))
    (afwijking,) = verhaal.sluit_aan().afwijkingen
    assert "begint na de dag waarop het overzicht is gemaakt" in afwijking.oorzaak


def test_numbers_that_lost_their_leading_zeros_are_found(verhaal: Verhaal) -> None:
    nummer = "010000009"
    verhaal.register(ro_regels(nummer))
    verhaal.eigen(rij("10000009"))
    aansluiting = verhaal.sluit_aan()
    assert not aansluiting.afwijkingen
    assert "voorloopnullen" in codes(aansluiting)


def test_a_student_is_found_on_the_onderwijsnummer_too(verhaal: Verhaal) -> None:
    verhaal.register([r.replace(f"|{A}||", "||100310303|") for r in ro_regels(A)])
    verhaal.vertaal(VERTALING.replace('burgerservicenummer = "BSN"', 'onderwijsnummer = "BSN"'))
    verhaal.eigen(rij("100310303"))
    assert not verhaal.afwijkingen()


# --------------------------------------------------------------------------------------- causes


def test_dates_that_are_all_a_day_off_are_one_cause(verhaal: Verhaal) -> None:
    verhaal.register(*(ro_regels(n) for n in NUMMERS))
    verhaal.eigen(*(rij(n, gepland="1-8-2027") for n in NUMMERS))
    (oorzaak,) = verhaal.sluit_aan().oorzaken
    assert (oorzaak.veld, oorzaak.aantal, oorzaak.vergeleken) == ("datum_uitschrijving_gepland", 6, 6)
    assert oorzaak.tekst == "eigen datum precies 1 dag later"
    assert not oorzaak.verdacht


def test_a_column_that_is_empty_for_everybody_makes_the_translation_suspect(verhaal: Verhaal) -> None:
    verhaal.register(*(ro_regels(n) for n in NUMMERS))
    verhaal.eigen(*(rij(n, leerweg="") for n in NUMMERS))
    (oorzaak,) = verhaal.sluit_aan().oorzaken
    assert oorzaak.verdacht
    assert oorzaak.tekst == "alle waarden ontbreken in de eigen administratie: verkeerde kolom?"


def test_values_that_differ_in_the_same_way_are_one_cause(verhaal: Verhaal) -> None:
    verhaal.register(*(ro_regels(n) for n in NUMMERS))
    verhaal.eigen(*(rij(n, leerweg="BBL" if n != A else "BOL") for n in NUMMERS))
    (oorzaak,) = verhaal.sluit_aan().oorzaken
    assert oorzaak.tekst == "BBL in de eigen administratie, BOL in het register"
    assert (oorzaak.aantal, oorzaak.verdacht) == (5, False)


def test_the_largest_cause_of_many_days_comes_first(verhaal: Verhaal) -> None:
    def dag(later: int) -> str:
        return f"{date(2027, 7, 31) + timedelta(later):%d-%m-%Y}"

    verhaal.register(*(ro_regels(n) for n in NUMMERS))
    verschuiving = [1, 1, 1, -30, -30, 0]
    verhaal.eigen(*(rij(n, gepland=dag(d)) for n, d in zip(NUMMERS, verschuiving, strict=True)))
    assert [(o.tekst, o.aantal) for o in verhaal.sluit_aan().oorzaken] == [
        ("eigen datum precies 1 dag later", 3),
        ("eigen datum precies 30 dagen eerder", 2),
    ]


# ------------------------------------------------------------------------------- rows that jar


def test_the_same_row_twice_is_used_once_and_reported(verhaal: Verhaal) -> None:
    verhaal.register(ro_regels(A))
    verhaal.eigen(rij(A), rij(A))
    aansluiting = verhaal.sluit_aan()
    assert not aansluiting.afwijkingen
    assert codes(aansluiting) == {"rij_dubbel"}


def test_rows_that_contradict_each_other_are_shown(verhaal: Verhaal) -> None:
    verhaal.register(ro_regels(A))
    verhaal.eigen(rij(A), rij(A, gepland="31-7-2028"))
    (afwijking,) = verhaal.sluit_aan().afwijkingen
    assert (afwijking.aard.value, afwijking.eigen) == (
        "rijen spreken elkaar tegen",
        "2027-07-31 en 2028-07-31",
    )


def test_unreadable_values_and_missing_numbers_are_reported_together_without_numbers(
    verhaal: Verhaal,
) -> None:
    verhaal.register(ro_regels(A), ro_regels(B))
    verhaal.eigen(rij(A, gepland="2027/31/12"), rij(B, crebo="123456789"), rij(""))
    aansluiting = verhaal.sluit_aan()
    assert codes(aansluiting) == {"waarde_onleesbaar", "nummer_ontbreekt"}
    assert {o.veld for o in aansluiting.opmerkingen if o.veld} == {
        "inschrijving: datum_uitschrijving_gepland",
        "periode: opleidingcode",
    }
    assert not aansluiting.afwijkingen
    assert not toont_nummers(aansluiting.opmerkingen)


def test_a_niveau_that_the_register_derives_itself_is_no_difference(verhaal: Verhaal) -> None:
    verhaal.register(ro_regels(A))
    verhaal.vertaal(VERTALING + 'niveau = { vast = "MBO-4" }\n')
    verhaal.eigen(rij(A))
    assert not verhaal.afwijkingen()


def test_without_a_begin_date_the_period_of_today_is_compared(verhaal: Verhaal) -> None:
    persoon = ro_regels(A, leertraject="BBL")
    persoon.append(persoon[-1].replace("2024-08-01", "2025-02-01").replace("BBL", "BOL"))
    persoon.append(persoon[-1].replace("2025-02-01", "2025-09-01").replace("BOL", "ODT"))
    verhaal.register(persoon)
    verhaal.vertaal(VERTALING.replace('datum_begin = "Periode vanaf"\n', ""))
    verhaal.eigen(rij(A))
    assert not verhaal.afwijkingen()


def test_only_the_rows_that_are_asked_for_take_part(verhaal: Verhaal) -> None:
    verhaal.register(ro_regels(A))
    verhaal.vertaal(VERTALING + '[selectie]\nLeerweg = ["bol voltijd"]\n')
    verhaal.eigen(rij(A), rij(B, leerweg="Cursus"))
    assert not verhaal.afwijkingen()


# --------------------------------------------------------------------------- files beyond hope


def test_an_export_without_rows_is_refused(verhaal: Verhaal) -> None:
    verhaal.register(ro_regels(A))
    verhaal.eigen()
    with pytest.raises(OnbruikbaarBestand, match="geen rijen onder de kop"):
        verhaal.sluit_aan()


def test_a_register_that_is_none_is_refused(verhaal: Verhaal, tmp_path: Path) -> None:
    verhaal.ro.write_text("zomaar tekst")
    verhaal.eigen(rij(A))
    with pytest.raises(OnbruikbaarBestand, match="Verwacht een RO"):
        verhaal.sluit_aan()
