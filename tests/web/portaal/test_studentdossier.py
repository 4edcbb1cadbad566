"""Finding a student and reading the dossier (Handleiding ROD mbo, h. 07, 08): who sees what, in the manual's words."""

import logging
import re
from datetime import date

import pytest
from django.test import Client
from msgspec.structs import replace

from kernregister.kern.dossier import Adres, Dossier, ExtraOndersteuning
from kernregister.kern.gegevens import Gegevens, Instelling, Opleiding, Soort
from kernregister.kern.tijd import OnvolledigeDatum
from kernregister.voorzieningen.stamgegevens import public as stamgegevens
from kernregister.web.toegang.rollen import Rol
from tests.databank import Databank
from tests.voorzieningen.kwaliteit.opzet import zet_klok
from tests.voorzieningen.register import verhaal
from tests.voorzieningen.register.verhaal import DAAR, HIER
from tests.web.portaal.conftest import MaakBezoeker
from tests.web.portaal.vragen import tel_vragen

VANDAAG = date(2026, 3, 2)
NBI = "30ZZ"
ZOEK = "/studentdossier/"
SCHERMEN = ("", "deelnames/", "resultaten/", "vooropleiding/", "tijdlijn/", "veranderd/", "inzage/")


@pytest.fixture(autouse=True)
def wereld(databank: Databank, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two funded institutions and one that is not; it is 2 March 2026."""
    zet_klok(monkeypatch, VANDAAG)
    instellingen = {
        HIER: Instelling(HIER, "ROC Hier"),
        DAAR: Instelling(DAAR, "ROC Daar"),
        NBI: Instelling(NBI, "Opleider", Soort.NBI),
    }
    opleidingen = {"25655": Opleiding("25655", "Verzorgende", niveau="MBO-3")}
    stamgegevens.laad_gegevens(
        Gegevens(instellingen=instellingen, opleidingen=opleidingen), "test", "kleine wereld"
    )


def student(plaats: int = 3, *inschrijvingen: object, **anders: object) -> int:
    """Register somebody with a school before and an enrolment here and elsewhere; a story changes what it is about."""
    persoon = anders.pop("persoon", {})
    standaard = {
        "diplomas": (verhaal.diploma("9"), verhaal.diploma("19", DAAR)),
        "losse_resultaten": (verhaal.keuzedeel(),),
        "deelnames": (verhaal.deelname(),),
        "vooropleidingen": (verhaal.vo_resultaat(),),
    }
    wie = verhaal.wie(verhaal.bsn(plaats), voornamen="Noor", geboorteplaats="Ons Dorp", **persoon)
    eigen = inschrijvingen or (verhaal.inschrijving("1"), verhaal.inschrijving("7", DAAR))
    return verhaal.registreer(Dossier(wie, eigen, **(standaard | anders)))


@pytest.fixture
def lezer(bezoeker: MaakBezoeker) -> Client:
    """Somebody of the institution with the role Gebruiker studentdossier."""
    return bezoeker(Rol.STUDENTDOSSIER, kenmerk=HIER)


def zoek(browser: Client, **getypt: str):
    return browser.post(ZOEK, getypt)


def lees(browser: Client, persoon: int, scherm: str = "", vraag: str = "") -> str:
    antwoord = browser.get(f"{ZOEK}{persoon}/{scherm}{vraag}")
    assert antwoord.status_code == 200, antwoord.status_code
    return " ".join(antwoord.text.split())


def velden(tekst: str) -> dict[str, str]:
    """Return the fields of a screen, the last of each label."""
    return dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", tekst))


class TestFinding:
    def test_a_number_leads_to_the_dossier_and_never_stands_in_an_address(
        self, lezer: Client, caplog: pytest.LogCaptureFixture
    ) -> None:
        persoon = student()
        with caplog.at_level(logging.DEBUG):
            antwoord = zoek(lezer, burgerservicenummer=verhaal.bsn(3))
            lees(lezer, persoon)
        assert antwoord.status_code == 302
        assert antwoord["Location"] == f"{ZOEK}{persoon}/"
        assert verhaal.bsn(3) not in caplog.text

    def test_a_number_may_be_typed_with_signs_between(self, lezer: Client) -> None:
        student()
        nummer = verhaal.bsn(3)
        assert zoek(lezer, burgerservicenummer=f" {nummer[:4]}.{nummer[4:6]}.{nummer[6:]}").status_code == 302

    def test_who_has_an_onderwijsnummer_is_found_by_it(self, lezer: Client) -> None:
        persoon = verhaal.registreer(Dossier(verhaal.wie(None, verhaal.own(5)), (verhaal.inschrijving("1"),)))
        assert zoek(lezer, onderwijsnummer=verhaal.own(5))["Location"] == f"{ZOEK}{persoon}/"
        assert verhaal.own(5) in lees(lezer, persoon)

    @pytest.mark.parametrize(
        ("getypt", "titel", "tekst"),
        [
            ({}, "Geen zoekcriterium", "Er moet tenminste één zoekcriterium worden opgegeven."),
            ({"studentnummer": "  "}, "Geen zoekcriterium", "Er moet tenminste één"),
            (
                {"burgerservicenummer": "999990007", "onderwijsnummer": "100310303"},
                "Te veel zoekcriteria",
                "Er mag maar één zoekcriterium worden opgegeven.",
            ),
            (
                {"burgerservicenummer": "123456789"},
                "Burgerservicenummer niet nummer proof",
                "Het ingevoerde burgerservicenummer voldoet niet aan de nummerproof.",
            ),
            ({"burgerservicenummer": "100310303"}, "Burgerservicenummer niet nummer proof", "Het ingevoerde"),
            ({"burgerservicenummer": "-"}, "Burgerservicenummer niet nummer proof", "Het ingevoerde"),
            (
                {"burgerservicenummer": "<b>x\0</b>"},
                "Burgerservicenummer niet nummer proof",
                "Het ingevoerde",
            ),
            (
                {"onderwijsnummer": "999990007"},
                "Onderwijsnummer niet nummer proof",
                "Het ingevoerde onderwijsnummer voldoet niet aan de nummerproof.",
            ),
        ],
    )
    def test_what_is_wrong_is_said_in_the_words_of_the_manual_and_what_was_typed_stays(
        self, lezer: Client, getypt: dict[str, str], titel: str, tekst: str
    ) -> None:
        antwoord = zoek(lezer, **getypt)
        assert antwoord.status_code == 422
        assert titel in antwoord.text
        assert tekst in antwoord.text
        for waarde in getypt.values():
            if waarde.isdigit():
                assert f'value="{waarde}"' in antwoord.text
        assert "<b>x" not in antwoord.text

    def test_a_person_whom_the_institution_has_nothing_to_do_with_is_unknown_to_it(
        self, lezer: Client
    ) -> None:
        elders = student(4, verhaal.inschrijving("7", DAAR), diplomas=(), losse_resultaten=())
        onbekend = zoek(lezer, burgerservicenummer=verhaal.bsn(900))
        van_elders = zoek(lezer, burgerservicenummer=verhaal.bsn(4))
        for antwoord in (onbekend, van_elders):
            assert antwoord.status_code == 404
            assert "Persoon onbekend" in antwoord.text
            assert "Met de opgegeven zoekcriteria is er geen persoon gevonden." in antwoord.text
        assert lezer.get(f"{ZOEK}{elders}/").status_code == 404

    def test_an_internal_error_has_its_message_and_what_was_typed_stays(
        self, lezer: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def breek(*_: object) -> None:
            raise RuntimeError(verhaal.bsn(3))

        monkeypatch.setattr("kernregister.voorzieningen.personen.public.zoek", breek)
        antwoord = zoek(lezer, burgerservicenummer=verhaal.bsn(3))
        assert antwoord.status_code == 500
        assert "Algemene fout" in antwoord.text
        assert (
            "Er is een interne fout opgetreden, neem contact op met de functioneel beheerder."
            in antwoord.text
        )
        assert f'value="{verhaal.bsn(3)}"' in antwoord.text
        assert verhaal.bsn(3) not in caplog.text

    def test_messages_have_english_beside_them(self, lezer: Client) -> None:
        antwoord = lezer.post(ZOEK, {}, headers={"Accept-Language": "en"})
        assert "No search criterion" in antwoord.text

    def test_an_own_student_is_found_in_the_list_of_a_day_and_by_name(self, lezer: Client) -> None:
        persoon = student()
        lijst = lezer.get(f"{ZOEK}?dag=2025-10-01&opleiding=25655").text
        assert f'href="{ZOEK}{persoon}/"' in lijst
        assert verhaal.bsn(3) not in lijst
        assert f'href="{ZOEK}{persoon}/"' not in lezer.get(f"{ZOEK}?dag=2020-10-01").text
        assert "Geen studenten gevonden" in lezer.get(f"{ZOEK}?dag=2020-10-01").text
        assert f'href="{ZOEK}{persoon}/"' in zoek(lezer, studentnummer="zonder").text

    @pytest.mark.parametrize(
        ("vraag", "fout"),
        [("dag=morgen", "geen datum"), ("opleiding=25", "vijf cijfers"), ("dag=&na=x", "")],
    )
    def test_the_list_says_what_it_cannot_read(self, lezer: Client, vraag: str, fout: str) -> None:
        antwoord = lezer.get(f"{ZOEK}?{vraag}")
        assert antwoord.status_code == 200
        assert fout in antwoord.text

    def test_the_list_goes_on_where_it_stopped(self, lezer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("kernregister.web.portaal.studentdossier.studenten.PER_BLADZIJDE", 2)
        allen = {student(plaats) for plaats in (10, 11, 12, 13, 14)}
        adres, gezien = "?dag=", []
        while adres:
            tekst = lezer.get(f"{ZOEK}{adres}").text
            gezien += [int(id_) for id_ in re.findall(rf'href="{ZOEK}(\d+)/"', tekst)]
            volgende = re.search(r'href="(\?[^"]*)#studenten" rel="next"', tekst)
            adres = volgende[1].replace("&amp;", "&") if volgende else ""
        assert sorted(gezien) == sorted(allen), "nobody twice, nobody left out"

    def test_dossiers_that_were_opened_come_back_without_a_number(self, lezer: Client) -> None:
        persoon = student()
        assert "Onlangs geopend" not in lezer.get(ZOEK).text
        lees(lezer, persoon)
        tekst = lezer.get(ZOEK).text
        assert "Onlangs geopend" in tekst
        assert f'href="{ZOEK}{persoon}/"' in tekst


class TestVisibility:
    @pytest.mark.parametrize("scherm", SCHERMEN)
    def test_without_an_active_or_future_enrolment_there_is_nothing_to_see(
        self, lezer: Client, scherm: str
    ) -> None:
        voorbij = verhaal.inschrijving("1", datum_uitschrijving_werkelijk=date(2026, 2, 1))
        persoon = student(5, voorbij)
        antwoord = lezer.get(f"{ZOEK}{persoon}/{scherm}")
        assert antwoord.status_code == 404
        assert "Geen gegevens gevonden" in antwoord.text
        assert "Zonderling" not in antwoord.text
        assert zoek(lezer, burgerservicenummer=verhaal.bsn(5)).status_code == 404

    def test_a_future_enrolment_opens_it(self, lezer: Client) -> None:
        straks = verhaal.inschrijving("1", datum_inschrijving=date(2026, 8, 1), perioden=(), bpvs=())
        assert "Zonderling" in lees(lezer, student(6, straks))

    @pytest.mark.parametrize("scherm", SCHERMEN)
    def test_another_institution_finds_nothing_under_its_address(
        self, bezoeker: MaakBezoeker, scherm: str
    ) -> None:
        persoon = student(3, verhaal.inschrijving("1"), diplomas=())
        ander = bezoeker(Rol.STUDENTDOSSIER, kenmerk="30ZZ")
        antwoord = ander.get(f"{ZOEK}{persoon}/{scherm}")
        assert antwoord.status_code == 404
        assert "Zonderling" not in antwoord.text

    def test_records_of_others_stand_under_vooropleidingen_only(self, lezer: Client) -> None:
        persoon = student()
        for scherm in ("deelnames/", "resultaten/", "veranderd/"):
            assert DAAR not in lees(lezer, persoon, scherm)
        assert f"{DAAR} – ROC Daar" in lees(lezer, persoon, "vooropleiding/")
        assert "Burgerservicenummer" in lees(lezer, persoon)

    def test_what_others_registered_after_own_enrolments_is_not_shown(self, lezer: Client) -> None:
        hier = verhaal.inschrijving("1", datum_uitschrijving_werkelijk=date(2026, 4, 30))
        later = verhaal.inschrijving("7", DAAR, datum_inschrijving=date(2026, 5, 1), perioden=(), bpvs=())
        persoon = student(7, hier, later, diplomas=(verhaal.diploma("19", DAAR),))
        deelnames = lees(lezer, persoon, "vooropleiding/")
        assert DAAR not in deelnames
        assert DAAR in lees(lezer, persoon, "vooropleiding/", "?lijst=resultaten"), "obtained during them"

    def test_a_secret_address_is_said_and_tells_no_place(self, lezer: Client) -> None:
        adres = Adres("Dorpsstraat", "1", postcode="1234AB", woonplaats="Verweg")
        persoon = student(8, persoon={"geheim": True, "adres": adres})
        tekst = lees(lezer, persoon, "", "?alles=1")
        assert "Geheim adres" in tekst
        assert "Dorpsstraat" not in tekst
        assert "Verweg" not in tekst
        vooraf = lees(lezer, persoon, "vooropleiding/")
        assert "99AA" in vooraf
        assert "01AA" not in vooraf
        assert DAAR not in vooraf

    def test_an_address_that_is_not_secret_is_shown(self, lezer: Client) -> None:
        adres = Adres(
            "Dorpsstraat",
            "1",
            postcode="1234AB",
            woonplaats="Ons Dorp",
            datum_begin=OnvolledigeDatum("2020-05-00"),
        )
        gevonden = velden(lees(lezer, student(9, persoon={"adres": adres})))
        assert gevonden["Adres vanaf"] == "05-2020"
        assert gevonden["Straat en huisnummer"] == "Dorpsstraat 1"
        assert gevonden["Postcode en plaatsnaam"] == "1234AB Ons Dorp"

    def test_an_institution_that_is_not_funded_sees_no_fields_of_funding(
        self, bezoeker: MaakBezoeker
    ) -> None:
        eigen = verhaal.inschrijving("1", NBI)
        persoon = student(10, eigen, diplomas=(verhaal.diploma("9", NBI),))
        nbi = bezoeker(Rol.STUDENTDOSSIER, Rol.SIGNALEN, kenmerk=NBI)
        for scherm in SCHERMEN:
            tekst = lees(nbi, persoon, scherm)
            assert "Extra Ondersteuning" not in tekst
            assert "bekostigbaar" not in tekst.lower()
            assert "Bekostiging (voorlopig)" not in tekst
        assert "Niet-bekostigd" in lees(nbi, persoon, "deelnames/")

    def test_an_accountant_sees_the_own_records_of_the_year_and_no_vooropleidingen(
        self, bezoeker: MaakBezoeker
    ) -> None:
        persoon = student()
        accountant = bezoeker(Rol.ACCOUNTANT, kenmerk=HIER, studiejaar="2025-2026")
        assert "Zonderling" in lees(accountant, persoon)
        deelnames = lees(accountant, persoon, "deelnames/")
        assert "Extra Ondersteuning" not in deelnames, "that has a scope of its own"
        vooraf = lees(accountant, persoon, "vooropleiding/")
        assert DAAR not in vooraf
        assert "geen vooropleidingen" in vooraf
        assert accountant.get(f"{ZOEK}{persoon}/inzage/").status_code == 403
        vroeger = bezoeker(Rol.ACCOUNTANT, kenmerk=HIER, studiejaar="2019-2020")
        assert vroeger.get(f"{ZOEK}{persoon}/").status_code == 404

    @pytest.mark.parametrize("rol", [Rol.REGISTERCONTROLE, Rol.SIGNALEN, Rol.BEHEERDER, Rol.BEKOSTIGING])
    @pytest.mark.parametrize("scherm", SCHERMEN)
    def test_without_the_role_no_screen_opens(self, bezoeker: MaakBezoeker, rol: Rol, scherm: str) -> None:
        assert bezoeker(rol, kenmerk=HIER).get(f"{ZOEK}1/{scherm}").status_code == 403
        assert bezoeker().get(f"{ZOEK}1/{scherm}").status_code == 302


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
        assert velden(tekst)["Niveau"] == "MBO-3 – vakopleiding"
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
