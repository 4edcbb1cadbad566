"""The past of a fictitious dossier: what was delivered, in an order in which it can have happened."""

from datetime import date

from kernregister.fictief.fouten import lees_fouten
from kernregister.fictief.meldingen import VO, Gemeld, meldingen_van
from kernregister.fictief.sector import Sector
from kernregister.kern.meldingen import berichten as b

VANAF, TOT = date(2024, 3, 1), date(2026, 3, 1)


def verleden(sector: Sector) -> list[list[Gemeld]]:
    return [meldingen_van(d, plaats, sector.zaad, VANAF, TOT) for plaats, d in enumerate(sector.dossiers())]


def test_everybody_is_identified_before_anything_else_is_delivered() -> None:
    for rij in verleden(Sector(200)):
        bekend = set()
        for een in rij:
            if isinstance(een.melding, b.AanleverenIdentificatiePersoon):
                bekend.add(een.afzender)
            assert een.afzender in bekend | {VO}
            assert VANAF <= een.dag <= TOT


def test_what_was_delivered_last_is_what_the_dossier_came_to() -> None:
    sector = Sector(200, fouten=lees_fouten("alle=1"))
    for dossier, rij in zip(sector.dossiers(), verleden(sector), strict=True):
        laatste = {
            (een.afzender, een.melding.inschrijving.inschrijvingvolgnummer): een
            for een in rij
            if isinstance(een.melding, b.AanleverenInschrijving)
        }
        for een in dossier.inschrijvingen:
            gemeld = laatste.get((een.instelling, een.inschrijvingvolgnummer))
            einde = een.datum_uitschrijving_werkelijk
            if gemeld is None or (einde is not None and (TOT - einde).days < 120):
                continue  # not delivered yet, or its end is not
            assert gemeld.melding.inschrijving.datum_uitschrijving_werkelijk == einde
            assert gemeld.melding.inschrijving.datum_uitschrijving_gepland == een.datum_uitschrijving_gepland


def test_the_same_seed_has_the_same_past() -> None:
    assert verleden(Sector(50)) == verleden(Sector(50))
    assert verleden(Sector(50)) != verleden(Sector(50, zaad=2))
