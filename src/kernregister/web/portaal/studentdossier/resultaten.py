"""The screens under Resultaten: diplomas with their parts, and three kinds of loose results (Handleiding h. 08)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from msgspec import Struct, structs

from kernregister.kern.dossier import (
    AmvbOnderdeel,
    Diploma,
    GeneriekExamenonderdeel,
    Keuzedeel,
    Onderdeel,
)
from kernregister.kern.inzage import Inzage
from kernregister.kern.regels.paspoort import Tekst
from kernregister.web.portaal.studentdossier.delen import LEEG, Blok, Deel, Rij, Schrijver, Tabel, Uitleg
from kernregister.web.portaal.studentdossier.wijzigen import NERGENS, Actie, Wegen

Paren = tuple[tuple[str, str, str], ...]


class Menu(Struct, frozen=True):
    """An item under Resultaten."""

    soort: str
    """As it stands in the address."""
    titel: Tekst
    geen: Tekst
    """What is said when there is nothing."""


MENU: Final = (
    Menu(
        "diplomas",
        Tekst(
            "Diploma's (inclusief bijbehorende onderdelen)", "Diplomas (with the parts that belong to them)"
        ),
        Tekst("Er zijn geen diploma's geregistreerd.", "No diplomas are registered."),
    ),
    Menu(
        "amvb-onderdelen",
        Tekst("Losse AMvB-onderdelen", "Loose AMvB parts"),
        Tekst("Er zijn geen losse AMvB-onderdelen geregistreerd.", "No loose AMvB parts are registered."),
    ),
    Menu(
        "keuzedelen",
        Tekst("Losse Keuzedelen", "Loose electives"),
        Tekst("Er zijn geen losse keuzedelen geregistreerd.", "No loose electives are registered."),
    ),
    Menu(
        "generieke-examenonderdelen",
        Tekst("Losse Generieke examenonderdelen", "Loose generic exam parts"),
        Tekst(
            "Er zijn geen losse generieke examenonderdelen geregistreerd.",
            "No loose generic exam parts are registered.",
        ),
    ),
)

_SOORT: Final[dict[str, type]] = {
    "diplomas": Diploma,
    "amvb-onderdelen": AmvbOnderdeel,
    "keuzedelen": Keuzedeel,
    "generieke-examenonderdelen": GeneriekExamenonderdeel,
}


def soort_van(resultaat: Diploma | Onderdeel) -> str:
    """Return under which item of the menu a result stands."""
    return next(naam for naam, soort in _SOORT.items() if isinstance(resultaat, soort))


def op_volgorde(gezien: Inzage, soort: str) -> list[Any]:
    """Return the own results of a kind, the latest first."""
    alle = (*gezien.eigen.diplomas, *gezien.eigen.losse_resultaten)
    van_soort = [een for een in alle if isinstance(een, _SOORT[soort])]
    return sorted(
        van_soort, key=lambda een: (str(een.datum_resultaat), een.resultaatvolgnummer), reverse=True
    )


def lijst(gezien: Inzage, menu: Menu, s: Schrijver, adres: str, gekozen: int) -> Iterator[Deel]:
    """Give the list of the results of a kind; every line leads to its details."""
    titel = s.tekst(menu.titel.nl, menu.titel.en)
    resultaten = op_volgorde(gezien, menu.soort)
    if not resultaten:
        yield Uitleg(titel, tekst=s.tekst(menu.geen.nl, menu.geen.en))
        return
    yield Tabel(
        titel,
        id=menu.soort,
        koppen=s.koppen(
            ("Instellingscode", "Institution"),
            ("Resultaatvolgnummer", "Result number"),
            ("Wat", "What"),
            ("Datum resultaat", "Date of result"),
        ),
        rijen=tuple(
            Rij(
                (een.instelling or "", een.resultaatvolgnummer, wat(een, s), s.dag(een.datum_resultaat)),
                f"{adres}soort={menu.soort}&regel={plaats}#resultaat" if adres else "",
                plaats == gekozen,
            )
            for plaats, een in enumerate(resultaten, 1)
        ),
    )


def wat(resultaat: Diploma | Onderdeel, s: Schrijver) -> str:
    """Return what a result is of, by code and name."""
    match resultaat:
        case Diploma():
            return s.code("opleidingen", resultaat.opleidingcode)
        case Keuzedeel():
            return s.code("keuzedelen", resultaat.code)
        case AmvbOnderdeel():
            return s.code("amvb_onderdelen", resultaat.code)
    return s.code("examenonderdelen", resultaat.code)


def details(
    resultaat: Diploma | Onderdeel, s: Schrijver, bekostigd: bool, naar: Wegen = NERGENS
) -> Iterator[Deel]:
    """Give the details of a result; of a diploma with the parts that belong to it, as far as there are."""
    taak = "diploma" if isinstance(resultaat, Diploma) else "resultaat"
    plek = (resultaat.inschrijvingvolgnummer or "", resultaat.resultaatvolgnummer)
    acties = naar.naar(taak, s.tekst("Wijzigen", "Change"), *plek)
    match resultaat:
        case Diploma():
            yield structs.replace(_diploma(resultaat, s, bekostigd), acties=acties)
            yield from onderdelen(resultaat.onderdelen, s)
        case AmvbOnderdeel():
            titel = s.tekst("AMvB onderdeel (los)", "AMvB part (loose)")
            yield _los(titel, _los_amvb(resultaat, s), s, acties)
        case Keuzedeel():
            titel = s.tekst("Keuzedeel (los)", "Elective (loose)")
            yield _los(titel, _los_keuzedeel(resultaat, s), s, acties)
        case GeneriekExamenonderdeel():
            titel = s.tekst("Generiek examenonderdeel (los)", "Generic exam part (loose)")
            yield _los(titel, _los_generiek(resultaat, s), s, acties)


def _los(titel: str, paren: Paren, s: Schrijver, acties: tuple[Actie, ...]) -> Blok:
    return Blok(titel, id="resultaat", velden=s.velden(*paren), acties=acties)


def _diploma(een: Diploma, s: Schrijver, bekostigd: bool) -> Blok:
    paren = [
        ("Instelling", "Institution", s.instelling_met_soort(een.instelling)),
        ("Onderwijsaanbieder", "Education provider", een.onderwijsaanbieder or ""),
        ("Resultaatvolgnummer", "Result number", een.resultaatvolgnummer),
        ("Opleiding", "Programme", s.code("opleidingen", een.opleidingcode)),
        ("Niveau", "Level", s.niveau(None, een.opleidingcode)),
        ("Datum resultaat", "Date of result", s.dag(een.datum_resultaat)),
        ("Indicatie bekostigbaar", "Fundable", s.ja_nee(een.bekostigbaar)),
        ("Inschrijvingvolgnummer", "Enrolment number", een.inschrijvingvolgnummer or ""),
    ]
    if not bekostigd:
        del paren[6]
    return Blok(s.tekst("Diploma", "Diploma"), id="resultaat", velden=s.velden(*paren))


def onderdelen(delen: Sequence[Onderdeel], s: Schrijver) -> Iterator[Deel]:
    """Give the parts that belong to a diploma: for each kind that there is a table."""
    amvb = [een for een in delen if isinstance(een, AmvbOnderdeel)]
    if amvb:
        yield Tabel(
            s.tekst("AMvB-onderdeel", "AMvB part"),
            3,
            koppen=s.koppen(
                ("Code AMvB-onderdeel", "Code"),
                ("AMvB-onderdeel", "AMvB part"),
                ("Resultaatvolgnummer", "Result number"),
            ),
            rijen=tuple(
                Rij((een.code, s.namen.get(("amvb_onderdelen", een.code), LEEG), een.resultaatvolgnummer))
                for een in amvb
            ),
        )
    keuzedelen = [een for een in delen if isinstance(een, Keuzedeel)]
    if keuzedelen:
        yield Tabel(
            s.tekst("Keuzedeel", "Elective"),
            3,
            koppen=s.koppen(
                ("Code Keuzedeel", "Code"),
                ("Keuzedeel", "Elective"),
                ("Resultaatvolgnummer", "Result number"),
                ("Resultaat", "Result"),
            ),
            rijen=tuple(
                Rij(
                    (
                        een.code,
                        s.namen.get(("keuzedelen", een.code), LEEG),
                        een.resultaatvolgnummer,
                        _behaald(een, s),
                    )
                )
                for een in keuzedelen
            ),
        )
    generiek = [een for een in delen if isinstance(een, GeneriekExamenonderdeel)]
    if generiek:
        yield Tabel(
            s.tekst("Generiek examenonderdeel", "Generic exam part"),
            3,
            koppen=s.koppen(
                ("Resultaatvolgnummer", "Result number"),
                ("Generiek examenonderdeel", "Generic exam part"),
                *((nl, en) for nl, en, _ in _cijfers(generiek[0], s)),
            ),
            rijen=tuple(
                Rij(
                    (
                        een.resultaatvolgnummer,
                        s.code("examenonderdelen", een.code),
                        *(waarde for _, _, waarde in _cijfers(een, s)),
                    )
                )
                for een in generiek
            ),
        )


def _behaald(een: Keuzedeel, s: Schrijver) -> str:
    return s.tekst("Behaald", "Passed") if een.behaald else s.tekst("Niet behaald", "Not passed")


def _cijfers(een: GeneriekExamenonderdeel, s: Schrijver) -> Paren:
    return (
        ("Eindcijfer", "Final mark", s.cijfer(een.eindcijfer)),
        ("Vrijstelling", "Exemption", s.waarde("vrijstelling", een.vrijstelling)),
        ("Cijfer CE", "Mark of central exam", s.cijfer(een.cijfer_ce)),
        ("Vrijstelling CE", "Exemption from central exam", s.waarde("vrijstelling", een.vrijstelling_ce)),
        ("Cijfer IE", "Mark of institution's exam", s.cijfer(een.cijfer_ie)),
        (
            "Vrijstelling IE",
            "Exemption from institution's exam",
            s.waarde("vrijstelling", een.vrijstelling_ie),
        ),
    )


def _los_amvb(een: AmvbOnderdeel, s: Schrijver) -> Paren:
    return (
        ("Instelling", "Institution", s.instelling_met_soort(een.instelling)),
        ("Resultaatvolgnummer", "Result number", een.resultaatvolgnummer),
        ("AMvB-onderdeel", "AMvB part", s.code("amvb_onderdelen", een.code)),
        ("Datum resultaat", "Date of result", s.dag(een.datum_resultaat)),
        ("Onderwijsaanbieder", "Education provider", een.onderwijsaanbieder or ""),
        ("Certificaat", "Certificate", s.ja_nee(een.certificaat)),
        ("Inschrijvingvolgnummer", "Enrolment number", een.inschrijvingvolgnummer or ""),
    )


def _los_keuzedeel(een: Keuzedeel, s: Schrijver) -> Paren:
    return (
        ("Instelling", "Institution", s.instelling_met_soort(een.instelling)),
        ("Resultaatvolgnummer", "Result number", een.resultaatvolgnummer),
        ("Keuzedeel", "Elective", s.code("keuzedelen", een.code)),
        ("Datum resultaat", "Date of result", s.dag(een.datum_resultaat)),
        ("Onderwijsaanbieder", "Education provider", een.onderwijsaanbieder or ""),
        ("Certificaat", "Certificate", s.ja_nee(een.certificaat)),
        ("Inschrijvingvolgnummer", "Enrolment number", een.inschrijvingvolgnummer or ""),
        ("Resultaat", "Result", _behaald(een, s)),
    )


def _los_generiek(een: GeneriekExamenonderdeel, s: Schrijver) -> Paren:
    return (
        ("Instelling", "Institution", s.instelling_met_soort(een.instelling)),
        ("Onderwijsaanbieder", "Education provider", een.onderwijsaanbieder or ""),
        ("Resultaatvolgnummer", "Result number", een.resultaatvolgnummer),
        ("Generiek examenonderdeel", "Generic exam part", s.code("examenonderdelen", een.code)),
        ("Datum resultaat", "Date of result", s.dag(een.datum_resultaat)),
        *_cijfers(een, s),
        ("Inschrijvingvolgnummer", "Enrolment number", een.inschrijvingvolgnummer or ""),
    )
