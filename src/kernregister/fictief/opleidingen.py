"""The programmes of the fictitious sector: facts of an old law text, and a few that only exist here.

The codes 99901 up to 99950 are made up, so that no flag that matters to a signal is claimed of a real programme.
"""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Final

from msgspec import Struct

from kernregister.kern.gegevens import SPECIALISTENOPLEIDING, Opleiding
from kernregister.kern.tijd import dagen_na, maanden_na

DUUR: Final = {"MBO-1": 12, "MBO-2": 24, "MBO-3": 36, "MBO-4": 36}
"""Normative duration in months, after WEB 7.2.4a; of a specialistenopleiding 12."""

WETTELIJKE_TERMIJN: Final = 24
"""Months. The sources give no value: this one holds in the fictitious sector only."""

CROSS_OVERS: Final = ("99901", "99902")
"""The first may be given by one in three institutions; for the second every permission has run out."""
UNIEK: Final = ("99911", "99912")
"""The first is licensed to the unieke vakinstellingen; the second to nobody."""
BEEINDIGD: Final = "99921"
AFLOPEND: Final = "99922"
_FICTIEF_DOSSIER: Final = "99950"
_FICTIEF_DOMEIN: Final = "99960"


_PRIJSFACTOR: Final = Decimal("1.30")
"""Of what is made up, and of dossiers and domains: the source gives factors of qualifications only."""
_SOORT: Final = {
    "MBO-2": "basisberoepsopleiding",
    "MBO-3": "vakopleiding",
    "MBO-4": "middenkaderopleiding",
}


class Kwalificatie(Struct, frozen=True):
    """A programme that leads to a diploma."""

    code: str
    niveau: str
    dossier: str
    domein: str
    naam: str
    duur_jaren: int
    soort: str
    prijsfactor: Decimal


@cache
def kwalificaties() -> tuple[Kwalificatie, ...]:
    """Return the qualifications of the law text, in its order."""
    return tuple(
        Kwalificatie(
            rij["opleidingcode"],
            rij["niveau"],
            rij["dossiercode"],
            rij["domeincode"],
            rij["naam"],
            1 if rij["soort"] == SPECIALISTENOPLEIDING else DUUR[rij["niveau"]] // 12,
            rij["soort"],
            Decimal(rij["prijsfactor"]),
        )
        for rij in _rijen()
    )


@cache
def _rijen() -> list[dict[str, str]]:
    tekst = files(__package__).joinpath("kwalificaties.csv").read_text(encoding="utf-8")
    return list(csv.DictReader([r for r in tekst.splitlines() if not r.startswith("#")], delimiter=";"))


@cache
def verzonnen() -> dict[str, Kwalificatie]:
    """Return the programmes that exist only here, by code."""
    return {
        code: Kwalificatie(
            code,
            niveau,
            _FICTIEF_DOSSIER,
            _FICTIEF_DOMEIN,
            f"{naam} (fictief)",
            DUUR[niveau] // 12,
            _SOORT[niveau],
            _PRIJSFACTOR,
        )
        for code, niveau, naam in (
            (CROSS_OVERS[0], "MBO-4", "Cross-over mens en machine"),
            (CROSS_OVERS[1], "MBO-3", "Cross-over zorg en klank"),
            (UNIEK[0], "MBO-4", "Unieke vakopleiding torenuurwerkmaker"),
            (UNIEK[1], "MBO-3", "Unieke vakopleiding hoedenblokdraaier"),
            (BEEINDIGD, "MBO-2", "Beëindigde opleiding touwslager"),
            (AFLOPEND, "MBO-3", "Aflopende opleiding letterzetter"),
        )
    }


def einde_instroom(code: str, peildatum: date) -> date | None:
    """Return the last day of inflow: so long ago that one programme ends 60 days before the peildatum, one later."""
    if code == BEEINDIGD:
        return maanden_na(dagen_na(peildatum, -60), -DUUR["MBO-2"] - WETTELIJKE_TERMIJN)
    return maanden_na(peildatum, -6) if code == AFLOPEND else None


def register(peildatum: date) -> dict[str, Opleiding]:
    """Return all programmes as reference data: qualifications, dossiers, domains and the made-up ones."""
    uit: dict[str, Opleiding] = {}
    for rij in _rijen():
        uit[rij["domeincode"]] = _groep(rij["domeincode"], rij["domeinnaam"], "domein")
        uit[rij["dossiercode"]] = _groep(rij["dossiercode"], rij["dossiernaam"], "dossier")
    uit[_FICTIEF_DOMEIN] = _groep(_FICTIEF_DOMEIN, "Fictief domein", "domein")
    uit[_FICTIEF_DOSSIER] = _groep(_FICTIEF_DOSSIER, "Fictief dossier", "dossier")
    for kwalificatie in (*kwalificaties(), *verzonnen().values()):
        uit[kwalificatie.code] = Opleiding(
            kwalificatie.code,
            kwalificatie.naam,
            "kwalificatie",
            kwalificatie.niveau,
            einde_instroom(kwalificatie.code, peildatum),
            kwalificatie.duur_jaren * 12,
            cross_over=kwalificatie.code in CROSS_OVERS,
            unieke_vakopleiding=kwalificatie.code in UNIEK,
            soort_opleiding=kwalificatie.soort,
            prijsfactor=kwalificatie.prijsfactor,
            met_vws=False,
        )
    return dict(sorted(uit.items()))


def _groep(code: str, naam: str, soort: str) -> Opleiding:
    return Opleiding(
        code,
        naam,
        soort,
        cross_over=False,
        unieke_vakopleiding=False,
        prijsfactor=_PRIJSFACTOR,
        met_vws=False,
    )
