"""Mending a refused melding: its form, filled with what was sent and with the findings at the fields.

The form is that of entry. What is sent is another melding, with an id of its own; accepted, it takes the refused one
off the list, also when the record that it is about was what was wrong.
"""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from kernregister.kern.meldingen.terugkoppeling import Terugkoppeling
from kernregister.kern.regels.paspoort import Tekst
from kernregister.platform.pas import met_pas
from kernregister.voorzieningen.register import public as register
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.formulieren.blanco import BIJZONDER
from kernregister.web.portaal.formulieren.formulier import Formulier
from kernregister.web.portaal.invoer.formulierblad import Formulierblad
from kernregister.web.portaal.invoer.invulling import Invulling
from kernregister.web.portaal.invoer.taken import Taak
from kernregister.web.portaal.meldingen.melding import HERSTELBAAR, zoek
from kernregister.web.portaal.meldingen.woorden import SOORTEN
from kernregister.web.portaal.paginas import pagina

POGING: Final = "poging"
"""Field that remembers which attempts were refused since: they are mended along with the first."""

MEESTE_POGINGEN: Final = 20

_UITLEG: Final = Tekst(
    "Wat er is aangeleverd staat ingevuld; bij de velden staat wat er mis is. Verbeter het en verstuur het opnieuw.",
    "What was delivered is filled in; what is wrong stands at the fields. Mend it and send it again.",
)
_GELUKT: Final = Tekst(
    "Hersteld: de nieuwe melding is aanvaard en de geweigerde staat niet meer op de lijst.",
    "Mended: the new melding was accepted, and the refused one is off the list.",
)
_NUMMERS: Final = ("burgerservicenummer", "onderwijsnummer")


class _Herstelblad(Formulierblad):
    sjabloon = "portaal/meldingen/herstellen.html"

    def __init__(
        self,
        bezoek: Bezoek,
        regel: register.Journaalregel,
        inhoud: dict[str, Any],
        student: register.Student | None,
        met_dossier: frozenset[int],
    ) -> None:
        formulier = Formulier.voor(bezoek, regel.soort, _vast(bezoek, regel, inhoud))
        taak = Taak(
            slug="herstellen", soort=regel.soort, titel=SOORTEN[regel.soort], uitleg=_UITLEG, maak=None
        )
        begin = formulier.van_melding(inhoud)
        super().__init__(bezoek, Invulling(taak, None, formulier, begin, is_wijziging=False))
        self.regel, self.student, self.met_dossier = regel, student, met_dossier

    def eigen(self, geweigerd: UUID | None) -> dict[str, Any]:
        pogingen = [*_pogingen(self.bezoek), *([geweigerd] if geweigerd else ())]
        opnieuw = self.bezoek.request.method == "POST"
        return {
            "melding": self.regel,
            "student": self.student,
            "met_dossier": self.met_dossier,
            "pogingen": pogingen,
            "opnieuw": opnieuw,
        }

    def aanvaard(self, melding: Any, terug: Terugkoppeling) -> HttpResponse:
        for oud in (self.regel.uuid, *_pogingen(self.bezoek)):
            register.herstel(oud, melding.id, self.bezoek.pas.sleutel)
        messages.success(self.bezoek.request, self.bezoek.tekst(_GELUKT))
        return redirect("portaal_melding", melding.id)


def _vast(bezoek: Bezoek, regel: register.Journaalregel, inhoud: dict[str, Any]) -> dict[str, Any]:
    """Return what goes along as it was sent: the number of who is known, and what the visitor has no scope for."""
    uit: dict[str, Any] = {}
    if regel.persoon is not None:
        uit |= {veld: inhoud[veld] for veld in _NUMMERS if inhoud.get(veld)}
        uit |= {veld: None for veld in _NUMMERS if veld not in uit}
    eigen = inhoud.get("inschrijving")
    if isinstance(eigen, dict):
        verborgen = {
            veld: eigen[veld]
            for veld, recht in BIJZONDER.items()
            if eigen.get(veld) and recht not in bezoek.pas.bijzonder
        }
        uit |= {"inschrijving": verborgen} if verborgen else {}
    return uit


@pagina(
    "portaal_melding_herstellen",
    "meldingen/<uuid:melding_id>/herstellen/",
    titel=("Melding herstellen", "Mend a melding"),
    methoden=("GET", "POST"),
)
def herstellen(bezoek: Bezoek, melding_id: UUID) -> HttpResponse:
    """Show a refused melding as a form, check it while it is mended, and send it as another.

    Raises:
        Http404: it is not there for this visitor, or is none that is mended with a form.
    """
    with met_pas(bezoek.pas):
        regel = zoek(bezoek, melding_id)
        inhoud = register.inhoud_van(regel.id)
        if regel.aanvaard or regel.soort not in HERSTELBAAR or not inhoud:
            raise Http404
        student, met_dossier = None, frozenset[int]()
        if regel.persoon is not None:
            student = register.studenten([regel.persoon], bezoek.instelling).get(regel.persoon)
            bezoek.gelezen([regel.persoon], "geweigerde melding herstellen", "registreren")
            met_dossier = bezoek.met_dossier([regel.persoon] if student else [])
    blad = _Herstelblad(bezoek, regel, inhoud, student, met_dossier)
    if bezoek.request.method == "POST":
        return blad.handel_af()
    begin = blad.invulling.begin
    return blad.terug() or blad.toon(begin, blad.fouten_van(regel.antwoord, begin))


def _pogingen(bezoek: Bezoek) -> list[UUID]:
    uit = []
    for tekst in bezoek.request.POST.getlist(POGING)[-MEESTE_POGINGEN:]:
        try:
            uit.append(UUID(tekst))
        except ValueError:
            continue
    return uit
