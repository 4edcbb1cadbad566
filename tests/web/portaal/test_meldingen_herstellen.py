"""A refused melding is mended in its own form, and leaves the list when it is accepted."""

import re
from html import unescape

import pytest
from django.test import Client

from kernregister.web.toegang.rollen import Rol
from tests.voorzieningen.register.verhaal import vraag
from tests.voorzieningen.register.wereld import (
    DAAR,
    HIER,
    dossier,
    identificeer,
    lukt,
    plaats_bpv,
    schrijf_in,
    stuur,
    verwijder,
    wie,
    zet_klaar,
)
from tests.web.portaal.conftest import MaakBezoeker


@pytest.fixture
def amira(databank, monkeypatch, bezoeker: MaakBezoeker) -> Client:
    """Somebody who handles the meldingen of an institution with a few students."""
    zet_klaar(monkeypatch)
    lukt(identificeer(wie(0), studentnummer="S-100"), identificeer(wie(1)))
    return bezoeker(Rol.SIGNALEN, Rol.BEKOSTIGING, kenmerk=HIER, naam="amira")


def weiger(melding):
    assert not stuur(melding)[0].aanvaard
    return melding


def velden(tekst: str) -> dict[str, str]:
    """Return what stands in the form of a page."""
    uit = {}
    formulier = tekst[tekst.index('<form id="formulier"') :].partition("</form>")[0]
    for invoer in re.findall(r"<input [^>]*>", formulier):
        naam = re.search(r'name="([^"]+)"', invoer)
        if naam and 'type="checkbox"' not in invoer:
            waarde = re.search(r'value="([^"]*)"', invoer)
            uit[naam[1]] = unescape(waarde[1]) if waarde else ""
    for naam, opties in re.findall(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', formulier, re.DOTALL):
        gekozen = re.search(r'value="([^"]*)" selected', opties)
        uit[naam] = unescape(gekozen[1]) if gekozen else ""
    return uit


def test_a_refused_melding_is_mended_accepted_and_leaves_the_list(amira: Client) -> None:
    fout = weiger(schrijf_in(wie(0), datum_uitschrijving_werkelijk="2025-06-30"))
    adres = f"/meldingen/{fout.id}/herstellen/"
    assert adres in amira.get(f"/meldingen/{fout.id}/").text
    tekst = amira.get(adres).text
    assert "Daarom is het geweigerd" in tekst
    assert wie(0).burgerservicenummer not in tekst, "who is known is not asked for again"
    ingevuld = velden(tekst)
    assert ingevuld["inschrijving-inschrijvingvolgnummer"] == "1"
    assert ingevuld["inschrijving-datum_uitschrijving_werkelijk"] == "30-06-2025"
    assert ingevuld["id"] != str(fout.id)
    assert 'href="#veld-inschrijving-reden_uitschrijving"' in tekst
    klaar = amira.post(
        adres, {**ingevuld, "inschrijving-reden_uitschrijving": "01", "verstuur": "1"}, follow=True
    )
    assert "Hersteld" in klaar.text, re.sub(r"\s+", " ", klaar.text)[:3000]
    assert f"/meldingen/{fout.id}/" in klaar.text, "the new one says what it mended"
    assert 'id="te-herstellen"' not in amira.get("/meldingen/").text
    (eigen,) = dossier(wie(0)).inschrijvingen
    assert eigen.reden_uitschrijving == "01"
    assert "hersteld" in amira.get(f"/meldingen/{fout.id}/").text


def test_refused_again_it_keeps_what_was_typed_and_all_attempts_are_mended_in_the_end(amira: Client) -> None:
    fout = weiger(schrijf_in(wie(7)))
    adres = f"/meldingen/{fout.id}/herstellen/"
    ingevuld = velden(amira.get(adres).text)
    assert ingevuld["burgerservicenummer"] == wie(7).burgerservicenummer, "it is what may be wrong"
    ander = amira.post(
        adres, {**ingevuld, "burgerservicenummer": wie(8).burgerservicenummer, "verstuur": "1"}
    )
    assert ander.status_code == 422
    opnieuw = velden(ander.text)
    assert opnieuw["burgerservicenummer"] == wie(8).burgerservicenummer
    assert opnieuw["poging"] == ingevuld["id"]
    assert opnieuw["id"] not in {ingevuld["id"], str(fout.id)}
    amira.post(adres, {**opnieuw, "burgerservicenummer": wie(0).burgerservicenummer, "verstuur": "1"})
    assert vraag("SELECT count(*) FROM register_geweigerd WHERE afgedaan_op IS NULL") == [(0,)]


def test_a_dry_run_tells_what_it_would_do_and_keeps_nothing(amira: Client) -> None:
    fout = weiger(schrijf_in(wie(0), perioden=[]))
    adres = f"/meldingen/{fout.id}/herstellen/"
    ingevuld = velden(amira.get(adres).text)
    voor = vraag("SELECT count(*) FROM register_melding")
    live = amira.post(f"{adres}?controle=1", ingevuld, headers={"HX-Request": "true"})
    assert live.status_code == 200
    assert "<html" not in live.text
    assert 'hx-swap-oob="innerHTML:#gevolgen"' in live.text
    heel = amira.post(adres, {**ingevuld, "controleer": "1"})
    assert "Dit is nog niet goed" in heel.text
    erbij = amira.post(adres, {**ingevuld, "erbij": "inschrijving-perioden"})
    assert "inschrijving-perioden-0-leertraject" in velden(erbij.text)
    assert 'data-naar="inschrijving-perioden-0"' in erbij.text, "who adds a group goes on in it"
    assert 'id="zitting-weg"' in erbij.text, "who is logged out meanwhile is told so"
    assert vraag("SELECT count(*) FROM register_melding") == voor


@pytest.mark.parametrize(
    "maak",
    [
        lambda: plaats_bpv(wie(0)),
        lambda: verwijder("Inschrijving", wie(0), inschrijvingvolgnummer="88"),
        lambda: verwijder("Bpv", wie(0), inschrijvingvolgnummer="88", bpv_volgnummer="1"),
        lambda: verwijder("Resultaat", wie(0), resultaatvolgnummer="88"),
        lambda: identificeer(wie(2), geboortedatum="1999-01-01"),
    ],
)
def test_every_kind_of_refused_melding_has_its_form(amira: Client, maak) -> None:
    fout = weiger(maak())
    antwoord = amira.get(f"/meldingen/{fout.id}/herstellen/")
    assert antwoord.status_code == 200
    assert "Daarom is het geweigerd" in antwoord.text


def test_special_data_that_somebody_may_not_see_go_along_as_they_were_sent(
    amira: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kernregister.platform import rechten

    fout = weiger(
        schrijf_in(
            wie(0),
            extra_ondersteuning=[{"datum_begin": "2024-09-01"}],
            datum_uitschrijving_werkelijk="2025-06-30",
        )
    )
    monkeypatch.setattr(rechten, "BIJZONDER", {})
    adres = f"/meldingen/{fout.id}/herstellen/"
    tekst = amira.get(adres).text
    assert "xtra ondersteuning" not in tekst
    amira.post(adres, {**velden(tekst), "inschrijving-reden_uitschrijving": "01", "verstuur": "1"})
    (eigen,) = dossier(wie(0)).inschrijvingen
    assert len(eigen.extra_ondersteuning) == 1


def test_only_a_refused_melding_of_the_own_institution_is_mended(
    amira: Client, bezoeker: MaakBezoeker
) -> None:
    goed = schrijf_in(wie(0))
    lukt(goed)
    assert amira.get(f"/meldingen/{goed.id}/herstellen/").status_code == 404
    fout = weiger(schrijf_in(wie(1), perioden=[]))
    assert bezoeker(Rol.SIGNALEN, kenmerk=DAAR).get(f"/meldingen/{fout.id}/herstellen/").status_code == 404
    assert (
        bezoeker(Rol.HANDMATIGE_MUTATIE, kenmerk=HIER).get(f"/meldingen/{fout.id}/herstellen/").status_code
        == 403
    )
