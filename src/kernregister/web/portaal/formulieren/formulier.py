"""A form for one kind of melding: read what was typed, show it again, and put what is wrong at its field.

What is in a form is a flat table of names and texts (`Waarden`), so that a browser without JavaScript can hold it. The
name of a field is the way to it in the melding: ``inschrijving-perioden-0-leertraject``. Buttons that add or remove a
group post the form as well, and show it again.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

import msgspec
from msgspec import Struct

from kernregister.kern.leesbaar import TAG, Onleesbaar, als_object
from kernregister.kern.meldingen.berichten import Bericht
from kernregister.kern.meldingen.berichten import lees as lees_melding
from kernregister.kern.meldingen.controles import ZELFDE_ID
from kernregister.kern.meldingen.terugkoppeling import Terugkoppeling, Terugmelding
from kernregister.kern.regels.paspoort import Ernst, Tekst
from kernregister.platform import klok
from kernregister.web.api.weergave import teksten
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.formulieren.blanco import Blanco
from kernregister.web.portaal.formulieren.inhoud import Inhoud, gevulde_rijen, vind_lijst, zonder_rij
from kernregister.web.portaal.formulieren.lezen import Lezing
from kernregister.web.portaal.formulieren.opbouw import Opbouw
from kernregister.web.portaal.formulieren.plaatsing import plekken
from kernregister.web.portaal.formulieren.tonen import Blok, Fout, Fouten, Waarden
from kernregister.web.portaal.formulieren.vorm import SCHEIDING
from kernregister.web.portaal.taal import in_taal

ERBIJ, WEG, TOON = "erbij", "weg", "toon"
"""Names of the buttons that add a group, take one away, or show the form again."""

_STAP = re.compile(r"\.|\[(\d+)\]")
_ANDERS: Final = Tekst("Dit past niet in een melding: {waarom}.", "This does not fit in a melding: {waarom}.")
_AL_GEBRUIKT: Final = Tekst(
    "Dit formulier is al eerder verstuurd, met een andere inhoud.",
    "This form was sent before, with other content.",
)
_NOG_EENS: Final = Tekst(
    "Controleer wat er nu geregistreerd staat. Wilt u dit er toch van maken, verstuur het dan nog een keer.",
    "Check what is registered now. If you still want it to be like this, send it once more.",
)


class Formulier(Blanco):
    """The form of one kind of melding: what is in it, read, tried and shown."""

    @classmethod
    def voor(
        cls,
        bezoek: Bezoek,
        soort: type[Bericht] | str,
        vast: Mapping[str, Any] | None = None,
        verplicht: Collection[str] = (),
    ) -> Formulier:
        """Return the form as a visitor gets it: in their language, for their institution, within their scopes.

        Raises:
            LookupError: the visitor acts for no institution.
        """
        if bezoek.instelling is None:
            raise LookupError("een melding wordt namens een instelling gedaan")
        return cls(
            soort,
            bezoek.taal,
            vast={"afzender": bezoek.instelling, **(vast or {})},
            bekostigd=bezoek.bekostigd,
            bijzonder=bezoek.pas.bijzonder,
            verplicht=verplicht,
        )

    # ------------------------------------------------------------------------------------ what is in it

    def nieuw(self) -> Waarden:
        """Return an empty form, with an id of its own."""
        return self.vernieuw(Inhoud(self.delen).leeg(self.soort).waarden)

    def vernieuw(self, waarden: Waarden) -> Waarden:
        """Return a form as one that was not sent yet: after a refusal it is another melding."""
        return {**waarden, "id": str(uuid4()), "moment": klok.nu().isoformat()}

    def waarden(self, post: Mapping[str, str]) -> Waarden:
        """Return what was typed, of the fields that the form has."""
        uit = Inhoud(self.delen).neem(self.soort, post).waarden
        uit["id"] = _uuid(post.get("id", "")) or str(uuid4())
        uit["moment"] = _moment(post.get("moment", "")) or klok.nu().isoformat()
        return uit

    def van_melding(self, melding: Any) -> Waarden:
        """Return a form with a melding in it, to look at or to mend: a struct, or its content as the journal has it.

        What has no field here is left out. The form gets a new id.
        """
        plat = als_object(melding) if isinstance(melding, Struct) else melding
        return self.vernieuw(Inhoud(self.delen).schrijf(self.soort, plat).waarden)

    def met_knop(self, post: Mapping[str, str]) -> Waarden | None:
        """Return the form after a button that adds or takes away a group; None: no such button was used."""
        if not any(knop in post for knop in (ERBIJ, WEG, TOON)):
            return None
        uit = self.waarden(post)
        if weg := post.get(WEG):
            return zonder_rij(uit, weg)
        naam, _, tag = post.get(ERBIJ, "").partition(":")
        lijst = vind_lijst(self.soort, naam) if naam else None
        if lijst is not None and (tag or None) in lijst.soorten:
            inhoud = Inhoud(self.delen)
            inhoud.waarden = uit
            inhoud.rij(lijst, naam, tag or None)
        return uit

    # ------------------------------------------------------------------------------------ reading it

    def lees(self, post: Mapping[str, str]) -> tuple[Any, Fouten]:
        """Return the melding that was typed, or None, and everything that is wrong with its form, by field."""
        waarden = self.waarden(post)
        lezing = Lezing(self.delen, waarden, self.taal, self.verplicht)
        heel = {
            **_samen(lezing.lees(self.soort), self.vast),
            TAG: self.soort.__name__,
            "id": waarden["id"],
            "moment": waarden["moment"],
        }
        if lezing.fouten:
            return None, lezing.fouten
        try:
            return lees_melding(msgspec.json.encode(heel)), {}
        except Onleesbaar as fout:
            return None, self._fouten_van_lezer(fout, waarden)

    def _fouten_van_lezer(self, onleesbaar: Onleesbaar, waarden: Waarden) -> Fouten:
        """Put at its field what the reader of meldingen still has against a form that reads well by itself."""
        uit: Fouten = {}
        for een in onleesbaar.fouten:
            naam = self._naam(een.pad, waarden)
            tekst = in_taal(_ANDERS, self.taal).format(waarom=een.uitleg)
            uit.setdefault(naam if naam in waarden else "", []).append(Fout(tekst))
        return uit

    @staticmethod
    def _naam(pad: str, waarden: Waarden) -> str:
        """Return the name of the field at a place in a melding, which has only the groups that were filled."""
        naam = ""
        for stap in _STAP.sub(lambda deel: f".{deel[1]}." if deel[1] else ".", pad).split("."):
            if stap.isdecimal():
                gevuld = gevulde_rijen(waarden, naam)
                stap = str(gevuld[int(stap)]) if int(stap) < len(gevuld) else stap
            if stap:
                naam = f"{naam}{SCHEIDING}{stap}" if naam else stap
        return naam

    # ------------------------------------------------------------------------------------ findings

    def fouten_van(
        self, terug: Terugkoppeling, waarden: Waarden, melding: Any = None, ernst: str = Ernst.FOUT.value
    ) -> Fouten:
        """Return the findings of an answer, each at the field that it is about; under ``""`` what has no field here.

        Args:
            terug: the answer of the register.
            waarden: what is in the form.
            melding: the melding that was answered, to find back which of several groups is meant.
            ernst: which findings.
        """
        uit: Fouten = {}
        for bevinding in terug.bevindingen:
            if bevinding.ernst == ernst:
                uit.setdefault(self.plek_van(bevinding, waarden, melding), []).append(self.fout(bevinding))
        return uit

    def fout(self, bevinding: Terugmelding) -> Fout:
        """Return a finding in words."""
        if bevinding.regel == ZELFDE_ID.id:
            return Fout(in_taal(_AL_GEBRUIKT, self.taal), in_taal(_NOG_EENS, self.taal), bevinding.regel)
        tekst, advies = teksten(bevinding.regel, self.taal)
        return Fout(tekst or bevinding.regel, advies, bevinding.regel)

    def plek_van(self, bevinding: Terugmelding, waarden: Waarden, melding: Any = None) -> str:
        """Return the field or group of this form that a finding is about; empty: none of it."""
        for pad in plekken(bevinding, melding):
            naam = self._naam(pad, waarden)
            if naam in waarden or any(eigen.startswith(naam + SCHEIDING) for eigen in waarden):
                return naam
        return ""

    # ------------------------------------------------------------------------------------ showing it

    def velden(self, waarden: Waarden, fouten: Fouten | None = None) -> Blok:
        """Return the form as a template shows it."""
        return Opbouw(self, waarden, fouten or {}).alles()


def _samen(plat: dict[str, Any], vast: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was typed with what is fixed put in; what is None is left out."""
    uit = dict(plat)
    for naam, waarde in vast.items():
        onder = uit.get(naam)
        uit[naam] = (
            _samen(onder if isinstance(onder, dict) else {}, waarde) if isinstance(waarde, dict) else waarde
        )
    return {naam: waarde for naam, waarde in uit.items() if waarde is not None}


def _uuid(tekst: str) -> str:
    try:
        return str(UUID(tekst))
    except ValueError:
        return ""


def _moment(tekst: str) -> str:
    try:
        moment = datetime.fromisoformat(tekst)
    except ValueError:
        return ""
    return tekst if moment.tzinfo is not None and 1900 <= moment.year < 2200 else ""
