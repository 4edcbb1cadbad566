"""Group L: the generic exam parts, Dutch, arithmetic and English (Handleiding h. 08, PvE MBO-instelling 15.5.9).

What belongs together: institution exam (IE) and central exam (CE) give the final mark; either may be exempted, or the
whole part. A mark may come along with its exemption: published deliveries of the national register do that, also
under an exemption of the whole, so it is no fault.
"""

from datetime import date
from decimal import Decimal

from kernregister.kern.dossier import GeneriekExamenonderdeel
from kernregister.kern.feiten import ResultaatFeiten
from kernregister.kern.parameters import lees
from kernregister.kern.parameters.waardelijsten import WAARDELIJSTEN
from kernregister.kern.regels.paspoort import Bevinding, Ernst, Groep, bevinding, regel
from kernregister.kern.sleutels import GENERIEK_EXAMENONDERDEEL

HANDLEIDING = "Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 08"
PVE = "PvE MBO-instelling 15.5.9"
ONDERDELEN = lees("examenonderdelen")["onderdelen"]
EERSTE_DAG = {
    code: date(onderdeel["studiejaar"], 8, 1)
    for code, onderdeel in ONDERDELEN.items()
    if "bron" not in onderdeel  # a row with a source of its own is our inference, and no ground to refuse
}
VRIJSTELLING = WAARDELIJSTEN["vrijstelling"]
VRIJSTELLING_DEEL = WAARDELIJSTEN["vrijstelling_deel"]
ENGELS_VRIJGESTELD = "3003"
HALF = Decimal("0.5")


@regel(
    "L01",
    over=GeneriekExamenonderdeel,
    groep=Groep.EXAMENONDERDELEN,
    ernst=Ernst.FOUT,
    bron=PVE,
    titel=("Code van het examenonderdeel heeft niet de juiste vorm", "Malformed code of a generic exam part"),
    tekst=(
        "De code van het generieke examenonderdeel is geen vier cijfers die met 30 beginnen.",
        "The code of the generic exam part is not four digits that begin with 30.",
    ),
    advies=("Kies een code uit de lijst, zoals 3005.", "Choose a code from the list, such as 3005."),
)
def code_vorm(onderdeel: GeneriekExamenonderdeel, node: ResultaatFeiten) -> Bevinding | None:
    code = onderdeel.code
    return None if code in ONDERDELEN or GENERIEK_EXAMENONDERDEEL.past(code) else bevinding(code=code)


@regel(
    "L02",
    over=GeneriekExamenonderdeel,
    groep=Groep.EXAMENONDERDELEN,
    bron=HANDLEIDING,
    titel=("Examenonderdeel niet in de lijst", "Generic exam part not in the list"),
    tekst=(
        "De code heeft de vorm van een generiek examenonderdeel, maar staat niet in de lijst.",
        "The code has the form of a generic exam part, but is not in the list.",
    ),
    advies=("Controleer de code.", "Check the code."),
    besluit=(
        "Geen weigering: in leveringen komen codes voor die de handleiding niet noemt.",
        "No refusal: deliveries hold codes that the manual does not name.",
    ),
)
def code_onbekend(onderdeel: GeneriekExamenonderdeel, node: ResultaatFeiten) -> Bevinding | None:
    code = onderdeel.code
    return bevinding(code=code) if code not in ONDERDELEN and GENERIEK_EXAMENONDERDEEL.past(code) else None


@regel(
    "L03",
    over=GeneriekExamenonderdeel,
    groep=Groep.EXAMENONDERDELEN,
    ernst=Ernst.FOUT,
    bron=HANDLEIDING,
    titel=("Examenonderdeel bestond nog niet", "Generic exam part did not exist yet"),
    tekst=(
        "Het resultaat is van vóór het eerste studiejaar waarin dit onderdeel wordt aangeleverd.",
        "The result is from before the first studiejaar in which this part is delivered.",
    ),
    advies=("Controleer de code en de datum resultaat.", "Check the code and the date of the result."),
    draagt={"GeneriekExamenonderdeel.datum_resultaat", "Diploma.datum_resultaat"},
    besluit=(
        "Van de mbo-rekenniveaus (3027, 3028, 3029) noemt geen bron het eerste studiejaar: geen oordeel.",
        "Of the mbo levels of arithmetic (3027, 3028, 3029) no source names the first studiejaar: "
        "no judgement.",
    ),
)
def onderdeel_te_vroeg(onderdeel: GeneriekExamenonderdeel, node: ResultaatFeiten) -> Bevinding | None:
    eerste = EERSTE_DAG.get(onderdeel.code)
    if eerste is None or node.datum is None or node.datum >= eerste:
        return None
    return bevinding(code=onderdeel.code, datum=node.datum, vanaf=eerste)


@regel(
    "L04",
    over=GeneriekExamenonderdeel,
    groep=Groep.EXAMENONDERDELEN,
    ernst=Ernst.FOUT,
    bron=HANDLEIDING,
    titel=("Eindcijfer niet van 1 tot en met 10", "Final mark not from 1 to 10"),
    tekst=(
        "Het eindcijfer is geen geheel getal van 1 tot en met 10.",
        "The final mark is not a whole number from 1 to 10.",
    ),
    advies=("Verbeter het eindcijfer.", "Correct the final mark."),
    draagt={"GeneriekExamenonderdeel.eindcijfer"},
)
def eindcijfer_buiten_bereik(onderdeel: GeneriekExamenonderdeel, node: ResultaatFeiten) -> Bevinding | None:
    cijfer = onderdeel.eindcijfer
    return None if cijfer is None or 1 <= cijfer <= 10 else bevinding(eindcijfer=cijfer)


@regel(
    "L05",
    over=GeneriekExamenonderdeel,
    groep=Groep.EXAMENONDERDELEN,
    ernst=Ernst.FOUT,
    bron=HANDLEIDING,
    titel=("Cijfer IE of CE niet van 1,0 tot en met 10,0", "Mark of IE or CE not from 1.0 to 10.0"),
    tekst=(
        "Het cijfer van het instellingsexamen of het centraal examen ligt niet van 1,0 tot en met 10,0, of heeft meer "
        "dan één decimaal.",
        "The mark of the institution exam or the central exam is not from 1.0 to 10.0, or has more than one decimal.",
    ),
    advies=(
        "Verbeter het cijfer; in bestanden van DUO staat 7,4 als 74.",
        "Correct the mark; in files of DUO 7.4 is written as 74.",
    ),
    draagt={"GeneriekExamenonderdeel.cijfer_ie", "GeneriekExamenonderdeel.cijfer_ce"},
)
def cijfer_buiten_bereik(onderdeel: GeneriekExamenonderdeel, node: ResultaatFeiten) -> Bevinding | None:
    ie, ce = onderdeel.cijfer_ie, onderdeel.cijfer_ce
    if _is_cijfer(ie) and _is_cijfer(ce):
        return None
    return bevinding(cijfer_ie=ie, cijfer_ce=ce)


@regel(
    "L06",
    over=GeneriekExamenonderdeel,
    groep=Groep.EXAMENONDERDELEN,
    ernst=Ernst.FOUT,
    bron=VRIJSTELLING.bron,
    titel=("Vrijstelling onbekend", "Unknown exemption"),
    tekst=(
        "De vrijstelling van het hele onderdeel is geen van MBO, HAVO, VWO en KZDL.",
        "The exemption of the whole part is none of MBO, HAVO, VWO and KZDL.",
    ),
    advies=("Kies waar de vrijstelling op berust.", "Choose what the exemption rests on."),
    draagt={"GeneriekExamenonderdeel.vrijstelling"},
    besluit=(
        "Kleine letters zijn goed, en Keuzedeel voluit ook: zo schrijft de handleiding ze.",
        "Lower case is right, and so is Keuzedeel in full: the manual writes them so.",
    ),
)
def vrijstelling_onbekend(onderdeel: GeneriekExamenonderdeel, node: ResultaatFeiten) -> Bevinding | None:
    grond = onderdeel.vrijstelling
    return None if not grond or _grond(grond) in VRIJSTELLING else bevinding(vrijstelling=grond)


@regel(
    "L07",
    over=GeneriekExamenonderdeel,
    groep=Groep.EXAMENONDERDELEN,
    bron=VRIJSTELLING_DEEL.bron,
    titel=("Vrijstelling IE of CE onbekend", "Unknown exemption of IE or CE"),
    tekst=(
        "De vrijstelling van het instellingsexamen of het centraal examen is niet MBO of VWO.",
        "The exemption of the institution exam or the central exam is not MBO or VWO.",
    ),
    advies=(
        "Berust de vrijstelling op iets anders, leg haar dan vast voor het hele onderdeel.",
        "If the exemption rests on something else, record it for the whole part.",
    ),
    draagt={"GeneriekExamenonderdeel.vrijstelling_ie", "GeneriekExamenonderdeel.vrijstelling_ce"},
    besluit=(
        "Het veld is in een RO drie tekens breed: van de gronden passen alleen MBO en VWO erin. Geen weigering: in een "
        "GRONDSLAG is het breder, en geen bron noemt de waarden.",
        "The field is three characters wide in an RO: of the grounds only MBO and VWO fit. No "
        "refusal: in a GRONDSLAG it is wider, and no source names its values.",
    ),
)
def deelvrijstelling_onbekend(onderdeel: GeneriekExamenonderdeel, node: ResultaatFeiten) -> Bevinding | None:
    ie, ce = onderdeel.vrijstelling_ie, onderdeel.vrijstelling_ce
    if (not ie or _grond(ie) in VRIJSTELLING_DEEL) and (not ce or _grond(ce) in VRIJSTELLING_DEEL):
        return None
    return bevinding(vrijstelling_ie=ie, vrijstelling_ce=ce)


@regel(
    "L08",
    over=GeneriekExamenonderdeel,
    groep=Groep.EXAMENONDERDELEN,
    ernst=Ernst.FOUT,
    bron=HANDLEIDING,
    titel=("Examenonderdeel zonder uitslag", "Generic exam part without an outcome"),
    tekst=(
        "Er is geen eindcijfer, geen cijfer van IE of CE en geen vrijstelling: het resultaat zegt niets.",
        "There is no final mark, no mark of IE or CE and no exemption: the result says nothing.",
    ),
    advies=("Vul de uitslag, of verwijder het onderdeel.", "Fill in the outcome, or remove the part."),
    draagt={"GeneriekExamenonderdeel.eindcijfer", "GeneriekExamenonderdeel.vrijstelling"},
    besluit=(
        "3003 (Engels, vrijstelling havo of vwo) is zelf al een uitslag.",
        "3003 (English, exemption for havo or vwo) is a result in itself.",
    ),
)
def zonder_uitslag(onderdeel: GeneriekExamenonderdeel, node: ResultaatFeiten) -> Bevinding | None:
    if onderdeel.eindcijfer is not None or onderdeel.vrijstelling or _heeft_examen(onderdeel):
        return None
    return None if onderdeel.code == ENGELS_VRIJGESTELD else bevinding(code=onderdeel.code)


@regel(
    "L09",
    over=GeneriekExamenonderdeel,
    groep=Groep.EXAMENONDERDELEN,
    bron=HANDLEIDING,
    titel=("Engels vrijgesteld, maar niet door havo of vwo", "English exempted, yet not by havo or vwo"),
    tekst=(
        "Onderdeel 3003 is Engels, vrijgesteld door havo of vwo: een andere vrijstelling, IE of CE past daar niet bij.",
        "Part 3003 is English, exempted by havo or vwo: another exemption, IE or CE does not go with that.",
    ),
    advies=(
        "Kies de code van het onderdeel dat is geëxamineerd, of verbeter de vrijstelling.",
        "Choose the code of the part that was examined, or correct the exemption.",
    ),
    draagt={"GeneriekExamenonderdeel.vrijstelling"},
    besluit=(
        "Geen weigering: afgeleid uit de omschrijving van het onderdeel.",
        "No refusal: inferred from the description of the part.",
    ),
)
def engels_anders_vrijgesteld(onderdeel: GeneriekExamenonderdeel, node: ResultaatFeiten) -> Bevinding | None:
    if onderdeel.code != ENGELS_VRIJGESTELD:
        return None
    if _grond(onderdeel.vrijstelling or "") in ("", "HAVO", "VWO") and not _heeft_examen(onderdeel):
        return None
    return bevinding(vrijstelling=onderdeel.vrijstelling)


@regel(
    "L10",
    over=GeneriekExamenonderdeel,
    groep=Groep.EXAMENONDERDELEN,
    bron=HANDLEIDING,
    titel=("Geheel vrijgesteld en toch geëxamineerd", "Exempted as a whole, yet examined"),
    tekst=(
        "Het hele onderdeel is vrijgesteld, maar er is een cijfer van IE of CE zonder eigen vrijstelling.",
        "The whole part is exempted, but there is a mark of IE or CE without an exemption of its own.",
    ),
    advies=(
        "Haal de vrijstelling weg als de student examen deed, of vul ook bij het cijfer de vrijstelling in.",
        "Remove the exemption if the student was examined, or fill in the exemption of the mark as well.",
    ),
    draagt={"GeneriekExamenonderdeel.vrijstelling", "GeneriekExamenonderdeel.cijfer_ie"},
    besluit=(
        "Een cijfer met zijn eigen vrijstelling mag erbij staan: leveringen van DUO doen dat.",
        "A mark with its own exemption may stand beside it: DUO's deliveries do so.",
    ),
)
def vrijgesteld_en_geexamineerd(
    onderdeel: GeneriekExamenonderdeel, node: ResultaatFeiten
) -> Bevinding | None:
    if not onderdeel.vrijstelling:
        return None
    ie = onderdeel.cijfer_ie is not None and not onderdeel.vrijstelling_ie
    ce = onderdeel.cijfer_ce is not None and not onderdeel.vrijstelling_ce
    if not ie and not ce:
        return None
    return bevinding(
        vrijstelling=onderdeel.vrijstelling, cijfer_ie=onderdeel.cijfer_ie, cijfer_ce=onderdeel.cijfer_ce
    )


@regel(
    "L11",
    over=GeneriekExamenonderdeel,
    groep=Groep.EXAMENONDERDELEN,
    bron=HANDLEIDING,
    titel=(
        "Examenonderdeel op een diploma zonder eindcijfer",
        "Generic exam part on a diploma without final mark",
    ),
    tekst=(
        "Bij een diploma hoort van elk onderdeel het eindcijfer, tenzij het geheel is vrijgesteld.",
        "With a diploma comes the final mark of each part, unless the whole is exempted.",
    ),
    advies=("Vul het eindcijfer.", "Fill in the final mark."),
    draagt={"GeneriekExamenonderdeel.eindcijfer", "GeneriekExamenonderdeel.vrijstelling"},
    besluit=(
        "Geen weigering: het veld is in de leveringen van DUO niet verplicht. Een leeg onderdeel meldt L08.",
        "No refusal: the field is not required in DUO's deliveries. L08 tells of an empty part.",
    ),
)
def diploma_zonder_eindcijfer(onderdeel: GeneriekExamenonderdeel, node: ResultaatFeiten) -> Bevinding | None:
    if node.diploma is None or onderdeel.eindcijfer is not None or onderdeel.vrijstelling:
        return None
    return bevinding(code=onderdeel.code) if _heeft_examen(onderdeel) else None


@regel(
    "L12",
    over=GeneriekExamenonderdeel,
    groep=Groep.EXAMENONDERDELEN,
    bron="Examen- en kwalificatiebesluit beroepsopleidingen WEB, art. 14 en 15",
    titel=("Eindcijfer volgt niet uit IE en CE", "Final mark does not follow from IE and CE"),
    tekst=(
        "Het eindcijfer is niet het afgeronde gemiddelde van instellingsexamen en centraal examen.",
        "The final mark is not the rounded mean of institution exam and central exam.",
    ),
    advies=("Controleer de drie cijfers.", "Check the three marks."),
    draagt={
        "GeneriekExamenonderdeel.eindcijfer",
        "GeneriekExamenonderdeel.cijfer_ie",
        "GeneriekExamenonderdeel.cijfer_ce",
    },
    besluit=(
        "Alleen als beide cijfers er zijn en er geen vrijstelling is. Geen weigering: het register rekent niet na.",
        "Only if both marks are there and there is no exemption. No refusal: the register does "
        "not recalculate.",
    ),
)
def eindcijfer_volgt_niet(onderdeel: GeneriekExamenonderdeel, node: ResultaatFeiten) -> Bevinding | None:
    ie, ce, eind = onderdeel.cijfer_ie, onderdeel.cijfer_ce, onderdeel.eindcijfer
    if ie is None or ce is None or eind is None or not (_is_cijfer(ie) and _is_cijfer(ce)):
        return None
    verwacht = int((ie + ce) / 2 + HALF)
    if eind == verwacht or onderdeel.vrijstelling or onderdeel.vrijstelling_ie or onderdeel.vrijstelling_ce:
        return None
    return bevinding(eindcijfer=eind, cijfer_ie=ie, cijfer_ce=ce, verwacht=verwacht)


def _is_cijfer(cijfer: Decimal | None) -> bool:
    """Tell whether a mark, where there is one, lies from 1.0 to 10.0 with at most one decimal."""
    if cijfer is None:
        return True
    return cijfer.is_finite() and 1 <= cijfer <= 10 and cijfer * 10 % 1 == 0


def _grond(vrijstelling: str) -> str:
    """Return the ground of an exemption as value lists write it."""
    grond = vrijstelling.upper()
    return "KZDL" if grond == "KEUZEDEEL" else grond


def _heeft_examen(onderdeel: GeneriekExamenonderdeel) -> bool:
    return (
        onderdeel.cijfer_ie is not None
        or onderdeel.cijfer_ce is not None
        or bool(onderdeel.vrijstelling_ie or onderdeel.vrijstelling_ce)
    )
