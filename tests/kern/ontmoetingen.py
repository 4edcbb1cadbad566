"""Hypothesis strategies for dossiers whose records meet: few codes, and dates around the bounds that rules compare.

``tests.kern.strategieen`` makes anything of the right type; in these, rules really find something. The keys of a
register hold: no volgnummer twice at one institution, no two periods on one day.
"""

from datetime import date
from itertools import pairwise

from hypothesis import strategies as st

from kernregister.kern.dossier import (
    Bpv,
    Deelname,
    Diploma,
    Dossier,
    GeneriekExamenonderdeel,
    Inschrijving,
    Inschrijvingsperiode,
    Persoon,
)
from kernregister.kern.gegevens import Aanbieder, Bron, Gegevens, Instelling, Opleiding, Soort
from kernregister.kern.tijd import OPEN, Periode

_RAND = """
0001-01-01 2018-08-01 2019-07-31 2019-08-01 2020-07-31 2020-08-01 2024-02-29 2024-08-01 2025-05-02 2025-05-03
2025-07-31 2025-08-01 2025-08-02 2025-09-01 2025-09-30 2025-10-01 2025-10-02 2025-10-29 2025-10-30 2025-10-31
2026-01-01 2026-01-31 2026-02-01 2026-02-02 2026-05-02 2026-05-03 2026-07-31 2026-08-01 2026-10-01 2027-07-31
2029-10-01 9999-12-30 9999-12-31
"""
RANDEN = [date.fromisoformat(tekst) for tekst in _RAND.split()]

data = st.sampled_from(RANDEN) | st.dates(date(2018, 1, 1), date(2029, 12, 31)) | st.dates()
peildata = st.dates(date(2019, 6, 1), date(2029, 7, 31)) | st.sampled_from(RANDEN[1:-2])
instellingen = st.sampled_from(["27DV", "25LX", "04EM"])
opleidingen = st.sampled_from(["25655", "25700", "23301"])
aanbieders = st.sampled_from([None, "100A501", "100A502", "999A999"])
volgnummers = st.sampled_from([None, "1", "2", "9"])
ja_nee = st.booleans()


def _of_niets(strategie):
    return st.none() | strategie


_persoon = st.builds(
    Persoon,
    burgerservicenummer=_of_niets(st.just("999990007")),
    onderwijsnummer=_of_niets(st.just("100310303")),
    geboortedatum=st.sampled_from(
        [None, "0000-00-00", "2006-05-14", "2011-00-00", "2011-08-00", "1955-08-02"]
    )
    | st.dates().map(date.isoformat),
    datum_overlijden=_of_niets(data),
)
_periode = st.builds(
    Inschrijvingsperiode,
    datum_begin=data,
    opleidingcode=opleidingen,
    leertraject=st.sampled_from(["BOL", "BBL", "EX", "ODT", "OVO"]),
    bekostigbaar=_of_niets(ja_nee),
    locatiecode_vsv=_of_niets(st.just("000012345678")),
    onderwijsaanbieder=aanbieders,
    onderwijslocatie=st.sampled_from([None, "101X591", "999X999"]),
    leerroute=st.sampled_from([None, None, "DLR", "GLR"]),
    leerroutefase=st.sampled_from([None, "VO", "MBO"]),
)
_bpv = st.builds(
    Bpv,
    volgnummer=st.sampled_from("123"),
    afsluitdatum=data,
    datum_begin=data,
    datum_einde_gepland=_of_niets(data),
    datum_einde_werkelijk=_of_niets(data),
    omvang=_of_niets(st.sampled_from([0, 1, 5120, 5121])),
    opleidingcode=opleidingen,
)
_perioden = st.lists(_periode, max_size=3, unique_by=lambda p: p.datum_begin).map(tuple)
_inschrijving = st.builds(
    Inschrijving,
    instelling=instellingen,
    inschrijvingvolgnummer=st.sampled_from("123"),
    datum_inschrijving=data,
    datum_uitschrijving_gepland=_of_niets(data),
    datum_uitschrijving_werkelijk=_of_niets(data),
    perioden=_perioden,
    bpvs=st.lists(_bpv, max_size=2, unique_by=lambda b: b.volgnummer).map(tuple),
    op_onderwijsnummer=ja_nee,
)
_examen = st.builds(
    GeneriekExamenonderdeel,
    resultaatvolgnummer=st.sampled_from("ABCD"),
    code=st.sampled_from(["3001", "3005", "3006", "3013", "3028", "3099"]),
    instelling=instellingen,
    datum_resultaat=_of_niets(data),
    onderwijsaanbieder=aanbieders,
    op_onderwijsnummer=ja_nee,
)
_diploma = st.builds(
    Diploma,
    instelling=instellingen,
    resultaatvolgnummer=st.sampled_from("1234"),
    opleidingcode=opleidingen,
    datum_resultaat=data,
    inschrijvingvolgnummer=volgnummers,
    onderwijsaanbieder=aanbieders,
    onderdelen=st.lists(_examen, max_size=3, unique_by=lambda e: e.resultaatvolgnummer).map(tuple),
    op_onderwijsnummer=ja_nee,
)
_deelname = st.builds(
    Deelname,
    sector=st.sampled_from(["VO", "VSO", "VAVO"]),
    instelling=st.sampled_from(["01AA", "02BB"]),
    datum_begin=data,
    datum_eind=_of_niets(data),
    leerroutefase=st.sampled_from([None, "VO", "MBO"]),
)


def _reeks(strategie, sleutel, grootst=3):
    return st.lists(strategie, max_size=grootst, unique_by=sleutel).map(tuple)


dossiers = st.builds(
    Dossier,
    persoon=_persoon,
    inschrijvingen=_reeks(_inschrijving, lambda i: (i.instelling, i.inschrijvingvolgnummer)),
    diplomas=_reeks(_diploma, lambda d: (d.instelling, d.resultaatvolgnummer)),
    losse_resultaten=_reeks(_examen, lambda e: (e.instelling, e.resultaatvolgnummer), 2),
    deelnames=_reeks(_deelname, lambda d: (d.sector, d.instelling, d.leerroutefase)),
)

_geldigheid = st.builds(Periode, data, st.just(OPEN) | data)
_geldigheden = st.lists(_geldigheid, max_size=3).map(tuple)
_op_elkaar = st.lists(st.sampled_from(RANDEN), min_size=2, max_size=4, unique=True).map(
    lambda d: tuple(Periode(*paar) for paar in pairwise(sorted(d)))
)
_aanspraken = st.dictionaries(st.tuples(instellingen, opleidingen), _geldigheden, max_size=4)


def _instellingen(soorten):
    return {code: Instelling(code, soort=soort, unieke_vakinstelling=uniek) for code, soort, uniek in soorten}


gegevens = st.builds(
    Gegevens,
    beschikbaar=st.just(frozenset(Bron)),
    instellingen=st.lists(st.tuples(instellingen, st.sampled_from(Soort), ja_nee), max_size=3).map(
        _instellingen
    ),
    aanbieders=st.dictionaries(
        st.sampled_from(["100A501", "100A502"]),
        st.builds(
            Aanbieder,
            _geldigheden | _op_elkaar,
            st.lists(st.tuples(instellingen, _geldigheid), max_size=4).map(tuple),
        ),
    ),
    locaties=st.dictionaries(st.just("101X591"), _geldigheden | _op_elkaar),
    opleidingen=st.dictionaries(
        opleidingen,
        st.builds(
            Opleiding,
            code=opleidingen,
            einde_instroom=_of_niets(data),
            duur_maanden=st.sampled_from([None, 0, 24, 36, 48]),
            cross_over=_of_niets(ja_nee),
            unieke_vakopleiding=_of_niets(ja_nee),
        ),
    ),
    toestemmingen=_aanspraken,
    licenties=_aanspraken,
    wettelijke_termijn_maanden=st.sampled_from([None, 0, 6, 24]),
    soort_standaard=st.sampled_from(Soort),
)
