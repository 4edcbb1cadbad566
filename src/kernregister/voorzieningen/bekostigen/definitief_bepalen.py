"""Determining the definitive status: for each institution, person by person, from the OBO of its own report.

A person with several institutions is judged for each of them on that institution's own OBO; what the others registered
is taken from theirs, so that all look at the same enrolments. What was decided is kept, and the totals are of what is
kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import msgspec
from django.db import transaction
from msgspec import structs

from kernregister import __version__
from kernregister.kern.bekostiging.beslissen import Beslisser
from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.bekostiging.parameters import parameters
from kernregister.kern.bekostiging.totalen import Instellingstotaal, Optelling, Sectortotaal
from kernregister.kern.dossier import Dossier
from kernregister.kern.meldingen.toepassen import sleutel_van
from kernregister.platform import audit, klok, verwerkingslog
from kernregister.platform.sql import JSON, STELSEL, als_rijen, cursor
from kernregister.voorzieningen.bekostigen.assurance_models import (
    Definitiefgrondslag,
    Definitieftotaal,
    Definitiefvoortgang,
    Definitieverun,
)
from kernregister.voorzieningen.bekostigen.definitief_lezen import SECTOR, besluiten
from kernregister.voorzieningen.bekostigen.fouten import Onvindbaar
from kernregister.voorzieningen.bekostigen.soorten import voor_instelling
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register import public as register

PER_KEER = 500
"""Persons in one transaction."""

_SCHRIJF = msgspec.json.Encoder().encode


def draai(nummer: int, per: int = PER_KEER, meld: Callable[[int], None] | None = None) -> None:
    """Do a run, or what is left of it. Begun again after a fall it goes on where it was.

    Args:
        nummer: the run.
        per: persons in one transaction.
        meld: told after each batch how many persons it was.

    Raises:
        Onvindbaar: there is no such run.
    """
    run = Definitieverun.objects.using(STELSEL).filter(id=nummer).first()
    if run is None:
        raise Onvindbaar(f"Bepaling {nummer} is er niet.")
    if run.klaar_op is not None or run.mislukt_op is not None:
        return
    if anders := _anders(run):
        Definitieverun.objects.using(STELSEL).filter(id=nummer, klaar_op=None, mislukt_op=None).update(
            mislukt_op=klok.nu(), uitleg=anders
        )
        return
    bepaling = _Bepaling(run)
    for instelling in sorted(bepaling.standen):
        while aantal := bepaling.volgende(instelling, per):
            if meld:
                meld(aantal)
    _rond_af(run)


def _loopt(run: Definitieverun) -> bool:
    """Tell whether a run is not done nor given up; as long as the transaction lasts it stays so."""
    open_ = Definitieverun.objects.using(STELSEL).filter(id=run.id, klaar_op=None, mislukt_op=None)
    return open_.select_for_update().first() is not None


def _anders(run: Definitieverun) -> str:
    """Return why a run cannot go on: it would be of two kinds."""
    nu = parameters(Bekostigingsjaar(run.jaar)).kenmerk
    if (nu, __version__) == (run.parameters, run.programma):
        return ""
    return (
        f"Tijdens de bepaling veranderde het programma of de parameters ({run.programma}, {run.parameters}; nu "
        f"{__version__}, {nu}). Begin opnieuw."
    )


class _Bepaling:
    """A run at work: decides on the persons of one institution after the other."""

    def __init__(self, run: Definitieverun) -> None:
        jaar = Bekostigingsjaar(run.jaar)
        self.run = run
        self.jaar = jaar
        self.beslisser = Beslisser(jaar, register.gegevens_van(run.gegevens_versie), parameters(jaar))
        self.standen: dict[str, int] = dict(
            Definitiefgrondslag.objects.using(STELSEL).filter(run=run).values_list("instelling", "stand")
        )

    def volgende(self, instelling: str, per: int) -> int:
        """Decide on the next persons of an institution; return how many they were, 0 when it is done."""
        with transaction.atomic(using=STELSEL):
            voortgang = (
                Definitiefvoortgang.objects.using(STELSEL)
                .select_for_update()
                .get(run=self.run, instelling=instelling)
            )
            if voortgang.klaar or not _loopt(self.run):
                return 0
            ids = _personen(instelling, voortgang.tot_persoon, per)
            self._beslis(instelling, ids)
            voortgang.gedaan += len(ids)
            voortgang.tot_persoon = ids[-1] if ids else voortgang.tot_persoon
            voortgang.klaar = len(ids) < per
            voortgang.save(using=STELSEL)
        return len(ids)

    def _beslis(self, instelling: str, ids: list[int]) -> None:
        rijen = []
        for persoon, dossier in self._dossiers(instelling, ids):
            eigen = voor_instelling(self.beslisser(dossier), instelling)
            if eigen.inschrijvingen or eigen.diplomas:
                rijen.append((instelling, persoon, JSON(_SCHRIJF(eigen))))
        if not rijen:
            return
        with cursor() as sql:
            sql.execute(_VOEG_TOE, [self.run.id, als_rijen(("instelling", "persoon", "besluit"), rijen)])
        verwerkingslog.leg_vast_voor_velen(
            verwerkingslog.Stap("bekostiging-vaststellen", "definitieve status", "kernregister", instelling),
            [personen.pseudoniem(persoon) for _, persoon, _ in rijen],
        )

    def _dossiers(self, instelling: str, ids: list[int]) -> Iterator[tuple[int, Dossier]]:
        """Give dossiers as of the OBO of an institution, what the others registered as of theirs."""
        stand = self.standen[instelling]
        elders = {
            ander: dict(register.dossiers(wie, stand=self.standen[ander]))
            for ander, wie in self._bij_anderen(instelling, ids).items()
        }
        for persoon, dossier in register.dossiers(ids, stand=stand):
            anderen = {ander: van[persoon] for ander, van in elders.items() if persoon in van}
            yield persoon, stel_samen(dossier, anderen) if anderen else dossier

    def _bij_anderen(self, instelling: str, ids: list[int]) -> dict[str, list[int]]:
        """Return which of these persons another institution has to do with whose OBO is of another stand."""
        anderen = [ander for ander, stand in self.standen.items() if stand != self.standen[instelling]]
        uit: dict[str, list[int]] = {}
        if anderen and ids:
            with cursor() as sql:
                sql.execute(_ANDEREN, {"ids": ids, "anderen": anderen})
                for ander, persoon in sql:
                    uit.setdefault(ander, []).append(persoon)
        return uit


_BETROKKEN = """
SELECT instelling, persoon_id FROM register_betrokkenheid
UNION SELECT instelling, persoon_id FROM register_beeindigdebetrokkenheid
"""
_PERSONEN = f"""
SELECT persoon_id FROM ({_BETROKKEN}) AS betrokken
WHERE instelling = %s AND persoon_id > %s ORDER BY persoon_id LIMIT %s
"""  # noqa: S608 - text of this file
_ANDEREN = f"""
SELECT instelling, persoon_id FROM ({_BETROKKEN}) AS betrokken
WHERE persoon_id = ANY (%(ids)s::bigint[]) AND instelling = ANY (%(anderen)s::text[])
"""  # noqa: S608 - text of this file
_VOEG_TOE = """
INSERT INTO bekostigen_definitiefbesluit (run_id, instelling, persoon_id, besluit)
SELECT %s, n.instelling, n.persoon, n.besluit
FROM json_to_recordset(%s::json) AS n (instelling text, persoon bigint, besluit jsonb)
"""


def _personen(instelling: str, na: int, per: int) -> list[int]:
    with cursor() as sql:
        sql.execute(_PERSONEN, [instelling, na, per])
        return [persoon for (persoon,) in sql]


def stel_samen(dossier: Dossier, anderen: Mapping[str, Dossier]) -> Dossier:
    """Return a dossier in which what some institutions registered comes from another one of the same person."""

    def vervang(veld: str) -> tuple[object, ...]:
        eigen = [een for een in getattr(dossier, veld) if een.instelling not in anderen]
        erbij = [
            een
            for instelling, ander in anderen.items()
            for een in getattr(ander, veld)
            if een.instelling == instelling
        ]
        return tuple(sorted(eigen + erbij, key=sleutel_van))

    velden = ("inschrijvingen", "diplomas", "losse_resultaten")
    return structs.replace(dossier, **{veld: vervang(veld) for veld in velden})


def _rond_af(run: Definitieverun) -> None:
    """Add up what was decided, from what is on record, and let the run hold from now on."""
    optelling = Optelling(parameters(Bekostigingsjaar(run.jaar)))
    for instelling in (
        Definitiefgrondslag.objects.using(STELSEL).filter(run=run).values_list("instelling", flat=True)
    ):
        for _, besluit in besluiten(run.id, instelling, verbinding=STELSEL):
            optelling.tel(besluit)
    totalen: dict[str, Instellingstotaal | Sectortotaal] = {
        **optelling.instellingen(),
        SECTOR: optelling.sector(),
    }
    with transaction.atomic(using=STELSEL):
        if not _loopt(run):
            return
        for instelling, totaal in totalen.items():
            Definitieftotaal.objects.using(STELSEL).create(
                run=run, instelling=instelling, totaal=msgspec.to_builtins(totaal)
            )
        Definitieverun.objects.using(STELSEL).filter(id=run.id).update(klaar_op=klok.nu())
        audit.leg_vast(
            "definitief.klaar", "bekostigingsjaar", run.jaar, door=run.client, details={"run": run.id}
        )
