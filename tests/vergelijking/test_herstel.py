"""A difference becomes a melding: applying it makes the difference disappear, and touches nothing else."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from kernregister.fictief.sector import Sector
from kernregister.kern.dossier import Dossier, Persoon
from kernregister.kern.formaten.indeling import tag
from kernregister.kern.formaten.recordbestand import Groep
from kernregister.kern.meldingen import berichten as b
from kernregister.kern.meldingen.toepassen import pas_toe
from kernregister.vergelijking.herstel import Student, herstel
from kernregister.vergelijking.oorzaken import Aard, Afwijking
from kernregister.vergelijking.register import groep_van
from kernregister.vergelijking.wijzigen import Keuze, NietMogelijk, Opdracht
from tests.vergelijking.eigen import DAG, export_van, leg_naast

MOMENT = datetime(2026, 3, 1, 10, tzinfo=UTC)
SECTOR = Sector(120)
INSTELLING = max(
    {i.instelling for d in SECTOR.dossiers() for i in d.inschrijvingen},
    key=lambda code: sum(i.instelling == code for d in SECTOR.dossiers() for i in d.inschrijvingen),
)
DOSSIERS = {n: d for n, d in enumerate(SECTOR.dossiers()) if len(groep_van(d, INSTELLING)) > 2}
"""Persons of one institution, as a register holds them."""

VELD = {
    "ISG": "datum_uitschrijving_gepland",
    "ISP": "locatiecode_vsv",
    "BPV": "omvang",
    "DIP": "indicatie_bekostigbaar",
    "KZD": "certificaat",
    "GEO": "vrijstelling",
}
ANDERS: dict[str, Any] = {
    "ISG": date(2029, 7, 31),
    "ISP": "123456789012",
    "BPV": 123,
    "DIP": "N",
    "KZD": "J",
    "GEO": "HAVO",
}


def opdracht(keuze: Keuze = Keuze.OVERNEMEN, **meer: Any) -> Opdracht:
    return Opdracht(UUID(int=1), INSTELLING, MOMENT, keuze, **meer)


def wie(dossier: Dossier) -> Student:
    persoon = dossier.persoon
    return Student(persoon.burgerservicenummer or None, persoon.onderwijsnummer or None)


def los_op(
    dossier: Dossier | None, afwijkingen: list[Afwijking], student: Student, wat: Opdracht
) -> tuple[Dossier, list[Any]]:
    """Return the dossier after the meldingen that the differences became, and those meldingen."""
    meldingen = herstel(afwijkingen, dossier, student, wat)
    na = dossier or Dossier(Persoon(student.burgerservicenummer, student.onderwijsnummer))
    for melding in meldingen:
        na, _ = pas_toe(na, melding)
    return na, meldingen


def eigen_groepen() -> dict[int, Groep]:
    return {n: groep_van(d, INSTELLING) for n, d in DOSSIERS.items()}


def test_an_administration_that_says_what_the_register_says_differs_in_nothing(tmp_path: Path) -> None:
    assert not leg_naast(DOSSIERS, INSTELLING, export_van(eigen_groepen().values()), tmp_path)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_applying_what_a_difference_becomes_makes_it_disappear(data: st.DataObject, tmp_path: Path) -> None:
    """Values changed, records left out and records added, in students taken at random."""
    groepen = eigen_groepen()
    geplant: set[int] = set()
    for n in data.draw(st.lists(st.sampled_from(sorted(groepen)), min_size=1, max_size=6, unique=True)):
        groep = groepen[n]
        plaats = data.draw(st.sampled_from([p for p, r in enumerate(groep) if tag(type(r)) in ANDERS]))
        record = groep[plaats]
        soort = tag(type(record))
        if data.draw(st.booleans()):
            groep[plaats] = structs.replace(record, **{VELD[soort]: ANDERS[soort]})
            if groep[plaats] != record:
                geplant.add(n)
        elif soort in ("BPV", "KZD", "GEO"):
            del groep[plaats]
            geplant.add(n)
    export = export_van(groepen.values())
    gevonden = leg_naast(DOSSIERS, INSTELLING, export, tmp_path)
    assert {a.persoon for a in gevonden} == geplant
    register = dict(DOSSIERS)
    for n in {a.persoon for a in gevonden}:
        van_hem = [a for a in gevonden if a.persoon == n]
        for keuze in (Keuze.OVERNEMEN, Keuze.VERWIJDEREN):
            deel = [a for a in van_hem if (a.aard is Aard.NIET_IN_EXPORT) == (keuze is Keuze.VERWIJDEREN)]
            if deel:
                register[n], meldingen = los_op(register[n], deel, wie(DOSSIERS[n]), opdracht(keuze))
                assert meldingen
    assert not leg_naast(register, INSTELLING, export, tmp_path)


def test_whom_the_register_lacks_is_identified_and_enrolled_with_all_that_is_there(tmp_path: Path) -> None:
    export = export_van(eigen_groepen().values())
    for n, dossier in DOSSIERS.items():
        zonder = {m: d for m, d in DOSSIERS.items() if m != n}
        (afwijking,) = leg_naast(zonder, INSTELLING, export, tmp_path)
        assert (afwijking.aard, afwijking.niveau) == (Aard.NIET_IN_REGISTER, "persoon")
        na, meldingen = los_op(None, [afwijking], wie(dossier), opdracht())
        assert isinstance(meldingen[0], b.AanleverenIdentificatiePersoon)
        bekend = structs.replace(na.persoon, geboortedatum=dossier.persoon.geboortedatum)
        bekend = structs.replace(bekend, geslacht=dossier.persoon.geslacht)
        zonder[n] = structs.replace(na, persoon=bekend)
        assert not leg_naast(zonder, INSTELLING, export, tmp_path)


def test_what_the_administration_lacks_goes_only_when_somebody_says_how(tmp_path: Path) -> None:
    groepen = eigen_groepen()
    n = next(
        n
        for n, d in DOSSIERS.items()
        if any(
            i.instelling == INSTELLING and i.datum_uitschrijving_werkelijk is None for i in d.inschrijvingen
        )
    )
    del groepen[n]
    export = export_van(groepen.values())
    (afwijking,) = leg_naast(DOSSIERS, INSTELLING, export, tmp_path)
    assert afwijking.aard is Aard.NIET_IN_EXPORT
    student = wie(DOSSIERS[n])
    with pytest.raises(NietMogelijk, match="Kies zelf"):
        herstel([afwijking], DOSSIERS[n], student, opdracht())
    na, _ = los_op(DOSSIERS[n], [afwijking], student, opdracht(Keuze.BEEINDIGEN, dag=DAG, reden="04"))
    eigen = [i for i in na.inschrijvingen if i.instelling == INSTELLING]
    assert all(i.datum_uitschrijving_werkelijk for i in eigen)
    weg, meldingen = los_op(DOSSIERS[n], [afwijking], student, opdracht(Keuze.VERWIJDEREN))
    assert not groep_van(weg, INSTELLING)
    assert [type(m).__name__ for m in meldingen][-1] == "VerwijderenInschrijving"


def test_what_ended_long_ago_is_not_missed(tmp_path: Path) -> None:
    export = export_van(list(eigen_groepen().values())[:1])
    vroeger = leg_naast(DOSSIERS, INSTELLING, export, tmp_path)
    nu = leg_naast(DOSSIERS, INSTELLING, export, tmp_path, vanaf=DAG - timedelta(days=30))
    assert 0 < len(nu) < len(vroeger)
    for afwijking in nu:
        records = groep_van(DOSSIERS[afwijking.persoon or 0], INSTELLING)
        assert any(getattr(r, "datum_uitschrijving_werkelijk", DAG) is None for r in records) or any(
            (
                getattr(r, "datum_uitschrijving_werkelijk", None)
                or getattr(r, "datum_resultaat", None)
                or date.min
            )
            >= DAG - timedelta(days=30)
            for r in records
        )


def test_the_same_assignment_makes_the_same_meldingen(tmp_path: Path) -> None:
    groepen = eigen_groepen()
    n, groep = next(iter(groepen.items()))
    groep[1] = structs.replace(groep[1], datum_uitschrijving_gepland=date(2031, 1, 31))
    afwijkingen = leg_naast(DOSSIERS, INSTELLING, export_van(groepen.values()), tmp_path)
    eerste, tweede = (herstel(afwijkingen, DOSSIERS[n], wie(DOSSIERS[n]), opdracht()) for _ in range(2))
    assert eerste == tweede
    ander = structs.replace(opdracht(), id=UUID(int=2))
    assert herstel(afwijkingen, DOSSIERS[n], wie(DOSSIERS[n]), ander)[0].id != eerste[0].id


@pytest.mark.parametrize(
    ("afwijking", "uitleg"),
    [
        (Afwijking(Aard.VERSCHIL, "persoon", "geslacht", (), (), eigen="V"), "BRP"),
        (Afwijking(Aard.TEGENSTRIJDIG, "bpv", "omvang", (), ()), "spreken elkaar tegen"),
        (
            Afwijking(Aard.VERSCHIL, "bpv", "omvang", (), (), eigen="80", plaats=("1", "77")),
            "intussen niet meer",
        ),
        (
            Afwijking(
                Aard.NIET_IN_REGISTER, "bpv", "", (), (), records=(("bpv", {"datum_begin": "2025-01-01"}),)
            ),
            "afsluitdatum",
        ),
    ],
)
def test_what_no_melding_can_do_is_told(afwijking: Afwijking, uitleg: str) -> None:
    dossier = next(iter(DOSSIERS.values()))
    with pytest.raises(NietMogelijk, match=uitleg) as fout:
        herstel([afwijking], dossier, wie(dossier), opdracht())
    assert fout.value.tekst.en
