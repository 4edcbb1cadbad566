"""The case that two institutions share: opened and closed by the register, talked over by the two (ADR 0034)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from msgspec import Struct, structs

from kernregister.kern.sleutels import GEHEIM
from kernregister.platform import audit, klok
from kernregister.platform.nummers import maskeer
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.kwaliteit.fouten import Kwaliteitsfout, Onvindbaar
from kernregister.voorzieningen.kwaliteit.signaal import Rij
from kernregister.voorzieningen.kwaliteit.zaken_models import Standpunt
from kernregister.voorzieningen.register import public as register

LANGSTE_TEKST = 2000
"""Characters of a note or a message."""

MEESTE_ZAKEN = 200

_NOEMT = b'"andere_instelling"'


class Zaakbericht(Struct, frozen=True):
    """What one of the two said."""

    instelling: str
    standpunt: Standpunt
    tekst: str
    door: str
    op: datetime


class Zaak(Struct, frozen=True, kw_only=True):
    """A case as one of the two sees it. Of the other it tells which institution that is, and nothing it registered."""

    id: int
    persoon: int
    regel: str
    eigen: str
    ander: str
    geopend_op: datetime
    gesloten_op: datetime | None
    eigen_standpunt: Standpunt = Standpunt.GEEN
    ander_standpunt: Standpunt = Standpunt.GEEN
    berichten: int = 0
    laatste_op: datetime | None = None
    """When the last message came."""


def volg_signalen(nieuw: Iterable[Rij], gesloten: Iterable[Rij], nu: datetime) -> None:
    """Open and close the cases of the persons whose signals changed, in the transaction that changed them.

    Only a rule that names another institution can make one, so most batches ask nothing of the database here.
    """
    personen = {rij.persoon for rijen in (nieuw, gesloten) for rij in rijen if _NOEMT in rij.signaal.waarden}
    if not personen:
        return
    with cursor() as sql:
        sql.execute(_SLUIT, {"personen": sorted(personen), "nu": nu})
        sql.execute(_OPEN, {"personen": sorted(personen), "nu": nu})


_PAREN = """
SELECT s.persoon_id, s.regel, s.instelling AS instelling_a, o.instelling AS instelling_b
FROM kwaliteit_signaal s
JOIN kwaliteit_signaal o ON o.persoon_id = s.persoon_id AND o.regel = s.regel AND o.instelling > s.instelling
WHERE s.persoon_id = ANY (%(personen)s::bigint[]) AND s.gesloten_op IS NULL AND o.gesloten_op IS NULL
  AND NOT s.schaduw AND NOT o.schaduw
  AND s.waarden @> jsonb_build_array(jsonb_build_array('andere_instelling', o.instelling))
  AND o.waarden @> jsonb_build_array(jsonb_build_array('andere_instelling', s.instelling))
"""
"""Pairs of institutions that each have an open signal which names the other."""

_SLUIT = f"""
UPDATE kwaliteit_zaak z SET gesloten_op = %(nu)s
WHERE z.persoon_id = ANY (%(personen)s::bigint[]) AND z.gesloten_op IS NULL
  AND (z.persoon_id, z.regel, z.instelling_a, z.instelling_b) NOT IN ({_PAREN})
"""  # noqa: S608 - a text of this file

_OPEN = f"""
INSERT INTO kwaliteit_zaak (persoon_id, regel, instelling_a, instelling_b, geopend_op)
SELECT DISTINCT p.persoon_id, p.regel, p.instelling_a, p.instelling_b, %(nu)s::timestamptz FROM ({_PAREN}) AS p
ON CONFLICT DO NOTHING
"""  # noqa: S608 - a text of this file


_ZAKEN = """
SELECT z.id, z.persoon_id, z.regel, e.code,
    CASE WHEN z.instelling_a = e.code THEN z.instelling_b ELSE z.instelling_a END,
    z.geopend_op, z.gesloten_op, eigen.standpunt, ander.standpunt, b.aantal, b.laatste
FROM kwaliteit_zaak z
CROSS JOIN (SELECT pas_sleutel('instelling') AS code) e
LEFT JOIN LATERAL (
    SELECT standpunt FROM kwaliteit_zaakbericht m
    WHERE m.zaak_id = z.id AND m.standpunt <> '' AND m.instelling = e.code ORDER BY m.id DESC LIMIT 1
) eigen ON true
LEFT JOIN LATERAL (
    SELECT standpunt FROM kwaliteit_zaakbericht m
    WHERE m.zaak_id = z.id AND m.standpunt <> '' AND m.instelling <> e.code ORDER BY m.id DESC LIMIT 1
) ander ON true
LEFT JOIN LATERAL (
    SELECT count(*) AS aantal, max(m.op) AS laatste FROM kwaliteit_zaakbericht m WHERE m.zaak_id = z.id
) b ON true
"""


def zaken(
    *,
    alleen_open: bool = True,
    persoon: int | None = None,
    voor: int | None = None,
    aantal: int = 50,
    verbinding: str = "default",
) -> list[Zaak]:
    """Return the cases of the institution of the pass, the latest first.

    Args:
        alleen_open: leave out those that closed.
        persoon: of one person only.
        voor: from before a case.
        aantal: at most so many (up to 200).
        verbinding: the connection on which the pass was put.
    """
    with cursor(verbinding) as sql:
        sql.execute(
            f"{_ZAKEN} WHERE (NOT %(open)s OR z.gesloten_op IS NULL)"
            " AND (%(persoon)s::bigint IS NULL OR z.persoon_id = %(persoon)s)"
            " AND (%(voor)s::bigint IS NULL OR z.id < %(voor)s) ORDER BY z.id DESC LIMIT %(aantal)s",
            {
                "open": alleen_open,
                "persoon": persoon,
                "voor": voor,
                "aantal": max(1, min(aantal, MEESTE_ZAKEN)),
            },
        )
        rijen = sql.fetchall()
    return _zaken(rijen)


def zaak(id_: int, verbinding: str = "default") -> tuple[Zaak, tuple[Zaakbericht, ...]]:
    """Return a case with all that was said in it, in order.

    Raises:
        Onvindbaar: there is none, or the institution of the pass is not one of the two.
    """
    with cursor(verbinding) as sql:
        sql.execute(f"{_ZAKEN} WHERE z.id = %(id)s", {"id": id_})
        rij = sql.fetchone()
        if rij is None:
            raise Onvindbaar(f"Zaak {id_} is er niet bij uw instelling.")
        sql.execute(
            "SELECT instelling, standpunt, tekst, door, op FROM kwaliteit_zaakbericht WHERE zaak_id = %s ORDER BY id",
            [id_],
        )
        berichten = tuple(
            Zaakbericht(wie, Standpunt(standpunt), tekst, door, op) for wie, standpunt, tekst, door, op in sql
        )
    (een,) = _zaken([rij])
    if een.ander == GEHEIM:
        berichten = tuple(
            bericht
            if bericht.instelling == een.eigen
            else structs.replace(bericht, instelling=GEHEIM, door="")
            for bericht in berichten
        )
    return een, berichten


def _zaken(rijen: Collection[Any]) -> list[Zaak]:
    """Return rows as cases; of who has a secret address now the other institution is not named any more."""
    geheim = register.met_geheim_adres({rij[1] for rij in rijen})
    return [structs.replace(een, ander=GEHEIM) if een.persoon in geheim else een for een in map(_zaak, rijen)]


def _zaak(rij: Any) -> Zaak:
    id_, persoon, regel, eigen, ander, geopend_op, gesloten_op, van_ons, van_hen, aantal, laatste = rij
    return Zaak(
        id=id_,
        persoon=persoon,
        regel=regel,
        eigen=eigen,
        ander=ander,
        geopend_op=geopend_op,
        gesloten_op=gesloten_op,
        eigen_standpunt=Standpunt(van_ons or ""),
        ander_standpunt=Standpunt(van_hen or ""),
        berichten=aantal,
        laatste_op=laatste,
    )


def zeg(zaak: int, tekst: str, standpunt: Standpunt, door: str, verbinding: str = "default") -> None:
    """Say something in an open case: a message, a standpoint, or both. A number of a person is masked.

    Raises:
        Onvindbaar: there is no such case, or the institution of the pass is not one of the two.
        Kwaliteitsfout: there is nothing in it, it is too long, or the case is closed.
    """
    tekst = _tekst(tekst, leeg_mag=standpunt is not Standpunt.GEEN)
    with cursor(verbinding) as sql:
        sql.execute(
            "SELECT gesloten_op, pas_sleutel('instelling') FROM kwaliteit_zaak WHERE id = %s",
            [zaak],
        )
        rij = sql.fetchone()
        if rij is None:
            raise Onvindbaar(f"Zaak {zaak} is er niet bij uw instelling.")
        if rij[0] is not None:
            raise Kwaliteitsfout(
                f"Zaak {zaak} is gesloten: het signaal staat er niet meer. Er kan niets meer bij."
            )
        sql.execute(
            "INSERT INTO kwaliteit_zaakbericht (zaak_id, instelling, standpunt, tekst, door, op)"
            " VALUES (%s, %s, %s, %s, %s, %s)",
            [zaak, rij[1], standpunt.value, tekst, door, klok.nu()],
        )
    audit.leg_vast(
        "zaak.zeg",
        "zaak",
        zaak,
        door=door,
        namens=rij[1],
        details={"standpunt": standpunt.value},
        verbinding=verbinding,
    )


def noteer(signaal: int, tekst: str, door: str, verbinding: str = "default") -> None:
    """Write down something about a signal for colleagues. A number of a person is masked.

    Raises:
        Onvindbaar: it is not there, or not of the institution of the pass.
        Kwaliteitsfout: there is nothing in it, or it is too long.
    """
    tekst = _tekst(tekst)
    with cursor(verbinding) as sql:
        sql.execute(
            "INSERT INTO kwaliteit_notitie (signaal_id, instelling, tekst, door, op)"
            " SELECT id, instelling, %s, %s, %s FROM kwaliteit_signaal"
            " WHERE id = %s AND instelling = (SELECT pas_sleutel('instelling')) RETURNING instelling",
            [tekst, door, klok.nu(), signaal],
        )
        rij = sql.fetchone()
    if rij is None:
        raise Onvindbaar(f"Signaal {signaal} is er niet bij uw instelling.")
    audit.leg_vast("signaal.noteer", "signaal", signaal, door=door, namens=rij[0], verbinding=verbinding)


def notities(
    signalen: Collection[int], verbinding: str = "default"
) -> dict[int, list[tuple[str, str, datetime]]]:
    """Return what was written down about signals: text, by whom and when, in order."""
    uit: dict[int, list[tuple[str, str, datetime]]] = {}
    with cursor(verbinding) as sql:
        sql.execute(
            "SELECT signaal_id, tekst, door, op FROM kwaliteit_notitie"
            " WHERE signaal_id = ANY (%s::bigint[]) ORDER BY id",
            [sorted(signalen)],
        )
        for signaal, *rest in sql:
            uit.setdefault(signaal, []).append((rest[0], rest[1], rest[2]))
    return uit


def _tekst(tekst: str, leeg_mag: bool = False) -> str:
    """Return a text as it is kept.

    Raises:
        Kwaliteitsfout: it cannot be kept like that.
    """
    tekst = "".join(teken for teken in tekst.strip() if teken in "\n\t" or teken.isprintable())
    if not tekst and not leeg_mag:
        raise Kwaliteitsfout("Schrijf eerst een tekst.")
    if len(tekst) > LANGSTE_TEKST:
        raise Kwaliteitsfout(f"De tekst is {len(tekst)} tekens lang; het mogen er {LANGSTE_TEKST} zijn.")
    return maskeer(tekst)
