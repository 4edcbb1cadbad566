"""Where an institution writes a mark of its own, no number of a person comes in: it would be shown as it is."""

import pytest
from django.db import connections

from kernregister.fictief.nummers import burgerservicenummer, onderwijsnummer
from kernregister.kern.dossier import Dossier
from kernregister.voorzieningen.personen import public as personen
from tests.voorzieningen.register.opzet import identificatie, inschrijving, stuur, zet_sector_klaar

BSN, OWN = burgerservicenummer(900, 1000), onderwijsnummer(900, 1000)


@pytest.fixture
def student(databank) -> Dossier:
    sector = zet_sector_klaar()
    return next(d for d in sector.dossiers() if len(d.inschrijvingen) == 1 and d.persoon.burgerservicenummer)


def overal() -> str:
    with connections["stelsel"].cursor() as sql:
        sql.execute("SELECT string_agg(m::text, ' ') FROM register_melding m")
        return str(sql.fetchone()[0])


@pytest.mark.parametrize("veld", ["studentnummer", "referentie"])
@pytest.mark.parametrize("waarde", [BSN, OWN, f" {BSN[:3]} {BSN[3:6]}-{BSN[6:]} ", f"{OWN[:4]}.{OWN[4:]}"])
def test_a_number_of_a_person_as_own_mark_is_refused_and_stays_unread(student, veld, waarde):
    (antwoord,) = stuur(identificatie(student, student.inschrijvingen[0].instelling, **{veld: waarde}))
    assert [(b.regel, b.waarden) for b in antwoord.bevindingen] == [("N13", {"veld": veld})]
    assert personen.zoek([student.persoon.pgn]) == {}
    assert waarde.strip() not in overal()


def test_all_that_is_wrong_at_the_door_is_told_at_once(student):
    afzender = student.inschrijvingen[0].instelling
    (antwoord,) = stuur(identificatie(student, afzender, studentnummer=BSN, referentie=OWN))
    assert [b.waarden["veld"] for b in antwoord.bevindingen] == ["studentnummer", "referentie"]


@pytest.mark.parametrize("waarde", ["S-102030", "10203040", f"s{BSN}", "123456789", "", "éèë"])
def test_any_other_mark_is_taken_as_it_is(student, waarde):
    afzender = student.inschrijvingen[0].instelling
    wie, in_ = stuur(
        identificatie(student, afzender, studentnummer=waarde, referentie=waarde, abonnement="aan"),
        inschrijving(student),
    )
    assert wie.aanvaard
    assert in_.aanvaard
    with connections["stelsel"].cursor() as sql:
        sql.execute("SELECT studentnummer FROM register_betrokkenheid")
        assert sql.fetchall() == [(waarde,)]


def test_a_read_melding_still_holds_the_mark(student):
    from kernregister.platform.pas import Pas, Soort, met_pas
    from kernregister.voorzieningen.register import public as register

    melding = identificatie(student, student.inschrijvingen[0].instelling, studentnummer="S-1")
    stuur(melding)
    with met_pas(Pas(Soort.INSTELLING, melding.afzender)):
        assert register.melding(melding.id)[1]["studentnummer"] == "S-1"
