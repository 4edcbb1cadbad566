"""Finding students of an institution by what it calls them itself, and enrolments by what they have in common.

Every query runs on the application's connection, inside ``met_pas``: only those that the pass shows are found.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from msgspec import Struct
from msgspec.structs import fields

from kernregister.kern.dossier import Persoon
from kernregister.kern.tijd import Studiejaar
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.register.inzage import VERBINDING
from kernregister.voorzieningen.register.studenten import Student, studenten

_PLAATS = {veld.name: plaats for plaats, veld in enumerate(fields(Persoon))}

_OP_NAAM = f"""
SELECT b.persoon_id FROM register_betrokkenheid b
LEFT JOIN register_versie v ON v.persoon_id = b.persoon_id AND v.soort = 'persoon' AND v.melding_tot IS NULL
WHERE b.instelling = %(instelling)s AND (
    b.studentnummer ILIKE %(begin)s
    OR concat_ws(' ', v.inhoud ->> {_PLAATS["voornamen"]}, v.inhoud ->> {_PLAATS["voorvoegsel"]},
        v.inhoud ->> {_PLAATS["achternaam"]}) ILIKE %(ergens)s
)
ORDER BY b.studentnummer <> %(precies)s, v.inhoud ->> {_PLAATS["achternaam"]}, b.persoon_id LIMIT %(aantal)s
"""  # noqa: S608 - places of fields

_OP_NUMMER = """
SELECT studentnummer, persoon_id FROM register_betrokkenheid
WHERE instelling = %s AND studentnummer = ANY (%s::text[])
"""

_GEKOZEN = """
SELECT i.persoon_id, i.inschrijvingvolgnummer, v.opleidingcode, i.datum_inschrijving, i.datum_uitschrijving_gepland,
    i.datum_uitschrijving_werkelijk
FROM inschrijving i JOIN register_versie v ON v.id = i.versie_id
WHERE i.melding_tot IS NULL AND i.instelling = %(instelling)s
  AND (%(lopend)s::boolean IS FALSE OR i.datum_uitschrijving_werkelijk IS NULL)
  AND (%(opleidingcode)s::text IS NULL OR v.opleidingcode = %(opleidingcode)s)
  AND (%(begin)s::date IS NULL OR i.datum_inschrijving >= %(begin)s)
  AND (%(eind)s::date IS NULL OR i.datum_inschrijving < %(eind)s)
  AND (%(gepland_van)s::date IS NULL OR i.datum_uitschrijving_gepland >= %(gepland_van)s)
  AND (%(gepland_tot)s::date IS NULL OR i.datum_uitschrijving_gepland <= %(gepland_tot)s)
  AND (%(personen)s::bigint[] IS NULL OR i.persoon_id = ANY (%(personen)s::bigint[]))
ORDER BY i.persoon_id, i.inschrijvingvolgnummer LIMIT %(aantal)s
"""


class Keuze(Struct, frozen=True, kw_only=True):
    """Which enrolments somebody wants: what is None does not matter."""

    opleidingcode: str | None = None
    cohort: Studiejaar | None = None
    """The studiejaar in which the enrolment began."""
    gepland_van: date | None = None
    gepland_tot: date | None = None
    """First and last day on which the enrolment is planned to end."""
    personen: tuple[int, ...] | None = None
    lopend: bool = True
    """Only those that have not ended."""


class Gekozen(Struct, frozen=True):
    """An enrolment that was found."""

    persoon: int
    inschrijvingvolgnummer: str
    opleidingcode: str
    datum_inschrijving: date
    datum_uitschrijving_gepland: date | None
    datum_uitschrijving_werkelijk: date | None


def vind_studenten(instelling: str, tekst: str, aantal: int = 25) -> list[Student]:
    """Return students whose own student number begins with a text, or in whose name it stands; in order of name."""
    kaal = " ".join(tekst.replace("\0", "").split())[:80]
    if not kaal:
        return []
    patroon = kaal.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    with cursor(VERBINDING) as sql:
        sql.execute(
            _OP_NAAM,
            {
                "instelling": instelling,
                "begin": f"{patroon}%",
                "ergens": f"%{patroon}%",
                "precies": kaal,
                "aantal": aantal,
            },
        )
        gevonden = [persoon for (persoon,) in sql]
    bekend = studenten(gevonden, instelling)
    return [bekend.get(persoon) or Student(persoon, "", "", None) for persoon in gevonden]


def op_studentnummer(instelling: str, nummers: Collection[str]) -> dict[str, list[int]]:
    """Return who bear the institution's own student numbers; an institution may have given one to several."""
    uit: dict[str, list[int]] = {}
    with cursor(VERBINDING) as sql:
        sql.execute(_OP_NUMMER, [instelling, [nummer.replace("\0", "") for nummer in nummers]])
        for nummer, persoon in sql:
            uit.setdefault(nummer, []).append(persoon)
    return uit


def kies_inschrijvingen(instelling: str, keuze: Keuze, aantal: int) -> list[Gekozen]:
    """Return the institution's own enrolments that somebody wants, in order of person; at most so many."""
    jaar = keuze.cohort
    with cursor(VERBINDING) as sql:
        sql.execute(
            _GEKOZEN,
            {
                "instelling": instelling,
                "lopend": keuze.lopend,
                "opleidingcode": keuze.opleidingcode,
                "begin": jaar.begin if jaar else None,
                "eind": jaar.eind if jaar else None,
                "gepland_van": keuze.gepland_van,
                "gepland_tot": keuze.gepland_tot,
                "personen": None if keuze.personen is None else list(keuze.personen),
                "aantal": aantal,
            },
            prepare=False,
        )
        return [Gekozen(*rij) for rij in sql]
