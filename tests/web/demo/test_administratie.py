"""The demo's own administration: there is work in it, on every page of the portal that it is for."""

from datetime import date
from pathlib import Path

import pytest

from kernregister.vergelijking.oorzaken import Aard
from kernregister.web.administratie.models import Opdracht, Vergelijking, Verschil
from kernregister.web.demo.administratie import zet_klaar
from tests.databank import Databank
from tests.voorzieningen.kwaliteit.opzet import zet_klok
from tests.web.portaal.administratie import college
from tests.web.portaal.conftest import MaakBezoeker, bezoeker

__all__ = ["bezoeker"]


def test_the_demo_begins_with_differences_to_solve(
    bezoeker: MaakBezoeker, databank: Databank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    zet_klok(monkeypatch, date(2026, 3, 2))
    huis = college(bezoeker, databank, tmp_path)
    zet_klaar(huis.brin, "demo")
    vergelijkingen = Vergelijking.objects.using("stelsel")
    assert sorted(vergelijkingen.values_list("toestand", flat=True)) == ["klaar", "koppelen"]
    assert vergelijkingen.get(toestand="klaar").opmerkingen == []
    soorten = set(Verschil.objects.using("stelsel").values_list("aard", "niveau", "veld"))
    assert (Aard.VERSCHIL, "inschrijving", "datum_uitschrijving_gepland") in soorten
    assert (Aard.NIET_IN_EXPORT, "persoon", "") in soorten
    assert {(aard, niveau) for aard, niveau, _ in soorten} <= {
        (Aard.VERSCHIL, "inschrijving"),
        (Aard.VERSCHIL, "periode"),
        (Aard.NIET_IN_EXPORT, "persoon"),
    }, "only what was planted"
    opdracht = Opdracht.objects.using("stelsel").get()
    assert opdracht.toestand == "voorstel"
    assert opdracht.uitkomst["aanvaard"] > 0
