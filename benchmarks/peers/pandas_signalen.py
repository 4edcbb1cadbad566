"""Eleven signals as a pandas script, from its own Parquet files."""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd

from benchmarks.kader import Kader, meet

SLEUTEL = ["persoon", "instelling", "inschrijvingvolgnummer"]
OPEN = pd.Timestamp("9999-12-31")
DAG = pd.Timedelta(days=1)
SET = "pandas"


def lees(kader: Kader, tabel: str, *kolommen: str) -> pd.DataFrame:
    return pd.read_parquet(kader.map / SET / f"{tabel}.parquet", columns=list(kolommen) or None)


def inschrijvingen(kader: Kader) -> pd.DataFrame:
    """Return the enrolments with kind of institution, exclusive end, and whether they lie in the window."""
    isg = lees(kader, "isg").merge(lees(kader, "instellingen"), on="instelling", how="left")
    werkelijk = isg["datum_uitschrijving_werkelijk"]
    isg["eind"] = (werkelijk + DAG).fillna(OPEN)
    begin, eind = pd.Timestamp(kader.venster_begin), pd.Timestamp(kader.venster_eind)
    gestart = isg["datum_inschrijving"]
    isg["in_venster"] = (gestart < eind) & (isg["eind"] > begin) & (gestart < isg["eind"])
    return isg


def perioden(kader: Kader, isg: pd.DataFrame) -> pd.DataFrame:
    """Return the periods with their interval: until the next period or the end of the enrolment, and within it."""
    isp = lees(kader, "isp").sort_values([*SLEUTEL, "datum_begin"], kind="stable", ignore_index=True)
    isp = isp.merge(isg[[*SLEUTEL, "datum_inschrijving", "eind", "in_venster", "soort"]], on=SLEUTEL)
    zelfde = np.logical_and.reduce([isp[k].eq(isp[k].shift(-1)).to_numpy() for k in SLEUTEL])
    volgende = isp["datum_begin"].shift(-1).where(zelfde, isp["eind"])
    isp["tot"] = np.minimum(volgende, isp["eind"])
    isp["van"] = np.maximum(isp["datum_begin"], isp["datum_inschrijving"])
    return isp


def laatst_mogelijk(geboren: pd.Series) -> pd.Series:
    """Return partly known dates of birth as the number jjjjmmdd of the last day that they can be."""
    jaar, maand, dag = (geboren.str.slice(a, b).astype("int64") for a, b in ((0, 4), (5, 7), (8, 10)))
    maand = maand.mask(maand == 0, 12)
    eerste = pd.to_datetime({"year": jaar.mask(jaar == 0, 9999), "month": maand, "day": 1})
    dag = dag.mask(dag == 0, eerste.dt.days_in_month)
    return jaar.mask(jaar == 0, 9999) * 10000 + maand * 100 + dag


def leeftijden(kader: Kader, isg: pd.DataFrame) -> pd.DataFrame:
    """Return the lowest and highest age that is possible at each enrolment in the window."""
    per = lees(kader, "per", "persoon", "geboortedatum").dropna()
    geboren = per["geboortedatum"]
    per["vroegst"] = geboren.str.replace("-00", "-01").str.replace("-", "").astype("int64")
    per["laatst"] = per["vroegst"]
    deels = geboren.str.contains("00$|-00-|^0000")
    per.loc[deels, "laatst"] = laatst_mogelijk(geboren[deels])
    rij = isg.loc[isg["in_venster"], ["persoon", "datum_inschrijving"]].merge(per, on="persoon")
    dag = rij["datum_inschrijving"].dt
    op = dag.year * 10000 + dag.month * 100 + dag.day
    rij["jongst"], rij["oudst"] = (op - rij["laatst"]) // 10000, (op - rij["vroegst"]) // 10000
    return rij


def gelijktijdig(isg: pd.DataFrame, isp: pd.DataFrame) -> pd.DataFrame:
    """Return pairs of enrolments of a person at one institution for one programme; ``samen``: on the same day."""
    meer = isg[isg.duplicated(["persoon", "instelling"], keep=False)]
    kolommen = [*SLEUTEL, "datum_inschrijving", "in_venster", "opleidingcode", "van", "tot"]
    rij = isp.merge(meer[SLEUTEL], on=SLEUTEL)[kolommen]
    rij = rij[rij["in_venster"]]
    paar = rij.merge(rij, on=["persoon", "instelling", "opleidingcode"], suffixes=("", "_later"))
    begin, begin_later = paar["datum_inschrijving"], paar["datum_inschrijving_later"]
    nummer, nummer_later = paar["inschrijvingvolgnummer"], paar["inschrijvingvolgnummer_later"]
    eerder = (begin < begin_later) | ((begin == begin_later) & (nummer < nummer_later))
    paar["samen"] = np.maximum(paar["van"], paar["van_later"]) < np.minimum(paar["tot"], paar["tot_later"])
    paar = paar[eerder].sort_values("samen", ascending=False)
    return paar.drop_duplicates([*SLEUTEL, "inschrijvingvolgnummer_later"])


def bpvs(kader: Kader, isg: pd.DataFrame, isp: pd.DataFrame) -> pd.DataFrame:
    """Return the BPV's in the window with their enrolment; ``examen``: overlaps a period for examinations only."""
    bpv = lees(kader, "bpv").merge(isg.loc[isg["in_venster"]], on=SLEUTEL)
    bpv["vier_jaar"] = bpv["datum_begin"] + pd.DateOffset(years=4)
    ex = isp.loc[isp["leertraject"].eq("EX") & isp["soort"].eq("BI"), [*SLEUTEL, "van", "tot"]]
    einden = ["datum_begin", "datum_einde_werkelijk", "datum_einde_gepland"]
    bij = bpv.reset_index()[["index", *SLEUTEL, *einden]].merge(ex, on=SLEUTEL)
    laatste = bij["datum_einde_werkelijk"].fillna(bij["datum_einde_gepland"]).fillna(OPEN)
    begin = np.maximum(bij["van"], bij["datum_begin"])
    bpv["examen"] = bpv.index.isin(bij.loc[(begin < bij["tot"]) & (begin <= laatste), "index"])
    return bpv


def diplomas(kader: Kader, isg: pd.DataFrame, isp: pd.DataFrame) -> pd.DataFrame:
    """Return the diplomas in the window; ``opleiding``: once enrolled for it; ``uit``: ended on the day it should."""
    dip = lees(kader, "dip")
    datum = dip["datum_resultaat"]
    dip = dip[(datum >= pd.Timestamp(kader.venster_begin)) & (datum < pd.Timestamp(kader.venster_eind))]
    dip = dip.merge(isg[[*SLEUTEL, "datum_uitschrijving_werkelijk"]], on=SLEUTEL, how="left")
    sleutel = ["persoon", "instelling", "opleidingcode"]
    van_diploma = isp.merge(dip[["persoon"]].drop_duplicates(), on="persoon")
    voor = dip.reset_index().merge(van_diploma[[*sleutel, "eind"]], on=sleutel)
    op_datum = voor.loc[voor["eind"] == voor["datum_resultaat"] + DAG, "index"]
    gelijk = dip["datum_uitschrijving_werkelijk"] == dip["datum_resultaat"]
    dip["opleiding"] = dip.index.isin(voor["index"])
    dip["uit"] = gelijk.where(dip["inschrijvingvolgnummer"].notna(), dip.index.isin(op_datum))
    return dip


def bekostigbaar_elders(kader: Kader, isg: pd.DataFrame, isp: pd.DataFrame) -> pd.DataFrame:
    """Return of each fundable period on a teldatum the institutions with another one of the same person."""
    meer = isg.loc[isg.duplicated("persoon", keep=False), "persoon"].unique()
    telt = isp["bekostigbaar"].fillna(False).astype(bool) & isp["leertraject"].isin(["BOL", "BBL"])
    kandidaat = isp.loc[telt & isp["persoon"].isin(meer), ["persoon", "instelling", "soort", "van", "tot"]]
    paren = []
    for dag in map(pd.Timestamp, kader.teldata):
        geldt = kandidaat[(kandidaat["van"] <= dag) & (dag < kandidaat["tot"])]
        elders = geldt[["persoon", "instelling"]].drop_duplicates()
        paren.append(geldt[geldt["soort"] == "BI"].merge(elders, on="persoon", suffixes=("", "_elders")))
    return pd.concat(paren, ignore_index=True)


def nummers(kader: Kader) -> pd.DataFrame:
    """Return the burgerservicenummers; ``proef``: passes a number check."""
    per = lees(kader, "per", "burgerservicenummer").dropna()
    vorm = per["burgerservicenummer"].str.fullmatch(r"\d{9}")
    getal = per.loc[vorm, "burgerservicenummer"].astype("int64")
    som = -(getal % 10)
    for plaats in range(1, 9):
        som = som + getal // 10**plaats % 10 * (plaats + 1)
    is_bsn = (som % 11 == 0) & (getal > 0)
    is_onderwijsnummer = (som % 11 == 5) & (getal // 10_000_000 == 10)
    per["proef"] = (is_bsn | is_onderwijsnummer).reindex(per.index, fill_value=False)
    return per


def signalen(kader: Kader) -> dict[str, int]:
    isg = inschrijvingen(kader)
    isp = perioden(kader, isg)
    leeftijd, dubbel, dip = leeftijden(kader, isg), gelijktijdig(isg, isp), diplomas(kader, isg, isp)
    bpv, elders = bpvs(kader, isg, isp), bekostigbaar_elders(kader, isg, isp)
    te_laat = isg["datum_uitschrijving_gepland"] < pd.Timestamp(kader.peildatum) - pd.Timedelta(days=90)
    omvang, einde, uit = bpv["omvang"], bpv["datum_einde_werkelijk"], bpv["datum_uitschrijving_werkelijk"]
    gevonden = {
        "A02": (leeftijd["jongst"] > 70) | (leeftijd["oudst"] < 14),
        "B01": dubbel["samen"],
        "B04": isg["in_venster"] & isg["datum_uitschrijving_werkelijk"].isna() & te_laat,
        "B05": bpv["examen"],
        "C02": omvang.isna() | (omvang <= 0) | (omvang > 5120),
        "C03": uit.notna() & (einde.isna() | (einde > uit)),
        "C04": bpv["datum_einde_gepland"] > bpv["vier_jaar"],
        "D01": ~dip["opleiding"],
        "D02": ~dip["uit"],
        "E06": elders["instelling"].astype(str) != elders["instelling_elders"].astype(str),
        "F01": ~nummers(kader)["proef"],
    }
    return {regel: int(rijen.sum()) for regel, rijen in gevonden.items()}


if __name__ == "__main__":
    SET = sys.argv[2] if sys.argv[2:] else SET
    meet(signalen)
