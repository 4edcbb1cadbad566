"""The translation: all that is wrong with it is said at once, in words of the steward."""

import re

import pytest

from kernregister.kern.formaten.verslag import OnbruikbaarBestand
from kernregister.vergelijking.begin import begin_van
from kernregister.vergelijking.export import open_export
from kernregister.vergelijking.vertaling import OnbruikbareVertaling
from tests.conftest import ROOT
from tests.vergelijking.verhaal import NUMMERS, Verhaal, rij, ro_regels, verhaal

__all__ = ["verhaal"]

A = NUMMERS[0]


@pytest.fixture(autouse=True)
def _bestanden(verhaal: Verhaal) -> None:
    verhaal.register(ro_regels(A))
    verhaal.eigen(rij(A))


def test_all_faults_are_told_at_once(verhaal: Verhaal) -> None:
    verhaal.vertaal(
        """
los = 1
[export]
datumvorm = "dag-maand"
kopregel = 0
codering = "klingon"
kleur = "rood"
[inschrijvingen]
[inschrijving]
inschrijvingvolgnumer = "Volgnr"
datum_inschrijving = "Begindatum"
reden_uitschrijving = { vast = "ontslag" }
[periode]
leertraject = { kolom = "Leerweg", waarden = { "x" = 1 } }
indicatie_bekostigbaar = { vast = "misschien" }
datum_begin = { kolom = "Begin", vast = "2024-08-01" }
opleidingcode = 5
[diploma]
indicatie_bekostigbaar = { kolom = "Bekostigd", datumvorm = "?", soort = "x" }
datum_resultaat = "Begin"
[selectie]
Status = 3
"""
    )
    with pytest.raises(OnbruikbareVertaling) as fout:
        verhaal.sluit_aan()
    tekst = str(fout.value)
    for stuk in (
        "'los' staat los",
        "datumvorm: 'dag-maand' bestaat niet",
        "kopregel: verwacht een regelnummer",
        "codering: 'klingon' bestaat niet",
        "kleur: bestaat niet",
        "[inschrijvingen] bestaat niet; bedoelt u 'inschrijving'?",
        "inschrijvingvolgnumer bestaat niet; bedoelt u 'inschrijvingvolgnummer'?",
        "de export heeft geen kolom 'Begindatum'; bedoelt u 'Begin'?",
        "'ontslag' is geen waarde van dit veld",
        'waarden heeft de vorm { "van" = "naar" }',
        "'misschien' is geen waarde van dit veld; verwacht J, N",
        "datum_begin: geef een kolom, of een vaste waarde",
        "opleidingcode: verwacht de naam van een kolom",
        "soort bestaat niet",
        "[persoon]: geef de kolom met het burgerservicenummer",
        "[diploma]: niet te zien welk record het is",
        "verwacht een tekst of een lijst van teksten",
    ):
        assert stuk in tekst
    assert len(fout.value.fouten) >= 17


@pytest.mark.parametrize(
    ("inhoud", "wat"),
    [(b"[persoon", "geen geldige TOML"), ("[persoon]\n# \xe9".encode("cp1252"), "geen UTF-8")],
)
def test_what_is_no_toml_is_refused(verhaal: Verhaal, inhoud: bytes, wat: str) -> None:
    verhaal.vertaling.write_bytes(inhoud)
    with pytest.raises(OnbruikbaarBestand, match=wat):
        verhaal.sluit_aan()


def test_without_a_translation_it_is_said_how_to_begin(verhaal: Verhaal) -> None:
    verhaal.vertaling.unlink()
    with pytest.raises(OnbruikbaarBestand, match="--begin"):
        verhaal.sluit_aan()


def test_a_column_that_stands_there_twice_is_refused(verhaal: Verhaal) -> None:
    verhaal.eigen(
        rij(A) + ";x",
        kop="BSN;Volgnr;Begin;Gepland eind;Werkelijk eind;Reden;Periode vanaf;Crebo;Leerweg;Bekostigd;BSN",
    )
    with pytest.raises(OnbruikbareVertaling, match="2 kolommen 'BSN'"):
        verhaal.sluit_aan()


# ----------------------------------------------------------------------------------- to begin with


def test_a_first_translation_is_guessed_from_the_header_and_works_as_it_is(verhaal: Verhaal) -> None:
    kop = "BSN-nummer;Volgnr;Inschrijfdatum;Geplande einddatum;Uitschrijfdatum;Reden uitstroom;"
    kop += "Begindatum periode;Crebo;Leerweg;Bekostigd"
    verhaal.eigen(rij(A), kop=kop)
    tekst = begin_van(open_export(verhaal.export))
    assert 'datumvorm = "dd-mm-jjjj"' in tekst
    assert 'waarden = { "BOL voltijd" = "BOL" }' in tekst
    verhaal.vertaal(tekst)
    assert not verhaal.afwijkingen()


def test_columns_that_mean_nothing_are_named_and_left_alone(verhaal: Verhaal) -> None:
    verhaal.eigen("1;Jansen", kop='Schoenmaat;"Naam ""oma"""')
    tekst = begin_van(open_export(verhaal.export))
    assert '#   "Schoenmaat"' in tekst
    assert '#   "Naam \\"oma\\""' in tekst
    verhaal.vertaal(tekst)
    with pytest.raises(OnbruikbareVertaling, match="geef de kolom met het burgerservicenummer"):
        verhaal.sluit_aan()


def test_the_example_in_the_documentation_is_a_translation_that_works(verhaal: Verhaal) -> None:
    (voorbeeld,) = re.findall(
        r"```toml\n(.*?)```", (ROOT / "docs/vergelijken.md").read_text("utf-8"), re.DOTALL
    )
    verhaal.vertaal(voorbeeld)
    assert not verhaal.afwijkingen()
