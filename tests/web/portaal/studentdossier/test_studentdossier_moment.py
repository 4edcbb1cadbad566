"""A dossier as it was known, as it holds on a day, what changed in it, who looked, and all of it in order of time."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from msgspec.structs import replace

from kernregister.kern.dossier import Adres, Dossier, Inschrijvingsperiode
from kernregister.voorzieningen.register import public as register
from kernregister.web.toegang.rollen import Rol
from tests.voorzieningen.kwaliteit.opzet import zet_klok
from tests.voorzieningen.register import verhaal
from tests.voorzieningen.register.verhaal import DAAR, HIER
from tests.web.portaal.conftest import MaakBezoeker
from tests.web.portaal.studentdossier.opzet import ZOEK, lees, student, velden

TOEN, VANDAAG = date(2026, 2, 2), date(2026, 3, 2)


pytestmark = pytest.mark.usefixtures("wereld")


def _student(**anders: object) -> Dossier:
    wie = verhaal.wie(verhaal.bsn(3))
    standaard = {"deelnames": (verhaal.deelname(),), "losse_resultaten": (verhaal.keuzedeel(),)}
    return Dossier(wie, (verhaal.inschrijving("1"),), **(standaard | anders))


@pytest.fixture
def persoon(monkeypatch: pytest.MonkeyPatch) -> int:
    """Somebody of whom a placement became known a month ago, and was taken out yesterday."""
    zet_klok(monkeypatch, TOEN)
    verhaal.registreer(_student())
    register.stand()
    zet_klok(monkeypatch, VANDAAG - timedelta(days=1))
    zonder = replace(verhaal.inschrijving("1"), bpvs=(), datum_uitschrijving_gepland=date(2028, 7, 31))
    id_ = verhaal.registreer(Dossier(verhaal.wie(verhaal.bsn(3)), (zonder,)))
    register.stand()
    zet_klok(monkeypatch, VANDAAG)
    return id_


class TestMoment:
    def test_as_known_on_a_day_it_shows_what_was_registered_then(self, lezer: Client, persoon: int) -> None:
        assert "BPV 1" not in lees(lezer, persoon, "deelnames/")
        toen = lees(lezer, persoon, "deelnames/", "?bekend=2026-02-15")
        assert "BPV 1" in toen
        assert velden(toen)["Datum uitschrijving gepland"] == "31-07-2027"
        assert "Zoals bekend op" in toen
        assert "?bekend=2026-02-15" in toen.partition("kr-tabbladen")[2], "the tabs keep the moment"

    def test_before_anything_was_registered_it_says_so(self, lezer: Client, persoon: int) -> None:
        tekst = lees(lezer, persoon, "deelnames/", "?bekend=2026-01-01")
        assert "Op deze dag was van de student nog niets bekend." in tekst
        assert "Zonderling" not in tekst

    def test_as_valid_on_a_day_it_shows_what_ran_then(self, lezer: Client, persoon: int) -> None:
        voor = lees(lezer, persoon, "", "?alles=1&geldig=2023-10-01")
        assert "geen deelnames" in voor
        assert "01AA" in voor, "the school of that day"
        assert "01AA" not in lees(lezer, persoon, "vooropleiding/", "?geldig=2025-10-01")

    @pytest.mark.parametrize(
        ("vraag", "fout"),
        [
            ("bekend=gisteren", "Dit is geen datum"),
            ("bekend=2026-03-03", "moet nog komen"),
            ("geldig=0001-01-01", "tussen 1900 en 3000"),
            ("geldig=2026-02-30", "Dit is geen datum"),
        ],
    )
    def test_a_day_that_cannot_be_is_said_at_its_field_and_the_dossier_is_that_of_now(
        self, lezer: Client, persoon: int, vraag: str, fout: str
    ) -> None:
        tekst = lees(lezer, persoon, "deelnames/", f"?{vraag}")
        assert fout in tekst
        assert velden(tekst)["Datum uitschrijving gepland"] == "31-07-2028"

    def test_who_may_not_look_now_may_not_look_through_the_past(
        self, lezer: Client, persoon: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        voorbij = replace(verhaal.inschrijving("1"), datum_uitschrijving_werkelijk=date(2026, 3, 1))
        verhaal.registreer(Dossier(verhaal.wie(verhaal.bsn(3)), (voorbij,)))
        for vraag in ("?bekend=2026-02-15", "?geldig=2025-10-01", "?alles=1&bekend=2026-02-15"):
            assert lezer.get(f"{ZOEK}{persoon}/{vraag}").status_code == 404


class TestWhatChanged:
    def test_each_version_tells_what_it_changed_and_by_which_kind_of_melding(
        self, lezer: Client, persoon: int
    ) -> None:
        tekst = lees(lezer, persoon, "veranderd/")
        stappen = re.findall(r"<li> <p class=\"kr-rij\"><strong>(.*?)</strong> <span>(.*?)</span>", tekst)
        assert ("Inschrijving 1", "gewijzigd") in stappen
        assert stappen[-1][1] == "geregistreerd"
        assert "Inschrijving uit RO" in tekst
        assert "OvernemenInschrijving" not in tekst
        assert "31-07-2027" in tekst
        assert "31-07-2028" in tekst

    def test_of_the_person_no_values_of_before_are_told(self, lezer: Client, persoon: int) -> None:
        for straat, geheim in (("Oudestraat", False), (None, True)):
            adres = Adres(straat, "1") if straat else None
            verhaal.registreer(Dossier(verhaal.wie(verhaal.bsn(3), adres=adres, geheim=geheim)))
        tekst = lees(lezer, persoon, "veranderd/")
        assert "Persoonsgegevens" in tekst
        assert "Geheim" in tekst
        assert "Oudestraat" not in tekst

    def test_records_of_others_are_not_told_of(self, lezer: Client, persoon: int) -> None:
        verhaal.registreer(Dossier(verhaal.wie(verhaal.bsn(3)), (verhaal.inschrijving("777", DAAR),)))
        assert "777" not in lees(lezer, persoon, "veranderd/")


class TestWhoLooked:
    def test_colleagues_who_looked_are_told_with_what_and_when(
        self, lezer: Client, bezoeker: MaakBezoeker, persoon: int
    ) -> None:
        collega = bezoeker(Rol.STUDENTDOSSIER, kenmerk=HIER, naam="carla")
        lees(collega, persoon, "resultaten/")
        collega.get(f"{ZOEK}?dag=2025-10-01")
        tekst = lees(lezer, persoon, "inzage/")
        rijen = re.findall(r"<td[^>]*>(.*?)</td> ?<td[^>]*>(.*?)</td> ?<td[^>]*>(.*?)</td>", tekst)
        gedaan = {(wie.partition(".")[0], wat) for _, wie, wat in rijen}
        assert {
            ("carla", "resultaten bekijken"),
            ("carla", "studenten tonen"),
            ("hanna", "inzage bekijken"),
        } <= gedaan

    def test_what_another_institution_did_is_not_told(
        self, lezer: Client, bezoeker: MaakBezoeker, persoon: int
    ) -> None:
        verhaal.registreer(Dossier(verhaal.wie(verhaal.bsn(3)), (verhaal.inschrijving("7", DAAR),)))
        ander = bezoeker(Rol.STUDENTDOSSIER, kenmerk=DAAR, naam="daan")
        lees(ander, persoon)
        assert "daan" not in lees(lezer, persoon, "inzage/")
        assert "daan" in lees(ander, persoon, "inzage/")

    def test_a_search_that_showed_nothing_is_told_too(self, lezer: Client, persoon: int) -> None:
        voorbij = replace(verhaal.inschrijving("1"), datum_uitschrijving_werkelijk=date(2026, 3, 1))
        verhaal.registreer(Dossier(verhaal.wie(verhaal.bsn(3)), (voorbij,)))
        assert lezer.get(f"{ZOEK}{persoon}/").status_code == 404
        verhaal.registreer(Dossier(verhaal.wie(verhaal.bsn(3)), (verhaal.inschrijving("1"),)))
        assert "studentdossier bekijken: geen gegevens" in lees(lezer, persoon, "inzage/")


class TestTimeline:
    def test_everything_stands_in_the_picture_and_in_the_list_and_leads_to_its_screen(
        self, lezer: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        zet_klok(monkeypatch, VANDAAG)
        elders = verhaal.inschrijving("7", DAAR, datum_inschrijving=date(2022, 8, 1), perioden=(), bpvs=())
        wie = _student(diplomas=(verhaal.diploma("9"),), vooropleidingen=(verhaal.vo_resultaat(),))
        persoon = verhaal.registreer(replace(wie, inschrijvingen=(*wie.inschrijvingen, elders)))
        tekst = lees(lezer, persoon, "tijdlijn/")
        beeld, lijst = re.search(r"<svg.*</svg>", tekst)[0], tekst.partition("Wat er gebeurde")[2]
        for wat in (
            "BPV 1",
            "Inschrijving 1",
            "Extra ondersteuning",
            "vo, 01AA",
            "mbo, 25LX",
            "K0067",
            "diploma havo",
        ):
            assert wat in beeld
            assert wat in lijst
        volgorde = [lijst.index(wat) for wat in ("vo, 01AA", "mbo, 25LX", "Inschrijving 1", "BPV 1", "K0067")]
        assert volgorde == sorted(volgorde), "in order of time"
        assert set(re.findall(r'href="([^"]*)"', beeld)) <= set(re.findall(r'href="([^"]*)"', lijst))
        assert "style=" not in tekst
        assert "1 oktober 2024" in lijst
        assert "1 oktober 2023" not in lijst, "not enrolled at this institution then"

    def test_the_picture_knows_no_fractions_that_a_language_would_write_with_a_comma(
        self, lezer: Client, persoon: int
    ) -> None:
        beeld = re.search(r"<svg.*</svg>", lees(lezer, persoon, "tijdlijn/"))[0]
        assert all(
            re.fullmatch(r"-?\d+", getal)
            for getal in re.findall(r' (?:x|y|x1|y1|cx|cy|width)="(.*?)"', beeld)
        )

    @pytest.mark.parametrize("geheim", [False, True])
    def test_what_is_registered_here_stands_in_it_once_also_with_a_secret_address(
        self, lezer: Client, geheim: bool
    ) -> None:
        elders = verhaal.inschrijving("1", DAAR, perioden=(), bpvs=(), extra_ondersteuning=())
        persoon = student(5, verhaal.inschrijving("1"), elders, persoon={"geheim": geheim})
        lijst = lees(lezer, persoon, "tijdlijn/").partition("Wat er gebeurde")[2]
        assert lijst.count("Inschrijving 1") == 1
        assert lijst.count(">mbo, ") == 1, "that of the other institution"
        assert lijst.count("25655 – Verzorgende<") == 3, "the period, the own diploma and that of the other"
        assert lijst.count("K0067") == 1

    def test_twenty_years_and_six_enrolments_are_seen_at_once(self, lezer: Client) -> None:
        jaren = [(2006, 2009), (2009, 2012), (2013, 2016), (2016, 2019), (2020, 2023), (2024, 2027)]
        alle = [
            verhaal.inschrijving(
                str(nummer),
                datum_inschrijving=date(van, 8, 1),
                datum_uitschrijving_gepland=date(tot, 7, 31),
                datum_uitschrijving_werkelijk=date(tot, 7, 31) if tot < 2026 else None,
                perioden=(Inschrijvingsperiode(date(van, 8, 1), "25655", "BOL", "MBO-4"),),
            )
            for nummer, (van, tot) in enumerate(jaren, 1)
        ]
        tekst = lees(lezer, student(6, *alle), "tijdlijn/")
        beeld = re.search(r"<svg.*</svg>", tekst)[0]
        assert int(re.search(r'width="(\d+)"', beeld)[1]) <= 1216, "as wide as a page is"
        assert all(f"Inschrijving {nummer}" in beeld for nummer in range(1, 7))
        hoogten = re.findall(r'--inschrijving[^"]*" x="\d+" y="(\d+)"', beeld)
        assert len(hoogten) == 6
        assert len(set(hoogten)) == 1, "one after the other, in one row"

    def test_a_slip_in_a_date_does_not_stretch_it_over_centuries(
        self, lezer: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        zet_klok(monkeypatch, VANDAAG)
        raar = verhaal.inschrijving(
            "1", datum_inschrijving=date(1924, 8, 1), datum_uitschrijving_gepland=date(9999, 12, 31)
        )
        persoon = verhaal.registreer(Dossier(verhaal.wie(verhaal.bsn(3)), (raar,)))
        beeld = lees(lezer, persoon, "tijdlijn/")
        assert int(re.search(r'<svg[^>]* width="(\d+)"', beeld)[1]) < 6000


def test_a_look_is_in_the_processing_log(lezer: Client, persoon: int) -> None:
    lees(lezer, persoon)
    rijen = verhaal.vraag(
        "SELECT client, namens FROM platform_verwerking WHERE name = 'studentdossier bekijken'"
    )
    assert rijen == [("portaal", HIER)]


class TestWhatWaits:
    @pytest.fixture
    def met_signaal(self) -> int:
        """Somebody whose planned end lies more than 90 days back, and whom nobody disenrolled."""
        eigen = verhaal.inschrijving("1", datum_uitschrijving_gepland=date(2025, 9, 1))
        return verhaal.registreer(Dossier(verhaal.wie(verhaal.bsn(30)), (eigen,)))

    def test_open_signals_lead_to_their_page_for_who_may_see_them(
        self, lezer: Client, bezoeker: MaakBezoeker, met_signaal: int
    ) -> None:
        ziet = bezoeker(Rol.STUDENTDOSSIER, Rol.SIGNALEN, kenmerk=HIER)
        for scherm in ("", "tijdlijn/"):
            tekst = lees(ziet, met_signaal, scherm)
            adres = re.search(r'href="(/signalen/\d+/)"', tekst)
            assert adres, scherm
            assert "B04" in tekst
            assert ziet.get(adres[1]).status_code == 200
            assert "B04" not in lees(lezer, met_signaal, scherm)

    def test_each_version_leads_to_its_melding_for_who_may_see_it(
        self, lezer: Client, bezoeker: MaakBezoeker, met_signaal: int
    ) -> None:
        ziet = bezoeker(Rol.STUDENTDOSSIER, Rol.SIGNALEN, kenmerk=HIER)
        adres = re.search(r'href="(/meldingen/[0-9a-f-]{36}/)"', lees(ziet, met_signaal, "veranderd/"))
        assert adres
        assert ziet.get(adres[1]).status_code == 200
        assert "/meldingen/" not in lees(lezer, met_signaal, "veranderd/")

    def test_what_the_own_records_count_for_is_told_to_who_works_with_funding(
        self, lezer: Client, bezoeker: MaakBezoeker, met_signaal: int
    ) -> None:
        ziet = bezoeker(Rol.STUDENTDOSSIER, Rol.BEKOSTIGING, kenmerk=HIER)
        tekst = lees(ziet, met_signaal)
        assert "Bekostiging (voorlopig)" in tekst
        assert "01-10-2025" in tekst
        assert "Indicatief" in tekst
        assert "Bekostiging (voorlopig)" not in lees(lezer, met_signaal)
