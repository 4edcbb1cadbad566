"""The meldingen of an institution in the portal: the journal, one melding, and what waits to be mended."""

import re

import pytest
from django.test import Client

from kernregister.voorzieningen.register.public import Gevolg
from kernregister.web.toegang.rollen import Rol
from tests.voorzieningen.register.verhaal import vraag
from tests.voorzieningen.register.wereld import (
    DAAR,
    HIER,
    diplomeer,
    identificeer,
    lukt,
    nummer_van,
    plaats_bpv,
    schrijf_in,
    stuur,
    wie,
    zet_klaar,
)
from tests.web.portaal.conftest import MaakBezoeker
from tests.web.portaal.vragen import tel_vragen


@pytest.fixture
def amira(databank, monkeypatch, bezoeker: MaakBezoeker) -> Client:
    """Somebody who handles the meldingen of an institution with a few students."""
    zet_klaar(monkeypatch)
    lukt(identificeer(wie(0), studentnummer="S-100"), identificeer(wie(1), studentnummer="S-200"))
    return bezoeker(Rol.SIGNALEN, Rol.BEKOSTIGING, Rol.STUDENTDOSSIER, kenmerk=HIER, naam="amira")


def weiger(over: int, nummer: str = "1"):
    """Deliver an enrolment without periods, which is refused; return the melding."""
    melding = schrijf_in(wie(over), nummer, perioden=[])
    assert not stuur(melding)[0].aanvaard
    return melding


def test_an_institution_without_meldingen_reads_how_to_begin(bezoeker: MaakBezoeker) -> None:
    antwoord = bezoeker(Rol.SIGNALEN, kenmerk="99ZZ").get("/meldingen/")
    assert antwoord.status_code == 200
    assert "Nog geen meldingen" in antwoord.text
    assert "/meldingen/aanleveren/" in antwoord.text


def test_the_journal_names_students_as_their_institution_does_and_nobody_by_bsn(amira: Client) -> None:
    lukt(schrijf_in(wie(0)))
    lijst = amira.get("/meldingen/").text
    assert "Aanleveren inschrijving" in lijst
    assert "S-100" in lijst
    assert "Achternaam0" in lijst
    assert wie(0).burgerservicenummer not in lijst


def test_a_melding_leads_to_the_dossier_of_who_is_enrolled_and_not_of_who_was_refused(amira: Client) -> None:
    """The studentdossier of a person without an own enrolment does not open (h. 08)."""
    lukt(schrijf_in(wie(0)))
    afgekeurd = weiger(1)
    ingeschreven, geweigerd = (f'href="/studentdossier/{nummer_van(wie(n))}/"' for n in (0, 1))
    lijst = amira.get("/meldingen/").text
    assert ingeschreven in lijst
    assert geweigerd not in lijst
    assert "S-200" in lijst
    assert geweigerd not in amira.get(f"/meldingen/{afgekeurd.id}/").text
    assert geweigerd not in amira.get(f"/meldingen/{afgekeurd.id}/herstellen/").text


def test_refusals_with_one_cause_are_one_group_on_top_and_leave_it_when_mended(amira: Client) -> None:
    weiger(0)
    weiger(1)
    lijst = amira.get("/meldingen/").text
    assert "2 geweigerd om dezelfde reden" in lijst
    lukt(schrijf_in(wie(0)))
    lijst = amira.get("/meldingen/").text
    assert "2 geweigerd om dezelfde reden" not in lijst
    assert "1 geweigerd" in lijst
    assert "geweigerd, hersteld" in lijst
    lukt(schrijf_in(wie(1)))
    assert 'id="te-herstellen"' not in amira.get("/meldingen/").text


def test_what_hangs_on_a_refused_enrolment_says_so(amira: Client) -> None:
    weiger(0)
    assert not stuur(plaats_bpv(wie(0)))[0].aanvaard
    assert "geweigerd doordat iets hierboven werd geweigerd" in amira.get("/meldingen/").text


@pytest.mark.parametrize(
    ("filter_", "aantal"),
    [
        ("", 5),
        ("?soort=AanleverenInschrijving", 2),
        ("?uitkomst=aanvaard", 4),
        ("?uitkomst=geweigerd", 1),
        ("?uitkomst=herstellen", 1),
        ("?via=sis", 5),
        ("?via=portaal", 0),
        ("?dag=2026-03-02", 5),
        ("?dag=2026-03-01", 0),
        ("?dag=gisteren&soort=onzin&uitkomst=onzin&persoon=99999999999999999999&cursor=x&levering=y", 5),
    ],
)
def test_filters_narrow_the_journal_and_nonsense_is_left_out(
    amira: Client, filter_: str, aantal: int
) -> None:
    lukt(schrijf_in(wie(0)), diplomeer(wie(0), "9"))
    weiger(1)
    antwoord = amira.get(f"/meldingen/{filter_}")
    assert antwoord.status_code == 200
    assert len(re.findall(r"<tr>\s*<td", antwoord.text)) == aantal


def test_a_student_is_found_by_the_own_number_and_no_number_stands_in_an_address(amira: Client) -> None:
    lukt(schrijf_in(wie(0)), schrijf_in(wie(1)))
    gevonden = amira.post("/meldingen/", {"studentnummer": "S-100"})
    assert gevonden["Location"] == f"/meldingen/?persoon={nummer_van(wie(0))}#lijst"
    lijst = amira.get(gevonden["Location"]).text
    assert "Meldingen over" in lijst
    assert "S-200" not in lijst
    fout = amira.post("/meldingen/", {"studentnummer": wie(0).burgerservicenummer})
    assert fout.status_code == 422
    assert "Geen student van uw instelling" in fout.text


def test_a_long_journal_is_read_page_by_page_without_losing_one(amira: Client) -> None:
    for nummer in range(60):
        lukt(schrijf_in(wie(0), f"N{nummer}"))
    eerste = amira.get("/meldingen/?soort=AanleverenInschrijving").text
    verder = re.search(r'href="(\?[^"]*cursor=[^"#]+)', eerste)[1].replace("&amp;", "&")
    tweede = amira.get(f"/meldingen/{verder}").text
    gezien = re.findall(r"/meldingen/([0-9a-f-]{36})/", eerste + tweede)
    assert len(gezien) == len(set(gezien)) == 60


def test_the_counts_answer_only_when_they_changed(amira: Client) -> None:
    stempel = re.search(r"sinds=([\d-]+)", amira.get("/meldingen/").text)[1]
    assert (
        amira.get("/meldingen/telling/", {"sinds": stempel}, headers={"HX-Request": "true"}).status_code
        == 204
    )
    weiger(0)
    nu = amira.get("/meldingen/telling/", {"sinds": stempel}, headers={"HX-Request": "true"})
    assert nu.status_code == 200
    assert "Ververs de lijst" in nu.text


def test_one_melding_tells_what_it_said_what_was_answered_and_what_it_changed(amira: Client) -> None:
    lukt(schrijf_in(wie(0)))
    anders = schrijf_in(wie(0), datum_uitschrijving_gepland="2026-07-31")
    lukt(anders)
    tekst = amira.get(f"/meldingen/{anders.id}/").text
    assert "aanvaard" in tekst
    assert "Datum uitschrijving gepland" in tekst
    assert re.search(r"<td>31-07-2027</td>\s*<td>31-07-2026</td>", tekst)
    assert "Leertraject" in tekst
    assert wie(0).burgerservicenummer not in tekst


def test_a_refused_melding_tells_why_and_what_to_do(amira: Client) -> None:
    fout = weiger(0)
    tekst = amira.get(f"/meldingen/{fout.id}/").text
    assert "Waarom geweigerd" in tekst
    assert '<span class="kr-zacht">inschrijving 1</span>' in tekst, "which record, and not a bare number"
    assert "Bron" in tekst
    assert "/regels/" in tekst


def test_of_who_is_not_known_the_number_is_shown_that_was_sent(amira: Client) -> None:
    vreemd = schrijf_in(wie(7))
    assert not stuur(vreemd)[0].aanvaard
    assert "nog niet geïdentificeerd" in amira.get("/meldingen/").text


def test_special_data_ask_for_their_own_scope(amira: Client, bezoeker: MaakBezoeker) -> None:
    melding = schrijf_in(wie(0), extra_ondersteuning=[{"datum_begin": "2024-09-01"}])
    lukt(melding)
    zonder = bezoeker(Rol.HANDMATIGE_MUTATIE, kenmerk=HIER)
    assert "xtra ondersteuning" in amira.get(f"/meldingen/{melding.id}/").text
    assert "xtra ondersteuning" not in zonder.get(f"/meldingen/{melding.id}/").text


def test_who_may_not_see_the_funding_reads_nothing_of_it(amira: Client, bezoeker: MaakBezoeker) -> None:
    melding = schrijf_in(wie(0))
    assert stuur(melding)[0].bekostiging
    zonder = bezoeker(Rol.BESTANDSUITWISSELING, kenmerk=HIER)
    assert "Voorlopige bekostiging" in amira.get(f"/meldingen/{melding.id}/").text
    assert "Voorlopige bekostiging" not in zonder.get(f"/meldingen/{melding.id}/").text


def test_the_melding_of_another_institution_is_not_there(amira: Client, bezoeker: MaakBezoeker) -> None:
    lukt(identificeer(wie(0), DAAR))
    ander = schrijf_in(wie(0), van=DAAR)
    lukt(ander)
    assert amira.get(f"/meldingen/{ander.id}/").status_code == 404
    assert amira.get(f"/meldingen/{ander.id}/?afzender={DAAR}").status_code == 404
    assert bezoeker(Rol.DUO, kenmerk="DUO").get(f"/meldingen/{ander.id}/?afzender={DAAR}").status_code == 200


def test_setting_aside_takes_a_group_off_the_list_with_its_reason(
    amira: Client, bezoeker: MaakBezoeker
) -> None:
    fout = weiger(0)
    weiger(1)
    oorzaak = vraag("SELECT DISTINCT oorzaak FROM register_geweigerd")[0][0]
    groep = {"soort": "AanleverenInschrijving", "oorzaak": oorzaak}
    assert "Geef de reden" in amira.post("/meldingen/opzij/", groep, follow=True).text
    ander = bezoeker(Rol.SIGNALEN, kenmerk=DAAR)
    ander.post("/meldingen/opzij/", {**groep, "reden": "van een ander"})
    ander.post("/meldingen/opzij/", {"melding": str(fout.id), "reden": "van een ander"})
    assert "2 geweigerd om dezelfde reden" in amira.get("/meldingen/").text
    amira.post("/meldingen/opzij/", {**groep, "reden": "Studenten zijn niet gekomen"})
    assert 'id="te-herstellen"' not in amira.get("/meldingen/").text
    assert "Studenten zijn niet gekomen" in amira.get(f"/meldingen/{fout.id}/").text


def test_an_accountant_reads_what_registered_something_in_the_studiejaar(
    amira: Client, bezoeker: MaakBezoeker
) -> None:
    weiger(1)
    goed = schrijf_in(wie(0))
    lukt(goed)
    emiel = bezoeker(Rol.ACCOUNTANT, kenmerk=HIER, studiejaar="2025-2026")
    tekst = emiel.get("/meldingen/").text
    assert str(goed.id) in tekst
    assert "geweigerd</span>" not in tekst
    assert "Bestand aanleveren" not in tekst
    assert emiel.get(f"/meldingen/{goed.id}/").status_code == 200
    assert emiel.get("/meldingen/aanleveren/").status_code == 403


def test_who_only_reads_sees_no_button(amira: Client, bezoeker: MaakBezoeker) -> None:
    weiger(0)
    lezer = bezoeker(Rol.HANDMATIGE_MUTATIE, kenmerk=HIER)
    tekst = lezer.get("/meldingen/").text
    assert "1 geweigerd" in tekst
    assert "Zet opzij" not in tekst
    assert lezer.post("/meldingen/opzij/", {"reden": "x"}).status_code == 403
    assert lezer.get("/meldingen/aanleveren/").status_code == 403


def test_a_melding_shows_its_fields_in_the_order_of_the_manual(amira: Client) -> None:
    melding = schrijf_in(wie(0))
    lukt(melding)
    tekst = amira.get(f"/meldingen/{melding.id}/").text.partition("Wat er is aangeleverd")[2]
    namen = [
        "Inschrijvingvolgnummer",
        "Datum inschrijving",
        "Datum uitschrijving gepland",
        "Periode 1",
        "Leertraject",
    ]
    plekken = [tekst.index(naam) for naam in namen]
    assert plekken == sorted(plekken)


def test_a_leerbedrijf_id_is_shown_also_when_it_happens_to_pass_the_check_of_a_bsn(amira: Client) -> None:
    lukt(schrijf_in(wie(0)))
    melding = plaats_bpv(wie(0), leerbedrijf_id="999000007")
    stuur(melding)
    tekst = amira.get(f"/meldingen/{melding.id}/").text
    assert "999000007" in tekst
    assert "[nummer]" not in tekst


def test_a_signal_that_only_gets_other_facts_did_not_come_and_go_but_stays(amira: Client) -> None:
    eerste = schrijf_in(wie(0), datum_uitschrijving_gepland="2025-09-01")
    lukt(eerste)
    tekst = amira.get(f"/meldingen/{eerste.id}/").text
    assert "Ontstaan" in tekst
    assert "Blijft staan" not in tekst
    tweede = schrijf_in(wie(0), datum_uitschrijving_gepland="2025-10-01")
    lukt(tweede)
    tekst = amira.get(f"/meldingen/{tweede.id}/").text
    assert "Blijft staan" in tekst
    assert "B04" in tekst
    assert "Ontstaan" not in tekst
    assert "Verdwenen" not in tekst


def test_a_placement_is_called_bpv(amira: Client) -> None:
    lukt(schrijf_in(wie(0)))
    melding = plaats_bpv(wie(0))
    lukt(melding)
    tekst = amira.get(f"/meldingen/{melding.id}/").text
    assert "BPV 1 · Datum begin" in tekst
    assert "Bpv" not in tekst


def test_every_kind_of_melding_and_every_state_of_a_delivery_has_a_name() -> None:
    from kernregister.kern.meldingen import berichten
    from kernregister.web.leveringen.models import Toestand
    from kernregister.web.portaal.meldingen.melding import HERSTELBAAR
    from kernregister.web.portaal.meldingen.woorden import GEVOLGEN, SOORTEN, TOESTANDEN

    assert SOORTEN.keys() == berichten.SOORTEN.keys()
    assert {soort.__name__ for soort in berichten.Aangeleverd.__args__} == HERSTELBAAR
    assert set(TOESTANDEN) == set(Toestand) - {Toestand.ONTVANGST}, (
        "what is still coming in is shown to nobody"
    )
    assert set(GEVOLGEN) == set(Gevolg)


def test_no_page_asks_the_database_much_however_long_the_lists_are(amira: Client) -> None:
    melding = schrijf_in(wie(0), "A")
    lukt(melding, *[schrijf_in(wie(0), f"N{n}") for n in range(30)])
    fouten = [weiger(n % 2, f"F{n}") for n in range(30)]
    for adres in (
        "/meldingen/",
        "/meldingen/?uitkomst=herstellen",
        "/meldingen/telling/",
        f"/meldingen/{melding.id}/",
        f"/meldingen/{fouten[0].id}/",
        f"/meldingen/{fouten[0].id}/herstellen/",
        "/meldingen/aanleveren/",
    ):
        assert tel_vragen(amira, adres) < 20, adres


def test_signs_that_no_database_keeps_break_nothing_when_meldingen_are_set_aside(
    bezoeker: MaakBezoeker,
) -> None:
    browser = bezoeker(Rol.SIGNALEN)
    for veld in ("soort", "oorzaak", "reden"):
        assert browser.post("/meldingen/opzij/", {"reden": "dubbel", veld: "x\0"}).status_code == 302, veld
