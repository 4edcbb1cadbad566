"""What happened between two stands, person by person: enough to walk from the one dossier to the other."""

from kernregister.kern.dossier import Dossier, Persoon
from kernregister.voorzieningen.register import public as register
from tests.voorzieningen.register.verhaal import (
    DAAR,
    HIER,
    bsn,
    diploma,
    dossier,
    een_persoon,
    inschrijving,
    keuzedeel,
    registreer,
    splits,
    versie_van,
    voeg_samen,
    wie,
)


def loop(persoon: int, na: int, tot: int) -> Dossier:
    """Walk from a stand to a later one."""
    later = dossier(persoon).persoon
    uit = dossier(persoon, na)
    if not uit.persoon.pgn:  # not known yet then
        uit = Dossier(Persoon(later.burgerservicenummer, later.onderwijsnummer))
    for wissel in register.verloop([persoon], na, tot).get(persoon, []):
        uit = wissel.na(uit)
    return uit


def test_each_melding_that_changed_something_is_there_with_who_sent_it_and_when(databank):
    persoon = registreer(Dossier(wie(bsn(901)), (inschrijving(),)))
    toen = register.stand()
    registreer(Dossier(wie(bsn(901)), (inschrijving(reden_uitschrijving="1"),), (diploma(),)))
    registreer(Dossier(wie(bsn(901)), (inschrijving(reden_uitschrijving="2"),)))
    nu = register.stand()
    wissels = [w for w in register.verloop([persoon], toen, nu)[persoon] if w.wordt]
    assert [(w.soort, w.afzender, w.client) for w in wissels] == [
        ("OvernemenInschrijving", HIER, "test"),
        ("OvernemenDiploma", HIER, "test"),
        ("OvernemenInschrijving", HIER, "test"),
    ]
    assert [w.stand for w in wissels] == sorted({w.stand for w in wissels})
    assert all(toen < w.stand <= nu for w in wissels)
    assert loop(persoon, toen, nu) == dossier(persoon, nu)
    assert loop(persoon, toen, wissels[0].stand) == dossier(persoon, wissels[0].stand)


def test_nothing_happened_where_nothing_changed(databank):
    persoon = een_persoon(inschrijving())
    nu = register.stand()
    een_persoon(inschrijving())
    assert register.verloop([persoon], nu, register.stand()) == {}
    assert register.verloop([], 0, nu) == {}


def test_special_data_are_in_the_walk_as_they_are_in_the_dossier(databank):
    persoon = registreer(Dossier(wie(bsn(902)), (inschrijving(),)))
    assert loop(persoon, 0, register.stand()) == dossier(persoon, register.stand())
    assert loop(persoon, 0, register.stand()).persoon.verblijfstitels


def test_a_merge_is_one_melding_at_both_persons(databank):
    een = een_persoon(inschrijving("1"))
    ander = een_persoon(inschrijving("2", DAAR), own_=True, losse_resultaten=(keuzedeel(instelling=DAAR),))
    toen = register.stand()
    antwoord = voeg_samen(een, ander)
    nu = register.stand()
    nummer = dossier(ander).persoon.pgn
    assert register.mensen([nummer], toen) == {nummer: (ander,)}
    assert register.mensen([nummer, bsn(999)], nu) == {nummer: (een, ander)}
    gevonden = register.verloop([een, ander], toen, nu)
    assert {w.uuid for wissels in gevonden.values() for w in wissels} == {antwoord.id}
    assert set(gevonden) == {een, ander}
    assert all(wat is None for wat in gevonden[ander][0].wordt.values())
    assert {s.nummer for s in gevonden[een][0].wordt if s.instelling} == {"2", "5"}
    assert loop(ander, toen, nu).inschrijvingen == ()
    assert loop(een, toen, nu).inschrijvingen == dossier(een, nu).inschrijvingen


def test_a_split_takes_records_to_somebody_else(databank):
    een = een_persoon(inschrijving("1"), inschrijving("2"))
    nieuw = een_persoon()
    toen = register.stand()
    antwoord = splits(een, nieuw, versie_van(een, "2"))
    assert antwoord.aanvaard
    nu = register.stand()
    gevonden = register.verloop([een, nieuw], toen, nu)
    for persoon, wat in ((een, None), (nieuw, inschrijving("2"))):
        (wissel,) = gevonden[persoon]
        assert wissel.uuid == antwoord.id
        assert [*wissel.wordt.values()] == [wat]


def test_a_version_that_came_and_went_in_between_leaves_its_steps(databank):
    een, ander = een_persoon(inschrijving("1")), een_persoon()
    begin = register.stand()
    eerste = splits(een, ander, versie_van(een, "1"))
    splits(ander, een, versie_van(ander, "1"))
    nu = register.stand()
    wissels = register.verloop([een], begin, nu)[een]
    assert len(wissels) == 2
    assert wissels[0].uuid == eerste.id
    assert [*wissels[0].wordt.values()] == [None]
    assert [*wissels[1].wordt.values()] == [inschrijving("1")]
    assert wissels[1].na(wissels[0].na(dossier(een, begin))) == dossier(een, nu)


def test_the_numbers_of_a_person_stay_as_they_are(databank):
    persoon = registreer(Dossier(wie(bsn(903)), (inschrijving(),)))
    (wissels,) = register.verloop([persoon], 0, register.stand()).values()
    leeg = Dossier(wie(bsn(904)))
    assert wissels[0].na(leeg).persoon.burgerservicenummer == bsn(904)
