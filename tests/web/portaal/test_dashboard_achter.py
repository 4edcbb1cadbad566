"""Who stands behind a number of the dashboard: on the page, as a file, and for whom."""

import csv
import io
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from msgspec import structs

from kernregister.fictief.nummers import burgerservicenummer
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.personen import public as personen
from kernregister.web.portaal.dashboard import lijst as dashboardlijst
from kernregister.web.toegang.rollen import Rol
from tests.voorzieningen.kwaliteit.opzet import lever
from tests.voorzieningen.kwaliteit.test_bijhouden import TE_LAAT, WIE, inschrijving
from tests.voorzieningen.register import verhaal
from tests.web.portaal.conftest import MaakBezoeker
from tests.web.portaal.dashboard import HIER, amira, lijst_van, maart

__all__ = ["amira", "maart"]


def test_who_has_left_stands_behind_a_number_too_with_the_own_records(amira: Client) -> None:
    lever(WIE, inschrijving("7", datum_uitschrijving_werkelijk=date(2025, 10, 31)))
    vraag = {"blok": "Inschrijvingen bekostigbaar", "rij": "BOL", "kolom": "1-10"}
    lijst = amira.get("/dashboard/getal/", vraag).text.partition("<tbody>")[2]
    assert "Zonderling, Noor" in lijst
    assert "31-10-2025" in lijst
    assert "/studentdossier/" not in lijst
    naar = re.search(r'href="(/invoer/\?persoon=\d+)"', lijst)
    assert "Inschrijving 7" in amira.get(naar[1]).text
    lever(WIE, inschrijving("8"))
    lijst = amira.get("/dashboard/getal/", vraag).text.partition("<tbody>")[2]
    assert "/studentdossier/" in lijst
    assert "/invoer/" not in lijst, "the dossier leads on to the forms"


def test_two_diplomas_of_one_student_are_two_lines_each_with_the_date_of_the_result(amira: Client) -> None:
    twee = [verhaal.diploma(nummer, HIER, bekostigbaar=True) for nummer in ("9", "19")]
    verhaal.neem_over(WIE, *twee)
    vraag = {"blok": "Diploma's", "rij": "bekostigbaar", "kolom": "2026"}
    lijst = amira.get("/dashboard/getal/", vraag).text
    assert lijst.count("Zonderling, Noor</td>") == 2
    assert "Datum resultaat" in lijst
    assert "30-01-2026" in lijst
    assert '<th scope="col">Einde</th>' not in lijst
    assert len(re.findall(r'id="student-\d+"', lijst)) == 1, "one place to come back to"


def test_who_is_shown_is_logged(amira: Client) -> None:
    lever(WIE, inschrijving("7", **TE_LAAT))
    amira.get("/dashboard/getal/?regel=B04")
    lijst_van(amira, "regel=B04")
    with cursor() as sql:
        sql.execute("SELECT count(*) FROM platform_verwerking WHERE name LIKE 'wie achter een getal%%'")
        assert sql.fetchone() == (2,)
        sql.execute("SELECT count(*) FROM platform_auditregel WHERE handeling = 'gelezen'")
        assert sql.fetchone() == (2,)


@pytest.mark.parametrize(
    "vraag",
    [
        "",
        "regel=Z99",
        "regel=B04&kolom=3-3",
        "regel=F01",
        "blok=Onzin&rij=BOL&kolom=1-10",
        "blok=Diploma's&rij=totaal&kolom=2025",
        "blok=Diploma's&rij=bekostigbaar&kolom=1999",
    ],
)
def test_a_number_that_is_not_on_the_dashboard_is_not_there(amira: Client, vraag: str) -> None:
    assert amira.get(f"/dashboard/getal/?{vraag}").status_code == 404


@pytest.mark.parametrize("bladzijde", ["0", "-1", "x", "99999999999999999999", "²", "3"])
def test_a_page_of_a_list_that_is_not_there_is_empty(amira: Client, bladzijde: str) -> None:
    lever(WIE, inschrijving("7", **TE_LAAT))
    assert amira.get("/dashboard/getal/", {"regel": "B04", "bladzijde": bladzijde}).status_code == 200


def test_a_number_of_another_institution_is_not_reachable(amira: Client, bezoeker: MaakBezoeker) -> None:
    lever(WIE, inschrijving("7", **TE_LAAT))
    chen = bezoeker(Rol.SIGNALEN, kenmerk="02BB")
    for adres in ("/dashboard/", "/dashboard/getal/", "/dashboard/cijfers/", "/dashboard/getal/lijst/"):
        antwoord = chen.get(adres, {"instelling": HIER, "regel": "B04"})
        tekst = antwoord.getvalue().decode()
        assert "Zonderling" not in tekst
        assert HIER not in tekst.replace(f"instelling={HIER}", "")


def test_the_figures_and_the_list_come_as_csv(amira: Client) -> None:
    lever(WIE, inschrijving("7", **TE_LAAT))
    antwoord = amira.get("/dashboard/cijfers/")
    assert antwoord.headers["Content-Type"] == "text/csv; charset=utf-8"
    rijen = list(csv.DictReader(io.StringIO(antwoord.content.decode("utf-8-sig")), delimiter=";"))
    assert [rij["aantal"] for rij in rijen if rij["regel"] == "B04"] == ["1"]
    assert [rij["aantal"] for rij in rijen if rij["rij"] == "totaal" and rij["kolom"] == "1-10"] == ["1", "0"]
    assert any(rij["toelichting"].startswith("niet te beoordelen") for rij in rijen)
    (regel,) = lijst_van(amira, "regel=B04")
    assert (regel["volgnummer"], regel["opleiding"], regel["begin"]) == ("7", "25655", "2025-08-01")


@pytest.mark.parametrize("vraag", ["regel=B04", "blok=Inschrijvingen+bekostigbaar&rij=BOL&kolom=1-10"])
@pytest.mark.parametrize("per_keer", [1, 2, 3, 7, 100])
def test_a_list_of_any_length_comes_whole_while_others_come_and_go(
    amira: Client, monkeypatch: pytest.MonkeyPatch, vraag: str, per_keer: int
) -> None:
    anderen = [structs.replace(WIE, burgerservicenummer=burgerservicenummer(1 + n, 10)) for n in range(6)]
    personen.maak([personen.Nummers(een.burgerservicenummer) for een in anderen])
    personen.neem_op(anderen)
    for een in (WIE, *anderen):
        lever(een, inschrijving("7", **TE_LAAT))
    lever(anderen[2], inschrijving("8", **TE_LAAT))
    lever(anderen[2], inschrijving("9", **TE_LAAT))
    heel = lijst_van(amira, vraag)
    assert len(heel) == 9
    monkeypatch.setattr(dashboardlijst, "PER_KEER", per_keer)
    assert lijst_van(amira, vraag) == heel
    monkeypatch.setattr(dashboardlijst, "PER_KEER", max(3, per_keer))
    haal, keren = dashboardlijst.haal, iter(range(100))

    def terwijl(*woorden: Any, **meer: Any) -> dashboardlijst.Lijst:
        if next(keren) == 1:  # the first is one no longer
            lever(WIE, inschrijving("7", datum_uitschrijving_werkelijk=date(2025, 8, 2)))
        return haal(*woorden, **meer)

    monkeypatch.setattr(dashboardlijst, "haal", terwijl)
    regels = lijst_van(amira, vraag)
    assert regels == heel, "nobody moved up into a place that was read already"


def test_a_slow_reader_of_a_list_holds_no_thread_and_of_a_failure_there_is_no_file(
    amira: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole of it is there before anything is sent."""
    anderen = [structs.replace(WIE, burgerservicenummer=burgerservicenummer(1 + n, 10)) for n in range(4)]
    personen.maak([personen.Nummers(een.burgerservicenummer) for een in anderen])
    personen.neem_op(anderen)
    for een in (WIE, *anderen):
        lever(een, inschrijving("7", **TE_LAAT))
    assert not amira.get("/dashboard/getal/lijst/?regel=B04").streaming
    monkeypatch.setattr(dashboardlijst, "PER_KEER", 3)
    haal, keren = dashboardlijst.haal, iter(range(100))

    def valt_uit(*woorden: Any, **meer: Any) -> dashboardlijst.Lijst:
        if next(keren):
            raise OSError
        return haal(*woorden, **meer)

    monkeypatch.setattr(dashboardlijst, "haal", valt_uit)
    antwoord = amira.get("/dashboard/getal/lijst/?regel=B04")
    assert antwoord.status_code == 500
    assert "Zonderling" not in antwoord.text
