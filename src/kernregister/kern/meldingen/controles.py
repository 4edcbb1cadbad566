"""Controls of the melding itself: who sends it, about whom, and whether what it refers to is there.

What is wrong with the *content* is for the rules of the catalogue (``kern.regels``); these concern the message, so
they have no record to look at, and always refuse; but a mutatiestop may be set to warn.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from kernregister.kern.dossier import Dossier
from kernregister.kern.meldingen.berichten import (
    AanleverenBpv,
    Bericht,
    OverPersoon,
    VerwijderenBpv,
    VerwijderenInschrijving,
    VerwijderenResultaat,
)
from kernregister.kern.regels.paspoort import Tekst
from kernregister.kern.sleutels import is_nummer_van_persoon


class Controle(Struct, frozen=True):
    """A control of a melding, with its passport. ``afkeurcode`` is the code of the sector's own list (spec 6.4)."""

    id: str
    afkeurcode: str
    bron: str
    tekst: Tekst
    advies: Tekst


class Afkeuring(Struct, frozen=True):
    """Why a melding is refused: the control, and the values that show it (never a number of a person)."""

    controle: Controle
    waarden: dict[str, Any] = {}


ONLEESBAAR = Controle(
    "N01",
    "MBO-TEC-001",
    "Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 05",
    Tekst("Het bericht heeft niet de juiste vorm.", "The message is malformed."),
    Tekst("Verbeter wat genoemd is en stuur het opnieuw.", "Mend what is named and send it again."),
)
ZELFDE_ID = Controle(
    "N02",
    "MBO-TEC-001",
    "PvE RIO Webservicekoppeling 1.2 (identificatiecode uniek)",
    Tekst(
        "Dit id is al gebruikt voor een melding met een andere inhoud.",
        "This id was used before for a melding with other content.",
    ),
    Tekst("Geef elke nieuwe melding een eigen UUID.", "Give each new melding a UUID of its own."),
)
ANDERE_AFZENDER = Controle(
    "N03",
    "MBO-TEC-002",
    "Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 04 (kenmerk instellingscode)",
    Tekst(
        "De afzender is niet de instelling namens wie deze aansluiting aanlevert.",
        "The sender is not the institution on whose behalf this client delivers.",
    ),
    Tekst("Lever aan met de eigen instellingscode.", "Deliver under your own institution code."),
)
EEN_NUMMER = Controle(
    "N04",
    "MBO-PER-003",
    "Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 01 (PGN)",
    Tekst(
        "Een melding noemt de persoon met precies een nummer: het BSN of het onderwijsnummer.",
        "A melding names the person by exactly one number: the BSN or the onderwijsnummer.",
    ),
    Tekst("Vul een van beide, bij voorkeur het BSN.", "Fill in one of the two, preferably the BSN."),
)
NIET_GEIDENTIFICEERD = Controle(
    "N05",
    "MBO-PER-005",
    "Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 05, 07",
    Tekst("Deze persoon is nog niet geïdentificeerd.", "This person has not been identified yet."),
    Tekst(
        "Identificeer de persoon eerst (AanleverenIdentificatiePersoon).",
        "Identify the person first (AanleverenIdentificatiePersoon).",
    ),
)
GEEN_INSCHRIJVING = Controle(
    "N06",
    "MBO-ISG-006",
    "Programma van Eisen BVE, code 805",
    Tekst(
        "Onder dit inschrijvingvolgnummer is bij deze instelling geen inschrijving van deze persoon bekend.",
        "No enrolment of this person is known at this institution under this inschrijvingvolgnummer.",
    ),
    Tekst("Lever eerst de inschrijving aan.", "Deliver the enrolment first."),
)
GEEN_BPV = Controle(
    "N07",
    "MBO-BPV-003",
    "Programma van Eisen BVE, code 809",
    Tekst("De inschrijving heeft geen BPV met dit volgnummer.", "The enrolment has no such placement."),
    Tekst("Controleer het BPV-volgnummer.", "Check the number of the placement."),
)
GEEN_RESULTAAT = Controle(
    "N08",
    "MBO-RES-004",
    "PvE MBO-instelling 15.5.7 tot en met 15.5.10",
    Tekst(
        "Onder dit resultaatvolgnummer is bij deze instelling geen resultaat van deze persoon bekend.",
        "No result of this person is known at this institution under this resultaatvolgnummer.",
    ),
    Tekst("Controleer het resultaatvolgnummer.", "Check the resultaatvolgnummer."),
)
HEEFT_RESULTATEN = Controle(
    "N09",
    "MBO-ISG-007",
    "duo.nl, uitschrijven: verwijder alleen als de student nooit gevolgd heeft",
    Tekst(
        "De inschrijving heeft een resultaat of een BPV, dus de student heeft onderwijs gevolgd.",
        "The enrolment has a result or a placement, so the student attended.",
    ),
    Tekst(
        "Beëindig de inschrijving met een werkelijke datum uitschrijving, of verwijder eerst resultaten en BPV's.",
        "End the enrolment with a real end date, or remove its results and placements first.",
    ),
)
ONZEKERE_IDENTIFICATIE = Controle(
    "N10",
    "MBO-PER-006",
    "Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 05; Programma van Eisen BVE, codes 752, 753, 790",
    Tekst("De persoon kon niet met zekerheid worden vastgesteld.", "The person could not be established."),
    Tekst(
        "Vergelijk de genoemde gegevens met het identiteitsbewijs en vul aan wat ontbreekt.",
        "Compare what is named with the identity document, and fill in what is missing.",
    ),
)
NIET_GEVONDEN = Controle(
    "N11",
    "MBO-STE-001",
    "Kernregister: samenvoegen, splitsen en overdragen",
    Tekst(
        "Waar de melding naar verwijst is er niet, of is intussen veranderd.",
        "What the melding refers to is not there, or has changed since.",
    ),
    Tekst("Haal de stand van nu op en probeer het opnieuw.", "Fetch the present state and try again."),
)
SLEUTEL_BEZET = Controle(
    "N12",
    "MBO-STE-002",
    "Kernregister: samenvoegen, splitsen en overdragen",
    Tekst(
        "Onder dezelfde sleutel is daar al iets geregistreerd; samen zou een van beide verloren gaan.",
        "Something is registered there under the same key already; together one of the two would be lost.",
    ),
    Tekst(
        "Laat de instelling van een van beide het volgnummer wijzigen, of verwijder wat dubbel is.",
        "Have the institution change the number of one of the two, or remove what is double.",
    ),
)
NUMMER_IN_TEKST = Controle(
    "N13",
    "MBO-PER-007",
    "Kernregister: nummers van personen staan nergens leesbaar (AVG art. 32, art. 46 lid 1 UAVG)",
    Tekst(
        "Een eigen nummer of verwijzing van de instelling is een BSN of een onderwijsnummer.",
        "A number or reference of the institution's own is a BSN or an onderwijsnummer.",
    ),
    Tekst(
        "Gebruik een eigen kenmerk. Telt dat negen cijfers en lijkt het op een BSN, zet er dan een letter voor.",
        "Use a mark of your own. Should it have nine digits and look like a BSN by chance, put a letter before it.",
    ),
)
MUTATIESTOP = Controle(
    "N14",
    "MBO-BEK-001",
    "Programma van Eisen BVE 9, art. 7, code 951 (historisch); ingesteld per instelling en studiejaar",
    Tekst(
        "De melding raakt gegevens die meetellen voor de bekostiging van een studiejaar met een mutatiestop.",
        "The melding touches data that count for the funding of a studiejaar on which there is a mutatiestop.",
    ),
    Tekst(
        "Overleg met de accountant: die kan de stop voor deze persoon of inschrijving opheffen, met een reden.",
        "Consult the accountant, who can lift the stop for this person or enrolment, with a reason.",
    ),
)
"""The one control that may warn instead of refuse, as was set for an institution (``kern.bekostiging.mutatiestop``)."""

VRIJE_VELDEN = ("studentnummer", "referentie")
"""Fields of a melding in which an institution writes what it likes; they are shown as they are."""

CONTROLES: dict[str, Controle] = {
    c.id: c
    for c in (
        ONLEESBAAR,
        ZELFDE_ID,
        ANDERE_AFZENDER,
        EEN_NUMMER,
        NIET_GEIDENTIFICEERD,
        GEEN_INSCHRIJVING,
        GEEN_BPV,
        GEEN_RESULTAAT,
        HEEFT_RESULTATEN,
        ONZEKERE_IDENTIFICATIE,
        NIET_GEVONDEN,
        SLEUTEL_BEZET,
        NUMMER_IN_TEKST,
        MUTATIESTOP,
    )
}


def nummers_van(bericht: Bericht) -> Afkeuring | None:
    """Refuse a melding about a person that names them by no number, or by two."""
    if isinstance(bericht, OverPersoon) and bool(bericht.burgerservicenummer) == bool(
        bericht.onderwijsnummer
    ):
        return Afkeuring(EEN_NUMMER)
    return None


def vrije_velden(bericht: Bericht) -> Iterator[Afkeuring]:
    """Refuse a melding that holds a number of a person where the institution's own mark belongs."""
    for veld in VRIJE_VELDEN:
        waarde = getattr(bericht, veld, None)
        if waarde and is_nummer_van_persoon(waarde):
            yield Afkeuring(NUMMER_IN_TEKST, {"veld": veld})


def verwijzingen(bericht: Bericht, dossier: Dossier) -> Iterator[Afkeuring]:
    """Refuse a melding that refers to what the dossier does not hold, or takes away what others hang on."""
    match bericht:
        case AanleverenBpv() | VerwijderenBpv() | VerwijderenInschrijving():
            volgnummer = bericht.inschrijvingvolgnummer
            inschrijving = next(
                (
                    i
                    for i in dossier.inschrijvingen
                    if i.instelling == bericht.afzender and i.inschrijvingvolgnummer == volgnummer
                ),
                None,
            )
            if inschrijving is None:
                yield Afkeuring(GEEN_INSCHRIJVING, {"inschrijvingvolgnummer": volgnummer})
            elif isinstance(bericht, VerwijderenBpv):
                if all(bpv.volgnummer != bericht.bpv_volgnummer for bpv in inschrijving.bpvs):
                    yield Afkeuring(GEEN_BPV, {"bpv_volgnummer": bericht.bpv_volgnummer})
            elif isinstance(bericht, VerwijderenInschrijving):
                resultaten = [
                    r.resultaatvolgnummer
                    for r in (*dossier.diplomas, *dossier.losse_resultaten)
                    if r.instelling == bericht.afzender and r.inschrijvingvolgnummer == volgnummer
                ]
                bpvs = [bpv.volgnummer for bpv in inschrijving.bpvs]
                if resultaten or bpvs:
                    yield Afkeuring(HEEFT_RESULTATEN, {"resultaten": resultaten, "bpvs": bpvs})
        case VerwijderenResultaat():
            if all(
                r.instelling != bericht.afzender or r.resultaatvolgnummer != bericht.resultaatvolgnummer
                for r in (*dossier.diplomas, *dossier.losse_resultaten)
            ):
                yield Afkeuring(GEEN_RESULTAAT, {"resultaatvolgnummer": bericht.resultaatvolgnummer})
