"""What a check gives: all that was read, found and counted, for the command line, the files and the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from msgspec import Struct, field

from kernregister.kern.dossier import Dossier
from kernregister.kern.formaten.verslag import Opmerking
from kernregister.kern.gegevens import Gegevens, Soort
from kernregister.kern.overzichten.dashboard import Dashboard
from kernregister.kern.regels.catalogus import catalogus
from kernregister.kern.regels.motor import NietBeoordeeld, Uitkomst
from kernregister.kern.regels.paspoort import Regel
from kernregister.kern.tijd import Studiejaar


class Bestand(Struct, frozen=True):
    """A file that took part. ``ook``: only read along to judge the others by."""

    naam: str
    indeling: str
    instelling: str
    van: date | None
    tot: date | None
    aanmaak: date | None
    ook: bool = False


class Kern(Struct, frozen=True, gc=False):
    """What helps to recognise an enrolment in one's own administration. The programme is that of the peildatum."""

    opleidingcode: str
    leertraject: str
    datum_inschrijving: date
    datum_uitschrijving_gepland: date | None
    datum_uitschrijving_werkelijk: date | None


Kernsleutel = tuple[str, str, str]
"""Person's number, institution and inschrijvingvolgnummer, as in the key of a finding."""

Kernen = dict[Kernsleutel, Kern]
"""Enrolments in short, by their key."""


class Uitslag(Struct):
    """All that a check gives."""

    bestanden: list[Bestand]
    peildatum: date
    soorten: dict[str, Soort]
    tellingen: Counter[str]
    opmerkingen: list[Opmerking]
    uitkomsten: list[Uitkomst]
    niet_beoordeeld: list[NietBeoordeeld]
    dashboard: Dashboard
    gegevens: Gegevens
    namen: dict[str, str] = field(default_factory=dict)
    """Person's number -> family name, of the persons with a finding, as far as known."""
    inschrijvingen: Kernen = field(default_factory=dict)
    """The enrolments with a finding, in short."""

    @property
    def studiejaar(self) -> Studiejaar:
        """The studiejaar of the peildatum."""
        return Studiejaar.van(self.peildatum)

    @property
    def regels(self) -> dict[str, Regel]:
        """The catalogue, by id."""
        return catalogus()

    @property
    def bruikbaar(self) -> bool:
        """Tell whether everything could be read."""
        return not any(o.fout for o in self.opmerkingen)


def kernen(
    dossier: Dossier, uitkomsten: list[Uitkomst], peildatum: date
) -> Iterator[tuple[Kernsleutel, Kern]]:
    """Give the enrolments that findings are about, in short."""
    gezocht = {(u.sleutel.instelling, u.sleutel.inschrijvingvolgnummer): u.sleutel.pgn for u in uitkomsten}
    for inschrijving in dossier.inschrijvingen:
        sleutel = inschrijving.instelling, inschrijving.inschrijvingvolgnummer
        if pgn := gezocht.get(sleutel):
            periode = inschrijving.periode_op(peildatum) or next(iter(inschrijving.perioden), None)
            kern = Kern(
                periode.opleidingcode if periode else "",
                periode.leertraject if periode else "",
                inschrijving.datum_inschrijving,
                inschrijving.datum_uitschrijving_gepland,
                inschrijving.datum_uitschrijving_werkelijk,
            )
            yield (pgn, *sleutel), kern
