"""Group B, what the student is taught: may this institution give this programme, and for how long still."""

from kernregister.kern.dossier import Inschrijving, Inschrijvingsperiode
from kernregister.kern.feiten import InschrijvingFeiten, PeriodeFeiten
from kernregister.kern.gegevens import Bron, geldig_op
from kernregister.kern.regels.paspoort import Bevinding, Groep, bevinding, regel
from kernregister.kern.tijd import dagen_na

BRON = "Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 06, groep B"


@regel(
    "B03",
    over=Inschrijving,
    groep=Groep.INSCHRIJVING,
    bron=BRON,
    titel=(
        "Inschrijving bij beëindigde opleiding",
        "Enrolment in a programme that has ended",
    ),
    tekst=(
        "De opleiding is beëindigd of eindigt binnen 90 dagen, en de inschrijving loopt daarna nog door.",
        "The programme has ended or ends within 90 days, and the enrolment goes on after that.",
    ),
    advies=(
        "Beëindig de inschrijving uiterlijk op de einddatum van "
        "de opleiding, of schrijf de student in voor de opvolger.",
        "End the enrolment no later than the end of the programme, or enrol the student in its successor.",
    ),
    vereist={Bron.OPLEIDINGEN, Bron.WETTELIJKE_TERMIJN},
    draagt={"Inschrijvingsperiode.opleidingcode", "Inschrijving.datum_uitschrijving_werkelijk"},
    besluit=(
        "De einddatum is de datum einde instroom plus de normatieve duur en de wettelijke termijn, in maanden. Het "
        "gaat om de opleiding van de laatste periode. De 90 dagen ervoor tellen mee, de eerste daarvan ook.",
        "The end date is the last day of intake plus the nominal duration and the legal term, in "
        "months. It is about the programme of the last period. The 90 days before it count as "
        "well, the first of them included.",
    ),
)
def beeindigde_opleiding(inschrijving: Inschrijving, node: InschrijvingFeiten) -> Bevinding | None:
    gegevens = node.feiten.gegevens
    opleiding = gegevens.opleidingen.get(node.perioden[-1].periode.opleidingcode) if node.perioden else None
    einde = opleiding.einde(gegevens.wettelijke_termijn_maanden or 0) if opleiding else None
    if opleiding is None or einde is None:
        return None
    werkelijk = inschrijving.datum_uitschrijving_werkelijk
    if werkelijk is not None and werkelijk <= einde:
        return None
    return bevinding(van=dagen_na(einde, -90), opleidingcode=opleiding.code, einde_opleiding=einde)


@regel(
    "B07",
    over=Inschrijvingsperiode,
    groep=Groep.INSCHRIJVING,
    bron=BRON,
    titel=(
        "Inschrijving cross-over opleiding zonder toestemming",
        "Enrolment in a cross-over programme without permission",
    ),
    tekst=(
        "De student is ingeschreven voor een cross-over waarvoor de instelling geen toestemming heeft.",
        "The student is enrolled in a cross-over programme for which the institution has no permission.",
    ),
    advies=(
        "Schrijf de student in voor een opleiding die de instelling mag geven, of laat de toestemming nagaan.",
        "Enrol the student in a programme that the institution may give, or have the permission checked.",
    ),
    vereist={Bron.OPLEIDINGEN, Bron.TOESTEMMINGEN},
    draagt={"Inschrijvingsperiode.opleidingcode"},
    besluit=(
        "De toestemming moet er zijn op de dag waarop de periode begint.",
        "The permission has to be there on the day on which the period begins.",
    ),
)
def crossover_zonder_toestemming(periode: Inschrijvingsperiode, node: PeriodeFeiten) -> Bevinding | None:
    gegevens = node.inschrijving.feiten.gegevens
    opleiding = gegevens.opleidingen.get(periode.opleidingcode)
    if opleiding is None or not opleiding.cross_over:
        return None
    aanspraak = node.inschrijving.inschrijving.instelling, periode.opleidingcode
    if geldig_op(gegevens.toestemmingen.get(aanspraak, ()), node.begin):
        return None
    return bevinding(opleidingcode=periode.opleidingcode)


@regel(
    "B11",
    over=Inschrijvingsperiode,
    groep=Groep.INSCHRIJVING,
    bron=BRON,
    titel=(
        "Inschrijving unieke vakopleiding bij instelling zonder licentie",
        "Enrolment in a unique trade programme at an institution without a licence",
    ),
    tekst=(
        "Een unieke vakopleiding mag alleen worden gegeven door "
        "een unieke vakinstelling die er een licentie voor heeft.",
        "A unique trade programme may only be given by a unique trade institution that holds a licence for it.",
    ),
    advies=(
        "Controleer de opleidingscode. Klopt die, vraag dan na of de licentie is aangevraagd en geregistreerd.",
        "Check the code of the programme. If it is right, ask whether the licence was requested and registered.",
    ),
    vereist={Bron.OPLEIDINGEN, Bron.LICENTIES},
    draagt={"Inschrijvingsperiode.opleidingcode"},
    besluit=(
        "De licentie moet er zijn op de dag waarop de periode begint. Is van een instelling met licentie niet bekend "
        "of zij een unieke vakinstelling is, dan is er geen signaal.",
        "The licence has to be there on the day on which the period begins. If it is not known "
        "whether an institution with a licence is a single-trade institution, there is no signal.",
    ),
)
def unieke_vakopleiding_zonder_licentie(
    periode: Inschrijvingsperiode, node: PeriodeFeiten
) -> Bevinding | None:
    gegevens = node.inschrijving.feiten.gegevens
    opleiding = gegevens.opleidingen.get(periode.opleidingcode)
    if opleiding is None or not opleiding.unieke_vakopleiding:
        return None
    code = node.inschrijving.inschrijving.instelling
    instelling = gegevens.instellingen.get(code)
    licentie = geldig_op(gegevens.licenties.get((code, periode.opleidingcode), ()), node.begin)
    if licentie and (instelling is None or instelling.unieke_vakinstelling is not False):
        return None
    return bevinding(opleidingcode=periode.opleidingcode, licentie=licentie)


@regel(
    "B12",
    over=Inschrijvingsperiode,
    groep=Groep.INSCHRIJVING,
    bron="Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 08 (leertraject ODT)",
    titel=(
        "ODT-inschrijving bij instelling zonder licentie",
        "ODT enrolment at an institution without a licence",
    ),
    tekst=(
        "De student volgt overig onderwijs, niet gericht op een diploma (ODT), voor een kwalificatie waarvoor de "
        "instelling geen licentie heeft.",
        "The student follows other education not aimed at a diploma (ODT), for a qualification for which the "
        "institution holds no licence.",
    ),
    advies=(
        "Controleer de opleidingscode en het leertraject. Kloppen "
        "die, vraag dan de licentie voor deze kwalificatie na.",
        "Check the code of the programme and the leertraject. If they are right, ask after the licence.",
    ),
    vereist={Bron.LICENTIES},
    draagt={"Inschrijvingsperiode.opleidingcode", "Inschrijvingsperiode.leertraject"},
    besluit=(
        "Een controle achteraf, die DUO niet op het dashboard telt. "
        "De licentie moet er zijn op de dag waarop de periode begint.",
        "A check afterwards, which DUO does not count on the dashboard. The licence has to be "
        "there on the day on which the period begins.",
    ),
)
def odt_zonder_licentie(periode: Inschrijvingsperiode, node: PeriodeFeiten) -> Bevinding | None:
    if periode.leertraject != "ODT":
        return None
    aanspraak = node.inschrijving.inschrijving.instelling, periode.opleidingcode
    if geldig_op(node.inschrijving.feiten.gegevens.licenties.get(aanspraak, ()), node.begin):
        return None
    return bevinding(opleidingcode=periode.opleidingcode)
