"""Entry: an institution without funding does all its work here, and what is wrong is told at the field."""

import re

import pytest
from msgspec import structs

from kernregister.kern.dossier import Diploma
from kernregister.platform.rechten import Recht
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register import public as register
from kernregister.web.toegang.rollen import ROLLEN, Rol
from tests.databank import Databank
from tests.kern import voorbeelden
from tests.voorzieningen.register import wereld as w
from tests.voorzieningen.register.verhaal import vraag
from tests.web.portaal.conftest import MaakBezoeker
from tests.web.portaal.invoerverhaal import (
    BPV,
    INSCHRIJVING,
    Toetsenbord,
    bi,
    fouten_van,
    identificeer,
    iemand,
    nbi,
    velden_van,
)
from tests.web.portaal.vragen import tel_vragen

__all__ = ["bi", "nbi"]


# ------------------------------------------------------------------------------------------ the whole way


def test_an_institution_without_funding_enrols_a_student_until_the_diploma(nbi: Toetsenbord) -> None:
    persoon = identificeer(nbi)
    assert "Nog geen inschrijving" in nbi.open(f"/invoer/?persoon={persoon}")
    gedaan = nbi.lukt(f"/invoer/inschrijven/?persoon={persoon}", studentnummer="S1", **INSCHRIJVING)
    assert "Het is geregistreerd" in gedaan
    assert "Een BPV toevoegen" in gedaan
    assert "De volgende student inschrijven" in gedaan
    assert (iemand().burgerservicenummer or "") not in gedaan
    over = f"?persoon={persoon}&volgnummer=1"
    nbi.lukt(f"/invoer/bpv/{over}", **BPV)
    nbi.lukt(f"/invoer/bpv/{over}&nummer=1", **{"bpv-datum_einde_werkelijk": "30-01-2026"})
    nbi.lukt(
        f"/invoer/beeindigen/{over}",
        **{
            "inschrijving-datum_uitschrijving_werkelijk": "30-01-2026",
            "inschrijving-reden_uitschrijving": "08",
        },
    )
    diploma = velden_van(nbi.open(f"/invoer/diploma/{over}"))
    assert diploma["diploma-opleidingcode"] == voorbeelden.OPLEIDING
    assert diploma["diploma-datum_resultaat"] == "30-01-2026"
    met_deel = nbi.browser.post(f"/invoer/diploma/{over}", diploma | {"erbij": "diploma-onderdelen:GEO"})
    deel = {"diploma-onderdelen-0-resultaatvolgnummer": "2", "diploma-onderdelen-0-code": "3001"}
    diploma = velden_van(met_deel.text) | deel | {"diploma-onderdelen-0-eindcijfer": "7"}
    antwoord = nbi.browser.post(f"/invoer/diploma/{over}", diploma | {"verstuur": "1"})
    assert antwoord.status_code == 302, fouten_van(antwoord.text)
    (inschrijving,) = w.dossier(iemand()).inschrijvingen
    assert str(inschrijving.datum_uitschrijving_werkelijk) == "2026-01-30"
    assert [str(b.datum_einde_werkelijk) for b in inschrijving.bpvs] == ["2026-01-30"]
    (behaald,) = w.dossier(iemand()).diplomas
    assert isinstance(behaald, Diploma)
    assert [o.code for o in behaald.onderdelen] == ["3001"]


def test_who_entered_a_melding_stands_in_the_audit_trail_and_its_sender_is_the_institution(
    nbi: Toetsenbord,
) -> None:
    persoon = identificeer(nbi)
    nbi.lukt(f"/invoer/inschrijven/?persoon={persoon}", **INSCHRIJVING)
    regels = vraag("SELECT door, namens FROM platform_auditregel WHERE handeling = 'melding.invoeren'")
    assert len(regels) == 2
    assert all(door.startswith("iemand.") and w.NBI in namens for door, namens in regels)
    assert vraag("SELECT DISTINCT afzender, client FROM register_melding WHERE client <> 'test'") == [
        (w.NBI, "portaal")
    ]


# ------------------------------------------------------------------------------------------ who is it


def test_without_a_bsn_somebody_is_found_by_name_and_address_or_it_is_told_what_is_missing(
    nbi: Toetsenbord,
) -> None:
    antwoord = nbi.verstuur(
        "/invoer/identificeren/", achternaam="Nieuweling", geboortedatum="00-00-2004", geslacht="M"
    )
    assert antwoord.status_code == 422
    assert "volledig adres" in antwoord.text
    fouten = fouten_van(antwoord.text)
    assert any(veld.startswith("adres") for veld in fouten)
    assert "Nieuweling" in antwoord.text
    gevonden = nbi.verstuur(
        "/invoer/identificeren/",
        achternaam="Nieuweling",
        voornamen="Noor",
        geboortedatum="01-02-2004",
        geslacht="V",
        **{
            "adres-straat": "Dorpsstraat",
            "adres-huisnummer": "1",
            "adres-postcode": "1234AB",
            "adres-woonplaats": "Ons Dorp",
        },
    )
    assert gevonden.status_code == 302, fouten_van(gevonden.text)
    assert "onderwijsnummer gekregen" in nbi.open(gevonden["Location"])


def test_a_wrong_birth_date_is_told_at_its_field_and_the_number_is_in_no_address(nbi: Toetsenbord) -> None:
    bsn = iemand().burgerservicenummer or ""
    antwoord = nbi.verstuur(
        "/invoer/identificeren/", burgerservicenummer=bsn, geboortedatum="15-05-2006", geslacht="V"
    )
    assert antwoord.status_code == 422
    assert "niet alles klopt" in antwoord.text
    assert "geboortedatum" in fouten_van(antwoord.text)
    assert bsn not in antwoord.get("Location", "")


def test_a_number_with_a_typing_error_is_answered_before_anybody_is_asked(nbi: Toetsenbord) -> None:
    antwoord = nbi.verstuur(
        "/invoer/identificeren/", burgerservicenummer="123456789", geboortedatum="14-05-2006", geslacht="V"
    )
    assert "controleer de cijfers" in fouten_van(antwoord.text)["burgerservicenummer"]
    assert vraag("SELECT count(*) FROM register_misidentificatie") == [(0,)]


def test_an_own_student_is_found_by_number_name_or_bsn(bi: Toetsenbord) -> None:
    w.lukt(w.identificeer(iemand(1)), w.schrijf_in(iemand(1), studentnummer="A-100"))
    w.lukt(w.identificeer(iemand(2)), w.schrijf_in(iemand(2), studentnummer="A-200"))
    persoon = w.nummer_van(iemand(1))
    for tekst in ("A-100", "Achternaam1", iemand(1).burgerservicenummer or ""):
        antwoord = bi.browser.post("/invoer/", {"zoek": tekst})
        assert antwoord["Location"] == f"/invoer/?persoon={persoon}"
    naar_lijst = bi.browser.post("/invoer/", {"zoek": "achternaam"})
    assert naar_lijst["Location"] == "/invoer/?gezocht=1"
    assert "chternaam" not in str(dict(bi.browser.session)), "a name is kept sealed"
    for _ in range(2):
        lijst = bi.open("/invoer/?gezocht=1")
        assert "A-100" in lijst, "there is something to come back to"
        assert "A-200" in lijst
    assert "Niemand gevonden" in bi.browser.post("/invoer/", {"zoek": "%"}, follow=True).text
    assert "A-100" not in bi.open("/invoer/"), "who begins anew sees nobody"


def test_who_asked_for_earlier_education_is_led_to_it_when_they_may_see_it(
    nbi: Toetsenbord, bezoeker: MaakBezoeker
) -> None:
    persoon = identificeer(nbi)
    weg = f'href="/studentdossier/{persoon}/vooropleiding/"'
    assert weg not in nbi.lukt(f"/invoer/vooropleiding/?persoon={persoon}")
    met_dossier = Toetsenbord(bezoeker(Rol.SIGNALEN, Rol.STUDENTDOSSIER, kenmerk=w.NBI))
    assert weg in met_dossier.lukt(f"/invoer/vooropleiding/?persoon={persoon}")


# ------------------------------------------------------------------------------------------ whose


def test_a_student_of_another_institution_is_not_there(bi: Toetsenbord) -> None:
    w.lukt(w.identificeer(iemand(), van=w.DAAR), w.schrijf_in(iemand(), van=w.DAAR))
    persoon = w.nummer_van(iemand())
    for adres in (f"/invoer/?persoon={persoon}", f"/invoer/inschrijven/?persoon={persoon}"):
        assert bi.browser.get(adres).status_code == 404
        assert bi.browser.post(adres, INSCHRIJVING, follow=True).status_code in (200, 404)
    gezocht = bi.browser.post("/invoer/", {"zoek": iemand().burgerservicenummer}, follow=True).text
    assert "Niemand gevonden" in gezocht
    assert (iemand().burgerservicenummer or "") not in gezocht
    assert len(w.dossier(iemand()).inschrijvingen) == 1


def test_what_a_visitor_may_not_see_stays_when_they_correct_an_enrolment(
    databank: Databank, monkeypatch: pytest.MonkeyPatch, bezoeker: MaakBezoeker
) -> None:
    rol = ROLLEN[Rol.BESTANDSUITWISSELING]
    zonder_recht = structs.replace(rol, rechten=rol.rechten - {Recht.ONDERSTEUNING_LEZEN})
    monkeypatch.setitem(ROLLEN, Rol.BESTANDSUITWISSELING, zonder_recht)
    w.zet_klaar(monkeypatch)
    w.lukt(
        w.identificeer(iemand()),
        w.schrijf_in(iemand(), extra_ondersteuning=[{"datum_begin": "2024-09-01"}]),
    )
    persoon = w.nummer_van(iemand())
    zonder = Toetsenbord(bezoeker(Rol.BESTANDSUITWISSELING, kenmerk=w.HIER))
    adres = f"/invoer/inschrijving/?persoon={persoon}&volgnummer=1"
    html = zonder.open(adres)
    assert "ndersteuning" not in html
    zonder.lukt(adres, **{"inschrijving-datum_uitschrijving_gepland": "31-07-2028"})
    (een,) = w.dossier(iemand()).inschrijvingen
    assert str(een.datum_uitschrijving_gepland) == "2028-07-31"
    assert len(een.extra_ondersteuning) == 1
    assert (
        zonder.browser.get(f"/invoer/extra-ondersteuning/?persoon={persoon}&volgnummer=1").status_code == 403
    )


@pytest.mark.parametrize("rol", [Rol.STUDENTDOSSIER, Rol.BEKOSTIGING, Rol.BEHEERDER])
def test_only_who_delivers_meldingen_enters(databank: Databank, bezoeker: MaakBezoeker, rol: Rol) -> None:
    browser = bezoeker(rol, kenmerk=w.HIER)
    for adres in ("/invoer/", "/invoer/inschrijven/", "/invoer/identificeren/"):
        assert browser.get(adres).status_code == 403


def test_an_enrolment_that_was_never_followed_is_removed(nbi: Toetsenbord) -> None:
    persoon = identificeer(nbi)
    nbi.lukt(f"/invoer/inschrijven/?persoon={persoon}", **INSCHRIJVING)
    over = f"?persoon={persoon}&volgnummer=1"
    nbi.lukt(f"/invoer/bpv/{over}", **BPV)
    geweigerd = nbi.verstuur(f"/invoer/inschrijving-verwijderen/{over}")
    assert geweigerd.status_code == 422
    assert "heeft een resultaat of een BPV" in geweigerd.text
    nbi.lukt(f"/invoer/bpv-verwijderen/{over}&nummer=1")
    assert "verwijderd" in nbi.lukt(f"/invoer/inschrijving-verwijderen/{over}")
    assert w.dossier(iemand()).inschrijvingen == ()


def test_a_result_without_a_diploma_is_entered_changed_and_removed(nbi: Toetsenbord) -> None:
    persoon = identificeer(nbi)
    nbi.lukt(f"/invoer/inschrijven/?persoon={persoon}", **INSCHRIJVING)
    adres = f"/invoer/resultaat/?persoon={persoon}&volgnummer=1"
    html = nbi.browser.post(adres, velden_van(nbi.open(adres)) | {"resultaat-soort": "KZD", "toon": "1"}).text
    velden = velden_van(html) | {
        "resultaat-code": "K0067",
        "resultaat-resultaatvolgnummer": "5",
        "resultaat-behaald": "ja",
        "resultaat-certificaat": "nee",
        "resultaat-datum_resultaat": "01-06-2025",
        "resultaat-onderwijsaanbieder": voorbeelden.AANBIEDER,
        "resultaat-inschrijvingvolgnummer": "1",
    }
    antwoord = nbi.browser.post(adres, velden | {"verstuur": "1"})
    assert antwoord.status_code == 302, fouten_van(antwoord.text)
    (een,) = w.dossier(iemand()).losse_resultaten
    over = f"?persoon={persoon}&nummer={een.resultaatvolgnummer}"
    nbi.lukt(f"/invoer/resultaat/{over}", **{"resultaat-behaald": "nee"})
    assert not w.dossier(iemand()).losse_resultaten[0].behaald
    nbi.lukt(f"/invoer/resultaat-verwijderen/{over}")
    assert w.dossier(iemand()).losse_resultaten == ()


# ------------------------------------------------------------------------------------------ how


def test_no_page_asks_the_database_much(bi: Toetsenbord) -> None:
    w.lukt(w.identificeer(iemand()), w.schrijf_in(iemand()), w.plaats_bpv(iemand()), w.diplomeer(iemand()))
    persoon = w.nummer_van(iemand())
    over = f"persoon={persoon}&volgnummer=1"
    for adres in (
        "/invoer/",
        f"/invoer/?persoon={persoon}",
        "/invoer/identificeren/",
        f"/invoer/inschrijving/?{over}",
        f"/invoer/bpv/?{over}&nummer=1",
        f"/invoer/diploma/?persoon={persoon}&nummer=9",
    ):
        assert tel_vragen(bi.browser, adres) < 20, adres


def test_suggestions_come_from_the_reference_data_and_of_providers_only_the_own(bi: Toetsenbord) -> None:
    antwoord = bi.browser.post("/lijst/onderwijsaanbieders/?veld=x", {"x": "100a"})
    assert voorbeelden.AANBIEDER in antwoord.text
    assert voorbeelden.OPLEIDING in bi.browser.post("/lijst/opleidingen/?veld=x", {"x": "256"}).text
    assert bi.browser.post("/lijst/opleidingen/?veld=x", {"x": "<script>\0"}).text == ""
    assert bi.browser.post("/lijst/nationaliteiten/?veld=x", {"x": "1"}).status_code == 404


def test_enter_in_a_field_checks_the_form_and_takes_nothing_away(bi: Toetsenbord) -> None:
    persoon = identificeer(bi)
    adres = f"/invoer/inschrijven/?persoon={persoon}"
    pagina = bi.open(adres)
    formulier = pagina[pagina.index('id="formulier"') :]
    knoppen = re.findall(r'<button[^>]*type="submit"[^>]*name="(\w+)"', formulier)
    assert knoppen[0] == "controleer", "a browser presses the first button of a form"
    assert "weg" in knoppen
    nog_eens = velden_van(bi.verstuur(adres, knoppen[0], **INSCHRIJVING).text)
    assert nog_eens["inschrijving-perioden-0-datum_begin"]
    assert "Nog geen inschrijving" in bi.open(f"/invoer/?persoon={persoon}")


def test_of_providers_and_locations_only_those_of_the_day_of_the_period_are_suggested(
    bi: Toetsenbord,
) -> None:
    for lijst, code in (
        ("onderwijsaanbieders", voorbeelden.AANBIEDER),
        ("onderwijslocaties", voorbeelden.LOCATIE),
    ):
        adres = f"/lijst/{lijst}/?veld=x&dag=d"
        assert code in bi.browser.post(adres, {"x": code[:4], "d": "01-08-2024"}).text
        assert code not in bi.browser.post(adres, {"x": code[:4], "d": "01-08-1950"}).text
        assert code in bi.browser.post(adres, {"x": code[:4], "d": "gisteren"}).text
    persoon = identificeer(bi)
    html = bi.open(f"/invoer/inschrijven/?persoon={persoon}")
    assert "dag=inschrijving-perioden-0-datum_begin" in html
    assert "dag=resultaat" not in html


def test_an_identification_asks_for_date_of_birth_and_sex_in_both_ways(bi: Toetsenbord) -> None:
    html = bi.open("/invoer/identificeren/")
    for veld in ("geboortedatum", "geslacht"):
        label = html.partition(f'for="{veld}">')[2].partition("</label>")[0]
        assert "niet verplicht" not in label, veld
    leeg = bi.verstuur("/invoer/identificeren/", burgerservicenummer=iemand().burgerservicenummer or "")
    assert leeg.status_code == 422
    assert fouten_van(leeg.text)


def test_who_ends_an_enrolment_is_led_to_the_placement_that_still_runs(bi: Toetsenbord) -> None:
    w.lukt(w.identificeer(iemand()), w.schrijf_in(iemand()), w.plaats_bpv(iemand()))
    over = f"persoon={w.nummer_van(iemand())}&volgnummer=1"
    einde = {
        "inschrijving-datum_uitschrijving_werkelijk": "30-01-2026",
        "inschrijving-reden_uitschrijving": "08",
    }
    gedaan = bi.lukt(f"/invoer/beeindigen/?{over}", **einde)
    assert "BPV 1 beëindigen: die loopt nog" in gedaan
    assert "Een BPV toevoegen" not in gedaan
    weg = bi.lukt(f"/invoer/bpv/?{over}&nummer=1", **{"bpv-datum_einde_werkelijk": "30-01-2026"})
    assert "die loopt nog" not in weg
    diploma = bi.lukt(f"/invoer/diploma/?{over}", **{"diploma-bekostigbaar": "ja"})
    assert "De inschrijving beëindigen op de datum van het diploma" not in diploma


def test_an_nbi_is_asked_for_the_provider_of_a_result_too(nbi: Toetsenbord) -> None:
    persoon = identificeer(nbi)
    html = nbi.open(f"/invoer/diploma/?persoon={persoon}")
    label = html.partition('for="diploma-onderwijsaanbieder">')[2].partition("</label>")[0]
    assert "Onderwijsaanbieder" in label
    assert "niet verplicht" not in label


def test_a_number_of_a_person_is_never_in_an_address_of_entry(nbi: Toetsenbord) -> None:
    persoon = identificeer(nbi)
    html = nbi.open(f"/invoer/?persoon={persoon}") + nbi.open(f"/invoer/inschrijven/?persoon={persoon}")
    bsn = iemand().burgerservicenummer or ""
    assert personen.zoek([bsn])[bsn] == persoon
    assert bsn not in html
    assert register.dossier(persoon) is not None
