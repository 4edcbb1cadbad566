"""Charts of the portal: drawn in the page, the same figures beside them as a table, and never outside their frame."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from kernregister.kern.regels.paspoort import Tekst
from kernregister.web.portaal import grafieken

WAARDE = st.none() | st.integers(-(10**12), 10**12) | st.floats()
LABELS = st.text(min_size=1, max_size=12)


@given(st.lists(st.tuples(LABELS, st.lists(st.tuples(LABELS, WAARDE), max_size=60)), max_size=8))
def test_no_line_leaves_its_frame_whatever_its_values(reeksen: list[Any]) -> None:
    beeld = grafieken.lijnen(reeksen)
    bekende = [grafieken.bekend(w) for _, punten in reeksen for _, w in punten]
    if all(waarde is None for waarde in bekende):
        assert beeld is None
        return
    assert beeld
    punten = [punt for reeks in beeld.reeksen for punt in reeks.punten]
    assert len(punten) == sum(waarde is not None for waarde in bekende)
    assert all(grafieken.LINKS <= punt.x <= grafieken.RECHTS for punt in punten)
    assert all(grafieken.BOVEN <= punt.y <= grafieken.ONDER for punt in punten)
    assert all(grafieken.BOVEN <= streep.plek <= grafieken.ONDER for streep in beeld.strepen)
    assert all(0 <= woord.x <= 100 for woord in beeld.bijschriften)
    hoog = sorted(punten, key=lambda punt: punt.waarde)
    assert all(een.y >= ander.y for een, ander in pairwise(hoog)), "more is higher"


@given(
    st.lists(st.tuples(LABELS, WAARDE | st.dictionaries(st.sampled_from("abcdefgh"), WAARDE)), max_size=12)
)
def test_no_bar_leaves_its_frame_whatever_its_values(rijen: list[Any]) -> None:
    beeld = grafieken.staven(rijen)
    if beeld is None:
        return
    assert 0 <= beeld.nul <= 100
    for staaf in beeld.staven:
        for deel in staaf.delen:
            assert deel.x >= 0
            assert deel.breedte >= 0
            assert deel.x + deel.breedte <= 100.01
        assert sum(deel.breedte for deel in staaf.delen) <= 100.01


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_the_axis_has_few_round_values_that_hold_all_others(een: int, ander: int) -> None:
    laagst, hoogst = sorted((een, ander))
    stappen = grafieken.stappen(laagst, hoogst)
    assert 2 <= len(stappen) <= 7
    assert stappen[0] == 0
    assert stappen[-1] >= hoogst
    stap = stappen[1]
    assert stap >= 1
    assert str(int(stap)).rstrip("0") in {"1", "2", "5"}


def test_an_axis_of_small_fractions_and_of_losses() -> None:
    assert grafieken.stappen(0, 0) == [0, 1]
    assert grafieken.stappen(0.1, 0.35, heel=False) == pytest.approx([0, 0.1, 0.2, 0.3, 0.4])
    assert grafieken.stappen(-30, 45) == [-40, -20, 0, 20, 40, 60]


@pytest.fixture
def teken(databank: Any) -> Callable[..., Any]:
    """Give what draws a chart in a page: ``teken("lijngrafiek", gegevens, taal="nl")``."""
    from django.template import Context, Template
    from django.test import RequestFactory

    def maak(soort: str, gegevens: Any, taal: str = "nl") -> Any:
        request = RequestFactory().get("/", headers={"accept-language": taal})
        sjabloon = Template("{% load grafieken %}{% " + soort + " gegevens titel=titel %}")
        return html.fromstring(
            sjabloon.render(Context({"request": request, "gegevens": gegevens, "titel": "Open signalen"}))
        )

    return maak


REEKSEN = [("open", [(date(2026, 10, 1), 12), (date(2026, 11, 1), None), (date(2026, 12, 1), 1530.5)])]


def test_a_line_chart_says_what_it_shows_to_who_does_not_see_it(teken: Callable[..., Any]) -> None:
    figuur = teken("lijngrafiek", REEKSEN)
    assert figuur.tag == "figure"
    assert figuur.xpath("string(figcaption)") == "Open signalen"
    zin = figuur.xpath("string(.//desc)")
    assert "12 op 01-10-2026" in zin
    assert "het hoogst 1.530,5 op 01-12-2026" in zin
    cellen = [cel.text_content() for cel in figuur.xpath(".//details//tbody//*[self::th or self::td]")]
    assert cellen == ["01-10-2026", "12", "01-11-2026", "–", "01-12-2026", "1.530,5"]
    assert not figuur.xpath(".//polyline"), "a line is broken where a value is unknown"
    assert len(figuur.xpath(".//circle")) == 2


def test_numbers_are_written_in_the_language_of_the_page(teken: Callable[..., Any]) -> None:
    figuur = teken("lijngrafiek", REEKSEN, taal="en")
    assert "highest 1,530.5 at 01-12-2026" in figuur.xpath("string(.//desc)")
    assert "The same figures as a table" in figuur.text_content()


def test_places_are_written_for_a_browser_not_for_a_reader(teken: Callable[..., Any]) -> None:
    """A comma in a place would be two places."""
    figuur = teken("lijngrafiek", [("open", [(str(dag), dag) for dag in range(31)])])
    plekken = [punt.split(",") for punt in figuur.xpath("string(.//polyline/@points)").split()]
    assert len(plekken) == 31
    assert all(len([float(deel) for deel in plek]) == 2 for plek in plekken)
    assert {float(cirkel.get("cx").rstrip("%")) for cirkel in figuur.xpath(".//circle")} >= {11.0, 98.0}
    assert not figuur.xpath(".//*[@style]"), "the content security policy would drop it"


def test_bars_show_their_parts_and_what_they_add_up_to(teken: Callable[..., Any]) -> None:
    staven = [
        (Tekst("Tot een week", "Up to a week"), {"eigen": 30, "gedeeld": 10}),
        (Tekst("Langer", "Longer"), {"eigen": 20}),
    ]
    figuur = teken("staafgrafiek", staven, taal="en")
    assert [deel.get("width") for deel in figuur.xpath(".//ul[@class='kr-staven']//rect")] == [
        "75.0%",
        "25.0%",
        "50.0%",
    ]
    assert figuur.xpath(".//*[contains(@class, 'kr-staven__waarde')]/text()") == ["40", "20"]
    assert figuur.xpath(".//ul[@class='kr-legenda']/li")[1].text_content().strip() == "gedeeld"
    assert [cel.text for cel in figuur.xpath(".//details//td")] == ["30", "10", "20", "–"]


@pytest.mark.parametrize(
    ("soort", "gegevens"),
    [
        ("lijngrafiek", []),
        ("lijngrafiek", [("open", [])]),
        ("lijngrafiek", [("open", [("nu", None)])]),
        ("staafgrafiek", []),
        ("staafgrafiek", [("a", float("nan"))]),
    ],
)
def test_without_figures_there_is_no_picture_but_a_sentence(
    teken: Callable[..., Any], soort: str, gegevens: Any
) -> None:
    figuur = teken(soort, gegevens)
    assert not figuur.xpath(".//svg | .//table")
    assert "Er is nog niets te tekenen" in figuur.text_content()


def test_text_of_others_is_only_text(teken: Callable[..., Any]) -> None:
    figuur = teken("staafgrafiek", [("<script>kwaad()</script>", 3)])
    assert not figuur.xpath(".//script")
    assert "<script>kwaad()" in figuur.text_content()


@pytest.mark.parametrize(("taal", "woorden"), [("nl", ["mrt 2026", "apr"]), ("en", ["Mar 2026", "Apr"])])
def test_weeks_are_marked_by_the_months_that_begin(
    teken: Callable[..., Any], taal: str, woorden: list[str]
) -> None:
    weken = [date(2026, 2, 15) + timedelta(weeks=n) for n in range(8)]
    beeld = teken("lijngrafiek", [("open", [(dag, n) for n, dag in enumerate(weken)])], taal)
    assert beeld.xpath("//text[@text-anchor]/text()") == woorden
    assert not teken("lijngrafiek", [("open", [(dag, 1) for dag in weken[:2]])]).xpath(
        "//text[contains(., 'mrt')]"
    ), "in two weeks no months can be read: their days are written"
