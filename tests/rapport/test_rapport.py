"""What a data steward, a manager and a printer may count on in the report of a check."""

import re
from datetime import date
from html.parser import HTMLParser

import pytest
from msgspec import structs

from kernregister.controle.uitslag import Bestand, Uitslag
from kernregister.kern.dossier import Dossier, Persoon
from kernregister.kern.formaten.verslag import Opmerking, Plaats
from kernregister.kern.gegevens import Bron, Soort
from kernregister.kern.overzichten.signaalrijen import BOVENBLOK, DUBBEL
from kernregister.kern.regels.catalogus import catalogus
from kernregister.kern.regels.motor import Sleutel, Uitkomst
from kernregister.kern.regels.paspoort import Groep
from kernregister.rapport import schrijf_rapport
from kernregister.rapport.schrijven import maak_rapport
from kernregister.rapport.signalen import RIJEN_PER_PAGINA, RIJEN_PER_REGEL
from tests.rapport.instelling import CODE, dossiers, uitslag


class Lezer(HTMLParser):
    """A page as its text, with every attribute, and the elements that are open where text stands."""

    def __init__(self, pagina: str) -> None:
        super().__init__()
        self.attributen: list[tuple[str, str, str]] = []
        self.stukken: list[str] = []
        self._stil = 0
        self.feed(pagina)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributen += [(tag, naam, waarde or "") for naam, waarde in attrs]
        self._stil += tag in {"style", "script"}

    def handle_endtag(self, tag: str) -> None:
        self._stil -= tag in {"style", "script"}

    def handle_data(self, data: str) -> None:
        if not self._stil:
            self.stukken.append(data)

    @property
    def tekst(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.stukken))

    def waarden(self, naam: str) -> list[str]:
        return [waarde for _, attribuut, waarde in self.attributen if attribuut == naam]


@pytest.fixture(scope="module")
def gevonden() -> Uitslag:
    return uitslag(dossiers(600))


@pytest.fixture(scope="module")
def pagina(gevonden: Uitslag) -> str:
    return maak_rapport(gevonden)


@pytest.fixture(scope="module")
def tekst(pagina: str) -> str:
    return Lezer(pagina).tekst


def rij(pagina: str, label: str) -> list[str]:
    """The cells behind a label on the dashboard."""
    gevonden = re.search(
        rf'<th scope="row">{re.escape(label)}[^<]*(?:<abbr.*?</abbr>)?</th>(.*?)</tr>', pagina
    )
    assert gevonden, label
    return [re.sub(r"<[^>]+>", "", cel) for cel in re.findall(r"<td.*?</td>", gevonden[1])]


def test_the_head_says_who_what_and_when(tekst: str):
    assert "Kwaliteitscontrole ROC Rijnmeer" in tekst
    assert "Stand per 24 maart 2026" in tekst
    assert "BI (bekostigd)" in tekst
    assert "studiejaar 2025-2026 inclusief 90 dagen voorafgaand: 3 mei 2025 tot en met 31 juli 2026" in tekst
    assert "01-08-2025 t/m 31-07-2026" in tekst
    assert "600 personen" in tekst


def test_what_reading_had_to_say_is_there_with_cause_and_place(tekst: str):
    assert "bij het lezen zijn 3 fouten gevonden" in tekst
    assert "Fouten: deze records konden niet worden gelezen" in tekst
    assert "Verwacht: BOL, BBL, EX, OVO of ODT." in tekst
    assert re.search(r"regel 12 BLO", tekst)


def test_every_row_of_duos_dashboard_is_there_in_order_with_its_mark(pagina: str):
    rijen = [r for blok in BOVENBLOK.values() for r in blok]
    assert len(rijen) == 27
    plaatsen = [pagina.index(f'<th scope="row">{_html(r.label.nl)}') for r in (*rijen, *DUBBEL)]
    assert plaatsen == sorted(plaatsen)
    assert re.search(r"\(deels\) Identieke inschrijving <abbr[^>]*>\*</abbr>", pagina)
    assert re.search(r"Datum uitschrijving na datum overlijden <abbr[^>]*>\*\*</abbr>", pagina)
    for blok in ("bekostigbaar", "niet bekostigbaar", "derde leerweg"):
        assert f"<caption>Aantal inschrijvingen mbo {blok}</caption>" in pagina
    assert "Assurance rapport gegevens" in pagina


def _html(tekst: str) -> str:
    return tekst.replace("'", "&#39;")


def test_counts_are_those_of_the_check(gevonden: Uitslag, pagina: str):
    per_regel = {r: [u for u in gevonden.uitkomsten if u.regel == r] for r in ("B01", "C02", "E05")}
    assert rij(pagina, "Omvang BPV wijkt af") == [str(len(per_regel["C02"]))]
    assert rij(pagina, "(deels) Identieke inschrijving") == [
        str(len({u.sleutel.pgn for u in per_regel["B01"]}))
    ]
    oktober, februari = (
        str(len({u.sleutel.pgn for u in per_regel["E05"] if u.waarden["teldatum"] == dag}))
        for dag in (date(2025, 10, 1), date(2026, 2, 1))
    )
    assert rij(pagina, DUBBEL[2].label.nl) == [oktober, februari]
    cellen = gevonden.dashboard.cellen
    assert rij(pagina, "BOL inschrijvingen") == [
        str(cellen["Inschrijvingen bekostigbaar", "BOL", kolom]) for kolom in ("1-10", "1-2")
    ]
    totaal = [
        sum(cellen["Inschrijvingen bekostigbaar", t, kolom] for t in ("BOL", "BBL"))
        for kolom in ("1-10", "1-2")
    ]
    assert rij(pagina, "totaal") == [str(t) for t in totaal]
    assert rij(pagina, "BPV&#39;s") == [str(cellen["BPV's", "BPV's", "studiejaar"])]


def test_what_cannot_be_judged_is_never_a_zero_and_says_what_it_takes(pagina: str, tekst: str):
    assert rij(pagina, "Aanlevering op OWN bij persoon met BSN") == ["niet te beoordelen"]
    assert rij(pagina, "Dubbele inschrijvingen MBO-VO") == ["niet te beoordelen"]
    assert "--personen met de kolommen burgerservicenummer en onderwijsnummer" in tekst
    assert "overlijdensdata --personen met de kolom datum_overlijden" in tekst


def test_a_teldatum_ahead_is_not_counted_yet():
    vroeg = maak_rapport(uitslag(dossiers(50), peildatum=date(2025, 12, 1)))
    assert rij(vroeg, DUBBEL[2].label.nl)[1] == "nog niet bereikt"


def test_what_does_not_hold_for_an_institution_is_not_applicable():
    particulier = maak_rapport(uitslag(dossiers(20), soort=Soort.NBI))
    assert "NBI (niet bekostigd)" in particulier
    assert rij(particulier, "Overlap exameninschrijving met BPV") == ["niet van toepassing"]


def test_what_a_layout_does_not_carry_is_not_counted_as_none():
    obo = uitslag(dossiers(20))
    obo.bestanden = [Bestand("OBO.csv", "OBO", CODE, None, None, date(2026, 3, 24))]
    assert rij(maak_rapport(obo), "Keuzedelen") == ["niet in dit bestand"]


def test_each_signal_explains_advises_names_its_source_and_the_students(gevonden: Uitslag, pagina: str):
    regel = catalogus()["B04"]
    deel = Lezer(pagina[pagina.index('id="B04"') : pagina.index('id="B05"')]).tekst
    for woorden in (regel.titel.nl, regel.tekst.nl, f"Wat te doen: {regel.advies.nl}", regel.bron):
        assert woorden in re.sub(r" :", ":", deel)
    eerste = next(u for u in gevonden.uitkomsten if u.regel == "B04")
    kern = gevonden.inschrijvingen[eerste.sleutel.pgn, CODE, "1"]
    for waarde in (
        eerste.sleutel.pgn,
        gevonden.namen[eerste.sleutel.pgn],
        kern.opleidingcode,
        f"{kern.datum_uitschrijving_gepland:%d-%m-%Y}",
        str((gevonden.peildatum - eerste.waarden["gepland"]).days),
    ):
        assert waarde in deel
    assert 'href="#regel-B04"' in pagina
    assert 'id="regel-B04"' in pagina


def test_consistency_stands_apart_from_duos_signals(pagina: str):
    grens = pagina.index('<h2 id="consistentie">')
    artikelen = {
        r: pagina.index(f'<article class="signaal" id="{r}"')
        for r in re.findall(r'article class="signaal" id="(...)"', pagina)
    }
    assert all((plaats < grens) == (regel[0] <= Groep.DUBBEL) for regel, plaats in artikelen.items())
    assert {"B04", "G05"} <= artikelen.keys()


def test_without_signals_the_page_says_so_and_what_was_not_looked_at():
    leeg = Lezer(maak_rapport(uitslag(dossiers(30, foutkans=0), opmerkingen=[]))).tekst
    assert "Geen signalen" in leeg
    assert "niets hersteld" in leeg
    beoordeeld, gemist = re.findall(r"De (\d+) signalen die|Nog niet beoordeeld: (\d+) signalen", leeg)[:2]
    assert int(beoordeeld[0]) + int(gemist[1]) == 34
    assert "Geen bevindingen, dus niets te tekenen." in leeg
    assert "Alle records zijn gelezen" in leeg
    alles = maak_rapport(uitslag([], opmerkingen=[], beschikbaar=frozenset(Bron)))
    assert "Alle regels konden worden beoordeeld." in alles


HOSTILE = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>&amp;{{7*7}}"


def test_hostile_values_are_text():
    uit = uitslag(dossiers(5))
    uit.opmerkingen = [
        Opmerking("x", HOSTILE, True, HOSTILE, HOSTILE, HOSTILE, HOSTILE, 2, [Plaats(1, HOSTILE)])
    ]
    uit.bestanden = [structs.replace(uit.bestanden[0], naam=HOSTILE, indeling=HOSTILE, instelling=HOSTILE)]
    uit.soorten = {HOSTILE: Soort.BI}
    uit.tellingen[HOSTILE] = 1
    sleutel = Sleutel("Inschrijving", HOSTILE, CODE, HOSTILE, opleidingcode=HOSTILE)
    uit.uitkomsten = [
        Uitkomst("H07", sleutel, date.min, date.max, {HOSTILE: HOSTILE, "opleidingcode": HOSTILE})
    ]
    uit.namen = {HOSTILE: HOSTILE}
    uit.dashboard.leeftijden[HOSTILE, 20] = 3
    for taal in ("nl", "en"):
        pagina = maak_rapport(uit, taal)
        lezer = Lezer(pagina)
        assert lezer.tekst.count("alert('x')") > 8
        assert sum(1 for tag, *_ in lezer.attributen if tag == "img") == 0
        assert not [naam for _, naam, _ in lezer.attributen if naam.startswith("on")]
        assert pagina.count("<script") == 1
        assert "{{7*7}}" in lezer.tekst


def test_the_page_loads_nothing_and_says_so_itself(pagina: str):
    lezer = Lezer(pagina)
    assert {"src", "srcset", "action", "style", "background"} & {
        naam for _, naam, _ in lezer.attributen
    } == set()
    assert not {"link", "iframe", "object", "img", "base"} & {tag for tag, *_ in lezer.attributen}
    assert all(doel.startswith("#") for doel in lezer.waarden("href"))
    assert set(re.findall(r"https?://[^\s\"'<)]+", pagina)) <= {"http://www.w3.org/2000/svg"}
    assert "@import" not in pagina
    assert "url(" not in pagina
    csp = next(w for w in lezer.waarden("content") if w.startswith("default-src"))
    assert csp.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in csp


def test_every_link_within_the_page_leads_somewhere_and_every_id_is_one(pagina: str):
    lezer = Lezer(pagina)
    ids = lezer.waarden("id")
    assert len(ids) == len(set(ids))
    naar = [w.removeprefix("#") for w in lezer.waarden("href")]
    genoemd = [i for naam in ("aria-labelledby", "for") for w in lezer.waarden(naam) for i in w.split()]
    assert {*naar, *genoemd} <= set(ids)


def test_both_languages_say_everything(gevonden: Uitslag):
    nederlands, engels = (Lezer(maak_rapport(gevonden, taal)) for taal in ("nl", "en"))
    assert nederlands.waarden("lang") == ["nl"]
    assert engels.waarden("lang")[0] == "en"
    assert set(engels.waarden("lang")[1:]) == {"nl"}, "what stays Dutch is marked as Dutch"
    assert "As at 24 March 2026" in engels.tekst
    assert "Planned end of enrolment more than 90 days ago" in engels.tekst
    assert len(nederlands.waarden("id")) == len(engels.waarden("id"))
    with pytest.raises(ValueError, match="nl en en"):
        maak_rapport(gevonden, "fr")  # type: ignore[arg-type]


def test_the_same_check_gives_the_same_bytes(gevonden: Uitslag, pagina: str, tmp_path):
    schrijf_rapport(gevonden, tmp_path / "rapport.html")
    assert (tmp_path / "rapport.html").read_bytes() == pagina.encode()


def test_a_large_institution_gives_a_page_that_opens_at_once():
    """25,000 students, of whom twelve hundred fail every rule: what fits is shown, all is counted."""
    groot = uitslag(dossiers(200))
    groot.dashboard.personen = 25_000
    groot.uitkomsten = [
        Uitkomst(regel, Sleutel("Inschrijving", f"{n:09}", CODE, "1"), date.min, date.max, _waarden(regel))
        for regel in catalogus()
        for n in range(1_200)
    ]
    pagina = maak_rapport(groot)
    assert len(pagina.encode()) < 1_500_000
    assert 2_000 < pagina.count("\n<tr><th scope") <= RIJEN_PER_PAGINA + 500
    assert "in kwaliteitscontrole.csv" in pagina
    assert rij(pagina, "Omvang BPV wijkt af") == ["1.200"]
    assert "Getekend zijn de 20 regels met de meeste bevindingen" in pagina


def _waarden(regel: str) -> dict[str, object]:
    return (
        {"gepland": date(2025, 1, 1)} if regel == "B04" else {"omvang": None, "teldatum": date(2025, 10, 1)}
    )


def test_one_rule_shows_two_hundred_rows_and_says_where_the_rest_is():
    veel = uitslag(dossiers(1))
    veel.uitkomsten = [
        Uitkomst("C02", Sleutel("Bpv", f"{n:09}", CODE, "1", None, "1"), date.min, date.max, {"omvang": None})
        for n in range(1_234)
    ]
    tekst = Lezer(maak_rapport(veel)).tekst
    assert f"de eerste {RIJEN_PER_REGEL}; de overige 1.034 staan in kwaliteitscontrole.csv" in tekst


def test_partly_known_persons_and_records_without_an_enrolment_do_no_harm():
    uit = uitslag([Dossier(Persoon("123456789", None, None))])  # type: ignore[arg-type]
    assert [u.regel for u in uit.uitkomsten] == ["F01"]
    assert "123456789" in Lezer(maak_rapport(uit)).tekst
