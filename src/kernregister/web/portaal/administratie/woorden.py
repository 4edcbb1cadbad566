"""What levels, fields, kinds of difference and their keys are called, in both languages."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from kernregister.kern.regels.paspoort import Tekst
from kernregister.kern.verschil import SLEUTELS
from kernregister.vergelijking.oorzaken import Aard
from kernregister.vergelijking.vertaling import NIVEAUS
from kernregister.web.administratie.models import Afloop
from kernregister.web.portaal.formulieren.labels import LABELS

NIVEAU: Final[dict[str, Tekst]] = {
    "persoon": Tekst("Student", "Student"),
    "inschrijving": Tekst("Inschrijving", "Enrolment"),
    "periode": Tekst("Inschrijvingsperiode", "Period of an enrolment"),
    "extra_ondersteuning": Tekst("Extra ondersteuning", "Extra support"),
    "bpv": Tekst("BPV", "Placement (BPV)"),
    "diploma": Tekst("Diploma", "Diploma"),
    "keuzedeel": Tekst("Keuzedeel", "Elective (keuzedeel)"),
    "examenonderdeel": Tekst("Examenonderdeel", "Exam part"),
    "amvb_onderdeel": Tekst("AMvB-onderdeel", "AMvB part"),
}

_VELDEN: Final[dict[str, Tekst]] = {
    "indicatie_bekostigbaar": LABELS["bekostigbaar"],
    "code": Tekst("Code", "Code"),
    "resultaat": Tekst("Behaald of niet", "Passed or not"),
    "resultaatvolgnummer_diploma": Tekst("Hoort bij diploma", "Part of diploma"),
    "opleidingcode_diploma": Tekst("Opleiding van het diploma", "Programme of the diploma"),
}

AARD: Final[dict[Aard, Tekst]] = {
    Aard.VERSCHIL: Tekst("verschilt", "differs"),
    Aard.LEEG_EIGEN: Tekst("alleen in het register gevuld", "filled in the register only"),
    Aard.LEEG_REGISTER: Tekst("alleen in uw administratie gevuld", "filled in your administration only"),
    Aard.NIET_IN_REGISTER: Tekst("alleen in uw administratie", "in your administration only"),
    Aard.NIET_IN_EXPORT: Tekst("alleen in het register", "in the register only"),
    Aard.TEGENSTRIJDIG: Tekst("rijen spreken elkaar tegen", "rows contradict each other"),
}

AFLOOP: Final[dict[str, Tekst]] = {
    Afloop.OPEN: Tekst("open", "open"),
    Afloop.EIGEN: Tekst("zelf verbeteren", "mend yourself"),
    Afloop.GEWEIGERD: Tekst("geweigerd", "refused"),
    Afloop.DOORGEVOERD: Tekst("doorgevoerd", "applied"),
    Afloop.OPGELOST: Tekst("opgelost", "solved"),
}

_SLEUTEL: Final[dict[str, Tekst]] = {
    "inschrijvingvolgnummer": Tekst("inschrijving", "enrolment"),
    "resultaatvolgnummer": Tekst("resultaat", "result"),
    "volgnummer": Tekst("BPV", "placement"),
    "datum_begin": Tekst("vanaf", "from"),
}


def veldnaam(veld: str) -> Tekst:
    """Return what a field of a record is called."""
    gevonden = LABELS.get(veld) or _VELDEN.get(veld)
    return gevonden or Tekst(veld, veld)


def groepnaam(aard: str, niveau: str, veld: str) -> Tekst:
    """Return what a group of differences is about."""
    wat, hoe = NIVEAU[niveau], AARD[Aard(aard)]
    if not veld:
        return Tekst(f"{wat.nl} {hoe.nl}", f"{wat.en} {hoe.en}")
    naam = veldnaam(veld)
    return Tekst(f"{naam.nl} ({wat.nl}): {hoe.nl}", f"{naam.en} ({wat.en}): {hoe.en}")


def recordnaam(niveau: str, plaats: list[str], sleutel: list[str]) -> Tekst:
    """Return which record of a student a difference is on, by the key that the register has for it."""
    velden = SLEUTELS[NIVEAUS[niveau]]
    if len(plaats) != len(velden):
        los = " ".join(waarde_van(deel) for deel in sleutel)
        return Tekst(los, los)
    nl, en = (
        ", ".join(
            f"{getattr(_SLEUTEL[veld], taal) if veld in _SLEUTEL else ''} {waarde_van(deel)}".strip()
            for veld, deel in zip(velden, plaats, strict=True)
        )
        for taal in ("nl", "en")
    )
    return Tekst(nl, en)


def aantal_verschillen(aantal: int) -> Tekst:
    """Return how many differences, in words."""
    if aantal == 1:
        return Tekst("1 verschil", "1 difference")
    return Tekst(f"{aantal:,} verschillen".replace(",", "."), f"{aantal:,} differences")


def waarde_van(tekst: Any) -> str:
    """Return a value as people write it: dates the Dutch way round."""
    woord = str(tekst)
    if len(woord) == 10 and woord[4] == woord[7] == "-":
        try:
            return f"{date.fromisoformat(woord):%d-%m-%Y}"
        except ValueError:
            return woord
    return woord
