"""Loading what the national register holds of an institution already: its RO, person by person.

Each enrolment and each result becomes a melding of its own, with a UUID that follows from what it says: loading the
same file again changes nothing. Only what cannot be stored is refused; what is wrong with the rest shows as signals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from kernregister.kern.dossier import Diploma, Dossier
from kernregister.kern.formaten.lezen import Levering, open_levering
from kernregister.kern.formaten.verslag import OnbruikbaarBestand, Verslag
from kernregister.kern.meldingen import berichten as b
from kernregister.kern.meldingen.terugkoppeling import Terugkoppeling
from kernregister.platform.versleuteling import kluis
from kernregister.voorzieningen.register.verwerking import Herkomst, verwerk

PER_KEER = 500
"""Meldingen in one transaction."""

Voortgang = Callable[[int], None]
"""Told how many meldingen are done."""


class Laaduitslag(Struct):
    """What came of loading a file."""

    instellingen: list[str]
    """One for each RO in the file: a zip may hold several."""
    aanvaard: int = 0
    afgekeurd: list[Terugkoppeling] = []
    verslagen: list[Verslag] = []
    """What the reader had to say of each."""


def laad_ro(pad: Path, herkomst: Herkomst, voortgang: Voortgang | None = None) -> Laaduitslag:
    """Load an RO, a batch at a time; what was loaded stays when a later batch fails, and is skipped next time.

    Raises:
        OnbruikbaarBestand: the file is no RO, or is of another institution than the one that delivers it.
    """
    with open_levering(pad) as leveringen:
        uit = Laaduitslag([_instelling(levering, herkomst) for levering in leveringen])
        for levering, instelling in zip(leveringen, uit.instellingen, strict=True):
            uit.verslagen.append(levering.verslag)
            moment = datetime.combine(levering.kop.datum_aanmaak, time(12), UTC)
            partij: list[b.Melding] = []
            for dossier in levering.dossiers():
                partij.extend(meldingen_van(dossier, instelling, moment))
                if len(partij) >= PER_KEER:
                    _verwerk(partij, herkomst, uit, voortgang)
                    partij = []
            _verwerk(partij, herkomst, uit, voortgang)
            levering.controleer_totalen()
    return uit


def _instelling(levering: Levering, herkomst: Herkomst) -> str:
    """Return whose RO it is."""
    if levering.indeling.naam != "RO":
        raise OnbruikbaarBestand(f"Dit is geen RO maar een {levering.indeling.naam}.")
    instelling: str = levering.kop.instellingscode
    if herkomst.instelling not in {"", instelling}:
        raise OnbruikbaarBestand(f"Dit RO is van instelling {instelling}, niet van {herkomst.instelling}.")
    return instelling


def _verwerk(
    partij: list[b.Melding], herkomst: Herkomst, uit: Laaduitslag, voortgang: Voortgang | None
) -> None:
    if not partij:
        return
    for antwoord in verwerk(partij, herkomst):
        if antwoord.aanvaard:
            uit.aanvaard += 1
        else:
            uit.afgekeurd.append(antwoord)
    if voortgang:
        voortgang(uit.aanvaard + len(uit.afgekeurd))


def meldingen_van(dossier: Dossier, instelling: str, moment: datetime) -> Iterator[b.Melding]:
    """Give the meldingen that register what a dossier holds of one institution: parents before children."""
    wie = dossier.persoon
    for inschrijving in dossier.inschrijvingen:
        nummers = _nummers(dossier, inschrijving.op_onderwijsnummer)
        yield b.OvernemenInschrijving(
            id=vaste_id(instelling, nummers, inschrijving),
            afzender=instelling,
            moment=moment,
            geboortedatum=wie.geboortedatum,
            geslacht=wie.geslacht,
            inschrijving=inschrijving,
            **nummers,
        )
    for resultaat in (*dossier.diplomas, *dossier.losse_resultaten):
        nummers = _nummers(dossier, resultaat.op_onderwijsnummer)
        vast: dict[str, Any] = {
            "id": vaste_id(instelling, nummers, resultaat),
            "afzender": instelling,
            "moment": moment,
            "geboortedatum": wie.geboortedatum,
            "geslacht": wie.geslacht,
            **nummers,
        }
        if isinstance(resultaat, Diploma):
            yield b.OvernemenDiploma(diploma=resultaat, **vast)
        else:
            yield b.OvernemenResultaat(resultaat=resultaat, **vast)


def _nummers(dossier: Dossier, op_onderwijsnummer: bool) -> dict[str, str | None]:
    wie = dossier.persoon
    if op_onderwijsnummer or wie.burgerservicenummer is None:
        return {"onderwijsnummer": wie.onderwijsnummer}
    return {"burgerservicenummer": wie.burgerservicenummer}


def vaste_id(van: str, nummers: dict[str, str | None], aggregaat: object) -> UUID:
    """Return a UUID that follows from the content. Keyed: nobody may try out numbers on it."""
    tekst = msgspec.json.encode((van, nummers, type(aggregaat).__name__, aggregaat)).decode()
    return UUID(bytes=kluis().zoek(tekst)[:16], version=4)
