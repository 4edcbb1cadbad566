"""The own administration of an institution in the demo: an export that differs here and there from the register."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from kernregister.kern.dossier import Dossier, Inschrijving, Inschrijvingsperiode
from kernregister.kern.tijd import Studiejaar
from kernregister.platform import klok
from kernregister.platform.sql import STELSEL
from kernregister.vergelijking.wijzigen import Keuze
from kernregister.voorzieningen.register import public as register
from kernregister.web.administratie import bestanden, koppelingen, opdrachten, uitvoeren, vergelijken
from kernregister.web.administratie.models import Toestand, Vergelijking, Verschil

KOPPELING: Final = """# Koppeling van de demo
[export]
datumvorm = "dd-mm-jjjj"
studentnummer = "Studentnummer"
naam = "Naam"

[persoon]
burgerservicenummer = "BSN"
onderwijsnummer = "Onderwijsnummer"

[inschrijving]
inschrijvingvolgnummer = "Inschrijving"
datum_inschrijving = "Startdatum"
datum_uitschrijving_gepland = "Geplande einddatum"
datum_uitschrijving_werkelijk = "Uitschrijfdatum"
reden_uitschrijving = "Reden uitstroom"

[periode]
datum_begin = "Begindatum periode"
opleidingcode = "Crebo"
leertraject = { kolom = "Leerweg", waarden = { "BOL voltijd" = "BOL" } }
"""
_KOP: Final = (
    *("Studentnummer", "Naam", "BSN", "Onderwijsnummer", "Inschrijving", "Startdatum", "Geplande einddatum"),
    *("Uitschrijfdatum", "Reden uitstroom", "Begindatum periode", "Crebo", "Leerweg"),
)
_VERZET: Final = 7
"""Of so many running enrolments one has another planned end in the own administration."""
_ELDERS: Final = 11
"""Of so many students one has a route there that the register does not have."""


def zet_klaar(instelling: str, door: str) -> None:
    """Upload an export, compare it and begin with one of its groups; a second one waits for its columns to be mapped.

    Args:
        instelling: whose administration it is.
        door: who did it.
    """
    vanaf = Studiejaar(Studiejaar.van(klok.vandaag()).start - 1).begin
    inhoud = _export(instelling).encode()
    eerste = bestanden.neem_in(instelling, "studentenadministratie.csv", [inhoud], vanaf=vanaf, door=door)
    bestanden.neem_in(instelling, "instroom.csv", [inhoud], vanaf=vanaf, door=door)
    koppeling = koppelingen.bewaar(instelling, "Studentenadministratie", KOPPELING, door)
    van = Vergelijking.objects.using(STELSEL).filter(id=eerste.pk)
    van.update(koppeling=koppeling, toestand=Toestand.WACHT)
    vergelijken.vergelijk(eerste.pk)
    verzet = Verschil.objects.filter(veld="datum_uitschrijving_gepland")
    opdracht = opdrachten.begin(van.get(), verzet, Keuze.OVERNEMEN, door=door)
    if opdracht is not None:
        uitvoeren.werk(opdracht.pk, proef=True)


def _export(instelling: str) -> str:
    uit = io.StringIO()
    schrijver = csv.writer(uit, delimiter=";", lineterminator="\r\n")
    schrijver.writerow(_KOP)
    dossiers = dict(register.van_instelling(instelling, register.stand()))
    bekend = register.studenten(list(dossiers), instelling, verbinding=STELSEL)
    for plaats, (persoon, dossier) in enumerate(dossiers.items()):
        if plaats == 3:
            continue  # a student whom the own administration forgot
        wie = bekend.get(persoon)
        kop = [wie.studentnummer if wie else "", wie.naam if wie else ""]
        schrijver.writerows([*kop, *rij] for rij in _rijen(dossier, instelling, plaats))
    return uit.getvalue()


def _rijen(dossier: Dossier, instelling: str, plaats: int) -> Iterator[list[str]]:
    wie = dossier.persoon
    for inschrijving in dossier.inschrijvingen:
        if inschrijving.instelling != instelling:
            continue
        for periode in inschrijving.perioden:
            yield [
                wie.burgerservicenummer or "",
                "" if wie.burgerservicenummer else wie.onderwijsnummer or "",
                *_inschrijving(inschrijving, plaats),
                *_periode(periode, plaats),
            ]


def _inschrijving(een: Inschrijving, plaats: int) -> list[str]:
    gepland = een.datum_uitschrijving_gepland
    if gepland and een.datum_uitschrijving_werkelijk is None and plaats % _VERZET == 0:
        gepland += timedelta(days=31)
    dagen = (een.datum_inschrijving, gepland, een.datum_uitschrijving_werkelijk)
    return [een.inschrijvingvolgnummer, *map(_dag, dagen), een.reden_uitschrijving or ""]


def _periode(een: Inschrijvingsperiode, plaats: int) -> list[str]:
    leerweg = een.leertraject
    if leerweg in ("BOL", "BBL") and plaats % _ELDERS == 5:
        leerweg = "BBL" if leerweg == "BOL" else "BOL"
    return [_dag(een.datum_begin), een.opleidingcode, "BOL voltijd" if leerweg == "BOL" else leerweg]


def _dag(dag: Any) -> str:
    return f"{dag:%d-%m-%Y}" if dag else ""
