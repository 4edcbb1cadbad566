"""An own administration made of what a register holds: an export with a column for each field, and its translation."""

import csv
import io
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from kernregister.kern.dossier import Dossier
from kernregister.kern.formaten.indeling import NUMMERS, tag, velden
from kernregister.kern.formaten.recordbestand import Groep
from kernregister.kern.formaten.ro import RO
from kernregister.kern.formaten.verslag import Verslag
from kernregister.vergelijking.administratie import Administratie
from kernregister.vergelijking.export import open_export
from kernregister.vergelijking.naast import Naast
from kernregister.vergelijking.oorzaken import Afwijking
from kernregister.vergelijking.register import groep_van, overzicht_op
from kernregister.vergelijking.vertaling import NIVEAUS, neem_vertaling

SOORTEN = {soort: niveau for niveau, soort in NIVEAUS.items()}
KOLOMMEN = [
    *NUMMERS,
    *(
        f"{niveau}.{veld.naam}"
        for niveau, soort in NIVEAUS.items()
        for veld in velden(RO.records[soort])
        if veld.naam not in NUMMERS
    ),
]
"""Of each field a column, named after level and field."""

DAG = date(2026, 3, 2)


def vertaling_van(kolommen: Iterable[str] = KOLOMMEN) -> dict[str, Any]:
    """Return the translation of such an export, as TOML says it."""
    uit: dict[str, Any] = {niveau: {} for niveau in NIVEAUS}
    for kolom in kolommen:
        niveau, _, veld = kolom.rpartition(".")
        uit[niveau or "persoon"][veld] = kolom
    return {niveau: bronnen for niveau, bronnen in uit.items() if bronnen}


def als_toml(kolommen: Iterable[str] = KOLOMMEN) -> str:
    """Return that translation as the file that the command line takes."""
    delen = [
        "\n".join([f"[{niveau}]", *(f'{veld} = "{kolom}"' for veld, kolom in bronnen.items())])
        for niveau, bronnen in vertaling_van(kolommen).items()
    ]
    return "\n\n".join(delen) + "\n"


def export_van(groepen: Iterable[Groep]) -> str:
    """Return an export that says what these records say: a row a record."""
    uit = io.StringIO()
    schrijver = csv.DictWriter(uit, KOLOMMEN, delimiter=";", lineterminator="\n", restval="")
    schrijver.writeheader()
    for groep in groepen:
        for record in groep:
            niveau = SOORTEN[tag(type(record))]
            rij = {}
            for veld in velden(type(record)):
                waarde = getattr(record, veld.naam)
                if waarde is not None:
                    naam = veld.naam if veld.naam in NUMMERS else f"{niveau}.{veld.naam}"
                    rij[naam] = veld.schrijf()(waarde)
            schrijver.writerow(rij)
    return uit.getvalue()


def leg_naast(
    dossiers: dict[int, Dossier], instelling: str, export: str, map_: Path, vanaf: date = date.min
) -> list[Afwijking]:
    """Return in what a register (persons by name) and an export differ."""
    pad = map_ / "export.csv"
    pad.write_text(export, encoding="utf-8")
    fouten: list[str] = []
    vertaling = neem_vertaling(vertaling_van(), fouten)
    assert not fouten
    verslag = Verslag("export.csv")
    naast = Naast(Administratie(open_export(pad), vertaling, verslag), overzicht_op(DAG, vanaf))
    for wie, dossier in dossiers.items():
        if groep := groep_van(dossier, instelling):
            naast.persoon(groep, wie)
    naast.rest()
    assert not verslag.opmerkingen, verslag.opmerkingen
    return naast.afwijkingen
