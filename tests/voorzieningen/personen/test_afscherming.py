"""Who may see that a person has numbers: who has to do with them; and nothing of it stands anywhere in the clear."""

import logging
from datetime import date

import pytest
from django.db import Error, connections, transaction

from kernregister.fictief.bevolking import bevolking
from kernregister.fictief.nummers import burgerservicenummer, onderwijsnummer
from kernregister.platform.pas import Pas, Soort, met_pas
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.personen.public import Abonnementsoort, Nummers, Personalia
from tests.databank import Databank

BSN, OWN = burgerservicenummer(1, 90), onderwijsnummer(1, 90)
DAG = date(2026, 2, 1)
TABELLEN = ("personen_persoon", "personen_nummer", "personen_abonnement")


@pytest.fixture
def wie(databank: Databank) -> int:
    """Somebody whom 27DV has to do with, and whom 27DV follows; somebody else whom nobody has to do with."""
    with transaction.atomic(using="stelsel"), connections["stelsel"].cursor() as cursor:
        een, _ = personen.maak([Nummers(BSN, OWN), Nummers(burgerservicenummer(2, 90))])
        cursor.execute(
            "INSERT INTO register_betrokkenheid (persoon_id, instelling, studentnummer, sinds)"
            " VALUES (%s, '27DV', '', 1)",
            [een],
        )
        personen.zet_abonnement(een, "27DV", Abonnementsoort.PERSOONSGEGEVENS, "aan", DAG)
    return een


def aantallen(pas: Pas | None) -> tuple[int, ...]:
    def tel() -> tuple[int, ...]:
        with connections["default"].cursor() as cursor:
            uit = []
            for tabel in TABELLEN:
                cursor.execute(f"SELECT count(*) FROM {tabel}")
                uit.append(cursor.fetchone()[0])
            return tuple(uit)

    if pas is None:
        return tel()
    with met_pas(pas):
        return tel()


def test_each_sees_the_persons_they_have_to_do_with(wie: int) -> None:
    assert aantallen(None) == (0, 0, 0)
    assert aantallen(Pas(Soort.INSTELLING, "27DV")) == (1, 2, 1)
    assert aantallen(Pas(Soort.INSTELLING, "25PX")) == (0, 0, 0)
    assert aantallen(Pas(Soort.STUDENT, str(wie))) == (1, 2, 1)
    assert aantallen(Pas(Soort.STUDENT, str(wie + 1))) == (1, 1, 0)
    assert aantallen(Pas(Soort.DUO)) == (2, 3, 0)


def test_an_institution_and_the_person_read_the_subscription_with_its_purpose(wie: int) -> None:
    for pas in (Pas(Soort.INSTELLING, "27DV"), Pas(Soort.STUDENT, str(wie))):
        with met_pas(pas):
            (een,) = personen.abonnementen()
            assert (een.persoon, een.instelling, een.doel, een.loopt_tot) == (
                wie,
                "27DV",
                "aanmelding",
                date(2026, 11, 1),
            )
            assert personen.abonnementen(wie + 1) == personen.abonnementen(na=een.id) == []
    with met_pas(Pas(Soort.INSTELLING, "25PX")):
        assert personen.abonnementen() == []
    with transaction.atomic(using="stelsel"):
        personen.zet_abonnement(wie, "27DV", Abonnementsoort.PERSOONSGEGEVENS, "uit", DAG)
    with met_pas(Pas(Soort.INSTELLING, "27DV")):
        assert personen.abonnementen() == []
        assert [een.einde for een in personen.abonnementen(lopend=False)] == ["instelling"]


@pytest.mark.parametrize("tabel", [*TABELLEN, "personen_bronpersoon"])
def test_the_application_changes_none_of_it(wie: int, tabel: str) -> None:
    for opdracht in (
        f"DELETE FROM {tabel}",
        f"UPDATE {tabel} SET id = id",
        f"INSERT INTO {tabel} DEFAULT VALUES",
    ):
        with pytest.raises(Error, match="permission denied"), met_pas(Pas(Soort.DUO)):
            connections["default"].cursor().execute(opdracht)


def test_the_source_of_person_data_is_closed_to_the_application(wie: int) -> None:
    with pytest.raises(Error, match="permission denied"), met_pas(Pas(Soort.DUO)):
        connections["default"].cursor().execute("SELECT 1 FROM personen_bronpersoon")


def test_no_number_stands_in_the_clear_in_any_table_or_log_line(
    databank: Databank, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    logboek = databank.cluster.map / "postgres.log"
    begin = (
        logboek.stat().st_size
    )  # other tests share this PostgreSQL, and one has it log all values on purpose
    mensen = list(bevolking(40, 5, DAG))
    with transaction.atomic(using="stelsel"):
        personen.neem_op(mensen)
        for persoon in mensen:
            vraag = Personalia(
                burgerservicenummer=persoon.burgerservicenummer,
                geboortedatum=persoon.geboortedatum,
                geslacht=persoon.geslacht,
            )
            uit = personen.identificeer(vraag)
            assert uit.persoon is not None
            personen.leg_vast(uit.persoon)
        personen.maak([Nummers(None, OWN)])
        personen.koppel_bsn(personen.zoek([OWN])[OWN], burgerservicenummer(45, 90))
    nummers = {persoon.burgerservicenummer or "" for persoon in mensen} | {OWN, burgerservicenummer(45, 90)}
    rijen = 0
    with connections["stelsel"].cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE 'personen%'"
        )
        for (tabel,) in cursor.fetchall():
            cursor.execute(f"SELECT t::text FROM {tabel} t")
            for (tekst,) in cursor.fetchall():
                rijen += 1
                assert not any(nummer in tekst or nummer.encode().hex() in tekst for nummer in nummers), tabel
    assert rijen > 100
    assert not any(nummer in caplog.text for nummer in nummers)
    geschreven = logboek.read_bytes()[begin:].decode(errors="replace")
    assert not any(nummer in geschreven for nummer in nummers)
