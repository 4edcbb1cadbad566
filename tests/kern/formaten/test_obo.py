"""The OBO: its layout, its totals, and what is valid on the two teldata."""

from datetime import date
from pathlib import Path

import pytest

from kernregister.kern.dossier import Inschrijving, Inschrijvingsperiode
from kernregister.kern.formaten.indeling import regel_van
from kernregister.kern.formaten.lezen import Levering
from kernregister.kern.formaten.obo import OBO
from kernregister.kern.formaten.obo_dossier import geldig, perioden_geldig, records_van
from kernregister.kern.formaten.verslag import Verslag
from kernregister.kern.tijd import Studiejaar

JAAR = Studiejaar(2016)
VOORBEELD = """\
VLP|2016-2017|99ZZ|2017-03-01|2017-03-02
PER|999990007||1991-10-07|M
VBT|999990007||2015-00-00||35
NAT|999990007||0339|1991-10-07|
ISG|999990007||1|2016-08-01||J|J
ISP|999990007||1|2016-08-01|90603|BBL||||J|J|J
BPV|999990007||1|1|2016-07-01|2016-08-01||90603
PER|999990044||1995-10-07|M
ISG|999990044||1|2016-08-01||J|J
ISP|999990044||1|2016-08-01|79040|BBL|MBO-4|||J|J|N
ISP|999990044||1|2016-10-02|22089|BBL|MBO-4|||J|N|N
ISP|999990044||1|2017-01-01|90603|BBL||||N|N|J
DIP|999990044||R1|90603|2016-12-20|J|1
CTR|2|1|463541|463548|4
"""
# 463541 = 4 x 90603 + 79040 + 22089; 463548 adds 2 enrolments, 4 bekostigbaar and 1 diploma


def lees(tmp_path: Path, tekst: str) -> tuple[Levering, list]:
    pad = tmp_path / "OBO_99ZZ_2016_20170301.CSV"
    pad.write_bytes(tekst.encode())
    levering = Levering(pad, OBO, Verslag(pad.name))
    dossiers = list(levering.dossiers())
    levering.controleer_totalen()
    return levering, dossiers


def test_an_obo_is_read_without_a_remark_and_comes_out_the_same(tmp_path):
    levering, dossiers = lees(tmp_path, VOORBEELD)
    assert levering.verslag.opmerkingen == []
    uit = [regel_van(r) for d in dossiers for r in records_van(d, "99ZZ", JAAR)]
    assert uit == VOORBEELD.splitlines()[1:-1]


def test_each_of_the_five_totals_is_verified(tmp_path):
    anders = VOORBEELD.replace("CTR|2|1|463541|463548|4", "CTR|3|2|463542|463549|5")
    levering, _ = lees(tmp_path, anders)
    [opmerking] = levering.verslag.opmerkingen
    assert opmerking.code == "controletotaal"
    assert [p.waarde for p in opmerking.plaatsen] == [
        "ISG: sluitrecord 3, gelezen 2",
        "DIP: sluitrecord 2, gelezen 1",
        "opleidingcodes: sluitrecord 463.542, gelezen 463.541",
        "generaal: sluitrecord 463.549, gelezen 463.548",
        "bekostigbaar: sluitrecord 5, gelezen 4",
    ]


def test_an_indication_that_does_not_follow_from_the_dates_is_reported(tmp_path):
    levering, _ = lees(
        tmp_path, VOORBEELD.replace("|2016-08-01||J|J\nISP|999990044", "|2016-08-01||J|N\nISP|999990044")
    )
    [opmerking] = levering.verslag.opmerkingen
    assert (opmerking.code, opmerking.recordsoort) == ("geldigheid_teldatum", "ISG")
    assert opmerking.plaatsen[0].waarde == "J en N, volgens de data J en J"


@pytest.mark.parametrize(
    ("begin", "eind", "verwacht"),
    [
        (date(2016, 10, 1), None, (True, True)),
        (date(2016, 10, 2), None, (False, True)),
        (date(2016, 8, 1), date(2016, 10, 1), (True, False)),
        (date(2016, 8, 1), date(2016, 9, 30), (False, False)),
        (date(2017, 2, 1), date(2017, 2, 1), (False, True)),
        (date(2017, 2, 2), None, (False, False)),
    ],
)
def test_an_enrolment_is_valid_on_a_teldatum_up_to_and_including_its_last_day(begin, eind, verwacht):
    periode = Inschrijvingsperiode(begin, "90603", "BBL")
    inschrijving = Inschrijving("99ZZ", "1", begin, None, eind, perioden=(periode,))
    assert geldig(inschrijving, JAAR.teldata) == verwacht
    assert perioden_geldig(inschrijving, JAAR.teldata) == [verwacht]


def test_of_the_periods_of_the_manual_one_holds_on_each_teldatum():
    begin = date(2016, 8, 1), date(2016, 10, 2), date(2017, 1, 1)
    perioden = tuple(Inschrijvingsperiode(dag, "90603", "BBL") for dag in begin)
    inschrijving = Inschrijving("99ZZ", "1", begin[0], perioden=perioden)
    assert perioden_geldig(inschrijving, JAAR.teldata) == [(True, False), (False, False), (False, True)]
