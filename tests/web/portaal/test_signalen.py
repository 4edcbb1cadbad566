"""The work list of the portal: it is grouped by cause, narrows, is worked on by colleagues, and empties."""

import csv
import io
import re
from datetime import date, timedelta
from html import unescape

import pytest
from openpyxl import load_workbook

from kernregister.fictief.nummers import burgerservicenummer
from kernregister.kern.dossier import Persoon
from kernregister.kern.meldingen import berichten
from kernregister.platform.pas import Pas, Soort, met_pas
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register import public as register
from kernregister.web.toegang.rollen import Rol
from tests.voorzieningen.kwaliteit.opzet import LADER, VANDAAG, lever, melding, persoon_id, zet_klok
from tests.voorzieningen.kwaliteit.test_bijhouden import inschrijving
from tests.web.portaal.conftest import MaakBezoeker
from tests.web.portaal.vragen import geteld, tel_vragen

SEPTEMBER = {"datum_uitschrijving_gepland": date(2025, 9, 1)}
OKTOBER = {"datum_uitschrijving_gepland": date(2025, 10, 1)}
MEDEWERKER = (Rol.SIGNALEN, Rol.BEKOSTIGING, Rol.STUDENTDOSSIER)


def student(nummer: int) -> Persoon:
    return Persoon(
        burgerservicenummer=burgerservicenummer(nummer, 40),
        geboortedatum="2008-05-01",
        geslacht="V",
        achternaam=f"Voorbeeld{nummer}",
    )


def noem(wie: Persoon, achternaam: str) -> None:
    """Have the source of person data say how somebody is called."""
    eigen = Persoon(achternaam=achternaam, geboortedatum="2008-05-01", geslacht="V")
    register.verwerk([melding(berichten.VerstrekkenPersoonsgegevens, "BRP", wie, persoon=eigen)], LADER)


@pytest.fixture
def klas(databank, monkeypatch) -> list[Persoon]:
    """Five students of 01AA, of whom four were planned to leave on the same day long past; 02BB has one of its own."""
    zet_klok(monkeypatch, VANDAAG)
    wie = [student(nummer) for nummer in range(6)]
    personen.maak([personen.Nummers(een.burgerservicenummer) for een in wie])
    for een in wie:
        noem(een, een.achternaam)
    for een in wie[:4]:
        lever(een, inschrijving("1", "01AA", **SEPTEMBER))
    lever(wie[4], inschrijving("1", "01AA", **OKTOBER))
    lever(wie[5], inschrijving("1", "02BB", **SEPTEMBER))
    return wie


def signalen(code: str = "01AA", **wens) -> list[kwaliteit.Werkregel]:
    with met_pas(Pas(Soort.INSTELLING, code)):
        return list(kwaliteit.werkregels(kwaliteit.Wens(**wens)).regels)


def sleutel(code: str = "01AA") -> str:
    with met_pas(Pas(Soort.INSTELLING, code)):
        return kwaliteit.oorzaken(kwaliteit.Wens(regel="B04"), volgorde="aantal").oorzaken[0].sleutel


def nieuws_van(tekst: str) -> str:
    """Return where a page asks what changed."""
    return unescape(re.search(r'id="nieuws" hx-get="([^"]+)"', tekst)[1])


@pytest.fixture
def amira(klas, bezoeker: MaakBezoeker):
    return bezoeker(*MEDEWERKER, kenmerk="01AA", naam="amira")


def test_the_list_begins_with_causes_and_a_cause_opens_its_signals(amira):
    lijst = amira.get("/signalen/?volgorde=aantal").text
    assert "Gepland: 01-09-2025" in lijst
    assert "Elk apart te herstellen" not in lijst, "of one signal alone that says nothing"
    cause = amira.get(f"/signalen/?oorzaak={sleutel()}").text
    assert cause.count('name="signaal"') == 4
    assert "4 signalen" in cause
    assert "Wat te doen" in cause
    assert 'href="/invoer/bulk/"' in cause


def test_a_melding_that_mends_makes_the_signal_leave_the_list(amira, klas):
    voor = amira.get("/signalen/?regel=B04").text
    assert "5 signalen met 2 oorzaken" in voor
    lever(klas[0], inschrijving("1", "01AA"))
    na = amira.get("/signalen/?regel=B04").text
    assert "4 signalen met 2 oorzaken" in na
    assert "1 van 5 opgelost deze week" in na


def test_a_list_that_did_not_change_answers_nothing_and_one_that_did_tells_it_beside(amira, klas):
    lijst = amira.get("/signalen/?regel=B04").text
    vraag = nieuws_van(lijst)
    assert amira.get(vraag).status_code == 204
    lever(klas[0], inschrijving("1", "01AA"))
    lever(klas[4], inschrijving("2", "01AA", **SEPTEMBER))
    antwoord = amira.get(vraag)
    assert antwoord.status_code == 200
    assert "1 nieuw, 1 opgelost" in re.sub(r"<[^>]+>", "", antwoord.text).replace("\n", " ")
    assert f'id="aantal-{sleutel()}" hx-swap-oob="true"' in antwoord.text
    assert "<tr" not in antwoord.text  # no row moves
    verder = nieuws_van(antwoord.text)
    assert amira.get(verder).status_code == 204
    lever(klas[1], inschrijving("1", "01AA"))
    assert "1 nieuw, 2 opgelost" in re.sub(r"<[^>]+>", "", amira.get(verder).text)


def test_a_row_that_is_solved_is_struck_through_and_stays(amira, klas):
    lijst = amira.get(f"/signalen/?oorzaak={sleutel()}").text
    eerste = next(een for een in signalen(regel="B04") if een.persoon == persoon_id(klas[0])).id
    lever(klas[0], inschrijving("1", "01AA"))
    fragment = amira.get(nieuws_van(lijst)).text
    assert fragment.count("kr-opgelost") == 1
    assert f'id="stand-{eerste}" hx-swap-oob="true" class="kr-opgelost"' in fragment


def test_asking_for_news_is_cheap_and_a_forged_question_gets_nothing(amira):
    vraag = nieuws_van(amira.get("/signalen/").text)
    amira.get(vraag)
    with geteld() as gezien:
        assert amira.get(vraag).status_code == 204
    assert sum("kwaliteit_signaal" in een for een in gezien) == 1
    assert len(gezien) <= 8
    for gezien_ in ("", "onzin", "a,b,c", "x" * 600, "1,2,3'; DROP TABLE"):
        assert amira.get("/signalen/nieuws/", {"gezien": gezien_}).status_code == 204


def test_a_refused_request_keeps_what_was_typed_and_says_what_is_wrong(amira, klas):
    nummer = signalen(regel="B04")[0].id
    antwoord = amira.post(
        f"/signalen/{nummer}/doen/",
        {"doe": "afzien", "afzien_reden": f"Student {klas[0].burgerservicenummer}", "afzien_tot": "morgen"},
    )
    assert antwoord.status_code == 422
    assert 'href="#veld-afzien_reden"' in antwoord.text
    assert "laat het persoonsnummer uit de reden weg; kies een einddatum" in antwoord.text
    assert 'aria-invalid="true"' in antwoord.text
    assert not signalen(afzien="verzoek")


def test_a_signal_goes_to_a_colleague_of_the_institution_and_to_nobody_else(amira, bezoeker):
    bo = bezoeker(*MEDEWERKER, kenmerk="01AA", naam="bo")
    vreemd = bezoeker(*MEDEWERKER, kenmerk="02BB", naam="vreemd")
    nummer = signalen(regel="B04")[0].id
    pagina = amira.get(f"/signalen/{nummer}/").text
    collega, buiten = (re.search(rf'value="({wie}[^"]+)"', pagina) for wie in ("bo", "vreemd"))
    assert buiten is None
    amira.post(f"/signalen/{nummer}/doen/", {"doe": "toewijzen", "aan": collega[1]})
    assert f"/signalen/{nummer}/" in bo.get("/signalen/?toon=signalen&wie=mij").text
    assert "Bo Voorbeeld" in amira.get(f"/signalen/{nummer}/").text
    for aan in ("vreemd.1@voorbeeld.example", "iedereen", "' OR 1=1"):
        antwoord = amira.post(f"/signalen/{nummer}/doen/", {"doe": "toewijzen", "aan": aan})
        assert antwoord.status_code == 422
        assert "Kies een collega" in antwoord.text
    assert vreemd.post(f"/signalen/{nummer}/doen/", {"doe": "toewijzen", "aan": ""}).status_code == 404


def test_a_note_is_kept_for_colleagues_with_its_numbers_masked(amira, klas):
    nummer = signalen(regel="B04")[0].id
    amira.post(
        f"/signalen/{nummer}/doen/",
        {"doe": "noteren", "notitie": f"Gebeld <b>over</b> {klas[0].burgerservicenummer}"},
    )
    pagina = amira.get(f"/signalen/{nummer}/").text
    assert "Gebeld &lt;b&gt;over&lt;/b&gt; [nummer]" in pagina
    assert amira.post(f"/signalen/{nummer}/doen/", {"doe": "noteren", "notitie": " "}).status_code == 422


def test_one_signal_tells_what_shows_it_whom_it_is_about_and_which_melding_opened_it(amira, klas):
    nummer = next(een.id for een in signalen(regel="B04") if een.persoon == persoon_id(klas[0]))
    pagina = amira.get(f"/signalen/{nummer}/").text
    assert "Gepland" in pagina
    assert "01-09-2025" in pagina
    assert "Voorbeeld0" in pagina
    assert "h. 06" in pagina
    assert klas[0].burgerservicenummer not in pagina
    assert "Geopend door een melding" in pagina
    assert re.search(r'href="/invoer/beeindigen/\?persoon=\d+&amp;volgnummer=1"', pagina)
    engels = amira.get(f"/signalen/{nummer}/", headers={"Accept-Language": "en"}).text
    assert "What shows it" in engels
    assert "Planned" in engels


def test_a_solved_signal_can_still_be_read_and_not_be_worked_on(amira, klas):
    nummer = next(een.id for een in signalen(regel="B04") if een.persoon == persoon_id(klas[0]))
    lever(klas[0], inschrijving("1", "01AA"))
    pagina = amira.get(f"/signalen/{nummer}/").text
    assert "Gesloten door een melding" in pagina
    assert "Wijs toe" not in pagina
    antwoord = amira.post(f"/signalen/{nummer}/doen/", {"doe": "toewijzen", "aan": ""})
    assert antwoord.status_code == 422


def test_several_are_given_to_a_colleague_at_once_or_all_of_a_cause(amira, bezoeker):
    bezoeker(*MEDEWERKER, kenmerk="01AA", naam="bo")
    bo = re.search(r'value="(bo[^"]+)"', amira.get("/signalen/?toon=signalen").text)[1]
    twee = [str(een.id) for een in signalen(regel="B04")[:2]]
    samen = {"doe": "toewijzen", "aan": bo, "lijst": f"?oorzaak={sleutel()}"}
    antwoord = amira.post("/signalen/samen/", {**samen, "signaal": twee})
    assert antwoord["Location"] == f"/signalen/?oorzaak={sleutel()}"
    assert {str(een.id) for een in signalen(aan=bo)} == set(twee)
    amira.post("/signalen/samen/", {**samen, "alle": "ja"})
    assert len(signalen(aan=bo)) == 4
    leeg = amira.post("/signalen/samen/", {**samen})
    assert leeg.status_code == 422
    assert "Kies eerst een of meer signalen" in leeg.text


def test_several_are_asked_to_be_waived_at_once_and_those_that_were_are_skipped(amira):
    tot = (VANDAAG + timedelta(days=30)).isoformat()
    een = signalen(regel="B04")[0].id
    afzien = {"doe": "afzien", "afzien_reden": "Klas is verlengd.", "afzien_tot": tot}
    amira.post(f"/signalen/{een}/doen/", afzien)
    antwoord = amira.post(
        "/signalen/samen/", {**afzien, "lijst": f"?oorzaak={sleutel()}", "alle": "ja"}, follow=True
    )
    assert "Voor 3 signalen is gevraagd" in antwoord.text
    assert "Voor 1 signalen liep al een verzoek" in antwoord.text
    assert len(signalen(afzien="verzoek")) == 4
    mis = amira.post(
        "/signalen/samen/", {**afzien, "afzien_reden": "", "lijst": "?toon=signalen&regel=B04", "alle": "ja"}
    )
    assert mis.status_code == 422
    assert "geef een reden" in mis.text


def test_ids_of_another_institution_are_as_if_they_were_not_there(amira):
    buren = signalen("02BB")[0].id
    for nummer in (buren, 999_999, 0, 2**63, 10**30):
        assert amira.get(f"/signalen/{nummer}/").status_code == 404
        assert amira.post(f"/signalen/{nummer}/doen/", {"doe": "noteren", "notitie": "x"}).status_code == 404
    eigen = signalen()[0].id
    antwoord = amira.post(
        "/signalen/samen/", {"doe": "toewijzen", "aan": "", "signaal": [str(eigen), str(buren)]}
    )
    assert antwoord.status_code == 422
    assert str(buren) in antwoord.text
    assert amira.post(f"/signalen/{eigen}/doen/", {"doe": "verwijderen"}).status_code == 404
    assert amira.get(f"/signalen/?oorzaak={sleutel('02BB')}").text.count('name="signaal"') == 0
    assert amira.get("/signalen/?instelling=02BB&toon=signalen").text.count('name="signaal"') == len(
        signalen()
    )


@pytest.mark.parametrize(
    "filter_",
    [
        "regel=ZZ9", "groep=%27", "oorzaak=123", "ouder=-1", "afzien=misschien", "teldatum=1-3", "toon=alles",
        "volgorde=naam", "na=onzin", "geld=nee", "student=" + "1" * 60, "instelling=02BB",
    ],
)  # fmt: skip
def test_a_filter_that_means_nothing_is_skipped_and_named(amira, filter_: str):
    antwoord = amira.get(f"/signalen/?{filter_}")
    assert antwoord.status_code == 200
    naam = filter_.partition("=")[0]
    assert f"overgeslagen: {naam}" in antwoord.text


def test_the_filters_stand_in_the_address_and_in_the_form(amira, klas):
    met_nummer = klas[4]
    lever(met_nummer, inschrijving("1", "01AA", **OKTOBER))
    pagina = amira.get("/signalen/?regel=B04&wie=niemand&ouder=7&toon=signalen").text
    assert 'value="B04" selected' in pagina
    assert 'value="niemand" selected' in pagina
    assert "Geen signaal past bij deze filters" in pagina
    assert amira.get("/signalen/?student=bestaat-niet").status_code == 200


def test_a_list_of_many_is_read_page_by_page(amira, monkeypatch):
    from kernregister.web.portaal.signalen import lijst

    monkeypatch.setitem(lijst.PER_BLADZIJDE, "signalen", 2)
    gezien, adres = [], "/signalen/?toon=signalen&regel=B04"
    for _ in range(5):
        pagina = amira.get(adres).text
        gezien += re.findall(r'name="signaal" value="(\d+)"', pagina)
        verder = re.search(r'href="(\?[^"]+)" rel="next"', pagina)
        if verder is None:
            break
        adres = "/signalen/" + unescape(verder[1])
    assert sorted(map(int, gezien)) == sorted(een.id for een in signalen(regel="B04"))


def test_a_file_holds_what_is_filtered_and_begins_no_formula(amira, klas, databank):
    csv_ = amira.get("/signalen/bestand/csv/?regel=B04")
    assert csv_["Content-Disposition"].endswith('.csv"')
    rijen = list(csv.reader(io.StringIO(csv_.content.decode("utf-8-sig")), delimiter=";"))
    assert rijen[0][:4] == ["Signaal", "Instelling", "Studentnummer", "Naam"]
    assert len(rijen) == 1 + 5
    assert klas[0].burgerservicenummer not in csv_.content.decode()
    boek = load_workbook(io.BytesIO(amira.get("/signalen/bestand/xlsx/?regel=B04").content))
    assert [cel.value for cel in boek.active[1]][:3] == ["Signaal", "Instelling", "Studentnummer"]
    assert boek.active.max_row == 6
    assert amira.get("/signalen/bestand/exe/").status_code == 404
    with databank.verbind("kernregister_eigenaar") as sessie:
        gelogd = sessie.execute(
            "SELECT count(DISTINCT data_subject_id) FROM platform_verwerking WHERE name = 'signalen downloaden'"
        ).fetchone()
        assert gelogd == (5,)


def test_a_name_that_is_a_formula_stays_a_text(amira, klas):
    noem(klas[0], '=HYPERLINK("http://x")')
    tekst = amira.get("/signalen/bestand/csv/").content.decode("utf-8-sig")
    namen = {rij[3] for rij in csv.reader(io.StringIO(tekst), delimiter=";")}
    assert any(naam.startswith("'=HYPERLINK") for naam in namen)
    boek = load_workbook(io.BytesIO(amira.get("/signalen/bestand/xlsx/").content))
    assert {cel.data_type for cel in boek.active["D"]} <= {"s", "inlineStr"}
    assert not any(str(cel.value).startswith("=") for cel in boek.active["D"])


def test_duo_and_an_accountant_read_and_decide_nothing(klas, bezoeker):
    fenna = bezoeker(Rol.DUO, kenmerk="DUO", naam="fenna")
    emiel = bezoeker(Rol.ACCOUNTANT, kenmerk="01AA", studiejaar="2025-2026", naam="emiel")
    ander_jaar = bezoeker(Rol.ACCOUNTANT, kenmerk="01AA", studiejaar="2023-2024", naam="emiel")
    nummer = signalen()[0].id
    for wie in (fenna, emiel):
        for adres in ("/signalen/?toon=signalen", f"/signalen/{nummer}/"):
            antwoord = wie.get(adres)
            assert antwoord.status_code == 200
            acties = set(re.findall(r'<form[^>]+method="post"[^>]+action="([^"]+)"', antwoord.text))
            assert not any(actie.startswith("/signalen/") for actie in acties)
        assert wie.post(f"/signalen/{nummer}/doen/", {"doe": "noteren", "notitie": "x"}).status_code == 403
        assert wie.post("/signalen/samen/", {"alle": "ja"}).status_code == 403
        assert wie.get("/signalen/zaken/").status_code == 403
    assert "02BB" in fenna.get("/signalen/?toon=signalen").text
    assert "02BB" not in emiel.get("/signalen/?toon=signalen").text
    assert fenna.get("/signalen/?instelling=02BB&toon=signalen").status_code == 200
    assert ander_jaar.get(f"/signalen/{nummer}/").status_code == 404
    assert "De werklijst is leeg" in ander_jaar.get("/signalen/").text


def test_who_may_not_see_funding_sees_no_cost(klas, bezoeker):
    zonder = bezoeker(Rol.SIGNALEN, kenmerk="01AA", naam="zonder")
    assert "Telt nu niet mee" not in zonder.get("/signalen/").text
    assert "Wat het kost" not in zonder.get(f"/signalen/{signalen()[0].id}/").text
    antwoord = zonder.get("/signalen/?volgorde=geld&geld=ja")
    assert "overgeslagen: geld, volgorde" in antwoord.text


def test_no_page_asks_more_than_twenty_questions(amira):
    for adres in (
        "/signalen/?volgorde=aantal",
        "/signalen/?toon=signalen",
        f"/signalen/?oorzaak={sleutel()}",
        f"/signalen/{signalen()[0].id}/",
        "/signalen/zaken/",
    ):
        assert tel_vragen(amira, adres) <= 20, adres


def test_an_empty_list_says_so_and_shows_progress(bezoeker, klas):
    niemand = bezoeker(*MEDEWERKER, kenmerk="03CC", naam="chen")
    pagina = niemand.get("/signalen/").text
    assert "De werklijst is leeg" in pagina
    assert "0 van 0 opgelost deze week" in pagina
    assert niemand.get("/signalen/bestand/csv/").status_code == 200
