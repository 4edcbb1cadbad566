"""An institution decides about its signals over the API: one asks, another approves, and it is shown apart."""

import json
from datetime import timedelta

import pytest
from django.db import connections

from kernregister.voorzieningen.personen import public as personen
from tests.databank import Databank
from tests.voorzieningen.kwaliteit.opzet import VANDAAG, lever, zet_klok
from tests.voorzieningen.kwaliteit.test_bijhouden import TE_LAAT, WIE, inschrijving
from tests.web.conftest import MaakMachine, Machine

TOT = str(VANDAAG + timedelta(days=30))
VERZOEK = {"reden": "Bezwaar loopt bij DUO.", "tot": TOT, "door": "p.pieters"}


@pytest.fixture
def eigen(databank: Databank, monkeypatch: pytest.MonkeyPatch, machine: MaakMachine) -> Machine:
    """The client of 01AA, where one student has a B04."""
    zet_klok(monkeypatch, VANDAAG)
    personen.maak([personen.Nummers(WIE.burgerservicenummer)])
    lever(WIE, inschrijving("1", "01AA", **TE_LAAT))
    return machine("01AA")


def doe(wie: Machine, pad: str, status: int = 200, **inhoud: object) -> dict:
    antwoord = wie("POST", pad, json.dumps(inhoud))
    assert antwoord.status_code == status, antwoord.content
    return antwoord.json()


def b04(wie: Machine) -> dict:
    (een,) = [s for s in wie("GET", "/signalen").json()["signalen"] if s["regel"] == "B04"]
    return een


def test_one_asks_another_approves_and_it_is_shown_apart_until_it_is_withdrawn(eigen: Machine) -> None:
    nummer = b04(eigen)["id"]
    verzoek = doe(eigen, f"/signalen/{nummer}/afzien", 201, **VERZOEK)["verzoek"]
    assert b04(eigen).get("afgezien_tot") is None
    zelf = doe(eigen, f"/afzien/{verzoek}/besluit", 422, akkoord=True, door="p.pieters")
    assert "laat een collega beslissen" in str(zelf)
    doe(eigen, f"/afzien/{verzoek}/besluit", akkoord=True, door="j.jansen")
    assert b04(eigen)["afgezien_tot"] == TOT
    telling = next(t for t in eigen("GET", "/dashboard").json()["signalen"] if t["regel"] == "B04")
    assert sum(telling["aantallen"].values()) >= 1, "DUO counts it all the same"
    doe(eigen, f"/afzien/{verzoek}/besluit", 422, akkoord=False, door="j.jansen", reden="toch niet")
    doe(eigen, f"/afzien/{verzoek}/intrekking", reden="De fout is hersteld.", door="p.pieters")
    assert b04(eigen).get("afgezien_tot") is None
    stappen = eigen("GET", f"/signalen/{nummer}").json()["afzien"]
    assert [stap["stap"] for stap in stappen] == ["verzoek", "akkoord", "intrekking"]
    assert stappen[1]["door"] == f"j.jansen via {eigen.client_id}"
    with connections["stelsel"].cursor() as sql:
        sql.execute("SELECT handeling FROM platform_auditregel WHERE object_soort = 'signaal' ORDER BY id")
        assert [rij[0].partition(".")[2] for rij in sql.fetchall()] == [
            "verzoek_afzien",
            "akkoord_afzien",
            "intrekking_afzien",
        ]


def test_a_refusal_has_a_reason_and_another_institution_decides_nothing(
    eigen: Machine, machine: MaakMachine
) -> None:
    verzoek = doe(eigen, f"/signalen/{b04(eigen)['id']}/afzien", 201, **VERZOEK)["verzoek"]
    ander = machine("02BB")
    doe(ander, f"/afzien/{verzoek}/besluit", 404, akkoord=True, door="x")
    doe(ander, f"/afzien/{verzoek}/intrekking", 404, reden="x", door="x")
    doe(eigen, f"/afzien/{verzoek}/besluit", 422, akkoord=False, door="j.jansen")
    doe(eigen, f"/afzien/{verzoek}/besluit", akkoord=False, door="j.jansen", reden="Geen bezwaar bekend.")
    doe(eigen, f"/afzien/{verzoek}/intrekking", 422, reden="x", door="p.pieters")


def test_the_longest_name_fits_with_the_client_beside_it(eigen: Machine) -> None:
    lang = "n" * 60
    doe(eigen, f"/signalen/{b04(eigen)['id']}/toewijzing", aan="a", door=lang)
    doe(eigen, f"/signalen/{b04(eigen)['id']}/afzien", 201, **{**VERZOEK, "door": lang})
    doe(eigen, f"/signalen/{b04(eigen)['id']}/toewijzing", 400, aan="a", door=f"{lang}n")


def test_the_kwc_that_is_there_already_does_not_come_again(eigen: Machine) -> None:
    eerst = eigen("GET", "/kwc")
    assert (eerst.status_code, eerst["Content-Type"]) == (200, "text/csv; charset=utf-8")
    assert eigen("GET", "/kwc", if_none_match=eerst["ETag"]).status_code == 304


def test_whose_signals_go_along_in_the_kwc_is_in_the_processing_log(
    eigen: Machine, databank: Databank
) -> None:
    vraag = "SELECT data_subject_id FROM platform_verwerking WHERE name = 'kwaliteitscontrole lezen' AND client = %s"
    persoon = b04(eigen)["persoon"]
    assert eigen("GET", "/kwc").status_code == 200
    with databank.verbind("kernregister_stelsel") as stelsel:
        gelezen = {wie for (wie,) in stelsel.execute(vraag, [eigen.client_id])}
    assert personen.pseudoniem(persoon) in gelezen
