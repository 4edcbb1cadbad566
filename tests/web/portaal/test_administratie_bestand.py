"""The export itself: what is no export, which column is which field, how long it is kept."""

from datetime import date
from typing import Any

import pytest

from kernregister.platform import klok
from kernregister.vergelijking.oorzaken import Aard
from kernregister.web.administratie import bestanden, koppelingen, vergelijken
from kernregister.web.administratie.models import Stuk, Vergelijking, Verschil
from kernregister.web.portaal.administratie import overzicht
from tests.vergelijking.eigen import als_toml, export_van
from tests.voorzieningen.kwaliteit.opzet import zet_klok
from tests.web.portaal.administratie import GEPLAND, College, huis, lopend, verzet, werk

__all__ = ["huis"]


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


def test_an_institution_does_not_fill_the_disk_with_exports(
    huis: College, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overzicht, "MEESTE", 1)
    adres = huis.vergelijk(huis.groepen().values())
    vol = huis.upload("a;b\n1;2\n")
    assert vol.status_code == 422
    assert "Vernietig er eerst een." in vol.text
    huis.browser.post(adres, {"actie": "vernietig"})
    assert "Vernietig er eerst een." not in huis.upload("a;b\n1;2\n").text


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
    werk()
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
    werk()
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
    werk()
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


def test_a_mended_translation_leaves_no_solved_differences_behind(huis: College) -> None:
    groepen = huis.groepen()
    export = export_van(groepen.values())
    verkeerd = als_toml().replace(
        f'{GEPLAND} = "inschrijving.{GEPLAND}"', f'{GEPLAND} = "inschrijving.datum_inschrijving"'
    )
    adres = huis.upload(export, verkeerd)["Location"]
    werk()
    assert "Dit lijkt een fout in de koppeling" in huis.pagina(adres)
    assert huis.verschillen()
    huis.browser.post(adres, {"actie": "koppelen"})
    goed = koppelingen.bewaar(huis.brin, "goed", als_toml(), "proef")
    Vergelijking.objects.using("stelsel").update(koppeling=goed, toestand="wacht")
    vergelijken.vergelijk(Vergelijking.objects.using("stelsel").get().pk)
    assert huis.verschillen() == []
    assert "Geen enkel verschil" in huis.pagina(adres)
