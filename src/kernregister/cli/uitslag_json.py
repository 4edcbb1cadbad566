"""The outcome of a check as one JSON object. Its fields are declared here; ``docs/opdrachten.md`` explains them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from kernregister import __version__
from kernregister.controle.uitslag import Bestand, Uitslag
from kernregister.kern.formaten.verslag import Opmerking
from kernregister.kern.gegevens import Soort
from kernregister.kern.overzichten.signaalrijen import tel
from kernregister.kern.regels.motor import NietBeoordeeld, Sleutel, Uitkomst
from kernregister.kern.regels.paspoort import Ernst, Telling
from kernregister.kern.tijd import OPEN

DOCUMENT = "kernregister-controle"


class Vindplaats(Struct, frozen=True):
    """Where something is: line number (None: the file as a whole) and the value found there."""

    regel: int | None
    waarde: str


class Melding(Struct, frozen=True):
    """One cause with the places it shows: a remark or, with ``fout``, something that was left out."""

    code: str
    tekst: str
    fout: bool
    bestand: str
    recordsoort: str
    veld: str
    verwacht: str
    aantal: int
    plaatsen: list[Vindplaats]
    """The first twenty."""


class Signaal(Struct, frozen=True):
    """A finding: the rule, the record it is about, and the peildata [van, tot) on which it is true."""

    regel: str
    ernst: Ernst
    sleutel: Sleutel
    van: date | None
    """None: always so far."""
    tot: date | None
    """None: until something changes."""
    waarden: dict[str, Any]


class Regelstand(Struct, frozen=True):
    """How often a rule was found, counted as DUO's dashboard counts it."""

    regel: str
    titel: str
    telt: Telling
    aantal: int
    personen: int
    per_teldatum: dict[date, int]
    """Only of rules that are judged on the teldata."""


class Cel(Struct, frozen=True):
    """A number of the lower part of DUO's dashboard."""

    blok: str
    rij: str
    kolom: str
    aantal: int


class Tellingen(Struct, frozen=True):
    """DUO's dashboard: signals per rule, and how many enrolments, placements and results there are."""

    personen: int
    inschrijvingen: int
    lopend: int
    regels: list[Regelstand]
    cellen: list[Cel]


class Controle(Struct, frozen=True, tag_field="document", tag=DOCUMENT):
    """All that a check gives."""

    versie: str
    peildatum: date
    studiejaar: str
    soorten: dict[str, Soort]
    bestanden: list[Bestand]
    tellingen: dict[str, int]
    opmerkingen: list[Melding]
    signalen: list[Signaal]
    niet_beoordeeld: list[NietBeoordeeld]
    dashboard: Tellingen


def controle_van(uitslag: Uitslag) -> Controle:
    """Return the outcome of a check as it is published."""
    regels = uitslag.regels
    return Controle(
        __version__,
        uitslag.peildatum,
        str(uitslag.studiejaar),
        uitslag.soorten,
        uitslag.bestanden,
        {soort: aantal for soort, aantal in uitslag.tellingen.items() if not soort.islower()},
        [_melding(opmerking) for opmerking in uitslag.opmerkingen],
        [
            Signaal(
                u.regel,
                regels[u.regel].ernst,
                u.sleutel,
                None if u.van == date.min else u.van,
                None if u.tot == OPEN else u.tot,
                u.waarden,
            )
            for u in uitslag.uitkomsten
        ],
        uitslag.niet_beoordeeld,
        Tellingen(
            uitslag.dashboard.personen,
            uitslag.dashboard.inschrijvingen,
            uitslag.dashboard.lopend,
            regelstanden(uitslag),
            [
                Cel(blok, rij, kolom, aantal)
                for (blok, rij, kolom), aantal in sorted(uitslag.dashboard.cellen.items())
            ],
        ),
    )


def _melding(opmerking: Opmerking) -> Melding:
    plaatsen = [Vindplaats(plaats.regel or None, plaats.waarde) for plaats in opmerking.plaatsen]
    velden = msgspec.structs.asdict(opmerking)
    return Melding(**(velden | {"plaatsen": plaatsen}))


def regelstanden(uitslag: Uitslag) -> list[Regelstand]:
    """Return for each rule with findings how often it was found, in order of id."""
    per_regel: dict[str, list[Uitkomst]] = {}
    for uitkomst in uitslag.uitkomsten:
        per_regel.setdefault(uitkomst.regel, []).append(uitkomst)
    standen = []
    for id_, gevonden in sorted(per_regel.items()):
        regel = uitslag.regels[id_]
        teldata = sorted({u.waarden["teldatum"] for u in gevonden if "teldatum" in u.waarden})
        standen.append(
            Regelstand(
                id_,
                regel.titel.nl,
                regel.telt,
                tel(regel, gevonden),
                len({u.sleutel.pgn for u in gevonden}),
                {dag: tel(regel, [u for u in gevonden if u.waarden["teldatum"] == dag]) for dag in teldata},
            )
        )
    return standen


def als_json(uitslag: Uitslag) -> bytes:
    """Return the outcome of a check as JSON, for people to read as well."""
    return msgspec.json.format(msgspec.json.encode(controle_van(uitslag)), indent=2) + b"\n"


def is_van_ons(pad: Path) -> bool:
    """Tell whether a file is the outcome of an earlier check."""
    try:
        with pad.open("rb") as bestand:
            begin = bestand.read(200)
    except OSError:
        return False
    return begin.replace(b" ", b"").replace(b"\n", b"").startswith(b'{"document":"%s"' % DOCUMENT.encode())
