"""Making, listing and revoking connections of machine clients."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import uuid4

from allauth.idp.oidc.models import Client, Token
from django.db import transaction

from kernregister.platform import klok
from kernregister.platform.nummers import maskeer
from kernregister.platform.pas import Soort
from kernregister.platform.rechten import RECHTEN, Recht
from kernregister.platform.sql import STELSEL
from kernregister.web.toegang.geheimen import nieuw_geheim
from kernregister.web.toegang.models import Aansluiting

"""Clients and tokens are out of reach of the application's role: who could write them could be anybody."""

_ZONDER_SLEUTEL = frozenset({Soort.SECTOR, Soort.DUO})
_VORM = {
    Soort.INSTELLING: (re.compile(r"[0-9]{2}[A-Z0-9]{2}"), "een instellingscode van vier tekens, zoals 25PV"),
    Soort.ACCOUNTANT: (re.compile(r"[0-9]{2}[A-Z0-9]{2}"), "een instellingscode van vier tekens, zoals 25PV"),
}
_LANGSTE_SLEUTEL = 40
_STUDIEJAAR = re.compile(r"([0-9]{4})-([0-9]{4})")


class Aansluitingfout(Exception):
    """What was asked cannot be; the text says everything that is wrong, in Dutch."""


def maak_aansluiting(
    naam: str,
    soort: Soort,
    sleutel: str = "",
    rechten: Collection[Recht] | None = None,
    *,
    extra: str = "",
    geldig_tot: datetime | None = None,
) -> tuple[Aansluiting, str]:
    """Make a client and return it with its secret, which is kept nowhere in the clear.

    Args:
        naam: whose product it is.
        soort: kind of pass.
        sleutel: key that goes with the kind.
        rechten: scopes; None: all that a pass of this kind can use.
        extra: studiejaar of an accountant, as ``2025-2026``.
        geldig_tot: first moment on which it no longer holds.

    Raises:
        Aansluitingfout: the parts do not fit together.
    """
    gegeven = rechten_van(soort) if rechten is None else frozenset(rechten)
    if fouten := list(_fouten(naam, soort, sleutel, gegeven, extra, geldig_tot)):
        raise Aansluitingfout("\n".join(fouten))
    geheim, bewaard = nieuw_geheim()
    namen = sorted(gegeven)
    with transaction.atomic(using=STELSEL):
        client = Client(
            id=_nieuw_id(), name=naam, secret=bewaard, type=Client.Type.CONFIDENTIAL, response_types=""
        )
        client.grant_types = Client.GrantType.CLIENT_CREDENTIALS
        client.set_scopes(namen)
        client.default_scopes = client.scopes
        client.save(using=STELSEL)
        aansluiting = Aansluiting.objects.using(STELSEL).create(
            client_id=client.id,
            naam=naam,
            pas_soort=soort.value,
            sleutel=sleutel,
            extra=extra,
            rechten=namen,
            gemaakt_op=klok.nu(),
            geldig_tot=geldig_tot,
        )
    return aansluiting, geheim


def _nieuw_id() -> str:
    """Return an id that no log takes for one with a number of a person in it."""
    while (id_ := uuid4().hex) != maskeer(id_):
        pass
    return id_


def rechten_van(soort: Soort) -> frozenset[Recht]:
    """Return all scopes that a pass of a kind can use, without those on special data: these are asked for by name."""
    return frozenset(
        recht for toegang in RECHTEN.values() if soort in toegang.soorten for recht in toegang.rechten
    )


def _fouten(
    naam: str,
    soort: Soort,
    sleutel: str,
    rechten: frozenset[Recht],
    extra: str,
    geldig_tot: datetime | None,
) -> Iterator[str]:
    if not naam.strip() or len(naam) > 100:
        yield "De naam is leeg of langer dan 100 tekens. Noem het product en de organisatie."
    if len(sleutel) > _LANGSTE_SLEUTEL:
        yield f"De sleutel is langer dan {_LANGSTE_SLEUTEL} tekens."
    if any(teken in deel for deel in (sleutel, extra) for teken in "|\0\n"):
        yield "Sleutel en beperking bevatten geen rechte streep of regeleinde."
    if (soort in _ZONDER_SLEUTEL) is bool(sleutel):
        woord = "heeft geen sleutel" if sleutel else "heeft een sleutel nodig"
        yield f"Een aansluiting van de soort {soort.value} {woord}."
    elif soort in _VORM and not _VORM[soort][0].fullmatch(sleutel):
        yield f"De sleutel bij de soort {soort.value} is {_VORM[soort][1]}."
    jaren = _STUDIEJAAR.fullmatch(extra)
    if soort is Soort.ACCOUNTANT and not (jaren and int(jaren[2]) == int(jaren[1]) + 1):
        yield "Een accountant ziet een studiejaar: geef het als 2025-2026."
    if soort is not Soort.ACCOUNTANT and extra:
        yield "Alleen de aansluiting van een accountant wordt beperkt tot een studiejaar."
    if not rechten:
        yield "Geef minstens een recht."
    if geldig_tot is not None and geldig_tot <= klok.nu():
        yield "De einddatum ligt in het verleden."


def lijst() -> list[Aansluiting]:
    """Return all connections, newest first, revoked ones too."""
    return list(Aansluiting.objects.using(STELSEL).order_by("-gemaakt_op"))


def trek_in(client_id: str) -> Aansluiting:
    """Revoke a connection, with all its tokens; it stays in the list.

    Raises:
        Aansluitingfout: there is none with this id, or it was revoked before.
    """
    with transaction.atomic(using=STELSEL):
        aansluiting = (
            Aansluiting.objects.using(STELSEL).select_for_update().filter(client_id=client_id).first()
        )
        if aansluiting is None or aansluiting.ingetrokken_op is not None:
            raise Aansluitingfout(f"Er is geen geldige aansluiting {client_id}.")
        aansluiting.ingetrokken_op = klok.nu()
        aansluiting.save(using=STELSEL)
        Token.objects.using(STELSEL).filter(client_id=client_id).delete()
        # without a grant type the client gets no new token, while its name stays readable in logs
        Client.objects.using(STELSEL).filter(id=client_id).update(grant_types="")
    return aansluiting
