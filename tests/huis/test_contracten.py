"""The contracts of the house, tried on a small house of their own."""

import sys

import grimp
import pytest

from tests.huis.contracten import DoorContract, OnlyTheseContract


@pytest.fixture
def graph_of(tmp_path, monkeypatch):
    """Build the import graph of a package from a mapping of file to source text."""

    def build(files: dict[str, str]) -> grimp.ImportGraph:
        for name, source in files.items():
            path = tmp_path / "proefhuis" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            for folder in (path.parent, *path.parent.parents):
                if folder == tmp_path:
                    break
                (folder / "__init__.py").touch()
            path.write_text(source)
        monkeypatch.syspath_prepend(tmp_path)
        sys.modules.pop("proefhuis", None)
        return grimp.build_graph("proefhuis", include_external_packages=True, cache_dir=None)

    return build


def broken(contract_type, graph, **options) -> list[tuple[str, str]]:
    contract = contract_type(name="proef", session_options={}, contract_options=options)
    return contract.check(graph, verbose=False).metadata["broken"]


def test_kern_may_use_the_standard_library_itself_and_what_is_allowed(graph_of):
    graph = graph_of(
        {
            "kern/tijd.py": "import datetime\nimport msgspec\nimport proefhuis\nfrom . import feiten",
            "kern/feiten.py": "",
        }
    )
    assert broken(OnlyTheseContract, graph, modules=["proefhuis.kern"], allowed=["msgspec"]) == []


def test_kern_may_not_use_another_package_or_another_room(graph_of):
    graph = graph_of({"kern/tijd.py": "import rich.table\nfrom proefhuis.cli import app", "cli/app.py": ""})
    assert broken(OnlyTheseContract, graph, modules=["proefhuis.kern"], allowed=["msgspec"]) == [
        ("proefhuis.kern.tijd", "proefhuis.cli.app"),
        ("proefhuis.kern.tijd", "rich"),
    ]


def test_only_formaten_may_read_xml(graph_of):
    graph = graph_of({"kern/formaten/tbgi.py": "import lxml.etree", "kern/regels/b.py": "import lxml.etree"})
    options = {"modules": ["proefhuis.kern"], "ignore_imports": ["proefhuis.kern.formaten.** -> lxml"]}
    assert broken(OnlyTheseContract, graph, **options) == [("proefhuis.kern.regels.b", "lxml")]


def test_a_room_enters_another_room_only_through_its_door(graph_of):
    graph = graph_of(
        {
            "kern.py": "",
            "kamers/register/actions.py": "from proefhuis import kern\nfrom . import models",
            "kamers/register/models.py": "",
            "kamers/register/public.py": "from proefhuis.kamers.register import actions",
            "kamers/kwaliteit/tasks.py": "from proefhuis.kamers.register import public",
            "kamers/kwaliteit/queries.py": "from proefhuis.kamers.register import models",
        }
    )
    assert broken(DoorContract, graph, house="proefhuis.kamers") == [
        ("proefhuis.kamers.kwaliteit.queries", "proefhuis.kamers.register.models")
    ]


def test_a_house_without_rooms_keeps_the_contract(graph_of):
    assert broken(DoorContract, graph_of({"kern.py": ""}), house="proefhuis.kamers") == []
