"""The page of register and own administration: complete in itself, and safe with any value."""

from pathlib import Path

import pytest
from lxml import html

from kernregister.rapport.naast_register import RIJEN, maak_naast_register
from tests.vergelijking.verhaal import NUMMERS, Verhaal, rij, ro_regels


@pytest.fixture
def verhaal(tmp_path: Path) -> Verhaal:
    uit = Verhaal(tmp_path)
    uit.register(*(ro_regels(n) for n in NUMMERS))
    return uit


def test_every_cause_has_its_students(verhaal: Verhaal) -> None:
    verhaal.eigen(*(rij(n, gepland="1-8-2027") for n in NUMMERS[:5]))
    blad = html.fromstring(maak_naast_register(verhaal.sluit_aan()))
    kaarten = blad.findall(".//article")
    assert [len(kaart.findall(".//tbody/tr")) for kaart in kaarten] == [5, 1]
    assert "precies 1 dag later" in kaarten[0].find("h4").text_content()
    for link in blad.xpath("//a/@href"):
        assert blad.get_element_by_id(link.removeprefix("#")) is not None


def test_nothing_comes_from_outside_and_values_stay_text(verhaal: Verhaal) -> None:
    verhaal.eigen(rij(NUMMERS[0], leerweg="<script>alert(1)</script>"), *map(rij, NUMMERS[1:]))
    tekst = maak_naast_register(verhaal.sluit_aan())
    assert "<script" not in tekst
    assert "http:" not in tekst
    assert "https:" not in tekst
    assert "default-src &#39;none&#39;" in tekst


def test_a_large_comparison_shows_the_first_and_says_where_the_rest_is(verhaal: Verhaal) -> None:
    verhaal.eigen(*map(rij, NUMMERS), *(rij(str(n)) for n in range(100_000_000, 100_000_000 + RIJEN + 7)))
    tekst = maak_naast_register(verhaal.sluit_aan())
    assert tekst.count('<tr><th scope="row">1000') == RIJEN
    assert "De andere 7 staan in verschillen.csv." in tekst


def test_without_differences_it_says_so(verhaal: Verhaal) -> None:
    verhaal.eigen(*map(rij, NUMMERS))
    assert "Geen afwijkingen." in maak_naast_register(verhaal.sluit_aan())
