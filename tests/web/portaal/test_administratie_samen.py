"""Colleagues at the same differences at the same time, and what was tried that is no longer what would be done."""

from datetime import timedelta
from typing import Any

import pytest

from kernregister.platform.stukken import ONTVANGST_DUURT
from kernregister.web.administratie import bestanden, uitvoeren
from kernregister.web.administratie.models import Opdracht, Stuk, Toestand, Vergelijking
from tests.vergelijking.eigen import als_toml, export_van
from tests.voorzieningen.register.verhaal import vraag
from tests.web.portaal.administratie import College, huis, verzet, werk

__all__ = ["huis"]


def beproefd(huis: College, aantal: int) -> tuple[str, str]:
    """Have so many differences found and tried; return the addresses of the comparison and the assignment."""
    groepen = huis.groepen()
    verzet(groepen, aantal)
    adres = huis.vergelijk(groepen.values())
    opdracht = probeer(huis, adres)
    werk()
    return adres, opdracht


def probeer(huis: College, adres: str) -> str:
    """Have all differences tried, and return the address of the assignment."""
    antwoord = huis.browser.post(f"{adres}verschillen/", {"bereik": "alle", "actie": "overnemen"})
    assert antwoord.status_code == 302, antwoord.text
    return str(antwoord["Location"])


def test_what_a_colleague_took_up_meanwhile_is_not_done_by_who_tried_it_before(huis: College) -> None:
    adres, mijn = beproefd(huis, 2)
    van_collega = probeer(huis, adres)
    werk()
    antwoord = huis.browser.post(mijn, {"actie": "doe"}, follow=True)
    assert "Er is nog niets hersteld" in antwoord.text
    assert antwoord.redirect_chain[-1][0] == adres, "nothing is left of it"
    assert huis.browser.get(mijn).status_code == 404
    huis.browser.post(van_collega, {"actie": "doe"})
    werk()
    assert "Dit is er gebeurd" in huis.pagina(van_collega)
    assert {v.afloop for v in huis.verschillen()} == {"doorgevoerd"}


def test_of_what_was_solved_in_part_the_rest_is_tried_anew(huis: College) -> None:
    adres, opdracht = beproefd(huis, 3)
    huis.los_elders_op(huis.verschillen()[0])
    huis.browser.get(adres)
    werk()
    assert [v.afloop for v in huis.verschillen()].count("opgelost") == 1
    antwoord = huis.browser.post(opdracht, {"actie": "doe"}, follow=True)
    assert "Er is nog niets hersteld" in antwoord.text
    werk()
    assert "2 verschillen, met 2 meldingen" in huis.pagina(opdracht)
    huis.browser.post(opdracht, {"actie": "doe"})
    werk()
    assert {v.afloop for v in huis.verschillen()} == {"opgelost", "doorgevoerd"}


def test_what_is_being_done_cannot_be_taken_up_by_another(huis: College) -> None:
    adres, opdracht = beproefd(huis, 2)
    huis.browser.post(opdracht, {"actie": "doe"})
    huis.browser.post(opdracht, {"actie": "doe"})
    keuze = {"bereik": "alle", "actie": "overnemen"}
    assert "een collega herstelt ze" in huis.browser.post(f"{adres}verschillen/", keuze, follow=True).text
    assert Opdracht.objects.using("stelsel").count() == 1
    werk()
    assert {v.afloop for v in huis.verschillen()} == {"doorgevoerd"}


def test_what_a_failure_broke_off_can_be_taken_up_again(huis: College) -> None:
    adres, opdracht = beproefd(huis, 2)
    huis.browser.post(opdracht, {"actie": "doe"})
    with huis.databank.verbind("kernregister_stelsel") as stelsel:
        stelsel.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE status = 'todo'")
    assert probeer(huis, adres) != opdracht


def test_a_worker_that_dies_halfway_is_gone_on_from_and_all_is_counted_once(
    huis: College, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uitvoeren, "PER_KEER", 1)
    _, opdracht = beproefd(huis, 3)
    huis.browser.post(opdracht, {"actie": "doe"})
    lever, keer = uitvoeren._lever, iter(range(100))

    def valt(*wat: Any, **hoe: Any) -> Any:
        uit = lever(*wat, **hoe)
        if next(keer) == 1:
            raise KeyboardInterrupt  # delivered, and nothing noted of it
        return uit

    with monkeypatch.context() as even:
        even.setattr(uitvoeren, "_lever", valt)
        with pytest.raises(KeyboardInterrupt):
            werk()
    halverwege = huis.pagina(opdracht)
    assert "door een storing afgebroken" in halverwege
    assert "1 van 3" in halverwege
    huis.browser.post(opdracht, {"actie": "hervat"})
    huis.browser.post(opdracht, {"actie": "hervat"})
    assert "storing" not in huis.pagina(opdracht)
    werk()
    assert "Hersteld 3 verschillen" in huis.pagina(opdracht)
    assert vraag("SELECT count(*) - count(DISTINCT uuid) FROM register_melding") == [(0,)]
    assert {v.afloop for v in huis.verschillen()} == {"doorgevoerd"}


def test_comparing_that_a_failure_broke_off_is_gone_on_with_from_the_page(huis: College) -> None:
    adres = str(huis.upload(export_van(huis.groepen().values()), als_toml())["Location"])
    assert "storing" not in huis.pagina(adres)
    with huis.databank.verbind("kernregister_stelsel") as stelsel:
        stelsel.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE status = 'todo'")
    assert "door een storing afgebroken" in huis.pagina(adres)
    huis.browser.post(adres, {"actie": "hervat"})
    huis.browser.post(adres, {"actie": "hervat"})
    assert vraag("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'") == [(1,)]
    assert "storing" not in huis.pagina(adres)
    werk()
    assert "Geen enkel verschil" in huis.pagina(adres)


def test_an_export_that_broke_off_while_it_came_in_is_seen_by_nobody_and_goes(huis: College) -> None:
    adres = huis.vergelijk(huis.groepen().values())
    alle = Vergelijking.objects.using("stelsel")
    alle.update(toestand=Toestand.ONTVANGST)
    assert huis.browser.get(adres).status_code == 404
    assert adres not in huis.browser.get("/administratie/").text
    bestanden.vernietig_verlopen()
    assert alle.exists(), "it may still be coming in"
    alle.update(ontvangen_op=alle.get().ontvangen_op - ONTVANGST_DUURT - timedelta(seconds=1))
    bestanden.vernietig_verlopen()
    assert not alle.exists()
    assert not Stuk.objects.using("stelsel").exists()


def test_an_export_that_is_not_as_it_was_uploaded_says_so(huis: College) -> None:
    antwoord = huis.upload("BSN;Begin\n1;2\n")
    with huis.databank.verbind("kernregister_stelsel") as stelsel:
        stelsel.execute("UPDATE administratie_stuk SET nummer = 1")
    tekst = huis.browser.get(antwoord["Location"], follow=True).text
    assert "niet meer zoals het is aangeleverd" in tekst
