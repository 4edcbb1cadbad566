"""A double enrolment is one case on the screens of the two institutions, and on nobody else's."""

import pytest

from kernregister.platform.pas import Pas, Soort, met_pas
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.voorzieningen.personen import public as personen
from kernregister.web.toegang.rollen import Rol
from tests.voorzieningen.kwaliteit.opzet import VANDAAG, lever, zet_klok
from tests.voorzieningen.kwaliteit.test_bijhouden import WIE, inschrijving
from tests.voorzieningen.kwaliteit.test_zaken import niet_bekostigbaar
from tests.web.portaal.conftest import MaakBezoeker
from tests.web.portaal.vragen import tel_vragen

MEDEWERKER = (Rol.SIGNALEN, Rol.BEKOSTIGING, Rol.STUDENTDOSSIER)


@pytest.fixture
def nummer(databank, monkeypatch) -> int:
    """The case of a student who is fundable at 01AA and at 02BB."""
    zet_klok(monkeypatch, VANDAAG)
    personen.maak([personen.Nummers(WIE.burgerservicenummer)])
    lever(WIE, inschrijving("A-17", "01AA"))
    lever(WIE, inschrijving("B-99", "02BB"))
    with met_pas(Pas(Soort.INSTELLING, "01AA")):
        (een,) = kwaliteit.zaken()
    return een.id


@pytest.fixture
def amira(nummer, bezoeker: MaakBezoeker):
    return bezoeker(*MEDEWERKER, kenmerk="01AA", naam="amira")


@pytest.fixture
def chen(nummer, bezoeker: MaakBezoeker):
    return bezoeker(*MEDEWERKER, kenmerk="02BB", naam="chen")


def test_both_see_the_case_with_the_own_record_and_of_the_other_only_that_it_is_there(amira, chen, nummer):
    hier, daar = (wie.get(f"/signalen/zaken/{nummer}/").text for wie in (amira, chen))
    assert "A-17" in hier
    assert "B-99" not in hier
    assert "02BB" in hier
    assert "B-99" in daar
    assert "A-17" not in daar
    for pagina in (hier, daar):
        assert WIE.burgerservicenummer not in pagina
        assert "1 oktober 2025" in pagina
    assert f"/signalen/zaken/{nummer}/" in amira.get("/signalen/zaken/").text
    assert "Gedeelde zaken (1)" in chen.get("/signalen/").text


def test_a_third_institution_duo_and_the_accountant_see_no_case(nummer, bezoeker: MaakBezoeker):
    derde = bezoeker(*MEDEWERKER, kenmerk="03CC", naam="derde")
    assert derde.get(f"/signalen/zaken/{nummer}/").status_code == 404
    assert derde.post(f"/signalen/zaken/{nummer}/zeggen/", {"tekst": "hallo"}).status_code == 404
    assert "Geen gedeelde zaken" in derde.get("/signalen/zaken/").text
    for wie in (
        bezoeker(Rol.DUO, kenmerk="DUO", naam="fenna"),
        bezoeker(Rol.ACCOUNTANT, kenmerk="01AA", studiejaar="2025-2026", naam="emiel"),
    ):
        assert wie.get(f"/signalen/zaken/{nummer}/").status_code == 403
        assert wie.post(f"/signalen/zaken/{nummer}/zeggen/", {"tekst": "hallo"}).status_code == 403


def test_what_one_says_the_other_reads_masked_and_escaped(amira, chen, nummer):
    zeg = f"/signalen/zaken/{nummer}/zeggen/"
    antwoord = amira.post(
        zeg, {"tekst": f"<i>{WIE.burgerservicenummer}</i> volgt bij ons les.", "standpunt": "klopt"}
    )
    assert antwoord["Location"] == f"/signalen/zaken/{nummer}/"
    daar = chen.get(f"/signalen/zaken/{nummer}/").text
    assert "&lt;i&gt;[nummer]&lt;/i&gt; volgt bij ons les." in daar
    assert "ons gegeven klopt" in daar
    assert "Amira Voorbeeld" in daar, "by the name of a person, not the one to log in with"
    chen.post(zeg, {"tekst": "", "standpunt": "herstelt"})
    assert "wij herstellen het" in amira.get("/signalen/zaken/").text
    leeg = chen.post(zeg, {"tekst": " ", "standpunt": ""})
    assert leeg.status_code == 422
    assert "Schrijf eerst een tekst" in leeg.text
    assert chen.post(zeg, {"tekst": "x", "standpunt": "alles"}).status_code == 404


def test_the_signal_leads_to_the_case_and_the_case_closes_with_it(amira, chen, nummer):
    with met_pas(Pas(Soort.INSTELLING, "01AA")):
        signaal = kwaliteit.werkregels(kwaliteit.Wens(regel="E06")).regels[0].id
    assert f"/signalen/zaken/{nummer}/" in amira.get(f"/signalen/{signaal}/").text
    lever(WIE, niet_bekostigbaar(inschrijving("B-99", "02BB")))
    for wie in (amira, chen):
        assert "gesloten op" in wie.get(f"/signalen/zaken/{nummer}/").text
        assert "Verstuur" not in wie.get(f"/signalen/zaken/{nummer}/").text
        assert "Geen gedeelde zaken" in wie.get("/signalen/zaken/").text
        assert f"/signalen/zaken/{nummer}/" in wie.get("/signalen/zaken/?ook=gesloten").text
        assert wie.post(f"/signalen/zaken/{nummer}/zeggen/", {"tekst": "nog iets"}).status_code == 422


@pytest.mark.parametrize("vreemd", ["0", "999999", "9223372036854775808", "99999999999999999999999999"])
def test_an_id_that_is_none_is_not_found(amira, vreemd: str):
    assert amira.get(f"/signalen/zaken/{vreemd}/").status_code == 404
    assert amira.post(f"/signalen/zaken/{vreemd}/zeggen/", {"tekst": "x"}).status_code == 404
    assert amira.get(f"/signalen/zaken/?voor={vreemd}").status_code == 200


def test_the_pages_of_a_case_ask_few_questions(amira, nummer):
    for adres in ("/signalen/zaken/", f"/signalen/zaken/{nummer}/"):
        assert tel_vragen(amira, adres) < 20, adres
