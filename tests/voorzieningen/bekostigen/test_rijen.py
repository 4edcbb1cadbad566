"""The rows of funding cannot be changed, are seen by whose they are, and stand in the order of the register."""

from datetime import date
from decimal import Decimal

import psycopg
import pytest
from django.db import connections, transaction

from kernregister.platform import klok
from kernregister.platform.pas import Pas, Soort, met_pas
from kernregister.voorzieningen.bekostigen import public as bekostigen
from kernregister.voorzieningen.bekostigen.queries import Filter, regels
from kernregister.voorzieningen.bekostigen.volgen import Boek
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.stamgegevens import public as stamgegevens
from tests.databank import Databank
from tests.voorzieningen.bekostigen import opzet
from tests.voorzieningen.bekostigen.opzet import JAAR
from tests.voorzieningen.register.test_gelijktijdig import tegelijk
from tests.voorzieningen.register.verhaal import vraag
from tests.voorzieningen.register.wereld import (
    DAAR,
    HIER,
    identificeer,
    lukt,
    nummer_van,
    periode,
    schrijf_in,
    stuur,
    wie,
)

EEN = wie(1)


@pytest.fixture(autouse=True)
def _wereld(databank: Databank, monkeypatch: pytest.MonkeyPatch) -> None:
    opzet.zet_klaar(monkeypatch)
    lukt(identificeer(EEN), schrijf_in(EEN))


@pytest.mark.parametrize(
    "opdracht",
    [
        "UPDATE bekostigen_status SET status = false",
        "UPDATE bekostigen_status SET bijdrage = 99",
        "UPDATE bekostigen_status SET geopend_reden = 'anders'",
        "DELETE FROM bekostigen_status",
        "TRUNCATE bekostigen_status",
        "DELETE FROM bekostigen_terugmelding",
        "DELETE FROM bekostigen_overzichtmoment",
    ],
)
def test_nobody_rewrites_what_was_decided(databank: Databank, opdracht: str) -> None:
    with databank.verbind("kernregister_stelsel") as stelsel:
        stelsel.execute(
            "INSERT INTO bekostigen_terugmelding (instelling, aan, door, op) VALUES ('27DV', true, 'x', now())"
        )
        stelsel.execute("INSERT INTO bekostigen_overzichtmoment VALUES ('2026-03-01', 1, now())")
        with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.RaiseException)):
            stelsel.execute(opdracht)


def test_a_row_is_closed_once(databank: Databank) -> None:
    sluit = (
        "UPDATE bekostigen_status SET gesloten_op = now(), gesloten_reden = %s WHERE teldatum = '2025-10-01'"
    )
    with databank.verbind("kernregister_stelsel") as stelsel:
        stelsel.execute(sluit, ["eerst"])
        with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.RaiseException)):
            stelsel.execute(sluit, ["nog eens"])


@pytest.mark.parametrize(
    ("pas", "ziet"),
    [
        (Pas(Soort.INSTELLING, HIER), 6),
        (Pas(Soort.INSTELLING, DAAR), 0),
        (Pas(Soort.ACCOUNTANT, HIER, "2025-2026"), 2),
        (Pas(Soort.ACCOUNTANT, HIER, "geen jaar"), 0),
        (Pas(Soort.ACCOUNTANT, DAAR, "2025-2026"), 0),
        (Pas(Soort.STUDENT, "1"), 0),
        (Pas(Soort.SCHOOL, HIER), 0),
        (Pas(Soort.LEERBEDRIJF, HIER), 0),
        (Pas(Soort.GEMEENTE, HIER), 0),
        (Pas(Soort.SECTOR), 0),
        (Pas(Soort.DUO), 6),
    ],
)
def test_raw_sql_under_a_pass_gives_the_rows_of_that_pass(pas: Pas, ziet: int) -> None:
    with met_pas(pas), connections["default"].cursor() as sql:
        sql.execute("SELECT count(*) FROM bekostigen_status")
        assert sql.fetchone() == (ziet,)


def test_without_a_pass_or_with_a_forged_one_there_is_nothing() -> None:
    with transaction.atomic(using="default"), connections["default"].cursor() as sql:
        sql.execute("SELECT set_config('kernregister.pas', '1|duo||||99999999999|00', true)")
        sql.execute("SELECT count(*) FROM bekostigen_status")
        assert sql.fetchone() == (0,)


def test_an_institution_turns_its_own_messages_on_and_nobody_elses(databank: Databank) -> None:
    with met_pas(Pas(Soort.INSTELLING, HIER)):
        bekostigen.zet(HIER, True, "test")
    with pytest.raises(Exception, match="row-level security"), met_pas(Pas(Soort.INSTELLING, HIER)):
        bekostigen.zet(DAAR, True, "test")
    assert bekostigen.staat_aan([HIER, DAAR]) == {HIER}
    with met_pas(Pas(Soort.INSTELLING, HIER)):
        bekostigen.zet(HIER, False, "test")
    assert bekostigen.staat_aan([HIER, DAAR]) == set()


def test_who_comes_after_a_later_transaction_on_the_same_person_begins_anew(databank: Databank) -> None:
    """A transaction gets its number with its first write; what it writes after a later one would stand before it."""
    persoon = nummer_van(EEN)
    with transaction.atomic(using="stelsel"):
        vraag("SELECT pg_current_xact_id()::text")
        with databank.verbind("kernregister_stelsel") as later:
            later.execute(
                "UPDATE bekostigen_status SET gesloten_op = now(), gesloten_reden = 'x',"
                " transactie_tot = pg_current_xact_id() WHERE persoon_id = %s",
                [persoon],
            )
        with pytest.raises(register.Overlap):
            Boek(opzet.nu(), [persoon], klok.nu())
    with transaction.atomic(using="stelsel"):
        Boek(opzet.nu(), [persoon], klok.nu())


def test_whoever_is_destroyed_leaves_no_row(databank: Databank) -> None:
    persoon = nummer_van(EEN)
    with databank.verbind("kernregister_stelsel") as stelsel:
        rij = stelsel.execute(
            "INSERT INTO register_vernietiging (soort, peildatum, aanvrager, goedkeurder, reden, begonnen_op)"
            " VALUES ('inschrijving', now(), 'een', 'twee', 'termijn', now()) RETURNING id"
        ).fetchone()
        assert rij is not None
        stelsel.execute("SELECT register_vernietig_personen(%s, %s, '{}')", [rij[0], [persoon]])
    assert vraag("SELECT count(*) FROM bekostigen_status") == [(0,)]


def test_a_list_goes_on_after_the_last_row_while_others_write() -> None:
    eerste = regels(Filter(jaar=JAAR), aantal=1, verbinding="stelsel")
    lukt(identificeer(wie(2)), schrijf_in(wie(2)))
    verder = regels(Filter(jaar=JAAR), na=eerste[0].id, verbinding="stelsel")
    assert [een.post.teldatum for een in (*eerste, *verder)] == [date(2025, 10, 1), date(2026, 2, 1)] * 2


def test_institutions_at_the_same_student_at_once_and_the_task_meanwhile_leave_what_a_fresh_computation_gives() -> (
    None
):
    """Whoever comes second waits or begins anew: no row is lost, and at no stand does a student count twice."""
    lukt(identificeer(EEN, DAAR))
    stamgegevens.laad_gegevens(opzet.gegevens(Decimal("1.40")), "test", "de taak heeft iets te doen")
    eerder = {"datum_inschrijving": "2023-08-01", "perioden": [periode("2023-08-01")]}
    tegelijk(
        *(lambda n=n: stuur(schrijf_in(EEN, f"h{n}")) for n in range(2)),
        *(lambda n=n: stuur(schrijf_in(EEN, f"d{n}", DAAR, **eerder)) for n in range(2)),
        bekostigen.werk_alles_bij,
    )
    bekostigen.werk_alles_bij()
    assert opzet.open_posten() == opzet.vers()
    for stand in range(1, register.stand() + 1):
        posten = [post for _, post in opzet.open_posten(stand, JAAR)]
        assert len({post.plek for post in posten}) == len(posten), "of nothing there are two rows at once"
        assert sum(post.status for post in posten) <= 2, "once on each teldatum"
