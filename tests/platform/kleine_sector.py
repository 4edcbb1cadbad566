"""Two institutions, a school and four persons: enough to see who sees what.

Person 1 is at 27DV alone, 2 at both institutions, 3 at 25LX alone, 4 a pupil of the school 01AB.
"""

import time
from datetime import UTC, date, datetime

import psycopg

from kernregister.platform.pas import GELDIG, Pas, Soort

EIGEN = Pas(Soort.INSTELLING, "25LX")
"""The pass of somebody who is curious about the others."""

NU = datetime(2026, 3, 2, 9, tzinfo=UTC)

VERSIES = {
    # name: person, kind, owner, key, first day, last day
    "p1": (1, "persoon", "", "", None, None),
    "p2": (2, "persoon", "", "", None, None),
    "p3": (3, "persoon", "", "", None, None),
    "p4": (4, "persoon", "", "", None, None),
    "27DV-1-nu": (1, "inschrijving", "27DV", "1", date(2025, 8, 1), None),
    "27DV-2-oud": (2, "inschrijving", "27DV", "2", date(2023, 8, 1), date(2024, 7, 15)),
    "27DV-2-diploma": (2, "diploma", "27DV", "1", date(2024, 6, 1), date(2024, 6, 1)),
    "27DV-1-resultaat": (1, "resultaat", "27DV", "2", date(2026, 2, 1), date(2026, 2, 1)),
    "25LX-2": (2, "inschrijving", "25LX", "1", date(2024, 8, 1), None),
    "25LX-3": (3, "inschrijving", "25LX", "2", date(2025, 8, 1), None),
    "01AB-4-deelname": (4, "deelname", "01AB", "1", date(2022, 8, 1), None),
    "01AB-4-vooropleiding": (4, "vooropleiding", "01AB", "2", date(2025, 6, 12), date(2025, 6, 12)),
}
BIJZONDER = {
    "27DV-1-nu": "ondersteuning",
    "25LX-3": "ondersteuning",
    "p2": "verblijf",
    "p3": "verblijf",
}
BETROKKENHEID = {(1, "27DV"), (2, "27DV"), (2, "25LX"), (3, "25LX")}
NUMMER = {naam: nummer for nummer, naam in enumerate(VERSIES, start=1)}
"""Number of a version, and of the melding that made it."""


def vul(stelsel: psycopg.Connection) -> None:
    """Register it all, as the apply step would."""
    for naam, (persoon, soort, instelling, sleutel, begin, eind) in VERSIES.items():
        nummer = NUMMER[naam]
        stelsel.execute(
            "INSERT INTO register_melding (id, uuid, soort, afzender, moment, ontvangen_op, client, persoon_id, inhoud,"
            " vingerafdruk, aanvaard, antwoord)"
            " VALUES (%s, gen_random_uuid(), 'proef', %s, %s, %s, 'proef', %s, '{}', '', true, '{}')",
            [nummer, instelling or "BRP", NU, NU, persoon],
        )
        stelsel.execute(
            "INSERT INTO register_versie (id, persoon_id, soort, instelling, sleutel, datum_begin, datum_eind,"
            " opleidingcode, inhoud, schema, melding_van, geregistreerd_op)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, '', '[]', 1, %s, %s)",
            [nummer, persoon, soort, instelling, sleutel, begin, eind, nummer, NU],
        )
        if naam in BIJZONDER:
            stelsel.execute(
                "INSERT INTO register_bijzonderdeel (versie_id, soort, persoon_id, instelling, inhoud)"
                " VALUES (%s, %s, %s, %s, '[]')",
                [nummer, BIJZONDER[naam], persoon, instelling],
            )
    for persoon, instelling in BETROKKENHEID:
        stelsel.execute(
            "INSERT INTO register_betrokkenheid (persoon_id, instelling, studentnummer, sinds) VALUES (%s, %s, '', 1)",
            [persoon, instelling],
        )


def straks() -> int:
    """Return until when a pass holds that is made now."""
    return int(time.time()) + GELDIG


def neem(verbinding: psycopg.Connection, tekst: str) -> None:
    """Have a session carry a pass, or what looks like one."""
    verbinding.execute("SELECT set_config('kernregister.pas', %s, false)", [tekst])


def ziet(verbinding: psycopg.Connection) -> set[str]:
    """Return whose versions a session sees; the empty one is of persons themselves."""
    return {naam for (naam,) in verbinding.execute("SELECT DISTINCT instelling FROM register_versie")}
