"""Counting: the rows of the dashboard that count signals, and the lower block, now or at any stand (spec 7.3, 7.4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import Struct

from kernregister.kern.gegevens import Soort
from kernregister.kern.overzichten.signaalrijen import BOVENBLOK, DUBBEL, MERKTEKENS, Signaalrij
from kernregister.kern.regels.catalogus import catalogus
from kernregister.kern.regels.paspoort import Groep, Telling
from kernregister.kern.tijd import Studiejaar
from kernregister.platform.geheugen import onthoud
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.kwaliteit.beelden import Schaduwtelling, Signaaltelling, Telcel
from kernregister.voorzieningen.kwaliteit.bladen import tel_allen
from kernregister.voorzieningen.kwaliteit.meetlat import KOLOMMEN, Meetlat
from kernregister.voorzieningen.kwaliteit.peil import Peil
from kernregister.voorzieningen.kwaliteit.telblad import Plek, Telblad, delen_van
from kernregister.voorzieningen.kwaliteit.zicht import keur_beheer

Aantallen = dict[tuple[str, str], int]
"""Rule and column (empty: the rule as a whole) -> count."""


class Cijfers(Struct):
    """What was counted of one institution."""

    aantallen: Aantallen
    cellen: tuple[Telcel, ...]
    totalen: dict[str, int]
    ontbreekt: dict[str, tuple[str, ...]]
    """Rule that could not be judged -> what was missing."""
    gegevens_versie: int


EENHEID = {
    Telling.RECORD: "s.id",
    Telling.INSCHRIJVING: "(s.persoon_id, s.op_onderwijsnummer, s.sleutel -> 'inschrijvingvolgnummer')",
    Telling.PERSOON: "(s.persoon_id, s.op_onderwijsnummer)",
}
"""What counts once, of rows ``s`` of ``kwaliteit_signaal``: as ``signaalrijen.bijeen`` brings findings together."""

TELT_MEE = (
    "NOT s.schaduw AND (%(instelling)s::text IS NULL OR s.instelling = %(instelling)s) AND {voorwaarde}"
)
"""Which rows are counted."""

_TEL = f"""
SELECT s.instelling, s.regel, s.teldatum, GROUPING(s.teldatum), count({EENHEID[Telling.RECORD]}),
    count(DISTINCT {EENHEID[Telling.INSCHRIJVING]}), count(DISTINCT {EENHEID[Telling.PERSOON]})
FROM kwaliteit_signaal s
WHERE {TELT_MEE}
GROUP BY GROUPING SETS ((s.instelling, s.regel), (s.instelling, s.regel, s.teldatum))
"""  # noqa: S608 - texts of this file
_PLAATS = {Telling.RECORD: 0, Telling.INSCHRIJVING: 1, Telling.PERSOON: 2}


def tel_rijen(instelling: str | None, studiejaar: Studiejaar, peil: Peil) -> dict[str, Aantallen]:
    """Return per institution what the dashboard counts of the signals on record, as ``signaalrijen.tel`` counts."""
    uit: dict[str, Aantallen] = defaultdict(dict)
    kolom_van = dict(zip(studiejaar.teldata, KOLOMMEN, strict=True))
    with cursor() as sql:
        sql.execute(_TEL.format(voorwaarde=peil.voorwaarde), {"instelling": instelling, **peil.waarden})
        for code, regel, teldatum, alles, *aantallen in sql:
            kolom = "" if alles else kolom_van.get(teldatum)
            if kolom is not None:
                uit[code][regel, kolom] = aantallen[_PLAATS[catalogus()[regel].telt]]
    return uit


_MERK = """
SELECT (SELECT max(id) FROM kwaliteit_signaal WHERE instelling = %(instelling)s AND gesloten_op IS NULL),
    (SELECT count(*) FROM kwaliteit_signaal WHERE instelling = %(instelling)s AND gesloten_dag IS NOT NULL)
"""


def signaalmerk(instelling: str) -> tuple[int, int]:
    """Return what differs when a signal of an institution opened or closed: who keeps counts of them compares it.

    A signal that opens has a higher id than all before it, and one that closes never opens again.
    """
    with cursor() as sql:
        sql.execute(_MERK, {"instelling": instelling})
        hoogste, gesloten = sql.fetchone() or (None, 0)
    return hoogste or 0, gesloten


@onthoud(64)
def levende_rijen(instelling: str, studiejaar: Studiejaar, dag: date, merk: str) -> Aantallen:
    """Return what the dashboard counts of the open signals; kept at hand as long as the mark is the same."""
    return tel_rijen(instelling, studiejaar, Peil(dag)).get(instelling, {})


def cijfers(meetlat: Meetlat, geteld: Mapping[Plek, int], rijen: Aantallen | None = None) -> Cijfers:
    """Return the figures of one institution.

    Args:
        meetlat: with what was counted.
        geteld: the counts of its telblad.
        rijen: the signals on record, where they are counted already.
    """
    signalen: Aantallen = {}
    cellen: list[Telcel] = []
    totalen: dict[str, int] = {"personen": 0, "inschrijvingen": 0, "lopend": 0}
    for plek, aantal in sorted(geteld.items()):
        match delen_van(plek):
            case "cel", (blok, rij, kolom):
                cellen.append(Telcel(blok, rij, kolom, aantal))
            case "regel", (regel, kolom):
                signalen[regel, kolom] = aantal
            case "totaal", (naam,):
                totalen[naam] = aantal
    if meetlat.signalen_staan_er:
        if rijen is None:
            rijen = tel_rijen(meetlat.instelling, meetlat.studiejaar, meetlat.peil).get(meetlat.instelling)
        signalen = rijen or {}
    ontbreekt = {n.regel: n.ontbreekt for n in meetlat.motor.niet_beoordeeld}
    return Cijfers(signalen, tuple(cellen), totalen, ontbreekt, meetlat.versie)


def cijfers_van_allen(studiejaar: Studiejaar, peil: Peil) -> Iterator[tuple[Meetlat, Telblad, Cijfers]]:
    """Give the figures of all institutions with their telbladen, in one pass over the dossiers."""
    rijen = tel_rijen(None, studiejaar, peil)
    for meetlat, blad in tel_allen(studiejaar, peil):
        yield meetlat, blad, cijfers(meetlat, blad.aantallen, rijen.pop(meetlat.instelling, {}))
    for code, over in sorted(rijen.items()):
        meetlat = Meetlat(code, studiejaar, peil)
        yield meetlat, Telblad(), cijfers(meetlat, {}, over)


def signaaltellingen(
    cijfers: Cijfers, soort: Soort, studiejaar: Studiejaar, peil: Peil
) -> tuple[Signaaltelling, ...]:
    """Return the rows of the dashboard that count signals, in DUO's order."""
    rijen: list[tuple[Groep, Signaalrij]] = [
        (groep, rij) for groep, lijst in BOVENBLOK.items() for rij in lijst
    ]
    rijen += [(Groep.DUBBEL, rij) for rij in DUBBEL]
    return tuple(_rij(groep, rij, cijfers, soort, studiejaar, peil) for groep, rij in rijen)


def _rij(
    groep: Groep, rij: Signaalrij, cijfers: Cijfers, soort: Soort, studiejaar: Studiejaar, peil: Peil
) -> Signaaltelling:
    regel = catalogus()[rij.regel]
    van_toepassing = soort in regel.vanaf
    ontbreekt = tuple(cijfers.ontbreekt.get(rij.regel, ()))
    aantallen: Mapping[str, int | None] = {}
    if van_toepassing and not ontbreekt:
        kolommen: dict[str, bool] = (
            {
                kolom: teldatum <= peil.dag
                for kolom, teldatum, telt in zip(KOLOMMEN, studiejaar.teldata, rij.teldata, strict=True)
                if telt
            }
            if any(rij.teldata)
            else {"": True}
        )
        aantallen = {
            kolom: cijfers.aantallen.get((rij.regel, kolom), 0) if geteld else None
            for kolom, geteld in kolommen.items()
        }
    return Signaaltelling(
        groep.value, rij.regel, rij.label, MERKTEKENS[regel.telt], dict(aantallen), ontbreekt, van_toepassing
    )


def schaduw(verbinding: str = "default") -> tuple[Schaduwtelling, ...]:
    """Return how many signals the rules in the shadow would show now, for who looks after the register.

    Raises:
        Onvindbaar: not for this pass.
    """
    keur_beheer(verbinding)
    with cursor() as sql:
        sql.execute(
            "SELECT regel, instelling, count(*) FROM kwaliteit_signaal WHERE schaduw AND gesloten_op IS NULL"
            " GROUP BY regel, instelling ORDER BY regel, instelling"
        )
        return tuple(Schaduwtelling(*rij) for rij in sql)
