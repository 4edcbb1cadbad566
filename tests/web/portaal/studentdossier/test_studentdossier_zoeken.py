"""Finding a student by exactly one number, with the messages of the manual (Handleiding ROD mbo, h. 08)."""

import logging
import re
from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client

from kernregister.kern.dossier import Dossier
from kernregister.web.portaal.studentdossier import zoeken
from kernregister.web.toegang.rollen import Rol
from tests.voorzieningen.register import verhaal
from tests.voorzieningen.register.verhaal import DAAR, HIER
from tests.web.portaal.conftest import MaakBezoeker
from tests.web.portaal.studentdossier.opzet import ZOEK, lees, student, zoek

pytestmark = pytest.mark.usefixtures("wereld")


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

    def test_who_tries_numbers_is_stopped_and_stands_in_the_audit_trail(
        self, lezer: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        student()
        elders = student(4, verhaal.inschrijving("7", DAAR), diplomas=(), losse_resultaten=())
        monkeypatch.setattr(zoeken, "VERGEEFS", "2/h/key")
        try:
            for nummer in (900, 4):
                assert zoek(lezer, burgerservicenummer=verhaal.bsn(nummer)).status_code == 404
            gestopt = zoek(lezer, burgerservicenummer=verhaal.bsn(3))
            assert (gestopt.status_code, "Te vaak gezocht" in gestopt.text) == (429, True)
            assert zoek(lezer, studentnummer="bestaat niet").status_code == 404, "the own number is no guess"
        finally:
            cache.clear()
        regels = verhaal.vraag(
            "SELECT door, object_sleutel FROM platform_auditregel WHERE handeling = 'persoon.vergeefs-zoeken'"
        )
        assert len(regels) == 2
        assert all(door and not sleutel for door, sleutel in regels)
        assert str(elders) not in str(regels)

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


class TestWhoLeft:
    def test_a_clerk_is_led_on_to_the_own_records_of_a_student_who_left(
        self, lezer: Client, bezoeker: MaakBezoeker
    ) -> None:
        weg = verhaal.inschrijving("1", datum_uitschrijving_werkelijk=date(2026, 1, 31))
        persoon = student(40, weg)
        schrijft = bezoeker(Rol.STUDENTDOSSIER, Rol.SIGNALEN, kenmerk=HIER)
        verder = f"/invoer/?persoon={persoon}"
        for antwoord in (
            zoek(schrijft, burgerservicenummer=verhaal.bsn(40)),
            schrijft.get(f"{ZOEK}{persoon}/"),
        ):
            assert antwoord.status_code == 404
            assert "Geen gegevens gevonden" in antwoord.text
            assert f'href="{verder}"' in antwoord.text
        assert "Inschrijving 1" in schrijft.get(verder).text
        assert "/invoer/" not in lezer.get(f"{ZOEK}{persoon}/").text

    def test_whom_only_others_know_leads_nowhere(self, bezoeker: MaakBezoeker) -> None:
        persoon = student(41, verhaal.inschrijving("7", DAAR), diplomas=(), losse_resultaten=())
        schrijft = bezoeker(Rol.STUDENTDOSSIER, Rol.SIGNALEN, kenmerk=HIER)
        assert "?persoon=" not in schrijft.get(f"{ZOEK}{persoon}/").text
