"""What is kept of funding: statuses as long as their record, reports and definitive decisions for seven years."""

from datetime import date

import psycopg
import pytest

from kernregister.voorzieningen.bekostigen import bewaren
from kernregister.voorzieningen.bekostigen import public as bekostigen
from kernregister.voorzieningen.register import public as register
from tests.databank import Databank
from tests.voorzieningen.bekostigen import opzet
from tests.voorzieningen.bekostigen.verantwoorden import (
    DUO,
    JAAR,
    beeld,
    definitief,
    keur_goed,
    lever_aan,
    obo,
    stel_vast,
    verantwoord,
)
from tests.voorzieningen.kwaliteit.opzet import zet_klok
from tests.voorzieningen.register.verhaal import vraag
from tests.voorzieningen.register.wereld import DAAR, HIER, identificeer, lukt, periode, schrijf_in, wie


@pytest.fixture(autouse=True)
def _begin(databank: Databank, monkeypatch: pytest.MonkeyPatch) -> None:
    opzet.zet_klaar(monkeypatch)
    for plaats, van in ((0, HIER), (1, DAAR)):
        lukt(identificeer(wie(plaats), van), schrijf_in(wie(plaats), van=van))


def test_a_report_goes_after_seven_years_and_that_it_was_there_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    rapport = keur_goed(lever_aan(obo(HIER)))
    verantwoord(DAAR)
    run = stel_vast()
    totaal = definitief(HIER).totaal
    zet_klok(monkeypatch, date(2033, 3, 1))
    assert bewaren.vernietig() == 0
    assert bekostigen.bestand(rapport, DUO.pas)[1].startswith(b"%PDF")
    assert len(list(bekostigen.besluiten(run, HIER, verbinding="stelsel"))) == 1
    zet_klok(monkeypatch, date(2033, 3, 2))
    assert bewaren.vernietig() == 4, "a file and a decision of each institution"
    with pytest.raises(bekostigen.Onvindbaar, match="bewaartermijn"):
        bekostigen.bestand(rapport, DUO.pas)
    assert beeld(rapport).toestand == "goedgekeurd"
    assert list(bekostigen.besluiten(run, HIER, verbinding="stelsel")) == []
    uit = bekostigen.definitief(HIER, JAAR, "stelsel")
    assert uit is not None
    assert uit.totaal == totaal
    assert bewaren.vernietig() == 0


def test_what_an_enrolment_counted_for_goes_with_it_and_other_enrolments_keep_theirs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lukt(schrijf_in(wie(0), reden_uitschrijving="03", datum_uitschrijving_werkelijk="2026-02-27"))
    later = {"datum_inschrijving": "2026-02-28", "perioden": [periode("2026-02-28")]}
    lukt(schrijf_in(wie(0), "2", **later))
    dag = date(2056, 2, 28)
    zet_klok(monkeypatch, dag)
    (voor,) = vraag("SELECT count(*) FROM bekostigen_status WHERE sleutel = '1' AND instelling = %s", HIER)
    assert voor[0] >= 2
    uit = register.vernietig("inschrijving", dag, "een", "ander", "termijn verstreken")
    assert uit.aantal == 1
    (dossier,) = [een for _, een in register.dossiers(instelling=HIER)]
    assert [een.inschrijvingvolgnummer for een in dossier.inschrijvingen] == ["2"]
    over = vraag("SELECT DISTINCT instelling, sleutel FROM bekostigen_status ORDER BY 1, 2")
    assert (HIER, "1") not in over
    assert (DAAR, "1") in over, "somebody else's of the same number"


def test_nobody_destroys_a_report_by_hand(databank: Databank) -> None:
    lever_aan(obo(HIER))
    for rol in ("kernregister_stelsel", "kernregister_eigenaar"):
        with databank.verbind(rol) as sessie, pytest.raises(psycopg.errors.InsufficientPrivilege):
            sessie.execute("DELETE FROM bekostigen_assurancerapport")
