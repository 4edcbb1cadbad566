"""TBG-i and GRONDSLAG are asked for like any overview, and made from the decisions as known at a stand."""

import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from lxml import etree

from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.formaten import tbgi_lezen
from kernregister.kern.formaten.tbgi import Inschrijving
from kernregister.kern.formaten.tbgi_xsd import schema
from kernregister.kern.formaten.verslag import Verslag
from kernregister.kern.tijd import Studiejaar
from kernregister.voorzieningen.bekostigen import momenten
from kernregister.voorzieningen.bekostigen import public as bekostigen
from kernregister.voorzieningen.bekostigen.fouten import Bekostigingsfout
from kernregister.voorzieningen.overzichten import public as overzichten
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.stamgegevens import public as stamgegevens
from tests.databank import Databank
from tests.voorzieningen.bekostigen import opzet
from tests.voorzieningen.bekostigen.opzet import JAAR
from tests.voorzieningen.kwaliteit.opzet import zet_klok
from tests.voorzieningen.overzichten.opzet import codes, inhoud, vraag
from tests.voorzieningen.register import wereld
from tests.voorzieningen.register.verhaal import vraag as sql
from tests.voorzieningen.register.wereld import (
    DAAR,
    HIER,
    NBI,
    diplomeer,
    identificeer,
    lukt,
    plaats_bpv,
    schrijf_in,
    wie,
)

BOL, BBL, ELDERS = wie(1), wie(2), wie(3)
DIT_JAAR = Bekostigingsjaar(JAAR)
LATER = {"datum_inschrijving": "2025-09-01", "perioden": [wereld.periode("2025-09-01")]}


@pytest.fixture(autouse=True)
def _wereld(databank: Databank, monkeypatch: pytest.MonkeyPatch) -> None:
    opzet.zet_klaar(monkeypatch)
    lukt(identificeer(BOL), schrijf_in(BOL), diplomeer(BOL, datum_resultaat="2025-12-12"))
    lukt(identificeer(BBL), schrijf_in(BBL, **opzet.bbl()), plaats_bpv(BBL, afsluitdatum="2026-01-10"))
    lukt(identificeer(ELDERS, DAAR), schrijf_in(ELDERS, "geheim7", DAAR))
    lukt(identificeer(ELDERS), schrijf_in(ELDERS, "3", **LATER))


def tbgi(**velden: object) -> bytes:
    return inhoud(vraag("TBGI", HIER, bekostigingsjaar=DIT_JAAR, **velden))


def test_a_tbg_i_keeps_to_its_schema_and_says_what_counts_and_why_not() -> None:
    aanvraag = vraag("TBGI", HIER, bekostigingsjaar=DIT_JAAR)
    tekst = inhoud(aanvraag)
    boom = etree.fromstring(tekst)
    etree.XMLSchema(etree.fromstring(schema().encode())).assertValid(boom)
    bijdragen = [een.text for een in boom.iter("BijdrageInschrijvingAanDeelnemerswaarde")]
    assert [float(een or 0) for een in bijdragen] == [1.25, 1.25, 0, 0, 0, 0]
    assert [float(een.text) for een in boom.iter("BijdrageDiplomawaarde")] == [5]
    signalen = [een.text for een in boom.iter("Signaalcode")]
    assert signalen == ["T91", "T91", "TA0", "TA0"]
    assert b"Indicatief" in tekst
    assert aanvraag.grondslag[f"bekostigingsparameters {JAAR}"]


def test_a_tbg_i_reads_back_as_what_is_decided_on_each_dossier(tmp_path: Path) -> None:
    aanvraag = vraag("TBGI", HIER, bekostigingsjaar=DIT_JAAR)
    pad = tmp_path / overzichten.bestanden([aanvraag.id], "stelsel")[aanvraag.id][0].naam
    pad.write_bytes(inhoud(aanvraag))
    verslag = Verslag(pad.name)
    gelezen = {}
    for een in tbgi_lezen.lees(pad, verslag):
        nummer = een.burgerservicenummer
        if isinstance(een, Inschrijving):
            for op in een.teldata:
                waarom = tuple(signaal.signaalcode for signaal in op.signalen)
                gelezen[nummer, een.inschrijvingvolgnummer, op.teldatum] = (
                    op.bekostigingsstatus,
                    op.bijdrage,
                    waarom,
                )
        else:
            waarom = tuple(signaal.signaalcode for signaal in een.signalen)
            gelezen[nummer, een.resultaatvolgnummer, None] = (
                een.bekostigingsstatus,
                een.bijdrage_diplomawaarde,
                waarom,
            )
    assert not verslag.fouten
    verwacht = {}
    for wie_ in (BOL, BBL, ELDERS):
        for besluit in bekostigen.van_dossier(wereld.nummer_van(wie_), JAAR, HIER, aanvraag.stand).besluiten:
            post = besluit.post
            sleutel = wie_.burgerservicenummer, post.sleutel, post.teldatum
            verwacht[sleutel] = post.status, post.bijdrage, post.faalt
    assert gelezen == verwacht
    assert len(verwacht) == 7, "three enrolments on two teldata, and a diploma"


def test_a_tbg_i_names_of_another_institution_no_more_than_its_code() -> None:
    tekst = tbgi()
    assert DAAR.encode() in tekst
    assert b"geheim7" not in tekst


def test_an_enrolment_tells_the_level_of_the_highest_diploma_that_was_funded_before() -> None:
    lukt(diplomeer(ELDERS, "8", DAAR, inschrijvingvolgnummer="geheim7", datum_resultaat="2025-06-30"))
    boom = etree.fromstring(tbgi())
    niveaus = {
        een.findtext("Burgerservicenummer"): een.findtext("NiveauHoogstBekostigdeDiploma")
        for een in boom.iter("Inschrijving")
    }
    assert niveaus == {BOL.pgn: "", BBL.pgn: "", ELDERS.pgn: "MBO-4"}


def test_onderwijsaanbieder_and_locatie_are_in_it_on_request_only() -> None:
    met = tbgi(extra={"uitbreiding": True})
    assert wereld.voorbeelden.AANBIEDER.encode() in met
    assert wereld.voorbeelden.AANBIEDER.encode() not in tbgi()


def test_as_known_at_a_stand_it_is_the_same_to_the_byte_whatever_came_after() -> None:
    stand = register.stand()
    toen = vraag("TBGI", HIER, bekostigingsjaar=DIT_JAAR, stand=stand)
    lukt(schrijf_in(BOL, perioden=[wereld.periode(bekostigbaar=False)]))
    stamgegevens.laad_gegevens(opzet.gegevens(Decimal("1.40")), "test", "nieuwe prijsfactoren")
    weer = vraag("TBGI", HIER, opnieuw=toen.id)
    assert weer.grondslag == toen.grondslag
    assert inhoud(weer) == inhoud(toen)
    assert tbgi() != inhoud(toen)


@pytest.mark.parametrize(
    ("instelling", "velden", "verwacht"),
    [
        (HIER, {}, ["bekostigingsjaar-leeg"]),
        (NBI, {"bekostigingsjaar": DIT_JAAR}, ["niet-bekostigd"]),
        (HIER, {"bekostigingsjaar": Bekostigingsjaar(1999)}, ["bekostigingsjaar-onbekend"]),
        (HIER, {"bekostigingsjaar": Bekostigingsjaar(2028)}, ["bekostigingsjaar-toekomst"]),
        (NBI, {"extra": {"uitbreiding": "ja"}}, ["bekostigingsjaar-leeg", "niet-bekostigd", "uitbreiding"]),
    ],
)
def test_all_that_is_wrong_with_a_request_for_a_tbg_i_is_said_at_once(
    instelling: str, velden: dict, verwacht: list[str]
) -> None:
    assert codes("TBGI", instelling, **velden) == verwacht


def lees_zip(tekst: bytes) -> tuple[str, list[str]]:
    with zipfile.ZipFile(io.BytesIO(tekst)) as zip_:
        (naam,) = zip_.namelist()
        return naam, zip_.read(naam).decode().splitlines()


def test_a_grondslag_has_renumbered_persons_with_their_funding_and_no_number_that_others_know() -> None:
    naam, regels = lees_zip(inhoud(vraag("GRONDSLAG", HIER)))
    assert naam == "GRONDSLAG_IP_MBO_27DV_20260302_2025.csv"
    assert regels[0] == "VLP;27DV;2025;20260302;V"
    tekst = "\n".join(regels)
    for een in (BOL, BBL, ELDERS):
        assert een.burgerservicenummer not in tekst
    soorten = [regel[:3] for regel in regels]
    assert (soorten.count("PER"), soorten.count("BII"), soorten.count("BID")) == (3, 6, 1)
    bijdragen = [regel.split(";")[-1] for regel in regels if regel.startswith("BII")]
    assert sorted(float(een or 0) for een in bijdragen) == [0, 0, 0, 0, 1.25, 1.25]


def test_the_same_person_has_the_same_number_at_one_receiver_and_another_elsewhere() -> None:
    def nummers(instelling: str) -> set[str]:
        _, regels = lees_zip(inhoud(vraag("GRONDSLAG", instelling)))
        return {regel.split(";")[1] for regel in regels if regel.startswith("PER")}

    hier = nummers(HIER)
    lukt(schrijf_in(BOL, perioden=[wereld.periode(bekostigbaar=False)]))
    assert nummers(HIER) == hier
    assert hier.isdisjoint(nummers(DAAR))


def test_a_grondslag_is_of_a_peildatum_that_has_been() -> None:
    assert codes("GRONDSLAG", HIER, studiejaar=Studiejaar(2026)) == ["peildatum-toekomst"]
    assert codes("GRONDSLAG", HIER) == []
    _, regels = lees_zip(inhoud(vraag("GRONDSLAG", HIER, studiejaar=Studiejaar(2024))))
    assert regels[0].startswith("VLP;27DV;2024")


def test_at_a_scheduled_moment_every_funded_institution_is_given_its_overview_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settings, "TBG_MOMENTEN", "11-01, 03-01")
    monkeypatch.setattr(settings, "TBG_UITBREIDING", True)
    assert momenten.vraag_aan_op() == 2, "1 March was yesterday, and the machine was off"
    assert momenten.vraag_aan_op() == 0
    rijen = sql(
        "SELECT instelling, bekostigingsjaar, soort, extra::text FROM overzichten_aanvraag ORDER BY 1"
    )
    assert rijen == [(code, JAAR, "TBGI", '{"uitbreiding": true}') for code in (DAAR, HIER)]
    zet_klok(monkeypatch, date(2026, 4, 1))
    assert momenten.vraag_aan_op() == 0


def test_broken_off_it_asks_for_what_is_missing_and_nothing_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "TBG_MOMENTEN", "03-02")
    echt, gezien = overzichten.vraag_aan, []

    def valt_om(wens: overzichten.Wens, client: str) -> object:
        if gezien:
            raise RuntimeError("stroom weg")
        gezien.append(wens.instelling)
        return echt(wens, client)

    with monkeypatch.context() as onderbroken:
        onderbroken.setattr(momenten.overzichten, "vraag_aan", valt_om)
        with pytest.raises(RuntimeError):
            momenten.vraag_aan_op()
    momenten.vraag_aan_op()
    assert sql("SELECT count(*) FROM overzichten_aanvraag") == [(2,)]


@pytest.mark.parametrize("tekst", ["13-01", "1 maart", "03-01;11-01", "02-30"])
def test_days_that_do_not_exist_are_refused_in_words(tekst: str) -> None:
    with pytest.raises(Bekostigingsfout, match="maand en dag"):
        momenten.lees_momenten(tekst)


def test_no_days_is_never(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "TBG_MOMENTEN", "")
    assert momenten.vraag_aan_op() == 0


def test_the_published_schema_is_that_of_the_code() -> None:
    assert (Path(__file__).parents[3] / "docs" / "tbgi.xsd").read_text() == schema()
