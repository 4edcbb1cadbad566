"""What the register decides about a rule: another stage of life, from a day on."""

from datetime import date, timedelta

import pytest

from kernregister.kern.regels.paspoort import Fase
from kernregister.voorzieningen.register import public as register

OP = date(2026, 10, 1)


@pytest.mark.parametrize("fase", Fase)
def test_a_rule_can_be_given_every_stage_and_keeps_its_old_one_until_the_day(databank, fase):
    eerst = {regel.id: regel.fase_op(OP - timedelta(1)) for regel in register.regels(OP, *Fase)}["L07"]
    register.stel_in(register.Instelling("L07", fase, OP, "om te proberen", "beheer"))
    assert "L07" in {regel.id for regel in register.regels(OP - timedelta(1), eerst)}
    assert "L07" in {regel.id for regel in register.regels(OP, fase)}
    assert [een.fase for een in register.instellingen()] == [fase]
