"""Group M: what is refused at the door besides a message that is wrong in itself (groups F to L).

What the manual calls a signal never refuses; these rules have a source of their own for refusing. A code is refused
as unknown only where today's list is there to say so.
"""

from __future__ import annotations

from kernregister.kern.dossier import Bpv, Diploma, Inschrijvingsperiode, Onderdeel, Resultaat
from kernregister.kern.feiten import InschrijvingFeiten, PeriodeFeiten, ResultaatFeiten
from kernregister.kern.gegevens import Bron, Gegevens, Soort, geldig_op
from kernregister.kern.regels.paspoort import ALLEEN_BI, Bevinding, Ernst, Groep, bevinding, regel
from kernregister.kern.regels.rio import AAN_DE_DEUR, INGANG, SOORT, START
from kernregister.kern.sleutels import LEERBEDRIJF, OPLEIDINGCODE

HANDLEIDING = "Handleiding Register Onderwijsdeelnemers mbo 25.0"
_START_BI = {Soort.BI: START[Soort.BI]}
_DEUR_BI = {Soort.BI: AAN_DE_DEUR[Soort.BI]}


@regel(
    "M01",
    over=Inschrijvingsperiode,
    groep=Groep.AFKEUR,
    ernst=Ernst.FOUT,
    bron=f"{HANDLEIDING}, h. 02 (R2, R4)",
    titel=("Periode zonder onderwijsaanbieder", "Period without an onderwijsaanbieder"),
    tekst=(
        "De periode begint op of na de ingangsdatum van RIO en noemt geen onderwijsaanbieder.",
        "The period begins on or after the date on which RIO came into force and names no onderwijsaanbieder.",
    ),
    advies=(
        "Vul de onderwijsaanbieder uit RIO waar de student onderwijs volgt.",
        "Fill in the onderwijsaanbieder from RIO where the student is taught.",
    ),
    vanaf=START,
    draagt={"Inschrijvingsperiode.onderwijsaanbieder", SOORT},
    levensloop=AAN_DE_DEUR,
    afkeurcode="MBO-ISP-003",
    besluit=(
        "Geoordeeld op de begindatum van de periode; over een eerdere periode die doorloopt gaat B08.",
        "Judged on the first day of the period; an earlier period that runs on is a matter for B08.",
    ),
)
def aanbieder_ontbreekt(periode: Inschrijvingsperiode, node: PeriodeFeiten) -> Bevinding | None:
    if periode.onderwijsaanbieder or periode.datum_begin < INGANG[node.soort]:
        return None
    return bevinding(begin=periode.datum_begin)


@regel(
    "M02",
    over=Inschrijvingsperiode,
    groep=Groep.AFKEUR,
    ernst=Ernst.FOUT,
    bron=f"{HANDLEIDING}, h. 02 (R2)",
    titel=("Periode zonder onderwijslocatie", "Period without an onderwijslocatie"),
    tekst=(
        "De periode begint op of na 01-08-2019 en noemt geen onderwijslocatie.",
        "The period begins on or after 01-08-2019 and names no onderwijslocatie.",
    ),
    advies=(
        "Vul de onderwijslocatie uit RIO waar de student onderwijs volgt.",
        "Fill in the onderwijslocatie from RIO where the student is taught.",
    ),
    vanaf=_START_BI,
    draagt={"Inschrijvingsperiode.onderwijslocatie", SOORT},
    levensloop=_DEUR_BI,
    afkeurcode="MBO-ISP-004",
    besluit=(
        "Een niet-bekostigde instelling mag de locatie weglaten: onderwijs kan online zijn. Verder als M01.",
        "An institution without funding may leave out the location: teaching can be online. "
        "Otherwise as M01.",
    ),
)
def locatie_ontbreekt(periode: Inschrijvingsperiode, node: PeriodeFeiten) -> Bevinding | None:
    if periode.onderwijslocatie or periode.datum_begin < INGANG[node.soort]:
        return None
    return bevinding(begin=periode.datum_begin)


@regel(
    "M03",
    over=Resultaat,
    groep=Groep.AFKEUR,
    ernst=Ernst.FOUT,
    bron=f"{HANDLEIDING}, h. 02 (R2)",
    titel=("Resultaat zonder onderwijsaanbieder", "Result without an onderwijsaanbieder"),
    tekst=(
        "Het resultaat is behaald op of na 01-08-2019 en noemt geen onderwijsaanbieder.",
        "The result was obtained on or after 01-08-2019 and names no onderwijsaanbieder.",
    ),
    advies=(
        "Vul de onderwijsaanbieder uit RIO waar het resultaat is behaald.",
        "Fill in the onderwijsaanbieder from RIO where the result was obtained.",
    ),
    vanaf=_START_BI,
    draagt={"Diploma.onderwijsaanbieder", SOORT},
    levensloop=_DEUR_BI,
    afkeurcode="MBO-RES-003",
    besluit=(
        "Voor diploma's en losse resultaten, niet voor de onderdelen van een diploma. Of de aanbieder bestaat, geldig "
        "is en bij de instelling hoort, blijft een signaal: D08 en D09.",
        "For diplomas and loose results, not for the parts of a diploma. Whether the provider "
        "exists, is valid and belongs to the institution stays a signal: D08 and D09.",
    ),
)
def aanbieder_van_resultaat_ontbreekt(
    resultaat: Diploma | Onderdeel, node: ResultaatFeiten
) -> Bevinding | None:
    datum = node.datum
    if resultaat.onderwijsaanbieder or datum is None or datum < INGANG[node.soort]:
        return None
    return bevinding(datum_resultaat=datum)


@regel(
    "M04",
    over=Inschrijvingsperiode,
    groep=Groep.AFKEUR,
    ernst=Ernst.FOUT,
    bron=f"{HANDLEIDING}, h. 02 (R2, R6)",
    titel=("Onderwijsaanbieder bestaat niet in RIO", "Onderwijsaanbieder does not exist in RIO"),
    tekst=(
        "De onderwijsaanbieder van de periode staat niet in RIO en heeft er nooit in gestaan.",
        "The onderwijsaanbieder of the period is not in RIO and never was.",
    ),
    advies=("Neem de code over uit RIO.", "Copy the code from RIO."),
    vanaf=START,
    vereist={Bron.RIO, Bron.RIO_ACTUEEL},
    draagt={"Inschrijvingsperiode.onderwijsaanbieder"},
    levensloop=AAN_DE_DEUR,
    afkeurcode="MBO-ISP-003",
    besluit=(
        "De handleiding noemt de controle, niet wat erop volgt: geweigerd vanaf dezelfde dag als een ontbrekende "
        "aanbieder. Of hij op elke dag geldig is, blijft een signaal: B08.",
        "The manual names the control, not what follows from it: refused from the same day as a "
        "missing provider. Whether it is valid on every day stays a signal: B08.",
    ),
)
def aanbieder_onbekend(periode: Inschrijvingsperiode, node: PeriodeFeiten) -> Bevinding | None:
    code = periode.onderwijsaanbieder
    if not code or periode.datum_begin < INGANG[node.soort]:
        return None
    return None if code in _gegevens(node).aanbieders else bevinding(onderwijsaanbieder=code)


@regel(
    "M05",
    over=Inschrijvingsperiode,
    groep=Groep.AFKEUR,
    ernst=Ernst.FOUT,
    bron=f"{HANDLEIDING}, h. 02 (R6)",
    titel=("Onderwijsaanbieder van een ander", "Onderwijsaanbieder of somebody else"),
    tekst=(
        "De onderwijsaanbieder van de periode staat in RIO, maar is nooit aan deze instelling gekoppeld geweest.",
        "The onderwijsaanbieder of the period is in RIO, but was never linked to this institution.",
    ),
    advies=(
        "Kies een aanbieder van de eigen instelling, of laat de koppeling in RIO vastleggen.",
        "Choose an aanbieder of your own institution, or have the link recorded in RIO.",
    ),
    vanaf=START,
    vereist={Bron.RIO, Bron.RIO_ACTUEEL},
    draagt={"Inschrijvingsperiode.onderwijsaanbieder"},
    levensloop=AAN_DE_DEUR,
    afkeurcode="MBO-ISP-003",
    besluit=(
        "Of hij op elke dag gekoppeld is, blijft een signaal: B09. Verder als M04.",
        "Whether it is linked on every day stays a signal: B09. Otherwise as M04.",
    ),
)
def aanbieder_van_ander(periode: Inschrijvingsperiode, node: PeriodeFeiten) -> Bevinding | None:
    code = periode.onderwijsaanbieder
    if not code or periode.datum_begin < INGANG[node.soort]:
        return None
    aanbieder = _gegevens(node).aanbieders.get(code)
    eigen = node.inschrijving.inschrijving.instelling
    if aanbieder is None or any(instelling == eigen for instelling, _ in aanbieder.koppelingen):
        return None
    return bevinding(onderwijsaanbieder=code)


@regel(
    "M06",
    over=Inschrijvingsperiode,
    groep=Groep.AFKEUR,
    ernst=Ernst.FOUT,
    bron=f"{HANDLEIDING}, h. 02 (R2, R6)",
    titel=("Onderwijslocatie bestaat niet in RIO", "Onderwijslocatie does not exist in RIO"),
    tekst=(
        "De onderwijslocatie van de periode staat niet in RIO en heeft er nooit in gestaan.",
        "The onderwijslocatie of the period is not in RIO and never was.",
    ),
    advies=("Neem de code over uit RIO.", "Copy the code from RIO."),
    vanaf=START,
    vereist={Bron.RIO, Bron.RIO_ACTUEEL},
    draagt={"Inschrijvingsperiode.onderwijslocatie"},
    levensloop=AAN_DE_DEUR,
    afkeurcode="MBO-ISP-004",
    besluit=(
        "Of zij op elke dag geldig is, blijft een signaal: B10. Verder als M04.",
        "Whether it is valid on every day stays a signal: B10. Otherwise as M04.",
    ),
)
def locatie_onbekend(periode: Inschrijvingsperiode, node: PeriodeFeiten) -> Bevinding | None:
    code = periode.onderwijslocatie
    if not code or periode.datum_begin < INGANG[node.soort]:
        return None
    return None if code in _gegevens(node).locaties else bevinding(onderwijslocatie=code)


@regel(
    "M07",
    over=Inschrijvingsperiode,
    groep=Groep.AFKEUR,
    ernst=Ernst.FOUT,
    bron=f"{HANDLEIDING}, h. 05 (R1)",
    titel=("Opleidingcode bestaat niet", "Programme code does not exist"),
    tekst=(
        "De opleidingcode van de periode staat niet in de lijst van erkende opleidingen.",
        "The programme code of the period is not in the list of recognised programmes.",
    ),
    advies=(
        "Neem de erkende opleidingscode (crebo) over uit RIO.",
        "Copy the code of the recognised programme (crebo) from RIO.",
    ),
    vereist={Bron.OPLEIDINGEN, Bron.OPLEIDINGEN_ACTUEEL},
    draagt={"Inschrijvingsperiode.opleidingcode"},
    afkeurcode="MBO-ISP-001",
    besluit=(
        "Alleen met de lijst van nu; een oude lijst kent nieuwe codes niet. Een code zonder vorm meldt H07.",
        "Only with the list of now; an old list does not know new codes. H07 tells of a code without form.",
    ),
)
def opleiding_onbekend(periode: Inschrijvingsperiode, node: PeriodeFeiten) -> Bevinding | None:
    code = periode.opleidingcode
    if code in _gegevens(node).opleidingen or not OPLEIDINGCODE.past(code):
        return None
    return bevinding(opleidingcode=code)


@regel(
    "M08",
    over=Inschrijvingsperiode,
    groep=Groep.AFKEUR,
    ernst=Ernst.FOUT,
    bron=f"{HANDLEIDING}, h. 05 (R1)",
    titel=("Opleiding niet erkend toen de student begon", "Programme not recognised when the student began"),
    tekst=(
        "De opleiding was niet erkend op de dag waarop de student haar binnen de inschrijving ging volgen.",
        "The programme was not recognised on the day the student began to follow it within the enrolment.",
    ),
    advies=(
        "Controleer de opleidingcode en de begindatum; kies de opvolger als de opleiding was beëindigd.",
        "Check the programme code and the begin date; choose the successor if the programme had ended.",
    ),
    vereist={Bron.OPLEIDINGEN, Bron.OPLEIDINGEN_ACTUEEL},
    draagt={"Inschrijvingsperiode.opleidingcode"},
    afkeurcode="MBO-ISP-001",
    besluit=(
        "Wie al begonnen is, wordt niet geweigerd als er later een periode met dezelfde opleiding bij komt; daarover "
        "gaat B03. Van een opleiding zonder bekende geldigheid wordt niets gezegd.",
        "Who has begun is not refused when a period of the same programme is added later; that is "
        "a matter for B03. Of a programme whose validity is unknown nothing is said.",
    ),
)
def opleiding_niet_geldig(periode: Inschrijvingsperiode, node: PeriodeFeiten) -> Bevinding | None:
    opleiding = _gegevens(node).opleidingen.get(periode.opleidingcode)
    if opleiding is None or not opleiding.geldig:
        return None
    perioden = node.inschrijving.inschrijving.perioden
    begonnen = min(p.datum_begin for p in perioden if p.opleidingcode == periode.opleidingcode)
    if geldig_op(opleiding.geldig, begonnen):
        return None
    return bevinding(opleidingcode=periode.opleidingcode, begonnen=begonnen)


@regel(
    "M09",
    over=Bpv,
    groep=Groep.AFKEUR,
    ernst=Ernst.FOUT,
    bron=f"{HANDLEIDING}, h. 05 (R1); WEB 7.2.8; SBB White Label 2.1",
    titel=("Leerbedrijf niet erkend", "Training company not recognised"),
    tekst=(
        "Op de begindatum van de BPV was het leerbedrijf niet door SBB erkend voor de opleiding of het keuzedeel.",
        "On the begin date of the BPV, SBB did not recognise the training company for the programme or keuzedeel.",
    ),
    advies=(
        "Controleer leerbedrijf-ID, code en begindatum op Stagemarkt, of vraag de erkenning bij SBB aan.",
        "Check the training company id, the code and the begin date on Stagemarkt, or ask SBB for the recognition.",
    ),
    vanaf=ALLEEN_BI,
    vereist={Bron.ERKENNINGEN},
    draagt={"Bpv.leerbedrijf_id", "Bpv.opleidingcode"},
    afkeurcode="MBO-BPV-002",
    besluit=(
        "Een erkenning voor een equivalente opleidingcode telt ook. Ontbreekt de code of het leerbedrijf-ID of is er "
        "een te veel, dan oordelen J05 en J06.",
        "A recognition for an equivalent programme code counts as well. If the code or the "
        "leerbedrijf-ID is missing, or there is one too many, J05 and J06 judge.",
    ),
)
def leerbedrijf_niet_erkend(bpv: Bpv, node: InschrijvingFeiten) -> Bevinding | None:
    bedrijf, opleiding, keuzedeel = bpv.leerbedrijf_id, bpv.opleidingcode, bpv.keuzedeelcode
    if not bedrijf or not LEERBEDRIJF.past(bedrijf) or bool(opleiding) == bool(keuzedeel):
        return None
    code = opleiding or keuzedeel or ""
    gegevens = node.feiten.gegevens
    for erkend in (code, *gegevens.equivalenten.get(code, ())):
        if geldig_op(gegevens.erkenningen.get((bedrijf, erkend), ()), bpv.datum_begin):
            return None
    return bevinding(leerbedrijf_id=bedrijf, code=code, begin=bpv.datum_begin)


def _gegevens(node: PeriodeFeiten) -> Gegevens:
    return node.inschrijving.feiten.gegevens
