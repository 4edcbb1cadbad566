"""A zip follows from what is in it."""

import hashlib
import os
import zipfile
from pathlib import Path

import pytest

from kernregister.kern.formaten.zippen import zip_bestanden


def test_the_same_files_made_at_another_moment_by_somebody_else_give_the_same_bytes(tmp_path: Path) -> None:
    zips = []
    for map_, rechten, tijd in (("een", 0o600, 0), ("twee", 0o644, 1_700_000_000)):
        (tmp_path / map_).mkdir()
        paden = [tmp_path / map_ / naam for naam in ("OBO_27DV.CSV", "OBOV_PER.CSV")]
        for pad in paden:
            pad.write_bytes(b"PER|1\r\n" * 1000)
            pad.chmod(rechten)
            os.utime(pad, (tijd, tijd))
        zips.append(zip_bestanden(tmp_path / f"{map_}.zip", paden).read_bytes())
    assert zips[0] == zips[1]
    # On any machine and with any version of the compressor that it would have had.
    assert hashlib.sha256(zips[0]).hexdigest().startswith("cf2e4483eba56494")


def test_the_files_are_in_it_in_the_given_order_and_can_be_read(tmp_path: Path) -> None:
    paden = [tmp_path / naam for naam in ("b.csv", "a.csv")]
    for pad in paden:
        pad.write_text(pad.name)
    with zipfile.ZipFile(zip_bestanden(tmp_path / "uit.zip", paden)) as zip_:
        assert zip_.testzip() is None
        assert [(lid.filename, zip_.read(lid).decode()) for lid in zip_.infolist()] == [
            ("b.csv", "b.csv"),
            ("a.csv", "a.csv"),
        ]
        assert {lid.external_attr >> 16 for lid in zip_.infolist()} == {0o100644}


def test_a_file_that_is_not_there_leaves_no_zip(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        zip_bestanden(tmp_path / "uit.zip", [tmp_path / "weg.csv"])
    assert list(tmp_path.iterdir()) == []
