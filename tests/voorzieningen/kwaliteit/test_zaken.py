"""The case that two institutions share: there for exactly these two, for as long as the signal stands at both."""

from datetime import date

import psycopg
import pytest
from django.db import ProgrammingError
from msgspec import structs

from kernregister.kern.dossier import Inschrijving
from kernregister.kern.meldingen import berichten as b
from kernregister.platform.pas import Pas, Soort, met_pas
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.voorzieningen.kwaliteit.public import Standpunt
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register import public as register
from tests.voorzieningen.kwaliteit.opzet import LADER, VANDAAG, lever, melding, persoon_id, zet_klok
from tests.voorzieningen.kwaliteit.test_bijhouden import WIE, inschrijving


@pytest.fixture
def dubbel(databank, monkeypatch) -> None:
    """A student with a fundable enrolment at 01AA and at 02BB on 1 October and 1 February; 03CC has another student."""
    zet_klok(monkeypatch, VANDAAG)
    personen.maak([personen.Nummers(WIE.burgerservicenummer)])
    lever(WIE, inschrijving("1", "01AA"))
    lever(WIE, inschrijving("1", "02BB"))


def als(code: str, soort: Soort = Soort.INSTELLING, extra: str = ""):
    return met_pas(Pas(soort, code, extra))


def enige(code: str = "01AA") -> kwaliteit.Zaak:
    with als(code):
        (een,) = kwaliteit.zaken()
    return een


def niet_bekostigbaar(een: Inschrijving) -> Inschrijving:
    perioden = tuple(structs.replace(periode, bekostigbaar=False) for periode in een.perioden)
    return structs.replace(een, perioden=perioden)


def test_a_double_enrolment_is_one_case_for_the_two_and_none_for_others(dubbel):
    lever(WIE, niet_bekostigbaar(inschrijving("1", "03CC")))
    assert (enige("01AA").eigen, enige("01AA").ander) == ("01AA", "02BB")
    assert (enige("02BB").eigen, enige("02BB").ander) == ("02BB", "01AA")
    assert enige("01AA").id == enige("02BB").id
    nummer = enige().id
    with als("01AA"):
        kwaliteit.zeg(nummer, "Bij ons volgt zij lessen.", Standpunt.KLOPT, "anna")
    for pas in (
        Pas(Soort.INSTELLING, "03CC"),
        Pas(Soort.DUO),
        Pas(Soort.SECTOR),
        Pas(Soort.ACCOUNTANT, "01AA", "2025-2026"),
        Pas(Soort.STUDENT, str(persoon_id(WIE)), "ab" * 16),
    ):
        with met_pas(pas):
            assert kwaliteit.zaken() == []
            with pytest.raises(kwaliteit.Onvindbaar):
                kwaliteit.zaak(nummer)
            with pytest.raises(kwaliteit.Onvindbaar):
                kwaliteit.zeg(nummer, "Ik lees mee", Standpunt.GEEN, "indringer")


def test_the_two_talk_and_each_sees_the_standpoint_of_the_other(dubbel):
    nummer = enige().id
    with als("01AA"):
        kwaliteit.zeg(nummer, "Bij ons volgt zij lessen.", Standpunt.KLOPT, "anna")
    with als("02BB"):
        kwaliteit.zeg(nummer, "Klopt, zij is bij ons gestopt.", Standpunt.GEEN, "bram")
        kwaliteit.zeg(nummer, "", Standpunt.HERSTELT, "bram")
        gezien, berichten = kwaliteit.zaak(nummer)
    assert (gezien.eigen_standpunt, gezien.ander_standpunt) == (Standpunt.HERSTELT, Standpunt.KLOPT)
    assert [(een.instelling, een.door) for een in berichten] == [
        ("01AA", "anna"), ("02BB", "bram"), ("02BB", "bram")
    ]  # fmt: skip
    assert enige("01AA").berichten == 3


def test_the_case_closes_by_itself_and_is_read_only_from_then_on(dubbel):
    nummer = enige().id
    lever(WIE, niet_bekostigbaar(inschrijving("1", "02BB")))
    for code in ("01AA", "02BB"):
        with als(code):
            assert kwaliteit.zaken() == []
            assert [een.id for een in kwaliteit.zaken(alleen_open=False)] == [nummer]
            with pytest.raises(kwaliteit.Kwaliteitsfout, match="gesloten"):
                kwaliteit.zeg(nummer, "Nog iets", Standpunt.GEEN, "anna")
    with als("01AA"), cursor("default") as sql, pytest.raises(psycopg.errors.InsufficientPrivilege):
        sql.execute(
            "INSERT INTO kwaliteit_zaakbericht (zaak_id, instelling, standpunt, tekst, door, op)"
            " VALUES (%s, '01AA', '', 'achteraf', 'anna', now())",
            [nummer],
        )


def test_a_double_enrolment_that_comes_back_is_a_new_case(dubbel):
    eerste = enige().id
    lever(WIE, niet_bekostigbaar(inschrijving("1", "02BB")))
    lever(WIE, inschrijving("1", "02BB"))
    assert enige().id > eerste


def test_a_change_of_what_the_signal_says_keeps_the_case(dubbel):
    eerste = enige().id
    lever(WIE, inschrijving("1", "01AA", datum_uitschrijving_gepland=date(2027, 7, 31)))
    assert enige().id == eerste


def test_who_gets_a_secret_address_is_named_at_no_other_school_any_more_also_not_in_what_was(dubbel):
    """Neither on the list, nor with an earlier signal, nor in a case that was talked over."""
    nummer = enige().id
    with als("02BB"):
        kwaliteit.zeg(nummer, "Hij volgt hier lessen.", Standpunt.GEEN, "bob@tweede.example")

    def alles() -> str:
        with als("01AA"):
            lijst = kwaliteit.open_signalen().signalen
            regels = kwaliteit.werkregels(kwaliteit.Wens(instelling="01AA")).regels
            uitleg = [kwaliteit.signaal(een.id) for een in lijst]
            zaken = [kwaliteit.zaak(een.id) for een in kwaliteit.zaken(alleen_open=False)]
        assert any(een.eerder for een in uitleg)
        return str((lijst, regels, uitleg, zaken))

    lever(WIE, niet_bekostigbaar(inschrijving("1", "02BB")))
    lever(WIE, inschrijving("1", "02BB"))
    eerst = alles()
    assert "02BB" in eerst
    assert "tweede.example" in eerst
    geheim = structs.replace(WIE, burgerservicenummer=None, geheim=True)
    (antwoord,) = register.verwerk(
        [melding(b.VerstrekkenPersoonsgegevens, "BRP", WIE, persoon=geheim)], LADER
    )
    assert antwoord.aanvaard
    gezien = alles()
    assert "02BB" not in gezien
    assert "tweede.example" not in gezien
    assert "99AA" in gezien


def test_three_institutions_are_three_cases_of_two(dubbel):
    lever(WIE, inschrijving("1", "03CC"))
    paren = set()
    for code in ("01AA", "02BB", "03CC"):
        with als(code):
            eigen = kwaliteit.zaken()
        assert len(eigen) == 2
        paren |= {frozenset((een.eigen, een.ander)) for een in eigen}
    assert len(paren) == 3


def test_numbers_of_persons_are_masked_and_an_empty_or_endless_text_is_refused(dubbel):
    nummer = enige().id
    with als("01AA"):
        kwaliteit.zeg(nummer, f"Gaat over {WIE.burgerservicenummer}\x00.", Standpunt.GEEN, "anna")
        (bericht,) = kwaliteit.zaak(nummer)[1]
        assert WIE.burgerservicenummer not in bericht.tekst
        assert bericht.tekst.startswith("Gaat over [")
        for tekst in ("", " \n", "x" * 2001):
            with pytest.raises(kwaliteit.Kwaliteitsfout):
                kwaliteit.zeg(nummer, tekst, Standpunt.GEEN, "anna")


def test_notes_are_for_colleagues_only(dubbel):
    def signaal(code: str) -> int:
        with als(code):
            return kwaliteit.open_signalen(kwaliteit.Filter(regel="E06")).signalen[0].id

    eigen, ander = signaal("01AA"), signaal("02BB")
    with als("01AA"):
        kwaliteit.noteer(eigen, f"Gebeld over {WIE.burgerservicenummer}", "anna")
        ((tekst, door, _),) = kwaliteit.notities([eigen, ander])[eigen]
        assert (tekst, door) == ("Gebeld over [nummer]", "anna")
        with pytest.raises(kwaliteit.Onvindbaar):
            kwaliteit.noteer(ander, "Hallo buren", "anna")
    for pas in (Pas(Soort.INSTELLING, "02BB"), Pas(Soort.DUO), Pas(Soort.ACCOUNTANT, "01AA", "2025-2026")):
        with met_pas(pas):
            assert kwaliteit.notities([eigen]) == {}


RAUW = [
    "INSERT INTO kwaliteit_zaak (persoon_id, regel, instelling_a, instelling_b, geopend_op)"
    " VALUES (1, 'E06', '01AA', '03CC', now())",
    "UPDATE kwaliteit_zaak SET instelling_b = '03CC'",
    "DELETE FROM kwaliteit_zaak",
    "INSERT INTO kwaliteit_zaakbericht (zaak_id, instelling, standpunt, tekst, door, op)"
    " SELECT id, '02BB', 'herstelt', 'namens de buren', 'anna', now() FROM kwaliteit_zaak",
    "INSERT INTO kwaliteit_zaakbericht (zaak_id, instelling, standpunt, tekst, door, op)"
    " VALUES (4711, '01AA', '', 'in het niets', 'anna', now())",
    "UPDATE kwaliteit_zaakbericht SET tekst = ''",
    "DELETE FROM kwaliteit_zaakbericht",
    "INSERT INTO kwaliteit_notitie (signaal_id, instelling, tekst, door, op)"
    " VALUES ((SELECT max(id) + 1000 FROM kwaliteit_signaal), '01AA', 'x', 'y', now())",
    "UPDATE kwaliteit_notitie SET tekst = ''",
]


@pytest.mark.parametrize("sql_", RAUW)
def test_raw_sql_of_the_application_makes_or_changes_nothing(dubbel, sql_):
    with als("01AA"):
        kwaliteit.zeg(kwaliteit.zaken()[0].id, "Een bericht", Standpunt.GEEN, "anna")
    with pytest.raises((ProgrammingError, psycopg.Error)), als("01AA"), cursor("default") as sql:
        sql.execute(sql_)


@pytest.mark.parametrize("pas", ["forged", "none", "third"])
def test_raw_sql_crosses_no_border(dubbel, databank, pas):
    with als("01AA"):
        kwaliteit.zeg(kwaliteit.zaken()[0].id, "Een bericht", Standpunt.GEEN, "anna")
    with databank.verbind("kernregister_app") as sessie:
        if pas == "forged":
            sessie.execute(
                "SELECT set_config('kernregister.pas', '1|instelling|01AA|||9999999999|' || repeat('0', 64), false)"
            )
        for tabel in ("kwaliteit_zaak", "kwaliteit_zaakbericht", "kwaliteit_notitie"):
            assert sessie.execute(f"SELECT count(*) FROM {tabel}").fetchone() == (0,)
    if pas == "third":
        with als("03CC"), cursor("default") as sql:
            for tabel in ("kwaliteit_zaak", "kwaliteit_zaakbericht"):
                assert sql.execute(f"SELECT count(*) FROM {tabel}").fetchone() == (0,)


def test_what_is_kept_no_longer_takes_the_case_along(dubbel, databank):
    with als("01AA"):
        kwaliteit.zeg(kwaliteit.zaken()[0].id, "Een bericht", Standpunt.GEEN, "anna")
    with databank.verbind("kernregister_eigenaar") as eigenaar:
        eigenaar.execute("ALTER TABLE kwaliteit_signaal DISABLE TRIGGER niet_verwijderen")
        eigenaar.execute("DELETE FROM kwaliteit_signaal WHERE instelling = '01AA'")
        assert eigenaar.execute("SELECT count(*) FROM kwaliteit_zaakbericht").fetchone() == (1,)
        eigenaar.execute("DELETE FROM kwaliteit_signaal")
        for tabel in ("kwaliteit_zaak", "kwaliteit_zaakbericht"):
            assert eigenaar.execute(f"SELECT count(*) FROM {tabel}").fetchone() == (0,)
