"""A file appears when it is complete, and never in the place that a link leads to."""

import os

import pytest

from kernregister.kern.formaten.schrijven import als_geheel


def test_a_file_appears_when_it_is_complete(tmp_path):
    pad = tmp_path / "uit.csv"
    pad.write_text("oud")
    with als_geheel(pad) as deel:
        deel.write_text("nieuw")
        assert pad.read_text() == "oud"
    assert pad.read_text() == "nieuw"
    assert list(tmp_path.iterdir()) == [pad]


def test_what_is_broken_off_leaves_what_was_there(tmp_path):
    pad = tmp_path / "uit.csv"
    pad.write_text("oud")
    with pytest.raises(FileNotFoundError), als_geheel(pad) as deel:
        deel.write_text((tmp_path / "weg").read_text())
    assert (pad.read_text(), list(tmp_path.iterdir())) == ("oud", [pad])


@pytest.mark.skipif(os.name == "nt", reason="links of Unix")
@pytest.mark.parametrize("bestaat", [True, False])
def test_a_link_is_replaced_and_not_followed(tmp_path, bestaat):
    doel, pad = tmp_path / "van een ander", tmp_path / "uit.csv"
    if bestaat:
        doel.write_text("van een ander")
    pad.symlink_to(doel)
    with als_geheel(pad) as deel:
        deel.write_text("nieuw")
    assert (pad.read_text(), pad.is_symlink()) == ("nieuw", False)
    assert not doel.exists() if not bestaat else doel.read_text() == "van een ander"
