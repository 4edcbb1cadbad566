"""A GRONDSLAG of the register: who may not be named, what was decided, and read back as it was written."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kernregister.kern.bekostiging.besluit import Bekostiging, Diplomabesluit, Teldatumbesluit
from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.dossier import (
    Adres,
    AmvbOnderdeel,
    Dossier,
    ExtraOndersteuning,
    Keuzedeel,
    Nationaliteit,
    Verblijfstitel,
)
from kernregister.kern.formaten import grondslag
from kernregister.kern.formaten.grondslag_schrijven import Grondslagpersoon, leeftijdsdagen
from kernregister.kern.formaten.lezen import open_levering
from kernregister.kern.formaten.recordbestand import Recordlezer
from kernregister.kern.formaten.regelschrijver import Onschrijfbaar
from kernregister.kern.formaten.schrijven import schrijf, schrijf_grondslag
from kernregister.kern.overzichten.hernummeren import Hernummering
from kernregister.kern.tijd import Studiejaar
from tests.kern.formaten.strategieen import INSTELLING, dossiers
from tests.kern.voorbeelden import (
    BSN,
    ELDERS,
    ONDERWIJSNUMMER,
    bpv,
    diploma,
    examen,
    inschrijving,
    periode,
    student,
)

KOP = grondslag.Vlp(INSTELLING, 2025, date(2025, 11, 19), "V")
HERNUMMER = Hernummering(bytes(range(16)), "IP")
BEPAALD = datetime(2025, 11, 19, 10, 30, tzinfo=UTC)


def regels(tmp_path: Path, *personen: Any, **velden: Any) -> list[str]:
    """Write persons, and return the lines of the file."""
    pad = tmp_path / "grondslag.csv"
    rijen = [
        p if isinstance(p, Grondslagpersoon) else Grondslagpersoon(nummer, p)
        for nummer, p in enumerate(personen)
    ]
    schrijf_grondslag(pad, KOP, rijen, HERNUMMER, **velden)
    return pad.read_bytes().decode().split("\r\n")[:-1]


def persoon(tmp_path: Path, **velden: Any) -> list[str]:
    """Return the fields of the PER record of a student."""
    wie = student(inschrijving())
    return regels(tmp_path, replace(wie, persoon=replace(wie.persoon, **velden)))[1].split(";")


def test_a_student_is_written_with_everything_and_without_a_number_or_a_date_of_birth(tmp_path):
    heel = student(
        inschrijving(
            eind="2026-05-31",
            perioden=(
                periode("2024-08-01", bekostigbaar=True),
                periode("2025-09-01", "BBL", bekostigbaar=False),
            ),
            extra_ondersteuning=(ExtraOndersteuning(date(2025, 9, 1)),),
            bpvs=(bpv(),),
        ),
        diplomas=(
            diploma(
                "2025-12-01",
                bekostigbaar=True,
                onderdelen=(Keuzedeel("4", "K0067", True), examen("3005", "3", cijfer_ie=Decimal("7.4"))),
            ),
        ),
        los=(AmvbOnderdeel("5", "C0004", INSTELLING, date(2025, 10, 1), True, "1"),),
        geslacht="V",
    )
    pgn = HERNUMMER(0)
    assert regels(tmp_path, heel) == [
        "VLP;27DV;2025;20251119;V",
        f"PER;{pgn};19;19;19;19;V;0040;;;;;;;;;;",
        f"ISG;{pgn};27DV;1;20240801;20270731;20260531;08",
        f"ISP;{pgn};27DV;1;20240801;20250831;25655;;BOL;;1;100A501;101X591;;",
        f"ISP;{pgn};27DV;1;20250901;20260531;25655;;BBL;;0;100A501;101X591;;",
        f"ISE;{pgn};27DV;1;20250901;",
        f"BPV;{pgn};27DV;1;1;20250203;20250203;20260703;;640;100012345;25655;",
        f"DIP;{pgn};27DV;1;25655;20251201;1;1;100A501",
        f"GEO;{pgn};27DV;1;3;3005;7;;74;;;;;;",
        f"KZD;{pgn};27DV;1;4;K0067;BEHAALD;;;;",
        f"AMO;{pgn};27DV;;5;C0004;1;20251001;1;",
        "SLR;1;1;2;1;1;0;1;0;1;1;1",
    ]


def test_neither_number_nor_birth_nor_name_nor_address_is_anywhere_in_it(tmp_path):
    adres = Adres("Dorpsstraat", "7", None, "1234 AB", "Ons Dorp", "0363")
    wie = student(inschrijving(), onderwijsnummer=ONDERWIJSNUMMER, achternaam="Jansen", adres=adres)
    tekst = "\n".join(regels(tmp_path, wie))
    for geheim in (
        BSN,
        ONDERWIJSNUMMER,
        "20060514",
        "2006",
        "Jansen",
        "Dorpsstraat",
        "1234AB",
        "1234 AB",
        "0363",
    ):
        assert geheim not in tekst
    assert ";1234;" in tekst


def test_persons_are_in_the_order_of_their_new_numbers(tmp_path):
    personen = [student(inschrijving()) for _ in range(50)]
    gevonden = [r.split(";")[1] for r in regels(tmp_path, *personen) if r.startswith("PER")]
    assert gevonden == sorted(HERNUMMER(n) for n in range(50))


def test_somebody_on_two_numbers_is_one_person_here(tmp_path):
    op_own = replace(inschrijving(inschrijvingvolgnummer="2"), op_onderwijsnummer=True)
    geschreven = regels(tmp_path, student(inschrijving(), op_own, onderwijsnummer=ONDERWIJSNUMMER))
    assert [r[:3] for r in geschreven] == ["VLP", "PER", "ISG", "ISP", "ISG", "ISP", "SLR"]


def test_who_has_nothing_at_the_institution_is_not_in_it_and_one_person_twice_is_refused(tmp_path):
    assert len(regels(tmp_path, student(inschrijving(instelling=ELDERS)))) == 2
    with pytest.raises(Onschrijfbaar, match="twee keer"):
        regels(tmp_path, *[Grondslagpersoon(1, student(inschrijving()))] * 2)


def test_the_days_of_the_four_ages_are_as_in_the_example_of_duo():
    een, twee, drie, vier = leeftijdsdagen(Studiejaar(2025))
    assert (een, drie) == (min(een, twee, drie, vier), max(een, twee, drie, vier))


@pytest.mark.parametrize(
    ("geboren", "leeftijden"),
    [
        ("2006-08-01", ["19", "19", "19", "19"]),
        ("2006-08-02", ["18", "19", "19", "19"]),
        ("2006-10-02", ["18", "18", "19", "19"]),
        ("2007-01-01", ["18", "18", "19", "18"]),
        ("2007-02-02", ["18", "18", "18", "18"]),
        ("2006-00-00", ["19", "19", "20", "19"]),
        ("0000-00-00", ["", "", "", ""]),
        (None, ["", "", "", ""]),
        ("2026-01-01", ["", "", "0", ""]),
        ("1826-08-02", ["198", "199", "199", "199"]),
        ("1825-08-01", ["", "", "", ""]),
    ],
)
def test_ages_are_told_on_four_days(tmp_path, geboren, leeftijden):
    assert persoon(tmp_path, geboortedatum=geboren)[2:6] == leeftijden


@pytest.mark.parametrize(
    ("adres", "cijfers"),
    [
        (None, "0040"),
        (Adres(postcode="1234AB"), "1234"),
        (Adres(postcode="1234 AB", landcode="6030"), "1234"),
        (Adres(postcode="12"), "0040"),
        (Adres(postcode="AB12 3CD", landcode="6039"), "0030"),
        (Adres(landcode="5010", adresregels=("Rue 1",)), "0010"),
        (Adres(landcode="6029", postcode="48599"), "0020"),
        (Adres(landcode="9089"), "0020"),
    ],
)
def test_of_an_address_only_the_digits_of_the_postcode_or_the_land_are_told(tmp_path, adres, cijfers):
    assert persoon(tmp_path, adres=adres)[7] == cijfers


def test_a_secret_address_is_told_as_none(tmp_path):
    velden = persoon(tmp_path, adres=Adres(landcode="5010"), geheim=True, datum_vertrek="2025-01-00")
    assert (velden[7], velden[10], velden[14]) == ("0040", "20250100", "")


def test_origin_is_that_of_the_first_of_october(tmp_path):
    velden = persoon(
        tmp_path,
        geboorteland="5022",
        datum_vestiging="2019-00-00",
        datum_vertrek="2026-01-05",
        adres=Adres(landcode="5010"),
        datum_overlijden=date(2026, 2, 1),
        verblijfstitels=(
            Verblijfstitel("21", "2020-01-01", "2025-10-01"),
            Verblijfstitel("22", "2025-10-01", "2025-10-02"),
            Verblijfstitel("23", "2025-10-02"),
        ),
        nationaliteiten=(
            Nationaliteit("0339", "0000-00-00"),
            Nationaliteit("0001", "2024-01-01"),
            Nationaliteit("0052", "0000-00-00", "2025-10-01"),
        ),
    )
    assert velden[8:] == [
        *("20260201", "20190000", "20260105", "5022", "", "", "5010"),
        *("22", "0001", "0339"),
    ]


def besluit(volgnummer: str, **velden: Any) -> Teldatumbesluit:
    standaard: dict[str, Any] = {
        "instelling": INSTELLING,
        "inschrijvingvolgnummer": volgnummer,
        "op_onderwijsnummer": False,
        "teldatum": date(2025, 10, 1),
        "leeftijd": 19,
        "opleidingcode": "25655",
        "niveau": "MBO-4",
        "leertraject": "BBL",
        "leerroutefase": None,
        "indicatie_bekostigbaar": True,
        "status": True,
        "voor_correctiefactor": True,
        "bbl_bol_factor": Decimal("0.4"),
        "prijsfactor": Decimal("1.25"),
        "bijdrage": Decimal("0.5"),
        "bpvs": (),
        "redenen": (),
    }
    return Teldatumbesluit(**(standaard | velden))


def diplomabesluit(**velden: Any) -> Diplomabesluit:
    standaard: dict[str, Any] = {
        "instelling": INSTELLING,
        "resultaatvolgnummer": "1",
        "op_onderwijsnummer": False,
        "opleidingcode": "25655",
        "inschrijvingvolgnummer": "1",
        "datum_behaald": date(2025, 12, 1),
        "niveau": "MBO-4",
        "specialist": False,
        "niveau_hoogst_bekostigde_diploma": "MBO-2",
        "hoogst_is_specialist": None,
        "status": True,
        "bijdrage": Decimal(4),
        "redenen": (),
    }
    return Diplomabesluit(**(standaard | velden))


def test_what_was_decided_stands_with_its_enrolment_and_its_diploma(tmp_path):
    wie = student(
        inschrijving(),
        inschrijving(inschrijvingvolgnummer="2"),
        diplomas=(diploma("2025-12-01"),),
    )
    bekostiging = Bekostiging(
        Bekostigingsjaar(2027),
        (
            besluit("1"),
            besluit("1", teldatum=date(2026, 2, 1), status=False, bijdrage=None, prijsfactor=None),
            besluit("2", instelling=ELDERS),
            besluit("2", op_onderwijsnummer=True),
        ),
        (diplomabesluit(), diplomabesluit(instelling=ELDERS), diplomabesluit(resultaatvolgnummer="2")),
    )
    geschreven = regels(tmp_path, Grondslagpersoon(0, wie, bekostiging), bepaald_op=BEPAALD)
    pgn = HERNUMMER(0)
    assert [r for r in geschreven if r[:3] in ("BII", "BID")] == [
        f"BII;{pgn};27DV;1;20251001;20251119T103000;V;J;J;0.40;1.25;;;0.500000",
        f"BII;{pgn};27DV;1;20260201;20251119T103000;V;N;J;0.40;;;;",
        f"BID;{pgn};27DV;1;MBO-4;N;MBO-2;;20251119T103000;V;J;4",
    ]
    assert [r[:3] for r in geschreven][3:] == ["ISP", "BII", "BII", "ISG", "ISP", "DIP", "BID", "SLR"]
    assert geschreven[-1] == "SLR;1;2;2;0;0;2;1;1;0;0;0"


@pytest.mark.parametrize(("jaar", "moment"), [(2026, BEPAALD), (2027, None)])
def test_decisions_of_another_year_or_of_no_moment_are_refused(tmp_path, jaar, moment):
    wie = Grondslagpersoon(0, student(inschrijving()), Bekostiging(Bekostigingsjaar(jaar)))
    with pytest.raises(ValueError, match="studiejaar van het bestand"):
        regels(tmp_path, wie, bepaald_op=moment)


def test_a_grondslag_is_of_an_institution(tmp_path):
    kop = grondslag.Vlp(None, 2025, date(2025, 11, 19), "V")
    with pytest.raises(ValueError, match="één instelling"):
        schrijf_grondslag(tmp_path / "g.csv", kop, [], HERNUMMER)


@st.composite
def _personen(draw: st.DrawFn) -> list[Grondslagpersoon]:
    nummers = draw(st.lists(st.integers(0, 10**8 - 1), unique=True, max_size=4))
    return [Grondslagpersoon(nummer, _zonder_scheiding(draw(dossiers(nummer)))) for nummer in nummers]


def _zonder_scheiding(dossier: Dossier) -> Dossier:
    """Return a dossier without the separator of this layout in its texts, and with enrolments told apart."""
    tekst = msgspec.json.encode(dossier).replace(b";", b",")
    dossier = msgspec.json.decode(tekst, type=Dossier)
    return replace(
        dossier,
        inschrijvingen=tuple(
            replace(i, inschrijvingvolgnummer=f"{n}", op_onderwijsnummer=False)
            for n, i in enumerate(dossier.inschrijvingen)
        ),
        diplomas=tuple(
            replace(
                d,
                resultaatvolgnummer=f"{n}",
                op_onderwijsnummer=False,
                onderdelen=tuple(replace(o, op_onderwijsnummer=False) for o in d.onderdelen),
            )
            for n, d in enumerate(dossier.diplomas)
        ),
        losse_resultaten=tuple(replace(o, op_onderwijsnummer=False) for o in dossier.losse_resultaten),
    )


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(personen=_personen())
def test_what_was_written_is_read_back_with_totals_that_are_right_and_written_the_same(tmp_path, personen):
    pad, weer = tmp_path / "een.csv", tmp_path / "twee.csv"
    schrijf_grondslag(pad, KOP, personen, HERNUMMER)
    with open_levering(pad) as [levering]:
        gelezen = list(levering.dossiers())
        levering.controleer_totalen()
        assert levering.kop == KOP
        assert levering.verslag.opmerkingen == []
        groepen = list(Recordlezer(levering.verkenning, levering.verslag).groepen())
    verwacht = sorted(personen, key=lambda p: HERNUMMER(p.nummer))
    assert [d.persoon.burgerservicenummer for d in gelezen] == [HERNUMMER(p.nummer) for p in verwacht]
    for was, persoon_ in zip(gelezen, verwacht, strict=True):
        assert was.inschrijvingen == persoon_.dossier.inschrijvingen
        assert was.diplomas == persoon_.dossier.diplomas
        assert was.losse_resultaten == persoon_.dossier.losse_resultaten
    schrijf(weer, grondslag.GRONDSLAG, levering.kop, groepen)
    assert weer.read_bytes() == pad.read_bytes()
