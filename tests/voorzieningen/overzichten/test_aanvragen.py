"""Asking for an overview: what is refused and why, and what comes of what is not."""

from tests.voorzieningen.overzichten.opzet import BEGIN, EINDE, gevuld, inhoud, vraag


def test_an_institution_gets_its_ro_at_once(databank):
    sector = gevuld()
    code = sector.scholen[0].code
    ro = vraag("RO", code, begin=BEGIN, einde=EINDE)
    tekst = inhoud(ro).decode()
    assert tekst.startswith(f"VLP|{code}|2025-08-01|2026-07-31|")
    assert tekst.count("\nPER|") > 0
