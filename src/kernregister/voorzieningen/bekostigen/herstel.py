"""Which melding would mend what keeps an enrolment or diploma from counting, where that can be told. Pure.

Of a signal or a reason whose mending is a field value that follows from what is registered, this makes the melding that
the institution would send. It proposes; whether it is true, only the institution knows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import msgspec
from msgspec import Struct, structs

from kernregister.kern.bekostiging.besluit import Reden
from kernregister.kern.dossier import Bpv, Diploma, Dossier, Inschrijving
from kernregister.kern.leesbaar import als_object
from kernregister.kern.meldingen.berichten import VAN_HET_REGISTER, Aangeleverd, lees

HERSTELBAAR = frozenset({"T30", "T90", "T91", "T92", "T93", "R20", "R50"})
"""Reasons that an institution can mend itself: its own indication, placements with their agreements, a link."""

GEEN_UITVAL = "08"
"""Reden uitschrijving that fits when no other does (spec 4.1)."""


class Record(Struct, frozen=True):
    """A record of one institution in a dossier, as a draft takes it up."""

    dossier: Dossier
    instelling: str
    inschrijvingvolgnummer: str | None = None
    datum_begin: date | None = None
    bpv_volgnummer: str | None = None
    resultaatvolgnummer: str | None = None

    @property
    def inschrijving(self) -> Inschrijving | None:
        """The enrolment."""
        return self.inschrijving_met(self.inschrijvingvolgnummer)

    def inschrijving_met(self, nummer: str | None) -> Inschrijving | None:
        """Return an enrolment of the institution by its number."""
        return next(
            (
                een
                for een in self.dossier.inschrijvingen
                if (een.instelling, een.inschrijvingvolgnummer) == (self.instelling, nummer)
            ),
            None,
        )

    @property
    def bpv(self) -> Bpv | None:
        """The placement."""
        onder = self.inschrijving
        return (
            next((een for een in onder.bpvs if een.volgnummer == self.bpv_volgnummer), None)
            if onder
            else None
        )

    @property
    def diploma(self) -> Diploma | None:
        """The diploma."""
        return next(
            (
                een
                for een in self.dossier.diplomas
                if (een.instelling, een.resultaatvolgnummer) == (self.instelling, self.resultaatvolgnummer)
            ),
            None,
        )


class Concept(Struct, frozen=True):
    """Makes drafts in the name of an institution, on the number under which it knows the record."""

    record: Record
    moment: datetime

    def met_inschrijving(self, een: Inschrijving) -> Aangeleverd:
        """Return the melding that delivers an enrolment."""
        inhoud = _zonder_vast(als_object(een), "bpvs")
        return self._melding("AanleverenInschrijving", een.op_onderwijsnummer, inschrijving=inhoud)

    def met_bpv(self, onder: Inschrijving, een: Bpv) -> Aangeleverd:
        """Return the melding that delivers a placement."""
        nummer = onder.inschrijvingvolgnummer
        return self._melding(
            "AanleverenBpv", onder.op_onderwijsnummer, inschrijvingvolgnummer=nummer, bpv=als_object(een)
        )

    def met_diploma(self, een: Diploma) -> Aangeleverd:
        """Return the melding that delivers a diploma."""
        inhoud = _zonder_vast(als_object(een))
        inhoud["onderdelen"] = [_zonder_vast(als_object(deel)) for deel in een.onderdelen]
        return self._melding("AanleverenDiploma", een.op_onderwijsnummer, diploma=inhoud)

    def _melding(self, soort: str, op_onderwijsnummer: bool, **inhoud: Any) -> Aangeleverd:
        wie = self.record.dossier.persoon
        nummer = (
            {"onderwijsnummer": wie.onderwijsnummer}
            if wie.onderwijsnummer and (op_onderwijsnummer or not wie.burgerservicenummer)
            else {"burgerservicenummer": wie.burgerservicenummer}
        )
        kop = {"soort": soort, "id": uuid4(), "afzender": self.record.instelling, "moment": self.moment}
        return lees(msgspec.json.encode(kop | nummer | inhoud))


def _zonder_vast(inhoud: dict[str, Any], *ook: str) -> dict[str, Any]:
    return {
        veld: waarde for veld, waarde in inhoud.items() if veld not in VAN_HET_REGISTER and veld not in ook
    }


def met_bekostigbaar(een: Inschrijving, begin: date | None, waarde: bool) -> Inschrijving:
    """Return an enrolment of which the period that began on a day is fundable or not."""
    perioden = tuple(
        structs.replace(periode, bekostigbaar=waarde) if periode.datum_begin == begin else periode
        for periode in een.perioden
    )
    return structs.replace(een, perioden=perioden)


# ------------------------------------------------------------------------------------------ signals


Waarden = Mapping[str, Any]
Voorstel = Callable[[Concept, Waarden], Aangeleverd | None]


def _uit_op_gepland(concept: Concept, waarden: Waarden) -> Aangeleverd | None:
    een = concept.record.inschrijving
    if een is None:
        return None
    reden = een.reden_uitschrijving or GEEN_UITVAL
    return concept.met_inschrijving(
        structs.replace(
            een, datum_uitschrijving_werkelijk=een.datum_uitschrijving_gepland, reden_uitschrijving=reden
        )
    )


def _uit_is_verwachting(concept: Concept, waarden: Waarden) -> Aangeleverd | None:
    een = concept.record.inschrijving
    if een is None:
        return None
    gepland = een.datum_uitschrijving_gepland or een.datum_uitschrijving_werkelijk
    return concept.met_inschrijving(
        structs.replace(
            een,
            datum_uitschrijving_gepland=gepland,
            datum_uitschrijving_werkelijk=None,
            reden_uitschrijving=None,
        )
    )


def _bpv_einde_is_verwachting(concept: Concept, waarden: Waarden) -> Aangeleverd | None:
    onder, een = concept.record.inschrijving, concept.record.bpv
    if onder is None or een is None:
        return None
    gepland = een.datum_einde_gepland or een.datum_einde_werkelijk
    return concept.met_bpv(
        onder, structs.replace(een, datum_einde_gepland=gepland, datum_einde_werkelijk=None)
    )


def _bpv_tot_uitschrijving(concept: Concept, waarden: Waarden) -> Aangeleverd | None:
    onder, een = concept.record.inschrijving, concept.record.bpv
    if onder is None or een is None:
        return None
    einde = onder.datum_uitschrijving_werkelijk
    return concept.met_bpv(onder, structs.replace(een, datum_einde_werkelijk=einde))


def _uit_op_diploma(concept: Concept, waarden: Waarden) -> Aangeleverd | None:
    diploma = concept.record.diploma
    een = concept.record.inschrijving_met(diploma.inschrijvingvolgnummer) if diploma else None
    if diploma is None or een is None:
        return None
    return concept.met_inschrijving(
        structs.replace(
            een,
            datum_uitschrijving_werkelijk=diploma.datum_resultaat,
            reden_uitschrijving=een.reden_uitschrijving or GEEN_UITVAL,
        )
    )


def _niet_bekostigbaar(concept: Concept, waarden: Waarden) -> Aangeleverd | None:
    een = concept.record.inschrijving
    return concept.met_inschrijving(met_bekostigbaar(een, concept.record.datum_begin, False)) if een else None


def _wel_bekostigbaar(concept: Concept, waarden: Waarden) -> Aangeleverd | None:
    een = concept.record.inschrijving
    return concept.met_inschrijving(met_bekostigbaar(een, concept.record.datum_begin, True)) if een else None


def _met_reden(concept: Concept, waarden: Waarden) -> Aangeleverd | None:
    een = concept.record.inschrijving
    return concept.met_inschrijving(structs.replace(een, reden_uitschrijving=GEEN_UITVAL)) if een else None


def _diploma_bekostigbaar(concept: Concept, waarden: Waarden) -> Aangeleverd | None:
    een = concept.record.diploma
    return concept.met_diploma(structs.replace(een, bekostigbaar=True)) if een else None


VAN_SIGNAAL: Mapping[str, Voorstel] = {
    "B04": _uit_op_gepland,
    "B06": _uit_is_verwachting,
    "C01": _bpv_einde_is_verwachting,
    "C03": _bpv_tot_uitschrijving,
    "D02": _uit_op_diploma,
    "E05": _niet_bekostigbaar,
    "G05": _met_reden,
    "H15": _wel_bekostigbaar,
    "K14": _diploma_bekostigbaar,
}
"""Rule of a signal -> the melding by which the signal goes, made after the advice of the rule."""


# ------------------------------------------------------------------------------------------ reasons


def _tijdig(veld: str) -> Voorstel:
    """Return a proposal that puts a date of the placement on the last day that is in time."""

    def maak(concept: Concept, waarden: Waarden) -> Aangeleverd | None:
        record = structs.replace(concept.record, bpv_volgnummer=waarden.get("bpv"))
        onder, een, dag = record.inschrijving, record.bpv, waarden.get("uiterlijk")
        if onder is None or een is None or not isinstance(dag, date):
            return None
        afsluiting = min(een.afsluitdatum, dag)
        return concept.met_bpv(onder, structs.replace(een, **{"afsluitdatum": afsluiting, veld: dag}))

    return maak


def _gekoppeld(concept: Concept, waarden: Waarden) -> Aangeleverd | None:
    een = concept.record.diploma
    if een is None:
        return None
    passend = [
        i.inschrijvingvolgnummer
        for i in concept.record.dossier.inschrijvingen
        if i.instelling == een.instelling and any(p.opleidingcode == een.opleidingcode for p in i.perioden)
    ]
    if len(passend) != 1:
        return None
    return concept.met_diploma(structs.replace(een, inschrijvingvolgnummer=passend[0]))


def _indicatie_op(teldatum: date) -> Voorstel:
    def maak(concept: Concept, waarden: Waarden) -> Aangeleverd | None:
        een = concept.record.inschrijving
        periode = een.periode_op(teldatum) if een else None
        if een is None or periode is None:
            return None
        return concept.met_inschrijving(met_bekostigbaar(een, periode.datum_begin, True))

    return maak


def van_redenen(concept: Concept, redenen: tuple[Reden, ...], teldatum: date | None) -> list[Aangeleverd]:
    """Return what would mend the reasons for which something does not count; empty where that cannot be told."""
    voorstellen: dict[str, Voorstel] = {
        "T91": _tijdig("afsluitdatum"),
        "T92": _tijdig("datum_begin"),
        "R20": _diploma_bekostigbaar,
        "R50": _gekoppeld,
    }
    if teldatum is not None:
        voorstellen["T30"] = _indicatie_op(teldatum)
    gemaakt = (
        voorstellen[reden.code](concept, reden.waarden)
        for reden in redenen
        if reden.voldaan is False and reden.code in voorstellen
    )
    return [een for een in gemaakt if een is not None]
