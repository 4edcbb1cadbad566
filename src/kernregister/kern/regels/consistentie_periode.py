"""Group H: what makes a period of enrolment consistent (Handleiding h. 08, PvE MBO-instelling 15.5.4).

What kind of programme a code is, is never read from its digits: the list of programmes tells it, or nothing does.
"""

from kernregister.kern.dossier import Inschrijvingsperiode
from kernregister.kern.feiten import PeriodeFeiten
from kernregister.kern.gegevens import Bron, Opleiding, Soort
from kernregister.kern.parameters.waardelijsten import WAARDELIJSTEN
from kernregister.kern.regels.paspoort import ALLEEN_BI, BEGIN, Bevinding, Ernst, Groep, bevinding, regel
from kernregister.kern.sleutels import ONDERWIJSAANBIEDER, ONDERWIJSLOCATIE, OPLEIDINGCODE

HANDLEIDING = "Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 08"
PVE = "PvE MBO-instelling 15.5.4"
LEERTRAJECT = WAARDELIJSTEN["leertraject"]
NIVEAU = WAARDELIJSTEN["niveau"]
LEERROUTE = WAARDELIJSTEN["leerroute"]
LEERROUTEFASE = WAARDELIJSTEN["leerroutefase"]


@regel(
    "H01",
    over=Inschrijvingsperiode,
    groep=Groep.CONSISTENTIE_PERIODE,
    ernst=Ernst.FOUT,
    bron=LEERTRAJECT.bron,
    titel=("Leertraject onbekend", "Unknown route"),
    tekst=(
        "Het leertraject is geen van BOL, BOL_DT, BBL, OVO, EX en ODT.",
        "The route is none of BOL, BOL_DT, BBL, OVO, EX and ODT.",
    ),
    advies=("Kies een leertraject uit de lijst.", "Choose a route from the list."),
)
def leertraject_onbekend(periode: Inschrijvingsperiode, node: PeriodeFeiten) -> Bevinding | None:
    return None if periode.leertraject in LEERTRAJECT else bevinding(leertraject=periode.leertraject)


@regel(
    "H02",
    over=Inschrijvingsperiode,
    groep=Groep.CONSISTENTIE_PERIODE,
    ernst=Ernst.FOUT,
    bron=LEERTRAJECT.bron,
    titel=("Leertraject bestond niet toen de periode begon", "Route did not exist when the period began"),
    tekst=(
        "Op de begindatum van de periode was het leertraject nog niet of niet meer te gebruiken.",
        "On the begin date of the period the route could not be used yet, or no longer.",
    ),
    advies=(
        "Kies het leertraject dat toen gold: BOL_DT kan tot en met 31-07-2023 beginnen, ODT vanaf 01-01-2019.",
        "Choose the route that held then: BOL_DT can begin up to 31-07-2023, ODT from 01-01-2019.",
    ),
    besluit=(
        "Geoordeeld op de begindatum: een periode BOL_DT die eerder begon en doorloopt, wordt niet geweigerd.",
        "Judged on the first day: a BOL_DT period that began earlier and runs on is not refused.",
    ),
    afkeurcode="MBO-ISP-005",
)
def leertraject_niet_geldig(periode: Inschrijvingsperiode, node: PeriodeFeiten) -> Bevinding | None:
    leertraject, begin = periode.leertraject, periode.datum_begin
    if LEERTRAJECT.geldig(leertraject, begin) or leertraject not in LEERTRAJECT:
        return None
    return bevinding(leertraject=leertraject, begin=begin)


@regel(
    "H03",
    over=Inschrijvingsperiode,
    groep=Groep.CONSISTENTIE_PERIODE,
    ernst=Ernst.FOUT,
    bron=HANDLEIDING,
    titel=(
        "Exameninschrijving bij een niet-bekostigde instelling",
        "Exam enrolment at a non-funded institution",
    ),
    tekst=(
        "Het leertraject EX bestaat alleen bij bekostigde instellingen.",
        "The route EX exists at funded institutions only.",
    ),
    advies=("Kies een ander leertraject.", "Choose another route."),
    vanaf={Soort.NBI: BEGIN},
    afkeurcode="MBO-ISP-005",
)
def examendeelnemer_bij_nbi(periode: Inschrijvingsperiode, node: PeriodeFeiten) -> Bevinding | None:
    return bevinding(leertraject="EX") if periode.leertraject == "EX" else None


@regel(
    "H04",
    over=Inschrijvingsperiode,
    groep=Groep.CONSISTENTIE_PERIODE,
    ernst=Ernst.FOUT,
    bron=NIVEAU.bron,
    titel=("Niveau onbekend", "Unknown level"),
    tekst=(
        "Het niveau is gevuld met iets anders dan MBO-1, MBO-2, MBO-3 of MBO-4.",
        "The level is filled in with something other than MBO-1, MBO-2, MBO-3 or MBO-4.",
    ),
    advies=(
        "Kies een niveau uit de lijst, of laat het leeg bij een kwalificatie.",
        "Choose a level from the list, or leave it empty for a kwalificatie.",
    ),
    draagt={"Inschrijvingsperiode.niveau"},
)
def niveau_onbekend(periode: Inschrijvingsperiode, node: PeriodeFeiten) -> Bevinding | None:
    niveau = periode.niveau
    return None if not niveau or niveau in NIVEAU else bevinding(niveau=niveau)


@regel(
    "H05",
    over=Inschrijvingsperiode,
    groep=Groep.CONSISTENTIE_PERIODE,
    ernst=Ernst.FOUT,
    bron="Regeling gegevensverstrekking persoonsgebonden nummer BVE 2009, bijlage C",
    titel=("Niveau ontbreekt bij een domein of dossier", "Level missing with a domein or dossier"),
    tekst=(
        "De student is ingeschreven voor een opleidingsdomein of kwalificatiedossier; dan is het niveau verplicht.",
        "The student is enrolled for an opleidingsdomein or kwalificatiedossier; then the level is mandatory.",
    ),
    advies=(
        "Vul het niveau waarop de student de opleiding volgt.",
        "Fill in the level at which the student follows the programme.",
    ),
    vereist={Bron.OPLEIDINGEN},
    draagt={"Inschrijvingsperiode.niveau"},
    afkeurcode="MBO-ISP-002",
)
def niveau_ontbreekt(periode: Inschrijvingsperiode, node: PeriodeFeiten) -> Bevinding | None:
    if periode.niveau:
        return None
    opleiding = _opleiding(periode, node)
    if opleiding is None or opleiding.soort == "kwalificatie":
        return None
    return bevinding(opleidingcode=periode.opleidingcode, soort=opleiding.soort)


@regel(
    "H06",
    over=Inschrijvingsperiode,
    groep=Groep.CONSISTENTIE_PERIODE,
    ernst=Ernst.FOUT,
    bron="Regeling gegevensverstrekking persoonsgebonden nummer BVE 2009, bijlage C",
    titel=("Niveau is niet dat van de kwalificatie", "Level is not that of the kwalificatie"),
    tekst=(
        "Het niveau van de periode is een ander dan dat van de kwalificatie.",
        "The level of the period differs from that of the kwalificatie.",
    ),
    advies=(
        "Laat het niveau leeg, dan volgt het uit de kwalificatie, of verbeter de opleidingcode.",
        "Leave the level empty, so that it follows from the kwalificatie, or correct the programme code.",
    ),
    vereist={Bron.OPLEIDINGEN},
    draagt={"Inschrijvingsperiode.niveau"},
    afkeurcode="MBO-ISP-002",
)
def niveau_strijdig(periode: Inschrijvingsperiode, node: PeriodeFeiten) -> Bevinding | None:
    if not periode.niveau:
        return None
    opleiding = _opleiding(periode, node)
    if opleiding is None or opleiding.soort != "kwalificatie" or opleiding.niveau in (None, periode.niveau):
        return None
    return bevinding(opleidingcode=periode.opleidingcode, niveau=periode.niveau, verwacht=opleiding.niveau)


@regel(
    "H07",
    over=Inschrijvingsperiode,
    groep=Groep.CONSISTENTIE_PERIODE,
    ernst=Ernst.FOUT,
    bron=PVE,
    titel=("Opleidingcode heeft niet de juiste vorm", "Malformed programme code"),
    tekst=("De opleidingcode bestaat niet uit vijf cijfers.", "The programme code is not five digits."),
    advies=(
        "Neem de erkende opleidingscode (crebo) over uit RIO.",
        "Copy the code of the recognised programme (crebo) from RIO.",
    ),
)
def opleidingcode_vorm(periode: Inschrijvingsperiode, node: PeriodeFeiten) -> Bevinding | None:
    code = periode.opleidingcode
    return None if OPLEIDINGCODE.past(code) else bevinding(opleidingcode=code)


@regel(
    "H08",
    over=Inschrijvingsperiode,
    groep=Groep.CONSISTENTIE_PERIODE,
    ernst=Ernst.FOUT,
    bron=PVE,
    titel=("Onderwijsaanbieder heeft niet de juiste vorm", "Malformed onderwijsaanbieder"),
    tekst=(
        "De code van de onderwijsaanbieder heeft niet de vorm van RIO, zoals 100A501.",
        "The code of the onderwijsaanbieder does not have the form of RIO, such as 100A501.",
    ),
    advies=("Neem de code over uit RIO.", "Copy the code from RIO."),
    draagt={"Inschrijvingsperiode.onderwijsaanbieder"},
)
def onderwijsaanbieder_vorm(periode: Inschrijvingsperiode, node: PeriodeFeiten) -> Bevinding | None:
    code = periode.onderwijsaanbieder
    return None if not code or ONDERWIJSAANBIEDER.past(code) else bevinding(onderwijsaanbieder=code)


@regel(
    "H09",
    over=Inschrijvingsperiode,
    groep=Groep.CONSISTENTIE_PERIODE,
    ernst=Ernst.FOUT,
    bron=PVE,
    titel=("Onderwijslocatie heeft niet de juiste vorm", "Malformed onderwijslocatie"),
    tekst=(
        "De code van de onderwijslocatie heeft niet de vorm van RIO, zoals 101X591.",
        "The code of the onderwijslocatie does not have the form of RIO, such as 101X591.",
    ),
    advies=("Neem de code over uit RIO.", "Copy the code from RIO."),
    draagt={"Inschrijvingsperiode.onderwijslocatie"},
)
def onderwijslocatie_vorm(periode: Inschrijvingsperiode, node: PeriodeFeiten) -> Bevinding | None:
    code = periode.onderwijslocatie
    return None if not code or ONDERWIJSLOCATIE.past(code) else bevinding(onderwijslocatie=code)


@regel(
    "H10",
    over=Inschrijvingsperiode,
    groep=Groep.CONSISTENTIE_PERIODE,
    ernst=Ernst.FOUT,
    bron=LEERROUTE.bron,
    titel=("Leerroute onbekend of te vroeg", "Learning route unknown or too early"),
    tekst=(
        "De leerroute is niet DLR of GLR, of de periode begint vóór 01-08-2020, toen leerroutes nog niet bestonden.",
        "The learning route is not DLR or GLR, or the period begins before 01-08-2020, when there were none yet.",
    ),
    advies=("Kies DLR of GLR, of maak de leerroute leeg.", "Choose DLR or GLR, or empty the learning route."),
    draagt={"Inschrijvingsperiode.leerroute"},
)
def leerroute_onjuist(periode: Inschrijvingsperiode, node: PeriodeFeiten) -> Bevinding | None:
    leerroute = periode.leerroute
    if not leerroute or LEERROUTE.geldig(leerroute, periode.datum_begin):
        return None
    return bevinding(leerroute=leerroute, begin=periode.datum_begin)


@regel(
    "H11",
    over=Inschrijvingsperiode,
    groep=Groep.CONSISTENTIE_PERIODE,
    ernst=Ernst.FOUT,
    bron=LEERROUTEFASE.bron,
    titel=("Leerroutefase onbekend of te vroeg", "Phase of the learning route unknown or too early"),
    tekst=(
        "De leerroutefase is niet VO of MBO, of de periode begint vóór 01-08-2020.",
        "The phase of the learning route is not VO or MBO, or the period begins before 01-08-2020.",
    ),
    advies=("Kies VO of MBO, of maak de fase leeg.", "Choose VO or MBO, or empty the phase."),
    draagt={"Inschrijvingsperiode.leerroutefase"},
)
def leerroutefase_onjuist(periode: Inschrijvingsperiode, node: PeriodeFeiten) -> Bevinding | None:
    fase = periode.leerroutefase
    if not fase or LEERROUTEFASE.geldig(fase, periode.datum_begin):
        return None
    return bevinding(leerroutefase=fase, begin=periode.datum_begin)


@regel(
    "H12",
    over=Inschrijvingsperiode,
    groep=Groep.CONSISTENTIE_PERIODE,
    ernst=Ernst.FOUT,
    bron=f"{HANDLEIDING} (R12)",
    titel=("Leerroute past niet bij het niveau", "Learning route does not go with the level"),
    tekst=(
        "Op een entreeopleiding (MBO-1) is geen leerroute mogelijk, en GLR alleen op MBO-2.",
        "An entry programme (MBO-1) has no learning route, and GLR exists on MBO-2 only.",
    ),
    advies=(
        "Maak de leerroute leeg of verbeter het niveau.",
        "Empty the learning route or correct the level.",
    ),
    draagt={"Inschrijvingsperiode.leerroute", "Inschrijvingsperiode.niveau"},
    besluit=(
        "Geoordeeld op het niveau in de periode; is dat leeg, dan oordeelt H13 met de lijst van opleidingen.",
        "Judged on the level in the period; if that is empty, H13 judges with the list of programmes.",
    ),
    afkeurcode="MBO-ISP-005",
)
def leerroute_op_niveau(periode: Inschrijvingsperiode, node: PeriodeFeiten) -> Bevinding | None:
    if not periode.leerroute or not periode.niveau or _leerroute_past(periode.leerroute, periode.niveau):
        return None
    return bevinding(leerroute=periode.leerroute, niveau=periode.niveau)


@regel(
    "H13",
    over=Inschrijvingsperiode,
    groep=Groep.CONSISTENTIE_PERIODE,
    ernst=Ernst.FOUT,
    bron=f"{HANDLEIDING} (R12)",
    titel=("Leerroute past niet bij de kwalificatie", "Learning route does not go with the kwalificatie"),
    tekst=(
        "De kwalificatie is van een niveau dat deze leerroute niet kent: geen op entree, GLR alleen op MBO-2.",
        "The kwalificatie is of a level without this learning route: none on entry, GLR on MBO-2 only.",
    ),
    advies=(
        "Maak de leerroute leeg of verbeter de opleidingcode.",
        "Empty the learning route or correct the programme code.",
    ),
    vereist={Bron.OPLEIDINGEN},
    draagt={"Inschrijvingsperiode.leerroute"},
    besluit=(
        "Alleen als het niveau in de periode leeg is; anders oordeelt H12.",
        "Only if the level in the period is empty; otherwise H12 judges.",
    ),
    afkeurcode="MBO-ISP-005",
)
def leerroute_op_kwalificatie(periode: Inschrijvingsperiode, node: PeriodeFeiten) -> Bevinding | None:
    if not periode.leerroute or periode.niveau:
        return None
    opleiding = _opleiding(periode, node)
    if opleiding is None or not opleiding.niveau or _leerroute_past(periode.leerroute, opleiding.niveau):
        return None
    return bevinding(
        leerroute=periode.leerroute, opleidingcode=periode.opleidingcode, niveau=opleiding.niveau
    )


@regel(
    "H14",
    over=Inschrijvingsperiode,
    groep=Groep.CONSISTENTIE_PERIODE,
    bron=LEERROUTEFASE.bron,
    titel=("Leerroutefase zonder leerroute", "Phase without a learning route"),
    tekst=(
        "De leerroutefase is gevuld, maar de leerroute waarvan het een fase is niet.",
        "The phase is filled in, but the learning route that it is a phase of is not.",
    ),
    advies=("Vul de leerroute, of maak de fase leeg.", "Fill in the learning route, or empty the phase."),
    draagt={"Inschrijvingsperiode.leerroute", "Inschrijvingsperiode.leerroutefase"},
    besluit=(
        "Geen weigering: geen bron zegt dat het register de fase alleen niet bewaart.",
        "No refusal: no source says that the register does not keep the phase alone.",
    ),
)
def fase_zonder_leerroute(periode: Inschrijvingsperiode, node: PeriodeFeiten) -> Bevinding | None:
    if not periode.leerroutefase or periode.leerroute:
        return None
    return bevinding(leerroutefase=periode.leerroutefase)


@regel(
    "H15",
    over=Inschrijvingsperiode,
    groep=Groep.CONSISTENTIE_PERIODE,
    ernst=Ernst.FOUT,
    bron=PVE,
    titel=("Indicatie bekostigbaar ontbreekt", "Funding indication is missing"),
    tekst=(
        "Bij een bekostigde instelling is van elke periode verplicht of zij bekostigbaar is.",
        "At a funded institution each period must say whether it can be funded.",
    ),
    advies=("Vul J of N.", "Fill in J (yes) or N (no)."),
    vanaf=ALLEEN_BI,
    draagt={"Inschrijvingsperiode.bekostigbaar"},
)
def bekostigbaar_ontbreekt(periode: Inschrijvingsperiode, node: PeriodeFeiten) -> Bevinding | None:
    return bevinding(begin=periode.datum_begin) if periode.bekostigbaar is None else None


def _opleiding(periode: Inschrijvingsperiode, node: PeriodeFeiten) -> Opleiding | None:
    return node.inschrijving.feiten.gegevens.opleidingen.get(periode.opleidingcode)


def _leerroute_past(leerroute: str, niveau: str) -> bool:
    return niveau == "MBO-2" if leerroute == "GLR" else niveau != "MBO-1"
