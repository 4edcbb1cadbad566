"""The dashboard: DUO's rows with live counts, for any studiejaar and day."""

import re
from datetime import date

import pytest
from django.test import Client

from kernregister.kern.gegevens import Gegevens, Instelling
from kernregister.kern.gegevens import Soort as Instellingsoort
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.stamgegevens import public as stamgegevens
from kernregister.web.toegang.rollen import Rol
from tests.voorzieningen.kwaliteit.opzet import lever, zet_klok
from tests.voorzieningen.kwaliteit.test_bijhouden import TE_LAAT, WIE, inschrijving
from tests.web.portaal.conftest import MaakBezoeker
from tests.web.portaal.dashboard import HIER, MORGEN, amira, getal, maart
from tests.web.portaal.vragen import tel_vragen

__all__ = ["amira", "maart"]


def test_the_rows_are_duos_in_duos_order(amira: Client) -> None:
    tekst = amira.get("/dashboard/").text
    volgorde = [
        "Stand per",
        "Periode van de controle: studiejaar 2025/2026 inclusief 90 dagen",
        "Persoonsgegevens",
        "Aanlevering op OWN bij persoon met BSN",
        "Inschrijvingsgegevens",
        "(deels) Identieke inschrijving",
        "De Onderwijsaanbieder is niet gekoppeld aan de Instellingscode",
        "BPV-gegevens",
        "Resultaatgegevens",
        "Dubbele Inschrijvingen",
        "Dubbele inschrijvingen E Leerroutefase MBO wijkt af van fase VO",
        "Dubbele inschrijvingen E Leerroutefase MBO wijkt af van fase VSO",
        "Dubbele bekostigbare inschrijvingen MBO-MBO (Binnen Instellingscode)",
        "Dubbele inschrijvingen MBO-VSO",
        "Aantal inschrijvingen MBO bekostigbaar",
        "Aantal inschrijvingen MBO niet bekostigbaar",
        "Examen inschrijvingen",
        "Aantal inschrijvingen MBO derde leerweg",
        "Aantal BPV&#x27;s in studiejaar",
        "MBO diploma&#x27;s bekostigbaar",
        "AMvB onderdelen",
        "Status aanlevering assurance rapport",
        "* Telling per persoon",
    ]
    plekken = [tekst.find(woord) for woord in volgorde]
    assert -1 not in plekken
    assert plekken == sorted(plekken)


def test_the_phase_of_a_leerroute_is_judged_monthly_and_stands_under_no_teldatum(amira: Client) -> None:
    tekst = amira.get("/dashboard/").text.partition("Dubbele Inschrijvingen<")[2]
    plekken = [
        tekst.index(woord)
        for woord in (
            "MBO wijkt af van fase VSO",
            "Dubbele Inschrijvingen per teldatum",
            "1-10",
            "MBO-MBO (Binnen",
        )
    ]
    assert plekken == sorted(plekken)
    assert len(getal(tekst, "Dubbele inschrijvingen E Leerroutefase MBO wijkt af van fase VO")) == 1


def test_each_count_is_explained_in_the_words_of_the_manual_and_says_of_which_studiejaar(
    amira: Client,
) -> None:
    nu, eerder = amira.get("/dashboard/").text, amira.get("/dashboard/?studiejaar=2024-2025").text
    for uitleg in (
        "voor bekostiging in aanmerking gebrachte BOL- en BBL-inschrijvingen",
        "met een startdatum tussen 01-08 en 31-07",
        "Uitschrijving zonder diploma, maar wel met resultaat",
    ):
        assert uitleg in nu
    assert "Huidig studiejaar" in nu
    assert "Huidig studiejaar" not in eerder
    assert eerder.count('class="kr-getal">Studiejaar 2024/2025<') == 2


def test_a_melding_changes_a_number_and_the_list_behind_it(amira: Client) -> None:
    rij = "Datum uitschrijving gepland meer dan 90 dagen in het verleden"
    assert getal(amira.get("/dashboard/").text, rij) == ["0"]
    lever(WIE, inschrijving("7", **TE_LAAT))
    tekst = amira.get("/dashboard/").text
    assert getal(tekst, rij) == ["1"]
    assert getal(tekst, "BOL inschrijvingen") == ["1", "1"]
    lijst = amira.get("/dashboard/getal/?regel=B04").text
    assert "Zonderling, Noor" in lijst
    assert "1 in totaal" in lijst
    lever(WIE, inschrijving("7", datum_uitschrijving_werkelijk=date(2026, 1, 31)))
    tekst = amira.get("/dashboard/").text
    assert getal(tekst, rij) == ["0"]
    assert getal(tekst, "BOL inschrijvingen") == ["1", "0"]
    assert "Achter dit getal staat niemand" in amira.get("/dashboard/getal/?regel=B04").text


def test_what_stands_around_the_figures_follows_too_and_is_kept_for_each_pass_apart(
    amira: Client, bezoeker: MaakBezoeker
) -> None:
    rood = bezoeker(Rol.REGISTERCONTROLE, kenmerk=HIER)
    for aantal, velden in ((0, {}), (1, TE_LAAT), (0, {})):
        lever(WIE, inschrijving("7", **velden))
        for een in (amira, rood):
            tekst = een.get("/dashboard/").text
            assert f'<p class="kr-kaart__getal">{aantal}</p>' in tekst
            assert ("op het spel" in tekst) == (een is amira)
            assert ('href="/signalen/"' in tekst) == (een is amira)


@pytest.mark.parametrize(
    "vraag",
    [
        "studiejaar=onzin",
        "studiejaar=2025-2027",
        "studiejaar=2030-2031",
        "studiejaar=0001",
        "stand=gisteren",
        "stand=2099-01-01",
        "stand=1066-10-14",
        "dag=2026-02-30",
    ],
)
def test_a_question_that_cannot_be_is_answered_in_words(amira: Client, vraag: str) -> None:
    for adres in ("/dashboard/", "/dashboard/cijfers/", "/dashboard/getal/"):
        antwoord = amira.get(f"{adres}?{vraag}&regel=B04")
        assert antwoord.status_code == 422, (adres, vraag)
        assert "utrecht-alert--error" in antwoord.text
        assert 'href="#veld-' in antwoord.text or "2030" in vraag or "1066" in vraag or "2099" in vraag


def test_duo_chooses_an_institution_and_sees_its_figures(maart, bezoeker: MaakBezoeker) -> None:
    lever(WIE, inschrijving("7", **TE_LAAT))
    fenna = bezoeker(Rol.DUO, kenmerk="DUO")
    tekst = fenna.get("/dashboard/").text
    assert f"?instelling={HIER}" in tekst
    rij = "Datum uitschrijving gepland meer dan 90 dagen in het verleden"
    tekst = fenna.get(f"/dashboard/?instelling={HIER}").text
    assert getal(tekst, rij) == ["1"]
    assert f"?instelling={HIER}&amp;regel=B04" in tekst
    assert fenna.get(f"/dashboard/getal/?instelling={HIER}&regel=B04").status_code == 200
    antwoord = fenna.get("/dashboard/?instelling=99ZZ")
    assert antwoord.status_code == 422
    assert "niet bekend" in antwoord.text


def test_an_accountant_sees_the_own_studiejaar_and_no_other(maart, bezoeker: MaakBezoeker) -> None:
    emiel = bezoeker(Rol.ACCOUNTANT, kenmerk=HIER, studiejaar="2024-2025")
    lever(WIE, inschrijving("7", **TE_LAAT))
    assert "studiejaar 2024/2025 inclusief" in emiel.get("/dashboard/").text
    antwoord = emiel.get("/dashboard/?studiejaar=2025-2026")
    assert antwoord.status_code == 422
    assert "alleen studiejaar 2024-2025" in antwoord.text


def test_an_institution_without_funding_has_no_rows_of_funding(maart, bezoeker: MaakBezoeker) -> None:
    stamgegevens.laad_gegevens(
        Gegevens(instellingen={"31NB": Instelling("31NB", "Vakschool", Instellingsoort.NBI)}),
        "test",
        "proef",
    )
    lever(WIE, inschrijving("1", "31NB"))
    tekst = bezoeker(Rol.SIGNALEN, kenmerk="31NB").get("/dashboard/").text
    assert "Vakschool" in tekst
    for woord in (
        "ekostigbaar",
        "Examen inschrijvingen",
        "Assurance",
        "Overlap exameninschrijving",
        "op het spel",
    ):
        assert woord not in tekst, woord
    assert "Aantal inschrijvingen MBO" in tekst
    assert "ODT inschrijvingen" in tekst


def test_what_cannot_be_judged_says_what_is_missing(amira: Client) -> None:
    (cel,) = getal(amira.get("/dashboard/").text, "Inschrijving cross-over opleiding zonder toestemming")
    assert cel.startswith("niet te beoordelen: ")
    assert "ontbreekt" in cel


def test_a_placed_day_is_offered_and_shown_as_it_was(amira: Client, monkeypatch) -> None:
    rij = "Datum uitschrijving gepland meer dan 90 dagen in het verleden"
    lever(WIE, inschrijving("7", **TE_LAAT))
    register.stand()
    zet_klok(monkeypatch, MORGEN)
    kwaliteit.keer_om()
    kwaliteit.plaats()
    lever(WIE, inschrijving("7"))
    tekst = amira.get("/dashboard/").text
    assert getal(tekst, rij) == ["0"]
    assert '<p class="kr-kaart__getal">0</p>' in tekst
    assert '<option value="2026-03-02">2 maart 2026</option>' in tekst
    tekst = amira.get("/dashboard/?stand=2026-03-02").text
    assert getal(tekst, rij) == ["1"]
    assert '<p class="kr-kaart__getal">1</p>' in tekst
    assert "Open signalen in het halfjaar tot en met 1 maart 2026" in tekst
    assert "Hoe lang de signalen toen al stonden" in tekst
    assert "op het spel" not in tekst, "what is at stake is known of now only"
    assert "gegevens tot en met 1 maart 2026" in tekst
    assert "?stand=2026-03-02&amp;regel=B04" in tekst
    assert "1 in totaal" in amira.get("/dashboard/getal/?stand=2026-03-02&regel=B04").text


def test_a_large_institution_is_counted_by_the_worker_and_the_page_asks_again(
    amira: Client, monkeypatch
) -> None:
    from kernregister.voorzieningen.kwaliteit.tasks import tel
    from kernregister.web.portaal.dashboard import views

    lever(WIE, inschrijving("7", **TE_LAAT))
    monkeypatch.setattr(views, "GEDULD", 0)
    for _ in range(2):
        antwoord = amira.get("/dashboard/")
        assert antwoord.status_code == 202
        assert "worden geteld" in antwoord.text
    with cursor() as sql:
        sql.execute("SELECT args::text FROM procrastinate_jobs WHERE task_name = 'kwaliteit.tel'")
        assert len(sql.fetchall()) == 1
    stil = amira.get("/dashboard/?telt=ja", headers={"HX-Request": "true"})
    assert (stil.status_code, stil.text) == (204, "")
    tel(instelling=HIER, jaar=2025, dag="")
    klaar = amira.get("/dashboard/?telt=ja", headers={"HX-Request": "true"})
    assert klaar.headers["HX-Refresh"] == "true"
    assert amira.get("/dashboard/").status_code == 200


def test_a_page_that_is_open_is_sent_nothing_as_long_as_nothing_changes(amira: Client) -> None:
    (adres,) = re.findall(r'hx-get="([^"]+)" hx-trigger="every 10s"', amira.get("/dashboard/").text)
    deel = {"HX-Request": "true"}
    assert amira.get(f"/dashboard/{adres}", headers=deel).status_code == 204
    lever(WIE, inschrijving("7", **TE_LAAT))
    assert amira.get(f"/dashboard/{adres}", headers=deel).status_code == 200


def test_no_page_of_the_dashboard_asks_the_database_more_than_eighteen_times(amira: Client) -> None:
    lever(WIE, inschrijving("7", **TE_LAAT))
    for adres in (
        "/dashboard/",
        "/dashboard/?studiejaar=2024-2025",
        "/dashboard/getal/?regel=B04",
        "/dashboard/getal/?blok=Inschrijvingen+bekostigbaar&rij=BOL&kolom=1-10",
    ):
        assert tel_vragen(amira, adres) <= 18, adres
