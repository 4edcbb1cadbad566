"""Eleven signals as a polars script: lazy from its own Parquet files, collected in one go."""

from __future__ import annotations

from datetime import date

import polars as pl

from benchmarks.kader import Kader, meet

SLEUTEL = ["persoon", "instelling", "inschrijvingvolgnummer"]
OPEN = pl.lit(date.max)
DAG = pl.duration(days=1)


Tabellen = dict[str, pl.LazyFrame]


def lees(kader: Kader) -> Tabellen:
    return {pad.stem: pl.scan_parquet(pad) for pad in (kader.map / "parquet").glob("*.parquet")}


def inschrijvingen(kader: Kader, tabellen: Tabellen) -> pl.LazyFrame:
    """Return the enrolments with kind of institution, exclusive end, and whether they lie in the window."""
    werkelijk = pl.col("datum_uitschrijving_werkelijk")
    begin, eind = pl.col("datum_inschrijving"), pl.col("eind")
    return (
        tabellen["isg"]
        .join(tabellen["instellingen"], on="instelling", how="left")
        .with_columns(eind=(werkelijk + DAG).fill_null(OPEN))
        .with_columns(in_venster=(begin < kader.venster_eind) & (eind > kader.venster_begin) & (begin < eind))
    )


def perioden(tabellen: Tabellen, isg: pl.LazyFrame) -> pl.LazyFrame:
    """Return the periods with their interval: until the next period or the end of the enrolment, and within it."""
    volgende = pl.col("datum_begin").shift(-1).over(SLEUTEL, order_by="datum_begin").fill_null(pl.col("eind"))
    return (
        tabellen["isp"]
        .join(isg.select(*SLEUTEL, "datum_inschrijving", "eind", "in_venster", "soort"), on=SLEUTEL)
        .with_columns(
            tot=pl.min_horizontal(volgende, "eind"),
            van=pl.max_horizontal("datum_begin", "datum_inschrijving"),
        )
    )


def a02(tabellen: Tabellen, isg: pl.LazyFrame) -> pl.LazyFrame:
    geboren = pl.col("geboortedatum")
    jaar, maand = geboren.str.slice(0, 4).cast(pl.Int32), geboren.str.slice(5, 2).cast(pl.Int32)
    dag = geboren.str.slice(8, 2).cast(pl.Int32)
    eerste = pl.date(
        jaar, pl.when(maand == 0).then(1).otherwise(maand), pl.when(dag == 0).then(1).otherwise(dag)
    )
    maandeinde = pl.date(jaar, pl.when(maand == 0).then(12).otherwise(maand), 1).dt.month_end()
    per = (
        tabellen["per"]
        .filter(jaar > 0)
        .select(
            "persoon",
            vroegst=_getal(eerste),
            laatst=_getal(pl.when(dag == 0).then(maandeinde).otherwise(eerste)),
        )
    )
    op = _getal(pl.col("datum_inschrijving"))
    jongst, oudst = (op - pl.col("laatst")) // 10000, (op - pl.col("vroegst")) // 10000
    return isg.filter("in_venster").join(per, on="persoon").filter((jongst > 70) | (oudst < 14))


def _getal(datum: pl.Expr) -> pl.Expr:
    """Return a date as the number jjjjmmdd, so that a difference is an age."""
    deel = datum.dt
    return deel.year() * 10000 + deel.month().cast(pl.Int32) * 100 + deel.day()


def b01(isg: pl.LazyFrame, isp: pl.LazyFrame) -> pl.LazyFrame:
    meer = isg.filter(pl.len().over("persoon", "instelling") > 1).select(SLEUTEL)
    rij = isp.filter("in_venster").join(meer, on=SLEUTEL, how="semi")
    begin, later = pl.col("datum_inschrijving"), pl.col("datum_inschrijving_right")
    nummer, nummer_later = pl.col("inschrijvingvolgnummer"), pl.col("inschrijvingvolgnummer_right")
    return (
        rij.join(rij, on=["persoon", "instelling", "opleidingcode"])
        .filter(
            (begin < later) | ((begin == later) & (nummer < nummer_later)),
            pl.max_horizontal("van", "van_right") < pl.min_horizontal("tot", "tot_right"),
        )
        .select(*SLEUTEL, nummer_later)
        .unique()
    )


def b04(kader: Kader, isg: pl.LazyFrame) -> pl.LazyFrame:
    grens = pl.lit(kader.peildatum) - pl.duration(days=90)
    return isg.filter(
        pl.col("in_venster"),
        pl.col("datum_uitschrijving_werkelijk").is_null(),
        pl.col("datum_uitschrijving_gepland") < grens,
    )


def bpv_signalen(tabellen: Tabellen, isg: pl.LazyFrame, isp: pl.LazyFrame) -> dict[str, pl.LazyFrame]:
    bpv = tabellen["bpv"].with_row_index("nr").join(isg.filter("in_venster"), on=SLEUTEL)
    omvang, einde = pl.col("omvang"), pl.col("datum_einde_werkelijk")
    uit, gepland = pl.col("datum_uitschrijving_werkelijk"), pl.col("datum_einde_gepland")
    ex = isp.filter(pl.col("leertraject") == "EX", pl.col("soort") == "BI").select(*SLEUTEL, "van", "tot")
    begin = pl.max_horizontal("van", "datum_begin")
    samen = (begin < pl.col("tot")) & (begin <= pl.coalesce(einde, gepland, OPEN))
    return {
        "B05": bpv.join(ex, on=SLEUTEL).filter(samen).select("nr").unique(),
        "C02": bpv.filter(omvang.is_null() | (omvang <= 0) | (omvang > 5120)),
        "C03": bpv.filter(uit.is_not_null(), einde.is_null() | (einde > uit)),
        "C04": bpv.filter(gepland > pl.col("datum_begin").dt.offset_by("4y")),
    }


def diploma_signalen(
    kader: Kader, tabellen: Tabellen, isg: pl.LazyFrame, isp: pl.LazyFrame
) -> dict[str, pl.LazyFrame]:
    datum = pl.col("datum_resultaat")
    dip = tabellen["dip"].filter(datum >= kader.venster_begin, datum < kader.venster_eind)
    opleiding = ["persoon", "instelling", "opleidingcode"]
    geen = pl.col("inschrijvingvolgnummer").is_null()
    uit = isg.select(*SLEUTEL, "datum_uitschrijving_werkelijk")
    gekoppeld = dip.filter(~geen).join(uit, on=SLEUTEL, how="left")
    kandidaat = isp.select(*opleiding, datum_resultaat=pl.col("eind") - DAG)
    los = dip.filter(geen).join(kandidaat, on=[*opleiding, "datum_resultaat"], how="anti")
    wijkt_af = gekoppeld.filter(datum.ne_missing(pl.col("datum_uitschrijving_werkelijk")))
    return {
        "D01": dip.join(isp, on=opleiding, how="anti"),
        "D02": pl.concat([wijkt_af.select(opleiding), los.select(opleiding)]),
    }


def e06(kader: Kader, isp: pl.LazyFrame) -> pl.LazyFrame:
    telt = isp.filter(pl.col("bekostigbaar"), pl.col("leertraject").is_in(["BOL", "BBL"]))
    paren = []
    for dag in kader.teldata:
        geldt = telt.filter(pl.col("van") <= dag, pl.col("tot") > dag)
        elders = geldt.select("persoon", elders="instelling").unique()
        paar = geldt.filter(pl.col("soort") == "BI").join(elders, on="persoon")
        paren.append(paar.filter(pl.col("instelling") != pl.col("elders")).select("persoon"))
    return pl.concat(paren)


def f01(tabellen: Tabellen) -> pl.LazyFrame:
    bsn = pl.col("burgerservicenummer")
    getal = bsn.cast(pl.Int64, strict=False)
    som = -(getal % 10)
    for plaats in range(1, 9):
        som = som + getal // 10**plaats % 10 * (plaats + 1)
    is_bsn = (som % 11 == 0) & (getal > 0)
    is_onderwijsnummer = (som % 11 == 5) & bsn.str.starts_with("10")
    goed = bsn.str.contains(r"^\d{9}$") & (is_bsn | is_onderwijsnummer)
    return tabellen["per"].filter(bsn.is_not_null(), ~goed)


def signalen(kader: Kader, tabellen: Tabellen | None = None) -> dict[str, int]:
    tabellen = tabellen or lees(kader)
    isg = inschrijvingen(kader, tabellen)
    isp = perioden(tabellen, isg)
    vragen = {
        "A02": a02(tabellen, isg),
        "B01": b01(isg, isp),
        "B04": b04(kader, isg),
        "E06": e06(kader, isp),
        "F01": f01(tabellen),
        **bpv_signalen(tabellen, isg, isp),
        **diploma_signalen(kader, tabellen, isg, isp),
    }
    namen = sorted(vragen)
    antwoorden = pl.collect_all([vragen[naam].select(pl.len()) for naam in namen])
    return {naam: antwoord.item() for naam, antwoord in zip(namen, antwoorden, strict=True)}


if __name__ == "__main__":
    meet(signalen)
