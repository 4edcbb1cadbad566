"""A translation made on a page: what is proposed, and that what is kept is what the command line reads."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernregister.vergelijking.export import open_export
from kernregister.vergelijking.vertaling import Bron, Vertaling, lees_vertaling, neem_vertaling
from kernregister.vergelijking.voorstel import als_toml, kolommen_van, voorstel_van
from tests.vergelijking.verhaal import KOP, NUMMERS, Verhaal, rij, verhaal

__all__ = ["verhaal"]


def voorstel(verhaal: Verhaal) -> Vertaling:
    export = open_export(verhaal.export)
    return voorstel_van(export, kolommen_van(export))


def test_names_of_columns_decide_and_dates_tell_their_form(verhaal: Verhaal) -> None:
    verhaal.eigen(*(rij(nummer) for nummer in NUMMERS))
    gemaakt = voorstel(verhaal)
    assert gemaakt.datumvorm == "dd-mm-jjjj"
    assert gemaakt.niveaus["persoon"]["burgerservicenummer"] == Bron(kolom="BSN")
    leertraject = gemaakt.niveaus["periode"]["leertraject"]
    assert leertraject == Bron(kolom="Leerweg", waarden={"BOL voltijd": "BOL"})


def test_where_names_say_nothing_the_values_do(verhaal: Verhaal) -> None:
    kop = KOP.replace("BSN", "Kenmerk").replace("Leerweg", "Vorm")
    verhaal.eigen(*(rij(nummer, leerweg="BBL") for nummer in NUMMERS), kop=f"{kop};Stamnummer")
    gemaakt = voorstel(verhaal)
    assert gemaakt.niveaus["persoon"]["burgerservicenummer"].kolom == "Kenmerk"
    assert gemaakt.niveaus["periode"]["leertraject"].kolom == "Vorm"
    assert gemaakt.studentnummer == "Stamnummer"


def test_columns_are_shown_with_their_first_values(verhaal: Verhaal) -> None:
    verhaal.eigen(*(rij(nummer) for nummer in NUMMERS))
    kolommen = {kolom.naam: kolom for kolom in kolommen_van(open_export(verhaal.export))}
    assert kolommen["Leerweg"].voorbeelden == ("BOL voltijd",)
    assert len(kolommen["BSN"].voorbeelden) == 3


def test_what_was_made_on_a_page_works_on_the_command_line(verhaal: Verhaal) -> None:
    verhaal.eigen(*(rij(nummer) for nummer in NUMMERS))
    pad = verhaal.map / "gemaakt.toml"
    pad.write_text(als_toml(voorstel(verhaal), "Gemaakt in het portaal\nversie 1"), encoding="utf-8")
    fouten: list[str] = []
    assert lees_vertaling(pad, fouten) == voorstel(verhaal)
    assert not fouten


tekst = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=12)


@given(
    kolom=tekst,
    waarden=st.dictionaries(tekst, st.sampled_from(["BOL", "BBL"]), max_size=3),
    selectie=st.dictionaries(tekst, st.lists(tekst, max_size=2), max_size=2),
    kopregel=st.integers(1, 40),
)
def test_whatever_a_column_is_called_it_is_read_back_as_it_was(
    kolom: str, waarden: dict[str, str], selectie: dict[str, list[str]], kopregel: int
) -> None:
    bronnen = {"persoon": {"burgerservicenummer": Bron(kolom=kolom)}}
    bronnen["periode"] = {
        "datum_begin": Bron(kolom=kolom, datumvorm="jjjjmmdd"),
        "leertraject": Bron(kolom=kolom, waarden=waarden),
        "niveau": Bron(vast="MBO-4"),
    }
    gemaakt = Vertaling(kopregel=kopregel, naam=kolom, selectie=selectie, niveaus=bronnen)
    fouten: list[str] = []
    assert neem_vertaling(tomllib.loads(als_toml(gemaakt)), fouten) == gemaakt
    assert not fouten


@pytest.mark.parametrize("inhoud", [b"", b"\x00\x01", b"PK\x03\x04kapot"])
def test_what_is_no_export_gives_no_proposal(tmp_path: Path, inhoud: bytes) -> None:
    from kernregister.kern.formaten.verslag import OnbruikbaarBestand

    pad = tmp_path / "export.csv"
    pad.write_bytes(inhoud)
    with pytest.raises(OnbruikbaarBestand):
        open_export(pad)
