"""Who reads somebody's earlier education: an institution all of it, an accountant that of one institution and year."""

import pytest

from kernregister.kern.dossier import Dossier
from kernregister.platform.pas import Soort
from kernregister.platform.rechten import Recht
from tests.databank import Databank
from tests.voorzieningen.register import verhaal
from tests.web.conftest import MaakMachine


@pytest.fixture
def persoon(databank: Databank) -> int:
    """Somebody with a school before, an enrolment here and one elsewhere."""
    elders = verhaal.inschrijving("7", verhaal.DAAR)
    return verhaal.registreer(
        Dossier(
            verhaal.wie(verhaal.bsn(3)),
            (verhaal.inschrijving("1"), elders),
            (verhaal.diploma("9", verhaal.DAAR),),
            deelnames=(verhaal.deelname(),),
            vooropleidingen=(verhaal.vo_resultaat(),),
        )
    )


def lees(machine: MaakMachine, persoon: int, soort: Soort, extra: str = "") -> dict:
    wie = machine(verhaal.HIER, soort, [Recht.PERSONEN_LEZEN], extra)
    antwoord = wie("GET", f"/dossiers/{persoon}/vooropleiding")
    assert antwoord.status_code == 200, antwoord.content
    return antwoord.json()


def test_an_institution_reads_all_of_it(persoon: int, machine: MaakMachine) -> None:
    uit = lees(machine, persoon, Soort.INSTELLING)
    assert {een["instelling"] for een in uit["deelnames"]} == {verhaal.HIER, verhaal.DAAR}
    assert uit["mbo_diplomas"]
    assert uit["vo_resultaten"]
    assert uit["startkwalificatie"] == "J"


def test_an_accountant_reads_nothing_of_others_nor_what_follows_from_it(
    persoon: int, machine: MaakMachine
) -> None:
    uit = lees(machine, persoon, Soort.ACCOUNTANT, "2025-2026")
    assert {een["instelling"] for een in uit.pop("deelnames")} == {verhaal.HIER}
    assert set(uit) <= {"startkwalificatie", "jaren_mbo_zonder_diploma"}
    assert uit.get("startkwalificatie", "O") == "O"
    wie = machine(verhaal.HIER, Soort.ACCOUNTANT, [Recht.PERSONEN_LEZEN], "2019-2020")
    assert wie("GET", f"/dossiers/{persoon}/vooropleiding").status_code == 404, "of a year without the person"
