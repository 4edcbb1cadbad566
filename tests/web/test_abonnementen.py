"""An institution follows a person, and fetches what changes from its outbox."""

import json

import pytest
from django.conf import settings
from django.db import connections

from kernregister.kern.dossier import Adres
from kernregister.voorzieningen.personen import zandbak
from kernregister.voorzieningen.register.verversing import ververs
from tests.databank import Databank
from tests.voorzieningen.register import opzet
from tests.web.conftest import MaakMachine, Machine


@pytest.fixture
def volger(
    databank: Databank, machine: MaakMachine, monkeypatch: pytest.MonkeyPatch
) -> tuple[Machine, int, str]:
    """An institution, and a person that it has to do with: id and number."""
    monkeypatch.setattr(settings, "DEMO", True)
    wie = next(d for d in opzet.zet_sector_klaar().dossiers() if d.persoon.burgerservicenummer)
    brin = wie.inschrijvingen[0].instelling
    (antwoord,) = opzet.stuur(opzet.identificatie(wie, brin))
    ververs()
    return machine(brin), antwoord.persoon, wie.persoon.pgn


def volg(wie: Machine, persoon: int, **anders: object):
    wens = {"persoon": persoon, "soort": "persoonsgegevens", "stand": "aan", "doel": "inschrijving"}
    return wie("POST", "/abonnementen", json.dumps({**wens, "referentie": "s102030", **anders}))


def test_who_follows_a_person_is_told_of_a_move_in_order_and_again_when_asked_again(volger) -> None:
    eigen, persoon, pgn = volger
    assert volg(eigen, persoon).status_code == 200
    (een,) = eigen("GET", "/abonnementen").json()["abonnementen"]
    assert (een["persoon"], een["doel"], een["referentie"]) == (persoon, "inschrijving", "s102030")
    na = eigen("GET", "/berichten").json()["tot"]
    zandbak.verhuis(pgn, Adres("Turfkade", "3", None, "9741KX", "Groningen"))
    ververs()
    eerst = eigen("GET", f"/berichten?na={na}")
    (bericht,) = eerst.json()["berichten"]
    assert bericht["persoon"]["adres"]["straat"] == "Turfkade"
    assert eigen("GET", f"/berichten?na={na}").content == eerst.content
    assert eigen("GET", f"/berichten?na={eerst.json()['tot']}").json()["berichten"] == []
    assert volg(eigen, persoon, stand="uit").status_code == 200
    assert eigen("GET", "/abonnementen").json()["abonnementen"] == []
    assert len(eigen("GET", "/abonnementen?lopend=false").json()["abonnementen"]) == 1
    with connections["stelsel"].cursor() as sql:
        sql.execute(
            "SELECT handeling, door FROM platform_auditregel WHERE handeling LIKE 'abonnement%' ORDER BY id"
        )
        assert sql.fetchall() == [("abonnement.aan", eigen.client_id), ("abonnement.uit", eigen.client_id)]


def test_subscriptions_come_in_pages_and_are_those_of_the_institution_alone(
    volger, machine: MaakMachine
) -> None:
    eigen, persoon, _ = volger
    volg(eigen, persoon)
    volg(eigen, persoon, soort="vooropleiding")
    eerst = eigen("GET", "/abonnementen?aantal=1").json()
    tweede = eigen("GET", f"/abonnementen?aantal=1&cursor={eerst['volgende']}").json()
    soorten = [een["soort"] for blad in (eerst, tweede) for een in blad["abonnementen"]]
    assert soorten == ["persoonsgegevens", "vooropleiding"]
    assert tweede["volgende"] is None
    ander = machine("99ZZ")
    assert ander("GET", "/abonnementen").json()["abonnementen"] == []
    assert volg(ander, persoon).status_code == 404
    assert eigen("GET", "/abonnementen?cursor=onzin").status_code == 400


def test_a_reference_that_is_a_number_of_a_person_is_refused_and_not_repeated(volger) -> None:
    eigen, persoon, pgn = volger
    antwoord = volg(eigen, persoon, referentie=pgn)
    assert antwoord.status_code == 422
    assert pgn not in antwoord.content.decode()
    assert eigen("GET", "/abonnementen").json()["abonnementen"] == []
