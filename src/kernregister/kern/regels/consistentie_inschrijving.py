"""Group G: what makes an enrolment consistent in itself (Handleiding h. 08, PvE MBO-instelling 15.5.3)."""

from itertools import pairwise

from kernregister.kern.dossier import Dossier, ExtraOndersteuning, Inschrijving, Inschrijvingsperiode
from kernregister.kern.feiten import Feiten, InschrijvingFeiten, PeriodeFeiten
from kernregister.kern.gegevens import Soort
from kernregister.kern.parameters.waardelijsten import WAARDELIJSTEN
from kernregister.kern.regels.paspoort import (
    ALLEEN_BI,
    BEGIN,
    Bevinding,
    Ernst,
    Groep,
    Vondsten,
    bevinding,
    regel,
)
from kernregister.kern.sleutels import GEHEIM, INSTELLINGSCODE, VOLGNUMMER

HANDLEIDING = "Handleiding Register Onderwijsdeelnemers mbo 25.0"
PVE = "PvE MBO-instelling 15.5.3"
REDENEN = WAARDELIJSTEN["reden_uitschrijving"]


@regel(
    "G01",
    over=Inschrijving,
    groep=Groep.CONSISTENTIE_INSCHRIJVING,
    ernst=Ernst.FOUT,
    bron=PVE,
    titel=("Inschrijvingvolgnummer heeft niet de juiste vorm", "Malformed inschrijvingvolgnummer"),
    tekst=(
        "Het inschrijvingvolgnummer bestaat niet uit 1 tot 20 letters en cijfers.",
        "The inschrijvingvolgnummer is not 1 to 20 letters and digits.",
    ),
    advies=(
        "Geef de inschrijving een volgnummer van alleen letters en cijfers.",
        "Give the enrolment a sequence number of letters and digits only.",
    ),
    afkeurcode="MBO-ISG-001",
)
def volgnummer_vorm(inschrijving: Inschrijving, node: InschrijvingFeiten) -> Bevinding | None:
    if VOLGNUMMER.past(inschrijving.inschrijvingvolgnummer):
        return None
    return bevinding(volgnummer=inschrijving.inschrijvingvolgnummer)


@regel(
    "G02",
    over=Dossier,
    vergelijkt=True,
    groep=Groep.CONSISTENTIE_INSCHRIJVING,
    ernst=Ernst.FOUT,
    bron=f"{HANDLEIDING}, h. 01; {PVE}",
    titel=("Inschrijvingvolgnummer komt meermaals voor", "Inschrijvingvolgnummer used more than once"),
    tekst=(
        "De instelling heeft dit inschrijvingvolgnummer bij deze persoon al aan een andere inschrijving gegeven.",
        "The institution has already given this inschrijvingvolgnummer to another enrolment of this person.",
    ),
    advies=(
        "Geef elke inschrijving van een persoon een eigen volgnummer.",
        "Give each enrolment of a person a sequence number of its own.",
    ),
    afkeurcode="MBO-ISG-001",
)
def volgnummer_dubbel(dossier: Dossier, feiten: Feiten) -> Vondsten:
    if len(feiten.inschrijvingen) < 2:
        return
    gezien = set()
    for node in feiten.inschrijvingen:
        sleutel = node.inschrijving.instelling, node.inschrijving.inschrijvingvolgnummer
        if sleutel in gezien:
            yield node, bevinding(volgnummer=sleutel[1])
        gezien.add(sleutel)


@regel(
    "G03",
    over=Inschrijving,
    groep=Groep.CONSISTENTIE_INSCHRIJVING,
    ernst=Ernst.FOUT,
    bron=PVE,
    titel=("Werkelijke uitschrijving vóór de inschrijving", "Real end before the enrolment"),
    tekst=(
        "De werkelijke datum uitschrijving ligt vóór de datum inschrijving.",
        "The real end date lies before the date of enrolment.",
    ),
    advies=(
        "Verbeter een van beide data, of verwijder de inschrijving als de student nooit is begonnen.",
        "Correct one of the two dates, or remove the enrolment if the student never started.",
    ),
    draagt={"Inschrijving.datum_uitschrijving_werkelijk"},
    besluit=(
        "Uitschrijven op de dag van inschrijving mag: de uitschrijfdatum is de laatste dag.",
        "Ending on the day of enrolment is allowed: the end date is the last day.",
    ),
    afkeurcode="MBO-ISG-002",
)
def werkelijk_voor_inschrijving(inschrijving: Inschrijving, node: InschrijvingFeiten) -> Bevinding | None:
    werkelijk = inschrijving.datum_uitschrijving_werkelijk
    if werkelijk is None or werkelijk >= inschrijving.datum_inschrijving:
        return None
    return bevinding(inschrijving=inschrijving.datum_inschrijving, werkelijk=werkelijk)


@regel(
    "G04",
    over=Inschrijving,
    groep=Groep.CONSISTENTIE_INSCHRIJVING,
    ernst=Ernst.FOUT,
    bron=PVE,
    titel=("Geplande uitschrijving vóór de inschrijving", "Planned end before the enrolment"),
    tekst=(
        "De geplande datum uitschrijving ligt vóór de datum inschrijving.",
        "The planned end date lies before the date of enrolment.",
    ),
    advies=("Verbeter een van beide data.", "Correct one of the two dates."),
    draagt={"Inschrijving.datum_uitschrijving_gepland"},
)
def gepland_voor_inschrijving(inschrijving: Inschrijving, node: InschrijvingFeiten) -> Bevinding | None:
    gepland = inschrijving.datum_uitschrijving_gepland
    if gepland is None or gepland >= inschrijving.datum_inschrijving:
        return None
    return bevinding(inschrijving=inschrijving.datum_inschrijving, gepland=gepland)


@regel(
    "G05",
    over=Inschrijving,
    groep=Groep.CONSISTENTIE_INSCHRIJVING,
    ernst=Ernst.FOUT,
    bron=f"{HANDLEIDING}, h. 08 (R8)",
    titel=("Uitschrijving zonder reden", "End of enrolment without a reason"),
    tekst=(
        "De werkelijke datum uitschrijving is gevuld, maar de reden uitschrijving niet.",
        "The real end date is filled in, but the reason for ending is not.",
    ),
    advies=(
        "Vul de reden uitschrijving; 08 (geen uitval) als geen van de andere past, bijvoorbeeld bij een diploma.",
        "Fill in the reason; 08 (no drop-out) when none of the others fits, for instance with a diploma.",
    ),
    draagt={"Inschrijving.datum_uitschrijving_werkelijk", "Inschrijving.reden_uitschrijving"},
    afkeurcode="MBO-ISG-002",
)
def uitschrijving_zonder_reden(inschrijving: Inschrijving, node: InschrijvingFeiten) -> Bevinding | None:
    werkelijk = inschrijving.datum_uitschrijving_werkelijk
    if werkelijk is None or inschrijving.reden_uitschrijving:
        return None
    return bevinding(werkelijk=werkelijk)


@regel(
    "G06",
    over=Inschrijving,
    groep=Groep.CONSISTENTIE_INSCHRIJVING,
    bron=f"{HANDLEIDING}, h. 08",
    titel=("Reden zonder uitschrijving", "Reason without an end of enrolment"),
    tekst=(
        "De reden uitschrijving is gevuld, maar de werkelijke datum uitschrijving niet.",
        "The reason for ending is filled in, but the real end date is not.",
    ),
    advies=(
        "Vul de werkelijke datum uitschrijving, of maak de reden leeg zolang de student is ingeschreven.",
        "Fill in the real end date, or empty the reason as long as the student is enrolled.",
    ),
    draagt={"Inschrijving.datum_uitschrijving_werkelijk", "Inschrijving.reden_uitschrijving"},
    besluit=(
        "Geen weigering: de handleiding verplicht de reden bij een uitschrijving, en verbiedt haar niet ervoor.",
        "No refusal: the manual demands the reason with an end date, and does not forbid it before.",
    ),
)
def reden_zonder_uitschrijving(inschrijving: Inschrijving, node: InschrijvingFeiten) -> Bevinding | None:
    if not inschrijving.reden_uitschrijving or inschrijving.datum_uitschrijving_werkelijk is not None:
        return None
    return bevinding(reden=inschrijving.reden_uitschrijving)


@regel(
    "G07",
    over=Inschrijving,
    groep=Groep.CONSISTENTIE_INSCHRIJVING,
    bron=REDENEN.bron,
    titel=("Reden uitschrijving niet in de waardelijst", "Reason for ending not in the value list"),
    tekst=(
        "De reden uitschrijving is geen van de bekende codes, 01 tot en met 09.",
        "The reason for ending is none of the known codes, 01 up to and including 09.",
    ),
    advies=(
        "Controleer de code en schrijf haar met twee cijfers, dus 08 en niet 8.",
        "Check the code and write it with two digits: 08, not 8.",
    ),
    draagt={"Inschrijving.reden_uitschrijving"},
    besluit=(
        "Geen weigering: de lijst die nu geldt is niet openbaar en kan langer zijn.",
        "No refusal: the list that holds now is not public and may be longer.",
    ),
)
def reden_onbekend(inschrijving: Inschrijving, node: InschrijvingFeiten) -> Bevinding | None:
    reden = inschrijving.reden_uitschrijving
    if not reden or reden in REDENEN:
        return None
    return bevinding(reden=reden)


@regel(
    "G08",
    over=Inschrijving,
    groep=Groep.CONSISTENTIE_INSCHRIJVING,
    ernst=Ernst.FOUT,
    bron="PvE MBO-instelling 15.4",
    titel=("Inschrijving zonder periode", "Enrolment without a period"),
    tekst=(
        "De inschrijving heeft geen enkele inschrijvingsperiode, dus geen opleiding en geen leertraject.",
        "The enrolment has no period at all, so no programme and no route.",
    ),
    advies=(
        "Lever minstens één periode, die begint op de datum inschrijving.",
        "Deliver at least one period, which begins on the date of enrolment.",
    ),
    draagt={"Inschrijvingsperiode"},
    afkeurcode="MBO-ISG-003",
)
def zonder_periode(inschrijving: Inschrijving, node: InschrijvingFeiten) -> Bevinding | None:
    return None if inschrijving.perioden else bevinding(inschrijving=inschrijving.datum_inschrijving)


@regel(
    "G09",
    over=Inschrijving,
    groep=Groep.CONSISTENTIE_INSCHRIJVING,
    ernst=Ernst.FOUT,
    bron="PvE MBO-instelling 15.4",
    titel=("Gat vóór de eerste periode", "Gap before the first period"),
    tekst=(
        "De eerste periode begint later dan de inschrijving: van de dagen ertussen is geen opleiding bekend.",
        "The first period begins later than the enrolment: of the days between no programme is known.",
    ),
    advies=(
        "Laat de eerste periode beginnen op de datum inschrijving.",
        "Let the first period begin on the date of enrolment.",
    ),
    draagt={"Inschrijvingsperiode", "Inschrijving.perioden"},
    afkeurcode="MBO-ISG-003",
)
def gat_voor_eerste_periode(inschrijving: Inschrijving, node: InschrijvingFeiten) -> Bevinding | None:
    begin = inschrijving.datum_inschrijving
    if any(periode.datum_begin <= begin for periode in inschrijving.perioden) or not inschrijving.perioden:
        return None
    eerste = min(periode.datum_begin for periode in inschrijving.perioden)
    return bevinding(inschrijving=begin, eerste_periode=eerste)


@regel(
    "G10",
    over=Inschrijvingsperiode,
    groep=Groep.CONSISTENTIE_INSCHRIJVING,
    ernst=Ernst.FOUT,
    bron="PvE MBO-instelling 15.4",
    titel=("Periode begint buiten de inschrijving", "Period begins outside the enrolment"),
    tekst=(
        "De periode begint vóór de datum inschrijving of na de werkelijke datum uitschrijving.",
        "The period begins before the date of enrolment or after the real end date.",
    ),
    advies=(
        "Verbeter de begindatum van de periode, of verwijder een periode die nooit is ingegaan.",
        "Correct the begin date of the period, or remove a period that never started.",
    ),
    besluit=(
        "Ligt de uitschrijving zelf vóór de inschrijving, dan meldt alleen G03 dat.",
        "If the end itself comes before the enrolment, only G03 tells so.",
    ),
    afkeurcode="MBO-ISG-003",
)
def periode_buiten_inschrijving(periode: Inschrijvingsperiode, node: PeriodeFeiten) -> Bevinding | None:
    inschrijving, begin = node.inschrijving.inschrijving, periode.datum_begin
    eerste, laatste = inschrijving.datum_inschrijving, inschrijving.datum_uitschrijving_werkelijk
    if eerste <= begin and (laatste is None or begin <= laatste or laatste < eerste):
        return None
    return bevinding(inschrijving=eerste, werkelijk=laatste, begin=begin)


@regel(
    "G11",
    over=Inschrijving,
    groep=Groep.CONSISTENTIE_INSCHRIJVING,
    ernst=Ernst.FOUT,
    bron="PvE BVE 9, afkeurcode 804",
    titel=("Twee perioden met dezelfde begindatum", "Two periods with the same begin date"),
    tekst=(
        "Twee perioden van de inschrijving beginnen op dezelfde dag: welke geldt, is niet te bepalen.",
        "Two periods of the enrolment begin on the same day: which one holds cannot be told.",
    ),
    advies=("Voeg de perioden samen of verwijder er een.", "Merge the periods or remove one."),
    draagt={"Inschrijvingsperiode"},
)
def periode_dubbel(inschrijving: Inschrijving, node: InschrijvingFeiten) -> Bevinding | None:
    if len(inschrijving.perioden) < 2:
        return None
    data = sorted(periode.datum_begin for periode in inschrijving.perioden)
    dubbel = {dag for dag, volgende in pairwise(data) if dag == volgende}
    return bevinding(begin=min(dubbel), aantal=data.count(min(dubbel))) if dubbel else None


@regel(
    "G12",
    over=Inschrijving,
    groep=Groep.CONSISTENTIE_INSCHRIJVING,
    ernst=Ernst.FOUT,
    bron=f"{HANDLEIDING}, h. 01 en h. 07",
    titel=("Instellingscode is geen instelling", "Institution code is not an institution"),
    tekst=(
        "De instellingscode heeft niet de vorm van twee cijfers en twee hoofdletters, of is de afscherming 99AA.",
        "The institution code is not two digits and two capitals, or it is the mask 99AA.",
    ),
    advies=(
        "Gebruik de instellingscode uit RIO; 99AA schermt een instelling af en wijst er geen aan.",
        "Use the institution code of RIO; 99AA hides an institution and names none.",
    ),
)
def instellingscode_onjuist(inschrijving: Inschrijving, node: InschrijvingFeiten) -> Bevinding | None:
    code = inschrijving.instelling
    if INSTELLINGSCODE.past(code) and code != GEHEIM:
        return None
    return bevinding(instelling=code)


@regel(
    "G13",
    over=Inschrijving,
    groep=Groep.CONSISTENTIE_INSCHRIJVING,
    ernst=Ernst.FOUT,
    bron=PVE,
    titel=("Geplande uitschrijving ontbreekt", "Planned end is missing"),
    tekst=(
        "De geplande datum uitschrijving is verplicht en niet gevuld.",
        "The planned end date is mandatory and not filled in.",
    ),
    advies=(
        "Vul de datum waarop de student de opleiding naar verwachting afrondt.",
        "Fill in the date on which the student is expected to finish.",
    ),
    draagt={"Inschrijving.datum_uitschrijving_gepland"},
)
def gepland_ontbreekt(inschrijving: Inschrijving, node: InschrijvingFeiten) -> Bevinding | None:
    if inschrijving.datum_uitschrijving_gepland is not None:
        return None
    return bevinding(inschrijving=inschrijving.datum_inschrijving)


@regel(
    "G14",
    over=ExtraOndersteuning,
    groep=Groep.CONSISTENTIE_INSCHRIJVING,
    ernst=Ernst.FOUT,
    bron="PvE MBO-instelling 15.5.5",
    titel=("Extra ondersteuning eindigt vóór zij begint", "Extra support ends before it begins"),
    tekst=(
        "De einddatum van de extra ondersteuning ligt vóór de begindatum.",
        "The end date of the extra support lies before its begin date.",
    ),
    advies=("Verbeter een van beide data.", "Correct one of the two dates."),
    vanaf=ALLEEN_BI,
    draagt={"ExtraOndersteuning.datum_eind"},
)
def ondersteuning_eind_voor_begin(
    ondersteuning: ExtraOndersteuning, node: InschrijvingFeiten
) -> Bevinding | None:
    eind = ondersteuning.datum_eind
    if eind is None or eind >= ondersteuning.datum_begin:
        return None
    return bevinding(begin=ondersteuning.datum_begin, eind=eind)


@regel(
    "G15",
    over=ExtraOndersteuning,
    groep=Groep.CONSISTENTIE_INSCHRIJVING,
    ernst=Ernst.FOUT,
    bron=f"{HANDLEIDING}, h. 08",
    titel=(
        "Extra ondersteuning bij een niet-bekostigde instelling",
        "Extra support at a non-funded institution",
    ),
    tekst=(
        "Extra ondersteuning wordt alleen door bekostigde instellingen geregistreerd.",
        "Extra support is registered by funded institutions only.",
    ),
    advies=("Verwijder de periode extra ondersteuning.", "Remove the period of extra support."),
    vanaf={Soort.NBI: BEGIN},
)
def ondersteuning_bij_nbi(ondersteuning: ExtraOndersteuning, node: InschrijvingFeiten) -> Bevinding | None:
    return bevinding(begin=ondersteuning.datum_begin)
