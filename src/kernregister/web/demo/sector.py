"""Fill an empty register with a fictitious sector: week by week, as it would have come in over two years.

The clock is set back for it and moves forward with the weeks, so that trends, signals that aged, stored figures and
overviews with a successor are those of a register that was really used.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from itertools import groupby, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from django.db import connections

from kernregister.fictief import namen
from kernregister.fictief.bevolking import met_personalia
from kernregister.fictief.fouten import van_elk
from kernregister.fictief.meldingen import VO, Gemeld, meldingen_van
from kernregister.fictief.sector import Sector
from kernregister.fictief.toeval import Toeval
from kernregister.kern.dossier import Persoon
from kernregister.kern.meldingen.berichten import Melding
from kernregister.kern.tijd import Studiejaar, dagen_na
from kernregister.platform import klok
from kernregister.voorzieningen.bekostigen import public as bekostigen
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.voorzieningen.overzichten import public as overzichten
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.stamgegevens import public as stamgegevens
from kernregister.web.demo import administratie
from kernregister.web.toegang.personas import DOOR, maak_personas

STUDENTEN: Final = 5000
WEKEN: Final = 104
INSTELLINGEN: Final = 4
"""Three funded institutions and one that is not."""

KLEINSTE_MET_FOUTEN: Final = 100
"""Fewer students than this cannot hold one case of every fault."""

ZAAD: Final = 2026
CLIENT: Final = "sis-koppeling"
PER_KEER: Final = 1000
"""Meldingen in one transaction."""

DAGELIJKS: Final = 21
"""Days before today from which on every day is lived; before that one day of each week."""

OBO_VOOR: Final = (40, 12)
"""Days before today on which each funded institution asked for an OBO."""

Voortgang = Callable[[int, int], None]
"""Told how many days of how many are done."""


def is_leeg() -> bool:
    """Tell whether nothing was registered yet."""
    return register.stand() == 0


def vul(studenten: int = STUDENTEN, weken: int = WEKEN, meld: Voortgang | None = None) -> dict[str, str]:
    """Fill an empty register and make the personas; return the codes of their institutions.

    Args:
        studenten: how many persons.
        weken: how far back the deliveries go.
        meld: told about progress.

    Raises:
        ValueError: this is no demo, or something was registered already.
    """
    if not is_leeg():
        raise ValueError("alleen een leeg register wordt met de demo gevuld")
    nu = klok.machinetijd()
    vandaag = nu.astimezone(klok.NEDERLAND).date()
    begin = dagen_na(vandaag, -7 * weken)
    sector = fictieve_sector(studenten, vandaag)
    klok.zet_op(_moment(begin))
    # the tables of the BRP too, so that a country or a nationality has its name
    stamgegevens.activeer(stamgegevens.laad_beginset(DOOR).versie, DOOR, "tabellen die meekomen")
    stamgegevens.laad_gegevens(sector.gegevens, DOOR, "fictieve sector van de demo")
    _geef_namen(sector)
    personen.neem_op(_bronpersonen(sector, vandaag))
    _lever(sector, begin, vandaag, meld)
    klok.zet_op(klok.machinetijd())
    instellingen = _instellingen(sector)
    maak_personas(instellingen, str(Studiejaar.van(_vorig_jaar(vandaag))))
    administratie.zet_klaar(instellingen["nbi"], DOOR)
    with connections["stelsel"].cursor() as cursor:
        cursor.execute("ANALYZE")
    return instellingen


def _geef_namen(sector: Sector) -> None:
    """Load the lists with names of electives and training companies, which no rule reads."""
    bpvs = (bpv for dossier in sector.dossiers() for een in dossier.inschrijvingen for bpv in een.bpvs)
    bedrijven = {bpv.leerbedrijf_id for bpv in bpvs if bpv.leerbedrijf_id}
    rijen = {"keuzedelen": namen.keuzedelen(), "leerbedrijven": namen.leerbedrijven(bedrijven)}
    with TemporaryDirectory() as map_:
        paden = []
        for lijst, van_lijst in rijen.items():
            pad = Path(map_, f"{lijst}.csv")
            regels = (";".join(rij) for rij in (namen.KOPPEN[lijst], *van_lijst))
            pad.write_text("".join(f"{regel}\n" for regel in regels), encoding="utf-8")
            paden.append(pad)
        stamgegevens.activeer(stamgegevens.laad_bestanden(paden, DOOR).versie, DOOR, "namen in de demo")


def fictieve_sector(studenten: int, vandaag: date) -> Sector:
    """Return the sector of the demo on a day, with every fault in it that can be there on that day."""
    aantal = max(1, studenten // 400) if studenten >= KLEINSTE_MET_FOUTEN else 0
    return Sector(studenten, ZAAD, van_elk(aantal, vandaag), vandaag, INSTELLINGEN)


def _lever(sector: Sector, begin: date, vandaag: date, meld: Voortgang | None) -> None:
    """Deliver everything that happened, and do at the end of each stretch what the register does by itself."""
    dagen = list(_leverdagen(begin, vandaag))
    per_dag: dict[date, list[Gemeld]] = {dag: [] for dag in dagen}
    for een in _gebeurtenissen(sector, begin, vandaag):
        per_dag[dagen[bisect_left(dagen, een.dag)]].append(een)
    bekostigd = [school.code for school in sector.scholen if school.bi]
    obo_op = {next(dag for dag in dagen if dag >= dagen_na(vandaag, -voor)) for voor in OBO_VOOR}
    for nummer, dag in enumerate(dagen):
        klok.zet_op(min(_moment(dag), klok.machinetijd()))
        for afzender, groep in groupby(sorted(per_dag[dag], key=_volgorde), lambda een: een.afzender):
            _verwerk([een.melding for een in groep], afzender)
        register.stand()
        kwaliteit.keer_om(dag)
        bekostigen.werk_alles_bij(dag)
        onlangs = dag > dagen_na(vandaag, -70)
        cijferdag = dag.isoweekday() == kwaliteit.rooster() if onlangs else nummer % 4 == 0
        if cijferdag:
            kwaliteit.plaats(dag)
        if dag in obo_op:
            for instelling in bekostigd:
                _vraag_obo(instelling, dag)
        if meld:
            meld(nummer + 1, len(dagen))


def _leverdagen(begin: date, vandaag: date) -> Iterator[date]:
    """Give the Mondays up to a few weeks ago, and from then on every day."""
    dag = dagen_na(begin, -begin.weekday() % 7)
    while dag < vandaag:
        yield dag
        dag = dagen_na(dag, 7 if dag < dagen_na(vandaag, -DAGELIJKS) else 1)
    yield vandaag


def _gebeurtenissen(sector: Sector, begin: date, vandaag: date) -> Iterator[Gemeld]:
    for plaats, dossier in enumerate(sector.dossiers()):
        yield from meldingen_van(dossier, plaats, sector.zaad, begin, vandaag)


def _volgorde(een: Gemeld) -> tuple[bool, str, date, int]:
    """Other sectors first, then institution by institution."""
    return (een.afzender != VO, een.afzender, een.dag, een.rang)


def _verwerk(meldingen: list[Melding], afzender: str) -> None:
    rij = iter(meldingen)
    while partij := list(islice(rij, PER_KEER)):
        register.verwerk(partij, register.Herkomst(CLIENT, afzender))


def _vraag_obo(instelling: str, dag: date) -> None:
    wens = overzichten.Wens(soort="OBO", instelling=instelling, studiejaar=Studiejaar.van(_vorig_jaar(dag)))
    aanvraag = overzichten.vraag_aan(wens, DOOR)
    if isinstance(aanvraag, list):
        raise ValueError(f"het OBO van {instelling} kon niet: {aanvraag}")
    overzichten.maak(aanvraag.id)


def _bronpersonen(sector: Sector, vandaag: date) -> Iterator[Persoon]:
    for plaats, dossier in enumerate(sector.dossiers()):
        yield met_personalia(dossier.persoon, Toeval(sector.zaad, (1 << 41) + plaats), vandaag)


def _instellingen(sector: Sector) -> dict[str, str]:
    bi = [school.code for school in sector.scholen if school.bi]
    nbi = next(school.code for school in sector.scholen if not school.bi)
    return {"eerste": bi[0], "tweede": bi[1], "nbi": nbi}


def _vorig_jaar(dag: date) -> date:
    return dag.replace(year=dag.year - 1, day=min(dag.day, 28))


def _moment(dag: date) -> datetime:
    return datetime.combine(dag, time(12), UTC)
