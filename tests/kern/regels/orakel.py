"""What the rules that depend on the day say, written naively from the specification: is it true on day P?

Straight over the records, one day at a time, with nothing shared with the rules or the facts. Each function returns
the keys of the records on which the signal stands.
"""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from kernregister.kern.dossier import Deelname, Dossier, Inschrijving, Inschrijvingsperiode
from kernregister.kern.gegevens import Gegevens, Soort

Sleutels = set[tuple[object, ...]]


def start(peildatum: date) -> int:
    """The year in which the studiejaar of a day began."""
    return peildatum.year - (peildatum.month < 8)


def teldata(peildatum: date) -> list[date]:
    """The counting dates of the studiejaar that have been reached."""
    jaar = start(peildatum)
    return [t for t in (date(jaar, 10, 1), date(jaar + 1, 2, 1)) if t <= peildatum]


def in_venster(inschrijving: Inschrijving, peildatum: date) -> bool:
    """Valid on a day of [1 August Y - 90 days, 31 July Y+1]."""
    eerste, laatste = date(start(peildatum), 8, 1) - timedelta(90), date(start(peildatum) + 1, 7, 31)
    eind = inschrijving.datum_uitschrijving_werkelijk or date.max
    return max(eerste, inschrijving.datum_inschrijving) <= min(laatste, eind)


def sleutel(inschrijving: Inschrijving) -> tuple[str, str]:
    return inschrijving.instelling, inschrijving.inschrijvingvolgnummer


def periode_op(inschrijving: Inschrijving, dag: date) -> Inschrijvingsperiode | None:
    """The period that holds: the last one begun, on a day that the enrolment is valid."""
    if not inschrijving.datum_inschrijving <= dag <= (inschrijving.datum_uitschrijving_werkelijk or date.max):
        return None
    return max(
        (p for p in inschrijving.perioden if p.datum_begin <= dag), key=lambda p: p.datum_begin, default=None
    )


def deelnames_op(dossier: Dossier, sector: str, dag: date) -> list[Deelname]:
    return [
        d
        for d in dossier.deelnames
        if d.sector == sector and d.datum_begin <= dag <= (d.datum_eind or date.max)
    ]


def maanden_later(dag: date, maanden: int) -> date | None:
    """The same day of a later month, or its last day; None beyond the calendar."""
    jaar, maand = divmod(dag.month - 1 + maanden, 12)
    jaar += dag.year
    if jaar > 9999:
        return None
    return date(jaar, maand + 1, min(dag.day, monthrange(jaar, maand + 1)[1]))


def b03(dossier: Dossier, peildatum: date, gegevens: Gegevens) -> Sleutels:
    uit: Sleutels = set()
    for i in dossier.inschrijvingen:
        laatste = max(i.perioden, key=lambda p: p.datum_begin, default=None)
        opleiding = gegevens.opleidingen.get(laatste.opleidingcode) if laatste else None
        if opleiding is None or opleiding.einde_instroom is None or opleiding.duur_maanden is None:
            continue
        maanden = opleiding.duur_maanden + (gegevens.wettelijke_termijn_maanden or 0)
        einde = maanden_later(opleiding.einde_instroom, maanden)
        if einde is None or (einde - peildatum).days > 90 or not in_venster(i, peildatum):
            continue
        if i.datum_uitschrijving_werkelijk is None or i.datum_uitschrijving_werkelijk > einde:
            uit.add(sleutel(i))
    return uit


def b04(dossier: Dossier, peildatum: date, gegevens: Gegevens) -> Sleutels:
    return {
        sleutel(i)
        for i in dossier.inschrijvingen
        if in_venster(i, peildatum)
        and i.datum_uitschrijving_werkelijk is None
        and i.datum_uitschrijving_gepland is not None
        and (peildatum - i.datum_uitschrijving_gepland).days > 90
    }


def b06(dossier: Dossier, peildatum: date, gegevens: Gegevens) -> Sleutels:
    return {
        sleutel(i)
        for i in dossier.inschrijvingen
        if in_venster(i, peildatum)
        and i.datum_uitschrijving_werkelijk is not None
        and (i.datum_uitschrijving_werkelijk - peildatum).days > 90
    }


def b08(dossier: Dossier, peildatum: date, gegevens: Gegevens) -> Sleutels:
    """A day that has come, on which the period holds and its aanbieder is missing or not valid.

    The first such day is the first day that counts, or the day on which a validity ends.
    """
    uit: Sleutels = set()
    for i in dossier.inschrijvingen:
        bi = gegevens.soort_van(i.instelling) is Soort.BI
        ingang, start_ = (
            (date(2019, 8, 1), date(2019, 12, 31)) if bi else (date(2020, 8, 1), date(2020, 11, 1))
        )
        if peildatum < start_ or not in_venster(i, peildatum):
            continue
        for p in i.perioden:
            aanbieder = gegevens.aanbieders.get(p.onderwijsaanbieder or "")
            geldig = aanbieder.geldig if aanbieder else ()
            eerste = max(i.datum_inschrijving, p.datum_begin, ingang)
            for dag in {eerste, *(g.eind for g in geldig)}:
                holds = ingang <= dag <= peildatum and periode_op(i, dag) is p
                if holds and not any(g.begin <= dag < g.eind for g in geldig):
                    uit.add((*sleutel(i), p.datum_begin))
    return uit


def c01(dossier: Dossier, peildatum: date, gegevens: Gegevens) -> Sleutels:
    return {
        (*sleutel(i), b.volgnummer)
        for i in dossier.inschrijvingen
        for b in i.bpvs
        if in_venster(i, peildatum)
        and b.datum_einde_werkelijk is not None
        and (b.datum_einde_werkelijk - peildatum).days > 90
    }


def _fase(sector: str) -> Callable[[Dossier, date, Gegevens], Sleutels]:
    def orakel(dossier: Dossier, peildatum: date, gegevens: Gegevens) -> Sleutels:
        eerste = peildatum.replace(day=1)
        uit: Sleutels = set()
        for i in dossier.inschrijvingen:
            p = periode_op(i, eerste)
            if p and in_venster(i, peildatum) and p.leertraject != "EX" and p.leerroutefase:
                for d in deelnames_op(dossier, sector, eerste):
                    if d.leerroutefase != p.leerroutefase:
                        uit.add((*sleutel(i), p.datum_begin, d.instelling, d.leerroutefase))
        return uit

    return orakel


def _dubbel(dossier: Dossier, sector: str, teldatum: date) -> Sleutels:
    uit: Sleutels = set()
    for i in dossier.inschrijvingen:
        p = periode_op(i, teldatum)
        if p and p.leertraject in {"BOL", "BBL"} and not p.leerroute:
            for d in deelnames_op(dossier, sector, teldatum):
                if sector == "VSO" or not d.leerroute:  # a vo enrolment with a leerroute is left out as well
                    uit.add((*sleutel(i), teldatum, d.instelling))
    return uit


def e03(dossier: Dossier, peildatum: date, gegevens: Gegevens) -> Sleutels:
    oktober = [t for t in teldata(peildatum) if t.month == 10]
    return {
        gevonden
        for t in oktober
        if not deelnames_op(dossier, "VAVO", t)
        for gevonden in _dubbel(dossier, "VO", t)
    }


def e04(dossier: Dossier, peildatum: date, gegevens: Gegevens) -> Sleutels:
    return {gevonden for t in teldata(peildatum) for gevonden in _dubbel(dossier, "VSO", t)}


def _bekostigbaar(
    dossier: Dossier, teldatum: date, gegevens: Gegevens
) -> list[tuple[Inschrijving, Inschrijvingsperiode]]:
    volgorde = sorted(dossier.inschrijvingen, key=lambda i: (i.datum_inschrijving, i.inschrijvingvolgnummer))
    bij_bi = [i for i in volgorde if gegevens.soort_van(i.instelling) is Soort.BI]
    geldend = [(i, periode_op(i, teldatum)) for i in bij_bi]
    return [(i, p) for i, p in geldend if p and p.bekostigbaar and p.leertraject in {"BOL", "BBL"}]


def e05(dossier: Dossier, peildatum: date, gegevens: Gegevens) -> Sleutels:
    uit: Sleutels = set()
    for t in teldata(peildatum):
        for code, instelling in gegevens.instellingen.items():
            if instelling.soort is Soort.BI:
                eigen = [(i, p) for i, p in _bekostigbaar(dossier, t, gegevens) if i.instelling == code]
                uit |= {(*sleutel(i), p.datum_begin, t) for i, p in eigen[1:]}
    return uit


def e06(dossier: Dossier, peildatum: date, gegevens: Gegevens) -> Sleutels:
    uit: Sleutels = set()
    for t in teldata(peildatum):
        dubbel = _bekostigbaar(dossier, t, gegevens)
        for i, p in dubbel:
            elders = {ander.instelling for ander, _ in dubbel} - {i.instelling}
            uit |= {(*sleutel(i), p.datum_begin, t, code) for code in elders}
    return uit


ORAKELS: dict[str, Callable[[Dossier, date, Gegevens], Sleutels]] = {
    "B03": b03,
    "B04": b04,
    "B06": b06,
    "B08": b08,
    "C01": c01,
    "E01": _fase("VO"),
    "E02": _fase("VSO"),
    "E03": e03,
    "E04": e04,
    "E05": e05,
    "E06": e06,
}
