"""Who sees which row of the register: raw SQL on the application's connection, in every kind of scope."""

import re

import pytest
from django.db import connections

from kernregister.platform.pas import Bijzonder, Pas, Soort, met_pas
from tests.platform.kleine_sector import BIJZONDER, NUMMER, VERSIES

ALLES = frozenset(Bijzonder)
NAAM = {nummer: naam for naam, nummer in NUMMER.items()}


def vraag(sql: str, *waarden: object) -> list[tuple]:
    with connections["default"].cursor() as cursor:
        cursor.execute(sql, waarden)
        return cursor.fetchall()


def versies() -> set[str]:
    return {NAAM[id_] for (id_,) in vraag("SELECT id FROM register_versie")}


def meldingen() -> set[str]:
    return {NAAM[id_] for (id_,) in vraag("SELECT id FROM register_melding")}


def bijzonder() -> set[str]:
    return {NAAM[id_] for (id_,) in vraag("SELECT versie_id FROM register_bijzonderdeel")}


def betrokken() -> set[tuple[int, str]]:
    return set(vraag("SELECT persoon_id, instelling FROM register_betrokkenheid"))


VAN_27DV = {naam for naam, versie in VERSIES.items() if versie[2] == "27DV"}
VAN_PERSOON_2 = {"p2", "27DV-2-oud", "27DV-2-diploma", "25LX-2"}


@pytest.mark.parametrize(
    ("pas", "ziet"),
    [
        (Pas(Soort.INSTELLING, "27DV"), {"p1", "p2"} | VAN_27DV),
        (Pas(Soort.INSTELLING, "25LX"), {"p2", "p3", "25LX-2", "25LX-3"}),
        (Pas(Soort.INSTELLING, "99ZZ"), set()),
        (Pas(Soort.STUDENT, "2"), VAN_PERSOON_2),
        (Pas(Soort.VERTEGENWOORDIGER, "2"), VAN_PERSOON_2),
        (Pas(Soort.STUDENT, "99"), set()),
        (Pas(Soort.STUDENT, "2 OR true"), set()),
        (Pas(Soort.SCHOOL, "01AB"), {"01AB-4-deelname", "01AB-4-vooropleiding"}),
        (Pas(Soort.SCHOOL, "27DV"), set()),
        (Pas(Soort.GEMEENTE, "0363"), set()),
        (Pas(Soort.LEERBEDRIJF, "100073542"), set()),
        (Pas(Soort.SECTOR), set()),
        (Pas(Soort.DUO), set(VERSIES)),
    ],
)
def test_each_sees_the_versions_that_are_theirs(sector, pas, ziet):
    with met_pas(pas):
        assert versies() == ziet


@pytest.mark.parametrize(
    ("pas", "ziet"),
    [
        (Pas(Soort.INSTELLING, "27DV"), VAN_27DV),
        (Pas(Soort.STUDENT, "2"), VAN_PERSOON_2),
        (Pas(Soort.SCHOOL, "01AB"), {"01AB-4-deelname", "01AB-4-vooropleiding"}),
        (Pas(Soort.ACCOUNTANT, "27DV", "2023-2024"), {"27DV-2-oud", "27DV-2-diploma"}),
        (Pas(Soort.GEMEENTE, "0363"), set()),
        (Pas(Soort.LEERBEDRIJF, "1"), set()),
        (Pas(Soort.SECTOR), set()),
        (Pas(Soort.DUO), set(VERSIES)),
    ],
)
def test_a_melding_is_its_senders_and_of_whom_it_is_about(sector, pas, ziet):
    with met_pas(pas):
        assert meldingen() == ziet


@pytest.mark.parametrize(
    ("pas", "ziet"),
    [
        (Pas(Soort.INSTELLING, "27DV"), {(1, "27DV"), (2, "27DV")}),
        (Pas(Soort.ACCOUNTANT, "27DV", "2023-2024"), {(2, "27DV")}),
        (Pas(Soort.STUDENT, "2"), {(2, "27DV"), (2, "25LX")}),
        (Pas(Soort.SCHOOL, "27DV"), set()),
        (Pas(Soort.GEMEENTE, "27DV"), set()),
        (Pas(Soort.LEERBEDRIJF, "27DV"), set()),
        (Pas(Soort.SECTOR), set()),
    ],
)
def test_who_has_to_do_with_whom_is_known_to_those_two_alone(sector, pas, ziet):
    with met_pas(pas):
        assert betrokken() == ziet


@pytest.mark.parametrize(
    ("studiejaar", "ziet"),
    [
        ("2025-2026", {"p1", "27DV-1-nu", "27DV-1-resultaat"}),
        ("2023-2024", {"p2", "27DV-2-oud", "27DV-2-diploma"}),
        ("2024-2025", set()),
        ("2022-2023", set()),
        ("", set()),
        ("2025-2027", set()),
        ("2025", set()),
        ("alles", set()),
    ],
)
def test_an_accountant_sees_one_studiejaar_of_one_institution(sector, studiejaar, ziet):
    with met_pas(Pas(Soort.ACCOUNTANT, "27DV", studiejaar)):
        assert versies() == ziet


@pytest.mark.parametrize("soort", list(Soort))
def test_nobody_writes_in_the_register_but_the_apply_step(sector, soort):
    opdrachten = [
        "UPDATE register_versie SET inhoud = '[1]'",
        "DELETE FROM register_versie",
        "TRUNCATE register_versie",
        "INSERT INTO register_betrokkenheid (persoon_id, instelling, studentnummer, sinds) VALUES (3, '27DV', '', 1)",
        "UPDATE register_betrokkenheid SET instelling = '27DV'",
        "DELETE FROM register_melding",
        "UPDATE register_regelinstelling SET fase = 'concept'",
        "DELETE FROM register_stand",
    ]
    for opdracht in opdrachten:
        with pytest.raises(Exception, match="permission denied"), met_pas(Pas(soort, "27DV")):
            vraag(opdracht)


@pytest.mark.parametrize(
    ("pas", "rechten", "ziet"),
    [
        (Pas(Soort.INSTELLING, "27DV"), set(), set()),
        (Pas(Soort.INSTELLING, "27DV"), {Bijzonder.ONDERSTEUNING}, {"27DV-1-nu"}),
        (Pas(Soort.INSTELLING, "27DV"), {Bijzonder.VERBLIJF}, {"p2"}),
        (Pas(Soort.INSTELLING, "27DV"), ALLES, {"27DV-1-nu", "p2"}),
        (Pas(Soort.ACCOUNTANT, "27DV", "2023-2024"), ALLES, {"p2"}),
        (Pas(Soort.STUDENT, "3"), ALLES, {"25LX-3", "p3"}),
        (Pas(Soort.STUDENT, "3"), set(), set()),
        (Pas(Soort.DUO), {Bijzonder.VERBLIJF}, {"p2", "p3"}),
        (Pas(Soort.DUO), ALLES, set(BIJZONDER)),
        (Pas(Soort.SECTOR), ALLES, set()),
        (Pas(Soort.LEERBEDRIJF, "1"), ALLES, set()),
    ],
)
def test_special_data_asks_for_the_version_and_for_a_scope_of_its_own(sector, pas, rechten, ziet):
    with met_pas(Pas(pas.soort, pas.sleutel, pas.extra, frozenset(rechten))):
        assert bijzonder() == ziet


def test_stand_numbers_and_what_was_decided_about_rules_are_for_everybody(sector):
    assert vraag("SELECT count(*) FROM register_stand") == [(0,)]
    assert vraag("SELECT count(*) FROM register_regelinstelling") == [(0,)]


def test_without_a_pass_there_is_nothing(sector):
    assert versies() | meldingen() | bijzonder() | betrokken() == set()


def test_the_apply_step_sees_all(sector):
    with connections["stelsel"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM register_versie")
        assert cursor.fetchone() == (len(VERSIES),)
        cursor.execute("SELECT count(*) FROM register_bijzonderdeel")
        assert cursor.fetchone() == (len(BIJZONDER),)


# ------------------------------------------------------------------------------------------------ never overwritten


def test_the_apply_step_closes_a_version_once_and_changes_nothing_else(sector):
    with sector.verbind("kernregister_stelsel") as stelsel:
        stelsel.execute("UPDATE register_versie SET melding_tot = 99, vervallen_op = now() WHERE id = 5")
        for opdracht, reden in [
            ("UPDATE register_versie SET melding_tot = 100 WHERE id = 5", "alleen om aan toe te voegen"),
            ("UPDATE register_versie SET melding_tot = NULL WHERE id = 5", "alleen om aan toe te voegen"),
            ("UPDATE register_versie SET vervallen_op = NULL WHERE id = 5", "alleen om aan toe te voegen"),
            ("UPDATE register_versie SET inhoud = '[2]' WHERE id = 6", "permission denied"),
            ("UPDATE register_versie SET persoon_id = 3, melding_tot = 9 WHERE id = 6", "permission denied"),
        ]:
            with pytest.raises(Exception, match=reden):
                stelsel.execute(opdracht)


@pytest.mark.parametrize("rol", ["kernregister_stelsel", "kernregister_eigenaar"])
@pytest.mark.parametrize(
    "tabel",
    [
        *("register_versie", "register_melding", "register_bijzonderdeel", "register_stand"),
        *("platform_auditregel", "platform_verwerking"),
    ],
)
def test_what_is_only_added_to_is_not_changed_removed_or_emptied(sector, rol, tabel):
    with sector.verbind("kernregister_stelsel") as stelsel:
        vul_logboeken(stelsel)
    kolom = {"register_stand": "moment"}.get(tabel, "id")
    waarde = "now()" if kolom == "moment" else "id + 1000"
    opdrachten = [f"UPDATE {tabel} SET {kolom} = {waarde}", f"TRUNCATE {tabel}"]
    if rol == "kernregister_stelsel" or tabel in {"register_stand", "platform_auditregel"}:
        opdrachten.append(f"DELETE FROM {tabel}")
    with sector.verbind(rol) as verbinding:
        (voor,) = verbinding.execute(f"SELECT count(*) FROM {tabel}").fetchone()
        assert voor
        for opdracht in opdrachten:
            with pytest.raises(
                Exception, match=r"alleen om aan toe te voegen|permission denied|cannot truncate"
            ):
                verbinding.execute(opdracht)
        assert verbinding.execute(f"SELECT count(*) FROM {tabel}").fetchone() == (voor,)


def test_the_owner_destroys_where_the_table_says_so(sector):
    """Retention is a function of the owner; the application and the apply step cannot."""
    with sector.verbind("kernregister_eigenaar") as eigenaar:
        assert eigenaar.execute("DELETE FROM register_versie WHERE id = 1").rowcount == 1


def vul_logboeken(stelsel) -> None:
    stelsel.execute("INSERT INTO register_stand (nummer, melding_id, moment) VALUES (1, 1, now())")
    stelsel.execute(
        "INSERT INTO platform_auditregel (moment, door, namens, handeling, object_soort, object_sleutel, details,"
        " trace_id) VALUES (now(), 'proef', '27DV', 'proef', 'proef', '1', '{}', '')"
    )
    stelsel.execute(
        "INSERT INTO platform_verwerking (trace_id, span_id, parent_span_id, status_code, name, start_time, end_time,"
        " processing_activity_id, data_subject_id, data_subject_id_type, namens, client)"
        " VALUES ('', '', '', 0, 'proef', now(), now(), 'proef', 'aa', 'pseudoniem', '27DV', 'proef')"
    )


# ------------------------------------------------------------------------------------------------------ and its cost


def test_the_pass_is_verified_once_a_statement_and_the_index_of_the_question_is_used(sector):
    with sector.verbind("kernregister_eigenaar") as eigenaar:
        eigenaar.execute("ANALYZE register_versie")
    with met_pas(Pas(Soort.INSTELLING, "27DV")):
        vraag("SELECT set_config('enable_seqscan', 'off', true)")
        plan = "\n".join(
            regel for (regel,) in vraag("EXPLAIN ANALYZE SELECT * FROM register_versie WHERE persoon_id = 2")
        )
        assert "versie_persoon" in plan
        assert "Index Cond: (persoon_id = 2)" in plan
        assert "pas_sleutel" not in plan.split("InitPlan", 1)[0], "once a statement, not once a row"
        plan = "\n".join(
            regel
            for (regel,) in vraag(
                "EXPLAIN SELECT * FROM register_versie"
                " WHERE instelling = '27DV' AND soort = 'inschrijving' AND melding_tot IS NULL"
            )
        )
        assert "versie_geldt" in plan


def test_no_policy_asks_the_pass_anew_for_every_row(sector):
    """With a column as argument it would be called for each row; in a scalar subquery it is called once."""
    with sector.verbind("kernregister_eigenaar") as eigenaar:
        regels = eigenaar.execute(
            "SELECT tablename, qual || coalesce(with_check, '') FROM pg_policies"
        ).fetchall()
    assert len(regels) > 15
    per_rij = re.compile(r"\bpas_\w+\((?!\)|'\w+'::text\))")
    assert [tabel for tabel, voorwaarde in regels if per_rij.search(voorwaarde or "")] == []
