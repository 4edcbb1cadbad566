"""The dashboard of an institution, for any studiejaar and day, and who stands behind each of its numbers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any, Final

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from kernregister.kern.gegevens import Soort as Instellingsoort
from kernregister.kern.regels.paspoort import Tekst
from kernregister.kern.tijd import Studiejaar
from kernregister.platform import klok
from kernregister.platform.geheugen import een_transactie
from kernregister.platform.pas import Soort, met_pas
from kernregister.voorzieningen.bekostigen import public as bekostigen
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.voorzieningen.stamgegevens import public as stamgegevens
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.dashboard import lijst, uitvoer
from kernregister.web.portaal.dashboard.opbouw import Blok, boven, onder
from kernregister.web.portaal.dashboard.tonen import blokken_als_html, samenvatting_als_html
from kernregister.web.portaal.dashboard.vraag import Dashboardvraag, Getalvraag, lees, lees_getal
from kernregister.web.portaal.paginas import pagina
from kernregister.web.portaal.rekenblad import als_csv, als_csv_stroom, in_een_keer
from kernregister.web.portaal.teruggaan import onthoud_lijst, vergeet_lijst

GEDULD: Final = 1500
"""Persons that are counted while somebody waits: well under a second. More than that the worker counts."""

JAREN: Final = 8
"""Studiejaren that are offered; an earlier one can be asked for in the address."""

_TOESTANDEN: Final = {
    "aangeleverd": Tekst("AANGELEVERD", "HANDED IN"),
    "goedgekeurd": Tekst("GOEDGEKEURD", "APPROVED"),
    "afgekeurd": Tekst("AFGEKEURD", "REFUSED"),
    "vervangen": Tekst("VERVANGEN", "REPLACED"),
}


@pagina("portaal_dashboard", "dashboard/", titel=("Dashboard", "Dashboard"))
def dashboard(bezoek: Bezoek) -> HttpResponseBase:
    """Show the figures; who sees more than one institution chooses one first."""
    vraag = lees(bezoek)
    vergeet_lijst(bezoek)
    if vraag.instelling is None:
        return _instellingen(bezoek, vraag)
    return _met_cijfers(bezoek, vraag, lambda beeld: _toon(bezoek, vraag, beeld))


@pagina("portaal_dashboard_csv", "dashboard/cijfers/", titel=("Cijfers als CSV", "Figures as CSV"))
def cijfers(bezoek: Bezoek) -> HttpResponseBase:
    """Give the figures as a file."""
    vraag = lees(bezoek)
    if vraag.instelling is None:
        raise Http404

    def maak(beeld: kwaliteit.Dashboardbeeld) -> HttpResponseBase:
        naam = f"dashboard-{beeld.instelling}-{beeld.studiejaar}-{beeld.stand_per}"
        return als_csv(uitvoer.KOP, uitvoer.figuren(bezoek, _blokken(vraag, beeld)), naam)

    return _met_cijfers(bezoek, vraag, maak)


@pagina("portaal_dashboard_cel", "dashboard/getal/", titel=("Achter een getal", "Behind a number"))
def cel(bezoek: Bezoek) -> HttpResponseBase:
    """Show who stands behind a number, page by page."""
    bladzijde = bezoek.request.GET.get("bladzijde", "1")
    nummer = min(int(bladzijde), 100_000) if bladzijde.isascii() and bladzijde.isdigit() else 1
    vanaf = (max(1, nummer) - 1) * lijst.PER_BLADZIJDE

    def maak(vraag: Dashboardvraag, getal: Getalvraag, gevonden: lijst.Lijst) -> HttpResponseBase:
        waarden = {
            "vraag": vraag,
            "getal": getal,
            "lijst": gevonden,
            "vanaf": vanaf + 1,
            "tot": vanaf + len(gevonden.regels),
            "nummer": nummer,
            "vorige": nummer > 1,
            "volgende": vanaf + len(gevonden.regels) < gevonden.aantal,
        }
        onthoud_lijst(bezoek, getal.label)
        return bezoek.toon("portaal/dashboard/cel.html", waarden)

    return _met_lijst(bezoek, vanaf, lijst.PER_BLADZIJDE, maak)


@pagina("portaal_dashboard_cel_csv", "dashboard/getal/lijst/", titel=("Lijst als CSV", "List as CSV"))
def cel_csv(bezoek: Bezoek) -> HttpResponseBase:
    """Give who stands behind a number as a file, all of them."""

    def maak(vraag: Dashboardvraag, getal: Getalvraag, gevonden: lijst.Lijst) -> HttpResponseBase:
        alles = lijst.verder(bezoek, vraag, getal, gevonden)
        return als_csv_stroom(lijst.KOP, lijst.als_rijen(bezoek, alles), "dashboard-lijst")

    antwoord = _met_lijst(bezoek, 0, lijst.PER_KEER, maak, na=0)
    return in_een_keer(antwoord) if isinstance(antwoord, StreamingHttpResponse) else antwoord


def _met_cijfers(
    bezoek: Bezoek, vraag: Dashboardvraag, maak: Callable[[kwaliteit.Dashboardbeeld], HttpResponseBase]
) -> HttpResponseBase:
    """Answer with the figures, or tell what is wrong with the question, or that they are being counted."""
    if vraag.fouten:
        return _niet_zo(bezoek, vraag)

    def doe() -> HttpResponseBase:
        assert vraag.instelling is not None
        beeld = kwaliteit.dashboard(vraag.instelling, vraag.studiejaar, vraag.stand, hoogstens=GEDULD)
        return _is_geteld(bezoek) or maak(beeld)

    return _in_een_keer(bezoek, vraag, doe)


def _met_lijst(
    bezoek: Bezoek,
    vanaf: int,
    hoeveel: int,
    maak: Callable[[Dashboardvraag, Getalvraag, lijst.Lijst], HttpResponseBase],
    na: int | None = None,
) -> HttpResponseBase:
    vraag = lees(bezoek)
    if vraag.fouten:
        return _niet_zo(bezoek, vraag)
    if vraag.instelling is None:
        raise Http404
    instelling, jaar = vraag.instelling, vraag.studiejaar or Studiejaar.van(vraag.stand or klok.vandaag())

    def doe() -> HttpResponseBase:
        getal = lees_getal(bezoek, instelling, jaar)
        if getal is None:
            raise Http404
        gevonden = lijst.haal(bezoek, vraag, getal, vanaf, hoeveel, GEDULD, na)
        return _is_geteld(bezoek) or maak(vraag, getal, gevonden)

    return _in_een_keer(bezoek, vraag, doe)


def _in_een_keer(
    bezoek: Bezoek, vraag: Dashboardvraag, doe: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """Answer in one transaction with the pass, or tell that it cannot be, or that it is being counted."""
    try:
        with een_transactie(), met_pas(bezoek.pas):
            return doe()
    except kwaliteit.WordtGeteld as bezig:
        return _wordt_geteld(bezoek, vraag, bezig)
    except kwaliteit.Onvindbaar:
        raise Http404 from None
    except kwaliteit.Kwaliteitsfout as fout:
        return _niet_zo(bezoek, vraag, str(fout))


def _toon(bezoek: Bezoek, vraag: Dashboardvraag, beeld: kwaliteit.Dashboardbeeld) -> HttpResponse:
    soort = _soort_van(beeld.instelling)
    bovenaan, onderaan = boven(beeld, vraag), onder(beeld, vraag, soort)
    kenmerk = _kenmerk([*bovenaan, *onderaan])
    if bezoek.is_fragment and bezoek.request.GET.get("gezien") == kenmerk:
        return HttpResponse(status=204)
    waarden: dict[str, Any] = {
        "vraag": vraag,
        "beeld": beeld,
        "jaar_geschreven": beeld.studiejaar.replace("-", "/"),
        "tot_en_met": beeld.stand_per - timedelta(days=1),
        "laatste_venster": beeld.venster_tot - timedelta(days=1),
        "boven": blokken_als_html(bezoek.taal, tuple(bovenaan)),
        "onder": blokken_als_html(bezoek.taal, tuple(onderaan)),
        "assurance": _assurance(bezoek, vraag, beeld, soort),
        "naam": _naam_van(beeld.instelling),
        "kenmerk": kenmerk,
        "ververs": vraag.adres(gezien=kenmerk),
        **_keuzes(bezoek, vraag, beeld),
    }
    waarden["nu"] = samenvatting_als_html(bezoek, beeld, soort is Instellingsoort.BI, vraag.stand)
    return bezoek.toon("portaal/dashboard/dashboard.html", waarden)


def _blokken(vraag: Dashboardvraag, beeld: kwaliteit.Dashboardbeeld) -> list[Blok]:
    return [*boven(beeld, vraag), *onder(beeld, vraag, _soort_van(beeld.instelling))]


def _kenmerk(blokken: list[Blok]) -> str:
    """Return a mark of the figures: a page that shows them already is not sent them again."""
    getallen = [cel.aantal for blok in blokken for rij in blok.rijen for cel in rij.cellen]
    return hashlib.blake2b(repr(getallen).encode(), digest_size=6).hexdigest()


def _assurance(
    bezoek: Bezoek, vraag: Dashboardvraag, beeld: kwaliteit.Dashboardbeeld, soort: Instellingsoort
) -> dict[str, Any] | None:
    """Return the row of the assurance report, as it was on the day; an NBI has none."""
    if soort is not Instellingsoort.BI:
        return None
    voor = datetime.combine(vraag.stand, time(), klok.NEDERLAND) if vraag.stand else None
    stand = bekostigen.verantwoording(beeld.instelling, voor)
    if stand is None:
        return {"jaar": None}
    toestand = _TOESTANDEN.get(stand.toestand, Tekst(stand.toestand.upper(), stand.toestand.upper()))
    return {
        "jaar": stand.controlejaar,
        "toestand": toestand,
        "op": f"{stand.op.astimezone(klok.NEDERLAND):%d-%m-%y}",
    }


def _keuzes(bezoek: Bezoek, vraag: Dashboardvraag, beeld: kwaliteit.Dashboardbeeld) -> dict[str, Any]:
    dagen = kwaliteit.geplaatst(beeld.instelling)
    if bezoek.pas.soort is Soort.ACCOUNTANT:
        jaren = [beeld.studiejaar]
    else:
        nu = Studiejaar.van(klok.vandaag()).start
        jaren = [str(Studiejaar(nu - terug)) for terug in range(JAREN)]
        if beeld.studiejaar not in jaren:
            jaren.append(beeld.studiejaar)
    return {
        "jaren": [(jaar, jaar.replace("-", "/")) for jaar in jaren],
        "dagen": dagen[:60],
        "andere_dag": vraag.stand if vraag.stand and vraag.stand not in dagen[:60] else None,
        "vandaag": klok.vandaag(),
    }


def _instellingen(bezoek: Bezoek, vraag: Dashboardvraag) -> HttpResponse:
    """Show the institutions that somebody sees who sees more than one."""
    bekend = stamgegevens.gegevens().instellingen
    with met_pas(bezoek.pas):
        met_cijfers = {een.instelling: een for een in kwaliteit.per_instelling()}
    rijen = [
        {
            "code": code,
            "naam": _naam_van(code),
            "soort": _soort_van(code).value,
            "regel": met_cijfers.get(code) or kwaliteit.Instellingsregel(code, 0, None, None, {}),
        }
        for code in sorted(bekend.keys() | met_cijfers.keys())
    ]
    waarden = {"vraag": vraag, "rijen": rijen, "open": sum(een.open for een in met_cijfers.values())}
    return bezoek.toon("portaal/dashboard/instellingen.html", waarden, status=422 if vraag.fouten else 200)


def _niet_zo(bezoek: Bezoek, vraag: Dashboardvraag, fout: str = "") -> HttpResponse:
    """Tell what is wrong with a question, with what was typed and a way back."""
    per_veld: dict[str, list[str]] = {"": [fout] if fout else [], "studiejaar": [], "dag": []}
    for veld, tekst in vraag.fouten.items():
        per_veld["dag" if veld == "stand" else veld if veld in per_veld else ""].append(bezoek.tekst(tekst))
    waarden = {"vraag": vraag, "per_veld": per_veld}
    return bezoek.toon("portaal/dashboard/niet_zo.html", waarden, status=422)


def _wordt_geteld(bezoek: Bezoek, vraag: Dashboardvraag, bezig: kwaliteit.WordtGeteld) -> HttpResponse:
    """Have the worker count; the page asks again by itself until it is done."""
    assert vraag.instelling is not None
    jaar = vraag.studiejaar or Studiejaar.van(vraag.stand or klok.vandaag())
    kwaliteit.vraag_telling(vraag.instelling, jaar, vraag.stand)
    if bezoek.is_fragment:
        return HttpResponse(status=204)
    return bezoek.toon("portaal/dashboard/wordt_geteld.html", {"aantal": bezig.aantal}, status=202)


def _is_geteld(bezoek: Bezoek) -> HttpResponse | None:
    """Have the page that waited for the worker load itself anew; None: nobody waited."""
    if bezoek.is_fragment and "telt" in bezoek.request.GET:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return None


def _soort_van(instelling: str) -> Instellingsoort:
    return stamgegevens.gegevens().soort_van(instelling)


def _naam_van(instelling: str) -> str:
    bekend = stamgegevens.gegevens().instellingen.get(instelling)
    return bekend.naam if bekend else ""
