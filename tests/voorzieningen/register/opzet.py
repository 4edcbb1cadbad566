"""What the tests of the register start from: a fictitious sector, loaded, and meldingen to send."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import msgspec
import psycopg
import pytest

from kernregister.fictief.sector import Sector
from kernregister.kern.dossier import Dossier
from kernregister.kern.leesbaar import als_object
from kernregister.kern.meldingen import berichten as b
from kernregister.kern.meldingen.terugkoppeling import Terugkoppeling
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.stamgegevens import public as stamgegevens

MOMENT = datetime(2026, 3, 1, 10, tzinfo=UTC)
VASTE_VELDEN = {"instelling", "op_onderwijsnummer", "bpvs"}


def zet_sector_klaar(dossiers: int = 50, **opties: object) -> Sector:
    """Load the reference data of a fictitious sector, and its persons at the source."""
    sector = Sector(dossiers, **opties)
    stamgegevens.laad_gegevens(sector.gegevens, "test", "fictieve sector")
    personen.neem_op([dossier.persoon for dossier in sector.dossiers()])
    return sector


def tel_statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that from now on grows with each statement that the database is asked."""
    gezien: list[str] = []
    voer_uit = psycopg.Cursor.execute

    def tel(cursor: Any, vraag: Any, *waarden: Any, **anders: Any) -> Any:
        gezien.append(" ".join(str(vraag).split()))
        return voer_uit(cursor, vraag, *waarden, **anders)

    monkeypatch.setattr(psycopg.Cursor, "execute", tel)
    return gezien


def herkomst(instelling: str) -> register.Herkomst:
    return register.Herkomst("test", instelling)


def identificatie(dossier: Dossier, afzender: str, **velden: object) -> b.AanleverenIdentificatiePersoon:
    wie = dossier.persoon
    return lees(
        "AanleverenIdentificatiePersoon",
        afzender,
        dossier,
        geboortedatum=wie.geboortedatum,
        geslacht=wie.geslacht,
        **velden,
    )


def inschrijving(dossier: Dossier, plaats: int = 0, **anders: object) -> b.AanleverenInschrijving:
    """Give the melding that registers an enrolment of a dossier, some of its fields otherwise."""
    een = dossier.inschrijvingen[plaats]
    inhoud = als_object(msgspec.structs.replace(een, **anders))
    return lees("AanleverenInschrijving", een.instelling, dossier, inschrijving=_zonder_vast(inhoud))


def bpv(dossier: Dossier, plaats: int, nummer: int, **anders: object) -> b.AanleverenBpv:
    een = dossier.inschrijvingen[plaats]
    return lees(
        "AanleverenBpv",
        een.instelling,
        dossier,
        inschrijvingvolgnummer=een.inschrijvingvolgnummer,
        bpv=als_object(msgspec.structs.replace(een.bpvs[nummer], **anders)),
    )


def diploma(dossier: Dossier, plaats: int = 0, **anders: object) -> b.AanleverenDiploma:
    een = msgspec.structs.replace(dossier.diplomas[plaats], **anders)
    inhoud = _zonder_vast(als_object(een))
    inhoud["onderdelen"] = [_zonder_vast(als_object(o)) for o in een.onderdelen]
    return lees("AanleverenDiploma", een.instelling, dossier, diploma=inhoud)


def lees(soort: str, afzender: str, dossier: Dossier, **inhoud: object) -> b.Melding:
    """Make a melding as it comes in: as JSON."""
    wie = dossier.persoon
    nummer = (
        {"burgerservicenummer": wie.burgerservicenummer}
        if wie.burgerservicenummer
        else {"onderwijsnummer": wie.onderwijsnummer}
    )
    vast = {"soort": soort, "id": str(uuid4()), "afzender": afzender, "moment": MOMENT}
    return b.lees(msgspec.json.encode({**vast, **nummer, **inhoud}))


def stuur(*meldingen: b.Melding, proef: bool = False) -> list[Terugkoppeling]:
    """Deliver meldingen, each on behalf of its sender."""
    return [register.verwerk([m], herkomst(m.afzender), proef)[0] for m in meldingen]


def _zonder_vast(inhoud: dict[str, object]) -> dict[str, object]:
    return {veld: waarde for veld, waarde in inhoud.items() if veld not in VASTE_VELDEN}


def vandaag() -> date:
    return MOMENT.date()
