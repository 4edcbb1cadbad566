"""Overviews over the API: asked, followed and fetched by the institution; its accountant reads; nobody else."""

import hashlib
import io
import json
import os
import re
import subprocess
import sys
import time
import zipfile
from uuid import uuid4

import psycopg
import pytest

from kernregister.platform.pas import Pas, Soort, met_pas
from kernregister.platform.rechten import Recht
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.overzichten.tasks import maak_overzicht
from kernregister.voorzieningen.personen import public as personen
from kernregister.web.toegang.aansluitingen import maak_aansluiting
from tests.conftest import ROOT
from tests.databank import Databank
from tests.voorzieningen.overzichten.opzet import gevuld, instelling_van
from tests.wachtrij import werk
from tests.web import test_server
from tests.web.conftest import MaakMachine, Machine

RO = {"soort": "RO", "begin": "2025-08-01", "einde": "2026-07-31"}
OBO = {"soort": "OBO", "studiejaar": "2025-2026"}
ALLES = list(Recht)
server = test_server.server


@pytest.fixture
def code(databank: Databank) -> str:
    return instelling_van(gevuld(30))


def vraag(wie: Machine, **inhoud: object) -> dict:
    """Ask for an overview, have it made, and return the request."""
    antwoord = wie("POST", "/overzichten", json.dumps(inhoud))
    assert antwoord.status_code == 202, antwoord.content
    werk(maak_overzicht)
    return wie("GET", antwoord["Location"].removeprefix("/api/v1")).json()


def haal(wie: Machine, aanvraag: dict, nummer: int = 1, **koppen: str):
    antwoord = wie("GET", f"/overzichten/{aanvraag['id']}/bestanden/{nummer}", **koppen)
    if antwoord.streaming:
        antwoord.inhoud = antwoord.getvalue()
        antwoord.close()
    return antwoord


def test_an_institution_asks_for_its_ro_follows_it_and_fetches_it(machine: MaakMachine, code: str) -> None:
    wie = machine(code, rechten=ALLES)
    antwoord = wie("POST", "/overzichten", json.dumps(RO))
    assert antwoord.status_code == 202, antwoord.content
    assert antwoord.json()["melding"] == "Uw aanvraag is vastgelegd."
    pad = antwoord["Location"].removeprefix("/api/v1")
    assert wie("GET", pad).json()["toestand"] == "wacht"
    assert wie("GET", f"{pad}/bestanden/1").status_code == 404
    werk(maak_overzicht)
    klaar = wie("GET", pad).json()
    assert klaar["toestand"] == "klaar", klaar
    assert klaar["gedaan"] == klaar["totaal"] > 0
    (bestand,) = klaar["bestanden"]
    gehaald = haal(wie, klaar)
    assert hashlib.sha256(gehaald.inhoud).hexdigest() == bestand["sha256"]
    assert gehaald["ETag"] == f'"{bestand["sha256"]}"'
    assert gehaald["Content-Disposition"] == f'attachment; filename="RO_{code}_20250801_20260731.CSV"'
    assert int(gehaald["Content-Length"]) == len(gehaald.inhoud) == bestand["omvang"]
    assert haal(wie, klaar, if_none_match=gehaald["ETag"]).status_code == 304
    assert haal(wie, klaar, 2).status_code == 404
    assert [een["id"] for een in wie("GET", "/overzichten?soort=RO").json()["aanvragen"]] == [klaar["id"]]


def test_a_second_obo_brings_what_differs_in_its_zip(machine: MaakMachine, code: str) -> None:
    wie = machine(code, rechten=ALLES)
    een, twee = vraag(wie, **OBO), vraag(wie, **OBO)
    namen = [bestand["naam"] for bestand in twee["bestanden"]]
    assert len([naam for naam in namen if naam.startswith("OBOV_")]) == 7
    assert {naam.rpartition(".")[2] for naam in namen if naam.startswith("UITLEG_")} == {
        "CSV",
        "JSON",
        "XLSX",
    }
    with zipfile.ZipFile(io.BytesIO(haal(wie, twee, len(namen)).inhoud)) as zip_:
        assert zip_.namelist() == [naam for naam in namen if naam.startswith(("OBO_", "OBOV_"))], (
            "as DUO packs it"
        )
        assert zip_.read(namen[0]) == haal(wie, twee).inhoud
    assert [bestand["naam"].partition("_")[0] for bestand in een["bestanden"]][:1] == ["OBO"]
    assert len(een["bestanden"]) == 2

    samen = vraag(wie, soort="VERGELIJKING", oud=een["id"], nieuw=twee["id"], steekproef=5, zaad="a")
    assert samen["toestand"] == "klaar", samen
    assert samen["studiejaar"] == "2025-2026"
    assert len(samen["bestanden"]) == 11


def test_everything_that_is_wrong_comes_as_one_problem(machine: MaakMachine, code: str) -> None:
    wie = machine(code, rechten=[Recht.OVERZICHTEN_AANVRAGEN])
    antwoord = wie("POST", "/overzichten", json.dumps({"soort": "OBO", "proef": True}))
    assert antwoord.status_code == 422
    assert [b["code"] for b in antwoord.json()["bevindingen"]] == ["autorisatie", "studiejaar-leeg"]
    alles = machine(code, rechten=ALLES)
    assert alles("POST", "/overzichten", json.dumps({**RO, "proef": True})).json() == {"kan": True}
    assert alles("GET", "/overzichten").json()["aanvragen"] == []


@pytest.mark.parametrize(
    "inhoud",
    [
        "",
        "[]",
        "{}",
        '{"soort": 1}',
        '{"soort": "RO", "begin": "gisteren"}',
        '{"soort": "RO", "stand": -1}',
        '{"soort": "RO", "stand": 99999999999999999999}',
        '{"soort": "RO", "moment": "2026-01-01T00:00:00"}',
        '{"soort": "OBO", "studiejaar": "2025-2026", "moment": "0001-01-01T00:00:00+14:00"}',
        '{"soort": "GRONDSLAG", "moment": "0001-01-01T00:00:00Z"}',
        '{"soort": "OBO", "studiejaar": "2025"}',
        '{"soort": "OBO", "studiejaar": "2025-2027"}',
        '{"soort": "RO\\u0000"}',
        '{"soort": "VERGELIJKING", "oud": "x"}',
        '{"soort": "RO", "onbekend": 1}',
    ],
)
def test_what_cannot_be_read_is_refused(machine: MaakMachine, code: str, inhoud: str) -> None:
    antwoord = machine(code, rechten=ALLES)("POST", "/overzichten", inhoud or " ")
    assert antwoord.status_code in (400, 422), antwoord.content
    assert antwoord.json()["bevindingen"]


def test_the_same_mark_is_the_same_request_and_of_this_institution_only(
    machine: MaakMachine, code: str
) -> None:
    wie, ander = machine(code, rechten=ALLES), machine("99ZZ", rechten=ALLES)
    merk = str(uuid4())
    een = wie("POST", "/overzichten", json.dumps({**RO, "kenmerk": merk})).json()["id"]
    assert wie("POST", "/overzichten", json.dumps({**RO, "kenmerk": merk})).json()["id"] == een
    assert wie("POST", "/overzichten", json.dumps({**OBO, "kenmerk": merk})).status_code == 409
    assert ander("POST", "/overzichten", json.dumps({**RO, "kenmerk": merk})).json()["id"] != een


def test_another_institution_sees_nothing_of_it(machine: MaakMachine, code: str) -> None:
    wie, ander = machine(code, rechten=ALLES), machine("99ZZ", rechten=ALLES)
    obo = vraag(wie, **OBO)
    assert ander("GET", f"/overzichten/{obo['id']}").status_code == 404
    assert haal(ander, obo).status_code == 404
    assert ander("GET", f"/overzichten?instelling={code}").json()["aanvragen"] == []
    vreemd = ander("POST", "/overzichten", json.dumps({**OBO, "instelling": code}))
    assert [b["code"] for b in vreemd.json()["bevindingen"]] == ["autorisatie"]
    opnieuw = ander("POST", "/overzichten", json.dumps({"soort": "OBO", "opnieuw": obo["id"]}))
    assert [b["code"] for b in opnieuw.json()["bevindingen"]] == ["opnieuw"]
    samen = {"soort": "VERGELIJKING", "oud": obo["id"], "nieuw": obo["id"]}
    assert [b["code"] for b in ander("POST", "/overzichten", json.dumps(samen)).json()["bevindingen"]] == [
        "vergelijking"
    ]


def test_an_accountant_reads_the_obo_of_the_studiejaar_and_asks_for_nothing(
    machine: MaakMachine, code: str
) -> None:
    wie = machine(code, rechten=ALLES)
    obo, ro = vraag(wie, **OBO), vraag(wie, **RO)
    accountant = machine(code, Soort.ACCOUNTANT, ALLES, "2025-2026")
    assert [een["id"] for een in accountant("GET", "/overzichten").json()["aanvragen"]] == [obo["id"]]
    assert haal(accountant, obo).inhoud == haal(wie, obo).inhoud
    with cursor() as sql:
        sql.execute(
            "SELECT client, namens, count(*), count(DISTINCT data_subject_id) FROM platform_verwerking"
            " WHERE name = 'OBO' GROUP BY client, namens ORDER BY min(id)"
        )
        (maker, *eigen), (haler, *ander) = sql.fetchall()
    assert maker != haler
    assert eigen == ander == [code, obo["gedaan"], obo["gedaan"]], "each person in it, made and fetched"
    assert haal(accountant, ro).status_code == 404
    assert accountant("POST", "/overzichten", json.dumps(OBO)).status_code == 403
    tweede = vraag(wie, **OBO)
    samen = vraag(wie, soort="VERGELIJKING", oud=obo["id"], nieuw=tweede["id"])
    assert haal(accountant, samen, len(samen["bestanden"])).inhoud.startswith(b"PK")
    ros = [ro["id"], vraag(wie, **RO)["id"]]
    van_ros = vraag(wie, soort="VERGELIJKING", oud=ros[0], nieuw=ros[1])
    assert van_ros["toestand"] == "klaar", van_ros
    assert haal(accountant, van_ros).status_code == 404
    ander_jaar = machine(code, Soort.ACCOUNTANT, ALLES, "2024-2025")
    assert ander_jaar("GET", "/overzichten").json()["aanvragen"] == []
    assert haal(ander_jaar, obo).status_code == 404
    elders = machine("99ZZ", Soort.ACCOUNTANT, ALLES, "2025-2026")
    assert haal(elders, obo).status_code == 404


def test_special_data_opens_with_its_scope_only(machine: MaakMachine, code: str) -> None:
    obo = vraag(machine(code, rechten=ALLES), **OBO)
    zonder = machine(code, rechten=[Recht.OVERZICHTEN_AANVRAGEN])
    antwoord = haal(zonder, obo)
    assert antwoord.status_code == 403
    assert "verblijf.lezen" in antwoord.json()["detail"]


TABELLEN = ("overzichten_aanvraag", "overzichten_bestand", "overzichten_deel")


def test_raw_sql_shows_no_more_than_the_pass_and_a_forged_pass_nothing(
    databank: Databank, machine: MaakMachine, code: str
) -> None:
    vraag(machine(code, rechten=ALLES), **OBO)

    def gezien(pas: Pas) -> list[int]:
        with met_pas(pas), cursor("default") as sql:
            return [sql.execute(f"SELECT count(*) FROM {tabel}").fetchone()[0] for tabel in TABELLEN]

    van_wie = Pas(Soort.INSTELLING, code, bijzonder=frozenset({"verblijf"}))
    assert gezien(van_wie) == [1, 2, 2]
    assert gezien(Pas(Soort.INSTELLING, code)) == [1, 2, 0], "special data without its scope"
    assert gezien(Pas(Soort.INSTELLING, "99ZZ", bijzonder=frozenset({"verblijf"}))) == [0, 0, 0]
    assert gezien(Pas(Soort.ACCOUNTANT, code, "2024-2025", frozenset({"verblijf"}))) == [0, 0, 0]
    assert gezien(Pas(Soort.ACCOUNTANT, code, "2025-2026", frozenset({"verblijf"}))) == [1, 2, 2]
    for soort in (Soort.STUDENT, Soort.SCHOOL, Soort.SECTOR):
        assert gezien(Pas(soort, "1")) == [0, 0, 0]
    with databank.verbind("kernregister_app") as app:
        app.execute("SELECT set_config('kernregister.pas', '1|duo||||9999999999|" + "0" * 64 + "', false)")
        for tabel in TABELLEN:
            assert app.execute(f"SELECT count(*) FROM {tabel}").fetchone() == (0,)
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(f"DELETE FROM {tabel}")


def test_a_student_sees_to_whom_the_data_went(machine: MaakMachine, code: str) -> None:
    wie = machine(code, rechten=ALLES)
    ro = vraag(wie, **RO)
    regels = haal(wie, ro).inhoud.decode().splitlines()
    nummers = [regel.split("|")[1] or regel.split("|")[2] for regel in regels if regel.startswith("PER|")]
    for nummer, persoon in personen.zoek(nummers).items():
        pas = Pas(Soort.STUDENT, str(persoon), personen.pseudoniem(persoon))
        with met_pas(pas), cursor("default") as sql:
            gezien = sql.execute(
                "SELECT name, namens FROM platform_verwerking WHERE processing_activity_id LIKE %s",
                ["%:overzicht-verstrekken:%"],
            ).fetchall()
        assert gezien == [("RO", code)], nummer


@pytest.mark.traag
def test_the_example_of_the_documentation_fetches_an_ro(server: str) -> None:
    """The two examples after each other, with a worker beside them."""
    aansluiting, geheim = maak_aansluiting("voorbeeld", Soort.INSTELLING, "25PV", ALLES)
    blokken = re.findall(r"```python\n(.*?)```", (ROOT / "docs/api.md").read_text(), re.DOTALL)
    omgeving = {
        **os.environ,
        "KERNREGISTER": server,
        "CLIENT_ID": aansluiting.client_id,
        "CLIENT_SECRET": geheim,
    }
    with subprocess.Popen(
        [sys.executable, "-c", "\n".join(blokken[:2])],
        env=omgeving,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as proces:
        einde = time.monotonic() + 60
        while proces.poll() is None and time.monotonic() < einde:
            werk(maak_overzicht)
            time.sleep(0.05)
        assert proces.stdout is not None
        uit = proces.stdout.read()
    assert proces.returncode == 0, uit
    assert "Uw aanvraag is vastgelegd." in uit
    assert "RO_25PV_20250801_20260731.CSV" in uit
