"""The screens of a dossier, field by field, in the manual's order and words (Handleiding ROD mbo, h. 08)."""

import html
import re
from datetime import date

import pytest
from django.test import Client
from msgspec.structs import replace

from kernregister.kern.dossier import ExtraOndersteuning
from kernregister.kern.tijd import OnvolledigeDatum
from kernregister.web.toegang.rollen import Rol
from tests.voorzieningen.register import verhaal
from tests.voorzieningen.register.verhaal import HIER
from tests.web.portaal.conftest import MaakBezoeker
from tests.web.portaal.studentdossier.opzet import SCHERMEN, ZOEK, lees, student, velden
from tests.web.portaal.vragen import tel_vragen

pytestmark = pytest.mark.usefixtures("wereld")


class TestScreens:
    def test_the_header_is_on_every_screen_and_every_tab_stays(self, lezer: Client) -> None:
        persoon = student(11, verhaal.inschrijving("1", bpvs=(), extra_ondersteuning=()), diplomas=())
        for scherm in SCHERMEN:
            tekst = lees(lezer, persoon, scherm)
            assert f"<strong>{verhaal.bsn(11)}</strong>" in tekst
            assert "<strong>Noor Zonderling</strong>" in tekst
            assert "14-05-2006" in tekst
            assert "Zoek persoon" in tekst
            for tab in ("Persoonsgegevens", "Deelnames", "Resultaten", "(voor)Opleidingen"):
                assert f">{tab}</a>" in tekst
            assert tekst.count("<h1") == 1

    def test_the_fields_of_a_person_stand_in_the_order_of_the_manual(self, lezer: Client) -> None:
        labels = re.findall(r"<dt>(.*?)</dt>", lees(lezer, student()))
        assert labels[:11] == [
            "Burgerservicenummer",
            "Onderwijsnummer",
            "Naam",
            "Voorvoegsels",
            "Voornamen",
            "Geslacht",
            "Geboortedatum",
            "Overlijdensdatum",
            "Geboorteplaats",
            "Geboorteland",
            "Indicatie geheim",
        ]
        assert labels[11:] == ["Begindatum", "Einddatum", "Code", "Omschrijving"], "there is no address"

    def test_of_departure_and_settlement_the_later_is_shown(self, lezer: Client) -> None:
        anders = {
            "datum_vertrek": OnvolledigeDatum("2010-01-01"),
            "datum_vestiging": OnvolledigeDatum("2012-00-00"),
        }
        gevonden = velden(lees(lezer, student(12, persoon=anders)))
        assert gevonden["Datum vestiging in Nederland"] == "2012"
        assert "Datum vertrek uit Nederland" not in gevonden

    def test_an_enrolment_with_all_that_is_under_it(self, lezer: Client) -> None:
        tekst = lees(lezer, student(), "deelnames/")
        assert re.findall(r"<dt>(.*?)</dt>", tekst) == [
            *("Instelling", "Inschrijvingvolgnummer", "Datum inschrijving", "Datum uitschrijving gepland"),
            *("Datum uitschrijving werkelijk", "Reden uitschrijving", "Datum begin periode"),
            *("Datum einde periode", "Opleiding", "Leertraject", "Niveau", "Indicatie Bekostigbaar"),
            *("Locatiecode VSV", "Onderwijsaanbieder", "Onderwijslocatie", "Leerroute", "Leerroutefase"),
            *("Volgnummer", "Afsluitdatum", "Datum begin", "Datum einde gepland", "Datum einde werkelijk"),
            *("Omvang (in uren)", "Opleiding", "Leerbedrijf-ID", "Keuzedeel"),
        ]
        gevonden = velden(tekst)
        assert gevonden["Instelling"] == f"{HIER} – ROC Hier – Bekostigd"
        assert gevonden["Leertraject"] == "BOL – beroepsopleidende leerweg"
        assert "25655 – Verzorgende" in tekst
        assert "Periode(s) Extra Ondersteuning" in tekst

    def test_what_an_enrolment_does_not_have_is_not_shown(self, lezer: Client) -> None:
        persoon = student(13, verhaal.inschrijving("1", bpvs=(), extra_ondersteuning=()))
        tekst = lees(lezer, persoon, "deelnames/")
        assert "Extra Ondersteuning" not in tekst
        assert "BPV" not in tekst

    def test_each_line_leads_to_its_details(self, lezer: Client) -> None:
        twee = verhaal.inschrijving("2", datum_inschrijving=date(2025, 8, 1), perioden=(), bpvs=())
        persoon = student(14, verhaal.inschrijving("1"), twee)
        tekst = lees(lezer, persoon, "deelnames/", "?regel=2")
        assert velden(tekst)["Inschrijvingvolgnummer"] == "1", "the latest stands first"
        assert velden(lees(lezer, persoon, "deelnames/", "?regel=99"))["Inschrijvingvolgnummer"] == "2"
        assert velden(lees(lezer, persoon, "deelnames/", "?regel=x"))["Inschrijvingvolgnummer"] == "2"

    def test_a_diploma_with_its_parts(self, lezer: Client) -> None:
        diploma = verhaal.diploma("9", inschrijvingvolgnummer="1", onderdelen=(verhaal.keuzedeel("31"),))
        tekst = lees(lezer, student(15, verhaal.inschrijving("1"), diplomas=(diploma,)), "resultaten/")
        assert re.findall(r"<dt>(.*?)</dt>", tekst) == [
            *("Instelling", "Onderwijsaanbieder", "Resultaatvolgnummer", "Opleiding", "Niveau"),
            *("Datum resultaat", "Indicatie bekostigbaar", "Inschrijvingvolgnummer"),
        ]
        assert velden(tekst)["Niveau"] == "MBO-3 – mbo-vakopleiding"
        assert "Code Keuzedeel" in tekst
        assert "Code AMvB-onderdeel" not in tekst

    def test_loose_results_have_a_screen_each_also_when_there_are_none(self, lezer: Client) -> None:
        persoon = student()
        los = lees(lezer, persoon, "resultaten/", "?soort=keuzedelen")
        assert velden(los)["Resultaat"] == "Behaald"
        assert "Keuzedeel (los)" in los
        leeg = lees(lezer, persoon, "resultaten/", "?soort=amvb-onderdelen")
        assert "Er zijn geen losse AMvB-onderdelen geregistreerd." in leeg
        assert "Losse Generieke examenonderdelen (0)" in leeg

    def test_earlier_education_tells_what_follows_from_it(self, lezer: Client) -> None:
        persoon = student()
        tekst = lees(lezer, persoon, "vooropleiding/", "?lijst=resultaten&regel=1")
        gevonden = velden(tekst)
        assert gevonden["Startkwalificatie behaald"] == "J – Ja"
        assert gevonden["Aantal jaren mbo zonder diploma"] == "0"
        assert gevonden["Uitslagdatum"] == "20-06-2024"

    def test_an_exam_before_the_state_shows_no_programme_and_some_outcomes_no_date(
        self, lezer: Client
    ) -> None:
        resultaat = replace(
            verhaal.vo_resultaat(),
            uitslagcode="E",
            opleidingcode="0123",
            staatsexamen=True,
            waardedocument=None,
        )
        persoon = student(16, vooropleidingen=(resultaat,))
        gevonden = velden(lees(lezer, persoon, "vooropleiding/", "?lijst=resultaten&regel=1"))
        assert "Uitslagdatum" not in gevonden
        assert "Opleiding" not in gevonden
        assert gevonden["Uitslagcode"] == "E"

    def test_all_screens_on_one_page_hold_what_they_hold_apart(self, lezer: Client) -> None:
        tekst = lees(lezer, student(), "", "?alles=1")
        for kop in (
            "Persoonsgegevens",
            "Deelname(s)",
            "BPV 1",
            "Diploma",
            "Keuzedeel (los)",
            "Verblijfstitel",
        ):
            assert f">{kop}</h" in tekst
        assert "Startkwalificatie behaald" in velden(tekst)

    def test_no_number_stands_in_any_address_of_any_screen(self, lezer: Client) -> None:
        persoon = student()
        for scherm in SCHERMEN:
            for adres in re.findall(r'(?:href|action)="([^"]*)"', lees(lezer, persoon, scherm)):
                assert verhaal.bsn(3) not in adres

    @pytest.mark.parametrize("scherm", [*SCHERMEN, "?alles=1"])
    def test_a_screen_asks_few_questions(self, bezoeker: MaakBezoeker, scherm: str) -> None:
        steun = (ExtraOndersteuning(date(2024, 9, 1)),)
        persoon = student(
            18,
            *(verhaal.inschrijving(str(nr), extra_ondersteuning=steun) for nr in range(1, 6)),
            losse_resultaten=tuple(verhaal.keuzedeel(str(nr)) for nr in range(20, 30)),
        )
        alle = bezoeker(Rol.STUDENTDOSSIER, Rol.SIGNALEN, Rol.BEKOSTIGING, kenmerk=HIER)
        assert tel_vragen(alle, f"{ZOEK}{persoon}/{scherm}") <= 20


class TestWhatHelps:
    def test_the_manual_explains_what_is_on_the_screen_and_nothing_that_is_not(self, lezer: Client) -> None:
        kaal = student(31, verhaal.inschrijving("1", bpvs=(), extra_ondersteuning=()))
        vol = student(32, verhaal.inschrijving("1"))
        steun = "handicap of chronische ziekte"
        bpv = "de datum waarop de praktijkovereenkomst is opgesteld"
        for uitleg in (steun, bpv):
            assert uitleg in lees(lezer, vol, "deelnames/")
            assert uitleg not in lees(lezer, kaal, "deelnames/")
        for scherm, uitleg in (
            ("", "bij een geheim adres worden adresgegevens niet getoond"),
            ("deelnames/", "verplicht bij een &#x27;Datum uitschrijving werkelijk&#x27;"),
            ("resultaten/", "Losse onderdelen zijn losse resultaten"),
            ("vooropleiding/", "geldt als één jaar"),
        ):
            assert html.unescape(uitleg) in html.unescape(lees(lezer, vol, scherm))

    def test_from_each_own_record_a_way_leads_to_the_form_that_changes_it(
        self, lezer: Client, bezoeker: MaakBezoeker
    ) -> None:
        schrijft = bezoeker(Rol.STUDENTDOSSIER, Rol.SIGNALEN, kenmerk=HIER)
        persoon = student(33, verhaal.inschrijving("1"))
        waar = {
            "deelnames/": [
                f"/invoer/{taak}/?persoon={persoon}&volgnummer=1"
                for taak in ("inschrijving", "periode", "beeindigen", "bpv")
            ]
            + [f"/invoer/bpv/?persoon={persoon}&volgnummer=1&nummer=1"],
            "resultaten/": [f"/invoer/diploma/?persoon={persoon}&nummer=9"],
            "resultaten/?soort=keuzedelen": [f"/invoer/resultaat/?persoon={persoon}&nummer=5"],
        }
        for scherm, adressen in waar.items():
            tekst = html.unescape(lees(schrijft, persoon, scherm))
            for adres in adressen:
                assert f'href="{adres}"' in tekst
                assert schrijft.get(adres).status_code == 200
            assert "/invoer/" not in lees(lezer, persoon, scherm)
        toen = lees(schrijft, persoon, "deelnames/?geldig=2025-01-01")
        assert "/invoer/bpv/" not in toen, "a form changes what is registered now"
