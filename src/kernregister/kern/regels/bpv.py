"""Group C: signals on placements (Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 06)."""

from kernregister.kern.dossier import Bpv
from kernregister.kern.feiten import InschrijvingFeiten
from kernregister.kern.parameters import lees
from kernregister.kern.regels.paspoort import Bevinding, Groep, bevinding, regel
from kernregister.kern.tijd import dagen_na, jaren_na

BRON = "Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 06, groep C"

GROOTSTE_OMVANG: int = lees("kwaliteitscontrole")["omvang_bpv"]["maximaal"]
LANGSTE_LOOPTIJD: int = lees("kwaliteitscontrole")["looptijd_bpv"]["jaren"]


@regel(
    "C01",
    over=Bpv,
    groep=Groep.BPV,
    bron=BRON,
    titel=(
        "Einddatum BPV te ver in de toekomst",
        "End of placement too far in the future",
    ),
    tekst=(
        "De werkelijke einddatum van de BPV ligt meer dan 90 dagen in de toekomst.",
        "The real end date of the placement lies more than 90 days in the future.",
    ),
    advies=(
        "Controleer de datum. Is het een verwachting, lever die dan aan als geplande einddatum.",
        "Check the date. If it is an expectation, deliver it as the planned end date.",
    ),
    draagt={"Bpv", "Bpv.datum_einde_werkelijk"},
    besluit=(
        "Precies 90 dagen in de toekomst geeft geen signaal.",
        "Exactly 90 days ahead gives no signal.",
    ),
)
def einde_ver_vooruit(bpv: Bpv, node: InschrijvingFeiten) -> Bevinding | None:
    werkelijk = bpv.datum_einde_werkelijk
    if werkelijk is None or werkelijk <= node.feiten.teldata[0]:
        return None  # up to 1 October is less than 90 days ahead on every day of this studiejaar
    return bevinding(tot=dagen_na(werkelijk, -90), datum_einde=werkelijk)


@regel(
    "C02",
    over=Bpv,
    groep=Groep.BPV,
    bron=BRON,
    titel=(
        "Omvang BPV wijkt af",
        "Size of placement is out of range",
    ),
    tekst=(
        "De omvang van de BPV is leeg, nul of meer dan 5120 uur.",
        "The size of the placement is empty, zero or more than 5120 hours.",
    ),
    advies=(
        "Neem het aantal uren over uit de praktijkovereenkomst en lever opnieuw aan.",
        "Take the number of hours from the placement agreement and deliver again.",
    ),
    draagt={"Bpv", "Bpv.omvang"},
)
def omvang_wijkt_af(bpv: Bpv, node: InschrijvingFeiten) -> Bevinding | None:
    omvang = bpv.omvang
    if omvang is not None and 0 < omvang <= GROOTSTE_OMVANG:
        return None
    return bevinding(omvang=omvang)


@regel(
    "C03",
    over=Bpv,
    groep=Groep.BPV,
    bron=BRON,
    titel=(
        "Einde BPV ligt na de uitschrijfdatum",
        "Placement ends after the enrolment",
    ),
    tekst=(
        "De inschrijving is beëindigd, maar de BPV is niet beëindigd of eindigt later dan de inschrijving.",
        "The enrolment has ended, but the placement has not been ended or ends later than the enrolment.",
    ),
    advies=(
        "Vul als werkelijke einddatum van de BPV uiterlijk de datum uitschrijving in.",
        "Fill in a real end date of the placement that is no later than the end of the enrolment.",
    ),
    draagt={"Bpv", "Bpv.datum_einde_werkelijk", "Inschrijving.datum_uitschrijving_werkelijk"},
)
def einde_na_uitschrijving(bpv: Bpv, node: InschrijvingFeiten) -> Bevinding | None:
    uitschrijving = node.inschrijving.datum_uitschrijving_werkelijk
    if uitschrijving is None:
        return None
    einde = bpv.datum_einde_werkelijk
    if einde is not None and einde <= uitschrijving:
        return None
    return bevinding(datum_einde=einde, datum_uitschrijving=uitschrijving)


@regel(
    "C04",
    over=Bpv,
    groep=Groep.BPV,
    bron=BRON,
    titel=(
        "Geplande looptijd BPV te lang",
        "Planned duration of placement too long",
    ),
    tekst=(
        "De geplande einddatum ligt meer dan vier jaar na het begin van de BPV.",
        "The planned end lies more than four years after the start of the placement.",
    ),
    advies=(
        "Controleer begin en geplande einddatum aan de hand van de praktijkovereenkomst en verbeter wat niet klopt.",
        "Check the start and the planned end against the placement agreement and correct what is wrong.",
    ),
    draagt={"Bpv", "Bpv.datum_einde_gepland"},
    besluit=(
        "Precies vier jaar is nog goed. Vier jaar na 29 februari is 29 februari, of 1 maart als die dag er niet is.",
        "Exactly four years is still right. Four years after 29 February is 29 February, or 1 "
        "March where there is no such day.",
    ),
)
def looptijd_te_lang(bpv: Bpv, node: InschrijvingFeiten) -> Bevinding | None:
    gepland, begin = bpv.datum_einde_gepland, bpv.datum_begin
    if gepland is None or gepland.year - begin.year < LANGSTE_LOOPTIJD:
        return None
    if gepland <= jaren_na(begin, LANGSTE_LOOPTIJD):
        return None
    return bevinding(datum_begin=begin, gepland=gepland)
