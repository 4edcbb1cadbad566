"""The figures of an institution: the dashboard and kwaliteitscontrole.csv, now or as they were on a day."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated, Any

from msgspec import Meta, Struct

from kernregister.kern.tijd import Studiejaar
from kernregister.platform import klok
from kernregister.platform.pas import met_pas
from kernregister.voorzieningen.bekostigen import public as bekostigen
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.web.api.problemen import Fout, Punt
from kernregister.web.api.routes import Antwoord, Verzoek, route
from kernregister.web.api.signalen import Instellingscode
from kernregister.web.api.verantwoording import gelezen, over_instelling


class Cijfervraag(Struct, frozen=True):
    """Of which institution, studiejaar and day; an institution need not name itself."""

    instelling: Instellingscode | None = None
    studiejaar: Annotated[str, Meta(pattern="^[0-9]{4}-[0-9]{4}$", description="zoals 2025-2026")] | None = (
        None
    )
    stand_per: Annotated[date, Meta(description="gegevens tot en met de dag ervoor; zonder: nu")] | None = (
        None
    )


class Signaaltelling(Struct, frozen=True):
    """A row of the dashboard: how many records, enrolments (**) or persons (*) have this signal, per column."""

    groep: str
    regel: str
    label: str
    merk: str
    aantallen: dict[str, int | None]
    ontbreekt: tuple[str, ...]
    van_toepassing: bool


class Telcel(Struct, frozen=True):
    """A count of the lower block."""

    blok: str
    rij: str
    kolom: str
    aantal: int


class Assurancestand(Struct, frozen=True):
    """How the accounting stands: the state of the assurance report of the latest controlejaar, and since when."""

    controlejaar: int
    toestand: str
    op: datetime


class Dashboard(Struct, frozen=True):
    """The figures of an institution (Handleiding Register Onderwijsdeelnemers mbo, h. 06)."""

    instelling: str
    studiejaar: str
    stand_per: date
    stand: int | None
    venster_van: date
    venster_tot: date
    geplaatst_op: datetime | None
    signalen: list[Signaaltelling]
    cellen: list[Telcel]
    totalen: dict[str, int]
    assurancerapport: Assurancestand | None


@route(
    "dashboard",
    "GET",
    "/dashboard",
    titel=("Het dashboard", "The dashboard"),
    groep="Signalen",
    vraag=Cijfervraag,
    antwoord=Dashboard,
    fouten=("niet-gevonden", "onverwerkbaar"),
)
def dashboard(verzoek: Verzoek) -> Antwoord:
    """The counts that DUO's dashboard shows, now or placed."""

    def maak(*vraag: Any) -> tuple[kwaliteit.Dashboardbeeld, bekostigen.Verantwoording | None]:
        beeld = kwaliteit.dashboard(*vraag)
        voor = None if vraag[-1] is None else datetime.combine(vraag[-1], time(), klok.NEDERLAND)
        return beeld, bekostigen.verantwoording(beeld.instelling, voor)

    beeld, verantwoord = _haal(verzoek, maak)
    assurance = verantwoord and Assurancestand(verantwoord.controlejaar, verantwoord.toestand, verantwoord.op)
    tellingen = [
        Signaaltelling(
            t.groep,
            t.regel,
            getattr(t.label, verzoek.taal),
            t.merk,
            t.aantallen,
            t.ontbreekt,
            t.van_toepassing,
        )
        for t in beeld.signalen
    ]
    cellen = [Telcel(cel.blok, cel.rij, cel.kolom, cel.aantal) for cel in beeld.cellen]
    kop: dict[str, Any] = {veld: getattr(beeld, veld) for veld in Dashboard.__struct_fields__[:7]}
    return Antwoord(
        Dashboard(
            **kop,
            signalen=tellingen,
            cellen=cellen,
            totalen=beeld.totalen,
            assurancerapport=assurance,
        )
    )


@route(
    "kwc",
    "GET",
    "/kwc",
    titel=("Het kwaliteitscontrolebestand", "The kwaliteitscontrole file"),
    groep="Signalen",
    vraag=Cijfervraag,
    antwoord=str,
    media="text/csv",
    fouten=("niet-gevonden", "onverwerkbaar"),
)
def kwc(verzoek: Verzoek) -> Antwoord:
    """kwaliteitscontrole.csv, as DUO delivers it."""

    def maak(*vraag: Any) -> bytes:
        inhoud, wie = kwaliteit.kwc(*vraag)
        gelezen(verzoek, wie, "kwaliteitscontrole lezen", "kwaliteit-bewaken")
        return inhoud

    return Antwoord(
        _haal(verzoek, maak),
        koppen={
            "Content-Type": "text/csv; charset=utf-8",
            "Content-Disposition": 'attachment; filename="kwaliteitscontrole.csv"',
        },
    )


def _haal(verzoek: Verzoek, maak: Any) -> Any:
    vraag: Cijfervraag = verzoek.vraag
    instelling = over_instelling(verzoek, vraag.instelling)
    try:
        with met_pas(verzoek.wie.pas):
            return maak(instelling, _studiejaar(vraag.studiejaar), vraag.stand_per)
    except kwaliteit.Onvindbaar:
        raise Fout("niet-gevonden") from None
    except kwaliteit.Kwaliteitsfout as fout:
        raise Fout("onverwerkbaar", [Punt(str(fout))]) from None


def _studiejaar(tekst: str | None) -> Studiejaar | None:
    if tekst is None:
        return None
    begin, _, eind = tekst.partition("-")
    if int(eind) != int(begin) + 1 or not 1990 <= int(begin) <= 2100:
        raise Fout("onverwerkbaar", [Punt("een studiejaar is zoals 2025-2026", "?studiejaar")])
    return Studiejaar.van(date(int(begin), 10, 1))
