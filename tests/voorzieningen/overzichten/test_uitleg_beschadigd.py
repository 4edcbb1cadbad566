"""Whatever becomes of a file: it is explained, or refused in words; never anything else, and nobody is named."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kernregister.kern.formaten.verslag import OnbruikbaarBestand
from kernregister.kern.tijd import Studiejaar
from kernregister.voorzieningen.overzichten.steekproef import Steekproef
from kernregister.voorzieningen.overzichten.uitleg import schrijf_uitleg
from tests.voorzieningen.overzichten.twee_overzichten import als_bron, gelezen
from tests.voorzieningen.register.wereld import HIER

OUD, NIEUW = (pad.read_bytes() for pad in sorted(Path("tests/kern/voorbeeld_obo").glob("OBO_*")))
_STUKKEN = st.sampled_from(
    [
        b"|",
        b"\n",
        b"J",
        b"",
        b"*",
        b"ISP|",
        b"PER|999990007||1991-10-07|M\n",
        b"2016-2017",
        b"\xff",
        b'"',
        b"9" * 30,
    ]
)


@st.composite
def beschadigd(draw: st.DrawFn) -> bytes:
    """Return an overview of which a stretch became something else."""
    tekst = NIEUW
    for _ in range(draw(st.integers(1, 3))):
        van = draw(st.integers(0, len(tekst)))
        tot = draw(st.integers(van, min(len(tekst), van + 40)))
        tekst = tekst[:van] + draw(_STUKKEN | st.binary(max_size=8)) + tekst[tot:]
    return tekst


def probeer(tekst: bytes, map_: Path) -> list[dict[str, Any]] | str:
    """Return the differences, or why there are none."""
    oud, nieuw, uit = map_ / "oud.csv", map_ / "nieuw.csv", map_ / "uit"
    oud.write_bytes(OUD)
    nieuw.write_bytes(tekst)
    uit.mkdir(exist_ok=True)
    bronnen = als_bron(oud, 0), als_bron(nieuw, 0)
    try:
        paden = schrijf_uitleg(*bronnen, HIER, Studiejaar(2016), uit, steekproef=Steekproef(3, "z"))
    except OnbruikbaarBestand as fout:
        return str(fout)
    return gelezen(paden)["verschillen"]


@pytest.mark.traag
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(beschadigd())
def test_a_damaged_overview_is_explained_or_refused_in_words(databank, tmp_path, tekst):
    uit = probeer(tekst, tmp_path)
    if isinstance(uit, str):
        assert uit
        assert not re.search(r"(?<!\d)9999900\d\d(?!\d)", uit)
    else:
        assert all(v["zonder_melding"] for v in uit)  # the register knows nobody
        assert [v["nummer"] for v in uit] == [*range(1, len(uit) + 1)]
