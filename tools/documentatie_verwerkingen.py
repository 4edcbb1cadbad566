"""The page of processing activities, from what the rooms declare."""

from collections.abc import Callable
from pathlib import Path

from kernregister.platform.verwerkingslog import lees_activiteiten

BRON = Path(__file__).parents[1] / "src" / "kernregister"
KAMERS = (BRON / "voorzieningen", BRON / "web")

INLEIDING = """Dit is het register van verwerkingsactiviteiten (AVG artikel 30) van Kernregister zelf. Elke kamer
verklaart de hare in `verwerkingen.toml`. Het verwerkingenlogboek, naar de standaard Logboek Dataverwerkingen, verwijst
per regel naar een activiteit en haar versie; een relevante wijziging is een nieuwe versie. In het logboek staat een
persoon onder een pseudoniem en staat geen medewerker: die staat in het auditspoor, onder hetzelfde `trace_id`. Een
instelling ziet haar eigen regels, een student de regels die over de student gaan."""

VELDEN = {
    "doel": "Doel",
    "grondslag": "Grondslag",
    "betrokkenen": "Betrokkenen",
    "gegevens": "Gegevens",
    "ontvangers": "Ontvangers",
    "bewaartermijn": "Bewaartermijn",
    "uri": "In het logboek",
}


def verwerkingenpagina(tabel: Callable[[list[str], list[list[str]]], str], gemaakt: str) -> str:
    """Return the page: each activity with its purpose, ground and term."""
    delen = [gemaakt, "# Verwerkingsactiviteiten", INLEIDING]
    for activiteit in lees_activiteiten(kamer for map_ in KAMERS for kamer in map_.iterdir()).values():
        rijen = [[kop, str(getattr(activiteit, veld))] for veld, kop in VELDEN.items()]
        delen += [f"## {activiteit.naam}", tabel(["", ""], rijen)]
    return "\n\n".join(delen) + "\n"
