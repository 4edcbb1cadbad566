"""Reading the definitive status: how far a run is, what holds for an institution, and what was decided on whom."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from kernregister.kern.bekostiging.besluit import Bekostiging
from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.bekostiging.totalen import Instellingstotaal, Sectortotaal
from kernregister.platform.sql import STELSEL, cursor
from kernregister.voorzieningen.bekostigen.assurance_models import (
    Definitiefgrondslag,
    Definitieftotaal,
    Definitiefvoortgang,
    Definitieverun,
)

SECTOR = ""
"""Stands in the place of an institution in the totals of all."""

_PER_KEER = 500
_LEES = msgspec.json.Decoder(Bekostiging)


class Bepaling(Struct, frozen=True):
    """A determination of the definitive status, and how far it is.

    ``toestand``: bezig, klaar, or mislukt (then ``uitleg`` says why).
    """

    id: int
    jaar: int
    toestand: str
    parameters: str
    gegevens_versie: int
    programma: str
    reden: str
    door: str
    gestart_op: datetime
    klaar_op: datetime | None
    uitleg: str
    instellingen: int
    instellingen_klaar: int
    personen: int


class Definitief(Struct, frozen=True):
    """What the definitive status of an institution rests on, and what it comes to. Indicative, as everything here.

    ``bepaald_op`` is when the run was done; ``stand`` is that of the OBO behind the report, ``totaal`` None when
    nothing counts.
    """

    run: int
    jaar: Bekostigingsjaar
    instelling: str
    rapport: UUID
    aanvraag: UUID
    stand: int
    parameters: str
    gegevens_versie: int
    programma: str
    bepaald_op: datetime
    totaal: Instellingstotaal | None


def is_bezig(jaar: Bekostigingsjaar | None = None) -> bool:
    """Tell whether a run is on, of a year or of any: then nobody asks for a TBG-i (Handleiding, h. 05)."""
    lopend = Definitieverun.objects.using(STELSEL).filter(klaar_op=None, mislukt_op=None)
    return (lopend if jaar is None else lopend.filter(jaar=jaar.jaar)).exists()


def laatste(jaar: Bekostigingsjaar, verbinding: str = STELSEL) -> Definitieverun | None:
    """Return the run that holds for a year: the last that was done."""
    klaar = Definitieverun.objects.using(verbinding).filter(jaar=jaar.jaar, klaar_op__isnull=False)
    return klaar.order_by("-id").first()


def definitief(instelling: str, jaar: Bekostigingsjaar, verbinding: str = "default") -> Definitief | None:
    """Return the definitive status of an institution in a year; None when there is none, or not for the pass."""
    run = laatste(jaar, verbinding)
    return _van(run, instelling, verbinding) if run else None


def bepaald(nummer: int, instelling: str, verbinding: str = "default") -> Definitief | None:
    """Return what one run determined of an institution, whether or not it still holds; None when that is nothing."""
    run = Definitieverun.objects.using(verbinding).filter(id=nummer, klaar_op__isnull=False).first()
    return _van(run, instelling, verbinding) if run else None


def _van(run: Definitieverun, instelling: str, verbinding: str) -> Definitief | None:
    van = Definitiefgrondslag.objects.using(verbinding).filter(run=run, instelling=instelling).first()
    if van is None or run.klaar_op is None:
        return None
    totaal = Definitieftotaal.objects.using(verbinding).filter(run=run, instelling=instelling).first()
    return Definitief(
        run.id,
        Bekostigingsjaar(run.jaar),
        instelling,
        van.rapport,
        van.aanvraag,
        van.stand,
        run.parameters,
        run.gegevens_versie,
        run.programma,
        run.klaar_op,
        msgspec.convert(totaal.totaal, Instellingstotaal) if totaal else None,
    )


def sector(jaar: Bekostigingsjaar, verbinding: str = "default") -> Sectortotaal | None:
    """Return the definitive totals of all institutions in a year; None when there are none, or not for the pass."""
    run = laatste(jaar, verbinding)
    totaal = run and Definitieftotaal.objects.using(verbinding).filter(run=run, instelling=SECTOR).first()
    return msgspec.convert(totaal.totaal, Sectortotaal) if totaal else None


_BESLUITEN = """
SELECT persoon_id, besluit::text FROM bekostigen_definitiefbesluit
WHERE run_id = %(run)s AND instelling = %(instelling)s AND persoon_id > %(na)s
  AND (%(van)s::bigint[] IS NULL OR persoon_id = ANY (%(van)s))
ORDER BY persoon_id LIMIT %(per)s
"""


def besluiten(
    run: int, instelling: str, van: Collection[int] | None = None, verbinding: str = "default"
) -> Iterator[tuple[int, Bekostiging]]:
    """Give what a run decided on an institution's own records, in order of person.

    Args:
        run: ``Definitief.run``.
        instelling: whose records.
        van: of these persons; None is all.
        verbinding: the connection on which the pass was put.
    """
    na = 0
    while True:
        waarden = {
            "run": run,
            "instelling": instelling,
            "na": na,
            "van": None if van is None else list(van),
            "per": _PER_KEER,
        }
        with cursor(verbinding) as sql:
            sql.execute(_BESLUITEN, waarden)
            rijen = sql.fetchall()
        for persoon, besluit in rijen:
            yield persoon, _LEES.decode(besluit)
        if len(rijen) < _PER_KEER:
            return
        na = rijen[-1][0]


def per_persoon(van: Definitief, verbinding: str = STELSEL) -> Callable[[int], Bekostiging]:
    """Return what gives the decisions on persons, asked in order of id; empty where nothing was decided."""
    rij = besluiten(van.run, van.instelling, verbinding=verbinding)
    volgende: tuple[int, Bekostiging] | None = next(rij, None)

    def besluit(persoon: int) -> Bekostiging:
        nonlocal volgende
        while volgende is not None and volgende[0] < persoon:
            volgende = next(rij, None)
        return volgende[1] if volgende is not None and volgende[0] == persoon else Bekostiging(van.jaar)

    return besluit


def gang(nummer: int, verbinding: str = "default") -> Bepaling | None:
    """Return a run with how far it is; None when the pass shows none."""
    return next(iter(_gangen(Definitieverun.objects.using(verbinding).filter(id=nummer), verbinding)), None)


def gangen(jaar: Bekostigingsjaar | None = None, verbinding: str = "default") -> list[Bepaling]:
    """Return the runs, the latest first."""
    rij = Definitieverun.objects.using(verbinding).order_by("-id")
    return _gangen((rij if jaar is None else rij.filter(jaar=jaar.jaar))[:100], verbinding)


def _gangen(runs: Collection[Definitieverun], verbinding: str) -> list[Bepaling]:
    uit = []
    for run in runs:
        voortgang = list(Definitiefvoortgang.objects.using(verbinding).filter(run=run))
        toestand = "klaar" if run.klaar_op else "mislukt" if run.mislukt_op else "bezig"
        uit.append(
            Bepaling(
                run.id,
                run.jaar,
                toestand,
                run.parameters,
                run.gegevens_versie,
                run.programma,
                run.reden,
                run.door,
                run.gestart_op,
                run.klaar_op,
                run.uitleg or "",
                len(voortgang),
                sum(een.klaar for een in voortgang),
                sum(een.gedaan for een in voortgang),
            )
        )
    return uit
