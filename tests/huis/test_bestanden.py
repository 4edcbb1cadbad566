"""What every file in the repository keeps to."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from tests.huis.repository import ROOT, files

LONGEST = 400


def test_no_python_file_is_long_without_a_reason_on_record():
    reasons = tomllib.loads((ROOT / "tests/huis/lange_bestanden.toml").read_text())
    long = {str(path) for path in files("*.py") if len((ROOT / path).read_text().splitlines()) > LONGEST}
    assert long - reasons.keys() == set(), f"longer than {LONGEST} lines: cut up, or record why not"
    assert reasons.keys() - long == set(), "no longer long: take it from the list"
    assert all(reasons.values())


def test_no_file_has_a_name_that_says_nothing():
    empty_names = {"utils", "util", "helpers", "helper", "misc", "common"}
    assert [path for path in files("*.py") if empty_names & {*path.with_suffix("").parts}] == []


def test_no_file_knows_the_machine_it_was_made_on():
    place = re.compile(r"(?<![\w.}/])/(work|root|tmp|opt|home|Users)/")
    kinds = {"", ".css", ".html", ".js", ".md", ".py", ".toml", ".txt", ".yaml"}
    texts = [path for path in files() if path.suffix in kinds and path.name != Path(__file__).name]
    assert [path for path in texts if place.search((ROOT / path).read_text())] == []


def test_locks_hold_hashes_and_no_addresses():
    assert [path for path in files() if path.name in {"uv.lock", "poetry.lock", "Pipfile.lock"}] == []
    locks = files("requirements.txt") + files("requirements/*.txt")
    assert {"build.txt", "cli.txt", "dev.txt"} <= {path.name for path in locks}
    for path in locks:
        pins = re.split(r"^(?=[\w.-]+==)", (ROOT / path).read_text(), flags=re.MULTILINE)[1:]
        assert pins
        assert all("--hash=sha256:" in pin and "://" not in pin for pin in pins)
    for path in files("package-lock.json"):
        assert "://" not in (ROOT / path).read_text()


def test_the_wishes_of_the_project_fit_the_locks():
    """Who changes pyproject.toml and forgets requirements/vernieuw hears it here."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    cli = [*project["project"]["dependencies"], *project["project"]["optional-dependencies"]["cli"]]
    dev = [*cli, *groups["build"], *(wish for wish in groups["dev"] if isinstance(wish, str))]
    for lock, wishes in {"build": groups["build"], "cli": cli, "dev": dev}.items():
        text = (ROOT / f"requirements/{lock}.txt").read_text()
        assert {re.split(r"[<>=]", wish)[0] for wish in wishes} <= set(
            re.findall(r"^([\w.-]+)==", text, re.MULTILINE)
        )


def test_publiccode_says_what_the_standard_asks():
    publiccode = yaml.safe_load((ROOT / "publiccode.yaml").read_text())
    mandatory = {
        *(
            "publiccodeYmlVersion",
            "name",
            "url",
            "releaseDate",
            "platforms",
            "developmentStatus",
            "softwareType",
        ),
        *("description", "legal", "maintenance", "localisation"),
    }
    assert mandatory <= publiccode.keys()
    assert publiccode["legal"]["license"] == "EUPL-1.2"
    for language in ("nl", "en"):
        description = publiccode["description"][language]
        assert len(description["shortDescription"]) <= 150
        assert 150 <= len(description["longDescription"]) <= 10_000
        assert description["features"]


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_the_commands_on_a_page_exist(page):
    text = (ROOT / page).read_text() if (ROOT / page).exists() else ""
    scripts = set(re.findall(r"(?:^|`)((?:\./|\.ci/|requirements/)\w+)(?=[\s`])", text, re.MULTILINE))
    assert [script for script in scripts if not os.access(ROOT / script, os.X_OK)] == []
    for command in set(re.findall(r"(?:^|`)(?:\.venv/bin/)?kernregister ([a-z]+)", text, re.MULTILINE)):
        helped = subprocess.run(
            [sys.executable, "-m", "kernregister", command, "--help"], capture_output=True, check=False
        )
        assert helped.returncode == 0, f"kernregister {command}: {helped.stderr.decode()}"
