"""What the pages of signals offer and say: rules that can signal here, and why a signal came without a melding."""

from datetime import timedelta

import pytest

from kernregister.fictief.nummers import burgerservicenummer
from kernregister.kern.dossier import Persoon
from kernregister.kern.gegevens import Gegevens, Instelling, Soort
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.stamgegevens import public as stamgegevens
from kernregister.web.toegang.rollen import Rol
from tests.voorzieningen.kwaliteit.opzet import VANDAAG, lever, zet_klok
from tests.voorzieningen.kwaliteit.test_bijhouden import inschrijving
from tests.web.portaal.conftest import MaakBezoeker

WIE = Persoon(burgerservicenummer=burgerservicenummer(7, 40), geboortedatum="2008-05-01", geslacht="V")


@pytest.fixture
def maart(databank, monkeypatch) -> None:
    """It is March 2026, and one person is known."""
    zet_klok(monkeypatch, VANDAAG)
    personen.maak([personen.Nummers(WIE.burgerservicenummer)])


def test_the_filters_offer_what_can_be_a_signal_at_this_kind_of_institution(
    maart, bezoeker: MaakBezoeker
) -> None:
    bij_bi = bezoeker(Rol.SIGNALEN, kenmerk="01AA").get("/signalen/").text
    assert '<option value="E06"' in bij_bi
    assert '<option value="M01"' not in bij_bi, "what is refused leaves no signal"
    assert '<option value="M"' not in bij_bi
    nbi = Gegevens(instellingen={"31NB": Instelling("31NB", "Vakschool", Soort.NBI)})
    stamgegevens.laad_gegevens(nbi, "test", "proef")
    bij_nbi = bezoeker(Rol.SIGNALEN, kenmerk="31NB").get("/signalen/").text
    assert '<option value="B04"' in bij_nbi
    for regel in ("B05", "E05", "E06"):
        assert f'<option value="{regel}"' not in bij_nbi, regel


def test_a_signal_that_a_day_brought_says_so_in_words(maart, monkeypatch, bezoeker: MaakBezoeker) -> None:
    lever(WIE, inschrijving("1", "01AA", datum_uitschrijving_gepland=VANDAAG - timedelta(days=90)))
    zet_klok(monkeypatch, VANDAAG + timedelta(days=1))
    kwaliteit.keer_om()
    browser = bezoeker(Rol.SIGNALEN, kenmerk="01AA")
    adres = browser.get("/signalen/?toon=signalen").text.partition('href="/signalen/')[2]
    nummer = next(
        deel.partition("/")[0] for deel in adres.split('href="/signalen/') if deel.partition("/")[0].isdigit()
    )
    assert "Geopend: er verstreek een datum" in browser.get(f"/signalen/{nummer}/").text
