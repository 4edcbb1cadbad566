"""The student about whom something is entered: what is registered here, as the pass of the visitor shows it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.http import Http404

from kernregister.kern.dossier import Bpv, Diploma, Dossier, Inschrijving
from kernregister.platform.pas import Bijzonder, met_pas
from kernregister.voorzieningen.register import public as register
from kernregister.web.portaal.bezoek import Bezoek


class Geregistreerd:
    """What an institution has registered of a student."""

    def __init__(
        self, persoon: int, instelling: str, dossier: Dossier, wie: register.Student, *, naar_dossier: bool
    ) -> None:
        self.persoon, self.instelling, self.dossier, self.wie = persoon, instelling, dossier, wie
        self.naar_dossier = naar_dossier
        """Whether the visitor can open the studentdossier."""

    @property
    def nummers(self) -> dict[str, str | None]:
        """How a melding names the student: by the burgerservicenummer where it is known."""
        bsn = self.dossier.persoon.burgerservicenummer
        return {
            "burgerservicenummer": bsn,
            "onderwijsnummer": None if bsn else self.dossier.persoon.onderwijsnummer,
        }

    @cached_property
    def inschrijvingen(self) -> list[Inschrijving]:
        """The enrolments here, the latest first."""
        eigen = [i for i in self.dossier.inschrijvingen if i.instelling == self.instelling]
        return sorted(eigen, key=lambda i: i.datum_inschrijving, reverse=True)

    @cached_property
    def resultaten(self) -> list[Any]:
        """Diplomas and loose results here, the latest first."""
        alle: Iterable[Any] = (*self.dossier.diplomas, *self.dossier.losse_resultaten)
        eigen = [r for r in alle if r.instelling == self.instelling]
        return sorted(eigen, key=lambda r: str(r.datum_resultaat or ""), reverse=True)

    def inschrijving(self, volgnummer: str) -> Inschrijving:
        """Return the enrolment with a number.

        Raises:
            Http404: there is none here.
        """
        gevonden: Inschrijving = _een(
            i for i in self.inschrijvingen if i.inschrijvingvolgnummer == volgnummer
        )
        return gevonden

    def bpv(self, volgnummer: str, nummer: str) -> Bpv:
        """Return a placement of an enrolment.

        Raises:
            Http404: there is none.
        """
        gevonden: Bpv = _een(b for b in self.inschrijving(volgnummer).bpvs if b.volgnummer == nummer)
        return gevonden

    def resultaat(self, nummer: str, diploma: bool | None = None) -> Any:
        """Return the result with a number; a diploma, a loose one, or (None) either.

        Raises:
            Http404: there is none here.
        """
        return _een(
            r
            for r in self.resultaten
            if r.resultaatvolgnummer == nummer and diploma in (None, isinstance(r, Diploma))
        )

    def resultaten_van(self, volgnummer: str) -> list[Any]:
        """Return the results that hang on an enrolment."""
        return [r for r in self.resultaten if r.inschrijvingvolgnummer == volgnummer]


def _een(gevonden: Iterable[Any]) -> Any:
    for een in gevonden:
        return een
    raise Http404


def haal(bezoek: Bezoek, persoon: int) -> Geregistreerd:
    """Return what the visitor's institution has registered of a person; who looked is written down.

    Raises:
        Http404: the institution has nothing to do with such a person.
    """
    instelling = bezoek.instelling or ""
    with met_pas(bezoek.pas):
        dossier = register.dossier_met_pas(persoon) if register.is_zichtbaar(persoon) else None
        if dossier is None:
            raise Http404
        wie = register.studenten([persoon], instelling).get(persoon)
        bezoek.gelezen([persoon], "gegevens invoeren", "registreren")
        naar_dossier = bool(bezoek.met_dossier([persoon]))
    wie = wie or register.Student(persoon, "", "", dossier.persoon.geboortedatum)
    return Geregistreerd(persoon, instelling, dossier, wie, naar_dossier=naar_dossier)


def bijzonder_geregistreerd(bezoek: Bezoek, een: Inschrijving, persoon: int) -> dict[str, Any]:
    """Return of an enrolment the special data that the visitor may not see, so that correcting it keeps them."""
    velden = {"extra_ondersteuning": Bijzonder.ONDERSTEUNING, "verblijf_grond": Bijzonder.VERBLIJF}
    verborgen = [veld for veld, soort in velden.items() if soort not in bezoek.pas.bijzonder]
    heel = register.dossier(persoon) if verborgen else None
    for ander in heel.inschrijvingen if heel else ():
        if (ander.instelling, ander.inschrijvingvolgnummer) == (een.instelling, een.inschrijvingvolgnummer):
            return {veld: getattr(ander, veld) for veld in verborgen if getattr(ander, veld)}
    return {}
