"""The page that tells which rule refuses what: the refusals of the manual, and our own refusal codes."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from kernregister.kern.regels.paspoort import Ernst, Regel
from kernregister.kern.regels.woorden import Taal

Tabel = Callable[[list[str], list[Any]], str]

BERICHT = ("de melding zelf", "the melding itself")
GEEN_WEIGERING = ("M02 geldt niet voor NBI", "M02 does not hold for NBI")
NIET_HIER = ("geen melding", "not a melding")

GRONDEN: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "R1": ("gegevens zijn bij ontvangst niet juist", "data are not correct on receipt", ()),
    "R2": (
        "BI: vanaf 01-08-2019 hoort bij een periode een aanbieder en een locatie, bij een resultaat een aanbieder",
        "BI: from 01-08-2019 a period has an aanbieder and a location, a result an aanbieder",
        (),
    ),
    "R3": (
        "BI: geldigheid van RIO-gegevens",
        "BI: validity of RIO data",
        ("B08", "B09", "B10", "D08", "D09"),
    ),
    "R4": (
        "NBI: vanaf 01-08-2020 hoort bij een periode een aanbieder",
        "NBI: from 01-08-2020 a period has an aanbieder",
        (),
    ),
    "R5": ("NBI: zonder locatie wordt niet geweigerd", "NBI: no refusal without a location", GEEN_WEIGERING),
    "R6": (
        "aanbieder en locatie bestaan in RIO, de aanbieder bij de instelling",
        "aanbieder and location exist in RIO, the aanbieder with the institution",
        (),
    ),
    "R7": (
        "locatiecode VSV alleen vóór de ingangsdatum van RIO",
        "location code VSV only before RIO came into force",
        ("B02",),
    ),
    "R8": ("uitschrijving zonder reden", "end of enrolment without a reason", ()),
    "R9": ("omvang van de BPV ten hoogste 5120", "hours of the BPV at most 5120", ("C02",)),
    "R10": ("eerst identificeren, dan inschrijven", "identify before enrolling", BERICHT),
    "R11": (
        "op onderwijsnummer terwijl het BSN bekend is",
        "on the onderwijsnummer while the BSN is known",
        ("A01",),
    ),
    "R12": ("geen leerroute op een entreeopleiding", "no learning route on an entry programme", ()),
    "R13": ("18 jaar of ouder zonder rechtmatig verblijf", "18 or older without lawful residence", ()),
    "R14": ("verzoek handmatige mutatie", "manual mutation request", NIET_HIER),
    "R15": ("aanvraag van RO of OBO", "request for an RO or OBO", NIET_HIER),
    "R16": ("naam van een bijlage", "name of an attachment", NIET_HIER),
}
"""What the manual refuses, in Dutch and English, with what deals with it besides the rules whose source names it."""

CODES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "MBO-PER-001": ("BSN niet nummerproof", "BSN fails its number check", ()),
    "MBO-PER-002": ("onderwijsnummer niet nummerproof", "onderwijsnummer fails its number check", ()),
    "MBO-PER-003": ("geen nummer, of beide", "no number, or both", ()),
    "MBO-PER-004": ("onderwijsnummer bij bekend BSN", "onderwijsnummer while the BSN is known", ("A01",)),
    "MBO-PER-005": ("persoon niet geïdentificeerd", "person not identified", BERICHT),
    "MBO-ISG-001": ("volgnummer onjuist of dubbel", "sequence number malformed or twice", ()),
    "MBO-ISG-002": ("uitschrijving zonder reden of te vroeg", "end without a reason or too early", ()),
    "MBO-ISG-003": ("perioden sluiten niet aan", "periods do not fit", ()),
    "MBO-ISG-004": ("identieke inschrijving", "identical enrolment", ("B01",)),
    "MBO-ISG-005": ("verblijf", "residence", ()),
    "MBO-ISP-001": ("opleidingcode onbekend of niet geldig", "programme code unknown or not valid", ()),
    "MBO-ISP-002": ("niveau ontbreekt of strijdig", "level missing or in conflict", ()),
    "MBO-ISP-003": ("onderwijsaanbieder", "onderwijsaanbieder", ("B08", "B09")),
    "MBO-ISP-004": ("onderwijslocatie", "onderwijslocatie", ("B10",)),
    "MBO-ISP-005": ("leertraject of leerroute kan niet", "impossible route or learning route", ()),
    "MBO-BPV-001": (
        "leerbedrijf-ID, opleiding of keuzedeel, omvang",
        "company id, programme or keuzedeel, hours",
        ("C02",),
    ),
    "MBO-BPV-002": ("leerbedrijf niet erkend", "training company not recognised", ()),
    "MBO-RES-001": (
        "diploma past niet bij de inschrijving",
        "diploma does not fit the enrolment",
        ("D01", "D02"),
    ),
    "MBO-RES-002": (
        "tweede diploma, dubbel examenonderdeel",
        "second diploma, exam part twice",
        ("D03", "D05"),
    ),
    "MBO-RES-003": ("onderwijsaanbieder van een resultaat", "onderwijsaanbieder of a result", ("D08", "D09")),
    "MBO-TEC-001": ("berichtkenmerk en vorm van het bericht", "id and form of the message", BERICHT),
}
"""Our own refusal codes, likewise; what deals with them besides the rules that carry them are signals."""

TEKST = {
    "titel": ("Wat wordt geweigerd, en door welke regel", "What is refused, and by which rule"),
    "uitleg": (
        "Een regel van ernst *fout* weigert een melding; een *signaal* wordt achteraf gevonden en weigert nooit. De "
        "codes van DUO zijn niet openbaar: MBO-… zijn eigen codes. Ook zonder eigen code weigert elke fout, op grond "
        "van R1 en onder het nummer van zijn regel.",
        "A rule of severity *fault* refuses a melding; a *signal* is found afterwards and never refuses. The codes of "
        "DUO are not public: MBO-… are our own. A fault without such a code refuses as well, on the ground of R1 and "
        "under the id of its rule.",
    ),
    "gronden": ("Wat de handleiding noemt", "What the manual names"),
    "codes": ("Eigen afkeurcodes", "Our own refusal codes"),
    "alle": ("elke regel van ernst fout", "every rule of severity fault"),
    "wat": ("Wat", "What"),
    "weigert": ("Weigert", "Refuses"),
    "anders": ("Signaal of elders", "Signal or elsewhere"),
}


def afkeurpagina(regels: Iterable[Regel], taal: Taal, tabel: Tabel, gemaakt: str) -> str:
    """Make the page in one language."""
    plek = 0 if taal == "nl" else 1

    def t(naam: str) -> str:
        return TEKST[naam][plek]

    fouten = [regel for regel in regels if regel.ernst is Ernst.FOUT]
    uit_bron = {nummer: [r.id for r in fouten if nummer in gronden_van(r)] for nummer in GRONDEN}
    met_code = {code: [r.id for r in fouten if r.afkeurcode == code] for code in CODES}

    def rijen(lijst: dict[str, Any], ids: dict[str, list[str]]) -> list[list[str]]:
        return [
            [
                sleutel,
                wat[plek],
                t("alle") if sleutel == "R1" else _links(ids[sleutel]),
                _anders(wat[2], plek),
            ]
            for sleutel, wat in lijst.items()
        ]

    kop = ["", t("wat"), t("weigert"), t("anders")]
    delen = [gemaakt, f"# {t('titel')}", t("uitleg")]
    delen += [f"## {t('gronden')}", tabel(kop, rijen(GRONDEN, uit_bron))]
    delen += [f"## {t('codes')}", tabel(kop, rijen(CODES, met_code))]
    return "\n\n".join(delen) + "\n"


def gronden_van(regel: Regel) -> set[str]:
    """Return the refusals of the manual that the source of a rule names."""
    return set(re.findall(r"\bR\d+\b", regel.bron))


def _links(ids: list[str]) -> str:
    return " ".join(f"[{id_}]({id_}.md)" for id_ in ids)


def _anders(wat: tuple[str, ...], plek: int) -> str:
    return wat[plek] if wat in (BERICHT, NIET_HIER, GEEN_WEIGERING) else _links(list(wat))
