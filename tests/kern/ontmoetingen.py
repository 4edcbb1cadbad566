"""Hypothesis strategies for dossiers whose records meet: few codes, and dates around the bounds that rules compare.

``tests.kern.strategieen`` makes anything of the right type; in these, rules really find something. The keys of a
register hold: no volgnummer twice at one institution, no two periods on one day.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import strategies as st
from msgspec import Struct, structs

from kernregister.kern.dossier import (
    Bpv,
    Deelname,
    Diploma,
    Dossier,
    GeneriekExamenonderdeel,
    Inschrijving,
    Inschrijvingsperiode,
    Nationaliteit,
    Persoon,
    Verblijfstitel,
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

_dichtbij = st.sampled_from(RANDEN)
data = _dichtbij | _dichtbij | st.dates(date(2018, 1, 1), date(2029, 12, 31)) | st.dates()
beginnen = st.sampled_from(RANDEN[1:10]) | st.sampled_from(RANDEN[1:10]) | data
peildata = st.dates(date(2019, 6, 1), date(2029, 7, 31)) | st.sampled_from(RANDEN[1:-2])
instellingen = st.sampled_from(["27DV", "27DV", "25LX"])
opleidingen = st.sampled_from(["25655", "25655", "25700"])
aanbieders = st.sampled_from([None, "100A501", "100A502", "999A999"])
volgnummers = st.sampled_from([None, "1", "2", "9"])
ja_nee = st.booleans()


def _of_niets(strategie):
    return st.none() | strategie


def _reeks_van(soort, codes):
    begin = st.sampled_from(["0000-00-00", "2010-00-00", "2025-08-00", "2025-08-01"])
    eind = st.sampled_from([None, None, "2025-00-00", "2025-10-01"])
    return st.lists(st.builds(soort, st.sampled_from(codes), begin, eind), max_size=2).map(tuple)


_persoon = st.builds(
    Persoon,
    burgerservicenummer=_of_niets(st.just("999990007")),
    onderwijsnummer=_of_niets(st.just("100310303")),
    geboortedatum=st.sampled_from(
        [None, "0000-00-00", "2006-05-14", "2011-00-00", "2011-08-00", "1955-08-02"]
    )
    | st.dates().map(date.isoformat),
    datum_overlijden=_of_niets(data),
    nationaliteiten=_reeks_van(Nationaliteit, ["0001", "0336", "0336", "0002"]),
    verblijfstitels=_reeks_van(Verblijfstitel, ["26", "98", "39", "91"]),
)
_periode = st.builds(
    Inschrijvingsperiode,
    datum_begin=beginnen,
    opleidingcode=opleidingen,
    leertraject=st.sampled_from(["BOL", "BOL", "BBL", "EX", "ODT", "OVO"]),
    bekostigbaar=st.sampled_from([True, True, False, None]),
    locatiecode_vsv=_of_niets(st.just("000012345678")),
    onderwijsaanbieder=aanbieders,
    onderwijslocatie=st.sampled_from([None, "101X591", "999X999"]),
    leerroute=st.sampled_from([None, None, None, "DLR"]),
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
    leerbedrijf_id=st.sampled_from([None, "100012345", "100012345", "1"]),
)
_perioden = st.lists(_periode, min_size=1, max_size=3, unique_by=lambda p: p.datum_begin).map(tuple)
_inschrijving = st.builds(
    Inschrijving,
    instelling=instellingen,
    inschrijvingvolgnummer=st.sampled_from("123"),
    datum_inschrijving=beginnen,
    datum_uitschrijving_gepland=_of_niets(data),
    datum_uitschrijving_werkelijk=_of_niets(data),
    perioden=_perioden | st.just(()),
    bpvs=st.lists(_bpv, max_size=2, unique_by=lambda b: b.volgnummer).map(tuple),
    op_onderwijsnummer=ja_nee,
    verblijf_grond=st.sampled_from([None, None, "W-document"]),
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
    datum_begin=beginnen,
    datum_eind=_of_niets(data),
    leerroutefase=st.sampled_from([None, "VO", "MBO"]),
)


def _reeks(strategie, sleutel, grootst=3):
    return st.lists(strategie, max_size=grootst, unique_by=sleutel).map(tuple)


# Students who do several things in the same year: enrolled twice, at school elsewhere, and given a diploma.
_begin = st.sampled_from([date(2024, 8, 1), date(2025, 8, 1), date(2025, 10, 1), date(2025, 10, 2)])
_eind = st.sampled_from(
    [None, None, date(2025, 9, 30), date(2025, 10, 1), date(2026, 1, 31), date(2026, 2, 1), date(2026, 7, 31)]
)


@st.composite
def _druk_jaar(draw):
    lopend, scholen, diplomas = [], [], []
    for volgnummer in "123"[: draw(st.integers(2, 3))]:
        begin = draw(_begin)
        perioden = (
            Inschrijvingsperiode(
                begin,
                draw(opleidingen),
                draw(st.sampled_from(["BOL", "BBL", "BOL", "ODT", "EX"])),
                bekostigbaar=draw(st.sampled_from([True, True, True, False])),
                leerroute=draw(st.sampled_from([None, None, "DLR"])),
                leerroutefase=draw(st.sampled_from([None, "VO", "MBO"])),
            ),
        )
        if draw(ja_nee):
            perioden += (structs.replace(perioden[0], datum_begin=draw(_begin), leertraject="BBL"),)
        eind = draw(_eind)
        lopend.append(
            Inschrijving(
                draw(instellingen),
                volgnummer,
                begin,
                datum_uitschrijving_werkelijk=eind,
                perioden=perioden if perioden[-1].datum_begin > begin else perioden[:1],
            )
        )
        gehaald = eind or date(2026, 2, 1)
        diplomas.append(
            Diploma(lopend[-1].instelling, volgnummer, draw(opleidingen), gehaald, None, draw(volgnummers))
        )
    for sector in draw(st.sampled_from([["VO"], ["VSO"], ["VO", "VSO"], ["VO", "VAVO"], ["VAVO"], []])):
        fase = draw(st.sampled_from([None, "VO", "MBO"]))
        scholen.append(Deelname(sector, "01AA", draw(_begin), draw(_eind), leerroutefase=fase))
    return Dossier(Persoon("999990007"), tuple(lopend), tuple(diplomas), (), tuple(scholen))


dossiers = _druk_jaar() | st.builds(
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


def alle_data(waarde):
    """Return all dates in a struct, as they come."""
    if isinstance(waarde, date):
        return [waarde]
    if isinstance(waarde, Struct):
        return [dag for naam in waarde.__struct_fields__ for dag in alle_data(getattr(waarde, naam))]
    if isinstance(waarde, dict):
        waarde = waarde.values()
    return (
        [dag for deel in waarde for dag in alle_data(deel)]
        if isinstance(waarde, Iterable) and not isinstance(waarde, str)
        else []
    )


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
            geldig=_geldigheden,
        ),
    ),
    toestemmingen=_aanspraken,
    licenties=_aanspraken,
    wettelijke_termijn_maanden=st.sampled_from([None, 0, 6, 24]),
    soort_standaard=st.sampled_from(Soort),
    erkenningen=st.dictionaries(st.tuples(st.just("100012345"), opleidingen), _geldigheden, max_size=2),
    equivalenten=st.dictionaries(opleidingen, st.frozensets(opleidingen), max_size=1),
)


def grensdagen(waarde):
    """Return the days on and beside all dates in a struct, and those 90 days from them."""
    afstanden = (-91, -90, -89, -1, 0, 1, 89, 90, 91)
    dichtbij = {dag for dag in alle_data(waarde) if 2000 < dag.year < 2100}
    return sorted({dag + timedelta(afstand) for dag in dichtbij for afstand in afstanden})


@st.composite
def gevallen(draw):
    """Return a dossier with reference data, and a peildatum that mostly lies on or beside a bound."""
    dossier, stam = draw(dossiers), draw(gegevens)
    kandidaten = grensdagen((dossier, stam))
    return dossier, draw(st.sampled_from(kandidaten) | peildata if kandidaten else peildata), stam
