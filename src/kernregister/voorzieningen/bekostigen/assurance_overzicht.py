"""Reading assurance reports: one with its course, and for a studiejaar which institutions are still to account."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.bekostiging.mutatiestop import uiterste_dag
from kernregister.kern.gegevens import Soort as Instellingsoort
from kernregister.kern.tijd import Studiejaar
from kernregister.platform import klok
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.bekostigen.assurance_models import Assurancerapport, Assurancestap, Toestand
from kernregister.voorzieningen.overzichten import public as overzichten
from kernregister.voorzieningen.stamgegevens import public as stamgegevens

MEESTE = 500


class Stapbeeld(Struct, frozen=True):
    """A step of a report."""

    toestand: str
    op: datetime
    door: str
    reden: str
    vervangen_door: UUID | None


class Rapportbeeld(Struct, frozen=True):
    """An assurance report with its course.

    ``op_tijd``: handed in on or before ``uiterlijk``. ``nieuwste_obo``: no newer OBO of the studiejaar was made since;
    a report on an older one holds, and the definitive status then rests on that older one.
    """

    id: UUID
    instelling: str
    studiejaar: str
    aanvraag: UUID
    obo_sha256: str
    obo_aangevraagd_op: datetime
    obo_stand: int
    bestandsnaam: str
    sha256: str
    omvang: int
    bladen: int
    namens: str
    door: str
    ingediend_op: datetime
    toestand: str
    uiterlijk: date
    op_tijd: bool
    nieuwste_obo: bool
    stappen: tuple[Stapbeeld, ...]


class Instellingsstand(Struct, frozen=True):
    """How far an institution is with accounting for a studiejaar.

    ``toestand`` is that of the report that counts: an approved one, else the last; ``ontbreekt`` where there is none.
    ``verplicht``: something is registered there that may count; without it nobody waits for its report.
    """

    instelling: str
    naam: str
    verplicht: bool
    toestand: str
    uiterlijk: date
    te_laat: bool
    """Not approved and past the last day, or handed in after it."""
    rapport: Rapportbeeld | None


class Verantwoording(Struct, frozen=True):
    """What the dashboard says of the accounting: controlejaar, state of the report that counts, and since when."""

    controlejaar: int
    toestand: str
    op: datetime


ONTBREEKT = "ontbreekt"


def rapporten(
    studiejaar: Studiejaar | None = None, instelling: str | None = None, verbinding: str = "default"
) -> list[Rapportbeeld]:
    """Return the reports that the pass shows, the latest first."""
    rij = Assurancerapport.objects.using(verbinding).order_by("-ingediend_op")
    if studiejaar is not None:
        rij = rij.filter(studiejaar=str(studiejaar))
    if instelling is not None:
        rij = rij.filter(instelling=instelling)
    return _beelden(list(rij[:MEESTE]), verbinding)


def rapport(id_: UUID, verbinding: str = "default") -> Rapportbeeld | None:
    """Return a report; None when the pass shows none."""
    return next(
        iter(_beelden(list(Assurancerapport.objects.using(verbinding).filter(id=id_)), verbinding)), None
    )


def _beelden(gevonden: Collection[Assurancerapport], verbinding: str) -> list[Rapportbeeld]:
    stappen: dict[UUID, list[Assurancestap]] = {}
    for stap in Assurancestap.objects.using(verbinding).filter(rapport__in=gevonden).order_by("id"):
        stappen.setdefault(stap.rapport_id, []).append(stap)
    nieuwste = _nieuwste_standen({(r.instelling, r.studiejaar) for r in gevonden}, verbinding)
    volgorde = sorted(gevonden, key=lambda een: stappen[een.id][0].id, reverse=True)
    return [
        _beeld(een, stappen[een.id], nieuwste.get((een.instelling, een.studiejaar), 0)) for een in volgorde
    ]


def _nieuwste_standen(van: Iterable[tuple[str, str]], verbinding: str) -> dict[tuple[str, str], int]:
    """Return the highest stand of the OBOs that were made, by institution and studiejaar."""
    uit: dict[tuple[str, str], int] = {}
    for instelling, studiejaar in van:
        laatste = (
            overzichten.Aanvraag.objects.using(verbinding)
            .filter(
                instelling=instelling,
                studiejaar=studiejaar,
                soort="OBO",
                toestand=overzichten.Toestand.KLAAR,
            )
            .order_by("-stand")
            .first()
        )
        uit[instelling, studiejaar] = laatste.stand if laatste and laatste.stand else 0
    return uit


def _beeld(van: Assurancerapport, stappen: list[Assurancestap], nieuwste: int) -> Rapportbeeld:
    uiterlijk = uiterste_dag(Studiejaar.lees(van.studiejaar))
    zelfde = {
        veld: getattr(van, veld) for veld in Rapportbeeld.__struct_fields__ if hasattr(Assurancerapport, veld)
    }
    return Rapportbeeld(
        **zelfde,
        toestand=stappen[-1].toestand,
        uiterlijk=uiterlijk,
        op_tijd=van.ingediend_op.astimezone(klok.NEDERLAND).date() <= uiterlijk,
        nieuwste_obo=van.obo_stand >= nieuwste,
        stappen=tuple(Stapbeeld(s.toestand, s.op, s.door, s.reden, s.vervangen_door) for s in stappen),
    )


def stand_van_zaken(studiejaar: Studiejaar, verbinding: str = "default") -> list[Instellingsstand]:
    """Return for every funded institution how far it is, in order of its code; for who sees them all."""
    gegevens = stamgegevens.gegevens_van(stamgegevens.versie())
    met_iets = _met_iets(Bekostigingsjaar.van(studiejaar), verbinding)
    codes = met_iets | set(gegevens.instellingen)
    per_instelling: dict[str, list[Rapportbeeld]] = {}
    for een in rapporten(studiejaar, verbinding=verbinding):
        per_instelling.setdefault(een.instelling, []).append(een)
    return [
        _stand(
            code,
            gegevens.instellingen[code].naam if code in gegevens.instellingen else "",
            code in met_iets,
            studiejaar,
            per_instelling.get(code, []),
        )
        for code in sorted(codes)
        if gegevens.soort_van(code) is Instellingsoort.BI
    ]


def _met_iets(jaar: Bekostigingsjaar, verbinding: str) -> set[str]:
    """Return the institutions of whose enrolments and diplomas there is something to decide in a year."""
    with cursor(verbinding) as sql:
        sql.execute(
            "SELECT DISTINCT instelling FROM bekostigen_status WHERE jaar = %s AND gesloten_op IS NULL",
            [jaar.jaar],
        )
        return {code for (code,) in sql}


def _stand(
    code: str, naam: str, verplicht: bool, studiejaar: Studiejaar, van: list[Rapportbeeld]
) -> Instellingsstand:
    goed = next((een for een in van if een.toestand == Toestand.GOEDGEKEURD), None)
    telt = goed or next(iter(van), None)
    uiterlijk = uiterste_dag(studiejaar)
    te_laat = klok.vandaag() > uiterlijk if goed is None else not goed.op_tijd
    return Instellingsstand(
        code, naam, verplicht, telt.toestand if telt else ONTBREEKT, uiterlijk, te_laat, telt
    )


def verantwoording(
    instelling: str, voor: datetime | None = None, verbinding: str = "default"
) -> Verantwoording | None:
    """Return how the accounting of the latest studiejaar stands (Handleiding, h. 06); None without any report.

    Args:
        instelling: of which institution.
        voor: as it was before this moment; None is now.
        verbinding: the connection on which the pass was put.
    """
    with cursor(verbinding) as sql:
        sql.execute(
            _LAATSTE_STAP, {"instelling": instelling, "voor": voor, "goed": Toestand.GOEDGEKEURD.value}
        )
        rij = sql.fetchone()
    if rij is None:
        return None
    studiejaar, toestand, op = rij
    return Verantwoording(Studiejaar.lees(studiejaar).start, toestand, op)


_LAATSTE_STAP = """
SELECT studiejaar, toestand, op FROM (
    SELECT DISTINCT ON (rapport_id) id, studiejaar, toestand, op FROM bekostigen_assurancestap
    WHERE instelling = %(instelling)s AND (%(voor)s::timestamptz IS NULL OR op < %(voor)s)
    ORDER BY rapport_id, id DESC
) AS laatste
ORDER BY studiejaar DESC, toestand = %(goed)s DESC, id DESC LIMIT 1
"""
