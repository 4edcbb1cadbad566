"""Over the API: a report is handed in and decided on, the definitive status is determined, a stop is set and lifted."""

import base64
import json
from datetime import date
from typing import Any

import pytest

from kernregister.platform.pas import Soort
from kernregister.platform.rechten import Recht
from kernregister.voorzieningen.bekostigen import definitief_bepalen
from kernregister.voorzieningen.personen import public as personen
from tests.databank import Databank
from tests.voorzieningen.bekostigen import opzet, rapporten
from tests.voorzieningen.bekostigen.verantwoorden import hash_van, obo
from tests.voorzieningen.kwaliteit.opzet import zet_klok
from tests.voorzieningen.register.wereld import DAAR, HIER, identificeer, lukt, periode, schrijf_in, wie
from tests.web.conftest import MaakMachine, Machine, als_json


@pytest.fixture
def begin(databank: Databank, monkeypatch: pytest.MonkeyPatch, machine: MaakMachine) -> dict[str, Machine]:
    """One funded institution with a student, its accountant, another institution, and DUO."""
    opzet.zet_klaar(monkeypatch)
    lukt(identificeer(wie(0)), schrijf_in(wie(0)))
    alle = list(Recht)
    return {
        "hier": machine(HIER, rechten=alle),
        "daar": machine(DAAR, rechten=alle),
        "accountant": machine(HIER, Soort.ACCOUNTANT, alle, "2025-2026"),
        "vorig_jaar": machine(HIER, Soort.ACCOUNTANT, alle, "2024-2025"),
        "duo": machine("", Soort.DUO, alle),
    }


def stuur(wie_: Machine, pad: str, **inhoud: Any) -> Any:
    return wie_("POST", pad, json.dumps(inhoud))


def indiening(aanvraag: Any, pdf: bytes | None = None, **anders: Any) -> dict[str, Any]:
    velden = {
        "aanvraag": str(aanvraag.id),
        "obo_sha256": hash_van(aanvraag),
        "bestandsnaam": "AR_2025.pdf",
        "inhoud": base64.b64encode(pdf or rapporten.rapport()).decode(),
        "door": "j.jansen",
    }
    return velden | anders


def test_a_report_goes_from_hand_in_to_definitive(begin: dict[str, Machine]) -> None:
    hier, duo = begin["hier"], begin["duo"]
    een = obo(HIER)
    antwoord = stuur(hier, "/assurancerapporten", **indiening(een))
    assert antwoord.status_code == 201, antwoord.content
    rapport = antwoord.json()
    pad = antwoord["Location"].removeprefix("/api/v1")
    assert (rapport["toestand"], rapport["op_tijd"], rapport["nieuwste_obo"]) == ("aangeleverd", True, True)
    assert stuur(hier, "/assurancerapporten", **indiening(een)).status_code == 200
    stand = duo("GET", "/assurancerapporten/stand?studiejaar=2025-2026").json()
    assert [(s["instelling"], s["verplicht"], s["toestand"]) for s in stand] == [
        (DAAR, False, "ontbreekt"),
        (HIER, True, "aangeleverd"),
    ]
    vraag = {"bekostigingsjaar": 2027, "reden": "Alles is binnen.", "door": "d.vries"}
    te_vroeg = stuur(duo, "/definitieve-bepalingen", **vraag)
    assert te_vroeg.status_code == 422
    assert [p["uitleg"] for p in te_vroeg.json()["bevindingen"]] == [
        f"{HIER}: over het aangeleverde rapport is nog niet beslist."
    ]
    besluit = stuur(duo, f"{pad}/besluit", akkoord=True, door="d.vries", mutatiestop="weigeren")
    assert [stap["toestand"] for stap in besluit.json()["stappen"]] == ["aangeleverd", "goedgekeurd"]
    pdf = hier("GET", f"{pad}/bestand")
    assert pdf.content == rapporten.rapport()
    assert pdf["Content-Disposition"] == 'attachment; filename="AR_2025.pdf"'
    assert hier("GET", "/bekostiging/definitief?bekostigingsjaar=2027").status_code == 404
    bepaling = stuur(duo, "/definitieve-bepalingen", **vraag)
    assert bepaling.status_code == 202
    definitief_bepalen.draai(bepaling.json()["id"])
    assert duo("GET", bepaling["Location"].removeprefix("/api/v1")).json()["toestand"] == "klaar"
    uit = hier("GET", "/bekostiging/definitief?bekostigingsjaar=2027").json()
    assert (uit["rapport"], uit["aanvraag"], uit["indicatief"]) == (rapport["id"], str(een.id), True)
    assert sum(float(budget["deelnemerswaarde"]) for budget in uit["budgetten"]) == 1.0
    assert (
        begin["daar"]("GET", f"/bekostiging/definitief?bekostigingsjaar=2027&instelling={HIER}").status_code
        == 404
    )


def test_bad_reports_are_refused_with_everything_that_is_wrong(begin: dict[str, Machine]) -> None:
    een = obo(HIER)
    fout = stuur(
        begin["hier"],
        "/assurancerapporten",
        **indiening(een, b"\xff" * 99, bestandsnaam="999990019.exe", obo_sha256="0" * 64),
    )
    assert fout.status_code == 422
    assert len(fout.json()["bevindingen"]) == 4
    assert b"999990019" not in fout.content
    kapot = stuur(begin["hier"], "/assurancerapporten", **indiening(een, inhoud="geen base64!"))
    assert kapot.status_code == 400
    groot = begin["hier"]("POST", "/assurancerapporten", b"{" + b" " * (30 << 20))
    assert groot.status_code == 413
    assert begin["hier"]("GET", "/assurancerapporten").json() == []


def test_nobody_else_sees_hands_in_or_decides(begin: dict[str, Machine]) -> None:
    een = obo(HIER)
    rapport = stuur(begin["accountant"], "/assurancerapporten", **indiening(een)).json()
    pad = f"/assurancerapporten/{rapport['id']}"
    assert rapport["namens"] == "accountant"
    for ander in ("daar", "vorig_jaar"):
        assert stuur(begin[ander], "/assurancerapporten", **indiening(een)).status_code == 422
        assert begin[ander]("GET", pad).status_code == 404
        assert begin[ander]("GET", f"{pad}/bestand").status_code == 404
        assert begin[ander]("GET", "/assurancerapporten").json() == []
    for ander in ("hier", "accountant"):
        assert begin[ander]("GET", pad).status_code == 200
        assert stuur(begin[ander], f"{pad}/besluit", akkoord=True, door="x").status_code == 403
    assert stuur(begin["duo"], "/assurancerapporten", **indiening(een)).status_code == 403
    eigen = stuur(begin["duo"], f"{pad}/besluit", akkoord=True, door="J.Jansen")
    assert eigen.status_code == 422, "the same person decides on it"


def test_a_stop_is_chosen_imposed_and_lifted(begin: dict[str, Machine]) -> None:
    keuze = {
        "studiejaar": "2025-2026",
        "soort": "waarschuwen",
        "vanaf": "2026-03-02",
        "reden": "Het OBO ligt bij de accountant.",
        "door": "j.jansen",
    }
    wijziging = schrijf_in(wie(0), perioden=[periode(leertraject="OVO")])
    assert stuur(begin["hier"], "/mutatiestops", **keuze).status_code == 201
    (gemeld,) = begin["hier"]("POST", "/meldingen?proef=true", als_json(wijziging)).json()["bevindingen"]
    assert (gemeld["regel"], gemeld["ernst"]) == ("N14", "waarschuwing")
    assert "mutatiestop" in gemeld["tekst"]
    assert gemeld["waarden"]["velden"] == ["Inschrijvingsperiode.leertraject"]
    opgelegd = stuur(
        begin["duo"], "/mutatiestops/opgelegd", **{**keuze, "soort": "weigeren", "instelling": ""}
    )
    assert opgelegd.status_code == 201
    assert stuur(begin["hier"], "/mutatiestops", **{**keuze, "soort": "uit"}).status_code == 422
    geweigerd = begin["hier"]("POST", "/meldingen?proef=true", als_json(wijziging))
    assert geweigerd.status_code == 422
    assert [b["regel"] for b in geweigerd.json()["bevindingen"]] == ["N14"]
    vrij = {
        "persoon": personen.zoek([wie(0).pgn])[wie(0).pgn],
        "tot": "2026-03-20",
        "reden": "Gezien.",
        "door": "a.ccountant",
    }
    assert stuur(begin["hier"], "/mutatiestops/ontheffingen", **vrij).status_code == 403
    assert (
        stuur(begin["vorig_jaar"], "/mutatiestops/ontheffingen", **{**vrij, "persoon": 99}).status_code == 404
    )
    assert stuur(begin["accountant"], "/mutatiestops/ontheffingen", **vrij).status_code == 201
    assert begin["hier"]("POST", "/meldingen?proef=true", als_json(wijziging)).status_code == 200
    assert len(begin["hier"]("GET", "/mutatiestops/ontheffingen").json()) == 1
    assert begin["daar"]("GET", "/mutatiestops/ontheffingen").json() == []
    assert [s["soort"] for s in begin["daar"]("GET", "/mutatiestops").json()] == ["weigeren"]


def test_the_dashboard_says_how_the_accounting_stands(
    begin: dict[str, Machine], monkeypatch: pytest.MonkeyPatch
) -> None:
    def getoond(wie_: str = "hier", vraag: str = "") -> dict[str, Any] | None:
        stand = begin[wie_]("GET", f"/dashboard{vraag}").json()["assurancerapport"]
        return stand and {veld: stand[veld] for veld in ("controlejaar", "toestand")}

    assert getoond() is None
    rapport = stuur(begin["hier"], "/assurancerapporten", **indiening(obo(HIER))).json()["id"]
    assert getoond() == {"controlejaar": 2025, "toestand": "aangeleverd"}
    zet_klok(monkeypatch, date(2026, 3, 5))
    stuur(begin["duo"], f"/assurancerapporten/{rapport}/besluit", akkoord=True, door="d.vries")
    stuur(begin["hier"], "/assurancerapporten", **indiening(obo(HIER), rapporten.rapport("Nog een")))
    assert getoond() == {"controlejaar": 2025, "toestand": "goedgekeurd"}, (
        "it counts until another is approved"
    )
    assert getoond(vraag="?stand_per=2026-03-05") == {"controlejaar": 2025, "toestand": "aangeleverd"}
    assert getoond(vraag="?stand_per=2026-03-02") is None
    assert getoond("daar") is None
