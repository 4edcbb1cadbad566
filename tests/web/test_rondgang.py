"""The permission walk: every route, by every kind of client, by nobody, and by another institution."""

import json
from uuid import uuid4

import pytest
from django.conf import settings

from kernregister.fictief.sector import Sector
from kernregister.platform.pas import Soort
from kernregister.platform.rechten import ALLEEN_PROEF, OPENBAAR, RECHTEN, Recht, mag
from kernregister.web.api.modules import laad
from kernregister.web.api.routes import ROUTES, Route
from tests.databank import Databank
from tests.voorzieningen.register import opzet
from tests.web.conftest import MaakMachine, als_json

laad()
SLEUTELS = {
    Soort.INSTELLING: ("25PV", ""),
    Soort.ACCOUNTANT: ("25PV", "2025-2026"),
    Soort.STUDENT: ("1", ""),
    Soort.VERTEGENWOORDIGER: ("1", ""),
    Soort.SCHOOL: ("00AB", ""),
    Soort.GEMEENTE: ("0363", ""),
    Soort.LEERBEDRIJF: ("100123456", ""),
    Soort.SECTOR: ("", ""),
    Soort.DUO: ("", ""),
}
IN_ADRES = {
    "persoon": "1",
    "nummer": "1",
    "naam": "niet-gevonden",
    "melding_id": str(uuid4()),
    "levering_id": str(uuid4()),
    "rapport_id": str(uuid4()),
    "aanvraag_id": str(uuid4()),
}


def adres(route: Route, **ids: object) -> str:
    """Return an address of a route."""
    uit = route.pad
    for deel in [deel.partition("}")[0] for deel in route.pad.split("{")[1:]]:
        naam = deel.partition(":")[2]
        uit = uit.replace("{" + deel + "}", str(ids.get(naam, IN_ADRES[naam])))
    return uit


def inhoud(route: Route) -> tuple[str, str]:
    """Return a body for a route, and its media type."""
    if route.lichaam is None:
        return "", ""
    voorbeeld = next(iter(route.lichaam.voorbeelden.values()), {})
    return json.dumps(voorbeeld), route.lichaam.media[0]


def stuur(wie, route: Route, **ids: object):
    """Send a request to a route."""
    lichaam, soort = inhoud(route)
    antwoord = wie(route.methode, adres(route, **ids), lichaam, soort)
    if antwoord.streaming:
        antwoord.inhoud = antwoord.getvalue()
        antwoord.close()
    return antwoord


def test_every_route_stands_in_the_permission_table() -> None:
    assert set(ROUTES) <= set(RECHTEN) | OPENBAAR
    assert ROUTES.keys() >= {"melding_indienen", "meldingen_bulk", "dossier", "inschrijvingen", "wijzigingen"}


@pytest.mark.parametrize("soort", Soort)
def test_a_client_with_all_scopes_enters_the_routes_of_its_kind_and_no_others(
    databank: Databank, machine: MaakMachine, soort: Soort
) -> None:
    sleutel, extra = SLEUTELS[soort]
    wie = machine(sleutel, soort, list(Recht), extra)
    for naam, route in ROUTES.items():
        if naam in ALLEEN_PROEF:
            continue
        antwoord = stuur(wie, route)
        open_ = naam in OPENBAAR or soort in RECHTEN[naam].soorten
        if open_:
            assert antwoord.status_code not in (401, 500, 503), (naam, antwoord.content)
            # a body that names another sender is refused as well, with the reason
            if antwoord.status_code == 403:
                assert [b["regel"] for b in antwoord.json()["bevindingen"]] == ["N03"], naam
        else:
            assert antwoord.status_code == 403, naam
            assert antwoord.json()["type"].endswith("/niet-toegestaan")
            assert "bevindingen" not in antwoord.json()


@pytest.mark.parametrize("recht", Recht)
def test_a_scope_opens_only_the_routes_that_ask_for_nothing_else(
    databank: Databank, machine: MaakMachine, recht: Recht
) -> None:
    wie = machine("25PV", Soort.INSTELLING, [recht])
    from kernregister.web.toegang.poort import bezoeker

    pas = bezoeker(wie.token).pas
    for naam, route in ROUTES.items():
        if naam not in ALLEEN_PROEF and not mag(pas, [recht], naam):
            assert stuur(wie, route).status_code == 403, naam


@pytest.mark.parametrize("token", ["", "x" * 40, "niet geldig", "é" * 30, "\x7f" * 30])
def test_nobody_enters_but_the_public_routes(databank: Databank, machine: MaakMachine, token: str) -> None:
    wie = machine(soort=None)
    wie.token = token
    for naam, route in ROUTES.items():
        if naam in ALLEEN_PROEF:
            continue
        antwoord = stuur(wie, route)
        if naam in OPENBAAR:
            assert antwoord.status_code in (200, 404), naam
        else:
            assert antwoord.status_code == 401, naam
            assert antwoord["WWW-Authenticate"].startswith("Bearer")
            assert antwoord["Content-Type"] == "application/problem+json"


def test_helpers_of_a_trial_do_not_exist_outside_one(databank: Databank, machine: MaakMachine) -> None:
    assert not settings.DEMO
    wie = machine("", Soort.DUO, list(Recht))
    for naam in ALLEEN_PROEF & ROUTES.keys():
        assert stuur(wie, ROUTES[naam]).status_code == 404


@pytest.fixture
def gevuld(databank: Databank) -> tuple[Sector, str, int, str]:
    """Give a register in which one institution registered one student: its code, the person and the melding."""
    sector = opzet.zet_sector_klaar(20)
    dossier = next(d for d in sector.dossiers() if d.inschrijvingen and d.persoon.burgerservicenummer)
    brin = dossier.inschrijvingen[0].instelling
    melding = opzet.inschrijving(dossier)
    _, terug = opzet.stuur(opzet.identificatie(dossier, brin), melding)
    assert terug.aanvaard, terug
    return sector, brin, terug.persoon, str(melding.id)


def test_another_institution_finds_nothing_of_it_by_any_route(
    gevuld: tuple[Sector, str, int, str], machine: MaakMachine
) -> None:
    sector, brin, persoon, melding = gevuld
    eigen, ander = machine(brin), machine("99ZZ")
    dossier = next(d for d in sector.dossiers() if d.inschrijvingen and d.persoon.burgerservicenummer)
    bsn = dossier.persoon.burgerservicenummer
    for naam, route in ROUTES.items():
        if naam in ALLEEN_PROEF | OPENBAAR or Soort.INSTELLING not in RECHTEN[naam].soorten:
            continue
        antwoord = stuur(ander, route, persoon=persoon, melding_id=melding)
        tekst = (antwoord.inhoud if antwoord.streaming else antwoord.content).decode()
        assert bsn not in tekst, naam
        assert melding not in tekst, naam
    zoek = json.dumps({"burgerservicenummer": bsn})
    assert eigen("POST", "/personen/zoek", zoek).status_code == 200
    weg, onbekend = (
        ander("POST", "/personen/zoek", zoek),
        ander("POST", "/personen/zoek", json.dumps({"burgerservicenummer": "123456782"})),
    )
    assert weg.status_code == onbekend.status_code == 404
    assert {**weg.json(), "instance": ""} == {**onbekend.json(), "instance": ""}, (
        "whether a person is known, shows"
    )
    for pad in (f"/dossiers/{persoon}", f"/dossiers/{persoon}/vooropleiding", f"/meldingen/{melding}"):
        assert eigen("GET", pad).status_code == 200
        assert ander("GET", pad).status_code == 404


def test_nobody_delivers_in_the_name_of_another_and_nothing_of_it_is_kept(
    gevuld: tuple[Sector, str, int, str], machine: MaakMachine
) -> None:
    sector, brin, _, _ = gevuld
    dossier = next(d for d in sector.dossiers() if d.inschrijvingen and d.persoon.burgerservicenummer)
    vreemd = als_json(opzet.inschrijving(dossier))
    antwoord = machine("99ZZ")("POST", "/meldingen", vreemd)
    assert antwoord.status_code == 403
    assert [b["regel"] for b in antwoord.json()["bevindingen"]] == ["N03"]
    eigen = machine(brin)("GET", "/meldingen").json()["meldingen"]
    assert json.loads(vreemd)["id"] not in {een["id"] for een in eigen}


def test_what_is_read_of_a_person_is_in_the_processing_log(
    gevuld: tuple[Sector, str, int, str], machine: MaakMachine, databank: Databank
) -> None:
    from kernregister.voorzieningen.personen import public as personen

    _, brin, persoon, _ = gevuld
    eigen = machine(brin)
    assert eigen("GET", f"/dossiers/{persoon}").status_code == 200
    assert eigen("GET", "/inschrijvingen").status_code == 200
    with databank.verbind("kernregister_stelsel") as stelsel:
        regels = stelsel.execute(
            "SELECT name, namens, client FROM platform_verwerking"
            " WHERE data_subject_id = %s AND client = %s ORDER BY id",
            [personen.pseudoniem(persoon), eigen.client_id],
        ).fetchall()
    assert [(naam, namens) for naam, namens, _ in regels] == [
        ("dossier lezen", brin),
        ("inschrijvingen lezen", brin),
    ]
