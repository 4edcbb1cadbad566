"""Group D: signals on diplomas and their parts (Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 06)."""

from kernregister.kern.dossier import Diploma, Dossier, GeneriekExamenonderdeel
from kernregister.kern.feiten import Feiten, InschrijvingFeiten, ResultaatFeiten
from kernregister.kern.gegevens import Bron, geldig_op
from kernregister.kern.parameters import lees
from kernregister.kern.regels.paspoort import Bevinding, Groep, Telling, Vondsten, bevinding, regel

BRON = "Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 06, groep D"

VAK: dict[str, str] = {code: deel["vak"] for code, deel in lees("examenonderdelen")["onderdelen"].items()}


@regel(
    "D01",
    over=Diploma,
    groep=Groep.RESULTAAT,
    bron=BRON,
    titel=(
        "Diploma zonder bijpassende inschrijving",
        "Diploma without a matching enrolment",
    ),
    tekst=(
        "Het diploma is voor een opleiding waarvoor de student bij deze instelling nooit was ingeschreven.",
        "The diploma is for a programme in which the student was never enrolled at this institution.",
    ),
    advies=(
        "Verbeter de opleidingscode op het diploma, of die in de inschrijving waarin het is behaald.",
        "Correct the code of the programme on the diploma, or in the enrolment in which it was obtained.",
    ),
    draagt={"Diploma", "Inschrijvingsperiode.opleidingcode"},
    besluit=(
        "Vergeleken wordt met elke periode van elke inschrijving van de student bij dezelfde instelling.",
        "Compared with every period of every enrolment of the student at the same institution.",
    ),
)
def diploma_zonder_inschrijving(diploma: Diploma, node: ResultaatFeiten) -> Bevinding | None:
    for inschrijving in node.feiten.inschrijvingen:
        if _is_voor(inschrijving, diploma):
            return None
    return bevinding(opleidingcode=diploma.opleidingcode)


def _is_voor(inschrijving: InschrijvingFeiten, diploma: Diploma) -> bool:
    """Tell whether an enrolment is, or at some time was, for the programme of a diploma of its institution."""
    if inschrijving.inschrijving.instelling == diploma.instelling:
        for periode in inschrijving.perioden:
            if periode.periode.opleidingcode == diploma.opleidingcode:
                return True
    return False


@regel(
    "D02",
    over=Diploma,
    groep=Groep.RESULTAAT,
    bron=BRON,
    titel=(
        "Diploma zonder bijpassende uitschrijving",
        "Diploma without a matching end of enrolment",
    ),
    tekst=(
        "De datum van het diploma is niet de werkelijke datum uitschrijving van de inschrijving waar het bij hoort.",
        "The date of the diploma is not the real end date of the enrolment that it belongs to.",
    ),
    advies=(
        "Maak de datum resultaat en de werkelijke datum uitschrijving gelijk, en controleer het "
        "inschrijvingvolgnummer.",
        "Make the date of the result and the real end date equal, and check the inschrijvingvolgnummer.",
    ),
    draagt={
        "Diploma",
        "Dossier.inschrijvingen",
        "Diploma.inschrijvingvolgnummer",
        "Inschrijving.datum_uitschrijving_werkelijk",
    },
    besluit=(
        "Een lege datum uitschrijving wijkt af, en een volgnummer dat nergens naar verwijst ook. Zonder volgnummer is "
        "elke inschrijving voor de opleiding goed die bij deze instelling op de datum van het diploma eindigde.",
        "An empty end date differs, and so does a number that refers to nothing. Without a number "
        "any enrolment for the programme is right that ended at this institution on the date of "
        "the diploma.",
    ),
)
def diploma_zonder_uitschrijving(diploma: Diploma, node: ResultaatFeiten) -> Bevinding | None:
    datum = diploma.datum_resultaat
    if diploma.inschrijvingvolgnummer is not None:
        gekoppeld = node.inschrijving.inschrijving if node.inschrijving else None
        uitschrijving = gekoppeld.datum_uitschrijving_werkelijk if gekoppeld else None
        return (
            None
            if uitschrijving == datum
            else bevinding(datum_resultaat=datum, datum_uitschrijving=uitschrijving)
        )
    for kandidaat in node.feiten.inschrijvingen:
        if kandidaat.inschrijving.datum_uitschrijving_werkelijk == datum and _is_voor(kandidaat, diploma):
            return None
    return bevinding(datum_resultaat=datum, datum_uitschrijving=None)


@regel(
    "D03",
    over=Dossier,
    vergelijkt=True,
    groep=Groep.RESULTAAT,
    telt=Telling.INSCHRIJVING,
    bron=BRON,
    titel=(
        "Meerdere diploma's bij één inschrijving",
        "Several diplomas on one enrolment",
    ),
    tekst=(
        "Bij de inschrijving van dit diploma hoort al een eerder diploma.",
        "The enrolment of this diploma has an earlier diploma already.",
    ),
    advies=(
        "Verwijder het diploma als het te veel is. Is het terecht, voeg er dan (bekostigde instelling) een "
        "exameninschrijving voor toe.",
        "Remove the diploma if it is one too many. If it is rightful, add (funded institution) an examination "
        "enrolment for it.",
    ),
    draagt={"Diploma", "Diploma.inschrijvingvolgnummer"},
    besluit=(
        "Het signaal staat op elk diploma na het eerste, in volgorde van datum en volgnummer.",
        "The signal stands on each diploma after the first, in the order of date and number.",
    ),
)
def meerdere_diplomas_bij_inschrijving(dossier: Dossier, feiten: Feiten) -> Vondsten:
    if len(dossier.diplomas) < 2:
        return
    eerste: dict[tuple[str, str], Diploma] = {}
    for node in feiten.resultaten:
        diploma = node.record
        if isinstance(diploma, Diploma) and (volgnummer := diploma.inschrijvingvolgnummer) is not None:
            if eerder := eerste.get((diploma.instelling, volgnummer)):
                yield node, bevinding(ander_diploma=eerder.resultaatvolgnummer)
            eerste.setdefault((diploma.instelling, volgnummer), diploma)


@regel(
    "D04",
    over=Dossier,
    vergelijkt=True,
    groep=Groep.RESULTAAT,
    bron=BRON,
    titel=(
        "Dubbele diploma's voor dezelfde opleiding",
        "Several diplomas for the same programme",
    ),
    tekst=(
        "Deze instelling heeft voor de student al een eerder diploma voor dezelfde opleiding aangeleverd.",
        "This institution has already delivered an earlier diploma for the same programme for this student.",
    ),
    advies=(
        "Verwijder het diploma dat te veel is, of verbeter de opleidingscode ervan.",
        "Remove the diploma that is one too many, or correct its code of the programme.",
    ),
    draagt={"Diploma"},
    besluit=(
        "Het signaal staat op elk diploma na het eerste, in volgorde van datum en volgnummer.",
        "The signal stands on each diploma after the first, in the order of date and number.",
    ),
)
def dubbele_diplomas(dossier: Dossier, feiten: Feiten) -> Vondsten:
    if len(dossier.diplomas) < 2:
        return
    eerste: dict[tuple[str, str], Diploma] = {}
    for node in feiten.resultaten:
        diploma = node.record
        if isinstance(diploma, Diploma):
            if eerder := eerste.get((diploma.instelling, diploma.opleidingcode)):
                yield node, bevinding(ander_diploma=eerder.resultaatvolgnummer)
            eerste.setdefault((diploma.instelling, diploma.opleidingcode), diploma)


@regel(
    "D05",
    over=GeneriekExamenonderdeel,
    groep=Groep.RESULTAAT,
    bron=BRON,
    titel=(
        "Diploma met dubbele generieke examenonderdelen",
        "Diploma with a generic exam subject twice",
    ),
    tekst=(
        "Het diploma heeft voor dit vak (Nederlands, Engels of rekenen) nog een ander generiek examenonderdeel.",
        "The diploma has another generic exam part for this subject (Dutch, English or arithmetic).",
    ),
    advies=(
        "Bepaal welk onderdeel op het diploma hoort en verwijder het andere.",
        "Decide which part belongs on the diploma and remove the other.",
    ),
    draagt={"Diploma", "Onderdeel"},
    besluit=(
        "Het signaal staat op elk onderdeel van een vak na het eerste. Een onbekende code hoort bij geen vak.",
        "The signal stands on each part of a subject after the first. An unknown code belongs to no subject.",
    ),
)
def dubbel_examenonderdeel(onderdeel: GeneriekExamenonderdeel, node: ResultaatFeiten) -> Bevinding | None:
    vak = VAK.get(onderdeel.code)
    if node.diploma is None or vak is None:
        return None
    for ander in node.diploma.onderdelen:
        if ander is onderdeel:
            return None
        if isinstance(ander, GeneriekExamenonderdeel) and VAK.get(ander.code) == vak:
            return bevinding(vak=vak, code=onderdeel.code, andere_code=ander.code)
    return None


@regel(
    "D06",
    over=Diploma,
    groep=Groep.RESULTAAT,
    bron=BRON,
    titel=(
        "Diploma cross-over opleiding zonder toestemming",
        "Diploma of a cross-over programme without permission",
    ),
    tekst=(
        "Het diploma is voor een cross-over waarvoor de instelling op die datum geen toestemming had.",
        "The diploma is for a cross-over programme for which the institution had no permission on that date.",
    ),
    advies=(
        "Verbeter de opleidingscode als die niet klopt; laat anders de toestemming nagaan.",
        "Correct the code of the programme if it is wrong; otherwise have the permission checked.",
    ),
    vereist={Bron.OPLEIDINGEN, Bron.TOESTEMMINGEN},
    draagt={"Diploma"},
    besluit=(
        "De toestemming moet er zijn op de datum van het diploma.",
        "The permission has to be there on the date of the diploma.",
    ),
)
def crossover_diploma_zonder_toestemming(diploma: Diploma, node: ResultaatFeiten) -> Bevinding | None:
    gegevens = node.feiten.gegevens
    opleiding = gegevens.opleidingen.get(diploma.opleidingcode)
    if opleiding is None or not opleiding.cross_over:
        return None
    toestemming = gegevens.toestemmingen.get((diploma.instelling, diploma.opleidingcode), ())
    if geldig_op(toestemming, diploma.datum_resultaat):
        return None
    return bevinding(opleidingcode=diploma.opleidingcode)


@regel(
    "D07",
    over=Diploma,
    groep=Groep.RESULTAAT,
    bron=BRON,
    titel=(
        "Diploma vastgelegd bij een inschrijving voor een ODT-opleiding",
        "Diploma on an enrolment in education not aimed at a diploma (ODT)",
    ),
    tekst=(
        "Op de datum van het diploma volgde de student overig onderwijs dat niet op een diploma gericht is (ODT).",
        "On the date of the diploma the student followed education that is not aimed at a diploma (ODT).",
    ),
    advies=(
        "Controleer het leertraject van de periode en het inschrijvingvolgnummer van het diploma.",
        "Check the leertraject of the period and the inschrijvingvolgnummer of the diploma.",
    ),
    draagt={"Diploma", "Diploma.inschrijvingvolgnummer", "Inschrijvingsperiode.leertraject"},
    besluit=(
        "Het gaat om de inschrijving waar het diploma met zijn volgnummer naar verwijst.",
        "It is about the enrolment to which the number in the diploma refers.",
    ),
)
def diploma_bij_odt(diploma: Diploma, node: ResultaatFeiten) -> Bevinding | None:
    if node.inschrijving is None:
        return None
    periode = node.inschrijving.periode_op(diploma.datum_resultaat)
    if periode is None or periode.periode.leertraject != "ODT":
        return None
    return bevinding(periode_begin=periode.periode.datum_begin)
