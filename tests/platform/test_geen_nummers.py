"""Numbers of persons are nowhere in the clear: not in a table, a statement, a log, an address or an error."""

import logging
import re
from collections.abc import Callable

import msgspec
import psycopg
import pytest
from django.db import DataError, connections
from django.test import Client

from kernregister.fictief import nummers
from kernregister.kern.leesbaar import Onleesbaar
from kernregister.kern.meldingen import berichten
from kernregister.platform import audit, verwerkingslog
from kernregister.platform.databank.cluster import BEHEERDER
from kernregister.platform.logboek import ZonderNummers
from kernregister.platform.verwerkingslog import Verwerking
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register import public as register
from tests.voorzieningen.register import opzet


@pytest.fixture
def log_van_postgres(databank) -> Callable[[], str]:
    """Have PostgreSQL write every statement with its parameters to its log, and give what it wrote since."""
    with psycopg.connect(databank.cluster.url(BEHEERDER, "postgres"), autocommit=True) as beheer:
        for instelling in ("log_statement = 'all'", "log_error_verbosity = 'default'"):
            beheer.execute(f"ALTER DATABASE {databank.naam} SET {instelling}")
    connections.close_all()
    log = databank.cluster.map / "postgres.log"
    begin = log.stat().st_size
    return lambda: log.read_bytes()[begin:].decode(errors="replace")


def alles_in_tabellen(databank) -> dict[str, str]:
    """Everything that the database holds, as text, by table."""
    with databank.verbind("kernregister_eigenaar") as eigenaar:
        tabellen = [
            naam
            for (naam,) in eigenaar.execute(
                "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'm')"
            )
        ]
        return {
            tabel: "\n".join(rij for (rij,) in eigenaar.execute(f"SELECT t::text FROM {tabel} t"))
            for tabel in tabellen
        }


def leef(student) -> list[str]:
    """Deliver a student's life: identified, enrolled, placed, refused; and give all answers and errors as text."""
    afzender = student.inschrijvingen[0].instelling
    antwoorden = opzet.stuur(
        opzet.identificatie(student, afzender, studentnummer="S-1", abonnement="aan"),
        *(opzet.inschrijving(student, plaats) for plaats in range(len(student.inschrijvingen))),
        *(opzet.bpv(student, 0, nummer) for nummer in range(len(student.inschrijvingen[0].bpvs))),
        *(opzet.diploma(student, plaats) for plaats in range(len(student.diplomas))),
        opzet.inschrijving(student, 0, inschrijvingvolgnummer="onbekend", perioden=()),
    )
    teksten = [repr(antwoord.zonder_nummers()) for antwoord in antwoorden]
    pgn = student.persoon.pgn
    for kapot in ({}, {"moment": pgn}, {"afzender": pgn}, {"geslacht": pgn}, {"geboortedatum": pgn}):
        with pytest.raises(Onleesbaar) as fout:
            berichten.lees(
                msgspec.json.encode(
                    {"soort": "AanleverenIdentificatiePersoon", "burgerservicenummer": pgn, **kapot}
                )
            )
        teksten.append(str(fout.value))
    return teksten


def vraag_verkeerd(pgn: str) -> list[str]:
    """Ask the web part in ways that put a number where it does not belong, and give all that it says."""
    client = Client(raise_request_exception=False, SERVER_NAME="localhost")
    antwoorden = [
        *(
            client.get(f"/{pad}{pgn}")
            for pad in ("", "api/v1/dossiers/", "api/v1/meldingen?pgn=", "bestaat/niet/")
        ),
        *(
            client.post(f"/api/v1/{pad}", pgn, "application/json")
            for pad in ("meldingen", "personen/zoek", "niets")
        ),
        client.get("/api/v1/meldingen", headers={"authorization": f"Bearer {pgn}", "traceparent": pgn}),
        client.get("/", headers={"host": pgn, "user-agent": pgn, "cookie": f"sessionid={pgn}"}),
    ]
    assert all(400 <= antwoord.status_code < 500 for antwoord in antwoorden)
    return [f"{antwoord.headers} {antwoord.content.decode()}" for antwoord in antwoorden]


def test_a_life_in_the_register_leaves_no_number_in_the_clear(databank, log_van_postgres, caplog):
    caplog.set_level(logging.DEBUG)
    caplog.handler.addFilter(ZonderNummers())
    levens = list(opzet.zet_sector_klaar(12).dossiers())
    alle = {n for d in levens for n in (d.persoon.burgerservicenummer, d.persoon.onderwijsnummer) if n}
    gezegd: list[str] = []
    for student in levens[:6]:
        if student.inschrijvingen:
            gezegd += leef(student)
        gezegd += vraag_verkeerd(student.persoon.pgn)
    register.stand()
    personen_ids = personen.zoek(list(alle))
    assert len(personen_ids) >= 4
    for id_ in personen_ids.values():
        audit.leg_vast("dossier.lezen", "persoon", id_, door="proef", details={"zocht": min(alle)})
        pseudoniem = personen.pseudoniem(id_)
        verwerkingslog.leg_vast([Verwerking("dossier-inzien", "dossier lezen", pseudoniem, "proef")])
        register.dossier(id_)

    zoek = re.compile("|".join([*alle, *(nummer.encode().hex() for nummer in alle)]))
    inhoud = alles_in_tabellen(databank)
    assert "S-1" in inhoud["register_betrokkenheid"], "what is registered is read"
    assert {tabel: zoek.findall(tekst) for tabel, tekst in inhoud.items() if zoek.search(tekst)} == {}
    assert [tekst for tekst in gezegd if zoek.search(tekst)] == []
    assert [regel for regel in caplog.text.splitlines() if zoek.search(regel)] == []
    log = log_van_postgres()
    assert "INSERT INTO register_versie" in log
    assert "parameters: $1" in log.lower()
    assert [regel for regel in log.splitlines() if zoek.search(regel)] == []


def test_the_log_of_postgresql_shows_no_values(databank):
    """Errors quote rows and statements unless told otherwise; the limits of a statement's log are the server's own."""
    log = databank.cluster.map / "postgres.log"
    begin = log.stat().st_size
    for rol in ("kernregister_app", "kernregister_stelsel", "kernregister_eigenaar"):
        with databank.verbind(rol) as verbinding:
            for vraag in (
                "SELECT 'waarde-123'::integer",
                "SELECT 'waarde-123' FROM bestaat_niet",
                "SELECT waarde-123",
            ):
                with pytest.raises(psycopg.Error):
                    verbinding.execute(vraag)
            with pytest.raises(psycopg.Error):
                verbinding.execute("SELECT 1 / (length(%s) - 10)", ["waarde-123"])
            for naam, waarde in {
                "log_statement": "none",
                "log_min_duration_statement": "-1",
                "log_min_duration_sample": "-1",
                "log_parameter_max_length_on_error": "0",
                "log_min_error_statement": "panic",
                "log_error_verbosity": "terse",
                "log_duration": "off",
                "debug_print_plan": "off",
            }.items():
                assert verbinding.execute(f"SHOW {naam}").fetchone() == (waarde,)
    with databank.verbind("kernregister_stelsel") as stelsel, pytest.raises(psycopg.errors.UniqueViolation):
        stelsel.execute("INSERT INTO platform_klokstand (id, verschil) VALUES (1, '1 day'), (1, '2 day')")
    geschreven = log.read_bytes()[begin:].decode(errors="replace")
    assert "ERROR" in geschreven
    assert "(id)=(1)" not in geschreven
    assert "STATEMENT" not in geschreven


def test_an_error_of_the_database_that_reaches_a_log_is_masked(databank):
    """A message of PostgreSQL may quote a value; the filter of the log comes after it."""
    bsn = nummers.burgerservicenummer(2, 10)
    with pytest.raises(DataError) as fout, connections["stelsel"].cursor() as cursor:
        cursor.execute("SELECT %s::integer", [f"{bsn}x"])
    assert bsn in str(fout.value)
    record = logging.LogRecord(
        "django", logging.ERROR, "", 1, "mislukt", (), (fout.type, fout.value, fout.tb)
    )
    ZonderNummers().filter(record)
    geschreven = logging.Formatter().format(record)
    assert "invalid input syntax" in geschreven
    assert bsn not in geschreven
