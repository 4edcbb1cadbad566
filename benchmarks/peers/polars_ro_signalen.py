"""Eleven signals with polars, from the text of the RO's of all institutions: the reader and the script put together."""

from __future__ import annotations

import polars as pl

from benchmarks.kader import Kader, meet
from benchmarks.peers import polars_lezen, polars_signalen


def lees(kader: Kader) -> dict[str, pl.LazyFrame]:
    """Return the tables that the signals need; a person is who has the same number, at whatever institution."""
    wie = pl.coalesce("burgerservicenummer", "onderwijsnummer").alias("persoon")
    delen: dict[str, list[pl.DataFrame]] = {soort: [] for soort in ("PER", "ISG", "ISP", "BPV", "DIP")}
    for pad in sorted((kader.map / "ro").glob("*.csv")):
        frames = polars_lezen.lees(pad)
        for soort, lijst in delen.items():
            instelling = pl.lit(pad.stem.removeprefix("RO_")).alias("instelling")
            lijst.append(frames[soort].with_columns(wie, instelling))
    tabellen = {soort.lower(): pl.concat(lijst).lazy() for soort, lijst in delen.items()}
    tabellen["per"] = tabellen["per"].unique("persoon", keep="first")
    return tabellen | {"instellingen": polars_signalen.lees(kader)["instellingen"]}


def signalen(kader: Kader) -> dict[str, int]:
    return polars_signalen.signalen(kader, lees(kader))


if __name__ == "__main__":
    meet(signalen)
