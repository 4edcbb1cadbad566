"""The register beside the own administration: per student and field what differs, and who is missing where."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from msgspec import Struct

from kernregister.kern.formaten.bron import ontsluit
from kernregister.kern.formaten.herkennen import herken
from kernregister.kern.formaten.lezen import Levering
from kernregister.kern.formaten.recordbestand import Recordlezer
from kernregister.kern.formaten.verslag import OnbruikbaarBestand, Opmerking, Verslag, bestandsnaam_van
from kernregister.vergelijking.administratie import Administratie
from kernregister.vergelijking.export import open_export
from kernregister.vergelijking.naast import Naast, Overzicht
from kernregister.vergelijking.oorzaken import Afwijking, Oorzaak, groepeer
from kernregister.vergelijking.vertaling import OnbruikbareVertaling, controleer_kolommen, lees_vertaling


class Aansluiting(Struct):
    """What putting the register beside the own administration gives."""

    register: str
    indeling: str
    export: str
    instellingscode: str
    van: date | None
    tot: date | None
    aanmaak: date
    personen_register: int
    personen_export: int
    personen_gelijk: int
    vergeleken: Counter[tuple[str, str]]
    afwijkingen: list[Afwijking]
    oorzaken: list[Oorzaak]
    opmerkingen: list[Opmerking]


def sluit_aan(register: Path, export: Path, vertaling: Path) -> Aansluiting:
    """Put an RO (or OBO) beside the export of a student administration.

    Args:
        register: the overview, plain or zipped.
        export: any CSV, or an Excel workbook.
        vertaling: TOML with which column holds which field.

    Raises:
        OnbruikbaarBestand: a file of which nothing can be used; of a translation, with all that is wrong.
    """
    fouten: list[str] = []
    vertaald = lees_vertaling(vertaling, fouten)
    geopend = open_export(
        export,
        kopregel=vertaald.kopregel,
        scheidingsteken=vertaald.scheidingsteken,
        codering=vertaald.codering,
        blad=vertaald.blad,
    )
    controleer_kolommen(vertaald, geopend, fouten)
    if fouten:
        raise OnbruikbareVertaling(vertaling.name, fouten)
    with ExitStack() as stapel:
        paden = stapel.enter_context(ontsluit(register))
        if len(paden) != 1:
            raise OnbruikbaarBestand(f"{register.name}: de zip moet precies één RO bevatten.")
        indeling = herken(paden[0])
        if indeling.naam not in ("RO", "OBO"):
            raise OnbruikbaarBestand(
                f"{register.name}: dit is een {indeling.naam}. Naast de eigen administratie kan een RO of OBO."
            )
        verslag = Verslag(register.name)
        levering = Levering(paden[0], indeling, verslag)
        eigen = Verslag(export.name)
        administratie = Administratie(geopend, vertaald, eigen)
        if not administratie.rijen:
            raise OnbruikbaarBestand(
                f"{export.name}: er staan geen rijen onder de kop"
                + (", of de selectie laat er geen over." if vertaald.selectie else ".")
            )
        naast = Naast(administratie, Overzicht.van(levering))
        lezer = Recordlezer(levering.verkenning, verslag)
        for groep in lezer.groepen():
            naast.persoon(groep)
        levering.tellingen.update(lezer.teller.tellingen)
        levering.controleer_totalen()
    naast.rest()
    kop = levering.kop
    return Aansluiting(
        bestandsnaam_van(register),
        indeling.naam,
        bestandsnaam_van(export),
        kop.instellingscode,
        getattr(kop, "datum_begin_periode", None),
        getattr(kop, "datum_einde_periode", None),
        kop.datum_aanmaak,
        naast.personen,
        sum(1 for _ in administratie.studenten()),
        naast.gelijk,
        naast.vergeleken,
        naast.afwijkingen,
        groepeer(naast.afwijkingen, naast.vergeleken),
        [*verslag.opmerkingen, *eigen.opmerkingen],
    )
