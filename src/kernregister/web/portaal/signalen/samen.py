"""What is done with several signals at once: give them to a colleague, or ask to waive them."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from kernregister.kern.regels.paspoort import Tekst
from kernregister.platform.pas import met_pas
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.formulieren import waarden
from kernregister.web.portaal.paginas import pagina
from kernregister.web.portaal.signalen import lijst, wens
from kernregister.web.portaal.signalen.collegas import collegas

Fouten = list[tuple[str, str]]

_GEEN: Final = Tekst("Kies eerst een of meer signalen.", "Choose one or more signals first.")
_TE_VEEL: Final = Tekst(
    "Dit zijn {n} signalen; in één keer kan het met {meest}. Verfijn de lijst eerst.",
    "These are {n} signals; it can be done with {meest} at once. Narrow the list first.",
)
_VREEMD: Final = Tekst(
    "Kies een collega die signalen van uw instelling behandelt.",
    "Choose a colleague who handles the signals of your institution.",
)
_TOEGEWEZEN: Final = Tekst("{n} signalen toegewezen aan {wie}.", "{n} signals given to {wie}.")
_VRIJ: Final = Tekst("{n} signalen aan niemand meer toegewezen.", "{n} signals given to nobody any more.")
_GEVRAAGD: Final = Tekst(
    "Voor {n} signalen is gevraagd om ervan af te zien. Een collega beslist daarover.",
    "Asked to waive {n} signals. A colleague decides about it.",
)
_AL_GEVRAAGD: Final = Tekst(
    "Voor {n} signalen liep al een verzoek; die zijn overgeslagen.",
    "For {n} signals there was a request already; those were skipped.",
)


@pagina(
    "portaal_signalen_samen",
    "signalen/samen/",
    titel=("Meer signalen tegelijk", "Several signals at once"),
    methoden=("POST",),
)
def samen(bezoek: Bezoek) -> HttpResponse:
    """Give several signals to a colleague, or ask to waive them; then go back to the list."""
    post = bezoek.request.POST
    bron = QueryDict(post.get("lijst", "").removeprefix("?"))
    try:
        with met_pas(bezoek.pas):
            vraag = wens.lees(bezoek, bron)
            gekozen = _gekozen(bezoek, vraag)
            tekst = _afzien(bezoek, gekozen) if post.get("doe") == "afzien" else _toewijzen(bezoek, gekozen)
    except kwaliteit.Kwaliteitsfout as fout:
        veld = "afzien_reden" if post.get("doe") == "afzien" else "aan"
        return lijst.toon_lijst(bezoek, bron, [(veld, str(fout))], status=422)
    messages.success(bezoek.request, tekst)
    return redirect(reverse("portaal_signalen") + vraag.adres())


def _gekozen(bezoek: Bezoek, vraag: wens.Vraag) -> list[int]:
    """Return the signals that are meant: those that were ticked, or all of the list.

    Raises:
        Kwaliteitsfout: none, or too many.
    """
    if bezoek.request.POST.get("alle"):
        gevonden = kwaliteit.werkregels(vraag.wens, aantal=kwaliteit.MEESTE, belang=wens.belang(bezoek))
        ids, aantal = [een.id for een in gevonden.regels], gevonden.totaal
    else:
        gekozen = bezoek.request.POST.getlist("signaal")
        ids = [int(een) for een in gekozen if een.isascii() and een.isdigit() and len(een) < 19]
        aantal = len(ids)
    if not ids:
        raise kwaliteit.Kwaliteitsfout(bezoek.tekst(_GEEN))
    if aantal > kwaliteit.MEESTE:
        raise kwaliteit.Kwaliteitsfout(bezoek.tekst(_TE_VEEL).format(n=aantal, meest=kwaliteit.MEESTE))
    return sorted(set(ids))


def _toewijzen(bezoek: Bezoek, gekozen: list[int]) -> str:
    aan = bezoek.request.POST.get("aan", "")
    bekend = keur_collega(bezoek, aan)
    kwaliteit.wijs_toe(gekozen, aan, bezoek.naam)
    if not aan:
        return bezoek.tekst(_VRIJ).format(n=len(gekozen))
    return bezoek.tekst(_TOEGEWEZEN).format(n=len(gekozen), wie=bekend[aan])


def keur_collega(bezoek: Bezoek, aan: str) -> dict[str, str]:
    """Return the colleagues, of whom the chosen one is one; nobody may be chosen as well.

    Raises:
        Kwaliteitsfout: it is somebody else.
    """
    bekend = collegas(bezoek.instelling)
    if aan and aan not in bekend:
        raise kwaliteit.Kwaliteitsfout(bezoek.tekst(_VREEMD))
    return bekend


def _afzien(bezoek: Bezoek, gekozen: list[int]) -> str:
    post = bezoek.request.POST
    tot = lees_dag(post.get("afzien_tot", ""))
    lopend = {
        een.id
        for een in kwaliteit.werkregels(
            kwaliteit.Wens(instelling=bezoek.instelling, signalen=tuple(gekozen)), aantal=len(gekozen)
        ).regels
        if een.verzoek or een.afgezien_tot
    }
    nieuw = [een for een in gekozen if een not in lopend]
    for een in nieuw:
        kwaliteit.zie_af(een, post.get("afzien_reden", ""), tot, bezoek.naam)
    delen = [bezoek.tekst(_GEVRAAGD).format(n=len(nieuw))] if nieuw else []
    delen += [bezoek.tekst(_AL_GEVRAAGD).format(n=len(lopend))] if lopend else []
    return " ".join(delen)


def lees_dag(tekst: str) -> date:
    """Return a day as a form sends it; one that is none lies in the past, and is refused with all that is wrong."""
    return waarden.lees_dag(tekst) or date.min
