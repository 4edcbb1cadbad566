"""How the logs call a look, and how people read it: the processing log keeps the Dutch words."""

from __future__ import annotations

from typing import Final

from kernregister.kern.regels.paspoort import Tekst
from kernregister.web.portaal.bezoek import Bezoek

_ENGELS: Final = {
    "studentdossier bekijken": "saw the student dossier",
    "studentdossier afdrukken": "saw the whole dossier on one page",
    "deelnames bekijken": "saw the enrolments",
    "resultaten bekijken": "saw the results",
    "vooropleiding bekijken": "saw the earlier education",
    "tijdlijn bekijken": "saw the timeline",
    "wijzigingen bekijken": "saw what changed",
    "inzage bekijken": "saw who looked",
    "persoon zoeken": "looked up the person",
    "studenten tonen": "saw the name in a list",
    "signalen bekijken": "saw signals",
}
GEEN: Final = ": geen gegevens"
"""What stands behind a look that showed nothing."""


def leesbaar(wat: str, bezoek: Bezoek) -> str:
    """Return what was done, in the language of the page; what other pages logged stays in their words."""
    kaal, niets = wat.removesuffix(GEEN), wat.endswith(GEEN)
    engels = _ENGELS.get(kaal)
    if engels is None:
        return wat
    return bezoek.tekst(Tekst(wat, f"{engels}: no data were shown" if niets else engels))
