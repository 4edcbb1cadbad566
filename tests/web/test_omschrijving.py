"""The description of the API and the API itself: whatever is asked, the answer conforms to the description."""

import json
from collections import Counter
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, settings
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from kernregister.platform.pas import Soort
from kernregister.platform.rechten import RECHTEN, Recht
from kernregister.web.api.documentatie import _document
from kernregister.web.api.problemen import SOORTEN
from kernregister.web.api.routes import NDJSON
from tests.databank import Databank
from tests.voorzieningen.register import opzet
from tests.web.conftest import MaakMachine

CONTROLES = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@schemathesis.serializer(NDJSON, "application/ndjson", "application/jsonl", "text/csv", "application/zip")
def _regels(context: Any, waarde: Any) -> bytes:
    return waarde.encode("utf-8", "replace") if isinstance(waarde, str) else json.dumps(waarde).encode()


def omschrijving() -> dict[str, Any]:
    """Return the description as it is served."""
    return json.loads(_document("nl", False))


@pytest.mark.traag
@pytest.mark.filterwarnings(
    "ignore:Unclosed file:ResourceWarning"
)  # the WSGI client closes no answer it has read
def test_no_request_gives_a_server_error_or_an_answer_that_is_not_described(
    databank: Databank, machine: MaakMachine
) -> None:
    load_all_checks()
    sector = opzet.zet_sector_klaar(10)
    dossier = next(d for d in sector.dossiers() if d.inschrijvingen and d.persoon.burgerservicenummer)
    brin = dossier.inschrijvingen[0].instelling
    opzet.stuur(opzet.identificatie(dossier, brin), opzet.inschrijving(dossier))
    instelling, duo = machine(brin, Soort.INSTELLING, list(Recht)), machine("", Soort.DUO, list(Recht))
    schema = schemathesis.openapi.from_dict(omschrijving())
    schema.app = get_wsgi_application()
    gezien: Counter[int] = Counter()
    for resultaat in schema.get_all_operations():
        operatie = resultaat.ok()
        naam = operatie.definition.raw["operationId"]
        wie = (
            duo
            if Soort.INSTELLING not in getattr(RECHTEN.get(naam), "soorten", {Soort.INSTELLING})
            else instelling
        )

        gezien.update(_probeer(operatie, wie.token, brin))
    assert gezien.keys() >= {200, 400, 404, 422}, gezien


def _probeer(operatie: Any, token: str, brin: str) -> Counter[int]:
    from kernregister.web.api import samenstelling

    gezien: Counter[int] = Counter()

    @settings(
        max_examples=12,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
    )
    @hypothesis.given(case=operatie.as_strategy())
    def probeer(case: Any) -> None:
        samenstelling.emmers.leeg()
        if isinstance(case.body, dict) and case.body.get("afzender"):
            case.body["afzender"] = brin  # past the first refusal, which is always the same
        if (case.path_parameters or {}).get("persoon"):
            case.path_parameters["persoon"] = 1 + case.path_parameters["persoon"] % 2
        antwoord = case.call(headers={"Authorization": f"Bearer {token}", "Host": "localhost"})
        gezien[antwoord.status_code] += 1
        case.validate_response(antwoord, checks=CONTROLES)

    probeer()
    return gezien


def test_the_description_is_whole_and_the_same_for_everybody(
    databank: Databank, machine: MaakMachine
) -> None:
    niemand = machine(soort=None)
    antwoord = niemand("GET", "/openapi.json")
    inhoud = antwoord.json()
    assert inhoud["openapi"].startswith("3.1")
    operaties = [o for pad in inhoud["paths"].values() for o in pad.values()]
    assert len({o["operationId"] for o in operaties}) == len(operaties)
    for operatie in operaties:
        assert operatie["description"], operatie["operationId"]
        assert operatie["summary"]
        assert {"400", "500", "503"} <= operatie["responses"].keys()
    berichten = inhoud["paths"]["/api/v1/meldingen"]["post"]["requestBody"]["content"]["application/json"]
    assert len(berichten["examples"]) == 9
    assert inhoud["components"]["responses"].keys() == SOORTEN.keys()
    for antwoord_ in inhoud["components"]["responses"].values():
        assert antwoord_["content"]["application/problem+json"]["examples"]


def test_every_example_of_a_melding_can_be_read() -> None:
    from kernregister.kern.meldingen.berichten import lees
    from kernregister.web.api.voorbeelden import BERICHTEN

    for naam, bericht in BERICHTEN.items():
        assert type(lees(json.dumps(bericht).encode())).__name__ == naam


def test_the_page_has_every_route_and_nothing_from_elsewhere(
    databank: Databank, machine: MaakMachine
) -> None:
    antwoord = machine(soort=None)("GET", "/docs")
    html = antwoord.content.decode()
    assert "http://" not in html.replace("http://www.w3.org", "")
    assert "<script" not in html
    assert "default-src 'none'" in antwoord["Content-Security-Policy"]
    for pad, methoden in omschrijving()["paths"].items():
        for operatie in methoden.values():
            assert f"id='{operatie['operationId']}'" in html, pad
