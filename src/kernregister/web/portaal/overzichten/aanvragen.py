"""What somebody may ask for with which roles, and what a form asks."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from msgspec import Struct

from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.regels.paspoort import Tekst
from kernregister.kern.tijd import Studiejaar, dagen_na
from kernregister.platform import klok
from kernregister.voorzieningen.overzichten import public as overzichten
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.formulieren.waarden import GEEN_DATUM, lees_dag
from kernregister.web.toegang.rollen import Rol


class Overzichtsoort(Struct, frozen=True, kw_only=True):
    """A kind of overview on the page."""

    naam: str
    titel: Tekst
    uitleg: Tekst
    rollen: frozenset[Rol]
    """Who has one of these may ask for it."""
    alleen_bekostigd: bool = False
    per: str = ""
    """What the form asks beside: ``periode``, ``studiejaar``, ``bekostigingsjaar``, or nothing."""


SOORTEN: Final = (
    Overzichtsoort(
        naam="RO",
        titel=Tekst("Registratie Overzicht (RO)", "Overview of registrations (RO)"),
        uitleg=Tekst(
            "Alle deelname- en resultaatgegevens uit het register, aangevuld met persoonsgegevens van uw instelling, "
            "om met uw administratie te vergelijken. Kies een periode van hoogstens twee jaar.",
            "All data of participation and results in the register, with personal data of your institution, to "
            "compare with your administration. Choose a period of at most two years.",
        ),
        rollen=frozenset({Rol.REGISTERCONTROLE}),
        per="periode",
    ),
    Overzichtsoort(
        naam="OBO",
        titel=Tekst(
            "Overzicht Basis- en diplomagegevens Onderzoek (OBO)", "Overview of basic and diploma data (OBO)"
        ),
        uitleg=Tekst(
            "De bekostigingsrelevante gegevens van een studiejaar, voor de accountantscontrole. U kunt er een per dag "
            "aanvragen. Bij elk volgend OBO van hetzelfde studiejaar komt een verschillenlijst, met de melding die elk "
            "verschil maakte.",
            "The data that count for the funding of a studiejaar. With each next OBO of the same studiejaar comes a "
            "list of differences, with the melding that made each of them. It can be requested once a day.",
        ),
        rollen=frozenset({Rol.OBO}),
        alleen_bekostigd=True,
        per="studiejaar",
    ),
    Overzichtsoort(
        naam="TBGI",
        titel=Tekst(
            "Terugmelding bekostigingsgrondslagen individueel (TBG-i)",
            "Report of the grounds for funding by student (TBG-i)",
        ),
        uitleg=Tekst(
            "De voorlopige bekostiging van elke inschrijving en elk diploma voor een bekostigingsjaar, voor de "
            "controle van uw administratie en uw financiële prognose. Indicatief.",
            "The provisional funding of each enrolment and each diploma that counts for a funding year, to check your "
            "administration with and for your financial forecast. Indicative.",
        ),
        rollen=frozenset({Rol.OBO, Rol.BEKOSTIGING}),
        alleen_bekostigd=True,
        per="bekostigingsjaar",
    ),
    Overzichtsoort(
        naam="KWC",
        titel=Tekst("Kwaliteitscontrolebestand (KWC)", "Quality control file (KWC)"),
        uitleg=Tekst(
            "Alle signalen die nu openstaan, als CSV voor uw eigen gereedschap.",
            "All signals that stand now, as CSV for tools of your own.",
        ),
        rollen=frozenset({Rol.REGISTERCONTROLE}),
    ),
)


def te_vragen(bezoek: Bezoek) -> list[Overzichtsoort]:
    """Return the kinds that a visitor may ask for."""
    rollen = bezoek.hoedanigheid.rollen if bezoek.hoedanigheid else frozenset()
    if Rol.ACCOUNTANT in rollen or bezoek.instelling is None:
        return []
    return [een for een in SOORTEN if een.rollen & rollen and (bezoek.bekostigd or not een.alleen_bekostigd)]


_VELDEN: Final = ("begin", "einde", "studiejaar", "bekostigingsjaar", "uitbreiding")


class Invoer(Struct, frozen=True):
    """What stands in the form, and what is wrong with it by field."""

    soort: str = ""
    begin: str = ""
    einde: str = ""
    studiejaar: str = ""
    bekostigingsjaar: str = ""
    uitbreiding: str = "ja"
    """Whether a TBG-i tells the onderwijsaanbieder and onderwijslocatie too (Handleiding h. 05)."""
    fouten: dict[str, list[str]] = {}


def standaard(vandaag: date) -> Invoer:
    """Return what the form proposes: the studiejaar of the day."""
    jaar = Studiejaar.van(vandaag)
    t = Bekostigingsjaar.van(jaar)
    return Invoer("", jaar.begin.isoformat(), dagen_na(jaar.eind, -1).isoformat(), str(jaar), str(t))


def jaren(vandaag: date) -> list[tuple[str, str]]:
    """Return the studiejaren to choose from: the one of the day first, then earlier ones."""
    nu = Studiejaar.van(vandaag).start
    return [(str(Studiejaar(jaar)), str(Studiejaar(jaar))) for jaar in range(nu, nu - 7, -1)]


def bekostigingsjaren(vandaag: date) -> list[tuple[str, str]]:
    """Return the funding years to choose from, with the studiejaar that counts: the one of the day first."""
    nu = Bekostigingsjaar.van(Studiejaar.van(vandaag)).jaar
    return [(str(jaar), f"{jaar} ({Bekostigingsjaar(jaar).studiejaar})") for jaar in range(nu, nu - 5, -1)]


def lees(bezoek: Bezoek, soort: Overzichtsoort) -> tuple[overzichten.Wens | None, Invoer]:
    """Read the form; None with all that is wrong where it cannot be read."""
    post = bezoek.request.POST
    getypt = {naam: post.get(naam, "").strip() for naam in _VELDEN}
    fouten: dict[str, list[str]] = {}
    velden: dict[str, Any] = {}
    if soort.per == "periode":
        velden = {naam: _dag(bezoek, getypt[naam], naam, fouten) for naam in ("begin", "einde")}
    if soort.per == "studiejaar":
        try:
            velden["studiejaar"] = Studiejaar.lees(getypt["studiejaar"])
        except ValueError:
            fouten["studiejaar"] = [
                bezoek.tekst(Tekst("Kies een studiejaar uit de lijst.", "Choose a studiejaar from the list."))
            ]
    if soort.per == "bekostigingsjaar":
        if getypt["bekostigingsjaar"] in dict(bekostigingsjaren(klok.vandaag())):
            velden["bekostigingsjaar"] = Bekostigingsjaar(int(getypt["bekostigingsjaar"]))
        else:
            fouten["bekostigingsjaar"] = [
                bezoek.tekst(
                    Tekst("Kies een bekostigingsjaar uit de lijst.", "Choose a funding year from the list.")
                )
            ]
        velden["extra"] = {"uitbreiding": True} if getypt["uitbreiding"] else {}
    invoer = Invoer(soort.naam, **getypt, fouten=fouten)
    if fouten:
        return None, invoer
    return overzichten.Wens(soort=soort.naam, instelling=bezoek.pas.sleutel, **velden), invoer


def _dag(bezoek: Bezoek, tekst: str, naam: str, fouten: dict[str, list[str]]) -> date | None:
    dag = lees_dag(tekst)
    if tekst and dag is None:
        fouten[naam] = [bezoek.tekst(GEEN_DATUM)]
    return dag
