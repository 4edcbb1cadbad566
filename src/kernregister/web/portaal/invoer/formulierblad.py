"""A page with a form: a group added, checked, tried while somebody types, or sent; for entry and for mending."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse

from kernregister.kern.meldingen.berichten import AanleverenIdentificatiePersoon
from kernregister.kern.meldingen.terugkoppeling import Terugkoppeling
from kernregister.platform.rechten import Recht
from kernregister.web.portaal import concept
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.formulieren.tonen import Fouten, Waarden
from kernregister.web.portaal.formulieren.versturen import verstuur
from kernregister.web.portaal.invoer import identificeren
from kernregister.web.portaal.invoer.controle import Uitslag, controleer, nummerfouten
from kernregister.web.portaal.invoer.invulling import Invulling


class Formulierblad(ABC):
    """What somebody fills in, and what comes of it."""

    sjabloon: ClassVar[str]

    def __init__(self, bezoek: Bezoek, invulling: Invulling) -> None:
        self.bezoek, self.invulling = bezoek, invulling

    @abstractmethod
    def eigen(self, geweigerd: UUID | None) -> dict[str, Any]:
        """Return what only this page shows; ``geweigerd`` is what was refused just now."""

    @abstractmethod
    def aanvaard(self, melding: Any, terug: Terugkoppeling) -> HttpResponse:
        """Go on after a melding that was accepted."""

    def toon(
        self,
        waarden: Waarden,
        fouten: Fouten | None = None,
        *,
        uitslag: Uitslag | None = None,
        erbij: str = "",
        geweigerd: UUID | None = None,
        status: int = 200,
    ) -> HttpResponse:
        """Show the page.

        Args:
            waarden: what stands in the form.
            fouten: what is wrong with it.
            uitslag: what came of a check.
            erbij: the list that a group was added to.
            geweigerd: what was refused just now.
            status: of the answer.
        """
        inhoud = {
            "blok": self.invulling.formulier.velden(waarden, fouten),
            "samenvatting": self.invulling.samenvatting(fouten or {}),
            "nieuwe_rij": self.invulling.laatste_rij(waarden, erbij),
            **self._gevolgen(waarden, uitslag),
            **self.eigen(geweigerd),
        }
        return self.bezoek.toon(self.sjabloon, inhoud, status=status)

    def terug(self) -> HttpResponse | None:
        """Show again what was typed when the session ended; None: nothing was."""
        getypt = concept.haal(self.bezoek)
        if getypt is None:
            return None
        messages.warning(self.bezoek.request, self.bezoek.tekst(concept.TERUG))
        return self.toon(self.invulling.formulier.waarden(getypt))

    def handel_af(self) -> HttpResponse:
        """Do what the button that was used asks for."""
        post, formulier = self.bezoek.request.POST, self.invulling.formulier
        if (waarden := formulier.met_knop(post)) is not None:
            return self.toon(waarden, erbij=post.get("erbij", "").partition(":")[0])
        live = "controle" in self.bezoek.request.GET and self.bezoek.is_fragment
        if live or "controleer" in post:
            uitslag = controleer(self.bezoek, formulier, post.dict(), live=live)
            if live:
                return self._live(uitslag)
            return self.toon(uitslag.waarden, uitslag.fouten, uitslag=uitslag)
        return self._verstuur()

    def fouten_van(self, terug: Terugkoppeling, waarden: Waarden) -> Fouten:
        """Return what an answer says, each at its field."""
        formulier = self.invulling.formulier
        if terug.soort == AanleverenIdentificatiePersoon.__name__:
            return identificeren.fouten_van(self.bezoek, formulier, terug, waarden)
        melding, _ = formulier.lees(waarden)
        return formulier.fouten_van(terug, waarden, melding)

    def _verstuur(self) -> HttpResponse:
        """Send the form; refused, it is shown again with everything in it, as another melding."""
        formulier, post = self.invulling.formulier, self.bezoek.request.POST.dict()
        waarden = formulier.waarden(post)
        melding, fouten = formulier.lees(post)
        if isinstance(melding, AanleverenIdentificatiePersoon):
            fouten = nummerfouten(self.bezoek, waarden)
        if fouten or melding is None:
            return self.toon(waarden, fouten, status=422)
        (terug,) = verstuur(self.bezoek, [melding])
        if terug.aanvaard:
            return self.aanvaard(melding, terug)
        gevonden = self.fouten_van(terug, waarden)
        return self.toon(formulier.vernieuw(waarden), gevonden, geweigerd=melding.id, status=422)

    def _live(self, uitslag: Uitslag) -> HttpResponse:
        """Return only what is said at the fields and beside the form: what is typed and where somebody is stay."""
        blok = self.invulling.formulier.velden(uitslag.waarden, uitslag.fouten)
        inhoud = {
            "plekken": self.invulling.plekken(blok, uitslag.fouten),
            "betekenissen": self.invulling.betekenissen(blok),
            "boven": uitslag.fouten.get("", []),
            **self._gevolgen(uitslag.waarden, uitslag),
        }
        return self.bezoek.toon("portaal/invoer/live.html", inhoud)

    def _gevolgen(self, waarden: Waarden, uitslag: Uitslag | None) -> dict[str, Any]:
        return {
            "taak": self.invulling.taak,
            "uitslag": uitslag,
            "wijzigingen": self.invulling.wijzigingen(waarden),
            "met_geld": self.bezoek.heeft(Recht.BEKOSTIGING_LEZEN) and self.bezoek.bekostigd,
        }
