"""Files that somebody made: every cell is a value or a fault with its line and column, and nothing else happens."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import json

from kernregister.kern.formaten.verslag import OnbruikbaarBestand, Verslag
from kernregister.voorzieningen.stamgegevens.actions import zoektekst
from kernregister.voorzieningen.stamgegevens.inlezen import Bestand, Invoerfout, rijen
from kernregister.voorzieningen.stamgegevens.kolommen import KOLOMMEN, kolommen_van
from kernregister.voorzieningen.stamgegevens.lijsten import LIJSTEN, geldigheid
from kernregister.voorzieningen.stamgegevens.manifest import lees_beginset, lees_bronnen
from tests.conftest import ROOT
from tests.kern.voorbeelden import dag
from tests.voorzieningen.stamgegevens.bestanden import schrijf


def lees(pad: Path, lijst: str, **hoe):
    """Read one file: its rows, and what is wrong with it."""
    verslag = Verslag(pad.name)
    bestand = Bestand(lijst, pad.name, **hoe)
    return [rij for _, rij in rijen(pad, bestand, LIJSTEN[lijst], verslag)], verslag


def manifest(map_: Path, tekst: str, *regels: str) -> Path:
    """Make a manifest beside a file ``x.csv``."""
    schrijf(map_ / "x.csv", *regels)
    return schrijf(map_ / "manifest.toml", tekst)


def test_all_faults_are_told_at_once_with_line_and_column(tmp_path):
    pad = schrijf(
        tmp_path / "opleidingen.csv",
        "opleidingcode;niveau;duur_maanden;cross_over;datum_begin;datum_einde",
        "2500;MBO-2;24;J;;",
        ";MBO-9;twee jaar;misschien;2025-02-30;",
        "25001;MBO-2;24;N;2026-08-01;2025-07-31",
        "25002;MBO-2;24;N;;;;x",
        "25003;MBO-2;24;N;;",
    )
    gelezen, verslag = lees(pad, "opleidingen")
    assert [rij.opleidingcode for rij in gelezen] == ["25003"]
    gevonden = {(fout.veld, fout.plaatsen[0].regel) for fout in verslag.fouten}
    assert gevonden == {
        *(("opleidingcode", 2), ("opleidingcode", 3), ("niveau", 3), ("duur_maanden", 3), ("cross_over", 3)),
        *(("datum_begin", 3), ("datum_einde", 4), ("", 5)),
    }
    tekst = str(Invoerfout([verslag]))
    assert "opleidingen.csv, kolom niveau: niet te lezen. Verwacht: een van MBO-1" in tekst
    assert "Regel 3 ('MBO-9')" in tekst


@pytest.mark.parametrize("lijst", LIJSTEN)
@given(data=st.data())
def test_any_text_in_any_cell_is_a_row_or_a_fault(lijst, data):
    kolommen = list(kolommen_van(LIJSTEN[lijst].rij))
    geldig = st.sampled_from(
        [
            "",
            "27DV",
            "25655",
            "100A501",
            "2025-08-01",
            "J",
            "MBO-4",
            "24",
            "0001-01-01",
            "9999-12-31",
            "K0067",
        ]
    )
    tabel = data.draw(
        st.lists(
            st.lists(geldig | st.text(max_size=12), min_size=len(kolommen), max_size=len(kolommen)),
            max_size=5,
        )
    )
    tekst = "".join(";".join(cellen) + "\n" for cellen in [kolommen, *tabel])
    with TemporaryDirectory() as map_:
        pad = Path(map_) / "x.csv"
        pad.write_bytes(tekst.encode("utf-8", "surrogatepass"))
        try:
            gelezen, verslag = lees(pad, lijst)
        except OnbruikbaarBestand:
            return  # a text that says by itself that it is no table
    for rij in gelezen:
        assert json.decode(json.encode(rij), type=LIJSTEN[lijst].rij) == rij
        assert LIJSTEN[lijst].sleutel_van(rij)
        assert geldigheid(rij).begin <= geldigheid(rij).eind
    assert verslag.fouten or gelezen or not any(any(c.strip() for c in rij) for rij in tabel)


@given(inhoud=st.binary(max_size=300))
def test_any_bytes_are_a_table_or_refused_in_words(inhoud):
    with TemporaryDirectory() as map_:
        pad = Path(map_) / "opleidingen.csv"
        pad.write_bytes(b"opleidingcode;naam\n" + inhoud)
        try:
            gelezen, _ = lees(pad, "opleidingen")
        except OnbruikbaarBestand as fout:
            gelezen, gezegd = [], str(fout)
            assert "opleidingen.csv" in gezegd
    assert all(rij.opleidingcode.isdigit() for rij in gelezen)


def test_a_number_of_a_person_that_strays_into_a_file_is_not_repeated(tmp_path):
    from kernregister.fictief.nummers import burgerservicenummer

    bsn = burgerservicenummer(0, 1)
    pad = schrijf(tmp_path / "opleidingen.csv", "opleidingcode", bsn)
    _, verslag = lees(pad, "opleidingen")
    assert bsn not in str(Invoerfout([verslag]))


def test_a_cell_with_a_code_that_steers_is_a_fault(tmp_path):
    pad = tmp_path / "instellingen.csv"
    pad.write_bytes("instellingscode;naam\n27DV;\x1b[2J\n28DV;a\u202eb\n".encode())
    gelezen, verslag = lees(pad, "instellingen")
    assert gelezen == []
    assert verslag.fouten[0].aantal == 2


def test_white_space_in_a_cell_is_one_space(tmp_path):
    pad = schrijf(tmp_path / "x.csv", "instellingscode;naam", ' 27DV ;"Roc\u00a0van\t\nHier "')
    (rij,), verslag = lees(pad, "instellingen")
    assert (rij.instellingscode, rij.naam, verslag.opmerkingen) == ("27DV", "Roc van Hier", [])


def test_a_file_in_another_encoding_with_other_dates_and_headings_is_read_by_its_manifest(tmp_path):
    pad = tmp_path / "x.csv"
    pad.write_bytes(
        "BRIN,Naam,Bekostigd,Einde\n27DV,Café,ja,31-07-2030\n28DV,Zoë,nee,\n".encode("windows-1252")
    )
    gelezen, verslag = lees(
        pad,
        "instellingen",
        scheiding=",",
        codering="windows-1252",
        datum="dd-mm-jjjj",
        kolommen={"instellingscode": "BRIN", "naam": "Naam", "soort": "Bekostigd", "datum_einde": "Einde"},
        waarden={"soort": {"ja": "BI", "nee": "NBI"}},
        vast={"plaats": "Ons Dorp"},
    )
    assert verslag.opmerkingen == []
    assert [(r.instellingscode, r.naam, r.soort, r.plaats) for r in gelezen] == [
        ("27DV", "Café", "BI", "Ons Dorp"),
        ("28DV", "Zoë", "NBI", "Ons Dorp"),
    ]
    assert gelezen[0].datum_einde == dag("2030-07-31")
    _, fout = lees(pad, "instellingen", scheiding=",", kolommen={"instellingscode": "BRIN"})
    assert "windows-1252" not in fout.fouten[0].verwacht
    assert "andere codering" in fout.fouten[0].verwacht


def test_an_exclusive_end_is_the_day_after_the_last_one(tmp_path):
    pad = schrijf(
        tmp_path / "x.csv",
        "code;naam;datum_begin;datum_einde",
        "39;Titel;19900101;20140101",
        "2;B;20070401;20070401",
    )
    (titel, nooit), verslag = lees(pad, "verblijfstitels", datum="jjjjmmdd", einde="exclusief")
    assert verslag.fouten == []
    assert titel.datum_einde == dag("2013-12-31")
    assert dag("2013-12-31") in geldigheid(titel)
    assert dag("2014-01-01") not in geldigheid(titel)
    assert geldigheid(nooit).begin == geldigheid(nooit).eind


def test_a_cohort_starts_on_a_day_or_the_whole_year_round(tmp_path):
    code = "0e9b5b2c-4f60-4b1c-9a57-5a3a2e9d4c11"
    kop = "aangeboden_opleiding;cohortcode;begin_aanmeldperiode;einde_aanmeldperiode;"
    kop += "vast_instroommoment;flexibele_instroom"
    pad = schrijf(
        tmp_path / "x.csv",
        kop,
        f"{code};a;2025-10-01;2026-04-01;2026-08-31;",
        f"{code};b;;;2026-08-31;J",
        f"{code};c;2026-04-01;2025-10-01;;J",
    )
    gelezen, verslag = lees(pad, "cohorten")
    assert [rij.cohortcode for rij in gelezen] == ["a"]
    assert {(f.veld, f.plaatsen[0].regel) for f in verslag.fouten} == {
        ("vast_instroommoment", 3),
        ("einde_aanmeldperiode", 4),
    }


def test_missing_and_double_headings_are_named_together(tmp_path):
    pad = schrijf(tmp_path / "x.csv", "leerbedrijf;datum_begin;datum_begin", "1;2;3")
    with pytest.raises(
        OnbruikbaarBestand, match=r"code ontbreken en de kolommen datum_begin staan er meer dan eens"
    ):
        lees(pad, "erkenningen")


def test_a_column_that_is_not_used_is_said(tmp_path):
    pad = schrijf(tmp_path / "x.csv", "instellingscode;kleur", "27DV;rood")
    _, verslag = lees(pad, "instellingen")
    assert [(o.code, o.plaatsen[0].waarde) for o in verslag.opmerkingen] == [("kolom_onbekend", "kleur")]


@pytest.mark.parametrize(
    ("tekst", "klacht"),
    [
        (
            '[[bestanden]]\nlijst = "kleuren"\nbestand = "x.csv"',
            "lijst 'kleuren' bestaat niet. Kies uit: instellingen",
        ),
        ('[[bestanden]]\nlijst = "landen"\nbestand = "../x.csv"', "ligt buiten de map"),
        ('[[bestanden]]\nlijst = "landen"\nbestand = "/etc/hosts"', "ligt buiten de map"),
        (
            '[[bestanden]]\nlijst = "landen"\nbestand = "x.csv"\nvast = { kleur = "rood" }',
            "geen kolom 'kleur'",
        ),
        ('[[bestanden]]\nlijst = "landen"\nbestand = "x.csv"\nkleur = 1', "bij kleur"),
        ('[[bestanden]]\nlijst = "landen"', "bij bestand"),
        ('[[bestanden]]\nlijst = "landen"\nbestand = "x.csv"\ncodering = "ebcdic"', "bestanden"),
        ("bestanden = []", "verwacht 1 tot en met 100 bestanden"),
        ("dit is geen TOML", "geen geldige TOML"),
        ("", "bij bestanden"),
    ],
)
def test_a_manifest_that_is_wrong_is_explained(tmp_path, tekst, klacht):
    with pytest.raises(OnbruikbaarBestand) as fout:
        lees_bronnen([manifest(tmp_path, tekst, "code;naam")])
    assert klacht in str(fout.value)


def test_a_fixed_value_that_cannot_be_is_a_fault(tmp_path):
    pad = schrijf(tmp_path / "x.csv", "instellingscode", "27DV")
    _, verslag = lees(pad, "instellingen", vast={"soort": "GEEN"})
    assert [fout.verwacht for fout in verslag.fouten] == ["BI of NBI"]


def test_a_file_with_the_name_of_no_list_is_refused(tmp_path):
    with pytest.raises(OnbruikbaarBestand, match=r"er is geen lijst 'kleuren'.*Lijsten: instellingen"):
        lees_bronnen([schrijf(tmp_path / "kleuren.csv", "a")])


def test_what_comes_along_has_no_faults():
    aantallen: dict[str, int] = {}
    for deel in lees_beginset():
        aantallen[deel.lijst.naam] = aantallen.get(deel.lijst.naam, 0) + len(list(deel.rijen))
        assert deel.verslag.opmerkingen == []
        assert deel.bron
        assert deel.actueel is (deel.lijst.naam != "opleidingen")
    assert aantallen["nationaliteiten"] == 217
    assert aantallen["verblijfstitels"] == 43
    assert aantallen["opleidingen"] == 3 * 470
    assert aantallen["examenonderdelen"] == 16


def test_the_example_in_the_documentation_is_a_manifest(tmp_path):
    pagina = (ROOT / "docs/stamgegevens.md").read_text("utf-8")
    voorbeeld = re.search(r"```toml\n(.*?)```", pagina, re.DOTALL)[1]
    kop = "INSTELLINGSCODE;INSTELLINGSNAAM;PLAATSNAAM"
    (tmp_path / "instellingen-mbo.csv").write_text(f"{kop}\n27DV;Roc van Hier;Hier\n", "windows-1252")
    (deel,) = lees_bronnen([schrijf(tmp_path / "manifest.toml", voorbeeld)])
    ((regel, rij),) = deel.rijen
    assert (regel, rij.naam, rij.soort, deel.verslag.opmerkingen) == (2, "Roc van Hier", "BI", [])


def test_every_column_is_explained_once_and_used():
    gebruikt = {kolom for lijst in LIJSTEN.values() for kolom in kolommen_van(lijst.rij)}
    assert gebruikt == set(KOLOMMEN)
    for lijst in LIJSTEN.values():
        assert {*lijst.sleutel, *lijst.onderscheid} <= kolommen_van(lijst.rij).keys()
        assert all(kolommen_van(lijst.rij)[kolom].verplicht for kolom in lijst.sleutel)
        assert json.schema(lijst.rij)
        assert (lijst.rij.__doc__ or "").strip()


def test_searching_does_not_look_at_capitals_and_accents():
    assert zoektekst("27DV Café Zoë ß") == "27dv cafe zoe ss"
