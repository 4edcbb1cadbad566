"""Overviews as files: persons on either number in their order, totals that are right, the same bytes each time."""

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from kernregister.kern.dossier import Dossier
from kernregister.kern.formaten import obo, ro
from kernregister.kern.formaten.regelschrijver import Onschrijfbaar
from kernregister.kern.formaten.schrijven import schrijf_obo, schrijf_ro
from kernregister.kern.overzichten.selectie import voor_obo, voor_ro
from kernregister.kern.tijd import Studiejaar
from tests.kern.voorbeelden import ELDERS, INSTELLING, bpv, diploma, inschrijving, periode, student

JAAR = Studiejaar(2025)
BEGIN, EINDE, DAG = date(2025, 8, 1), date(2026, 7, 31), date(2026, 3, 2)
BSN_EEN, BSN_TWEE, OWN_EEN, OWN_TWEE = "999990007", "999990019", "100310303", "101222331"


def regels(pad: Path) -> list[str]:
    tekst = pad.read_bytes().decode()
    assert tekst.endswith("\r\n")
    return tekst.split("\r\n")[:-1]


def op_onderwijsnummer(*inschrijvingen: object, **persoon: object) -> Dossier:
    dossier = student(*inschrijvingen, **persoon)  # type: ignore[arg-type]
    return replace(
        dossier, inschrijvingen=tuple(replace(i, op_onderwijsnummer=True) for i in dossier.inschrijvingen)
    )


def ro_van(tmp_path: Path, *dossiers: Dossier) -> list[str]:
    pad = tmp_path / "ro.csv"
    gekozen = [deel for d in dossiers if (deel := voor_ro(d, INSTELLING, BEGIN, EINDE))]
    schrijf_ro(pad, ro.Vlp(INSTELLING, BEGIN, EINDE, DAG), gekozen)
    return regels(pad)


def obo_van(tmp_path: Path, *dossiers: Dossier) -> list[str]:
    pad = tmp_path / "obo.csv"
    gekozen = [deel for d in dossiers if (deel := voor_obo(d, INSTELLING, JAAR))]
    schrijf_obo(pad, obo.Vlp(str(JAAR), INSTELLING, DAG, DAG), gekozen)
    return regels(pad)


@pytest.mark.parametrize("schrijf", [ro_van, obo_van])
def test_burgerservicenummers_come_first_then_onderwijsnummers_and_somebody_on_both_stands_under_both(
    tmp_path, schrijf
):
    op_beide = replace(
        student(inschrijving(), onderwijsnummer=OWN_TWEE, burgerservicenummer=BSN_TWEE),
        inschrijvingen=(
            inschrijving(),
            replace(inschrijving(inschrijvingvolgnummer="2"), op_onderwijsnummer=True),
        ),
    )
    alleen_own = op_onderwijsnummer(inschrijving(), burgerservicenummer=None, onderwijsnummer=OWN_EEN)
    gevonden = schrijf(tmp_path, op_beide, alleen_own, student(inschrijving(), burgerservicenummer=BSN_EEN))
    wie = [r.split("|")[:4] for r in gevonden if r[:3] in ("PER", "ISG")]
    assert [(soort, bsn, own) for soort, bsn, own, _ in wie] == [
        ("PER", BSN_EEN, ""),
        ("ISG", BSN_EEN, ""),
        ("PER", BSN_TWEE, ""),
        ("ISG", BSN_TWEE, ""),
        ("PER", "", OWN_EEN),
        ("ISG", "", OWN_EEN),
        ("PER", "", OWN_TWEE),
        ("ISG", "", OWN_TWEE),
    ]
    assert [r[3] for r in wie if r[0] == "ISG"] == ["1", "1", "1", "2"]


def test_the_totals_of_an_obo_are_those_of_what_is_in_it(tmp_path):
    bbl = inschrijving(
        perioden=(
            periode("2023-08-01", "BBL", opleidingcode="10000"),
            periode("2025-08-01", "BBL", opleidingcode="25655", bekostigbaar=True),
        ),
        bpvs=(
            bpv(opleidingcode="25655"),
            bpv(volgnummer="2", opleidingcode=None, keuzedeelcode="K0067"),
        ),
    )
    gehaald = diploma("2025-12-01", opleidingcode="25656", bekostigbaar=True)
    elders = diploma("2025-12-01", instelling=ELDERS, resultaatvolgnummer="2", bekostigbaar=True)
    gevonden = obo_van(tmp_path, student(bbl, diplomas=(gehaald, elders)))
    assert [r[:3] for r in gevonden] == ["VLP", "PER", "ISG", "ISP", "BPV", "DIP", "CTR"]
    codes = 25655 + 25655 + 25656
    assert gevonden[-1] == f"CTR|1|1|{codes}|{codes + 1 + 2 + 1}|2"


def test_the_same_dossiers_in_another_order_give_the_same_bytes(tmp_path):
    dossiers = [student(inschrijving(), burgerservicenummer=nummer) for nummer in (BSN_EEN, BSN_TWEE)]
    een = ro_van(tmp_path, *dossiers)
    assert ro_van(tmp_path, *reversed(dossiers)) == een


@pytest.mark.parametrize("schrijf", [ro_van, obo_van])
def test_who_has_one_number_stands_under_it_wherever_a_record_was_delivered(tmp_path, schrijf):
    wie = student(inschrijving(), replace(inschrijving(inschrijvingvolgnummer="2"), op_onderwijsnummer=True))
    alleen_own = replace(wie, persoon=replace(wie.persoon, burgerservicenummer=None, onderwijsnummer=OWN_EEN))
    for dossier, nummers in ((wie, f"{BSN_EEN}|"), (alleen_own, f"|{OWN_EEN}")):
        gevonden = [r for r in schrijf(tmp_path, dossier) if r[:3] in ("PER", "ISG")]
        assert [r[:3] for r in gevonden] == ["PER", "ISG", "ISG"]
        assert {r[4 : 4 + len(nummers)] for r in gevonden} == {nummers}


@pytest.mark.parametrize("schrijf", [ro_van, obo_van])
def test_who_has_no_number_at_all_is_not_written_as_nobody(tmp_path, schrijf):
    with pytest.raises(Onschrijfbaar, match="geen nummer"):
        schrijf(tmp_path, student(inschrijving(), burgerservicenummer=None))
