"""However large or strange a file, memory stays within bounds."""

import subprocess
import sys
from pathlib import Path

import pytest

from kernregister.kern.formaten.lezen import open_levering
from kernregister.kern.formaten.verslag import VOORBEELDEN

_LEES = """
import resource, sys
from pathlib import Path
from kernregister.kern.formaten.lezen import open_levering
from kernregister.kern.formaten.verslag import OnbruikbaarBestand
begin = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
aantal, codes = 0, []
try:
    with open_levering(Path(sys.argv[1])) as [levering]:
        aantal = sum(1 for _ in levering.dossiers())
        codes = sorted({o.code for o in levering.verslag.opmerkingen})
except OnbruikbaarBestand as fout:
    codes = [str(fout)[-60:]]
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - begin >> 10, aantal, *codes)
"""


def lees_apart(pad: Path) -> tuple[int, str]:
    """Read a file in a process of its own; return the MB that it took and what it said."""
    uit = subprocess.run(
        [sys.executable, "-c", _LEES, str(pad)], capture_output=True, text=True, check=True, timeout=300
    )
    megabytes, gezegd = uit.stdout.split(" ", 1)
    return int(megabytes), gezegd.strip()


def schrijf_groot(pad: Path, begin: str, herhaal: str, eind: str = "", megabytes: int = 200) -> Path:
    blok = herhaal.encode() * max(1, (1 << 20) // len(herhaal))
    with pad.open("wb") as bestand:
        bestand.write(begin.encode())
        for _ in range(megabytes):
            bestand.write(blok)
        bestand.write(eind.encode())
    return pad


VLP = "VLP|27DV|2025-08-01|2026-07-31|2026-03-02\n"
PER = "PER|999990007||2005-01-01|V\n"
ISG = "ISG|999990007||1|2025-08-01|2026-07-31||\n"
XML = "<Bekostigingsgrondslagen>"


@pytest.mark.traag
@pytest.mark.parametrize(
    ("begin", "herhaal", "verwacht"),
    [
        ("", "x", "zo'n bestand."),
        (VLP, "x", "0 regel_te_lang sluitrecord_ontbreekt"),
        (VLP + PER, "x|", "1 regel_te_lang sluitrecord_ontbreekt"),
        (VLP, "\n", "0 lege_regel sluitrecord_ontbreekt"),
        (VLP + PER, ISG, "persoon_te_groot"),
        (VLP, "XYZ|1|2\n", "0 recordsoort_onbekend sluitrecord_ontbreekt"),
        (XML, "<Inschrijving>", "xml_ongeldig"),
        (XML, "<Inschrijving><BRIN>25LX</BRIN></Inschrijving>", "xml_ongeldig"),
        (XML, "x", "geen TBG-i."),
        (XML + "<!--", "x", "geen TBG-i."),
    ],
)
def test_two_hundred_megabytes_of_nonsense_take_little_memory(tmp_path, begin, herhaal, verwacht):
    # One sort of nonsense is slow to explain, line by line: less of it shows the same.
    omvang = 5 if herhaal.endswith(("\n", "</Inschrijving>")) else 200
    pad = schrijf_groot(tmp_path / "groot", begin, herhaal, megabytes=omvang)
    megabytes, gezegd = lees_apart(pad)
    assert verwacht in gezegd
    assert megabytes < 100


@pytest.mark.traag
def test_reading_takes_no_more_memory_as_a_file_grows(tmp_path):
    def bestand(naam: str, aantal: int) -> Path:
        pad = tmp_path / naam
        with pad.open("w") as uit:
            uit.write(VLP)
            for nummer in range(100_000_000, 100_000_000 + aantal):
                uit.write(PER.replace("999990007", str(nummer)) + ISG.replace("999990007", str(nummer)))
            uit.write(f"SLR|{aantal}|{aantal}|0|0|0|0|0|0|0\n")
        return pad

    klein, gezegd = lees_apart(bestand("klein", 50_000))
    groot, gezegd_groot = lees_apart(bestand("groot", 500_000))
    assert (gezegd, gezegd_groot) == ("50000", "500000")
    assert groot < klein + 10


def test_a_file_that_deviates_on_every_line_gives_a_handful_of_remarks(tmp_path):
    pad = tmp_path / "resaved.csv"
    regels = ["VLP;27DV;1-8-2025;31-7-2026;2-3-2026;;"]
    for nummer in range(100_000_000, 100_002_000):
        regels += [f"ISG;{nummer};;1;1-8-2025;31-7-2026;1-1-2026;8;;", f"PER;{nummer};;1-1-2005;v;;;"]
    pad.write_text("\r\n".join(reversed(regels)) + "\r\nSLR;2000;2000;0;0;0;0;0;0;0;;\r\n")
    with open_levering(pad) as [levering]:
        assert sum(1 for _ in levering.dossiers()) == 2000
        levering.controleer_totalen()
        opmerkingen = levering.verslag.opmerkingen
    assert {o.code: o.aantal for o in opmerkingen} == {
        "datumvorm": 8003,
        "hoofdletters": 2000,
        "lege_velden_achteraan": 4002,
        "scheidingsteken": 1,
        "volgorde": 1,
        "voorloopnullen": 2000,
    }
    assert all(len(o.plaatsen) <= VOORBEELDEN for o in opmerkingen)
    assert not [o for o in opmerkingen if o.fout]
