"""The commands of a register in a process that begins with nothing: each group loads what it needs."""

import subprocess

import pytest

from tests.draaiend import KERNREGISTER


@pytest.mark.traag
@pytest.mark.parametrize(
    ("woorden", "zegt"),
    [
        (("stamgegevens", "toon"), "nog geen stamgegevens"),
        (("aansluiting", "lijst"), "geen aansluitingen"),
        (("gebruiker", "lijst"), "nog geen gebruikers"),
        (("beheer", "voorstellen"), "geen voorstellen"),
    ],
    ids=lambda waarde: waarde[0] if isinstance(waarde, tuple) else "",
)
def test_a_group_of_commands_begins_by_itself(
    omgeving: dict[str, str], woorden: tuple[str, ...], zegt: str
) -> None:
    uit = subprocess.run([*KERNREGISTER, *woorden], env=omgeving, capture_output=True, text=True, check=False)
    assert (uit.returncode, uit.stderr) == (0, "")
    assert zegt in uit.stdout
