"""The fictitious sector is the same for the same seed, looks like mbo, and has nothing wrong but what was planted."""

import itertools
import tracemalloc
from collections import Counter
from datetime import date

import pytest

from kernregister.fictief.fouten import lees_fouten, planters
from kernregister.fictief.kalender import PEILDATUM
from kernregister.fictief.sector import Sector
from kernregister.fictief.waarheid import Waarheid
from kernregister.kern.dossier import Dossier
from kernregister.kern.gegevens import Soort
from kernregister.kern.regels.catalogus import catalogus, signalen
from kernregister.kern.regels.motor import Motor, Uitkomst
from kernregister.kern.tijd import leeftijd, vroegst

# Both teldata, one, none; a leap day; before BOL_DT, far from now; the edges of the studiejaar.
PEILDATA = [
    *(date(2023, 10, 1), date(2024, 2, 29), date(2025, 12, 31), date(2026, 2, 1), date(2026, 7, 31)),
    *(date(2026, 8, 1), date(2033, 4, 30)),
]


def motor(sector: Sector) -> Motor:
    return Motor(catalogus().values(), sector.kalender.peildatum, sector.gegevens)


def gevonden(sector: Sector) -> list[Uitkomst]:
    controle = motor(sector)
    return [u for dossier in sector.dossiers() for u in controle.controleer(dossier)]


def geteld(waarheid: Waarheid) -> Counter[object]:
    return Counter((v.regel, v.sleutel, v.teldatum) for v in waarheid.bevindingen())


@pytest.fixture(scope="module")
def dossiers() -> list[Dossier]:
    return list(Sector(4000, zaad=3).dossiers())


def test_every_rule_can_be_judged_and_nothing_is_wrong_without_planted_faults() -> None:
    sector = Sector(3000)
    assert [niet.regel for niet in motor(sector).niet_beoordeeld] == ["M09"]  # no recognitions are made up
    assert gevonden(sector) == []
    assert sector.waarheid.gevallen == []


@pytest.mark.traag
@pytest.mark.parametrize("peildatum", PEILDATA)
@pytest.mark.parametrize("zaad", [1, 42])
def test_nothing_is_wrong_on_any_peildatum(peildatum: date, zaad: int) -> None:
    assert gevonden(Sector(6000, zaad, peildatum=peildatum)) == []


@pytest.mark.parametrize("peildatum", [PEILDATUM, *PEILDATA])
def test_exactly_what_was_planted_is_found(peildatum: date) -> None:
    fouten = lees_fouten("alle=5")
    if peildatum.month in (8, 9):
        fouten = {
            regel: aantal for regel, aantal in fouten.items() if regel not in ("E03", "E04", "E05", "E06")
        }
    sector = Sector(1000, zaad=peildatum.day, fouten=fouten, peildatum=peildatum)
    uitkomsten = Counter((u.regel, u.sleutel, u.waarden.get("teldatum")) for u in gevonden(sector))
    assert uitkomsten == geteld(sector.waarheid)
    assert Counter(geval.regel for geval in sector.waarheid.gevallen) == fouten


def test_every_signal_has_a_planter() -> None:
    assert set(planters()) == {regel.id for regel in signalen()}


def test_each_planted_person_has_one_case_and_every_institution_gets_its_share() -> None:
    waarheid = Sector(2000, fouten=lees_fouten("alle=3")).waarheid
    assert len({geval.pgn for geval in waarheid.gevallen}) == len(waarheid.gevallen) == 34 * 3
    assert all(geval.bevindingen for geval in waarheid.gevallen)
    assert {
        v.regel for geval in waarheid.gevallen for v in geval.bevindingen if v.regel != geval.regel
    } == set()
    per_instelling = Counter(geval.instelling for geval in waarheid.gevallen)
    assert len(per_instelling) == 5
    assert max(per_instelling.values()) - min(per_instelling.values()) <= 1


def test_planting_leaves_who_has_no_fault_as_he_was() -> None:
    zonder, met = Sector(1000), Sector(1000, fouten=lees_fouten("B04=7"))
    anders = {geval.pgn for geval in met.waarheid.gevallen}
    assert len(anders) == 7
    for schoon, geplant in zip(zonder.dossiers(), met.dossiers(), strict=True):
        assert schoon == geplant or geplant.persoon.pgn in anders


def test_the_same_seed_gives_the_same_sector_and_another_seed_another() -> None:
    fouten = lees_fouten("alle=2")
    een, ander, nog_een = Sector(500, 7, fouten), Sector(500, 8, fouten), Sector(500, 7, fouten)
    assert list(een.dossiers()) == list(nog_een.dossiers())
    assert een.waarheid == nog_een.waarheid
    assert list(een.dossiers()) != list(ander.dossiers())


def test_any_part_can_be_made_alone() -> None:
    sector = Sector(300, fouten={"E06": 4, "A01": 2})
    delen = [*sector.dossiers(0, 100), *sector.dossiers(100, 250), *sector.dossiers(250, 999)]
    assert delen == list(sector.dossiers())


def test_persons_come_in_order_of_number_first_bsn_then_onderwijsnummer() -> None:
    wie = [d.persoon for d in Sector(2000, fouten={"A01": 3}).dossiers()]
    sleutels = [
        (
            d.inschrijvingen[0].op_onderwijsnummer,
            d.persoon.onderwijsnummer or d.persoon.burgerservicenummer or "",
        )
        for d in Sector(2000, fouten={"A01": 3}).dossiers()
    ]
    assert sleutels == sorted(set(sleutels))
    nummers = [n for p in wie for n in (p.burgerservicenummer, p.onderwijsnummer) if n]
    assert len(set(nummers)) == len(nummers) == 2003
    assert sum(p.burgerservicenummer is None for p in wie) == 20


def test_a_small_sector_has_fewer_institutions_and_a_large_one_sixty_of_varied_size() -> None:
    assert [len(Sector(n).scholen) for n in (100, 2000, 10_000, 515_000)] == [3, 5, 25, 60]
    sector = Sector(515_000)
    soorten = Counter(school.instelling.soort for school in sector.scholen)
    assert soorten == {Soort.BI: 48, Soort.NBI: 12}
    gewichten = sorted(school.gewicht for school in sector.scholen)
    assert gewichten[-1] > 10 * gewichten[0]
    assert len({school.instelling.naam for school in sector.scholen}) == 60


def test_the_shape_is_that_of_mbo(dossiers: list[Dossier]) -> None:
    inschrijvingen = [i for d in dossiers for i in d.inschrijvingen]
    leertrajecten = Counter(i.perioden[0].leertraject for i in inschrijvingen)
    assert set(leertrajecten) >= {"BOL", "BBL", "OVO", "ODT", "EX"}
    assert 0.65 < leertrajecten["BOL"] / len(inschrijvingen) < 0.78
    assert 0.17 < leertrajecten["BBL"] / len(inschrijvingen) < 0.3
    assert 0.1 < len([d for d in dossiers if d.diplomas]) / len(dossiers) < 0.25
    assert (
        0.02
        < len([d for d in dossiers if len({i.instelling for i in d.inschrijvingen}) > 1]) / len(dossiers)
        < 0.05
    )
    assert 0.005 < len([i for i in inschrijvingen if i.extra_ondersteuning]) / len(inschrijvingen) < 0.03
    assert any(d.persoon.geboortedatum and d.persoon.geboortedatum.endswith("00") for d in dossiers)
    assert any(d.persoon.datum_overlijden for d in dossiers)
    assert {d.sector for dossier in dossiers for d in dossier.deelnames} == {"VO", "VSO", "VAVO"}
    assert {type(los).__name__ for d in dossiers for los in d.losse_resultaten} == {
        *("AmvbOnderdeel", "GeneriekExamenonderdeel", "Keuzedeel")
    }
    redenen = Counter(i.reden_uitschrijving for i in inschrijvingen if i.datum_uitschrijving_werkelijk)
    assert redenen.most_common(1)[0][0] == "08"
    assert len(redenen) >= 8


def test_bol_students_are_young_and_bbl_students_older(dossiers: list[Dossier]) -> None:
    leeftijden: dict[str, list[int]] = {"BOL": [], "BBL": []}
    for d in dossiers:
        eerste = d.inschrijvingen[0]
        geboren = d.persoon.geboortedatum
        assert geboren
        if eerste.perioden[0].leertraject in leeftijden:
            leeftijden[eerste.perioden[0].leertraject].append(
                leeftijd(vroegst(geboren), eerste.datum_inschrijving)
            )
    for rij in leeftijden.values():
        rij.sort()
    assert leeftijden["BOL"][0] >= 16
    assert leeftijden["BOL"][len(leeftijden["BOL"]) * 9 // 10] <= 21
    assert 18 <= leeftijden["BBL"][len(leeftijden["BBL"]) // 2] <= 30
    assert leeftijden["BBL"][-1] <= 65


def test_a_dossier_has_as_many_records_as_in_the_real_sector(dossiers: list[Dossier]) -> None:
    aantal = len(dossiers)
    for d in dossiers:
        for i in d.inschrijvingen:
            aantal += 1 + len(i.perioden) + len(i.extra_ondersteuning) + len(i.bpvs)
        aantal += sum(1 + len(diploma.onderdelen) for diploma in d.diplomas) + len(d.losse_resultaten)
    assert 5.1 < aantal / len(dossiers) < 5.6


def test_memory_does_not_grow_with_the_sector() -> None:
    sector = Sector(500_000)
    for _ in sector.dossiers(0, 50):
        pass
    tracemalloc.start()
    for _ in itertools.islice(sector.dossiers(), 2000):
        pass
    piek = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert piek < 1 << 20


@pytest.mark.parametrize(
    ("wensen", "uit"),
    [
        ("", {}),
        ("B04=10, c03=5", {"B04": 10, "C03": 5}),
        ("alle=3,B04=0", dict.fromkeys(planters(), 3) | {"B04": 0}),
        ("B04=9,alle=1", dict.fromkeys(planters(), 1)),
    ],
)
def test_a_wish_for_faults_is_read(wensen: str, uit: dict[str, int]) -> None:
    assert lees_fouten(wensen) == {regel: aantal for regel, aantal in uit.items() if aantal}


@pytest.mark.parametrize("wensen", ["B04", "B04=", "B04=-1", "Z99=1", "F01=1", "alles=3", "B04=1;C03=2"])
def test_a_wish_that_cannot_be_read_is_refused_in_words(wensen: str) -> None:
    with pytest.raises(ValueError, match=r"verwacht een regel|geen signaal"):
        lees_fouten(wensen)


@pytest.mark.parametrize(
    ("anders", "boodschap"),
    [
        ({"dossiers": 0}, "dossiers"),
        ({"dossiers": 900_001}, "dossiers"),
        ({"zaad": -1}, "zaad"),
        ({"instellingen": 2}, "instellingen"),
        ({"peildatum": date(2019, 1, 1)}, "peildatum"),
        ({"fouten": {"B04": 2000}}, "te weinig"),
        ({"fouten": {"F01": 1}}, "F01"),
        ({"fouten": {"E05": 1}, "peildatum": date(2025, 9, 30)}, "teldatum"),
    ],
)
def test_a_sector_that_cannot_be_is_refused_in_words(anders: dict[str, object], boodschap: str) -> None:
    with pytest.raises(ValueError, match=boodschap):
        Sector(**anders)  # type: ignore[arg-type]
