"""A file is delivered in the portal: a dry run that changes nothing, its report, and applying exactly that."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kernregister.fictief.leveringen import schrijf
from kernregister.kern.leesbaar import als_object
from kernregister.web.leveringen import laden, rondes
from kernregister.web.leveringen.models import Levering, Ronde, Toestand
from kernregister.web.leveringen.ontvangst import BLOK, VerzegeldBestand
from kernregister.web.leveringen.tasks import beproef_levering, laad_levering
from kernregister.web.portaal.bezoek import CLIENT
from kernregister.web.toegang.rollen import Rol
from tests.databank import Databank
from tests.voorzieningen.register import opzet
from tests.voorzieningen.register.verhaal import vraag
from tests.voorzieningen.register.wereld import (
    HIER,
    identificeer,
    inhoud_van_alle_tabellen,
    lukt,
    plaats_bpv,
    schrijf_in,
    wie,
    zet_klaar,
)
from tests.web.portaal.conftest import MaakBezoeker

VAN_LEVERINGEN = {
    *("leveringen_levering", "leveringen_partij", "leveringen_stuk", "leveringen_fout"),
    *("procrastinate_jobs", "procrastinate_events", "platform_auditregel", "platform_verwerking"),
    *("django_session", "toegang_gebruiktezitting", "auth_user"),
}
"""What a dry run does write: how far it is, and whose data were looked at."""

TAKEN = {"web.beproef_levering": beproef_levering, "web.laad_levering": laad_levering}


@pytest.fixture
def werk(databank: Databank) -> Callable[[], int]:
    """Give what does the tasks that were asked for, as the worker does; it tells how many there were."""

    def doe() -> int:
        with databank.verbind("kernregister_stelsel") as stelsel:
            taken = stelsel.execute(
                "DELETE FROM procrastinate_jobs WHERE task_name LIKE 'web.%levering' RETURNING task_name, args"
            ).fetchall()
        for naam, argumenten in taken:
            TAKEN[naam](**argumenten)
        return len(taken)

    return doe


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


# ------------------------------------------------------------------------------------------ RO


def test_a_dry_run_changes_nothing_and_applying_does_exactly_what_it_said(
    ro: SimpleNamespace, bezoeker: MaakBezoeker, werk: Callable[[], int]
) -> None:
    amira, collega = (bezoeker(Rol.SIGNALEN, kenmerk=ro.brin, naam=naam) for naam in ("amira", "collega"))
    voor = inhoud_van_alle_tabellen()
    adres = lever_aan(amira, ro.inhoud, ro.naam)
    bezig = amira.get(adres).text
    assert "er verandert nog niets" in bezig
    assert 'hx-trigger="every 2s"' in bezig
    assert werk() == 1
    assert anders(voor, inhoud_van_alle_tabellen()) == set()
    proef = amira.get(adres).text
    assert "Dit gebeurt er als u doorvoert" in proef
    assert "Doorvoeren" in proef
    assert 'hx-trigger="every 2s"' not in proef
    collega.post(f"{adres}doorvoeren/")
    collega.post(f"{adres}doorvoeren/")
    assert werk() == 1, "asked for twice, it is done once"
    gedaan = levering(adres)
    assert gedaan.toestand == Toestand.KLAAR
    assert gedaan.uitslag == gedaan.proef
    assert gedaan.doorgevoerd_door.startswith("collega")
    assert "Precies zoals de proef" in amira.get(adres).text
    ((ingeschreven,),) = vraag(
        "SELECT count(*) FROM register_versie WHERE soort = 'inschrijving' AND instelling = %s", ro.brin
    )
    assert ingeschreven == gedaan.uitslag["gevolgen"]["OvernemenInschrijving"]["nieuw"]
    assert vraag("SELECT DISTINCT client, levering::text FROM register_melding") == [(CLIENT, str(gedaan.id))]
    assert vraag("SELECT count(*) FROM leveringen_stuk") == [(0,)]


def test_the_same_file_again_changes_nothing_and_says_so(
    ro: SimpleNamespace, bezoeker: MaakBezoeker, werk: Callable[[], int]
) -> None:
    amira = bezoeker(Rol.SIGNALEN, kenmerk=ro.brin)
    adres = lever_aan(amira, ro.inhoud)
    werk()
    amira.post(f"{adres}doorvoeren/")
    werk()
    nog_eens = amira.post(
        "/meldingen/aanleveren/", {"bestand": SimpleUploadedFile("ander.csv", ro.inhoud)}, follow=True
    )
    assert "al eerder aangeleverd" in nog_eens.text
    werk()
    tekst = amira.get(nog_eens.redirect_chain[-1][0]).text
    assert "Dit bestand verandert niets" in tekst
    assert "doorvoeren/" not in tekst


def test_what_changed_since_the_dry_run_is_told(
    ro: SimpleNamespace, bezoeker: MaakBezoeker, werk: Callable[[], int]
) -> None:
    amira = bezoeker(Rol.SIGNALEN, kenmerk=ro.brin)
    een, twee = lever_aan(amira, ro.inhoud), lever_aan(amira, ro.inhoud)
    werk()
    assert "Sinds de proef is er iets gewijzigd" not in amira.get(een).text
    amira.post(f"{twee}doorvoeren/")
    werk()
    assert "Sinds de proef is er iets gewijzigd" in amira.get(een).text
    amira.post(f"{een}proef/")
    werk()
    tekst = amira.get(een).text
    assert "Sinds de proef is er iets gewijzigd" not in tekst
    assert "Dit bestand verandert niets" in tekst


def test_a_fall_in_the_middle_is_gone_on_from_and_the_report_comes_out_the_same(
    ro: SimpleNamespace, bezoeker: MaakBezoeker, werk: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kernregister.voorzieningen.register.partijen.PER_KEER", 5)
    amira = bezoeker(Rol.SIGNALEN, kenmerk=ro.brin)
    adres = lever_aan(amira, ro.inhoud)
    werk()
    amira.post(f"{adres}doorvoeren/")
    gewoon = rondes.rapport.rapport_van
    keer = iter(range(100))

    def valt(uitkomsten):
        if next(keer) == 2:
            raise KeyboardInterrupt
        return gewoon(uitkomsten)

    monkeypatch.setattr(rondes.rapport, "rapport_van", valt)
    id_ = levering(adres).id
    with pytest.raises(KeyboardInterrupt):
        rondes.draai(id_, Ronde.ECHT)
    assert levering(adres).toestand == Toestand.BEZIG
    ((geregistreerd,),) = vraag("SELECT count(*) FROM register_melding")
    assert geregistreerd > levering(adres).gedaan > 0, "a batch was committed of which no report was kept"
    rondes.draai(id_, Ronde.ECHT)
    gedaan = levering(adres)
    assert gedaan.toestand == Toestand.KLAAR
    assert gedaan.uitslag == gedaan.proef
    assert vraag("SELECT count(*) - count(DISTINCT uuid) FROM register_melding") == [(0,)]


def test_an_ro_of_which_a_line_cannot_be_read_is_not_applied(
    ro: SimpleNamespace, bezoeker: MaakBezoeker, werk: Callable[[], int]
) -> None:
    regels = ro.inhoud.split(b"\n")
    stuk = next(n for n, regel in enumerate(regels) if regel.startswith(b"ISP"))
    delen = regels[stuk].split(b"|")
    delen[4] = b"2025-99-99"
    regels[stuk] = b"|".join(delen)
    amira = bezoeker(Rol.SIGNALEN, kenmerk=ro.brin)
    adres = lever_aan(amira, b"\n".join(regels))
    werk()
    tekst = amira.get(adres).text
    assert "Dit RO kan niet worden doorgevoerd" in tekst
    assert f"Regel {stuk + 1}" in tekst
    assert "datum_begin" in tekst
    assert "doorvoeren/" not in tekst
    amira.post(f"{adres}doorvoeren/")
    assert werk() == 0
    fouten = b"".join(amira.get(f"{adres}fouten.csv").streaming_content).decode("utf-8-sig")
    assert f"\n{stuk + 1};" in fouten.replace("\r", "")


def test_a_zip_is_as_good_as_what_is_in_it(
    ro: SimpleNamespace, bezoeker: MaakBezoeker, werk: Callable[[], int]
) -> None:
    gepakt = io.BytesIO()
    with zipfile.ZipFile(gepakt, "w", zipfile.ZIP_DEFLATED) as zip_:
        zip_.writestr(ro.naam, ro.inhoud)
    adres = lever_aan(bezoeker(Rol.SIGNALEN, kenmerk=ro.brin), gepakt.getvalue(), "geen idee.doc")
    werk()
    assert levering(adres).toestand == Toestand.BEOORDEELD
    assert levering(adres).soort == "RO"


def test_the_ro_of_another_institution_is_refused_as_a_whole(
    ro: SimpleNamespace, bezoeker: MaakBezoeker, werk: Callable[[], int]
) -> None:
    vreemd = bezoeker(Rol.SIGNALEN, kenmerk="99ZZ")
    voor = inhoud_van_alle_tabellen()
    adres = lever_aan(vreemd, ro.inhoud)
    werk()
    tekst = vreemd.get(adres).text
    assert f"van instelling {ro.brin}, niet van 99ZZ" in tekst
    assert anders(voor, inhoud_van_alle_tabellen()) == set()


def test_the_delivery_of_another_institution_is_not_there(
    ro: SimpleNamespace, bezoeker: MaakBezoeker
) -> None:
    adres = lever_aan(bezoeker(Rol.SIGNALEN, kenmerk=ro.brin), ro.inhoud)
    ander = bezoeker(Rol.SIGNALEN, kenmerk="99ZZ")
    assert ander.get(adres).status_code == 404
    assert ander.get(f"{adres}fouten.csv").status_code == 404
    for besluit in ("doorvoeren", "proef", "intrekken"):
        assert ander.post(f"{adres}{besluit}/").status_code == 404
    assert str(levering(adres).id) not in ander.get("/meldingen/aanleveren/").text
    assert (
        str(levering(adres).id) in bezoeker(Rol.SIGNALEN, kenmerk=ro.brin).get("/meldingen/aanleveren/").text
    )


def test_who_withdraws_leaves_nothing_behind(
    ro: SimpleNamespace, bezoeker: MaakBezoeker, werk: Callable[[], int]
) -> None:
    amira = bezoeker(Rol.SIGNALEN, kenmerk=ro.brin)
    adres = lever_aan(amira, ro.inhoud)
    werk()
    assert "ingetrokken" in amira.post(f"{adres}intrekken/", follow=True).text
    assert vraag("SELECT count(*) FROM leveringen_stuk") == [(0,)]
    assert "niet (meer)" in amira.post(f"{adres}doorvoeren/", follow=True).text
    assert werk() == 0


def test_a_file_waits_two_weeks_for_a_decision(
    ro: SimpleNamespace, bezoeker: MaakBezoeker, werk: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    amira = bezoeker(Rol.SIGNALEN, kenmerk=ro.brin)
    adres = lever_aan(amira, ro.inhoud)
    werk()
    laden.ruim_op()
    assert levering(adres).toestand == Toestand.BEOORDEELD
    Levering.objects.using("stelsel").update(proef_op=levering(adres).proef_op - laden.GELDIG)
    laden.ruim_op()
    assert levering(adres).toestand == Toestand.INGETROKKEN
    assert vraag("SELECT count(*) FROM leveringen_stuk") == [(0,)]


# ------------------------------------------------------------------------------------------ NDJSON


def test_meldingen_are_tried_with_what_stands_before_them_in_the_file(
    hier: None, bezoeker: MaakBezoeker, werk: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kernregister.voorzieningen.register.public.PER_KEER", 1)
    amira = bezoeker(Rol.SIGNALEN, kenmerk=HIER)
    slecht = schrijf_in(wie(1), perioden=[])
    bestand = als_ndjson(
        schrijf_in(wie(0)), slecht, plaats_bpv(wie(0)), plaats_bpv(wie(1)), plaats_bpv(wie(1), "2")
    )
    adres = lever_aan(amira, bestand + b"\n{geen json\n", "m.ndjson")
    werk()
    tekst = amira.get(adres).text
    assert "2 gegevens veranderen" in tekst
    assert "3 meldingen worden geweigerd" in tekst
    assert "nog 2 meldingen geweigerd die eraan hangen" in tekst
    assert "regel 2" in tekst
    assert "Regel 7" in tekst, "the line that is no JSON"
    amira.post(f"{adres}doorvoeren/")
    werk()
    assert levering(adres).uitslag == levering(adres).proef
    assert "2 gegevens veranderd" in amira.get(adres).text
    assert (
        "3 geweigerd" in amira.get("/meldingen/").text
        or "geweigerd om dezelfde reden" in amira.get("/meldingen/").text
    )
    journaal = amira.get(f"/meldingen/?levering={levering(adres).id}").text
    assert len(set(re.findall(r"/meldingen/([0-9a-f-]{36})/", journaal))) == 5


def test_meldingen_that_came_before_are_told_apart(
    hier: None, bezoeker: MaakBezoeker, werk: Callable[[], int]
) -> None:
    amira = bezoeker(Rol.SIGNALEN, kenmerk=HIER)
    eerder = schrijf_in(wie(0))
    lukt(eerder)
    adres = lever_aan(amira, als_ndjson(eerder, schrijf_in(wie(1))))
    werk()
    assert levering(adres).proef["gevolgen"]["AanleverenInschrijving"] == {"herhaald": 1, "nieuw": 1}
    assert "al eerder aangeleverd" in amira.get(adres).text


def test_meldingen_in_the_name_of_another_are_refused_as_a_whole(
    hier: None, bezoeker: MaakBezoeker, werk: Callable[[], int]
) -> None:
    vreemd = bezoeker(Rol.SIGNALEN, kenmerk="99ZZ")
    adres = lever_aan(vreemd, als_ndjson(schrijf_in(wie(0))))
    werk()
    assert f"van instelling {HIER}, niet van 99ZZ" in vreemd.get(adres).text


def test_all_faults_stand_in_one_file_that_no_spreadsheet_runs(
    hier: None, bezoeker: MaakBezoeker, werk: Callable[[], int]
) -> None:
    amira = bezoeker(Rol.SIGNALEN, kenmerk=HIER)
    adres = lever_aan(amira, als_ndjson(*[schrijf_in(wie(0), f"N{n}", perioden=[]) for n in range(30)]))
    werk()
    tekst = b"".join(amira.get(f"{adres}fouten.csv").streaming_content).decode("utf-8-sig")
    regels = tekst.splitlines()
    assert regels[0].startswith("regel;soort;volgnummer")
    assert {regel.split(";")[2] for regel in regels[1:]} == {f"N{n}" for n in range(30)}
    assert not any(cel.startswith(("=", "+", "-", "@")) for regel in regels for cel in regel.split(";"))
    assert wie(0).burgerservicenummer not in tekst


# ------------------------------------------------------------------------------------------ hostile files


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
