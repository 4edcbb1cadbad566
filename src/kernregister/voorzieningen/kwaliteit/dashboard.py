"""The dashboard of an institution: counted now, at any stand, or placed weekly and kept (Handleiding h. 06)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import msgspec
from django.db import transaction

from kernregister.kern.tijd import Studiejaar
from kernregister.platform import klok
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.kwaliteit import bladen
from kernregister.voorzieningen.kwaliteit.beelden import Dashboardbeeld, Telcel
from kernregister.voorzieningen.kwaliteit.fouten import Kwaliteitsfout
from kernregister.voorzieningen.kwaliteit.meetlat import Meetlat
from kernregister.voorzieningen.kwaliteit.omkeren import achterstand
from kernregister.voorzieningen.kwaliteit.peil import Peil, jaar_van, per
from kernregister.voorzieningen.kwaliteit.telblad import Telblad
from kernregister.voorzieningen.kwaliteit.tellen import (
    Cijfers,
    cijfers,
    cijfers_van_allen,
    levende_rijen,
    signaalmerk,
    signaaltellingen,
)
from kernregister.voorzieningen.kwaliteit.zicht import keur_cijfers
from kernregister.voorzieningen.stamgegevens import public as stamgegevens

MAANDAG = 1

_telcellen = msgspec.json.Decoder(tuple[Telcel, ...])


def dashboard(
    instelling: str,
    studiejaar: Studiejaar | None = None,
    stand_per: date | None = None,
    verbinding: str = "default",
    hoogstens: int | None = None,
) -> Dashboardbeeld:
    """Return the figures of an institution. What was counted per a day is kept, and is not counted again.

    Args:
        instelling: its code.
        studiejaar: the studiejaar to count; that of the day by default, for an accountant that of the pass.
        stand_per: the day of counting, with data up to and including the day before; None is now.
        verbinding: the connection on which the pass was put.
        hoogstens: of how many persons to count at most while the caller waits; None: of all.

    Raises:
        Onvindbaar: the pass gives no sight of these figures.
        Kwaliteitsfout: the day is to come, or the studiejaar had not begun on it.
        WordtGeteld: there are more persons to count than ``hoogstens``.
    """
    studiejaar = keur_cijfers(instelling, verbinding, studiejaar)
    peil = per(stand_per)
    jaar = jaar_van(studiejaar, peil)
    meetlat = Meetlat(instelling, jaar, peil)
    if stand_per is None:
        return _live(meetlat, hoogstens)
    bewaard = _lees(instelling, jaar, stand_per)
    if bewaard is None:
        if hoogstens is not None:
            bladen.keur_omvang(instelling, hoogstens)
        return _beeld(meetlat, tel_per(meetlat), None)
    geteld, stand, op = bewaard
    return _beeld(Meetlat(instelling, jaar, Peil(peil.dag, stand, peil.moment)), geteld, op)


def _live(meetlat: Meetlat, hoogstens: int | None) -> Dashboardbeeld:
    blad = bladen.bij(meetlat, hoogstens)
    merk = f"{blad.id} {blad.geteld_op} {signaalmerk(meetlat.instelling)}"
    rijen = (
        levende_rijen(meetlat.instelling, meetlat.studiejaar, meetlat.peil.dag, merk)
        if meetlat.signalen_staan_er
        else None
    )
    return _beeld(meetlat, cijfers(meetlat, blad.aantallen, rijen), None, merk)


def tel_per(meetlat: Meetlat) -> Cijfers:
    """Count an institution per a day, and keep it unless persons are still due: then it would not stay like this."""
    blad = bladen.tel(meetlat)
    geteld = cijfers(meetlat, blad.aantallen)
    if not achterstand():
        with transaction.atomic(using="stelsel"):
            _bewaar(meetlat, blad, geteld, None)
    return geteld


def _beeld(meetlat: Meetlat, geteld: Cijfers, geplaatst: datetime | None, merk: str = "") -> Dashboardbeeld:
    jaar, peil = meetlat.studiejaar, meetlat.peil
    soort = stamgegevens.gegevens_van(geteld.gegevens_versie).soort_van(meetlat.instelling)
    return Dashboardbeeld(
        instelling=meetlat.instelling,
        studiejaar=str(jaar),
        stand_per=peil.dag,
        stand=peil.stand,
        venster_van=jaar.controlevenster.begin,
        venster_tot=jaar.controlevenster.eind,
        geplaatst_op=geplaatst,
        signalen=signaaltellingen(geteld, soort, jaar, peil),
        cellen=geteld.cellen,
        totalen=geteld.totalen,
        merk=merk,
    )


def _lees(instelling: str, jaar: Studiejaar, dag: date) -> tuple[Cijfers, int, datetime | None] | None:
    """Return figures that are kept, with their stand and when they were placed, if they were."""
    with cursor() as sql:
        sql.execute(
            "SELECT id, cellen::text, totalen::text, niet_beoordeeld::text, gegevens_versie, stand, geplaatst_op"
            " FROM kwaliteit_cijferstand WHERE instelling = %s AND studiejaar = %s AND stand_per = %s",
            [instelling, str(jaar), dag],
        )
        rij = sql.fetchone()
        if rij is None:
            return None
        sql.execute("SELECT regel, kolom, aantal FROM kwaliteit_telling WHERE cijferstand_id = %s", [rij[0]])
        aantallen = {(regel, kolom): aantal for regel, kolom, aantal in sql}
    ontbreekt = msgspec.json.decode(rij[3], type=dict[str, tuple[str, ...]])
    geteld = Cijfers(aantallen, _telcellen.decode(rij[1]), msgspec.json.decode(rij[2]), ontbreekt, rij[4])
    return geteld, rij[5], rij[6]


def stand_van(instelling: str, jaar: Studiejaar, dag: date) -> int | None:
    """Return the stand of figures that are kept per a day; None: none are."""
    with cursor() as sql:
        sql.execute(
            "SELECT stand FROM kwaliteit_cijferstand WHERE instelling = %s AND studiejaar = %s AND stand_per = %s",
            [instelling, str(jaar), dag],
        )
        rij = sql.fetchone()
    return int(rij[0]) if rij else None


def plaats(dag: date | None = None) -> int:
    """Count the figures of all institutions per a day and keep them; return how many institutions are new.

    Figures that are there already stay as they are, so it may be done again.

    Raises:
        Kwaliteitsfout: the day is to come.
    """
    peil = per(dag or klok.vandaag())
    jaar = peil.studiejaar
    with transaction.atomic(using="stelsel"):
        return sum(
            _bewaar(meetlat, blad, geteld, klok.nu())
            for meetlat, blad, geteld in cijfers_van_allen(jaar, peil)
        )


def _bewaar(meetlat: Meetlat, blad: Telblad, geteld: Cijfers, geplaatst: datetime | None) -> bool:
    """Keep figures and who stands behind them; tell whether they are placed now, and were not before."""
    instelling, peil = meetlat.instelling, meetlat.peil
    with cursor() as sql:
        sql.execute(
            "INSERT INTO kwaliteit_cijferstand AS c (instelling, studiejaar, stand_per, stand, gegevens_versie,"
            " niet_beoordeeld, cellen, totalen, geplaatst_op)"
            " VALUES (%s, %s, %s, %s, %s, %s::jsonb, %s::jsonb, %s::jsonb, %s)"
            " ON CONFLICT (instelling, studiejaar, stand_per) DO UPDATE SET geplaatst_op = excluded.geplaatst_op"
            " WHERE c.geplaatst_op IS NULL AND excluded.geplaatst_op IS NOT NULL RETURNING id, xmax = 0",
            [
                *(instelling, str(meetlat.studiejaar), peil.dag, peil.stand, geteld.gegevens_versie),
                *map(_json, (geteld.ontbreekt, geteld.cellen, geteld.totalen)),
                geplaatst,
            ],
        )
        rij = sql.fetchone()
        if rij is None:
            return False
        nieuw, ingevoegd = rij
        if not ingevoegd:
            return True
        rijen = [(*plek, aantal) for plek, aantal in sorted(geteld.aantallen.items())]
        if rijen:
            sql.execute(
                "INSERT INTO kwaliteit_telling (cijferstand_id, instelling, stand_per, regel, kolom, aantal)"
                " SELECT %s, %s, %s, n.* FROM unnest(%s::text[], %s::text[], %s::int[]) AS n",
                [nieuw, instelling, peil.dag, *map(list, zip(*rijen, strict=True))],
            )
    bladen.bewaar(meetlat, blad)
    return geplaatst is not None


def _json(waarde: Any) -> str:
    return msgspec.json.encode(waarde).decode()


def geplaatst(instelling: str, verbinding: str = "default") -> tuple[date, ...]:
    """Return the days per which figures of an institution were placed, the latest first; none that the pass hides."""
    with cursor(verbinding) as sql:
        sql.execute(
            "SELECT stand_per FROM kwaliteit_cijferstand WHERE instelling = %s AND geplaatst_op IS NOT NULL"
            " ORDER BY stand_per DESC",
            [instelling],
        )
        return tuple(dag for (dag,) in sql)


def rooster() -> int:
    """Return the day of the week on which figures are placed: 1 is Monday, 7 Sunday, 0 never."""
    with cursor() as sql:
        sql.execute("SELECT weekdag FROM kwaliteit_rooster ORDER BY id DESC LIMIT 1")
        rij = sql.fetchone()
    return int(rij[0]) if rij else MAANDAG


def stel_rooster(weekdag: int, door: str) -> None:
    """Have figures placed on another day of the week, or (0) never.

    Raises:
        Kwaliteitsfout: it is no day of the week, or nobody says who decides.
    """
    if not 0 <= weekdag <= 7 or not door.strip():
        raise Kwaliteitsfout("Kies 1 (maandag) tot en met 7 (zondag), of 0 (nooit), en zeg wie dat besluit.")
    with cursor() as sql:
        sql.execute(
            "INSERT INTO kwaliteit_rooster (weekdag, door, op) VALUES (%s, %s, %s)",
            [weekdag, door, klok.nu()],
        )


def is_geplaatst(dag: date) -> bool:
    """Tell whether the figures per a day were placed."""
    with cursor() as sql:
        sql.execute(
            "SELECT EXISTS (SELECT FROM kwaliteit_cijferstand WHERE stand_per = %s AND geplaatst_op IS NOT NULL)",
            [dag],
        )
        rij = sql.fetchone()
    return bool(rij and rij[0])
