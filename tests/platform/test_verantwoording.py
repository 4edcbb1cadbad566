"""The audit trail and the processing log: what is written, by whom, and who reads it."""

from datetime import date

import msgspec
import pytest
from django.db import DataError, ProgrammingError, connections, transaction

from kernregister.fictief import nummers
from kernregister.platform import audit, spoor, verwerkingslog
from kernregister.platform.pas import Pas, Soort, met_pas
from kernregister.platform.versleuteling import kluis
from kernregister.platform.verwerkingslog import Stap, Status, Verwerking, activiteiten, lees_activiteiten

BSN = nummers.burgerservicenummer(5, 10)
PSEUDONIEM = kluis().zoek("7").hex()
ANDER = kluis().zoek("8").hex()
REGEL = Verwerking("dossier-inzien", "dossier lezen", PSEUDONIEM, "eduarte", namens="27DV")


def regels(tabel: str, pas: Pas, kolom: str = "namens") -> list[object]:
    with met_pas(pas), connections["default"].cursor() as cursor:
        cursor.execute(f"SELECT {kolom} FROM {tabel} ORDER BY id")
        return [waarde for (waarde,) in cursor]


# ------------------------------------------------------------------------------------------------------ audit trail


def test_an_audit_line_says_who_did_what_and_when(databank):
    with spoor.volg(spoor.nieuw()) as hier:
        audit.leg_vast(
            "signaal.afzien",
            "signaal",
            12,
            door="a.jansen",
            namens="27DV",
            details={"tot": date(2026, 8, 1), "n": 2},
        )
    with connections["stelsel"].cursor() as cursor:
        cursor.execute(
            "SELECT door, namens, handeling, object_soort, object_sleutel, details ->> 'tot', trace_id,"
            " now() - moment < interval '1 minute' FROM platform_auditregel"
        )
        assert cursor.fetchall() == [
            ("a.jansen", "27DV", "signaal.afzien", "signaal", "12", "2026-08-01", hier.trace_id, True)
        ]


def test_a_number_never_reaches_the_audit_trail(databank):
    audit.leg_vast(
        "zoeken",
        "persoon",
        BSN,
        door=f"x {BSN}",
        details={"vraag": {"pgn": BSN, "getal": int(BSN)}, BSN: [BSN]},
    )
    with connections["stelsel"].cursor() as cursor:
        cursor.execute("SELECT platform_auditregel::text FROM platform_auditregel")
        (tekst,) = cursor.fetchone()
    assert BSN not in tekst
    assert "[nummer]" in tekst


def test_a_line_goes_with_its_change(databank):
    def verander() -> None:
        with transaction.atomic(using="stelsel"):
            audit.leg_vast("proef", "proef", door="x")
            audit.leg_vast("x" * 61, "een verandering die mislukt", door="x")

    with pytest.raises(DataError):
        verander()
    assert regels("platform_auditregel", Pas(Soort.DUO)) == []


def test_an_institution_reads_its_own_lines_and_duo_all(databank):
    for namens in ("27DV", "25LX", ""):
        audit.leg_vast("proef", "proef", door="x", namens=namens)
    assert regels("platform_auditregel", Pas(Soort.INSTELLING, "27DV")) == ["27DV"]
    assert regels("platform_auditregel", Pas(Soort.DUO)) == ["27DV", "25LX", ""]
    for pas in (
        Pas(Soort.ACCOUNTANT, "27DV", "2025-2026"),
        Pas(Soort.STUDENT, "27DV"),
        Pas(Soort.GEMEENTE, "27DV"),
    ):
        assert regels("platform_auditregel", pas) == []


def test_the_application_writes_in_the_name_of_its_pass_alone(databank):
    eigen = Pas(Soort.INSTELLING, "27DV")
    with met_pas(eigen):
        audit.leg_vast("proef", "proef", door="x", namens=eigen.namens, verbinding="default")
    with pytest.raises(ProgrammingError, match="row-level security"), met_pas(eigen):
        audit.leg_vast("proef", "proef", door="x", namens="25LX", verbinding="default")
    with pytest.raises(ProgrammingError, match="row-level security"):
        audit.leg_vast("proef", "proef", door="x", verbinding="default")


def test_a_text_that_does_not_fit_is_an_error_and_no_half_line(databank):
    with pytest.raises(DataError):
        audit.leg_vast("x" * 61, "proef", door="x")
    assert regels("platform_auditregel", Pas(Soort.DUO)) == []


# --------------------------------------------------------------------------------------------------- processing log


def test_a_student_sees_who_looked_and_an_institution_what_it_did(databank):
    verwerkingslog.leg_vast(
        [
            REGEL,
            msgspec.structs.replace(REGEL, namens="25LX"),
            msgspec.structs.replace(REGEL, betrokkene=ANDER),
        ]
    )
    student = Pas(Soort.STUDENT, "7", PSEUDONIEM)
    assert regels("platform_verwerking", student) == ["27DV", "25LX"]
    assert regels("platform_verwerking", Pas(Soort.VERTEGENWOORDIGER, "7", PSEUDONIEM)) == ["27DV", "25LX"]
    assert regels("platform_verwerking", Pas(Soort.STUDENT, "7", f"{PSEUDONIEM},{ANDER}")) == [
        "27DV",
        "25LX",
        "27DV",
    ]
    assert regels("platform_verwerking", Pas(Soort.STUDENT, "7")) == []
    assert regels("platform_verwerking", Pas(Soort.INSTELLING, "25LX", PSEUDONIEM)) == ["25LX"]
    assert regels("platform_verwerking", Pas(Soort.SCHOOL, "27DV", PSEUDONIEM)) == []
    assert regels("platform_verwerking", Pas(Soort.DUO)) == []


def test_a_line_has_the_fields_of_the_standard(databank):
    with spoor.volg(spoor.nieuw("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")) as hier:
        verwerkingslog.leg_vast([msgspec.structs.replace(REGEL, status=Status.ERROR)])
    with connections["stelsel"].cursor() as cursor:
        cursor.execute(
            "SELECT trace_id, span_id, parent_span_id, status_code, name, start_time <= end_time,"
            " processing_activity_id, data_subject_id, data_subject_id_type, namens, client FROM platform_verwerking"
        )
        assert cursor.fetchone() == (
            *("0af7651916cd43dd8448eb211c80319c", hier.span_id, "b7ad6b7169203331", 2, "dossier lezen", True),
            *(
                "urn:kernregister:verwerkingsactiviteit:dossier-inzien:2",
                PSEUDONIEM,
                "pseudoniem",
                "27DV",
                "eduarte",
            ),
        )


@pytest.mark.parametrize("betrokkene", [BSN, "7", "", PSEUDONIEM.upper(), PSEUDONIEM + "|x", "g" * 64])
def test_a_person_is_named_by_a_pseudonym_alone(databank, betrokkene):
    with pytest.raises(ValueError, match="pseudoniem") as fout:
        verwerkingslog.leg_vast([REGEL, msgspec.structs.replace(REGEL, betrokkene=betrokkene)])
    assert BSN not in str(fout.value)


def test_processing_that_no_room_declares_is_not_done(databank):
    with pytest.raises(ValueError, match="verwerkingsactiviteit: 'verkopen'"):
        verwerkingslog.leg_vast([msgspec.structs.replace(REGEL, activiteit="verkopen")])


def test_a_batch_is_one_statement(databank, django_opdrachten):
    verwerkingslog.leg_vast([REGEL] * 1000)
    assert len(django_opdrachten) == 1
    verwerkingslog.leg_vast([])
    assert len(django_opdrachten) == 1


@pytest.fixture
def django_opdrachten():
    opdrachten: list[str] = []

    def tel(execute, sql, params, many, context):
        opdrachten.append(sql)
        return execute(sql, params, many, context)

    with connections["stelsel"].execute_wrapper(tel):
        yield opdrachten


def test_the_application_logs_in_the_name_of_its_pass_alone(databank):
    student = Pas(Soort.STUDENT, "7", PSEUDONIEM)
    with met_pas(student):
        verwerkingslog.leg_vast([msgspec.structs.replace(REGEL, namens=student.namens)], "default")
    with pytest.raises(ProgrammingError, match="row-level security"), met_pas(student):
        verwerkingslog.leg_vast([REGEL], "default")


def test_every_activity_says_why_and_on_what_ground():
    gevonden = activiteiten()
    assert {"registreren", "dossier-inzien", "identificeren", "kwaliteit-bewaken"} <= gevonden.keys()
    for activiteit in gevonden.values():
        assert all(str(waarde).strip() for waarde in msgspec.structs.asdict(activiteit).values())
        assert "AVG art. 6" in activiteit.grondslag


def test_an_activity_is_declared_once_and_whole(tmp_path):
    heel = {
        veld: "x"
        for veld in msgspec.structs.asdict(next(iter(activiteiten().values())))
        if veld not in {"id", "versie"}
    }
    tekst = "[een]\nversie = 1\n" + "".join(f'{veld} = "{waarde}"\n' for veld, waarde in heel.items())
    for map_ in ("a", "b"):
        (tmp_path / map_).mkdir()
    (tmp_path / "a" / "verwerkingen.toml").write_text(tekst)
    assert lees_activiteiten([tmp_path / "a", tmp_path / "b"]).keys() == {"een"}
    (tmp_path / "b" / "verwerkingen.toml").write_text(tekst)
    with pytest.raises(ValueError, match="twee keer"):
        lees_activiteiten([tmp_path / "a", tmp_path / "b"])
    (tmp_path / "b" / "verwerkingen.toml").write_text("[twee]\nversie = 1\n")
    with pytest.raises(msgspec.ValidationError, match="naam"):
        lees_activiteiten([tmp_path / "b"])


def test_one_step_with_many_persons_gives_each_the_line_that_one_would_give(databank):
    stap = Stap("dossier-inzien", "dossier lezen", "eduarte", "27DV")
    with spoor.volg(spoor.nieuw()):
        verwerkingslog.leg_vast([REGEL])
        verwerkingslog.leg_vast_voor_velen(stap, [PSEUDONIEM, ANDER])
        verwerkingslog.leg_vast_voor_velen(stap, [])
    zelfde = (
        "(status_code, name, processing_activity_id, data_subject_id_type, namens, client, trace_id)::text"
    )
    with connections["stelsel"].cursor() as cursor:
        cursor.execute(f"SELECT data_subject_id, {zelfde} FROM platform_verwerking ORDER BY id")
        (eerste, hoe), *velen = cursor.fetchall()
    assert eerste == PSEUDONIEM
    assert velen == [(PSEUDONIEM, hoe), (ANDER, hoe)]


def test_a_step_of_an_unknown_activity_or_with_a_number_is_refused(databank):
    with pytest.raises(ValueError, match="geen verwerkingsactiviteit"):
        verwerkingslog.leg_vast_voor_velen(Stap("iets", "x", "y"), [PSEUDONIEM])
    with pytest.raises(ValueError, match="pseudoniem") as fout:
        verwerkingslog.leg_vast_voor_velen(Stap("dossier-inzien", "x", "y"), [PSEUDONIEM, BSN])
    assert BSN not in str(fout.value)
