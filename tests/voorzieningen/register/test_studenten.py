"""Who stands in a list of an institution: by own student number and name, as far as the pass shows."""

from kernregister.platform.pas import Pas, Soort, met_pas
from kernregister.voorzieningen.register import public as register
from tests.databank import Databank
from tests.voorzieningen.register import opzet


def test_an_institution_reads_the_names_of_its_own_students_and_of_nobody_else(databank: Databank) -> None:
    sector = opzet.zet_sector_klaar(20)
    dossier = next(d for d in sector.dossiers() if d.inschrijvingen and d.persoon.burgerservicenummer)
    brin = dossier.inschrijvingen[0].instelling
    melding = opzet.inschrijving(dossier)
    _, terug = opzet.stuur(opzet.identificatie(dossier, brin, studentnummer="S-1042"), melding)
    assert terug.aanvaard

    with met_pas(Pas(Soort.INSTELLING, brin)):
        (student,) = register.studenten([terug.persoon], brin).values()
    assert student.studentnummer == "S-1042"
    assert student.naam == dossier.persoon.achternaam
    assert student.geboortedatum == dossier.persoon.geboortedatum

    with met_pas(Pas(Soort.INSTELLING, "99ZZ")):
        assert register.studenten([terug.persoon], brin) == {}
    with met_pas(Pas(Soort.DUO)):
        assert register.studenten([terug.persoon], None)[terug.persoon].studentnummer == ""
