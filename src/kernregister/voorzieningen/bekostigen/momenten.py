"""The TBG overview at scheduled moments: of each funded institution that has anything to count, its TBG-i is asked for.

Source: Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 05 ("op een aantal standaardmomenten in een studiejaar").
Which moments those are it does not say; they are a setting of the installation.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.db import transaction

from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.tijd import Studiejaar
from kernregister.platform import klok
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.bekostigen.fouten import Bekostigingsfout
from kernregister.voorzieningen.bekostigen.soorten import TBGI, UITBREIDING
from kernregister.voorzieningen.overzichten import public as overzichten

CLIENT = "kernregister"
"""Who asks."""

INHAALDAGEN = 7
"""How long after its day a moment is still caught up with, when the machine was off."""


def lees_momenten(tekst: str) -> tuple[tuple[int, int], ...]:
    """Read the days of the year: ``11-01,03-01`` is 1 November and 1 March; nothing is never.

    Raises:
        Bekostigingsfout: it is no list of days.
    """
    uit = []
    for deel in filter(None, (een.strip() for een in tekst.split(","))):
        try:
            dag = date.fromisoformat(f"2000-{deel}")
        except ValueError:
            raise Bekostigingsfout(
                f"{deel!r} is geen dag van het jaar; verwacht maand en dag, zoals 11-01,03-01"
            ) from None
        uit.append((dag.month, dag.day))
    return tuple(uit)


def vraag_aan_op(vandaag: date | None = None) -> int:
    """Ask for the overviews of a scheduled moment that has come and is not done; return how many were asked for.

    Done again after a fall, it asks for what is missing: a request is known by its moment and institution.
    """
    vandaag = vandaag or klok.vandaag()
    dag = _aan_de_beurt(vandaag, lees_momenten(settings.TBG_MOMENTEN))
    if dag is None:
        return 0
    jaar = Bekostigingsjaar.van(Studiejaar.van(dag))
    gevraagd = 0
    for instelling in _instellingen(jaar.jaar):
        wens = overzichten.Wens(
            soort=TBGI,
            instelling=instelling,
            bekostigingsjaar=jaar,
            extra={UITBREIDING: True} if settings.TBG_UITBREIDING else {},
            kenmerk=uuid5(NAMESPACE_URL, f"urn:kernregister:tbg:{dag}:{instelling}"),
        )
        gevraagd += not isinstance(overzichten.vraag_aan(wens, CLIENT), list)
    with transaction.atomic(using="stelsel"), cursor() as sql:
        sql.execute(
            "INSERT INTO bekostigen_overzichtmoment (dag, aantal, op) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
            [dag, gevraagd, klok.nu()],
        )
    return gevraagd


def _aan_de_beurt(vandaag: date, momenten: Iterable[tuple[int, int]]) -> date | None:
    """Return the last moment that came in these days, unless it is done."""
    dagen = [vandaag - timedelta(days=n) for n in range(INHAALDAGEN)]
    gekozen = set(momenten)
    dag = next((dag for dag in dagen if (dag.month, dag.day) in gekozen), None)
    if dag is None:
        return None
    with cursor() as sql:
        sql.execute("SELECT 1 FROM bekostigen_overzichtmoment WHERE dag = %s", [dag])
        return None if sql.fetchone() else dag


def _instellingen(jaar: int) -> list[str]:
    """Return the institutions that have something to count in a year: funded ones, for others have no rows."""
    with cursor() as sql:
        sql.execute(
            "SELECT DISTINCT instelling FROM bekostigen_status WHERE jaar = %s AND gesloten_op IS NULL ORDER BY 1",
            [jaar],
        )
        return [code for (code,) in sql]
