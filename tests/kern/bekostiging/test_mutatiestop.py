"""The mutatiestop: what a change touches of the accounted studiejaar 2024-2025, and what it leaves free."""

from datetime import date

import pytest
from msgspec import structs

from kernregister.kern.bekostiging.mutatiestop import VELDEN, Aanraking, dag_in, geraakt, uiterste_dag
from kernregister.kern.dossier import Dossier, Persoon
from kernregister.kern.gegevens import GEEN, Gegevens, Opleiding
from kernregister.kern.meldingen.toepassen import Mutatie, sleutel_van
from kernregister.kern.tijd import Studiejaar
from tests.kern.voorbeelden import ELDERS, INSTELLING, OPLEIDING, bpv, diploma, examen, inschrijving, periode

JAAR = Studiejaar(2024)
OKTOBER, FEBRUARI = JAAR.teldata
BBL = (periode(leertraject="BBL", bekostigbaar=True),)
BOL = (periode(bekostigbaar=True),)


def raakt(voor, na, *diplomas, gegevens=GEEN, instelling=INSTELLING) -> tuple[Aanraking, ...]:
    """Replace one aggregate by another under the stop, and return what that touches."""
    eigen = tuple(een for een in (voor,) if een is not None and not hasattr(een, "resultaatvolgnummer"))
    dossier = Dossier(Persoon("999990007"), eigen, diplomas)
    mutatie = Mutatie(sleutel_van(voor or na), voor, na)
    return geraakt(dossier, [mutatie], instelling, JAAR, gegevens)


def velden(aanrakingen: tuple[Aanraking, ...]) -> set[tuple[str, str, str]]:
    return {(een.record, een.veld, een.wat) for een in aanrakingen}


def test_adding_and_removing_an_enrolment_that_holds_on_a_teldatum_is_touched() -> None:
    een = inschrijving("2024-08-01", perioden=BOL)
    assert raakt(None, een) == (Aanraking("Inschrijving", "1", "toegevoegd", "", (OKTOBER, FEBRUARI)),)
    assert raakt(een, None) == (Aanraking("Inschrijving", "1", "verwijderd", "", (OKTOBER, FEBRUARI)),)


def test_an_enrolment_that_holds_on_neither_teldatum_is_free() -> None:
    tussen = inschrijving("2024-10-02", "2025-01-31", perioden=(periode("2024-10-02", bekostigbaar=True),))
    later = inschrijving("2025-08-01", perioden=(periode("2025-08-01", bekostigbaar=True),))
    for een in (tussen, later):
        assert raakt(None, een) == raakt(een, None) == ()


@pytest.mark.parametrize(
    ("anders", "veld"),
    [
        ({"opleidingcode": "25998"}, "opleidingcode"),
        ({"leertraject": "BBL"}, "leertraject"),
        ({"bekostigbaar": False}, "bekostigbaar"),
    ],
)
def test_what_holds_on_a_teldatum_is_not_changed(anders: dict, veld: str) -> None:
    voor = inschrijving(perioden=BOL)
    na = structs.replace(voor, perioden=(structs.replace(BOL[0], **anders),))
    verwacht = (Aanraking("Inschrijvingsperiode", "1", "gewijzigd", veld, (OKTOBER, FEBRUARI)),)
    assert raakt(voor, na) == verwacht


def test_a_period_from_november_touches_february_only() -> None:
    voor = inschrijving(perioden=BOL)
    na = structs.replace(voor, perioden=(*BOL, periode("2024-11-01", "BBL", bekostigbaar=True)))
    assert {(een.veld, een.teldata) for een in raakt(voor, na)} == {
        ("datum_begin", (FEBRUARI,)),
        ("leertraject", (FEBRUARI,)),
    }


def test_a_period_of_the_next_studiejaar_is_free() -> None:
    voor = inschrijving(perioden=BOL)
    assert (
        raakt(voor, structs.replace(voor, perioden=(*BOL, periode("2025-08-01", "BBL", bekostigbaar=True))))
        == ()
    )


def test_leaving_before_a_teldatum_is_touched_and_leaving_afterwards_is_free() -> None:
    voor = inschrijving(perioden=BOL)
    weg = structs.replace(voor, datum_uitschrijving_werkelijk=date(2025, 1, 31), reden_uitschrijving="02")
    assert Aanraking("Inschrijving", "1", "ongeldig", "datum_uitschrijving_werkelijk", (FEBRUARI,)) in raakt(
        voor, weg
    )
    volgend_jaar = structs.replace(
        voor, datum_uitschrijving_werkelijk=date(2025, 9, 12), reden_uitschrijving="02"
    )
    assert raakt(voor, volgend_jaar) == ()


def test_beginning_later_lets_the_first_teldatum_go() -> None:
    voor = inschrijving(perioden=BOL)
    na = structs.replace(voor, datum_inschrijving=date(2024, 10, 2))
    ook_februari = Aanraking("Inschrijving", "1", "gewijzigd", "datum_inschrijving", (FEBRUARI,))
    for wat, raakt_nu in (("ongeldig", raakt(voor, na)), ("geldig", raakt(na, voor))):
        assert raakt_nu == (
            Aanraking("Inschrijving", "1", wat, "datum_inschrijving", (OKTOBER,)),
            ook_februari,
        )


def test_beginning_earlier_is_touched_for_the_first_of_two_enrolments_is_the_one_that_counts() -> None:
    """A period put before the others leaves what holds on the teldata alone, and takes the funding from another."""
    voor = inschrijving("2024-08-15", perioden=(periode("2024-08-15", bekostigbaar=True),))
    na = structs.replace(voor, datum_inschrijving=date(2023, 8, 1), perioden=(*BOL, *voor.perioden))
    assert raakt(voor, na) == (
        Aanraking("Inschrijving", "1", "gewijzigd", "datum_inschrijving", (OKTOBER, FEBRUARI)),
    )
    vorig_jaar = inschrijving("2023-08-01", "2024-07-31", perioden=(periode("2023-08-01"),))
    assert raakt(vorig_jaar, structs.replace(vorig_jaar, datum_inschrijving=date(2023, 9, 1))) == ()


def test_the_reason_of_leaving_within_the_studiejaar_is_under_the_stop() -> None:
    voor = inschrijving("2024-08-01", "2025-03-14", perioden=BOL)
    na = structs.replace(voor, reden_uitschrijving="03")
    assert velden(raakt(voor, na)) == {("Inschrijving", "reden_uitschrijving", "gewijzigd")}
    later = inschrijving("2024-08-01", "2025-10-14", perioden=BOL)
    assert raakt(later, structs.replace(later, reden_uitschrijving="03")) == ()


def test_what_no_money_depends_on_is_free() -> None:
    voor = inschrijving(perioden=BBL, bpvs=(bpv("2024-09-02"),))
    na = structs.replace(
        voor,
        datum_uitschrijving_gepland=date(2028, 7, 31),
        perioden=(structs.replace(BBL[0], niveau="MBO-3", onderwijslocatie="101X592"),),
        bpvs=(bpv("2024-09-02", "2025-05-01", afsluitdatum="2024-09-02", omvang=100, leerbedrijf_id=None),),
    )
    assert raakt(voor, na) == ()


def test_the_agreement_of_a_placement_counts_for_bbl_and_its_begin_for_all() -> None:
    for perioden, verwacht in ((BBL, {"afsluitdatum"}), (BOL, set())):
        voor = inschrijving(perioden=perioden, bpvs=(bpv("2024-12-02", afsluitdatum="2024-12-01"),))
        na = structs.replace(voor, bpvs=(bpv("2024-12-02", afsluitdatum="2025-01-03"),))
        assert {een.veld for een in raakt(voor, na)} == verwacht
        begint_later = structs.replace(voor, bpvs=(bpv("2025-01-06", afsluitdatum="2024-12-01"),))
        assert {een.veld for een in raakt(voor, begint_later)} == {"datum_begin"}


def test_a_placement_of_the_studiejaar_that_comes_or_goes_is_touched_and_a_later_one_is_not() -> None:
    voor = inschrijving(perioden=BBL)
    erbij = structs.replace(voor, bpvs=(bpv("2024-12-02"),))
    assert velden(raakt(voor, erbij)) == {
        ("Bpv", "afsluitdatum", "toegevoegd"),
        ("Bpv", "datum_begin", "toegevoegd"),
    }
    assert {een.wat for een in raakt(erbij, voor)} == {"verwijderd"}
    for later in (bpv("2025-09-01"), bpv("2025-09-01", afsluitdatum="2025-06-01")):
        assert raakt(voor, structs.replace(voor, bpvs=(later,))) == ()
    keuzedeel = bpv("2024-12-02", opleidingcode=None, keuzedeelcode="K0072")
    assert raakt(voor, structs.replace(voor, bpvs=(keuzedeel,))) == ()


def test_what_is_not_to_be_funded_by_its_own_indication_is_free() -> None:
    nee = (periode(bekostigbaar=False),)
    voor = inschrijving(perioden=nee)
    na = structs.replace(voor, perioden=(structs.replace(nee[0], opleidingcode="25998"),))
    assert raakt(voor, na) == raakt(None, voor) == raakt(voor, None) == ()
    assert velden(raakt(voor, structs.replace(voor, perioden=BOL))) == {
        ("Inschrijvingsperiode", "bekostigbaar", "gewijzigd")
    }
    onbekend = inschrijving(perioden=(periode(),))
    assert raakt(None, onbekend), "an indication that is not known is no Nee"


def test_a_diploma_of_the_calendar_year_neither_comes_nor_goes_nor_changes() -> None:
    een = diploma("2024-06-28", bekostigbaar=True)
    assert raakt(None, een) == (Aanraking("Diploma", "1", "toegevoegd"),)
    assert raakt(een, None) == (Aanraking("Diploma", "1", "verwijderd"),)
    for anders in (
        {"opleidingcode": "25998"},
        {"datum_resultaat": date(2025, 1, 3)},
        {"bekostigbaar": False},
    ):
        assert velden(raakt(een, structs.replace(een, **anders))) == {("Diploma", *anders, "gewijzigd")}
    assert raakt(een, structs.replace(een, onderwijsaanbieder=None)) == ()


@pytest.mark.parametrize(
    "een", [diploma("2025-01-30", bekostigbaar=True), diploma("2024-06-28", bekostigbaar=False)]
)
def test_a_diploma_of_another_year_or_not_to_be_funded_is_free(een) -> None:
    assert raakt(None, een) == raakt(een, None) == ()


def test_the_final_mark_for_english_counts_at_level_4_and_where_the_level_is_not_known() -> None:
    def met(code: str, cijfer: int):
        return diploma("2024-06-28", bekostigbaar=True, onderdelen=(examen(code, "2", eindcijfer=cijfer),))

    for niveau, geldt in (("MBO-4", True), ("MBO-3", False), (None, True)):
        gegevens = Gegevens(opleidingen={OPLEIDING: Opleiding(OPLEIDING, niveau=niveau)})
        assert bool(raakt(met("3014", 6), met("3014", 7), gegevens=gegevens)) is geldt
        assert raakt(met("3005", 6), met("3005", 7), gegevens=gegevens) == (), "Dutch is not under the stop"
    assert raakt(met("3014", 6), met("3014", 7)) != ()


def test_an_enrolment_with_a_diploma_of_the_year_stays_even_if_it_holds_on_no_teldatum() -> None:
    een = inschrijving("2023-08-01", "2024-06-28", perioden=(periode("2023-08-01", bekostigbaar=True),))
    assert raakt(een, None) == ()
    assert raakt(een, None, diploma("2024-06-28", bekostigbaar=True)) == (
        Aanraking("Inschrijving", "1", "verwijderd"),
    )
    assert raakt(een, None, diploma("2024-06-28", bekostigbaar=False)) == ()


def test_what_another_institution_registers_is_not_under_this_stop() -> None:
    elders = inschrijving(instelling=ELDERS, perioden=BOL)
    assert raakt(None, elders) == ()
    assert raakt(None, elders, instelling=ELDERS) != ()


def test_the_days_of_accounting_lie_in_the_second_calendar_year() -> None:
    assert uiterste_dag(JAAR) == date(2025, 7, 1)
    assert dag_in(JAAR, "eigen_keuze_van") == date(2025, 3, 1)
    assert dag_in(JAAR, "eigen_keuze_tot_en_met") == dag_in(JAAR, "algemeen_vanaf") == date(2025, 6, 1)


def test_every_field_under_the_stop_is_a_field_of_the_dossier() -> None:
    from kernregister.kern import dossier

    for veld in VELDEN:
        assert veld.veld in getattr(dossier, veld.record).__struct_fields__
        assert veld.nl
        assert veld.en
