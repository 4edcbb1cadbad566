"""The counts of the dashboard: what is valid when."""

import pytest

from kernregister.kern.overzichten.dashboard import Dashboard
from kernregister.kern.tijd import Studiejaar
from tests.kern.voorbeelden import INSTELLING, dag, inschrijving, periode, student


def geteld(*inschrijvingen):
    dashboard = Dashboard(Studiejaar(2025), dag("2026-03-01"), frozenset({INSTELLING}))
    dashboard.tel(student(*inschrijvingen))
    return dict(dashboard.cellen)


@pytest.mark.parametrize(
    ("perioden", "eind", "verwacht"),
    [
        ([("2024-08-01", "ODT")], None, {"ODT"}),
        ([("2024-08-01", "ODT")], "2025-07-31", set()),
        ([("2024-08-01", "ODT")], "2025-08-01", {"ODT"}),
        ([("2024-08-01", "ODT"), ("2025-08-01", "BOL")], None, set()),
        ([("2024-08-01", "ODT"), ("2025-08-02", "BOL")], None, {"ODT"}),
        ([("2024-08-01", "BOL"), ("2026-07-31", "OVO")], None, {"OVO"}),
        ([("2024-08-01", "BOL"), ("2026-08-01", "OVO")], None, set()),
        ([("2024-08-01", "BOL"), ("2026-05-01", "OVO")], "2026-04-30", set()),
        ([("2024-08-01", "ODT"), ("2026-01-01", "OVO")], None, {"ODT", "OVO"}),
    ],
)
def test_the_third_learning_route_counts_when_its_period_is_in_the_studiejaar(perioden, eind, verwacht):
    wie = inschrijving("2024-08-01", eind, perioden=tuple(periode(b, t) for b, t in perioden))
    derde = {rij: aantal for (blok, rij, _), aantal in geteld(wie).items() if blok == "Derde leerweg"}
    assert derde == dict.fromkeys(verwacht, 1)


@pytest.mark.parametrize(
    ("leertraject", "bekostigbaar", "cel"),
    [
        ("BOL", True, ("Inschrijvingen bekostigbaar", "BOL")),
        ("BBL", False, ("Inschrijvingen niet bekostigbaar", "BBL")),
        ("EX", False, ("Inschrijvingen niet bekostigbaar", "Examen")),
    ],
)
def test_on_a_counting_date_the_period_of_that_day_counts(leertraject, bekostigbaar, cel):
    perioden = (
        periode("2025-08-01", "OVO"),
        periode("2025-10-01", leertraject, bekostigbaar=bekostigbaar),
    )
    gevonden = geteld(inschrijving("2025-08-01", "2026-01-31", perioden=perioden))
    assert {sleutel for sleutel in gevonden if sleutel[0].startswith("Inschrijvingen")} == {(*cel, "1-10")}
