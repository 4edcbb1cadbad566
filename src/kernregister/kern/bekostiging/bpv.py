"""The placements that an enrolment in BBL counts on: with an agreement and a beginning in time, and not ended."""

from __future__ import annotations

from datetime import date

from kernregister.kern.bekostiging.besluit import Reden
from kernregister.kern.dossier import Bpv

OP_TIJD = Reden("T90", True)


def weeg_bpvs(
    bpvs: tuple[Bpv, ...],
    opleidingcodes: frozenset[str],
    opleidingcode: str,
    teldatum: date,
    uiterlijk: tuple[date, date],
    *,
    met_vws: bool | None,
    is_groep: bool,
) -> tuple[Reden, tuple[Bpv, ...]]:
    """Return the judgement, with the placements that count.

    Args:
        bpvs: those of the enrolment.
        opleidingcodes: the codes that a placement for the programme may have.
        opleidingcode: the programme of the period on the teldatum.
        teldatum: the day.
        uiterlijk: the last day for an agreement and a beginning: as a rule, and of a programme fixed with VWS.
        met_vws: whether it was fixed with VWS.
        is_groep: the programme is a dossier or domain, so that its placements carry another code.
    """
    gewoon, ruim = uiterlijk
    grens = ruim if met_vws else gewoon
    tellen: list[Bpv] = []
    misschien: list[Bpv] = []
    beste: Reden | None = None
    for bpv in bpvs:
        eigen = bpv.opleidingcode in opleidingcodes
        if not eigen and not (is_groep and bpv.opleidingcode):
            continue
        reden = _reden(bpv, teldatum, grens)
        if reden is None and eigen:
            tellen.append(bpv)
        elif reden is None:
            beste = _verst(beste, Reden("T90", None, {"opleidingcode": opleidingcode}))
            misschien.append(bpv)
        elif met_vws is None and eigen and _reden(bpv, teldatum, ruim) is None:
            beste = _verst(beste, Reden("T91", None, {"bpv": bpv.volgnummer, "uiterlijk": gewoon}))
            misschien.append(bpv)
        elif eigen:
            beste = _verst(beste, reden)
    if tellen:
        return OP_TIJD, tuple(tellen)
    return beste or Reden("T90", False, {"opleidingcode": opleidingcode}), tuple(misschien)


def _reden(bpv: Bpv, teldatum: date, grens: date) -> Reden | None:
    """Return why a placement does not count on a day, or None when it does."""
    nummer = bpv.volgnummer
    if bpv.afsluitdatum > grens:
        return Reden("T91", False, {"bpv": nummer, "afsluitdatum": bpv.afsluitdatum, "uiterlijk": grens})
    if bpv.datum_begin > grens:
        return Reden("T92", False, {"bpv": nummer, "datum_begin": bpv.datum_begin, "uiterlijk": grens})
    einde = bpv.datum_einde_werkelijk
    if einde is not None and einde < teldatum:
        return Reden("T93", False, {"bpv": nummer, "datum_einde": einde})
    return None


def _verst(een: Reden | None, ander: Reden) -> Reden:
    """Return the reason that says most: one that cannot be judged, else the furthest step, else the lowest number."""
    if een is None:
        return ander
    return min(een, ander, key=_voorrang)


def _voorrang(reden: Reden) -> tuple[bool, int, str]:
    return reden.voldaan is not None, -int(reden.code[2]), str(reden.waarden.get("bpv", ""))
