"""Many meldingen at once: answered in order, refusals by their cause, and how far it got when it breaks off."""

import json

import pytest

from kernregister.fictief.sector import Sector
from tests.databank import Databank
from tests.voorzieningen.register import opzet
from tests.web.conftest import MaakMachine, als_json

NDJSON = "application/x-ndjson"


@pytest.fixture
def sector(databank: Databank) -> Sector:
    return opzet.zet_sector_klaar(30)


def _levering(sector: Sector) -> tuple[str, list[str]]:
    """Give an institution and the meldingen that register its students, each after its identification."""
    brin = next(d for d in sector.dossiers() if d.inschrijvingen).inschrijvingen[0].instelling
    regels = []
    for dossier in sector.dossiers():
        plaatsen = [i for i, een in enumerate(dossier.inschrijvingen) if een.instelling == brin]
        if plaatsen and dossier.persoon.burgerservicenummer:
            regels.append(als_json(opzet.identificatie(dossier, brin)))
            regels += [als_json(opzet.inschrijving(dossier, plaats)) for plaats in plaatsen]
    return brin, regels


def _antwoorden(antwoord) -> list[dict]:
    assert antwoord.status_code == 200, antwoord.content
    regels = antwoord.getvalue().splitlines()
    antwoord.close()
    return [json.loads(regel) for regel in regels]


def test_each_line_is_answered_in_order_and_the_last_one_sums_up(
    sector: Sector, machine: MaakMachine
) -> None:
    brin, regels = _levering(sector)
    *antwoorden, slot = _antwoorden(machine(brin)("POST", "/meldingen/bulk", "\n".join(regels), NDJSON))
    assert [a["antwoord"]["id"] for a in antwoorden] == [json.loads(regel)["id"] for regel in regels]
    assert [a["regel"] for a in antwoorden] == list(range(1, len(regels) + 1))
    som = slot["samenvatting"]
    assert slot["wat"] == "slot"
    assert som["aantal"] == len(regels) == som["aanvaard"] + som["geweigerd"]
    assert som["aanvaard"] > 2


def test_the_same_delivery_again_gives_the_same_answers_and_changes_nothing(
    sector: Sector, machine: MaakMachine
) -> None:
    brin, regels = _levering(sector)
    eigen = machine(brin)
    eerste = _antwoorden(eigen("POST", "/meldingen/bulk", "\n".join(regels), NDJSON))
    stand = eigen("GET", "/stand").json()["stand"]
    assert _antwoorden(eigen("POST", "/meldingen/bulk", "\n".join(regels), NDJSON)) == eerste
    assert eigen("GET", "/stand").json()["stand"] == stand


def test_a_dry_run_answers_and_keeps_nothing(sector: Sector, machine: MaakMachine) -> None:
    brin, regels = _levering(sector)
    eigen = machine(brin)
    *antwoorden, slot = _antwoorden(eigen("POST", "/meldingen/bulk?proef=true", "\n".join(regels), NDJSON))
    assert slot["samenvatting"]["aanvaard"] > 2
    assert all(a["antwoord"]["proef"] for a in antwoorden)
    assert eigen("GET", "/meldingen").json()["meldingen"] == []


def test_what_follows_from_a_refused_enrolment_is_counted_with_it(
    sector: Sector, machine: MaakMachine
) -> None:
    dossier = next(
        d
        for d in sector.dossiers()
        if d.persoon.burgerservicenummer and d.inschrijvingen and d.inschrijvingen[0].bpvs
    )
    brin = dossier.inschrijvingen[0].instelling
    # an enrolment without a period cannot stand, and the placement has nothing to hang on
    fout = opzet.inschrijving(dossier, perioden=())
    regels = [als_json(m) for m in (opzet.identificatie(dossier, brin), fout, opzet.bpv(dossier, 0, 0))]
    *antwoorden, slot = _antwoorden(machine(brin)("POST", "/meldingen/bulk", "\n".join(regels), NDJSON))
    assert [a["antwoord"]["aanvaard"] for a in antwoorden] == [True, False, False]
    groepen = slot["samenvatting"]["groepen"]
    assert {groep["soort"] for groep in groepen} == {"AanleverenInschrijving"}
    assert sum(groep.get("gevolg", 0) for groep in groepen) == 1
    assert groepen[0]["meldingen"] == [str(fout.id)]


def test_lines_that_are_no_melding_and_those_of_others_are_answered_in_their_place(
    sector: Sector, machine: MaakMachine
) -> None:
    brin, regels = _levering(sector)
    ander = json.dumps({**json.loads(regels[1]), "afzender": "99ZZ"})
    antwoord = machine(brin)(
        "POST", "/meldingen/bulk", "\n".join(["{", regels[0], "", ander, '{"soort": "Iets"}', "\xff"]), NDJSON
    )
    een, twee, drie, vier, vijf, slot = _antwoorden(antwoord)
    assert een["probleem"]["status"] == 400
    assert twee["antwoord"]["aanvaard"]
    assert drie["regel"] == 4
    assert [b["regel"] for b in drie["antwoord"]["bevindingen"]] == ["N03"]
    assert "AanleverenInschrijving" in vier["probleem"]["bevindingen"][0]["uitleg"]
    assert vijf["probleem"]["status"] == 400
    assert slot["samenvatting"]["onleesbaar"] == 3
    assert machine("99ZZ")("GET", "/meldingen").json()["meldingen"] == []


def test_a_line_that_is_too_long_ends_it_and_what_came_before_is_answered(
    sector: Sector, machine: MaakMachine
) -> None:
    brin, regels = _levering(sector)
    antwoord = machine(brin)(
        "POST", "/meldingen/bulk", regels[0] + "\n" + '"' + "x" * (3 << 20) + '"', NDJSON
    )
    een, slot = _antwoorden(antwoord)
    assert een["antwoord"]["aanvaard"]
    assert slot["afgebroken"]["status"] == 413
