"""What the manual says of the fields of each screen (Handleiding Register Onderwijsdeelnemers mbo, h. 07 and 08)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from kernregister.kern.regels.paspoort import Tekst
from kernregister.web.portaal.studentdossier.delen import Deel


class Begrip(Struct, frozen=True):
    """A field or block of a screen, and what is to be known of it."""

    naam: Tekst
    tekst: Tekst
    bij: Tekst | None = None
    """How the title begins of the block that it explains: it is told where that block is there. None: always."""


def _begrip(nl: str, en: str, tekst: str, text: str, bij: Tekst | None = None) -> Begrip:
    return Begrip(Tekst(nl, en), Tekst(tekst, text), bij)


_PERSOON: Final = (
    _begrip(
        "Indicatie geheim",
        "Secret",
        "Aanduiding afkomstig uit de BRP; bij een geheim adres worden adresgegevens niet getoond.",
        "A mark from the BRP; with a secret address no address data are shown.",
    ),
    _begrip(
        "Datum vertrek uit en vestiging in Nederland",
        "Date of departure from and settlement in the Netherlands",
        "Alleen de recentste van de twee staat er, indien bekend.",
        "Only the later of the two is there, where it is known.",
    ),
)
_DEELNAMES: Final = (
    _begrip(
        "Reden uitschrijving",
        "Reason for ending",
        "Een reden uitschrijving is verplicht bij een 'Datum uitschrijving werkelijk'.",
        "A reason is required with an actual end date.",
    ),
    _begrip(
        "Leertraject",
        "Route",
        "BBL – Beroepsbegeleidende leerweg, BOL – Beroepsopleidende leerweg, OVO – Overig onderwijs, ODT – Overige "
        "opleidingen deeltijd; alleen bij bekostigde instellingen ook EX – Examendeelnemer.",
        "BBL – work-based, BOL – school-based, OVO – other education, ODT – other programmes part-time; at funded "
        "institutions also EX – exam candidate.",
    ),
    _begrip(
        "Leertraject ODT",
        "Route ODT",
        "Achteraf wordt gecontroleerd of de inschrijving een kwalificatie betreft waarvoor u een licentie heeft "
        "aangevraagd. Bij dit type inschrijving mag u geen diploma aanleveren: als dit voorkomt ziet u dat terug als "
        "signaal.",
        "It is checked afterwards whether the enrolment is in a qualification for which you asked a licence. No "
        "diploma may be delivered with this type of enrolment: where there is one, you see a signal.",
    ),
    _begrip(
        "Niveau",
        "Level",
        "mbo-1 mbo-assistent of entree, mbo-2 mbo-basisberoep, mbo-3 mbo-vakopleiding, mbo-4 mbo-middenkader of "
        "specialist.",
        "mbo-1 assistant or entry, mbo-2 basic vocational, mbo-3 professional, mbo-4 middle management or specialist.",
    ),
    _begrip(
        "Locatiecode VSV",
        "Location code VSV",
        "De functie van de locatiecode VSV wordt (in verband met RIO) vervangen door de onderwijslocatiecode.",
        "With RIO the code of the onderwijslocatie takes the place of the location code VSV.",
    ),
    _begrip(
        "Leerroute",
        "Learning route",
        "DLR – de student volgt de doorlopende leerroute: vmbo en mbo in één onderwijsprogramma, met een vmbo-diploma "
        "én een mbo-diploma. GLR – de student volgt de geïntegreerde leerroute, die wordt afgesloten met alleen een "
        "mbo-diploma niveau twee. Bij entree-opleidingen is geen van beide mogelijk.",
        "DLR – the continuous learning route: vmbo and mbo in one programme, with a diploma of both. GLR – the "
        "integrated learning route, which ends with a mbo diploma of level two alone. Neither is possible with entry "
        "programmes.",
    ),
    _begrip(
        "Leerroutefase",
        "Phase of the learning route",
        "Vo – het onderwijs wordt gevolgd in de vo-fase. Mbo – het onderwijs wordt gevolgd in de mbo-fase.",
        "Vo – the education is in the phase of vo. Mbo – it is in the phase of mbo.",
    ),
    _begrip(
        "Periode(s) Extra Ondersteuning",
        "Period(s) of extra support",
        "Deze perioden staan binnen de deelname en gelden voor deelnemers met een handicap of chronische ziekte.",
        "These periods lie within the enrolment, and are for students with a handicap or a chronic illness.",
        Tekst("Periode(s) Extra Ondersteuning", "Period(s) of extra support"),
    ),
    _begrip(
        "BPV",
        "Placement (BPV)",
        "Beroeps Praktijk Vorming is een stage en onderdeel van een opleiding, waarin de student de praktijk leert. De "
        "afsluitdatum is de datum waarop de praktijkovereenkomst is opgesteld, de datum begin die waarop de stage "
        "begint. De omvang is maximaal 5120 uur.",
        "Beroepspraktijkvorming is a placement and a part of the programme, in which the student learns in practice. "
        "The date of the agreement is that on which it was drawn up, the begin date that on which the placement "
        "begins. The size is at most 5120 hours.",
        Tekst("BPV", "BPV"),
    ),
    _begrip(
        "Leerbedrijf-ID",
        "Training company",
        "Unieke identificatie van een leerbedrijf, zie stagemarkt.nl.",
        "Unique identification of a training company, see stagemarkt.nl.",
        Tekst("BPV", "BPV"),
    ),
)
_RESULTATEN: Final = (
    _begrip(
        "Bijbehorende of losse onderdelen",
        "Parts that belong to a diploma, and loose parts",
        "Bijbehorende onderdelen zijn resultaten die bij het diploma horen. Losse onderdelen zijn losse resultaten "
        "(zonder diploma) die bij uitschrijving worden aangeleverd.",
        "Parts that belong to a diploma are results with it. Loose parts are results without a diploma, delivered at "
        "the end of the enrolment.",
    ),
    _begrip(
        "AMvB-onderdelen",
        "AMvB parts",
        "'AMvB' betekent Algemene Maatregel van Bestuur. Een certificaat geeft aan of er voor het AMvB-onderdeel een "
        "certificaat is uitgereikt aan de student.",
        "AMvB stands for a general administrative order. Certificate tells whether the student was given one for the "
        "part.",
    ),
    _begrip(
        "Keuzedelen",
        "Electives",
        "Het keuzedeel is een verplicht onderdeel binnen de mbo-opleiding, waarmee de student zijn vakmanschap kan "
        "verbreden of verdiepen. Een mbo-opleiding bestaat uit een kwalificatie met één of meer keuzedelen.",
        "An elective is a required part of a mbo programme, with which the student widens or deepens skills. A mbo "
        "programme is a qualification with one or more electives.",
    ),
    _begrip(
        "Generieke examenonderdelen",
        "Generic exam parts",
        "Nederlandse taal, rekenen en Engels. Met een diploma levert u alle resultaten, met de datum van het diploma; "
        "zonder diploma alleen de behaalde, met de datum van uitschrijving. IE is het instellingsexamen, CE het "
        "centraal examen.",
        "Dutch, arithmetic and English. With a diploma you deliver all results, dated as the diploma; without one only "
        "those that were passed, dated the end of the enrolment. IE is the exam of the institution, CE the central "
        "exam.",
    ),
    _begrip(
        "Vrijstelling",
        "Exemption",
        "De examencommissie bij de instelling bepaalt wanneer er sprake is van een vrijstelling: op grond van mbo, "
        "havo, vwo of een keuzedeel.",
        "The exam board of the institution decides on an exemption: on the ground of mbo, havo, vwo or an elective.",
    ),
)
_VOORAF: Final = (
    _begrip(
        "Wat er staat",
        "What is there",
        "Deelnames en resultaten in vo, vso, vavo, mbo en ho, gesorteerd op datum inschrijving, tot en met de "
        "einddatum van de eigen inschrijving. Het register kent wo en hbo vanaf 1991, vo vanaf 2006, mbo en vavo vanaf "
        "2007 en vso vanaf 2012.",
        "Participations and results in vo, vso, vavo, mbo and ho, by date of enrolment, up to the end of the own "
        "enrolment. The register holds wo and hbo from 1991, vo from 2006, mbo and vavo from 2007, and vso from 2012.",
    ),
    _begrip(
        "Startkwalificatie behaald",
        "Basic qualification",
        "De student heeft een startkwalificatie met een diploma op havo/vwo-niveau of mbo 2, 3 of 4 niveau. Zonder "
        "deelname of resultaat in het register is zij onbekend (O).",
        "The student has one with a diploma of havo, vwo, or mbo level 2, 3 or 4. Without a participation or result in "
        "the register it is unknown (O).",
    ),
    _begrip(
        "Aantal jaren mbo zonder diploma",
        "Years in mbo without a diploma",
        "Hoeveel jaar de student mbo-onderwijs heeft gevolgd aan een bekostigde mbo-instelling en geen mbo-diploma "
        "heeft behaald: een geldige inschrijving op 1 oktober geldt als één jaar. 99: niet berekend, het laatste jaar "
        "is meer dan drie jaar geleden.",
        "How many years the student was in funded mbo without a mbo diploma: a valid enrolment on 1 October counts as "
        "a year. 99: not computed, the last year is more than three years ago.",
    ),
    _begrip(
        "Vso",
        "Vso",
        "Gegevens van het voortgezet speciaal onderwijs staan er alleen als er een voorkomen is van een "
        "WEC-schoolsoort.",
        "Data of special secondary education are there only where a WEC kind of school is registered.",
    ),
    _begrip(
        "Uitslag en staatsexamen",
        "Outcome and state exam",
        "Bij uitslagcode E (eerder jaar van gespreid examen) of L (geëxamineerd in voorlaatste leerjaar) is er geen "
        "uitslagdatum. Bij een staatsexamen wordt de code van de opleiding niet getoond.",
        "With outcome E (earlier year of a spread exam) or L (examined in the last year but one) there is no date of "
        "the outcome. Of a state exam the code of the programme is not shown.",
    ),
    _begrip(
        "Geheim adres",
        "Secret address",
        "Deelnames en resultaten staan er dan zonder instellingscode: die wordt vervangen door 99AA.",
        "Participations and results are then without the code of the institution: it reads 99AA.",
    ),
)

_PER_SCHERM: Final = {
    "portaal_studentdossier_persoon": _PERSOON,
    "portaal_studentdossier_deelnames": _DEELNAMES,
    "portaal_studentdossier_resultaten": _RESULTATEN,
    "portaal_studentdossier_vooropleiding": _VOORAF,
}


def begrippen(scherm: str, delen: Iterable[Deel]) -> tuple[Begrip, ...]:
    """Return what is to be known of a screen with these parts."""
    titels = [deel.titel for deel in delen]
    return tuple(
        een
        for een in _PER_SCHERM.get(scherm, ())
        if een.bij is None or any(titel.startswith((een.bij.nl, een.bij.en)) for titel in titels)
    )
