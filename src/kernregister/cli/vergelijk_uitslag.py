"""The outcome of a comparison as a text for people, and as one JSON object.

On the screen a person's number is never shown whole; it is in the CSV and the JSON, which are the steward's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from kernregister import __version__
from kernregister.cli.scherm import getal, kop, tabel
from kernregister.cli.uitslag_tekst import datum, toon_opmerking
from kernregister.kern.formaten.verslag import Opmerking, zichtbaar, zonder_nummers
from kernregister.kern.verschil import SoortWijziging, Verschil
from kernregister.vergelijking.aansluiting import Aansluiting
from kernregister.vergelijking.overzichten import Uitkomst

if TYPE_CHECKING:
    from rich.console import Console

DOCUMENT = "kernregister-vergelijking"
OORZAKEN = 40
"""Causes shown on the screen."""

_SOORTEN = {
    SoortWijziging.TOEVOEGING: "toegevoegd",
    SoortWijziging.WIJZIGING: "gewijzigd",
    SoortWijziging.VERWIJDERING: "verwijderd",
}
_RELEVANT = {True: "ja", False: "nee", None: ""}


def toon_overzichten(uitkomst: Uitkomst, console: Console) -> None:
    """Show what differs between two overviews."""
    oud, nieuw = uitkomst.kop_oud, uitkomst.kop_nieuw
    waarvan = f"{uitkomst.indeling} van {nieuw.instellingscode}"
    if uitkomst.indeling == "OBO":
        waarvan += f", studiejaar {nieuw.studiejaar}"
    console.print(waarvan, style="bold")
    console.print(
        f"{uitkomst.oud} ({datum(oud.datum_aanmaak)}) en {uitkomst.nieuw} ({datum(nieuw.datum_aanmaak)})"
    )
    _toon_opmerkingen(console, uitkomst.opmerkingen)
    kop(console, "Verschillen")
    if not uitkomst.aantal():
        console.print("Geen verschillen.")
        return
    obo = uitkomst.indeling == "OBO"
    relevant = ("Kan relevant zijn",) if obo else ()
    rooster = tabel("Record", *(s.capitalize() for s in _SOORTEN.values()), *relevant, rechts=(1, 2, 3, 4))
    for recordsoort in uitkomst.recordsoorten:
        aantallen = [getal(uitkomst.aantal(recordsoort, soort)) for soort in _SOORTEN]
        geteld = recordsoort in ("ISG", "ISP")
        meer = [getal(uitkomst.aantal(recordsoort, relevant=True)) if geteld else "-"] if obo else []
        rooster.add_row(recordsoort, *aantallen, *meer)
    console.print(rooster)
    console.print(f"{getal(uitkomst.aantal())} verschillen, bij {getal(uitkomst.personen)} personen.")
    if obo:
        console.print(
            "Of een inschrijving (ISG) of periode (ISP) relevant kan zijn, zeggen de teldata 1 oktober en 1 februari; "
            "de andere records hebben die niet: beoordeel ze zelf.",
            style="dim",
        )
    kop(console, "Bijvoorbeeld")
    voorbeelden = tabel("Record", "Persoon", "Sleutel", "Wat", *(("Relevant",) if obo else ()))
    for verschil in uitkomst.voorbeelden:
        wat = verschil.gewijzigd or _SOORTEN[verschil.soort]
        voorbeelden.add_row(
            verschil.recordsoort,
            _kort(verschil.burgerservicenummer or verschil.onderwijsnummer or ""),
            zonder_nummers(" ".join(verschil.sleutel)),
            zonder_nummers(wat),
            *((_RELEVANT[verschil.relevant],) if obo else ()),
        )
    console.print(voorbeelden)


def toon_aansluiting(aansluiting: Aansluiting, console: Console) -> None:
    """Show what differs between the register and an own administration, by cause."""
    a = aansluiting
    console.print(f"{a.indeling} van {a.instellingscode} naast {a.export}", style="bold")
    console.print(
        f"{getal(a.personen_register)} personen in het register, {getal(a.personen_export)} in de export; "
        f"bij {getal(a.personen_gelijk)} is alles wat vergeleken is gelijk."
    )
    _toon_opmerkingen(console, a.opmerkingen)
    kop(console, "Afwijkingen naar oorzaak")
    if not a.oorzaken:
        console.print("Geen afwijkingen.")
        return
    rooster = tabel("Niveau", "Veld", "Aantal", "Vergeleken", "Oorzaak", rechts=(2, 3))
    for oorzaak in a.oorzaken[:OORZAKEN]:
        rooster.add_row(
            oorzaak.niveau.replace("_", " "),
            oorzaak.veld.replace("_", " "),
            getal(oorzaak.aantal),
            getal(oorzaak.vergeleken) if oorzaak.vergeleken else "",
            ("! " if oorzaak.verdacht else "") + zonder_nummers(oorzaak.tekst),
        )
    console.print(rooster)
    if (meer := len(a.oorzaken) - OORZAKEN) > 0:
        console.print(f"en {getal(meer)} oorzaken meer; alles staat in verschillen.csv (--uit MAP).")
    if any(oorzaak.verdacht for oorzaak in a.oorzaken):
        console.print("! ligt eerder aan de vertaling dan aan de gegevens: kijk die eerst na.", style="dim")


def overzichten_als_json(uitkomst: Uitkomst) -> bytes:
    """Return what differs between two overviews as JSON: counts, remarks, and the first differences."""
    return _json(
        {
            "indeling": uitkomst.indeling,
            "oud": uitkomst.oud,
            "nieuw": uitkomst.nieuw,
            "tellingen": [
                {
                    "recordsoort": recordsoort,
                    "soort_wijziging": soort.value,
                    "reden": reden.value,
                    "kan_relevant_zijn": reden.relevant,
                    "aantal": aantal,
                }
                for (recordsoort, soort, reden), aantal in sorted(uitkomst.tellingen.items())
            ],
            "personen": uitkomst.personen,
            "opmerkingen": uitkomst.opmerkingen,
            "voorbeelden": [_verschil(verschil) for verschil in uitkomst.voorbeelden],
            "bestanden": [zichtbaar(str(pad)) for pad in uitkomst.bestanden],
        }
    )


def aansluiting_als_json(aansluiting: Aansluiting) -> bytes:
    """Return what differs between the register and an own administration as JSON."""
    inhoud: dict[str, Any] = {
        naam: getattr(aansluiting, naam)
        for naam in aansluiting.__struct_fields__
        if naam not in ("vergeleken", "afwijkingen")
    }
    inhoud["vergeleken"] = [
        {"niveau": niveau, "veld": veld, "aantal": aantal}
        for (niveau, veld), aantal in aansluiting.vergeleken.items()
    ]
    inhoud["afwijkingen"] = aansluiting.afwijkingen
    return _json(inhoud)


def _json(inhoud: dict[str, Any]) -> bytes:
    document = {"document": DOCUMENT, "versie": __version__, **inhoud}
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


def _verschil(verschil: Verschil) -> dict[str, Any]:
    return {
        "recordsoort": verschil.recordsoort,
        "soort_wijziging": verschil.soort.value,
        "burgerservicenummer": verschil.burgerservicenummer,
        "onderwijsnummer": verschil.onderwijsnummer,
        "sleutel": verschil.sleutel,
        "gewijzigd": verschil.velden,
        "kan_relevant_zijn": verschil.relevant,
        "reden": verschil.reden.value,
    }


def _toon_opmerkingen(console: Console, opmerkingen: list[Opmerking]) -> None:
    if opmerkingen:
        kop(console, "Over de bestanden")
        for opmerking in opmerkingen:
            toon_opmerking(console, opmerking, "nl")


def _kort(nummer: str) -> str:
    return f"…{nummer[-3:]}"
