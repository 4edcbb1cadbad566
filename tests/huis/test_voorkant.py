"""What pages take from npm packages: they use what is there, and what is there is what they use."""

import re
import tomllib

import pytest

from tests.huis.repository import ROOT, files

PORTAAL = ROOT / "src/kernregister/web/portaal"
STIJL = (PORTAAL / "static/gebouwd/stijl.css").read_text()
SJABLONEN = {path: (ROOT / path).read_text() for path in files("*.html") if "templates" in path.parts}
EIGEN = {path: (ROOT / path).read_text() for path in files("*.css") if "portaal" in path.parts}


def kleuren(stap: int | None = None) -> dict[str, tuple[str, str]]:
    """The colours of the theme by name, each in the light and in the dark."""
    gevonden = re.findall(
        r"--voorbeeld-kleuren-([a-z]+(?:-\d+)?):light-dark\((#\w{6}),(#\w{6})\)", STIJL.replace(" ", "")
    )
    return {
        naam: (licht, donker) for naam, licht, donker in gevonden if stap is None or naam.endswith(f"-{stap}")
    }


def contrast(een: str, ander: str) -> float:
    def licht(kleur: str) -> float:
        delen = [int(kleur[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (d / 12.92 if d <= 0.04045 else ((d + 0.055) / 1.055) ** 2.4 for d in delen)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    hoog, laag = sorted((licht(een), licht(ander)), reverse=True)
    return (hoog + 0.05) / (laag + 0.05)


def test_templates_use_only_components_that_were_built():
    gebouwd = set(re.findall(r"\.(utrecht-[\w-]+)", STIJL)) | {
        klasse for tekst in EIGEN.values() for klasse in re.findall(r"\.(utrecht-[\w-]+)", tekst)
    }
    zoek = re.compile(r"(?<![\w-])utrecht-[\w-]+(?![\w-]*\{)")
    gebruikt = {
        (str(path.name), klasse)
        for path, tekst in SJABLONEN.items()
        for klassen in re.findall(r'class="([^"]*)"', tekst)
        for klasse in zoek.findall(re.sub(r"--\{%.*?(?=\"|$)", "", klassen))
    }
    assert len(gebruikt) > 20
    gebouwd |= {klasse.rpartition("--")[0] for klasse in gebouwd}
    assert {een for een in gebruikt if een[1] not in gebouwd} == set(), "see ONDERDELEN in voorkant/bouw.py"


def test_own_styles_use_only_values_that_exist():
    gezet = set(re.findall(r"(--[\w-]+)\s*:", STIJL + "".join(EIGEN.values())))
    gebruikt = {
        (path.name, naam)
        for path, tekst in EIGEN.items()
        for naam in re.findall(r"var\(\s*(--[\w-]+)", tekst)
    }
    assert {een for een in gebruikt if een[1] not in gezet} == set()


def test_own_styles_take_their_colours_from_the_theme():
    """A colour written down is right in one of light and dark only."""
    los = re.compile(r"#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(|:\s*(?:white|black|red|gr[ae]y)\b", re.IGNORECASE)
    for path, tekst in EIGEN.items():
        if path.name != "druk.css":
            zonder_schaduw = re.sub(r"box-shadow:[^;}]*", "", tekst)
            regels = [regel for regel in zonder_schaduw.splitlines() if "light-dark(" not in regel]
            assert [regel for regel in regels if los.search(regel)] == [], path


def test_every_file_that_a_template_loads_is_there():
    gevraagd = {
        (path.name, bestand)
        for path, tekst in SJABLONEN.items()
        for bestand in re.findall(r'\{% static "([^"]+)"', tekst)
    }
    assert ("basis.html", "gebouwd/stijl.css") in gevraagd
    assert [een for een in gevraagd if not (PORTAAL / "static" / een[1]).is_file()] == []


def test_no_template_has_what_the_content_security_policy_drops():
    regels = [
        (path.name, regel.strip()[:80])
        for path, tekst in SJABLONEN.items()
        for regel in re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", tekst).splitlines()
        if re.search(r"<[^>]+\s(?:style|on\w+)=|<style|<script(?![^>]*\ssrc=)|hx-on", regel)
    ]
    assert regels == []


def test_what_a_page_loads_first_stays_small():
    assert len(STIJL) < 100_000
    assert sum(len(tekst) for tekst in EIGEN.values()) < 60_000


def test_every_colour_of_the_theme_has_its_own_in_the_dark():
    alle = set(re.findall(r"(?<!\()--voorbeeld-kleuren-([\w-]+):", STIJL))
    assert alle == kleuren().keys()
    assert all(licht != donker for licht, donker in kleuren().values())


@pytest.mark.parametrize("thema", [0, 1], ids=["light", "dark"])
def test_text_can_be_read_on_every_ground_that_the_theme_puts_it_on(thema: int):
    """WCAG 2.2, 1.4.3: 4.5 to 1. Steps of 400 and more are text and lines, those up to 200 are grounds."""
    for kleur in ("grijs", "blauw", "groen", "rood", "oranje", "geel"):
        gronden = [kleuren()[naam][thema] for naam in ("wit", "grijs-50", f"{kleur}-50", f"{kleur}-100")]
        for stap in (500, 600, 700):
            tekst = kleuren()[f"{kleur}-{stap}"][thema]
            assert all(contrast(tekst, grond) >= 4.5 for grond in gronden), (kleur, stap)
        lijn = kleuren()[f"{kleur}-400"][thema]
        assert all(contrast(lijn, grond) >= 3 for grond in gronden), kleur
        op_knop = kleuren()["wit"][thema]
        assert contrast(op_knop, kleuren()[f"{kleur}-500"][thema]) >= 4.5, kleur
    zacht = kleuren()["grijs-400"][thema]
    assert all(contrast(zacht, kleuren()[grond][thema]) >= 4.5 for grond in ("wit", "grijs-50", "grijs-100"))


def test_packages_are_pinned():
    import json

    pakketten = json.loads((ROOT / "voorkant/package.json").read_text())
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", versie) for versie in pakketten["dependencies"].values())
    artefacten = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"][
        "wheel"
    ]["artifacts"]
    assert "src/kernregister/web/portaal/static/gebouwd/*" in artefacten
