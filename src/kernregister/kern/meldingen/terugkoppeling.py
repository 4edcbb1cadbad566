"""The answer to a melding: accepted, or refused with findings; and the signals that it opened and closed."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct, structs

from kernregister.kern.bekostiging.besluit import Bekostigingswijziging
from kernregister.kern.dossier import Persoon
from kernregister.kern.leesbaar import als_object
from kernregister.kern.meldingen.controles import Afkeuring
from kernregister.kern.regels.motor import Sleutel, Uitkomst
from kernregister.kern.regels.paspoort import Regel
from kernregister.kern.vooropleiding import Vooropleiding


class Terugmelding(Struct, frozen=True, omit_defaults=True):
    """One finding in an answer. ``regel`` is the error code; its text is looked up late, in the reader's language."""

    regel: str
    ernst: str
    """``fout`` refuses, ``waarschuwing`` does not, ``signaal`` is on the work list."""
    sleutel: Sleutel | None = None
    waarden: dict[str, Any] = {}
    """Plain values, as JSON knows them: an answer from the journal is equal to the first."""
    afkeurcode: str = ""
    duo_code: str = ""


class Identificatieuitslag(Struct, frozen=True, omit_defaults=True):
    """What identification gave: ``gevonden``, ``nieuw`` (an onderwijsnummer was issued) or ``onzeker``."""

    uitslag: str
    burgerservicenummer: str | None = None
    onderwijsnummer: str | None = None
    persoonsgegevens: Persoon | None = None


class Terugkoppeling(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The answer to one melding."""

    id: UUID | None
    soort: str
    aanvaard: bool
    ontvangen_op: datetime
    proef: bool = False
    """A dry run: nothing was kept."""
    persoon: int | None = None
    """The person's name in the addresses of the API: never a number that means something elsewhere."""
    bevindingen: tuple[Terugmelding, ...] = ()
    signalen_geopend: tuple[Terugmelding, ...] = ()
    signalen_gesloten: tuple[Terugmelding, ...] = ()
    identificatie: Identificatieuitslag | None = None
    vooropleiding: Vooropleiding | None = None
    bekostiging: tuple[Bekostigingswijziging, ...] = ()
    """What it changed in the sender's own provisional funding; indicative."""

    def zonder_nummers(self) -> Terugkoppeling:
        """Return the answer as the journal keeps it: what names or describes the person is rendered again on demand."""
        return structs.replace(
            self,
            bevindingen=_zonder(self.bevindingen),
            signalen_geopend=_zonder(self.signalen_geopend),
            signalen_gesloten=_zonder(self.signalen_gesloten),
            identificatie=self.identificatie and Identificatieuitslag(self.identificatie.uitslag),
            vooropleiding=None,
        )

    def met_nummer(self, pgn: str) -> Terugkoppeling:
        """Return the answer with the number of the person in its keys, as its asker gave it."""
        return structs.replace(
            self,
            bevindingen=_met(self.bevindingen, pgn),
            signalen_geopend=_met(self.signalen_geopend, pgn),
            signalen_gesloten=_met(self.signalen_gesloten, pgn),
        )


def terugmelding(
    uitkomst: Uitkomst, ernst: str, regel: Regel | None = None, duo_code: str = ""
) -> Terugmelding:
    """Return a finding of a rule as an answer shows it."""
    code = regel.afkeurcode if regel is not None else ""
    return Terugmelding(uitkomst.regel, ernst, uitkomst.sleutel, als_object(uitkomst.waarden), code, duo_code)


def afgekeurd(afkeuring: Afkeuring, duo_code: str = "") -> Terugmelding:
    """Return a refusal by a control of the melding itself as an answer shows it."""
    controle = afkeuring.controle
    waarden = als_object(afkeuring.waarden)
    return Terugmelding(controle.id, "fout", None, waarden, controle.afkeurcode, duo_code)


def _zonder(meldingen: tuple[Terugmelding, ...]) -> tuple[Terugmelding, ...]:
    return _met(meldingen, "")


def _met(meldingen: tuple[Terugmelding, ...], pgn: str) -> tuple[Terugmelding, ...]:
    return tuple(
        structs.replace(m, sleutel=structs.replace(m.sleutel, pgn=pgn)) if m.sleutel else m for m in meldingen
    )


class Signaalverloop(Struct, frozen=True):
    """What became of the signals of a person by a melding."""

    ontstaan: tuple[Terugmelding, ...]
    gebleven: tuple[Terugmelding, ...]
    """Of the same rule on the same record as before, with other values."""
    verdwenen: tuple[Terugmelding, ...]


def signaalverloop(terug: Terugkoppeling) -> Signaalverloop:
    """Tell apart what an answer names as opened and closed: a signal whose values changed is in both."""
    geopend, gesloten = (
        {_waarop(een) for een in alle} for alle in (terug.signalen_geopend, terug.signalen_gesloten)
    )
    blijft = geopend & gesloten
    return Signaalverloop(
        tuple(een for een in terug.signalen_geopend if _waarop(een) not in blijft),
        tuple(een for een in terug.signalen_geopend if _waarop(een) in blijft),
        tuple(een for een in terug.signalen_gesloten if _waarop(een) not in blijft),
    )


def _waarop(een: Terugmelding) -> tuple[str, Sleutel | None, str]:
    return een.regel, een.sleutel, str(een.waarden.get("teldatum", ""))
