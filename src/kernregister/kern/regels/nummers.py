"""Group F: the numbers of the person (PvE MBO-instelling 13.5.2, the number checks of BSN and onderwijsnummer)."""

from functools import lru_cache

from kernregister.kern.dossier import Persoon
from kernregister.kern.feiten import Feiten
from kernregister.kern.regels.paspoort import Bevinding, Ernst, Groep, bevinding, regel
from kernregister.kern.sleutels import is_bsn, is_onderwijsnummer

BRON = "PvE MBO-instelling 13.5.2; Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 08"
BSN = "burgerservicenummer"
ONDERWIJSNUMMER = "onderwijsnummer"


@lru_cache(maxsize=16)
def aard(nummer: str) -> str:
    """Return which kind of number this is by its check, or nothing. No number is of both kinds."""
    if is_bsn(nummer):
        return BSN
    return ONDERWIJSNUMMER if is_onderwijsnummer(nummer) else ""


def _gebrek(nummer: str) -> str:
    return "nummerproef" if len(nummer) == 9 and nummer.isdigit() else "vorm"


@regel(
    "F01",
    over=Persoon,
    groep=Groep.NUMMERS,
    ernst=Ernst.FOUT,
    bron=BRON,
    titel=("Burgerservicenummer niet nummerproof", "Burgerservicenummer fails its number check"),
    tekst=(
        "Het burgerservicenummer bestaat niet uit negen cijfers die aan de elfproef voldoen.",
        "The burgerservicenummer is not nine digits that pass its number check.",
    ),
    advies=(
        "Neem het nummer over van een identiteitsbewijs. Zijn alle nummers van een bestand fout, dan is het "
        "waarschijnlijk gepseudonimiseerd.",
        "Copy the number from an identity document. If all numbers of a file are wrong, it is probably pseudonymised.",
    ),
    draagt={"Persoon.burgerservicenummer"},
    afkeurcode="MBO-PER-001",
)
def burgerservicenummer_onjuist(persoon: Persoon, feiten: Feiten) -> Bevinding | None:
    nummer = persoon.burgerservicenummer
    if not nummer or aard(nummer):
        return None
    return bevinding(gebrek=_gebrek(nummer))


@regel(
    "F02",
    over=Persoon,
    groep=Groep.NUMMERS,
    ernst=Ernst.FOUT,
    bron=BRON,
    titel=("Onderwijsnummer niet nummerproof", "Onderwijsnummer fails its number check"),
    tekst=(
        "Het onderwijsnummer bestaat niet uit negen cijfers die aan de nummerproef van onderwijsnummers voldoen.",
        "The onderwijsnummer is not nine digits that pass the number check of an onderwijsnummer.",
    ),
    advies=(
        "Neem het onderwijsnummer over uit de terugkoppeling van het register.",
        "Copy the onderwijsnummer from the answer of the register.",
    ),
    draagt={"Persoon.onderwijsnummer"},
    afkeurcode="MBO-PER-002",
)
def onderwijsnummer_onjuist(persoon: Persoon, feiten: Feiten) -> Bevinding | None:
    nummer = persoon.onderwijsnummer
    if not nummer or aard(nummer):
        return None
    return bevinding(gebrek=_gebrek(nummer))


@regel(
    "F03",
    over=Persoon,
    groep=Groep.NUMMERS,
    ernst=Ernst.FOUT,
    bron=BRON,
    titel=("Onderwijsnummer op de plaats van het BSN", "Onderwijsnummer where the BSN belongs"),
    tekst=(
        "Het nummer dat als burgerservicenummer is opgegeven, is volgens de nummerproef een onderwijsnummer.",
        "By its number check, the number given as burgerservicenummer is an onderwijsnummer.",
    ),
    advies=("Zet het nummer in het veld onderwijsnummer.", "Move the number to the field onderwijsnummer."),
    draagt={"Persoon.burgerservicenummer"},
    afkeurcode="MBO-PER-001",
)
def onderwijsnummer_als_bsn(persoon: Persoon, feiten: Feiten) -> Bevinding | None:
    nummer = persoon.burgerservicenummer
    if nummer and aard(nummer) == ONDERWIJSNUMMER:
        return bevinding(lijkt_op=ONDERWIJSNUMMER)
    return None


@regel(
    "F04",
    over=Persoon,
    groep=Groep.NUMMERS,
    ernst=Ernst.FOUT,
    bron=BRON,
    titel=("BSN op de plaats van het onderwijsnummer", "BSN where the onderwijsnummer belongs"),
    tekst=(
        "Het nummer dat als onderwijsnummer is opgegeven, is volgens de nummerproef een burgerservicenummer.",
        "By its number check, the number given as onderwijsnummer is a burgerservicenummer.",
    ),
    advies=(
        "Zet het nummer in het veld burgerservicenummer.",
        "Move the number to the field burgerservicenummer.",
    ),
    draagt={"Persoon.onderwijsnummer"},
    afkeurcode="MBO-PER-002",
)
def bsn_als_onderwijsnummer(persoon: Persoon, feiten: Feiten) -> Bevinding | None:
    nummer = persoon.onderwijsnummer
    if nummer and aard(nummer) == BSN:
        return bevinding(lijkt_op=BSN)
    return None


@regel(
    "F05",
    over=Persoon,
    groep=Groep.NUMMERS,
    ernst=Ernst.FOUT,
    bron="Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 01; PvE MBO-instelling 13.5.2",
    titel=("Persoon zonder nummer", "Person without a number"),
    tekst=(
        "Van de persoon is geen burgerservicenummer en geen onderwijsnummer opgegeven.",
        "Neither a burgerservicenummer nor an onderwijsnummer is given for the person.",
    ),
    advies=(
        "Vul het burgerservicenummer in, of het onderwijsnummer als de persoon geen burgerservicenummer heeft.",
        "Fill in the burgerservicenummer, or the onderwijsnummer if the person has no burgerservicenummer.",
    ),
    draagt={"Persoon.burgerservicenummer", "Persoon.onderwijsnummer"},
    besluit=(
        "Dat een dossier beide nummers kent is geen fout: leveringen van vóór en na het BSN komen er samen.",
        "That a dossier knows both numbers is no fault: deliveries from before and after the BSN meet in it.",
    ),
    afkeurcode="MBO-PER-003",
)
def persoon_zonder_nummer(persoon: Persoon, feiten: Feiten) -> Bevinding | None:
    if persoon.burgerservicenummer or persoon.onderwijsnummer:
        return None
    return bevinding()
