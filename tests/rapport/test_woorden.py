"""The words of the report: complete in both languages, and natural for people."""

import ast
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kernregister.kern.gegevens import Bron
from kernregister.rapport.woorden import Woorden, teksten

ROOT = Path(__file__).parents[2]
RAPPORT = ROOT / "src/kernregister/rapport"
REGELS = ROOT / "src/kernregister/kern/regels"


def test_every_text_is_there_in_both_languages_with_the_same_blanks():
    for deel, sleutels in teksten().items():
        for sleutel, talen in sleutels.items():
            assert talen.keys() == {"nl", "en"}, f"{deel}.{sleutel}"
            assert all(talen.values()), f"{deel}.{sleutel}"
            leeg = [set(re.findall(r"{(\w+)}", tekst)) for tekst in talen.values()]
            assert leeg[0] == leeg[1], f"{deel}.{sleutel}"


def test_no_text_lies_idle():
    bron = "".join(p.read_text() for p in [*RAPPORT.glob("*.py"), *RAPPORT.glob("sjablonen/*.html")])
    assert [s for s in teksten()["pagina"] if not re.search(rf"""["']{s}["']""", bron)] == []
    assert [s for s in teksten()["telwoorden"] if f'"{s}")' not in bron] == []


def _namen_van_waarden() -> set[str]:
    """What findings name, as the rules write it."""
    namen = set()
    for pad in REGELS.glob("*.py"):
        for node in ast.walk(ast.parse(pad.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"bevinding", "_op_teldatum"}:
                namen |= {k.arg for k in node.keywords if k.arg}
    return namen - {"van", "tot"}


def test_every_value_a_finding_names_has_a_heading_of_its_own():
    waarden = teksten()["waarden"]
    assert _namen_van_waarden() <= waarden.keys()
    for taal in ("nl", "en"):
        vast = {
            "nummer",
            "naam",
            "inschrijving",
            "bpv",
            "resultaat",
            "opleiding",
            "leertraject",
            "periode_begin",
        }
        koppen = [w[taal] for w in waarden.values()] + [
            teksten()["pagina"][s][taal] for s in (*vast, "dagen_geleden")
        ]
        assert len(koppen) == len(set(koppen)), [k for k in koppen if koppen.count(k) > 1]


def test_every_missing_source_says_what_would_bring_it():
    assert {str(bron) for bron in Bron} == teksten()["hoe"].keys()


def test_numbers_dates_and_values_are_written_as_people_do():
    nl, en = Woorden("nl"), Woorden("en")
    assert (nl.getal(25000), en.getal(25000)) == ("25.000", "25,000")
    assert (nl.tel(1, "signaal"), en.tel(2, "signaal")) == ("1 signaal", "2 signals")
    assert (nl.procent(1, 40), en.procent(1, 40), nl.procent(1, 4)) == ("2,5%", "2.5%", "25%")
    assert nl.procent(0, 0) == ""
    assert nl.datum(date(2026, 3, 9)) == "09-03-2026"
    assert (nl.datum(None), nl.datum(date.max), nl.datum(date(987, 1, 2))) == ("", "", "02-01-0987")
    assert (nl.datum_voluit(date(2026, 3, 9)), en.datum_voluit(date(2026, 3, 9))) == (
        "9 maart 2026",
        "9 March 2026",
    )
    assert (nl.maand_kort(3), en.maand_kort(3)) == ("mrt", "Mar")
    assert [nl.waarde(w) for w in (None, True, False, Decimal("5.5"), ["a", 2], date.max)] == [
        "leeg",
        "ja",
        "nee",
        "5,5",
        "a, 2",
        "open",
    ]


def test_another_language_is_refused():
    with pytest.raises(ValueError, match="niet 'de'"):
        Woorden("de")  # type: ignore[arg-type]
