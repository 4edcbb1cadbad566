"""What fields and groups of a form are called, and what helps to fill them in. A test fails when one is missing.

A key is the name of a field, or ``Struct.veld`` where a field is called otherwise there. What a term means stands in
the glossary; what a value list holds, in ``kern.parameters.waardelijsten`` and in the reference data.
"""

from __future__ import annotations

from typing import Final

from kernregister.kern.regels.paspoort import Tekst

LABELS: Final[dict[str, Tekst]] = {
    "burgerservicenummer": Tekst("Burgerservicenummer (BSN)", "Citizen service number (BSN)"),
    "onderwijsnummer": Tekst("Onderwijsnummer", "Education number"),
    "geboortedatum": Tekst("Geboortedatum", "Date of birth"),
    "geslacht": Tekst("Geslacht", "Sex"),
    "achternaam": Tekst("Achternaam", "Surname"),
    "voorvoegsel": Tekst("Voorvoegsel", "Prefix of the surname"),
    "voornamen": Tekst("Voornamen", "Given names"),
    "straat": Tekst("Straat", "Street"),
    "huisnummer": Tekst("Huisnummer", "House number"),
    "toevoeging": Tekst("Toevoeging", "Addition to the house number"),
    "postcode": Tekst("Postcode", "Postal code"),
    "woonplaats": Tekst("Woonplaats", "Town"),
    "gemeentecode": Tekst("Gemeente", "Municipality"),
    "landcode": Tekst("Land", "Country"),
    "adresregels": Tekst("Adresregels in het buitenland", "Lines of the address abroad"),
    "Adres.datum_begin": Tekst("Adres vanaf", "Address from"),
    "studentnummer": Tekst("Eigen studentnummer", "Own student number"),
    "abonnement": Tekst("Abonnement op wijzigingen", "Subscription to changes"),
    "doel": Tekst("Waarvoor", "For what"),
    "referentie": Tekst("Eigen kenmerk", "Own reference"),
    "inschrijvingvolgnummer": Tekst("Inschrijvingvolgnummer", "Number of the enrolment"),
    "datum_inschrijving": Tekst("Datum inschrijving", "Date of enrolment"),
    "datum_uitschrijving_gepland": Tekst("Datum uitschrijving gepland", "Planned end date"),
    "datum_uitschrijving_werkelijk": Tekst("Datum uitschrijving werkelijk", "Actual end date"),
    "reden_uitschrijving": Tekst("Reden uitschrijving", "Reason for ending"),
    "verblijf_grond": Tekst(
        "Grond van rechtmatig verblijf, zelf vastgesteld", "Ground of lawful residence, established yourself"
    ),
    "datum_begin": Tekst("Datum begin", "Begin date"),
    "datum_eind": Tekst("Datum eind", "End date"),
    "opleidingcode": Tekst("Opleiding", "Programme"),
    "leertraject": Tekst("Leertraject", "Route"),
    "niveau": Tekst("Niveau", "Level"),
    "bekostigbaar": Tekst("Indicatie bekostigbaar", "Fundable"),
    "locatiecode_vsv": Tekst("Locatiecode VSV", "Location code VSV"),
    "onderwijsaanbieder": Tekst("Onderwijsaanbieder (OAB)", "Education provider (OAB)"),
    "onderwijslocatie": Tekst("Onderwijslocatie (OLOC)", "Education location (OLOC)"),
    "leerroute": Tekst("Leerroute", "Learning route"),
    "leerroutefase": Tekst("Leerroutefase", "Phase of the learning route"),
    "volgnummer": Tekst("BPV-volgnummer", "Number of the placement"),
    "bpv_volgnummer": Tekst("BPV-volgnummer", "Number of the placement"),
    "afsluitdatum": Tekst("Afsluitdatum praktijkovereenkomst", "Date of the practice agreement"),
    "datum_einde_gepland": Tekst("Datum einde gepland", "Planned end date"),
    "datum_einde_werkelijk": Tekst("Datum einde werkelijk", "Actual end date"),
    "omvang": Tekst("Omvang in uren", "Size in hours"),
    "leerbedrijf_id": Tekst("Leerbedrijf-ID", "Training company id"),
    "keuzedeelcode": Tekst("Keuzedeel", "Elective (keuzedeel)"),
    "resultaatvolgnummer": Tekst("Resultaatvolgnummer", "Number of the result"),
    "datum_resultaat": Tekst("Datum resultaat", "Date of the result"),
    "AmvbOnderdeel.code": Tekst("AMvB-onderdeel", "AMvB part"),
    "GeneriekExamenonderdeel.code": Tekst("Examenonderdeel", "Exam part"),
    "Keuzedeel.code": Tekst("Keuzedeel", "Elective (keuzedeel)"),
    "certificaat": Tekst("Certificaat uitgereikt", "Certificate issued"),
    "behaald": Tekst("Behaald", "Passed"),
    "eindcijfer": Tekst("Eindcijfer", "Final mark"),
    "vrijstelling": Tekst("Vrijstelling", "Exemption"),
    "cijfer_ie": Tekst("Cijfer instellingsexamen (IE)", "Mark of the institution exam (IE)"),
    "vrijstelling_ie": Tekst("Vrijstelling IE", "Exemption IE"),
    "cijfer_ce": Tekst("Cijfer centraal examen (CE)", "Mark of the central exam (CE)"),
    "vrijstelling_ce": Tekst("Vrijstelling CE", "Exemption CE"),
}

TITELS: Final[dict[str, Tekst]] = {
    "adres": Tekst("Adres", "Address"),
    "inschrijving": Tekst("Inschrijving", "Enrolment"),
    "perioden": Tekst("Perioden", "Periods"),
    "extra_ondersteuning": Tekst("Extra ondersteuning", "Extra support"),
    "bpv": Tekst("BPV", "Placement (BPV)"),
    "diploma": Tekst("Diploma", "Diploma"),
    "resultaat": Tekst("Resultaat", "Result"),
    "onderdelen": Tekst("Onderdelen", "Parts"),
}
"""Of groups, by the name of the field that holds them."""

SOORTEN: Final[dict[str, Tekst]] = {
    "Inschrijvingsperiode": Tekst("periode", "period"),
    "ExtraOndersteuning": Tekst("periode extra ondersteuning", "period of extra support"),
    "Bpv": Tekst("BPV", "placement (BPV)"),
    "AmvbOnderdeel": Tekst("AMvB-onderdeel", "AMvB part"),
    "GeneriekExamenonderdeel": Tekst("generiek examenonderdeel", "generic exam part"),
    "Keuzedeel": Tekst("keuzedeel", "elective (keuzedeel)"),
}
"""Of one of several groups, by the name of its struct, as it stands in a sentence."""

HULP: Final[dict[str, Tekst]] = {
    "burgerservicenummer": Tekst("Negen cijfers.", "Nine digits."),
    "onderwijsnummer": Tekst("Alleen als er geen BSN bekend is.", "Only when no BSN is known."),
    "geboortedatum": Tekst(
        "Dag, maand, jaar. Een onbekende dag of maand is 00.", "Day, month, year. An unknown part is 00."
    ),
    "achternaam": Tekst("Nodig als er geen BSN is.", "Needed when there is no BSN."),
    "voornamen": Tekst("Nodig als er geen BSN is.", "Needed when there is no BSN."),
    "studentnummer": Tekst(
        "Het nummer in uw eigen administratie; nooit een BSN.",
        "The number in your own administration; never a BSN.",
    ),
    "referentie": Tekst("Van de aanmelding of inschrijving.", "Of the application or enrolment."),
    "adresregels": Tekst("Elke regel op een eigen regel.", "Each line on a line of its own."),
    "abonnement": Tekst(
        "Met een abonnement krijgt u wijzigingen vanzelf, negen maanden lang.",
        "With a subscription changes come by themselves, for nine months.",
    ),
    "inschrijvingvolgnummer": Tekst(
        "1 tot 20 letters en cijfers, uniek per student.", "1 to 20 letters and digits, unique per student."
    ),
    "resultaatvolgnummer": Tekst(
        "1 tot 20 letters en cijfers, uniek per student.", "1 to 20 letters and digits, unique per student."
    ),
    "datum_uitschrijving_werkelijk": Tekst(
        "De laatste dag; alleen als de inschrijving is of wordt beëindigd.",
        "The last day; only when the enrolment has ended or will end.",
    ),
    "verblijf_grond": Tekst(
        "Alleen als de BRP geen verblijfstitel geeft; het document waarop u het hebt vastgesteld.",
        "Only when the BRP gives no title; the document on which you established it.",
    ),
    "opleidingcode": Tekst(
        "Typ een deel van de naam of de code van vijf cijfers.",
        "Type part of the name, or the five-digit code.",
    ),
    "Bpv.opleidingcode": Tekst(
        "De opleiding of het keuzedeel waarvoor de BPV is: een van beide.",
        "The programme or the elective that the placement is for: one of the two.",
    ),
    "niveau": Tekst(
        "Alleen bij een opleidingsdomein of kwalificatiedossier.",
        "Only for a domain (opleidingsdomein) or a file of qualifications.",
    ),
    "locatiecode_vsv": Tekst(
        "Alleen voor perioden van voor de invoering van RIO.", "Only for periods from before RIO."
    ),
    "leerbedrijf_id": Tekst("Negen cijfers; zie stagemarkt.nl.", "Nine digits; see stagemarkt.nl."),
    "afsluitdatum": Tekst(
        "De datum waarop de praktijkovereenkomst is opgesteld.",
        "The date on which the practice agreement was drawn up.",
    ),
    "omvang": Tekst("Van 1 tot en met 5120.", "From 1 up to and including 5120."),
    "cijfer_ie": Tekst("Met een decimaal, zoals 7,4.", "With one decimal, such as 7.4."),
    "cijfer_ce": Tekst("Met een decimaal, zoals 7,4.", "With one decimal, such as 7.4."),
    "Diploma.datum_resultaat": Tekst(
        "Gelijk aan de werkelijke datum uitschrijving.", "The same as the actual end date of the enrolment."
    ),
}

UITLEG: Final[dict[str, Tekst]] = {
    "perioden": Tekst(
        "Een wijziging van opleiding, leertraject, OAB of OLOC is een nieuwe periode.",
        "A change of programme, route, OAB or OLOC is a new period.",
    ),
    "extra_ondersteuning": Tekst(
        "Aan een student met een handicap of chronische ziekte; alleen bekostigde instellingen.",
        "For a student with a handicap or a chronic illness; funded institutions only.",
    ),
    "onderdelen": Tekst(
        "Lever bij een diploma alle generieke examenonderdelen, AMvB-onderdelen en keuzedelen.",
        "Deliver with a diploma all its generic exam parts, AMvB parts and electives.",
    ),
    "adres": Tekst(
        "Volledig, in Nederland of in het buitenland: nodig als er geen BSN is.",
        "Whole, in the Netherlands or abroad: needed when there is no BSN.",
    ),
}
"""A line under the title of a group."""

KEUZES: Final[dict[str, dict[str, Tekst]]] = {
    "geslacht": {
        "V": Tekst("Vrouw", "Female"),
        "M": Tekst("Man", "Male"),
        "O": Tekst("Vastgesteld onbekend", "Established as unknown"),
    },
    "abonnement": {
        "aan": Tekst("Aan", "On"),
        "uit": Tekst("Uit", "Off"),
        "eenmalig": Tekst("Eenmalig opvragen", "Ask once"),
    },
    "doel": {
        "aanmelding": Tekst("Aanmelding", "Application"),
        "inschrijving": Tekst("Inschrijving", "Enrolment"),
    },
}
"""The values that a type itself names, in the order in which they are shown."""

INGEKLAPT: Final[frozenset[str]] = frozenset(
    {
        "AanleverenIdentificatiePersoon.adres",
        "AanleverenIdentificatiePersoon.studentnummer",
        "AanleverenIdentificatiePersoon.referentie",
        "Inschrijving.datum_uitschrijving_werkelijk",
        "Inschrijving.reden_uitschrijving",
        "Inschrijving.extra_ondersteuning",
        "Inschrijving.verblijf_grond",
        "Inschrijvingsperiode.niveau",
        "Inschrijvingsperiode.locatiecode_vsv",
        "Inschrijvingsperiode.leerroute",
        "Inschrijvingsperiode.leerroutefase",
        "Bpv.datum_einde_werkelijk",
        "GeneriekExamenonderdeel.vrijstelling_ie",
        "GeneriekExamenonderdeel.vrijstelling_ce",
        "Adres.gemeentecode",
        "Adres.datum_begin",
    }
)
"""What is folded in until somebody needs it, or something stands in it."""


def van(tabel: dict[str, Tekst], struct: str, veld: str) -> Tekst | None:
    """Return what a table says of a field: under its struct, otherwise under its own name."""
    return tabel.get(f"{struct}.{veld}") or tabel.get(veld)
