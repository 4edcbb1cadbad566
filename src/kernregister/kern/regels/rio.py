"""The dates from which RIO data belong to records, and from which the controls on them are run."""

from datetime import date

from kernregister.kern.gegevens import Soort
from kernregister.kern.parameters import lees
from kernregister.kern.regels.paspoort import Fase, Levensloop

_RIO = lees("kwaliteitscontrole")["rio"]

INGANG: dict[Soort, date] = {soort: _RIO[soort.value]["ingangsdatum"] for soort in Soort}
"""From this day on a period or result names an onderwijsaanbieder; before it a period names a locatiecode VSV."""

START: dict[Soort, date] = {soort: _RIO[soort.value]["startdatum"] for soort in Soort}
"""The first peildatum on which the controls against RIO are run."""

SOORT = "Instelling.soort"
"""What a rule reads that differs between BI and NBI so much that a kind that is only assumed is not enough."""

AAN_DE_DEUR: dict[Soort, Levensloop] = {
    soort: ((Fase.SIGNAAL, START[soort]), (Fase.WEIGEREN, _RIO[soort.value]["controledatum"]))
    for soort in Soort
}
"""The life cycle of what is refused since the controledatum, and was signalled before."""
