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

from kernregister.kern.meldingen.berichten import AanleverenIdentificatiePersoon
from kernregister.kern.meldingen.terugkoppeling import Terugkoppeling
from kernregister.kern.regels.paspoort import Tekst
from kernregister.platform.pas import met_pas
from kernregister.platform.rechten import Recht
from kernregister.voorzieningen.register import public as register
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.formulieren.formulier import BIJZONDER, Formulier
from kernregister.web.portaal.formulieren.tonen import Fouten, Waarden
from kernregister.web.portaal.formulieren.versturen import verstuur
from kernregister.web.portaal.invoer import identificeren
from kernregister.web.portaal.invoer.controle import Uitslag, controleer, nummerfouten
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


class Herstel:
    """A refused melding while it is being mended."""

    def __init__(
        self, bezoek: Bezoek, regel: register.Journaalregel, inhoud: dict[str, Any], student: Any
    ) -> None:
        self.bezoek, self.regel, self.student = bezoek, regel, student
        self.formulier = Formulier.voor(bezoek, regel.soort, _vast(bezoek, regel, inhoud))
        self.begin = self.formulier.van_melding(inhoud)
        taak = Taak(
            slug="herstellen", soort=regel.soort, titel=SOORTEN[regel.soort], uitleg=_UITLEG, maak=None
        )
        self.invulling = Invulling(taak, None, self.formulier, self.begin, is_wijziging=False)

    def fouten_van(self, terug: Terugkoppeling, waarden: Waarden) -> Fouten:
        """Return what an answer says, each at its field."""
        if terug.soort == AanleverenIdentificatiePersoon.__name__:
            return identificeren.fouten_van(self.bezoek, self.formulier, terug, waarden)
        melding, _ = self.formulier.lees(waarden)
        return self.formulier.fouten_van(terug, waarden, melding)


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
        student = None
        if regel.persoon is not None:
            student = register.studenten([regel.persoon], bezoek.instelling).get(regel.persoon)
            bezoek.gelezen([regel.persoon], "geweigerde melding herstellen", "registreren")
    herstel = Herstel(bezoek, regel, inhoud, student)
    if bezoek.request.method == "POST":
        return _van_post(bezoek, herstel)
    return _toon(bezoek, herstel, herstel.begin, herstel.fouten_van(regel.antwoord, herstel.begin))


def _van_post(bezoek: Bezoek, herstel: Herstel) -> HttpResponse:
    """Do what the button that was used asks for."""
    post, formulier = bezoek.request.POST, herstel.formulier
    if (waarden := formulier.met_knop(post)) is not None:
        return _toon(bezoek, herstel, waarden)
    live = "controle" in bezoek.request.GET and bezoek.is_fragment
    if live or "controleer" in post:
        uitslag = controleer(bezoek, formulier, post.dict(), live=live)
        if live:
            return _live(bezoek, herstel, uitslag)
        return _toon(bezoek, herstel, uitslag.waarden, uitslag.fouten, uitslag=uitslag)
    return _verstuur(bezoek, herstel)


def _verstuur(bezoek: Bezoek, herstel: Herstel) -> HttpResponse:
    """Send the form; refused, it is shown again with everything in it, as yet another melding."""
    formulier, post = herstel.formulier, bezoek.request.POST.dict()
    waarden = formulier.waarden(post)
    melding, fouten = formulier.lees(post)
    if isinstance(melding, AanleverenIdentificatiePersoon):
        fouten = nummerfouten(bezoek, waarden)
    if fouten or melding is None:
        return _toon(bezoek, herstel, waarden, fouten, status=422)
    (terug,) = verstuur(bezoek, [melding])
    pogingen = _pogingen(bezoek)
    if not terug.aanvaard:
        gevonden = herstel.fouten_van(terug, waarden)
        opnieuw = formulier.vernieuw(waarden)
        return _toon(bezoek, herstel, opnieuw, gevonden, status=422, pogingen=[*pogingen, melding.id])
    for oud in (herstel.regel.uuid, *pogingen):
        register.herstel(oud, melding.id, bezoek.pas.sleutel)
    messages.success(bezoek.request, bezoek.tekst(_GELUKT))
    return redirect("portaal_melding", melding.id)


def _pogingen(bezoek: Bezoek) -> list[UUID]:
    uit = []
    for tekst in bezoek.request.POST.getlist(POGING)[-MEESTE_POGINGEN:]:
        try:
            uit.append(UUID(tekst))
        except ValueError:
            continue
    return uit


def _toon(
    bezoek: Bezoek,
    herstel: Herstel,
    waarden: Waarden,
    fouten: Fouten | None = None,
    *,
    uitslag: Uitslag | None = None,
    pogingen: list[UUID] | None = None,
    status: int = 200,
) -> HttpResponse:
    return bezoek.toon(
        "portaal/meldingen/herstellen.html",
        {
            "melding": herstel.regel,
            "student": herstel.student,
            "taak": herstel.invulling.taak,
            "blok": herstel.formulier.velden(waarden, fouten),
            "samenvatting": herstel.invulling.samenvatting(fouten or {}),
            "uitslag": uitslag,
            "pogingen": _pogingen(bezoek) if pogingen is None else pogingen,
            "opnieuw": status == 422,
            "met_geld": bezoek.heeft(Recht.BEKOSTIGING_LEZEN) and bezoek.bekostigd,
        },
        status=status,
    )


def _live(bezoek: Bezoek, herstel: Herstel, uitslag: Uitslag) -> HttpResponse:
    """Return only what is said at the fields and beside the form: what is typed and where somebody is stay alone."""
    blok = herstel.formulier.velden(uitslag.waarden, uitslag.fouten)
    return bezoek.toon(
        "portaal/invoer/live.html",
        {
            "plekken": herstel.invulling.plekken(blok, uitslag.fouten),
            "betekenissen": herstel.invulling.betekenissen(blok),
            "uitslag": uitslag,
            "boven": uitslag.fouten.get("", []),
            "met_geld": bezoek.heeft(Recht.BEKOSTIGING_LEZEN) and bezoek.bekostigd,
        },
    )
