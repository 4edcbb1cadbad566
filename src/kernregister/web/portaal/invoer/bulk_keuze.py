"""The form of a bulk change: whom it is about, and what changes; read from what was typed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from msgspec import Struct

from kernregister.kern.parameters.waardelijsten import WAARDELIJSTEN
from kernregister.kern.regels.paspoort import Tekst
from kernregister.kern.sleutels import (
    ONDERWIJSAANBIEDER,
    ONDERWIJSLOCATIE,
    OPLEIDINGCODE,
    Vorm,
    is_nummer_van_persoon,
)
from kernregister.kern.tijd import Studiejaar
from kernregister.platform.pas import met_pas
from kernregister.voorzieningen.register import public as register
from kernregister.web.bulk.kiezen import MEESTE
from kernregister.web.bulk.wijzigen import Einde, Gepland, Plaats, Wijziging
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.formulieren.vorm import Soort, Veld
from kernregister.web.portaal.formulieren.waarden import Tikfout, lees

VELDEN: Final = (
    *("opleidingcode", "cohort", "gepland_van", "gepland_tot", "studentnummers", "beeindigd"),
    *(
        "wat",
        "gepland_datum",
        "einde_datum",
        "einde_reden",
        "onderwijsaanbieder",
        "onderwijslocatie",
        "vanaf",
    ),
)
WAT: Final = {
    "gepland": Tekst("Geplande datum uitschrijving", "Planned end date"),
    "einde": Tekst("Beëindigen: werkelijke datum en reden", "End: actual date and reason"),
    "plaats": Tekst("Onderwijsaanbieder of onderwijslocatie", "Onderwijsaanbieder or onderwijslocatie"),
}
"""What can be changed."""

_DATUM: Final = Veld("datum", Soort.DATUM, date, False, None)
_SCHEIDING = re.compile(r"[\s,;]+")
_VERPLICHT: Final = Tekst("Vul dit veld in.", "Fill in this field.")
_IETS: Final = Tekst(
    "Geef een onderwijsaanbieder, een onderwijslocatie, of allebei.", "Give a provider, a location, or both."
)
_WIE: Final = Tekst(
    "Kies waarop u zoekt, of plak studentnummers.", "Choose by what to search, or paste student numbers."
)
_NIEMAND: Final = Tekst(
    "Hier valt geen enkele inschrijving onder. Kies ruimer, of kijk de studentnummers na.",
    "No enrolment fits this. Choose more widely, or check the student numbers.",
)
_TE_VEEL: Final = Tekst(
    "Dit zijn meer dan {n} inschrijvingen. Kies nauwer.",
    "These are more than {n} enrolments. Choose more narrowly.",
)
_ONBEKEND: Final = Tekst("Onbekend bij uw instelling: {nummers}.", "Unknown at your institution: {nummers}.")
_GEEN_BSN: Final = Tekst(
    "Plak eigen studentnummers, geen burgerservicenummers.", "Paste own student numbers, no BSNs."
)
_GEEN_JAAR: Final = Tekst(
    "Schrijf een studiejaar, zoals 2024-2025.", "Write a studiejaar, such as 2024-2025."
)
_VORM: Final = Tekst("Verwacht {wat}.", "This is no such code: {wat}.")
_KIES: Final = Tekst("Kies wat u wilt wijzigen.", "Choose what to change.")
_REDEN: Final = Tekst("Kies een reden.", "Choose a reason.")


class Wens(Struct):
    """What somebody asks: faults by field, and without faults the change and the enrolments."""

    waarden: dict[str, str]
    fouten: dict[str, list[str]]
    wijziging: Wijziging | None = None
    gekozen: tuple[tuple[int, str], ...] = ()


class _Lezing:
    def __init__(self, bezoek: Bezoek, post: Mapping[str, str]) -> None:
        self.bezoek = bezoek
        self.waarden = {veld: post.get(veld, "").replace("\0", "").strip() for veld in VELDEN}
        self.fouten: dict[str, list[str]] = {}

    def fout(self, veld: str, tekst: Tekst, **waarden: Any) -> None:
        """Add a fault."""
        self.fouten.setdefault(veld, []).append(self.bezoek.tekst(tekst).format(**waarden))

    def datum(self, veld: str, *, verplicht: bool = False) -> date | None:
        """Return a date."""
        try:
            gelezen = lees(_DATUM, self.waarden[veld])
        except Tikfout as fout:
            self.fout(veld, fout.tekst)
            return None
        if gelezen is None and verplicht:
            self.fout(veld, _VERPLICHT)
        return date.fromisoformat(gelezen) if gelezen else None

    def code(self, veld: str, vorm: Vorm) -> str | None:
        """Return a code."""
        waarde = self.waarden[veld]
        if waarde and not vorm.past(waarde):
            self.fout(veld, _VORM, wat=vorm.verwacht)
        return waarde or None

    def wijziging(self) -> Wijziging | None:
        """Return what changes."""
        match self.waarden["wat"]:
            case "gepland":
                dag = self.datum("gepland_datum", verplicht=True)
                return Gepland(dag) if dag else None
            case "einde":
                dag = self.datum("einde_datum", verplicht=True)
                reden = self.waarden["einde_reden"]
                if reden not in WAARDELIJSTEN["reden_uitschrijving"]:
                    self.fout("einde_reden", _REDEN)
                return Einde(dag, reden) if dag else None
            case "plaats":
                aanbieder = self.code("onderwijsaanbieder", ONDERWIJSAANBIEDER)
                locatie = self.code("onderwijslocatie", ONDERWIJSLOCATIE)
                vanaf = self.datum("vanaf")
                if not aanbieder and not locatie:
                    self.fout("onderwijsaanbieder", _IETS)
                return Plaats(aanbieder, locatie, vanaf)
        self.fout("wat", _KIES)
        return None

    def keuze(self, instelling: str) -> register.Keuze:
        """Return which enrolments."""
        jaar = None
        if self.waarden["cohort"]:
            try:
                jaar = Studiejaar.lees(self.waarden["cohort"])
            except ValueError:
                self.fout("cohort", _GEEN_JAAR)
        personen = self._personen(instelling)
        if not any(self.waarden[veld] for veld in VELDEN[:5]):
            self.fout("opleidingcode", _WIE)
        return register.Keuze(
            opleidingcode=self.code("opleidingcode", OPLEIDINGCODE),
            cohort=jaar,
            gepland_van=self.datum("gepland_van"),
            gepland_tot=self.datum("gepland_tot"),
            personen=personen,
            lopend=self.waarden["beeindigd"] != "ja",
        )

    def _personen(self, instelling: str) -> tuple[int, ...] | None:
        nummers = [nummer for nummer in _SCHEIDING.split(self.waarden["studentnummers"]) if nummer][
            : MEESTE + 1
        ]
        if not nummers:
            return None
        if any(map(is_nummer_van_persoon, nummers)):
            self.fout("studentnummers", _GEEN_BSN)
            return ()
        with met_pas(self.bezoek.pas):
            bekend = register.op_studentnummer(instelling, nummers)
        onbekend = [nummer for nummer in nummers if nummer not in bekend]
        if onbekend:
            self.fout("studentnummers", _ONBEKEND, nummers=", ".join(n[:40] for n in onbekend[:20]))
        return tuple(sorted({persoon for wie in bekend.values() for persoon in wie}))


def lees_wens(bezoek: Bezoek, post: Mapping[str, str]) -> Wens:
    """Read the form of a bulk change, and find whom it is about; everything that is wrong is told at once."""
    lezing = _Lezing(bezoek, post)
    instelling = bezoek.instelling or ""
    wijziging, keuze = lezing.wijziging(), lezing.keuze(instelling)
    if lezing.fouten or wijziging is None:
        return Wens(lezing.waarden, lezing.fouten)
    with met_pas(bezoek.pas):
        gevonden = register.kies_inschrijvingen(instelling, keuze, MEESTE + 1)
        bezoek.gelezen({een.persoon for een in gevonden[:MEESTE]}, "inschrijvingen kiezen", "registreren")
    if not gevonden:
        lezing.fout("opleidingcode", _NIEMAND)
    elif len(gevonden) > MEESTE:
        lezing.fout("opleidingcode", _TE_VEEL, n=MEESTE)
    gekozen = tuple((een.persoon, een.inschrijvingvolgnummer) for een in gevonden)
    return Wens(lezing.waarden, lezing.fouten, wijziging, gekozen)
