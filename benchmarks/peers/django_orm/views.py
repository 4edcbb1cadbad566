"""The views of the peer: one melding, or many as NDJSON."""

import json
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from rest_framework import parsers, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from benchmarks.peers.django_orm.serializers import MELDINGEN


class Regels(parsers.BaseParser):
    media_type = "application/x-ndjson"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Iterator[bytes]:
        return iter(stream.read().splitlines())


class Gezond(APIView):
    authentication_classes = ()
    permission_classes = ()

    def get(self, request: Request) -> Response:
        return Response({"gezond": True})


class Melding(APIView):
    def post(self, request: Request) -> Response:
        return Response(sla_op(request.data, request.user.get_username()), status=201)


class Bulk(APIView):
    parser_classes = (Regels,)

    def post(self, request: Request) -> HttpResponse:
        instelling = request.user.get_username()
        antwoorden = [self._een(regel, instelling) for regel in request.data]
        slot = {"wat": "slot", "aanvaard": sum(een["aanvaard"] for een in antwoorden)}
        uit = "\n".join(json.dumps(een, separators=(",", ":")) for een in (*antwoorden, slot))
        return HttpResponse(uit + "\n", content_type="application/x-ndjson")

    def _een(self, regel: bytes, instelling: str) -> dict[str, Any]:
        try:
            return sla_op(json.loads(regel), instelling)
        except serializers.ValidationError as fout:
            return {"aanvaard": False, "bevindingen": fout.get_full_details()}


def sla_op(inhoud: dict[str, Any], instelling: str) -> dict[str, Any]:
    """Check a melding and save its rows, in a transaction of its own.

    Raises:
        ValidationError: something is wrong with it.
    """
    soort = MELDINGEN.get(inhoud.get("soort", ""))
    if soort is None:
        raise serializers.ValidationError({"soort": "onbekend"})
    with transaction.atomic():
        melding = soort(data=inhoud, context={"instelling": instelling})
        melding.is_valid(raise_exception=True)
        melding.save()
    return {"id": str(melding.validated_data["id"]), "aanvaard": True}
