"""Which year of enrolment on 1 October it is: for breaks in a school career, and for the former verblijfsjaarfactor."""

from __future__ import annotations

from datetime import date

from kernregister.kern.dossier import Dossier


def ingeschreven_op_een_oktober(dossier: Dossier, jaar: int) -> bool:
    """Tell whether somebody had an enrolment in mbo, of any kind, on 1 October of a calendar year."""
    dag = date(jaar, 10, 1)
    return any(inschrijving.geldt_op(dag) for inschrijving in dossier.inschrijvingen)


def onderbroken(dossier: Dossier, na: date, voor: int, jaren: int) -> bool:
    """Tell whether there were so many calendar years on end without enrolment on 1 October, after a day and before
    a calendar year."""
    achtereen = 0
    for jaar in range(na.year if na <= date(na.year, 10, 1) else na.year + 1, voor):
        achtereen = 0 if ingeschreven_op_een_oktober(dossier, jaar) else achtereen + 1
        if achtereen >= jaren:
            return True
    return False


def verblijfsjaren(dossier: Dossier, tot_en_met: int, onderbreking: int) -> int:
    """Return how many years somebody was enrolled on 1 October, up to and including one; a break starts it again."""
    eerste = min((i.datum_inschrijving.year for i in dossier.inschrijvingen), default=tot_en_met + 1)
    aantal = achtereen = 0
    for jaar in range(eerste, tot_en_met + 1):
        if ingeschreven_op_een_oktober(dossier, jaar):
            aantal, achtereen = aantal + 1, 0
            continue
        achtereen += 1
        if achtereen >= onderbreking:
            aantal = 0
    return aantal
