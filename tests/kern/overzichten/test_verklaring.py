"""Why two overviews differ, one person at a time: which meldingen, which teldatum, what it is worth."""

from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from kernregister.kern.dossier import Diploma, Dossier, Nationaliteit, Verblijfstitel
from kernregister.kern.formaten.ro import RO
from kernregister.kern.overzichten.verklaring import (
    Buitenom,
    Overzicht,
    Stap,
    Verloop,
    verklaar,
)
from kernregister.kern.overzichten.weging import Effect
from kernregister.kern.tijd import OnvolledigeDatum
from kernregister.kern.verschil import verschillen_van
from tests.kern.overzichten.leerling import (
    BESLIS,
    FEBRUARI,
    MIDDEN,
    NEDERLANDER,
    NIETS,
    OBO_2025,
    OKTOBER,
    ZONDER_PRIJS,
    bbl,
    bol,
    door,
    een,
    leerling,
    leg_uit,
    oorzaak,
    verschillen,
)
from tests.kern.voorbeelden import (
    ELDERS,
    INSTELLING,
    bpv,
    diploma,
    periode,
)

# ------------------------------------------------------------------------------------- by which melding


def test_an_enrolment_that_was_changed_twice_has_both_meldingen_as_its_cause():
    uit = leg_uit(leerling(bol()), leerling(bol("2026-01-15")), leerling(bol("2026-01-31")))
    assert door(een(uit, "ISG")) == [1, 2]


def test_what_was_changed_and_changed_back_counts_for_nothing():
    eerst, later = leerling(bol()), leerling(bol("2026-01-15"))
    assert leg_uit(eerst, later, eerst) == []
    assert door(een(leg_uit(eerst, later, eerst, later), "ISG")) == [3]


def test_a_melding_on_another_record_is_no_cause():
    getekend = leerling(bbl(bpv("2025-09-01")))
    beeindigd = leerling(bbl(bpv("2025-09-01"), datum_uitschrijving_werkelijk="2026-01-15"))
    uit = leg_uit(leerling(bbl()), getekend, beeindigd)
    assert door(een(uit, "BPV")) == [1]
    assert door(een(uit, "ISG")) == [2]


def test_a_period_that_begins_on_another_day_is_gone_and_has_come_by_the_same_melding():
    def met(begin: str) -> Dossier:
        return leerling(
            bol(
                perioden=(
                    periode("2025-08-01", bekostigbaar=True),
                    periode(begin, "BBL", bekostigbaar=True),
                )
            )
        )

    uit = leg_uit(met("2026-01-05"), met("2026-02-16"))
    verdwenen, gekomen = een(uit, "ISP", "V"), een(uit, "ISP", "T")
    assert door(verdwenen) == door(gekomen) == [1]
    assert verdwenen.teldata == (FEBRUARI,)
    assert gekomen.teldata == ()
    gebleven = een(uit, "ISP", "W")
    assert gebleven.afgeleid
    assert gebleven.teldata == (OKTOBER, FEBRUARI)


def test_a_number_that_was_linked_without_a_melding_is_said_so():
    oud = leerling(bol(op_onderwijsnummer=True), burgerservicenummer=None, onderwijsnummer="100310303")
    nieuw = replace(oud, persoon=replace(oud.persoon, onderwijsnummer="100310315"))
    uit = verklaar(verschillen([oud], [nieuw]), Verloop((oud,), (nieuw,)), OBO_2025, BESLIS)
    assert {v.buitenom for v in uit} == {(Buitenom.NUMMER,)}
    assert {v.oorzaken for v in uit} == {()}
    assert all(v.effect == NIETS for v in uit if v.verschil.recordsoort != "PER")
    assert {v.persoon for v in uit} == {NIETS}


def test_what_went_without_a_melding_is_said_so():
    oud, nieuw = leerling(bol(), diplomas=(diploma("2025-11-03"),)), leerling(bol())
    (weg,) = verklaar(verschillen([oud], [nieuw]), Verloop((oud,), (nieuw,)), OBO_2025, BESLIS)
    assert weg.buitenom == (Buitenom.REGISTER,)
    assert "Geen melding" in weg.buitenom[0].tekst


def test_an_overview_that_was_made_by_another_version_of_the_program_is_said_so():
    oud, nieuw = leerling(bol()), leerling(bol("2026-01-15"))
    uit = verklaar(verschillen([oud], [nieuw]), Verloop((nieuw,), (nieuw,)), OBO_2025, BESLIS)
    assert {v.buitenom for v in uit} == {(Buitenom.AANMAAK,)}
    uit = verklaar(verschillen([oud], [nieuw]), Verloop((oud,), (oud,)), OBO_2025, BESLIS)
    assert {v.buitenom for v in uit} == {(Buitenom.AANMAAK,)}


def test_two_ros_of_another_period_differ_for_that_reason():
    vroeger = bol("2025-10-01", inschrijvingvolgnummer="0")
    dossier = leerling(vroeger, bol())
    kort = Overzicht(INSTELLING, begin=date(2026, 1, 1), einde=date(2026, 3, 31))
    lang = replace(kort, begin=date(2025, 8, 1))
    oud, nieuw = [*kort.records(dossier)], [*lang.records(dossier)]
    uit = verklaar(
        [*verschillen_van(oud, nieuw, RO)],
        Verloop((dossier,), (dossier,)),
        lang,
        BESLIS,
        andere_periode=True,
    )
    assert [(v.verschil.recordsoort, v.buitenom) for v in uit] == [
        ("ISG", (Buitenom.PERIODE,)),
        ("ISP", (Buitenom.PERIODE,)),
    ]


def test_the_differences_of_an_ro_have_their_melding_and_say_nothing_of_funding():
    ro = Overzicht(INSTELLING, begin=date(2025, 8, 1), einde=date(2026, 7, 31))
    uit = leg_uit(leerling(bol()), leerling(bol(reden_uitschrijving="01")), overzicht=ro)
    assert door(een(uit, "ISG")) == [1]
    assert een(uit, "ISG").effect == een(uit, "ISG").persoon == Effect()
    assert een(uit, "ISG").teldata == ()


def test_two_persons_who_prove_to_be_one_are_explained_as_one():
    van_own = leerling(bol(op_onderwijsnummer=True), burgerservicenummer=None, onderwijsnummer="100310303")
    van_bsn = leerling(bol(inschrijvingvolgnummer="2"), geslacht="M")
    samen = replace(
        van_bsn,
        persoon=replace(van_bsn.persoon, onderwijsnummer="100310303"),
        inschrijvingen=(*van_own.inschrijvingen, *van_bsn.inschrijvingen),
    )
    leeg = replace(van_own, inschrijvingen=())
    verloop = Verloop((van_bsn, van_own), (samen, leeg), [Stap(oorzaak(1), (samen, leeg))])
    uit = verklaar(verschillen(verloop.oud, verloop.nieuw), verloop, OBO_2025, BESLIS)
    assert [(v.verschil.recordsoort, v.verschil.onderwijsnummer, door(v)) for v in uit] == [
        ("PER", "100310303", [1])
    ]
    assert uit[0].persoon.deelnemerswaarde == Decimal("-1.25")  # two enrolments of one student count as one


# --------------------------------------------------------------------------------- what it is worth


def test_an_enrolment_that_ends_before_february_counts_in_october_only():
    isg = een(leg_uit(leerling(bol()), leerling(bol("2026-01-15"))), "ISG")
    assert isg.effect == Effect(Decimal(0), Decimal(-1), Decimal(0))
    assert isg.persoon == isg.effect
    assert isg.teldata == (OKTOBER, FEBRUARI)
    assert not isg.afgeleid


def test_a_new_enrolment_is_worth_all_that_hangs_under_it_and_each_part_what_fails_without_it():
    uit = leg_uit(leerling(), leerling(bbl(bpv("2025-09-01"))))
    vol = Effect(
        Decimal("0.5"), Decimal("0.4"), Decimal(0)
    )  # BBL, MBO-3: 0.4 x 1.25; in the correction factor 0.4
    for soort in ("PER", "ISG", "ISP"):
        assert een(uit, soort).effect == vol
    assert een(uit, "BPV").effect == replace(vol, telling_februari=Decimal(0))  # the factor asks for no POK
    assert een(uit, "NAT").persoon == vol


def test_an_enrolment_that_was_removed_costs_what_it_counted_for():
    uit = leg_uit(leerling(bbl(bpv("2025-09-01"))), leerling())
    min_vol = Effect(Decimal("-0.5"), Decimal("-0.4"), Decimal(0))
    assert een(uit, "ISG").effect == min_vol
    assert een(uit, "PER").effect == min_vol
    # the enrolment comes back with this period alone: without a POK it counts in the correction factor only
    assert een(uit, "ISP").effect == Effect(Decimal(0), Decimal("-0.4"), Decimal(0))
    assert een(uit, "BPV").effect == NIETS


def test_a_pok_that_proves_to_be_signed_in_time_brings_the_money():
    te_laat = leerling(bbl(bpv("2025-09-01", afsluitdatum="2026-01-10")))
    op_tijd = leerling(bbl(bpv("2025-09-01", afsluitdatum="2025-12-31")))
    (w,) = leg_uit(te_laat, op_tijd)
    assert w.verschil.recordsoort == "BPV"
    assert w.effect == Effect(Decimal("0.5"), Decimal(0), Decimal(0))
    assert w.teldata == (OKTOBER, FEBRUARI)
    assert [(b.teldatum, b.status_voor, b.status_na) for b in w.besluiten] == [
        (OKTOBER, False, True),
        (FEBRUARI, False, True),
    ]


def test_a_diploma_that_is_withdrawn_costs_its_step():
    def met(*diplomas: Diploma) -> Dossier:
        return leerling(bol(), diplomas=diplomas)

    vak = diploma("2025-06-30", resultaatvolgnummer="8", bekostigbaar=True)
    midden = diploma("2025-11-03", resultaatvolgnummer="9", opleidingcode=MIDDEN, bekostigbaar=True)
    vroeger = replace(vak, datum_resultaat=date(2023, 6, 30), instelling=ELDERS)
    (weg,) = leg_uit(met(midden), met())
    assert weg.effect == Effect(Decimal(0), Decimal(0), Decimal(-5))
    (weg,) = leg_uit(met(vroeger, midden), met(vroeger))
    assert weg.effect.diplomawaarde == Decimal(-2)  # the earlier diploma, elsewhere, stays
    uit = leg_uit(met(vak, midden), met())
    assert [v.effect.diplomawaarde for v in uit] == [Decimal(-3), Decimal(-5)]
    assert {v.persoon.diplomawaarde for v in uit} == {Decimal(-5)}  # 3 and then 2


def test_a_nationality_from_the_source_is_worth_the_right_to_be_enrolled():
    amerikaan = Nationaliteit("0223", OnvolledigeDatum("2006-05-14"))
    begin = OnvolledigeDatum("2025-01-01")
    geen_recht = (Verblijfstitel("98", begin),)
    vreemdeling = leerling(bol(), nationaliteiten=(amerikaan,), verblijfstitels=geen_recht)
    recht = Effect(Decimal("1.25"), Decimal(1), Decimal(0))
    genaturaliseerd = leerling(bol(), nationaliteiten=(NEDERLANDER, amerikaan), verblijfstitels=geen_recht)
    (erbij,) = leg_uit(vreemdeling, genaturaliseerd)
    assert (erbij.verschil.recordsoort, erbij.verschil.soort.value, door(erbij)) == ("NAT", "T", [1])
    assert erbij.effect == erbij.persoon == recht
    assert erbij.teldata == (OKTOBER, FEBRUARI)
    toegelaten = leerling(bol(), nationaliteiten=(amerikaan,), verblijfstitels=(Verblijfstitel("21", begin),))
    (gewijzigd,) = leg_uit(vreemdeling, toegelaten)
    assert (gewijzigd.verschil.recordsoort, gewijzigd.verschil.soort.value) == ("VBT", "W")
    assert gewijzigd.effect == recht
    (weg,) = leg_uit(genaturaliseerd, vreemdeling)
    assert weg.effect == Effect(Decimal("-1.25"), Decimal(-1), Decimal(0))


def test_a_programme_without_a_price_factor_has_no_amount():
    onbekend = bol(perioden=(periode("2025-08-01", bekostigbaar=True, opleidingcode=ZONDER_PRIJS),))
    isg = een(leg_uit(leerling(), leerling(onbekend)), "ISG")
    assert isg.effect.deelnemerswaarde is None
    assert isg.effect.telling_februari == Decimal(1)


def test_the_same_record_on_another_number_is_worth_nothing_by_itself():
    op_own = leerling(bol(op_onderwijsnummer=True), onderwijsnummer="100310303")
    uit = leg_uit(op_own, replace(op_own, inschrijvingen=(bol(),)))
    assert {v.verschil.recordsoort for v in uit} == {"PER", "NAT", "ISG", "ISP"}
    assert {v.effect for v in uit} == {NIETS}
    assert {v.persoon for v in uit} == {NIETS}
