"""Finding a student by exactly one number, with the messages of the manual (Handleiding h. 08, foutmeldingen).

A number comes in the body of a form and goes nowhere else. An institution that has nothing to do with a person learns
not even whether the register knows them: for it that person is unknown. Who tries numbers one after the other is
stopped, and the audit trail tells who searched in vain.
"""

from __future__ import annotations

from typing import Final

from allauth.core.internal.ratelimit import consume
from msgspec import Struct

from kernregister.kern.regels.paspoort import Tekst
from kernregister.kern.sleutels import is_bsn, is_onderwijsnummer
from kernregister.platform import audit, klok
from kernregister.platform.pas import met_pas
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.stamgegevens import public as stamgegevens
from kernregister.web.portaal.bezoek import Bezoek

_LANGSTE: Final = 40
VERGEEFS: Final = "30/h/key"
"""How often somebody may search in vain by a number: far more than typing errors, far too little to try numbers."""
_SCHEIDING: Final = str.maketrans("", "", " .-\t\N{NO-BREAK SPACE}")


class Melding(Struct, frozen=True):
    """A message on the search screen, in the words of the manual."""

    titel: Tekst
    tekst: Tekst
    veld: str = ""
    """The field it is about."""
    status: int = 422


GEEN_ZOEKCRITERIUM: Final = Melding(
    Tekst("Geen zoekcriterium", "No search criterion"),
    Tekst(
        "Er moet tenminste één zoekcriterium worden opgegeven.",
        "At least one search criterion must be given.",
    ),
    "burgerservicenummer",
)
TE_VEEL_ZOEKCRITERIA: Final = Melding(
    Tekst("Te veel zoekcriteria", "Too many search criteria"),
    Tekst("Er mag maar één zoekcriterium worden opgegeven.", "Only one search criterion may be given."),
    "burgerservicenummer",
)
ALGEMENE_FOUT: Final = Melding(
    Tekst("Algemene fout", "General error"),
    Tekst(
        "Er is een interne fout opgetreden, neem contact op met de functioneel beheerder.",
        "An internal error occurred, please contact the functional administrator.",
    ),
    status=500,
)
BSN_NIET_PROOF: Final = Melding(
    Tekst("Burgerservicenummer niet nummer proof", "Citizen service number fails the number check"),
    Tekst(
        "Het ingevoerde burgerservicenummer voldoet niet aan de nummerproof.",
        "The citizen service number that was entered does not pass the number check.",
    ),
    "burgerservicenummer",
)
OWN_NIET_PROOF: Final = Melding(
    Tekst("Onderwijsnummer niet nummer proof", "Education number fails the number check"),
    Tekst(
        "Het ingevoerde onderwijsnummer voldoet niet aan de nummerproof.",
        "The education number that was entered does not pass the number check.",
    ),
    "onderwijsnummer",
)
PERSOON_ONBEKEND: Final = Melding(
    Tekst("Persoon onbekend", "Person unknown"),
    Tekst(
        "Met de opgegeven zoekcriteria is er geen persoon gevonden.",
        "No person was found with the search criteria that were given.",
    ),
    status=404,
)
TE_VAAK: Final = Melding(
    Tekst("Te vaak gezocht", "Searched too often"),
    Tekst(
        "U zocht het afgelopen uur te vaak op een nummer dat bij niemand van uw instelling hoort. Probeer het later "
        "opnieuw, of zoek op het eigen studentnummer.",
        "In the past hour you searched too often by a number of nobody at your institution. Try again later, or search "
        "by your own student number.",
    ),
    status=429,
)
GEEN_GEGEVENS: Final = Melding(
    Tekst("Geen gegevens gevonden", "No data found"),
    Tekst(
        "Er zijn geen deelname(s) of resultaten van de student gevonden. Als de student géén actieve- of toekomstige "
        "inschrijving heeft worden er geen gegevens getoond.",
        "No enrolments or results of the student were found. When the student has no active or future enrolment, no "
        "data are shown.",
    ),
    status=404,
)


class Criteria(Struct, frozen=True):
    """What was typed."""

    burgerservicenummer: str = ""
    onderwijsnummer: str = ""
    studentnummer: str = ""

    @property
    def gevuld(self) -> list[str]:
        """The fields in which something was typed."""
        return [veld for veld in self.__struct_fields__ if getattr(self, veld).strip()]


class Uitslag(Struct, frozen=True):
    """What came of a search: persons, or a message."""

    gevonden: tuple[int, ...] = ()
    melding: Melding | None = None
    keuze: bool = False
    """Who is meant is not certain: the visitor chooses."""
    vertrokken: int | None = None
    """An own student of whom the dossier shows nothing any more."""


def criteria(bezoek: Bezoek) -> Criteria:
    """Return what was typed in the form."""
    return Criteria(*(bezoek.request.POST.get(veld, "")[:_LANGSTE] for veld in Criteria.__struct_fields__))


def zoek(bezoek: Bezoek, wie: Criteria) -> Uitslag:
    """Find the student, or by own student number or name those who may be meant."""
    if not wie.gevuld:
        return Uitslag(melding=GEEN_ZOEKCRITERIUM)
    if len(wie.gevuld) > 1:
        return Uitslag(melding=TE_VEEL_ZOEKCRITERIA)
    if wie.gevuld == ["studentnummer"]:
        return _op_studentnummer(bezoek, wie.studentnummer.strip())
    if wie.gevuld == ["burgerservicenummer"]:
        nummer = zonder_tekens(wie.burgerservicenummer)
        return _op_nummer(bezoek, nummer) if is_bsn(nummer) else Uitslag(melding=BSN_NIET_PROOF)
    nummer = zonder_tekens(wie.onderwijsnummer)
    return _op_nummer(bezoek, nummer) if is_onderwijsnummer(nummer) else Uitslag(melding=OWN_NIET_PROOF)


def zonder_tekens(nummer: str) -> str:
    """Return a number without spaces, dots and dashes; one of eight digits lost its first nought."""
    kaal = nummer.translate(_SCHEIDING)
    return f"0{kaal}" if len(kaal) == 8 and kaal.isascii() and kaal.isdigit() else kaal


def _op_nummer(bezoek: Bezoek, nummer: str) -> Uitslag:
    if not _telt_mee(bezoek, alleen_kijken=True):
        return Uitslag(melding=TE_VAAK)
    gevonden = personen.zoek([nummer]).get(nummer)
    with met_pas(bezoek.pas):
        if gevonden is None or not register.is_betrokken(gevonden):
            _leg_vergeefs_vast(bezoek)
            return Uitslag(melding=PERSOON_ONBEKEND)
        bezoek.gelezen([gevonden], "persoon zoeken")
        gezien = register.studentdossier(gevonden, klok.vandaag(), stamgegevens.gegevens())
    return Uitslag((gevonden,)) if gezien else Uitslag(melding=GEEN_GEGEVENS, vertrokken=gevonden)


def _telt_mee(bezoek: Bezoek, *, alleen_kijken: bool) -> bool:
    """Count a search in vain over all web processes; False: there were too many."""
    grens = {"vergeefs": VERGEEFS}
    ruimte = consume(
        bezoek.request,
        app="studentdossier",
        action="vergeefs",
        config=grens,
        key=bezoek.naam,
        dry_run=alleen_kijken,
    )
    return ruimte is not None


def _leg_vergeefs_vast(bezoek: Bezoek) -> None:
    """Write down that somebody searched in vain, alike for whom nobody knows and whom only others know."""
    _telt_mee(bezoek, alleen_kijken=False)
    audit.leg_vast(
        "persoon.vergeefs-zoeken",
        "persoon",
        "",
        door=bezoek.naam,
        namens=bezoek.pas.namens,
        verbinding="default",
    )


def _op_studentnummer(bezoek: Bezoek, tekst: str) -> Uitslag:
    """Find own students by the student number, or else by a part of the number or name: then there is a choice."""
    instelling = bezoek.instelling or ""
    with met_pas(bezoek.pas):
        precies = register.op_studentnummer(instelling, [tekst]).get(tekst, [])
        gevonden = precies or [een.persoon for een in register.vind_studenten(instelling, tekst)]
        if len(precies) != 1:
            return Uitslag(tuple(gevonden), None if gevonden else PERSOON_ONBEKEND, keuze=True)
        bezoek.gelezen(precies, "persoon zoeken")
        gezien = register.studentdossier(precies[0], klok.vandaag(), stamgegevens.gegevens())
    return Uitslag(tuple(precies)) if gezien else Uitslag(melding=GEEN_GEGEVENS, vertrokken=precies[0])
