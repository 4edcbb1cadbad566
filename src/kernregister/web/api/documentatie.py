"""What the API tells of itself: OpenAPI, a page to read it, and what each kind of problem means."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from html import escape
from typing import Any

import msgspec
from django.conf import settings
from django.http import HttpResponse
from msgspec import Struct

from kernregister.web.api.openapi import document
from kernregister.web.api.problemen import FOUTEN, SOORTEN, Fout, Taal
from kernregister.web.api.routes import Antwoord, Verzoek, route
from kernregister.web.api.samenstelling import actieve_routes

_STIJL = """
:root{color-scheme:light dark;--tekst:#1b1b1b;--vlak:#fff;--diep:#f3f3f3;--lijn:#c4c4c4;--merk:#154273;--link:#154273}
*{box-sizing:border-box}
body{font:16px/1.5 system-ui,sans-serif;max-width:62rem;margin:0 auto;padding:1rem;color:var(--tekst);
background:var(--vlak)}
h1,h2{line-height:1.2}h2{margin-top:2.5rem;border-bottom:2px solid var(--merk)}
a{color:var(--link)}nav ul{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem}
code,pre{font:14px/1.4 ui-monospace,monospace}code,summary,p,td{overflow-wrap:anywhere}
pre{background:var(--diep);padding:.75rem;overflow:auto}
.m{font-weight:700;display:inline-block;min-width:4.5rem}.t{display:inline-block;padding-left:.5rem}
details{border:1px solid var(--lijn);border-radius:4px;padding:.5rem .75rem;margin:.5rem 0}summary{cursor:pointer}
a:focus-visible,summary:focus-visible,pre:focus-visible{outline:3px solid var(--link);outline-offset:2px}
table{border-collapse:collapse}td,th{text-align:left;padding:.15rem .75rem .15rem 0;vertical-align:top;font-weight:400}
@media (prefers-color-scheme:dark){:root{--tekst:#eee;--vlak:#161616;--diep:#262626;--lijn:#4a4a4a;--merk:#6f9fd8;
--link:#9cc4ff}}
"""

_WOORDEN: dict[str, dict[Taal, str]] = {
    "inhoud": {"nl": "Inhoud", "en": "Contents"},
    "recht": {"nl": "Recht", "en": "Scope"},
    "geen": {"nl": "geen, voor iedereen open", "en": "none, open to all"},
    "antwoorden": {"nl": "Antwoorden", "en": "Answers"},
    "voorbeeld": {"nl": "Voorbeeld", "en": "Example"},
    "schemas": {"nl": "Schema's", "en": "Schemas"},
    "machine": {
        "nl": "Dezelfde beschrijving voor programma's",
        "en": "The same description for programs",
    },
}


class Foutuitleg(Struct, frozen=True):
    """What a kind of problem means."""

    type: str
    status: int
    titel: dict[str, str]
    uitleg: dict[str, str]


def _uitleg(naam: str) -> Foutuitleg:
    soort = SOORTEN[naam]
    return Foutuitleg(FOUTEN + naam, soort.status, soort.titel, soort.uitleg)


@route(
    "openapi",
    "GET",
    "/openapi.json",
    titel=("De beschrijving van deze API", "The description of this API"),
    groep="Documentatie",
    antwoord=dict[str, Any],
)
def openapi(verzoek: Verzoek) -> Antwoord:
    """The OpenAPI 3.1 document of this installation."""
    return Antwoord(_document(verzoek.taal, settings.DEMO))


@cache
def _document(taal: Taal, demo: bool) -> bytes:
    return msgspec.json.encode(document(actieve_routes(), taal, demo))


@route(
    "fouten",
    "GET",
    "/fouten",
    titel=("Alle soorten fouten", "All kinds of problem"),
    groep="Documentatie",
    antwoord=list[Foutuitleg],
)
def fouten(verzoek: Verzoek) -> Antwoord:
    """Every kind of problem that this API answers with, and how to mend it."""
    return Antwoord([_uitleg(naam) for naam in SOORTEN])


@route(
    "fout",
    "GET",
    "/fouten/{slug:naam}",
    titel=("Een soort fout", "One kind of problem"),
    groep="Documentatie",
    antwoord=Foutuitleg,
)
def fout(verzoek: Verzoek, naam: str) -> Antwoord:
    """What one kind of problem means; its address is the ``type`` of the problem."""
    if naam not in SOORTEN:
        raise Fout("niet-gevonden")
    return Antwoord(_uitleg(naam))


@route(
    "documentatie",
    "GET",
    "/docs",
    titel=("Deze API om te lezen", "This API to read"),
    groep="Documentatie",
    antwoord=str,
    media="text/html",
)
def documentatie(verzoek: Verzoek) -> HttpResponse:
    """The description as a page, without anything from elsewhere."""
    bladzijde, stijlkenmerk = _bladzijde(verzoek.taal, settings.DEMO)
    antwoord = HttpResponse(bladzijde, content_type="text/html; charset=utf-8")
    antwoord["Content-Security-Policy"] = (
        f"default-src 'none'; style-src 'sha256-{stijlkenmerk}'; frame-ancestors 'none'"
    )
    antwoord["Content-Language"] = verzoek.taal
    return antwoord


@cache
def _bladzijde(taal: Taal, demo: bool) -> tuple[str, str]:
    """Return the page, and the mark by which a browser trusts its style."""
    inhoud = msgspec.json.decode(_document(taal, demo))
    groepen: dict[str, list[str]] = {}
    for adres, methoden in inhoud["paths"].items():
        for methode, operatie in methoden.items():
            groepen.setdefault(operatie["tags"][0], []).append(_operatie(methode, adres, operatie, taal))
    koppen = [*groepen, _WOORDEN["schemas"][taal]]
    delen = [f"{_kop(groep)}{''.join(operaties)}" for groep, operaties in groepen.items()]
    info = inhoud["info"]
    links = "".join(f"<li><a href='#{_anker(kop)}'>{escape(kop)}</a></li>" for kop in koppen)
    html = (
        f"<!doctype html><html lang='{taal}'><head><meta charset='utf-8'><title>{escape(info['title'])} API</title>"
        f"<meta name='viewport' content='width=device-width, initial-scale=1'><style>{_STIJL}</style></head><body>"
        f"<main><h1>{escape(info['title'])} API {escape(info['version'])}</h1><p>{escape(info['description'])}</p>"
        f"<p>{_WOORDEN['machine'][taal]}: <a href='openapi.json'>openapi.json</a></p>"
        f"<nav aria-label='{_WOORDEN['inhoud'][taal]}'><ul>{links}</ul></nav>"
        f"{''.join(delen)}{_kop(koppen[-1])}{_schemas(inhoud)}</main></body></html>"
    )
    return html, base64.b64encode(hashlib.sha256(_STIJL.encode()).digest()).decode()


def _anker(kop: str) -> str:
    return "".join(teken if teken.isalnum() else "-" for teken in kop.lower())


def _kop(tekst: str) -> str:
    return f"<h2 id='{_anker(tekst)}'>{escape(tekst)}</h2>"


def _operatie(methode: str, adres: str, operatie: dict[str, Any], taal: Taal) -> str:
    woord = {naam: teksten[taal] for naam, teksten in _WOORDEN.items()}
    rechten = ", ".join(r for eis in operatie["security"] for namen in eis.values() for r in namen)
    rijen = "".join(
        f"<tr><th scope='row'><code>{escape(p['name'])}</code></th><td>{escape(p['in'])}</td>"
        f"<td>{escape(p.get('description', ''))}</td></tr>"
        for p in operatie["parameters"]
    )
    voorbeelden = "".join(
        f"<p>{woord['voorbeeld']}: {escape(naam)}</p>{_json(voorbeeld['value'])}"
        for media in operatie.get("requestBody", {}).get("content", {}).values()
        for naam, voorbeeld in media.get("examples", {}).items()
    )
    return (
        f"<details id='{operatie['operationId']}'><summary><span class='m'>{methode.upper()}</span> "
        f"<code>{escape(adres)}</code><span class='t'>{escape(operatie['summary'])}</span></summary>"
        f"<p lang='en'>{escape(operatie['description'])}</p>"
        f"<p>{woord['recht']}: {escape(rechten or woord['geen'])}. "
        f"{woord['antwoorden']}: {', '.join(operatie['responses'])}.</p>"
        f"{f'<table>{rijen}</table>' if rijen else ''}{voorbeelden}</details>"
    )


def _json(waarde: Any) -> str:
    """Return a value as a block that a keyboard can scroll."""
    tekst = msgspec.json.format(msgspec.json.encode(waarde)).decode()
    return f"<pre tabindex='0'>{escape(tekst)}</pre>"


def _schemas(inhoud: dict[str, Any]) -> str:
    return "".join(
        f"<details id='schema-{escape(naam)}'><summary><code>{escape(naam)}</code></summary>{_json(schema)}</details>"
        for naam, schema in inhoud["components"]["schemas"].items()
    )
