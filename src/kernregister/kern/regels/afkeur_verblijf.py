"""Group M, residence: who may be enrolled (WEB 8.1.1; Handleiding, h. 05 and bijlage)."""

from kernregister.kern.dossier import Inschrijving
from kernregister.kern.feiten import InschrijvingFeiten
from kernregister.kern.gegevens import Bron
from kernregister.kern.regels.paspoort import Bevinding, Ernst, Groep, Telling, bevinding, regel
from kernregister.kern.verblijf import Toegang, beoordeel_inschrijving, mag_met_grond

BRON = "WEB 8.1.1; Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 05 en bijlage (R13)"
LEEST = {"Persoon.geboortedatum", "Persoon.nationaliteiten", "Persoon.verblijfstitels"}


@regel(
    "M11",
    over=Inschrijving,
    groep=Groep.AFKEUR,
    ernst=Ernst.FOUT,
    telt=Telling.INSCHRIJVING,
    bron=BRON,
    titel=("Verblijfstitel geeft geen recht op inschrijving", "Residence title gives no right to enrol"),
    tekst=(
        "De student was op de eerste dag van de opleiding 18 jaar of ouder, niet Nederlands, en had een verblijfstitel "
        "die geen recht geeft op inschrijving.",
        "On the first day of the programme the student was 18 or older, not Dutch, and had a residence title that "
        "gives no right to enrol.",
    ),
    advies=(
        "Schrijf de student niet in. Klopt de titel niet, laat de student dat dan bij gemeente en IND herstellen.",
        "Do not enrol the student. If the title is wrong, let the student have the municipality and IND correct it.",
    ),
    vereist={Bron.VERBLIJF},
    draagt=LEEST | {"Inschrijvingsperiode"},
    afkeurcode="MBO-ISG-005",
    besluit=(
        "Geoordeeld op de datum inschrijving. Wie eerder voor dezelfde opleidingcode mocht worden ingeschreven en haar "
        "niet heeft voltooid, mag haar afmaken, ook bij een andere instelling. Een wissel van opleiding binnen de "
        "inschrijving is geen nieuwe eerste dag. Als Nederlander behandeld is nationaliteitscode 0002 (Molukkers).",
        "Judged on the date of enrolment. Who was allowed to enrol for the same programme code "
        "before and did not finish it may finish it, also at another institution. A change of "
        "programme within the enrolment is no new first day. Nationality code 0002 (Moluccans) is "
        "treated as Dutch.",
    ),
)
def geen_recht_op_inschrijving(inschrijving: Inschrijving, node: InschrijvingFeiten) -> Bevinding | None:
    oordeel = beoordeel_inschrijving(node.feiten.dossier, inschrijving)
    if oordeel is None or oordeel.toegang is not Toegang.MAG_NIET:
        return None
    return bevinding(reden=oordeel.reden.value, titel=oordeel.titel)


@regel(
    "M12",
    over=Inschrijving,
    groep=Groep.AFKEUR,
    ernst=Ernst.FOUT,
    telt=Telling.INSCHRIJVING,
    bron=BRON,
    titel=("Rechtmatig verblijf niet vastgesteld", "Lawful residence not established"),
    tekst=(
        "Uit de persoonsgegevens blijkt geen recht op inschrijving, en de instelling heeft niet vastgelegd op grond "
        "waarvan zij het zelf heeft vastgesteld.",
        "The person data show no right to enrol, and the institution has not recorded the ground on which it "
        "established that right itself.",
    ),
    advies=(
        "Stel het verblijf vast met een verblijfsdocument of bij de IND, leg de grond vast en lever opnieuw aan.",
        "Establish the residence by a document or with the IND, record the ground and deliver again.",
    ),
    vereist={Bron.VERBLIJF},
    draagt=LEEST | {"Inschrijvingsperiode", "Inschrijving.verblijf_grond"},
    afkeurcode="MBO-ISG-005",
    besluit=(
        "Zo ook bij een verlopen of onbekende titel, titels die elkaar tegenspreken, en data die deels onbekend zijn "
        "en het verschil maken. Zonder bekende nationaliteit op de eerste dag wordt niets gezegd. Verder als M11.",
        "The same goes for an expired or unknown permit, permits that contradict each other, and "
        "dates that are partly unknown and make the difference. Without a known nationality on "
        "the first day nothing is said. Otherwise as M11.",
    ),
)
def verblijf_niet_vastgesteld(inschrijving: Inschrijving, node: InschrijvingFeiten) -> Bevinding | None:
    oordeel = beoordeel_inschrijving(node.feiten.dossier, inschrijving)
    if oordeel is None or oordeel.toegang is not Toegang.INSTELLING_STELT_VAST:
        return None
    if mag_met_grond(oordeel, inschrijving.verblijf_grond):
        return None
    return bevinding(reden=oordeel.reden.value, titel=oordeel.titel)


@regel(
    "M13",
    over=Inschrijving,
    groep=Groep.AFKEUR,
    telt=Telling.INSCHRIJVING,
    bron="Handleiding Register Onderwijsdeelnemers mbo 25.0, bijlage; BRP-tabel 56",
    titel=("Verblijfstitel wordt niet meer uitgegeven", "Residence title is no longer issued"),
    tekst=(
        "De inschrijving berust op verblijfstitel 39, die sinds 01-01-2014 niet meer wordt uitgegeven.",
        "The enrolment rests on residence title 39, which has not been issued since 01-01-2014.",
    ),
    advies=(
        "Vraag de student naar het verblijfsdocument; de BRP loopt waarschijnlijk achter.",
        "Ask the student for the residence document; the BRP is probably behind.",
    ),
    vereist={Bron.VERBLIJF},
    draagt=LEEST,
    besluit=(
        "Geen weigering: de handleiding noemt 39 onder de titels die recht geven.",
        "No refusal: the manual names 39 among the permits that give a right.",
    ),
)
def titel_beeindigd(inschrijving: Inschrijving, node: InschrijvingFeiten) -> Bevinding | None:
    oordeel = beoordeel_inschrijving(node.feiten.dossier, inschrijving)
    return bevinding(titel=oordeel.titel) if oordeel is not None and oordeel.titel_beeindigd else None
