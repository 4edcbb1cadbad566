"""An assurance report is about one OBO, is decided on by somebody else, and is never overwritten."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import DatabaseError, connections
from msgspec import structs

from kernregister.kern.tijd import Studiejaar
from kernregister.platform.pas import met_pas
from kernregister.voorzieningen.bekostigen import public as bekostigen
from tests.databank import Databank
from tests.voorzieningen.bekostigen import opzet, rapporten
from tests.voorzieningen.bekostigen.verantwoorden import (
    DUO,
    STUDIEJAAR,
    accountant,
    beeld,
    hash_van,
    indiening,
    instelling,
    keur_goed,
    lever_aan,
    obo,
)
from tests.voorzieningen.kwaliteit.opzet import zet_klok
from tests.voorzieningen.register.verhaal import vraag
from tests.voorzieningen.register.wereld import DAAR, HIER, identificeer, lukt, schrijf_in, wie


@pytest.fixture(autouse=True)
def _begin(databank: Databank, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both funded institutions have a student; it is the second of March 2026."""
    opzet.zet_klaar(monkeypatch)
    for plaats, van in ((0, HIER), (1, DAAR)):
        lukt(identificeer(wie(plaats), van), schrijf_in(wie(plaats), van=van))


def geweigerd(een: bekostigen.Indiening, door: bekostigen.Bevoegde) -> tuple[str, ...]:
    voor = vraag("SELECT count(*) FROM bekostigen_assurancedeel")
    with pytest.raises(bekostigen.Verantwoordingsfout) as fout:
        bekostigen.dien_in(een, door)
    assert vraag("SELECT count(*) FROM bekostigen_assurancedeel") == voor, "nothing is kept of it"
    return fout.value.redenen


def test_a_report_is_handed_in_approved_and_read_back_byte_for_byte() -> None:
    een = obo(HIER)
    rapport = lever_aan(een)
    nieuw = beeld(rapport, instelling(HIER).pas)
    assert (nieuw.toestand, nieuw.op_tijd, nieuw.nieuwste_obo, nieuw.bladen) == ("aangeleverd", True, True, 1)
    assert (nieuw.aanvraag, nieuw.obo_sha256, nieuw.obo_stand) == (een.id, hash_van(een), een.stand)
    assert nieuw.uiterlijk == date(2026, 7, 1)
    keur_goed(rapport)
    goed = beeld(rapport)
    assert [(stap.toestand, stap.door) for stap in goed.stappen] == [
        ("aangeleverd", "j.jansen"),
        ("goedgekeurd", "d.vries"),
    ]
    kop, inhoud = bekostigen.bestand(rapport, DUO.pas)
    assert inhoud == indiening(een).inhoud
    assert kop.omvang == len(inhoud)
    (opgeslagen,) = vraag("SELECT inhoud FROM bekostigen_assurancedeel")[0]
    assert b"%PDF" not in bytes(opgeslagen)


def test_the_accountant_hands_in_for_his_own_studiejaar_only() -> None:
    een = obo(HIER)
    for ander in (accountant(HIER, Studiejaar(2024)), accountant(DAAR)):
        assert "niet voor u" in geweigerd(indiening(een), ander)[0]
    rapport, _ = bekostigen.dien_in(indiening(een), accountant(HIER))
    assert rapport.namens == "accountant"
    assert beeld(rapport.id, accountant(HIER).pas).toestand == "aangeleverd"
    with met_pas(accountant(HIER, Studiejaar(2024)).pas):
        assert bekostigen.rapport(rapport.id) is None


def test_another_institution_neither_sees_a_report_nor_hands_in_on_the_obo_of_another() -> None:
    een = obo(HIER)
    rapport = lever_aan(een)
    assert "niet voor u" in geweigerd(indiening(een, "Ander"), instelling(DAAR))[0]
    with met_pas(instelling(DAAR).pas):
        assert bekostigen.rapporten() == []
    with pytest.raises(bekostigen.Onvindbaar):
        bekostigen.bestand(rapport, instelling(DAAR).pas)


def test_the_same_file_again_is_the_same_report_and_with_another_obo_it_is_refused() -> None:
    een = obo(HIER)
    rapport = lever_aan(een)
    zelfde, nieuw = bekostigen.dien_in(indiening(een), instelling(HIER))
    assert (zelfde.id, nieuw) == (rapport, False)
    assert len(beeld(rapport).stappen) == 1
    lukt(schrijf_in(wie(0), reden_uitschrijving="02", datum_uitschrijving_werkelijk="2026-02-27"))
    ander = obo(HIER)
    assert hash_van(ander) != hash_van(een)
    (reden,) = geweigerd(indiening(ander, inhoud=indiening(een).inhoud), instelling(HIER))
    assert "ander OBO" in reden


def test_the_same_file_at_another_institution_is_a_report_of_its_own() -> None:
    inhoud = rapporten.rapport("Voor allebei gelijk")
    uit = [bekostigen.dien_in(indiening(obo(code), inhoud=inhoud), instelling(code)) for code in (HIER, DAAR)]
    assert [nieuw for _, nieuw in uit] == [True, True]


def test_a_report_is_about_the_very_bytes_of_an_obo() -> None:
    een = obo(HIER)
    (reden,) = geweigerd(indiening(een, obo_sha256="0" * 64), instelling(HIER))
    assert "niet die van dit OBO" in reden
    assert "niet voor u" in geweigerd(structs.replace(indiening(een), aanvraag=uuid4()), instelling(HIER))[0]


def test_everything_that_is_wrong_is_said_at_once() -> None:
    een = obo(HIER)
    redenen = geweigerd(
        indiening(een, bestandsnaam="ar 999990019.doc", obo_sha256="0" * 64, inhoud=b"\xff" * 400),
        instelling(HIER),
    )
    assert len(redenen) == 5
    assert "999990019" not in " ".join(redenen)


def test_a_report_on_an_obo_that_is_no_longer_the_newest_is_taken_in_and_that_is_said() -> None:
    een = obo(HIER)
    lukt(schrijf_in(wie(0), reden_uitschrijving="02", datum_uitschrijving_werkelijk="2026-02-27"))
    rapport = lever_aan(een)
    assert beeld(rapport).nieuwste_obo
    obo(HIER)
    assert not beeld(rapport).nieuwste_obo


def test_a_newer_report_replaces_one_that_waits_and_an_approved_one_only_when_it_is_approved_itself() -> None:
    een = obo(HIER)
    eerste, tweede = lever_aan(een, "Eerste"), lever_aan(een, "Tweede")
    assert [beeld(r).toestand for r in (eerste, tweede)] == ["vervangen", "aangeleverd"]
    assert beeld(eerste).stappen[-1].vervangen_door == tweede
    keur_goed(tweede)
    derde = lever_aan(een, "Derde")
    assert [beeld(r).toestand for r in (tweede, derde)] == ["goedgekeurd", "aangeleverd"]
    keur_goed(derde)
    assert [beeld(r).toestand for r in (tweede, derde)] == ["vervangen", "goedgekeurd"]
    assert "vervangen" in geweigerd(indiening(een, "Eerste"), instelling(HIER))[0]


def test_of_reports_that_are_handed_in_side_by_side_one_waits_for_a_decision() -> None:
    een = obo(HIER)

    def apart(tekst: str) -> UUID:
        try:
            return lever_aan(een, tekst)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as samen:
        rapporten_ = list(samen.map(apart, ("Eerste", "Tweede", "Derde")))
    assert sorted(beeld(r).toestand for r in rapporten_) == ["aangeleverd", "vervangen", "vervangen"]


def test_a_refused_report_says_why_and_is_not_handed_in_again() -> None:
    een = obo(HIER)
    rapport = lever_aan(een)
    bekostigen.beslis(rapport, False, "De verklaring mist een handtekening.", DUO)
    assert beeld(rapport).stappen[-1].reden == "De verklaring mist een handtekening."
    assert "afgekeurd" in geweigerd(indiening(een), instelling(HIER))[0]
    assert beeld(lever_aan(een, "Met handtekening")).toestand == "aangeleverd"


def test_who_hands_in_does_not_decide_and_a_decision_stands() -> None:
    rapport = lever_aan(obo(HIER))
    for ander, reden in (
        (instelling(HIER), "beslist DUO"),
        (accountant(HIER), "beslist DUO"),
        (bekostigen.Bevoegde(DUO.pas, f"sis-{HIER}", "d.vries"), "laat een ander"),
        (bekostigen.Bevoegde(DUO.pas, "duo", "J.Jansen "), "laat een ander"),
    ):
        with pytest.raises(bekostigen.Verantwoordingsfout, match=reden):
            bekostigen.beslis(rapport, True, "", ander)
    with pytest.raises(bekostigen.Onvindbaar):
        bekostigen.beslis(rapport, True, "", instelling(DAAR))
    with pytest.raises(bekostigen.Verantwoordingsfout, match="reden van de afkeuring"):
        bekostigen.beslis(rapport, False, " ", DUO)
    keur_goed(rapport)
    with pytest.raises(bekostigen.Verantwoordingsfout, match="al beslist"):
        bekostigen.beslis(rapport, False, "Toch niet.", DUO)


def test_the_database_itself_lets_nobody_approve_their_own_or_change_what_was_done() -> None:
    rapport = lever_aan(obo(HIER))
    stap = (
        "INSERT INTO bekostigen_assurancestap (rapport_id, instelling, studiejaar, toestand, ingediend_door, client,"
        f" door, reden, op) VALUES (%s, '{HIER}', '2025-2026', 'goedgekeurd', %s, %s, 'x', '', now())"
    )
    with (
        pytest.raises(psycopg.errors.InsufficientPrivilege),
        met_pas(instelling(HIER).pas),
        connections["default"].connection.cursor() as sql,
    ):
        sql.execute(stap, [rapport, f"sis-{HIER}", "duo"])
    with (
        pytest.raises(psycopg.errors.CheckViolation),
        met_pas(DUO.pas),
        connections["default"].connection.cursor() as sql,
    ):
        sql.execute(stap, [rapport, f"sis-{HIER}", f"sis-{HIER}"])
    with connections["stelsel"].cursor() as sql:
        for wijziging in (
            "UPDATE bekostigen_assurancestap SET reden = 'anders'",
            "DELETE FROM bekostigen_assurancerapport",
            "UPDATE bekostigen_assurancedeel SET inhoud = ''",
        ):
            with pytest.raises(DatabaseError, match="alleen om aan toe te voegen"):
                sql.execute(wijziging)


def test_raw_sql_spoils_no_report_and_takes_back_no_decision() -> None:
    """With the pass of the institution that the report is of: an approval holds, and its file stays what it was."""
    rapport = keur_goed(lever_aan(obo(HIER)))
    wacht = lever_aan(obo(DAAR))
    stap = (
        "INSERT INTO bekostigen_assurancestap (rapport_id, instelling, studiejaar, toestand, ingediend_door, client,"
        " door, reden, op) SELECT id, instelling, studiejaar, %s, client, 'wie dan ook', 'x', '', now()"
        " FROM bekostigen_assurancerapport WHERE id = %s"
    )
    deel = "INSERT INTO bekostigen_assurancedeel (rapport_id, nummer, inhoud) VALUES (%s, 99, 'x')"
    pogingen = (
        (instelling(HIER), stap, ["vervangen", rapport]),
        (accountant(HIER), stap, ["vervangen", rapport]),
        (instelling(HIER), deel, [rapport]),
        (accountant(DAAR), deel, [wacht]),
        (DUO, stap, ["afgekeurd", rapport]),
        (DUO, deel, [wacht]),
    )
    for door, opdracht, waarden in pogingen:
        with (
            pytest.raises(psycopg.errors.InsufficientPrivilege),
            met_pas(door.pas),
            connections["default"].connection.cursor() as sql,
        ):
            sql.execute(opdracht, waarden)
    assert beeld(rapport).toestand == "goedgekeurd"
    assert bekostigen.bestand(rapport, DUO.pas)[1] == rapporten.rapport(f"Goedkeurend {HIER}")


def test_a_report_after_the_first_of_july_is_late() -> None:
    een = obo(HIER)
    assert beeld(lever_aan(een)).op_tijd
    monkeypatch = pytest.MonkeyPatch()
    with monkeypatch.context() as tijdelijk:
        zet_klok(tijdelijk, date(2026, 7, 1))
        assert beeld(lever_aan(een, "Op de laatste dag")).op_tijd
        zet_klok(tijdelijk, date(2026, 7, 2))
        laat = lever_aan(een, "Te laat")
        assert not beeld(laat).op_tijd
        keur_goed(laat)
        (hier,) = [s for s in _stand() if s.instelling == HIER]
        assert (hier.toestand, hier.te_laat) == ("goedgekeurd", True)


def _stand() -> list[bekostigen.Instellingsstand]:
    with met_pas(DUO.pas):
        return bekostigen.stand_van_zaken(STUDIEJAAR)


def test_duo_sees_which_institutions_are_missing() -> None:
    assert [(s.instelling, s.verplicht, s.toestand) for s in _stand()] == [
        (DAAR, True, "ontbreekt"),
        (HIER, True, "ontbreekt"),
    ]
    rapport = lever_aan(obo(HIER))
    keur_goed(rapport)
    lever_aan(obo(HIER), "Nog een")
    assert [(s.instelling, s.toestand, s.te_laat) for s in _stand()] == [
        (DAAR, "ontbreekt", False),
        (HIER, "goedgekeurd", False),
    ]


def test_an_approval_may_begin_the_mutatiestop() -> None:
    bekostigen.beslis(lever_aan(obo(HIER)), True, "", DUO, stop="weigeren")
    from tests.voorzieningen.register.wereld import periode, stuur

    (antwoord,) = stuur(schrijf_in(wie(0), perioden=[periode(leertraject="OVO")]))
    assert [b.regel for b in antwoord.bevindingen] == ["N14"]
    (elders,) = stuur(schrijf_in(wie(1), van=DAAR, perioden=[periode(leertraject="OVO")]))
    assert elders.aanvaard


def test_what_was_done_is_in_the_audit_trail_of_the_institution() -> None:
    keur_goed(lever_aan(obo(HIER)))
    regels = vraag(
        "SELECT handeling, namens, details ->> 'wie' FROM platform_auditregel"
        " WHERE object_soort = 'assurancerapport' ORDER BY id"
    )
    assert regels == [
        ("assurancerapport.dien_in", HIER, "j.jansen"),
        ("assurancerapport.beslis", "", "d.vries"),
    ]
