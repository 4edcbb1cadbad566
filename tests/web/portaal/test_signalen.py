"""The work list of the portal: it is grouped by cause, narrows, is worked on by colleagues, and empties."""

from datetime import date, timedelta

import pytest
from msgspec import structs

from kernregister.fictief.nummers import burgerservicenummer
from kernregister.kern.dossier import Persoon
from kernregister.platform.pas import Pas, Soort, met_pas
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.voorzieningen.personen import public as personen
from kernregister.web.toegang.rollen import Rol
from tests.voorzieningen.kwaliteit.opzet import VANDAAG, laad, lever, zet_klok
from tests.voorzieningen.kwaliteit.test_bijhouden import inschrijving
from tests.web.portaal.conftest import MaakBezoeker
from tests.web.portaal.vragen import tel_vragen

SEPTEMBER = {"datum_uitschrijving_gepland": date(2025, 9, 1)}
OKTOBER = {"datum_uitschrijving_gepland": date(2025, 10, 1)}
MEDEWERKER = (Rol.SIGNALEN, Rol.BEKOSTIGING, Rol.STUDENTDOSSIER)


def student(nummer: int) -> Persoon:
    return Persoon(
        burgerservicenummer=burgerservicenummer(nummer, 40),
        geboortedatum="2008-05-01",
        geslacht="V",
        achternaam=f"Voorbeeld{nummer}",
    )


@pytest.fixture
def klas(databank, monkeypatch) -> list[Persoon]:
    """Five students of 01AA, of whom four were planned to leave on the same day long past; 02BB has one of its own."""
    zet_klok(monkeypatch, VANDAAG)
    wie = [student(nummer) for nummer in range(6)]
    personen.maak([personen.Nummers(een.burgerservicenummer) for een in wie])
    for een in wie[:4]:
        lever(een, inschrijving("1", "01AA", **SEPTEMBER))
    lever(wie[4], inschrijving("1", "01AA", **OKTOBER))
    lever(wie[5], inschrijving("1", "02BB", **SEPTEMBER))
    return wie


def signalen(code: str = "01AA", **wens) -> list[kwaliteit.Werkregel]:
    with met_pas(Pas(Soort.INSTELLING, code)):
        return list(kwaliteit.werkregels(kwaliteit.Wens(**wens)).regels)


def sleutel(code: str = "01AA") -> str:
    with met_pas(Pas(Soort.INSTELLING, code)):
        return kwaliteit.oorzaken(kwaliteit.Wens(regel="B04"), volgorde="aantal").oorzaken[0].sleutel


def test_first(klas, bezoeker):
    amira = bezoeker(*MEDEWERKER, kenmerk="01AA", naam="amira")
    for adres in ("/signalen/", f"/signalen/?oorzaak={sleutel()}", f"/signalen/{signalen()[0].id}/","/signalen/zaken/"):
        antwoord = amira.get(adres)
        print(adres, antwoord.status_code, tel_vragen(amira, adres))
        assert antwoord.status_code == 200, antwoord.text
