"""Totals of institutions and of the sector, at any stand: sums of rows, weighed by the formulas of ``kern``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from msgspec import Struct, structs

from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.bekostiging.parameters import OnbekendJaar, Parameters, parameters
from kernregister.kern.bekostiging.totalen import (
    Budgettotaal,
    Diplomatelling,
    Inschrijvingtelling,
    Instellingstotaal,
    Optelling,
    Sectortotaal,
)
from kernregister.kern.overzichten.onderdrukking import DREMPEL, OVERIG, Cel, voeg_bijeen
from kernregister.platform import klok
from kernregister.platform.pas import Soort
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.bekostigen import peil
from kernregister.voorzieningen.bekostigen.fouten import Bekostigingsfout, Onvindbaar
from kernregister.voorzieningen.register import public as register

VERBINDING = "default"

_INSCHRIJVINGEN = """
SELECT s.instelling, s.niveau, s.leertraject, (s.teldatum <> %(eerste)s)::int,
    count(*) FILTER (WHERE s.status), count(*) FILTER (WHERE s.voor_correctiefactor),
    count(*) FILTER (WHERE s.status AND s.bijdrage IS NULL),
    coalesce(sum(s.bijdrage) FILTER (WHERE s.status), 0),
    count(*) FILTER (WHERE s.status AND s.leeftijd >= %(leeftijd)s),
    count(*) FILTER (WHERE s.status AND s.leeftijd IS NULL), max(s.grondslag)
FROM bekostigen_status s
WHERE s.jaar = %(jaar)s AND s.soort = 'inschrijving' AND (s.status OR s.voor_correctiefactor)
    AND (%(instelling)s::text IS NULL OR s.instelling = %(instelling)s) AND {open}
GROUP BY 1, 2, 3, 4
"""
_DIPLOMAS = """
SELECT s.instelling, s.niveau, count(*), count(*) FILTER (WHERE s.bijdrage IS NULL),
    coalesce(sum(s.bijdrage), 0), max(s.grondslag)
FROM bekostigen_status s
WHERE s.jaar = %(jaar)s AND s.soort = 'diploma' AND s.status
    AND (%(instelling)s::text IS NULL OR s.instelling = %(instelling)s) AND {open}
GROUP BY 1, 2
"""


class Totalen(Struct, frozen=True):
    """What an institution counts for, with the reference data that the newest decision in it rests on. Indicative."""

    totaal: Instellingstotaal
    gegevens_versie: int
    stand: int | None


class Sectortotalen(Struct, frozen=True):
    """What all institutions count for together. Indicative."""

    totaal: Sectortotaal
    gegevens_versie: int
    stand: int | None


def waarden_van(jaar: int) -> Parameters:
    """Return the values of a funding year.

    Raises:
        Bekostigingsfout: they are not known.
    """
    try:
        return parameters(Bekostigingsjaar(jaar))
    except OnbekendJaar as fout:
        raise Bekostigingsfout(str(fout)) from None


def kenmerk(jaar: int) -> str:
    """Return the mark of the values of a funding year.

    Raises:
        Bekostigingsfout: they are not known.
    """
    return waarden_van(jaar).kenmerk


def optelling(
    jaar: int, instelling: str | None = None, stand: int | None = None, verbinding: str = VERBINDING
) -> tuple[Optelling, int]:
    """Return the sums of a year, of one institution or all, and the number of the newest grondslag in them.

    Args:
        jaar: the bekostigingsjaar.
        instelling: None: all that the connection shows.
        stand: as known at this stand; now when not given.
        verbinding: the connection on which the pass was put.
    """
    waarden = waarden_van(jaar)
    toen = peil.op(stand, jaar)
    vraag: dict[str, Any] = {
        "jaar": jaar,
        "instelling": instelling,
        "eerste": waarden.jaar.teldata[0],
        "leeftijd": waarden.leeftijd_cursusgeld,
        **toen.waarden,
    }
    uit, nieuwste = Optelling(waarden), 0
    with cursor(verbinding) as sql:
        sql.execute(_INSCHRIJVINGEN.format(open=toen.voorwaarde), vraag)
        for *sleutel, aantal, correctie, zonder, bijdrage, oud_genoeg, leeftijd_onbekend, grondslag in sql:
            telling = Inschrijvingtelling(aantal, correctie, zonder, bijdrage, oud_genoeg, leeftijd_onbekend)
            code, niveau, leertraject, nummer = sleutel
            uit.voeg_inschrijvingen_toe((code, niveau, leertraject, nummer), telling)
            nieuwste = max(nieuwste, grondslag)
        del vraag["eerste"], vraag["leeftijd"]
        sql.execute(_DIPLOMAS.format(open=toen.voorwaarde), vraag)
        for code, niveau, aantal, zonder, waarde, grondslag in sql:
            uit.voeg_diplomas_toe((code, niveau), Diplomatelling(aantal, zonder, waarde))
            nieuwste = max(nieuwste, grondslag)
    return uit, nieuwste


def totalen(instelling: str, jaar: int, stand: int | None = None, verbinding: str = VERBINDING) -> Totalen:
    """Return what an institution counts for in a funding year, now or as known at a stand.

    Raises:
        Bekostigingsfout: the values of that year are not known, or its rows were not kept then.
    """
    som, grondslag = optelling(jaar, instelling, stand, verbinding)
    som.voeg_diplomas_toe((instelling, None), Diplomatelling())  # who counts for nothing has a total too
    return Totalen(som.instellingen()[instelling], _gegevens_versie(grondslag), stand)


def sectortotalen(jaar: int, stand: int | None = None, verbinding: str = VERBINDING) -> Sectortotalen:
    """Return what all institutions count for together, for who may see figures of all.

    Counted where no policy holds: who asks sees sums and no rows. Two stands side by side tell what one melding did,
    so the sector gets those of the beginning of a day, and institutions with few students together.

    Raises:
        Onvindbaar: not for this pass.
        Bekostigingsfout: the values of that year are not known, or its rows were not kept then.
    """
    voor_de_sector = _keur_sector(verbinding)
    if voor_de_sector:
        stand = _bij_het_begin_van_de_dag(stand)
    som, grondslag = optelling(jaar, None, stand, "stelsel")
    totaal = som.sector()
    if voor_de_sector:
        totaal = zonder_kleine(totaal, som.instellingen().values(), DREMPEL)
    return Sectortotalen(totaal, _gegevens_versie(grondslag), stand)


def _keur_sector(verbinding: str) -> bool:
    """Tell whether it is the sector that asks; who is not of it and not DUO is refused."""
    if verbinding == "stelsel":
        return False
    with cursor(verbinding) as sql:
        sql.execute("SELECT pas_soort()")
        (soort,) = sql.fetchone() or (None,)
    if soort not in {Soort.SECTOR.value, Soort.DUO.value}:
        raise Onvindbaar("Sectortotalen zijn er voor de sector en voor DUO.")
    return bool(soort == Soort.SECTOR.value)


def _bij_het_begin_van_de_dag(stand: int | None) -> int:
    """Return the last stand before the day on which a stand was reached; None is today."""
    moment = klok.nu() if stand is None else register.moment_van(stand)
    if moment is None:
        return 0
    dag = moment.astimezone(klok.NEDERLAND).date()
    return register.stand_op(datetime.combine(dag, time(), klok.NEDERLAND))


def zonder_kleine(
    totaal: Sectortotaal, instellingen: Iterable[Instellingstotaal], grens: int
) -> Sectortotaal:
    """Return the totals of the sector with the shares of institutions of fewer than ``grens`` students as one."""
    per_budget: dict[str, dict[str, Cel]] = {}
    for een in instellingen:
        for budget in een.budgetten:
            aantal = _studenten(budget)
            if aantal:
                per_budget.setdefault(budget.budget, {})[een.instelling] = Cel(aantal, aantal)
    return structs.replace(
        totaal,
        budgetten=tuple(
            structs.replace(een, aandelen=_samen(een.aandelen, per_budget.get(een.budget, {}), grens))
            for een in totaal.budgetten
        ),
    )


def _studenten(budget: Budgettotaal) -> int:
    """Return of how many students a budget of an institution is at least: one counts once on a day."""
    per_dag = zip(*budget.inschrijvingen.values(), strict=True)
    return max(budget.diplomas, *map(sum, per_dag), 0)


def _samen(aandelen: Mapping[str, Decimal], cellen: Mapping[str, Cel], grens: int) -> dict[str, Decimal]:
    namen = voeg_bijeen(cellen, grens) or {}
    uit: dict[str, Decimal] = {}
    for instelling, aandeel in aandelen.items():
        naam = namen.get(instelling, OVERIG)
        uit[naam] = uit.get(naam, Decimal(0)) + aandeel
    return uit


def _gegevens_versie(grondslag: int) -> int:
    with cursor() as sql:
        sql.execute("SELECT gegevens_versie FROM bekostigen_grondslag WHERE id = %s", [grondslag])
        rij = sql.fetchone()
    return int(rij[0]) if rij else 0
