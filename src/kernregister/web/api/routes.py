"""A route, declared once: address, who may, what goes in and out; routing, reading, writing and OpenAPI follow."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

import msgspec
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from msgspec import Struct

from kernregister.web.api.problemen import Fout, Punt, Taal, taal_van
from kernregister.web.api.velden import lees_velden, leesbare_naam
from kernregister.web.toegang.poort import Bezoeker

JSON = "application/json"
NDJSON = "application/x-ndjson"
GROOTSTE_LICHAAM = 1 << 20
"""Most bytes of a body that is read as a whole."""

Methode = Literal["GET", "POST", "PUT", "DELETE"]


_PER_STUK = 1 << 16
"""Bytes of a body that are read together."""


class Verzoek:
    """A request as a route sees it: who asks, in what language, with which parameters and body."""

    def __init__(self, request: HttpRequest, route: Route) -> None:
        self.request = request
        self.route = route
        self.taal: Taal = taal_van(request.META.get("HTTP_ACCEPT_LANGUAGE", ""))
        self.bezoeker: Bezoeker | None = getattr(request, "auth", None)
        self.vraag: Any = None
        self.inhoud: Any = None

    @property
    def wie(self) -> Bezoeker:
        """Who asks, on a route that nobody enters unknown.

        Raises:
            Fout: nobody is known.
        """
        if self.bezoeker is None:
            raise Fout("niet-aangemeld")
        return self.bezoeker

    def lees(self) -> None:
        """Read parameters and body as the route declares them.

        Raises:
            Fout: they are not what was expected.
        """
        self.vraag = self._parameters()
        lichaam = self.route.lichaam
        if lichaam is None:
            return
        self._keur_soort(lichaam)
        if lichaam.stroom:
            return
        tekst = self._bytes(lichaam.hoogstens)
        if lichaam.lezer is not None:
            self.inhoud = lichaam.lezer(tekst)
            return
        try:
            waarde = msgspec.json.decode(tekst)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            raise Fout("onleesbaar", [Punt("geen JSON in UTF-8")]) from None
        if not isinstance(waarde, dict):
            raise Fout("onleesbaar", [Punt("verwacht een object")])
        self.inhoud = lees_velden(lichaam.soort, waarde, tekst=False)

    def _parameters(self) -> Any:
        gegeven = self.request.GET
        dubbel = [
            Punt("komt meer dan eens voor", f"?{leesbare_naam(naam)}")
            for naam in gegeven
            if len(gegeven.getlist(naam)) > 1
        ]
        if dubbel:
            raise Fout("onleesbaar", dubbel)
        return lees_velden(self.route.vraag, gegeven.dict(), tekst=True)

    def _keur_soort(self, lichaam: Lichaam) -> None:
        soort = (self.request.META.get("CONTENT_TYPE") or "").partition(";")[0].strip().lower()
        gepakt = self.request.META.get("HTTP_CONTENT_ENCODING", "identity").strip().lower()
        if soort not in lichaam.media or gepakt not in ("", "identity"):
            raise Fout(
                "soort-inhoud", [Punt(f"verwacht Content-Type {' of '.join(lichaam.media)}, niet ingepakt")]
            )

    def _bytes(self, hoogstens: int) -> bytes:
        return b"".join(self.stukken(hoogstens))

    def stukken(self, hoogstens: int) -> Iterable[bytes]:
        """Give the body in pieces, as it comes in, also when its length is not told beforehand.

        Raises:
            Fout: it is longer than this many bytes, or was cut off.
        """
        meta = self.request.META
        te_groot = Fout("te-groot", [Punt(f"hoogstens {hoogstens} bytes")])
        lengte = None
        if "chunked" in meta.get("HTTP_TRANSFER_ENCODING", "").lower():
            bron = meta["wsgi.input"]
        else:
            bron = self.request
            lengte = int(meta.get("CONTENT_LENGTH") or 0)
            if lengte > hoogstens:
                raise te_groot
        gelezen = 0
        while stuk := bron.read(_PER_STUK):
            gelezen += len(stuk)
            if gelezen > hoogstens:
                raise te_groot
            yield stuk
        if lengte is not None and gelezen < lengte:
            raise Fout("onleesbaar", [Punt("het verzoek brak af voor het einde")])


class Lichaam(Struct, frozen=True):
    """What a route takes as body."""

    soort: Any
    """The type, for the schema and to read it by; of a stream the type of one line."""
    voorbeelden: Mapping[str, Any] = {}
    lezer: Callable[[bytes], Any] | None = None
    """Reads the body, when it is no flat struct."""
    media: tuple[str, ...] = (JSON,)
    hoogstens: int = GROOTSTE_LICHAAM
    stroom: bool = False
    """The route reads it itself, piece by piece."""


class Antwoord(Struct, frozen=True):
    """What a route answers; ``inhoud`` is anything msgspec can write, or bytes that are JSON already."""

    inhoud: Any = None
    status: int = 200
    koppen: Mapping[str, str] = {}


class GeenVraag(Struct, frozen=True):
    """A route without parameters."""


class Route(Struct, frozen=True, kw_only=True):
    """One route."""

    naam: str
    """Name in the permission table, and the ``operationId``."""
    methode: Methode
    pad: str
    functie: Callable[..., Antwoord | HttpResponse | StreamingHttpResponse]
    titel: tuple[str, str]
    uitleg: str
    groep: str
    antwoorden: Mapping[int, Any]
    """Type of the answer by status; of a stream the type of one line."""
    vraag: type[Struct]
    lichaam: Lichaam | None
    fouten: tuple[str, ...]
    media: str
    voorbeelden: Mapping[str, Any]


ROUTES: dict[str, Route] = {}
"""All routes by name; filled as the modules of routes are imported (``samenstelling``)."""


def route(
    naam: str,
    methode: Methode,
    pad: str,
    *,
    titel: tuple[str, str],
    groep: str,
    antwoord: Any,
    status: int = 200,
    ook: Mapping[int, Any] | None = None,
    vraag: type[Struct] = GeenVraag,
    lichaam: Lichaam | None = None,
    fouten: tuple[str, ...] = (),
    media: str = JSON,
    voorbeelden: Mapping[str, Any] | None = None,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function as a route; it takes the request and what stands in the address.

    Args:
        naam: name in the permission table.
        methode: HTTP method.
        pad: address under ``/api/v1``, with Django's converters.
        titel: what it does in a few words, Dutch and English.
        groep: subject under which the documentation shows it.
        antwoord: type of the answer.
        status: status of the answer.
        ook: other answers that are no problem, by status.
        vraag: struct of its parameters.
        lichaam: what it takes as body.
        fouten: kinds of problem beside those that any route may answer with.
        media: media type of the answer.
        voorbeelden: examples of the answer by name.
    """

    def registreer(functie: Callable[..., Any]) -> Callable[..., Any]:
        if naam in ROUTES:
            raise ValueError(f"{naam} is al een route")
        ROUTES[naam] = Route(
            naam=naam,
            methode=methode,
            pad=pad,
            functie=functie,
            titel=titel,
            uitleg=" ".join((functie.__doc__ or "").split("\n\n")[0].split()),
            groep=groep,
            antwoorden={status: antwoord, **(ook or {})},
            vraag=vraag,
            lichaam=lichaam,
            fouten=fouten,
            media=media,
            voorbeelden=voorbeelden or {},
        )
        return functie

    return registreer


def schrijf(verzoek: Verzoek, antwoord: Antwoord) -> HttpResponse:
    """Return the HTTP answer, with an ETag on what was fetched, and without a body when the client has it already."""
    inhoud = antwoord.inhoud if isinstance(antwoord.inhoud, bytes) else msgspec.json.encode(antwoord.inhoud)
    uit = HttpResponse(inhoud, content_type=verzoek.route.media, status=antwoord.status)
    for naam, waarde in antwoord.koppen.items():
        uit[naam] = waarde
    if verzoek.route.methode == "GET" and antwoord.status == 200:
        etag = f'"{hashlib.blake2b(inhoud, digest_size=12).hexdigest()}"'
        uit["ETag"] = etag
        uit["Cache-Control"] = "private, no-cache"
        uit["Vary"] = "Authorization, Accept-Language"
        if _heeft_al(verzoek.request.META.get("HTTP_IF_NONE_MATCH", ""), etag):
            uit.status_code = 304
            uit.content = b""
            del uit["Content-Type"]
    else:
        uit["Cache-Control"] = "no-store"
    return uit


def _heeft_al(gegeven: str, etag: str) -> bool:
    namen = [naam.strip().removeprefix("W/") for naam in gegeven.split(",")]
    return etag in namen or gegeven.strip() == "*"
