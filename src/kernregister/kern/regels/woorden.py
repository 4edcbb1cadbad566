"""The catalogue's own terms in words, in Dutch and in English: for pages, reports and the command line."""

from datetime import date
from typing import Literal

from kernregister.kern.gegevens import Bron, Soort
from kernregister.kern.regels.paspoort import BEGIN, Ernst, Fase, Groep, Regel, Tekst, Telling

Taal = Literal["nl", "en"]
Begrip = Groep | Ernst | Telling | Fase | Soort | Bron

WOORDEN: dict[Begrip, Tekst] = {
    Groep.PERSOON: Tekst("persoonsgegevens", "personal data"),
    Groep.INSCHRIJVING: Tekst("inschrijvingsgegevens", "enrolments"),
    Groep.BPV: Tekst("BPV-gegevens", "placements"),
    Groep.RESULTAAT: Tekst("resultaatgegevens", "results"),
    Groep.DUBBEL: Tekst("dubbele inschrijvingen", "double enrolments"),
    Groep.NUMMERS: Tekst("nummers van de persoon", "numbers of the person"),
    Groep.CONSISTENTIE_INSCHRIJVING: Tekst(
        "consistentie van de inschrijving", "consistency of the enrolment"
    ),
    Groep.CONSISTENTIE_PERIODE: Tekst("consistentie van de periode", "consistency of the period"),
    Groep.CONSISTENTIE_BPV: Tekst("consistentie van de BPV", "consistency of the placement"),
    Groep.CONSISTENTIE_RESULTAAT: Tekst("consistentie van resultaten", "consistency of results"),
    Groep.EXAMENONDERDELEN: Tekst("generieke examenonderdelen", "generic exam parts"),
    Groep.AFKEUR: Tekst("invoercontroles", "input controls"),
    Ernst.SIGNAAL: Tekst("signaal", "signal"),
    Ernst.FOUT: Tekst("fout", "fault"),
    Telling.RECORD: Tekst("records", "records"),
    Telling.INSCHRIJVING: Tekst("inschrijvingen", "enrolments"),
    Telling.PERSOON: Tekst("personen", "persons"),
    Fase.CONCEPT: Tekst("concept", "draft"),
    Fase.SCHADUW: Tekst("schaduw", "shadow"),
    Fase.SIGNAAL: Tekst("signaal", "signal"),
    Fase.WEIGEREN: Tekst("weigeren", "refuse"),
    Fase.VERVALLEN: Tekst("vervallen", "withdrawn"),
    Soort.BI: Tekst("BI (bekostigd)", "BI (funded)"),
    Soort.NBI: Tekst("NBI (niet bekostigd)", "NBI (not funded)"),
    Bron.RIO: Tekst("RIO", "RIO"),
    Bron.OPLEIDINGEN: Tekst("de lijst van opleidingen", "the list of programmes"),
    Bron.WETTELIJKE_TERMIJN: Tekst("de wettelijke termijn", "the statutory term"),
    Bron.TOESTEMMINGEN: Tekst("de toestemmingen voor cross-overs", "the permissions for cross-overs"),
    Bron.LICENTIES: Tekst("de licenties", "the licences"),
    Bron.NUMMERS: Tekst("welke personen een BSN hebben", "which persons have a BSN"),
    Bron.OVERLIJDEN: Tekst("overlijdensdata", "dates of death"),
    Bron.ANDERE_INSTELLINGEN: Tekst(
        "inschrijvingen bij andere instellingen", "enrolments at other institutions"
    ),
    Bron.VO: Tekst("inschrijvingen in het vo", "enrolments in vo"),
    Bron.VSO: Tekst("inschrijvingen in het vso", "enrolments in vso"),
    Bron.RIO_ACTUEEL: Tekst("RIO zoals het nu is", "RIO as it is now"),
    Bron.OPLEIDINGEN_ACTUEEL: Tekst(
        "de lijst van opleidingen zoals die nu is", "the list of programmes as it is now"
    ),
    Bron.ERKENNINGEN: Tekst("de erkenningen van leerbedrijven", "the recognitions of training companies"),
    Bron.VERBLIJF: Tekst(
        "nationaliteit en verblijfstitels, met alle eerdere inschrijvingen",
        "nationality and residence titles, with all earlier enrolments",
    ),
}


_PASPOORT: dict[str, Tekst] = {
    "groep": Tekst("Groep", "Group"),
    "ernst": Tekst("Ernst", "Severity"),
    "over": Tekst("Gaat over", "About"),
    "telt": Tekst("Telt", "Counts"),
    "vanaf": Tekst("Geldt voor", "Holds for"),
    "vereist": Tekst("Heeft nodig", "Needs"),
    "draagt": Tekst("Leest", "Reads"),
    "levensloop": Tekst("Levensloop", "Life cycle"),
    "afkeurcode": Tekst("Afkeurcode", "Refusal code"),
    "bron": Tekst("Bron", "Source"),
    "besluit": Tekst("Ons besluit", "Our decision"),
}
_NIETS = Tekst("alleen het dossier", "the dossier alone")
_ALTIJD = Tekst("altijd", "always")
_VANAF = Tekst("vanaf", "from")


def woord(begrip: Begrip, taal: Taal) -> str:
    """Return a term in words."""
    return in_taal(WOORDEN[begrip], taal)


def in_taal(tekst: Tekst, taal: Taal) -> str:
    """Return a text in one of its languages."""
    return tekst.nl if taal == "nl" else tekst.en


def nodig(regel: Regel, taal: Taal) -> str:
    """Return what a rule needs besides the dossier."""
    return ", ".join(woord(bron, taal) for bron in sorted(regel.vereist)) or in_taal(_NIETS, taal)


def paspoort(regel: Regel, taal: Taal, veld: str = "{}") -> list[tuple[str, str]]:
    """Return the passport of a rule as rows of a label and a text; ``veld`` is how a field's name is set."""
    waarden = {
        "groep": f"{regel.groep.value}, {woord(regel.groep, taal)}",
        "ernst": woord(regel.ernst, taal),
        "over": regel.onderwerp,
        "telt": woord(regel.telt, taal),
        "vanaf": "; ".join(_sinds(woord(soort, taal), dag, taal) for soort, dag in regel.vanaf.items()),
        "vereist": nodig(regel, taal),
        "draagt": ", ".join(veld.format(naam) for naam in sorted(regel.draagt)),
        "levensloop": _levensloop(regel, taal),
        "afkeurcode": regel.afkeurcode,
        "bron": regel.bron,
        "besluit": in_taal(regel.besluit, taal),
    }
    return [(in_taal(_PASPOORT[wat], taal), waarde) for wat, waarde in waarden.items() if waarde]


def _levensloop(regel: Regel, taal: Taal) -> str:
    """Say when the stages begin: once, or for each kind of institution where those differ."""
    if not regel.levensloop_per_soort:
        return "; ".join(_sinds(woord(fase, taal), dag, taal) for fase, dag in regel.levensloop)
    return "; ".join(
        _sinds(f"{soort.value} {woord(fase, taal)}", dag, taal)
        for soort, levensloop in regel.levensloop_per_soort.items()
        for fase, dag in levensloop
    )


def _sinds(wat: str, dag: date, taal: Taal) -> str:
    if dag == BEGIN:
        return f"{wat}, {in_taal(_ALTIJD, taal)}"
    return f"{wat}, {in_taal(_VANAF, taal)} {dag}"
