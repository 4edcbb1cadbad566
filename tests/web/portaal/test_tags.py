"""Dates, numbers and texts as people read them."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse


def schrijf(sjabloon: str, taal: str = "nl", **waarden: object) -> str:
    request = RequestFactory().get("/")
    request.COOKIES["taal"] = taal
    return Template("{% load portaal %}" + sjabloon).render(Context({"request": request, **waarden}))


@pytest.mark.parametrize(
    ("dag", "nl", "en"),
    [
        (date(2025, 10, 1), "1 oktober 2025", "1 October 2025"),
        ("2025-10-01", "1 oktober 2025", "1 October 2025"),
        ("2025-10-00", "oktober 2025", "October 2025"),
        ("2025-00-00", "2025", "2025"),
        ("0000-00-00", "onbekend", "unknown"),
        (None, "–", "–"),
        (datetime(2025, 12, 31, 23, 30, tzinfo=UTC), "1 januari 2026 00:30", "1 January 2026 00:30"),
    ],
)
def test_a_day_is_written_as_far_as_it_is_known(dag: object, nl: str, en: str) -> None:
    assert schrijf("{% datum dag %}", dag=dag) == nl
    assert schrijf("{% datum dag %}", "en", dag=dag) == en


def test_a_text_stands_in_both_languages_and_its_values_cannot_break_the_page() -> None:
    sjabloon = '{% t "Nog {n} over" "{n} left" n=n %}'
    assert schrijf(sjabloon, n=3) == "Nog 3 over"
    assert schrijf(sjabloon, "en", n="<b>") == "&lt;b&gt; left"


def test_numbers_have_the_separators_of_the_language() -> None:
    assert schrijf("{% getal n %}", n=12345) == "12.345"
    assert schrijf("{% getal n %}", "en", n=12345) == "12,345"


def test_what_is_wrong_stands_on_top_and_leads_to_its_field() -> None:
    sjabloon = (
        '{% include "portaal/onderdelen/fouten.html" with fouten=fouten|foutenlijst voor="ro-" taal="nl" %}'
    )
    per_veld = {"begin": ["Geen datum."], "": ["Mag nu niet."]}
    tekst = schrijf(sjabloon, "en", fouten=per_veld)
    assert '<a class="utrecht-link" href="#veld-ro-begin">Geen datum.</a>' in tekst
    assert '<li lang="nl">Mag nu niet.</li>' in tekst
    assert 'tabindex="-1"' in tekst, "the page takes the reader there"
    assert "<li>Leeg.</li>" in schrijf(
        '{% include "portaal/onderdelen/fouten.html" with fouten=fouten|foutenlijst %}', fouten=["Leeg."]
    )
    assert schrijf(sjabloon, fouten={}).strip() == schrijf(sjabloon, fouten=None).strip() == ""


@pytest.mark.parametrize("pagina", ["portaal_signaal", "portaal_studentdossier_persoon"])
def test_a_line_of_a_list_leads_where_the_addresses_say(pagina: str) -> None:
    for nummer in (0, 7, 100, 25_003):
        assert schrijf("{% regeladres pagina nummer %}", pagina=pagina, nummer=nummer) == reverse(
            pagina, args=[nummer]
        )
