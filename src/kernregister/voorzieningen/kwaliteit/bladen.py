"""Keeping telbladen: live ones follow the register when somebody looks, those per a day are counted once (ADR 0033)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec
from django.db import transaction
from msgspec import Struct

from kernregister.kern.dossier import Dossier
from kernregister.kern.tijd import Studiejaar
from kernregister.platform import klok
from kernregister.platform.geheugen import onthoud
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.kwaliteit.fouten import WordtGeteld
from kernregister.voorzieningen.kwaliteit.meetlat import Meetlat
from kernregister.voorzieningen.kwaliteit.peil import Peil
from kernregister.voorzieningen.kwaliteit.signaal import instellingen
from kernregister.voorzieningen.kwaliteit.telblad import Plek, Telblad
from kernregister.voorzieningen.register import public as register

VEEL_ELDERS = 1000
"""Meldingen of others since a live sheet was looked at, after which it remembers that it has seen them."""

_lees_aantallen = msgspec.json.Decoder(dict[Plek, int])


class Stand(Struct, frozen=True):
    """A telblad as it is kept, without the persons."""

    id: int
    aantallen: dict[Plek, int]
    gezien: str
    dag: date
    kenmerk: str
    geteld_op: str
    """Moment, as text: with the id it names one content of the sheet."""


def bij(meetlat: Meetlat, hoogstens: int | None = None) -> Stand:
    """Return the live telblad, brought up to date: only persons whose records changed are counted anew.

    Args:
        meetlat: of which institution and studiejaar.
        hoogstens: persons to count at most; None: as many as it takes.

    Raises:
        WordtGeteld: there are more to count.
    """
    bekend = lees(meetlat.instelling, meetlat.studiejaar)
    if bekend is None or bekend.kenmerk != meetlat.kenmerk:
        return _nieuw(meetlat, hoogstens)
    anders = register.gewijzigd_sinds(meetlat.instelling, bekend.gezien)
    wie = set(anders.personen)
    if bekend.dag != meetlat.dag:
        wie.update(register.in_of_uit(meetlat.instelling, bekend.dag, meetlat.dag))
    if not wie and bekend.dag == meetlat.dag and anders.elders < VEEL_ELDERS:
        return bekend
    if hoogstens is not None and len(wie) > hoogstens:
        raise WordtGeteld(len(wie))
    try:
        blad = open_blad(bekend)
    except LookupError:  # forgotten in between: records went away
        return _nieuw(meetlat, hoogstens)
    dossiers = register.dossiers(sorted(wie)) if wie else ()
    blad.vervang(
        wie, {id_: meetlat.telt(dossier) for id_, dossier in dossiers if _hoort_bij(meetlat, dossier)}
    )
    return bewaar(meetlat, blad, anders.gezien)


def _nieuw(meetlat: Meetlat, hoogstens: int | None) -> Stand:
    if hoogstens is not None:
        keur_omvang(meetlat.instelling, hoogstens)
    gezien, stand = register.begin_van_tellen()
    return bewaar(meetlat, tel(meetlat, stand), gezien)


def keur_omvang(instelling: str, hoogstens: int) -> None:
    """Refuse to count a large institution while somebody waits.

    Raises:
        WordtGeteld: it has to do with more persons than that.
    """
    aantal = register.aantal_betrokkenen(instelling)
    if aantal > hoogstens:
        raise WordtGeteld(aantal)


def tel(meetlat: Meetlat, stand: int | None = None) -> Telblad:
    """Count all dossiers of an institution, as known at a stand: that of the meetlat when none is given.

    Always at a stand, for those are read as a stream, which takes an eighth of the time (measured).
    """
    blad = Telblad()
    stand = meetlat.peil.stand if stand is None else stand
    for id_, dossier in register.dossiers(instelling=meetlat.instelling, stand=stand):
        if _hoort_bij(meetlat, dossier):
            blad.voeg_toe(id_, meetlat.telt(dossier))
    return blad


def tel_allen(studiejaar: Studiejaar, peil: Peil) -> Iterator[tuple[Meetlat, Telblad]]:
    """Count all dossiers of all institutions, in one pass."""
    uit: dict[str, tuple[Meetlat, Telblad]] = {}
    for id_, dossier in register.dossiers(stand=peil.stand):
        for code in instellingen(dossier):
            if code not in uit:
                uit[code] = Meetlat(code, studiejaar, peil), Telblad()
            meetlat, blad = uit[code]
            blad.voeg_toe(id_, meetlat.telt(dossier))
    yield from (uit[code] for code in sorted(uit))


def _hoort_bij(meetlat: Meetlat, dossier: Dossier) -> bool:
    return meetlat.instelling in instellingen(dossier)


_LEES = """
SELECT id, aantallen::text, gezien, dag, kenmerk, geteld_op::text FROM kwaliteit_telblad
WHERE instelling = %s AND studiejaar = %s AND stand_per IS NOT DISTINCT FROM %s
"""


def lees(instelling: str, studiejaar: Studiejaar, stand_per: date | None = None) -> Stand | None:
    """Return a telblad as it is kept, live or per a day; None: it was never counted."""
    with cursor() as sql:
        sql.execute(_LEES, [instelling, str(studiejaar), stand_per])
        rij = sql.fetchone()
    return None if rij is None else Stand(rij[0], _lees_aantallen.decode(rij[1]), *rij[2:])


def open_blad(stand: Stand) -> Telblad:
    """Return a telblad with its persons, to change.

    Raises:
        LookupError: it is there no more.
    """
    return Telblad.van_bytes(_inhoud(stand.id))


@onthoud(16)
def inzien(id_: int, geteld_op: str) -> Telblad:
    """Return a telblad with its persons, to look into and not to change; kept at hand as long as it is the same.

    Raises:
        LookupError: it is there no more.
    """
    return Telblad.van_bytes(_inhoud(id_))


def _inhoud(id_: int) -> bytes:
    with cursor() as sql:
        sql.execute("SELECT wie FROM kwaliteit_telblad WHERE id = %s", [id_])
        rij = sql.fetchone()
    if rij is None:
        raise LookupError(f"telblad {id_}")
    return bytes(rij[0])


_BEWAAR = """
INSERT INTO kwaliteit_telblad AS t (instelling, studiejaar, stand_per, aantallen, wie, gezien, dag, kenmerk, geteld_op)
VALUES (%s, %s, %s, %s::jsonb, %s, %s, %s, %s, %s)
ON CONFLICT (instelling, studiejaar, stand_per) DO UPDATE SET aantallen = excluded.aantallen, wie = excluded.wie,
    gezien = excluded.gezien, dag = excluded.dag, kenmerk = excluded.kenmerk, geteld_op = clock_timestamp()
WHERE excluded.stand_per IS NULL
"""


def bewaar(meetlat: Meetlat, blad: Telblad, gezien: str = "") -> Stand:
    """Keep a telblad and return it; one per a day that is there already stays as it is."""
    dag = None if meetlat.peil.stand is None else meetlat.peil.dag
    with transaction.atomic(using="stelsel"):
        with cursor() as sql:
            sql.execute(
                _BEWAAR,
                [
                    *(meetlat.instelling, str(meetlat.studiejaar), dag),
                    *(msgspec.json.encode(blad.aantallen).decode(), blad.als_bytes(), gezien),
                    *(meetlat.dag, meetlat.kenmerk, klok.machinetijd()),
                ],
            )
        bewaard = lees(meetlat.instelling, meetlat.studiejaar, dag)
    assert bewaard is not None
    return bewaard


def vergeet_levende() -> None:
    """Have all live telbladen counted anew: records went away without a melding (retention)."""
    with cursor() as sql:
        sql.execute("DELETE FROM kwaliteit_telblad WHERE stand_per IS NULL")
