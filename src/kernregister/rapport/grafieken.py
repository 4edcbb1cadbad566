"""The plots of the report: Vega-Lite drawn to SVG, each with a sentence that says what it shows and its table.

Colours are fixed marks here; the page's style sheet maps them to those of its theme, light or dark.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from markupsafe import Markup

from kernregister.kern.tijd import maanden_na
from kernregister.rapport.cijfers import Cijfers
from kernregister.rapport.woorden import Woorden

INKT, LIJN, STAAF, NADRUK = "#1b2733", "#c5ccd3", "#2a6f97", "#b4530a"
"""The marks: text, lines, bars, bars that ask attention. The style sheet knows them by these values."""

BREEDTE = 340
HOOGSTENS = 20
"""Rules in one plot; its table has them all."""

LEEFTIJDSKLASSEN = ((0, 17), (18, 20), (21, 23), (24, 29), (30, 199))
VERSTREKEN = ((91, 120), (121, 180), (181, 365), (366, 730), (731, None))
MAANDEN_TERUG, MAANDEN_VOORUIT = 12, 36


class Grafiek(NamedTuple):
    """A plot. Without ``svg`` there is nothing to draw, and ``zin`` says why."""

    id: str
    titel: str
    zin: str
    svg: Markup | None = None
    kop: tuple[str, ...] = ()
    rijen: tuple[tuple[str, ...], ...] = ()


def grafieken(cijfers: Cijfers) -> list[Grafiek]:
    """Return the plots of the report."""
    return [maak(cijfers) for maak in (_per_regel, _verstreken, _leeftijden, _geplande_einden)]


def _per_regel(cijfers: Cijfers) -> Grafiek:
    w, titel = cijfers.w, cijfers.w.t("g_regels")
    aantallen = {r: len(u) for r, u in sorted(cijfers.per_regel.items())}
    if not aantallen:
        return Grafiek("grafiek-regels", titel, w.t("g_regels_leeg"))
    meest = max(aantallen, key=lambda r: aantallen[r])
    zin = w.t("g_regels_zin", regel=meest, naam=w.van(cijfers.regels[meest].titel), aantal=aantallen[meest])
    rijen = tuple((regel, w.van(cijfers.regels[regel].titel), w.getal(n)) for regel, n in aantallen.items())
    getoond = sorted(sorted(aantallen, key=lambda r: (-aantallen[r], r))[:HOOGSTENS])
    staven = [(r, aantallen[r]) for r in getoond]
    if len(getoond) < len(aantallen):
        zin += " " + w.t("g_regels_meer", aantal=HOOGSTENS)
    kop = (w.t("regel"), w.t("naam_regel"), w.t("aantal"))
    return Grafiek("grafiek-regels", titel, zin, _liggende_staven(staven, w), kop, rijen)


def _verstreken(cijfers: Cijfers) -> Grafiek:
    w, titel = cijfers.w, cijfers.w.t("g_verstreken")
    if not cijfers.dagen_verstreken:
        waarom = "g_verstreken_gemist" if cijfers.is_gemist("B04") else "g_verstreken_leeg"
        return Grafiek("grafiek-verstreken", titel, w.t(waarom))
    aantallen = [
        (
            w.t("dagen_van_tot", van=van, tot=tot) if tot else w.t("dagen_meer", van=van - 1),
            sum(1 for dagen in cijfers.dagen_verstreken if van <= dagen <= (tot or dagen)),
        )
        for van, tot in VERSTREKEN
    ]
    lang = sum(1 for dagen in cijfers.dagen_verstreken if dagen > 365)
    zin = w.t(
        "g_verstreken_zin",
        aantal=w.tel(len(cijfers.dagen_verstreken), "inschrijving"),
        lang=w.getal(lang) if lang else w.t("geen"),
    )
    rijen = tuple((naam, w.getal(n)) for naam, n in aantallen)
    svg = _liggende_staven(aantallen, w, NADRUK)
    return Grafiek("grafiek-verstreken", titel, zin, svg, (w.t("g_verstreken_kop"), w.t("aantal")), rijen)


def _leeftijden(cijfers: Cijfers) -> Grafiek:
    w, titel = cijfers.w, cijfers.w.t("g_leeftijden")
    leeftijden = Counter(
        {(traject, min(max(jaar, 14), 50)): 0 for traject, jaar in cijfers.uitslag.dashboard.leeftijden}
    )
    for (traject, jaar), n in cijfers.uitslag.dashboard.leeftijden.items():
        leeftijden[traject, min(max(jaar, 14), 50)] += n
    if not leeftijden:
        return Grafiek("grafiek-leeftijden", titel, w.t("g_leeftijden_leeg"))
    omvang: Counter[str] = Counter()
    for (traject, _), n in leeftijden.items():
        omvang[traject] += n
    trajecten = [traject for traject, _ in omvang.most_common(4)]
    rijen = tuple(
        (
            traject,
            *(
                w.getal(sum(n for (t, j), n in leeftijden.items() if t == traject and van <= j <= tot))
                for van, tot in LEEFTIJDSKLASSEN
            ),
        )
        for traject, _ in omvang.most_common()
    )
    kop = (w.t("leertraject"), *(_klasse(van, tot) for van, tot in LEEFTIJDSKLASSEN))
    midden = "; ".join(f"{traject} {_mediaan(leeftijden, traject)}" for traject in trajecten)
    return Grafiek(
        "grafiek-leeftijden",
        titel,
        w.t("g_leeftijden_zin", midden=midden),
        _verdelingen(leeftijden, trajecten, w),
        kop,
        rijen,
    )


def _geplande_einden(cijfers: Cijfers) -> Grafiek:
    w, titel, peildatum = cijfers.w, cijfers.w.t("g_einden"), cijfers.uitslag.peildatum
    einden = cijfers.uitslag.dashboard.geplande_einden
    if not einden:
        leeg = "g_einden_gemist" if cijfers.is_gemist("B04") else "g_einden_leeg"
        return Grafiek("grafiek-einden", titel, w.t(leeg))
    deze = peildatum.isoformat()[:7]
    verstreken = sum(n for maand, n in einden.items() if maand < deze)
    piek = max(sorted(einden), key=lambda maand: einden[maand])
    zin = w.t(
        "g_einden_zin",
        maand=f"{w.maand(int(piek[5:]))} {piek[:4]}",
        aantal=einden[piek],
        verstreken=verstreken,
    )
    jaren: Counter[str] = Counter()
    for maand, n in einden.items():
        jaren[maand[:4]] += n
    rijen = tuple((jaar, w.getal(n)) for jaar, n in sorted(jaren.items()))
    return Grafiek(
        "grafiek-einden",
        titel,
        zin,
        _maandstaven(einden, peildatum.replace(day=1), w),
        (w.t("jaar"), w.t("aantal")),
        rijen,
    )


def _klasse(van: int, tot: int) -> str:
    return f"≤ {tot}" if not van else f"≥ {van}" if tot > 100 else f"{van}–{tot}"


def _mediaan(leeftijden: Counter[tuple[str, int]], traject: str) -> int:
    reeks = sorted((jaar, n) for (t, jaar), n in leeftijden.items() if t == traject)
    helft, tot_nu = sum(n for _, n in reeks) / 2, 0
    for jaar, n in reeks:
        tot_nu += n
        if tot_nu >= helft:
            return jaar
    return 0


# ------------------------------------------------------------------------------------------- drawing


def _liggende_staven(staven: list[tuple[str, int]], w: Woorden, kleur: str = STAAF) -> Markup:
    """Draw horizontal bars with their counts written behind them."""

    def maak(alt: Any) -> Any:
        data = alt.Data(values=[{"naam": naam, "n": n, "tekst": w.getal(n)} for naam, n in staven])
        y = alt.Y("naam:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False, labelPadding=6))
        x = alt.X("n:Q", axis=None, scale=alt.Scale(domain=[0, max(n for _, n in staven) * 1.15]))
        basis = alt.Chart(data).encode(y=y, x=x)
        return (
            basis.mark_bar(color=kleur, height=13)
            + basis.mark_text(align="left", dx=4, color=INKT).encode(text="tekst:N")
        ).properties(width=_binnen(max(len(naam) for naam, _ in staven)), height=alt.Step(20))

    return _teken(maak, w)


def _verdelingen(leeftijden: Counter[tuple[str, int]], trajecten: list[str], w: Woorden) -> Markup:
    """Draw one small distribution a leertraject, one under the other over the same ages."""

    def maak(alt: Any) -> Any:
        delen = []
        for traject in trajecten:
            data = [{"jaar": j, "n": leeftijden[traject, j]} for j in range(14, 51)]
            onder = traject == trajecten[-1]
            as_x = alt.Axis(
                title=w.t("leeftijd"),
                values=[15, 20, 25, 30, 40, 50],
                labelExpr="datum.value == 50 ? '50+' : datum.value",
                tickSize=4,
            )
            delen.append(
                alt.Chart(alt.Data(values=data))
                .mark_area(interpolate="step", color=STAAF)
                .encode(
                    x=alt.X("jaar:Q", scale=alt.Scale(domain=[14, 50]), axis=as_x if onder else None),
                    y=alt.Y("n:Q", title=traject, axis=alt.Axis(tickCount=2, format=",d", domain=False)),
                )
                .properties(width=_binnen(8), height=52)
            )
        return alt.vconcat(*delen, spacing=8)

    return _teken(maak, w)


def _maandstaven(einden: Counter[str], deze: date, w: Woorden) -> Markup:
    """Draw a bar a month, those that have gone by in the colour of attention; what lies far off is taken together."""
    eerste, laatste = maanden_na(deze, -MAANDEN_TERUG), maanden_na(deze, MAANDEN_VOORUIT)
    aantallen: Counter[int] = Counter()
    for maand, n in einden.items():
        dag = min(max(date(int(maand[:4]), int(maand[5:]), 1), eerste), laatste)
        aantallen[_maanden(dag, deze)] += n
    namen = {
        m: f"{w.maand_kort(dag.month)} {dag.year % 100:02}"
        for m in range(-MAANDEN_TERUG, MAANDEN_VOORUIT + 1, 12)
        if (dag := maanden_na(deze, m))
    }
    namen[-MAANDEN_TERUG] = f"≤ {namen[-MAANDEN_TERUG]}"
    namen[MAANDEN_VOORUIT] = f"≥ {namen[MAANDEN_VOORUIT]}"

    def maak(alt: Any) -> Any:
        data = [
            {"m": m, "n": n, "wanneer": w.t("verstreken" if m < 0 else "komend")}
            for m, n in sorted(aantallen.items())
        ]
        uitdrukking = " : ".join(f"datum.value == {m} ? '{naam}'" for m, naam in namen.items())
        return (
            alt.Chart(alt.Data(values=data))
            .mark_bar(size=5)
            .encode(
                x=alt.X(
                    "m:Q",
                    title=None,
                    scale=alt.Scale(domain=[-MAANDEN_TERUG - 1, MAANDEN_VOORUIT + 1], nice=False),
                    axis=alt.Axis(values=list(namen), labelExpr=f"{uitdrukking} : ''", tickSize=4),
                ),
                y=alt.Y("n:Q", title=None, axis=alt.Axis(tickCount=4, format=",d", domain=False)),
                color=alt.Color(
                    "wanneer:N",
                    scale=alt.Scale(domain=[w.t("verstreken"), w.t("komend")], range=[NADRUK, STAAF]),
                    legend=alt.Legend(title=None, orient="top", symbolType="square"),
                ),
            )
            .properties(width=_binnen(6), height=190)
        )

    return _teken(maak, w)


def _maanden(dag: date, vanaf: date) -> int:
    return (dag.year - vanaf.year) * 12 + dag.month - vanaf.month


def _binnen(letters: int) -> int:
    """Return the width that labels of so many letters leave for the plot itself."""
    return BREEDTE - 14 - 7 * letters


def _teken(maak: Callable[[Any], Any], w: Woorden) -> Markup:
    """Draw a chart to a small SVG. Drawing libraries are loaded here: a page without findings does without."""
    import altair
    import vl_convert

    grafiek = (
        maak(altair)
        .configure(font="sans-serif", background="transparent", padding=4, aria=False)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=INKT,
            titleColor=INKT,
            gridColor=LIJN,
            domainColor=LIJN,
            tickColor=LIJN,
            labelFontSize=12,
            titleFontSize=12,
            titleFontWeight="normal",
            labelLimit=220,
        )
        .configure_text(fontSize=12)
        .configure_legend(labelColor=INKT, labelFontSize=12)
    )
    svg = vl_convert.vegalite_to_svg(grafiek.to_dict(), format_locale="nl-NL" if w.taal == "nl" else "en-GB")
    return Markup(_verklein(svg))  # noqa: S704 - made here, of numbers and our own words


_OVERBODIG = re.compile(
    r' (?:role|aria-[a-z]+|pointer-events|font-family|xmlns:xlink|version|stroke-miterlimit)="[^"]*"'
    r'|(?<=<g) class="[^"]*"|(?<=<path) class="[^"]*"| (?:opacity|stroke-width)="1"'
)
_LEEG_PAD = re.compile(r'<path(?: [a-z-]+="[^"]*")*? d=""[^>]*/>|<path d="M0,0h0v0h0Z"/>')
_LEGE_GROEP = re.compile(r"<g(?: [a-z-]+=\"[^\"]*\")*></g>")
_TAG = re.compile(r"<[^>]+>")
_BREUK = re.compile(r"(\d+\.\d)\d+")


def _verklein(svg: str) -> str:
    """Return the drawing without what the page does not need: it is hidden from screen readers, its table is not."""
    svg = _LEEG_PAD.sub("", _OVERBODIG.sub("", svg))
    while (kleiner := _LEGE_GROEP.sub("", svg)) != svg:
        svg = kleiner
    svg = _TAG.sub(lambda tag: _BREUK.sub(r"\1", tag[0]), svg)
    return svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
