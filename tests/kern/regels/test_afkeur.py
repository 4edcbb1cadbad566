"""What is refused at the door, as stories; and that every refusal of the specification has its rule."""

import pytest
from msgspec import structs

from kernregister.kern.dossier import Inschrijvingsperiode, Keuzedeel, Nationaliteit, Verblijfstitel
from kernregister.kern.gegevens import Aanbieder, Bron, Gegevens, Instelling, Opleiding, Soort
from kernregister.kern.regels.catalogus import catalogus
from kernregister.kern.regels.motor import Motor
from kernregister.kern.regels.paspoort import Ernst, Fase, Groep
from tests.kern.voorbeelden import (
    AANBIEDER,
    ELDERS,
    INSTELLING,
    LEERBEDRIJF,
    LOCATIE,
    OPLEIDING,
    bevindingen,
    bpv,
    dag,
    diploma,
    geldig,
    inschrijving,
    nbi,
    periode,
    stamgegevens,
    student,
)
from tools.documentatie_afkeur import CODES, GRONDEN, gronden_van

AFKEUR = [regel for regel in catalogus().values() if regel.groep is Groep.AFKEUR]
VANDAAG = "2026-03-01"
BI, NBI = stamgegevens(), nbi()


def _met(begin="2024-08-01", **velden):
    return student(inschrijving(begin, perioden=(periode(begin, **velden),)))


def weigert(regel, dossier, gegevens=BI, peildatum=VANDAAG):
    return bool(bevindingen(regel, dossier, peildatum, gegevens))


# ---- presence since RIO


@pytest.mark.parametrize(
    ("gegevens", "begin", "geweigerd"),
    [
        (BI, "2019-07-31", False),
        (BI, "2019-08-01", True),
        (NBI, "2020-07-31", False),
        (NBI, "2020-08-01", True),
    ],
)
@pytest.mark.parametrize("leeg", [None, ""])
def test_a_period_names_an_aanbieder_since_rio(gegevens, begin, geweigerd, leeg):
    assert weigert("M01", _met(begin, onderwijsaanbieder=leeg), gegevens) is geweigerd
    assert not weigert("M01", _met(begin), gegevens)


def test_a_period_from_before_rio_that_goes_on_is_not_refused():
    assert not weigert("M01", _met("2019-07-31", onderwijsaanbieder=None))
    assert not weigert("M02", _met("2019-07-31", onderwijslocatie=None))


def test_a_location_is_asked_of_a_funded_institution_only():
    zonder = _met(onderwijslocatie=None)
    assert weigert("M02", zonder)
    assert not weigert("M02", zonder, NBI)
    assert not weigert("M02", _met("2019-07-31", onderwijslocatie=None))
    assert weigert("M02", _met("2019-08-01", onderwijslocatie=None))


@pytest.mark.parametrize(("datum", "geweigerd"), [("2019-07-31", False), ("2019-08-01", True)])
def test_a_result_at_a_funded_institution_names_its_aanbieder(datum, geweigerd):
    los = Keuzedeel("K1", "K0067", True, INSTELLING, dag(datum))
    for wie in (student(diplomas=(diploma(datum, onderwijsaanbieder=None),)), student(los=(los,))):
        assert weigert("M03", wie) is geweigerd
        assert not weigert("M03", wie, NBI)


def test_the_parts_of_a_diploma_name_none():
    deel = Keuzedeel("K1", "K0067", True)
    assert not weigert("M03", student(diplomas=(diploma(onderdelen=(deel,)),)))


@pytest.mark.parametrize(
    ("regel", "soort", "signaal", "weigeren"),
    [
        ("M01", Soort.BI, "2019-12-31", "2020-03-01"),
        ("M01", Soort.NBI, "2020-11-01", "2021-01-01"),
        ("M02", Soort.BI, "2019-12-31", "2020-03-01"),
        ("M03", Soort.BI, "2019-12-31", "2020-03-01"),
        ("M04", Soort.NBI, "2020-11-01", "2021-01-01"),
    ],
)
def test_a_control_signals_first_and_refuses_later(regel, soort, signaal, weigeren):
    paspoort = catalogus()[regel]
    assert paspoort.leven[soort].begin == dag(signaal)
    assert paspoort.fase_op(dag(signaal), soort) is Fase.SIGNAAL
    assert paspoort.fase_op(dag(weigeren), soort) is Fase.WEIGEREN
    vooraf, laatst = dag(signaal).toordinal() - 1, dag(weigeren).toordinal() - 1
    assert paspoort.fase_op(dag(signaal).fromordinal(vooraf), soort) is Fase.CONCEPT
    assert paspoort.fase_op(dag(signaal).fromordinal(laatst), soort) is Fase.SIGNAAL


def test_the_finding_begins_with_the_control():
    (gevonden,) = bevindingen("M01", _met("2019-08-01", onderwijsaanbieder=None), VANDAAG)
    assert gevonden.van == dag("2019-12-31")
    (gevonden,) = bevindingen("M01", _met("2020-08-01", onderwijsaanbieder=None), VANDAAG, NBI)
    assert gevonden.van == dag("2020-11-01")


# ---- existence in RIO


def test_what_never_existed_is_refused_and_what_ended_is_not():
    oud = stamgegevens(
        aanbieders={AANBIEDER: Aanbieder((), ((INSTELLING, geldig("2010-01-01", "2011-01-01")),))},
        locaties={LOCATIE: (geldig("2010-01-01", "2011-01-01"),)},
    )
    niets = stamgegevens(aanbieders={}, locaties={})
    for regel in ("M04", "M06"):
        assert not weigert(regel, _met(), oud)
        assert weigert(regel, _met(), niets)
        assert not weigert(regel, _met("2019-07-31"), niets)
    leeg = _met(onderwijsaanbieder=None, onderwijslocatie=None)
    assert not any(weigert(regel, leeg, niets) for regel in ("M04", "M05", "M06"))


def test_an_aanbieder_was_once_linked_to_the_institution():
    def gekoppeld(aan):
        return stamgegevens(aanbieders={AANBIEDER: Aanbieder((geldig("2010-01-01"),), aan)})

    ooit = geldig("2010-01-01", "2011-01-01")
    assert not weigert("M05", _met(), gekoppeld(((INSTELLING, ooit),)))
    assert weigert("M05", _met(), gekoppeld(((ELDERS, ooit),)))
    assert weigert("M05", _met(), gekoppeld(()))
    assert not weigert("M05", _met(), stamgegevens(aanbieders={}))  # M04 says so


# ---- the programme


def _lijst(*geldigheid):
    return stamgegevens(opleidingen={OPLEIDING: Opleiding(OPLEIDING, geldig=geldigheid)})


def test_a_code_that_is_not_in_todays_list_is_refused():
    assert not weigert("M07", _met())
    assert weigert("M07", _met(opleidingcode="25565"))
    assert not weigert("M07", _met(opleidingcode="kok"))  # H07 says so


@pytest.mark.parametrize(
    ("begin", "geweigerd"),
    [("2019-07-31", True), ("2019-08-01", False), ("2025-07-31", False), ("2025-08-01", True)],
)
def test_a_programme_is_recognised_when_the_student_begins(begin, geweigerd):
    assert weigert("M08", _met(begin), _lijst(geldig("2019-08-01", "2025-08-01"))) is geweigerd
    assert not weigert("M08", _met(begin), _lijst())


def test_who_has_begun_may_get_a_new_period_in_the_same_programme():
    perioden = (periode("2024-08-01"), periode("2025-10-01", leertraject="BBL"))
    gegevens = _lijst(geldig("2019-08-01", "2025-08-01"))
    assert not weigert("M08", student(inschrijving("2024-08-01", perioden=perioden)), gegevens)
    anders = (structs.replace(perioden[0], opleidingcode="25700"), perioden[1])
    assert weigert("M08", student(inschrijving("2024-08-01", perioden=anders)), gegevens)


def test_without_a_list_of_today_no_code_is_refused():
    beschikbaar = frozenset(Bron) - {Bron.OPLEIDINGEN_ACTUEEL, Bron.RIO_ACTUEEL, Bron.ERKENNINGEN}
    motor = Motor(AFKEUR, dag(VANDAAG), stamgegevens(beschikbaar=beschikbaar, opleidingen={}))
    niet = {"M04", "M05", "M06", "M07", "M08", "M09"}
    assert {n.regel for n in motor.niet_beoordeeld} == niet
    assert not motor.controleer(_met(opleidingcode="25565"))


# ---- the training company


def _bij(begin="2025-02-03", **velden):
    return student(inschrijving(bpvs=(bpv(begin, **velden),)))


def _sbb(erkend, *perioden, **delen):
    return {"erkenningen": {(LEERBEDRIJF, erkend): perioden}, **delen}


@pytest.mark.parametrize(
    ("begin", "geweigerd"),
    [("2024-12-31", True), ("2025-01-01", False), ("2025-12-31", False), ("2026-01-01", True)],
)
def test_a_company_is_recognised_on_the_begin_date(begin, geweigerd):
    erkend = _sbb(OPLEIDING, geldig("2025-01-01", "2026-01-01"))
    assert weigert("M09", _bij(begin), stamgegevens(**erkend)) is geweigerd
    assert not weigert("M09", _bij(begin), nbi(**erkend))


def test_a_recognition_for_an_equivalent_code_counts_and_for_another_not():
    altijd = geldig("2010-01-01")
    gelijk = _sbb("25656", altijd, equivalenten={OPLEIDING: frozenset({"25656"})})
    assert not weigert("M09", _bij(), stamgegevens(**gelijk))
    assert weigert("M09", _bij(), stamgegevens(**_sbb("25656", altijd)))
    assert not weigert(
        "M09", _bij(opleidingcode=None, keuzedeelcode="K0067"), stamgegevens(**_sbb("K0067", altijd))
    )
    assert weigert("M09", _bij(opleidingcode=None, keuzedeelcode="K0067"), BI)


@pytest.mark.parametrize(
    "velden",
    [
        {"leerbedrijf_id": None},
        {"leerbedrijf_id": "12"},
        {"opleidingcode": None},
        {"keuzedeelcode": "K0067"},
    ],
)
def test_a_bpv_that_is_wrong_in_itself_is_refused_once(velden):
    assert not weigert("M09", _bij(**velden), stamgegevens(erkenningen={}))


def test_recognitions_may_come_with_the_dossier():
    motor = Motor([catalogus()["M09"]], dag(VANDAAG), stamgegevens(erkenningen={}))
    eigen = structs.replace(motor.gegevens, erkenningen={(LEERBEDRIJF, OPLEIDING): (geldig("2010-01-01"),)})
    for vraag in (motor.controleer, motor.bevindingen):
        assert [u.regel for u in vraag(_bij())] == ["M09"]
        assert vraag(_bij(), eigen) == []
    niet_geladen = Motor([catalogus()["M09"]], dag(VANDAAG), Gegevens())
    assert niet_geladen.controleer(_bij(), stamgegevens(erkenningen={})) == []


# ---- the person


SYRISCH = (Nationaliteit("0336", "0000-00-00"),)


@pytest.mark.parametrize(
    ("titels", "grond", "gevonden"),
    [
        (["26"], None, []),
        (["98"], None, ["M11"]),
        (["98"], "W-document", ["M11"]),
        ([], None, ["M12"]),
        ([], "W-document", []),
        (["93"], None, ["M12"]),
        (["39"], None, ["M13"]),
    ],
)
def test_residence_has_three_outcomes_and_a_warning(titels, grond, gevonden):
    wie = student(
        inschrijving(verblijf_grond=grond),
        geboortedatum="2004-05-14",
        nationaliteiten=SYRISCH,
        verblijfstitels=tuple(Verblijfstitel(code, "2020-03-01") for code in titels),
    )
    motor = Motor(AFKEUR, dag(VANDAAG), BI)
    assert [u.regel for u in motor.controleer(wie)] == gevonden


def test_somebody_whose_nationality_is_not_known_is_not_refused():
    wie = student(
        inschrijving(), geboortedatum="2004-05-14", verblijfstitels=(Verblijfstitel("98", "2020-03-01"),)
    )
    assert not Motor(AFKEUR, dag(VANDAAG), BI).controleer(wie)


# ---- as a whole


def test_from_an_ro_alone_only_presence_is_judged():
    motor = Motor(AFKEUR, dag(VANDAAG))
    assert {r.id for r in AFKEUR} - {n.regel for n in motor.niet_beoordeeld} == {"M01", "M02", "M03"}


def test_the_standard_student_may_come_in():
    wie = student(inschrijving(bpvs=(bpv(),)), diplomas=(diploma(),))
    assert not Motor(AFKEUR, dag(VANDAAG), BI).controleer(wie)


def test_every_rule_at_the_door_that_refuses_has_its_code_and_its_ground():
    for regel in AFKEUR:
        if regel.ernst is Ernst.FOUT:
            assert regel.afkeurcode in CODES, regel.id
            assert gronden_van(regel), regel.id


def test_every_refusal_of_the_specification_is_dealt_with():
    fouten = [regel for regel in catalogus().values() if regel.ernst is Ernst.FOUT]
    codes = {regel.afkeurcode for regel in fouten} - {""}
    assert codes <= CODES.keys()
    assert [code for code, (_, _, anders) in CODES.items() if code not in codes and not anders] == []
    gronden = set().union(*map(gronden_van, fouten))
    assert gronden <= GRONDEN.keys()
    assert [
        nummer for nummer, (_, _, anders) in GRONDEN.items() if nummer not in gronden and not anders
    ] == []


def test_a_signal_of_duo_carries_no_refusal_code():
    assert not [
        regel.id for regel in catalogus().values() if regel.afkeurcode and regel.ernst is Ernst.SIGNAAL
    ]


def test_a_life_cycle_per_kind_is_that_of_the_kind():
    een = structs.replace(
        catalogus()["M01"],
        levensloop_per_soort={
            Soort.NBI: ((Fase.SIGNAAL, dag("2020-11-01")), (Fase.VERVALLEN, dag("2026-01-01")))
        },
    )
    assert een.fase_op(dag(VANDAAG), Soort.NBI) is Fase.VERVALLEN
    assert een.fase_op(dag(VANDAAG)) is een.fase_op(dag(VANDAAG), Soort.BI) is Fase.WEIGEREN
    gegevens = stamgegevens(instellingen={ELDERS: Instelling(ELDERS, soort=Soort.NBI)})
    leeg = (Inschrijvingsperiode(dag("2024-08-01"), OPLEIDING, "BOL"),)
    wie = student(inschrijving(perioden=leeg), inschrijving(perioden=leeg, instelling=ELDERS))
    (gevonden,) = Motor([een], dag(VANDAAG), gegevens).controleer(wie)
    assert gevonden.sleutel.instelling == INSTELLING
    assert [u.sleutel.instelling for u in Motor([een], dag("2025-12-31"), gegevens).controleer(wie)] == [
        INSTELLING,
        ELDERS,
    ]
