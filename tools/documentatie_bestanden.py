"""The page docs/bestanden.md: every file that is read or written, from its own declaration."""

from collections.abc import Callable, Iterator, Sequence
from typing import get_args, get_origin, get_type_hints

from msgspec import Struct
from msgspec.structs import fields

from kernregister.controle.stamgegevens import TABELLEN, DeelnameRij, PersoonRij, VooropleidingRij
from kernregister.kern.formaten.grondslag import GRONDSLAG
from kernregister.kern.formaten.indeling import VORMEN, Indeling, Record, Veld, tag, velden
from kernregister.kern.formaten.kwc import lees_indeling
from kernregister.kern.formaten.obo import OBO
from kernregister.kern.formaten.obov import OBOV, ROV, Verschillenlijst
from kernregister.kern.formaten.ro import RO
from kernregister.kern.formaten.tbgi import ANDERE_NAMEN, TBGI, UITBREIDING, Element, XmlIndeling
from kernregister.kern.formaten.tbgi_lezen import vorm_van
from kernregister.kern.formaten.totalen import uitleg_van
from kernregister.kern.parameters import lees

Tabel = Callable[[list[str], list[list[str]]], str]

INLEIDING = """\
# Bestanden

Elk bestand dat Kernregister leest of schrijft, veld voor veld. Gelezen wordt ook wat hieronder bij *Afwijkingen* staat:
dat geeft een opmerking en geen fout. Geschreven wordt alleen de voorgeschreven vorm. Een bestand mag in een zip zitten;
de naam doet er niet toe, want de indeling blijkt uit de inhoud. Tekst is UTF-8; met of zonder BOM, met LF of CRLF.

*AN* is een tekst, *N* een getal, *D* een datum; een cijfer erachter is de lengte."""

ALGEMEEN = (
    "een ander scheidingsteken (`;`, tab of komma), zoals na opslaan door een rekenblad;",
    "records in een andere volgorde, ook met het openingsrecord achteraan: ze worden bij elkaar gezocht;",
    "lege regels, en lege velden achteraan te veel of te weinig;",
    "aanhalingstekens om velden;",
    "totalen in het sluitrecord die niet kloppen.",
)


def bestandspagina(tabel: Tabel, gemaakt: str) -> str:
    """Return the page."""
    delen = [gemaakt, INLEIDING, "## Afwijkingen die altijd gelezen worden", _lijst(ALGEMEEN)]
    delen.append(_lijst(f"{uitleg} (`{code}`)" for code, uitleg in VORMEN.items()))
    for indeling in (RO, OBO, GRONDSLAG):
        delen += _regels(indeling, tabel)
    for verschillen in (OBOV, ROV):
        delen += _verschillen(verschillen, tabel)
    delen += _xml(TBGI, tabel)
    delen += _kwc(tabel)
    delen += _stamgegevens(tabel)
    return "\n\n".join(delen) + "\n"


def _lijst(regels: Iterator[str] | Sequence[str]) -> str:
    return "\n".join(f"- {regel}" for regel in regels)


def _kop(naam: str, omschrijving: str, bron: str, bestandsnaam: str) -> list[str]:
    return [f"## {naam}", f"{omschrijving}.", f"Bestandsnaam: `{bestandsnaam}`. Bron: {bron}."]


def _regels(indeling: Indeling, tabel: Tabel) -> list[str]:
    kinderen = ", ".join(tag(r) for r in indeling.kinderen)
    uit = _kop(indeling.naam, indeling.omschrijving, indeling.bron, indeling.bestandsnaam)
    uit.append(
        f"Velden gescheiden door `{indeling.scheiding}`, eerst de recordsoort. Volgorde: {tag(indeling.kop)}; per "
        f"persoon {tag(indeling.persoon)} en dan {kinderen}, wat eronder hoort erachter; {tag(indeling.sluit)}. "
        f"Personen oplopend op {' en dan op '.join(indeling.nummervelden)}."
    )
    if indeling.afwijkingen:
        uit.append("Afwijkingen:\n\n" + _lijst([f"{a.uitleg} (`{a.code}`)" for a in indeling.afwijkingen]))
    for soort, record in indeling.records.items():
        uit += [f"### {indeling.naam}: {soort}", _uitleg(record), _velden(soort, record, tabel)]
        if record.meer:
            uit.append("Velden hierna blijven bewaard zoals ze zijn.")
        if record is indeling.sluit:
            uit.append(_lijst([f"{t.veld.replace('_', ' ')}: {uitleg_van(t)}" for t in indeling.totalen]))
    return uit


def _uitleg(soort: type[Struct]) -> str:
    return " ".join((soort.__doc__ or "").split())


def _velden(soort: str, record: type[Record], tabel: Tabel) -> str:
    rijen = [["1", "recordsoort", "AN3", "ja", f"`{soort}`"]]
    rijen += [[str(plaats), *_veld(veld)] for plaats, veld in enumerate(velden(record), 2)]
    return tabel(["Positie", "Veld", "Formaat", "Verplicht", "Betekenis"], rijen)


def _veld(veld: Veld, naam: str = "") -> list[str]:
    return [naam or veld.naam, veld.formaat, "ja" if veld.verplicht else "nee", veld.uitleg]


def _verschillen(lijst: Verschillenlijst, tabel: Tabel) -> list[str]:
    uit = _kop(lijst.naam, lijst.omschrijving, lijst.bron, lijst.bestandsnaam)
    uit.append(
        "Een bestand per recordsoort: een regel met veldnamen, het openingsrecord, en een regel per verschil. Bij een "
        "wijziging staan de oude waarden er alle en de nieuwe alleen waar ze anders zijn; `*` is leeggemaakt."
    )
    uit += [f"### {lijst.naam}: {tag(lijst.kop)}", _velden(tag(lijst.kop), lijst.kop, tabel)]
    for bestand in lijst.bestanden:
        soort = tag(bestand.record)
        uit += [f"### {lijst.naam}: {soort}", _velden(soort, bestand.regel, tabel)]
    return uit


def _xml(indeling: XmlIndeling, tabel: Tabel) -> list[str]:
    uit = _kop(indeling.naam, indeling.omschrijving, indeling.bron, indeling.bestandsnaam)
    uit.append(
        f"XML met `{indeling.wortel}` als wortel. Een lege waarde is `xsi:nil`; een groep met alleen lege waarden "
        "geldt als afwezig. Elementen die hier niet staan, worden overgeslagen met een opmerking. Een documenttype en "
        "entiteiten worden geweigerd."
    )
    uit.append(
        "Ook gelezen: " + ", ".join(f"`{ook}` voor `{naam}`" for ook, naam in ANDERE_NAMEN.items()) + "."
    )
    gezien: list[type[Element]] = []
    wachtend = list(indeling.onderdelen)
    while wachtend:
        soort = wachtend.pop(0)
        if soort in gezien:
            continue
        gezien.append(soort)
        vorm = vorm_van(soort)
        wachtend += [deel for _, deel in vorm.groepen.values()]
        rijen = [
            [*_veld(veld, naam)[:3], veld.uitleg + ("; uitbreiding" if veld.extra.get(UITBREIDING) else "")]
            for naam, veld in vorm.teksten.items()
        ]
        rijen += [[naam, "groep", "nee", f"nul of meer, zie {naam}"] for naam in vorm.groepen]
        uit += [
            f"### {indeling.naam}: {vorm.naam}",
            _uitleg(soort),
            tabel(["Element", "Formaat", "Verplicht", "Betekenis"], rijen),
        ]
    uit.append("Een *uitbreiding* staat niet in het PvE; zij wordt gelezen, en alleen op verzoek geschreven.")
    uit.append(
        "Wat geschreven wordt, houdt zich aan [tbgi.xsd](tbgi.xsd): een schema van ons, uit dezelfde indeling gemaakt, "
        "want DUO heeft er geen gepubliceerd."
    )
    return uit


def _kwc(tabel: Tabel) -> list[str]:
    indeling = lees_indeling()
    rijen = [[str(plaats), k.kop, k.veld] for plaats, k in enumerate(indeling.kolommen, 1)]
    return [
        "## KWC",
        "Kwaliteitscontrole: `kwaliteitscontrole.csv`, een regel per bevinding. De indeling van DUO is niet openbaar; "
        "deze is van ons en staat in `kern/parameters/kwc.toml`. Een ander TOML-bestand kan haar vervangen.",
        f"Velden gescheiden door `{indeling.scheiding}`, met een regel met koppen.",
        tabel(["Positie", "Kolom", "Veld"], rijen),
        lees("kwc")["toelichting"].strip(),
    ]


def _stamgegevens(tabel: Tabel) -> list[str]:
    uit = [
        "## Stamgegevens en personen",
        "Eigen CSV-bestanden, gescheiden door `;`, met een regel met koppen, in UTF-8; datums als jjjj-mm-dd. Een leeg "
        "veld is onbekend, of heeft geen einde. Elk bestand mag ontbreken: wat dan niet te beoordelen is, staat in "
        "de uitkomst.",
    ]
    bestanden: dict[str, type[Struct]] = {
        **TABELLEN,
        "personen.csv": PersoonRij,
        "vo.csv, vso.csv en ho.csv": DeelnameRij,
        "vooropleidingen.csv": VooropleidingRij,
    }
    for naam, soort in bestanden.items():
        hints = get_type_hints(soort)
        rijen = [[v.name, _vorm(hints[v.name]), "ja" if v.required else "nee"] for v in fields(soort)]
        uit += [f"### {naam}", tabel(["Kolom", "Formaat", "Verplicht"], rijen)]
    return uit


def _vorm(soort: object) -> str:
    keuzen = [deel for deel in get_args(soort) if deel is not type(None)]
    if keuzen and all(isinstance(keuze, str) for keuze in keuzen):
        return " of ".join(map(str, keuzen))
    if keuzen and get_origin(soort) is not None:
        return _vorm(keuzen[0])
    return {"str": "tekst", "int": "getal", "date": "datum"}.get(getattr(soort, "__name__", ""), str(soort))
