"""Pages of bulk changes: choose, see before and after, decide, follow, and take the result along."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final
from uuid import UUID

import msgspec
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from kernregister.kern.parameters.waardelijsten import WAARDELIJSTEN
from kernregister.kern.regels.paspoort import Tekst
from kernregister.platform.pas import met_pas
from kernregister.voorzieningen.register import public as register
from kernregister.web.api.weergave import teksten
from kernregister.web.bulk import kiezen
from kernregister.web.bulk.models import Bulk, Regel, Toestand, Uitkomst
from kernregister.web.bulk.wijzigen import Einde, Gepland, Wijziging
from kernregister.web.portaal import concept
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.hoe_ver import hoe_ver, stempel_van
from kernregister.web.portaal.invoer.bulk_keuze import VELDEN, WAT, lees_wens
from kernregister.web.portaal.paginas import pagina
from kernregister.web.portaal.rekenblad import als_csv
from kernregister.web.portaal.taal import in_taal

PER_BLAD: Final = 100
LOOPT: Final = frozenset({Toestand.BEOORDELEN, Toestand.DOORVOEREN})
"""States in which a worker is at it."""

UITKOMSTEN: Final = {
    Uitkomst.WACHT: Tekst("wacht", "waiting"),
    Uitkomst.GOED: Tekst("kan", "possible"),
    Uitkomst.WEGGELATEN: Tekst("weggelaten", "left out"),
    Uitkomst.AANVAARD: Tekst("gewijzigd", "changed"),
    Uitkomst.ONGEWIJZIGD: Tekst("was al zo", "was so already"),
    Uitkomst.GEWEIGERD: Tekst("geweigerd", "refused"),
}
_BADGE: Final = {
    Uitkomst.WACHT: "info",
    Uitkomst.GOED: "ok",
    Uitkomst.WEGGELATEN: "info",
    Uitkomst.AANVAARD: "ok",
    Uitkomst.ONGEWIJZIGD: "info",
    Uitkomst.GEWEIGERD: "fout",
}
_NIETS: Final = Tekst(
    "Er is niemand aangevinkt: er is niets gewijzigd.", "Nobody is ticked: nothing was changed."
)
_KOP: Final = (
    Tekst("Studentnummer", "Student number"),
    Tekst("Naam", "Name"),
    Tekst("Inschrijvingvolgnummer", "Number of the enrolment"),
    Tekst("Was", "Before"),
    Tekst("Wordt", "After"),
    Tekst("Uitkomst", "Outcome"),
    Tekst("Waarom geweigerd", "Why refused"),
    Tekst("Signalen die ontstaan", "Signals that appear"),
    Tekst("Signalen die verdwijnen", "Signals that disappear"),
)


@pagina(
    "portaal_invoer_bulk",
    "invoer/bulk/",
    titel=("Veel studenten tegelijk wijzigen", "Change many students at once"),
    methoden=("GET", "POST"),
)
def bulk(bezoek: Bezoek) -> HttpResponse:
    """Choose students and a change; what it would do is shown before anything is done."""
    waarden: dict[str, str] = {}
    fouten: dict[str, list[str]] = {}
    if bezoek.request.method == "POST":
        wens = lees_wens(bezoek, bezoek.request.POST.dict())
        waarden, fouten = wens.waarden, wens.fouten
        if not fouten and wens.wijziging is not None:
            gemaakt = kiezen.maak(
                bezoek.instelling or "", bezoek.naam, bezoek.pas.namens, wens.wijziging, wens.gekozen
            )
            return redirect("portaal_invoer_bulk_een", gemaakt.id)
    elif (getypt := concept.haal(bezoek)) is not None:
        waarden = {veld: getypt.get(veld, "") for veld in VELDEN}
        messages.warning(bezoek.request, bezoek.tekst(concept.TERUG))
    with met_pas(bezoek.pas):
        eerder = list(Bulk.objects.using("default").order_by("-gemaakt_op")[:10])
    redenen = [
        (code, f"{code} – {in_taal(Tekst(w.nl, w.en), bezoek.taal)}")
        for code, w in WAARDELIJSTEN["reden_uitschrijving"].waarden.items()
    ]
    return bezoek.toon(
        "portaal/invoer/bulk.html",
        {
            "waarden": waarden,
            "fouten": fouten,
            "wat": [(sleutel, bezoek.tekst(titel)) for sleutel, titel in WAT.items()],
            "redenen": redenen,
            "eerder": [(een, in_woorden(bezoek, een)) for een in eerder],
        },
        status=422 if fouten else 200,
    )


def _haal(bezoek: Bezoek, bulk_id: UUID) -> Bulk:
    """Return a bulk change of the institution; inside ``met_pas``.

    Raises:
        Http404: the pass shows none.
    """
    gevonden = Bulk.objects.using("default").filter(id=bulk_id).first()
    if gevonden is None:
        raise Http404
    return gevonden


@pagina(
    "portaal_invoer_bulk_een",
    "invoer/bulk/<uuid:bulk_id>/",
    titel=("Bulkwijziging", "Bulk change"),
    methoden=("GET", "POST"),
)
def een(bezoek: Bezoek, bulk_id: UUID) -> HttpResponse:
    """See everybody before and after, leave some out, decide, and follow how it goes.

    Raises:
        Http404: the institution has no such change.
    """
    if bezoek.request.method == "POST":
        with met_pas(bezoek.pas):
            _haal(bezoek, bulk_id)
        return _besluit(bezoek, bulk_id)
    with met_pas(bezoek.pas):
        deze = _haal(bezoek, bulk_id)
    stil = kiezen.staat_stil(deze)
    volgt = {"bulk": deze, "stil": stil, "stempel": stempel_van(deze, stil)}
    if bezoek.is_fragment:
        return hoe_ver(bezoek, "portaal/invoer/voortgang.html", volgt, bezig=deze.toestand in LOOPT)
    return _toon(bezoek, deze, volgt)


def _besluit(bezoek: Bezoek, bulk_id: UUID) -> HttpResponse:
    """Keep who was ticked of those on the page; with the button, have it done."""
    getoond, mee = (
        {int(n) for n in bezoek.request.POST.getlist(v) if _is_plaats(n)} for v in ("getoond", "mee")
    )
    instelling = bezoek.instelling or ""
    if bezoek.request.POST.get("actie") == "hervat":
        kiezen.hervat(bulk_id, instelling)
        return redirect("portaal_invoer_bulk_een", bulk_id)
    kiezen.kies(bulk_id, instelling, mee & getoond, getoond - mee)
    if "bewaar" in bezoek.request.POST:
        if bezoek.is_fragment:
            with met_pas(bezoek.pas):
                deze = _haal(bezoek, bulk_id)
                telling = _telling(bezoek, deze)
            return bezoek.toon("portaal/invoer/bulk_telling_live.html", {"bulk": deze, **telling})
        return redirect(bezoek.request.get_full_path())
    if not kiezen.besluit(bulk_id, instelling, bezoek.naam, bezoek.pas.namens):
        messages.info(bezoek.request, bezoek.tekst(_NIETS))
    return redirect("portaal_invoer_bulk_een", bulk_id)


def _is_plaats(tekst: str) -> bool:
    return tekst.isascii() and tekst.isdecimal() and len(tekst) < 6


def _telling(bezoek: Bezoek, deze: Bulk) -> dict[str, Any]:
    """Return how many there are of each outcome; inside ``met_pas``."""
    alle = Regel.objects.using("default").filter(bulk=deze)
    telling = Counter(alle.values_list("uitkomst", flat=True))
    return {
        "telling": [
            (sleutel, bezoek.tekst(titel), telling[sleutel], _BADGE[sleutel])
            for sleutel, titel in UITKOMSTEN.items()
            if telling[sleutel]
        ],
        "kan": telling[Uitkomst.GOED],
        "kiesbaar": telling[Uitkomst.GOED] + telling[Uitkomst.WEGGELATEN],
    }


def _toon(bezoek: Bezoek, deze: Bulk, volgt: dict[str, Any]) -> HttpResponse:
    keuze, blad_ = (bezoek.request.GET.get(naam, "") for naam in ("uitkomst", "blad"))
    blad = int(blad_) if blad_.isdecimal() and len(blad_) < 5 else 0
    with met_pas(bezoek.pas):
        alle = Regel.objects.using("default").filter(bulk=deze)
        gekozen = alle.filter(uitkomst=keuze) if keuze in Uitkomst.values else alle
        regels = list(gekozen.order_by("volgorde")[blad * PER_BLAD : (blad + 1) * PER_BLAD + 1])
        telling = _telling(bezoek, deze)
        getoond = regels[:PER_BLAD]
        wie = register.studenten([regel.persoon_id for regel in getoond], bezoek.instelling)
        bezoek.gelezen([regel.persoon_id for regel in getoond], "bulkwijziging bekijken", "registreren")
        samen = _samen(alle.values_list("redenen", "geopend", "gesloten"))
    waarden = {
        **volgt,
        "loopt": deze.toestand in LOOPT,
        "wijziging": in_woorden(bezoek, deze),
        "rijen": [_rij(bezoek, regel, wie) for regel in getoond],
        **telling,
        "keuze": keuze,
        "blad": blad,
        "vorige": blad - 1 if blad else None,
        "volgende": blad + 1 if len(regels) > PER_BLAD else None,
        "samen": {
            soort: [(regel, teksten(regel, bezoek.taal)[0], aantal) for regel, aantal in per.most_common()]
            for soort, per in samen.items()
        },
    }
    return bezoek.toon("portaal/invoer/bulk_een.html", waarden)


def _samen(rijen: Any) -> dict[str, Counter[str]]:
    """Count how often a rule refuses, and how often a signal appears and disappears."""
    uit: dict[str, Counter[str]] = {soort: Counter() for soort in ("redenen", "geopend", "gesloten")}
    for rij in rijen:
        for soort, regels in zip(uit, rij, strict=True):
            uit[soort].update(regels)
    return uit


def _rij(bezoek: Bezoek, regel: Regel, wie: dict[int, register.Student]) -> dict[str, Any]:
    return {
        "regel": regel,
        "student": wie.get(regel.persoon_id) or register.Student(regel.persoon_id, "", "", None),
        "uitkomst": bezoek.tekst(UITKOMSTEN[Uitkomst(regel.uitkomst)]),
        "badge": _BADGE[Uitkomst(regel.uitkomst)],
        "redenen": [teksten(id_, bezoek.taal) for id_ in regel.redenen],
        "kiesbaar": regel.uitkomst in (Uitkomst.GOED, Uitkomst.WEGGELATEN),
    }


def in_woorden(bezoek: Bezoek, deze: Bulk) -> str:
    """Return in words what a bulk change changes."""
    wijziging: Wijziging = msgspec.convert(deze.wijziging, Wijziging)
    match wijziging:
        case Gepland():
            return f"{bezoek.tekst(WAT['gepland'])}: {wijziging.datum:%d-%m-%Y}"
        case Einde():
            return f"{bezoek.tekst(WAT['einde'])}: {wijziging.datum:%d-%m-%Y}, {wijziging.reden}"
    delen = [
        f"OAB {wijziging.onderwijsaanbieder}" if wijziging.onderwijsaanbieder else "",
        f"OLOC {wijziging.onderwijslocatie}" if wijziging.onderwijslocatie else "",
        f"{bezoek.tekst(Tekst('vanaf', 'from'))} {wijziging.vanaf:%d-%m-%Y}" if wijziging.vanaf else "",
    ]
    return ", ".join(deel for deel in delen if deel)


@pagina(
    "portaal_invoer_bulk_bestand",
    "invoer/bulk/<uuid:bulk_id>/uitslag/",
    titel=("Uitslag als bestand", "The result as a file"),
)
def bestand(bezoek: Bezoek, bulk_id: UUID) -> HttpResponse:
    """Give what became of everybody as CSV.

    Raises:
        Http404: the institution has no such change.
    """
    with met_pas(bezoek.pas):
        _haal(bezoek, bulk_id)
        regels = list(Regel.objects.using("default").filter(bulk_id=bulk_id).order_by("volgorde"))
        wie = register.studenten([regel.persoon_id for regel in regels], bezoek.instelling)
        bezoek.gelezen([regel.persoon_id for regel in regels], "bulkwijziging ophalen", "registreren")
    return als_csv(
        [bezoek.tekst(kop) for kop in _KOP],
        (_cellen(regel, _rij(bezoek, regel, wie)) for regel in regels),
        "bulkwijziging",
    )


def _cellen(regel: Regel, rij: dict[str, Any]) -> list[str]:
    redenen = zip(regel.redenen, rij["redenen"], strict=True)
    return [
        rij["student"].studentnummer,
        rij["student"].naam,
        regel.inschrijvingvolgnummer,
        regel.voor,
        regel.na,
        rij["uitkomst"],
        " ".join(f"{id_}: {tekst}" for id_, (tekst, _) in redenen),
        " ".join(regel.geopend),
        " ".join(regel.gesloten),
    ]
