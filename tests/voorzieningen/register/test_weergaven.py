"""The views over the versions: what an analyst sees of what is registered."""

from datetime import UTC, date, datetime
from decimal import Decimal
from importlib import import_module

import msgspec
import pytest
from django.db import connections

from kernregister.kern.dossier import (
    ONDERDELEN,
    AmvbOnderdeel,
    Bpv,
    Diploma,
    ExtraOndersteuning,
    GeneriekExamenonderdeel,
    Inschrijving,
    Inschrijvingsperiode,
    Keuzedeel,
)
from kernregister.platform.pas import Pas, Soort, met_pas
from kernregister.voorzieningen.register import weergaven

NU = datetime(2026, 3, 2, 9, tzinfo=UTC)
PERIODE = Inschrijvingsperiode(date(2025, 8, 1), "25655", "BOL", niveau="4", bekostigbaar=True)
BPV = Bpv("1", date(2025, 9, 1), date(2025, 9, 8), omvang=640, leerbedrijf_id="100073542")
INSCHRIJVING = Inschrijving("27DV", "1", date(2025, 8, 1), perioden=(PERIODE,), bpvs=(BPV, BPV))
REKENEN = GeneriekExamenonderdeel("2", "2005", eindcijfer=7, cijfer_ie=Decimal("6.8"))
KEUZEDEEL = Keuzedeel("3", "K0067", True)
DIPLOMA = Diploma("27DV", "1", "25655", date(2026, 2, 1), onderdelen=(REKENEN, KEUZEDEEL))
LOS = AmvbOnderdeel("9", "C0004", "27DV", date(2026, 1, 15), certificaat=True)


def leg_neer(soort: str, sleutel: str, inhoud: object, instelling: str = "27DV") -> None:
    with connections["stelsel"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO register_versie (persoon_id, soort, instelling, sleutel, opleidingcode, inhoud, schema,"
            " melding_van, geregistreerd_op) VALUES (7, %s, %s, %s, '', %s, 1, 1, %s)",
            [soort, instelling, sleutel, msgspec.json.encode(inhoud).decode(), NU],
        )


def rijen(vraag: str, *, pas: Pas | None = None) -> list[dict]:
    with met_pas(pas or Pas(Soort.DUO)), connections["default"].cursor() as cursor:
        cursor.execute(vraag)
        namen = [kolom.name for kolom in cursor.description]
        return [dict(zip(namen, rij, strict=True)) for rij in cursor]


def enkelvoudig(struct: type[msgspec.Struct]) -> list[str]:
    """The fields of a struct that hold one value: the others are records of their own."""
    return [
        veld.name
        for veld in msgspec.structs.fields(struct)
        if veld.name not in {"perioden", "bpvs", "onderdelen", "extra_ondersteuning", "verblijf_grond"}
    ]


@pytest.mark.parametrize(
    ("weergave", "sleutel", "structs"),
    [
        ("inschrijving", [], [Inschrijving]),
        ("periode", ["instelling", "inschrijvingvolgnummer"], [Inschrijvingsperiode]),
        ("bpv", ["instelling", "inschrijvingvolgnummer"], [Bpv]),
        ("resultaat", ["soort", "diploma"], [Diploma, *ONDERDELEN]),
    ],
)
def test_the_columns_of_a_view_are_the_fields_of_the_dossier(databank, weergave, sleutel, structs):
    with databank.verbind("kernregister_stelsel") as stelsel:
        kolommen = [kolom.name for kolom in stelsel.execute(f"SELECT * FROM {weergave}").description]
    velden = list(dict.fromkeys(veld for struct in structs for veld in enkelvoudig(struct)))
    assert kolommen == [*weergaven.VERSIE, *sleutel, *velden]


def test_when_the_dossier_changes_a_migration_makes_the_views_anew():
    laatste = import_module("kernregister.voorzieningen.register.migrations.0003_weergaven")
    assert weergaven.vingerafdruk() == laatste.VINGERAFDRUK, (
        "de weergaven zijn veranderd: schrijf een migratie zoals 0003_weergaven, en laat deze test daarnaar kijken"
    )


def test_an_enrolment_reads_as_it_was_registered(databank):
    leg_neer("inschrijving", "1", INSCHRIJVING)
    (rij,) = rijen("SELECT * FROM inschrijving")
    assert {veld: rij[veld] for veld in enkelvoudig(Inschrijving)} == {
        veld: getattr(INSCHRIJVING, veld) for veld in enkelvoudig(Inschrijving)
    }
    assert (rij["persoon_id"], rij["geregistreerd_op"], rij["vervallen_op"]) == (7, NU, None)
    (rij,) = rijen("SELECT * FROM periode")
    assert {veld: rij[veld] for veld in enkelvoudig(Inschrijvingsperiode)} == msgspec.structs.asdict(PERIODE)
    assert (rij["instelling"], rij["inschrijvingvolgnummer"]) == ("27DV", "1")
    bpvs = rijen("SELECT * FROM bpv")
    assert [rij["omvang"] for rij in bpvs] == [640, 640]
    assert {veld: bpvs[0][veld] for veld in enkelvoudig(Bpv)} == msgspec.structs.asdict(BPV)


def test_a_diploma_comes_with_its_parts_and_a_loose_part_stands_alone(databank):
    leg_neer("diploma", "1", DIPLOMA)
    leg_neer("resultaat", "9", LOS)
    uit = rijen("SELECT * FROM resultaat ORDER BY resultaatvolgnummer")
    assert [(rij["soort"], rij["diploma"], rij["resultaatvolgnummer"], rij["instelling"]) for rij in uit] == [
        ("DIP", None, "1", "27DV"),
        ("GEO", "1", "2", "27DV"),
        ("KZD", "1", "3", "27DV"),
        ("AMO", None, "9", "27DV"),
    ]
    assert (uit[1]["cijfer_ie"], uit[1]["eindcijfer"]) == (Decimal("6.8"), 7)
    assert uit[2]["behaald"] is True
    assert (uit[3]["datum_resultaat"], uit[3]["certificaat"]) == (date(2026, 1, 15), True)


def test_an_older_version_with_fewer_fields_still_reads(databank):
    """Fields are added at the end of a struct; a version that was written before has a shorter array."""
    leg_neer("inschrijving", "1", ["27DV", "1", "2020-08-01"])
    (rij,) = rijen("SELECT * FROM inschrijving")
    assert (rij["datum_inschrijving"], rij["op_onderwijsnummer"]) == (date(2020, 8, 1), None)
    assert rijen("SELECT * FROM periode") == []


def test_a_view_shows_no_more_than_its_table(databank):
    leg_neer("inschrijving", "1", INSCHRIJVING)
    leg_neer("inschrijving", "1", msgspec.structs.replace(INSCHRIJVING, instelling="25LX"), "25LX")
    assert [rij["instelling"] for rij in rijen("SELECT * FROM bpv", pas=Pas(Soort.INSTELLING, "25LX"))] == [
        "25LX",
        "25LX",
    ]
    assert rijen("SELECT * FROM inschrijving", pas=Pas(Soort.SECTOR)) == []
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM periode")
        assert cursor.fetchone() == (0,)


def test_special_data_are_in_no_view(databank):
    steun = msgspec.structs.replace(
        INSCHRIJVING,
        extra_ondersteuning=(ExtraOndersteuning(date(2031, 5, 17)),),
        verblijf_grond="W-document",
    )
    leg_neer("inschrijving", "1", steun)
    for weergave in weergaven.weergaven():
        gelezen = repr(rijen(f"SELECT * FROM {weergave}"))
        assert "2031" not in gelezen
        assert "W-document" not in gelezen
