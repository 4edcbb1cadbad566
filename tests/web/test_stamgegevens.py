"""Reference data over the API: everybody reads; who runs the register loads a list, sees the changes, activates."""

import json

from kernregister.platform.pas import Soort
from kernregister.platform.rechten import Recht
from tests.databank import Databank
from tests.web.conftest import MaakMachine

CSV = "opleidingcode;naam\n25001;Vuilnisman\n25002;Kok\n25003;Bakker\n"


def test_a_list_is_loaded_seen_activated_and_read(databank: Databank, machine: MaakMachine) -> None:
    beheer, lezer = machine("", Soort.DUO, list(Recht)), machine("25PV")
    assert lezer("POST", "/stamgegevens/opleidingen", CSV, "text/csv").status_code == 403
    antwoord = beheer("POST", "/stamgegevens/opleidingen", CSV, "text/csv")
    assert antwoord.status_code == 201, antwoord.content
    concept = antwoord.json()
    assert concept["verschillen"][0]["nieuw"] == 3
    assert lezer("GET", "/stamgegevens").json()["versie"] == 0
    besluit = json.dumps({"versie": concept["versie"], "reden": "eerste levering"})
    assert beheer("POST", "/stamgegevens", besluit).json() == {"versie": concept["versie"]}
    assert beheer("POST", "/stamgegevens", besluit).status_code == 422
    assert lezer("GET", "/stamgegevens").json()["lijsten"][0]["lijst"] == "opleidingen"
    eerste = lezer("GET", "/stamgegevens/opleidingen?aantal=2").json()
    tweede = lezer("GET", f"/stamgegevens/opleidingen?aantal=2&cursor={eerste['volgende']}").json()
    namen = [rij["naam"] for rij in eerste["rijen"] + tweede["rijen"]]
    assert namen == ["Vuilnisman", "Kok", "Bakker"]
    assert tweede["volgende"] is None
    assert lezer("GET", "/stamgegevens/opleidingen?code=25002").json()["rijen"][0]["naam"] == "Kok"
    assert lezer("GET", "/stamgegevens/opleidingen?zoek=bak").json()["rijen"][0]["opleidingcode"] == "25003"


def test_a_list_with_faults_is_refused_with_all_of_them(databank: Databank, machine: MaakMachine) -> None:
    beheer = machine("", Soort.DUO, list(Recht))
    for inhoud in ("opleidingcode;naam;datum_begin\n25001;Kok;morgen\n25002;Bakker;gisteren\n", "x", "\x00"):
        antwoord = beheer("POST", "/stamgegevens/opleidingen", inhoud, "text/csv")
        assert antwoord.status_code == 422, antwoord.content
        assert antwoord.json()["bevindingen"]
        assert "/tmp" not in antwoord.content.decode()
    assert beheer("POST", "/stamgegevens/bestaat-niet", CSV, "text/csv").status_code == 404
    assert beheer("GET", "/stamgegevens").json()["versie"] == 0
