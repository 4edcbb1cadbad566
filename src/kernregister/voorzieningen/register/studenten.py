"""Who the students are that stand in a list: the own student number and the name, by which people know each other.

No number of a person is among it: a list of an institution does not need them (design 7).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import msgspec
from msgspec import Struct

from kernregister.kern.dossier import Persoon
from kernregister.kern.tijd import OnvolledigeDatum
from kernregister.platform.sql import cursor

_STUDENTEN = """
SELECT v.persoon_id, coalesce(b.studentnummer, ''), v.inhoud::text
FROM register_versie v
LEFT JOIN register_betrokkenheid b ON b.persoon_id = v.persoon_id AND b.instelling = %(instelling)s
WHERE v.persoon_id = ANY (%(personen)s::bigint[]) AND v.soort = 'persoon' AND v.melding_tot IS NULL
"""
_MET_DOSSIER = """
SELECT DISTINCT persoon_id FROM register_versie
WHERE instelling = %(instelling)s AND soort = 'inschrijving' AND persoon_id = ANY (%(personen)s::bigint[])
    AND melding_tot IS NULL AND (datum_eind IS NULL OR datum_eind >= %(peildatum)s)
"""
_lees = msgspec.json.Decoder(Persoon)


class Student(Struct, frozen=True):
    """A student as an institution knows one."""

    persoon: int
    studentnummer: str
    """The institution's own number; empty: it gave none."""
    naam: str
    """Surname first, so that a list can be read in order; empty when the register knows no name."""
    geboortedatum: OnvolledigeDatum | None


def studenten(
    personen: Collection[int], instelling: str | None, verbinding: str = "default"
) -> dict[int, Student]:
    """Return who persons are, of those that the pass shows; the others are missing.

    Args:
        personen: the persons.
        instelling: whose student numbers; None: none.
        verbinding: the connection on which the pass was put.
    """
    if not personen:
        return {}
    with cursor(verbinding) as sql:
        sql.execute(_STUDENTEN, {"instelling": instelling, "personen": [*set(personen)]})
        return {id_: _student(id_, nummer, _lees.decode(inhoud)) for id_, nummer, inhoud in sql}


def met_studentdossier(personen: Collection[int], instelling: str, peildatum: date) -> frozenset[int]:
    """Return of whom an institution can open the studentdossier on a day, in one question for a whole list.

    An own enrolment is active or to come: what ``kern.inzage.grens`` says of one dossier.
    """
    if not personen:
        return frozenset()
    with cursor("default") as sql:
        sql.execute(
            _MET_DOSSIER, {"instelling": instelling, "personen": [*set(personen)], "peildatum": peildatum}
        )
        return frozenset(id_ for (id_,) in sql)


def _student(id_: int, nummer: str, persoon: Persoon) -> Student:
    voor = " ".join(deel for deel in (persoon.voornamen, persoon.voorvoegsel) if deel)
    naam = ", ".join(deel for deel in (persoon.achternaam, voor) if deel)
    return Student(id_, nummer, naam, persoon.geboortedatum)
