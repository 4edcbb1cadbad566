"""The own administration beside the register: planted differences are found, chosen, tried, mended, and gone."""

import re
from datetime import date

import pytest
from msgspec import structs

from kernregister.kern.formaten.indeling import tag
from kernregister.vergelijking.oorzaken import Aard
from kernregister.voorzieningen.register import public as register
from kernregister.web.administratie import uitvoeren
from kernregister.web.administratie.models import Opdracht, Vergelijking, Verschil
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.toegang.rollen import Rol
from tests.vergelijking.eigen import als_toml, export_van
from tests.web.portaal.administratie import GEPLAND, College, huis, lopend, verzet, werk
from tests.web.portaal.conftest import MaakBezoeker

__all__ = ["huis"]


def test_an_administration_that_agrees_is_congratulated(huis: College) -> None:
    adres = huis.vergelijk(huis.groepen().values())
    assert "Geen enkel verschil" in huis.pagina(adres)
    assert huis.verschillen() == []


def test_planted_differences_are_found_solved_and_then_gone(huis: College) -> None:
    groepen = huis.groepen()
    wie = verzet(groepen, 5)
    adres = huis.vergelijk(groepen.values())
    gevonden = huis.verschillen()
    assert {v.persoon for v in gevonden} == wie
    assert {(v.aard, v.niveau, v.veld) for v in gevonden} == {(Aard.VERSCHIL, "inschrijving", GEPLAND)}
    assert "Datum uitschrijving gepland (Inschrijving): verschilt" in huis.pagina(adres)
    lijst = huis.pagina(f"{adres}verschillen/", aard="verschil", niveau="inschrijving", veld=GEPLAND)
    assert lijst.count("31-01-2028") == 5
    assert "Alle verschillen" in huis.pagina(f"{adres}verschillen/", aard="verschil", niveau="2147483648")
    klaar = huis.los_op(adres, vraag={"veld": GEPLAND})
    assert "Dit is er gebeurd" in klaar
    assert {v.afloop for v in huis.verschillen()} == {"doorgevoerd"}
    assert "Alles is opgelost" in huis.pagina(adres)
    assert not huis.vergelijk_opnieuw(groepen)


def test_a_dry_run_changes_nothing_and_can_be_let_be(huis: College) -> None:
    groepen = huis.groepen()
    verzet(groepen, 2)
    adres = huis.vergelijk(groepen.values())
    voor = huis.dossiers()
    antwoord = huis.browser.post(f"{adres}verschillen/", {"bereik": "alle", "actie": "overnemen"})
    werk()
    voorstel = huis.pagina(antwoord["Location"])
    assert "Dit zou er gebeuren" in voorstel
    assert "2 verschillen, met 2 meldingen" in voorstel
    assert huis.dossiers() == voor
    huis.browser.post(antwoord["Location"], {"actie": "laat"})
    assert Opdracht.objects.using("stelsel").count() == 0
    assert {v.afloop for v in huis.verschillen()} == {"open"}


def test_who_waits_is_sent_something_only_when_there_is_something_new(huis: College) -> None:
    deel = {"HX-Request": "true"}

    def volgt(adres: str) -> None:
        (vraag,) = re.findall(r'hx-get="([^"]+)" hx-trigger="every 2s"', huis.browser.get(adres).text)
        assert huis.browser.get(vraag, headers=deel).status_code == 204
        assert "<html" not in huis.browser.get(adres, headers=deel).text
        werk()
        assert huis.browser.get(vraag, headers=deel).headers["HX-Refresh"] == "true"

    groepen = huis.groepen()
    verzet(groepen, 2)
    adres = str(huis.upload(export_van(groepen.values()), als_toml())["Location"])
    volgt(adres)
    keuze = {"bereik": "alle", "actie": "overnemen"}
    volgt(str(huis.browser.post(f"{adres}verschillen/", keuze)["Location"]))


def test_only_what_is_ticked_is_mended(huis: College) -> None:
    groepen = huis.groepen()
    verzet(groepen, 3)
    adres = huis.vergelijk(groepen.values())
    een = huis.verschillen()[0]
    antwoord = huis.browser.post(f"{adres}verschillen/", {"rij": een.pk, "actie": "overnemen"})
    werk()
    huis.browser.post(antwoord["Location"], {"actie": "doe"})
    werk()
    assert [v.pk for v in huis.verschillen(afloop="doorgevoerd")] == [een.pk]
    niets = huis.browser.post(f"{adres}verschillen/", {"actie": "overnemen"})
    assert niets.status_code == 422
    assert "Kruis ten minste één verschil aan" in niets.text


def test_whom_the_register_lacks_is_enrolled_and_found_again(huis: College) -> None:
    """The way in for who has no SIS link: an upload is all it takes."""
    groepen = huis.groepen()
    n = next(n for n, g in groepen.items() if lopend(g) is not None)
    nieuw = huis.nieuwe_student(groepen[n])
    adres = huis.vergelijk([*groepen.values(), nieuw])
    (verschil,) = huis.verschillen()
    assert (verschil.aard, verschil.niveau, verschil.persoon) == (Aard.NIET_IN_REGISTER, "persoon", None)
    assert nieuw[0].burgerservicenummer.encode() not in bytes(verschil.apart)
    aantal = len(huis.dossiers())
    klaar = huis.los_op(adres)
    assert "Dit is er gebeurd" in klaar, klaar
    assert len(huis.dossiers()) == aantal + 1
    assert not huis.vergelijk_opnieuw({**groepen, -1: nieuw})


def test_who_left_the_administration_is_ended_with_a_reason_or_not_at_all(huis: College) -> None:
    groepen = huis.groepen()
    n = next(n for n, g in groepen.items() if lopend(g) is not None)
    del groepen[n]
    adres = huis.vergelijk(groepen.values())
    assert [v.aard for v in huis.verschillen()] == [Aard.NIET_IN_EXPORT]
    lijst = f"{adres}verschillen/"
    zonder = huis.browser.post(lijst, {"bereik": "alle", "actie": "beeindigen"})
    assert zonder.status_code == 422
    assert "Kies de reden" in zonder.text
    assert "laatste dag" in zonder.text
    huis.los_op(adres, "beeindigen", dag="2026-02-20", reden="04")
    assert {v.afloop for v in huis.verschillen()} == {"doorgevoerd"}
    einden = [i.datum_uitschrijving_werkelijk for i in huis.dossiers()[n].inschrijvingen]
    assert date(2026, 2, 20) in einden
    huis.browser.get(adres)
    werk()
    assert {v.afloop for v in huis.verschillen()} == {"doorgevoerd"}, "it is still registered, and rightly so"


def test_what_is_refused_stays_with_its_reason_and_a_way_on(huis: College) -> None:
    groepen = huis.groepen()
    n = next(
        n for n, g in groepen.items() if (p := lopend(g)) is not None and g[p].datum_inschrijving.year > 2000
    )
    plaats = lopend(groepen[n])
    assert plaats is not None
    groepen[n][plaats] = structs.replace(groepen[n][plaats], datum_uitschrijving_werkelijk=date(1999, 1, 1))
    adres = huis.vergelijk(groepen.values())
    klaar = huis.los_op(adres)
    assert "Wat niet gaat" in klaar
    (verschil,) = huis.verschillen()
    assert verschil.antwoord["aanvaard"] is False
    assert verschil.antwoord["regels"]
    assert 'value="doe"' not in klaar


def test_the_register_may_be_right_and_that_makes_a_list_to_take_along(huis: College) -> None:
    groepen = huis.groepen()
    verzet(groepen, 2)
    adres = huis.vergelijk(groepen.values())
    huis.browser.post(f"{adres}verschillen/", {"bereik": "alle", "actie": "eigen"})
    assert "Alles is opgelost" in huis.pagina(adres)
    csv = huis.browser.get(f"{adres}uitvoer/?afloop=eigen").content.decode("utf-8-sig")
    assert csv.count("31-01-2028") == 2
    xlsx = huis.browser.get(f"{adres}uitvoer/?afloop=eigen&vorm=xlsx")
    assert xlsx.content.startswith(b"PK")
    huis.browser.post(f"{adres}verschillen/?afloop=eigen", {"bereik": "alle", "actie": "terug"})
    assert {v.afloop for v in huis.verschillen()} == {"open"}


def test_what_was_solved_elsewhere_is_marked_when_the_page_is_opened_again(huis: College) -> None:
    groepen = huis.groepen()
    verzet(groepen, 2)
    adres = huis.vergelijk(groepen.values())
    eerste, tweede = huis.verschillen()
    huis.los_elders_op(eerste)
    assert "worden bijgewerkt" in huis.pagina(adres)
    werk()
    standen = {v.pk: v.afloop for v in huis.verschillen()}
    assert standen == {eerste.pk: "opgelost", tweede.pk: "open"}


def test_no_page_asks_more_than_twenty_questions(huis: College) -> None:
    from tests.web.portaal.vragen import tel_vragen

    groepen = huis.groepen()
    verzet(groepen, 12)
    adres = huis.vergelijk(groepen.values())
    antwoord = huis.browser.post(f"{adres}verschillen/", {"bereik": "alle", "actie": "overnemen"})
    werk()
    for pagina in (
        "/administratie/",
        adres,
        f"{adres}verschillen/",
        antwoord["Location"],
        f"{adres}uitvoer/",
    ):
        assert tel_vragen(huis.browser, pagina) < 20, pagina


def test_another_institution_finds_nothing_here(huis: College, bezoeker: MaakBezoeker) -> None:
    groepen = huis.groepen()
    verzet(groepen, 1)
    adres = huis.vergelijk(groepen.values())
    opdracht = huis.browser.post(f"{adres}verschillen/", {"bereik": "alle", "actie": "overnemen"})["Location"]
    vreemd = bezoeker(Rol.SIGNALEN, kenmerk="99ZZ")
    koppeling = f"/administratie/koppeling/{Vergelijking.objects.using('stelsel').get().koppeling_id}/"
    for pad in (adres, f"{adres}verschillen/", f"{adres}uitvoer/", f"{adres}koppelen/", opdracht, koppeling):
        assert vreemd.get(pad).status_code == 404, pad
    assert vreemd.post(adres, {"actie": "vernietig"}).status_code == 404
    assert vreemd.post(opdracht, {"actie": "doe"}).status_code == 404
    assert vreemd.get("/administratie/").text.count(str(adres)) == 0
    assert bezoeker(Rol.STUDENTDOSSIER, kenmerk=huis.brin).get(adres).status_code == 403
    with huis.databank.verbind("kernregister_app") as app:
        for tabel in ("vergelijking", "verschil", "opdracht", "koppeling"):
            assert app.execute(f"SELECT count(*) FROM administratie_{tabel}").fetchone() == (0,)


def test_what_touches_the_funding_or_closes_a_signal_is_marked(huis: College) -> None:
    groepen = huis.groepen()
    n, plaats = next(
        (n, p)
        for n, g in groepen.items()
        for p, r in enumerate(g)
        if tag(type(r)) == "ISG"
        and r.datum_inschrijving < date(2025, 9, 1)
        and r.datum_uitschrijving_werkelijk is None
        and any(tag(type(x)) == "ISP" and x.indicatie_bekostigbaar == "J" for x in g)
    )
    groepen[n][plaats] = structs.replace(
        groepen[n][plaats], datum_uitschrijving_werkelijk=date(2025, 9, 15), reden_uitschrijving="04"
    )
    adres = huis.vergelijk(groepen.values())
    per_veld = {v.veld: v.raakt_bekostiging for v in huis.verschillen()}
    assert per_veld["datum_uitschrijving_werkelijk"] is True
    assert per_veld["reden_uitschrijving"] is False
    assert "raken een teldatum" in huis.pagina(adres)
    alleen = huis.pagina(f"{adres}verschillen/", bekostiging="ja")
    assert "15-09-2025" in alleen
    antwoord = huis.browser.post(
        f"{adres}verschillen/?bekostiging=ja", {"bereik": "alle", "actie": "overnemen"}
    )
    werk()
    assert "2 verschillen, met 1 melding " in huis.pagina(antwoord["Location"]), "the reason goes along"


def test_who_has_no_funding_reads_nothing_of_it(huis: College, monkeypatch: pytest.MonkeyPatch) -> None:
    groepen = huis.groepen()
    verzet(groepen, 1)
    adres = huis.vergelijk(groepen.values())
    antwoord = huis.browser.post(f"{adres}verschillen/", {"bereik": "alle", "actie": "overnemen"})
    werk()
    paginas = [adres, f"{adres}verschillen/", antwoord["Location"]]
    assert "Bekostiging (indicatief)" in huis.pagina(paginas[2])
    assert "wat een teldatum raakt" in huis.pagina(paginas[1])
    monkeypatch.setattr(Bezoek, "bekostigd", False)
    for pagina in paginas:
        tekst = huis.pagina(pagina)
        assert "ekostiging" not in tekst
        assert "teldatum" not in tekst


def test_an_assignment_that_broke_off_is_done_again_and_changes_nothing_twice(huis: College) -> None:
    groepen = huis.groepen()
    verzet(groepen, 3)
    adres = huis.vergelijk(groepen.values())
    huis.los_op(adres)
    na, stand = huis.dossiers(), register.stand()
    Verschil.objects.using("stelsel").update(afloop="open", antwoord={})
    Opdracht.objects.using("stelsel").update(toestand="bezig")
    uitvoeren.werk(Opdracht.objects.using("stelsel").get().pk, proef=False)
    assert {v.afloop for v in huis.verschillen()} == {"doorgevoerd"}
    assert (huis.dossiers(), register.stand()) == (na, stand)


def test_the_pages_are_in_english_too(huis: College) -> None:
    groepen = huis.groepen()
    verzet(groepen, 2)
    adres = huis.vergelijk(groepen.values())
    huis.browser.cookies["taal"] = "en"
    pagina = huis.pagina(adres)
    assert "Planned end date (Enrolment): differs" in pagina
    assert "Fields that differ" in pagina
    lijst = huis.pagina(f"{adres}verschillen/")
    for woord in ("My administration is right", "enrolment", "Your administration"):
        assert woord in lijst
    for woord in ("verschil", "inschrijving", "Uw administratie"):
        assert woord not in lijst, woord
