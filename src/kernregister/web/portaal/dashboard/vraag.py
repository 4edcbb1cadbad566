"""What is asked of the dashboard, read from the address: which institution, studiejaar and day, and which number."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any, Final
from urllib.parse import urlencode

from msgspec import Struct

from kernregister.kern.overzichten.signaalrijen import BOVENBLOK, DUBBEL
from kernregister.kern.overzichten.telblokken import cellen_van, kolommen_van, telblokken
from kernregister.kern.regels.paspoort import Tekst
from kernregister.kern.tijd import Studiejaar
from kernregister.platform.pas import Soort
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.voorzieningen.stamgegevens import public as stamgegevens
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.formulieren.waarden import GEEN_DATUM, lees_dag

TELDATA: Final = ("", "1-10", "1-2")


class Dashboardvraag(Struct, frozen=True):
    """Which dashboard. ``instelling`` None: of more than one, and which is still to be chosen."""

    instelling: str | None
    studiejaar: Studiejaar | None = None
    stand: date | None = None
    """Per which day; None is now."""
    fouten: dict[str, Tekst] = {}
    """Field -> what is wrong with it."""
    getypt: dict[str, str] = {}
    """What stood in the address, to show again."""
    kiest: bool = False
    """The visitor sees more than one institution."""

    def adres(self, **meer: Any) -> str:
        """Return the query that asks for this, with more beside it."""
        delen = {
            "instelling": self.instelling if self.kiest else None,
            "studiejaar": self.studiejaar,
            "stand": self.stand,
            **meer,
        }
        return _adres(*((naam, str(waarde)) for naam, waarde in delen.items() if waarde not in {None, ""}))


@lru_cache(4096)  # under the numbers of a dashboard are the same addresses each time: 0.7 ms of a page
def _adres(*delen: tuple[str, str]) -> str:
    vraag = urlencode(delen)
    return f"?{vraag}" if vraag else "?"


def lees(bezoek: Bezoek) -> Dashboardvraag:
    """Read what is asked; what cannot be read counts as not asked, with what is wrong beside it."""
    velden = ("instelling", "studiejaar", "stand", "dag")
    getypt = {veld: bezoek.request.GET.get(veld, "").strip()[:40] for veld in velden}
    fouten: dict[str, Tekst] = {}
    studiejaar = _studiejaar(bezoek, getypt["studiejaar"], fouten)
    stand = _dag(getypt["dag"], "dag", fouten) or _dag(getypt["stand"], "stand", fouten)
    instelling = bezoek.instelling or _instelling(getypt["instelling"], fouten)
    return Dashboardvraag(instelling, studiejaar, stand, fouten, getypt, bezoek.instelling is None)


def _studiejaar(bezoek: Bezoek, tekst: str, fouten: dict[str, Tekst]) -> Studiejaar | None:
    eigen = Studiejaar.lees(bezoek.pas.extra) if bezoek.pas.soort is Soort.ACCOUNTANT else None
    if not tekst:
        return eigen
    try:
        jaar = Studiejaar.lees(tekst)
    except ValueError:
        fouten["studiejaar"] = Tekst(
            "Dit is geen studiejaar. Schrijf het als 2025-2026.",
            "This is no studiejaar. Write it as 2025-2026.",
        )
        return eigen
    if eigen is not None and jaar != eigen:
        fouten["studiejaar"] = Tekst(
            f"U ziet als accountant alleen studiejaar {eigen}.",
            f"As an accountant you see only studiejaar {eigen}.",
        )
        return eigen
    return jaar


def _dag(tekst: str, veld: str, fouten: dict[str, Tekst]) -> date | None:
    dag = lees_dag(tekst)
    if tekst and dag is None:
        fouten[veld] = GEEN_DATUM
    return dag


def _instelling(tekst: str, fouten: dict[str, Tekst]) -> str | None:
    if not tekst:
        return None
    if tekst not in stamgegevens.gegevens().instellingen and tekst not in _met_cijfers():
        fouten["instelling"] = Tekst(
            "Deze instelling is niet bekend. Kies er een uit de lijst.",
            "This institution is not known. Choose one from the list.",
        )
        return None
    return tekst


def _met_cijfers() -> Iterable[str]:
    return {een.instelling for een in kwaliteit.per_instelling("stelsel")}


class Getalvraag(Struct, frozen=True):
    """Which number of a dashboard, with the label of its row and the name of its column."""

    getal: kwaliteit.Getal
    label: Tekst
    blok: Tekst
    kolom: str
    merk: str = ""
    regel: str = ""


_SIGNAALRIJEN: Final = {rij.regel: rij for rijen in (*BOVENBLOK.values(), DUBBEL) for rij in rijen}


def lees_getal(bezoek: Bezoek, instelling: str, studiejaar: Studiejaar) -> Getalvraag | None:
    """Read which number is asked for; None: the dashboard of this institution has no such number."""
    vraag = {naam: bezoek.request.GET.get(naam, "") for naam in ("regel", "blok", "rij", "kolom")}
    soort = stamgegevens.gegevens().soort_van(instelling)
    if vraag["regel"]:
        rij = _SIGNAALRIJEN.get(vraag["regel"])
        if rij is None or vraag["kolom"] not in TELDATA:
            return None
        getal = kwaliteit.Getal(regel=rij.regel, kolom=vraag["kolom"])
        return Getalvraag(getal, rij.label, SIGNALEN, vraag["kolom"], regel=rij.regel)
    for blok in telblokken(soort):
        if blok.blok == vraag["blok"] and vraag["kolom"] in kolommen_van(blok, studiejaar):
            cellen = cellen_van(blok, vraag["rij"], vraag["kolom"])
            label = next((rij.label for rij in blok.rijen if rij.rij == vraag["rij"]), TOTAALRIJ)
            if cellen:
                return Getalvraag(kwaliteit.Getal(cellen=cellen), label, blok.titel, vraag["kolom"])
    return None


SIGNALEN: Final = Tekst("Signalen", "Signals")
TOTAALRIJ: Final = Tekst("totaal", "total")
