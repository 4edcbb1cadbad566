"""What is proposed to mend a signal or a reason really mends it, and is a melding that can be sent as it is."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest

from kernregister.kern.bekostiging.beslissen import bekostig
from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.bekostiging.redenen import catalogus as redenen
from kernregister.kern.dossier import Dossier
from kernregister.kern.gegevens import Gegevens, Soort
from kernregister.kern.leesbaar import uit_object
from kernregister.kern.meldingen.berichten import lees
from kernregister.kern.meldingen.toepassen import pas_toe
from kernregister.kern.regels.catalogus import catalogus
from kernregister.kern.regels.motor import Motor, Uitkomst
from kernregister.voorzieningen.bekostigen.herstel import (
    HERSTELBAAR,
    VAN_SIGNAAL,
    Concept,
    Record,
    van_redenen,
)
from tests.kern import voorbeelden as vb
from tests.voorzieningen.bekostigen import opzet
from tests.web.conftest import als_json

CORPUS = Path(__file__).parents[3] / "src/kernregister/kern/regels/voorbeelden"
NU = datetime(2026, 3, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize("regel", VAN_SIGNAAL)
def test_what_mends_a_signal_makes_that_signal_go(regel: str) -> None:
    """On the bad example of the rule itself."""
    voorbeeld = json.loads((CORPUS / regel / "fout.json").read_text("utf-8"))
    gegevens = msgspec.structs.replace(
        uit_object(Gegevens, voorbeeld.get("gegevens", {})), soort_standaard=Soort(voorbeeld["soort"])
    )
    dossier = uit_object(Dossier, voorbeeld["dossier"])
    motor = Motor([catalogus()[regel]], date.fromisoformat(voorbeeld["peildatum"]), gegevens)
    voor = motor.controleer(dossier)
    melding = _mend(regel, voor[0], dossier)
    na, _ = pas_toe(dossier, melding)
    assert len(motor.controleer(na)) < len(voor)
    assert msgspec.structs.replace(lees(als_json(melding).encode()), moment=NU) == melding


def _mend(regel: str, gevonden: Uitkomst, dossier: Dossier):
    sleutel = gevonden.sleutel
    record = Record(
        dossier,
        sleutel.instelling,
        sleutel.inschrijvingvolgnummer,
        sleutel.datum_begin,
        sleutel.bpv_volgnummer,
        sleutel.resultaatvolgnummer,
    )
    melding = VAN_SIGNAAL[regel](Concept(record, NU), gevonden.waarden)
    assert melding is not None
    return melding


BBL = {"perioden": (vb.periode("2024-08-01", "BBL", bekostigbaar=True),)}
GEVALLEN = {
    "T30": (vb.student(vb.inschrijving(perioden=(vb.periode(bekostigbaar=False),))), date(2025, 10, 1)),
    "T91": (
        vb.student(vb.inschrijving(bpvs=(vb.bpv("2025-09-01", afsluitdatum="2026-01-20"),), **BBL)),
        date(2025, 10, 1),
    ),
    "T92": (
        vb.student(vb.inschrijving(bpvs=(vb.bpv("2026-01-20", afsluitdatum="2025-12-01"),), **BBL)),
        date(2025, 10, 1),
    ),
    "R20": (
        vb.student(vb.inschrijving(), diplomas=(vb.diploma("2025-06-30", bekostigbaar=False),)),
        None,
    ),
    "R50": (
        vb.student(
            vb.inschrijving(),
            diplomas=(vb.diploma("2025-06-30", bekostigbaar=True, inschrijvingvolgnummer="8"),),
        ),
        None,
    ),
}


@pytest.mark.parametrize("code", GEVALLEN)
def test_what_mends_a_reason_makes_that_reason_go(code: str) -> None:
    dossier, teldatum = GEVALLEN[code]
    gevallen = _redenen(dossier, teldatum)
    assert code in {reden.code for reden in gevallen if reden.voldaan is False}
    nummer = {"resultaatvolgnummer": "1"} if teldatum is None else {"inschrijvingvolgnummer": "1"}
    (melding,) = van_redenen(Concept(Record(dossier, vb.INSTELLING, **nummer), NU), gevallen, teldatum)
    na, _ = pas_toe(dossier, melding)
    assert code not in {reden.code for reden in _redenen(na, teldatum) if reden.voldaan is False}


def _redenen(dossier: Dossier, teldatum: date | None):
    uit = bekostig(dossier, Bekostigingsjaar(opzet.JAAR), opzet.gegevens())
    besluiten = uit.diplomas if teldatum is None else uit.inschrijvingen
    return next(een.redenen for een in besluiten if getattr(een, "teldatum", None) == teldatum)


def test_what_cannot_be_told_is_not_made_up() -> None:
    zonder = vb.student(vb.inschrijving(**BBL))
    teldatum = date(2025, 10, 1)
    record = Record(zonder, vb.INSTELLING, "1")
    gevallen = _redenen(zonder, teldatum)
    assert "T90" in {reden.code for reden in gevallen if reden.voldaan is False}
    assert van_redenen(Concept(record, NU), gevallen, teldatum) == []
    leeg = Concept(Record(zonder, vb.INSTELLING, "9", None, "9", "9"), NU)
    assert {voorstel(leeg, {}) for voorstel in VAN_SIGNAAL.values()} == {None}


def test_the_reasons_that_an_institution_can_mend_exist_and_the_rules_too() -> None:
    assert redenen().keys() >= HERSTELBAAR
    assert VAN_SIGNAAL.keys() <= catalogus().keys()
