"""The manual's example of chapter 13 through the real register: delivered, corrected, every difference explained."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kernregister.kern.dossier import Persoon
from kernregister.kern.gegevens import Opleiding
from kernregister.kern.tijd import OnvolledigeDatum, Studiejaar
from kernregister.voorzieningen.overzichten.uitleg import Bron
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.stamgegevens import public as stamgegevens
from tests.kern import voorbeelden
from tests.voorzieningen.kwaliteit.opzet import zet_klok
from tests.voorzieningen.overzichten.opzet import alles, vraag
from tests.voorzieningen.overzichten.twee_overzichten import leg_uit, maak_obo
from tests.voorzieningen.register.wereld import HIER, identificeer, lukt, periode, schrijf_in, verwijder

JAAR = Studiejaar(2016)
VOORBEELD = Path("tests/kern/voorbeeld_obo")
EERSTE, TWEEDE = date(2017, 5, 31), date(2017, 6, 30)
GEPLAND = "2019-07-31"
_BSN = ("999990007", "999990019", "999990020", "999990032", "999990044", "999990056")
WIE = [
    Persoon(bsn, None, OnvolledigeDatum(f"{jaar}-10-07"), "M") for jaar, bsn in enumerate(_BSN, start=1991)
]
AD1, AD2, ZELFDE, AD3, AD4, AD5 = WIE


@dataclass
class Verhaal:
    """Both OBO's, and the melding by which each person's differences came."""

    oud: Bron
    nieuw: Bron
    door: dict[str, str]


def inschrijving(over: Persoon, begin: str, *perioden: dict[str, Any], **anders: Any) -> Any:
    return schrijf_in(
        over,
        datum_inschrijving=begin,
        datum_uitschrijving_gepland=GEPLAND,
        perioden=[*(perioden or [bbl(begin)])],
        **anders,
    )


def bbl(begin: str, code: str = "90603", niveau: str | None = None) -> dict[str, Any]:
    return periode(begin, opleidingcode=code, leertraject="BBL", niveau=niveau)


def uitgeschreven(dag: str) -> dict[str, str]:
    return {"datum_uitschrijving_werkelijk": dag, "reden_uitschrijving": "08"}


def drie_perioden(derde: str) -> Any:
    return inschrijving(
        AD4,
        "2016-08-01",
        bbl("2016-08-01", "79040", "MBO-4"),
        bbl("2016-10-02", "22089", "MBO-4"),
        bbl(derde),
    )


def lever_aan() -> None:
    """Identify everybody and deliver what the first OBO has."""
    personen.neem_op(WIE)
    lukt(*(identificeer(een) for een in WIE))
    lukt(
        inschrijving(AD1, "2016-08-01"),
        inschrijving(AD2, "2016-08-01", **uitgeschreven("2016-12-31")),
        inschrijving(ZELFDE, "2016-11-01"),
        inschrijving(AD3, "2017-03-01"),
        drie_perioden("2017-01-01"),
    )


def corrigeer() -> dict[str, str]:
    """Deliver what makes the second OBO; return each person's melding."""
    mutaties = {
        AD1.pgn: inschrijving(AD1, "2016-08-01", **uitgeschreven("2016-12-31")),
        AD2.pgn: inschrijving(AD2, "2016-08-01", **uitgeschreven("2017-03-31")),
        AD3.pgn: verwijder("Inschrijving", AD3, inschrijvingvolgnummer="1"),
        AD4.pgn: drie_perioden("2017-03-01"),
        AD5.pgn: inschrijving(AD5, "2017-05-01"),
    }
    lukt(*mutaties.values())
    return {pgn: str(melding.id) for pgn, melding in mutaties.items()}


@pytest.fixture
def stamlijsten(databank, monkeypatch) -> None:
    """The programmes of the example, on the day of the first OBO."""
    altijd = (voorbeelden.geldig("2010-01-01"),)
    opleidingen = {
        code: Opleiding(code, niveau=niveau, duur_maanden=36, geldig=altijd)
        for code, niveau in (("90603", "MBO-3"), ("22089", "MBO-4"), ("79040", "MBO-4"))
    }
    zet_klok(monkeypatch, EERSTE)
    gegevens = voorbeelden.stamgegevens(opleidingen=opleidingen)
    stamgegevens.laad_gegevens(gegevens, "test", "voorbeeld van de handleiding")


@pytest.fixture
def verhaal(stamlijsten, monkeypatch, tmp_path) -> Verhaal:
    lever_aan()
    oud = maak_obo(
        tmp_path, "OBO_27DV_2016_20170601.CSV", jaar=JAAR, aanvraag=EERSTE, aanmaak=date(2017, 6, 1)
    )
    zet_klok(monkeypatch, TWEEDE)
    door = corrigeer()
    nieuw = maak_obo(
        tmp_path, "OBO_27DV_2016_20170701.CSV", jaar=JAAR, aanvraag=TWEEDE, aanmaak=date(2017, 7, 1)
    )
    return Verhaal(oud, nieuw, door)


def test_both_obos_of_the_register_are_those_of_the_manual(verhaal):
    for bron in (verhaal.oud, verhaal.nieuw):
        assert bron.pad.read_text().splitlines() == (VOORBEELD / bron.pad.name).read_text().splitlines()


def test_the_difference_list_is_that_of_the_manual_file_by_file(verhaal, tmp_path):
    leg_uit(verhaal.oud, verhaal.nieuw, tmp_path / "uit", JAAR)
    verwacht = sorted(VOORBEELD.glob("OBOV_*"))
    assert len(verwacht) == 7
    for pad in verwacht:
        gemaakt = tmp_path / "uit" / pad.name
        assert gemaakt.read_text().splitlines() == pad.read_text().splitlines(), pad.name


def test_each_line_has_the_one_melding_that_caused_it(verhaal, tmp_path):
    for een in leg_uit(verhaal.oud, verhaal.nieuw, tmp_path / "uit", JAAR):
        (melding,) = een["meldingen"]
        assert melding["id"] == verhaal.door[een["burgerservicenummer"]]
        assert melding["afzender"] == HIER
        assert een["zonder_melding"] == []
        verwijderd = een["burgerservicenummer"] == AD3.pgn
        assert melding["soort"] == ("VerwijderenInschrijving" if verwijderd else "AanleverenInschrijving")


def test_what_can_be_relevant_is_what_the_manual_says_with_the_teldatum_it_touches(verhaal, tmp_path):
    verschillen = leg_uit(verhaal.oud, verhaal.nieuw, tmp_path / "uit", JAAR)
    oktober, februari = "2016-10-01", "2017-02-01"
    assert [
        (v["burgerservicenummer"], v["soort_wijziging"], v["kan_relevant_zijn"], v["teldata"])
        for v in verschillen
        if v["recordsoort"] == "ISG"
    ] == [
        (AD1.pgn, "W", True, [oktober, februari]),
        (AD2.pgn, "W", True, [oktober, februari]),
        (AD3.pgn, "V", False, []),
        (AD5.pgn, "T", False, []),
    ]
    assert [
        (v["burgerservicenummer"], v["soort_wijziging"], v["kan_relevant_zijn"], v["teldata"])
        for v in verschillen
        if v["recordsoort"] == "ISP"
    ] == [
        (AD1.pgn, "W", True, [oktober, februari]),
        (AD2.pgn, "W", True, [oktober, februari]),
        (AD3.pgn, "V", False, []),
        (AD4.pgn, "W", True, [februari]),
        (AD4.pgn, "V", True, [februari]),
        (AD4.pgn, "T", False, []),
        (AD5.pgn, "T", False, []),
    ]


def test_an_indication_that_changed_because_of_another_record_says_so(verhaal, tmp_path):
    verschillen = leg_uit(verhaal.oud, verhaal.nieuw, tmp_path / "uit", JAAR)
    afgeleid = [(v["recordsoort"], v["burgerservicenummer"]) for v in verschillen if v["afgeleid"]]
    assert afgeleid == [("ISP", AD1.pgn), ("ISP", AD2.pgn), ("ISP", AD4.pgn)]
    assert register.stand() == verhaal.nieuw.stand


def test_asked_for_as_an_institution_does_the_second_obo_brings_the_same_list(stamlijsten, monkeypatch):
    lever_aan()
    eerste = alles(vraag("OBO", HIER, studiejaar=JAAR))
    zet_klok(monkeypatch, TWEEDE)
    door = corrigeer()
    tweede = alles(vraag("OBO", HIER, studiejaar=JAAR))
    assert not any(
        naam.startswith(("OBOV", "UITLEG")) for naam in eerste
    )  # there is nothing to compare it with
    for pad in VOORBEELD.glob("OBOV_*"):
        soort = pad.name.split("_")[1]
        gemaakt = tweede[f"OBOV_{soort}_27DV_{TWEEDE:%Y%m%d}.CSV"].decode().splitlines()
        verwacht = pad.read_text().splitlines()
        assert gemaakt[0] == verwacht[0]
        assert gemaakt[2:] == verwacht[2:], soort  # the second line names the days, and ours are made at once
    uitleg = msgspec.json.decode(tweede[f"UITLEG_27DV_{TWEEDE:%Y%m%d}.JSON"])
    assert {
        (v["burgerservicenummer"], m["id"]) for v in uitleg["verschillen"] for m in v["meldingen"]
    } == set(door.items())
    assert f"UITLEG_27DV_{TWEEDE:%Y%m%d}.XLSX" in tweede


def test_an_obo_that_is_asked_again_is_not_the_one_that_the_next_is_compared_with(stamlijsten, monkeypatch):
    lever_aan()
    eerste = vraag("OBO", HIER, studiejaar=JAAR)
    zet_klok(monkeypatch, TWEEDE)
    corrigeer()
    tweede = vraag("OBO", HIER, studiejaar=JAAR)
    zet_klok(monkeypatch, TWEEDE + timedelta(days=1))
    vraag("OBO", HIER, opnieuw=eerste.id)
    zet_klok(monkeypatch, TWEEDE + timedelta(days=2))
    assert vraag("OBO", HIER, studiejaar=JAAR).extra["vorige"] == str(tweede.id)
