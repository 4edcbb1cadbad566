"""A small world to deliver in: two funded institutions and one that is not, a few persons, all reference data there.

A student as told here has nothing wrong; a story changes what it is about. Meldingen come in as JSON.
"""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import msgspec
import pytest

from kernregister.fictief.nummers import burgerservicenummer, onderwijsnummer
from kernregister.kern.dossier import Dossier, Nationaliteit, Persoon
from kernregister.kern.gegevens import Aanbieder, Gegevens, Instelling, Soort
from kernregister.kern.meldingen import berichten as b
from kernregister.kern.meldingen.terugkoppeling import Terugkoppeling
from kernregister.kern.tijd import OnvolledigeDatum
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.stamgegevens import public as stamgegevens
from tests.kern import voorbeelden
from tests.voorzieningen.kwaliteit.opzet import zet_klok
from tests.voorzieningen.register.verhaal import vraag

HIER, DAAR, NBI = "27DV", "25LX", "30ZZ"
VANDAAG = date(2026, 3, 2)
MOMENT = datetime(2026, 3, 1, 10, tzinfo=UTC)
AANTAL = 60
"""Persons the source knows: the last few by an onderwijsnummer only."""
MET_BSN = 50
NEDERLANDER = Nationaliteit("0001", OnvolledigeDatum("2006-05-14"))


def wie(plaats: int) -> Persoon:
    """Return somebody as the source knows them."""
    return Persoon(
        burgerservicenummer(plaats, AANTAL) if plaats < MET_BSN else None,
        None if plaats < MET_BSN else onderwijsnummer(plaats - MET_BSN, AANTAL),
        OnvolledigeDatum("2006-05-14"),
        "V",
        f"Achternaam{plaats}",
        nationaliteiten=(NEDERLANDER,),
    )


def gegevens() -> Gegevens:
    instellingen = {
        HIER: Instelling(HIER),
        DAAR: Instelling(DAAR),
        NBI: Instelling(NBI, soort=Soort.NBI),
    }
    altijd = voorbeelden.geldig("2010-01-01")
    aanbieder = Aanbieder((altijd,), tuple((code, altijd) for code in instellingen))
    return voorbeelden.stamgegevens(instellingen=instellingen, aanbieders={voorbeelden.AANBIEDER: aanbieder})


def zet_klaar(monkeypatch: pytest.MonkeyPatch, dag: date = VANDAAG) -> None:
    """Let it be a day in a register with reference data and a source of persons, and nothing registered yet."""
    zet_klok(monkeypatch, dag)
    stamgegevens.laad_gegevens(gegevens(), "test", "kleine wereld")
    personen.neem_op([wie(plaats) for plaats in range(AANTAL)])


# ------------------------------------------------------------------------------------------ meldingen


def lees(soort: str, van: str, over: Persoon | None, **inhoud: Any) -> Any:
    """Return a melding as it comes in."""
    nummers = {}
    if over is not None:
        veld = "burgerservicenummer" if over.burgerservicenummer else "onderwijsnummer"
        nummers = {veld: over.pgn}
    vast = {"soort": soort, "id": uuid4(), "afzender": van, "moment": MOMENT, **nummers}
    return b.lees(msgspec.json.encode(vast | inhoud))


def identificeer(over: Persoon, van: str = HIER, **anders: Any) -> Any:
    bekend = {"geboortedatum": over.geboortedatum, "geslacht": over.geslacht}
    return lees("AanleverenIdentificatiePersoon", van, over, **(bekend | anders))


def schrijf_in(over: Persoon, nummer: str = "1", van: str = HIER, **anders: Any) -> Any:
    inhoud = {
        "inschrijvingvolgnummer": nummer,
        "datum_inschrijving": "2024-08-01",
        "datum_uitschrijving_gepland": "2027-07-31",
        "perioden": [periode(bekostigbaar=None if van == NBI else True)],
    }
    kop = {veld: anders.pop(veld) for veld in ("studentnummer", "id", "moment") if veld in anders}
    return lees("AanleverenInschrijving", van, over, inschrijving=inhoud | anders, **kop)


def periode(begin: str = "2024-08-01", **anders: Any) -> dict[str, Any]:
    standaard = {
        "datum_begin": begin,
        "opleidingcode": voorbeelden.OPLEIDING,
        "leertraject": "BOL",
        "bekostigbaar": True,
        "onderwijsaanbieder": voorbeelden.AANBIEDER,
        "onderwijslocatie": voorbeelden.LOCATIE,
    }
    return {veld: waarde for veld, waarde in (standaard | anders).items() if waarde is not None}


def plaats_bpv(over: Persoon, nummer: str = "1", onder: str = "1", van: str = HIER, **anders: Any) -> Any:
    inhoud = {
        "volgnummer": nummer,
        "afsluitdatum": "2025-01-10",
        "datum_begin": "2025-02-03",
        "datum_einde_gepland": "2026-07-03",
        "omvang": 640,
        "leerbedrijf_id": voorbeelden.LEERBEDRIJF,
        "opleidingcode": voorbeelden.OPLEIDING,
    }
    return lees("AanleverenBpv", van, over, inschrijvingvolgnummer=onder, bpv=inhoud | anders)


def diplomeer(over: Persoon, nummer: str = "9", van: str = HIER, **anders: Any) -> Any:
    inhoud = {
        "resultaatvolgnummer": nummer,
        "opleidingcode": voorbeelden.OPLEIDING,
        "datum_resultaat": "2026-01-30",
        "bekostigbaar": None if van == NBI else True,
        "inschrijvingvolgnummer": "1",
        "onderwijsaanbieder": voorbeelden.AANBIEDER,
    }
    return lees("AanleverenDiploma", van, over, diploma=inhoud | anders)


def geef_keuzedeel(over: Persoon, nummer: str = "5", van: str = HIER, **anders: Any) -> Any:
    inhoud = {
        "soort": "KZD",
        "resultaatvolgnummer": nummer,
        "code": "K0067",
        "behaald": True,
        "datum_resultaat": "2025-06-01",
        "certificaat": False,
        "inschrijvingvolgnummer": "1",
        "onderwijsaanbieder": voorbeelden.AANBIEDER,
    }
    return lees("AanleverenResultaat", van, over, resultaat=inhoud | anders)


def verwijder(wat: str, over: Persoon, van: str = HIER, **volgnummers: str) -> Any:
    return lees(f"Verwijderen{wat}", van, over, **volgnummers)


# ------------------------------------------------------------------------------------------ the register


def stuur(*meldingen: Any, namens: str = "", proef: bool = False) -> list[Terugkoppeling]:
    """Deliver meldingen in one call."""
    return register.verwerk(meldingen, register.Herkomst("test", namens), proef)


def lukt(*meldingen: Any) -> list[Terugkoppeling]:
    """Deliver meldingen that are in order."""
    antwoorden = stuur(*meldingen)
    assert all(antwoord.aanvaard for antwoord in antwoorden), antwoorden
    return antwoorden


def regels(antwoord: Terugkoppeling) -> list[str]:
    return [bevinding.regel for bevinding in antwoord.bevindingen]


def geweigerd(melding: Any, namens: str = "") -> list[str]:
    """Deliver a melding that is not in order, and return why."""
    (antwoord,) = stuur(melding, namens=namens)
    assert not antwoord.aanvaard
    assert all(bevinding.ernst == "fout" for bevinding in antwoord.bevindingen)
    return regels(antwoord)


def nummer_van(over: Persoon) -> int:
    return personen.zoek([over.pgn])[over.pgn]


def dossier(over: Persoon, stand: int | None = None) -> Dossier:
    gevonden = register.dossier(nummer_van(over), stand)
    assert gevonden is not None
    return gevonden


def inhoud_van_alle_tabellen() -> dict[str, tuple[int, str]]:
    """Return for every table how many rows it holds and a hash of them; but for how far stands were handed out."""
    tabellen = vraag(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
        " AND relname <> 'register_standgrens'"
        " AND has_table_privilege(oid, 'SELECT') ORDER BY 1"
    )
    uit = {}
    for (tabel,) in tabellen:
        uit[str(tabel)] = vraag(
            f"SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {tabel} t"
        )[0]
    return uit
