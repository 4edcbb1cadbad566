"""The dates from which RIO data belong to records, and from which the controls on them are run."""

from datetime import date

from kernregister.kern.gegevens import Soort
from kernregister.kern.parameters import lees

_RIO = lees("kwaliteitscontrole")["rio"]

INGANG: dict[Soort, date] = {soort: _RIO[soort.value]["ingangsdatum"] for soort in Soort}
"""From this day on a period or result names an onderwijsaanbieder; before it a period names a locatiecode VSV."""

START: dict[Soort, date] = {soort: _RIO[soort.value]["startdatum"] for soort in Soort}
"""The first peildatum on which the controls against RIO are run."""
