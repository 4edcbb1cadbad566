"""What the national register itself delivered is not refused: the rules are no stricter than it is."""

from datetime import date

from kernregister.kern.formaten.lezen import Levering
from kernregister.kern.formaten.ro import RO
from kernregister.kern.formaten.verslag import Verslag
from kernregister.kern.regels.catalogus import catalogus
from kernregister.kern.regels.motor import Motor
from kernregister.kern.regels.paspoort import Ernst

REGELS = catalogus()


def test_a_published_ro_has_only_its_pseudonyms_against_it(gedeelde_data):
    levering = Levering(gedeelde_data / "duo-demo" / "RO_27DV_20240731_20260324.csv", RO, Verslag())
    motor = Motor(REGELS.values(), date(2026, 3, 25))
    gevonden = {uitkomst.regel for dossier in levering.dossiers() for uitkomst in motor.controleer(dossier)}
    assert {id_ for id_ in gevonden if REGELS[id_].ernst is Ernst.FOUT} == {"F01", "F02"}
