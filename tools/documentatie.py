"""Write the pages of docs/ that come from the code itself: the rule catalogue, in Dutch and English.

``python tools/documentatie.py`` writes them; with ``--controleer`` it only tells which are stale and exits 1. A page
more is a function more in BRONNEN: it returns the pages it makes, by path under docs/.
"""

import json
import sys
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from kernregister.kern.regels.catalogus import catalogus
from kernregister.kern.regels.paspoort import Regel
from kernregister.kern.regels.woorden import Taal, in_taal, nodig, paspoort
from kernregister.kern.regels.woorden import woord as term

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
CORPUS = ROOT / "src/kernregister/kern/regels/voorbeelden"
Paginas = dict[str, str]

TALEN: tuple[Taal, ...] = ("nl", "en")
WOORDEN: dict[str, tuple[str, str]] = {
    "ernst": ("Ernst", "Severity"),
    "geldt": ("Geldt voor", "Holds for"),
    "vereist": ("Heeft nodig", "Needs"),
    "doen": ("Wat te doen", "What to do"),
    "regels": ("Regels", "Rules"),
    "regel": ("Regel", "Rule"),
    "titel": ("Titel", "Title"),
    "inleiding": (
        "Elke regel is één functie met één nummer. Een *signaal* wordt achteraf gevonden op gegevens die in het "
        "register staan; een *fout* is wat een register weigert. A tot en met E zijn de groepen van DUO.",
        "Each rule is one function with one id. A *signal* is found afterwards on data that are in the register; a "
        "*fault* is what a register refuses. A to E are the groups of DUO.",
    ),
    "goed voorbeeld": ("Goed voorbeeld", "Good example"),
    "fout voorbeeld": ("Fout voorbeeld", "Bad example"),
    "afkeur": ("Wat wordt geweigerd", "What is refused"),
    "zie": ("De voorbeelden staan hierboven.", "The examples stand above, in Dutch."),
}
ENKELVOUD = {
    "bpvs": "BPV",
    "deelnames": "deelname",
    "diplomas": "diploma",
    "inschrijvingen": "inschrijving",
    "losse_resultaten": "los resultaat",
    "nationaliteiten": "nationaliteit",
    "onderdelen": "onderdeel",
    "perioden": "periode",
    "verblijfstitels": "verblijfstitel",
}
GEMAAKT = "<!-- Gemaakt door tools/documentatie.py; verander de regel of het voorbeeld, niet deze pagina. -->"
GEMAAKT_BESTANDEN = (
    "<!-- Gemaakt door tools/documentatie.py uit de indelingen; verander die, niet deze pagina. -->"
)
GEMAAKT_STAMGEGEVENS = (
    "<!-- Gemaakt door tools/documentatie.py uit de lijsten; verander die, niet deze pagina. -->"
)
GEMAAKT_VERWERKINGEN = (
    "<!-- Gemaakt door tools/documentatie.py uit verwerkingen.toml; verander dat, niet deze pagina. -->"
)

GEMAAKT_BEKOSTIGING = (
    "<!-- Gemaakt door tools/documentatie.py uit redenen en parameters; verander die, niet deze pagina. -->"
)


def woord(begrip: str, taal: Taal) -> str:
    return WOORDEN[begrip][TALEN.index(taal)]


def regelpaginas() -> Paginas:
    """Make a page for each rule, and an index in each language."""
    regels = catalogus().values()
    paginas = {f"regels/{regel.id}.md": regelpagina(regel) for regel in regels}
    paginas["regels/index.md"] = index(list(regels), "nl")
    paginas["regels/index.en.md"] = index(list(regels), "en")
    return paginas


def afkeurpaginas() -> Paginas:
    """Make the page that tells which rule refuses what, in each language."""
    from tools.documentatie_afkeur import afkeurpagina

    regels = list(catalogus().values())
    namen: dict[Taal, str] = {"nl": "regels/afkeur.md", "en": "regels/afkeur.en.md"}
    return {pad: afkeurpagina(regels, taal, tabel, GEMAAKT) for taal, pad in namen.items()}


def bestandspaginas() -> Paginas:
    """Make the page of all files that are read and written."""
    from tools.documentatie_bestanden import bestandspagina

    return {"bestanden.md": bestandspagina(tabel, GEMAAKT_BESTANDEN)}


def schemas() -> Paginas:
    """Make the XML schema of the TBG-i."""
    from kernregister.kern.formaten.tbgi_xsd import schema

    return {"tbgi.xsd": schema()}


def stamgegevenspaginas() -> Paginas:
    """Make the page of all lists of reference data."""
    from tools.documentatie_stamgegevens import stamgegevenspagina

    return {"stamgegevens.md": stamgegevenspagina(tabel, GEMAAKT_STAMGEGEVENS)}


def verwerkingspaginas() -> Paginas:
    """Make the page of the processing activities."""
    from tools.documentatie_verwerkingen import verwerkingenpagina

    return {"verwerkingen.md": verwerkingenpagina(tabel, GEMAAKT_VERWERKINGEN)}


def bekostigingspaginas() -> Paginas:
    """Make the page of the funding."""
    from tools.documentatie_bekostiging import bekostigingspagina

    return {"bekostiging.md": bekostigingspagina(tabel, GEMAAKT_BEKOSTIGING)}


BRONNEN: list[Callable[[], Paginas]] = [
    regelpaginas,
    afkeurpaginas,
    bestandspaginas,
    schemas,
    stamgegevenspaginas,
    verwerkingspaginas,
    bekostigingspaginas,
]


def index(regels: list[Regel], taal: Taal) -> str:
    ander = "[In English](index.en.md)" if taal == "nl" else "[In het Nederlands](index.md)"
    afkeur = f"[{woord('afkeur', taal)}]({'afkeur.md' if taal == 'nl' else 'afkeur.en.md'})"
    regels_uit = [GEMAAKT, f"# {woord('regels', taal)}", f"{ander} · {afkeur}", woord("inleiding", taal)]
    for groep, eigen in groupby(regels, key=lambda regel: regel.groep):
        kop = [woord(k, taal) for k in ("regel", "titel", "ernst", "geldt", "vereist")]
        rijen = [
            [
                f"[{r.id}]({r.id}.md)",
                in_taal(r.titel, taal),
                term(r.ernst, taal),
                ", ".join(soort.value for soort in r.vanaf),
                nodig(r, taal),
            ]
            for r in eigen
        ]
        regels_uit += [f"## {groep.value}: {term(groep, taal)}", tabel(kop, rijen)]
    return "\n\n".join(regels_uit) + "\n"


def regelpagina(regel: Regel) -> str:
    delen = [
        GEMAAKT,
        f"# {regel.id}: {regel.titel.nl}",
        "[Alle regels](index.md) · [In English](#in-english)",
    ]
    delen += uitleg(regel, "nl")
    for soort in ("goed", "fout"):
        delen += voorbeeld(regel, soort)
    delen += ["## In English", f"**{regel.titel.en}** · [All rules](index.en.md)", *uitleg(regel, "en")]
    delen.append(woord("zie", "en"))
    return "\n\n".join(delen) + "\n"


def uitleg(regel: Regel, taal: Taal) -> list[str]:
    """Say what the rule is about, what to do, and show its passport."""
    advies = f"**{woord('doen', taal)}:** {in_taal(regel.advies, taal)}"
    return [in_taal(regel.tekst, taal), advies, tabel(["", ""], paspoort(regel, taal, "`{}`"))]


def voorbeeld(regel: Regel, soort: str) -> list[str]:
    """Show an example of the corpus as a list of records with their filled fields."""
    pad = CORPUS / regel.id / f"{soort}.json"
    if not pad.is_file():
        return []
    inhoud = json.loads(pad.read_text("utf-8"))
    delen = [
        f"## {woord(f'{soort} voorbeeld', 'nl')}",
        f"{inhoud['omschrijving']} Peildatum {inhoud['peildatum']}, bij een {inhoud['soort']}.",
        "\n".join(lijst("dossier", inhoud["dossier"])),
    ]
    if "gegevens" in inhoud:
        delen.append("\n".join(lijst("gegevens", inhoud["gegevens"])))
    for gevonden in inhoud.get("verwacht", []):
        delen.append(f"Gevonden: **{gevonden['regel']}** {velden(gevonden, behalve='regel')}".rstrip())
    return delen


def lijst(naam: str, waarde: Any, diepte: int = 0) -> Iterator[str]:
    """Show an object as a nested list: its plain values on one line, what hangs under it below."""
    inspring = "  " * diepte
    if isinstance(waarde, list):
        for deel in waarde:
            yield from lijst(ENKELVOUD.get(naam, naam), deel, diepte)
        return
    if not isinstance(waarde, dict):
        yield f"{inspring}- {naam.replace('_', ' ')}: `{waarde}`"
        return
    yield f"{inspring}- **{naam.replace('_', ' ')}** {velden(waarde)}".rstrip()
    for veld, deel in waarde.items():
        if _samengesteld(deel):
            yield from lijst(veld, deel, diepte + 1)


def velden(object_: dict[str, Any], behalve: str = "") -> str:
    eenvoudig = {n: w for n, w in object_.items() if n != behalve and not _samengesteld(w)}
    return ", ".join(f"{naam.replace('_', ' ')} {toon(waarde)}" for naam, waarde in eenvoudig.items())


def toon(waarde: Any) -> str:
    if isinstance(waarde, list):
        return " ".join(map(toon, waarde))
    return ("ja" if waarde else "nee") if isinstance(waarde, bool) else f"`{waarde}`"


def _samengesteld(waarde: Any) -> bool:
    return isinstance(waarde, dict) or (isinstance(waarde, list) and any(map(_samengesteld, waarde)))


def tabel(kop: list[str], rijen: list[Any]) -> str:
    regels = [kop, ["---"] * len(kop), *rijen]
    return "\n".join("| " + " | ".join(cel.replace("|", "\\|") for cel in rij) + " |" for rij in regels)


def verouderd(paginas: Paginas) -> list[Path]:
    """Return the files that are missing, differ, or are of a rule that is no more."""
    anders = [
        DOCS / pad
        for pad, tekst in paginas.items()
        if not (DOCS / pad).is_file() or (DOCS / pad).read_text("utf-8") != tekst
    ]
    over = [pad for pad in DOCS.glob("regels/*.md") if pad.relative_to(DOCS).as_posix() not in paginas]
    return sorted(anders + over)


def main(argumenten: list[str]) -> int:
    paginas = {pad: tekst for bron in BRONNEN for pad, tekst in bron().items()}
    stale = verouderd(paginas)
    if "--controleer" in argumenten:
        for pad in stale:
            sys.stderr.write(f"verouderd: {pad.relative_to(ROOT)}; draai: python tools/documentatie.py\n")
        return 1 if stale else 0
    for pad in stale:
        naam = pad.relative_to(DOCS).as_posix()
        if naam not in paginas:
            pad.unlink()
            continue
        pad.parent.mkdir(parents=True, exist_ok=True)
        pad.write_text(paginas[naam], "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main(sys.argv[1:]))
