"""What is done to the records of a student so that a difference disappears: a value, a record, or one less."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from msgspec import Struct, structs

from kernregister.kern.formaten.indeling import NUMMERS, Record, Veldfout, tag, velden
from kernregister.kern.formaten.recordbestand import Groep
from kernregister.kern.formaten.ro import RO
from kernregister.kern.regels.paspoort import Tekst
from kernregister.kern.verschil import SLEUTELS
from kernregister.vergelijking.oorzaken import Aard, Afwijking, EigenTekst
from kernregister.vergelijking.vertaling import NIVEAUS, velden_van

VAN_DE_BRP: Final = "persoon"
"""The level whose values come from the source of person data: no melding of an institution changes them."""

SAMEN: Final = frozenset({"datum_uitschrijving_werkelijk", "reden_uitschrijving"})
"""Fields that are only right together: an end has a reason."""


class Keuze(StrEnum):
    """What is to happen with a difference."""

    OVERNEMEN = "overnemen"
    """The own administration is right: the register gets its value or its record."""
    VERWIJDEREN = "verwijderen"
    """What the own administration does not have never was: it is taken back."""
    BEEINDIGEN = "beeindigen"
    """An enrolment that the own administration no longer has, has ended."""


class Opdracht(Struct, frozen=True):
    """What was chosen, by whom and when; ``dag`` and ``reden`` go with an end."""

    id: UUID
    afzender: str
    moment: datetime
    keuze: Keuze = Keuze.OVERNEMEN
    dag: date | None = None
    reden: str = ""


class NietMogelijk(Exception):
    """Of these differences no melding can be made; ``tekst`` says why, and what can be done."""

    def __init__(self, nl: str, en: str) -> None:
        self.tekst = Tekst(nl, en)
        super().__init__(nl)


def verwerk(groep: Groep, afwijking: Afwijking, opdracht: Opdracht) -> None:
    """Do to the records of a student what a difference asks for.

    Raises:
        NietMogelijk: something is missing, or no melding of an institution can do it.
    """
    if afwijking.aard is Aard.TEGENSTRIJDIG:
        raise NietMogelijk(
            "De rijen van uw bestand spreken elkaar tegen. Verbeter dit eerst in uw eigen administratie.",
            "The rows of your file contradict each other. Mend this in your own administration first.",
        )
    if afwijking.aard is Aard.NIET_IN_EXPORT:
        _neem_weg(groep, afwijking, opdracht)
    elif opdracht.keuze is not Keuze.OVERNEMEN:
        raise NietMogelijk(
            "Verwijderen en beëindigen kan alleen wat uw eigen administratie niet heeft.",
            "Only what your own administration does not have can be removed or ended.",
        )
    elif afwijking.aard is Aard.NIET_IN_REGISTER:
        for eigen in afwijking.records:
            if eigen[0] != VAN_DE_BRP:
                groep.append(_record(eigen, groep))
    else:
        _wijzig(groep, afwijking)


def _wijzig(groep: Groep, afwijking: Afwijking) -> None:
    if afwijking.niveau == VAN_DE_BRP:
        raise NietMogelijk(
            "Persoonsgegevens komen uit de BRP; geen melding wijzigt ze. Verbeter uw eigen administratie, of laat de "
            "student de gemeente om herstel vragen.",
            "Personal data come from the population register (BRP); no melding changes them. Mend your own "
            "administration, or have the student ask the municipality to correct them.",
        )
    for plaats, record in enumerate(groep):
        if _is(record, afwijking.niveau, afwijking.plaats):
            waarde = _waarde(afwijking.niveau, afwijking.veld, afwijking.eigen)
            groep[plaats] = structs.replace(record, **{afwijking.veld: waarde})
            return
    raise NietMogelijk(
        "Het register heeft dit record intussen niet meer.",
        "The register does not have this record any more.",
    )


def _neem_weg(groep: Groep, afwijking: Afwijking, opdracht: Opdracht) -> None:
    if opdracht.keuze is Keuze.OVERNEMEN:
        raise NietMogelijk(
            "Uw administratie heeft dit niet. Kies zelf: verwijderen (het is nooit zo geweest) of beëindigen.",
            "Your administration does not have this. Choose: remove (it never was) or end.",
        )
    if opdracht.keuze is Keuze.BEEINDIGEN:
        _beeindig(groep, afwijking, opdracht)
        return
    if afwijking.niveau == VAN_DE_BRP:
        del groep[1:]
        return
    groep[:] = [r for r in groep if not _is(r, afwijking.niveau, afwijking.plaats)]
    if afwijking.niveau == "inschrijving":
        groep[:] = [r for r in groep if tag(type(r)) not in _ONDER or _volgnummer(r) != afwijking.plaats[0]]


_ONDER_INSCHRIJVING: Final = frozenset({"periode", "extra_ondersteuning", "bpv"})
_ONDER: Final = frozenset(NIVEAUS[niveau] for niveau in _ONDER_INSCHRIJVING)
_EIGEN_NUMMER: Final = frozenset({("inschrijving", "inschrijvingvolgnummer"), ("bpv", "volgnummer")})


def _beeindig(groep: Groep, afwijking: Afwijking, opdracht: Opdracht) -> None:
    if afwijking.niveau not in (VAN_DE_BRP, "inschrijving"):
        raise NietMogelijk("Alleen een inschrijving kan eindigen.", "Only an enrolment can end.")
    geraakt = 0
    for plaats, record in enumerate(groep):
        if tag(type(record)) != "ISG" or not (
            afwijking.niveau == VAN_DE_BRP or _is(record, "inschrijving", afwijking.plaats)
        ):
            continue
        isg: Any = record
        if isg.datum_uitschrijving_werkelijk in (None, opdracht.dag):
            geraakt += 1
            groep[plaats] = structs.replace(
                isg, datum_uitschrijving_werkelijk=opdracht.dag, reden_uitschrijving=opdracht.reden or None
            )
    if not geraakt:
        raise NietMogelijk(
            "Hier is geen inschrijving die nog loopt: er valt niets te beëindigen.",
            "There is no enrolment here that still runs: there is nothing to end.",
        )


def _is(record: Any, niveau: str, plaats: tuple[str, ...]) -> bool:
    soort = NIVEAUS[niveau]
    return tag(type(record)) == soort and tuple(str(getattr(record, v)) for v in SLEUTELS[soort]) == plaats


def _volgnummer(record: Any) -> str:
    return str(record.inschrijvingvolgnummer)


def _waarde(niveau: str, veld: str, tekst: str) -> Any:
    try:
        return velden_van(niveau)[veld].lees(tekst) if tekst else None
    except Veldfout as fout:
        raise NietMogelijk(
            f"{veld}: geen waarde van dit veld; verwacht {fout.verwacht}.",
            f"{veld}: no value of this field; expected {fout.verwacht}.",
        ) from None


def _record(eigen: EigenTekst, groep: Groep) -> Record:
    """Return a record of the own administration as the register would hold it; what can be known is filled in.

    Raises:
        NietMogelijk: a field is missing without which there is no such record.
    """
    niveau, teksten = eigen
    soort: Any = RO.records[NIVEAUS[niveau]]
    waarden = {veld: _waarde(niveau, veld, tekst) for veld, tekst in teksten.items()}
    kop: Any = groep[0]
    waarden |= {veld: getattr(kop, veld) for veld in NUMMERS}
    for veld in velden(soort):
        if waarden.get(veld.naam) is None:
            waarden[veld.naam] = _afgeleid(niveau, veld.naam, groep, waarden)
    mist = [
        v.naam for v in velden(soort) if v.verplicht and waarden[v.naam] is None and v.naam not in _MAG_LEEG
    ]
    if mist:
        namen = ", ".join(mist)
        raise NietMogelijk(
            f"Uw bestand geeft niet alles wat hiervoor nodig is: {namen}. Koppel die kolommen, of vul het in met het "
            "formulier.",
            f"Your file does not give all that this needs: {namen}. Map those columns, or fill in the form.",
        )
    record: Record = soort(**waarden)
    return record


_MAG_LEEG: Final = frozenset({"datum_uitschrijving_gepland", "datum_einde_gepland", "leerbedrijf_id"})
"""Fields that an RO always has and that the rules judge, better than we could."""


def _afgeleid(niveau: str, veld: str, groep: Groep, waarden: dict[str, Any]) -> Any:
    """Return what a field must be when the own administration does not say: a next number, the begin of the enrolment.

    A period or placement belongs to the enrolment in which it begins.
    """
    if (niveau, veld) in _EIGEN_NUMMER or veld == "resultaatvolgnummer":
        return _volgend_nummer(veld, groep)
    if veld == "inschrijvingvolgnummer" and niveau in _ONDER_INSCHRIJVING:
        begin = waarden.get("datum_begin")
        eigen: list[Any] = [r for r in groep if tag(type(r)) == "ISG"]
        passend = [r for r in eigen if begin is None or r.datum_inschrijving <= begin]
        return max(passend, key=lambda r: r.datum_inschrijving).inschrijvingvolgnummer if passend else None
    if niveau == "periode" and veld == "datum_begin":
        onder = waarden["inschrijvingvolgnummer"]
        return next(
            (r.datum_inschrijving for r in groep if _is(r, "inschrijving", (str(onder),))),  # type: ignore[attr-defined]
            None,
        )
    return None


def _volgend_nummer(veld: str, groep: Groep) -> str:
    """Return the first number after those in use."""
    soorten = {"inschrijvingvolgnummer": ("ISG",), "volgnummer": ("BPV",)}.get(
        veld, ("DIP", "AMO", "GEO", "KZD")
    )
    gebruikt = {str(getattr(r, veld)) for r in groep if tag(type(r)) in soorten}
    return str(max((int(n) for n in gebruikt if n.isdecimal()), default=0) + 1)
