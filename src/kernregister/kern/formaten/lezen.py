"""Reading a delivery as dossiers, whatever its layout: the one entry for files, plain or zipped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kernregister.kern.dossier import Dossier
from kernregister.kern.formaten import grondslag_dossier, obo_dossier, ro_dossier, tbgi_lezen
from kernregister.kern.formaten.bron import ontsluit
from kernregister.kern.formaten.herkennen import herken
from kernregister.kern.formaten.indeling import Indeling, tag
from kernregister.kern.formaten.recordbestand import Groep, Recordlezer
from kernregister.kern.formaten.tbgi import XmlIndeling
from kernregister.kern.formaten.totalen import totalen_van
from kernregister.kern.formaten.verkennen import Bereik, Verkenning, verken
from kernregister.kern.formaten.verslag import Verslag, bestandsnaam_van
from kernregister.kern.sleutels import is_bsn, is_onderwijsnummer
from kernregister.kern.tijd import Studiejaar

_ACHT_CIJFERS = 10**7
"""From here on, a number can be that of a person: the leading zero is lost in a total."""

Bouwer = Callable[[Groep], Dossier]
"""Makes a dossier of one person's records."""


def _ro(kop: Any, verslag: Verslag) -> Bouwer:
    return lambda groep: ro_dossier.dossier_van(groep, kop.instellingscode, verslag)


def _obo(kop: Any, verslag: Verslag) -> Bouwer:
    try:
        teldata = Studiejaar.lees(kop.studiejaar).teldata
    except ValueError as fout:
        teldata = None
        verslag.opmerking("studiejaar", f"In het openingsrecord: {fout}.", regel=1)
    return lambda groep: obo_dossier.dossier_van(groep, kop.instellingscode, teldata, verslag)


def _grondslag(kop: Any, verslag: Verslag) -> Bouwer:
    return lambda groep: grondslag_dossier.dossier_van(groep, verslag)


BOUWERS: dict[str, Callable[[Any, Verslag], Bouwer]] = {"RO": _ro, "OBO": _obo, "GRONDSLAG": _grondslag}
"""Layout -> what makes, for the opening record of a file, the function that makes its dossiers."""


class Levering:
    """A delivery: read it as dossiers, in one go or in ranges, and then check its totals.

    Args:
        pad: the plain file.
        indeling: its layout.
        verslag: collects what there is to say.

    Raises:
        OnbruikbaarBestand: the file has no opening record of this layout.
    """

    def __init__(self, pad: Path, indeling: Indeling | XmlIndeling, verslag: Verslag) -> None:
        self.indeling = indeling
        self.verslag = verslag
        self._pad, self._stand = pad, _stand(pad)
        self.verkenning: Verkenning = _verken(pad, indeling, verslag)
        self.tellingen: Counter[str] = Counter(dict.fromkeys(indeling.records, 0))
        """What was counted so far (see ``totalen.Teller``); those of several ranges may be added together."""

    @property
    def kop(self) -> Any:
        """The opening record."""
        return self.verkenning.kop

    def dossiers(self, bereik: Bereik | None = None) -> Iterator[Dossier]:
        """Give the dossiers of the file, or of a range of it (see ``delen.gelijke_delen``)."""
        if isinstance(self.indeling, XmlIndeling):
            yield from tbgi_lezen.dossiers(self.verkenning.pad, self.verslag, self.tellingen)
            return
        lezer = Recordlezer(self.verkenning, self.verslag, bereik)
        bouw = BOUWERS[self.indeling.naam](self.kop, self.verslag)
        for groep in lezer.groepen():
            yield bouw(groep)
        self.tellingen.update(lezer.teller.tellingen)

    def controleer_totalen(self) -> None:
        """Compare the closing record with what was read; call it when all dossiers have been given."""
        if _stand(self._pad) != self._stand:
            self.verslag.fout(
                "bestand_veranderd",
                "Het bestand is veranderd terwijl het gelezen werd. Probeer het opnieuw als het er helemaal staat.",
            )
        sluit = self.verkenning.sluit
        if sluit is None or isinstance(self.indeling, XmlIndeling):
            return
        gelezen = totalen_van(self.indeling.totalen, self.tellingen)
        for totaal in self.indeling.totalen:
            genoemd, geteld = getattr(sluit, totaal.veld), gelezen[totaal.veld]
            if genoemd != geteld:
                wat = totaal.soorten[0] if totaal.is_aantal else totaal.veld
                self.verslag.opmerking(
                    "controletotaal",
                    f"De totalen in het sluitrecord {tag(self.indeling.sluit)} zijn niet die van de gelezen records. "
                    "Is dit een deel van een groter bestand?",
                    telling=f"{wat}: sluitrecord {_genoemd(genoemd)}, gelezen {_met_punten(geteld)}",
                )


@contextmanager
def open_levering(pad: Path) -> Iterator[list[Levering]]:
    """Give the deliveries in a file, plain or zipped, each with its own ``verslag``, for as long as needed.

    Raises:
        OnbruikbaarBestand: nothing in it can be used; the text says why, and what was expected.
    """
    with ontsluit(pad) as paden:
        leveringen = []
        for plat in paden:
            naam = " > ".join(map(bestandsnaam_van, dict.fromkeys((pad, plat))))
            leveringen.append(Levering(plat, herken(plat), Verslag(naam)))
        yield leveringen


def _stand(pad: Path) -> tuple[int, int] | None:
    """Return what changes when somebody writes to a file."""
    try:
        gegevens = pad.stat()
    except OSError:
        return None
    return gegevens.st_size, gegevens.st_mtime_ns


def _verken(pad: Path, indeling: Indeling | XmlIndeling, verslag: Verslag) -> Verkenning:
    if isinstance(indeling, XmlIndeling):
        kop: Any = tbgi_lezen.lees_kop(pad)
        return Verkenning(pad, indeling, kop, None, 0, pad.stat().st_size, "", geordend=False)
    verkenning = verken(pad, indeling, verslag)
    if getattr(verkenning.kop, "instellingscode", "") is None:
        verkenning.kop.instellingscode = _instelling_van_records(verkenning)
    return verkenning


def _instelling_van_records(verkenning: Verkenning) -> str:
    """Return the institution of the first record that names one."""
    for groep in Recordlezer(verkenning, Verslag()).groepen():
        for record in groep:
            if instelling := getattr(record, "instellingscode", None):
                return str(instelling)
    return ""


def _genoemd(aantal: int) -> str:
    """Return a total as a file has it; a person's number that got there is not shown."""
    nummer = str(aantal).zfill(9)
    twijfel = aantal >= _ACHT_CIJFERS and (is_bsn(nummer) or is_onderwijsnummer(nummer) or len(nummer) > 9)
    return "(een lang nummer)" if twijfel else _met_punten(aantal)


def _met_punten(aantal: int) -> str:
    """Return a number with points between the thousands, so that nobody takes it for a person's number."""
    return f"{aantal:,}".replace(",", ".")
