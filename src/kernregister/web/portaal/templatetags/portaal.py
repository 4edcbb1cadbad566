"""What templates need: texts in two languages, dates and numbers as people write them, the menu."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kernregister.platform import klok
from kernregister.web.portaal import concept, teruggaan
from kernregister.web.portaal.navigatie import onderdelen
from kernregister.web.portaal.paginas import PAGINAS, Pagina
from kernregister.web.portaal.taal import Lezer, Taal, in_taal, taal_van, thema_van

register = template.Library()

_MAANDEN = (
    ("januari", "January"),
    ("februari", "February"),
    ("maart", "March"),
    ("april", "April"),
    ("mei", "May"),
    ("juni", "June"),
    ("juli", "July"),
    ("augustus", "August"),
    ("september", "September"),
    ("oktober", "October"),
    ("november", "November"),
    ("december", "December"),
)


def _taal(context: template.Context) -> str:
    bezoek = context.get("bezoek")
    return bezoek.taal if bezoek else taal_van(context["request"])


@register.simple_tag(takes_context=True)
def t(context: template.Context, nl: str, en: str, **waarden: Any) -> SafeString:
    """Return a text in the language of the page, with values put in: ``{% t "Nog {n} over" "{n} left" n=3 %}``."""
    return (
        format_html(en if _taal(context) == "en" else nl, **waarden)
        if waarden
        else SafeString(en if _taal(context) == "en" else nl)
    )


@register.simple_tag(takes_context=True)
def tekst(context: template.Context, beide: Any) -> str:
    """Return a `Tekst` in the language of the page."""
    return in_taal(beide, "en" if _taal(context) == "en" else "nl")


@register.simple_tag(takes_context=True)
def taal(context: template.Context) -> str:
    """Return the language of the page."""
    return _taal(context)


@register.simple_tag(takes_context=True)
def thema(context: template.Context) -> str:
    """Return the chosen theme, or an empty text."""
    return thema_van(context["request"])


@register.simple_tag(takes_context=True)
def datum(context: template.Context, dag: date | datetime | str | None, kort: bool = False) -> str:
    """Return a day as people write it: ``1 oktober 2025``, or short ``01-10-2025``; a moment in Dutch time.

    Of a date that is partly unknown only what is known is said: ``oktober 2025``, ``2025``.
    """
    if dag is None or dag == "":
        return "–"
    if isinstance(dag, str):
        if dag[5:7] == "00" or dag[8:10] == "00":
            return _onvolledig(dag, kort, _taal(context))
        dag = date.fromisoformat(dag[:10])
    tijd = ""
    if isinstance(dag, datetime):
        dag = dag.astimezone(klok.NEDERLAND)
        tijd = f" {dag:%H:%M}"
    if kort:
        return f"{dag:%d-%m-%Y}{tijd}"
    maand = _MAANDEN[dag.month - 1][1 if _taal(context) == "en" else 0]
    return f"{dag.day} {maand} {dag.year}{tijd}"


def maand(context: template.Context, nummer: int) -> str:
    """Return a month in three letters, as under a chart."""
    return (
        "mrt" if (nummer, _taal(context)) == (3, "nl") else _MAANDEN[nummer - 1][_taal(context) == "en"][:3]
    )


def _onvolledig(dag: str, kort: bool, taal: str) -> str:
    jaar, maand = dag[:4], int(dag[5:7])
    if jaar == "0000":
        return "unknown" if taal == "en" else "onbekend"
    if not maand:
        return jaar
    return f"{maand:02}-{jaar}" if kort else f"{_MAANDEN[maand - 1][1 if taal == 'en' else 0]} {jaar}"


@register.simple_tag
def nu() -> datetime:
    """Return the moment at which the page is made."""
    return klok.nu()


@register.simple_tag(takes_context=True)
def getal(context: template.Context, waarde: Any) -> str:
    """Return a whole number with the separators of the language; nothing is a dash."""
    if waarde is None:
        return "–"
    return f"{waarde:,}" if _taal(context) == "en" else f"{waarde:,}".replace(",", ".")


@register.filter
def foutenlijst(fouten: Mapping[str, Iterable[str]] | Iterable[str] | None) -> list[tuple[str, str]]:
    """Return faults, by field or of no field, as the summary on top of a form takes them (`onderdelen/fouten.html`)."""
    per_veld = fouten if isinstance(fouten, Mapping) else {"": fouten or ()}
    return [(veld, tekst) for veld, teksten in per_veld.items() for tekst in teksten]


@register.simple_tag(takes_context=True)
def menu(context: template.Context) -> list[tuple[Pagina, bool]]:
    """Return the parts of the portal that the visitor may enter, and of each whether this page is in it."""
    bezoek = context.get("bezoek")
    hier = context["request"].path
    return [(een, hier.startswith(f"/{een.pad}")) for een in onderdelen(bezoek.mag)] if bezoek else []


@register.simple_tag(takes_context=True)
def menulijst(context: template.Context, delen: Iterable[tuple[Pagina, bool]]) -> SafeString:
    """Return the list that `menu` gives, to stand in the page twice."""
    return _menulijst("en" if _taal(context) == "en" else "nl", tuple(delen))


@lru_cache(256)  # of the same roles on the same part it is the same list: 1.2 ms of every page
def _menulijst(taal: Taal, delen: tuple[tuple[Pagina, bool], ...]) -> SafeString:
    return render_to_string("portaal/onderdelen/menu.html", {"delen": delen, "bezoek": Lezer(taal)})


@register.simple_tag(takes_context=True)
def mag(context: template.Context, pagina: str) -> bool:
    """Tell whether the visitor may enter a page: ``{% mag "portaal_signaal" as open %}``, for what links there."""
    bezoek = context.get("bezoek")
    return bool(bezoek and bezoek.mag(pagina))


@register.simple_tag(takes_context=True)
def briefje(context: template.Context) -> SafeString:
    """Return the hidden field with which a form comes back to who was logged out meanwhile (``concept``)."""
    return format_html(
        '<input type="hidden" name="{}" value="{}">', concept.VELD, concept.briefje(context["bezoek"])
    )


@register.inclusion_tag("portaal/onderdelen/terug.html", takes_context=True)
def terug(
    context: template.Context, persoon: int | None = None, signaal: int | None = None, anders: Any = None
) -> dict[str, Any]:
    """Show the way back to the list that the visitor came from, at the line of a student or signal.

    Args:
        context: of the page.
        persoon: the student that the page is about.
        signaal: the signal that it is about.
        anders: name of the page to lead to for who came from no list.
    """
    bezoek = context["bezoek"]
    weg = teruggaan.terug(bezoek, persoon, signaal)
    if weg is None and anders and bezoek.mag(anders):
        weg = teruggaan.Weg(reverse(anders), PAGINAS[anders].titel)
    return {"weg": weg, "bezoek": bezoek}


@register.simple_tag
def regeladres(pagina: str, nummer: int) -> str:
    """Return the address of a page about one thing, as ``{% url %}`` does: for the lines of a list."""
    return f"{nummer}".join(_om_een_nummer(pagina))


@cache  # looking it up for each line took 2 of the 18 ms of a list of fifty
def _om_een_nummer(pagina: str) -> tuple[str, str]:
    voor, _, na = reverse(pagina, args=[0]).rpartition("0")
    return voor, na


@register.simple_tag(takes_context=True)
def in_adres(context: template.Context, **wijzigingen: Any) -> str:
    """Return the query of this page with some values changed; None takes one out: for filters and paging."""
    vraag = context["request"].GET.copy()
    for naam, waarde in wijzigingen.items():
        if waarde is None or waarde == "":
            vraag.pop(naam, None)
        else:
            vraag[naam] = str(waarde)
    return f"?{vraag.urlencode()}" if vraag else "?"
