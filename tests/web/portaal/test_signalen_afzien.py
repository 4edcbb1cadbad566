"""Waiving a signal takes two persons: a colleague, or DUO where an institution has nobody else."""

import re
from datetime import timedelta

from kernregister.web.toegang.rollen import Rol
from tests.voorzieningen.kwaliteit.opzet import VANDAAG
from tests.web.portaal.test_signalen import MEDEWERKER, amira, klas, signalen

__all__ = ["amira", "klas"]


def test_waiving_needs_a_second_person(amira, bezoeker):
    bo = bezoeker(*MEDEWERKER, kenmerk="01AA", naam="bo")
    nummer = signalen(regel="B04")[0].id
    doen = f"/signalen/{nummer}/doen/"
    tot = (VANDAAG + timedelta(days=30)).isoformat()
    te_ver = amira.post(doen, {"doe": "afzien", "afzien_reden": "Bezwaar.", "afzien_tot": "2099-01-01"})
    assert f"kies een einddatum na {VANDAAG:%d-%m-%Y}" in te_ver.text
    antwoord = amira.post(doen, {"doe": "afzien", "afzien_reden": "Bezwaar loopt.", "afzien_tot": tot})
    assert antwoord["Location"] == f"/signalen/{nummer}/"
    eigen = amira.get(f"/signalen/{nummer}/").text
    assert "Uw eigen verzoek keurt een collega goed" in eigen
    assert 'value="akkoord"' not in eigen
    assert amira.post(doen, {"doe": "akkoord"}).status_code == 422
    assert nummer in {een.id for een in signalen(afzien="nee")}
    assert "Amira Voorbeeld vraagt dit" in bo.get(f"/signalen/{nummer}/").text
    assert bo.post(doen, {"doe": "akkoord"}).status_code == 302
    assert nummer not in {een.id for een in signalen(afzien="nee")}
    assert "afgezien tot" in amira.get(f"/signalen/{nummer}/").text
    assert bo.post(doen, {"doe": "intrekken"}).status_code == 422  # without a reason
    assert bo.post(doen, {"doe": "intrekken", "besluit_reden": "Toch niet."}).status_code == 302
    assert nummer in {een.id for een in signalen(afzien="nee")}


def test_where_one_person_handles_signals_duo_is_the_second(amira, bezoeker):
    fenna = bezoeker(Rol.DUO, kenmerk="DUO", naam="fenna")
    nummer = signalen(regel="B04")[0].id
    adres, beslissen = f"/signalen/{nummer}/", f"/signalen/{nummer}/beslissen/"
    assert "een behandelaar bij DUO beslist erover" in amira.get(adres).text
    assert beslissen not in fenna.get(adres).text, "nothing was asked"
    tot = (VANDAAG + timedelta(days=30)).isoformat()
    vraag = {"doe": "afzien", "afzien_reden": "Bezwaar loopt.", "afzien_tot": tot}
    amira.post(f"{adres}doen/", vraag)
    assert "een behandelaar bij DUO beslist over uw verzoek" in amira.get(adres).text
    assert amira.post(beslissen, {"doe": "akkoord"}).status_code == 403
    assert "Bezwaar loopt." in fenna.get(adres).text
    assert re.search(r'<textarea[^>]* name="besluit_reden"', fenna.get(adres).text), "Enter would approve"
    assert beslissen in fenna.get(adres).text
    assert fenna.post(beslissen, {"doe": "afzien", **vraag}).status_code == 404
    assert "heeft een reden" in fenna.post(beslissen, {"doe": "afwijzen"}).text
    assert fenna.post(beslissen, {"doe": "akkoord"})["Location"] == adres
    assert nummer not in {een.id for een in signalen(afzien="nee")}
    assert "keurt het afzien goed" in amira.get(adres).text


def test_duo_leaves_a_request_to_a_colleague_where_there_is_one(amira, bezoeker):
    fenna = bezoeker(Rol.DUO, kenmerk="DUO", naam="fenna")
    nummer = signalen(regel="B04")[0].id
    tot = (VANDAAG + timedelta(days=30)).isoformat()
    amira.post(f"/signalen/{nummer}/doen/", {"doe": "afzien", "afzien_reden": "Bezwaar.", "afzien_tot": tot})
    bezoeker(*MEDEWERKER, kenmerk="01AA", naam="bo")
    assert "/beslissen/" not in fenna.get(f"/signalen/{nummer}/").text
    antwoord = fenna.post(f"/signalen/{nummer}/beslissen/", {"doe": "akkoord"})
    assert antwoord.status_code == 422
    assert "beslist een collega" in antwoord.text
    assert nummer in {een.id for een in signalen(afzien="nee")}


def test_enter_where_the_reason_for_many_is_typed_does_not_assign_them(amira):
    pagina = amira.get("/signalen/?toon=signalen").text
    assert re.findall(r'<button[^>]* name="doe" value="(\w+)"', pagina)[:2] == ["afzien", "toewijzen"]
