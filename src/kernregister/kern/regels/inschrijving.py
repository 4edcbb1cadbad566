"""Group B: signals on enrolments (Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 06)."""

from datetime import date

from kernregister.kern.dossier import Bpv, Dossier, Inschrijving
from kernregister.kern.feiten import Feiten, InschrijvingFeiten
from kernregister.kern.regels.paspoort import ALLEEN_BI, Bevinding, Groep, Telling, Vondsten, bevinding, regel
from kernregister.kern.tijd import OPEN, dagen_na

BRON = "Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 06, groep B"


@regel(
    "B01",
    over=Dossier,
    vergelijkt=True,
    groep=Groep.INSCHRIJVING,
    telt=Telling.PERSOON,
    bron=BRON,
    titel=(
        "(deels) Identieke inschrijving",
        "(partly) Identical enrolment",
    ),
    tekst=(
        "De student heeft bij deze instelling tegelijk nog een inschrijving voor dezelfde opleiding.",
        "The student has another enrolment for the same programme at this institution at the same time.",
    ),
    advies=(
        "Ga na welke inschrijving de juiste is; verwijder of beëindig de andere en lever opnieuw aan.",
        "Find out which enrolment is the right one; remove or end the other and deliver again.",
    ),
    draagt={"Inschrijvingsperiode.opleidingcode", "Inschrijving.datum_uitschrijving_werkelijk"},
    besluit=(
        "De opleidingen worden per inschrijvingsperiode vergeleken; een inschrijving zonder werkelijke datum "
        "uitschrijving loopt door. Het signaal staat op de inschrijving die het laatst begint, een per tweetal.",
        "Programmes are compared period by period; an enrolment without an actual end date runs "
        "on. The signal stands on the enrolment that begins last, one for each pair.",
    ),
)
def identieke_inschrijving(dossier: Dossier, feiten: Feiten) -> Vondsten:
    if len(dossier.inschrijvingen) < 2:
        return
    for plaats, later in enumerate(feiten.inschrijvingen):
        for eerder in feiten.inschrijvingen[:plaats]:
            if opleiding := _gedeelde_opleiding(eerder, later):
                van, tot = eerder.vensterbereik()
                ander = eerder.inschrijving.inschrijvingvolgnummer
                yield later, bevinding(van=van, tot=tot, opleidingcode=opleiding, andere_inschrijving=ander)


def _gedeelde_opleiding(een: InschrijvingFeiten, ander: InschrijvingFeiten) -> str | None:
    """Return a programme that two enrolments at one institution are for on the same day."""
    if een.inschrijving.instelling != ander.inschrijving.instelling or een.eind <= ander.begin:
        return None
    for a in een.perioden:
        for b in ander.perioden:
            if a.periode.opleidingcode == b.periode.opleidingcode and max(a.begin, b.begin) < min(
                a.eind, b.eind
            ):
                return a.periode.opleidingcode
    return None


@regel(
    "B04",
    over=Inschrijving,
    groep=Groep.INSCHRIJVING,
    bron=BRON,
    titel=(
        "Datum uitschrijving gepland meer dan 90 dagen in het verleden",
        "Planned end of enrolment more than 90 days ago",
    ),
    tekst=(
        "De geplande uitschrijving ligt meer dan 90 dagen terug, maar de inschrijving is niet beëindigd.",
        "The planned end lies more than 90 days back, but the enrolment has not been ended.",
    ),
    advies=(
        "Vul de werkelijke datum uitschrijving in, of verschuif de geplande datum als de student nog studeert.",
        "Fill in the real end date, or move the planned date if the student is still studying.",
    ),
    draagt={"Inschrijving.datum_uitschrijving_gepland", "Inschrijving.datum_uitschrijving_werkelijk"},
    besluit=(
        "Niet beëindigd is: zonder werkelijke datum uitschrijving. Op dag 90 is er nog geen signaal.",
        "Not ended means: without an actual end date. On day 90 there is no signal yet.",
    ),
)
def geplande_uitschrijving_verstreken(
    inschrijving: Inschrijving, node: InschrijvingFeiten
) -> Bevinding | None:
    gepland = inschrijving.datum_uitschrijving_gepland
    if gepland is None or inschrijving.datum_uitschrijving_werkelijk is not None:
        return None
    if gepland >= node.feiten.venster.eind:
        return None  # ahead on every day of this studiejaar: most enrolments
    return bevinding(van=dagen_na(gepland, 91), gepland=gepland)


@regel(
    "B05",
    over=Bpv,
    groep=Groep.INSCHRIJVING,
    bron=BRON,
    titel=(
        "Overlap exameninschrijving met BPV",
        "Examination enrolment overlaps a placement",
    ),
    tekst=(
        "De BPV valt (deels) samen met een periode waarin de student alleen voor examens is ingeschreven.",
        "The placement overlaps a period in which the student is enrolled for examinations only.",
    ),
    advies=(
        "Beëindig de BPV voor het begin van de exameninschrijving, of laat die later ingaan.",
        "End the placement before the examination enrolment begins, or let that enrolment begin later.",
    ),
    vanaf=ALLEEN_BI,
    draagt={
        "Bpv",
        "Bpv.datum_einde_gepland",
        "Bpv.datum_einde_werkelijk",
        "Inschrijvingsperiode.leertraject",
    },
    besluit=(
        "Een BPV loopt tot en met de werkelijke einddatum, anders de geplande, en zonder beide door. Vergeleken wordt "
        "met de perioden met leertraject EX: een BPV in een eerdere BOL- of BBL-periode geeft geen signaal.",
        "A placement runs until its actual end date, else the planned one, and without both it "
        "runs on. It is compared with periods of leertraject EX: a placement in an earlier BOL or "
        "BBL period gives no signal.",
    ),
)
def bpv_tijdens_exameninschrijving(bpv: Bpv, node: InschrijvingFeiten) -> Bevinding | None:
    for periode in node.perioden:
        if periode.periode.leertraject == "EX":
            laatste = bpv.datum_einde_werkelijk or bpv.datum_einde_gepland or OPEN
            begin = max(periode.begin, bpv.datum_begin)
            if begin < periode.eind and begin <= laatste:
                return bevinding(periode_begin=periode.periode.datum_begin, bpv_einde=_bekend(laatste))
    return None


def _bekend(dag: date) -> date | None:
    return None if dag == OPEN else dag


@regel(
    "B06",
    over=Inschrijving,
    groep=Groep.INSCHRIJVING,
    bron=BRON,
    titel=(
        "Datum uitschrijving te ver in de toekomst",
        "End of enrolment too far in the future",
    ),
    tekst=(
        "De werkelijke datum uitschrijving ligt meer dan 90 dagen in de toekomst.",
        "The real end date lies more than 90 days in the future.",
    ),
    advies=(
        "Controleer de datum. Is het een verwachting, lever die dan aan als geplande datum uitschrijving.",
        "Check the date. If it is an expectation, deliver it as the planned end date.",
    ),
    draagt={"Inschrijving.datum_uitschrijving_werkelijk"},
    besluit=(
        "Precies 90 dagen in de toekomst geeft geen signaal.",
        "Exactly 90 days ahead gives no signal.",
    ),
)
def uitschrijving_ver_vooruit(inschrijving: Inschrijving, node: InschrijvingFeiten) -> Bevinding | None:
    werkelijk = inschrijving.datum_uitschrijving_werkelijk
    if werkelijk is None or werkelijk <= node.feiten.teldata[0]:
        return None  # up to 1 October is less than 90 days ahead on every day of this studiejaar
    return bevinding(tot=dagen_na(werkelijk, -90), datum_uitschrijving=werkelijk)
