"""What an institution may see of a dossier (Handleiding ROD mbo, h. 07 and 08)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from kernregister.kern.dossier import Adres, Dossier, ExtraOndersteuning, Persoon
from kernregister.kern.gegevens import Gegevens, Soort
from kernregister.kern.inzage import (
    Grens,
    Inzage,
    alleen_eigen,
    eigen_deel,
    geldig_op,
    grens,
    perioden_met_einde,
    vertrek_of_vestiging,
    zichtbaar,
)
from kernregister.kern.sleutels import GEHEIM
from kernregister.kern.tijd import OPEN
from tests.kern import strategieen
from tests.kern.voorbeelden import (
    ELDERS,
    INSTELLING,
    bpv,
    dag,
    deelname,
    diploma,
    inschrijving,
    nbi,
    periode,
    student,
)
from tests.kern.voorbeelden_vooropleiding import met_resultaten, vo_resultaat

VANDAAG = dag("2026-03-02")


def _zicht(dossier: Dossier, gegevens: Gegevens | None = None) -> Inzage:
    gezien = zichtbaar(dossier, INSTELLING, VANDAAG, gegevens or Gegevens())
    assert gezien is not None
    return gezien


class TestWhoMayLook:
    @pytest.mark.parametrize(
        ("begin", "eind", "tot"),
        [
            ("2024-08-01", None, OPEN),
            ("2024-08-01", "2026-03-02", VANDAAG),
            ("2026-08-01", None, OPEN),
            ("2024-08-01", "2026-03-01", None),
        ],
        ids=["active", "on its last day", "future", "ended yesterday"],
    )
    def test_an_active_or_future_enrolment_opens_the_dossier(self, begin, eind, tot):
        dossier = student(inschrijving(begin, eind))
        assert grens(dossier, INSTELLING, VANDAAG) == (Grens(tot, False) if tot else None)
        assert (zichtbaar(dossier, INSTELLING, VANDAAG) is None) == (tot is None)

    def test_an_enrolment_elsewhere_opens_nothing_here(self):
        dossier = student(inschrijving(instelling=ELDERS), diplomas=(diploma(),))
        assert zichtbaar(dossier, INSTELLING, VANDAAG) is None

    def test_an_ended_enrolment_beside_an_active_one_is_shown(self):
        dossier = student(inschrijving("2020-08-01", "2022-07-31"), inschrijving(inschrijvingvolgnummer="2"))
        assert len(_zicht(dossier).eigen.inschrijvingen) == 2


class TestDataOfOthers:
    def test_before_and_during_own_enrolments_are_shown_and_later_ones_are_not(self):
        dossier = student(
            inschrijving("2024-08-01", "2026-06-30"),
            inschrijving("2021-08-01", "2022-07-31", instelling=ELDERS, inschrijvingvolgnummer="2"),
            inschrijving("2025-02-01", instelling=ELDERS, inschrijvingvolgnummer="3"),
            inschrijving("2026-08-01", instelling=ELDERS, inschrijvingvolgnummer="4"),
            diplomas=(diploma("2026-07-01", instelling=ELDERS, inschrijvingvolgnummer="3"),),
            deelnames=(deelname("VO", "2016-08-01", "2021-07-31"), deelname("HO", "2026-09-01")),
        )
        getoond = _zicht(dossier).vooropleidingen
        assert [d.inschrijvingvolgnummer for d in getoond.deelnames if d.instelling == ELDERS] == ["2", "3"]
        assert {d.sector for d in getoond.deelnames} == {"VO", "MBO"}
        assert getoond.resultaten == ()

    def test_they_stand_among_vooropleidingen_and_never_among_own_records(self):
        dossier = student(
            inschrijving(),
            inschrijving(
                "2022-08-01",
                instelling=ELDERS,
                inschrijvingvolgnummer="2",
                extra_ondersteuning=(ExtraOndersteuning(dag("2022-09-01")),),
                bpvs=(bpv(),),
            ),
            diplomas=(diploma("2024-06-30", instelling=ELDERS, bekostigbaar=True),),
        )
        gezien = _zicht(dossier)
        assert [i.instelling for i in gezien.eigen.inschrijvingen] == [INSTELLING]
        assert gezien.eigen.diplomas == ()
        (elders,) = gezien.vooropleidingen.resultaten
        assert (elders.instelling, elders.bekostigbaar) == (ELDERS, None)

    def test_an_accountant_sees_own_records_and_nothing_that_follows_from_others(self):
        dossier = student(inschrijving("2020-08-01", "2025-07-31"), inschrijving(instelling=ELDERS))
        gezien = alleen_eigen(dossier, INSTELLING)
        assert [i.instelling for i in gezien.eigen.inschrijvingen] == [INSTELLING]
        assert (gezien.vooropleidingen.deelnames, gezien.startkwalificatie, gezien.volledig) == (
            (),
            "O",
            False,
        )


class TestSecretAddress:
    ADRES = Adres("Dorpsstraat", "1", postcode="1234AB", woonplaats="Ons Dorp")

    def test_there_is_no_address_and_no_institution_among_vooropleidingen(self):
        dossier = student(
            inschrijving(), deelnames=(deelname("VO", "2016-08-01"),), geheim=True, adres=self.ADRES
        )
        gezien = _zicht(dossier)
        assert gezien.eigen.persoon.adres is None
        assert {d.instelling for d in gezien.vooropleidingen.deelnames} == {GEHEIM}
        assert [i.instelling for i in gezien.eigen.inschrijvingen] == [INSTELLING]

    def test_what_is_secret_now_is_secret_in_what_was_known_before(self):
        nu = student(inschrijving(), geheim=True)
        toen = student(inschrijving(), deelnames=(deelname("VO", "2016-08-01"),), adres=self.ADRES)
        gezien = zichtbaar(toen, INSTELLING, VANDAAG, tot=grens(nu, INSTELLING, VANDAAG))
        assert gezien is not None
        assert (gezien.eigen.persoon.adres, gezien.eigen.persoon.geheim) == (None, True)
        assert {d.instelling for d in gezien.vooropleidingen.deelnames} == {GEHEIM}


def test_an_institution_that_is_not_funded_sees_nothing_of_funding_or_support():
    een = inschrijving(
        perioden=(periode(bekostigbaar=True),),
        extra_ondersteuning=(ExtraOndersteuning(dag("2024-09-01")),),
    )
    dossier = student(een, diplomas=(diploma(bekostigbaar=True),))
    gezien = _zicht(dossier, nbi()).eigen
    assert gezien.inschrijvingen[0].perioden[0].bekostigbaar is None
    assert gezien.inschrijvingen[0].extra_ondersteuning == ()
    assert gezien.diplomas[0].bekostigbaar is None
    assert _zicht(dossier).eigen.inschrijvingen == (een,), "a funded one sees all of it"


def test_startkwalificatie_and_years_are_those_of_the_day():
    dossier = met_resultaten(student(inschrijving("2024-08-01")), vo_resultaat("HAVO", datum="2024-06-01"))
    assert _zicht(dossier).startkwalificatie == "J"
    assert _zicht(student(inschrijving("2024-08-01"))).jaren_mbo_zonder_diploma == 2


@pytest.mark.parametrize(
    ("vertrek", "vestiging", "getoond"),
    [
        (None, None, (None, None)),
        ("2020-01-01", None, ("2020-01-01", None)),
        ("2020-01-01", "2021-00-00", (None, "2021-00-00")),
        ("2021-05-01", "2021-04-30", ("2021-05-01", None)),
        ("2021-05-01", "2021-05-01", (None, None)),
    ],
)
def test_of_departure_and_settlement_the_later_is_shown(vertrek, vestiging, getoond):
    persoon = Persoon(datum_vertrek=vertrek, datum_vestiging=vestiging)
    assert vertrek_of_vestiging(persoon) == getoond


def test_on_a_day_there_is_what_ran_then_and_what_was_obtained_by_then():
    een = inschrijving(
        perioden=(periode("2024-08-01"), periode("2025-08-01", "BBL")),
        bpvs=(bpv("2025-02-03", "2025-06-30"), bpv("2025-09-01", volgnummer="2")),
        extra_ondersteuning=(ExtraOndersteuning(dag("2024-09-01"), dag("2025-01-31")),),
    )
    dossier = student(
        een,
        inschrijving("2020-08-01", "2022-07-31", inschrijvingvolgnummer="2"),
        diplomas=(diploma("2026-01-30"), diploma("2022-06-30", resultaatvolgnummer="2")),
        deelnames=(deelname("VO", "2016-08-01", "2020-07-31"),),
    )
    toen = geldig_op(_zicht(dossier), dag("2025-10-01")).eigen
    (over,) = toen.inschrijvingen
    assert [p.leertraject for p in over.perioden] == ["BBL"]
    assert [b.volgnummer for b in over.bpvs] == ["2"]
    assert over.extra_ondersteuning == ()
    assert [d.resultaatvolgnummer for d in toen.diplomas] == ["2"]
    assert geldig_op(_zicht(dossier), dag("2025-10-01")).vooropleidingen.deelnames[0].sector == "MBO"


def test_a_period_that_ran_on_a_day_ends_where_the_next_one_begins():
    wissel = (periode("2024-08-01", "BOL"), periode("2025-08-01", "BBL"))
    dossier = student(inschrijving("2024-08-01", perioden=wissel))
    toen = geldig_op(_zicht(dossier), dag("2024-10-01"))
    assert perioden_met_einde(toen.eigen.inschrijvingen[0], toen) == [(wissel[0], dag("2025-07-31"))]
    nu = geldig_op(_zicht(dossier), dag("2025-10-01"))
    assert perioden_met_einde(nu.eigen.inschrijvingen[0], nu) == [(wissel[1], None)]
    heel = _zicht(dossier)
    assert [eind for _, eind in perioden_met_einde(heel.eigen.inschrijvingen[0], heel)] == [
        None,
        dag("2025-07-31"),
    ]


INSTELLINGEN = st.sampled_from([INSTELLING, ELDERS, "30ZZ"])
_EINDEN = st.none() | st.dates(date(2020, 1, 1), date(2028, 1, 1))


def _van(soort, **velden):
    return strategieen.struct(soort, instelling=INSTELLINGEN, **velden)


@st.composite
def dossiers(draw):
    """Any dossier, of a few institutions."""
    from kernregister.kern.dossier import Deelname, Diploma, Inschrijving, Keuzedeel, VoResultaat

    een = draw(strategieen.struct(Dossier))
    return structs.replace(
        een,
        inschrijvingen=tuple(
            draw(st.lists(_van(Inschrijving, datum_uitschrijving_werkelijk=_EINDEN), max_size=4))
        ),
        diplomas=tuple(draw(st.lists(_van(Diploma), max_size=2))),
        losse_resultaten=tuple(draw(st.lists(_van(Keuzedeel), max_size=2))),
        deelnames=tuple(draw(st.lists(_van(Deelname), max_size=2))),
        vooropleidingen=tuple(draw(st.lists(_van(VoResultaat), max_size=2))),
    )


dagen = st.dates(date(2020, 1, 1), date(2028, 1, 1))


@given(dossiers(), dagen, st.sampled_from(list(Soort)))
def test_whatever_is_registered_nothing_of_another_institution_stands_among_own_records(dossier, op, soort):
    gegevens = Gegevens(soort_standaard=soort)
    gezien = zichtbaar(dossier, INSTELLING, op, gegevens)
    if gezien is None:
        return
    eigen = gezien.eigen
    assert {r.instelling for r in (*eigen.inschrijvingen, *eigen.diplomas, *eigen.losse_resultaten)} <= {
        INSTELLING
    }
    assert (eigen.deelnames, eigen.vooropleidingen, eigen.persoon.nationaliteiten) == ((), (), ())
    assert eigen == eigen_deel(eigen, INSTELLING, gegevens), "looking twice shows no more and no less"


@given(dossiers(), dagen)
def test_what_others_registered_after_own_enrolments_makes_no_difference(dossier, op):
    tot = grens(dossier, INSTELLING, op)
    if tot is None:
        assert zichtbaar(dossier, INSTELLING, op) is None
        return

    def voor(een, dag_):
        return een.instelling == INSTELLING or dag_ is None or dag_ <= tot.tot

    zonder = structs.replace(
        dossier,
        inschrijvingen=tuple(i for i in dossier.inschrijvingen if voor(i, i.datum_inschrijving)),
        diplomas=tuple(d for d in dossier.diplomas if voor(d, d.datum_resultaat)),
        losse_resultaten=tuple(r for r in dossier.losse_resultaten if voor(r, r.datum_resultaat)),
        deelnames=tuple(d for d in dossier.deelnames if d.datum_begin <= tot.tot),
    )
    assert zichtbaar(dossier, INSTELLING, op) == zichtbaar(zonder, INSTELLING, op)


@given(dossiers(), dagen)
def test_health_work_and_funding_of_others_make_no_difference(dossier, op):
    kaal = structs.replace(
        dossier,
        inschrijvingen=tuple(
            i
            if i.instelling == INSTELLING
            else structs.replace(i, extra_ondersteuning=(), bpvs=(), reden_uitschrijving=None)
            for i in dossier.inschrijvingen
        ),
        diplomas=tuple(
            d if d.instelling == INSTELLING else structs.replace(d, bekostigbaar=None)
            for d in dossier.diplomas
        ),
    )
    assert zichtbaar(dossier, INSTELLING, op) == zichtbaar(kaal, INSTELLING, op)


@given(dossiers(), dagen)
def test_a_secret_address_tells_no_place(dossier, op):
    geheim = structs.replace(dossier, persoon=structs.replace(dossier.persoon, geheim=True))
    gezien = zichtbaar(geheim, INSTELLING, op)
    if gezien is None:
        return
    assert gezien.eigen.persoon.adres is None
    elders = (*gezien.vooropleidingen.deelnames, *gezien.vooropleidingen.resultaten)
    assert {een.instelling for een in elders} <= {GEHEIM, None, ""}


@given(dossiers(), dagen)
def test_who_may_look_today_may_have_looked_yesterday_only_if_nothing_ended_since(dossier, op):
    if grens(dossier, INSTELLING, op):
        assert grens(dossier, INSTELLING, op - timedelta(days=1)), "an enrolment that still counts did before"
