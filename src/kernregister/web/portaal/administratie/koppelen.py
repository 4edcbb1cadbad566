"""Which column is which field: proposed, looked over by the user, kept as a translation."""

from __future__ import annotations

import tomllib
from typing import Any, Final, Literal, get_args, get_origin
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from msgspec import Struct

from kernregister.kern.formaten.verslag import OnbruikbaarBestand
from kernregister.kern.parameters.waardelijsten import WAARDELIJSTEN
from kernregister.kern.regels.paspoort import Tekst
from kernregister.platform.nummers import maskeer
from kernregister.platform.pas import met_pas
from kernregister.platform.sql import STELSEL
from kernregister.vergelijking.export import Export, open_export
from kernregister.vergelijking.vertaling import (
    NIVEAUS,
    Bron,
    Vertaling,
    controleer_kolommen,
    neem_vertaling,
    velden_van,
)
from kernregister.vergelijking.voorstel import Kolom, als_toml, kolommen_van, te_vertalen, voorstel_van
from kernregister.vergelijking.waarden import DATUMVORMEN
from kernregister.web.administratie import bestanden, koppelingen, tasks
from kernregister.web.administratie.models import Toestand, Vergelijking
from kernregister.web.portaal.administratie import zicht
from kernregister.web.portaal.administratie.woorden import NIVEAU, veldnaam
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.paginas import pagina

STUDENTNUMMER, NAAM = "studentnummer", "naam"
_LOS: Final = {
    STUDENTNUMMER: Tekst("Eigen studentnummer (wordt getoond)", "Own student number (is shown)"),
    NAAM: Tekst("Naam (wordt getoond)", "Name (is shown)"),
}


class Vertaalregel(Struct, frozen=True):
    """A value of the export, and the register's value that it stands for."""

    naam: str
    waarde: str
    gekozen: str


class Kolomregel(Struct, frozen=True):
    """A column as the page shows it."""

    nummer: int
    kolom: Kolom
    voorbeelden: list[str]
    gekozen: str
    keuzes: list[tuple[str, str]]
    """Values of the register to choose from, for the translations."""
    vertalingen: list[Vertaalregel]


@pagina(
    "portaal_administratie_koppelen",
    "administratie/<uuid:vergelijking_id>/koppelen/",
    titel=("Kolommen koppelen", "Map the columns"),
    methoden=("GET", "POST"),
)
def koppelen(bezoek: Bezoek, vergelijking_id: UUID) -> HttpResponse:
    """Propose a translation, and keep what the user made of it."""
    with met_pas(bezoek.pas):
        vergelijking = zicht.vergelijking(vergelijking_id)
    if vergelijking.toestand != Toestand.KOPPELEN:
        return redirect("portaal_administratie_vergelijking", vergelijking_id=vergelijking_id)
    gestuurd = bezoek.request.POST if bezoek.request.method == "POST" else None
    try:
        with bestanden.geopend(vergelijking) as pad:
            export = open_export(pad, **_vorm(vergelijking))
            kolommen = kolommen_van(export)
            begin = _begin(vergelijking, export, kolommen)
    except OnbruikbaarBestand as fout:
        van = Vergelijking.objects.using(STELSEL).filter(id=vergelijking_id)
        van.update(toestand=Toestand.ONBRUIKBAAR, uitleg=maskeer(str(fout)))
        return redirect("portaal_administratie_vergelijking", vergelijking_id=vergelijking_id)
    fouten: list[tuple[str, str]] = []
    if gestuurd is None and vergelijking.koppeling is not None:
        losse: list[str] = []
        controleer_kolommen(begin, export, losse)
        fouten = [("", fout) for fout in losse]
    vertaling = begin if gestuurd is None else _gekozen(bezoek, gestuurd, export, kolommen, fouten)
    regels = _regels(bezoek, vertaling, kolommen)
    if gestuurd is not None and gestuurd.get("actie") == "vergelijk":
        nog = [r for r in regels for v in r.vertalingen if v.naam not in gestuurd]
        fouten += _fouten(bezoek, vertaling, nog)
        if not fouten:
            return _bewaar(bezoek, vergelijking, vertaling, gestuurd.get("naam", ""))
    stam = vergelijking.bestand.rpartition(".")[0] or vergelijking.bestand
    eerder = vergelijking.koppeling.naam if vergelijking.koppeling else stam
    waarden = {
        "vergelijking": vergelijking,
        "regels": regels,
        "groepen": _groepen(bezoek),
        "vormen": [
            (
                "",
                bezoek.tekst(
                    Tekst("jjjj-mm-dd of zoals Excel ze bewaart", "yyyy-mm-dd, or as Excel keeps them")
                ),
            )
        ]
        + [(vorm, vorm) for vorm in DATUMVORMEN if vorm != "jjjj-mm-dd"],
        "datumvorm": vertaling.datumvorm,
        "naam": gestuurd.get("naam", eerder) if gestuurd is not None else eerder,
        "fouten": fouten,
    }
    return bezoek.toon(
        "portaal/administratie/koppelen.html", waarden, status=422 if gestuurd and fouten else 200
    )


def _vorm(vergelijking: Vergelijking) -> dict[str, Any]:
    """Return how an earlier translation says the file is to be read."""
    if vergelijking.koppeling is None:
        return {}
    eerder, _ = koppelingen.lees(vergelijking.koppeling.toml)
    return {veld: getattr(eerder, veld) for veld in ("kopregel", "scheidingsteken", "codering", "blad")}


def _begin(vergelijking: Vergelijking, export: Export, kolommen: list[Kolom]) -> Vertaling:
    if vergelijking.koppeling is not None:
        return koppelingen.lees(vergelijking.koppeling.toml)[0]
    return voorstel_van(export, kolommen)


def _gekozen(
    bezoek: Bezoek, gestuurd: QueryDict, export: Export, kolommen: list[Kolom], fouten: list[tuple[str, str]]
) -> Vertaling:
    """Return the translation that the form says."""
    vorm = gestuurd.get("datumvorm", "")
    uit = Vertaling(
        blad=export.blad,
        kopregel=export.kopregel,
        scheidingsteken=export.scheidingsteken if export.scheidingsteken not in ("", ";") else "",
        datumvorm=vorm if vorm in DATUMVORMEN else "",
    )
    for nummer, kolom in enumerate(kolommen):
        keuze = gestuurd.get(f"kolom_{nummer}", "")
        niveau, _, veld = keuze.partition(".")
        if keuze in _LOS:
            dubbel = bool(getattr(uit, keuze))
            setattr(uit, keuze, kolom.naam)
        elif niveau in NIVEAUS and veld in velden_van(niveau):
            bronnen = uit.niveaus.setdefault(niveau, {})
            dubbel = veld in bronnen
            waarden = {
                waarde: gestuurd.get(f"waarde_{nummer}_{plaats}", "")
                for plaats, waarde in enumerate(te_vertalen(uit, niveau, veld, list(kolom.waarden)))
            }
            bronnen[veld] = Bron(kolom=kolom.naam, waarden=waarden)
        else:
            dubbel = False
        if dubbel:
            tekst = Tekst(
                f"'{maskeer(kolom.naam)}': dit veld is al aan een andere kolom gekoppeld.",
                f"'{maskeer(kolom.naam)}': this field is mapped to another column already.",
            )
            fouten.append((f"kolom_{nummer}", bezoek.tekst(tekst)))
    return uit


def _regels(bezoek: Bezoek, vertaling: Vertaling, kolommen: list[Kolom]) -> list[Kolomregel]:
    gekozen = {
        bron.kolom: f"{n}.{veld}"
        for n, bronnen in vertaling.niveaus.items()
        for veld, bron in bronnen.items()
    }
    gekozen |= {kolom: veld for veld in _LOS if (kolom := getattr(vertaling, veld))}
    uit = []
    for nummer, kolom in enumerate(kolommen):
        niveau, _, veld = gekozen.get(kolom.naam, "").partition(".")
        vertalingen: list[Vertaalregel] = []
        if veld:
            bron = vertaling.niveaus[niveau][veld]
            vertalingen = [
                Vertaalregel(f"waarde_{nummer}_{plaats}", maskeer(waarde), bron.waarden.get(waarde, ""))
                for plaats, waarde in enumerate(te_vertalen(vertaling, niveau, veld, list(kolom.waarden)))
            ]
        uit.append(
            Kolomregel(
                nummer,
                kolom,
                [maskeer(waarde) for waarde in kolom.voorbeelden],
                gekozen.get(kolom.naam, ""),
                _waarden(bezoek, niveau, veld) if vertalingen else [],
                vertalingen,
            )
        )
    return uit


def _waarden(bezoek: Bezoek, niveau: str, veld: str) -> list[tuple[str, str]]:
    """Return the values that the register has for a field."""
    lijst = WAARDELIJSTEN.get(veld)
    if lijst is not None:
        return [
            (code, f"{code}: {bezoek.tekst(Tekst(een.nl, een.en))}") for code, een in lijst.waarden.items()
        ]
    soort = velden_van(niveau)[veld].soort
    return [(code, code) for code in get_args(soort)] if get_origin(soort) is Literal else []


def _groepen(bezoek: Bezoek) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the fields of the register to choose from, by level."""
    los = [(veld, bezoek.tekst(naam)) for veld, naam in _LOS.items()]
    uit = [(bezoek.tekst(Tekst("Alleen om te tonen", "Only to show")), los)]
    for niveau in NIVEAUS:
        velden = [(f"{niveau}.{veld}", bezoek.tekst(veldnaam(veld))) for veld in velden_van(niveau)]
        uit.append((bezoek.tekst(NIVEAU[niveau]), velden))
    return uit


def _fouten(bezoek: Bezoek, vertaling: Vertaling, nog: list[Kolomregel]) -> list[tuple[str, str]]:
    """Return what keeps a translation from being used."""
    losse: list[str] = []
    neem_vertaling(tomllib.loads(als_toml(vertaling)), losse)
    uit = [("", fout) for fout in losse]
    for regel in {een.nummer: een for een in nog}.values():
        tekst = Tekst(
            f"'{maskeer(regel.kolom.naam)}': kies voor elke waarde wat het register ervoor heeft.",
            f"'{maskeer(regel.kolom.naam)}': choose for each value what the register has for it.",
        )
        uit.append((f"kolom_{regel.nummer}", bezoek.tekst(tekst)))
    return uit


def _bewaar(bezoek: Bezoek, vergelijking: Vergelijking, vertaling: Vertaling, naam: str) -> HttpResponse:
    titel = f"Gemaakt in het portaal bij {vergelijking.bestand}"
    gemaakt = koppelingen.bewaar(vergelijking.instelling, naam, als_toml(vertaling, titel), bezoek.naam)
    van = Vergelijking.objects.using(STELSEL).filter(id=vergelijking.pk)
    van.update(koppeling=gemaakt, toestand=Toestand.WACHT, uitleg="")
    tasks.vraag_vergelijking(vergelijking.pk)
    return redirect("portaal_administratie_vergelijking", vergelijking_id=vergelijking.pk)
