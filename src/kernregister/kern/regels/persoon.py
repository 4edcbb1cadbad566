"""Group A: signals on the person behind a record (Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 06)."""

from datetime import date

from kernregister.kern.dossier import Dossier, Inschrijving
from kernregister.kern.feiten import Feiten, InschrijvingFeiten
from kernregister.kern.gegevens import Bron
from kernregister.kern.parameters import lees
from kernregister.kern.regels.paspoort import Bevinding, Groep, Telling, Vondsten, bevinding, regel
from kernregister.kern.tijd import OnvolledigeDatum, is_onvolledige_datum, laatst, leeftijd, vroegst

BRON = "Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 06, groep A"

_LEEFTIJD = lees("kwaliteitscontrole")["leeftijd_bij_inschrijving"]
MINIMAAL: int = _LEEFTIJD["minimaal"]
MAXIMAAL: int = _LEEFTIJD["maximaal"]


@regel(
    "A01",
    over=Dossier,
    groep=Groep.PERSOON,
    bron=BRON,
    titel=(
        "Aanlevering op onderwijsnummer bij persoon met burgerservicenummer",
        "Delivered on the onderwijsnummer of a person who has a burgerservicenummer",
    ),
    tekst=(
        "Van deze persoon is een burgerservicenummer bekend, maar dit gegeven is op het onderwijsnummer aangeleverd.",
        "This person is known with a burgerservicenummer, but this record was delivered on the onderwijsnummer.",
    ),
    advies=(
        "Leg het burgerservicenummer vast in de studentenadministratie en lever het gegeven daarmee opnieuw aan.",
        "Record the burgerservicenummer in the student administration and deliver the record again with it.",
    ),
    vereist={Bron.NUMMERS},
    draagt={"Persoon.onderwijsnummer"},
)
def onderwijsnummer_bij_bekend_bsn(dossier: Dossier, feiten: Feiten) -> Vondsten:
    if not (dossier.persoon.burgerservicenummer and dossier.persoon.onderwijsnummer):
        return
    for inschrijving in feiten.inschrijvingen:
        if inschrijving.inschrijving.op_onderwijsnummer:
            yield inschrijving, bevinding()
    for resultaat in feiten.resultaten:
        if resultaat.record.op_onderwijsnummer:
            yield resultaat, bevinding()


@regel(
    "A02",
    over=Inschrijving,
    groep=Groep.PERSOON,
    telt=Telling.INSCHRIJVING,
    bron=BRON,
    titel=(
        "Leeftijd op datum inschrijving onwaarschijnlijk",
        "Improbable age on the day of enrolment",
    ),
    tekst=(
        "Op de dag van inschrijving is de student jonger dan 14 of ouder dan 70 jaar.",
        "On the day of enrolment the student is younger than 14 or older than 70.",
    ),
    advies=(
        "Controleer de geboortedatum en de datum inschrijving, verbeter wat niet klopt en lever opnieuw aan.",
        "Check the date of birth and the date of enrolment, correct what is wrong and deliver again.",
    ),
    draagt={"Persoon.geboortedatum"},
    besluit=(
        "14 en 70 jaar zijn nog goed. Van een deels onbekende geboortedatum telt de gunstigste leeftijd die mogelijk "
        "is; zonder geboortedatum is er geen signaal.",
        "14 and 70 years are still right. Of a date of birth that is partly unknown the most "
        "favourable possible age counts; without a date of birth there is no signal.",
    ),
)
def leeftijd_onwaarschijnlijk(inschrijving: Inschrijving, node: InschrijvingFeiten) -> Bevinding | None:
    geboren, dag = node.feiten.dossier.persoon.geboortedatum, inschrijving.datum_inschrijving
    if geboren is None:
        return None
    jaar = geboren[:4]
    if jaar.isdecimal() and MINIMAAL < dag.year - int(jaar) <= MAXIMAAL:
        return None  # whatever the month and day of birth
    leeftijden = _mogelijke_leeftijden(geboren, dag)
    if leeftijden is None or (leeftijden[0] <= MAXIMAAL and leeftijden[1] >= MINIMAAL):
        return None
    return bevinding(leeftijd=leeftijden[leeftijden[1] < MINIMAAL], datum_inschrijving=dag)


def _mogelijke_leeftijden(geboren: OnvolledigeDatum, dag: date) -> tuple[int, int] | None:
    """Return the lowest and the highest age that somebody born on a partly known date can have on a day."""
    if not is_onvolledige_datum(geboren):
        return None
    return leeftijd(laatst(geboren), dag), leeftijd(vroegst(geboren), dag)


@regel(
    "A03",
    over=Inschrijving,
    groep=Groep.PERSOON,
    telt=Telling.INSCHRIJVING,
    bron=BRON,
    titel=(
        "Datum uitschrijving na datum overlijden",
        "End of enrolment after the date of death",
    ),
    tekst=(
        "De student is overleden, maar de inschrijving is niet beëindigd of eindigt na de datum van overlijden.",
        "The student has died, but the enrolment has not been ended or ends after the date of death.",
    ),
    advies=(
        "Beëindig de inschrijving op of voor de datum van overlijden en lever opnieuw aan. Controleer ook of er nog "
        "post naar de student of de nabestaanden uitgaat.",
        "End the enrolment on or before the date of death and deliver again. Check as well whether mail is still "
        "going out to the student or the next of kin.",
    ),
    vereist={Bron.OVERLIJDEN},
    draagt={"Inschrijving.datum_uitschrijving_werkelijk"},
    besluit=(
        "Vergeleken wordt de werkelijke datum uitschrijving. Het signaal geldt vanaf de dag van overlijden.",
        "The actual end date is compared. The signal holds from the day of death.",
    ),
)
def uitschrijving_na_overlijden(inschrijving: Inschrijving, node: InschrijvingFeiten) -> Bevinding | None:
    overlijden = node.feiten.dossier.persoon.datum_overlijden
    if overlijden is None:
        return None
    werkelijk = inschrijving.datum_uitschrijving_werkelijk
    if werkelijk is not None and werkelijk <= overlijden:
        return None
    return bevinding(van=overlijden, datum_overlijden=overlijden, datum_uitschrijving=werkelijk)
