"""The rows of DUO's dashboard that count signals, and how each is counted (Handleiding, h. 06).

The rows stand in DUO's own order, under DUO's own labels, so that a count here can be laid beside the one there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kernregister.kern.regels.motor import Uitkomst
from kernregister.kern.regels.paspoort import Groep, Regel, Tekst, Telling


class Signaalrij(NamedTuple):
    """A row: the rule that it counts, and its label. ``teldata`` tells on which counting dates it is counted."""

    regel: str
    label: Tekst
    teldata: tuple[bool, bool] = (False, False)


MERKTEKENS = {Telling.RECORD: "", Telling.PERSOON: "*", Telling.INSCHRIJVING: "**"}
"""What DUO puts behind a label: counted per person, or per enrolment."""

BOVENBLOK: dict[Groep, tuple[Signaalrij, ...]] = {
    Groep.PERSOON: (
        Signaalrij(
            "A01",
            Tekst(
                "Aanlevering op OWN bij persoon met BSN",
                "Delivered on OWN (onderwijsnummer) of a person with a BSN",
            ),
        ),
        Signaalrij(
            "A02",
            Tekst(
                "Leeftijd op datum inschrijving onwaarschijnlijk", "Improbable age on the day of enrolment"
            ),
        ),
        Signaalrij(
            "A03",
            Tekst("Datum uitschrijving na datum overlijden", "End of enrolment after the date of death"),
        ),
    ),
    Groep.INSCHRIJVING: (
        Signaalrij("B01", Tekst("(deels) Identieke inschrijving", "(partly) Identical enrolment")),
        Signaalrij("B02", Tekst("Inschrijving zonder locatiecode", "Enrolment without a location code")),
        Signaalrij(
            "B03", Tekst("Inschrijving bij beëindigde opleiding", "Enrolment in a programme that has ended")
        ),
        Signaalrij(
            "B04",
            Tekst(
                "Datum uitschrijving gepland meer dan 90 dagen in het verleden",
                "Planned end of enrolment more than 90 days ago",
            ),
        ),
        Signaalrij(
            "B05",
            Tekst("Overlap exameninschrijving met BPV", "Examination enrolment overlaps a placement (BPV)"),
        ),
        Signaalrij(
            "B06",
            Tekst("Datum uitschrijving te ver in de toekomst", "End of enrolment too far in the future"),
        ),
        Signaalrij(
            "B07",
            Tekst(
                "Inschrijving cross-over opleiding zonder toestemming",
                "Enrolment in a cross-over programme without permission",
            ),
        ),
        Signaalrij(
            "B08",
            Tekst(
                "De Onderwijsaanbieder is niet gedurende de gehele inschrijving geldig in RIO",
                "The onderwijsaanbieder is not valid in RIO during the whole enrolment",
            ),
        ),
        Signaalrij(
            "B10",
            Tekst(
                "De Onderwijslocatie is niet gedurende de gehele inschrijving geldig in RIO",
                "The onderwijslocatie is not valid in RIO during the whole enrolment",
            ),
        ),
        Signaalrij(
            "B11",
            Tekst(
                "Inschrijving unieke vakopleiding bij instelling zonder licentie",
                "Enrolment in a unique trade programme at an institution without a licence",
            ),
        ),
        Signaalrij(
            "B09",
            Tekst(
                "De Onderwijsaanbieder is niet gekoppeld aan de Instellingscode gedurende de gehele "
                "inschrijving geldig in RIO",
                "The onderwijsaanbieder is not linked to the institution in RIO during the whole enrolment",
            ),
        ),
    ),
    Groep.BPV: (
        Signaalrij(
            "C01",
            Tekst("Einddatum BPV te ver in de toekomst", "End of placement (BPV) too far in the future"),
        ),
        Signaalrij("C02", Tekst("Omvang BPV wijkt af", "Size of placement (BPV) is out of range")),
        Signaalrij(
            "C03", Tekst("Einde BPV ligt na de uitschrijfdatum", "Placement (BPV) ends after the enrolment")
        ),
        Signaalrij(
            "C04", Tekst("Geplande looptijd BPV te lang", "Planned duration of placement (BPV) too long")
        ),
    ),
    Groep.RESULTAAT: (
        Signaalrij(
            "D01", Tekst("Diploma zonder bijpassende inschrijving", "Diploma without a matching enrolment")
        ),
        Signaalrij(
            "D02",
            Tekst("Diploma zonder bijpassende uitschrijving", "Diploma without a matching end of enrolment"),
        ),
        Signaalrij(
            "D03", Tekst("Meerdere diploma's bij 1 inschrijving", "Several diplomas on one enrolment")
        ),
        Signaalrij(
            "D04",
            Tekst("Dubbele diploma's voor dezelfde opleiding", "Several diplomas for the same programme"),
        ),
        Signaalrij(
            "D05",
            Tekst(
                "Diploma met dubbele generieke examenonderdelen",
                "Diploma with a generic exam subject twice",
            ),
        ),
        Signaalrij(
            "D06",
            Tekst(
                "Diploma cross-over opleiding zonder toestemming",
                "Diploma of a cross-over programme without permission",
            ),
        ),
        Signaalrij(
            "D09",
            Tekst(
                "De Onderwijsaanbieder is niet geldig bij een resultaat",
                "The onderwijsaanbieder of a result is not valid",
            ),
        ),
        Signaalrij(
            "D08",
            Tekst(
                "De Onderwijsaanbieder hoort niet bij de Instellingscode van een resultaat",
                "The onderwijsaanbieder of a result does not belong to the institution",
            ),
        ),
        Signaalrij(
            "D07",
            Tekst(
                "Diploma vastgelegd bij een inschrijving voor een ODT opleiding",
                "Diploma on an enrolment in an ODT programme (not aimed at a diploma)",
            ),
        ),
    ),
}
"""The upper block, by group."""

DUBBEL: tuple[Signaalrij, ...] = (
    Signaalrij(
        "E01",
        Tekst(
            "Dubbele inschrijvingen E Leerroutefase MBO wijkt af van fase VO",
            "Double enrolments E: leerroutefase in mbo differs from that in vo",
        ),
    ),
    Signaalrij(
        "E02",
        Tekst(
            "Dubbele inschrijvingen E Leerroutefase MBO wijkt af van fase VSO",
            "Double enrolments E: leerroutefase in mbo differs from that in vso",
        ),
    ),
    Signaalrij(
        "E05",
        Tekst(
            "Dubbele bekostigbare inschrijvingen MBO-MBO (Binnen Instellingscode)",
            "Several fundable enrolments in mbo (within the institution)",
        ),
        (True, True),
    ),
    Signaalrij(
        "E06",
        Tekst(
            "Dubbele bekostigbare inschrijvingen MBO-MBO (Buiten Instellingscode)",
            "Several fundable enrolments in mbo (at other institutions)",
        ),
        (True, True),
    ),
    Signaalrij("E03", Tekst("Dubbele inschrijvingen MBO-VO", "Enrolled in mbo and in vo"), (True, False)),
    Signaalrij("E04", Tekst("Dubbele inschrijvingen MBO-VSO", "Enrolled in mbo and in vso"), (True, True)),
)
"""The first rows of the lower block: double enrolments."""


def tel(regel: Regel, uitkomsten: Iterable[Uitkomst]) -> int:
    """Return how many findings of a rule the dashboard counts: records, distinct enrolments or distinct persons."""
    return len(bijeen(regel, uitkomsten))


def bijeen(regel: Regel, uitkomsten: Iterable[Uitkomst]) -> list[list[Uitkomst]]:
    """Return the findings of a rule, brought together as the dashboard counts them: each group counts once."""
    groepen: dict[object, list[Uitkomst]] = {}
    for plaats, uitkomst in enumerate(uitkomsten):
        sleutel = uitkomst.sleutel
        if regel.telt is Telling.PERSOON:
            eenheid: object = sleutel.pgn
        elif regel.telt is Telling.INSCHRIJVING:
            eenheid = sleutel.pgn, sleutel.instelling, sleutel.inschrijvingvolgnummer
        else:
            eenheid = plaats
        groepen.setdefault(eenheid, []).append(uitkomst)
    return list(groepen.values())
