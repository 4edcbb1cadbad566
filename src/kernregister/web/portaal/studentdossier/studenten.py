"""The own students in a list, so that nobody needs to know a number to find one."""

from __future__ import annotations

from datetime import date
from typing import Final
from urllib.parse import urlencode

from msgspec import Struct

from kernregister.kern.regels.paspoort import Tekst
from kernregister.kern.sleutels import OPLEIDINGCODE
from kernregister.kern.tijd import OnvolledigeDatum, Studiejaar
from kernregister.platform import klok
from kernregister.platform.pas import met_pas
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.stamgegevens import public as stamgegevens
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.formulieren.waarden import GEEN_DATUM, lees_dag
from kernregister.web.portaal.studentdossier.blik import recent, studiejaar_van
from kernregister.web.portaal.studentdossier.delen import Schrijver

PER_BLADZIJDE: Final = 50
_GEEN_CODE: Final = Tekst(
    "Een opleidingscode heeft vijf cijfers, zoals 25655.",
    "The code of a programme has five digits, such as 25655.",
)


class Regel(Struct, frozen=True):
    """A student in the list, with an enrolment."""

    persoon: int
    studentnummer: str
    naam: str
    geboortedatum: OnvolledigeDatum | None
    opleiding: str = ""
    van: date | None = None
    tot: date | None = None


class Lijst(Struct, frozen=True):
    """A page of the list, with what it was filtered by."""

    regels: tuple[Regel, ...] = ()
    volgende: str = ""
    """Address of the next page; empty: this is the last."""
    dag: str = ""
    opleiding: str = ""
    fouten: dict[str, list[str]] = {}
    gevraagd: bool = False
    """Whether the list was asked for: without that nobody is shown."""


def studentenlijst(bezoek: Bezoek) -> Lijst:
    """Return the page of the list that the address asks for."""
    vraag = bezoek.request.GET
    dag = vraag.get("dag", _gewone_dag(bezoek).isoformat()).strip()[:20]
    opleiding = vraag.get("opleiding", "").strip()[:20]
    if not {"dag", "opleiding", "na"} & set(vraag):
        return Lijst(dag=dag)
    fouten: dict[str, list[str]] = {}
    op = lees_dag(dag)
    if dag and op is None:
        fouten["dag"] = [bezoek.tekst(GEEN_DATUM)]
    if opleiding and not OPLEIDINGCODE.past(opleiding):
        fouten["opleiding"] = [bezoek.tekst(_GEEN_CODE)]
    if fouten:
        return Lijst(dag=dag, opleiding=opleiding, fouten=fouten, gevraagd=True)
    na = vraag.get("na", "")
    begin = int(na) if na.isascii() and na.isdigit() and len(na) < 16 else 0
    regels, laatste = _lees(bezoek, op, opleiding or None, begin)
    adres = urlencode({"dag": dag, "opleiding": opleiding, "na": laatste})
    return Lijst(regels, f"?{adres}#studenten" if laatste else "", dag, opleiding, {}, True)


def _gewone_dag(bezoek: Bezoek) -> date:
    """Return the day that the list begins with: today, or the first teldatum of another studiejaar than this."""
    vandaag, jaar = klok.vandaag(), studiejaar_van(bezoek)
    return vandaag if jaar == Studiejaar.van(vandaag) else jaar.teldata[0]


def _lees(
    bezoek: Bezoek, op: date | None, opleiding: str | None, begin: int
) -> tuple[tuple[Regel, ...], int]:
    """Return the students from a person on, and with whom the next page begins; 0: there is none."""
    s = Schrijver(bezoek, stamgegevens.gegevens())
    with met_pas(bezoek.pas):
        rijen = register.inschrijvingen(
            bezoek.instelling, na=(begin, ""), op=op, opleidingcode=opleiding, aantal=PER_BLADZIJDE + 1
        )
        # The enrolments of one person stay together, so the person who does not fit whole opens the next page.
        rest = (
            rijen[-1].persoon if len(rijen) > PER_BLADZIJDE and rijen[-1].persoon != rijen[0].persoon else 0
        )
        getoond = [rij for rij in rijen if rij.persoon != rest]
        wie = {rij.persoon for rij in getoond}
        namen = register.studenten(wie, bezoek.instelling)
        bezoek.gelezen(wie, "studenten tonen", "overzicht-maken")
    return (
        tuple(
            Regel(
                rij.persoon,
                rij.studentnummer,
                namen[rij.persoon].naam,
                namen[rij.persoon].geboortedatum,
                s.code("opleidingen", rij.opleidingcode),
                rij.datum_inschrijving,
                rij.datum_uitschrijving_werkelijk,
            )
            for rij in getoond
            if rij.persoon in namen
        ),
        rest,
    )


def bekenden(bezoek: Bezoek, wie: list[int] | None = None) -> list[Regel]:
    """Return persons by own student number and name: those that were opened recently, or others that were found."""
    ids = recent(bezoek) if wie is None else wie
    if not ids:
        return []
    with met_pas(bezoek.pas):
        namen = register.studenten(ids, bezoek.instelling)
        bezoek.gelezen([een for een in ids if een in namen], "studenten tonen")
    return [
        Regel(een, namen[een].studentnummer, namen[een].naam, namen[een].geboortedatum)
        for een in ids
        if een in namen
    ]
