"""One signal: what it means, what shows it, what it costs, what happened, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from kernregister.kern.regels.catalogus import catalogus
from kernregister.kern.regels.paspoort import Tekst
from kernregister.platform import klok
from kernregister.platform.pas import met_pas
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.voorzieningen.register import public as register
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.paginas import pagina
from kernregister.web.portaal.signalen import kosten, weergave
from kernregister.web.portaal.signalen.collegas import collegas, zonder_tweede
from kernregister.web.portaal.signalen.lijst import ACTIVITEIT
from kernregister.web.portaal.signalen.samen import keur_collega, lees_dag
from kernregister.web.portaal.signalen.verloop import verloop

GROOTSTE: Final = 2**63


@pagina("portaal_signaal", "signalen/<int:nummer>/", titel=("Signaal", "Signal"))
def signaal(bezoek: Bezoek, nummer: int) -> HttpResponse:
    """Show one signal, open or closed.

    Raises:
        Http404: there is none, or not for this visitor.
    """
    return _toon(bezoek, nummer)


def _toon(
    bezoek: Bezoek, nummer: int, fouten: dict[str, list[str]] | None = None, status: int = 200
) -> HttpResponse:
    if nummer >= GROOTSTE:
        raise Http404
    try:
        with met_pas(bezoek.pas):
            waarden = _lees(bezoek, kwaliteit.signaal(nummer, met_nummers=False))
    except kwaliteit.Onvindbaar:
        raise Http404 from None
    waarden |= {
        "fouten": fouten or {},
        "getypt": bezoek.request.POST,
        "beheert": bezoek.mag("portaal_signaal_doen"),
        "beslist": bezoek.mag("portaal_signaal_beslissen") and waarden["verzoek"] and waarden["alleen"],
        "laatste_afzien": klok.vandaag() + kwaliteit.LANGST,
    }
    return bezoek.toon("portaal/signalen/signaal.html", waarden, status=status)


def _lees(bezoek: Bezoek, uitleg: kwaliteit.Signaaluitleg) -> dict[str, Any]:
    """Return what the page shows; inside ``met_pas``."""
    een = uitleg.signaal
    bezoek.gelezen([een.persoon], "signaal bekijken", ACTIVITEIT)
    alle = [een, *uitleg.eerder]
    door = {id_ for beeld in alle for id_ in (beeld.geopend_door, beeld.gesloten_door) if id_ is not None}
    namen = collegas(een.instelling)
    gedeeld = "andere_instelling" in een.waarden and bezoek.mag("portaal_zaak")
    eigen_zaken = kwaliteit.zaken(persoon=een.persoon) if gedeeld else []
    lopend = _lopend_verzoek(uitleg)
    return {
        "uitleg": uitleg,
        "een": een,
        "regel": catalogus()[een.regel],
        "titel": weergave.regeltitel(een.regel, bezoek),
        "student": register.studenten([een.persoon], bezoek.instelling).get(een.persoon),
        "naar_dossier": bool(bezoek.met_dossier([een.persoon])),
        "feiten": weergave.feiten(een.waarden, bezoek),
        "record": weergave.record(een.sleutel, bezoek),
        "kosten": kosten.van(een, bezoek),
        "verloop": verloop(
            uitleg,
            kwaliteit.notities([een.id]).get(een.id, []),
            register.meldingen_van(door),
            namen,
            bezoek,
        ),
        "formulier": (
            weergave.formulier(een.regel, een.sleutel, een.persoon)
            if bezoek.mag("portaal_invoer_soort") and een.gesloten_op is None
            else ""
        ),
        "collegas": [("", bezoek.tekst(Tekst("niemand", "nobody"))), *namen.items()],
        "aan": namen.get(een.toegewezen_aan, een.toegewezen_aan),
        "verzoek": lopend,
        "eigen_verzoek": lopend is not None and lopend.door == bezoek.naam,
        "alleen": zonder_tweede(een.instelling, lopend.door if lopend else bezoek.naam),
        "vraagt": namen.get(lopend.door, lopend.door) if lopend else "",
        "zaak": next((zaak for zaak in eigen_zaken if zaak.ander == een.waarden["andere_instelling"]), None),
        "instelling": weergave.instellingsnaam(een.instelling, bezoek) if bezoek.instelling is None else "",
    }


def _lopend_verzoek(uitleg: kwaliteit.Signaaluitleg) -> kwaliteit.Afzienstap | None:
    """Return the request to waive that holds, or that waits for somebody to decide."""
    over = {stap.verzoek for stap in uitleg.afzien if stap.stap in {"afwijzing", "intrekking"}}
    vandaag = klok.vandaag()
    for stap in reversed(uitleg.afzien):
        if stap.stap == "verzoek" and stap.id not in over and stap.tot > vandaag:
            return stap
    return None


@pagina(
    "portaal_signaal_doen",
    "signalen/<int:nummer>/doen/",
    titel=("Signaal behandelen", "Handle a signal"),
    methoden=("POST",),
)
def doen(bezoek: Bezoek, nummer: int) -> HttpResponse:
    """Give it to a colleague, ask to waive it, decide about that, or write something down; then show it again.

    Raises:
        Http404: there is no such signal for this visitor, or it is not known what to do.
    """
    return _doe(bezoek, nummer, _DADEN.get(bezoek.request.POST.get("doe", "")))


@pagina(
    "portaal_signaal_beslissen",
    "signalen/<int:nummer>/beslissen/",
    titel=("Over een verzoek beslissen", "Decide on a request"),
    methoden=("POST",),
)
def beslissen(bezoek: Bezoek, nummer: int) -> HttpResponse:
    """Decide as DUO on a request to waive of an institution where nobody else handles signals; then show it again.

    Raises:
        Http404: there is no such signal, or it is not known what to do.
    """
    doe = bezoek.request.POST.get("doe", "")
    return _doe(bezoek, nummer, _DADEN[doe] if doe in _BESLUITEN else None)


def _doe(
    bezoek: Bezoek, nummer: int, doe: tuple[str, Callable[[Bezoek, int], None], Tekst] | None
) -> HttpResponse:
    if doe is None or nummer >= GROOTSTE:
        raise Http404
    veld, daad, gedaan = doe
    try:
        with met_pas(bezoek.pas):
            kwaliteit.signaal(nummer, met_nummers=False)
            daad(bezoek, nummer)
    except kwaliteit.Onvindbaar as fout:
        if _is_er(bezoek, nummer):
            return _toon(bezoek, nummer, {veld: [str(fout)]}, status=422)
        raise Http404 from None
    except kwaliteit.Kwaliteitsfout as fout:
        return _toon(bezoek, nummer, {veld: [str(fout)]}, status=422)
    messages.success(bezoek.request, bezoek.tekst(gedaan))
    return redirect("portaal_signaal", nummer=nummer)


def _is_er(bezoek: Bezoek, nummer: int) -> bool:
    try:
        with met_pas(bezoek.pas):
            kwaliteit.signaal(nummer, met_nummers=False)
    except kwaliteit.Onvindbaar:
        return False
    return True


def _wijs_toe(bezoek: Bezoek, nummer: int) -> None:
    aan = bezoek.request.POST.get("aan", "")
    keur_collega(bezoek, aan)
    kwaliteit.wijs_toe([nummer], aan, bezoek.naam)


def _zie_af(bezoek: Bezoek, nummer: int) -> None:
    post = bezoek.request.POST
    kwaliteit.zie_af(nummer, post.get("afzien_reden", ""), lees_dag(post.get("afzien_tot", "")), bezoek.naam)


def _verzoek(bezoek: Bezoek, nummer: int) -> kwaliteit.Afzienstap:
    """Return the request about this signal that is to be decided on.

    Raises:
        Kwaliteitsfout: there is none any more.
    """
    lopend = _lopend_verzoek(kwaliteit.signaal(nummer, met_nummers=False))
    if lopend is None:
        raise kwaliteit.Kwaliteitsfout(
            bezoek.tekst(
                Tekst(
                    "Er loopt geen verzoek meer voor dit signaal.",
                    "No request runs for this signal any more.",
                )
            )
        )
    return lopend


def _beslis(bezoek: Bezoek, nummer: int, akkoord: bool) -> None:
    lopend = _verzoek(bezoek, nummer)
    if bezoek.instelling is None:
        _keur_alleen(bezoek, kwaliteit.signaal(nummer, met_nummers=False).signaal.instelling, lopend.door)
    kwaliteit.beslis(lopend.id, akkoord, bezoek.request.POST.get("besluit_reden", ""), bezoek.naam)


def _keur_alleen(bezoek: Bezoek, instelling: str, aanvrager: str) -> None:
    """Leave a decision to a colleague of who asked, where there is one.

    Raises:
        Kwaliteitsfout: there is.
    """
    if zonder_tweede(instelling, aanvrager):
        return
    raise kwaliteit.Kwaliteitsfout(
        bezoek.tekst(
            Tekst(
                "Bij deze instelling beslist een collega van de aanvrager.",
                "At this institution a colleague of who asked decides.",
            )
        )
    )


def _trek_in(bezoek: Bezoek, nummer: int) -> None:
    kwaliteit.trek_in(_verzoek(bezoek, nummer).id, bezoek.request.POST.get("besluit_reden", ""), bezoek.naam)


def _noteer(bezoek: Bezoek, nummer: int) -> None:
    kwaliteit.noteer(nummer, bezoek.request.POST.get("notitie", ""), bezoek.naam)


_DADEN: Final[dict[str, tuple[str, Callable[[Bezoek, int], None], Tekst]]] = {
    "toewijzen": ("aan", _wijs_toe, Tekst("Het signaal is toegewezen.", "The signal was given away.")),
    "afzien": (
        "afzien_reden",
        _zie_af,
        Tekst(
            "Het verzoek is gedaan. Iemand anders keurt het goed of wijst het af.",
            "The request was made. Somebody else approves or refuses it.",
        ),
    ),
    "akkoord": (
        "besluit_reden",
        lambda bezoek, nummer: _beslis(bezoek, nummer, True),
        Tekst("Van dit signaal wordt afgezien.", "This signal is waived."),
    ),
    "afwijzen": (
        "besluit_reden",
        lambda bezoek, nummer: _beslis(bezoek, nummer, False),
        Tekst("Het verzoek is afgewezen.", "The request was refused."),
    ),
    "intrekken": (
        "besluit_reden",
        _trek_in,
        Tekst(
            "Het verzoek is ingetrokken; het signaal telt weer mee.", "Withdrawn; the signal counts again."
        ),
    ),
    "noteren": ("notitie", _noteer, Tekst("De notitie is bewaard.", "The note was kept.")),
}
"""What can be done -> the field that a fault is about, how, and what to say afterwards."""

_BESLUITEN: Final = {"akkoord", "afwijzen"}
"""What DUO can do where an institution has no second person."""
