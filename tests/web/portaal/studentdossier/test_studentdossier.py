"""Who sees what of a dossier (Handleiding ROD mbo, h. 07 and 08)."""

from datetime import date

import pytest
from django.test import Client

from kernregister.kern.dossier import Adres
from kernregister.kern.tijd import OnvolledigeDatum
from kernregister.web.toegang.rollen import Rol
from tests.voorzieningen.register import verhaal
from tests.voorzieningen.register.verhaal import DAAR, HIER
from tests.web.portaal.conftest import MaakBezoeker
from tests.web.portaal.studentdossier.opzet import NBI, SCHERMEN, ZOEK, lees, student, velden, zoek

pytestmark = pytest.mark.usefixtures("wereld")


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
        vorig = bezoeker(Rol.ACCOUNTANT, kenmerk=HIER, studiejaar="2024-2025")
        assert 'value="2024-10-01"' in vorig.get(ZOEK).text, "the list begins in the year of the accountant"
        assert "01-10-2024" in lees(vorig, persoon).partition("Bekostiging (voorlopig)")[2]
        assert "01-10-2024" not in lees(accountant, persoon).partition("Bekostiging (voorlopig)")[2]
        vroeger = bezoeker(Rol.ACCOUNTANT, kenmerk=HIER, studiejaar="2019-2020")
        assert vroeger.get(f"{ZOEK}{persoon}/").status_code == 404

    @pytest.mark.parametrize("rol", [Rol.REGISTERCONTROLE, Rol.SIGNALEN, Rol.BEHEERDER, Rol.BEKOSTIGING])
    @pytest.mark.parametrize("scherm", SCHERMEN)
    def test_without_the_role_no_screen_opens(self, bezoeker: MaakBezoeker, rol: Rol, scherm: str) -> None:
        assert bezoeker(rol, kenmerk=HIER).get(f"{ZOEK}1/{scherm}").status_code == 403
        assert bezoeker().get(f"{ZOEK}1/{scherm}").status_code == 302
