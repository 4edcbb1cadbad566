"""What a register knows before the first melding: reference data, persons at the source, and who may deliver."""

from __future__ import annotations

import json
import urllib.request
from base64 import b64encode

from kernregister.fictief.sector import Sector


def zet_klaar(sector: Sector, personen_bekend: bool = True) -> None:
    """Load the reference data of a sector, and its persons at the source of person data."""
    from django.db import connections

    from kernregister.voorzieningen.personen import public as personen
    from kernregister.voorzieningen.stamgegevens import public as stamgegevens

    stamgegevens.laad_gegevens(sector.gegevens, "bench", "fictieve sector")
    if personen_bekend:
        personen.neem_op(dossier.persoon for dossier in sector.dossiers())
    connections.close_all()
    ruim_op()


def ruim_op() -> None:
    """Have PostgreSQL do now what it would do by itself in the hours after loading."""
    from django.db import connections

    with connections["stelsel"].cursor() as cursor:
        cursor.execute("ANALYZE")
    connections.close_all()


def sleutels(adres: str, instellingen: list[str]) -> dict[str, str]:
    """Make a client for each institution that may do all an institution can; return the tokens the register gives."""
    from django.db import connections

    from kernregister.platform.pas import Soort
    from kernregister.platform.rechten import BIJZONDER
    from kernregister.web.toegang.aansluitingen import maak_aansluiting, rechten_van

    rechten = rechten_van(Soort.INSTELLING) | BIJZONDER.keys()

    uit = {}
    for instelling in instellingen:
        aansluiting, geheim = maak_aansluiting("bench", Soort.INSTELLING, instelling, rechten)
        basis = b64encode(f"{aansluiting.client_id}:{geheim}".encode()).decode()
        vraag = urllib.request.Request(
            f"{adres}/oauth/token", b"grant_type=client_credentials", {"Authorization": f"Basic {basis}"}
        )
        with urllib.request.urlopen(vraag, timeout=30) as antwoord:
            uit[instelling] = json.load(antwoord)["access_token"]
    connections.close_all()
    return uit
