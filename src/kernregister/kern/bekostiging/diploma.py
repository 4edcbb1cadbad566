"""Diplomas: which of them count for the diplomawaarde, and for what.

Source: WEB 2.2.2 lid 2, 4 and 5; Uitvoeringsbesluit WEB 2.2.3, lid 6 above all.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from msgspec import Struct

from kernregister.kern.bekostiging.besluit import Diplomabesluit, Reden
from kernregister.kern.bekostiging.kader import Kader
from kernregister.kern.bekostiging.parameters import ENTREE
from kernregister.kern.bekostiging.verblijfsjaren import onderbroken
from kernregister.kern.dossier import Diploma, Dossier, Inschrijving
from kernregister.kern.tijd import OPEN

EXTRANEUS: Final = "EX"
_NUL: Final = Decimal(0)
_INDICATIE: Final = Reden("R20", True)
_GEEN_INDICATIE: Final = Reden("R20", False)
_IN_JAAR: Final = Reden("R30", True)
_NIVEAU: Final = Reden("R40", True)
_INSCHRIJVING: Final = Reden("R50", True)
_GEEN_INSCHRIJVING: Final = Reden("R50", False)
_STUDENT: Final = Reden("R60", True)
_STUDENT_ONBEKEND: Final = Reden("R60", None)
_EERSTE_VAN_JAAR: Final = Reden("R70", True)
_NIET_LAGER: Final = Reden("R80", True)
_ELDERS_ONBEKEND: Final = Reden("R80", None)
_RANG: Final = {ENTREE: 0, "MBO-2": 1, "MBO-3": 2, "MBO-4": 3}
_SPECIALIST: Final = 4
_ONBEKEND: Final = 5


class Behaald(Struct, frozen=True):
    """A diploma with its level. ``rang`` orders levels: that of a specialist is the highest, an unknown one is last."""

    diploma: Diploma
    niveau: str | None
    specialist: bool | None
    rang: int
    inschrijving: Inschrijving | None


def beslis_diplomas(dossier: Dossier, kader: Kader) -> tuple[Diplomabesluit, ...]:
    """Decide on the diplomas of the diploma year, in the order in which they were obtained."""
    if all(diploma.datum_resultaat.year != kader.diplomajaar for diploma in dossier.diplomas):
        return ()
    alle = [_behaald(diploma, dossier, kader) for diploma in dossier.diplomas]
    alle.sort(key=_volgorde)
    besluiten: list[Diplomabesluit] = []
    eerdere: list[Behaald] = []
    for behaald in alle:
        jaar = behaald.diploma.datum_resultaat.year
        if jaar > kader.diplomajaar:
            break
        if jaar < kader.diplomajaar:
            telt = _telde(behaald, kader)
        else:
            besluit = _besluit(behaald, eerdere, dossier, kader)
            besluiten.append(besluit)
            telt = besluit.status
        if telt or kader.parameters.eerdere_diplomas == "alle":
            eerdere.append(behaald)
    return tuple(besluiten)


def hoogste_voor(dossier: Dossier, voor: date, kader: Kader) -> Behaald | None:
    """Return the highest diploma that was funded and obtained before a day, whatever break came after it."""
    alle = [
        _behaald(diploma, dossier, kader) for diploma in dossier.diplomas if diploma.datum_resultaat < voor
    ]
    return max((b for b in alle if _telde(b, kader) and b.niveau), key=lambda b: b.rang, default=None)


def _volgorde(behaald: Behaald) -> tuple[date, int, str, str]:
    """Return the order of diplomas: of those of one day the lowest is the earlier."""
    diploma = behaald.diploma
    return diploma.datum_resultaat, behaald.rang, diploma.instelling, diploma.resultaatvolgnummer


def _behaald(diploma: Diploma, dossier: Dossier, kader: Kader) -> Behaald:
    inschrijving = _inschrijving_van(diploma, dossier)
    opleiding = kader.gegevens.opleidingen.get(diploma.opleidingcode)
    niveau = (opleiding.niveau if opleiding else None) or _niveau_van(inschrijving, diploma)
    specialist = opleiding.specialist if opleiding else None
    if niveau not in _RANG:
        niveau = None
    if specialist is None and niveau is not None and niveau != "MBO-4":
        specialist = False
    rang = _SPECIALIST if specialist else _RANG.get(niveau or "", _ONBEKEND)
    return Behaald(diploma, niveau, specialist, rang, inschrijving)


def _inschrijving_van(diploma: Diploma, dossier: Dossier) -> Inschrijving | None:
    for inschrijving in dossier.inschrijvingen:
        if (
            inschrijving.inschrijvingvolgnummer == diploma.inschrijvingvolgnummer
            and inschrijving.instelling == diploma.instelling
        ):
            return inschrijving
    return None


def _niveau_van(inschrijving: Inschrijving | None, diploma: Diploma) -> str | None:
    """Return the level that the enrolment gives for the programme of the diploma, the last that it gave."""
    niveaus = [
        (periode.datum_begin, periode.niveau)
        for periode in (inschrijving.perioden if inschrijving else ())
        if periode.niveau and periode.opleidingcode == diploma.opleidingcode
    ]
    return max(niveaus)[1] if niveaus else None


def _telde(behaald: Behaald, kader: Kader) -> bool:
    """Tell whether an earlier diploma was a funded one, of a level that counts."""
    diploma = behaald.diploma
    return (
        diploma.bekostigbaar is True
        and behaald.niveau != ENTREE
        and kader.instelling(diploma.instelling)[1].voldaan is not False
    )


def _besluit(behaald: Behaald, eerdere: list[Behaald], dossier: Dossier, kader: Kader) -> Diplomabesluit:
    diploma = behaald.diploma
    tellend = [
        eerder
        for eerder in eerdere
        if not onderbroken(
            dossier,
            eerder.diploma.datum_resultaat,
            kader.diplomajaar,
            kader.parameters.onderbreking_diplomas_jaren,
        )
    ]
    redenen = [
        kader.instelling(diploma.instelling)[1],
        _INDICATIE if diploma.bekostigbaar is True else _GEEN_INDICATIE,
        _IN_JAAR,
        *_niveau(behaald),
        *_inschrijving(behaald, dossier, kader),
    ]
    if all(reden.voldaan is not False for reden in redenen):
        redenen += [_hoger_dan_dat_jaar(behaald, tellend), *_na_eerdere(behaald, tellend, kader)]
    status = all(reden.voldaan is not False for reden in redenen)
    hoogste = max((eerder for eerder in tellend if eerder.niveau), key=lambda b: b.rang, default=None)
    return Diplomabesluit(
        diploma.instelling,
        diploma.resultaatvolgnummer,
        diploma.op_onderwijsnummer,
        diploma.opleidingcode,
        diploma.inschrijvingvolgnummer,
        diploma.datum_resultaat,
        behaald.niveau,
        behaald.specialist is True,
        hoogste.niveau if hoogste else None,
        hoogste.specialist if hoogste else None,
        status,
        _waarde(behaald, tellend, kader) if status else _NUL,
        tuple(redenen),
        diploma.onderwijsaanbieder,
    )


def _niveau(behaald: Behaald) -> list[Reden]:
    code = behaald.diploma.opleidingcode
    if behaald.niveau is None:
        return [Reden("R40", None, {"opleidingcode": code})]
    if behaald.niveau == ENTREE:
        return [Reden("R40", False, {"niveau": behaald.niveau})]
    return (
        [_NIVEAU]
        if behaald.specialist is not None
        else [_NIVEAU, Reden("R41", None, {"opleidingcode": code})]
    )


def _inschrijving(behaald: Behaald, dossier: Dossier, kader: Kader) -> tuple[Reden, ...]:
    """Tell whether there is an enrolment, and if so whether who obtained it was a student who counts."""
    if behaald.inschrijving is None:
        return (_GEEN_INSCHRIJVING,)
    return _INSCHRIJVING, _extraneus(behaald.inschrijving, behaald.diploma.datum_resultaat, dossier, kader)


def _extraneus(eigen: Inschrijving, datum: date, dossier: Dossier, kader: Kader) -> Reden:
    """Tell whether a student, or somebody who was a funded one not too long ago, obtained it (WEB 2.2.2 lid 2).

    An enrolment in a leertraject that is never funded (derde leerweg) makes nobody a student whose diploma counts.
    """
    periode = eigen.periode_op(datum)
    if periode is None or periode.leertraject in kader.parameters.leertrajecten:
        return _STUDENT
    if periode.leertraject != EXTRANEUS:
        return Reden("R61", False, {"leertraject": periode.leertraject})
    vanaf = datum.year - kader.parameters.termijn_extraneus_jaren
    for inschrijving in dossier.inschrijvingen:
        einde = _bekostigd_tot(inschrijving, datum, dossier, kader)
        if einde is not None and einde.year >= vanaf:
            return _STUDENT
    if not kader.bij_anderen_bekend:
        return _STUDENT_ONBEKEND
    return Reden("R60", False, {"vanaf": vanaf})


def _bekostigd_tot(inschrijving: Inschrijving, datum: date, dossier: Dossier, kader: Kader) -> date | None:
    """Return until when somebody was enrolled as a funded student before a day, without a diploma of it.

    Where the enrolment itself went on as an extraneus that is the day on which its funded period ended.
    """
    if kader.instelling(inschrijving.instelling)[0].voldaan is False:
        return None
    perioden = sorted(inschrijving.perioden, key=lambda p: p.datum_begin)
    einde = inschrijving.datum_uitschrijving_werkelijk or OPEN
    for periode in reversed([p for p in perioden if p.datum_begin <= datum]):
        if periode.leertraject in kader.parameters.leertrajecten:
            gehaald = any(
                diploma.datum_resultaat < datum and _inschrijving_van(diploma, dossier) is inschrijving
                for diploma in dossier.diplomas
            )
            return min(einde, datum) if periode.bekostigbaar is True and not gehaald else None
        if periode.leertraject != EXTRANEUS:
            return None
        einde = periode.datum_begin
    return None


def _hoger_dan_dat_jaar(behaald: Behaald, eerdere: list[Behaald]) -> Reden:
    """Tell whether it is higher than those of the same calendar year before it (WEB 2.2.2 lid 4)."""
    jaar = behaald.diploma.datum_resultaat.year
    for eerder in eerdere:
        zelfde_jaar = eerder.diploma.datum_resultaat.year == jaar
        if zelfde_jaar and _ONBEKEND not in (eerder.rang, behaald.rang) and eerder.rang >= behaald.rang:
            return Reden("R70", False, _van(eerder))
    return _EERSTE_VAN_JAAR


def _na_eerdere(behaald: Behaald, eerdere: list[Behaald], kader: Kader) -> list[Reden]:
    """Tell whether an earlier diploma was higher, and what cannot be judged about the earlier ones."""
    hoogste = _hoogste_gewone(eerdere)
    if not behaald.specialist and hoogste and behaald.niveau and hoogste.rang > behaald.rang:
        return [Reden("R80", False, {"niveau": hoogste.niveau})]
    redenen = [_NIET_LAGER if kader.bij_anderen_bekend else _ELDERS_ONBEKEND]
    onbekend = _onbekend(eerdere)
    if onbekend is not None:
        redenen.append(Reden("R81", None, _van(onbekend)))
    return redenen


def _van(eerder: Behaald) -> dict[str, str]:
    """Return which earlier diploma a reason is about: an institution is told of its own, not of another's."""
    diploma = eerder.diploma
    return {"instelling": diploma.instelling, "resultaatvolgnummer": diploma.resultaatvolgnummer}


def _hoogste_gewone(eerdere: list[Behaald]) -> Behaald | None:
    """Return the highest earlier diploma of basisberoeps-, vak- or middenkaderopleiding."""
    gewoon = [e for e in eerdere if e.specialist is False and e.niveau and e.niveau != ENTREE]
    return max(gewoon, key=lambda e: e.rang, default=None)


def _onbekend(eerdere: list[Behaald]) -> Behaald | None:
    """Return an earlier diploma of which too little is known to tell what a next one adds."""
    return next((e for e in eerdere if e.niveau is None or e.specialist is None), None)


def _waarde(behaald: Behaald, eerdere: list[Behaald], kader: Kader) -> Decimal | None:
    """Return what a diploma adds to the diplomawaarde; None when it cannot be told."""
    waarden = kader.parameters.diplomawaarde
    if behaald.niveau is None or behaald.specialist is None or _onbekend(eerdere) is not None:
        return None
    if behaald.specialist:
        return _NUL if any(e.specialist for e in eerdere) else kader.parameters.specialistwaarde
    hoogste = _hoogste_gewone(eerdere)
    eerder = waarden[hoogste.niveau] if hoogste and hoogste.niveau else _NUL
    return waarden[behaald.niveau] - eerder
