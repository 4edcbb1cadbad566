"""The packed stream gives back what went in, shares it out, and says what is wrong with a broken file."""

import tempfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from kernregister.kern import dossier as kern
from kernregister.kern.dossier import Dossier, Persoon
from kernregister.kern.formaten.pakket import MAGIE, SCHEMA, lees_pakket, schrijf_pakket
from kernregister.kern.formaten.verslag import OnbruikbaarBestand
from tests.kern.strategieen import struct

GENUMMERD = [Dossier(Persoon(f"{nummer:09d}")) for nummer in range(25)]


@given(st.lists(struct(Dossier), max_size=5), st.integers(1, 3))
def test_what_goes_in_comes_out(dossiers: list[Dossier], per_frame: int) -> None:
    with tempfile.TemporaryDirectory() as map_:
        pad = Path(map_) / "sector.pakket"
        assert schrijf_pakket(pad, dossiers, per_frame) == len(dossiers)
        assert list(lees_pakket(pad)) == dossiers


@pytest.mark.parametrize("delen", [1, 2, 3, 40])
def test_every_dossier_falls_to_exactly_one_share(tmp_path: Path, delen: int) -> None:
    schrijf_pakket(tmp_path / "p", GENUMMERD, per_frame=2)
    gelezen = [d for deel in range(delen) for d in lees_pakket(tmp_path / "p", deel, delen)]
    assert sorted(gelezen, key=lambda d: d.persoon.pgn) == GENUMMERD


def test_a_share_that_does_not_exist_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="deel 2 van 2"):
        lees_pakket(tmp_path / "p", 2, 2)


def test_a_file_cut_off_anywhere_is_an_error_that_names_the_file(tmp_path: Path) -> None:
    heel, kort = tmp_path / "heel", tmp_path / "kort"
    schrijf_pakket(heel, GENUMMERD, per_frame=10)
    tekst = heel.read_bytes()
    for lengte in range(len(tekst)):
        kort.write_bytes(tekst[:lengte])
        with pytest.raises(OnbruikbaarBestand, match="kort: "):
            list(lees_pakket(kort))


@pytest.mark.parametrize(
    ("wijzig", "boodschap"),
    [
        (lambda t: b"PK" + t[2:], "geen pakket"),
        (lambda t: MAGIE + b"\x63\0\0\0" + t[12:], "schema 99"),
        (lambda t: t[:12] + b"\xff\xff\xff\xff" + t[16:], "langer dan"),
        (lambda t: t[:16] + b"\xc1" + t[17:], "frame 1 is beschadigd"),
        (lambda t: t[:-1] + b"\1", "slot past niet"),
        (lambda t: t + b"x", "slot past niet"),
    ],
)
def test_damage_is_told_in_words(tmp_path: Path, wijzig: object, boodschap: str) -> None:
    pad = tmp_path / "p"
    schrijf_pakket(pad, GENUMMERD)
    pad.write_bytes(wijzig(pad.read_bytes()))  # type: ignore[operator]
    with pytest.raises(OnbruikbaarBestand, match=boodschap):
        list(lees_pakket(pad))


def test_another_form_of_the_aggregates_has_another_schema_number() -> None:
    soorten = [
        s for s in vars(kern).values() if isinstance(s, type) and issubclass(s, Struct) and s is not Struct
    ]
    vorm = zlib.crc32(repr([(s.__name__, s.__struct_fields__) for s in soorten]).encode())
    assert (SCHEMA, vorm) == (3, 4121665146), (
        "the aggregates changed: raise SCHEMA, then renew the number here"
    )
