"""What somebody typed when the session ended, or when they logged in elsewhere: put back, for them and nobody else.

A form carries a signed slip that names who fills it in, in which capacity and at which address. Is the form sent by
nobody any more, or with a token from before the last login, then nothing is done with it: it is sealed into the session
that is left, and the address shows it again once the same person is there. Only a page that we made has such a slip;
what another site sends is left at that: it cannot fill in a form for somebody, nor give who visits it an empty session.
"""

from __future__ import annotations

import base64
import time
from typing import Any, Final

import msgspec
from cryptography.exceptions import InvalidTag
from django.core import signing
from django.http import HttpRequest
from msgspec import Struct

from kernregister.kern.regels.paspoort import Tekst
from kernregister.platform.versleuteling import kluis
from kernregister.web.portaal.bezoek import KEUZE, Bezoek
from kernregister.web.toegang.limiet import Emmers

VELD: Final = "briefje"
"""Name of the field with the slip."""

BEWAAR: Final = 3600
"""Seconds that what was typed waits for somebody to log in."""

TERUG: Final = Tekst(
    "U was afgemeld, of had zich opnieuw aangemeld. Er is nog niets verstuurd: wat u typte staat hieronder. Kijk het "
    "na en verstuur het opnieuw.",
    "You were logged out, or had logged in again. Nothing was sent yet: what you typed is below. Look it over and send "
    "it again.",
)
"""What is said above a form that came back."""

_PLEK: Final = "portaal.concept"
_GELDIG: Final = 12 * 3600
"""Seconds that a form may have been open."""
_MEESTE: Final = 200_000
"""Characters of what was typed."""

per_persoon: Final = Emmers(20)
"""Forms of one person that are kept: each of nobody's begins a session, and a slip holds for hours."""


class _Briefje(Struct, frozen=True, array_like=True):
    wie: int
    hoedanigheid: str
    adres: str


class _Concept(Struct, frozen=True):
    briefje: _Briefje
    op: float
    inhoud: str
    """Sealed for the person and the address, in base64."""


def briefje(bezoek: Bezoek) -> str:
    """Return the slip for a form on the page that is visited; empty: for nobody."""
    if bezoek.gebruiker is None or bezoek.hoedanigheid is None:
        return ""
    deze = _Briefje(bezoek.gebruiker.pk, bezoek.hoedanigheid.sleutel, bezoek.request.get_full_path())
    return signing.dumps(msgspec.to_builtins(deze), salt=_PLEK)


def bewaar(request: HttpRequest) -> str | None:
    """Keep a form that cannot be taken now; return the address that will show it again, None: it is none of ours."""
    if _van_elders(request):
        return None
    wie = getattr(request.user, "pk", None)
    deze = _lees(request.POST.get(VELD, ""))
    if deze is None or deze.adres != request.get_full_path() or wie not in (None, deze.wie):
        return None
    if wie is not None and request.session.get(KEUZE) != deze.hoedanigheid:
        return None
    getypt = {
        naam: tekst for naam, tekst in request.POST.items() if naam not in (VELD, "csrfmiddlewaretoken")
    }
    inhoud = msgspec.json.encode(getypt)
    if len(inhoud) > _MEESTE or not per_persoon.neem(str(deze.wie)).mag:
        return None
    request.session[KEUZE] = deze.hoedanigheid
    gesloten = base64.b64encode(kluis().sluit(inhoud, _plaats(deze))).decode()
    request.session[_PLEK] = msgspec.to_builtins(_Concept(deze, time.time(), gesloten))
    return deze.adres


def haal(bezoek: Bezoek) -> dict[str, str] | None:
    """Return what was typed on this page before somebody logged in again, once; None: nothing."""
    ruw = bezoek.request.session.get(_PLEK)
    if ruw is None or bezoek.gebruiker is None or bezoek.hoedanigheid is None:
        return None
    concept = msgspec.convert(ruw, _Concept)
    deze = _Briefje(bezoek.gebruiker.pk, bezoek.hoedanigheid.sleutel, bezoek.request.get_full_path())
    te_oud = time.time() - concept.op > BEWAAR
    if not te_oud and concept.briefje.wie == deze.wie and concept.briefje != deze:
        return None
    del bezoek.request.session[_PLEK]
    if te_oud or concept.briefje != deze:
        return None
    try:
        inhoud: dict[str, str] = msgspec.json.decode(
            kluis().open(base64.b64decode(concept.inhoud), _plaats(deze))
        )
    except InvalidTag:
        return None
    return inhoud


def _van_elders(request: HttpRequest) -> bool:
    """Tell whether another site sends a form: a browser names the site with whatever it sends."""
    herkomst = request.headers.get("Origin")
    return herkomst is not None and herkomst != f"{request.scheme}://{request.get_host()}"


def _lees(tekst: str) -> _Briefje | None:
    try:
        ruw: Any = signing.loads(tekst, salt=_PLEK, max_age=_GELDIG)
    except signing.BadSignature:
        return None
    return msgspec.convert(ruw, _Briefje)


def _plaats(deze: _Briefje) -> bytes:
    return f"concept:{deze.wie}:{deze.adres}".encode()
