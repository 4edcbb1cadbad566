"""Counting: the rows of the dashboard that count signals, and the lower block, now or at any stand (spec 7.3, 7.4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from kernregister.kern.dossier import Dossier
from kernregister.kern.gegevens import Soort
from kernregister.kern.overzichten.dashboard import Dashboard
from kernregister.kern.overzichten.signaalrijen import BOVENBLOK, DUBBEL, MERKTEKENS, Signaalrij, tel
from kernregister.kern.regels.catalogus import catalogus
from kernregister.kern.regels.motor import Motor, Uitkomst
from kernregister.kern.regels.paspoort import Fase, Groep, Telling
from kernregister.kern.tijd import DAG, Studiejaar
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.kwaliteit.beelden import Schaduwtelling, Signaaltelling, Telcel
from kernregister.voorzieningen.kwaliteit.peil import Peil
from kernregister.voorzieningen.kwaliteit.signaal import instellingen
from kernregister.voorzieningen.kwaliteit.zicht import keur_beheer
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.stamgegevens import public as stamgegevens

KOLOMMEN = ("1-10", "1-2")
"""The teldata of a studiejaar, in their order."""

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


_TEL = """
SELECT s.instelling, s.regel, s.teldatum, GROUPING(s.teldatum), count(*),
    count(DISTINCT (s.persoon_id, s.op_onderwijsnummer, s.sleutel -> 'inschrijvingvolgnummer')),
    count(DISTINCT (s.persoon_id, s.op_onderwijsnummer))
FROM kwaliteit_signaal s
WHERE NOT s.schaduw AND (%(instelling)s::text IS NULL OR s.instelling = %(instelling)s) AND {voorwaarde}
GROUP BY GROUPING SETS ((s.instelling, s.regel), (s.instelling, s.regel, s.teldatum))
"""
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


def tel_uitkomsten(uitkomsten: Iterable[Uitkomst], studiejaar: Studiejaar) -> Aantallen:
    """Return what the dashboard counts of findings, in the same form."""
    per_regel: dict[str, list[Uitkomst]] = defaultdict(list)
    for uitkomst in uitkomsten:
        per_regel[uitkomst.regel].append(uitkomst)
    uit: Aantallen = {}
    for id_, gevonden in per_regel.items():
        regel = catalogus()[id_]
        uit[id_, ""] = tel(regel, gevonden)
        for teldatum, kolom in zip(studiejaar.teldata, KOLOMMEN, strict=True):
            op_teldatum = [u for u in gevonden if u.waarden.get("teldatum") == teldatum]
            if op_teldatum:
                uit[id_, kolom] = tel(regel, op_teldatum)
    return uit


def cijfers(instelling: str, studiejaar: Studiejaar, peil: Peil) -> Cijfers:
    """Return the figures of one institution at a stand.

    The signals of the studiejaar of that day are counted from what was on record then. Of an earlier studiejaar its
    last day is judged, on the dossiers as they were known at the stand.
    """
    eigen = studiejaar == peil.studiejaar
    versie = gegevens_versie(peil)
    motor = motor_op(studiejaar, peil, versie)
    dashboard = Dashboard(studiejaar, motor.peildatum, frozenset({instelling}))
    gevonden: list[Uitkomst] = []
    for dossier in van_instelling(instelling, peil):
        dashboard.tel(dossier)
        if not eigen:
            gevonden += [u for u in motor.controleer(dossier) if u.sleutel.instelling == instelling]
    aantallen = (
        tel_rijen(instelling, studiejaar, peil).get(instelling, {})
        if eigen
        else tel_uitkomsten(gevonden, studiejaar)
    )
    return maak_cijfers(aantallen, dashboard, motor, versie)


def maak_cijfers(aantallen: Aantallen, dashboard: Dashboard, motor: Motor, versie: int) -> Cijfers:
    """Return counts as they are kept."""
    return Cijfers(
        aantallen,
        tuple(Telcel(*cel, aantal) for cel, aantal in sorted(dashboard.cellen.items()) if aantal),
        {
            "personen": dashboard.personen,
            "inschrijvingen": dashboard.inschrijvingen,
            "lopend": dashboard.lopend,
        },
        {n.regel: n.ontbreekt for n in motor.niet_beoordeeld},
        versie,
    )


def cijfers_van_allen(studiejaar: Studiejaar, peil: Peil) -> Iterator[tuple[str, Cijfers]]:
    """Give the figures of all institutions, in one pass over the dossiers."""
    versie = gegevens_versie(peil)
    motor = motor_op(studiejaar, peil, versie)
    dashboards: dict[str, Dashboard] = {}
    for _, dossier in register.dossiers(stand=peil.stand):
        for code in instellingen(dossier):
            if code not in dashboards:
                dashboards[code] = Dashboard(studiejaar, motor.peildatum, frozenset({code}))
            dashboards[code].tel(dossier)
    rijen = tel_rijen(None, studiejaar, peil)
    for code in sorted(dashboards.keys() | rijen.keys()):
        leeg = Dashboard(studiejaar, motor.peildatum, frozenset({code}))
        yield code, maak_cijfers(rijen.get(code, {}), dashboards.get(code, leeg), motor, versie)


def van_instelling(instelling: str, peil: Peil) -> Iterator[Dossier]:
    """Give the dossiers that hold a record of an institution, as known at a stand."""
    for _, dossier in register.dossiers(instelling=instelling, stand=peil.stand):
        if instelling in instellingen(dossier):
            yield dossier


def motor_op(studiejaar: Studiejaar, peil: Peil, versie: int) -> Motor:
    """Return the engine with which a studiejaar is judged at a stand: on that day, or on the last of the studiejaar."""
    dag = peil.dag if studiejaar == peil.studiejaar else studiejaar.eind - DAG
    return Motor(register.regels(dag, Fase.SIGNAAL), dag, register.gegevens_van(versie))


def gegevens_versie(peil: Peil) -> int:
    """Return the version of the reference data that signals were judged with at a stand."""
    if peil.stand is not None:
        with cursor() as sql:
            sql.execute(
                "SELECT gegevens_versie FROM kwaliteit_grondslag WHERE sinds < %s ORDER BY sinds DESC, id DESC LIMIT 1",
                [peil.moment],
            )
            if rij := sql.fetchone():
                return int(rij[0])
    return int(stamgegevens.versie())


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
