"""Group D, where a result was obtained: its onderwijsaanbieder in RIO."""

from kernregister.kern.dossier import Diploma, Onderdeel, Resultaat
from kernregister.kern.feiten import ResultaatFeiten
from kernregister.kern.gegevens import Bron
from kernregister.kern.regels.paspoort import Bevinding, Groep, bevinding, regel
from kernregister.kern.regels.rio import INGANG, START

BRON = "Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 06, groep D"


@regel(
    "D08",
    over=Resultaat,
    groep=Groep.RESULTAAT,
    bron=BRON,
    titel=(
        "De onderwijsaanbieder hoort niet bij de instellingscode van een resultaat",
        "The onderwijsaanbieder of a result does not belong to the institution",
    ),
    tekst=(
        "Op de datum van het resultaat was de onderwijsaanbieder in RIO niet aan deze instelling gekoppeld.",
        "On the date of the result, RIO did not link the onderwijsaanbieder to this institution.",
    ),
    advies=(
        "Leg bij het resultaat een aanbieder vast die toen bij de instelling hoorde, of laat RIO verbeteren.",
        "Record with the result an aanbieder that belonged to the institution then, or have RIO corrected.",
    ),
    vanaf=START,
    vereist={Bron.RIO},
    draagt={"Diploma.onderwijsaanbieder"},
    besluit=(
        "Voor diploma's en losse resultaten vanaf de ingangsdatum van RIO. Een ontbrekende onderwijsaanbieder wordt "
        "eenmaal gemeld, onder D09.",
        "For diplomas and loose results from the day on which RIO began. A missing "
        "onderwijsaanbieder is told once, under D09.",
    ),
)
def aanbieder_niet_gekoppeld(resultaat: Diploma | Onderdeel, node: ResultaatFeiten) -> Bevinding | None:
    datum, code = node.datum, resultaat.onderwijsaanbieder
    if not code or datum is None or datum < INGANG[node.soort]:
        return None
    aanbieder = node.feiten.gegevens.aanbieders.get(code)
    for instelling, periode in aanbieder.koppelingen if aanbieder else ():
        if instelling == node.instelling and datum in periode:
            return None
    return bevinding(onderwijsaanbieder=code, datum_resultaat=datum)


@regel(
    "D09",
    over=Resultaat,
    groep=Groep.RESULTAAT,
    bron=BRON,
    titel=(
        "De onderwijsaanbieder is niet geldig bij een resultaat",
        "The onderwijsaanbieder of a result is not valid",
    ),
    tekst=(
        "Bij het resultaat ontbreekt de onderwijsaanbieder, of die was op de datum ervan niet geldig in RIO.",
        "The result names no onderwijsaanbieder, or one that was not valid in RIO on its date.",
    ),
    advies=(
        "Leg bij het resultaat de aanbieder vast die op de datum ervan in RIO geldig was.",
        "Record with the result the aanbieder that was valid in RIO on its date.",
    ),
    vanaf=START,
    vereist={Bron.RIO},
    draagt={"Diploma.onderwijsaanbieder"},
    besluit=(
        "Voor diploma's en losse resultaten vanaf de ingangsdatum van RIO, niet voor de onderdelen van een diploma.",
        "For diplomas and loose results from the day on which RIO began, not for the parts of a diploma.",
    ),
)
def aanbieder_niet_geldig(resultaat: Diploma | Onderdeel, node: ResultaatFeiten) -> Bevinding | None:
    datum, code = node.datum, resultaat.onderwijsaanbieder
    if datum is None or datum < INGANG[node.soort]:
        return None
    aanbieder = node.feiten.gegevens.aanbieders.get(code) if code else None
    for periode in aanbieder.geldig if aanbieder else ():
        if datum in periode:
            return None
    return bevinding(onderwijsaanbieder=code, datum_resultaat=datum)
