"""What the stories of funding start from: the small world of the register, with price factors; what is on record."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from msgspec import structs

from kernregister.kern.bekostiging.besluit import Bekostigingswijziging
from kernregister.kern.gegevens import Gegevens, Opleiding
from kernregister.kern.meldingen.terugkoppeling import Terugkoppeling
from kernregister.voorzieningen.bekostigen import grondslag
from kernregister.voorzieningen.bekostigen.posten import Post, besluiten
from kernregister.voorzieningen.bekostigen.queries import Filter, regels
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.stamgegevens import public as stamgegevens
from tests.kern import voorbeelden
from tests.voorzieningen.kwaliteit.opzet import zet_klok
from tests.voorzieningen.register import wereld
from tests.voorzieningen.register.verhaal import vraag

JAAR = 2027
"""The bekostigingsjaar of studiejaar 2025-2026, with the diplomas of 2025."""
OKTOBER, FEBRUARI = date(2025, 10, 1), date(2026, 2, 1)
PRIJSFACTOR = Decimal("1.25")


def gegevens(prijsfactor: Decimal | None = PRIJSFACTOR) -> Gegevens:
    opleiding = Opleiding(
        voorbeelden.OPLEIDING,
        niveau="MBO-4",
        duur_maanden=36,
        geldig=(voorbeelden.geldig("2010-01-01"),),
        prijsfactor=prijsfactor,
        met_vws=False,
        soort_opleiding="middenkaderopleiding",
    )
    return structs.replace(wereld.gegevens(), opleidingen={voorbeelden.OPLEIDING: opleiding})


def zet_klaar(monkeypatch: pytest.MonkeyPatch, dag: date = wereld.VANDAAG) -> None:
    zet_klok(monkeypatch, dag)
    stamgegevens.laad_gegevens(gegevens(), "test", "kleine wereld")
    personen.neem_op([wereld.wie(plaats) for plaats in range(wereld.AANTAL)])


def bbl(**anders: Any) -> dict[str, Any]:
    """Return the fields of an enrolment in BBL."""
    return {"perioden": [wereld.periode(leertraject="BBL")], **anders}


def gewijzigd(antwoord: Terugkoppeling, jaar: int = JAAR) -> dict[object, Bekostigingswijziging]:
    """Return what an answer tells of a funding year: teldatum (or None: a diploma) -> what changed."""
    return {een.teldatum: een for een in antwoord.bekostiging if een.jaar == jaar}


def open_posten(stand: int | None = None, jaar: int | None = None) -> set[tuple[int, Post]]:
    """Return what is on record, of everybody."""
    jaren = [jaar] if jaar else [een.kader.jaar.jaar for een in nu().beslissers]
    return {
        (regel.persoon, regel.post)
        for een in jaren
        for regel in regels(Filter(jaar=een), aantal=100_000, stand=stand, verbinding="stelsel")
    }


def vers(stand: int | None = None) -> set[tuple[int, Post]]:
    """Decide on every dossier of the register anew, without looking at what is on record."""
    beslissers = nu().beslissers
    return {
        (persoon, post)
        for persoon, dossier in register.dossiers(stand=stand)
        for post in besluiten(dossier, beslissers).posten.values()
    }


def nu() -> grondslag.Grondslag:
    from kernregister.platform import klok

    return grondslag.huidige(klok.vandaag())


def levens(persoon: int) -> list[tuple]:
    """Return the rows of a person with what began and ended them."""
    return vraag(
        "SELECT jaar, soort, teldatum, status, geopend_door IS NOT NULL, geopend_reden, gesloten_door IS NOT NULL,"
        " gesloten_reden FROM bekostigen_status WHERE persoon_id = %s ORDER BY id",
        persoon,
    )
