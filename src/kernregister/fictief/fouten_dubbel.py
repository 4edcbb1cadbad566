"""Faults of being in two places at once: group E."""

from __future__ import annotations

from datetime import date

from kernregister.fictief.instellingen import School, vo_code, vso_code
from kernregister.fictief.persoon import VO_SCHOLEN, VSO_SCHOLEN
from kernregister.fictief.planting import Planting, fout
from kernregister.kern.dossier import Deelname


@fout("E01")
def andere_fase_dan_vo(p: Planting) -> None:
    """In the mbo phase here, in the vo phase (or none) there."""
    _andere_fase(p, "E01", "VO")


@fout("E02")
def andere_fase_dan_vso(p: Planting) -> None:
    """In the mbo phase here, in the vo phase (or none) there."""
    _andere_fase(p, "E02", "VSO")


def _andere_fase(p: Planting, regel: str, sector: str) -> None:
    route = ("GLR", "DLR")[p.nummer // 2 % 2]
    record = p.volg(p.traject(niveau="MBO-2", leerroute=route, leerroutefase="MBO"))
    fase = None if p.nummer % 2 else "VO"
    p.deelnames = (Deelname(sector, _elders(p, sector), date(p.k.jaar - 3, 8, 1), None, route, fase),)
    p.verwacht_periode(regel, record, record.perioden[0])


@fout("E03", op_teldatum=True)
def ook_in_vo(p: Planting) -> None:
    """Still enrolled in vo on 1 October."""
    eind = None if p.nummer % 2 else date(p.k.jaar, 10, 1)
    p.deelnames = (Deelname("VO", _elders(p, "VO"), date(p.k.jaar - 4, 8, 1), eind),)
    p.verwacht_inschrijving("E03", p.volg(p.traject(jaren=0)), p.k.teldata[0])


@fout("E04", op_teldatum=True)
def ook_in_vso(p: Planting) -> None:
    """Enrolled in vso too on the first teldatum, the second, or both."""
    teldata, begin, eind = _op_teldata(p)
    begin = begin or date(p.k.jaar - 3, 8, 1)
    p.deelnames = (Deelname("VSO", _elders(p, "VSO"), begin, eind),)
    p.verwacht_inschrijving("E04", p.volg(p.traject(jaren=0)), *teldata)


@fout("E05", alleen_bi=True, op_teldatum=True)
def dubbel_bekostigbaar_binnen(p: Planting) -> None:
    """Two funded enrolments at this institution; the signal is on the second."""
    _dubbel_bekostigbaar(p, "E05", p.school, 2)


@fout("E06", alleen_bi=True, op_teldatum=True)
def dubbel_bekostigbaar_buiten(p: Planting) -> None:
    """A funded enrolment at another institution as well; the signal is at both."""
    _dubbel_bekostigbaar(p, "E06", p.buur, 1)


def _dubbel_bekostigbaar(p: Planting, regel: str, waar: School, volgnummer: int) -> None:
    teldata, begin, eind = _op_teldata(p)
    eerste = p.traject()
    record = p.volg(eerste)
    tweede = p.traject(
        school=waar,
        kwalificatie=p.ander(eerste) if waar is p.school else p.t.kies(waar.aanbod["MBO-2"]),
        volgnummer=volgnummer,
        begin=begin or date(p.k.jaar, 8, 1),
        eind=eind,
        reden="04" if eind else None,
    )
    ander = p.volg(tweede)
    p.verwacht_periode(regel, ander, ander.perioden[0], *teldata)
    if waar is not p.school:
        p.verwacht_periode(regel, record, record.perioden[0], *teldata)


def _op_teldata(p: Planting) -> tuple[tuple[date, ...], date | None, date | None]:
    """Return the teldata of this case, with the begin and end by which a record is there on those days only."""
    keus = p.nummer % 3 if len(p.k.teldata) > 1 else 2
    if keus == 0:
        return p.k.teldata[:1], None, date(p.k.jaar, 11, 30)
    if keus == 1:
        return p.k.teldata[1:], date(p.k.jaar, 11, 1), None
    return p.k.teldata, None, None


def _elders(p: Planting, sector: str) -> str:
    if sector == "VO":
        return vo_code(p.t.getal(0, VO_SCHOLEN - 1))
    return vso_code(p.t.getal(0, VSO_SCHOLEN - 1))
