"""The work list: each open signal hangs on one cause, the list can be narrowed, and what is solved leaves it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from msgspec import structs

from kernregister.fictief.nummers import burgerservicenummer
from kernregister.kern.dossier import Dossier, Persoon
from kernregister.kern.gegevens import Gegevens
from kernregister.kern.gegevens import Soort as Bekostigd
from kernregister.kern.leesbaar import uit_object
from kernregister.kern.meldingen import berichten
from kernregister.kern.regels.catalogus import catalogus
from kernregister.kern.regels.motor import Motor
from kernregister.kern.regels.voorbeelden import voorbeeld
from kernregister.platform.pas import Pas, Soort, met_pas
from kernregister.voorzieningen.bekostigen import public as bekostigen
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.voorzieningen.kwaliteit.oorzaken import WAARDE_VAN
from kernregister.voorzieningen.kwaliteit.public import Oorzaaksoort, Wens
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register import public as register
from tests.voorzieningen.kwaliteit.opzet import LADER, VANDAAG, lever, melding, persoon_id, zet_klok
from tests.voorzieningen.kwaliteit.test_bijhouden import inschrijving

JULI, JUNI = date(2025, 7, 31), date(2025, 6, 30)


def student(nummer: int) -> Persoon:
    return Persoon(
        burgerservicenummer=burgerservicenummer(nummer, 40),
        geboortedatum="2008-05-01",
        geslacht="V",
        achternaam="Voorbeeld",
    )


@pytest.fixture
def klas(databank, monkeypatch) -> list[Persoon]:
    """Six students of 01AA: four planned to leave on one day long past, one on another day, the sixth has no signal."""
    zet_klok(monkeypatch, VANDAAG)
    wie = [student(nummer) for nummer in range(20, 26)]
    personen.maak([personen.Nummers(een.burgerservicenummer) for een in wie])
    for een in wie[:4]:
        lever(een, inschrijving("1", "01AA", datum_uitschrijving_gepland=JULI + timedelta(days=32)))
    lever(wie[4], inschrijving("1", "01AA", datum_uitschrijving_gepland=date(2025, 9, 15)))
    lever(wie[5], inschrijving("1", "01AA"))
    return wie


def als(code: str = "01AA", soort: Soort = Soort.INSTELLING, extra: str = ""):
    return met_pas(Pas(soort, code, extra))


def b04() -> dict[Oorzaaksoort, kwaliteit.Oorzaak]:
    return {een.soort: een for een in kwaliteit.oorzaken(Wens(regel="B04"), volgorde="aantal").oorzaken}


@pytest.mark.parametrize(("regel", "naam"), WAARDE_VAN.items())
def test_the_value_of_a_cause_is_one_that_the_rule_names(regel: str, naam: str):
    """From the bad example in the corpus: without the value in the finding, signals would not come together."""
    fout = voorbeeld(regel, "fout")
    assert fout is not None
    gegevens = structs.replace(
        uit_object(Gegevens, fout.get("gegevens", {})), soort_standaard=Bekostigd(fout["soort"])
    )
    motor = Motor(catalogus().values(), date.fromisoformat(fout["peildatum"]), gegevens)
    gevonden = [u for u in motor.controleer(uit_object(Dossier, fout["dossier"])) if u.regel == regel]
    assert any(naam in u.waarden for u in gevonden)


def test_a_date_that_a_whole_class_shares_is_one_cause_and_who_stands_alone_is_none(klas):
    with als():
        gedeeld, alleen = b04()[Oorzaaksoort.WAARDE], b04()[Oorzaaksoort.LOS]
    assert (gedeeld.naam, gedeeld.waarde, gedeeld.aantal, gedeeld.studenten) == (
        "gepland",
        "2025-09-01",
        4,
        4,
    )
    assert (alleen.aantal, alleen.waarde, alleen.regels) == (1, None, ("B04",))


def test_every_signal_hangs_on_exactly_one_cause(klas):
    with als():
        uit = kwaliteit.oorzaken(Wens())
        assert sum(een.aantal for een in uit.oorzaken) == uit.signalen == kwaliteit.werkregels(Wens()).totaal
        for een in uit.oorzaken:
            assert kwaliteit.werkregels(Wens(oorzaak=een.sleutel)).totaal == een.aantal


def test_signals_of_several_rules_on_one_enrolment_go_together(klas):
    """A planned end long past, and an age that cannot be: both on the enrolment of the fifth student."""
    te_jong = structs.replace(klas[4], geboortedatum="2020-05-01")
    ingeschreven = inschrijving("9", "01AA", datum_uitschrijving_gepland=date(2025, 9, 20))
    eigen = structs.replace(te_jong, burgerservicenummer=None, onderwijsnummer=None)
    register.verwerk([melding(berichten.VerstrekkenPersoonsgegevens, "BRP", te_jong, persoon=eigen)], LADER)
    lever(te_jong, ingeschreven)
    with als():
        samen = [een for een in kwaliteit.oorzaken(Wens()).oorzaken if een.soort is Oorzaaksoort.INSCHRIJVING]
        assert {(een.persoon, een.inschrijving) for een in samen} >= {(persoon_id(te_jong), "9")}
        (deze,) = [een for een in samen if een.inschrijving == "9"]
        assert {"A02", "B04"} <= set(deze.regels)


def test_a_cause_that_shrinks_to_one_can_still_be_opened_by_its_address(klas):
    with als():
        sleutel = b04()[Oorzaaksoort.WAARDE].sleutel
    for een in klas[:3]:
        lever(een, inschrijving("1", "01AA"))
    with als():
        assert Oorzaaksoort.WAARDE not in b04()
        assert [r.persoon for r in kwaliteit.werkregels(Wens(oorzaak=sleutel)).regels] == [
            persoon_id(klas[3])
        ]
        (nog,) = kwaliteit.oorzaken(Wens(oorzaak=sleutel)).oorzaken
        assert (nog.soort, nog.waarde, nog.aantal) == (Oorzaaksoort.WAARDE, "2025-09-01", 1)


def test_what_is_solved_leaves_the_list_and_counts_as_progress(klas):
    with als():
        voor, deze = kwaliteit.stand(Wens()), kwaliteit.werkregels(Wens(regel="B04")).regels
        assert kwaliteit.voortgang(VANDAAG) == kwaliteit.Voortgang(0, voor.aantal)
    lever(klas[0], inschrijving("1", "01AA"))
    with als():
        na = kwaliteit.stand(Wens())
        assert na != voor
        assert kwaliteit.nieuw_sinds(Wens(), voor.hoogste) == 0
        assert kwaliteit.nog_open([een.id for een in deze]) == {een.id for een in deze[1:]}
        assert b04()[Oorzaaksoort.WAARDE].aantal == 3
        assert kwaliteit.voortgang(VANDAAG).opgelost == 1
        assert kwaliteit.voortgang(VANDAAG).totaal == voor.aantal
        assert kwaliteit.voortgang(VANDAAG + timedelta(days=1)).opgelost == 0
    with als("02BB"):
        assert kwaliteit.nog_open([een.id for een in deze]) == set()
        assert kwaliteit.stand(Wens(instelling="01AA")).aantal == 0


def test_a_signal_that_came_is_told_apart_from_those_that_were_shown(klas):
    with als():
        voor = kwaliteit.stand(Wens())
    lever(klas[5], inschrijving("1", "01AA", datum_uitschrijving_gepland=date(2025, 9, 1)))
    with als():
        assert kwaliteit.nieuw_sinds(Wens(), voor.hoogste) == 1
        assert kwaliteit.nieuw_sinds(Wens(groep="C"), voor.hoogste) == 0


def test_the_list_narrows_to_who_works_on_it_and_to_what_is_waived(klas):
    with als():
        een, twee, drie = kwaliteit.werkregels(Wens(regel="B04")).regels[:3]
        kwaliteit.wijs_toe([een.id, twee.id], "bram", "anna")
        kwaliteit.wijs_toe([twee.id], "", "anna")
        verzoek = kwaliteit.zie_af(drie.id, "komt terug", VANDAAG + timedelta(days=9), "anna")

        def ids(**wens) -> set[int]:
            return {regel.id for regel in kwaliteit.werkregels(Wens(**wens)).regels}

        assert ids(aan="bram") == {een.id}
        assert twee.id in ids(aan="")
        assert een.id not in ids(aan="")
        assert ids(afzien="verzoek") == {drie.id}
        assert ids(afzien="ja") == set()
        kwaliteit.beslis(verzoek, True, "", "bram")
        assert ids(afzien="ja") == {drie.id}
        assert ids(afzien="verzoek") == set()
        assert drie.id not in ids(afzien="nee")
        kwaliteit.trek_in(verzoek, "toch niet", "bram")
        assert ids(afzien="ja") == set()
        assert kwaliteit.oorzaken(Wens(aan="bram"), ik="bram").oorzaken[0].mij == 1


def test_the_list_narrows_by_group_age_student_and_teldatum(klas, monkeypatch):
    zet_klok(monkeypatch, VANDAAG + timedelta(days=10))
    lever(klas[5], inschrijving("1", "01AA", datum_uitschrijving_gepland=date(2025, 9, 1)))
    with als():
        oud = kwaliteit.werkregels(Wens(sinds_voor=VANDAAG + timedelta(days=1)))
        assert oud.totaal == kwaliteit.stand(Wens()).aantal - 1
        assert {een.dagen for een in oud.regels} == {10}
        wie = persoon_id(klas[2])
        assert {een.persoon for een in kwaliteit.werkregels(Wens(personen=(wie,))).regels} == {wie}
        assert kwaliteit.werkregels(Wens(personen=())).totaal == 0
        assert kwaliteit.werkregels(Wens(groep="C")).totaal == 0
        assert kwaliteit.werkregels(Wens(teldatum="1-10")).totaal == 0


@pytest.mark.parametrize("volgorde", ["geld", "ouderdom", "aantal"])
def test_pages_follow_each_other_and_together_give_all(klas, volgorde):
    with als():
        gezien, na = [], None
        while True:
            bladzijde = kwaliteit.werkregels(Wens(), volgorde=volgorde, na=na, aantal=2)
            gezien += [een.id for een in bladzijde.regels]
            na = bladzijde.volgende
            if na is None:
                break
        assert sorted(gezien) == sorted(een.id for een in kwaliteit.werkregels(Wens(), aantal=500).regels)
        sleutels, plek = [], None
        while True:
            causes = kwaliteit.oorzaken(Wens(), volgorde=volgorde, na=plek, aantal=1)
            sleutels += [een.sleutel for een in causes.oorzaken]
            plek = causes.volgende
            if plek is None:
                break
        alles = kwaliteit.oorzaken(Wens(), volgorde=volgorde)
        assert sleutels == [een.sleutel for een in alles.oorzaken]


def test_what_a_record_would_contribute_is_told_once_and_only_where_it_does_not_count(klas):
    """A fundable BOL enrolment counts; set to not fundable, the institution itself keeps it from counting."""
    with als():
        assert all(een.telt_niet == 0 for een in kwaliteit.werkregels(Wens()).regels)
    (periode,) = inschrijving().perioden
    lever(
        klas[0],
        inschrijving(
            "1",
            "01AA",
            datum_uitschrijving_gepland=date(2025, 9, 1),
            perioden=(structs.replace(periode, bekostigbaar=False),),
        ),
    )
    waarde = bekostigen.belang(VANDAAG)
    with als():
        (kost,) = kwaliteit.werkregels(Wens(telt_niet=True), belang=waarde).regels
        assert kost.persoon == persoon_id(klas[0])
        eerste = kwaliteit.oorzaken(Wens(regel="B04"), volgorde="geld", belang=waarde).oorzaken[0]
        assert eerste.telt_niet == 1
        assert Decimal(eerste.gemist) == kost.gemist
        assert kwaliteit.werkregels(Wens(telt_niet=True)).totaal == 0


def test_each_sees_the_causes_of_its_own_institution_only(klas):
    with als("02BB"):
        assert kwaliteit.oorzaken(Wens()).oorzaken == ()
        assert kwaliteit.oorzaken(Wens(instelling="01AA")).signalen == 0
    with als("", Soort.DUO):
        assert {een.instelling for een in kwaliteit.oorzaken(Wens()).oorzaken} == {"01AA"}
        assert kwaliteit.oorzaken(Wens(instelling="02BB")).signalen == 0
    with als("", Soort.SECTOR):
        assert kwaliteit.oorzaken(Wens()).oorzaken == ()
    with als("01AA", Soort.ACCOUNTANT, "2025-2026"):
        assert kwaliteit.oorzaken(Wens()).signalen > 0
    with als("01AA", Soort.ACCOUNTANT, "2023-2024"):
        assert kwaliteit.oorzaken(Wens()).signalen == 0
