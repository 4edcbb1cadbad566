"""The reasons of an enrolment on a teldatum, in the order of the tree."""

from typing import Final

from kernregister.kern.bekostiging.redensoort import Redensoort
from kernregister.kern.regels.paspoort import Tekst

_UWB: Final = "Uitvoeringsbesluit WEB 2.2.2 en 2.2.3"
_POK: Final = "Uitvoeringsbesluit WEB 2.2.2 lid 2 en 2.2.3 lid 2; WEB 7.2.8"
_HANDLEIDING: Final = "Handleiding Register Onderwijsdeelnemers mbo 25.0"

SOORTEN: Final = (
    Redensoort(
        "T10",
        Tekst("bekostigde instelling", "funded institution"),
        Tekst("De instelling wordt niet bekostigd.", "The institution is not funded."),
        f"{_HANDLEIDING}, h. 05",
        voldaan=Tekst("De instelling wordt bekostigd.", "The institution is funded."),
        onbekend=Tekst(
            "De instelling staat niet in de stamgegevens; aangenomen is dat zij wordt bekostigd.",
            "The institution is not in the reference data; it is taken to be funded.",
        ),
    ),
    Redensoort(
        "T20",
        Tekst("geldig op de teldatum", "valid on the teldatum"),
        Tekst(
            "Op {teldatum} is er geen geldige inschrijving met een periode.",
            "There is no valid enrolment with a period on {teldatum}.",
        ),
        "PvE MBO-instelling 13.5.5 en 16.1",
        voldaan=Tekst("De inschrijving is geldig op de teldatum.", "The enrolment is valid on the teldatum."),
        besluit=Tekst(
            "De geplande einddatum speelt geen rol. Wat op geen teldatum geldig is, krijgt geen teldatum in de "
            "TBG-i.",
            "The planned end plays no part. What is valid on no teldatum has no teldatum in the TBG-i.",
        ),
    ),
    Redensoort(
        "T30",
        Tekst("indicatie bekostigbaar", "indicated as fundable"),
        Tekst(
            "De instelling heeft de inschrijving op de teldatum niet als bekostigbaar aangemerkt.",
            "The institution has not marked the enrolment as fundable on the teldatum.",
        ),
        "Regeling gegevensverstrekking persoonsgebonden nummer BVE 2009, bijlage C",
        voldaan=Tekst(
            "De instelling merkt de inschrijving als bekostigbaar aan.",
            "The institution marks the enrolment as fundable.",
        ),
        besluit=Tekst(
            "De indicatie van de periode op de teldatum beslist; een lege is geen ja.",
            "The indication of the period on the teldatum decides; an empty one is no yes.",
        ),
    ),
    Redensoort(
        "T40",
        Tekst("leertraject", "leertraject"),
        Tekst(
            "Leertraject {leertraject} telt niet mee in de bekostiging.",
            "Leertraject {leertraject} does not count in the funding.",
        ),
        _UWB,
        voldaan=Tekst("Het leertraject telt mee.", "The leertraject counts."),
    ),
    Redensoort(
        "T50",
        Tekst("erkende opleiding", "recognised programme"),
        Tekst(
            "Opleiding {opleidingcode} staat niet in de actuele lijst van erkende opleidingen.",
            "Programme {opleidingcode} is not in the current list of recognised programmes.",
        ),
        "Uitvoeringsbesluit WEB 2.1.2",
        voldaan=Tekst(
            "De opleiding is erkend en de instelling mag haar geven.",
            "The programme is recognised and the institution may give it.",
        ),
        onbekend=Tekst(
            "De opleiding staat niet in de lijst die er is; of zij erkend is, is niet te beoordelen.",
            "The programme is not in the list at hand; whether it is recognised cannot be judged.",
        ),
        besluit=Tekst(
            "Een opleiding in de lijst zonder data van geldigheid geldt als erkend.",
            "A programme in the list without dates of validity counts as recognised.",
        ),
    ),
    Redensoort(
        "T51",
        Tekst("erkend op de teldatum", "recognised on the teldatum"),
        Tekst(
            "Opleiding {opleidingcode} is op {teldatum} niet erkend.",
            "Programme {opleidingcode} is not recognised on {teldatum}.",
        ),
        "Uitvoeringsbesluit WEB 2.1.2",
    ),
    Redensoort(
        "T52",
        Tekst("opleiding niet beëindigd", "programme not ended"),
        Tekst(
            "Opleiding {opleidingcode} is op {einde_opleiding} beëindigd.",
            "Programme {opleidingcode} ended on {einde_opleiding}.",
        ),
        f"Uitvoeringsbesluit WEB 2.1.2; {_HANDLEIDING}, h. 06, B",
        onbekend=Tekst(
            "De opleiding heeft geen instroom meer, en wanneer zij eindigt is niet bekend.",
            "The programme has no more inflow, and when it ends is not known.",
        ),
        besluit=Tekst(
            "Het einde is dat van signaal B03: einde instroom, normatieve duur en wettelijke termijn.",
            "The end is that of signal B03: end of inflow, normative duration and statutory term.",
        ),
    ),
    Redensoort(
        "T53",
        Tekst("toestemming voor een cross-over", "permission for a cross-over"),
        Tekst(
            "De instelling heeft op {teldatum} geen toestemming voor cross-over {opleidingcode}.",
            "The institution has no permission for cross-over {opleidingcode} on {teldatum}.",
        ),
        f"{_HANDLEIDING}, h. 06, B",
        onbekend=Tekst(
            "De opleiding is een cross-over; welke instelling toestemming heeft, is niet bekend.",
            "The programme is a cross-over; which institution has permission is not known.",
        ),
    ),
    Redensoort(
        "T54",
        Tekst("licentie voor een unieke vakopleiding", "licence for a unique trade programme"),
        Tekst(
            "De instelling heeft op {teldatum} geen licentie voor unieke vakopleiding {opleidingcode}.",
            "The institution has no licence for unique trade programme {opleidingcode} on {teldatum}.",
        ),
        f"{_HANDLEIDING}, h. 06, B",
        onbekend=Tekst(
            "De opleiding is een unieke vakopleiding; welke instelling een licentie heeft, is niet bekend.",
            "The programme is a unique trade programme; which institution has a licence is not known.",
        ),
    ),
    Redensoort(
        "T60",
        Tekst("leerroutefase", "leerroutefase"),
        Tekst(
            "In leerroutefase {leerroutefase} telt de student niet mee in het mbo.",
            "In leerroutefase {leerroutefase} the student does not count in mbo.",
        ),
        "PvE MBO-instelling 16.5.2",
        voldaan=Tekst("De leerroutefase staat niet in de weg.", "The leerroutefase is no bar."),
        besluit=Tekst(
            "Dat een leerling in de fase VO bij het vo telt, nemen wij aan; het is een parameter.",
            "That a pupil in the phase VO counts in vo is our assumption; it is a parameter.",
        ),
    ),
    Redensoort(
        "T70",
        Tekst("recht op inschrijving", "right to enrol"),
        Tekst(
            "De student heeft op de eerste dag van de opleiding geen recht op inschrijving[: {grond}].",
            "The student has no right to enrol on the first day of the programme[: {grond}].",
        ),
        f"WEB 8.1.1; {_HANDLEIDING}, h. 05 en bijlage",
        voldaan=Tekst("De student mag worden ingeschreven.", "The student may be enrolled."),
        onbekend=Tekst(
            "Of de student mag worden ingeschreven is niet te beoordelen: nationaliteit of verblijfsrecht is niet "
            "bekend.",
            "Whether the student may be enrolled cannot be judged: nationality or right of residence is not known.",
        ),
        besluit=Tekst(
            "Moet de instelling het zelf vaststellen en is de grond niet vastgelegd, dan is het niet te beoordelen.",
            "Where the institution must establish it and has not recorded the ground, it cannot be judged.",
        ),
    ),
    Redensoort(
        "T71",
        Tekst("woonplaats", "place of residence"),
        Tekst(
            "De student woont buiten Nederland, België en de aangewezen Duitse deelstaten[ (land {landcode})].",
            "The student lives outside the Netherlands, Belgium and the named German states[ (country {landcode})].",
        ),
        "WEB 2.2.2 lid 7",
        voldaan=Tekst("De woonplaats staat niet in de weg.", "The place of residence is no bar."),
        onbekend=Tekst(
            "Waar de student op de teldatum woont, of waar de BPV plaatsvindt, is niet bekend.",
            "Where the student lives on the teldatum, or where the placement takes place, is not known.",
        ),
        besluit=Tekst(
            "Alleen een adres in het buitenland maakt hier verschil. Een adres noemt geen Duitse deelstaat en een "
            "BPV "
            "geen land: dan is het niet te beoordelen.",
            "Only an address abroad makes a difference. An address names no German state and a placement no country: "
            "then it cannot be judged.",
        ),
    ),
    Redensoort(
        "T80",
        Tekst("persoonsgebonden nummer", "number of the person"),
        Tekst(
            "De student heeft geen burgerservicenummer of onderwijsnummer.",
            "The student has no burgerservicenummer or onderwijsnummer.",
        ),
        f"{_HANDLEIDING}, h. 08: wie in het register staat, heeft een nummer",
        voldaan=Tekst("De student heeft een persoonsgebonden nummer.", "The student has a number."),
    ),
    Redensoort(
        "T81",
        Tekst("in leven op de teldatum", "alive on the teldatum"),
        Tekst(
            "De student is op {datum_overlijden} overleden, voor de teldatum.",
            "The student died on {datum_overlijden}, before the teldatum.",
        ),
        _UWB,
        besluit=Tekst(
            "Zonder datum van overlijden leeft de student; op de dag van overlijden ook nog.",
            "Without a date of death the student is alive, and on the day of death still.",
        ),
    ),
    Redensoort(
        "T90",
        Tekst("BPV bij BBL", "placement in BBL"),
        Tekst(
            "Er is geen BPV voor opleiding {opleidingcode} bij deze inschrijving.",
            "There is no placement for programme {opleidingcode} with this enrolment.",
        ),
        _POK,
        voldaan=Tekst(
            "Er is een BPV voor deze opleiding, met een praktijkovereenkomst die op tijd is gesloten.",
            "There is a placement for this programme, with an agreement concluded in time.",
        ),
        onbekend=Tekst(
            "Of de BPV voor opleiding {opleidingcode} is, is niet te beoordelen: die code is een dossier of domein.",
            "Whether the placement is for programme {opleidingcode} cannot be judged: that code is a dossier or "
            "domain.",
        ),
        besluit=Tekst(
            "Een BPV voor een keuzedeel telt niet; een crebo-equivalent wel. Alleen voor BBL; voor de "
            "correctiefactor "
            "speelt dit geen rol.",
            "A placement for a keuzedeel does not count; a crebo-equivalent does. For BBL only; it plays no part "
            "in the "
            "correction factor.",
        ),
    ),
    Redensoort(
        "T91",
        Tekst("praktijkovereenkomst op tijd", "agreement in time"),
        Tekst(
            "De praktijkovereenkomst van BPV {bpv} is gesloten op {afsluitdatum}, na {uiterlijk}.",
            "The agreement of placement {bpv} was concluded on {afsluitdatum}, after {uiterlijk}.",
        ),
        _POK,
        onbekend=Tekst(
            "BPV {bpv} is pas na {uiterlijk} geregeld: op tijd als de opleiding met VWS is vastgesteld, wat niet "
            "bekend is.",
            "Placement {bpv} came after {uiterlijk}: in time if the programme was fixed with VWS, which is not "
            "known.",
        ),
    ),
    Redensoort(
        "T92",
        Tekst("BPV op tijd begonnen", "placement begun in time"),
        Tekst(
            "BPV {bpv} begint op {datum_begin}, na {uiterlijk}.",
            "Placement {bpv} begins on {datum_begin}, after {uiterlijk}.",
        ),
        _POK,
    ),
    Redensoort(
        "T93",
        Tekst("BPV niet beëindigd", "placement not ended"),
        Tekst(
            "BPV {bpv} is op {datum_einde} beëindigd, voor de teldatum.",
            "Placement {bpv} ended on {datum_einde}, before the teldatum.",
        ),
        _POK,
        besluit=Tekst(
            "Alleen de werkelijke einddatum telt; die dag hoort er nog bij.",
            "Only the real end counts; that day is still part of it.",
        ),
    ),
    Redensoort(
        "TA0",
        Tekst("een inschrijving per student", "one enrolment per student"),
        Tekst(
            "De student telt al mee[ met inschrijving {inschrijvingvolgnummer}] bij instelling {instelling}.",
            "The student already counts[ with enrolment {inschrijvingvolgnummer}] at institution {instelling}.",
        ),
        "WEB 2.2.2 lid 3",
        voldaan=Tekst("De student telt met deze inschrijving.", "The student counts with this enrolment."),
        onbekend=Tekst(
            "Of de student bij een andere instelling al meetelt, is niet bekend.",
            "Whether the student already counts at another institution is not known.",
        ),
        besluit=Tekst(
            "Op de eerste teldatum waarop een inschrijving aan alle andere stappen voldoet telt de eerst begonnen; bij "
            "gelijke datum de laagste instellingscode, dan het laagste volgnummer. Daarmee telt de student dat jaar.",
            "On the first teldatum on which an enrolment passes all other steps the one that began first counts; on "
            "equal dates the lowest code of an institution, then the lowest volgnummer. With it the student counts "
            "that year.",
        ),
    ),
    Redensoort(
        "TB0",
        Tekst("prijsfactor", "price factor"),
        None,
        "Uitvoeringsbesluit WEB 2.2.2 lid 5 en 2.2.3 lid 4",
        voldaan=Tekst("De bijdrage is te bepalen.", "The contribution can be told."),
        onbekend=Tekst(
            "De prijsfactor van opleiding {opleidingcode} is niet bekend: de inschrijving telt, maar de bijdrage "
            "is niet te "
            "noemen.",
            "The price factor of programme {opleidingcode} is not known: the enrolment counts, but its "
            "contribution cannot "
            "be told.",
        ),
    ),
    Redensoort(
        "TB1",
        Tekst("niveau", "level"),
        None,
        "Uitvoeringsbesluit WEB 2.2.2 en 2.2.3",
        onbekend=Tekst(
            "Het niveau van opleiding {opleidingcode} is niet bekend, en daarmee niet in welk budget de "
            "inschrijving telt.",
            "The level of programme {opleidingcode} is not known, nor therefore in which budget the enrolment "
            "counts.",
        ),
    ),
)
