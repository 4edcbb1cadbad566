"""Provisional funding follows the register: each melding is answered with what it changed, and the rows say so."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from msgspec import structs

from kernregister.kern.meldingen import berichten as b
from kernregister.voorzieningen.bekostigen.posten import DIPLOMA
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.register.samenvoegen import voer_uit
from tests.databank import Databank
from tests.voorzieningen.bekostigen import opzet
from tests.voorzieningen.bekostigen.opzet import FEBRUARI, JAAR, OKTOBER, gewijzigd
from tests.voorzieningen.kwaliteit.opzet import zet_klok
from tests.voorzieningen.register import wereld
from tests.voorzieningen.register.verhaal import vraag
from tests.voorzieningen.register.wereld import (
    DAAR,
    HIER,
    NBI,
    diplomeer,
    geef_keuzedeel,
    identificeer,
    lukt,
    nummer_van,
    plaats_bpv,
    schrijf_in,
    stuur,
    verwijder,
    wie,
)

EEN = wie(1)


@pytest.fixture(autouse=True)
def _wereld(databank: Databank, monkeypatch: pytest.MonkeyPatch) -> None:
    opzet.zet_klaar(monkeypatch)


def test_an_enrolment_in_bol_counts_its_price_factor_on_both_teldata() -> None:
    _, antwoord = lukt(identificeer(EEN), schrijf_in(EEN))
    tellen = gewijzigd(antwoord)
    assert set(tellen) == {OKTOBER, FEBRUARI}
    assert all((een.status_voor, een.status_na) == (None, True) for een in tellen.values())
    assert [een.bijdrage_na for een in tellen.values()] == [Decimal("1.25")] * 2
    assert all(een.parameters and een.gegevens_versie for een in tellen.values())
    assert opzet.open_posten() == opzet.vers()


def test_a_bbl_enrolment_counts_from_the_moment_its_placement_was_concluded_in_time() -> None:
    _, zonder = lukt(identificeer(EEN), schrijf_in(EEN, **opzet.bbl()))
    assert {een.status_na for een in gewijzigd(zonder).values()} == {False}
    assert {reden.code for een in gewijzigd(zonder).values() for reden in een.redenen} == {"T90"}

    (antwoord,) = lukt(plaats_bpv(EEN, afsluitdatum="2025-12-31", datum_begin="2025-12-31"))

    tellen = gewijzigd(antwoord)
    assert {(een.status_voor, een.status_na) for een in tellen.values()} == {(False, True)}
    assert {een.bijdrage_na for een in tellen.values()} == {Decimal("0.4") * Decimal("1.25")}
    assert all(een.redenen == () for een in tellen.values())


def test_a_placement_concluded_a_day_late_changes_why_it_does_not_count() -> None:
    lukt(identificeer(EEN), schrijf_in(EEN, **opzet.bbl()))
    (antwoord,) = lukt(plaats_bpv(EEN, afsluitdatum="2026-01-01", datum_begin="2026-01-05"))
    tellen = gewijzigd(antwoord)
    assert {een.status_na for een in tellen.values()} == {False}
    assert {reden.code for een in tellen.values() for reden in een.redenen} == {"T91"}


def test_who_takes_the_student_over_is_told_it_counts_elsewhere_and_of_whom_no_more_than_the_code() -> None:
    lukt(identificeer(EEN), schrijf_in(EEN))
    _, antwoord = lukt(
        identificeer(EEN, DAAR),
        schrijf_in(
            EEN, "geheim7", DAAR, datum_inschrijving="2025-09-01", perioden=[wereld.periode("2025-09-01")]
        ),
    )
    (reden,) = {reden.code: reden for een in gewijzigd(antwoord).values() for reden in een.redenen}.values()
    assert (reden.code, reden.waarden) == ("TA0", {"instelling": HIER, "inschrijvingvolgnummer": None})
    assert {een.instelling for een in antwoord.bekostiging} == {DAAR}


def test_what_a_melding_does_at_another_institution_is_written_there_and_not_told_to_its_sender() -> None:
    """An enrolment that began earlier takes the student from the institution that had them first."""
    lukt(identificeer(EEN), schrijf_in(EEN))
    eerder = {"datum_inschrijving": "2023-08-01", "perioden": [wereld.periode("2023-08-01")]}
    _, antwoord = lukt(identificeer(EEN, DAAR), schrijf_in(EEN, "2", DAAR, **eerder))
    assert {een.instelling for een in antwoord.bekostiging} == {DAAR}
    assert {een.status_na for een in gewijzigd(antwoord).values()} == {True}
    hier = {post.status for _, post in opzet.open_posten(jaar=JAAR) if post.instelling == HIER}
    assert hier == {False}
    assert opzet.open_posten() == opzet.vers()


def test_nationality_that_arrives_from_the_brp_makes_an_enrolment_judged_and_nobody_is_answered() -> None:
    vreemd = structs.replace(EEN, nationaliteiten=(), burgerservicenummer=None, onderwijsnummer=None)
    lukt(identificeer(EEN), schrijf_in(EEN))
    kop = {
        "id": uuid4(),
        "afzender": "BRP",
        "moment": wereld.MOMENT,
        "burgerservicenummer": EEN.burgerservicenummer,
    }
    (weg,) = lukt(b.VerstrekkenPersoonsgegevens(persoon=vreemd, **kop))
    assert weg.bekostiging == ()
    onbekend = {code for _, post in opzet.open_posten(jaar=JAAR) for code in post.onbekend}
    assert onbekend == {"T70"}
    terug = structs.replace(vreemd, nationaliteiten=(wereld.NEDERLANDER,))
    lukt(b.VerstrekkenPersoonsgegevens(persoon=terug, **(kop | {"id": uuid4()})))
    assert not {code for _, post in opzet.open_posten(jaar=JAAR) for code in post.onbekend}
    assert opzet.open_posten() == opzet.vers()


def test_a_diploma_counts_in_the_year_of_its_date() -> None:
    lukt(identificeer(EEN), schrijf_in(EEN))
    (antwoord,) = lukt(diplomeer(EEN))
    (een,) = antwoord.bekostiging
    assert (een.jaar, een.sleutel, een.teldatum, een.status_na, een.bijdrage_na) == (
        2028,
        "9",
        None,
        True,
        Decimal(5),
    )
    assert {post.datum_behaald for _, post in opzet.open_posten() if post.soort == DIPLOMA} == {
        date(2026, 1, 30)
    }


@pytest.mark.parametrize(("eerst", "ziet"), [(HIER, "9"), (DAAR, None)])
def test_which_diploma_came_before_is_told_of_ones_own_and_not_of_anothers(
    eerst: str, ziet: str | None
) -> None:
    lukt(identificeer(EEN), schrijf_in(EEN), identificeer(EEN, DAAR), schrijf_in(EEN, "3", DAAR))
    volgnummer = "1" if eerst == HIER else "3"
    lukt(diplomeer(EEN, van=eerst, datum_resultaat="2026-01-09", inschrijvingvolgnummer=volgnummer))
    (antwoord,) = lukt(diplomeer(EEN, "10"))
    (een,) = [een for een in antwoord.bekostiging if een.sleutel == "10"]
    (waarom,) = [reden for reden in een.redenen if reden.code == "R70"]
    assert waarom.waarden == {"instelling": eerst, "resultaatvolgnummer": ziet}


def test_a_correction_that_is_taken_back_leaves_what_there_was_with_its_history() -> None:
    lukt(identificeer(EEN), schrijf_in(EEN))
    voor = opzet.open_posten()
    fout = {"perioden": [wereld.periode(bekostigbaar=False)]}
    (mis,) = lukt(schrijf_in(EEN, **fout))
    assert {een.status_na for een in gewijzigd(mis).values()} == {False}
    (goed,) = lukt(schrijf_in(EEN))
    assert {(een.status_voor, een.status_na, een.bijdrage_na) for een in gewijzigd(goed).values()} == {
        (False, True, Decimal("1.25"))
    }
    assert opzet.open_posten() == voor
    assert len([leven for leven in opzet.levens(nummer_van(EEN)) if leven[0] == JAAR]) == 6


def test_an_enrolment_that_is_removed_counts_no_longer() -> None:
    lukt(identificeer(EEN), schrijf_in(EEN))
    (antwoord,) = lukt(verwijder("Inschrijving", EEN, inschrijvingvolgnummer="1"))
    assert {(een.status_voor, een.status_na) for een in antwoord.bekostiging} == {(True, None)}
    assert opzet.open_posten() == set()


def test_several_meldingen_on_one_student_in_one_batch_each_tell_their_own_part() -> None:
    inschrijving = schrijf_in(EEN, **opzet.bbl())
    bpv = plaats_bpv(EEN, afsluitdatum="2025-11-01", datum_begin="2025-11-01")
    _, eerst, daarna = lukt(identificeer(EEN), inschrijving, bpv)
    assert {(een.status_voor, een.status_na) for een in gewijzigd(eerst).values()} == {(None, False)}
    assert {(een.status_voor, een.status_na) for een in gewijzigd(daarna).values()} == {(False, True)}
    assert opzet.open_posten() == opzet.vers()


def test_what_touches_no_funding_is_not_told_and_asks_nothing_of_the_rows() -> None:
    lukt(identificeer(EEN), schrijf_in(EEN))
    voor = vraag("SELECT count(*), max(id) FROM bekostigen_status")
    (antwoord,) = lukt(geef_keuzedeel(EEN))
    assert antwoord.bekostiging == ()
    assert vraag("SELECT count(*), max(id) FROM bekostigen_status") == voor


def test_what_changes_in_a_row_and_not_in_what_counts_is_written_and_not_told() -> None:
    lukt(identificeer(EEN), schrijf_in(EEN))
    (antwoord,) = lukt(schrijf_in(EEN, datum_uitschrijving_gepland="2026-01-31"))
    assert antwoord.bekostiging == ()
    assert {post.teldatum: post.na_gepland_einde for _, post in opzet.open_posten(jaar=JAAR)} == {
        OKTOBER: False,
        FEBRUARI: True,
    }


def test_a_melding_leaves_the_rows_of_a_year_that_has_closed_as_they_were(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lukt(identificeer(EEN), schrijf_in(EEN))
    gesloten = opzet.open_posten(jaar=2026)
    zet_klok(monkeypatch, date(2026, 8, 1))
    (antwoord,) = lukt(schrijf_in(EEN, **opzet.bbl()))
    assert {een.jaar for een in antwoord.bekostiging} == {2027, 2028}
    assert opzet.open_posten(jaar=2026) == gesloten != set()


def test_the_same_melding_again_gives_the_same_answer_and_no_new_rows() -> None:
    melding = schrijf_in(EEN, **opzet.bbl())
    _, eerste = lukt(identificeer(EEN), melding)
    (weer,) = lukt(melding)
    assert weer.bekostiging == eerste.bekostiging
    assert opzet.open_posten() == opzet.vers()


def test_an_institution_that_is_not_funded_gets_no_status() -> None:
    _, antwoord = lukt(identificeer(EEN, NBI), schrijf_in(EEN, van=NBI))
    assert antwoord.bekostiging == ()
    assert opzet.open_posten() == set()


def test_a_dry_run_tells_what_it_would_do_and_leaves_nothing() -> None:
    lukt(identificeer(EEN), schrijf_in(EEN, **opzet.bbl()))
    voor = {
        tabel: wat
        for tabel, wat in wereld.inhoud_van_alle_tabellen().items()
        if tabel.startswith("bekostigen")
    }
    (antwoord,) = stuur(plaats_bpv(EEN, afsluitdatum="2025-12-01", datum_begin="2025-12-01"), proef=True)
    assert {een.status_na for een in gewijzigd(antwoord).values()} == {True}
    na = wereld.inhoud_van_alle_tabellen()
    assert {tabel: na[tabel] for tabel in voor} == voor


def test_students_who_prove_to_be_one_count_once_and_twice_again_when_that_is_undone() -> None:
    ander = wie(2)
    lukt(identificeer(EEN), schrijf_in(EEN))
    lukt(identificeer(ander, DAAR), schrijf_in(ander, "2", DAAR))
    voor = opzet.open_posten()
    kop = {"afzender": "STEL", "moment": wereld.MOMENT, "reden": "dezelfde"}
    samen = b.SamenvoegenPersonen(id=uuid4(), blijft=nummer_van(EEN), gaat_op=nummer_van(ander), **kop)
    assert voer_uit(samen, "beheerder").aanvaard
    assert {post.status for _, post in opzet.open_posten(jaar=JAAR) if post.instelling == DAAR} == {True}
    assert {post.status for _, post in opzet.open_posten(jaar=JAAR) if post.instelling == HIER} == {False}
    assert opzet.open_posten() == opzet.vers()
    assert voer_uit(b.HerroepenMelding(id=uuid4(), melding=samen.id, **kop), "beheerder").aanvaard
    assert opzet.open_posten() == voor


def test_as_known_at_a_stand_rows_are_what_they_were_then(monkeypatch: pytest.MonkeyPatch) -> None:
    toen: dict[int, set] = {}

    def onthoud() -> None:
        toen[register.stand()] = opzet.open_posten()

    onthoud()
    for melding in (
        identificeer(EEN),
        schrijf_in(EEN, **opzet.bbl()),
        plaats_bpv(EEN, afsluitdatum="2025-12-01", datum_begin="2025-12-01"),
        identificeer(EEN, DAAR),
        schrijf_in(EEN, "2", DAAR, datum_inschrijving="2023-08-01", perioden=[wereld.periode("2023-08-01")]),
        verwijder("Inschrijving", EEN, DAAR, inschrijvingvolgnummer="2"),
        diplomeer(EEN),
        verwijder("Resultaat", EEN, resultaatvolgnummer="9"),
    ):
        lukt(melding)
        onthoud()
    zet_klok(monkeypatch, date(2026, 3, 9))  # as-of does not look at the day
    assert len(toen) == 9
    for stand, posten in toen.items():
        assert opzet.open_posten(stand) == posten, stand
        assert opzet.vers(stand) == posten, stand
