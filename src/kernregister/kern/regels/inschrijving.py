"""Group B: signals on enrolments and their periods (Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 06)."""

from kernregister.kern.dossier import Inschrijving
from kernregister.kern.feiten import InschrijvingFeiten
from kernregister.kern.regels.catalogus import Bevinding, Groep, bevinding, regel
from kernregister.kern.tijd import dagen_na

BRON = "Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 06, groep B"


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
    draagt={"Inschrijving.datum_uitschrijving_gepland"},
)
def geplande_uitschrijving_verstreken(inschrijving: Inschrijving, feiten: InschrijvingFeiten) -> Bevinding | None:
    gepland = inschrijving.datum_uitschrijving_gepland
    if inschrijving.datum_uitschrijving_werkelijk is None and gepland is not None:
        return bevinding(van=dagen_na(gepland, 91), gepland=gepland)
    return None
