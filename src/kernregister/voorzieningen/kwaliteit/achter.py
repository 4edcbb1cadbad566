"""Who stands behind a number of the dashboard: the records that it counts, now or per a day (Handleiding h. 06)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any

from msgspec import Struct

from kernregister.kern.dossier import Bpv, Diploma, Dossier, Inschrijving
from kernregister.kern.overzichten.dashboard import Cel, Telpost
from kernregister.kern.regels.catalogus import catalogus
from kernregister.kern.regels.motor import Uitkomst
from kernregister.kern.tijd import Studiejaar
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.kwaliteit import bladen
from kernregister.voorzieningen.kwaliteit.dashboard import stand_van
from kernregister.voorzieningen.kwaliteit.fouten import Kwaliteitsfout, Onvindbaar
from kernregister.voorzieningen.kwaliteit.meetlat import KOLOMMEN, Meetlat
from kernregister.voorzieningen.kwaliteit.peil import Peil, jaar_van, per
from kernregister.voorzieningen.kwaliteit.signaal import Recordsleutel, lees_sleutel
from kernregister.voorzieningen.kwaliteit.telblad import Plek, Telblad, plek_van_cel, plek_van_regel
from kernregister.voorzieningen.kwaliteit.tellen import EENHEID, TELT_MEE
from kernregister.voorzieningen.kwaliteit.zicht import keur_cijfers
from kernregister.voorzieningen.register import public as register

MEESTE = 5000
"""Lines in one answer."""


class Getal(Struct, frozen=True):
    """A number of the dashboard: that of a rule, as a whole or on a teldatum, or the sum of some cells."""

    regel: str = ""
    kolom: str = ""
    cellen: tuple[Cel, ...] = ()

    @property
    def plekken(self) -> tuple[Plek, ...]:
        """Where it is counted on a telblad."""
        if self.regel:
            return (plek_van_regel(self.regel, self.kolom),)
        return tuple(map(plek_van_cel, self.cellen))


class Recordregel(Struct, frozen=True, kw_only=True):
    """A record of the institution itself, as far as it tells what was counted. What it has not is None."""

    soort: str
    inschrijvingvolgnummer: str | None = None
    bpv_volgnummer: str | None = None
    resultaatvolgnummer: str | None = None
    opleidingcode: str | None = None
    leertraject: str | None = None
    begin: date | None = None
    einde_gepland: date | None = None
    einde: date | None = None
    resultaat_op: date | None = None
    onderdeel: str | None = None


class Telregel(Struct, frozen=True, kw_only=True):
    """One of what a number counts: a record, an enrolment (**) or a person (*), with the records it is about."""

    persoon: int
    records: tuple[Recordregel, ...]
    signalen: tuple[int, ...] = ()
    """The signals it is, when it counts those on record."""
    teldata: tuple[date, ...] = ()


class Telregels(Struct, frozen=True):
    """Some of what a number counts, and how much it counts in all."""

    aantal: int
    regels: tuple[Telregel, ...]
    studiejaar: Studiejaar
    dag: date


def achter(
    instelling: str,
    getal: Getal,
    studiejaar: Studiejaar | None = None,
    stand_per: date | None = None,
    vanaf: int = 0,
    hoeveel: int = 50,
    verbinding: str = "default",
    hoogstens: int | None = None,
    na: int | None = None,
) -> Telregels:
    """Return what a number of the dashboard counts, in order of person.

    Args:
        instelling: whose number.
        getal: which number.
        studiejaar: as the dashboard was asked for.
        stand_per: as the dashboard was asked for.
        vanaf: after so many lines.
        hoeveel: lines at most (up to 5,000).
        verbinding: the connection on which the pass was put.
        hoogstens: of how many persons to count at most while the caller waits; None: of all.
        na: only persons with a higher id than this, and of each of them all lines: so a list can be gone through in
            stretches while the register changes. What is counted are the lines from there on.

    Raises:
        Onvindbaar: the pass gives no sight of these figures.
        Kwaliteitsfout: the day or the studiejaar cannot be asked for.
        WordtGeteld: there are more persons to count than ``hoogstens``.
    """
    studiejaar = keur_cijfers(instelling, verbinding, studiejaar)
    if getal.regel and getal.regel not in catalogus():
        raise Onvindbaar(f"Een regel {getal.regel} is er niet.")
    if vanaf < 0 or not 0 < hoeveel <= MEESTE:
        raise Kwaliteitsfout(f"Vraag 1 tot en met {MEESTE} regels, vanaf regel 0 of later.")
    peil = per(stand_per)
    jaar = jaar_van(studiejaar, peil)
    if stand_per is not None and (bewaard := stand_van(instelling, jaar, stand_per)) is not None:
        peil = Peil(peil.dag, bewaard, peil.moment)
    meetlat = Meetlat(instelling, jaar, peil)
    if getal.regel and meetlat.signalen_staan_er:
        aantal, regels = _op_rijen(meetlat, getal, na or 0, vanaf, hoeveel, verbinding)
    else:
        ids = _blad(meetlat, hoogstens).personen(getal.plekken)
        ids = ids[bisect_right(ids, na or 0) :]
        aantal, regels = len(ids), list(_op_blad(meetlat, getal, ids, vanaf, hoeveel))
    if na is not None and len(regels) < aantal:
        regels = [een for een in regels if een.persoon != regels[-1].persoon]
        if not regels:  # one person fills the stretch, and more
            return achter(
                instelling, getal, studiejaar, stand_per, vanaf, 2 * hoeveel, verbinding, hoogstens, na
            )
    return Telregels(aantal, tuple(regels), jaar, peil.dag)


def _blad(meetlat: Meetlat, hoogstens: int | None) -> Telblad:
    if meetlat.peil.stand is None:
        stand = bladen.bij(meetlat, hoogstens)
        return bladen.inzien(stand.id, stand.geteld_op)
    bewaard = bladen.lees(meetlat.instelling, meetlat.studiejaar, meetlat.peil.dag)
    if bewaard is not None:
        return bladen.inzien(bewaard.id, bewaard.geteld_op)
    if hoogstens is not None:
        bladen.keur_omvang(meetlat.instelling, hoogstens)
    blad = bladen.tel(meetlat)
    if stand_van(meetlat.instelling, meetlat.studiejaar, meetlat.peil.dag) is not None:
        bladen.bewaar(meetlat, blad)
    return blad


def _dossiers(meetlat: Meetlat, wie: Iterable[int]) -> dict[int, Dossier]:
    return dict(register.dossiers(set(wie), stand=meetlat.peil.stand))


def _op_blad(meetlat: Meetlat, getal: Getal, ids: Any, vanaf: int, hoeveel: int) -> Iterator[Telregel]:
    """Give a stretch of what is counted: of the persons in it everything is looked up, and the rest left out."""
    if vanaf >= len(ids):
        return
    over = vanaf - bisect_left(ids, ids[vanaf])
    dossiers = _dossiers(meetlat, ids[vanaf : vanaf + hoeveel])
    for persoon, dossier in sorted(dossiers.items()):
        gevonden = meetlat.vondsten(dossier)
        for vondst in [een for plek in getal.plekken for een in gevonden.get(plek, ())]:
            if over:
                over -= 1
            elif hoeveel:
                hoeveel -= 1
                yield _regel(persoon, dossier, vondst)


def _regel(persoon: int, dossier: Dossier, vondst: Telpost | tuple[Uitkomst, ...]) -> Telregel:
    if isinstance(vondst, Telpost):
        return Telregel(persoon=persoon, records=(_van_post(vondst),))
    sleutels = tuple(dict.fromkeys(Recordsleutel.van(u.sleutel) for u in vondst))
    teldata = {u.waarden["teldatum"] for u in vondst if u.waarden.get("teldatum")}
    records = tuple(_van_sleutel(dossier, sleutel) for sleutel in sleutels)
    return Telregel(persoon=persoon, records=records, teldata=tuple(sorted(teldata)))


_RIJEN = f"""
WITH eenheid AS (
    SELECT s.persoon_id, array_agg(s.id ORDER BY s.id) AS ids,
        array_agg(s.sleutel::text ORDER BY s.id) AS sleutels, array_agg(s.teldatum ORDER BY s.id) AS teldata
    FROM kwaliteit_signaal s
    WHERE {TELT_MEE} AND s.regel = %(regel)s AND s.persoon_id > %(na)s
      AND (%(teldatum)s::date IS NULL OR s.teldatum = %(teldatum)s)
    GROUP BY s.persoon_id, {{eenheid}}
)
SELECT count(*) OVER (), persoon_id, ids, sleutels, teldata FROM eenheid
ORDER BY persoon_id, ids LIMIT %(hoeveel)s OFFSET %(vanaf)s
"""  # noqa: S608 - texts of this room


def _op_rijen(
    meetlat: Meetlat, getal: Getal, na: int, vanaf: int, hoeveel: int, verbinding: str
) -> tuple[int, list[Telregel]]:
    """Return a stretch of the signals on record, as many as the pass shows of them."""
    teldatum = dict(zip(KOLOMMEN, meetlat.studiejaar.teldata, strict=True)).get(getal.kolom)
    vraag = _RIJEN.format(voorwaarde=meetlat.peil.voorwaarde, eenheid=EENHEID[catalogus()[getal.regel].telt])
    waarden = {"instelling": meetlat.instelling, "regel": getal.regel, "teldatum": teldatum, "na": na}
    with cursor(verbinding) as sql:
        sql.execute(vraag, {**waarden, **meetlat.peil.waarden, "vanaf": vanaf, "hoeveel": hoeveel})
        rijen = sql.fetchall()
    dossiers = _dossiers(meetlat, (rij[1] for rij in rijen))
    regels = [
        Telregel(
            persoon=persoon,
            records=tuple(
                _van_sleutel(dossiers.get(persoon), sleutel)
                for sleutel in dict.fromkeys(map(lees_sleutel, sleutels))
            ),
            signalen=tuple(ids),
            teldata=tuple(sorted({dag for dag in teldata if dag})),
        )
        for _, persoon, ids, sleutels, teldata in rijen
    ]
    return (rijen[0][0] if rijen else 0), regels


def _van_post(post: Telpost) -> Recordregel:
    record, een = post.record, post.inschrijving
    if isinstance(record, Inschrijving):
        return _van_inschrijving(record, post.periode.datum_begin if post.periode else None)
    if isinstance(record, Bpv):
        assert een is not None
        return _van_bpv(een, record)
    return _van_resultaat(record)


def _van_inschrijving(een: Inschrijving, periode_vanaf: date | None = None) -> Recordregel:
    periode = een.periode_op(periode_vanaf or date.max)
    return Recordregel(
        soort="Inschrijving",
        inschrijvingvolgnummer=een.inschrijvingvolgnummer,
        opleidingcode=periode.opleidingcode if periode else None,
        leertraject=periode.leertraject if periode else None,
        begin=een.datum_inschrijving,
        einde_gepland=een.datum_uitschrijving_gepland,
        einde=een.datum_uitschrijving_werkelijk,
    )


def _van_bpv(een: Inschrijving, bpv: Bpv) -> Recordregel:
    return Recordregel(
        soort="BPV",
        inschrijvingvolgnummer=een.inschrijvingvolgnummer,
        bpv_volgnummer=bpv.volgnummer,
        opleidingcode=bpv.opleidingcode,
        begin=bpv.datum_begin,
        einde_gepland=bpv.datum_einde_gepland,
        einde=bpv.datum_einde_werkelijk,
    )


def _van_resultaat(resultaat: Any) -> Recordregel:
    is_diploma = isinstance(resultaat, Diploma)
    return Recordregel(
        soort="Diploma" if is_diploma else "Resultaat",
        inschrijvingvolgnummer=resultaat.inschrijvingvolgnummer,
        resultaatvolgnummer=resultaat.resultaatvolgnummer,
        opleidingcode=resultaat.opleidingcode if is_diploma else None,
        resultaat_op=resultaat.datum_resultaat,
        onderdeel=None if is_diploma else resultaat.code,
    )


def _van_sleutel(dossier: Dossier | None, sleutel: Recordsleutel) -> Recordregel:
    """Return the own record of a signal; only its key when the record is there no more."""
    for een in dossier.inschrijvingen if dossier else ():
        if _is_van(een, sleutel) and een.inschrijvingvolgnummer == sleutel.inschrijvingvolgnummer:
            for bpv in een.bpvs if sleutel.bpv_volgnummer else ():
                if bpv.volgnummer == sleutel.bpv_volgnummer:
                    return _van_bpv(een, bpv)
            if sleutel.resultaatvolgnummer is None:
                return _van_inschrijving(een, sleutel.datum_begin)
    resultaten: Collection[Any] = (*dossier.diplomas, *dossier.losse_resultaten) if dossier else ()
    for resultaat in resultaten:
        if _is_van(resultaat, sleutel) and resultaat.resultaatvolgnummer == sleutel.resultaatvolgnummer:
            return _van_resultaat(resultaat)
    return Recordregel(
        soort=sleutel.record,
        inschrijvingvolgnummer=sleutel.inschrijvingvolgnummer,
        bpv_volgnummer=sleutel.bpv_volgnummer,
        resultaatvolgnummer=sleutel.resultaatvolgnummer,
        opleidingcode=sleutel.opleidingcode,
        begin=sleutel.datum_begin,
    )


def _is_van(record: Any, sleutel: Recordsleutel) -> bool:
    return bool(record.instelling == sleutel.instelling)
