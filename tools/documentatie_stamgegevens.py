"""The page docs/stamgegevens.md: every list of reference data and the manifest, from their own declarations."""

from collections.abc import Callable
from typing import get_args, get_type_hints

from msgspec.structs import FieldInfo, fields

from kernregister.voorzieningen.stamgegevens.inlezen import Bestand
from kernregister.voorzieningen.stamgegevens.kolommen import kolommen_van
from kernregister.voorzieningen.stamgegevens.lijsten import LIJSTEN, Lijst

Tabel = Callable[[list[str], list[list[str]]], str]

INLEIDING = """\
# Stamgegevens

Wat het register weet van instellingen, opleidingen, leerbedrijven en codes. Elke lijst wordt als geheel geladen uit een
CSV, met `kernregister stamgegevens laad` (zie [opdrachten](opdrachten.md#stamgegevens)). Wat geladen is, is eerst een
*concept*, met een verslag van wat er nieuw, gewijzigd, beëindigd en vervallen is. Wie het concept *activeert*, zegt
waarom. Een versie verandert nooit: elk overzicht van toen is met de gegevens van toen opnieuw te maken.

Een lijst is *actueel* als zij zegt wat er vandaag is. Alleen dan betekent een code die er niet in staat, dat die code
niet bestaat; van een lijst van vroeger, of een die er niet is, is dat *niet te beoordelen*.

Meegeleverd (`--beginset`) zijn de opleidingen van 2015 (niet actueel), de tabellen 32, 33, 34 en 56 van de BRP en de
generieke examenonderdelen."""

MANIFEST = """\
## Manifest

Een CSV die heet naar zijn lijst (`opleidingen.csv`), met de kolommen hieronder als koppen, `;` ertussen, in UTF-8 en
met datums als jjjj-mm-dd, wordt gelezen zoals zij is. Van elk ander bestand zegt een manifest (TOML, in dezelfde map)
hoe het in elkaar zit. Alle fouten worden in een keer gemeld, met regel en kolom; is er een, dan wordt er niets geladen.

```toml
[[bestanden]]
lijst = "instellingen"
bestand = "instellingen-mbo.csv"
codering = "windows-1252"
bron = "DUO open onderwijsdata"
kolommen = { instellingscode = "INSTELLINGSCODE", naam = "INSTELLINGSNAAM", plaats = "PLAATSNAAM" }
vast = { soort = "BI" }
```"""

UITLEG = {
    "lijst": "naam van de lijst; noemt een manifest een lijst meer dan eens, dan vormen die bestanden samen de lijst",
    "bestand": "naam van het bestand, in de map van het manifest",
    "scheiding": "wat er tussen de kolommen staat",
    "codering": "hoe de letters zijn geschreven",
    "datum": "hoe de datums zijn geschreven",
    "einde": "of een einddatum de laatste dag is, of de eerste dag waarop iets niet meer geldt",
    "actueel": "of dit de lijst van vandaag is",
    "stand_op": "de dag waarvan het bestand vertelt",
    "bron": "waar het bestand vandaan komt",
    "kolommen": "kolom van de lijst = kop in het bestand; zonder: de koppen zijn de kolommen van de lijst",
    "vast": "kolom van de lijst = de waarde die elke rij heeft",
    "waarden": "per kolom van de lijst: tekst in het bestand = wat die betekent",
}


def stamgegevenspagina(tabel: Tabel, gemaakt: str) -> str:
    """Return the page."""
    soorten = get_type_hints(Bestand)
    opties = [
        [veld.name, _keuzen(soorten[veld.name]), _zonder(veld), UITLEG[veld.name]] for veld in fields(Bestand)
    ]
    delen = [gemaakt, INLEIDING, MANIFEST, tabel(["Sleutel", "Waarde", "Zonder", "Betekenis"], opties)]
    delen += ["## Lijsten", _verwijzingen()]
    for lijst in LIJSTEN.values():
        delen += _lijst(lijst, tabel)
    return "\n\n".join(delen) + "\n"


def _keuzen(soort: object) -> str:
    keuzen = [repr(keuze).strip("'") for keuze in get_args(soort) if isinstance(keuze, str)]
    return " of ".join(f"`{keuze}`" for keuze in keuzen)


def _zonder(veld: FieldInfo) -> str:
    if veld.required:
        return "verplicht"
    waarde = "true" if veld.default is True else veld.default
    return f"`{waarde}`" if isinstance(waarde, str) and waarde else "niets"


def _verwijzingen() -> str:
    return "\n".join(f"- [{lijst.titel}](#{lijst.naam})" for lijst in LIJSTEN.values())


def _lijst(lijst: Lijst, tabel: Tabel) -> list[str]:
    uniek = ", ".join((*lijst.sleutel, *lijst.onderscheid))
    zin = f"{lijst.titel}. Bron: {lijst.bron}. Een rij per {uniek}."
    if lijst.dekt:
        zin += f" Regels hebben dit nodig als `{'`, `'.join(bron.value for bron in lijst.dekt)}`."
    rijen = [
        [kolom.naam, kolom.formaat, "ja" if kolom.verplicht else "nee", kolom.uitleg]
        for kolom in kolommen_van(lijst.rij).values()
    ]
    return [f"### {lijst.naam}", zin, tabel(["Kolom", "Formaat", "Verplicht", "Betekenis"], rijen)]
