"""Deciding about a delivery: apply it, try it again, go on with it, or withdraw it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from kernregister.kern.regels.paspoort import Tekst
from kernregister.platform.pas import met_pas
from kernregister.web.leveringen import laden, loslaten
from kernregister.web.leveringen.models import Levering, Toestand
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.meldingen.levering import haal, sinds_proef
from kernregister.web.portaal.paginas import pagina


def _besluit(
    bezoek: Bezoek, levering_id: UUID, doe: Callable[[Levering, str], bool], gelukt: Tekst
) -> HttpResponse:
    with met_pas(bezoek.pas):
        gevonden = haal(levering_id)
    if doe(gevonden, bezoek.naam):
        messages.success(bezoek.request, bezoek.tekst(gelukt))
    else:
        tekst = Tekst(
            "Dit kan nu niet (meer): hieronder staat hoe ver de levering is.",
            "This cannot be done (any more): below is how far the delivery is.",
        )
        messages.warning(bezoek.request, bezoek.tekst(tekst))
    return redirect("portaal_levering", levering_id)


@pagina(
    "portaal_levering_doorvoeren",
    "meldingen/leveringen/<uuid:levering_id>/doorvoeren/",
    titel=("Levering doorvoeren", "Apply a delivery"),
    methoden=("POST",),
)
def doorvoeren(bezoek: Bezoek, levering_id: UUID) -> HttpResponse:
    """Have the delivery applied of which the dry run was seen; whoever may deliver, may decide so.

    When the register changed after the page was read, it is shown first what did.
    """
    gezien = bezoek.request.POST.get("gezien", "")
    with met_pas(bezoek.pas):
        gevonden = haal(levering_id)
        nieuw = gevonden.toestand == Toestand.BEOORDEELD and sinds_proef(gevonden)
    if nieuw > (int(gezien[:9]) if gezien.isascii() and gezien.isdigit() else 0):
        tekst = Tekst(
            "Er is nog niets doorgevoerd: sinds u deze pagina opende, is er iets gewijzigd. Doe de proef opnieuw, of"
            " voer nu toch door.",
            "Nothing was applied yet: something changed since you opened this page. Do the dry run again, or apply"
            " it all the same.",
        )
        messages.warning(bezoek.request, bezoek.tekst(tekst))
        return redirect("portaal_levering", levering_id)
    gelukt = Tekst(
        "Het doorvoeren is begonnen. U kunt deze pagina verlaten.",
        "Applying has begun. You may leave this page.",
    )
    return _besluit(bezoek, levering_id, laden.voer_door, gelukt)


@pagina(
    "portaal_levering_proef",
    "meldingen/leveringen/<uuid:levering_id>/proef/",
    titel=("Proef opnieuw doen", "Do the dry run again"),
    methoden=("POST",),
)
def proef(bezoek: Bezoek, levering_id: UUID) -> HttpResponse:
    """Have the dry run done again, because something changed since."""
    return _besluit(
        bezoek,
        levering_id,
        laden.beproef_opnieuw,
        Tekst("De proef is opnieuw begonnen.", "The dry run began again."),
    )


@pagina(
    "portaal_levering_hervatten",
    "meldingen/leveringen/<uuid:levering_id>/hervatten/",
    titel=("Levering hervatten", "Go on with a delivery"),
    methoden=("POST",),
)
def hervatten(bezoek: Bezoek, levering_id: UUID) -> HttpResponse:
    """Go on with a round that was broken off by a failure, where it was."""
    return _besluit(
        bezoek,
        levering_id,
        laden.hervat,
        Tekst("Het werk gaat verder waar het was.", "The work goes on where it was."),
    )


@pagina(
    "portaal_levering_intrekken",
    "meldingen/leveringen/<uuid:levering_id>/intrekken/",
    titel=("Levering intrekken", "Withdraw a delivery"),
    methoden=("POST",),
)
def intrekken(bezoek: Bezoek, levering_id: UUID) -> HttpResponse:
    """Let go of a delivery that is not applied, and of its file."""
    return _besluit(
        bezoek,
        levering_id,
        loslaten.trek_in,
        Tekst(
            "De levering is ingetrokken; er is niets gewijzigd.",
            "The delivery was withdrawn; nothing changed.",
        ),
    )
