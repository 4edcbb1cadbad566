"""What was written is read back, by either reader, in any order and in any number of ranges."""

import random
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from kernregister.fictief.sector import Sector
from kernregister.kern.dossier import ONDERDELEN, Dossier, Onderdeel
from kernregister.kern.formaten import lezen, obo, regelschrijver, ro, ro_dossier, verkennen
from kernregister.kern.formaten.delen import gelijke_delen
from kernregister.kern.formaten.indeling import Indeling, regel_van
from kernregister.kern.formaten.lezen import Levering
from kernregister.kern.formaten.recordbestand import Recordlezer
from kernregister.kern.formaten.regelschrijver import Onschrijfbaar, regels_van
from kernregister.kern.formaten.schrijven import schrijf_obo, schrijf_ro
from kernregister.kern.formaten.verslag import Verslag
from tests.kern.formaten.strategieen import INSTELLING, bestanden
from tests.kern.voorbeelden import diploma, inschrijving, student

KOP = ro.Vlp(INSTELLING, date(2025, 8, 1), date(2026, 7, 31), date(2026, 3, 2))
KOP_OBO = obo.Vlp("2025-2026", INSTELLING, date(2026, 3, 1), date(2026, 3, 2))
BESTAND = settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(params=[1 << 18, 200], ids=["gewone blokken", "blokken van een paar regels"])
def blokgrootte(request, monkeypatch):
    monkeypatch.setattr(verkennen, "BLOK", request.param)


def lees(pad: Path, indeling: Indeling, delen: int = 1):
    levering = Levering(pad, indeling, Verslag(pad.name))
    gelezen = [
        dossier
        for (bereik,) in gelijke_delen([levering.verkenning], delen)
        for dossier in levering.dossiers(bereik)
    ]
    levering.controleer_totalen()
    return gelezen, [o for o in levering.verslag.opmerkingen if o.code != "volgnummer_dubbel"]


@BESTAND
@given(verwacht=bestanden(), regeleinde=st.sampled_from(["\n", "\r\n"]), delen=st.integers(1, 5))
def test_an_ro_gives_back_the_dossiers_it_was_written_from_and_then_the_same_bytes(
    tmp_path, blokgrootte, verwacht, regeleinde, delen
):
    pad, weer = tmp_path / "ro.csv", tmp_path / "weer.csv"
    schrijf_ro(pad, KOP, reversed(verwacht), regeleinde)
    gelezen, opmerkingen = lees(pad, ro.RO, delen)
    assert gelezen == verwacht
    assert opmerkingen == []
    schrijf_ro(weer, KOP, gelezen, regeleinde)
    assert weer.read_bytes() == pad.read_bytes()


@BESTAND
@given(verwacht=bestanden(obo=True), delen=st.integers(1, 5))
def test_an_obo_gives_back_the_dossiers_it_was_written_from_and_then_the_same_bytes(
    tmp_path, blokgrootte, verwacht, delen
):
    pad, weer = tmp_path / "obo.csv", tmp_path / "weer.csv"
    schrijf_obo(pad, KOP_OBO, verwacht)
    gelezen, opmerkingen = lees(pad, obo.OBO, delen)
    assert gelezen == verwacht
    assert opmerkingen == []
    schrijf_obo(weer, KOP_OBO, gelezen)
    assert weer.read_bytes() == pad.read_bytes()


@BESTAND
@given(verwacht=bestanden(), zaad=st.integers(0, 999))
def test_a_shuffled_file_gives_the_same_dossiers_and_says_that_it_was_in_another_order(
    tmp_path, verwacht, zaad
):
    verwacht = [
        structs.replace(d, inschrijvingen=d.inschrijvingen[:1], diplomas=d.diplomas[:1]) for d in verwacht
    ]
    pad = tmp_path / "ro.csv"
    schrijf_ro(pad, KOP, verwacht, "\n")
    kop, *regels, sluit, _ = pad.read_bytes().split(b"\n")
    # Records of one sort keep their order: that is all there is to tell a person's second period from the first.
    per_soort = {soort: iter([r for r in regels if r[:3] == soort]) for soort in {r[:3] for r in regels}}
    gemengd = [next(per_soort[r[:3]]) for r in random.Random(zaad).sample(regels, len(regels))]
    pad.write_bytes(b"\n".join([*gemengd, sluit, kop, b""]))
    gelezen, opmerkingen = lees(pad, ro.RO)
    assert [_op_soort(d) for d in gelezen] == verwacht
    assert {o.code for o in opmerkingen} <= {"volgorde"}


def _op_soort(dossier: Dossier) -> Dossier:
    """Return a dossier with its parts in the order of a delivery."""
    diplomas = tuple(structs.replace(d, onderdelen=_geordend(d.onderdelen)) for d in dossier.diplomas)
    return structs.replace(dossier, diplomas=diplomas, losse_resultaten=_geordend(dossier.losse_resultaten))


def _geordend(delen: tuple[Onderdeel, ...]) -> tuple[Onderdeel, ...]:
    return tuple(sorted(delen, key=lambda deel: ONDERDELEN.index(type(deel))))


_VREEMD = [
    "null",
    "NULL",
    "1e3",
    "+5",
    " 5",
    "5 ",
    "08",
    "8",
    "1.0",
    "true",
    "2025-1-1",
    "20250101",
    "31-12-2024",
]
_VREEMD += [
    "2025-02-30",
    "12345678",
    "1,23E+08",
    "behaald",
    "j",
    "7,4",
    "é",
    "\\",
    '"',
    "x" * 30,
    "",
    "\r",
    "\t",
    "0x1",
]
_VREEMD += [
    "2025-01-01T00:00:00",
    "2025-01-01 ",
    "٣٤",
    "-0",
    "1_0",
    "|",
    "\n",
    "\n\n",
    "\nVLP|27DV",
    "\nSLR|1|1",
    "\x00",
]


@BESTAND
@given(verwacht=bestanden(), data=st.data())
def test_the_fast_reader_and_the_explaining_one_agree_whatever_a_file_holds(tmp_path, verwacht, data):
    pad = tmp_path / "ro.csv"
    schrijf_ro(pad, KOP, verwacht, "\n")
    tekst = pad.read_bytes().decode()
    begin = tekst.index("\n") + 1
    for _ in range(data.draw(st.integers(1, 3))):
        scheidingen = [i for i in range(begin, len(tekst)) if tekst[i] == "|"]
        plaats = data.draw(st.sampled_from(scheidingen)) + 1
        eind = min(i for i in range(plaats, len(tekst)) if tekst[i] in "|\n")
        tekst = tekst[:plaats] + data.draw(st.sampled_from(_VREEMD)) + tekst[eind:]
    pad.write_bytes(tekst.encode())
    uit = []
    for snel in (True, False):
        indeling = structs.replace(ro.RO, snel=snel)
        verslag = Verslag()
        lezer = Recordlezer(verkennen.verken(pad, indeling, verslag), verslag)
        uit.append((list(lezer.groepen()), verslag.opmerkingen, lezer.teller.tellingen))
    assert uit[0] == uit[1]


_RAAR = ["", "a,b", "null", ",null", "],[", "\\", "é…", "\t", "[]", "'", "x]]", "]", "[", "a]],[["]


@BESTAND
@given(verwacht=bestanden(), raar=st.sampled_from(_RAAR))
def test_lines_made_all_at_once_are_those_made_one_by_one_whatever_the_values(tmp_path, verwacht, raar):
    verwacht = [
        structs.replace(
            d, diplomas=tuple(structs.replace(x, onderwijsaanbieder=raar or None) for x in d.diplomas)
        )
        for d in verwacht
    ]
    records = [r for d in verwacht for r in ro_dossier.records_van(d, INSTELLING)]
    assert regels_van(records, ro.RO, b"\r\n") == een_voor_een(records)


@pytest.mark.parametrize("raar", _RAAR)
def test_one_strange_value_among_plain_ones_is_written_as_it_is(raar):
    met = student(inschrijving(), diplomas=(diploma(onderwijsaanbieder=raar),))
    records = list(ro_dossier.records_van(met, INSTELLING))
    assert regels_van(records, ro.RO, b"\n") == een_voor_een(records, b"\n")


def test_the_records_of_an_ordinary_institution_are_written_all_at_once(monkeypatch):
    records = [r for d in Sector(300, instellingen=3).dossiers() for r in ro_dossier.records_van(d, "91KB")]
    verwacht = een_voor_een(records)
    monkeypatch.setattr(regelschrijver, "regel", None)
    assert len({type(r) for r in records}) > 5
    assert regels_van(records, ro.RO, b"\r\n") == verwacht


def een_voor_een(records, regeleinde=b"\r\n"):
    return regeleinde.join(regel_van(r).encode() for r in records)


def test_a_value_that_would_break_the_line_is_refused_by_the_writer(tmp_path):
    kop = ro.Vlp("27|V", date(2025, 8, 1), date(2026, 7, 31), date(2026, 3, 2))
    with pytest.raises(Onschrijfbaar, match="VLP"):
        schrijf_ro(tmp_path / "ro.csv", kop, [])


@pytest.mark.parametrize("waarde", ["1|2", "1\n2", "1\r2", '1"2'])
def test_a_value_that_would_break_a_line_is_refused_and_not_told(tmp_path, waarde):
    met = student(diplomas=(diploma(resultaatvolgnummer=waarde),))
    with pytest.raises(Onschrijfbaar, match="DIP") as fout:
        schrijf_ro(tmp_path / "ro.csv", KOP, [met])
    assert waarde not in str(fout.value)


def test_somebody_who_is_not_in_it_takes_no_place(tmp_path):
    elders = student(inschrijving(instelling="25LX"))
    assert schrijf_ro(tmp_path / "ro.csv", KOP, [elders]) == {}
    assert (tmp_path / "ro.csv").read_bytes().count(b"\r\n") == 2


def test_every_layout_of_lines_can_be_opened():
    assert set(lezen.BOUWERS) == {"RO", "OBO", "GRONDSLAG"}
