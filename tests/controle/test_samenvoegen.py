"""One dossier a person, out of several deliveries and what is known besides."""

from kernregister.controle.samenvoegen import Verrijking, combineer, voeg_samen
from kernregister.controle.stamgegevens import PersoonRij
from kernregister.kern.dossier import Persoon
from tests.kern.voorbeelden import BSN, ELDERS, ONDERWIJSNUMMER, dag, deelname, diploma, inschrijving, student

LAGER, HOGER = "111222333", "999990019"


def nummers(stroom):
    return [d.persoon.pgn for d in stroom]


def test_streams_go_side_by_side_and_each_person_comes_once():
    hier = [student(burgerservicenummer=LAGER), student(inschrijving())]
    elders = [student(inschrijving(instelling=ELDERS)), student(burgerservicenummer=HOGER)]
    samen = list(voeg_samen([hier, elders]))
    assert nummers(samen) == [LAGER, BSN, HOGER]
    assert [i.instelling for i in samen[1].inschrijvingen] == ["27DV", ELDERS]


def test_who_has_an_onderwijsnummer_only_comes_after_all_others():
    zonder = student(burgerservicenummer=None, onderwijsnummer=ONDERWIJSNUMMER)
    assert nummers(voeg_samen([[student(), zonder], [zonder]])) == [BSN, ONDERWIJSNUMMER]


def test_a_record_in_two_deliveries_is_taken_from_the_first():
    nieuw = student(inschrijving(eind="2026-01-30"), diplomas=(diploma(),))
    oud = student(inschrijving(), inschrijving(inschrijvingvolgnummer="2"), diplomas=(diploma("2025-01-01"),))
    samen = combineer([nieuw, oud])
    assert [(i.inschrijvingvolgnummer, i.datum_uitschrijving_werkelijk) for i in samen.inschrijvingen] == [
        ("1", dag("2026-01-30")),
        ("2", None),
    ]
    assert samen.diplomas == nieuw.diplomas


def test_the_same_number_at_another_institution_is_another_record():
    samen = combineer([student(inschrijving()), student(inschrijving(instelling=ELDERS))])
    assert len(samen.inschrijvingen) == 2


def test_one_stream_is_handed_on_as_it_is():
    een, zelfde = student(), student()
    assert list(voeg_samen([[een, zelfde]])) == [een, zelfde]


def test_what_is_known_of_a_person_is_added():
    rij = PersoonRij(BSN, ONDERWIJSNUMMER, "Jansen", dag("2026-01-01"))
    verrijkt = Verrijking({BSN: rij}, {}).verrijk(student()).persoon
    assert (verrijkt.onderwijsnummer, verrijkt.achternaam, verrijkt.datum_overlijden) == (
        ONDERWIJSNUMMER,
        "Jansen",
        dag("2026-01-01"),
    )


def test_enrolments_outside_mbo_are_found_by_either_number():
    vo, vso = deelname("VO"), deelname("VSO")
    verrijking = Verrijking({}, {BSN: (vo,), ONDERWIJSNUMMER: (vso,)})
    assert verrijking.verrijk(student(onderwijsnummer=ONDERWIJSNUMMER)).deelnames == (vo, vso)
    assert verrijking.verrijk(student(burgerservicenummer=LAGER)).deelnames == ()


def test_who_is_not_known_stays_the_same():
    onbekend = student()
    assert Verrijking({LAGER: PersoonRij(LAGER)}, {}).verrijk(onbekend) is onbekend


def test_a_person_without_a_number_gets_nobody_elses_enrolments():
    naamloos = student(burgerservicenummer=None)
    assert isinstance(naamloos.persoon, Persoon)
    assert Verrijking({}, {"": (deelname("VO"),)}).verrijk(naamloos).deelnames == ()
