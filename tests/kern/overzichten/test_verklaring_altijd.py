"""What holds of every explanation, whatever happened to whom."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kernregister.kern.bekostiging.totalen import Optelling
from kernregister.kern.dossier import Dossier
from kernregister.kern.overzichten.ongedaan import zonder
from tests.kern.overzichten.leerling import (
    BESLIS,
    MIDDEN,
    OBO_2025,
    VAK,
    leerling,
    leg_uit,
    verschillen,
)
from tests.kern.voorbeelden import (
    INSTELLING,
    bpv,
    diploma,
    inschrijving,
    periode,
)

# ------------------------------------------------------------------------------------- what always holds

_PERIODEN = st.lists(
    st.builds(
        lambda begin, traject, code, ja: periode(begin, traject, opleidingcode=code, bekostigbaar=ja),
        st.sampled_from(["2025-08-01", "2025-10-15", "2026-01-05"]),
        st.sampled_from(["BOL", "BBL"]),
        st.sampled_from([VAK, MIDDEN]),
        st.booleans(),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda p: p.datum_begin,
).map(lambda perioden: tuple(sorted(perioden, key=lambda p: p.datum_begin)))
_BPVS = st.lists(
    st.builds(
        lambda nummer, af, begin, code: bpv(begin, volgnummer=nummer, afsluitdatum=af, opleidingcode=code),
        st.sampled_from("12"),
        st.sampled_from(["2025-09-01", "2026-01-10"]),
        st.sampled_from(["2025-09-01", "2026-01-10"]),
        st.sampled_from([VAK, MIDDEN]),
    ),
    max_size=2,
    unique_by=lambda b: b.volgnummer,
).map(lambda bpvs: tuple(sorted(bpvs, key=lambda b: b.volgnummer)))
_INSCHRIJVINGEN = st.lists(
    st.builds(
        lambda nummer, eind, perioden, bpvs: inschrijving(
            "2025-08-01", eind, inschrijvingvolgnummer=nummer, perioden=perioden, bpvs=bpvs
        ),
        st.sampled_from("12"),
        st.sampled_from([None, "2025-12-31", "2026-03-31"]),
        _PERIODEN,
        _BPVS,
    ),
    max_size=2,
    unique_by=lambda i: i.inschrijvingvolgnummer,
).map(lambda i: tuple(sorted(i, key=lambda een: een.inschrijvingvolgnummer)))
_DIPLOMAS = st.lists(
    st.builds(
        lambda nummer, dag, code, ja: diploma(
            dag, resultaatvolgnummer=nummer, opleidingcode=code, bekostigbaar=ja
        ),
        st.sampled_from("89"),
        st.sampled_from(["2025-09-30", "2025-11-03"]),
        st.sampled_from([VAK, MIDDEN]),
        st.booleans(),
    ),
    max_size=2,
    unique_by=lambda d: d.resultaatvolgnummer,
).map(lambda d: tuple(sorted(d, key=lambda een: een.resultaatvolgnummer)))
_DOSSIERS = st.builds(lambda i, d: leerling(*i, diplomas=d), _INSCHRIJVINGEN, _DIPLOMAS)


def totaal(dossiers: Sequence[Dossier]) -> tuple[Decimal, Decimal]:
    """Return what the institution's totals say of dossiers: contributions of October, and of diplomas."""
    optelling = Optelling(BESLIS.kader.parameters)
    for dossier in dossiers:
        optelling.tel(BESLIS(dossier))
    budgetten = [b for t in optelling.instellingen().values() for b in t.budgetten]
    return (
        sum((b.som_bijdragen for b in budgetten), Decimal(0)),
        sum((b.som_diplomawaarde for b in budgetten), Decimal(0)),
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(_DOSSIERS, min_size=2, max_size=4), min_size=1, max_size=3))
def test_the_effects_of_persons_add_up_to_the_difference_of_the_totals_of_the_institution(levens):
    som = [Decimal(0), Decimal(0)]
    for standen in levens:
        for verklaring in leg_uit(*standen)[:1]:
            assert verklaring.persoon.deelnemerswaarde is not None
            assert verklaring.persoon.diplomawaarde is not None
            som[0] += verklaring.persoon.deelnemerswaarde
            som[1] += verklaring.persoon.diplomawaarde
    voor, na = totaal([s[0] for s in levens]), totaal([s[-1] for s in levens])
    assert tuple(som) == (na[0] - voor[0], na[1] - voor[1])


@settings(max_examples=60, deadline=None)
@given(st.lists(_DOSSIERS, min_size=2, max_size=5))
def test_every_difference_has_a_cause_and_the_last_one_made_the_record_what_it_is(standen):
    for verklaring in leg_uit(*standen):
        assert verklaring.oorzaken
        assert verklaring.buitenom == ()
        laatste = verklaring.oorzaken[-1].melding
        v = verklaring.verschil
        for stand in standen[laatste:]:
            nu = [r for r in OBO_2025.records(stand) if _heet(r) == _heet(v.nieuw or v.oud)]
            assert nu == ([v.nieuw] if v.nieuw is not None else [])


@settings(max_examples=100, deadline=None)
@given(_DOSSIERS, _DOSSIERS)
def test_undoing_a_difference_leaves_nothing_of_it_to_undo_and_touches_nobody_elses_record(oud, nieuw):
    for v in verschillen([oud], [nieuw]):
        terug = zonder(v, (oud,), (nieuw,), INSTELLING)
        assert zonder(v, (oud,), terug, INSTELLING) == terug
        resultaten = {d.resultaatvolgnummer: d for d in terug[0].diplomas}
        if v.recordsoort == "DIP":
            toen = {d.resultaatvolgnummer: d for d in oud.diplomas}
            assert resultaten.get(v.sleutel[0]) == toen.get(v.sleutel[0])
            assert terug[0].inschrijvingen == nieuw.inschrijvingen
        elif v.recordsoort != "PER":
            assert resultaten == {d.resultaatvolgnummer: d for d in nieuw.diplomas}


def _heet(record: Any) -> tuple[Any, ...]:
    namen = ("inschrijvingvolgnummer", "volgnummer", "datum_begin", "nationaliteitscode")
    if type(record).__name__ == "Dip":
        return "Dip", record.resultaatvolgnummer
    if type(record).__name__ == "Bpv":
        namen = ("inschrijvingvolgnummer", "volgnummer")
    return type(record).__name__, *(getattr(record, naam, None) for naam in namen)
