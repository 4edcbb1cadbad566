"""Group K: what makes a diploma, its parts and loose results consistent (PvE MBO-instelling 15.5.7 to 15.5.10).

A part of a diploma takes its date and its enrolment from the diploma; a loose result has its own.
"""

from kernregister.kern.dossier import (
    ONDERDELEN,
    AmvbOnderdeel,
    Diploma,
    Dossier,
    Keuzedeel,
    Onderdeel,
    Resultaat,
)
from kernregister.kern.feiten import Feiten, ResultaatFeiten
from kernregister.kern.regels.paspoort import ALLEEN_BI, Bevinding, Ernst, Groep, Vondsten, bevinding, regel
from kernregister.kern.sleutels import (
    AMVB_CODE,
    GEHEIM,
    INSTELLINGSCODE,
    KEUZEDEELCODE,
    ONDERWIJSAANBIEDER,
    OPLEIDINGCODE,
    VOLGNUMMER,
)

PVE_DIPLOMA = "PvE MBO-instelling 15.5.7"
PVE_ONDERDELEN = "PvE MBO-instelling 15.5.8 tot en met 15.5.10"
HANDLEIDING = "Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 08"


def _van_elk(veld: str) -> set[str]:
    return {f"{soort.__name__}.{veld}" for soort in ONDERDELEN}


@regel(
    "K01",
    over=Diploma,
    groep=Groep.CONSISTENTIE_RESULTAAT,
    ernst=Ernst.FOUT,
    bron=PVE_DIPLOMA,
    titel=("Resultaatvolgnummer van het diploma heeft niet de juiste vorm", "Malformed number of a diploma"),
    tekst=(
        "Het resultaatvolgnummer van het diploma bestaat niet uit 1 tot 20 letters en cijfers.",
        "The resultaatvolgnummer of the diploma is not 1 to 20 letters and digits.",
    ),
    advies=(
        "Geef het diploma een volgnummer van alleen letters en cijfers.",
        "Give the diploma a sequence number of letters and digits only.",
    ),
)
def diplomanummer_vorm(diploma: Diploma, node: ResultaatFeiten) -> Bevinding | None:
    nummer = diploma.resultaatvolgnummer
    return None if VOLGNUMMER.past(nummer) else bevinding(volgnummer=nummer)


@regel(
    "K02",
    over=Onderdeel,
    groep=Groep.CONSISTENTIE_RESULTAAT,
    ernst=Ernst.FOUT,
    bron=PVE_ONDERDELEN,
    titel=("Resultaatvolgnummer van het onderdeel heeft niet de juiste vorm", "Malformed number of a part"),
    tekst=(
        "Het resultaatvolgnummer van het onderdeel bestaat niet uit 1 tot 20 letters en cijfers.",
        "The resultaatvolgnummer of the part is not 1 to 20 letters and digits.",
    ),
    advies=(
        "Geef het onderdeel een volgnummer van alleen letters en cijfers.",
        "Give the part a sequence number of letters and digits only.",
    ),
)
def onderdeelnummer_vorm(onderdeel: Onderdeel, node: ResultaatFeiten) -> Bevinding | None:
    nummer = onderdeel.resultaatvolgnummer
    return None if VOLGNUMMER.past(nummer) else bevinding(volgnummer=nummer)


@regel(
    "K03",
    over=Dossier,
    groep=Groep.CONSISTENTIE_RESULTAAT,
    ernst=Ernst.FOUT,
    bron=f"Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 01; {PVE_DIPLOMA}",
    titel=("Resultaatvolgnummer komt meermaals voor", "Resultaatvolgnummer used more than once"),
    tekst=(
        "De instelling heeft dit resultaatvolgnummer bij deze persoon al aan een ander resultaat gegeven.",
        "The institution has already given this resultaatvolgnummer to another result of this person.",
    ),
    advies=(
        "Geef elk resultaat van een persoon een eigen volgnummer.",
        "Give each result of a person a sequence number of its own.",
    ),
    besluit=(
        "Vergeleken worden diploma's en losse resultaten; de onderdelen van een diploma vergelijkt K04.",
        "Diplomas and loose results are compared; K04 compares the parts of a diploma.",
    ),
)
def volgnummer_dubbel(dossier: Dossier, feiten: Feiten) -> Vondsten:
    if len(feiten.resultaten) < 2:
        return
    gezien = set()
    for node in feiten.resultaten:
        sleutel = node.instelling, node.record.resultaatvolgnummer
        if sleutel in gezien:
            yield node, bevinding(volgnummer=sleutel[1])
        gezien.add(sleutel)


@regel(
    "K04",
    over=Diploma,
    groep=Groep.CONSISTENTIE_RESULTAAT,
    ernst=Ernst.FOUT,
    bron=PVE_ONDERDELEN,
    titel=(
        "Twee onderdelen van een diploma met hetzelfde nummer",
        "Two parts of a diploma with the same number",
    ),
    tekst=(
        "Twee onderdelen van het diploma hebben hetzelfde resultaatvolgnummer.",
        "Two parts of the diploma have the same resultaatvolgnummer.",
    ),
    advies=("Geef elk onderdeel een eigen volgnummer.", "Give each part a sequence number of its own."),
    draagt={"Diploma.onderdelen"},
)
def onderdelen_dubbel(diploma: Diploma, node: ResultaatFeiten) -> Bevinding | None:
    nummers = [onderdeel.resultaatvolgnummer for onderdeel in diploma.onderdelen]
    if len(set(nummers)) == len(nummers):
        return None
    dubbel = sorted({nummer for nummer in nummers if nummers.count(nummer) > 1})
    return bevinding(volgnummers=tuple(dubbel))


@regel(
    "K05",
    over=Diploma,
    groep=Groep.CONSISTENTIE_RESULTAAT,
    ernst=Ernst.FOUT,
    bron=PVE_DIPLOMA,
    titel=(
        "Opleidingcode van het diploma heeft niet de juiste vorm",
        "Malformed programme code of a diploma",
    ),
    tekst=(
        "De opleidingcode van het diploma bestaat niet uit vijf cijfers.",
        "The programme code of the diploma is not five digits.",
    ),
    advies=(
        "Neem de erkende opleidingscode (crebo) over uit RIO.",
        "Copy the code of the recognised programme (crebo) from RIO.",
    ),
)
def opleidingcode_vorm(diploma: Diploma, node: ResultaatFeiten) -> Bevinding | None:
    code = diploma.opleidingcode
    return None if OPLEIDINGCODE.past(code) else bevinding(opleidingcode=code)


@regel(
    "K06",
    over=Keuzedeel,
    groep=Groep.CONSISTENTIE_RESULTAAT,
    ernst=Ernst.FOUT,
    bron="PvE MBO-instelling 15.5.10",
    titel=("Keuzedeelcode heeft niet de juiste vorm", "Malformed keuzedeel code"),
    tekst=(
        "De code van het keuzedeel is geen K met vier cijfers.",
        "The code of the keuzedeel is not K with four digits.",
    ),
    advies=(
        "Schrijf de code zoals SBB haar publiceert: K0067.",
        "Write the code as SBB publishes it: K0067.",
    ),
)
def keuzedeelcode_vorm(keuzedeel: Keuzedeel, node: ResultaatFeiten) -> Bevinding | None:
    return None if KEUZEDEELCODE.past(keuzedeel.code) else bevinding(code=keuzedeel.code)


@regel(
    "K07",
    over=AmvbOnderdeel,
    groep=Groep.CONSISTENTIE_RESULTAAT,
    ernst=Ernst.FOUT,
    bron="PvE MBO-instelling 15.5.8",
    titel=("Code van het AMvB-onderdeel heeft niet de juiste vorm", "Malformed code of an AMvB part"),
    tekst=(
        "De code van het AMvB-onderdeel is geen C met vier cijfers.",
        "The code of the AMvB part is not C with four digits.",
    ),
    advies=("Schrijf de code zoals C0004.", "Write the code like C0004."),
)
def amvb_code_vorm(onderdeel: AmvbOnderdeel, node: ResultaatFeiten) -> Bevinding | None:
    return None if AMVB_CODE.past(onderdeel.code) else bevinding(code=onderdeel.code)


@regel(
    "K08",
    over=Onderdeel,
    groep=Groep.CONSISTENTIE_RESULTAAT,
    ernst=Ernst.FOUT,
    bron=PVE_ONDERDELEN,
    titel=(
        "Onderdeel van een diploma met gegevens van een los resultaat",
        "Part of a diploma filled in as loose",
    ),
    tekst=(
        "Datum, certificaat en inschrijving horen alleen bij een los resultaat; dit onderdeel hoort bij een diploma.",
        "Date, certificate and enrolment belong to a loose result only; this part belongs to a diploma.",
    ),
    advies=(
        "Maak deze velden leeg, of lever het onderdeel als los resultaat.",
        "Empty these fields, or deliver the part as a loose result.",
    ),
)
def deel_met_losse_gegevens(onderdeel: Onderdeel, node: ResultaatFeiten) -> Bevinding | None:
    if node.diploma is None:
        return None
    certificaat = getattr(onderdeel, "certificaat", None)
    datum, inschrijving = onderdeel.datum_resultaat, onderdeel.inschrijvingvolgnummer
    if datum is None and certificaat is None and not inschrijving:
        return None
    return bevinding(datum=datum, certificaat=certificaat, inschrijvingvolgnummer=inschrijving)


@regel(
    "K09",
    over=Onderdeel,
    groep=Groep.CONSISTENTIE_RESULTAAT,
    ernst=Ernst.FOUT,
    bron=PVE_ONDERDELEN,
    titel=("Los resultaat zonder datum", "Loose result without a date"),
    tekst=(
        "Een los resultaat heeft een eigen datum resultaat nodig; die ontbreekt.",
        "A loose result needs a date of its own; it is missing.",
    ),
    advies=(
        "Vul de datum resultaat; bij uitschrijving zonder diploma is dat de uitschrijfdatum.",
        "Fill in the date; when the student leaves without a diploma it is the end date of the enrolment.",
    ),
    draagt=_van_elk("datum_resultaat"),
)
def los_zonder_datum(onderdeel: Onderdeel, node: ResultaatFeiten) -> Bevinding | None:
    if node.diploma is not None or onderdeel.datum_resultaat is not None:
        return None
    return bevinding(code=onderdeel.code)


@regel(
    "K10",
    over=Onderdeel,
    groep=Groep.CONSISTENTIE_RESULTAAT,
    ernst=Ernst.FOUT,
    bron="PvE MBO-instelling 15.5.8 en 15.5.10",
    titel=("Los resultaat zonder certificaat J of N", "Loose result that does not tell of a certificate"),
    tekst=(
        "Bij een los keuzedeel of AMvB-onderdeel is verplicht of er een certificaat is uitgereikt.",
        "A loose keuzedeel or AMvB part must tell whether a certificate was issued.",
    ),
    advies=(
        "Vul J of N; bij een AMvB-onderdeel altijd J.",
        "Fill in J (yes) or N (no); with an AMvB part always J.",
    ),
    draagt={"AmvbOnderdeel.certificaat", "Keuzedeel.certificaat"},
)
def los_zonder_certificaat(onderdeel: Onderdeel, node: ResultaatFeiten) -> Bevinding | None:
    if node.diploma is not None or getattr(onderdeel, "certificaat", True) is not None:
        return None
    return bevinding(code=onderdeel.code)


@regel(
    "K11",
    over=AmvbOnderdeel,
    groep=Groep.CONSISTENTIE_RESULTAAT,
    ernst=Ernst.FOUT,
    bron="PvE MBO-instelling 15.5.8",
    titel=("Los AMvB-onderdeel met certificaat N", "Loose AMvB part without a certificate"),
    tekst=(
        "Een los AMvB-onderdeel heeft altijd een certificaat.",
        "A loose AMvB part always comes with a certificate.",
    ),
    advies=(
        "Zet certificaat op J, of verwijder het onderdeel als er geen certificaat is.",
        "Set the certificate to J (yes), or remove the part if there is no certificate.",
    ),
    draagt={"AmvbOnderdeel.certificaat"},
)
def amvb_zonder_certificaat(onderdeel: AmvbOnderdeel, node: ResultaatFeiten) -> Bevinding | None:
    if node.diploma is not None or onderdeel.certificaat is not False:
        return None
    return bevinding(code=onderdeel.code)


@regel(
    "K12",
    over=Onderdeel,
    groep=Groep.CONSISTENTIE_RESULTAAT,
    bron=PVE_ONDERDELEN,
    titel=("Los resultaat zonder inschrijving", "Loose result without an enrolment"),
    tekst=(
        "Het losse resultaat noemt geen inschrijvingvolgnummer, zodat niet te zien is waar het is behaald.",
        "The loose result names no inschrijvingvolgnummer, so that it cannot be seen where it was obtained.",
    ),
    advies=(
        "Vul het inschrijvingvolgnummer van de inschrijving waarin het resultaat is behaald.",
        "Fill in the inschrijvingvolgnummer of the enrolment in which the result was obtained.",
    ),
    draagt=_van_elk("inschrijvingvolgnummer"),
    besluit=(
        "Geen weigering: het veld is in de leveringen van DUO niet verplicht.",
        "No refusal: the field is not required in DUO's deliveries.",
    ),
)
def los_zonder_inschrijving(onderdeel: Onderdeel, node: ResultaatFeiten) -> Bevinding | None:
    if node.diploma is not None or onderdeel.inschrijvingvolgnummer:
        return None
    return bevinding(code=onderdeel.code)


@regel(
    "K13",
    over=Resultaat,
    groep=Groep.CONSISTENTIE_RESULTAAT,
    ernst=Ernst.FOUT,
    bron="Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 01 en h. 07",
    titel=("Instellingscode van het resultaat is geen instelling", "Institution of the result is not one"),
    tekst=(
        "De instellingscode ontbreekt, heeft niet de vorm van twee cijfers en twee hoofdletters, of is 99AA.",
        "The institution code is missing, is not two digits and two capitals, or is the mask 99AA.",
    ),
    advies=(
        "Gebruik de instellingscode uit RIO; 99AA schermt een instelling af en wijst er geen aan.",
        "Use the institution code of RIO; 99AA hides an institution and names none.",
    ),
)
def instellingscode_onjuist(resultaat: Resultaat, node: ResultaatFeiten) -> Bevinding | None:
    code = node.instelling
    if INSTELLINGSCODE.past(code) and code != GEHEIM:
        return None
    return bevinding(instelling=code)


@regel(
    "K14",
    over=Diploma,
    groep=Groep.CONSISTENTIE_RESULTAAT,
    ernst=Ernst.FOUT,
    bron=PVE_DIPLOMA,
    titel=("Diploma zonder indicatie bekostigbaar", "Diploma without a funding indication"),
    tekst=(
        "Bij een bekostigde instelling is van elk diploma verplicht of het bekostigbaar is.",
        "At a funded institution each diploma must say whether it can be funded.",
    ),
    advies=("Vul J of N.", "Fill in J (yes) or N (no)."),
    vanaf=ALLEEN_BI,
    draagt={"Diploma.bekostigbaar"},
)
def bekostigbaar_ontbreekt(diploma: Diploma, node: ResultaatFeiten) -> Bevinding | None:
    return bevinding(datum=diploma.datum_resultaat) if diploma.bekostigbaar is None else None


@regel(
    "K15",
    over=Resultaat,
    groep=Groep.CONSISTENTIE_RESULTAAT,
    ernst=Ernst.FOUT,
    bron=f"{PVE_DIPLOMA} tot en met 15.5.10",
    titel=("Onderwijsaanbieder van het resultaat heeft niet de juiste vorm", "Malformed onderwijsaanbieder"),
    tekst=(
        "De code van de onderwijsaanbieder heeft niet de vorm van RIO, zoals 100A501.",
        "The code of the onderwijsaanbieder does not have the form of RIO, such as 100A501.",
    ),
    advies=("Neem de code over uit RIO.", "Copy the code from RIO."),
)
def onderwijsaanbieder_vorm(resultaat: Resultaat, node: ResultaatFeiten) -> Bevinding | None:
    code = resultaat.onderwijsaanbieder
    return None if not code or ONDERWIJSAANBIEDER.past(code) else bevinding(onderwijsaanbieder=code)
