"""The own administration beside the register: planted differences are found, chosen, tried, mended, and gone."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from kernregister.kern.formaten.indeling import tag
from kernregister.platform import klok
from kernregister.vergelijking.oorzaken import Aard
from kernregister.web.administratie import bestanden
from kernregister.web.administratie.models import Opdracht, Stuk, Vergelijking, Verschil
from kernregister.web.toegang.rollen import Rol
from tests.databank import Databank
from tests.vergelijking.eigen import als_toml, export_van
from tests.voorzieningen.kwaliteit.opzet import zet_klok
from tests.web.portaal.administratie import College, college, werk
from tests.web.portaal.conftest import MaakBezoeker

GEPLAND = "datum_uitschrijving_gepland"


@pytest.fixture
def huis(
    bezoeker: MaakBezoeker, databank: Databank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> College:
    zet_klok(monkeypatch, date(2026, 3, 2))
    return college(bezoeker, databank, tmp_path)


def lopend(groep: list[Any]) -> int | None:
    """Return where an enrolment stands that has not ended."""
    for plaats, record in enumerate(groep):
        if tag(type(record)) == "ISG" and record.datum_uitschrijving_werkelijk is None:
            return plaats
    return None


def verzet(groepen: dict[int, list[Any]], aantal: int) -> set[int]:
    """Let the own administration plan the end of so many enrolments otherwise; return whose."""
    wie = [n for n, groep in groepen.items() if lopend(groep) is not None][:aantal]
    for n in wie:
        plaats = lopend(groepen[n])
        assert plaats is not None
        groepen[n][plaats] = structs.replace(groepen[n][plaats], **{GEPLAND: date(2028, 1, 31)})
    return set(wie)


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
    werk(huis.databank)
    voorstel = huis.pagina(antwoord["Location"])
    assert "Dit zou er gebeuren" in voorstel
    assert "2 verschillen, met 2 meldingen" in voorstel
    assert huis.dossiers() == voor
    huis.browser.post(antwoord["Location"], {"actie": "laat"})
    assert Opdracht.objects.using("stelsel").count() == 0
    assert {v.afloop for v in huis.verschillen()} == {"open"}


def test_only_what_is_ticked_is_mended(huis: College) -> None:
    groepen = huis.groepen()
    verzet(groepen, 3)
    adres = huis.vergelijk(groepen.values())
    een = huis.verschillen()[0]
    antwoord = huis.browser.post(f"{adres}verschillen/", {"rij": een.pk, "actie": "overnemen"})
    werk(huis.databank)
    huis.browser.post(antwoord["Location"], {"actie": "doe"})
    werk(huis.databank)
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
    werk(huis.databank)
    standen = {v.pk: v.afloop for v in huis.verschillen()}
    assert standen == {eerste.pk: "opgelost", tweede.pk: "open"}


def test_no_page_asks_more_than_twenty_questions(huis: College) -> None:
    from tests.web.portaal.vragen import tel_vragen

    groepen = huis.groepen()
    verzet(groepen, 12)
    adres = huis.vergelijk(groepen.values())
    antwoord = huis.browser.post(f"{adres}verschillen/", {"bereik": "alle", "actie": "overnemen"})
    werk(huis.databank)
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


def test_an_upload_lies_encrypted_and_goes_in_time(huis: College, monkeypatch: pytest.MonkeyPatch) -> None:
    groepen = huis.groepen()
    verzet(groepen, 1)
    huis.vergelijk(groepen.values())
    inhoud = b"".join(bytes(stuk.inhoud) for stuk in Stuk.objects.using("stelsel").all())
    nummers = [g[0].burgerservicenummer or g[0].onderwijsnummer for g in groepen.values()]
    assert not any(nummer.encode() in inhoud for nummer in nummers if nummer)
    zet_klok(monkeypatch, date(2026, 3, 31))
    assert bestanden.vernietig_verlopen() == 0
    zet_klok(monkeypatch, date(2026, 4, 1))
    assert klok.vandaag() == date(2026, 4, 1)
    assert bestanden.vernietig_verlopen() == 1
    assert not Stuk.objects.using("stelsel").exists()
    assert not Verschil.objects.using("stelsel").exists()


def test_the_owner_can_destroy_an_upload_at_once(huis: College) -> None:
    adres = huis.vergelijk(huis.groepen().values())
    huis.browser.post(adres, {"actie": "vernietig"})
    assert not Vergelijking.objects.using("stelsel").exists()
    assert huis.browser.get(adres).status_code == 404


@pytest.mark.parametrize(
    "inhoud",
    [b" ", b"\x00\x01\x02" * 50, b"PK\x03\x04kapot", b"\xd0\xcf\x11\xe0oud excel", b"999990007\n1\n"],
)
def test_what_is_no_export_is_explained_and_not_kept(huis: College, inhoud: bytes) -> None:
    antwoord = huis.upload(inhoud)
    assert antwoord.status_code == 422
    assert "#veld-bestand" in antwoord.text
    assert not Vergelijking.objects.using("stelsel").exists()
    assert "999990007" not in antwoord.text


def test_a_file_that_breaks_off_further_down_is_explained_too(huis: College) -> None:
    regel = "x" * 200_000
    antwoord = huis.upload(f'BSN;Begin\n1;2\n"{regel}')
    pagina = huis.browser.get(antwoord["Location"], follow=True)
    assert "geen CSV meer" in pagina.text
    assert Vergelijking.objects.using("stelsel").get().toestand == "onbruikbaar"


def test_a_wrong_translation_is_explained_all_at_once(huis: College) -> None:
    antwoord = huis.upload(
        "BSN;Begin\n1;2\n", '[inschrijvingen]\nx = "y"\n[periode]\nleertrajectt = "Begin"\n'
    )
    assert antwoord.status_code == 422
    for woord in ("bedoelt u", "leertraject", "[persoon]"):
        assert woord in antwoord.text
    kapot = huis.upload("BSN;Begin\n1;2\n", b"\xff\xfe[persoon")
    assert "geen UTF-8" in kapot.text


def test_a_translation_whose_columns_are_missing_goes_to_the_page_that_mends_it(huis: College) -> None:
    antwoord = huis.upload("Nummer;Begin\n1;2\n", '[persoon]\nburgerservicenummer = "BSN"\n')
    assert antwoord["Location"].endswith("/koppelen/")
    pagina = huis.browser.get(antwoord["Location"])
    assert "de export heeft geen kolom" in pagina.text


def test_faults_in_the_file_are_told_with_line_and_field(huis: College) -> None:
    groepen = huis.groepen()
    regels = export_van(groepen.values()).splitlines()
    regels.append(regels[1])
    regels.append(";;" + ";" * (regels[0].count(";") - 2))
    kapot = "\n".join(regels).replace("2028", "20Z8").replace(";BOL;", ";Zelf bedacht;", 1)
    antwoord = huis.upload(kapot + "\n;;2000-01-01;V" + ";" * 40, als_toml())
    werk(huis.databank)
    pagina = huis.pagina(antwoord["Location"])
    assert "Over uw bestand" in pagina
    assert "Rijen zonder burgerservicenummer of onderwijsnummer zijn overgeslagen" in pagina
    assert str(len(regels) + 1) in pagina


def test_no_cell_of_an_export_begins_a_formula(huis: College) -> None:
    groepen = huis.groepen()
    wie = verzet(groepen, 1)
    export = export_van(groepen.values()).splitlines()
    bsn = groepen[next(iter(wie))][0].burgerservicenummer or groepen[next(iter(wie))][0].onderwijsnummer
    rijen = [export[0] + ";Naam", *(r + (";=1+1" if bsn in r else ";") for r in export[1:])]
    antwoord = huis.upload("\n".join(rijen), '[export]\nnaam = "Naam"\n' + als_toml())
    werk(huis.databank)
    uit = huis.browser.get(f"{antwoord['Location']}uitvoer/").content.decode("utf-8-sig")
    assert ";=" not in uit


def test_columns_are_mapped_on_a_page_and_the_mapping_is_kept_and_can_be_taken_along(huis: College) -> None:
    groepen = huis.groepen()
    n = next(n for n, g in groepen.items() if lopend(g) is not None)
    wie, plaats = groepen[n][0], lopend(groepen[n])
    assert plaats is not None
    isg: Any = groepen[n][plaats]
    nummer = wie.burgerservicenummer or wie.onderwijsnummer
    begin = f"{isg.datum_inschrijving:%d-%m-%Y}"
    rijen = [
        "Persoonsnummer;Verbintenisnummer;Start;Reden;Einde",
        f"{nummer};{isg.inschrijvingvolgnummer};{begin};;31-01-2029",
        f"{nummer};9;{begin};verhuisd;31-01-2029",
    ]
    antwoord = huis.upload("\n".join(rijen), vanaf="2026-02-01")
    adres = antwoord["Location"]
    voorstel = huis.browser.get(adres).text
    assert nummer not in voorstel, "a number of a person is masked"
    assert "31-01-2029" in voorstel
    keuze = {
        "naam": "Onze export",
        "datumvorm": "dd-mm-jjjj",
        "kolom_0": "persoon.burgerservicenummer" if wie.burgerservicenummer else "persoon.onderwijsnummer",
        "kolom_1": "inschrijving.inschrijvingvolgnummer",
        "kolom_2": "inschrijving.datum_inschrijving",
        "kolom_3": "inschrijving.reden_uitschrijving",
        "kolom_4": "inschrijving.datum_inschrijving",
        "actie": "vergelijk",
    }
    dubbel = huis.browser.post(adres, keuze)
    assert dubbel.status_code == 422
    assert "al aan een andere kolom gekoppeld" in dubbel.text
    assert "kies voor elke waarde" in dubbel.text, "all that is wrong, at once"
    keuze |= {"kolom_4": "inschrijving.datum_uitschrijving_gepland", "waarde_3_0": "04"}
    klaar = huis.browser.post(adres, keuze)
    assert klaar.status_code == 302, klaar.text
    werk(huis.databank)
    gevonden = {(v.aard, v.veld) for v in huis.verschillen(persoon=n, niveau="inschrijving")}
    assert (Aard.VERSCHIL, GEPLAND) in gevonden
    overzicht = huis.pagina("/administratie/")
    assert "Onze export" in overzicht
    assert "versie 1" in overzicht
    koppeling = Vergelijking.objects.using("stelsel").get().koppeling_id
    toml = huis.browser.get(f"/administratie/koppeling/{koppeling}/")
    assert 'waarden = { "verhuisd" = "04" }' in toml.content.decode()
    weer = huis.upload("\n".join(rijen), koppeling=str(koppeling))
    assert not weer["Location"].endswith("/koppelen/"), "a mapping that is kept needs no second look"


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
    werk(huis.databank)
    assert "2 verschillen, met 1 meldingen" in huis.pagina(antwoord["Location"]), "the reason goes along"
