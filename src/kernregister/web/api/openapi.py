"""OpenAPI 3.1 of the API, made from the declared routes and their msgspec types: nothing is declared twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import msgspec

from kernregister import __version__
from kernregister.platform.rechten import OPENBAAR, RECHTEN, Recht
from kernregister.web.api.problemen import SOORTEN, TYPE, Fout, Probleem, Punt, Taal, probleem
from kernregister.web.api.routes import JSON, NDJSON, Route

BASIS = "/api/v1"
_REF = "#/components/schemas/{name}"
_PAD = re.compile(r"\{(\w+):(\w+)\}")
_PADVORM = {
    "int": {"type": "integer", "minimum": 0, "maximum": 2**63 - 1},
    "uuid": {"type": "string", "format": "uuid"},
    "slug": {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"},
    "str": {"type": "string", "minLength": 1},
}
_KOPPEN = {
    "RateLimit": ("Wat er over is (r) en na hoeveel seconden het weer vol is (t).", "string"),
    "RateLimit-Policy": ("Hoeveel verzoeken (q) in hoeveel seconden (w).", "string"),
    "Retry-After": ("Seconden om te wachten.", "integer"),
    "ETag": ("Kenmerk van dit antwoord; stuur het mee in If-None-Match.", "string"),
    "Allow": ("De methoden die dit adres kent.", "string"),
    "WWW-Authenticate": ("Hoe aan te melden.", "string"),
}


def document(routes: Iterable[Route], taal: Taal, demo: bool) -> dict[str, Any]:
    """Return the OpenAPI document.

    Args:
        routes: the routes of this installation.
        taal: language of titles and examples of problems.
        demo: this is a trial, and says so.
    """
    alle = list(routes)
    typen, schemas = _schemas(alle)
    paden: dict[str, dict[str, Any]] = {}
    for route in alle:
        adres = BASIS + _PAD.sub(r"{\2}", route.pad)
        paden.setdefault(adres, {})[route.methode.lower()] = _operatie(route, taal, typen)
    return {
        "openapi": "3.1.1",
        "info": {
            "title": "Kernregister" + (" (proef)" if demo else ""),
            "version": __version__,
            "summary": "Formele studentgegevens in het mbo: aanleveren, controleren, terugzien.",
            "description": (
                "Alle schrijven gaat met meldingen. Persoonsnummers staan nooit in een adres: een persoon heeft hier "
                "een eigen kenmerk, te vinden met POST /personen/zoek. Fouten zijn problem details (RFC 9457)."
            ),
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "servers": [{"url": "/"}],
        "security": [{"oauth2": []}],
        "paths": paden,
        "components": {
            "schemas": schemas,
            "headers": {
                naam: {"description": uitleg, "schema": {"type": soort}}
                for naam, (uitleg, soort) in _KOPPEN.items()
            },
            "responses": {naam: _probleemantwoord(naam, taal, typen) for naam in SOORTEN},
            "securitySchemes": {
                "oauth2": {
                    "type": "oauth2",
                    "flows": {
                        "clientCredentials": {
                            "tokenUrl": "/oauth/token",
                            "scopes": {recht.value: recht.value for recht in Recht},
                        }
                    },
                }
            },
        },
    }


def _typen(route: Route) -> Iterable[Any]:
    yield from (soort for soort in route.antwoorden.values() if soort is not None)
    if route.lichaam is not None:
        yield route.lichaam.soort


def _schemas(routes: list[Route]) -> tuple[dict[int, Any], dict[str, Any]]:
    """Return the schema of each type by its identity, and the components that these refer to."""
    alle = list({id(soort): soort for route in routes for soort in _typen(route)}.values())
    alle += [Probleem, Punt]
    los, componenten = msgspec.json.schema_components(alle, ref_template=_REF)
    return {id(soort): schema for soort, schema in zip(alle, los, strict=True)}, dict(
        sorted(componenten.items())
    )


def _operatie(route: Route, taal: Taal, typen: Mapping[int, Any]) -> dict[str, Any]:
    uit: dict[str, Any] = {
        "operationId": route.naam,
        "summary": route.titel[taal == "en"],
        "description": route.uitleg,
        "tags": [route.groep],
        "parameters": [*_padparameters(route), *_vraagparameters(route), _taalparameter()],
        "responses": _antwoorden(route, typen),
    }
    if route.naam in OPENBAAR:
        uit["security"] = []
    else:
        uit["security"] = [{"oauth2": sorted(RECHTEN[route.naam].rechten)}]
        uit["x-soorten"] = sorted(RECHTEN[route.naam].soorten)
    if (lichaam := route.lichaam) is not None:
        inhoud: dict[str, Any] = {"schema": typen[id(lichaam.soort)]}
        if lichaam.stroom:
            inhoud = {"schema": {"type": "string"}}
            if NDJSON in lichaam.media:
                inhoud["x-regel"] = typen[id(lichaam.soort)]
        if lichaam.voorbeelden:
            inhoud["examples"] = {naam: {"value": waarde} for naam, waarde in lichaam.voorbeelden.items()}
        uit["requestBody"] = {"required": True, "content": dict.fromkeys(lichaam.media, inhoud)}
    return uit


def _padparameters(route: Route) -> list[dict[str, Any]]:
    return [
        {"name": naam, "in": "path", "required": True, "schema": _PADVORM[soort]}
        for soort, naam in _PAD.findall(route.pad)
    ]


def _vraagparameters(route: Route) -> list[dict[str, Any]]:
    uit = []
    for veld in msgspec.structs.fields(route.vraag):
        schema = _plat(veld.type)
        parameter = {
            "name": veld.encode_name,
            "in": "query",
            "required": veld.required,
            "schema": schema,
        }
        if uitleg := schema.pop("description", ""):
            parameter["description"] = uitleg
        uit.append(parameter)
    return uit


def _plat(type_: Any) -> dict[str, Any]:
    """Return the schema of a parameter, without references, and without null: who has nothing to say, leaves it out."""
    schema = msgspec.json.schema(type_)
    defs = schema.pop("$defs", {})

    def los(deel: dict[str, Any]) -> dict[str, Any]:
        return dict(defs[deel["$ref"].rpartition("/")[2]]) if "$ref" in deel else deel

    if "anyOf" in schema:
        delen = [los(deel) for deel in schema["anyOf"] if deel.get("type") != "null"]
        schema = delen[0] if len(delen) == 1 else {"anyOf": delen}
    return los(schema)


def _taalparameter() -> dict[str, Any]:
    return {
        "name": "Accept-Language",
        "in": "header",
        "required": False,
        "description": "nl of en, voor uitleg bij fouten",
        "schema": {"type": "string", "enum": ["nl", "en"]},
    }


def _antwoorden(route: Route, typen: Mapping[int, Any]) -> dict[str, Any]:
    uit: dict[str, Any] = {}
    begrensd = [] if route.naam in OPENBAAR else ["RateLimit", "RateLimit-Policy"]
    for status, soort in route.antwoorden.items():
        koppen = [*begrensd, "ETag"] if route.methode == "GET" and status == 200 else begrensd
        antwoord: dict[str, Any] = {
            "description": route.titel[0],
            "headers": {naam: {"$ref": f"#/components/headers/{naam}"} for naam in koppen},
        }
        if soort is not None:
            inhoud: dict[str, Any] = {"schema": typen[id(soort)]}
            if route.media != JSON:
                inhoud = {"schema": {"type": "string"}}
                if route.media == NDJSON:
                    inhoud["x-regel"] = typen[id(soort)]
            if route.voorbeelden and status == min(route.antwoorden):
                inhoud["examples"] = {naam: {"value": waarde} for naam, waarde in route.voorbeelden.items()}
            antwoord["content"] = {route.media: inhoud}
        uit[str(status)] = antwoord
    if route.methode == "GET":
        uit["304"] = {"description": "De client heeft dit al (If-None-Match)."}
    for status, namen in _fouten_van(route).items():
        uit[str(status)] = (
            {"$ref": f"#/components/responses/{namen[0]}"} if len(namen) == 1 else _samen(namen)
        )
    return uit


def _fouten_van(route: Route) -> dict[int, list[str]]:
    """Return the kinds of problem that a route may answer with, by status."""
    namen = ["onleesbaar", "methode", "storing", "even-niet", *route.fouten]
    if route.naam not in OPENBAAR:
        namen += ["niet-aangemeld", "niet-toegestaan", "te-vaak"]
    if "{" in route.pad:
        namen.append("niet-gevonden")
    if route.lichaam is not None:
        namen += ["te-groot", "soort-inhoud"]
    uit: dict[int, list[str]] = {}
    for naam in dict.fromkeys(namen):
        uit.setdefault(SOORTEN[naam].status, []).append(naam)
    return dict(sorted(uit.items()))


def _samen(namen: list[str]) -> dict[str, Any]:
    voorbeelden = {naam: {"value": _voorbeeld(naam, "nl")} for naam in namen}
    return {
        "description": " of ".join(SOORTEN[naam].titel["nl"] for naam in namen),
        "content": {TYPE: {"schema": {"$ref": _REF.format(name="Probleem")}, "examples": voorbeelden}},
    }


def _probleemantwoord(naam: str, taal: Taal, typen: Mapping[int, Any]) -> dict[str, Any]:
    soort = SOORTEN[naam]
    uit: dict[str, Any] = {
        "description": f"{soort.titel[taal]}. {soort.uitleg[taal]}",
        "content": {
            TYPE: {"schema": typen[id(Probleem)], "examples": {naam: {"value": _voorbeeld(naam, taal)}}}
        },
    }
    koppen = {401: "WWW-Authenticate", 405: "Allow", 429: "Retry-After", 503: "Retry-After"}
    if kop := koppen.get(soort.status):
        uit["headers"] = {kop: {"$ref": f"#/components/headers/{kop}"}}
    return uit


@cache
def _voorbeeld(naam: str, taal: Taal) -> Any:
    punten = [Punt("verwacht een datum als jjjj-mm-dd", "?peildatum")] if naam == "onleesbaar" else []
    gemaakt = probleem(Fout(naam, punten), taal, "0b8f1c1e-6a0f-4f0e-9d55-2f4f7c1a9b10")
    return msgspec.to_builtins(gemaakt)
