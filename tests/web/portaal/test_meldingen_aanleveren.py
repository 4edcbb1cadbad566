"""A file is delivered in the portal: a dry run that changes nothing, its report, and applying exactly that."""

import io
import re
import zipfile
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kernregister.web.afzender import PORTAAL
from kernregister.web.leveringen import loslaten, rondes
from kernregister.web.leveringen.models import Levering, Ronde, Toestand
from kernregister.web.portaal.meldingen import aanleveren
from kernregister.web.toegang.rollen import Rol
from tests.voorzieningen.register.verhaal import vraag
from tests.voorzieningen.register.wereld import (
    HIER,
    inhoud_van_alle_tabellen,
    lukt,
    plaats_bpv,
    schrijf_in,
    wie,
)
from tests.web.portaal.conftest import MaakBezoeker
from tests.web.portaal.leveringen import als_ndjson, anders, hier, lever_aan, levering, ro, werk
from tests.web.portaal.vragen import tel_vragen

__all__ = ["hier", "ro", "werk"]

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
    assert tel_vragen(amira, adres) < 20
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
    assert vraag("SELECT DISTINCT client, levering::text FROM register_melding") == [
        (PORTAAL, str(gedaan.id))
    ]
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


def test_work_that_a_failure_broke_off_is_gone_on_with_from_the_page(
    ro: SimpleNamespace, bezoeker: MaakBezoeker, werk: Callable[[], int]
) -> None:
    amira = bezoeker(Rol.SIGNALEN, kenmerk=ro.brin)
    adres = lever_aan(amira, ro.inhoud)
    assert "storing" not in amira.get(adres).text
    assert "niet (meer)" in amira.post(f"{adres}hervatten/", follow=True).text, "it waits for its turn"
    vraag("UPDATE procrastinate_jobs SET status = 'failed' RETURNING id")
    assert "door een storing afgebroken" in amira.get(adres).text
    amira.post(f"{adres}hervatten/")
    amira.post(f"{adres}hervatten/")
    vraag("DELETE FROM procrastinate_jobs WHERE status = 'failed' RETURNING id")
    assert werk() == 1
    assert levering(adres).toestand == Toestand.BEOORDEELD


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
    assert "Dit bestand kan niet worden doorgevoerd" in tekst
    assert f"Regel {stuk + 1}" in tekst
    assert "datum_begin" in tekst
    assert "doorvoeren/" not in tekst
    amira.post(f"{adres}doorvoeren/")
    assert werk() == 0
    fouten = amira.get(f"{adres}fouten.csv").content.decode("utf-8-sig")
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


def test_an_institution_does_not_fill_the_disk_and_the_queue_with_files(
    ro: SimpleNamespace, bezoeker: MaakBezoeker, monkeypatch: pytest.MonkeyPatch
) -> None:
    amira = bezoeker(Rol.SIGNALEN, kenmerk=ro.brin)
    monkeypatch.setattr(aanleveren, "MEESTE_OPEN", 1)
    adres = lever_aan(amira, ro.inhoud)
    bestand = SimpleUploadedFile("levering.csv", ro.inhoud)
    vol = amira.post("/meldingen/aanleveren/", {"bestand": bestand})
    assert vol.status_code == 422
    assert "Voer ze door of trek ze in" in vol.text
    amira.post(f"{adres}intrekken/")
    assert lever_aan(amira, ro.inhoud) != adres


def test_a_file_waits_two_weeks_for_a_decision(
    ro: SimpleNamespace, bezoeker: MaakBezoeker, werk: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    amira = bezoeker(Rol.SIGNALEN, kenmerk=ro.brin)
    adres = lever_aan(amira, ro.inhoud)
    werk()
    loslaten.ruim_op()
    assert levering(adres).toestand == Toestand.BEOORDEELD
    Levering.objects.using("stelsel").update(proef_op=levering(adres).proef_op - loslaten.GELDIG)
    loslaten.ruim_op()
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
    assert "Regels die niet te lezen zijn, doen niet mee" in tekst
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


def test_a_file_of_which_no_line_can_be_read_says_so_with_all_lines_under_one_cause(
    hier: None, bezoeker: MaakBezoeker, werk: Callable[[], int]
) -> None:
    amira = bezoeker(Rol.SIGNALEN, kenmerk=HIER)
    adres = lever_aan(amira, '{x}\n{"a":\n\N{BIRTHDAY CAKE}\n{"soort":"Iets"}\n'.encode(), "m.ndjson")
    werk()
    tekst = amira.get(adres).text
    assert "Geen enkele regel van dit bestand is te lezen" in tekst
    assert "al zo geregistreerd" not in tekst
    assert "doorvoeren/" not in tekst
    assert "Kan niet worden doorgevoerd" in tekst
    for belooft in ("Wacht op uw besluit", "Dit gebeurt er als u doorvoert"):
        assert belooft not in tekst, "nobody has anything to decide"
    assert tekst.count("geen JSON in UTF-8") == 1
    assert "Regel 1, 2, 3" in tekst


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
    tekst = amira.get(f"{adres}fouten.csv").content.decode("utf-8-sig")
    regels = tekst.splitlines()
    assert regels[0].startswith("regel;soort;volgnummer")
    assert {regel.split(";")[2] for regel in regels[1:]} == {f"N{n}" for n in range(30)}
    assert not any(cel.startswith(("=", "+", "-", "@")) for regel in regels for cel in regel.split(";"))
    assert wie(0).burgerservicenummer not in tekst
