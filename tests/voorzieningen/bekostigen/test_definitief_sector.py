"""A fictitious sector accounts for its studiejaar: what is determined is what stood, and stays so."""

from datetime import date

import pytest
from msgspec import structs

from kernregister.platform.pas import met_pas
from kernregister.voorzieningen.bekostigen import public as bekostigen
from tests.databank import Databank
from tests.voorzieningen.bekostigen.verantwoorden import (
    DUO,
    JAAR,
    STUDIEJAAR,
    definitief,
    keur_goed,
    lever_aan,
    obo,
    stel_vast,
)
from tests.voorzieningen.kwaliteit.opzet import lever, zet_klok
from tests.voorzieningen.overzichten.opzet import gevuld


@pytest.mark.traag
def test_what_is_determined_at_once_adds_up_to_what_stood_provisionally_and_then_no_longer_moves(
    databank: Databank, monkeypatch: pytest.MonkeyPatch
) -> None:
    zet_klok(monkeypatch, date(2026, 3, 2))
    sector = gevuld(400)
    with met_pas(DUO.pas):
        verplicht = [een.instelling for een in bekostigen.stand_van_zaken(STUDIEJAAR) if een.verplicht]
        voorlopig = bekostigen.sectortotalen(JAAR.jaar).totaal
    assert len(verplicht) > 1
    for code in verplicht:
        keur_goed(lever_aan(obo(code)))
    wie, een = next(
        (dossier.persoon, een)
        for dossier in sector.dossiers()
        for een in dossier.inschrijvingen
        if een.instelling in verplicht and (nu := een.periode_op(JAAR.teldata[0])) and nu.bekostigbaar
    )
    lever(
        wie,
        structs.replace(een, datum_uitschrijving_werkelijk=een.datum_inschrijving, reden_uitschrijving="04"),
    )
    stel_vast()
    assert bekostigen.sector(JAAR, "stelsel") == voorlopig
    assert bekostigen.sectortotalen(JAAR.jaar, verbinding="stelsel").totaal != voorlopig
    for code in verplicht:
        totaal = definitief(code).totaal
        assert totaal is not None
        assert totaal.kenmerk == voorlopig.kenmerk
