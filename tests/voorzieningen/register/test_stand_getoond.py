"""Who looks after the register sees how far it is."""

from pathlib import Path

from kernregister.kern.dossier import Dossier
from kernregister.platform.stand import neem_op
from kernregister.voorzieningen.register import public as register
from tests.voorzieningen.register.verhaal import bsn, inschrijving, registreer, wie


def test_the_health_shows_the_last_stand_and_hands_out_none(databank, tmp_path: Path) -> None:
    assert neem_op(tmp_path).metingen["stand"] == 0
    registreer(Dossier(wie(bsn(0)), (inschrijving(),)))
    assert neem_op(tmp_path).metingen["stand"] == 0
    stand = register.stand()
    assert stand == 2
    assert neem_op(tmp_path).metingen["stand"] == stand
