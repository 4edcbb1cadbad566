"""Whatever is wrong with whichever file: plain words, exit code 0 or 2, no number, nothing that steers the terminal."""

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kernregister.kern.formaten.tbgi_schrijven import schrijf_tbgi
from tests.cli.test_scherm import STUREND
from tests.kern.formaten.test_grondslag import BESTAND as GRONDSLAG
from tests.kern.formaten.test_kapot import GOED as RO
from tests.kern.formaten.test_tbgi import DIPLOMA, INSCHRIJVING
from tests.vergelijking.verhaal import KOP, NUMMERS, VERTALING, rij, ro, ro_regels

VREEMD = [
    *(
        b"\x00",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\r",
        b"\n",
        b"|",
        b";",
        b"\t",
        b'"',
        b"\\",
        b"\xe9",
        b"\xed\xa0\x80",
    ),
    *(
        b"\x1b[31m",
        b"\xc2\x9b2J",
        "\u202e²٣".encode(),
        b"=1+1",
        b"<script>",
        b"&x;",
        b"<!DOCTYPE x>",
        b"]]>",
        b"VLP",
    ),
    *(
        b"0001-01-01",
        b"9999-12-31",
        b"0000-00-00",
        b"-1",
        b"9" * 5000,
        b"x" * 70_000,
        b"9.99990007E+08",
        b"PER",
        b"SLR",
    ),
]
NUMMER = re.compile("|".join(n.lstrip("0") for n in (*NUMMERS, "100310303")))


def verminkt(inhoud: bytes, kans: random.Random) -> bytes:
    """Damage a file in a few ways."""
    for _ in range(kans.choice([1, 1, 2, 5])):
        van, tot = sorted(kans.choices(range(len(inhoud) + 1), k=2))
        regels = inhoud.split(b"\n")
        teken = b"|" if inhoud.count(b"|") > inhoud.count(b";") else b";"
        velden = kans.choice(regels).split(teken)
        regel = kans.randrange(len(regels))
        inhoud = kans.choice(
            [
                inhoud[:van] + kans.choice(VREEMD) + inhoud[van:],
                inhoud[:van] + kans.choice(VREEMD) + inhoud[van + 3 :],
                inhoud[:van] + inhoud[tot:],
                inhoud[:tot],
                inhoud + inhoud[van:tot] * 20,
                inhoud.replace(teken, kans.choice([b"", b",", b"\t", b" "])),
                inhoud.replace(b"\n", kans.choice([b"\r", b"\r\n"])),
                inhoud.decode(errors="replace").encode(kans.choice(["utf-16", "utf-16-le", "utf-8-sig"])),
                b"\n".join(kans.sample(regels, len(regels))),
                b"\n".join([*regels[:regel], teken.join(kans.sample(velden, len(velden))), *regels[regel:]]),
            ]
        )
    return inhoud


@pytest.fixture
def bestanden(tmp_path) -> dict[str, bytes]:
    schrijf_tbgi(tmp_path / "tbgi.xml", [INSCHRIJVING, DIPLOMA])
    register = ro([regel for n in NUMMERS for regel in ro_regels(n)])
    teksten = {
        "ro": RO,
        "grondslag": GRONDSLAG,
        "register": register,
        "export": "\n".join([KOP, *map(rij, NUMMERS)]),
        "vertaling": VERTALING,
        "personen": "burgerservicenummer;onderwijsnummer;achternaam;datum_overlijden\n999990007;100310303;Jansen;\n",
        "vo": "sector;instellingscode;datum_begin;burgerservicenummer\nVO;01AA;2024-08-01;999990007\n",
    }
    return {"tbgi": (tmp_path / "tbgi.xml").read_bytes()} | {naam: t.encode() for naam, t in teksten.items()}


OPDRACHTEN: dict[str, Callable[[dict[str, Path]], list[object]]] = {
    "controleer ro": lambda p: [
        "controleer",
        p["ro"],
        p["register"],
        "--personen",
        p["personen"],
        "--ook",
        p["vo"],
    ],
    "controleer grondslag": lambda p: ["controleer", p["grondslag"]],
    "controleer tbgi": lambda p: ["controleer", p["tbgi"], "--peildatum", "2026-01-01"],
    "vergelijk": lambda p: ["vergelijk", p["register"], p["ro"]],
    "vergelijk export": lambda p: ["vergelijk", p["register"], p["export"], "--vertaling", p["vertaling"]],
}


@pytest.mark.traag
@pytest.mark.parametrize("zaad", range(30))
@pytest.mark.parametrize("opdracht", OPDRACHTEN)
def test_any_damage_to_any_file_is_explained(draai, tmp_path, bestanden, opdracht, zaad):
    kans = random.Random(f"{opdracht} {zaad}")
    paden = {naam: tmp_path / f"{naam}.csv" for naam in bestanden}
    for naam, pad in paden.items():
        pad.write_bytes(verminkt(bestanden[naam], kans) if kans.random() < 0.5 else bestanden[naam])
    uit = draai(*OPDRACHTEN[opdracht](paden))
    assert uit.exit_code in {0, 2}, uit.output
    assert "Kernregister zelf" not in uit.stderr
    assert not NUMMER.search(uit.output)
    assert not STUREND.search(uit.output)
    assert uit.exit_code == 0 or uit.stderr.strip()
