"""A studentdossier is what the pass shows of a dossier: an institution's, an accountant's, and nobody else's."""

from datetime import date

import pytest
from django.db import connections
from msgspec.structs import replace

from kernregister.kern.dossier import Dossier
from kernregister.kern.gegevens import GEEN
from kernregister.kern.inzage import Inzage
from kernregister.platform.pas import Bijzonder, Pas, Soort, met_pas
from kernregister.voorzieningen.register import public as register
from tests.databank import Databank
from tests.voorzieningen.register import verhaal
from tests.voorzieningen.register.verhaal import DAAR, HIER

VANDAAG = date(2026, 3, 2)
ALLES = frozenset(Bijzonder)


@pytest.fixture
def persoon(databank: Databank) -> int:
    """Somebody with a school before, an enrolment here and one elsewhere."""
    return verhaal.registreer(
        Dossier(
            verhaal.wie(verhaal.bsn(3)),
            (verhaal.inschrijving("1"), verhaal.inschrijving("7", DAAR)),
            (verhaal.diploma("9", DAAR),),
            deelnames=(verhaal.deelname(),),
            vooropleidingen=(verhaal.vo_resultaat(),),
        )
    )


def lees(persoon: int, pas: Pas, stand: int | None = None) -> Inzage | None:
    with met_pas(pas):
        return register.studentdossier(persoon, VANDAAG, GEEN, stand)


def test_an_institution_sees_its_own_records_and_what_others_tell_of_before(persoon: int) -> None:
    gezien = lees(persoon, Pas(Soort.INSTELLING, HIER, bijzonder=ALLES))
    assert gezien is not None
    assert [een.instelling for een in gezien.eigen.inschrijvingen] == [HIER]
    assert gezien.eigen.persoon.burgerservicenummer == verhaal.bsn(3)
    assert {een.instelling for een in gezien.vooropleidingen.deelnames} == {HIER, DAAR, "01AA"}
    assert gezien.startkwalificatie == "J"


@pytest.mark.parametrize("recht", [None, Bijzonder.ONDERSTEUNING, Bijzonder.VERBLIJF])
def test_support_and_residence_come_with_their_own_scope_only(persoon: int, recht: Bijzonder | None) -> None:
    gezien = lees(persoon, Pas(Soort.INSTELLING, HIER, bijzonder=frozenset({recht} if recht else ())))
    assert gezien is not None
    assert bool(gezien.eigen.inschrijvingen[0].extra_ondersteuning) == (recht is Bijzonder.ONDERSTEUNING)
    assert bool(gezien.eigen.persoon.verblijfstitels) == (recht is Bijzonder.VERBLIJF)


@pytest.mark.parametrize(
    "pas",
    [
        Pas(Soort.INSTELLING, "99ZZ"),
        Pas(Soort.SCHOOL, "01AA"),
        Pas(Soort.DUO),
        Pas(Soort.ACCOUNTANT, HIER, "2019-2020"),
        Pas(Soort.ACCOUNTANT, "99ZZ", "2025-2026"),
    ],
    ids=["another institution", "a school", "DUO", "accountant of another year", "of another institution"],
)
def test_nobody_else_sees_one(persoon: int, pas: Pas) -> None:
    assert lees(persoon, pas) is None


def test_an_accountant_sees_the_own_records_of_the_studiejaar(persoon: int) -> None:
    gezien = lees(persoon, Pas(Soort.ACCOUNTANT, HIER, "2025-2026"))
    assert gezien is not None
    assert [een.instelling for een in gezien.eigen.inschrijvingen] == [HIER]
    assert gezien.vooropleidingen.deelnames == ()
    assert not gezien.volledig


def test_yesterday_opens_nothing_that_today_keeps_closed(databank: Databank) -> None:
    wie = verhaal.wie(verhaal.bsn(4))
    persoon = verhaal.registreer(Dossier(wie, (verhaal.inschrijving("1"),)))
    toen = register.stand()
    pas = Pas(Soort.INSTELLING, HIER)
    assert lees(persoon, pas, toen) is not None
    ten_einde = replace(verhaal.inschrijving("1"), datum_uitschrijving_werkelijk=date(2026, 2, 1))
    verhaal.registreer(Dossier(wie, (ten_einde,)))
    assert lees(persoon, pas) is None
    assert lees(persoon, pas, toen) is None, "although it was enrolled then"


def test_an_earlier_stand_shows_what_was_known_then(databank: Databank) -> None:
    wie = verhaal.wie(verhaal.bsn(5))
    persoon = verhaal.registreer(Dossier(wie, (verhaal.inschrijving("1", bpvs=()),)))
    toen = register.stand()
    verhaal.registreer(Dossier(wie, (verhaal.inschrijving("1"),)))
    pas = Pas(Soort.INSTELLING, HIER)
    eerst, nu = lees(persoon, pas, toen), lees(persoon, pas)
    assert eerst is not None
    assert nu is not None
    assert (len(eerst.eigen.inschrijvingen[0].bpvs), len(nu.eigen.inschrijvingen[0].bpvs)) == (0, 1)


def test_what_was_known_before_somebody_came_is_no_business_of_an_institution(databank: Databank) -> None:
    """A name, sex or school from before: not in an earlier stand, and not in the list of what changed."""
    wie = verhaal.wie(verhaal.bsn(6))
    vroeger = replace(wie, geslacht="M", voornamen="Vroeger")
    persoon = verhaal.registreer(
        Dossier(vroeger, (verhaal.inschrijving("7", DAAR),), deelnames=(verhaal.deelname(),))
    )
    toen = register.stand()
    verhaal.registreer(Dossier(wie))
    verhaal.registreer(Dossier(replace(wie, achternaam="Zonderlinge"), (verhaal.inschrijving("1"),)))
    hier, daar = Pas(Soort.INSTELLING, HIER), Pas(Soort.INSTELLING, DAAR)
    gezien, van_daar = lees(persoon, hier, toen), lees(persoon, daar, toen)
    assert gezien is not None
    assert van_daar is not None
    assert (gezien.eigen.persoon.geslacht, gezien.eigen.persoon.voornamen) == (None, None)
    assert gezien.eigen.persoon.burgerservicenummer == verhaal.bsn(6)
    assert not gezien.vooropleidingen.deelnames
    assert van_daar.eigen.persoon.voornamen == "Vroeger"
    for pas, aantal in ((hier, 1), (daar, 3)):
        with met_pas(pas):
            regels = register.versieregels(persoon)
        assert sum(een.soort == "persoon" for een in regels) == aantal, pas


@pytest.mark.parametrize(
    "pas",
    [Pas(Soort.INSTELLING, HIER), Pas(Soort.ACCOUNTANT, HIER, "2025-2026")],
    ids=["institution", "accountant"],
)
def test_the_database_itself_keeps_closed_what_held_of_the_person_before_an_institution_came(
    databank: Databank, pas: Pas
) -> None:
    """Whichever query asks: the version that held on the day it came, and those after it, and no earlier one."""
    wie = verhaal.wie(verhaal.bsn(6))
    for naam in ("Eerst", "Toen"):
        persoon = verhaal.registreer(
            Dossier(replace(wie, voornamen=naam), (verhaal.inschrijving("7", DAAR),))
        )
    verhaal.registreer(Dossier(replace(wie, voornamen="Toen"), (verhaal.inschrijving("1"),)))
    verhaal.registreer(Dossier(replace(wie, voornamen="Nu"), (verhaal.inschrijving("1"),)))
    gezien = {}
    for een in (pas, replace(pas, sleutel=DAAR)):
        with met_pas(een), connections["default"].cursor() as cursor:
            cursor.execute(
                "SELECT substring(inhoud::text FROM 'Eerst|Toen|Nu') FROM register_versie"
                " WHERE persoon_id = %s AND soort = 'persoon' ORDER BY id",
                [persoon],
            )
            gezien[een.sleutel] = [naam for (naam,) in cursor]
    assert gezien == {HIER: ["Toen", "Nu"], DAAR: ["Eerst", "Toen", "Nu"]}


def test_versions_tell_by_which_melding_they_came_and_went(persoon: int) -> None:
    wie = verhaal.wie(verhaal.bsn(3))
    verhaal.registreer(Dossier(wie, (verhaal.inschrijving("1", bpvs=()),)))
    with met_pas(Pas(Soort.INSTELLING, HIER)):
        regels = register.versieregels(persoon)
    eigen = [een for een in regels if een.soort == "inschrijving"]
    assert [een.sleutel for een in eigen] == ["1", "1"], "not those of another institution"
    nieuw, oud = eigen
    assert oud.vervangen_door == nieuw.melding is not None
    assert (nieuw.vervallen_op, oud.vervallen_op) == (None, nieuw.geregistreerd_op)
    assert (len(oud.inhoud.bpvs), len(nieuw.inhoud.bpvs)) == (1, 0)
    assert {een.soort for een in regels} == {"inschrijving", "persoon"}
