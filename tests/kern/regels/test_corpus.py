"""Every rule has a passport, a good and a bad dossier, and a page; and the dossiers do what they say.

A file of the corpus is one object: `omschrijving` (Dutch), `peildatum`, `soort` (BI or NBI), `dossier`, and where a
rule needs them `gegevens`; the bad one also holds `verwacht`, a list of findings: `regel` and any of the values, parts
of the record's key, `van` and `tot`. Dossiers and reference data are written as `kern.leesbaar` shows them.
"""

import json
from datetime import date
from pathlib import Path

import msgspec
import pytest

from kernregister.kern.dossier import Dossier
from kernregister.kern.gegevens import Gegevens, Soort
from kernregister.kern.leesbaar import als_object, uit_object
from kernregister.kern.regels.catalogus import catalogus
from kernregister.kern.regels.motor import Motor

ROOT = Path(__file__).parents[3]
CORPUS = ROOT / "src/kernregister/kern/regels/voorbeelden"
REGELS = catalogus()


def lees(id_: str, soort: str) -> dict:
    pad = CORPUS / id_ / f"{soort}.json"
    assert pad.is_file(), f"regel {id_} heeft geen voorbeeld: {pad.relative_to(ROOT)} ontbreekt"
    return json.loads(pad.read_text("utf-8"))


def controleer(voorbeeld: dict) -> tuple[Motor, list[dict]]:
    """Run all rules on an example; each finding as one flat object."""
    gegevens = msgspec.structs.replace(
        uit_object(Gegevens, voorbeeld.get("gegevens", {})), soort_standaard=Soort(voorbeeld["soort"])
    )
    motor = Motor(REGELS.values(), date.fromisoformat(voorbeeld["peildatum"]), gegevens)
    uitkomsten = map(als_object, motor.controleer(uit_object(Dossier, voorbeeld["dossier"])))
    return motor, [u | u.pop("sleutel") | u.pop("waarden") for u in uitkomsten]


@pytest.mark.parametrize("id_", REGELS)
def test_the_good_example_gives_nothing(id_):
    motor, gevonden = controleer(lees(id_, "goed"))
    assert [u for u in gevonden if u["regel"] == id_] == []
    assert id_ not in {niet.regel for niet in motor.niet_beoordeeld}


@pytest.mark.parametrize("id_", REGELS)
def test_the_bad_example_gives_what_it_says(id_):
    voorbeeld = lees(id_, "fout")
    _, gevonden = controleer(voorbeeld)
    verwacht = voorbeeld["verwacht"]
    assert id_ in {v["regel"] for v in verwacht}
    for regel in {v["regel"] for v in verwacht}:
        eigen = [u for u in gevonden if u["regel"] == regel]
        bedoeld = [v for v in verwacht if v["regel"] == regel]
        assert len(eigen) == len(bedoeld), eigen
        for v in bedoeld:
            assert any(u | v == u for u in eigen), (v, eigen)


@pytest.mark.parametrize("id_", REGELS)
@pytest.mark.parametrize("soort", ["goed", "fout"])
def test_an_example_is_written_to_be_read(id_, soort):
    voorbeeld = lees(id_, soort)
    nodig = {"omschrijving", "peildatum", "soort", "dossier"} | ({"verwacht"} if soort == "fout" else set())
    assert nodig <= voorbeeld.keys() <= nodig | {"gegevens"}
    assert voorbeeld["omschrijving"].strip()
    assert als_object(uit_object(Dossier, voorbeeld["dossier"])) == voorbeeld["dossier"], (
        "leesbaar schrijft het anders"
    )


@pytest.mark.parametrize("regel", REGELS.values(), ids=REGELS)
def test_the_passport_is_complete(regel):
    for tekst in (regel.titel, regel.tekst, regel.advies):
        assert tekst.nl.strip()
        assert tekst.en.strip()
        assert tekst.nl != tekst.en
    assert regel.bron.strip()
    assert regel.vanaf
    assert regel.levensloop
    assert regel.id[0] == regel.groep.value


@pytest.mark.parametrize("id_", REGELS)
def test_the_rule_has_a_page(id_):
    assert (ROOT / "docs" / "regels" / f"{id_}.md").is_file(), "python tools/documentatie.py schrijft hem"


def test_no_example_is_left_without_its_rule():
    assert {pad.name for pad in CORPUS.iterdir() if not pad.name.startswith("__")} <= REGELS.keys()
    assert {pad.name for pad in CORPUS.glob("*/*")} <= {"goed.json", "fout.json"}
