"""What is measured: our script and the peers that do the same work, with what they must agree on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from benchmarks import bekostigd
from benchmarks.register import overzicht
from benchmarks.register.rijen import GELIJK

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
    """A measurement: our script, and its peers. ``INSTELLING`` among the arguments stands for the one institution.

    One of the register has ``maten``: how much is sent, in short and in full; without it the files are measured.
    """

    naam: str
    omschrijving: str
    module: str
    peers: tuple[Peer, ...]
    argumenten: tuple[str, ...] = ()
    maten: tuple[int, int] | None = None


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


def _register(naam: str, omschrijving: str, klein: int, groot: int) -> Taak:
    orm = Peer("Django ORM + DRF", "peers.django_orm.server", GELIJK, (naam,))
    return Taak(naam, omschrijving, "wij.register", (orm,), (naam,), (klein, groot))


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
    Taak(
        "bekostiging",
        "de bekostiging van heel de sector: elk besluit met zijn redenen, en alle totalen",
        "wij.bekostiging",
        (Peer("DuckDB", "peers.duckdb_bekostiging", bekostigd.GELIJK),),
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
    _register("melding", "een melding over HTTP, tot de signalen er staan (mediaan)", 300, 3000),
    _register("identificatie", "personen in bulk identificeren, over HTTP", 1000, 20_000),
    _register("bulk", "inschrijvingen, correcties, bpv en resultaten in bulk, over HTTP", 1000, 20_000),
    _register("laden", "een RO van een instelling laden", 1000, 25_000),
    Taak(
        "overzichten",
        "RO, OBO, en OBO met verschillen en uitleg van de grootste instelling, van aanvraag tot bestand over HTTP",
        "wij.overzichten",
        (Peer("polars, RO uit Parquet", "peers.polars_ro_schrijven", overzicht.GELIJK),),
        (),
        (1000, 25_000),
    ),
    Taak(
        "portaal",
        "het portaal van een instelling: 20 bezoekers tegelijk, met en zonder denktijd van 1 s (p95 van de bladzijden)",
        "wij.portaal",
        (Peer("Django, een kale bladzijde", "peers.kale_bladzijde.server", ("open signalen",)),),
        (),
        (25_000, 25_000),
    ),
    Taak(
        "lijst",
        "een bladzijde van een lijst, van een instelling (p95)",
        "wij.lijst",
        (),
        (),
        (10_000, 500_000),
    ),
)
