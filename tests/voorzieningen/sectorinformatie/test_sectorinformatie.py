"""Sector information from the register: asked for, made, as it was then, and without anybody in it."""

import csv
import io
import zipfile
from datetime import date
from uuid import UUID

import psycopg
import pyarrow.parquet as pq
import pytest
from msgspec import structs

from kernregister.fictief.sector import Sector
from kernregister.kern.bekostiging.beslissen import Beslisser
from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.dossier import Nationaliteit, Verblijfstitel
from kernregister.kern.overzichten.sector import Sectortelling, tabellen
from kernregister.kern.tijd import Studiejaar
from kernregister.platform import klok
from kernregister.platform.pas import Pas, Soort, met_pas
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.sectorinformatie import public as sectorinformatie
from kernregister.voorzieningen.sectorinformatie import tellen
from kernregister.voorzieningen.stamgegevens import public as stamgegevens
from tests.databank import Databank
from tests.voorzieningen.kwaliteit import opzet

PERSONEN = 60


@pytest.fixture
def sector(databank: Databank, monkeypatch: pytest.MonkeyPatch) -> Sector:
    opzet.zet_klok(monkeypatch, opzet.VANDAAG)
    sector = Sector(PERSONEN, 1, instellingen=3)
    stamgegevens.laad_gegevens(sector.gegevens, "test", "fictieve sector")
    laad(sector, 0, PERSONEN)
    opzet.zet_klok(monkeypatch, date(2026, 3, 2))
    return sector


def laad(sector: Sector, van: int, tot: int) -> None:
    for dossier in list(sector.dossiers())[van:tot]:
        antwoorden = register.verwerk(list(opzet.overnemen(dossier)), opzet.LADER)
        assert all(een.aanvaard for een in antwoorden)
    register.stand()


def maak(**vraag: object) -> tuple[sectorinformatie.Levering, zipfile.ZipFile]:
    levering = sectorinformatie.vraag_aan(vraag.get("studiejaar"), vraag.get("stand_per"), "test")
    sectorinformatie.maak(levering.id)
    return levering, zipfile.ZipFile(io.BytesIO(haal(levering.id)[1]))


def haal(id_: UUID) -> tuple[str, bytes]:
    with met_pas(Pas(Soort.SECTOR, "")):
        gevonden = sectorinformatie.bestand(id_)
    assert gevonden is not None
    return gevonden


def rijen(zip_: zipfile.ZipFile, naam: str) -> list[dict[str, str]]:
    tekst = zip_.read(f"{naam}.csv").decode()
    return list(csv.DictReader(io.StringIO(tekst), delimiter=";"))


def test_the_counts_are_those_of_the_dossiers_as_csv_and_as_parquet(sector: Sector, tmp_path) -> None:
    _, zip_ = maak()
    telling = Sectortelling(Studiejaar(2025), "2026-03-02", sector.gegevens)
    for dossier in sector.dossiers():
        telling.tel(dossier)
    gemaakt = {tabel.naam: inhoud for tabel, inhoud in tabellen(telling)}
    verwacht = gemaakt["inschrijvingen_instelling_geslacht"]
    assert len(verwacht) > 4
    gelezen = [
        (
            r["peil"],
            r["instelling"],
            r["geslacht"],
            int(r["aantal"]) if r["aantal"] else None,
            r["onderdrukt"] == "J",
        )
        for r in rijen(zip_, "inschrijvingen_instelling_geslacht")
    ]
    assert gelezen == verwacht
    zip_.extract("inschrijvingen_instelling_geslacht.parquet", tmp_path)
    parquet = pq.read_table(tmp_path / "inschrijvingen_instelling_geslacht.parquet")
    assert [tuple(rij.values()) for rij in parquet.to_pylist()] == verwacht
    assert parquet.schema.field("aantal").metadata[b"eenheid"] == b"inschrijving"


def test_every_column_of_every_table_is_in_the_dictionary(sector: Sector) -> None:
    _, zip_ = maak()
    woordenboek = {(r["tabel"], r["kolom"]): r for r in rijen(zip_, "woordenboek")}
    namen = {naam.removesuffix(".csv") for naam in zip_.namelist() if naam.endswith(".csv")} - {"woordenboek"}
    assert {"signalen_instelling_regel", "bekostiging", "diplomas_instelling_niveau"} <= namen
    for naam in namen:
        koppen = zip_.read(f"{naam}.csv").decode().splitlines()[0].split(";")
        assert [woordenboek[naam, kop]["positie"] for kop in koppen] == [
            str(n + 1) for n in range(len(koppen))
        ]
    assert all(r["betekenis"] and r["bron"] and r["type"] for r in woordenboek.values())
    assert "ten minste 5" in " ".join(zip_.read("LEESMIJ.txt").decode().split())


def test_signals_and_funding_are_among_the_counts(sector: Sector) -> None:
    _, zip_ = maak()
    bekostigd = {(r["peil"], r["instelling"]): r for r in rijen(zip_, "bekostiging")}
    assert int(bekostigd["2025-10-01", "totaal"]["aantal"]) > 5
    peil = kwaliteit.per(date(2026, 3, 2))
    motor = kwaliteit.motor_op(Studiejaar(2025), peil, kwaliteit.gegevens_versie(peil))
    signalen = sum(len(motor.controleer(dossier)) for _, dossier in register.dossiers())
    totaal = [
        r
        for r in rijen(zip_, "signalen_instelling_regel")
        if (r["instelling"], r["regel"]) == ("totaal",) * 2
    ]
    assert [int(r["aantal"]) for r in totaal] == ([signalen] if signalen >= 5 else [])


def test_who_has_no_right_to_the_programme_is_not_among_the_funded(sector: Sector) -> None:
    def bekostigd() -> int:
        peil = kwaliteit.Peil(date(2026, 3, 2), register.stand(), klok.nu())
        telling = tellen.tel(Studiejaar(2025), peil, kwaliteit.gegevens_versie(peil), lambda _: None)
        return sum(
            aantal
            for (populatie, peil_, _), aantal in telling.aantallen.items()
            if (populatie, peil_) == ("bekostiging", "2025-10-01")
        )

    eerst = bekostigd()
    beslis = Beslisser(Bekostigingsjaar(2027), register.gegevens_van(stamgegevens.versie()))
    wie = next(
        dossier.persoon
        for _, dossier in register.dossiers()
        if dossier.inschrijvingen[0].datum_inschrijving.year - int(dossier.persoon.geboortedatum[:4]) > 19
        and len([een for een in beslis(dossier).inschrijvingen if een.status]) == 2
    )
    zonder_recht = structs.replace(
        wie,
        burgerservicenummer=None,
        onderwijsnummer=None,
        nationaliteiten=(Nationaliteit("0110", "2000-01-01"),),
        verblijfstitels=(Verblijfstitel("98", "2000-01-01"),),
    )
    (antwoord,) = register.verwerk(
        [opzet.melding(opzet.b.VerstrekkenPersoonsgegevens, "BRP", wie, persoon=zonder_recht)], opzet.LADER
    )
    assert antwoord.aanvaard
    assert bekostigd() == eerst - 1


def test_as_it_was_on_an_earlier_day_it_comes_out_the_same_after_later_meldingen(
    sector: Sector, monkeypatch: pytest.MonkeyPatch
) -> None:
    levering, _ = maak(stand_per=date(2026, 3, 2))
    eerste = haal(levering.id)[1]
    opzet.zet_klok(monkeypatch, date(2026, 3, 5))
    weg = [
        antwoord.aanvaard
        for dossier in sector.dossiers()
        for een in dossier.diplomas
        for antwoord in register.verwerk(
            [
                opzet.melding(
                    opzet.b.VerwijderenResultaat,
                    een.instelling,
                    dossier.persoon,
                    resultaatvolgnummer=een.resultaatvolgnummer,
                )
            ],
            register.Herkomst("test", een.instelling),
        )
    ]
    assert sum(weg) > 5
    zelfde = sectorinformatie.vraag_aan(None, date(2026, 3, 2), "een ander")
    assert zelfde.id == levering.id
    peil = kwaliteit.Peil(levering.stand_per, levering.stand, kwaliteit.per(levering.stand_per).moment)
    telling = tellen.tel(Studiejaar(2025), peil, levering.gegevens_versie, lambda _: None)
    opnieuw = {tabel.naam: inhoud for tabel, inhoud in tabellen(telling)}
    gelezen = rijen(zipfile.ZipFile(io.BytesIO(eerste)), "diplomas_instelling_niveau")
    assert [r["aantal"] for r in gelezen] == [
        "" if rij[3] is None else str(rij[3]) for rij in opnieuw["diplomas_instelling_niveau"]
    ]


def test_an_institution_sees_none_of_it(sector: Sector) -> None:
    levering, _ = maak()
    with met_pas(Pas(Soort.INSTELLING, "25PV")):
        assert sectorinformatie.leveringen() == []
        assert sectorinformatie.bestand(levering.id) is None
    with met_pas(Pas(Soort.DUO, "")):
        assert [een.id for een in sectorinformatie.leveringen()] == [levering.id]


def test_a_day_that_is_to_come_has_no_stand(sector: Sector) -> None:
    with pytest.raises(kwaliteit.Kwaliteitsfout, match="kan nog niet"):
        sectorinformatie.vraag_aan(None, date(2027, 1, 1), "test")


def test_what_went_wrong_is_told_and_can_be_asked_again(
    sector: Sector, monkeypatch: pytest.MonkeyPatch
) -> None:
    levering = sectorinformatie.vraag_aan(None, None, "test")
    with monkeypatch.context() as stuk:
        stuk.setattr(tellen, "tabellen", lambda *_: 1 / 0)
        sectorinformatie.maak(levering.id)
    with met_pas(Pas(Soort.SECTOR, "")):
        mislukt = sectorinformatie.levering(levering.id)
        assert mislukt is not None
        assert mislukt.toestand == "mislukt"
        assert "Vraag haar opnieuw aan" in mislukt.uitleg
        assert sectorinformatie.bestand(levering.id) is None
    nieuw, _ = maak()
    assert nieuw.id != levering.id


def test_a_database_that_is_away_for_a_moment_has_the_task_begin_again(
    sector: Sector, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_weg(*_: object) -> None:
        raise psycopg.OperationalError("weg")

    levering = sectorinformatie.vraag_aan(None, None, "test")
    with monkeypatch.context() as even:
        even.setattr(tellen, "tabellen", is_weg)
        with pytest.raises(psycopg.OperationalError):
            sectorinformatie.maak(levering.id)
    sectorinformatie.maak(levering.id)
    assert haal(levering.id)


def test_what_was_lost_on_the_way_does_not_stand_in_the_way(
    sector: Sector, monkeypatch: pytest.MonkeyPatch
) -> None:
    verloren = sectorinformatie.vraag_aan(None, date(2026, 3, 2), "test")
    assert sectorinformatie.vraag_aan(None, date(2026, 3, 2), "test").id == verloren.id
    opzet.zet_klok(monkeypatch, date(2026, 3, 3))
    assert sectorinformatie.vraag_aan(None, date(2026, 3, 2), "test").id != verloren.id
