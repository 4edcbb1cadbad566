"""docs/opdrachten.md tells the truth: every option, column and field is on it, and its examples can be read."""

import json
import re

import msgspec
import pytest
import typer

from kernregister.cli.app import app
from kernregister.cli.uitslag_json import Cel, Controle, Melding, Regelstand, Signaal, Tellingen, Vindplaats
from kernregister.controle import stamgegevens
from kernregister.controle.uitslag import Bestand
from kernregister.kern.formaten.verslag import Verslag
from kernregister.kern.regels.motor import NietBeoordeeld, Sleutel
from tests.conftest import ROOT

PAGINA = (ROOT / "docs/opdrachten.md").read_text("utf-8")
VOORBEELDEN = re.findall(r"```csv\n(.*?)```", PAGINA, re.DOTALL)
TABELLEN = {
    **stamgegevens.TABELLEN,
    "personen.csv": stamgegevens.PersoonRij,
    "vo.csv": stamgegevens.DeelnameRij,
}


def test_every_command_and_option_is_on_the_page():
    opdrachten = typer.main.get_command(app).commands
    for naam, opdracht in opdrachten.items():
        assert f"## {naam}\n" in PAGINA
        deel = PAGINA.split(f"## {naam}\n")[1].split("\n## ")[0]
        for onder, een in getattr(opdracht, "commands", {"": opdracht}).items():
            assert f"`{onder}" in deel
            opties = {o for p in een.params for o in p.opts if o.startswith("--")}
            assert [o for o in opties if o not in deel] == [], f"{naam} {onder}"


def test_every_field_of_the_json_is_on_the_page():
    soorten = (
        Controle,
        Bestand,
        Melding,
        Vindplaats,
        Signaal,
        Sleutel,
        NietBeoordeeld,
        Tellingen,
        Regelstand,
        Cel,
    )
    velden = {veld for soort in soorten for veld in soort.__struct_fields__}
    assert [veld for veld in velden if f"`{veld}`" not in PAGINA] == []


def test_the_example_of_a_signal_is_one():
    voorbeeld = re.search(r"```json\n(.*?)```", PAGINA, re.DOTALL)[1]
    assert msgspec.convert(json.loads(voorbeeld), Signaal).regel == "B04"


@pytest.mark.parametrize("naam", TABELLEN)
def test_every_column_is_on_the_page(naam):
    kolommen = TABELLEN[naam].__struct_fields__
    assert [k for k in kolommen if not re.search(rf"\b{k}\b", PAGINA)] == []
    assert naam in PAGINA


def test_every_example_can_be_read_as_it_stands(tmp_path):
    namen = ["instellingen.csv", "onderwijsaanbieders.csv", "onderwijslocaties.csv", "opleidingen.csv"]
    namen += ["toestemmingen.csv", "parameters.csv", "personen.csv", "vo.csv"]
    for naam, voorbeeld in zip(namen, VOORBEELDEN, strict=True):
        assert voorbeeld.splitlines()[0].split(";")[0] in TABELLEN[naam].__struct_fields__
        (tmp_path / naam).write_text(voorbeeld)
    verslag = Verslag()
    gegevens = stamgegevens.lees_gegevens(tmp_path, None, verslag)
    personen, _ = stamgegevens.lees_personen(tmp_path / "personen.csv", verslag)
    deelnames, _ = stamgegevens.lees_deelnames([tmp_path / "vo.csv"], verslag)
    assert verslag.opmerkingen == []
    assert (len(gegevens.instellingen), gegevens.wettelijke_termijn_maanden) == (2, 24)
    assert personen.keys() & deelnames.keys()


def test_what_comes_out_is_what_is_documented(draai, sector):
    uit = draai("controleer", next(sector.glob("RO_*.CSV")), "--formaat", "json")
    gelezen = msgspec.json.decode(uit.stdout, type=Controle)
    assert gelezen.signalen
    inhoud = json.loads(uit.stdout)
    assert inhoud.keys() - {"document"} == set(Controle.__struct_fields__)
    for veld, soort in (("bestanden", Bestand), ("opmerkingen", Melding), ("signalen", Signaal)):
        assert all(rij.keys() == set(soort.__struct_fields__) for rij in inhoud[veld])
