"""What a check says of the enrolments that it found something on."""

from kernregister.controle.uitslag import Kern, kernen
from tests.kern.voorbeelden import (
    BSN,
    INSTELLING,
    OPLEIDING,
    bevindingen,
    dag,
    inschrijving,
    periode,
    student,
)


def test_an_enrolment_with_a_finding_is_recognised_by_programme_and_dates():
    perioden = (periode("2023-08-01"), periode("2024-08-01", "BBL"), periode("2030-08-01", "EX"))
    dossier = student(
        inschrijving("2023-08-01", datum_uitschrijving_gepland="2025-07-31", perioden=perioden),
        inschrijving("2024-08-01", inschrijvingvolgnummer="2"),
    )
    gevonden = bevindingen("B04", dossier, "2026-03-01")
    assert dict(kernen(dossier, gevonden, dag("2026-03-01"))) == {
        (BSN, INSTELLING, "1"): Kern(OPLEIDING, "BBL", dag("2023-08-01"), dag("2025-07-31"), None)
    }


def test_an_enrolment_without_a_period_is_named_all_the_same():
    dossier = student(inschrijving(datum_uitschrijving_gepland="2025-07-31", perioden=()))
    ((_, kern),) = kernen(dossier, bevindingen("B04", dossier, "2026-03-01"), dag("2026-03-01"))
    assert (kern.opleidingcode, kern.leertraject) == ("", "")
