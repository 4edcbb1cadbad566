"""The door of the register: deliver meldingen, read dossiers, know the stand, follow what changes."""

from kernregister.kern.meldingen.berichten import lees
from kernregister.voorzieningen.register.bewaren import Post, Vernietigd, te_vernietigen, vernietig
from kernregister.voorzieningen.register.bewaren import volgers as volgers_van_vernietiging
from kernregister.voorzieningen.register.dossiers import dossier, dossiers, met_geheim_adres
from kernregister.voorzieningen.register.gegevens import gegevens_van
from kernregister.voorzieningen.register.gevolg import Gevolg
from kernregister.voorzieningen.register.geweigerd import Redenfout, herstel, zet_opzij
from kernregister.voorzieningen.register.ingrepen import Onmogelijk, houder, versies_van
from kernregister.voorzieningen.register.inzage import (
    Inschrijvingregel,
    Meldingregel,
    dossier_met_pas,
    inschrijvingen,
    is_zichtbaar,
    melding,
    meldingen,
    wijzigingen,
)
from kernregister.voorzieningen.register.journaal import Herkomst
from kernregister.voorzieningen.register.journaallijst import (
    Herstelgroep,
    Journaalfilter,
    Journaalregel,
    Journaaltelling,
    hersteld_met,
    inhoud_van,
    journaal,
    journaaltelling,
    te_herstellen,
    uuids_van_groep,
    wijzigingen_van,
)
from kernregister.voorzieningen.register.naslag import Meldingnaam, meldingen_van
from kernregister.voorzieningen.register.overnemen import PER_KEER, Laaduitslag, instelling_van_ro, laad_ro
from kernregister.voorzieningen.register.overnemen_bron import (
    Overgenomen,
    laad_deelnames,
    laad_vooropleidingen,
)
from kernregister.voorzieningen.register.partijen import Uitkomst, lever, partijen_van_ro
from kernregister.voorzieningen.register.poging import Overlap, in_een_transactie
from kernregister.voorzieningen.register.regels import Instelling, instellingen, regels, stel_in
from kernregister.voorzieningen.register.regels import versie as regelversie
from kernregister.voorzieningen.register.samenvoegen import (
    Overdracht,
    overdracht_van_instelling,
    voer_uit,
)
from kernregister.voorzieningen.register.sinds import (
    Gewijzigd,
    begin_van_tellen,
    gewijzigd_sinds,
    in_of_uit,
)
from kernregister.voorzieningen.register.standen import moment_van, stand, stand_met, stand_op
from kernregister.voorzieningen.register.studentdossier import (
    Versieregel,
    is_betrokken,
    studentdossier,
    toon_persoon,
    versieregels,
    vooropleiding_met_pas,
)
from kernregister.voorzieningen.register.studenten import Student, met_studentdossier, studenten
from kernregister.voorzieningen.register.uitbak import (
    Berichtsoort,
    Pagina,
    Uitgaand,
    berichtsoorten,
    haal,
    plaats_berichten,
)
from kernregister.voorzieningen.register.uitlezen import aantal_betrokkenen, van_instelling
from kernregister.voorzieningen.register.verloop import Wissel, mensen, verloop
from kernregister.voorzieningen.register.verwerking import verwerk
from kernregister.voorzieningen.register.vinden import (
    Gekozen,
    Keuze,
    kies_inschrijvingen,
    op_studentnummer,
    vind_studenten,
)
from kernregister.voorzieningen.register.volgers import Doorwerking, Toegepast, Volger, volgers, wachters
from kernregister.voorzieningen.register.voorstellen import Voorstel, voorstellen, wijs_af

__all__ = [
    "PER_KEER",
    "Berichtsoort",
    "Doorwerking",
    "Gekozen",
    "Gevolg",
    "Gewijzigd",
    "Herkomst",
    "Herstelgroep",
    "Inschrijvingregel",
    "Instelling",
    "Journaalfilter",
    "Journaalregel",
    "Journaaltelling",
    "Keuze",
    "Laaduitslag",
    "Meldingnaam",
    "Meldingregel",
    "Onmogelijk",
    "Overdracht",
    "Overgenomen",
    "Overlap",
    "Pagina",
    "Post",
    "Redenfout",
    "Student",
    "Toegepast",
    "Uitgaand",
    "Uitkomst",
    "Vernietigd",
    "Versieregel",
    "Volger",
    "Voorstel",
    "Wissel",
    "aantal_betrokkenen",
    "begin_van_tellen",
    "berichtsoorten",
    "dossier",
    "dossier_met_pas",
    "dossiers",
    "gegevens_van",
    "gewijzigd_sinds",
    "haal",
    "herstel",
    "hersteld_met",
    "houder",
    "in_een_transactie",
    "in_of_uit",
    "inhoud_van",
    "inschrijvingen",
    "instelling_van_ro",
    "instellingen",
    "is_betrokken",
    "is_zichtbaar",
    "journaal",
    "journaaltelling",
    "kies_inschrijvingen",
    "laad_deelnames",
    "laad_ro",
    "laad_vooropleidingen",
    "lees",
    "lever",
    "melding",
    "meldingen",
    "meldingen_van",
    "mensen",
    "met_geheim_adres",
    "met_studentdossier",
    "moment_van",
    "op_studentnummer",
    "overdracht_van_instelling",
    "partijen_van_ro",
    "plaats_berichten",
    "regels",
    "regelversie",
    "stand",
    "stand_met",
    "stand_op",
    "stel_in",
    "studentdossier",
    "studenten",
    "te_herstellen",
    "te_vernietigen",
    "toon_persoon",
    "uuids_van_groep",
    "van_instelling",
    "verloop",
    "vernietig",
    "versieregels",
    "versies_van",
    "verwerk",
    "vind_studenten",
    "voer_uit",
    "volgers",
    "volgers_van_vernietiging",
    "vooropleiding_met_pas",
    "voorstellen",
    "wachters",
    "wijs_af",
    "wijzigingen",
    "wijzigingen_van",
    "zet_opzij",
]
