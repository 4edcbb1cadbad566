"""Opening what is to be checked: which files, of whom, made when, and what they make it possible to judge."""

from __future__ import annotations

import re
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from msgspec import Struct, structs

from kernregister.controle.uitslag import Bestand
from kernregister.kern.formaten.lezen import Levering, open_levering
from kernregister.kern.formaten.verslag import OnbruikbaarBestand, Verslag
from kernregister.kern.gegevens import Bron, Gegevens, Instelling, Soort

EERSTE_JAAR, LAATSTE_JAAR = 1900, 2999
"""Between these lies a peildatum: a studiejaar and what is around it then fit in the calendar."""


class Opdracht(Struct, frozen=True):
    """What to check, and with what. See the command ``controleer`` for the meaning of each."""

    bestanden: tuple[Path, ...]
    peildatum: date | None = None
    instelling: str | None = None
    soort: Soort | None = None
    stamgegevens: Path | None = None
    personen: Path | None = None
    ook: tuple[Path, ...] = ()
    processen: int = 2


class Bronbestand(Struct):
    """A delivery at work. ``verkend`` keeps what the first look had to say, while the parts are read."""

    levering: Levering
    bestand: Bestand
    verkend: Verslag


def open_alle(paden: list[tuple[Path, bool]], stapel: ExitStack) -> list[Bronbestand]:
    """Open all deliveries, or say of all that cannot be used why not.

    Raises:
        OnbruikbaarBestand: of one or more files nothing can be used.
    """
    leveringen, redenen = [], []
    for pad, ook in paden:
        try:
            leveringen += _open(pad, ook, stapel)
        except OnbruikbaarBestand as fout:
            redenen.append(str(fout))
    if redenen:
        raise OnbruikbaarBestand("\n".join(dict.fromkeys(redenen)))
    return leveringen


def _open(pad: Path, ook: bool, stapel: ExitStack) -> list[Bronbestand]:
    """Open the deliveries in a file: itself, or what a zip holds."""
    leveringen = []
    for levering in stapel.enter_context(open_levering(pad)):
        kop = levering.kop
        bestand = Bestand(
            levering.verslag.bestand,
            levering.indeling.naam,
            getattr(kop, "instellingscode", ""),
            getattr(kop, "datum_begin_periode", None),
            getattr(kop, "datum_einde_periode", None),
            getattr(kop, "datum_aanmaak", None) or _dag_in_naam(levering.verkenning.pad.name),
            ook,
        )
        leveringen.append(Bronbestand(levering, bestand, levering.verslag))
    return leveringen


def _dag_in_naam(naam: str) -> date | None:
    """Return the day at the end of a file's name: a TBG-i says nowhere else when it was made."""
    gevonden = re.search(r"_(\d{8})\.xml$", naam, re.ASCII | re.IGNORECASE)
    try:
        return date.fromisoformat(gevonden[1]) if gevonden else None
    except ValueError:
        return None


def eigen_instellingen(opdracht: Opdracht, leveringen: list[Bronbestand]) -> frozenset[str]:
    """Return whose records are judged: of the files themselves, or the one institution asked for.

    The files of others are then only read along.
    """
    eigen = frozenset(b.bestand.instelling for b in leveringen if not b.bestand.ook)
    if opdracht.instelling is None:
        return eigen
    if opdracht.instelling not in eigen:
        raise OnbruikbaarBestand(
            f"Geen van de bestanden is van instelling {opdracht.instelling}; wel van {', '.join(sorted(eigen))}."
        )
    for bron in leveringen:
        if bron.bestand.instelling != opdracht.instelling:
            bron.bestand = structs.replace(bron.bestand, ook=True)
    return frozenset({opdracht.instelling})


def peildatum_van(opdracht: Opdracht, leveringen: list[Bronbestand]) -> date:
    """Return the peildatum: as asked, or the day on which the newest of the files was made."""
    if opdracht.peildatum is not None:
        return _binnen_grenzen(opdracht.peildatum)
    gemaakt = [b.bestand.aanmaak for b in leveringen if b.bestand.aanmaak and not b.bestand.ook]
    if not gemaakt:
        raise OnbruikbaarBestand(
            "Geen van de bestanden zegt op welke dag het is gemaakt. Geef die dag op met --peildatum."
        )
    return _binnen_grenzen(max(gemaakt))


def _binnen_grenzen(peildatum: date) -> date:
    if not EERSTE_JAAR <= peildatum.year < LAATSTE_JAAR:
        raise OnbruikbaarBestand(
            f"De peildatum {peildatum} kan niet: verwacht een dag van {EERSTE_JAAR} tot {LAATSTE_JAAR}. "
            "Is de dag waarop een bestand is gemaakt onjuist, geef dan --peildatum op."
        )
    return peildatum


def vul_aan(
    gegevens: Gegevens,
    opdracht: Opdracht,
    bronnen: frozenset[Bron],
    leveringen: list[Bronbestand],
    eigen: frozenset[str],
    verslag: Verslag,
) -> Gegevens:
    """Return the reference data with what the other files make possible, and with the kind that was asked for."""
    if len({b.bestand.instelling for b in leveringen if _draagt(b, "Inschrijvingsperiode")}) > 1:
        bronnen |= {Bron.ANDERE_INSTELLINGEN}
    if all(_draagt(b, "Persoon.datum_overlijden") for b in leveringen if not b.bestand.ook):
        bronnen |= {Bron.OVERLIJDEN}
    instellingen = dict(gegevens.instellingen)
    for code in sorted(eigen):
        if opdracht.soort is not None:
            instelling = instellingen.get(code) or Instelling(code)
            instellingen[code] = structs.replace(instelling, soort=opdracht.soort)
        elif code not in instellingen:
            verslag.opmerking(
                "soort_aangenomen",
                "Of de instelling bekostigd is, staat niet in de stamgegevens; aangenomen is bekostigd (BI). "
                "Geef --soort NBI op als dat anders is.",
                waarde=code,
            )
    return structs.replace(gegevens, beschikbaar=gegevens.beschikbaar | bronnen, instellingen=instellingen)


def _draagt(bron: Bronbestand, wat: str) -> bool:
    """Tell whether a delivery carries a record or field of the dossier."""
    return wat not in bron.levering.indeling.ontbreekt
