"""Over the API the sector sees what all institutions count for together: sums, and of no student anything."""

from datetime import timedelta

import pytest

from kernregister.platform.pas import Soort
from kernregister.platform.rechten import Recht
from kernregister.voorzieningen.register import public as register
from tests.voorzieningen.bekostigen.opzet import JAAR
from tests.voorzieningen.kwaliteit.opzet import zet_klok
from tests.voorzieningen.register.wereld import HIER, VANDAAG
from tests.web.conftest import MaakMachine, Machine
from tests.web.test_bekostiging import eigen, haal

__all__ = ["eigen"]


def test_the_sector_sees_sums_and_no_rows(
    eigen: Machine, machine: MaakMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    sector = machine("", Soort.SECTOR, [Recht.BEKOSTIGING_LEZEN])
    assert register.stand()
    zet_klok(monkeypatch, VANDAAG + timedelta(days=1))
    uit = haal(sector, f"/bekostiging/sector?jaar={JAAR}")
    assert any(budget["aandelen"] == {"overig": "1"} for budget in uit["budgetten"])
    haal(sector, f"/bekostiging/regels?jaar={JAAR}", 403)
    haal(eigen, f"/bekostiging/sector?jaar={JAAR}", 403)
    haal(machine("", Soort.DUO, list(Recht)), f"/bekostiging/totalen?jaar={JAAR}&instelling={HIER}")


def test_the_sector_does_not_see_what_one_melding_did(
    eigen: Machine, machine: MaakMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two stands side by side would tell the contribution of one student; a day has many."""
    sector, duo = (machine("", soort, [Recht.BEKOSTIGING_LEZEN]) for soort in (Soort.SECTOR, Soort.DUO))

    def gezien(wie_: Machine, stand: int | None = None) -> list[dict]:
        vraag_ = f"/bekostiging/sector?jaar={JAAR}" + (f"&stand={stand}" if stand else "")
        return haal(wie_, vraag_)["budgetten"]

    laatste = register.stand()
    assert gezien(duo, laatste) == gezien(duo) != gezien(duo, 1)
    niets = gezien(sector)
    assert not any(float(budget["deelnemerswaarde"]) for budget in niets)
    assert all(gezien(sector, stand) == niets for stand in range(1, laatste + 1))
    zet_klok(monkeypatch, VANDAAG + timedelta(days=1))
    assert [een["deelnemerswaarde"] for een in gezien(sector)] == [
        een["deelnemerswaarde"] for een in gezien(duo)
    ]
    assert gezien(sector, laatste) == niets
