"""The outcome of a check as a text for people: what was read, what is wrong with it, what was found, what comes next.

A person's number is never shown whole: its last three characters will do to find an example back.
"""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from kernregister.cli.scherm import getal, kop, punt, tabel
from kernregister.cli.uitslag_json import regelstanden
from kernregister.controle.uitslag import Uitslag
from kernregister.kern.formaten.verslag import Opmerking, zonder_nummers
from kernregister.kern.gegevens import Bron
from kernregister.kern.regels.motor import Sleutel
from kernregister.kern.regels.paspoort import Ernst, Tekst, Telling
from kernregister.kern.regels.rio import SOORT
from kernregister.kern.regels.woorden import Taal, in_taal, woord

if TYPE_CHECKING:
    from rich.console import Console

PLAATSEN = 5
"""Places shown of each remark; all that were kept are in the JSON."""

KOPPEN = {
    "peildatum": Tekst("Peildatum {}, studiejaar {}", "Peildatum {}, school year {}"),
    "gelezen": Tekst("Gelezen", "Read"),
    "opmerkingen": Tekst("Over de bestanden", "About the files"),
    "signalen": Tekst("Gevonden", "Found"),
    "niets": Tekst(
        "Geen signalen en geen fouten in de records.", "No signals, and no faults in the records."
    ),
    "niet": Tekst("Niet te beoordelen", "Could not be judged"),
    "bestand": Tekst("Bestand", "File"),
    "soort": Tekst("Soort", "Kind"),
    "instelling": Tekst("Instelling", "Institution"),
    "periode": Tekst("Periode", "Period"),
    "gemaakt": Tekst("Gemaakt", "Made"),
    "regel": Tekst("Regel", "Rule"),
    "wat": Tekst("Wat", "What"),
    "aantal": Tekst("Aantal", "Number"),
    "personen": Tekst("Personen", "Persons"),
    "voorbeeld": Tekst("Bijvoorbeeld", "For example"),
    "ook": Tekst("alleen ter vergelijking", "only read along"),
    "t/m": Tekst("t/m", "to"),
    "op": Tekst("op", "on"),
    "regel_": Tekst("regel", "line"),
    "keer": Tekst("keer", "times"),
    "fout": Tekst("niet gelezen", "not read"),
    "meer": Tekst("en {} meer", "and {} more"),
    "geef": Tekst("geef {} op, met {}", "give {}, with {}"),
    "en": Tekst(" en ", " and "),
    "draagt niet": Tekst(
        "dit soort bestand bevat de gegevens niet (welke: zie --formaat json)",
        "this kind of file does not hold the data (which: see --formaat json)",
    ),
    "alleen register": Tekst(
        "alleen een register kan dit beoordelen, bij een melding",
        "only a register can judge this, when a melding comes in",
    ),
    "verwacht": Tekst("verwacht", "expected"),
    "geteld": Tekst("* geteld per persoon of per inschrijving", "* counted per person or per enrolment"),
    "totaal": Tekst(
        "Signalen: {}. Fouten: {}. Bij {} van de {} personen.",
        "Signals: {}. Faults: {}. With {} of {} persons.",
    ),
    "uitleg": Tekst(
        "Uitleg bij een regel: kernregister regels {}", "About a rule: kernregister regels {} --taal en"
    ),
}

WEGWIJZER: dict[str, tuple[str, Tekst]] = {
    Bron.RIO: (
        "--stamgegevens MAP",
        Tekst(
            "onderwijsaanbieders.csv en onderwijslocaties.csv",
            "onderwijsaanbieders.csv and onderwijslocaties.csv",
        ),
    ),
    Bron.OPLEIDINGEN: ("--stamgegevens MAP", Tekst("opleidingen.csv", "opleidingen.csv")),
    Bron.WETTELIJKE_TERMIJN: (
        "--stamgegevens MAP",
        Tekst("wettelijke_termijn_maanden in parameters.csv", "wettelijke_termijn_maanden in parameters.csv"),
    ),
    Bron.TOESTEMMINGEN: ("--stamgegevens MAP", Tekst("toestemmingen.csv", "toestemmingen.csv")),
    Bron.LICENTIES: ("--stamgegevens MAP", Tekst("licenties.csv", "licenties.csv")),
    Bron.NUMMERS: (
        "--personen BESTAND",
        Tekst(
            "de kolommen burgerservicenummer en onderwijsnummer",
            "the columns burgerservicenummer and onderwijsnummer",
        ),
    ),
    Bron.OVERLIJDEN: (
        "--personen BESTAND",
        Tekst("de kolom datum_overlijden", "the column datum_overlijden"),
    ),
    Bron.ANDERE_INSTELLINGEN: (
        "--ook BESTAND",
        Tekst("leveringen van andere instellingen", "deliveries of other institutions"),
    ),
    Bron.VO: ("--ook BESTAND", Tekst("een vo.csv", "a vo.csv")),
    Bron.VSO: ("--ook BESTAND", Tekst("een vso.csv", "a vso.csv")),
    SOORT: (
        "--stamgegevens MAP",
        Tekst("instellingen.csv (of --soort)", "instellingen.csv (or --soort)"),
    ),
}
"""What would make it possible to judge the rules that need it: the option, and what it must bring."""

ALLEEN_REGISTER = frozenset(Bron) - WEGWIJZER.keys()
"""What no option brings: lists that are sure to be those of today, and what a register knows of persons."""


def toon(uitslag: Uitslag, console: Console, taal: Taal) -> None:
    """Show the outcome of a check."""

    def t(kop: str) -> str:
        return in_taal(KOPPEN[kop], taal)

    console.print(t("peildatum").format(datum(uitslag.peildatum), uitslag.studiejaar), style="bold")
    kop(console, t("gelezen"))
    bestanden = tabel(*(t(k) for k in ("bestand", "soort", "instelling", "periode", "gemaakt")))
    for b in uitslag.bestanden:
        periode = f"{datum(b.van)} {t('t/m')} {datum(b.tot)}" if b.van and b.tot else ""
        soort = t("ook") if b.ook else getattr(uitslag.soorten.get(b.instelling), "value", "")
        instelling = f"{b.instelling} ({soort})" if soort else b.instelling
        bestanden.add_row(b.naam, b.indeling, instelling, periode, datum(b.aanmaak))
    console.print(bestanden)
    console.print(", ".join(f"{n} {getal(a)}" for n, a in uitslag.tellingen.items() if not n.islower()))
    if uitslag.opmerkingen:
        kop(console, t("opmerkingen"))
        for opmerking in uitslag.opmerkingen:
            toon_opmerking(console, opmerking, taal)
    kop(console, t("signalen"))
    _toon_signalen(uitslag, console, taal)
    if uitslag.niet_beoordeeld:
        kop(console, t("niet"))
        _toon_niet_beoordeeld(uitslag, console, taal)


def toon_opmerking(console: Console, opmerking: Opmerking, taal: Taal) -> None:
    """Show one cause: how often, and the first places where."""

    def t(kop: str) -> str:
        return in_taal(KOPPEN[kop], taal)

    wat = " ".join(deel for deel in (opmerking.bestand, opmerking.recordsoort, opmerking.veld) if deel)
    keer = f" ({getal(opmerking.aantal)} {t('keer')})" if opmerking.aantal > 1 else ""
    fout = f"{t('fout')}: " if opmerking.fout else ""
    regels = [f"{fout}{wat + ': ' if wat else ''}{opmerking.tekst}{keer}"]
    if opmerking.verwacht:
        regels.append(f"{t('verwacht')}: {opmerking.verwacht}")
    plaatsen = [
        ": ".join(deel for deel in (f"{t('regel_')} {p.regel}" if p.regel else "", p.waarde) if deel)
        for p in opmerking.plaatsen[:PLAATSEN]
    ]
    if plaatsen and (meer := opmerking.aantal - len(plaatsen)) > 0:
        plaatsen.append(t("meer").format(getal(meer)))
    if plaatsen:
        regels.append("; ".join(plaatsen))
    console.print(punt(*regels), style="red" if fout else "")


def _toon_signalen(uitslag: Uitslag, console: Console, taal: Taal) -> None:
    def t(kop: str) -> str:
        return in_taal(KOPPEN[kop], taal)

    standen = regelstanden(uitslag)
    if not standen:
        console.print(t("niets"))
        return
    voorbeelden: dict[str, str] = {}
    for uitkomst in uitslag.uitkomsten:
        voorbeelden.setdefault(uitkomst.regel, kort(uitkomst.sleutel))
    rooster = tabel(*(t(k) for k in ("regel", "wat", "aantal", "personen", "voorbeeld")), rechts=(2, 3))
    regels = uitslag.regels
    for groep, van_groep in groupby(standen, key=lambda s: regels[s.regel].groep):
        rooster.add_row(groep.value, woord(groep, taal), style="bold")
        for stand in van_groep:
            titel = in_taal(regels[stand.regel].titel, taal)
            aantal = getal(stand.aantal) + ("" if stand.telt is Telling.RECORD else " *")
            rooster.add_row(stand.regel, titel, aantal, getal(stand.personen), voorbeelden[stand.regel])
            for dag, op_dag in stand.per_teldatum.items():
                rooster.add_row("", f"  {t('op')} {datum(dag)}", getal(op_dag))
    console.print(rooster)
    if any(stand.telt is not Telling.RECORD for stand in standen):
        console.print(t("geteld"), style="dim")
    fouten = sum(regels[u.regel].ernst is Ernst.FOUT for u in uitslag.uitkomsten)
    personen = len({u.sleutel.pgn for u in uitslag.uitkomsten})
    aantallen = (len(uitslag.uitkomsten) - fouten, fouten, personen, uitslag.dashboard.personen)
    console.print(t("totaal").format(*map(getal, aantallen)))
    console.print(t("uitleg").format(standen[0].regel))


def _toon_niet_beoordeeld(uitslag: Uitslag, console: Console, taal: Taal) -> None:
    """Say what would make the rest possible, and for which rules."""
    per_oorzaak: dict[str, list[str]] = {}
    for niet in uitslag.niet_beoordeeld:
        per_oorzaak.setdefault(wegwijzer(niet.ontbreekt, taal), []).append(niet.regel)
    for oorzaak, regels in per_oorzaak.items():
        console.print(punt(f"{', '.join(regels)}: {oorzaak}"))


def wegwijzer(ontbreekt: tuple[str, ...], taal: Taal) -> str:
    """Return in words what would make it possible to judge a rule that misses this; for some rules nothing would."""
    if ALLEEN_REGISTER & set(ontbreekt):
        return in_taal(KOPPEN["alleen register"], taal)
    if not WEGWIJZER.keys() >= set(ontbreekt):
        return in_taal(KOPPEN["draagt niet"], taal)
    per_optie: dict[str, list[str]] = {}
    for wat in ontbreekt:
        optie, inhoud = WEGWIJZER[wat]
        per_optie.setdefault(optie, []).append(in_taal(inhoud, taal))
    en = in_taal(KOPPEN["en"], taal)
    return "; ".join(
        in_taal(KOPPEN["geef"], taal).format(optie, en.join(wat)) for optie, wat in per_optie.items()
    )


def kort(sleutel: Sleutel) -> str:
    """Return the key of a record with the person's number shortened to its last three characters.

    Some institutions use such a number as their own: that one is not shown either.
    """
    volgnummers = (sleutel.inschrijvingvolgnummer, sleutel.resultaatvolgnummer, sleutel.bpv_volgnummer)
    return " / ".join([f"…{sleutel.pgn[-3:]}", *(zonder_nummers(nummer) for nummer in volgnummers if nummer)])


def datum(dag: date | None) -> str:
    """Return a day as one writes it: 1-4-2026."""
    return f"{dag.day}-{dag.month}-{dag.year}" if dag else ""
