"""What people do with signals: read, give to a colleague, waive; and what nobody gets to see or do."""

from datetime import date, timedelta

import psycopg
import pytest
from django.db import ProgrammingError, transaction
from msgspec import structs

from kernregister.kern.dossier import ExtraOndersteuning
from kernregister.kern.regels.paspoort import Fase
from kernregister.platform.pas import Bijzonder, Pas, Soort, met_pas
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register import public as register
from tests.voorzieningen.kwaliteit.opzet import VANDAAG, lever, persoon_id, zet_klok
from tests.voorzieningen.kwaliteit.test_bijhouden import TE_LAAT, WIE, inschrijving

TOT = VANDAAG + timedelta(days=30)


@pytest.fixture
def open_(databank, monkeypatch) -> None:
    """One student with a B04 at 01AA and one at 02BB."""
    zet_klok(monkeypatch, VANDAAG)
    personen.maak([personen.Nummers(WIE.burgerservicenummer)])
    lever(WIE, inschrijving("1", "01AA", **TE_LAAT))
    lever(WIE, inschrijving("2", "02BB", **TE_LAAT))


def als(code: str, soort: Soort = Soort.INSTELLING, extra: str = "", *bijzonder: Bijzonder):
    return met_pas(Pas(soort, code, extra, frozenset(bijzonder)))


def b04(code: str = "01AA") -> int:
    with cursor() as sql:
        sql.execute("SELECT id FROM kwaliteit_signaal WHERE instelling = %s AND regel = 'B04'", [code])
        return sql.fetchone()[0]


def test_each_sees_its_own_signals_and_nobody_without_a_pass(open_):
    def gezien(*pas: str) -> set[str]:
        with als(*pas):
            return {s.instelling for s in kwaliteit.open_signalen().signalen}

    assert gezien("01AA") == {"01AA"}
    assert gezien("03CC") == set()
    assert gezien("", Soort.DUO) == {"01AA", "02BB"}
    assert gezien("", Soort.SECTOR) == set()
    assert gezien(str(persoon_id(WIE)), Soort.STUDENT) == {"01AA", "02BB"}
    assert gezien(str(persoon_id(WIE) + 1), Soort.STUDENT) == set()
    assert gezien("01AA", Soort.ACCOUNTANT, "2025-2026") == {"01AA"}
    assert gezien("01AA", Soort.ACCOUNTANT, "2024-2025") == set()
    assert gezien("01AA", Soort.ACCOUNTANT, "onzin") == set()
    with transaction.atomic():
        assert not kwaliteit.open_signalen().signalen


@pytest.mark.parametrize("plan", ["auto", "force_generic_plan"])
def test_a_plan_that_a_session_keeps_shows_each_pass_its_own(open_, plan):
    """The same statement of the same session, asked so often that PostgreSQL plans it once for all."""
    with cursor("default") as sql:
        sql.execute(f"SET plan_cache_mode = {plan}")

    def gezien() -> set[str]:
        with cursor("default") as sql:
            sql.execute("SELECT instelling FROM kwaliteit_signaal WHERE regel = %s", ["B04"], prepare=True)
            return {code for (code,) in sql}

    for _ in range(8):
        for pas, ziet in (
            (("", Soort.DUO), {"01AA", "02BB"}),
            (("01AA",), {"01AA"}),
            (("02BB",), {"02BB"}),
            (("03CC",), set()),
        ):
            with als(*pas):
                assert gezien() == ziet
        with transaction.atomic():
            assert gezien() == set()
    with cursor("default") as sql:
        sql.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%kwaliteit_signaal%'")
        assert sql.fetchone() == (1,), "it was kept"


def test_asking_for_another_institution_gives_nothing(open_):
    with als("01AA"):
        assert not kwaliteit.open_signalen(kwaliteit.Filter(instelling="02BB")).signalen
        with pytest.raises(kwaliteit.Onvindbaar):
            kwaliteit.signaal(b04("02BB"))
        with pytest.raises(kwaliteit.Onvindbaar):
            kwaliteit.dashboard("02BB")
        assert kwaliteit.kwc("02BB")[0].count(b"\n") == 1


def test_the_sector_sees_no_figures_of_an_institution_for_a_count_of_one_is_of_somebody(open_, monkeypatch):
    """It has sector information, in which small numbers are left out."""
    assert register.stand()
    zet_klok(monkeypatch, VANDAAG + timedelta(days=1))
    assert kwaliteit.plaats()
    with als("", Soort.SECTOR):
        with pytest.raises(kwaliteit.Onvindbaar):
            kwaliteit.dashboard("01AA")
        with cursor("default") as sql:
            for tabel in ("kwaliteit_cijferstand", "kwaliteit_telling"):
                assert sql.execute(f"SELECT count(*) FROM {tabel}").fetchone() == (0,)
        assert kwaliteit.kwc("01AA")[0].count(b"\n") == 1
        assert not kwaliteit.veroudering()


def test_a_signal_tells_about_whom_it_is_and_what_to_do(open_):
    with als("01AA"):
        uitleg = kwaliteit.signaal(b04())
    assert uitleg.signaal.pgn == WIE.burgerservicenummer
    assert uitleg.signaal.sleutel.inschrijvingvolgnummer == "1"
    assert uitleg.signaal.waarden["gepland"] == "2025-10-01"
    assert uitleg.tekst.nl
    assert uitleg.advies.en


def test_a_health_fact_is_shown_only_to_who_has_the_scope_for_it(open_):
    register.stel_in(register.Instelling("G14", Fase.SIGNAAL, date(2026, 1, 1), "proef", "beheer"))
    achterstevoren = ExtraOndersteuning(date(2025, 12, 1), date(2025, 9, 1))
    lever(WIE, inschrijving("3", "03CC", extra_ondersteuning=(achterstevoren,)))
    with als("03CC"):
        assert "G14" not in {s.regel for s in kwaliteit.open_signalen().signalen}
    with als("03CC", Soort.INSTELLING, "", Bijzonder.ONDERSTEUNING):
        assert "G14" in {s.regel for s in kwaliteit.open_signalen().signalen}


def test_pages_follow_each_other_and_together_give_all(open_, monkeypatch):
    for nummer in range(3, 10):
        lever(WIE, inschrijving(str(nummer), "01AA", **TE_LAAT))
    gezien, na = [], 0
    with als("01AA"):
        while na is not None:
            bladzijde = kwaliteit.open_signalen(kwaliteit.Filter(groep="B"), na, 3)
            gezien += [s.id for s in bladzijde.signalen]
            na = bladzijde.volgende
        alles = kwaliteit.open_signalen(kwaliteit.Filter(groep="B"), aantal=500)
    assert gezien == [s.id for s in alles.signalen]
    assert len(gezien) > 8


def test_a_waiver_holds_once_another_approves_and_until_its_day(open_, monkeypatch):
    signaal = b04()
    with als("01AA"):
        verzoek = kwaliteit.zie_af(signaal, "student is ziek, einddatum volgt", TOT, "anna")
        with pytest.raises(kwaliteit.Kwaliteitsfout, match="collega"):
            kwaliteit.beslis(verzoek, True, "", "anna")
        assert afgezien(signaal) is None
        kwaliteit.beslis(verzoek, True, "", "bram")
        assert afgezien(signaal) == TOT
        assert not kwaliteit.open_signalen(kwaliteit.Filter(regel="B04", afgezien=False)).signalen
        (oud,) = [o for o in kwaliteit.veroudering() if o.regel == "B04"]
        assert (oud.aantal, oud.afgezien) == (1, 1)
        assert [stap.stap for stap in kwaliteit.signaal(signaal).afzien] == ["verzoek", "akkoord"]
    with als("01AA", Soort.ACCOUNTANT, "2025-2026"):
        assert afgezien(signaal) == TOT
    zet_klok(monkeypatch, TOT)
    with als("01AA"):
        assert afgezien(signaal) is None


def afgezien(signaal: int) -> date | None:
    return kwaliteit.signaal(signaal).signaal.afgezien_tot


def test_a_waiver_can_be_refused_or_withdrawn_and_is_decided_once(open_):
    with als("01AA"):
        verzoek = kwaliteit.zie_af(b04(), "liever niet", TOT, "anna")
        with pytest.raises(kwaliteit.Kwaliteitsfout, match="loopt al"):
            kwaliteit.zie_af(b04(), "nog eens", TOT, "anna")
        with pytest.raises(kwaliteit.Kwaliteitsfout, match="reden"):
            kwaliteit.beslis(verzoek, False, " ", "bram")
        kwaliteit.beslis(verzoek, False, "dat is geen reden", "bram")
        with pytest.raises(kwaliteit.Kwaliteitsfout, match="al beslist"):
            kwaliteit.beslis(verzoek, True, "", "carla")
        tweede = kwaliteit.zie_af(b04(), "nu met reden", TOT, "anna")
        kwaliteit.beslis(tweede, True, "", "bram")
        kwaliteit.trek_in(tweede, "student is terug", "anna")
        assert afgezien(b04()) is None
        with pytest.raises(kwaliteit.Kwaliteitsfout, match="niet meer"):
            kwaliteit.trek_in(tweede, "nog eens", "anna")


def test_duo_decides_about_a_request_and_does_nothing_else_with_a_signal(open_):
    with als("01AA"):
        verzoek = kwaliteit.zie_af(b04(), "student is ziek", TOT, "anna")
    with als("", Soort.DUO):
        with pytest.raises(kwaliteit.Kwaliteitsfout, match="collega"):
            kwaliteit.beslis(verzoek, True, "", "anna")
        kwaliteit.beslis(verzoek, True, "", "fenna")
        for daad in (
            lambda: kwaliteit.trek_in(verzoek, "weg", "fenna"),
            lambda: kwaliteit.zie_af(b04(), "reden", TOT, "fenna"),
            lambda: kwaliteit.wijs_toe([b04()], "fenna", "fenna"),
        ):
            with pytest.raises(kwaliteit.Onvindbaar):
                daad()
    with als("01AA"):
        assert afgezien(b04()) == TOT
        kwaliteit.trek_in(verzoek, "student is terug", "anna")
        assert afgezien(b04()) is None


@pytest.mark.parametrize("stap", ["verzoek", "intrekking"])
def test_raw_sql_with_the_pass_of_duo_adds_nothing_but_a_decision(open_, stap):
    with als("01AA"):
        verzoek = kwaliteit.zie_af(b04(), "student is ziek", TOT, "anna")
    with (
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="afzien"),
        als("", Soort.DUO),
        cursor("default") as sql,
    ):
        sql.execute(
            "INSERT INTO kwaliteit_afzien (signaal_id, instelling, stap, verzoek_id, aanvrager, door, reden, tot, op)"
            " VALUES (%s, '01AA', %s, %s, 'anna', 'fenna', 'x', %s, now())",
            [b04(), stap, verzoek, TOT],
        )


@pytest.mark.parametrize("pas", [("", Soort.DUO), ("02BB", Soort.INSTELLING)])
def test_raw_sql_approves_no_request_through_the_signal_of_another(open_, pas):
    with als("01AA"):
        verzoek = kwaliteit.zie_af(b04(), "student is ziek", TOT, "anna")
    with pytest.raises(psycopg.errors.ForeignKeyViolation), als(*pas), cursor("default") as sql:
        sql.execute(
            "INSERT INTO kwaliteit_afzien (signaal_id, instelling, stap, verzoek_id, aanvrager, door, reden, tot, op)"
            " VALUES (%s, '02BB', 'akkoord', %s, 'anna', 'x', '', %s, now())",
            [b04("02BB"), verzoek, TOT],
        )
    with als("01AA"):
        assert afgezien(b04()) is None


@pytest.mark.parametrize(
    ("reden", "tot", "door", "zegt"),
    [
        (" ", TOT, "anna", "geef een reden"),
        (f"student {WIE.burgerservicenummer} is ziek", TOT, "anna", "persoonsnummer"),
        ("ja", VANDAAG, "anna", "einddatum"),
        ("ja", VANDAAG + timedelta(days=367), "anna", "einddatum"),
        ("ja", TOT, "", "wie"),
        ("", VANDAAG, "", "geef een reden; zeg wie het vraagt; kies"),
    ],
)
def test_a_bad_request_is_refused_with_all_that_is_wrong(open_, reden, tot, door, zegt):
    with als("01AA"), pytest.raises(kwaliteit.Kwaliteitsfout, match=zegt):
        kwaliteit.zie_af(b04(), reden, tot, door)


def test_nobody_decides_about_the_signals_of_another(open_):
    ander = b04("02BB")
    with als("02BB"):
        verzoek = kwaliteit.zie_af(ander, "reden", TOT, "dirk")
    with als("01AA"):
        for daad in (
            lambda: kwaliteit.zie_af(ander, "reden", TOT, "anna"),
            lambda: kwaliteit.wijs_toe([ander], "bram", "anna"),
            lambda: kwaliteit.beslis(verzoek, True, "", "anna"),
            lambda: kwaliteit.trek_in(verzoek, "weg", "anna"),
        ):
            with pytest.raises(kwaliteit.Onvindbaar):
                daad()


def test_a_signal_is_given_to_a_colleague_and_found_under_that_name(open_):
    with als("01AA"):
        kwaliteit.wijs_toe([b04()], "bram", "anna")
        assert [
            s.regel for s in kwaliteit.open_signalen(kwaliteit.Filter(toegewezen_aan="bram")).signalen
        ] == ["B04"]
        kwaliteit.wijs_toe([b04()], "", "bram")
        assert not kwaliteit.open_signalen(kwaliteit.Filter(toegewezen_aan="bram")).signalen
        assert [t[0] for t in kwaliteit.signaal(b04()).toewijzingen] == ["", "bram"]
        with pytest.raises(kwaliteit.Kwaliteitsfout):
            kwaliteit.wijs_toe([], "bram", "anna")


RAUW = [
    "UPDATE kwaliteit_signaal SET instelling = '01AA'",
    "DELETE FROM kwaliteit_signaal",
    "INSERT INTO kwaliteit_kantelmoment VALUES (1, now(), 1)",
    "SELECT * FROM kwaliteit_kantelmoment",
    "INSERT INTO kwaliteit_toewijzing (signaal_id, instelling, aan, door, op)"
    " SELECT max(id) + 1000, '01AA', 'x', 'y', now() FROM kwaliteit_signaal",
    "INSERT INTO kwaliteit_toewijzing (signaal_id, instelling, aan, door, op) VALUES (1, '02BB', 'x', 'y', now())",
    "INSERT INTO kwaliteit_afzien (signaal_id, instelling, stap, aanvrager, door, reden, tot, op)"
    " VALUES (1, '02BB', 'verzoek', 'x', 'y', 'z', now(), now())",
]


@pytest.mark.parametrize("sql_", RAUW)
def test_raw_sql_of_the_application_changes_nothing(open_, sql_):
    with pytest.raises((ProgrammingError, psycopg.Error)), als("01AA"), cursor("default") as sql:
        sql.execute(sql_)


def test_a_signal_is_closed_once_and_otherwise_never_changed_even_by_the_register_itself(open_):
    lever(WIE, inschrijving("1", "01AA"))
    for sql_ in (
        "UPDATE kwaliteit_signaal SET van = now()",
        "UPDATE kwaliteit_signaal SET gesloten_op = now() WHERE gesloten_op IS NOT NULL",
        "DELETE FROM kwaliteit_signaal",
        "TRUNCATE kwaliteit_signaal",
    ):
        with pytest.raises((ProgrammingError, psycopg.Error)), transaction.atomic("stelsel"), cursor() as sql:
            sql.execute(sql_)


def test_the_trend_counts_what_came_and_went_and_not_what_only_changed(open_, monkeypatch):
    later = VANDAAG + timedelta(days=3)
    zet_klok(monkeypatch, later)
    lever(WIE, inschrijving("1", "01AA", datum_uitschrijving_gepland=date(2025, 9, 15)))
    zet_klok(monkeypatch, later + timedelta(days=2))
    lever(WIE, inschrijving("1", "01AA"))
    with als("01AA"):
        punten = kwaliteit.verloop(VANDAAG, VANDAAG + timedelta(days=7), regel="B04")
        week = kwaliteit.verloop(VANDAAG, VANDAAG + timedelta(days=7), "week", regel="B04")
        with pytest.raises(kwaliteit.Kwaliteitsfout):
            kwaliteit.verloop(VANDAAG, VANDAAG)
    assert [(p.geopend, p.gesloten, p.open) for p in punten] == [
        (1, 0, 1), (0, 0, 1), (0, 0, 1), (0, 0, 1), (0, 0, 1), (0, 1, 0), (0, 0, 0),
    ]  # fmt: skip
    assert [structs.astuple(p) for p in week] == [(VANDAAG, 1, 1, 0)]
