"""Writing the report: the counts and signals of a check poured into one page that needs nothing from outside."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from kernregister import __version__
from kernregister.controle.uitslag import Uitslag
from kernregister.kern.formaten.verslag import Opmerking
from kernregister.kern.regels.paspoort import Groep
from kernregister.kern.regels.woorden import Taal
from kernregister.kern.tijd import DAG
from kernregister.rapport.bladzijde import beleid, bijlage, omgeving
from kernregister.rapport.cijfers import Blok, Cijfers
from kernregister.rapport.grafieken import grafieken
from kernregister.rapport.signalen import signaalgroepen
from kernregister.rapport.woorden import Woorden

EERST = 3
"""How many signals are named as the place to start."""

NEDERLANDS = Markup(' lang="nl"')
"""On what stays Dutch on an English page: names of sources, and what reading had to say."""


def schrijf_rapport(uitslag: Uitslag, pad: Path, taal: Taal = "nl") -> None:
    """Write the report of a check as one self-contained HTML page."""
    pad.write_text(maak_rapport(uitslag, taal), encoding="utf-8", newline="\n")


def maak_rapport(uitslag: Uitslag, taal: Taal = "nl") -> str:
    """Return the report of a check as one self-contained HTML page. The same check gives the same page."""
    woorden = Woorden(taal)
    cijfers = Cijfers(uitslag, woorden)
    groepen = signaalgroepen(cijfers)
    meeste = sorted(
        (s for groep in groepen for s in groep.signalen if groep.groep <= Groep.DUBBEL),
        key=lambda s: (-s.aantal, s.regel.id),
    )
    stijl, script = bijlage("rapport.css"), bijlage("rapport.js")
    venster = uitslag.studiejaar.controlevenster
    sjabloon = _omgeving(woorden).get_template("rapport.html")
    return sjabloon.render(
        w=woorden,
        t=woorden.t,
        uitslag=uitslag,
        cijfers=cijfers,
        instellingen=_instellingen(uitslag),
        venster=(venster.begin, venster.eind - DAG),
        eerst=meeste[:EERST],
        nl=Markup() if taal == "nl" else NEDERLANDS,
        gemist=cijfers.gemist(),
        buiten_dashboard=Blok(
            woorden.t("niet_op_dashboard"), (woorden.t("aantal"),), cijfers.buiten_dashboard()
        ),
        aantal_leesfouten=sum(o.aantal for o in uitslag.opmerkingen if o.fout),
        signaalgroepen=[g for g in groepen if g.groep <= Groep.DUBBEL],
        consistentie=[g for g in groepen if g.groep > Groep.DUBBEL],
        grafieken=grafieken(cijfers),
        fouten=_per_bestand([o for o in uitslag.opmerkingen if o.fout]),
        opmerkingen=_per_bestand([o for o in uitslag.opmerkingen if not o.fout]),
        versie=__version__,
        stijl=Markup(stijl),  # noqa: S704 - our own files
        script=Markup(script),  # noqa: S704
        csp=beleid(stijl, script),
    )


def _omgeving(woorden: Woorden) -> Environment:
    uit = omgeving()
    uit.filters["begrip"] = woorden.begrip
    return uit


def _instellingen(uitslag: Uitslag) -> list[dict[str, Any]]:
    namen = {code: i.naam for code, i in uitslag.gegevens.instellingen.items()}
    return [
        {
            "code": code,
            "naam": namen.get(code) or code,
            "voluit": f"{code} {namen.get(code, '')}".strip(),
            "soort": soort,
        }
        for code, soort in uitslag.soorten.items()
    ]


def _per_bestand(opmerkingen: list[Opmerking]) -> list[tuple[str, list[Opmerking]]]:
    per_bestand: dict[str, list[Opmerking]] = {}
    for opmerking in opmerkingen:
        per_bestand.setdefault(opmerking.bestand, []).append(opmerking)
    return list(per_bestand.items())
