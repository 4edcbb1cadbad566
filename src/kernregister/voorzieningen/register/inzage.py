"""What the register shows to somebody with a pass: every query runs on the application's connection, inside `met_pas`.

The policies of the tables decide which rows there are; a condition on the institution beside them is for the index.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from kernregister.kern.dossier import Dossier
from kernregister.kern.meldingen.terugkoppeling import Terugkoppeling
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.personen.public import Nummers
from kernregister.voorzieningen.register import opslag
from kernregister.voorzieningen.register.journaal import hele_inhoud

VERBINDING = "default"
_LEES_ANTWOORD = msgspec.json.Decoder(Terugkoppeling)


class Meldingregel(Struct, frozen=True):
    """A melding in a list: what it was and what was answered, without numbers of persons."""

    id: int
    uuid: UUID
    soort: str
    afzender: str
    moment: datetime
    ontvangen_op: datetime
    aanvaard: bool
    persoon: int | None
    antwoord: Terugkoppeling
    stand: int | None


class Inschrijvingregel(Struct, frozen=True, omit_defaults=True):
    """An enrolment in a list: enough to find and recognise it. The person stands in it by the name the API gives."""

    persoon: int
    instelling: str
    inschrijvingvolgnummer: str
    datum_inschrijving: date
    datum_uitschrijving_werkelijk: date | None = None
    opleidingcode: str = ""
    studentnummer: str = ""
    geregistreerd_op: datetime | None = None


_MELDING = """
SELECT m.id, m.uuid, m.soort, m.afzender, m.moment, m.ontvangen_op, m.aanvaard, m.persoon_id, m.antwoord::text, s.nummer
FROM register_melding m LEFT JOIN register_stand s ON s.melding_id = m.id
"""


def meldingen(
    afzender: str | None,
    *,
    voor: int | None = None,
    soort: str | None = None,
    aanvaard: bool | None = None,
    persoon: int | None = None,
    aantal: int = 100,
) -> list[Meldingregel]:
    """Return meldingen, the latest first, from before an id."""
    with cursor(VERBINDING) as sql:
        sql.execute(
            _MELDING + " WHERE (%(afzender)s::text IS NULL OR m.afzender = %(afzender)s)"
            " AND (%(voor)s::bigint IS NULL OR m.id < %(voor)s) AND (%(soort)s::text IS NULL OR m.soort = %(soort)s)"
            " AND (%(aanvaard)s::boolean IS NULL OR m.aanvaard = %(aanvaard)s)"
            " AND (%(persoon)s::bigint IS NULL OR m.persoon_id = %(persoon)s) ORDER BY m.id DESC LIMIT %(aantal)s",
            {
                "afzender": afzender,
                "voor": voor,
                "soort": soort,
                "aanvaard": aanvaard,
                "persoon": persoon,
                "aantal": aantal,
            },
            prepare=False,
        )
        return [_regel(rij) for rij in sql]


def wijzigingen(afzender: str | None, na: int, tot_en_met: int, aantal: int = 100) -> list[Meldingregel]:
    """Return applied meldingen in the order that everybody sees alike, from after a stand up to one.

    Nothing is ever skipped, as long as ``tot_en_met`` is a stand that was handed out.
    """
    with cursor(VERBINDING) as sql:
        sql.execute(
            _MELDING.replace("LEFT JOIN", "JOIN")
            + " WHERE s.nummer > %(na)s AND s.nummer <= %(tot)s"
            + (" AND m.afzender = %(afzender)s" if afzender is not None else "")
            + " ORDER BY s.nummer LIMIT %(aantal)s",
            {"afzender": afzender, "na": na, "tot": tot_en_met, "aantal": aantal},
        )
        return [_regel(rij) for rij in sql]


def melding(uuid: UUID, afzender: str | None = None) -> tuple[Meldingregel, dict[str, Any]] | None:
    """Return one melding with all that it said; None when there is none that the pass shows.

    A UUID is of one sender only, so who sees meldingen of several names the sender too; without, it is the first.
    """
    with cursor(VERBINDING) as sql:
        sql.execute(
            _MELDING.replace("s.nummer\n", "s.nummer, m.inhoud::text, m.vertrouwelijk\n")
            + " WHERE m.uuid = %(uuid)s AND (%(afzender)s::text IS NULL OR m.afzender = %(afzender)s)"
            " ORDER BY m.id LIMIT 1",
            {"uuid": uuid, "afzender": afzender},
        )
        rij = sql.fetchone()
    if rij is None:
        return None
    return _regel(rij[:10]), hele_inhoud(rij[10], bytes(rij[11]) if rij[11] is not None else None)


def _regel(rij: tuple[Any, ...]) -> Meldingregel:
    delen: list[Any] = [*rij[:8], _LEES_ANTWOORD.decode(rij[8]), rij[9]]
    return Meldingregel(*delen)


def is_zichtbaar(persoon: int) -> bool:
    """Tell whether the pass is of somebody who has to do with a person."""
    with cursor(VERBINDING) as sql:
        sql.execute(
            "SELECT EXISTS (SELECT 1 FROM register_betrokkenheid WHERE persoon_id = %s)",
            [persoon],
            prepare=True,
        )
        (ja,) = sql.fetchone() or (False,)
    return bool(ja)


def dossier_met_pas(persoon: int, stand: int | None = None) -> Dossier | None:
    """Return of a dossier what the pass shows, now or at a stand; None when that is nothing.

    The numbers are in it for who has to do with the person.
    """
    betrokken = is_zichtbaar(persoon)
    nummers = personen.nummers_van([persoon])[persoon] if betrokken else Nummers(None, None)
    dossiers, geldend = opslag.lees_dossiers({persoon: nummers}, stand, VERBINDING)
    return dossiers[persoon] if geldend[persoon] or betrokken else None


_INSCHRIJVINGEN = """
SELECT v.persoon_id, v.instelling, v.sleutel, v.datum_begin, v.datum_eind, v.opleidingcode,
    coalesce(b.studentnummer, ''), v.geregistreerd_op
FROM register_versie v
LEFT JOIN register_betrokkenheid b ON b.instelling = v.instelling AND b.persoon_id = v.persoon_id
WHERE v.soort = 'inschrijving' AND v.melding_tot IS NULL AND (v.persoon_id, v.sleutel) > (%(persoon)s, %(sleutel)s)
"""


def inschrijvingen(
    instelling: str | None,
    *,
    na: tuple[int, str] = (0, ""),
    op: date | None = None,
    opleidingcode: str | None = None,
    aantal: int = 100,
) -> list[Inschrijvingregel]:
    """Return enrolments in order of person, after one of them.

    Args:
        instelling: of this institution; None: of all that the pass shows.
        na: person and volgnummer of the last one that was seen.
        op: only those that hold on this day.
        opleidingcode: only those of this programme.
        aantal: how many.
    """
    vraag = _INSCHRIJVINGEN
    if instelling is not None:
        vraag += " AND v.instelling = %(instelling)s"
    if op is not None:
        vraag += " AND v.datum_begin <= %(op)s AND (v.datum_eind IS NULL OR v.datum_eind >= %(op)s)"
    if opleidingcode is not None:
        vraag += " AND v.opleidingcode = %(opleidingcode)s"
    with cursor(VERBINDING) as sql:
        sql.execute(
            vraag + " ORDER BY v.persoon_id, v.sleutel LIMIT %(aantal)s",
            {
                "instelling": instelling,
                "persoon": na[0],
                "sleutel": na[1],
                "op": op,
                "opleidingcode": opleidingcode,
                "aantal": aantal,
            },
        )
        return [Inschrijvingregel(*rij) for rij in sql]
