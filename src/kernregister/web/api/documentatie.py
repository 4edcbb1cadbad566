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

_STIJL = """
body{font:16px/1.5 system-ui,sans-serif;max-width:62rem;margin:0 auto;padding:1rem;color:#1b1b1b;background:#fff}
h1,h2,h3{line-height:1.2}h2{margin-top:2.5rem;border-bottom:2px solid #154273}
code,pre{font:14px/1.4 ui-monospace,monospace}
pre{background:#f3f3f3;padding:.75rem;overflow:auto}.m{font-weight:700;display:inline-block;min-width:4.5rem}
details{border:1px solid #ccc;border-radius:4px;padding:.5rem .75rem;margin:.5rem 0}summary{cursor:pointer}
table{border-collapse:collapse}td,th{text-align:left;padding:.15rem .75rem .15rem 0;vertical-align:top}
@media (prefers-color-scheme:dark){body{color:#eee;background:#161616}pre{background:#262626}a{color:#9cc4ff}}
"""


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
    from kernregister.web.api.samenstelling import actieve_routes

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
            groepen.setdefault(operatie["tags"][0], []).append(_operatie(methode, adres, operatie))
    delen = [f"<h2>{escape(groep)}</h2>{''.join(operaties)}" for groep, operaties in groepen.items()]
    info = inhoud["info"]
    html = (
        f"<!doctype html><html lang='{taal}'><head><meta charset='utf-8'><title>{escape(info['title'])} API</title>"
        f"<meta name='viewport' content='width=device-width'><style>{_STIJL}</style></head><body><main>"
        f"<h1>{escape(info['title'])} API {escape(info['version'])}</h1><p>{escape(info['description'])}</p>"
        f"<p><a href='openapi.json'>openapi.json</a></p>{''.join(delen)}{_schemas(inhoud)}</main></body></html>"
    )
    return html, base64.b64encode(hashlib.sha256(_STIJL.encode()).digest()).decode()


def _operatie(methode: str, adres: str, operatie: dict[str, Any]) -> str:
    rechten = ", ".join(r for eis in operatie["security"] for namen in eis.values() for r in namen) or "–"
    rijen = "".join(
        f"<tr><th scope='row'><code>{escape(p['name'])}</code></th><td>{escape(p['in'])}</td>"
        f"<td>{escape(p.get('description', ''))}</td></tr>"
        for p in operatie["parameters"]
    )
    antwoorden = ", ".join(operatie["responses"])
    voorbeelden = "".join(
        f"<p>{escape(naam)}</p><pre>{escape(msgspec.json.format(msgspec.json.encode(voorbeeld['value'])).decode())}</pre>"
        for media in operatie.get("requestBody", {}).get("content", {}).values()
        for naam, voorbeeld in media.get("examples", {}).items()
    )
    return (
        f"<details id='{operatie['operationId']}'><summary><span class='m'>{methode.upper()}</span> "
        f"<code>{escape(adres)}</code> {escape(operatie['summary'])}</summary><p>{escape(operatie['description'])}</p>"
        f"<p>Recht: {escape(rechten)}. Antwoorden: {antwoorden}.</p><table>{rijen}</table>{voorbeelden}</details>"
    )


def _schemas(inhoud: dict[str, Any]) -> str:
    delen = [
        f"<details id='schema-{escape(naam)}'><summary><code>{escape(naam)}</code></summary>"
        f"<pre>{escape(msgspec.json.format(msgspec.json.encode(schema)).decode())}</pre></details>"
        for naam, schema in inhoud["components"]["schemas"].items()
    ]
    return f"<h2>Schemas</h2>{''.join(delen)}"
