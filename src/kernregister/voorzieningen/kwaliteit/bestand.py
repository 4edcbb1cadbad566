"""kwaliteitscontrole.csv of an institution, now or at any stand, as far as the pass shows (Handleiding h. 06)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from kernregister.kern.dossier import Dossier
from kernregister.kern.formaten.kwc import Kwc, kwc_van
from kernregister.kern.regels.catalogus import catalogus
from kernregister.kern.regels.motor import Uitkomst
from kernregister.kern.tijd import Studiejaar
from kernregister.platform import klok
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.kwaliteit.bijhouden import signaal_van
from kernregister.voorzieningen.kwaliteit.fouten import Kwaliteitsfout
from kernregister.voorzieningen.kwaliteit.peil import Peil, jaar_van, per
from kernregister.voorzieningen.register import public as register

_RIJEN = """
SELECT s.persoon_id, s.vingerafdruk, s.regel, s.instelling, s.sleutel::text, s.op_onderwijsnummer, s.van, s.tot,
    s.teldatum, s.waarden::text, s.bijzonder, s.schaduw
FROM kwaliteit_signaal s
WHERE s.instelling = %(instelling)s AND NOT s.schaduw AND {voorwaarde}
"""


def kwc(
    instelling: str,
    studiejaar: Studiejaar | None = None,
    stand_per: date | None = None,
    indeling: Kwc | None = None,
    verbinding: str = "default",
) -> tuple[bytes, set[int]]:
    """Return the kwaliteitscontrolebestand of an institution, and of which persons it tells.

    Who may see no signal of the institution gets only the heading.

    Args:
        instelling: its code.
        studiejaar: that of the day; there is no file of another.
        stand_per: the day of counting, with data up to and including the day before; None is now.
        indeling: the layout; ours when none is given.
        verbinding: the connection on which the pass was put.

    Raises:
        Kwaliteitsfout: the day is to come, or it lies in another studiejaar.
    """
    peil = per(stand_per)
    if jaar_van(studiejaar, peil) != peil.studiejaar:
        raise Kwaliteitsfout(
            f"Op {peil.dag} gaat de kwaliteitscontrole over studiejaar {peil.studiejaar}. "
            f"Kies voor {studiejaar} een dag in dat studiejaar."
        )
    rijen = _rijen(instelling, peil, verbinding)
    uitkomsten, namen = _uitkomsten(rijen, peil)
    return kwc_van(uitkomsten, catalogus(), namen, indeling), {rij[0] for rij in rijen}


def kwc_op_stand(
    instelling: str, stand: int, moment: datetime, bijzonder: Collection[str], indeling: Kwc | None = None
) -> tuple[bytes, set[int]]:
    """Return the kwaliteitscontrolebestand of an institution as known at a stand, and of which persons it tells.

    Read where no policy holds: for who keeps it apart by institution.

    Args:
        instelling: its code.
        stand: as known at this stand.
        moment: the moment that goes with it; its day is the peildatum.
        bijzonder: kinds of special data of which signals may tell.
        indeling: the layout; ours when none is given.
    """
    peil = Peil(moment.astimezone(klok.NEDERLAND).date(), stand, moment)
    rijen = [rij for rij in _rijen(instelling, peil, "stelsel") if not rij[10] or rij[10] in bijzonder]
    uitkomsten, namen = _uitkomsten(rijen, peil)
    return kwc_van(uitkomsten, catalogus(), namen, indeling), {rij[0] for rij in rijen}


def _rijen(instelling: str, peil: Peil, verbinding: str) -> list[Any]:
    with cursor(verbinding) as sql:
        sql.execute(_RIJEN.format(voorwaarde=peil.voorwaarde), {"instelling": instelling, **peil.waarden})
        return sql.fetchall()


def _uitkomsten(rijen: list[Any], peil: Peil) -> tuple[list[Uitkomst], dict[str, str]]:
    dossiers: dict[int, Dossier] = dict(register.dossiers(list({rij[0] for rij in rijen}), stand=peil.stand))
    uit: list[tuple[Any, ...]] = []
    namen: dict[str, str] = {}
    for persoon, *rij in rijen:
        wie = dossiers[persoon].persoon
        signaal = signaal_van(rij)
        uitkomst = signaal.uitkomst(wie)
        uit.append(
            (uitkomst.regel, uitkomst.sleutel.pgn, uitkomst.van, signaal.sleutel, signaal.waarden, uitkomst)
        )
        if wie.achternaam:
            namen[uitkomst.sleutel.pgn] = wie.achternaam
    return [plek[-1] for plek in sorted(uit, key=lambda plek: plek[:-1])], namen
