"""Group B, where the student is taught: locatiecode VSV before RIO, onderwijsaanbieder and onderwijslocatie since."""

from datetime import date

from kernregister.kern.dossier import Inschrijvingsperiode
from kernregister.kern.feiten import PeriodeFeiten
from kernregister.kern.gegevens import Aanbieder, Bron, Soort, eerste_gat
from kernregister.kern.regels.paspoort import Bevinding, Groep, bevinding, regel
from kernregister.kern.regels.rio import INGANG, START
from kernregister.kern.sleutels import Instellingscode

BRON = "Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 06, groep B"


@regel(
    "B02",
    over=Inschrijvingsperiode,
    groep=Groep.INSCHRIJVING,
    bron=BRON,
    titel=(
        "Inschrijving zonder locatiecode",
        "Enrolment without a location code",
    ),
    tekst=(
        "Deze periode ligt helemaal voor de ingangsdatum van RIO en heeft geen locatiecode VSV.",
        "This period lies wholly before the date on which RIO came into force and has no location code (VSV).",
    ),
    advies=(
        "Leg de locatiecode VSV (het vestigingsnummer) van die tijd vast en lever opnieuw aan.",
        "Record the location code (VSV, the branch number) of that time and deliver again.",
    ),
    draagt={"Inschrijvingsperiode.locatiecode_vsv"},
    besluit=(
        "Een periode die doorloopt tot op of na de ingangsdatum valt onder B08 tot en met B10.",
        "A period that runs until or beyond the day on which RIO began falls under B08 to B10.",
    ),
)
def zonder_locatiecode(periode: Inschrijvingsperiode, node: PeriodeFeiten) -> Bevinding | None:
    if periode.locatiecode_vsv or node.eind > INGANG[node.inschrijving.soort]:
        return None
    return bevinding()


@regel(
    "B08",
    over=Inschrijvingsperiode,
    groep=Groep.INSCHRIJVING,
    bron=BRON,
    titel=(
        "De onderwijsaanbieder is niet gedurende de gehele inschrijving geldig in RIO",
        "The onderwijsaanbieder is not valid in RIO during the whole enrolment",
    ),
    tekst=(
        "De periode noemt geen onderwijsaanbieder, of een die in RIO niet op elke dag ervan geldig is.",
        "The period names no onderwijsaanbieder, or one that RIO does not hold as valid on every day of it.",
    ),
    advies=(
        "Begin een nieuwe periode op de dag waarop de aanbieder wijzigt, met de aanbieder die dan in RIO geldig is.",
        "Begin a new period on the day the aanbieder changes, with the one that is valid in RIO from then on.",
    ),
    vanaf=START,
    vereist={Bron.RIO},
    draagt={"Inschrijvingsperiode.onderwijsaanbieder"},
    besluit=(
        "Van een periode over de ingangsdatum van RIO heen telt het deel erna. Het signaal begint op de eerste dag die "
        "niet gedekt is: eindigt een aanbieder in de toekomst, dan pas op die dag.",
        "Of a period across the day on which RIO began the part after it counts. The signal "
        "begins on the first day that is not covered: if a provider ends in the future, on that "
        "day.",
    ),
)
def aanbieder_niet_geldig(periode: Inschrijvingsperiode, node: PeriodeFeiten) -> Bevinding | None:
    begin = max(node.begin, INGANG[node.inschrijving.soort])
    code = periode.onderwijsaanbieder
    aanbieder = node.inschrijving.feiten.gegevens.aanbieders.get(code) if code else None
    gat = eerste_gat(aanbieder.geldig if aanbieder else (), begin, node.eind)
    if gat is None:
        return None
    return bevinding(van=gat, onderwijsaanbieder=code, ongeldig_op=gat)


@regel(
    "B09",
    over=Inschrijvingsperiode,
    groep=Groep.INSCHRIJVING,
    bron=BRON,
    titel=(
        "De onderwijsaanbieder is niet gekoppeld aan de instellingscode gedurende de gehele inschrijving in RIO",
        "The onderwijsaanbieder is not linked to the institution in RIO during the whole enrolment",
    ),
    tekst=(
        "De onderwijsaanbieder hoort volgens RIO niet op elke dag van de periode bij deze instelling.",
        "According to RIO the onderwijsaanbieder does not belong to this institution on every day of the period.",
    ),
    advies=(
        "Leg een aanbieder vast die in RIO aan de instelling gekoppeld is, of laat de koppeling in RIO verbeteren.",
        "Record an aanbieder that RIO links to the institution, or have the link in RIO corrected.",
    ),
    vanaf=START,
    vereist={Bron.RIO},
    draagt={"Inschrijvingsperiode.onderwijsaanbieder"},
    besluit=(
        "Een ontbrekende onderwijsaanbieder wordt eenmaal gemeld, onder B08. Verder als B08.",
        "A missing onderwijsaanbieder is told once, under B08. Otherwise as B08.",
    ),
)
def aanbieder_niet_gekoppeld(periode: Inschrijvingsperiode, node: PeriodeFeiten) -> Bevinding | None:
    code = periode.onderwijsaanbieder
    if not code:
        return None
    begin = max(node.begin, INGANG[node.inschrijving.soort])
    aanbieder = node.inschrijving.feiten.gegevens.aanbieders.get(code)
    gat = _koppelgat(aanbieder, node.inschrijving.inschrijving.instelling, begin, node.eind)
    if gat is None:
        return None
    return bevinding(van=gat, onderwijsaanbieder=code, niet_gekoppeld_op=gat)


def _koppelgat(
    aanbieder: Aanbieder | None, instelling: Instellingscode, begin: date, eind: date
) -> date | None:
    """Return the first day of [begin, eind) on which RIO does not link the aanbieder to the institution."""
    koppelingen = aanbieder.koppelingen if aanbieder else ()
    for code, periode in koppelingen:
        if code == instelling and periode.begin <= begin and periode.eind >= eind:
            return None  # by far the most common answer
    return eerste_gat([periode for code, periode in koppelingen if code == instelling], begin, eind)


@regel(
    "B10",
    over=Inschrijvingsperiode,
    groep=Groep.INSCHRIJVING,
    bron=BRON,
    titel=(
        "De onderwijslocatie is niet gedurende de gehele inschrijving geldig in RIO",
        "The onderwijslocatie is not valid in RIO during the whole enrolment",
    ),
    tekst=(
        "De periode noemt geen onderwijslocatie, of een die in RIO niet op elke dag ervan geldig is.",
        "The period names no onderwijslocatie, or one that RIO does not hold as valid on every day of it.",
    ),
    advies=(
        "Leg een in RIO geldige onderwijslocatie vast; wijzigt de locatie, begin dan die dag een nieuwe periode.",
        "Record an onderwijslocatie that is valid in RIO; if the location changes, begin a new period that day.",
    ),
    vanaf=START,
    vereist={Bron.RIO},
    draagt={"Inschrijvingsperiode.onderwijslocatie"},
    besluit=(
        "Bij een niet-bekostigde instelling geeft een ontbrekende locatie geen signaal (onderwijs kan online zijn), "
        "een ongeldige wel. Verder als B08.",
        "At an institution without funding a missing location gives no signal (teaching can be "
        "online), an invalid one does. Otherwise as B08.",
    ),
)
def locatie_niet_geldig(periode: Inschrijvingsperiode, node: PeriodeFeiten) -> Bevinding | None:
    code, soort = periode.onderwijslocatie, node.inschrijving.soort
    if not code and soort is Soort.NBI:
        return None
    perioden = node.inschrijving.feiten.gegevens.locaties.get(code, ()) if code else ()
    gat = eerste_gat(perioden, max(node.begin, INGANG[soort]), node.eind)
    if gat is None:
        return None
    return bevinding(van=gat, onderwijslocatie=code, ongeldig_op=gat)
