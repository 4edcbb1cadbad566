"""Names in the fictitious sector: surnames with their prefix apart, electives and training companies that have one."""

from datetime import date

import pytest

from kernregister.fictief import namen
from kernregister.fictief.bevolking import bevolking, met_personalia
from kernregister.fictief.meldingen import meldingen_van
from kernregister.fictief.sector import Sector
from kernregister.fictief.toeval import Toeval
from kernregister.kern.meldingen.berichten import AanleverenIdentificatiePersoon

DAG = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("heel", "gesplitst"),
    [
        ("Van der Lanthorst", ("van der", "Lanthorst")),
        ("Van Veerkamp", ("van", "Veerkamp")),
        ("De Boterbakker", ("de", "Boterbakker")),
        ("Ter Turfdijk", ("ter", "Turfdijk")),
        ("Veervanger", (None, "Veervanger")),
        (None, (None, None)),
    ],
)
def test_a_surname_and_its_prefix_are_two_things(heel: str | None, gesplitst: tuple[str | None, ...]) -> None:
    assert namen.splits(heel) == gesplitst


def test_the_source_and_who_identifies_write_somebody_the_same_way() -> None:
    mensen = list(bevolking(200, 3, DAG))
    assert {wie.voorvoegsel for wie in mensen} == {None, "van", "de", "van der", "ter"}
    assert not any(" " in (wie.achternaam or "") for wie in mensen)
    sector = Sector(400, 5, {}, DAG, 3)
    gemeld = 0
    for plaats, dossier in enumerate(sector.dossiers()):
        bron = met_personalia(dossier.persoon, Toeval(1, plaats), DAG)
        for een in meldingen_van(dossier, plaats, sector.zaad, date(2024, 3, 1), DAG):
            if isinstance(een.melding, AanleverenIdentificatiePersoon) and een.melding.achternaam:
                assert (een.melding.voorvoegsel, een.melding.achternaam) == (
                    bron.voorvoegsel,
                    bron.achternaam,
                )
                gemeld += een.melding.voorvoegsel is not None
    assert gemeld


def test_every_elective_and_training_company_of_a_sector_has_a_name() -> None:
    keuzedelen = {code: naam for code, naam, _ in namen.keuzedelen()}
    assert len(set(keuzedelen.values())) == len(keuzedelen) == 160
    bpvs = [b for d in Sector(300, 5, {}, DAG, 3).dossiers() for i in d.inschrijvingen for b in i.bpvs]
    assert {b.keuzedeelcode for b in bpvs if b.keuzedeelcode} <= keuzedelen.keys()
    rijen = list(namen.leerbedrijven({b.leerbedrijf_id for b in bpvs if b.leerbedrijf_id}))
    assert all(naam and plaats and ";" not in naam for _, naam, plaats in rijen)
    assert len({naam for _, naam, _ in rijen}) > len(rijen) / 2
