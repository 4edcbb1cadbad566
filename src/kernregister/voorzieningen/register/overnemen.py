"""Loading what the national register holds of an institution already: its RO, person by person.

Each enrolment and each result that the register does not hold just so becomes a melding of its own: loading the same
file again changes nothing, and loading an older one after a newer one brings back what it says. Only what cannot be
stored is refused; what is wrong with the rest shows as signals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any
from uuid import uuid4

from msgspec import Struct

from kernregister.kern.dossier import Diploma, Dossier
from kernregister.kern.formaten.lezen import Levering, open_levering
from kernregister.kern.formaten.verslag import OnbruikbaarBestand, Verslag
from kernregister.kern.meldingen import berichten as b
from kernregister.kern.meldingen.terugkoppeling import Terugkoppeling
from kernregister.kern.meldingen.toepassen import aggregaten, sleutel_van
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register.dossiers import dossiers
from kernregister.voorzieningen.register.journaal import Herkomst
from kernregister.voorzieningen.register.verwerking import verwerk

PER_KEER = 500
"""Meldingen in one transaction."""

Voortgang = Callable[[int], None]
"""Told how many meldingen are done."""


class Laaduitslag(Struct):
    """What came of loading a file."""

    instellingen: list[str]
    """One for each RO in the file: a zip may hold several."""
    aanvaard: int = 0
    ongewijzigd: int = 0
    """Passed over: the register holds it just so."""
    afgekeurd: list[Terugkoppeling] = []
    verslagen: list[Verslag] = []
    """What the reader had to say of each."""


def laad_ro(pad: Path, herkomst: Herkomst, voortgang: Voortgang | None = None) -> Laaduitslag:
    """Load an RO, a batch at a time; what was loaded stays when a later batch fails, and is skipped next time.

    Raises:
        OnbruikbaarBestand: the file is no RO, or is of another institution than the one that delivers it.
    """
    with open_levering(pad) as leveringen:
        uit = Laaduitslag([instelling_van_ro(levering, herkomst) for levering in leveringen])
        for levering, instelling in zip(leveringen, uit.instellingen, strict=True):
            uit.verslagen.append(levering.verslag)
            moment = datetime.combine(levering.kop.datum_aanmaak, time(12), UTC)
            partij: list[b.Overgenomen] = []
            for dossier in levering.dossiers():
                partij.extend(meldingen_van(dossier, instelling, moment))
                if len(partij) >= PER_KEER:
                    _verwerk(partij, herkomst, uit, voortgang)
                    partij = []
            _verwerk(partij, herkomst, uit, voortgang)
            levering.controleer_totalen()
    return uit


def instelling_van_ro(levering: Levering, herkomst: Herkomst) -> str:
    """Return whose RO it is."""
    if levering.indeling.naam != "RO":
        raise OnbruikbaarBestand(f"Dit is geen RO maar een {levering.indeling.naam}.")
    instelling: str = levering.kop.instellingscode
    if herkomst.instelling not in {"", instelling}:
        raise OnbruikbaarBestand(f"Dit RO is van instelling {instelling}, niet van {herkomst.instelling}.")
    return instelling


def _verwerk(
    partij: list[b.Overgenomen], herkomst: Herkomst, uit: Laaduitslag, voortgang: Voortgang | None
) -> None:
    nieuw = zonder_bekende(partij)
    uit.ongewijzigd += len(partij) - len(nieuw)
    for antwoord in verwerk(nieuw, herkomst) if nieuw else ():
        if antwoord.aanvaard:
            uit.aanvaard += 1
        else:
            uit.afgekeurd.append(antwoord)
    if voortgang:
        voortgang(uit.aanvaard + uit.ongewijzigd + len(uit.afgekeurd))


def zonder_bekende(partij: Sequence[b.Overgenomen]) -> list[b.Overgenomen]:
    """Leave out what the register holds just so; of a key that comes more than once, the last decides."""
    wie = personen.zoek({m.pgn for m in partij})
    bekend = {
        (persoon, sleutel_van(aggregaat)): aggregaat
        for persoon, dossier in dossiers(set(wie.values()))
        for aggregaat in aggregaten(dossier)
    }
    sleutels = [(wie.get(m.pgn, 0), m.pgn, sleutel_van(_aggregaat(m))) for m in partij]
    laatste = {sleutel: _aggregaat(m) for m, sleutel in zip(partij, sleutels, strict=True)}
    return [
        m
        for m, (persoon, pgn, sleutel) in zip(partij, sleutels, strict=True)
        if bekend.get((persoon, sleutel)) != laatste[persoon, pgn, sleutel]
    ]


def _aggregaat(melding: b.Overgenomen) -> Any:
    if isinstance(melding, b.OvernemenInschrijving):
        return melding.inschrijving
    return melding.diploma if isinstance(melding, b.OvernemenDiploma) else melding.resultaat


def meldingen_van(dossier: Dossier, instelling: str, moment: datetime) -> Iterator[b.Overgenomen]:
    """Give the meldingen that register what a dossier holds of one institution: parents before children."""
    wie = dossier.persoon
    for inschrijving in dossier.inschrijvingen:
        nummers = _nummers(dossier, inschrijving.op_onderwijsnummer)
        yield b.OvernemenInschrijving(
            id=uuid4(),
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
            "id": uuid4(),
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
