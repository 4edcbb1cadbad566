"""Group J: what makes a placement (BPV) consistent (PvE MBO-instelling 15.5.6)."""

from kernregister.kern.dossier import Bpv, Inschrijving
from kernregister.kern.feiten import InschrijvingFeiten
from kernregister.kern.regels.paspoort import Bevinding, Ernst, Groep, bevinding, regel
from kernregister.kern.sleutels import KEUZEDEELCODE, LEERBEDRIJF, OPLEIDINGCODE, VOLGNUMMER

PVE = "PvE MBO-instelling 15.5.6"


@regel(
    "J01",
    over=Bpv,
    groep=Groep.CONSISTENTIE_BPV,
    ernst=Ernst.FOUT,
    bron=PVE,
    titel=("BPV-volgnummer heeft niet de juiste vorm", "Malformed BPV sequence number"),
    tekst=(
        "Het volgnummer van de BPV bestaat niet uit 1 tot 20 letters en cijfers.",
        "The sequence number of the BPV is not 1 to 20 letters and digits.",
    ),
    advies=(
        "Geef de BPV een volgnummer van alleen letters en cijfers.",
        "Give the BPV a sequence number of letters and digits only.",
    ),
)
def volgnummer_vorm(bpv: Bpv, node: InschrijvingFeiten) -> Bevinding | None:
    return None if VOLGNUMMER.past(bpv.volgnummer) else bevinding(volgnummer=bpv.volgnummer)


@regel(
    "J02",
    over=Inschrijving,
    groep=Groep.CONSISTENTIE_BPV,
    ernst=Ernst.FOUT,
    bron=f"Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 01; {PVE}",
    titel=("BPV-volgnummer komt meermaals voor", "BPV sequence number used more than once"),
    tekst=(
        "Twee BPV's van de inschrijving hebben hetzelfde volgnummer.",
        "Two BPVs of the enrolment have the same sequence number.",
    ),
    advies=("Geef elke BPV een eigen volgnummer.", "Give each BPV a sequence number of its own."),
    draagt={"Bpv"},
    besluit=(
        "Geoordeeld binnen de inschrijving, die bij de sleutel van een BPV hoort.",
        "Judged within the enrolment, which is part of the key of a placement.",
    ),
)
def volgnummer_dubbel(inschrijving: Inschrijving, node: InschrijvingFeiten) -> Bevinding | None:
    if len(inschrijving.bpvs) < 2:
        return None
    nummers = [bpv.volgnummer for bpv in inschrijving.bpvs]
    dubbel = tuple(sorted({nummer for nummer in nummers if nummers.count(nummer) > 1}))
    return bevinding(volgnummers=dubbel) if dubbel else None


@regel(
    "J03",
    over=Bpv,
    groep=Groep.CONSISTENTIE_BPV,
    ernst=Ernst.FOUT,
    bron=PVE,
    titel=("Gepland einde van de BPV vóór het begin", "Planned end of the BPV before its begin"),
    tekst=(
        "De geplande einddatum van de BPV ligt vóór de begindatum.",
        "The planned end date of the BPV lies before its begin date.",
    ),
    advies=("Verbeter een van beide data.", "Correct one of the two dates."),
    draagt={"Bpv.datum_einde_gepland"},
)
def gepland_voor_begin(bpv: Bpv, node: InschrijvingFeiten) -> Bevinding | None:
    gepland = bpv.datum_einde_gepland
    if gepland is None or gepland >= bpv.datum_begin:
        return None
    return bevinding(begin=bpv.datum_begin, gepland=gepland)


@regel(
    "J04",
    over=Bpv,
    groep=Groep.CONSISTENTIE_BPV,
    ernst=Ernst.FOUT,
    bron=PVE,
    titel=("Werkelijk einde van de BPV vóór het begin", "Real end of the BPV before its begin"),
    tekst=(
        "De werkelijke einddatum van de BPV ligt vóór de begindatum.",
        "The real end date of the BPV lies before its begin date.",
    ),
    advies=(
        "Verbeter een van beide data, of verwijder de BPV als zij nooit is begonnen.",
        "Correct one of the two dates, or remove the BPV if it never started.",
    ),
    draagt={"Bpv.datum_einde_werkelijk"},
)
def werkelijk_voor_begin(bpv: Bpv, node: InschrijvingFeiten) -> Bevinding | None:
    werkelijk = bpv.datum_einde_werkelijk
    if werkelijk is None or werkelijk >= bpv.datum_begin:
        return None
    return bevinding(begin=bpv.datum_begin, werkelijk=werkelijk)


@regel(
    "J05",
    over=Bpv,
    groep=Groep.CONSISTENTIE_BPV,
    ernst=Ernst.FOUT,
    bron=PVE,
    titel=(
        "BPV niet voor precies één opleiding of keuzedeel",
        "BPV not for exactly one programme or keuzedeel",
    ),
    tekst=(
        "Van opleidingcode en keuzedeelcode is er niet precies één gevuld.",
        "Not exactly one of programme code and keuzedeel code is filled in.",
    ),
    advies=(
        "Vul waarvoor de BPV is; lever per opleiding en per keuzedeel een eigen BPV.",
        "Fill in what the BPV is for; deliver a BPV of its own for each programme and each keuzedeel.",
    ),
    draagt={"Bpv.opleidingcode", "Bpv.keuzedeelcode"},
    afkeurcode="MBO-BPV-001",
)
def opleiding_of_keuzedeel(bpv: Bpv, node: InschrijvingFeiten) -> Bevinding | None:
    if bool(bpv.opleidingcode) != bool(bpv.keuzedeelcode):
        return None
    return bevinding(opleidingcode=bpv.opleidingcode, keuzedeelcode=bpv.keuzedeelcode)


@regel(
    "J06",
    over=Bpv,
    groep=Groep.CONSISTENTIE_BPV,
    ernst=Ernst.FOUT,
    bron=PVE,
    titel=(
        "Leerbedrijf-ID ontbreekt of heeft niet de juiste vorm",
        "Training company id missing or malformed",
    ),
    tekst=(
        "Het leerbedrijf-ID is verplicht en ligt van 100000000 tot en met 999999999.",
        "The training company id is mandatory and lies from 100000000 up to and including 999999999.",
    ),
    advies=(
        "Neem het leerbedrijf-ID over van Stagemarkt of uit het register van SBB.",
        "Copy the training company id from Stagemarkt or the register of SBB.",
    ),
    draagt={"Bpv.leerbedrijf_id"},
    afkeurcode="MBO-BPV-001",
)
def leerbedrijf_onjuist(bpv: Bpv, node: InschrijvingFeiten) -> Bevinding | None:
    if bpv.leerbedrijf_id and LEERBEDRIJF.past(bpv.leerbedrijf_id):
        return None
    return bevinding(leerbedrijf_id=bpv.leerbedrijf_id)


@regel(
    "J07",
    over=Bpv,
    groep=Groep.CONSISTENTIE_BPV,
    bron="Openbare proeflevering van DUO: het register bewaart zulke BPV's; WEB 7.2.8",
    titel=("Praktijkovereenkomst na het begin van de BPV", "Agreement drawn up after the BPV began"),
    tekst=(
        "De afsluitdatum van de praktijkovereenkomst ligt na de begindatum van de BPV.",
        "The agreement for the placement was drawn up after the BPV began.",
    ),
    advies=(
        "Controleer de data; sluit de overeenkomst voortaan af voordat de BPV begint.",
        "Check the dates; draw up the agreement before the BPV begins.",
    ),
    draagt={"Bpv.afsluitdatum"},
    besluit=(
        "Alleen een waarschuwing: het nationale register weigert dit niet.",
        "A warning only: the national register does not refuse this.",
    ),
)
def afgesloten_na_begin(bpv: Bpv, node: InschrijvingFeiten) -> Bevinding | None:
    if bpv.afsluitdatum <= bpv.datum_begin:
        return None
    return bevinding(afsluitdatum=bpv.afsluitdatum, begin=bpv.datum_begin)


@regel(
    "J08",
    over=Bpv,
    groep=Groep.CONSISTENTIE_BPV,
    ernst=Ernst.FOUT,
    bron=PVE,
    titel=("Gepland einde van de BPV ontbreekt", "Planned end of the BPV is missing"),
    tekst=(
        "De geplande einddatum van de BPV is verplicht en niet gevuld.",
        "The planned end date of the BPV is mandatory and not filled in.",
    ),
    advies=(
        "Vul de einddatum die in de praktijkovereenkomst staat.",
        "Fill in the end date that the agreement states.",
    ),
    draagt={"Bpv.datum_einde_gepland"},
)
def gepland_ontbreekt(bpv: Bpv, node: InschrijvingFeiten) -> Bevinding | None:
    return bevinding(begin=bpv.datum_begin) if bpv.datum_einde_gepland is None else None


@regel(
    "J09",
    over=Bpv,
    groep=Groep.CONSISTENTIE_BPV,
    ernst=Ernst.FOUT,
    bron=PVE,
    titel=(
        "Code van opleiding of keuzedeel heeft niet de juiste vorm",
        "Malformed programme or keuzedeel code",
    ),
    tekst=(
        "De opleidingcode is geen vijf cijfers, of de keuzedeelcode geen K met vier cijfers.",
        "The programme code is not five digits, or the keuzedeel code is not K with four digits.",
    ),
    advies=("Neem de code over uit de praktijkovereenkomst.", "Copy the code from the agreement."),
)
def code_vorm(bpv: Bpv, node: InschrijvingFeiten) -> Bevinding | None:
    if bpv.opleidingcode and not OPLEIDINGCODE.past(bpv.opleidingcode):
        return bevinding(opleidingcode=bpv.opleidingcode)
    if bpv.keuzedeelcode and not KEUZEDEELCODE.past(bpv.keuzedeelcode):
        return bevinding(keuzedeelcode=bpv.keuzedeelcode)
    return None
