"""Reading signals, as far as the pass of the caller's transaction allows: lists, explanation, ageing and trend."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Literal

from msgspec import Struct

from kernregister.kern.dossier import Persoon
from kernregister.kern.regels.catalogus import catalogus
from kernregister.platform import klok
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.kwaliteit.beelden import (
    Afzienstap,
    Bladzijde,
    Ouderdom,
    Signaalbeeld,
    Signaaluitleg,
    Verlooppunt,
)
from kernregister.voorzieningen.kwaliteit.fouten import Kwaliteitsfout, Onvindbaar
from kernregister.voorzieningen.kwaliteit.geheim import verzwijg
from kernregister.voorzieningen.kwaliteit.signaal import lees_sleutel, lees_waarden, nummer_van
from kernregister.voorzieningen.personen import public as personen

GROOTSTE_BLADZIJDE = 500
LANGSTE_VERLOOP = 2 * 366
"""Days."""


class Filter(Struct, frozen=True, kw_only=True):
    """Which signals to list; what is empty does not narrow."""

    instelling: str | None = None
    """For who sees more than one; otherwise that of the pass."""
    regel: str | None = None
    groep: str | None = None
    persoon: int | None = None
    toegewezen_aan: str | None = None
    """A colleague; the empty text: signals that nobody was given."""
    afgezien: bool | None = None
    sinds_voor: date | None = None
    """Only signals that stood already before this day."""


AFGEZIEN = """
SELECT max(v.tot) FROM kwaliteit_afzien v
WHERE v.signaal_id = s.id AND v.stap = 'verzoek' AND v.tot > %(vandaag)s
  AND EXISTS (SELECT FROM kwaliteit_afzien b WHERE b.verzoek_id = v.id AND b.stap = 'akkoord')
  AND NOT EXISTS (SELECT FROM kwaliteit_afzien b WHERE b.verzoek_id = v.id AND b.stap = 'intrekking')
"""
"""Until when a signal ``s`` is waived; NULL: it is not."""

_BEELD = f"""
SELECT s.id, s.persoon_id, s.op_onderwijsnummer, s.instelling, s.regel, s.sleutel::text, s.waarden::text, s.van, s.tot,
    s.sinds, s.geopend_op, s.geopend_door, s.geopend_reden, s.gesloten_op, s.gesloten_dag, s.gesloten_door,
    s.gesloten_reden, coalesce(t.aan, ''), a.tot
FROM kwaliteit_signaal s
LEFT JOIN LATERAL (
    SELECT aan FROM kwaliteit_toewijzing WHERE signaal_id = s.id ORDER BY id DESC LIMIT 1
) t ON true
LEFT JOIN LATERAL ({AFGEZIEN}) AS a (tot) ON true
"""  # noqa: S608 - texts of this file

_LIJST = f"""{_BEELD}
WHERE s.gesloten_op IS NULL AND s.id > %(na)s
  AND (%(instelling)s::text IS NULL OR s.instelling = %(instelling)s)
  AND (%(regel)s::text IS NULL OR s.regel = %(regel)s)
  AND (%(groep)s::text IS NULL OR left(s.regel, 1) = %(groep)s)
  AND (%(persoon)s::bigint IS NULL OR s.persoon_id = %(persoon)s)
  AND (%(toegewezen_aan)s::text IS NULL OR coalesce(t.aan, '') = %(toegewezen_aan)s)
  AND (%(afgezien)s::boolean IS NULL OR (a.tot IS NOT NULL) = %(afgezien)s)
  AND (%(sinds_voor)s::date IS NULL OR s.sinds < %(sinds_voor)s)
ORDER BY s.id LIMIT %(aantal)s
"""


def eigen_instelling(verbinding: str = "default") -> str | None:
    """Return the institution of the pass; None for who has none, or sees more than one."""
    return _van_de_pas(verbinding)[0]


def _van_de_pas(verbinding: str) -> tuple[str | None, int | None]:
    """Return the institution or the person that a pass is about: naming them lets an index find their rows."""
    with cursor(verbinding) as sql:
        sql.execute(
            "SELECT coalesce(pas_sleutel('instelling'), pas_sleutel('accountant')),"
            " coalesce(pas_nummer('student'), pas_nummer('vertegenwoordiger'))"
        )
        instelling, persoon = sql.fetchone() or (None, None)
    return instelling, persoon


def open_signalen(
    wens: Filter | None = None, na: int = 0, aantal: int = 100, verbinding: str = "default"
) -> Bladzijde:
    """Return a page of the open signals that the pass shows, in order of opening.

    Args:
        wens: which ones.
        na: the cursor of the page before.
        aantal: at most so many (up to 500).
        verbinding: the connection on which the pass was put.
    """
    wens = wens or Filter()
    aantal = max(1, min(aantal, GROOTSTE_BLADZIJDE))
    waarden: dict[str, Any] = {veld: getattr(wens, veld) for veld in Filter.__struct_fields__}
    if wens.instelling is None and wens.persoon is None:
        waarden["instelling"], waarden["persoon"] = _van_de_pas(verbinding)
    with cursor(verbinding) as sql:
        sql.execute(_LIJST, {**waarden, "na": na, "aantal": aantal + 1, "vandaag": klok.vandaag()})
        rijen = sql.fetchall()
    volgende = rijen[aantal - 1][0] if len(rijen) > aantal else None
    return Bladzijde(beelden(rijen[:aantal]), volgende)


def beelden(rijen: Iterable[Any], met_nummers: bool = True) -> tuple[Signaalbeeld, ...]:
    """Return rows as they are shown; the numbers of exactly these persons are put in, unless nobody needs them."""
    rijen = list(rijen)
    nummers = personen.nummers_van({rij[1] for rij in rijen}) if met_nummers else {}
    return verzwijg(_beeld(rij, nummers.get(rij[1], personen.Nummers())) for rij in rijen)


def _beeld(rij: Any, nummers: personen.Nummers) -> Signaalbeeld:
    (id_, persoon, own, instelling, regel, sleutel, waarden, van, tot, sinds, *leven, aan, afgezien) = rij
    geopend_op, geopend_door, geopend_reden, gesloten_op, gesloten_dag, gesloten_door, gesloten_reden = leven
    paspoort = catalogus()[regel]
    wie = Persoon(nummers.burgerservicenummer, nummers.onderwijsnummer)
    return Signaalbeeld(
        id=id_,
        persoon=persoon,
        pgn=nummer_van(wie, own),
        instelling=instelling,
        regel=regel,
        groep=paspoort.groep.value,
        titel=paspoort.titel,
        sleutel=lees_sleutel(sleutel),
        waarden=dict(lees_waarden(waarden)),
        van=van,
        tot=tot,
        sinds=sinds,
        dagen=((gesloten_dag or klok.vandaag()) - sinds).days,
        geopend_op=geopend_op,
        geopend_door=geopend_door,
        geopend_reden=geopend_reden,
        gesloten_op=gesloten_op,
        gesloten_door=gesloten_door,
        gesloten_reden=gesloten_reden,
        toegewezen_aan=aan,
        afgezien_tot=afgezien,
    )


def signaal(id_: int, verbinding: str = "default", met_nummers: bool = True) -> Signaaluitleg:
    """Return one signal, open or closed, with its explanation and its history.

    Args:
        id_: its id.
        verbinding: the connection on which the pass was put.
        met_nummers: whether the number of the person is put in.

    Raises:
        Onvindbaar: there is none, or not for this pass.
    """
    with cursor(verbinding) as sql:
        sql.execute(f"{_BEELD} WHERE s.id = %(id)s", {"id": id_, "vandaag": klok.vandaag()})
        rij = sql.fetchone()
        if rij is None:
            raise Onvindbaar(f"Signaal {id_} is er niet.")
        sql.execute(
            f"{_BEELD} WHERE s.persoon_id = %(persoon)s AND s.regel = %(regel)s AND s.instelling = %(instelling)s"
            " AND s.sleutel = %(sleutel)s::jsonb AND s.id < %(id)s ORDER BY s.id DESC LIMIT 50",
            {
                "persoon": rij[1],
                "instelling": rij[3],
                "regel": rij[4],
                "sleutel": rij[5],
                "id": id_,
                "vandaag": klok.vandaag(),
            },
        )
        eerder = sql.fetchall()
        sql.execute(
            "SELECT id, stap, verzoek_id, door, reden, tot, op FROM kwaliteit_afzien WHERE signaal_id = %s ORDER BY id",
            [id_],
        )
        afzien = tuple(Afzienstap(*stap) for stap in sql)
        sql.execute(
            "SELECT aan, door, op FROM kwaliteit_toewijzing WHERE signaal_id = %s ORDER BY id DESC", [id_]
        )
        toewijzingen = tuple(sql.fetchall())
    beeld, *vorige = beelden([rij, *eerder], met_nummers)
    regel = catalogus()[beeld.regel]
    return Signaaluitleg(
        beeld, regel.tekst, regel.advies, regel.bron, regel.besluit, tuple(vorige), afzien, toewijzingen
    )


def veroudering(instelling: str | None = None, verbinding: str = "default") -> tuple[Ouderdom, ...]:
    """Return how long the open signals have stood, per institution, rule and class of days."""
    with cursor(verbinding) as sql:
        sql.execute(
            _VEROUDERING,
            {"vandaag": klok.vandaag(), "instelling": instelling or eigen_instelling(verbinding)},
        )
        return tuple(Ouderdom(*rij) for rij in sql)


KLASSE = """CASE WHEN d <= 7 THEN '0-7' WHEN d <= 30 THEN '8-30' WHEN d <= 90 THEN '31-90'
    WHEN d <= 365 THEN '91-365' ELSE '366+' END"""
"""In which class a signal stands that has stood for ``d`` days."""

_VEROUDERING = f"""
SELECT s.instelling, s.regel, {KLASSE} AS klasse, count(*), count(*) FILTER (WHERE ({AFGEZIEN}) IS NOT NULL)
FROM (
    SELECT *, %(vandaag)s::date - sinds AS d FROM kwaliteit_signaal
    WHERE gesloten_op IS NULL AND (%(instelling)s::text IS NULL OR instelling = %(instelling)s)
) AS s
GROUP BY 1, 2, 3 ORDER BY 1, 2, min(d)
"""  # noqa: S608 - a text of this file


def verloop(
    van: date,
    tot: date,
    per: Literal["dag", "week"] = "dag",
    instelling: str | None = None,
    regel: str | None = None,
    verbinding: str = "default",
) -> tuple[Verlooppunt, ...]:
    """Return what came and went in each day or week of [van, tot), and what was open at its end.

    Raises:
        Kwaliteitsfout: the interval is empty or longer than two years.
    """
    if not van < tot or (tot - van).days > LANGSTE_VERLOOP:
        raise Kwaliteitsfout(
            f"Kies een tijdvak van 1 tot en met {LANGSTE_VERLOOP} dagen; dit is {van} tot {tot}."
        )
    stap = timedelta(days=7 if per == "week" else 1)
    grenzen = {"van": van, "tot": tot, "stap": stap.days, "regel": regel}
    with cursor(verbinding) as sql:
        sql.execute(_VERLOOP, {**grenzen, "instelling": instelling or eigen_instelling(verbinding)})
        plaatsen = {plaats: getallen for plaats, *getallen in sql}
    eerder = plaatsen.pop(-1, [0, 0])
    stand = eerder[0] - eerder[1]
    uit = []
    for plaats in range(-(-(tot - van) // stap)):
        geopend, gesloten = plaatsen.get(plaats, (0, 0))
        stand += geopend - gesloten
        uit.append(Verlooppunt(van + plaats * stap, geopend, gesloten, stand))
    return tuple(uit)


_VERLOOP = """
WITH eigen AS (
    SELECT geopend_dag, gesloten_dag, vervangen FROM kwaliteit_signaal s
    WHERE (%(instelling)s::text IS NULL OR s.instelling = %(instelling)s)
      AND (%(regel)s::text IS NULL OR s.regel = %(regel)s) AND geopend_dag < %(tot)s
), wissel AS (
    SELECT geopend_dag AS dag, 1 AS open, 0 AS dicht FROM eigen
    UNION ALL SELECT gesloten_dag, -1, 0 FROM eigen WHERE vervangen AND gesloten_dag < %(tot)s
    UNION ALL SELECT gesloten_dag, 0, 1 FROM eigen WHERE NOT vervangen AND gesloten_dag < %(tot)s
)
SELECT CASE WHEN dag < %(van)s THEN -1 ELSE (dag - %(van)s::date) / %(stap)s END, sum(open)::int, sum(dicht)::int
FROM wissel GROUP BY 1
"""
"""A row that took the place of another opened when that one closed, so the two cancel out."""
