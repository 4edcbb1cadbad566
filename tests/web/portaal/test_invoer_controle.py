"""Entry while it is typed and when it is sent: what is wrong stands at its field, what it does beside the form."""

import pytest

from kernregister.web.toegang.rollen import Rol
from tests.voorzieningen.register import wereld as w
from tests.voorzieningen.register.verhaal import vraag
from tests.web.portaal.conftest import MaakBezoeker
from tests.web.portaal.invoerverhaal import (
    INSCHRIJVING,
    Toetsenbord,
    bi,
    fouten_van,
    identificeer,
    iemand,
    nbi,
    velden_van,
)

__all__ = ["bi", "nbi"]

# ------------------------------------------------------------------------------------------ what is wrong

SLECHT = [
    ("inschrijving-datum_inschrijving", "31-02-2024", "heeft 29 dagen"),
    ("inschrijving-datum_inschrijving", "", "Vul dit veld in"),
    ("inschrijving-datum_uitschrijving_gepland", "1-1-2020", "vóór de datum inschrijving"),
    ("inschrijving-datum_uitschrijving_gepland", "", "verplicht"),
    ("inschrijving-inschrijvingvolgnummer", "a b", "letters en cijfers"),
    ("inschrijving-perioden-0-datum_begin", "1-8-2023", "vóór de datum inschrijving"),
    ("inschrijving-perioden-0-opleidingcode", "1", "niet"),
    ("inschrijving-perioden-0-leertraject", "XYZ", "geen van BOL"),
    ("inschrijving-perioden-0-leertraject", "EX", "bekostigde instelling"),
    ("inschrijving-perioden-0-onderwijsaanbieder", "", "onderwijsaanbieder"),
    ("inschrijving-perioden-0-niveau", "MBO-9", ""),
    ("inschrijving-reden_uitschrijving", "08\0", "teken"),
    ("studentnummer", "x" * 41, "hoogstens 40"),
]


@pytest.mark.parametrize(("veld", "getypt", "woord"), SLECHT)
def test_every_bad_input_is_told_at_its_field_and_all_that_was_typed_stays(
    nbi: Toetsenbord, veld: str, getypt: str, woord: str
) -> None:
    persoon = identificeer(nbi)
    ingevuld = INSCHRIJVING | {"studentnummer": "S1"} | {veld: getypt}
    antwoord = nbi.verstuur(f"/invoer/inschrijven/?persoon={persoon}", **ingevuld)
    assert antwoord.status_code == 422
    assert woord.lower() in fouten_van(antwoord.text)[veld].lower()
    assert f'href="#veld-{veld}"' in antwoord.text
    terug = velden_van(antwoord.text)
    assert {naam: terug[naam] for naam in ingevuld} == ingevuld
    assert w.dossier(iemand()).inschrijvingen == ()


def test_a_refused_form_that_is_mended_is_another_melding_and_is_accepted(nbi: Toetsenbord) -> None:
    persoon = identificeer(nbi)
    adres = f"/invoer/inschrijven/?persoon={persoon}"
    mis = INSCHRIJVING | {"inschrijving-datum_uitschrijving_gepland": "1-1-2020"}
    geweigerd = nbi.verstuur(adres, **mis)
    goed = velden_van(geweigerd.text) | {"inschrijving-datum_uitschrijving_gepland": "31-07-2027"}
    assert nbi.browser.post(adres, goed).status_code == 302


def test_sending_twice_changes_nothing_and_shows_the_same(nbi: Toetsenbord) -> None:
    persoon = identificeer(nbi)
    adres = f"/invoer/inschrijven/?persoon={persoon}"
    ingevuld = velden_van(nbi.open(adres)) | INSCHRIJVING
    eerste, tweede = (nbi.browser.post(adres, ingevuld) for _ in range(2))
    assert eerste["Location"] == tweede["Location"]
    assert vraag("SELECT count(*) FROM register_melding WHERE soort = 'AanleverenInschrijving'") == [(1,)]
    anders = nbi.browser.post(adres, ingevuld | {"studentnummer": "S9"})
    assert "al eerder verstuurd" in anders.text
    assert velden_van(anders.text)["id"] != ingevuld["id"]


# ------------------------------------------------------------------------------------------ while it is typed


def _typ(wie: Toetsenbord, adres: str, **velden: str) -> str:
    scheiding = "&" if "?" in adres else "?"
    ingevuld = velden_van(wie.open(adres)) | velden
    antwoord = wie.browser.post(f"{adres}{scheiding}controle=1", ingevuld, headers={"HX-Request": "true"})
    assert antwoord.status_code == 200
    return antwoord.text


def test_a_field_is_answered_while_the_rest_is_still_empty_and_nothing_else_is(nbi: Toetsenbord) -> None:
    persoon = identificeer(nbi)
    adres = f"/invoer/inschrijven/?persoon={persoon}"
    deel = _typ(nbi, adres, **{"inschrijving-datum_inschrijving": "31-02-2024"})
    assert deel.count("utrecht-form-field-error-message") == 1
    assert "02-2024 heeft 29 dagen" in deel
    assert "<form" not in deel
    assert "<input" not in deel
    leeg = _typ(nbi, adres)
    assert "error-message" not in leeg
    assert "Nog niet compleet" in leeg


def test_rules_answer_before_sending_and_nothing_is_kept(nbi: Toetsenbord) -> None:
    persoon = identificeer(nbi)
    adres = f"/invoer/inschrijven/?persoon={persoon}"
    voor = w.inhoud_van_alle_tabellen()
    deel = _typ(nbi, adres, **INSCHRIJVING | {"inschrijving-datum_uitschrijving_gepland": "1-1-2020"})
    assert "vóór de datum inschrijving" in deel
    goed = _typ(nbi, adres, **INSCHRIJVING)
    assert "kan zo verstuurd worden" in goed
    na = w.inhoud_van_alle_tabellen()
    veranderd = {tabel for tabel in na if na[tabel] != voor.get(tabel)}
    assert {tabel for tabel in veranderd if tabel.startswith("register_")} == set()


def test_an_unfinished_period_waits_while_the_rest_is_judged(nbi: Toetsenbord) -> None:
    persoon = identificeer(nbi)
    half = {n: x for n, x in INSCHRIJVING.items() if not n.endswith(("opleidingcode", "leertraject"))}
    half["inschrijving-datum_uitschrijving_gepland"] = "1-1-2020"
    deel = _typ(nbi, f"/invoer/inschrijven/?persoon={persoon}", **half)
    assert deel.count("utrecht-form-field-error-message") == 1
    assert "vóór de datum inschrijving" in deel


def test_a_change_shows_what_it_changes_and_which_signals_go_away(bi: Toetsenbord) -> None:
    w.lukt(
        w.identificeer(iemand()),
        w.schrijf_in(iemand(), datum_uitschrijving_gepland="2025-10-01", studentnummer="A1"),
    )
    persoon = w.nummer_van(iemand())
    adres = f"/invoer/inschrijving/?persoon={persoon}&volgnummer=1"
    velden = velden_van(bi.open(adres))
    assert velden["inschrijving-datum_uitschrijving_gepland"] == "01-10-2025"
    assert velden["studentnummer"] == "A1"
    deel = _typ(bi, adres, **{"inschrijving-datum_uitschrijving_gepland": "31-07-2027"})
    assert "<del>01-10-2025</del>" in deel
    assert "<ins>31-07-2027</ins>" in deel
    assert "B04" in deel
    gedaan = bi.lukt(adres, **{"inschrijving-datum_uitschrijving_gepland": "31-07-2027"})
    assert "<del>01-10-2025</del>" in gedaan
    assert "B04" in gedaan


def test_what_it_does_to_the_funding_is_shown_to_who_may_see_that(
    bi: Toetsenbord, bezoeker: MaakBezoeker
) -> None:
    w.lukt(
        w.identificeer(iemand()),
        w.schrijf_in(
            iemand(),
            datum_inschrijving="2025-08-01",
            perioden=[w.periode("2025-08-01")],
            datum_uitschrijving_gepland="2028-07-31",
        ),
    )
    persoon = w.nummer_van(iemand())
    adres = f"/invoer/beeindigen/?persoon={persoon}&volgnummer=1"
    einde = {
        "inschrijving-datum_uitschrijving_werkelijk": "15-09-2025",
        "inschrijving-reden_uitschrijving": "01",
    }
    assert "Voorlopige bekostiging" in _typ(bi, adres, **einde)
    zonder = Toetsenbord(bezoeker(Rol.SIGNALEN, kenmerk=w.HIER))
    assert "bekostiging" not in _typ(zonder, adres, **einde).lower()
