"""Files that are no delivery, or worse: explained, and nothing of them stays."""

import io
import zipfile
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kernregister.web.leveringen import laden
from kernregister.web.leveringen.models import Toestand
from kernregister.web.leveringen.ontvangst import BLOK, VerzegeldBestand
from kernregister.web.toegang.rollen import Rol
from tests.databank import Databank
from tests.voorzieningen.register.verhaal import vraag
from tests.voorzieningen.register.wereld import inhoud_van_alle_tabellen
from tests.web.portaal.conftest import MaakBezoeker
from tests.web.portaal.leveringen import anders, lever_aan, levering, werk

__all__ = ["werk"]


@pytest.mark.parametrize(
    ("inhoud", "waarom"),
    [
        (b"", "leeg"),
        (b" \n ", "leeg"),
        (b"\x00\x01\x02" * 100, "geen tekstbestand"),
        ("VLP|27DV".encode("utf-16"), "UTF-16"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "geen tekstbestand"),
    ],
)
def test_what_is_no_delivery_at_first_sight_is_refused_at_the_field(
    bezoeker: MaakBezoeker, inhoud: bytes, waarom: str
) -> None:
    antwoord = bezoeker(Rol.SIGNALEN).post(
        "/meldingen/aanleveren/", {"bestand": SimpleUploadedFile("x.csv", inhoud)}
    )
    assert antwoord.status_code == 422
    assert waarom in antwoord.text
    assert "#veld-bestand" in antwoord.text


def test_no_file_at_all_is_said_at_the_field(bezoeker: MaakBezoeker) -> None:
    antwoord = bezoeker(Rol.SIGNALEN).post("/meldingen/aanleveren/")
    assert antwoord.status_code == 422
    assert "Kies een bestand" in antwoord.text


def bom(inhoud: bytes) -> bytes:
    gepakt = io.BytesIO()
    with zipfile.ZipFile(gepakt, "w", zipfile.ZIP_DEFLATED) as zip_:
        zip_.writestr("RO.csv", inhoud)
    return gepakt.getvalue()


@pytest.mark.parametrize(
    "inhoud",
    [
        bom(b"VLP|27DV|" + b"0" * (40 << 20)),
        bom(bom(b"VLP")),
        b"PK\x03\x04kapot",
        b"geen RO",
        b"VLP|27DV|2025-08-01|x\n",
        b"PER|1|2\n" * 50,
        "VLP|27DV|2025-08-01|2026-07-31|2026-03-01\nISG|caf\xe9\n".encode("latin-1"),
        b"{" * 100_000,
        b'{"soort": "HerroepenMelding"}\n',
        b"{}\n" * 20,
        b'{"a": "' + b"x" * (3 << 20) + b'"}\n',
    ],
    ids=range(11),
)
def test_a_hostile_file_is_explained_and_leaves_nothing(
    databank: Databank, bezoeker: MaakBezoeker, werk: Callable[[], int], inhoud: bytes
) -> None:
    amira = bezoeker(Rol.SIGNALEN, kenmerk="27DV")
    voor = inhoud_van_alle_tabellen()
    adres = lever_aan(amira, inhoud)
    werk()
    een = levering(adres)
    antwoord = amira.get(adres)
    assert antwoord.status_code == 200
    assert een.toestand == Toestand.ONBRUIKBAAR or not laden.kan_doorgevoerd(een) or not een.proef["gevolgen"]
    assert een.uitleg or "Over het bestand zelf" in antwoord.text
    assert "Traceback" not in antwoord.text
    assert anders(voor, inhoud_van_alle_tabellen()) == set()


def test_an_upload_lies_sealed_on_disk_and_reads_back_from_anywhere() -> None:
    bestand = VerzegeldBestand()
    inhoud = bytes(range(256)) * 1000
    for begin in range(0, len(inhoud), 7777):
        bestand.schrijf(inhoud[begin : begin + 7777])
    bestand.klaar()
    lezer = io.BufferedReader(bestand)
    assert lezer.read() == inhoud
    lezer.seek(BLOK - 3)
    assert lezer.read(10) == inhoud[BLOK - 3 : BLOK + 7]
    bestand._bestand.seek(0)
    assert inhoud[:64] not in bestand._bestand.read()


def test_nobody_uploads_without_logging_in(bezoeker: MaakBezoeker) -> None:
    antwoord = bezoeker().post("/meldingen/aanleveren/", {"bestand": SimpleUploadedFile("x.csv", b"VLP|1")})
    assert antwoord.status_code in {302, 400, 403}
    assert vraag("SELECT count(*) FROM leveringen_levering") == [(0,)]
