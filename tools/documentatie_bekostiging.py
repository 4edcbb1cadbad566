"""The page of the funding, from the reasons and the values that decisions are made with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kernregister.kern.bekostiging.parameters import Gedateerd, historie
from kernregister.kern.bekostiging.redenen import catalogus
from kernregister.kern.bekostiging.redensoort import Redensoort
from kernregister.kern.regels.woorden import Taal, in_taal

Tabel = Callable[[list[str], list[list[str]]], str]

INLEIDING = """Wat een inschrijving of een diploma telt in de bekostiging, en waarom. De beslisboom van DUO en zijn
signaalcodes zijn niet openbaar, en de rekenregels van nu kennen wij alleen uit de tekst van omstreeks 2015 met wat
sindsdien bekend is gemaakt. Elke uitkomst is daarom **indicatief**, en noemt het kenmerk van de waarden waarop zij
rust. Waar de bron zwijgt staat hieronder wat wij besloten.

Bekostigingsjaar T kijkt naar de inschrijvingen op 1 oktober T-2 en 1 februari T-1, en naar de diploma's van
kalenderjaar T-2. Elke stap wordt bekeken, ook na een die niet voldoet: zo staat in één keer wat er mis is. Wat niet
voldoet staat in die volgorde als signaal in de TBG-i. *Onbekend is geen nee*: ontbreekt het gegeven om een stap te
beoordelen, dan gaat de beslissing verder alsof zij voldoet, en zegt de uitkomst dat erbij.

[In English](#in-english)"""

OPTELLEN = """## Wat het optelt

Een inschrijving die telt draagt bij: **BBL/BOL-factor x prijsfactor**, en tot en met bekostigingsjaar 2019 x
verblijfsjaarfactor. Zonder prijsfactor telt zij wel, maar is de bijdrage niet te noemen. Per instelling en budget:"""

FORMULES = [
    [
        "correctiefactor",
        "Cf = (gewogen aantal op 1 oktober + gewogen aantal op 1 februari) / (2 x gewogen aantal op 1 oktober). "
        "Gewogen met de BBL/BOL-factor, zonder prijsfactor; stap 9 (de BPV) speelt geen rol. Is er op 1 oktober "
        "niemand, dan is er geen Cf en geen deelnemerswaarde.",
    ],
    ["deelnemerswaarde", "IDW = som van de bijdragen op 1 oktober x weging x Cf"],
    ["diplomawaarde", "IDiW = som van de diplomawaarden x weging"],
    ["aandeel", "(IDW + IDiW) / (LDW + LDiW), in het landelijk budget; in entree alleen de deelnemerswaarde"],
    [
        "inhouding cursusgeld",
        "(Dbbl3 x DC1) + (Dbbl4 x DC2), over wie op 1 oktober telt in BBL en op 1 augustus oud genoeg was",
    ],
]

VOORBEELD = """Voorbeeld: 100 BBL en 200 BOL op 1 oktober, 120 BBL en 190 BOL op 1 februari, factor 0,4: Cf =
(40 + 200 + 48 + 190) / (2 x 240) = 478/480 = 0,9958. Er wordt exact gerekend en één keer afgerond, aan het eind; een
half gaat omhoog. De rijksbijdrage is in hele euro's."""

DIPLOMAWAARDE = """## Waarde van een diploma

De waarde van het niveau, min die van het hoogste eerdere diploma. Een specialistendiploma telt één keer, wat er ook aan
voorafging; eerder behaald laat het de waarde van een ander diploma gelijk. Was een eerder diploma hoger, dan blijft het
nieuwe buiten beschouwing."""


def bekostigingspagina(tabel: Tabel, gemaakt: str) -> str:
    """Return the page: the steps with their words and sources, the sums, and every value there was."""
    inschrijving = [soort for soort in catalogus().values() if not soort.over_diploma]
    diploma = [soort for soort in catalogus().values() if soort.over_diploma]
    delen = [
        gemaakt,
        "# Bekostiging",
        INLEIDING,
        "## Een inschrijving op een teldatum",
        _stappen(tabel, inschrijving, "nl"),
        *_besluiten(inschrijving, "nl"),
        "## Een diploma",
        _stappen(tabel, diploma, "nl"),
        *_besluiten(diploma, "nl"),
        DIPLOMAWAARDE,
        _waarden(tabel),
        OPTELLEN,
        tabel(["", ""], FORMULES),
        VOORBEELD,
        "## De waarden",
        "Ze staan in `kern/parameters/bekostiging.toml`, elk met bron en geldigheid. Jaren zijn bekostigingsjaren.",
        _parameters(tabel),
        "## In English",
        "Every outcome is indicative: DUO's decision tree is not public. A step that cannot be judged does not stop "
        "the decision; the outcome says so.",
        "### An enrolment on a teldatum",
        _stappen(tabel, inschrijving, "en"),
        "### A diploma",
        _stappen(tabel, diploma, "en"),
    ]
    return "\n\n".join(delen) + "\n"


def _stappen(tabel: Tabel, soorten: list[Redensoort], taal: Taal) -> str:
    kop = {
        "nl": ["stap", "code", "wat", "voldoet niet", "niet te beoordelen", "bron"],
        "en": ["step", "code", "what", "fails", "cannot be judged", "source"],
    }[taal]
    return tabel(
        kop,
        [
            [
                str(soort.stap),
                soort.code,
                in_taal(soort.titel, taal),
                _voluit(in_taal(soort.niet, taal)) if soort.niet else "",
                _voluit(in_taal(soort.onbekend, taal)) if soort.onbekend else "",
                soort.bron,
            ]
            for soort in soorten
        ],
    )


def _voluit(woorden: str) -> str:
    """Return a text with all that it can say."""
    return woorden.replace("[", "").replace("]", "")


def _besluiten(soorten: list[Redensoort], taal: Taal) -> list[str]:
    regels = [f"- {soort.code}: {in_taal(soort.besluit, taal)}" for soort in soorten if soort.besluit]
    return ["Wat wij besloten:", "\n".join(regels)]


def _waarden(tabel: Tabel) -> str:
    """Return the table of values: what a new diploma is worth after an earlier one."""
    waarden = {niveau: int(waarde) for niveau, waarde in historie()["diplomawaarde"][-1].waarde.items()}
    specialist = str(historie()["specialistwaarde"][-1].waarde)
    rijen = [["geen, of alleen entree", *map(str, waarden.values()), specialist]]
    for eerder, van in waarden.items():
        rijen.append(
            [eerder, *(str(w - van) if w >= van else "blijft buiten" for w in waarden.values()), specialist]
        )
    rijen.append(["specialist", *["als het hoogste andere"] * len(waarden), "0"])
    return tabel(["eerder hoogste", *waarden, "specialist"], rijen)


def _parameters(tabel: Tabel) -> str:
    rijen = [
        [
            f"`{naam}`",
            f"vanaf {een.vanaf}" if een.tot_en_met is None else f"{een.vanaf} tot en met {een.tot_en_met}",
            _waarde(een.waarde),
            een.bron,
            _toelichting(een),
        ]
        for naam, rij in historie().items()
        for een in rij
    ]
    return tabel(["waarde van", "geldt", "waarde", "bron", "toelichting"], rijen)


def _toelichting(een: Gedateerd) -> str:
    return f"**Ons besluit.** {een.toelichting}" if een.besluit else een.toelichting


def _waarde(waarde: Any) -> str:
    if isinstance(waarde, dict):
        return "; ".join(f"{naam.replace('_', ' ')}: {_waarde(deel)}" for naam, deel in waarde.items())
    if isinstance(waarde, list):
        scheiding = " / " if any(isinstance(deel, dict) for deel in waarde) else ", "
        return scheiding.join(map(_waarde, waarde))
    return str(waarde)
