"""What the stories of deliveries share: uploading a file, doing what the worker does, seeing what came of it."""

import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kernregister.fictief.leveringen import schrijf
from kernregister.kern.leesbaar import als_object
from kernregister.web.leveringen.models import Levering
from kernregister.web.leveringen.tasks import beproef_levering, laad_levering
from tests import wachtrij
from tests.databank import Databank
from tests.voorzieningen.register import opzet
from tests.voorzieningen.register.wereld import identificeer, lukt, wie, zet_klaar

VAN_LEVERINGEN = {
    *("leveringen_levering", "leveringen_partij", "leveringen_stuk", "leveringen_fout"),
    *("procrastinate_jobs", "procrastinate_events", "platform_auditregel", "platform_verwerking"),
    *("django_session", "toegang_gebruiktezitting", "auth_user"),
}
"""What a dry run does write: how far it is, and whose data were looked at."""


@pytest.fixture
def werk(databank: Databank) -> Callable[[], int]:
    """Give what does the tasks that were asked for, as the worker does; it tells how many there were."""
    return lambda: len(wachtrij.werk(beproef_levering, laad_levering))


@pytest.fixture
def ro(databank: Databank, tmp_path: Path) -> SimpleNamespace:
    """Give an institution of a fictitious sector with its RO."""
    sector = opzet.zet_sector_klaar(60)
    pad = max(schrijf(sector, tmp_path), key=lambda een: een.stat().st_size)
    return SimpleNamespace(brin=pad.name.split("_")[1], inhoud=pad.read_bytes(), naam=pad.name)


@pytest.fixture
def hier(databank: Databank, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small world in which two students are known."""
    zet_klaar(monkeypatch)
    lukt(identificeer(wie(0)), identificeer(wie(1)))


def als_ndjson(*meldingen: object) -> bytes:
    return b"".join(
        msgspec.json.encode({"soort": type(een).__name__, **als_object(een), "id": str(een.id)}) + b"\n"
        for een in meldingen
    )


def lever_aan(browser: Client, inhoud: bytes, naam: str = "levering.csv") -> str:
    """Upload a file and return the address of its delivery."""
    antwoord = browser.post("/meldingen/aanleveren/", {"bestand": SimpleUploadedFile(naam, inhoud)})
    assert antwoord.status_code == 302, re.sub(r"\s+", " ", antwoord.text)
    return str(antwoord["Location"])


def levering(adres: str) -> Levering:
    return Levering.objects.using("stelsel").get(id=adres.rstrip("/").rpartition("/")[2])


def anders(voor: dict[str, object], na: dict[str, object]) -> set[str]:
    return {tabel for tabel in na if na[tabel] != voor.get(tabel)} - VAN_LEVERINGEN
