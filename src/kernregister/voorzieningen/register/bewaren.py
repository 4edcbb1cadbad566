"""Retention: what is due to be destroyed, and destroying it after somebody else has approved.

The terms and what of a dossier is due are functions of ``kern.bewaartermijnen``. A destruction leaves a record with
counts and nobody in it; the audit trail stays as it was. The journal keeps that a melding came, when and from whom, so
that the order of the stand is whole; what it said is gone, and the same UUID is never applied again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from django.db import transaction
from msgspec import Struct

from kernregister.kern.bewaartermijnen import TeVernietigen, termijn, termijnen
from kernregister.kern.bewaartermijnen import te_vernietigen as te_vernietigen_van
from kernregister.kern.dossier import Dossier
from kernregister.kern.meldingen.toepassen import Sleutel, sleutel_van
from kernregister.platform import audit, klok
from kernregister.platform.nummers import maskeer
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register import opslag, vernietigen
from kernregister.voorzieningen.register.dossiers import dossiers
from kernregister.voorzieningen.register.ingrepen import Onmogelijk

PER_KEER = 200
"""Persons or rows that are destroyed in one transaction."""

DOSSIERSOORTEN = (
    "extra_ondersteuning",
    "bpv",
    "verblijfstitel",
    "deelname",
    "vooropleiding",
    "inschrijving",
    "resultaat",
    "persoonsgegevens",
)
"""Kinds of data that are found by looking at dossiers."""

_ZONDER_VERVOLG = """
SELECT p.id FROM personen_persoon p
WHERE p.opgegaan_in IS NULL AND p.id > %(na)s AND (p.aangemaakt::date + %(termijn)s)::date <= %(op)s
    AND NOT EXISTS (SELECT 1 FROM register_versie v WHERE v.persoon_id = p.id AND v.melding_tot IS NULL
        AND v.soort IN ('inschrijving', 'diploma', 'resultaat'))
    AND NOT EXISTS (SELECT 1 FROM register_melding m WHERE m.persoon_id = p.id
        AND (m.ontvangen_op::date + %(termijn)s)::date > %(op)s)
    AND NOT EXISTS (SELECT 1 FROM personen_abonnement a WHERE a.persoon_id = p.id
        AND (coalesce(a.beeindigd_op::date, a.loopt_tot) + %(termijn)s)::date > %(op)s)
ORDER BY p.id LIMIT %(per)s
"""
_RIJEN = {
    "abonnement": """
        SELECT id, persoon_id FROM personen_abonnement WHERE id > %(na)s AND beeindigd_op IS NOT NULL
            AND (beeindigd_op::date + %(termijn)s)::date <= %(op)s ORDER BY id LIMIT %(per)s
    """,
    "uitgaand_bericht": """
        SELECT u.id, u.persoon_id FROM register_uitbakbericht u JOIN register_melding m ON m.id = u.melding_id
        WHERE u.id > %(na)s AND (m.ontvangen_op::date + %(termijn)s)::date <= %(op)s ORDER BY u.id LIMIT %(per)s
    """,
    "geweigerde_melding": """
        SELECT id, persoon_id FROM register_melding WHERE id > %(na)s AND NOT aanvaard AND inhoud <> '{}'
            AND (ontvangen_op::date + %(termijn)s)::date <= %(op)s ORDER BY id LIMIT %(per)s
    """,
}
"""Kinds of data that are rows of a table: the row and the person, in order, after a row."""


class Post(Struct, frozen=True):
    """What is due of one kind of data: so many records, of these persons, the first since a day."""

    soort: str
    aantal: int
    personen: tuple[int, ...]
    sinds: date | None = None


class Vernietigd(Struct, frozen=True):
    """What was destroyed. ``nummer`` is that of the record of it."""

    nummer: int
    aantal: int
    personen: int


Volger = Callable[[Sequence[int]], None]

volgers: list[Volger] = []
"""Rooms above that derive something from dossiers: told, inside the transaction, of which persons a part is gone.

Of who is gone altogether every row goes, in each table with a column ``persoon_id``.
"""


def te_vernietigen(op: date) -> list[Post]:
    """Return what is due on a day, by kind of data; kinds of which nothing is due are left out.

    Reads all dossiers, some at a time: minutes for a whole sector.
    """
    tel: dict[str, int] = defaultdict(int)
    wie: dict[str, set[int]] = defaultdict(set)
    sinds: dict[str, date] = {}
    for persoon, dossier in dossiers():
        for een in te_vernietigen_van(dossier, op):
            tel[een.soort] += 1
            wie[een.soort].add(persoon)
            sinds[een.soort] = min(een.sinds, sinds.get(een.soort, een.sinds))
    for soort in ("identificatie_zonder_vervolg", *_RIJEN):
        for rijen in _groepen(soort, op):
            tel[soort] += len(rijen)
            wie[soort] |= {persoon for _, persoon in rijen if persoon is not None}
    return [
        Post(soort, tel[soort], tuple(sorted(wie[soort])), sinds.get(soort))
        for soort in termijnen()
        if tel[soort]
    ]


def vernietig(
    soort: str,
    op: date,
    aanvrager: str,
    goedkeurder: str,
    reden: str,
    voortgang: Callable[[int], None] | None = None,
) -> Vernietigd:
    """Destroy what is due of one kind of data on a day.

    Broken off at any moment, the next run does the rest. Each person is looked at again under lock: who was enrolled
    again meanwhile keeps everything.

    Args:
        soort: the kind of data: a name of ``bewaartermijnen.toml``.
        op: the day to judge on, not after today.
        aanvrager: who asks for it.
        goedkeurder: who approved it; another than who asks.
        reden: why now, for the record; names nobody by number.
        voortgang: told how many records are gone.

    Raises:
        Onmogelijk: an unknown kind, a day to come, no reason, or nobody else who approved.
    """
    _controleer(soort, op, aanvrager, goedkeurder, reden)
    nummer = _begin(soort, op, aanvrager, goedkeurder, reden)
    aantal, wie = 0, set()
    for ids in _partijen(soort, op):
        with transaction.atomic(using="stelsel", durable=True):
            weg = _vernietig(nummer, soort, ids, op)
            if weg:
                audit.leg_vast(
                    "bewaren.vernietigd",
                    "vernietiging",
                    nummer,
                    door=goedkeurder,
                    details={"soort": soort, "aantal": len(weg), "personen": len(_wie(weg))},
                )
        aantal += len(weg)
        wie |= _wie(weg)
        if voortgang:
            voortgang(aantal)
    with cursor() as sql:
        sql.execute(
            "UPDATE register_vernietiging SET klaar_op = %s, aantal = %s, personen = %s WHERE id = %s",
            [klok.nu(), aantal, len(wie), nummer],
        )
    return Vernietigd(nummer, aantal, len(wie))


def _controleer(soort: str, op: date, aanvrager: str, goedkeurder: str, reden: str) -> None:
    fouten = []
    if soort not in termijnen():
        fouten.append(f"'{soort}' is geen soort gegeven; wel: {', '.join(termijnen())}")
    if op > klok.vandaag():
        fouten.append("de peildatum ligt in de toekomst: wat dan vervalt is nog nodig")
    if not reden.strip() or maskeer(reden) != reden:
        fouten.append("geef een reden, zonder nummer van een persoon daarin")
    if not aanvrager.strip() or not goedkeurder.strip():
        fouten.append("noem wie het vraagt en wie het goedkeurt")
    elif aanvrager.strip().casefold() == goedkeurder.strip().casefold():
        fouten.append("een ander dan de aanvrager keurt een vernietiging goed")
    if fouten:
        raise Onmogelijk("; ".join(fouten))


def _begin(soort: str, op: date, aanvrager: str, goedkeurder: str, reden: str) -> int:
    with cursor() as sql:
        sql.execute(
            "INSERT INTO register_vernietiging (soort, peildatum, aanvrager, goedkeurder, reden, begonnen_op)"
            " VALUES (%s, %s, %s, %s, %s, %s) RETURNING id",
            [soort, op, aanvrager.strip(), goedkeurder.strip(), reden, klok.nu()],
        )
        (nummer,) = sql.fetchone() or (0,)
    return int(nummer)


Rij = tuple[int, int | None]
"""A row that is due, and its person; for what is found in dossiers both are the person."""


def _wie(rijen: Sequence[Rij]) -> set[int]:
    return {persoon for _, persoon in rijen if persoon is not None}


def _partijen(soort: str, op: date) -> Iterator[list[Rij]]:
    if soort not in DOSSIERSOORTEN:
        yield from _groepen(soort, op)
        return
    partij: list[Rij] = []
    for persoon, dossier in dossiers():
        if any(een.soort == soort for een in te_vernietigen_van(dossier, op)):
            partij.append((persoon, persoon))
        if len(partij) == PER_KEER:
            yield partij
            partij = []
    if partij:
        yield partij


def _groepen(soort: str, op: date, na: int = 0) -> Iterator[list[Rij]]:
    """Give the rows that are due, in order and some at a time."""
    vraag = _RIJEN.get(soort, _ZONDER_VERVOLG)
    interval = _interval(soort, op)
    laatste = na
    while True:
        with cursor() as sql:
            sql.execute(
                vraag.replace("%(termijn)s", "%(termijn)s::interval"),
                {"na": laatste, "op": op, "termijn": interval, "per": PER_KEER},
            )
            rijen = [(rij[0], rij[-1]) for rij in sql.fetchall()]
        if rijen:
            yield rijen
            laatste = rijen[-1][0]
        if len(rijen) < PER_KEER:
            return


def _interval(soort: str, op: date) -> str:
    """Return how long a kind of data is kept, as the database writes it."""
    lengte = termijn(soort, op)
    return f"{lengte.jaren} years {lengte.maanden} months"


def _vernietig(nummer: int, soort: str, rijen: list[Rij], op: date) -> list[Rij]:
    """Destroy a batch and return what is gone: one for each record."""
    ids = [id_ for id_, _ in rijen]
    if soort == "abonnement":
        with cursor() as sql:
            sql.execute("DELETE FROM personen_abonnement WHERE id = ANY (%s::bigint[])", [ids])
    elif soort == "uitgaand_bericht":
        with cursor() as sql:
            sql.execute("SELECT register_vernietig_berichten(%s, %s::bigint[])", [nummer, ids])
    elif soort == "geweigerde_melding":
        vernietigen.maak_leeg(nummer, ids)
    elif soort == "identificatie_zonder_vervolg":
        return _zonder_vervolg(nummer, set(ids), op)
    else:
        return _uit_dossiers(nummer, soort, ids, op)
    return rijen


def _zonder_vervolg(nummer: int, ids: set[int], op: date) -> list[Rij]:
    """Destroy persons who never were enrolled, as far as that is still so now that they are locked."""
    personen.vergrendel(ids)
    nog = next(_groepen("identificatie_zonder_vervolg", op, min(ids) - 1), [])
    weg = sorted(ids & {id_ for id_, _ in nog})
    if weg:
        vernietigen.vernietig_personen(nummer, weg)
    return [(id_, id_) for id_ in weg]


def _uit_dossiers(nummer: int, soort: str, ids: list[int], op: date) -> list[Rij]:
    gelezen, geldend = opslag.lees_dossiers(personen.vergrendel(ids))
    weg = {
        persoon: rij
        for persoon, dossier in gelezen.items()
        if (rij := [een for een in te_vernietigen_van(dossier, op) if een.soort == soort])
    }
    if not weg:
        return []

    def versies(sleutels: Callable[[Dossier, list[TeVernietigen]], list[Sleutel]]) -> list[int]:
        return [geldend[p][sleutel] for p, rij in weg.items() for sleutel in sleutels(gelezen[p], rij)]

    uit: list[Rij] = [(persoon, persoon) for persoon, rij in weg.items() for _ in rij]
    if soort == "persoonsgegevens":
        vernietigen.vernietig_personen(nummer, list(weg))
        return uit
    if soort == "verblijfstitel":
        vernietigen.vernietig_verblijf(nummer, list(weg))
    elif soort == "bpv":
        vernietigen.vernietig_bpvs(nummer, versies(_met_deel("bpvs")))
    elif soort == "extra_ondersteuning":
        vernietigen.vernietig_ondersteuning(nummer, versies(_met_deel("extra_ondersteuning")))
    else:
        vernietigen.vernietig_records(nummer, versies(lambda _, rij: [sleutel_van(e.record) for e in rij]))
        vernietigen.laat_los(list(weg), _interval("identificatie_zonder_vervolg", op), op)
    for volger in volgers:
        volger(sorted(weg))
    return uit


def _met_deel(veld: str) -> Callable[[Dossier, list[TeVernietigen]], list[Sleutel]]:
    """Return the keys of the enrolments under which parts are due, by the field that holds them."""

    def sleutels(dossier: Dossier, rij: list[TeVernietigen]) -> list[Sleutel]:
        weg = {id(een.record) for een in rij}
        return [
            sleutel_van(een)
            for een in dossier.inschrijvingen
            if any(id(deel) in weg for deel in getattr(een, veld))
        ]

    return sleutels
