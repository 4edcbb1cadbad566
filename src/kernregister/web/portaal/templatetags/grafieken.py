"""Charts as SVG in the page: ``{% lijngrafiek reeksen titel=... %}`` and ``{% staafgrafiek staven titel=... %}``.

Beside each stand the same figures as a table. Labels are texts, days, or a `Tekst` in both languages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from django import template

from kernregister.kern.regels.paspoort import Tekst
from kernregister.web.portaal import grafieken
from kernregister.web.portaal.grafieken import Waarde
from kernregister.web.portaal.templatetags.portaal import datum, maand, taal, tekst

register = template.Library()


@register.inclusion_tag("portaal/grafieken/lijn.html", takes_context=True)
def lijngrafiek(
    context: template.Context,
    reeksen: Sequence[tuple[Any, Sequence[tuple[Any, Waarde]]]],
    titel: str = "",
    leeg: str = "",
) -> dict[str, Any]:
    """Draw lines over time.

    Args:
        context: of the page; its language decides how numbers are written.
        reeksen: per line its name, and per point its label and value (None: unknown, the line is broken).
        titel: what the chart shows.
        leeg: what to say when there is nothing to draw.
    """
    in_woorden = [
        (_woord(context, naam), [(_woord(context, label), waarde) for label, waarde in punten])
        for naam, punten in reeksen
    ]
    beeld = grafieken.lijnen(in_woorden, _maanden(context, reeksen))
    labels = list(dict.fromkeys(label for _, punten in in_woorden for label, _ in punten))
    waarden = [dict(punten) for _, punten in in_woorden]
    return {
        **_basis(context, titel, leeg),
        "beeld": beeld,
        "hoogte": grafieken.HOOGTE,
        "onder": grafieken.ONDER,
        "legenda": [(reeks.naam, reeks.kleur) for reeks in beeld.reeksen] if beeld else [],
        "zin": _zin(context, beeld) if beeld else "",
        "kop": [naam for naam, _ in in_woorden],
        "rijen": [
            (label, [schrijf(context, een.get(label)) for een in waarden]) for label in labels if beeld
        ],
    }


@register.inclusion_tag("portaal/grafieken/staaf.html", takes_context=True)
def staafgrafiek(
    context: template.Context,
    staven: Sequence[tuple[Any, Waarde | Mapping[str, Waarde]]],
    titel: str = "",
    leeg: str = "",
) -> dict[str, Any]:
    """Draw bars, one under the other.

    Args:
        context: of the page; its language decides how numbers are written.
        staven: per bar its label and its value, or its values by series, which lie one after the other.
        titel: what the chart shows.
        leeg: what to say when there is nothing to draw.
    """
    rijen = [(_woord(context, label), waarde) for label, waarde in staven]
    beeld = grafieken.staven(rijen)
    series = [naam for naam, _ in beeld.series] if beeld else []
    return {
        **_basis(context, titel, leeg),
        "beeld": beeld,
        "staven": [(staaf, schrijf(context, staaf.waarde)) for staaf in beeld.staven] if beeld else [],
        "legenda": beeld.series if beeld else (),
        "kop": series or [_kies(context, "Aantal", "Number")],
        "rijen": [
            (label, [schrijf(context, w) for w in _waarden(waarde, series)]) for label, waarde in rijen
        ],
    }


@register.simple_tag(takes_context=True)
def schrijf(context: template.Context, waarde: Waarde) -> str:
    """Return a number as the language of the page writes it, with at most two decimals; what is unknown is a dash."""
    bekend = grafieken.bekend(waarde)
    if bekend is None:
        return "–"
    geschreven = f"{bekend:,.2f}".rstrip("0").rstrip(".")
    if geschreven == "-0":
        geschreven = "0"
    if taal(context) == "en":
        return geschreven
    return geschreven.translate({ord(","): ".", ord("."): ","})


def _basis(context: template.Context, titel: str, leeg: str) -> dict[str, Any]:
    return {
        "bezoek": context.get("bezoek"),
        "request": context.get("request"),
        "titel": titel,
        "leeg": leeg or _kies(context, "Er is nog niets te tekenen.", "There is nothing to draw yet."),
    }


def _kies(context: template.Context, nl: str, en: str) -> str:
    return en if taal(context) == "en" else nl


def _woord(context: template.Context, label: Any) -> str:
    if isinstance(label, Tekst):
        return tekst(context, label)
    return datum(context, label, kort=True) if isinstance(label, date) else str(label)


def _maanden(
    context: template.Context, reeksen: Sequence[tuple[Any, Sequence[tuple[Any, Waarde]]]]
) -> dict[int, str]:
    """Return the months that begin under a line over days, each at its first day in it, with the year where needed."""
    dagen = [dag for dag, _ in max((punten for _, punten in reeksen), key=len, default=[])]
    if not all(isinstance(dag, date) for dag in dagen):
        return {}
    uit: dict[int, str] = {}
    for plek, (vorige, dag) in enumerate(pairwise(dagen), 1):
        if dag.month != vorige.month:
            uit[plek] = maand(context, dag.month) + (f" {dag.year}" if not uit or dag.month == 1 else "")
    return uit if len(uit) > 1 else {}


def _waarden(waarde: Waarde | Mapping[str, Waarde], series: list[str]) -> list[Waarde]:
    if isinstance(waarde, Mapping):
        return [waarde.get(naam) for naam in series]
    return [waarde] if not series else [waarde, *[None] * (len(series) - 1)]


def _zin(context: template.Context, beeld: grafieken.Lijnen) -> str:
    """Say what a line chart shows, for who does not see it."""
    delen = []
    for reeks in beeld.reeksen:
        if not reeks.punten:
            continue
        eerste, laatste = reeks.punten[0], reeks.punten[-1]
        hoogste = max(reeks.punten, key=lambda punt: punt.waarde)
        vorm = _kies(
            context,
            "{naam}: {a} op {wanneer_a}, {b} op {wanneer_b}, het hoogst {c} op {wanneer_c}.",
            "{naam}: {a} at {wanneer_a}, {b} at {wanneer_b}, highest {c} at {wanneer_c}.",
        )
        delen.append(
            vorm.format(
                naam=reeks.naam,
                a=schrijf(context, eerste.waarde),
                wanneer_a=eerste.label,
                b=schrijf(context, laatste.waarde),
                wanneer_b=laatste.label,
                c=schrijf(context, hoogste.waarde),
                wanneer_c=hoogste.label,
            )
        )
    return " ".join(delen)
