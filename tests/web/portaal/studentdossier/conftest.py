"""Fixtures for stories of the studentdossier."""

import pytest
from django.test import Client

from tests.databank import Databank
from tests.web.portaal.conftest import MaakBezoeker


@pytest.fixture
def wereld(databank: Databank, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two funded institutions and one that is not; it is 2 March 2026."""
    from tests.web.portaal.studentdossier.opzet import zet_klaar

    zet_klaar(monkeypatch)


@pytest.fixture
def lezer(bezoeker: MaakBezoeker) -> Client:
    """Somebody of the institution with the role Gebruiker studentdossier."""
    from kernregister.web.toegang.rollen import Rol
    from tests.voorzieningen.register.verhaal import HIER

    return bezoeker(Rol.STUDENTDOSSIER, kenmerk=HIER, naam="hanna")
