"""Files from outside are looked at before they are read: what they are, how large, and what a zip would become."""

import io
import os
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from kernregister.kern.formaten.bron import (
    GROOTSTE_TEKSTREGEL,
    eerste_bytes,
    lees_toml,
    ontsluit,
    tekstregels,
)
from kernregister.kern.formaten.verslag import OnbruikbaarBestand

KOP = b"VLP|27DV|2025-08-01|2026-07-31|2026-03-02\n"


def zip_van(pad: Path, naam: str, inhoud: bytes = KOP, soort: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(pad, "w", soort) as zip_:
        zip_.writestr(naam, inhoud)
    return pad


@pytest.mark.skipif(os.name == "nt", reason="pipes of Unix")
def test_a_pipe_or_a_device_is_refused_at_once_instead_of_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pijp")
    for pad in (tmp_path / "pijp", Path("/dev/zero")):
        with pytest.raises(OnbruikbaarBestand, match="geen gewoon bestand"):
            eerste_bytes(pad)


def test_a_table_out_of_bounds_is_not_read(tmp_path):
    pad = tmp_path / "personen.csv"
    pad.write_bytes(b"a\n")
    os.truncate(pad, 3 << 20)
    assert eerste_bytes(pad, 4 << 20).startswith(b"a")
    with pytest.raises(OnbruikbaarBestand, match=r"personen\.csv: groter dan 2 MB"):
        eerste_bytes(pad, 2 << 20)


def test_a_line_without_end_is_refused_before_it_fills_memory():
    assert list(tekstregels(io.StringIO("a\nb"), "x")) == ["a\n", "b"]
    with pytest.raises(OnbruikbaarBestand, match="x: een regel is langer"):
        list(tekstregels(io.StringIO("a\n" + "b" * 2 * GROOTSTE_TEKSTREGEL), "x"))


@pytest.mark.parametrize(
    ("inhoud", "melding"),
    [
        (b"a = " + b"[" * 50_000, "geen geldige TOML"),
        (b"a = " + b"9" * 5000, "geen geldige TOML"),
        (b"a = 2025-99-99", "geen geldige TOML"),
        (b"a\xff = 1", "geen UTF-8"),
        (b"a", "geen geldige TOML"),
        (b"#" * (1 << 20) + b"#", "groter dan 1 MB"),
        (b"", "leeg"),
    ],
)
def test_a_toml_that_is_none_is_refused_in_words(tmp_path, inhoud, melding):
    pad = tmp_path / "v.toml"
    pad.write_bytes(inhoud)
    with pytest.raises(OnbruikbaarBestand, match=melding):
        lees_toml(pad)


@pytest.mark.parametrize("naam", ["😀" * 120 + ".csv", "a\x1b[31m\n\u202e.csv", "x" * 300, "map/CON"])
def test_a_member_with_an_odd_name_is_read_under_a_name_that_any_disk_takes(tmp_path, naam):
    with ontsluit(zip_van(tmp_path / "z.zip", naam)) as [pad]:
        assert pad.read_bytes() == KOP
        assert pad.name.isprintable()
        assert len(pad.name.encode()) <= 100


def test_a_name_that_is_no_text_is_damage(tmp_path):
    pad = zip_van(tmp_path / "z.zip", "é.csv")
    pad.write_bytes(pad.read_bytes().replace("é".encode(), b"\xff\xfe"))
    with pytest.raises(OnbruikbaarBestand, match="beschadigd"), ontsluit(pad):
        pass


@pytest.mark.parametrize("soort", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_to_compress_are_refused_before_they_take_memory(tmp_path, soort):
    pad = zip_van(tmp_path / "z.zip", "a.csv", soort=soort)
    with pytest.raises(OnbruikbaarBestand, match="ongewone manier"), ontsluit(pad):
        pass


def test_members_that_share_their_bytes_may_not_become_more_than_the_zip_allows(tmp_path):
    inhoud = b"a" * (8 << 20)
    klein = zlib.compress(inhoud, 9, wbits=-15)
    deel = struct.pack("<IIIHH", zlib.crc32(inhoud), len(klein), len(inhoud), 1, 0)
    leden = b"".join(
        struct.pack("<4s6H", b"PK\1\2", 20, 20, 0, 8, 0, 0)
        + deel
        + struct.pack("<3H2I", 0, 0, 0, 0, 0)
        + b"a"
        for _ in range(90)
    )
    kop = struct.pack("<4s5H", b"PK\3\4", 20, 0, 8, 0, 0) + deel + b"a" + klein
    slot = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 90, 90, len(leden), len(kop), 0)
    pad = tmp_path / "overlap.zip"
    pad.write_bytes(kop + leden + slot)
    with pytest.raises(OnbruikbaarBestand, match=r"buitensporig|beschadigd"), ontsluit(pad):
        pass


def test_a_list_of_members_out_of_bounds_is_not_read(tmp_path):
    pad = tmp_path / "veel.zip"
    with zipfile.ZipFile(pad, "w") as zip_:
        for nummer in range(20_000):
            zip_.writestr(f"{nummer:08d}.csv", b"")
    with pytest.raises(OnbruikbaarBestand, match="meer dan 100 bestanden"), ontsluit(pad):
        pass


def test_a_list_that_a_zip64_says_is_enormous_is_not_read(tmp_path):
    inhoud = zip_van(tmp_path / "z.zip", "a.csv").read_bytes()
    plaats = inhoud.rindex(b"PK\5\6")
    groot = struct.pack("<4sQ2H2I4Q", b"PK\6\6", 44, 45, 45, 0, 0, 1, 1, 1 << 40, 0)
    wijzer = struct.pack("<4sIQI", b"PK\6\7", 0, plaats, 1)
    pad = tmp_path / "leugen.zip"
    pad.write_bytes(inhoud[:plaats] + groot + wijzer + inhoud[plaats:])
    with pytest.raises(OnbruikbaarBestand, match="meer dan 100 bestanden"), ontsluit(pad):
        pass
