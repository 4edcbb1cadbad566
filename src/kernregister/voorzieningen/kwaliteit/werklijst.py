"""The work list: open signals by cause, and the signals of a cause, in one statement a page and under the pass.

Causes are told from all open signals, and only then narrowed to what was asked for: so a cause stays the same whatever
somebody filters on. What a record is worth comes as a relation of a room above (``bekostigen.belang``), or not at all.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from msgspec import Struct

from kernregister.platform import klok
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.kwaliteit.geheim import verzwijg
from kernregister.voorzieningen.kwaliteit.oorzaken import VEEL, WAARDE_VAN, Oorzaak, Oorzaaksoort, Oorzaken
from kernregister.voorzieningen.kwaliteit.queries import eigen_instelling
from kernregister.voorzieningen.kwaliteit.signaal import Recordsleutel, lees_sleutel, lees_waarden

Volgorde = Literal["geld", "ouderdom", "aantal"]
Afzien = Literal["nee", "ja", "verzoek"]

GROOTSTE_LIJST = 10_000
"""Signals in a file, at most."""


class Wens(Struct, frozen=True, kw_only=True):
    """Which signals of the work list; what is empty does not narrow."""

    instelling: str | None = None
    """For who sees more than one; otherwise that of the pass."""
    groep: str | None = None
    regel: str | None = None
    oorzaak: str | None = None
    """The key of a cause."""
    sinds_voor: date | None = None
    """Only signals that stood already before this day."""
    aan: str | None = None
    """Given to this colleague; the empty text: to nobody."""
    afzien: Afzien | None = None
    """Not waived, waived, or with a request to waive that a colleague must decide on."""
    personen: tuple[int, ...] | None = None
    telt_niet: bool = False
    """Only those whose record does not count for the funding, and could."""
    teldatum: Literal["1-10", "1-2"] | None = None
    """Only those that are judged on this teldatum."""
    signalen: tuple[int, ...] | None = None
    """Only these."""


class Werkregel(Struct, frozen=True, kw_only=True):
    """A signal on the work list. It names the person by the id of the register only."""

    id: int
    persoon: int
    instelling: str
    regel: str
    oorzaak: str
    sleutel: Recordsleutel
    waarden: dict[str, Any]
    teldatum: date | None
    sinds: date
    dagen: int
    aan: str
    afgezien_tot: date | None
    verzoek: bool
    """Somebody asked to waive it, and nobody decided yet."""
    telt_niet: int
    gemist: Decimal


class Werkbladzijde(Struct, frozen=True):
    """A page of the work list."""

    regels: tuple[Werkregel, ...]
    totaal: int
    volgende: tuple[str, int] | None = None
    """Where the next page begins; None: this was the last."""


_IN_LETTERS = str.maketrans("0123456789", "ghijklmnop")
_UIT_LETTERS = str.maketrans("ghijklmnop", "0123456789")
"""The key of a cause is in letters only: digits in an address could be taken for the number of a person."""

GEEN_BELANG = """
SELECT NULL::bigint AS persoon_id, NULL::text AS instelling, NULL::text AS soort, NULL::text AS sleutel,
    0::bigint AS telt_niet, 0::numeric AS gemist WHERE false
"""
"""The relation for who may not see what anything is worth."""

_OPEN = """
WITH veld (regel, naam) AS (SELECT * FROM unnest(%(regels)s::text[], %(namen)s::text[])),
alle AS (
    SELECT s.id, s.persoon_id, s.instelling, s.regel, s.sinds, s.geopend_dag, s.geopend_door, s.teldatum, v.naam,
        CASE WHEN v.naam IS NOT NULL THEN coalesce(
            jsonb_path_query_first(
                s.waarden, 'strict $[*] ? (@[0] == $naam)[1]', jsonb_build_object('naam', v.naam)
            ) #>> '{}',
            ''
        ) END AS waarde,
        CASE WHEN s.sleutel ->> 'record' = 'Diploma' THEN 'diploma' ELSE 'inschrijving' END AS soort,
        CASE WHEN s.sleutel ->> 'record' = 'Diploma' THEN s.sleutel ->> 'resultaatvolgnummer'
             ELSE s.sleutel ->> 'inschrijvingvolgnummer' END AS record
    FROM kwaliteit_signaal s LEFT JOIN veld v ON v.regel = s.regel
    WHERE s.gesloten_op IS NULL AND (%(instelling)s::text IS NULL OR s.instelling = %(instelling)s)
), met_waarde AS (
    SELECT *, naam IS NOT NULL AND (count(*) OVER (PARTITION BY instelling, regel, waarde) > 1
        OR to_hex(hashtextextended(instelling || '|w|' || regel || '|' || waarde, 0)) = %(oorzaak)s) AS deelt_waarde
    FROM alle
), met_record AS (
    SELECT *, NOT deelt_waarde AND record IS NOT NULL AND (
        min(regel) OVER van_record <> max(regel) OVER van_record
        OR to_hex(hashtextextended(instelling || '|i|' || persoon_id || '|' || soort || '|' || record, 0)) = %(oorzaak)s
    ) AS deelt_record
    FROM met_waarde WINDOW van_record AS (PARTITION BY deelt_waarde, instelling, persoon_id, soort, record)
), met_dag AS (
    SELECT *, NOT deelt_waarde AND NOT deelt_record AND geopend_door IS NOT NULL AND
        count(*) OVER (PARTITION BY deelt_waarde, deelt_record, geopend_door IS NULL, instelling, regel, geopend_dag)
        >= %(veel)s AS deelt_dag
    FROM met_record
), bezig AS (
    SELECT *, CASE WHEN deelt_waarde THEN 'waarde' WHEN deelt_record THEN 'inschrijving' WHEN deelt_dag THEN 'levering'
            ELSE 'los' END AS oorzaaksoort,
        to_hex(hashtextextended(instelling || CASE
            WHEN deelt_waarde THEN '|w|' || regel || '|' || waarde
            WHEN deelt_record THEN '|i|' || persoon_id || '|' || soort || '|' || record
            WHEN deelt_dag THEN '|l|' || regel || '|' || geopend_dag
            ELSE '|r|' || regel END, 0)) AS oorzaak
    FROM met_dag
), gegeven AS (
    SELECT DISTINCT ON (signaal_id) signaal_id, aan FROM kwaliteit_toewijzing
    WHERE %(instelling)s::text IS NULL OR instelling = %(instelling)s ORDER BY signaal_id, id DESC
), verzocht AS (
    SELECT v.signaal_id, max(v.tot) FILTER (WHERE b.akkoord AND NOT b.over) AS afgezien_tot,
        coalesce(bool_or(b.stappen = 0), false) AS verzoek
    FROM kwaliteit_afzien v
    CROSS JOIN LATERAL (
        SELECT count(*) AS stappen, coalesce(bool_or(b.stap = 'akkoord'), false) AS akkoord,
            coalesce(bool_or(b.stap = 'intrekking'), false) AS over
        FROM kwaliteit_afzien b WHERE b.verzoek_id = v.id AND b.signaal_id = v.signaal_id
    ) b
    WHERE v.stap = 'verzoek' AND v.tot > %(vandaag)s
      AND (%(instelling)s::text IS NULL OR v.instelling = %(instelling)s)
    GROUP BY 1
), belang AS ({belang}),
gewogen AS MATERIALIZED (
    SELECT w.*, coalesce(g.aan, '') AS aan, a.afgezien_tot, coalesce(a.verzoek, false) AS verzoek,
        coalesce(b.telt_niet, 0) AS telt_niet, coalesce(b.gemist, 0) AS gemist
    FROM bezig w
    LEFT JOIN gegeven g ON g.signaal_id = w.id
    LEFT JOIN verzocht a ON a.signaal_id = w.id
    LEFT JOIN belang b ON b.persoon_id = w.persoon_id AND b.instelling = w.instelling AND b.soort = w.soort
        AND b.sleutel = w.record
), werk AS (
    SELECT * FROM gewogen
    WHERE (%(groep)s::text IS NULL OR left(regel, 1) = %(groep)s)
      AND (%(regel)s::text IS NULL OR regel = %(regel)s)
      AND (%(oorzaak)s = '' OR oorzaak = %(oorzaak)s)
      AND (%(sinds_voor)s::date IS NULL OR sinds < %(sinds_voor)s)
      AND (%(aan)s::text IS NULL OR aan = %(aan)s)
      AND (%(personen)s::bigint[] IS NULL OR persoon_id = ANY (%(personen)s))
      AND (%(signalen)s::bigint[] IS NULL OR id = ANY (%(signalen)s))
      AND (NOT %(telt_niet)s OR telt_niet > 0)
      AND (%(maand)s::int IS NULL OR extract(month FROM teldatum) = %(maand)s)
      AND CASE %(afzien)s::text WHEN 'nee' THEN afgezien_tot IS NULL WHEN 'ja' THEN afgezien_tot IS NOT NULL
          WHEN 'verzoek' THEN verzoek ELSE true END
)
"""

_MAAT = {
    "geld": "sum(gemist) + 0.000001 * count(*) FILTER (WHERE telt_niet > 0)",
    "ouderdom": "%(vandaag)s::date - min(sinds)",
    "aantal": "sum(aantal)",
}

_OORZAKEN = """
, per_record AS (
    SELECT oorzaak, oorzaaksoort, instelling, persoon_id, soort, record, count(*) AS aantal, min(sinds) AS sinds,
        array_agg(DISTINCT regel) AS regels, min(naam) AS naam, min(waarde) AS waarde, min(geopend_dag) AS dag,
        count(*) FILTER (WHERE aan <> '') AS toegewezen, count(*) FILTER (WHERE aan <> '' AND aan = %(ik)s) AS mij,
        max(telt_niet) AS telt_niet, max(gemist) AS gemist
    FROM werk GROUP BY 1, 2, 3, 4, 5, 6
), per_oorzaak AS (
    SELECT oorzaak, oorzaaksoort, instelling, ({maat})::numeric AS maat, min(regels) AS regels, min(naam) AS naam,
        min(waarde) AS waarde, min(persoon_id) AS persoon, min(record) AS record, min(dag) AS dag,
        sum(aantal)::bigint AS aantal,
        count(DISTINCT persoon_id) AS studenten, min(sinds) AS sinds, sum(toegewezen)::bigint AS toegewezen,
        sum(mij)::bigint AS mij, count(*) FILTER (WHERE telt_niet > 0) AS telt_niet, sum(gemist) AS gemist,
        count(*) OVER () AS totaal, sum(sum(aantal)) OVER () AS signalen
    FROM per_record GROUP BY 1, 2, 3
)
SELECT oorzaak, oorzaaksoort, instelling, regels, naam, waarde, persoon, record, dag, aantal, studenten, sinds,
    toegewezen, mij, telt_niet, gemist, maat, totaal, signalen
FROM per_oorzaak
WHERE (%(na_maat)s::numeric IS NULL OR maat < %(na_maat)s OR maat = %(na_maat)s AND oorzaak > %(na)s)
  AND (%(deze)s::text[] IS NULL OR oorzaak = ANY (%(deze)s))
ORDER BY maat DESC, oorzaak LIMIT %(aantal)s
"""


def oorzaken(
    wens: Wens,
    *,
    volgorde: Volgorde = "geld",
    ik: str = "",
    na: tuple[str, str] | None = None,
    aantal: int = 25,
    deze: Collection[str] | None = None,
    belang: str = GEEN_BELANG,
    verbinding: str = "default",
) -> Oorzaken:
    """Return a page of the causes of the open signals that the pass shows.

    Args:
        wens: which signals.
        volgorde: by what they would contribute, by the age of the oldest, or by how many there are; the most first.
        ik: the colleague who asks.
        na: where the page before ended.
        aantal: at most so many.
        deze: only these causes.
        belang: the relation that tells what records are worth.
        verbinding: the connection on which the pass was put.
    """
    maat, sleutel = na or (None, "")
    rijen = _vraag(
        _OPEN.replace("{belang}", belang) + _OORZAKEN.replace("{maat}", _MAAT[volgorde]),
        wens,
        {
            "ik": ik,
            "na_maat": maat,
            "na": sleutel,
            "aantal": aantal + 1,
            "deze": None if deze is None else [een.translate(_UIT_LETTERS) for een in deze],
        },
        verbinding,
    )
    totaal, signalen = rijen[0][-2:] if rijen else (0, 0)
    volgende = (str(rijen[aantal - 1][-3]), rijen[aantal - 1][0]) if len(rijen) > aantal else None
    return Oorzaken(tuple(_oorzaak(rij) for rij in rijen[:aantal]), totaal, int(signalen), volgende)


def _oorzaak(rij: Any) -> Oorzaak:
    (sleutel, soort, instelling, regels, naam, waarde, persoon, record, dag, *getallen) = rij
    aantal, studenten, sinds, toegewezen, mij, telt_niet, gemist = getallen[:7]
    van_waarde, van_record = soort == Oorzaaksoort.WAARDE, soort == Oorzaaksoort.INSCHRIJVING
    return Oorzaak(
        sleutel=sleutel.translate(_IN_LETTERS),
        soort=Oorzaaksoort(soort),
        instelling=instelling,
        regels=tuple(regels),
        naam=naam if van_waarde else None,
        waarde=waarde if van_waarde else None,
        persoon=persoon if van_record else None,
        inschrijving=record if van_record else None,
        dag=dag if soort == Oorzaaksoort.LEVERING else None,
        aantal=aantal,
        studenten=studenten,
        sinds=sinds,
        toegewezen=toegewezen,
        mij=mij,
        telt_niet=telt_niet,
        gemist=str(gemist),
    )


_REGELS = """
SELECT w.id, w.persoon_id, w.instelling, w.regel, w.oorzaak, s.sleutel::text, s.waarden::text, w.teldatum, w.sinds,
    w.aan, w.afgezien_tot, w.verzoek, w.telt_niet, w.gemist, w.maat, w.totaal
FROM (
    SELECT *, count(*) OVER () AS totaal FROM (SELECT *, ({maat})::numeric AS maat FROM werk) AS w
    WHERE (%(na_maat)s::numeric IS NULL OR maat < %(na_maat)s OR maat = %(na_maat)s AND id > %(na)s)
    ORDER BY maat DESC, id LIMIT %(aantal)s
) AS w
JOIN kwaliteit_signaal s ON s.id = w.id
ORDER BY w.maat DESC, w.id
"""
_MAAT_VAN_EEN = {
    "geld": "gemist + 0.000001 * telt_niet",
    "ouderdom": "%(vandaag)s::date - sinds",
    "aantal": "0",
}


def werkregels(
    wens: Wens,
    *,
    volgorde: Volgorde = "ouderdom",
    na: tuple[str, int] | None = None,
    aantal: int = 50,
    belang: str = GEEN_BELANG,
    verbinding: str = "default",
) -> Werkbladzijde:
    """Return a page of the open signals that the pass shows, each with the cause that it belongs to.

    Args:
        wens: which signals.
        volgorde: by what the record would contribute, by age, or in order of opening.
        na: where the page before ended.
        aantal: at most so many.
        belang: the relation that tells what records are worth.
        verbinding: the connection on which the pass was put.
    """
    maat, laatste = na or (None, 0)
    aantal = max(1, min(aantal, GROOTSTE_LIJST))
    rijen = _vraag(
        _OPEN.replace("{belang}", belang) + _REGELS.replace("{maat}", _MAAT_VAN_EEN[volgorde]),
        wens,
        {"na_maat": maat, "na": laatste, "aantal": aantal + 1},
        verbinding,
    )
    volgende = (str(rijen[aantal - 1][-2]), rijen[aantal - 1][0]) if len(rijen) > aantal else None
    return Werkbladzijde(
        verzwijg(_werkregel(rij) for rij in rijen[:aantal]), rijen[0][-1] if rijen else 0, volgende
    )


def _werkregel(rij: Any) -> Werkregel:
    id_, persoon, instelling, regel, oorzaak, sleutel, waarden, teldatum, sinds, *rest = rij
    aan, afgezien_tot, verzoek, telt_niet, gemist = rest[:5]
    return Werkregel(
        id=id_,
        persoon=persoon,
        instelling=instelling,
        regel=regel,
        oorzaak=oorzaak.translate(_IN_LETTERS),
        sleutel=lees_sleutel(sleutel),
        waarden=dict(lees_waarden(waarden)),
        teldatum=teldatum,
        sinds=sinds,
        dagen=(klok.vandaag() - sinds).days,
        aan=aan,
        afgezien_tot=afgezien_tot,
        verzoek=verzoek,
        telt_niet=telt_niet,
        gemist=gemist,
    )


def _vraag(sql_: str, wens: Wens, waarden: dict[str, Any], verbinding: str) -> list[Any]:
    alles = {
        "regels": list(WAARDE_VAN),
        "namen": list(WAARDE_VAN.values()),
        "veel": VEEL,
        "vandaag": klok.vandaag(),
        "instelling": wens.instelling or eigen_instelling(verbinding),
        "groep": wens.groep,
        "regel": wens.regel,
        "oorzaak": (wens.oorzaak or "").translate(_UIT_LETTERS),
        "sinds_voor": wens.sinds_voor,
        "aan": wens.aan,
        "afzien": wens.afzien,
        "personen": None if wens.personen is None else list(wens.personen),
        "signalen": None if wens.signalen is None else list(wens.signalen),
        "telt_niet": wens.telt_niet,
        "maand": {"1-10": 10, "1-2": 2, None: None}[wens.teldatum],
    }
    with cursor(verbinding) as sql:
        sql.execute(sql_.encode(), alles | waarden)
        return sql.fetchall()
