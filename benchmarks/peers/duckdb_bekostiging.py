"""The funding of a sector as SQL in DuckDB, from its own Parquet files: the same statuses, factors and totals.

It gives a status and a contribution, no reasons. Two steps are left out that nobody in these data trips over: an
extraneus (R60), and a break in enrolment of three years between diplomas. Residence cannot be judged here, as in ours.
"""

from __future__ import annotations

from decimal import Decimal

import duckdb

from benchmarks.bekostigd import LEERTRAJECTEN, uitkomst_van
from benchmarks.kader import PROCESSEN, Kader, meet

STATUS = """
create temp table kandidaat as
with teldatum as (select * from (values (0, $t0::date), (1, $t1::date)) as t (nummer, dag)),
geldig as (
  select p.*, i.datum_inschrijving, t.nummer, t.dag
  from read_parquet($map || '/periode.parquet') p
  join read_parquet($map || '/inschrijving.parquet') i using (persoon, instelling, inschrijvingvolgnummer)
  join teldatum t on i.datum_inschrijving <= t.dag and p.datum_begin <= t.dag
    and coalesce(i.datum_uitschrijving_werkelijk, date '9999-12-31') >= t.dag
  qualify row_number() over (
    partition by p.persoon, p.instelling, p.inschrijvingvolgnummer, t.nummer order by p.datum_begin desc) = 1
),
gewogen as (
  select g.*, coalesce(g.niveau, o.niveau) as echt_niveau, o.prijsfactor, o.groep, o.vws,
    coalesce(n.bi, true) and coalesce(g.bekostigbaar, false) and g.leertraject in ('BOL', 'BBL')
    and o.opleidingcode is not null and (o.einde is null or g.dag <= o.einde)
    and coalesce(g.leerroutefase, '') <> 'VO' and (x.datum_overlijden is null or x.datum_overlijden >= g.dag)
    and (o.vraagt is null or exists (
      select 1 from read_parquet($map || '/aanspraak.parquet') a
      where a.instelling = g.instelling and a.opleidingcode = g.opleidingcode and a.begin <= g.dag and g.dag < a.eind
    )) as in_aanmerking
  from geldig g
  join read_parquet($map || '/persoon.parquet') x using (persoon)
  left join read_parquet($map || '/instelling.parquet') n using (instelling)
  left join read_parquet($map || '/opleiding.parquet') o using (opleidingcode)
),
met_bpv as (
  select distinct g.persoon, g.instelling, g.inschrijvingvolgnummer, g.nummer
  from gewogen g join read_parquet($map || '/bpv.parquet') b using (persoon, instelling, inschrijvingvolgnummer)
  where g.leertraject = 'BBL' and (b.opleidingcode = g.opleidingcode or g.groep and b.opleidingcode is not null)
    and b.afsluitdatum <= if(g.vws, $vws::date, $pok::date) and b.datum_begin <= if(g.vws, $vws::date, $pok::date)
    and coalesce(b.datum_einde_werkelijk, date '9999-12-31') >= g.dag
)
select g.*, in_aanmerking and (g.leertraject <> 'BBL' or m.persoon is not null) as volledig
from gewogen g left join met_bpv m using (persoon, instelling, inschrijvingvolgnummer, nummer);

create temp table besluit as
with keuze as (
  select persoon, instelling, inschrijvingvolgnummer from kandidaat where in_aanmerking
  qualify row_number() over (
    partition by persoon order by not volledig, datum_inschrijving, instelling, inschrijvingvolgnummer) = 1
)
select k.*, volledig as status,
  case when leertraject = 'BOL' then 1.0 when echt_niveau = 'MBO-1' then 0.5 else 0.4 end::decimal(3, 1) as factor
from kandidaat k join keuze using (persoon, instelling, inschrijvingvolgnummer) where in_aanmerking;

create temp table behaald as
with rang as (
  select d.*, coalesce(n.bi, true) as bi, o.niveau, coalesce(o.specialist, false) as specialist,
    if(o.specialist, 4, o.niveau[5:]::int - 1) as rang, o.niveau[5:]::int * 2 - 3 as waarde,
    exists (
      select 1 from read_parquet($map || '/inschrijving.parquet') i where i.persoon = d.persoon
        and i.instelling = d.instelling and i.inschrijvingvolgnummer = d.inschrijvingvolgnummer) as gekoppeld,
    (select arg_max(p.leertraject, p.datum_begin) from read_parquet($map || '/periode.parquet') p
      where p.persoon = d.persoon and p.instelling = d.instelling
        and p.inschrijvingvolgnummer = d.inschrijvingvolgnummer and p.datum_begin <= d.datum_resultaat) as traject
  from read_parquet($map || '/diploma.parquet') d
  left join read_parquet($map || '/instelling.parquet') n using (instelling)
  left join read_parquet($map || '/opleiding.parquet') o using (opleidingcode)
),
telt as (
  select * from rang where bi and bekostigbaar and niveau <> 'MBO-1'
    and (gekoppeld and coalesce(traject in ('BOL', 'BBL', 'EX'), true) or year(datum_resultaat) < $jaar)
    and year(datum_resultaat) <= $jaar
)
select *, max(rang) filter (not specialist) over eerder as hoogste, max(waarde) filter (not specialist) over eerder
    as hoogste_waarde, bool_or(specialist) over eerder as eerder_specialist,
  max(rang) filter (year(datum_resultaat) = $jaar) over eerder as hoogste_dat_jaar
from telt
window eerder as (
  partition by persoon order by datum_resultaat, rang, instelling, resultaatvolgnummer
  rows between unbounded preceding and 1 preceding);
"""

INSCHRIJVINGEN = """
select instelling, case echt_niveau when 'MBO-1' then 'entree' when 'MBO-2' then 'basisberoeps'
    else 'vak_middenkader_specialist' end as budget, leertraject, nummer,
  count(*) filter (status) as bekostigd, count(*) as correctie,
  sum(factor) as gewogen, coalesce(sum(factor * prijsfactor) filter (status), 0) as bijdragen
from besluit group by all"""

DIPLOMAS = """
select instelling, if(niveau = 'MBO-2', 'basisberoeps', 'vak_middenkader_specialist') as budget,
  count(*) as aantal,
  sum(case when not specialist then waarde - coalesce(hoogste_waarde, 0) when eerder_specialist then 0 else 2 end) as w
from behaald
where year(datum_resultaat) = $jaar and (specialist or coalesce(hoogste, 0) <= rang)
  and coalesce(hoogste_dat_jaar, 0) < rang
group by all"""


def bekostig(kader: Kader) -> dict[str, int]:
    jaar = kader.teldata[0].year
    waarden = {
        "map": str(kader.map / "bekostiging"),
        "t0": f"{jaar}-10-01",
        "t1": f"{jaar + 1}-02-01",
        "pok": f"{jaar}-12-31",
        "vws": f"{jaar + 1}-06-01",
        "jaar": jaar,
    }
    with duckdb.connect(config={"threads": PROCESSEN}) as db:
        for opdracht in filter(str.strip, STATUS.split(";")):
            db.execute(opdracht, {naam: w for naam, w in waarden.items() if f"${naam}" in opdracht})
        inschrijvingen = db.execute(INSCHRIJVINGEN).fetchall()
        diplomas = {(rij[0], rij[1]): rij[2:] for rij in db.execute(DIPLOMAS, {"jaar": jaar}).fetchall()}
    return uitkomst_van(budgetten(inschrijvingen, diplomas))


def budgetten(inschrijvingen: list, diplomas: dict) -> list:
    """Return the budget of each institution, weighed and rounded; a few hundred rows."""
    per_budget: dict[tuple[str, str], dict[tuple[str, int], tuple]] = {}
    for instelling, budget, leertraject, nummer, *rest in inschrijvingen:
        per_budget.setdefault((instelling, budget), {})[leertraject, nummer] = tuple(rest)
    uit = []
    for sleutel in per_budget.keys() | diplomas.keys():
        van = per_budget.get(sleutel, {})
        aantal, waarde = diplomas.get(sleutel, (0, Decimal(0)))
        eerste, tweede = (
            sum((rij[2] for (_, n), rij in van.items() if n == nummer), Decimal(0)) for nummer in (0, 1)
        )
        bijdragen = sum((rij[3] for (_, n), rij in van.items() if n == 0), Decimal(0))
        weging = Decimal(1) if sleutel[1] == "entree" else Decimal("0.8")
        idw = bijdragen * weging * (eerste + tweede) / (2 * eerste) if eerste else Decimal(0)
        tellingen = [
            {
                traject: tuple(van.get((traject, n), (0, 0))[kolom] for n in (0, 1))
                for traject in LEERTRAJECTEN
            }
            for kolom in (0, 1)
        ]
        idiw = Decimal(waarde) * (Decimal(0) if sleutel[1] == "entree" else Decimal("0.2"))
        uit.append((*sleutel, *tellingen, bijdragen, _rond(idw), aantal, Decimal(waarde), _rond(idiw)))
    return uit


def _rond(waarde: Decimal) -> Decimal:
    return Decimal((waarde * 100 + Decimal("0.5")).__floor__()) / 100


if __name__ == "__main__":
    meet(bekostig)
