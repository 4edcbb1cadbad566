"""What holds of any dossier whatever when an overview takes its part of it."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kernregister.kern.dossier import Diploma, Dossier, Inschrijving, Keuzedeel
from kernregister.kern.formaten import obo_dossier, ro_dossier
from kernregister.kern.overzichten.selectie import gekoppeld
from tests.kern.overzichten.selecteren import JAAR, grondslag, obo, ro
from tests.kern.strategieen import struct
from tests.kern.voorbeelden import ELDERS, INSTELLING

BIJ = st.sampled_from([INSTELLING, ELDERS])
VOLGNUMMERS = st.sampled_from(["1", "2", "3"])


def _rij(soort: Any, **vast: Any) -> Any:
    return st.lists(
        struct(soort, instelling=BIJ, inschrijvingvolgnummer=VOLGNUMMERS, **vast), max_size=3
    ).map(tuple)


DOSSIERS = struct(
    Dossier,
    inschrijvingen=_rij(Inschrijving),
    diplomas=_rij(Diploma, resultaatvolgnummer=VOLGNUMMERS),
    losse_resultaten=_rij(Keuzedeel, resultaatvolgnummer=VOLGNUMMERS),
)
VEEL = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
ALLE = pytest.mark.parametrize("kies", [ro, obo, grondslag])


@ALLE
@VEEL
@given(dossier=DOSSIERS)
def test_taking_it_again_from_what_was_taken_changes_nothing(kies, dossier):
    deel = kies(dossier)
    if deel is not None:
        assert kies(deel) == deel


@ALLE
@VEEL
@given(dossier=DOSSIERS)
def test_it_holds_records_of_the_institution_only_each_from_the_dossier(kies, dossier):
    deel = kies(dossier)
    if deel is None:
        return
    records = [*deel.inschrijvingen, *deel.diplomas, *deel.losse_resultaten]
    assert records
    assert {r.instelling for r in records} == {INSTELLING}
    bron = {(i.inschrijvingvolgnummer, i.datum_inschrijving) for i in dossier.inschrijvingen}
    assert {(i.inschrijvingvolgnummer, i.datum_inschrijving) for i in deel.inschrijvingen} <= bron
    perioden = [p for i in dossier.inschrijvingen for p in i.perioden]
    assert all(p in perioden for i in deel.inschrijvingen for p in i.perioden)


@VEEL
@given(dossier=DOSSIERS)
def test_what_others_register_changes_nothing(dossier):
    eigen = Dossier(
        dossier.persoon,
        tuple(i for i in dossier.inschrijvingen if i.instelling == INSTELLING),
        tuple(d for d in dossier.diplomas if d.instelling == INSTELLING),
        tuple(o for o in dossier.losse_resultaten if o.instelling == INSTELLING),
    )
    for kies in (ro, obo, grondslag):
        assert kies(dossier) == kies(eigen)


@VEEL
@given(dossier=DOSSIERS)
def test_each_teldatum_has_the_period_in_an_obo_that_it_has_in_the_dossier(dossier):
    deel = obo(dossier)
    for i in () if deel is None else deel.inschrijvingen:
        bron = next(
            b
            for b in dossier.inschrijvingen
            if (b.instelling, b.inschrijvingvolgnummer, b.datum_inschrijving, b.op_onderwijsnummer)
            == (i.instelling, i.inschrijvingvolgnummer, i.datum_inschrijving, i.op_onderwijsnummer)
            and b.datum_uitschrijving_werkelijk == i.datum_uitschrijving_werkelijk
            and set(map(id, i.perioden)) <= set(map(id, b.perioden))
        )
        for dag in JAAR.teldata:
            if i.geldt_op(dag):
                assert i.periode_op(dag) == bron.periode_op(dag)


@VEEL
@given(dossier=DOSSIERS)
def test_every_diploma_of_an_obo_and_a_grondslag_has_its_enrolment_beside_it_when_there_is_one(dossier):
    for kies in (obo, grondslag):
        deel = kies(dossier)
        for d in () if deel is None else deel.diplomas:
            assert (gekoppeld(deel, d) is None) == (gekoppeld(dossier, d) is None)


@VEEL
@given(dossier=DOSSIERS)
def test_who_is_in_it_has_records_in_the_file(dossier):
    in_ro, in_obo = ro(dossier), obo(dossier)
    if in_ro is not None:
        assert len(list(ro_dossier.records_van(in_ro, INSTELLING))) > 1
    if in_obo is not None:
        assert len(list(obo_dossier.records_van(in_obo, INSTELLING, JAAR))) > 1
