"""Working days in the Netherlands: no weekend, no public holiday (Algemene termijnenwet art. 3)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

DAG = timedelta(days=1)
_ZATERDAG = 5


def volgende_werkdag(dag: date) -> date:
    """Return the first working day after a day."""
    dag += DAG
    while not is_werkdag(dag):
        dag += DAG
    return dag


def is_werkdag(dag: date) -> bool:
    """Tell whether a day is a working day."""
    return dag.weekday() < _ZATERDAG and dag not in feestdagen(dag.year)


@lru_cache(maxsize=8)
def feestdagen(jaar: int) -> frozenset[date]:
    """Return the public holidays of a year: those of the Algemene termijnenwet, Good Friday included."""
    pasen = eerste_paasdag(jaar)
    koningsdag = date(jaar, 4, 27)
    if koningsdag.weekday() == _ZATERDAG + 1:
        koningsdag -= DAG
    vast = {date(jaar, 1, 1), koningsdag, date(jaar, 5, 5), date(jaar, 12, 25), date(jaar, 12, 26)}
    # Good Friday, Easter Monday, Ascension Day, Whit Monday; the Sundays are no working days anyhow
    return frozenset(vast | {pasen + timedelta(days=na) for na in (-2, 1, 39, 50)})


def eerste_paasdag(jaar: int) -> date:
    """Return Easter Sunday: the Sunday after the first ecclesiastical full moon of spring (Gregorian calendar)."""
    gulden, eeuw = jaar % 19, jaar // 100
    zonnecorrectie = eeuw - eeuw // 4
    maancorrectie = (8 * eeuw + 13) // 25
    epacta = (zonnecorrectie - maancorrectie + 19 * gulden + 15) % 30
    if epacta == 29 or (epacta == 28 and gulden > 10):
        epacta -= 1
    # days after 21 March of the full moon, and from there to the Sunday after it
    weekdag = (jaar + jaar // 4 + epacta + 2 - eeuw + eeuw // 4) % 7
    return date(jaar, 3, 28) + timedelta(days=epacta - weekdag)
