"""Which institutions are involved with a person, after records went to another person or another institution."""

from __future__ import annotations

from datetime import date
from typing import Any

from kernregister.platform.sql import cursor
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.personen.public import Abonnementsoort, Doel
from kernregister.voorzieningen.register.dossiers import dossiers
from kernregister.voorzieningen.register.ingrepen import Plan

_NEEM_OVER = """
INSERT INTO register_betrokkenheid (persoon_id, instelling, studentnummer, sinds)
SELECT %(naar_persoon)s, %(naar)s, studentnummer, %(melding)s FROM register_betrokkenheid
WHERE persoon_id = %(persoon)s AND instelling = %(van)s
ON CONFLICT (instelling, persoon_id) DO NOTHING
"""
_BEEINDIG = """
WITH weg AS (
    DELETE FROM register_betrokkenheid WHERE persoon_id = %(persoon)s AND instelling = %(van)s RETURNING *
) INSERT INTO register_beeindigdebetrokkenheid (persoon_id, instelling, studentnummer, sinds, tot)
SELECT persoon_id, instelling, studentnummer, sinds, %(melding)s FROM weg
"""
_TREK_IN = """
WITH weg AS (
    DELETE FROM register_betrokkenheid WHERE sinds = %(herroept)s AND persoon_id = ANY (%(personen)s::bigint[])
    RETURNING *
) INSERT INTO register_beeindigdebetrokkenheid (persoon_id, instelling, studentnummer, sinds, tot)
SELECT persoon_id, instelling, studentnummer, sinds, %(melding)s FROM weg
"""
_HERSTEL = """
WITH terug AS (DELETE FROM register_beeindigdebetrokkenheid WHERE tot = %(melding)s RETURNING *)
INSERT INTO register_betrokkenheid (persoon_id, instelling, studentnummer, sinds)
SELECT persoon_id, instelling, studentnummer, sinds FROM terug ON CONFLICT (instelling, persoon_id) DO NOTHING
"""


def verplaats(id_: int, plan: Plan) -> None:
    """Have institutions be involved with whom their records are of now; the student number goes along.

    Of a merged person the involvement stays as well: what was registered under the old person stays readable.
    """
    with cursor() as sql:
        if plan.herroept is not None:
            betrokken = {plan.persoon, *(p.persoon for p in plan.sluit.values()), *(plan.samen or ())}
            sql.execute(_TREK_IN, {"herroept": plan.herroept, "personen": [*betrokken], "melding": id_})
            sql.execute(_HERSTEL, {"melding": plan.herroept})
            return
        for naar_persoon, van, naar in _stappen(plan, sql):
            persoon = plan.samen[0] if plan.samen else plan.persoon
            waarden = {
                "naar_persoon": naar_persoon,
                "persoon": persoon,
                "van": van,
                "naar": naar,
                "melding": id_,
            }
            sql.execute(_NEEM_OVER, waarden)
            if plan.overdracht:
                sql.execute(_BEEINDIG, waarden)


def _stappen(plan: Plan, sql: Any) -> list[tuple[int, str, str]]:
    """Return to whom and to which institution involvement goes, and from which institution."""
    if plan.overdracht:
        return [(plan.persoon, *plan.overdracht)]
    if plan.samen:
        sql.execute("SELECT instelling FROM register_betrokkenheid WHERE persoon_id = %s", [plan.samen[0]])
        return [(plan.samen[1], instelling, instelling) for (instelling,) in sql.fetchall()]
    return [
        (naar_persoon, instelling, instelling)
        for naar_persoon, instelling in dict.fromkeys(
            (p.persoon, p.sleutel.instelling) for p in plan.begint if p.sleutel.instelling
        )
    ]


def draag_abonnementen_over(persoon: int, van: str, naar: str, vandaag: date) -> None:
    """Have an institution follow a person in the place of another that went up in it, for a new term."""
    volgt = {soort: personen.abonnees([persoon], soort, vandaag) for soort in Abonnementsoort}
    over = [s for s, wie in volgt.items() if (persoon, van) in wie and (persoon, naar) not in wie]
    personen.doel_vervallen(persoon, van)
    if not over:
        return
    ingeschreven = any(
        een.instelling == naar
        and (een.datum_uitschrijving_werkelijk is None or een.datum_uitschrijving_werkelijk >= vandaag)
        for een in dict(dossiers([persoon]))[persoon].inschrijvingen
    )
    doel = Doel.INSCHRIJVING if ingeschreven else Doel.AANMELDING
    for soort in over:
        personen.zet_abonnement(persoon, naar, soort, "aan", vandaag, doel=doel)
