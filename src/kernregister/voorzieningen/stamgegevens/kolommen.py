"""The columns of the lists: what each means, and what a text in it must look like to become a value.

A column of one name means the same in every list, so it is explained once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

from msgspec import NODEFAULT, Struct
from msgspec.structs import fields

from kernregister.kern.parameters.waardelijsten import WAARDELIJSTEN
from kernregister.kern.sleutels import (
    AMVB_CODE,
    GENERIEK_EXAMENONDERDEEL,
    INSTELLINGSCODE,
    KEUZEDEELCODE,
    LEERBEDRIJF,
    ONDERWIJSAANBIEDER,
    ONDERWIJSLOCATIE,
    OPLEIDINGCODE,
    Vorm,
)

LANGSTE_CEL: Final = 1000
"""Characters of a cell; names are far shorter."""

Datumvorm = Literal["jjjj-mm-dd", "jjjjmmdd", "dd-mm-jjjj"]

_GETAL: Final = Vorm(r"\d{1,6}", "een heel getal van hoogstens zes cijfers")
_BEDRAG: Final = Vorm(r"\d{1,4}([.,]\d{1,4})?", "een getal met hoogstens vier decimalen, zoals 1,4")
_POSTCODE: Final = Vorm(r"[A-Za-z0-9 -]{1,12}", "een postcode")
_UUID: Final = Vorm(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", "een UUID van 36 tekens")

KOLOMMEN: Final[dict[str, tuple[str, Vorm | None]]] = {
    "aangeboden_opleiding": ("AangebodenOpleidingCode in RIO", _UUID),
    "aanname": ("de code is afgeleid uit leveringen en staat in geen bron", None),
    "amvb_code": ("code van het AMvB-onderdeel", AMVB_CODE),
    "begin_aanmeldperiode": ("eerste dag waarop iemand zich kan aanmelden", None),
    "certificaat": ("er kan een certificaat voor worden uitgereikt", None),
    "code": ("de code zelf", Vorm(r"[A-Z]?\d{1,5}", "hoogstens vijf cijfers, of een letter en vier cijfers")),
    "cohortcode": ("code van het cohort", Vorm(r"[\w./ -]{1,50}", "1 tot 50 letters, cijfers en . / - _")),
    "cross_over": ("de opleiding is een cross-over", None),
    "datum_begin": ("eerste dag waarop dit geldt", None),
    "datum_einde": ("laatste dag waarop dit geldt", None),
    "domeincode": ("code van het opleidingsdomein", OPLEIDINGCODE),
    "dossiercode": ("code van het kwalificatiedossier", OPLEIDINGCODE),
    "duur_maanden": ("normatieve studieduur in maanden", _GETAL),
    "eerste_instroom": ("eerste dag waarop iemand kan beginnen", None),
    "einde_aanmeldperiode": ("laatste dag waarop iemand zich kan aanmelden", None),
    "einde_instroom": ("laatste dag waarop iemand kan beginnen", None),
    "equivalent": ("andere code voor dezelfde opleiding", OPLEIDINGCODE),
    "examenonderdeel": ("code van het generieke examenonderdeel", GENERIEK_EXAMENONDERDEEL),
    "flexibele_instroom": ("beginnen kan het hele jaar", None),
    "huisnummer": ("huisnummer met toevoeging", None),
    "instellingscode": ("code van de instelling of school", INSTELLINGSCODE),
    "keuzedeelcode": ("code van het keuzedeel", KEUZEDEELCODE),
    "land": ("land, als het niet Nederland is", None),
    "leerbedrijf": ("leerbedrijf-ID", LEERBEDRIJF),
    "leertraject": ("leertraject waarin de opleiding wordt aangeboden", None),
    "leertrajecten": ("leertrajecten waarin de opleiding gegeven mag worden, met + ertussen", None),
    "met_vws": ("de opleiding is samen met de minister van VWS vastgesteld", None),
    "naam": ("naam of omschrijving", None),
    "niveau": (
        "niveau",
        Vorm(
            "|".join(WAARDELIJSTEN["niveau"].waarden), "een van " + ", ".join(WAARDELIJSTEN["niveau"].waarden)
        ),
    ),
    "onderwijsaanbieder": ("code van de onderwijsaanbieder in RIO", ONDERWIJSAANBIEDER),
    "onderwijsbestuur": ("code van het bestuur in RIO", Vorm(r"\d{3}B\d{3}", "een code zoals 100B501")),
    "onderwijslocatie": ("code van de onderwijslocatie in RIO", ONDERWIJSLOCATIE),
    "opleidingcode": ("erkende opleidingscode (crebo)", OPLEIDINGCODE),
    "opleidingseenheid": (
        "code van de opleidingseenheid in RIO",
        Vorm(r"\d{4}O\d{4}", "een code zoals 1000O2345"),
    ),
    "opvolger": ("code van de gemeente waarin deze opging", Vorm(r"\d{4}", "vier cijfers")),
    "plaats": ("plaats", None),
    "postcode": ("postcode", _POSTCODE),
    "prijsfactor": ("factor waarmee de opleiding meetelt in de bekostiging", _BEDRAG),
    "soort": ("soort: van een instelling BI of NBI, van een opleiding wat voor code het is", None),
    "soort_opleiding": ("soort beroepsopleiding, zoals vakopleiding (WEB 7.2.2)", None),
    "status": ("status van het cohort", None),
    "straat": ("straat", None),
    "toelatingseisen": ("eisen aan wie wil beginnen", None),
    "toestemming_vereist": ("aanmelden kan alleen met toestemming van de instelling", None),
    "unieke_vakinstelling": ("de instelling is erkend als unieke vakinstelling", None),
    "unieke_vakopleiding": ("de opleiding is een unieke vakopleiding", None),
    "uren": ("omvang in studie-uren", _GETAL),
    "vak": ("vak waartoe het onderdeel hoort", None),
    "vast_instroommoment": ("de dag waarop het cohort begint", None),
    "waarde": ("de waarde", _GETAL),
}
"""Column -> what it means, and the form that a text in it must have."""


class Celfout(ValueError):
    """A cell that cannot be read. The text says what was expected."""


class Kolom(Struct, frozen=True):
    """A column of a list: how its texts become values."""

    naam: str
    uitleg: str
    verplicht: bool
    formaat: str
    lees: Callable[[str, Datumvorm], Any]


@cache
def kolommen_van(rij: Any) -> dict[str, Kolom]:
    """Return the columns of a list, in order, mandatory ones first."""
    soorten = get_type_hints(rij)
    alle = [_kolom(veld.name, soorten[veld.name], veld.default is NODEFAULT) for veld in fields(rij)]
    return {kolom.naam: kolom for kolom in sorted(alle, key=lambda kolom: not kolom.verplicht)}


def _kolom(naam: str, soort: Any, verplicht: bool) -> Kolom:
    uitleg, vorm = KOLOMMEN[naam]
    keuzen, kern = _ontleed(soort)
    if keuzen:
        return Kolom(naam, uitleg, verplicht, " of ".join(keuzen), _keuze(keuzen))
    if kern is date:
        return Kolom(naam, uitleg, verplicht, "datum", lees_datum)
    omzetten = _OMZETTEN.get(kern, str)
    formaat = vorm.verwacht if vorm else "tekst"
    return Kolom(naam, uitleg, verplicht, formaat, _tekst(vorm, omzetten))


def _ontleed(soort: Any) -> tuple[tuple[str, ...], Any]:
    """Return the values a type allows, or else the type itself, without None."""
    if get_origin(soort) is Literal:
        return get_args(soort), str
    delen = [deel for deel in get_args(soort) if deel is not type(None)]
    return _ontleed(delen[0]) if delen else ((), soort)


def _keuze(keuzen: tuple[str, ...]) -> Callable[[str, Datumvorm], str]:
    def lees(tekst: str, _: Datumvorm) -> str:
        if tekst not in keuzen:
            raise Celfout(" of ".join(keuzen))
        return tekst

    return lees


def _tekst(vorm: Vorm | None, omzetten: Callable[[str], Any]) -> Callable[[str, Datumvorm], Any]:
    def lees(tekst: str, _: Datumvorm) -> Any:
        if vorm and not vorm.past(tekst):
            raise Celfout(vorm.verwacht)
        if len(tekst) > LANGSTE_CEL:
            raise Celfout(f"hoogstens {LANGSTE_CEL} tekens")
        if not tekst.isprintable():
            raise Celfout("alleen leesbare tekens")
        return omzetten(tekst)

    return lees


def lees_datum(tekst: str, vorm: Datumvorm) -> date:
    """Return the date that a text stands for.

    Raises:
        Celfout: it is not a date of this form.
    """
    cijfers = tekst.replace("-", "")
    if len(cijfers) == 8 and cijfers.isascii() and cijfers.isdigit():
        if vorm == "dd-mm-jjjj":
            jaar, maand, dag = cijfers[4:], cijfers[2:4], cijfers[:2]
            geschreven = f"{dag}-{maand}-{jaar}"
        else:
            jaar, maand, dag = cijfers[:4], cijfers[4:6], cijfers[6:]
            geschreven = f"{jaar}-{maand}-{dag}" if vorm == "jjjj-mm-dd" else cijfers
        try:
            if tekst == geschreven:
                return date(int(jaar), int(maand), int(dag))
        except ValueError:
            pass
    raise Celfout(f"een bestaande datum als {vorm}")


def _decimaal(tekst: str) -> Decimal:
    return Decimal(tekst.replace(",", "."))


_OMZETTEN: Final[dict[Any, Callable[[str], Any]]] = {int: int, Decimal: _decimaal}
