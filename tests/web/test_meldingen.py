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


def test_pages_stay_right_while_others_write(sector: Sector, machine: MaakMachine) -> None:
    dossiers = [d for d in sector.dossiers() if d.inschrijvingen and d.persoon.burgerservicenummer]
    brin = dossiers[0].inschrijvingen[0].instelling
    eigen = machine(brin)
    for dossier in dossiers[:5]:
        opzet.stuur(opzet.identificatie(dossier, brin))
    gezien, pad = [], "/meldingen?aantal=2"
    while pad:
        bladzijde = eigen("GET", pad).json()
        gezien += [melding["id"] for melding in bladzijde["meldingen"]]
        opzet.stuur(opzet.identificatie(dossiers[5], brin))  # somebody delivers between two pages
        pad = bladzijde["volgende"] and f"/meldingen?aantal=2&cursor={bladzijde['volgende']}"
    assert len(gezien) == len(set(gezien)) == 5

    gevolgd, na = [], 0
    while len(gevolgd) < 8:
        bladzijde = eigen("GET", f"/wijzigingen?aantal=3&na={na}").json()
        gevolgd += [melding["stand"] for melding in bladzijde["wijzigingen"]]
        na = bladzijde["tot"]
    assert gevolgd == list(range(1, 9)), "a feed skips nothing and repeats nothing"
    assert eigen("GET", f"/wijzigingen?na={na}").json() == {"wijzigingen": [], "tot": na}


def test_a_dossier_as_it_was_stays_as_it_was(sector: Sector, machine: MaakMachine) -> None:
    dossier = next(d for d in sector.dossiers() if d.inschrijvingen and d.persoon.burgerservicenummer)
    brin = dossier.inschrijvingen[0].instelling
    eigen = machine(brin)
    opzet.stuur(opzet.identificatie(dossier, brin))
    (terug,) = opzet.stuur(opzet.inschrijving(dossier))
    toen = eigen("GET", "/stand").json()["stand"]
    eerst = eigen("GET", f"/dossiers/{terug.persoon}?stand={toen}")
    weg = opzet.lees(
        "VerwijderenInschrijving",
        brin,
        dossier,
        inschrijvingvolgnummer=dossier.inschrijvingen[0].inschrijvingvolgnummer,
    )
    (verwijderd,) = opzet.stuur(weg)
    assert verwijderd.aanvaard, verwijderd
    assert "inschrijvingen" not in eigen("GET", f"/dossiers/{terug.persoon}").json()["dossier"]
    straks = eigen("GET", f"/dossiers/{terug.persoon}?stand={1 << 62}")
    assert straks.status_code == 422, "what is to come cannot stay the same"
    nog_eens = eigen("GET", f"/dossiers/{terug.persoon}?stand={toen}")
    assert nog_eens.content == eerst.content
    assert (
        eigen("GET", f"/dossiers/{terug.persoon}?stand={toen}", if_none_match=eerst["ETag"]).status_code
        == 304
    )


def test_extra_support_and_residence_show_only_with_their_own_scope(
    sector: Sector, machine: MaakMachine
) -> None:
    from datetime import date

    from kernregister.kern.dossier import ExtraOndersteuning
    from kernregister.platform.rechten import Recht

    dossier = next(d for d in sector.dossiers() if d.inschrijvingen and d.persoon.burgerservicenummer)
    een = dossier.inschrijvingen[0]
    eigen = machine(een.instelling)
    meer = machine(een.instelling, rechten=[*Recht])
    melding = opzet.inschrijving(dossier, extra_ondersteuning=(ExtraOndersteuning(een.datum_inschrijving),))
    _, terug = opzet.stuur(opzet.identificatie(dossier, een.instelling), melding)
    assert isinstance(een.datum_inschrijving, date)
    for pad in (f"/dossiers/{terug.persoon}", f"/meldingen/{melding.id}"):
        assert "extra_ondersteuning" not in eigen("GET", pad).content.decode(), pad
        assert "extra_ondersteuning" in meer("GET", pad).content.decode(), pad
