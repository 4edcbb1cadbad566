"""What was destroyed after its term is missing in an overview, and the explanation says so in words."""

import csv
import io
from datetime import date

import pytest

from kernregister.voorzieningen.overzichten import public as overzichten
from kernregister.voorzieningen.register import public as register
from tests.databank import Databank
from tests.voorzieningen.kwaliteit.opzet import zet_klok
from tests.voorzieningen.overzichten.opzet import alles, inhoud, vraag
from tests.voorzieningen.overzichten.twee_overzichten import AN, BO, zet_klaar
from tests.voorzieningen.register.wereld import HIER, lukt, schrijf_in

PERIODE = {"begin": date(2025, 8, 1), "einde": date(2026, 7, 31)}
STEUN = {"extra_ondersteuning": [{"datum_begin": "2025-10-01", "datum_eind": None}]}
WEG = {"datum_uitschrijving_werkelijk": "2026-02-27", "reden_uitschrijving": "03"}


def verschillen(oud: overzichten.Aanvraag, nieuw: overzichten.Aanvraag) -> list[dict[str, str]]:
    """Compare two overviews, and return the explained differences as an accountant reads them."""
    samen = vraag("VERGELIJKING", HIER, extra={"oud": str(oud.id), "nieuw": str(nieuw.id)})
    (tekst,) = [
        tekst for naam, tekst in alles(samen).items() if naam.startswith("UITLEG") and naam.endswith(".CSV")
    ]
    return list(csv.DictReader(io.StringIO(tekst.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_extra_support_that_was_destroyed_is_no_longer_there_and_no_melding_took_it(
    databank: Databank, monkeypatch: pytest.MonkeyPatch
) -> None:
    zet_klaar(monkeypatch)
    lukt(schrijf_in(AN, **STEUN, **WEG), schrijf_in(BO, **STEUN))
    dag = date(2028, 2, 27)
    zet_klok(monkeypatch, date(2028, 2, 26))
    voor = vraag("RO", HIER, **PERIODE)
    assert inhoud(voor).count(b"\nISE|") == 2
    zet_klok(monkeypatch, dag)
    uit = register.vernietig("extra_ondersteuning", dag, "een", "ander", "termijn verstreken")
    assert (uit.aantal, uit.personen) == (1, 1)

    na = vraag("RO", HIER, **PERIODE)
    assert inhoud(na).count(b"\nISE|") == 1
    assert inhoud(voor).count(b"\nISE|") == 2, "a file that was made stays as it is for its own term"
    weer = vraag("RO", HIER, opnieuw=voor.id)
    assert weer.stand == voor.stand
    assert inhoud(weer).count(b"\nISE|") == 1, "as known then, as far as it is still known"
    for later in (na, weer):
        (een,) = verschillen(voor, later)
        assert een["Recordsoort"] == "ISE"
        assert een["Melding"] == ""
        assert een["Zonder melding"].startswith("Geen melding")
        assert "vernietigd" in een["Zonder melding"]
