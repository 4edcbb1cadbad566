"""Eleven signals as SQL in DuckDB, from its own Parquet files."""

from __future__ import annotations

import duckdb

from benchmarks.kader import PROCESSEN, Kader, meet

AFGELEID = """
create temp table isg as
select i.*, s.soort, coalesce(datum_uitschrijving_werkelijk + 1, date '9999-12-31') as eind,
  datum_inschrijving < $venster_eind and eind > $venster_begin and datum_inschrijving < eind as in_venster
from read_parquet($map || '/isg.parquet') i
left join read_parquet($map || '/instellingen.parquet') s using (instelling);

create temp table isp as
select p.*, i.datum_inschrijving, i.eind, i.in_venster, i.soort, greatest(datum_begin, datum_inschrijving) as van,
  least(i.eind, lead(datum_begin) over (
    partition by p.persoon, p.instelling, p.inschrijvingvolgnummer order by datum_begin)) as tot
from read_parquet($map || '/isp.parquet') p join isg i using (persoon, instelling, inschrijvingvolgnummer);

create temp table bpv as
select b.*, i.datum_uitschrijving_werkelijk, row_number() over () as nr
from read_parquet($map || '/bpv.parquet') b join isg i using (persoon, instelling, inschrijvingvolgnummer)
where i.in_venster;

create temp table dip as
select * from read_parquet($map || '/dip.parquet')
where datum_resultaat >= $venster_begin and datum_resultaat < $venster_eind;
"""

SIGNALEN = {
    "A02": """
with per as (
  select persoon, geboortedatum[1:4]::int as jaar, geboortedatum[6:7]::int as maand, geboortedatum[9:10]::int as dag
  from read_parquet($map || '/per.parquet') where geboortedatum is not null),
grens as (
  select persoon, jaar * 10000 + greatest(maand, 1) * 100 + greatest(dag, 1) as vroegst,
    jaar * 10000 + if(maand = 0, 12, maand) * 100
      + if(dag = 0, day(last_day(make_date(jaar, if(maand = 0, 12, maand), 1))), dag) as laatst
  from per where jaar > 0),
bij as (
  select year(datum_inschrijving) * 10000 + month(datum_inschrijving) * 100 + day(datum_inschrijving) as op,
    vroegst, laatst
  from isg join grens using (persoon) where in_venster)
select count(*) from bij where (op - laatst) // 10000 > 70 or (op - vroegst) // 10000 < 14""",
    "B01": """
select count(*) from (
  select distinct a.persoon, a.instelling, a.inschrijvingvolgnummer, b.inschrijvingvolgnummer
  from isp a join isp b using (persoon, instelling, opleidingcode)
  where a.in_venster and b.in_venster
    and (a.datum_inschrijving, a.inschrijvingvolgnummer) < (b.datum_inschrijving, b.inschrijvingvolgnummer)
    and greatest(a.van, b.van) < least(a.tot, b.tot))""",
    "B04": """
select count(*) from isg
where in_venster and datum_uitschrijving_werkelijk is null and datum_uitschrijving_gepland < $peildatum - 90""",
    "B05": """
select count(distinct nr) from bpv join isp p using (persoon, instelling, inschrijvingvolgnummer)
where p.leertraject = 'EX' and p.soort = 'BI' and greatest(p.van, bpv.datum_begin) < p.tot
  and greatest(p.van, bpv.datum_begin) <= coalesce(datum_einde_werkelijk, datum_einde_gepland, date '9999-12-31')""",
    "C02": "select count(*) from bpv where omvang is null or omvang <= 0 or omvang > 5120",
    "C03": """
select count(*) from bpv where datum_uitschrijving_werkelijk is not null
  and (datum_einde_werkelijk is null or datum_einde_werkelijk > datum_uitschrijving_werkelijk)""",
    "C04": "select count(*) from bpv where datum_einde_gepland > datum_begin + interval 4 years",
    "D01": "select count(*) from dip anti join isp using (persoon, instelling, opleidingcode)",
    "D02": """
select (
  select count(*) from dip left join isg using (persoon, instelling, inschrijvingvolgnummer)
  where inschrijvingvolgnummer is not null
    and datum_uitschrijving_werkelijk is distinct from datum_resultaat
) + (
  select count(*) from dip where inschrijvingvolgnummer is null and not exists (
    select 1 from isp where isp.persoon = dip.persoon and isp.instelling = dip.instelling
      and isp.opleidingcode = dip.opleidingcode and isp.eind = dip.datum_resultaat + 1))""",
    "E06": """
with telt as (
  select teldatum, persoon, instelling, soort
  from isp join (select unnest($teldata) as teldatum) on van <= teldatum and teldatum < tot
  where bekostigbaar and leertraject in ('BOL', 'BBL')),
elders as (select distinct teldatum, persoon, instelling as elders from telt)
select count(*) from telt join elders using (teldatum, persoon) where soort = 'BI' and instelling <> elders""",
    "F01": r"""
with per as (
  select burgerservicenummer as bsn, regexp_full_match(burgerservicenummer, '\d{9}') as goed
  from read_parquet($map || '/per.parquet') where burgerservicenummer is not null),
som as (
  select *, list_sum([bsn[i]::int * if(i = 9, -1, 10 - i) for i in range(1, 10)]) % 11 as rest from per where goed)
select (select count(*) from per where not goed)
  + (select count(*) from som where (rest <> 0 or bsn = '000000000') and (rest <> 5 or bsn[1:2] <> '10'))""",
}


def signalen(kader: Kader) -> dict[str, int]:
    waarden = {
        "map": str(kader.map / "parquet"),
        "peildatum": kader.peildatum,
        "venster_begin": kader.venster_begin,
        "venster_eind": kader.venster_eind,
        "teldata": list(kader.teldata),
    }
    with duckdb.connect(config={"threads": PROCESSEN}) as db:
        for opdracht in filter(str.strip, AFGELEID.split(";")):
            db.execute(opdracht, _gebruikt(opdracht, waarden))
        return {
            naam: db.execute(sql, _gebruikt(sql, waarden)).fetchall()[0][0] for naam, sql in SIGNALEN.items()
        }


def _gebruikt(sql: str, waarden: dict[str, object]) -> dict[str, object]:
    return {naam: waarde for naam, waarde in waarden.items() if f"${naam}" in sql}


if __name__ == "__main__":
    meet(signalen)
