"""The reasons of a diploma, in the order of the tree."""

from typing import Final

from kernregister.kern.bekostiging.redensoort import Redensoort
from kernregister.kern.regels.paspoort import Tekst

_DIPLOMAWAARDE: Final = "Uitvoeringsbesluit WEB 2.2.3 lid 6"

SOORTEN: Final = (
    Redensoort(
        "R10",
        Tekst("bekostigde instelling", "funded institution"),
        Tekst("De instelling wordt niet bekostigd.", "The institution is not funded."),
        "Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 05",
        voldaan=Tekst("De instelling wordt bekostigd.", "The institution is funded."),
        onbekend=Tekst(
            "De instelling staat niet in de stamgegevens; aangenomen is dat zij wordt bekostigd.",
            "The institution is not in the reference data; it is taken to be funded.",
        ),
    ),
    Redensoort(
        "R20",
        Tekst("indicatie bekostigbaar", "indicated as fundable"),
        Tekst(
            "De instelling heeft het diploma niet als bekostigbaar aangemerkt.",
            "The institution has not marked the diploma as fundable.",
        ),
        "Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 08",
        voldaan=Tekst(
            "De instelling merkt het diploma als bekostigbaar aan.",
            "The institution marks the diploma as fundable.",
        ),
        besluit=Tekst("Een lege indicatie is geen ja.", "An empty indication is no yes."),
    ),
    Redensoort(
        "R30",
        Tekst("behaald in het diplomajaar", "obtained in the diploma year"),
        Tekst(
            "Het diploma is niet in kalenderjaar {diplomajaar} behaald.",
            "The diploma was not obtained in calendar year {diplomajaar}.",
        ),
        "PvE MBO-instelling 16.1; Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 05",
        voldaan=Tekst(
            "Het diploma is in het diplomajaar behaald.", "The diploma was obtained in the diploma year."
        ),
    ),
    Redensoort(
        "R40",
        Tekst("niveau dat meetelt", "a level that counts"),
        Tekst(
            "Een diploma van niveau {niveau} telt niet mee in de diplomawaarde.",
            "A diploma of level {niveau} does not count in the diplomawaarde.",
        ),
        "WEB 2.2.2 lid 5; Uitvoeringsbesluit WEB 2.2.3",
        voldaan=Tekst("Een diploma van dit niveau telt mee.", "A diploma of this level counts."),
        onbekend=Tekst(
            "Het niveau van opleiding {opleidingcode} is niet bekend; de diplomawaarde is niet te noemen.",
            "The level of programme {opleidingcode} is not known; the diplomawaarde cannot be told.",
        ),
    ),
    Redensoort(
        "R41",
        Tekst("soort diploma", "kind of diploma"),
        None,
        "Uitvoeringsbesluit WEB 2.2.3; WEB 7.2.2",
        onbekend=Tekst(
            "Of opleiding {opleidingcode} een specialistenopleiding is, is niet bekend; de diplomawaarde is niet "
            "te noemen.",
            "Whether programme {opleidingcode} is for specialists is not known; the diplomawaarde cannot be told.",
        ),
    ),
    Redensoort(
        "R50",
        Tekst("inschrijving bij het diploma", "enrolment of the diploma"),
        Tekst(
            "Bij het diploma hoort geen inschrijving bij dezelfde instelling.",
            "No enrolment at the same institution belongs to the diploma.",
        ),
        "WEB 2.2.2 lid 2; PvE MBO-instelling 16.5.5",
        voldaan=Tekst("Bij het diploma hoort een inschrijving.", "An enrolment belongs to the diploma."),
    ),
    Redensoort(
        "R60",
        Tekst("extraneus binnen de termijn", "extraneus in time"),
        Tekst(
            "De extraneus was niet meer als bekostigd student ingeschreven in of na {vanaf}.",
            "The extraneus was no longer enrolled as a funded student in or after {vanaf}.",
        ),
        "WEB 2.2.2 lid 2",
        voldaan=Tekst(
            "De student was ingeschreven voor de opleiding, of is extraneus binnen de termijn.",
            "The student was enrolled in the programme, or is an extraneus in time.",
        ),
        onbekend=Tekst(
            "Of de extraneus eerder bij een andere instelling bekostigd was, is niet bekend.",
            "Whether the extraneus was funded at another institution before is not known.",
        ),
        besluit=Tekst(
            "De inschrijving telde als bekostigd als zij in haar laatste periode BOL of BBL was met indicatie ja, "
            "en er "
            "geen diploma bij hoort. Het jaar waarin zij eindigde hoort bij de termijn.",
            "The enrolment was funded if its last period was BOL or BBL with indication yes, and no diploma "
            "belongs to "
            "it. The year in which it ended is part of the term.",
        ),
    ),
    Redensoort(
        "R61",
        Tekst("leertraject van de inschrijving", "leertraject of the enrolment"),
        Tekst(
            "Het diploma is behaald in leertraject {leertraject}, dat niet meetelt in de bekostiging.",
            "The diploma was obtained in leertraject {leertraject}, which does not count in the funding.",
        ),
        "WEB 2.2.2 lid 2; Uitvoeringsbesluit WEB 2.2.2 en 2.2.3",
        besluit=Tekst(
            "Een diploma uit de derde leerweg (OVO, ODT) of BOL-deeltijd telt niet, ook niet met indicatie ja: wie "
            "daarin is ingeschreven, is geen student die meetelt.",
            "A diploma of the third learning route (OVO, ODT) or part-time BOL does not count, whatever its "
            "indication: who is enrolled in it is no student who counts.",
        ),
    ),
    Redensoort(
        "R70",
        Tekst("hoger dan een eerder diploma van dat jaar", "higher than an earlier diploma of that year"),
        Tekst(
            "In hetzelfde kalenderjaar is[ bij instelling {instelling}] al een diploma[ ({resultaatvolgnummer})] van "
            "hetzelfde of een hoger niveau behaald.",
            "A diploma[ ({resultaatvolgnummer})] of the same or a higher level was obtained earlier in that calendar "
            "year[ at institution {instelling}].",
        ),
        "WEB 2.2.2 lid 4",
        voldaan=Tekst(
            "In dat kalenderjaar is niet eerder een diploma van dat niveau behaald.",
            "No diploma of that level was obtained earlier in that calendar year.",
        ),
        besluit=Tekst(
            "Op dezelfde dag is het laagste het eerste. Een specialistendiploma geldt als hoger dan dat van "
            "middenkader.",
            "On one day the lowest comes first. A diploma of a specialist counts as higher than that of middenkader.",
        ),
    ),
    Redensoort(
        "R80",
        Tekst("niet lager dan een eerder diploma", "not lower than an earlier diploma"),
        Tekst(
            "De student had al een diploma van een hoger niveau ({niveau}).",
            "The student already had a diploma of a higher level ({niveau}).",
        ),
        _DIPLOMAWAARDE,
        voldaan=Tekst(
            "De student had geen diploma van een hoger niveau.",
            "The student had no diploma of a higher level.",
        ),
        onbekend=Tekst(
            "Of de student bij een andere instelling al een diploma had, is niet bekend.",
            "Whether the student already had a diploma of another institution is not known.",
        ),
        besluit=Tekst(
            "Alleen eerdere diploma's die zelf bekostigbaar waren tellen mee (een parameter). Een onderbreking wordt "
            "geteld in hele kalenderjaren tussen de twee diploma's zonder mbo-inschrijving op 1 oktober.",
            "Only earlier diplomas that were fundable themselves count (a parameter). A break is counted in whole "
            "calendar "
            "years between the two diplomas without an enrolment in mbo on 1 October.",
        ),
    ),
    Redensoort(
        "R81",
        Tekst("eerder diploma van onbekend niveau", "an earlier diploma of unknown level"),
        None,
        _DIPLOMAWAARDE,
        onbekend=Tekst(
            "Het niveau van een eerder diploma[ ({resultaatvolgnummer})][ van instelling {instelling}] is niet "
            "bekend; de diplomawaarde is niet te noemen.",
            "The level of an earlier diploma[ ({resultaatvolgnummer})][ of institution {instelling}] is not known; "
            "the diplomawaarde cannot be told.",
        ),
    ),
)
