"""The same RO with polars, from Parquet tables of the same records: selected, put in order, written with its totals.

The tables are of that institution alone, typed, made beforehand; there is no register to ask, no stand and no hash.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from benchmarks.peers.polars_lezen import TYPEN, VELDEN, lees
from benchmarks.register import draaiend, ro
from benchmarks.register.meting import Uitkomst, meet
from benchmarks.register.overzicht import tel

NUMMERS = ["burgerservicenummer", "onderwijsnummer"]
_SLEUTELS = {
    "PER": (0, []),
    "ISG": (1, ["inschrijvingvolgnummer"]),
    "ISP": (1, ["inschrijvingvolgnummer", "datum_begin"]),
    "ISE": (1, ["inschrijvingvolgnummer", "datum_begin"]),
    "BPV": (1, ["inschrijvingvolgnummer", "volgnummer"]),
    "DIP": (2, ["resultaatvolgnummer"]),
    "AMO": (2, ["resultaatvolgnummer_diploma", "resultaatvolgnummer"]),
    "GEO": (2, ["resultaatvolgnummer_diploma", "resultaatvolgnummer"]),
    "KZD": (2, ["resultaatvolgnummer_diploma", "resultaatvolgnummer"]),
}
"""Recordsoort -> its block within a person, and what orders it there."""


def schrijf(map_: Path, doel: Path) -> None:
    """Write the RO of a period from the tables in a folder."""
    tabellen = {soort: pl.scan_parquet(map_ / f"{soort}.parquet") for soort in VELDEN}
    begin, einde = ro.PERIODE
    inschrijving = [*NUMMERS, "inschrijvingvolgnummer"]
    geldig = tabellen["ISG"].filter(
        pl.col("datum_inschrijving") <= einde,
        (pl.col("datum_uitschrijving_werkelijk") >= begin).fill_null(True),
    )
    gekozen = {"ISG": geldig}
    for soort in ("ISP", "ISE", "BPV"):
        gekozen[soort] = tabellen[soort].join(geldig, on=inschrijving, how="semi", nulls_equal=True)
    for soort in ("DIP", "AMO", "GEO", "KZD"):
        erbij = tabellen[soort].join(
            geldig.select(*inschrijving, geldig_=pl.lit(True)), on=inschrijving, how="left", nulls_equal=True
        )
        hoort = pl.col("datum_resultaat").is_between(begin, einde) | pl.col("geldig_").is_not_null()
        if soort != "DIP":
            hoort |= pl.col("resultaatvolgnummer_diploma").is_not_null()
        gekozen[soort] = erbij.filter(hoort.fill_null(False)).drop("geldig_")
    gekozen["PER"] = tabellen["PER"].join(
        pl.concat([tabel.select(NUMMERS) for tabel in gekozen.values()]).unique(),
        on=NUMMERS,
        how="semi",
        nulls_equal=True,
    )
    regels = pl.concat([_regels(soort, tabel) for soort, tabel in gekozen.items()])
    regels = regels.sort("own", "nummer", "blok", "een", "twee", "plaats").select("tekst", "soort").collect()
    telling = dict(regels.group_by("soort").len().rows())
    with doel.open("w", encoding="utf-8", newline="") as bestand:
        bestand.write(f"VLP|XXXX|{begin}|{einde}|{einde}\r\n")
        bestand.write("\r\n".join(regels["tekst"]))
        bestand.write("\r\nSLR|" + "|".join(str(telling.get(soort, 0)) for soort in VELDEN) + "\r\n")


def _regels(soort: str, tabel: pl.LazyFrame) -> pl.LazyFrame:
    """Return the lines of a table with what orders them."""
    blok, volgorde = _SLEUTELS[soort]
    sleutels = [pl.col(naam).cast(pl.String).fill_null("") for naam in volgorde]
    sleutels += [pl.lit("")] * (2 - len(sleutels))
    return tabel.select(
        own=pl.col(NUMMERS[0]).is_null(),
        nummer=pl.coalesce(*NUMMERS),
        blok=pl.lit(blok),
        een=sleutels[0],
        twee=sleutels[1],
        plaats=pl.lit(list(_SLEUTELS).index(soort)),
        soort=pl.lit(soort),
        tekst=pl.concat_str(pl.lit(soort), *(_tekst(naam) for naam in VELDEN[soort]), separator="|"),
    )


def _tekst(naam: str) -> pl.Expr:
    kolom = pl.col(naam)
    soort = TYPEN.get(naam)
    if soort == pl.Boolean():
        kolom = pl.when(kolom).then(pl.lit("J")).when(~kolom).then(pl.lit("N"))
    return kolom.cast(pl.String).fill_null("")


def overzicht(studenten: int) -> Uitkomst:
    """Measure it; the seconds are those from the tables to the file."""
    import time

    with draaiend.tijdelijke_map() as map_:
        levering = ro.maak(map_, studenten)
        for soort, frame in lees(levering.pad).items():
            frame.drop("persoon").write_parquet(map_ / f"{soort}.parquet")
        doel = map_ / "uit.csv"
        begin = time.perf_counter()
        schrijf(map_, doel)
        seconden = time.perf_counter() - begin
        return Uitkomst(seconden, {"RO s": seconden, "studenten": studenten}, tel(doel.read_bytes()))


if __name__ == "__main__":
    meet(overzicht)
