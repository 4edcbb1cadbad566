"""Whatever is delivered, in whatever order and batches, and however the days go by: signals equal a fresh sweep."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kernregister.fictief.nummers import burgerservicenummer
from kernregister.kern.dossier import Diploma, Inschrijving, Inschrijvingsperiode, Persoon
from kernregister.kern.meldingen import berichten as b
from kernregister.kern.regels.paspoort import Fase
from kernregister.platform.databank.rollen import EIGENAAR
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register import public as register
from tests.voorzieningen.kwaliteit.opzet import (
    LADER,
    VANDAAG,
    melding,
    open_in_tabel,
    verse_sweep,
    zet_klok,
)

WIE = [Persoon(burgerservicenummer(plaats, 10)) for plaats in range(3)]
DAGEN = st.dates(date(2025, 6, 1), date(2026, 12, 31))
SCHOLEN = st.sampled_from(["01AA", "02BB"])
VOLGNUMMERS = st.sampled_from(["1", "2"])
CODES = st.sampled_from(["25655", "25180"])


@st.composite
def inschrijvingen(draw: st.DrawFn) -> Inschrijving:
    begin = draw(st.sampled_from([date(2024, 8, 1), date(2025, 8, 1), date(2025, 11, 1)]))
    periode = Inschrijvingsperiode(
        begin, draw(CODES), draw(st.sampled_from(["BOL", "BBL", "EX"])), "4", bekostigbaar=draw(st.booleans())
    )
    return Inschrijving(
        draw(SCHOLEN),
        draw(VOLGNUMMERS),
        begin,
        datum_uitschrijving_gepland=draw(st.none() | DAGEN),
        datum_uitschrijving_werkelijk=draw(st.none() | DAGEN.filter(lambda dag: dag >= begin)),
        perioden=(periode,),
    )


DIPLOMAS = st.builds(
    Diploma,
    instelling=SCHOLEN,
    resultaatvolgnummer=VOLGNUMMERS,
    opleidingcode=CODES,
    datum_resultaat=DAGEN,
    inschrijvingvolgnummer=st.none() | VOLGNUMMERS,
)


@st.composite
def meldingen(draw: st.DrawFn) -> b.Melding:
    wie = draw(st.sampled_from(WIE))
    match draw(st.integers(0, 5)):
        case 0:
            nummer = draw(VOLGNUMMERS)
            return melding(b.VerwijderenInschrijving, draw(SCHOLEN), wie, inschrijvingvolgnummer=nummer)
        case 1:
            return melding(b.VerwijderenResultaat, draw(SCHOLEN), wie, resultaatvolgnummer=draw(VOLGNUMMERS))
        case 2 | 3:
            diploma = draw(DIPLOMAS)
            return melding(b.OvernemenDiploma, diploma.instelling, wie, diploma=diploma)
    een = draw(inschrijvingen())
    return melding(b.OvernemenInschrijving, een.instelling, wie, inschrijving=een)


PARTIJEN = st.lists(meldingen(), min_size=1, max_size=6)
FASEN = st.sampled_from([Fase.SIGNAAL, Fase.SCHADUW, Fase.CONCEPT])
STAPPEN = st.lists(
    st.one_of(
        PARTIJEN.map(lambda m: ("lever", m)),
        PARTIJEN.map(lambda m: ("lever", m)),
        PARTIJEN.map(lambda m: ("proef", m)),
        st.integers(1, 200).map(lambda dagen: ("wacht", dagen)),
        FASEN.map(lambda fase: ("regel", fase)),
    ),
    min_size=2,
    max_size=12,
)


@pytest.mark.traag
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stappen=STAPPEN)
def test_open_signals_equal_a_fresh_sweep_after_any_course_of_events(databank, stappen):
    with pytest.MonkeyPatch.context() as monkeypatch:
        maak_leeg(databank)
        dag = VANDAAG
        zet_klok(monkeypatch, dag)
        personen.maak([personen.Nummers(wie.burgerservicenummer) for wie in WIE])
        for wat, waarmee in stappen:
            match wat:
                case "lever" | "proef":
                    register.verwerk(waarmee, LADER, proef=wat == "proef")
                case "wacht":
                    dag += timedelta(days=waarmee)
                    zet_klok(monkeypatch, dag)
                case "regel":
                    register.stel_in(register.Instelling("D02", waarmee, date(2020, 1, 1), "proef", "test"))
            verschil_is_te_verklaren(dag)
        kwaliteit.keer_om()
        assert open_in_tabel() == verse_sweep(dag)
        assert kwaliteit.achterstand() == 0


def verschil_is_te_verklaren(dag: date) -> None:
    """Without a turn of the day, only persons that are due may differ from a fresh sweep."""
    toen, nu = open_in_tabel(), verse_sweep(dag)
    if anders := {persoon for persoon, _ in (toen - nu) + (nu - toen)}:
        assert kwaliteit.achterstand() >= len(anders)


def maak_leeg(databank) -> None:
    """Begin anew in the same database: making one for each example would take most of the time."""
    with databank.verbind(EIGENAAR) as sql:
        tabellen = [
            naam
            for (naam,) in sql.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
                " AND (tablename LIKE 'kwaliteit_%' OR tablename LIKE 'register_%' OR tablename LIKE 'personen_%')"
                " AND tablename <> 'register_standgrens'"
            )
        ]
        for tabel in tabellen:
            sql.execute(f"ALTER TABLE {tabel} DISABLE TRIGGER USER")
        sql.execute(f"TRUNCATE {', '.join(tabellen)} RESTART IDENTITY CASCADE")
        for tabel in tabellen:
            sql.execute(f"ALTER TABLE {tabel} ENABLE TRIGGER USER")


def test_every_change_has_one_cause_and_no_signal_closes_before_it_opened(databank, monkeypatch):
    zet_klok(monkeypatch, VANDAAG)
    personen.maak([personen.Nummers(WIE[0].burgerservicenummer)])
    een = Inschrijving(
        "01AA",
        "1",
        date(2025, 8, 1),
        datum_uitschrijving_gepland=date(2025, 9, 1),
        perioden=(Inschrijvingsperiode(date(2025, 8, 1), "25655", "BOL"),),
    )
    register.verwerk([melding(b.OvernemenInschrijving, "01AA", WIE[0], inschrijving=een)], LADER)
    zet_klok(monkeypatch, date(2027, 9, 1))
    kwaliteit.keer_om()
    with cursor() as sql:
        sql.execute(
            "SELECT count(*) FILTER (WHERE (geopend_door IS NULL) = (geopend_reden = '')),"
            " count(*) FILTER (WHERE gesloten_dag < geopend_dag), count(*) FROM kwaliteit_signaal"
        )
        assert sql.fetchone()[:2] == (0, 0)


def test_meldingen_and_the_turn_of_the_day_at_the_same_time_do_not_disturb_each_other(databank, monkeypatch):
    zet_klok(monkeypatch, VANDAAG)
    wie = [Persoon(burgerservicenummer(plaats, 40)) for plaats in range(40)]
    personen.maak([personen.Nummers(w.burgerservicenummer) for w in wie])

    def lever_alles(gepland: date) -> None:
        for w in wie:
            een = Inschrijving(
                "01AA",
                "1",
                date(2025, 8, 1),
                datum_uitschrijving_gepland=gepland,
                perioden=(Inschrijvingsperiode(date(2025, 8, 1), "25655", "BOL"),),
            )
            (antwoord,) = register.verwerk(
                [melding(b.OvernemenInschrijving, "01AA", w, inschrijving=een)], LADER
            )
            assert antwoord.aanvaard

    lever_alles(date(2026, 3, 1))
    zet_klok(monkeypatch, date(2026, 7, 1))

    def apart(werk) -> None:
        try:
            werk()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as pool:
        bezig = [
            pool.submit(apart, lambda: lever_alles(date(2026, 3, 2))),
            pool.submit(apart, lambda: lever_alles(date(2027, 3, 2))),
            pool.submit(apart, lambda: kwaliteit.keer_om(per=7)),
        ]
        for taak in bezig:
            taak.result()
    assert kwaliteit.achterstand() == 0
    assert open_in_tabel() == verse_sweep(date(2026, 7, 1))
    with cursor() as sql:
        sql.execute("SELECT DISTINCT geopend_reden FROM kwaliteit_signaal WHERE geopend_dag = '2026-05-31'")
        assert sql.fetchall() == [("kalender",)]
