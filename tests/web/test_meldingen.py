"""Meldingen over the API: one goes in and is answered, and everybody sees only their own."""

import json

import pytest

from kernregister.fictief.sector import Sector
from tests.databank import Databank
from tests.voorzieningen.register import opzet
from tests.web.conftest import MaakMachine, als_json


@pytest.fixture
def sector(databank: Databank) -> Sector:
    return opzet.zet_sector_klaar(20)


def test_an_institution_identifies_a_student_registers_the_enrolment_and_reads_it_back(
    sector: Sector, machine: MaakMachine
) -> None:
    dossier = next(d for d in sector.dossiers() if d.inschrijvingen and d.persoon.burgerservicenummer)
    brin = dossier.inschrijvingen[0].instelling
    eigen = machine(brin)
    antwoord = eigen("POST", "/meldingen", als_json(opzet.identificatie(dossier, brin)))
    assert antwoord.status_code == 200, antwoord.content
    persoon = antwoord.json()["persoon"]
    assert antwoord.json()["identificatie"]["burgerservicenummer"] == dossier.persoon.burgerservicenummer
    melding = opzet.inschrijving(dossier)
    antwoord = eigen("POST", "/meldingen", als_json(melding))
    assert antwoord.status_code == 200, antwoord.content
    assert antwoord.json()["aanvaard"]

    gelezen = eigen("GET", f"/dossiers/{persoon}").json()["dossier"]
    assert (
        gelezen["inschrijvingen"][0]["inschrijvingvolgnummer"] == melding.inschrijving.inschrijvingvolgnummer
    )
    lijst = eigen("GET", "/inschrijvingen").json()["inschrijvingen"]
    assert [r["persoon"] for r in lijst] == [persoon]
    assert len(eigen("GET", "/meldingen").json()["meldingen"]) == 2
    een = eigen("GET", f"/meldingen/{melding.id}").json()
    assert een["inhoud"]["burgerservicenummer"] == dossier.persoon.burgerservicenummer
    gevonden = eigen(
        "POST", "/personen/zoek", json.dumps({"burgerservicenummer": dossier.persoon.burgerservicenummer})
    )
    assert gevonden.json() == {"persoon": persoon}
    assert eigen("GET", "/wijzigingen").json()["tot"] == eigen("GET", "/stand").json()["stand"]
