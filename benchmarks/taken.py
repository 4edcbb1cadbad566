"""What is measured: our script and the peers that do the same work, with what they must agree on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

SIGNALEN = ("A02", "B01", "B04", "B05", "C02", "C03", "C04", "D01", "D02", "E06", "F01")
"""What the peers compute; ours are all 34 signals of the kwaliteitscontrole, and F01."""

VERSCHILLEN = tuple(f"{record} {soort}" for record in ("ISG", "ISP") for soort in "TVW")
RECORDS = ("PER", "ISG", "ISP", "ISE", "BPV", "DIP", "AMO", "GEO", "KZD")

Gelijk = Callable[[dict[str, Any], dict[str, Any]], bool]


class Peer(NamedTuple):
    """A tool that does (part of) the work. ``kan``: the counts it can give, which must be the same as ours."""

    naam: str
    module: str
    kan: tuple[str, ...] = ()
    argumenten: tuple[str, ...] = ()


class Taak(NamedTuple):
    """A measurement: our script, and its peers. ``INSTELLING`` among the arguments stands for the one institution."""

    naam: str
    omschrijving: str
    module: str
    peers: tuple[Peer, ...]
    argumenten: tuple[str, ...] = ()


INSTELLING = "INSTELLING"


def _verschil(*argumenten: str) -> tuple[Peer, ...]:
    return tuple(
        Peer(naam, f"peers.{module}_verschil", VERSCHILLEN, argumenten)
        for naam, module in (
            ("csv-diff", "csv_diff"),
            ("datacompy", "datacompy"),
            ("polars", "polars"),
        )
    )


TAKEN = (
    Taak(
        "sweep",
        "alle signalen, uit het pakket van dossiers",
        "wij.sweep",
        (
            *(
                Peer(naam, f"peers.{naam}_signalen", SIGNALEN)
                for naam in ("pandas", "polars", "duckdb", "pandera")
            ),
            Peer("pandas, gehele sleutels", "peers.pandas_signalen", SIGNALEN, ("pandas-gehele-sleutels",)),
            Peer("frictionless", "peers.frictionless_signalen", ("C02", "D01")),
        ),
    ),
    Taak(
        "sweep-ro",
        "alle signalen, uit de tekst van alle RO's",
        "wij.sweep_ro",
        (
            Peer("pandas uit Parquet", "peers.pandas_signalen"),
            Peer("polars uit RO", "peers.polars_ro_signalen", SIGNALEN),
        ),
    ),
    Taak(
        "lezen",
        "een RO: getypeerd, per persoon, totalen nagerekend",
        "wij.lezen",
        (
            Peer("polars", "peers.polars_lezen", RECORDS),
            Peer("polars, per persoon bijeen", "peers.polars_lezen_per_persoon", RECORDS),
        ),
    ),
    Taak("verschil", "de verschillen tussen twee OBO's van elke instelling", "wij.verschil", _verschil()),
    Taak(
        "verschil-instelling",
        "de verschillen tussen twee OBO's van de grootste instelling",
        "wij.verschil",
        _verschil(INSTELLING),
        (INSTELLING,),
    ),
    Taak(
        "dossier",
        "een dossier, alle regels (de peers: 11)",
        "wij.dossier",
        tuple(Peer(naam, "peers.pandas_dossier", (), (naam,)) for naam in ("pandas", "pandera")),
    ),
)
