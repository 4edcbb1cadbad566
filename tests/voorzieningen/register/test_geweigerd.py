"""A refused melding waits on the work list until a later one mends it, or somebody sets it aside with a reason."""

import pytest

from kernregister.voorzieningen.register import public as register
from tests.voorzieningen.register.verhaal import vraag
from tests.voorzieningen.register.wereld import (
    DAAR,
    HIER,
    VANDAAG,
    diplomeer,
    geweigerd,
    identificeer,
    lukt,
    plaats_bpv,
    schrijf_in,
    stuur,
    verwijder,
    wie,
    zet_klaar,
)


@pytest.fixture(autouse=True)
def wereld(databank, monkeypatch):
    zet_klaar(monkeypatch)
    lukt(identificeer(wie(0)), identificeer(wie(1)))


def lijst() -> list[tuple[str, str, str]]:
    """Return what waits: sender, kind and cause."""
    return [
        tuple(rij)
        for rij in vraag(
            "SELECT afzender, soort, oorzaak FROM register_geweigerd WHERE afgedaan_op IS NULL ORDER BY melding_id"
        )
    ]


def test_a_refusal_waits_until_the_same_record_is_accepted():
    geweigerd(schrijf_in(wie(0), perioden=[]))
    assert [(van, soort) for van, soort, _ in lijst()] == [(HIER, "AanleverenInschrijving")]
    lukt(schrijf_in(wie(1)), schrijf_in(wie(0), "2"))
    assert len(lijst()) == 1, "another person and another enrolment mend nothing"
    lukt(schrijf_in(wie(0)))
    assert lijst() == []
    ((hersteld,),) = vraag(
        "SELECT n.soort FROM register_geweigerd g JOIN register_melding n ON n.id = g.door_melding"
    )
    assert hersteld == "AanleverenInschrijving"


def test_a_refusal_of_one_institution_is_not_mended_by_another():
    geweigerd(schrijf_in(wie(0), perioden=[]))
    lukt(identificeer(wie(0), DAAR), schrijf_in(wie(0), van=DAAR))
    assert len(lijst()) == 1


def test_within_one_batch_the_order_decides():
    slecht, goed = schrijf_in(wie(0), perioden=[]), schrijf_in(wie(0))
    stuur(slecht, goed)
    assert lijst() == []
    stuur(schrijf_in(wie(1)), schrijf_in(wie(1), perioden=[]))
    assert len(lijst()) == 1


def test_a_placement_without_its_enrolment_names_what_it_hangs_on():
    geweigerd(schrijf_in(wie(0), perioden=[]))
    geweigerd(plaats_bpv(wie(0)))
    ouders = vraag(
        "SELECT count(*) FROM register_geweigerd g JOIN register_geweigerd o ON o.sleutel = g.ouder AND o.afzender ="
        " g.afzender"
    )
    assert ouders == [(1,)]


def test_a_dry_run_puts_nothing_on_the_list_and_takes_nothing_off():
    stuur(schrijf_in(wie(0), perioden=[]), proef=True)
    assert lijst() == []
    geweigerd(schrijf_in(wie(0), perioden=[]))
    stuur(schrijf_in(wie(0)), proef=True)
    assert len(lijst()) == 1


def test_who_sends_the_same_melding_again_gets_no_second_place():
    melding = schrijf_in(wie(0), perioden=[])
    geweigerd(melding)
    geweigerd(melding)
    assert len(lijst()) == 1


def test_what_was_sent_to_mend_takes_another_record_off_the_list():
    fout = verwijder("Inschrijving", wie(0), inschrijvingvolgnummer="88")
    geweigerd(fout)
    goed = schrijf_in(wie(0), "1")
    lukt(goed)
    assert len(lijst()) == 1
    assert not register.herstel(fout.id, goed.id, DAAR), "the list of another is closed"
    assert register.herstel(fout.id, goed.id, HIER)
    assert lijst() == []


def test_a_refused_melding_mends_nothing():
    fout, ook_fout = schrijf_in(wie(0), perioden=[]), diplomeer(wie(1), inschrijvingvolgnummer="77")
    geweigerd(fout)
    stuur(ook_fout)
    assert not register.herstel(fout.id, fout.id, HIER)


def test_setting_aside_asks_for_a_reason_and_is_audited():
    fout = schrijf_in(wie(0), perioden=[])
    geweigerd(fout)
    for reden in ("", "  ", f"van {wie(0).burgerservicenummer}", "x" * 501):
        with pytest.raises(register.Redenfout):
            register.zet_opzij([fout.id], HIER, "amira", reden)
    assert register.zet_opzij([fout.id], DAAR, "chen", "niet van ons") == 0
    assert register.zet_opzij([fout.id], HIER, "amira", "Student kwam niet opdagen") == 1
    assert register.zet_opzij([fout.id], HIER, "amira", "nog eens") == 0
    assert lijst() == []
    assert vraag("SELECT door, namens FROM platform_auditregel WHERE handeling = 'melding.opzij'") == [
        ("amira", HIER)
    ]


def test_no_number_of_a_person_stands_on_the_list():
    geweigerd(schrijf_in(wie(0), perioden=[]))
    ((tekst,),) = vraag("SELECT g::text FROM register_geweigerd g")
    assert wie(0).burgerservicenummer not in str(tekst)


def test_an_institution_sees_its_own_list_only():
    from kernregister.platform.pas import Pas, Soort, met_pas
    from kernregister.platform.sql import cursor

    geweigerd(schrijf_in(wie(0), perioden=[]))
    for pas, ziet in (
        (Pas(Soort.INSTELLING, HIER), 1),
        (Pas(Soort.INSTELLING, DAAR), 0),
        (Pas(Soort.ACCOUNTANT, HIER, "2025-2026"), 0),
        (Pas(Soort.DUO), 1),
    ):
        with met_pas(pas), cursor("default") as sql:
            sql.execute("SELECT count(*) FROM register_geweigerd")
            assert sql.fetchone() == (ziet,), pas


def test_a_refusal_whose_term_has_passed_leaves_the_list_with_its_content(monkeypatch):
    from kernregister.platform import klok

    geweigerd(schrijf_in(wie(0), perioden=[]))
    later = VANDAAG.replace(year=VANDAAG.year + 8)
    monkeypatch.setattr(klok, "vandaag", lambda: later)
    assert register.vernietig("geweigerde_melding", later, "aanvrager", "goedkeurder", "termijn").aantal == 1
    assert vraag("SELECT count(*) FROM register_geweigerd") == [(0,)]
    assert vraag("SELECT count(*) FROM register_melding WHERE NOT aanvaard") == [(1,)]
