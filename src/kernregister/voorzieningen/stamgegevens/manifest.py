"""The manifest of an import: which files hold which lists, and how they are written.

A manifest is a TOML file beside the files; a file with the columns of its list needs none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from msgspec import Struct, ValidationError, convert

from kernregister.kern.formaten.bron import lees_toml
from kernregister.kern.formaten.verslag import OnbruikbaarBestand, Verslag
from kernregister.kern.parameters import lees
from kernregister.kern.tijd import Studiejaar
from kernregister.voorzieningen.stamgegevens.inlezen import Bestand, rijen
from kernregister.voorzieningen.stamgegevens.kolommen import kolommen_van
from kernregister.voorzieningen.stamgegevens.lijsten import LIJSTEN, ExamenonderdeelRij, Lijst

BEGINSET: Final = Path(__file__).parent / "beginset" / "manifest.toml"
"""The manifest of the set that comes along."""

MEESTE_BESTANDEN: Final = 100


class Manifest(Struct, frozen=True, forbid_unknown_fields=True):
    """What a manifest says."""

    bestanden: list[Bestand]
    omschrijving: str = ""


class Toevoer:
    """Rows for one list, to be imported as part of its next edition.

    Args:
        lijst: the list.
        rijen: the rows with their line numbers, asked for once.
        verslag: what reading them has to say.
        bestand: whether they are the list of today, of what day, and from where.
    """

    def __init__(
        self,
        lijst: Lijst,
        rijen: Iterable[tuple[int, Any]],
        verslag: Verslag,
        bestand: Bestand,
    ) -> None:
        self.lijst, self.rijen, self.verslag = lijst, rijen, verslag
        self.actueel, self.stand_op, self.bron = bestand.actueel, bestand.stand_op, bestand.bron


def lees_bronnen(paden: Iterable[Path]) -> list[Toevoer]:
    """Return what manifests and files named after their list hold.

    Raises:
        OnbruikbaarBestand: a manifest is wrong, or a file has the name of no list; the text says all of it.
    """
    uit: list[Toevoer] = []
    for pad in paden:
        if pad.suffix.lower() == ".toml":
            uit += lees_manifest(pad)
        else:
            uit.append(_uit_bestand(pad, Bestand(pad.stem.lower(), pad.name, bron=pad.name)))
    return uit


def lees_beginset() -> list[Toevoer]:
    """Return the set that comes along: programmes of 2015, BRP tables and generic exam parts."""
    return [*lees_manifest(BEGINSET), _examenonderdelen()]


def lees_manifest(pad: Path) -> list[Toevoer]:
    """Return what the files of a manifest hold.

    Raises:
        OnbruikbaarBestand: the manifest cannot be read, or says what cannot be; the text says all of it.
    """
    try:
        manifest = convert(lees_toml(pad), Manifest)
    except ValidationError as fout:
        raise OnbruikbaarBestand(
            f"{pad.name}: dit is geen manifest van stamgegevens. Het gaat mis bij {_plek(fout)}. Verwacht een of meer "
            f"[[bestanden]] met lijst en bestand; mogelijk zijn ook: {', '.join(Bestand.__struct_fields__[2:])}."
        ) from None
    klachten = list(_klachten(manifest, pad.parent))
    if klachten:
        raise OnbruikbaarBestand("\n".join(f"{pad.name}: {klacht}" for klacht in klachten))
    return [_uit_bestand(pad.parent / bestand.bestand, bestand) for bestand in manifest.bestanden]


def _plek(fout: ValidationError) -> str:
    tekst = str(fout)
    if "unknown field" in tekst or "missing required field" in tekst:
        return tekst.split("`")[1]
    return tekst.partition("$.")[2].rstrip("`") or "het begin"


def _klachten(manifest: Manifest, map_: Path) -> Iterator[str]:
    if not 1 <= len(manifest.bestanden) <= MEESTE_BESTANDEN:
        yield f"verwacht 1 tot en met {MEESTE_BESTANDEN} bestanden."
    for bestand in manifest.bestanden:
        if not (map_ / bestand.bestand).resolve().is_relative_to(map_.resolve()):
            yield f"bestand '{bestand.bestand}' ligt buiten de map van het manifest. Zet het erin."
        lijst = LIJSTEN.get(bestand.lijst)
        if lijst is None:
            yield f"lijst '{bestand.lijst}' bestaat niet. Kies uit: {', '.join(LIJSTEN)}."
            continue
        bekend = kolommen_van(lijst.rij)
        genoemd = {*bestand.kolommen, *bestand.vast, *bestand.waarden}
        for kolom in sorted(genoemd - bekend.keys()):
            yield f"de lijst {lijst.naam} heeft geen kolom '{kolom}'. Wel: {', '.join(bekend)}."


def _uit_bestand(pad: Path, bestand: Bestand) -> Toevoer:
    lijst = LIJSTEN.get(bestand.lijst)
    if lijst is None:
        raise OnbruikbaarBestand(
            f"{pad.name}: er is geen lijst '{bestand.lijst}'. Noem het bestand naar zijn lijst, of geef een manifest. "
            f"Lijsten: {', '.join(LIJSTEN)}."
        )
    verslag = Verslag(pad.name)
    return Toevoer(lijst, rijen(pad, bestand, lijst, verslag), verslag, bestand)


def _examenonderdelen() -> Toevoer:
    """Return the generic exam parts, which stand among the parameters of the rules."""
    lijst, parameters = LIJSTEN["examenonderdelen"], lees("examenonderdelen")
    onderdelen = [
        ExamenonderdeelRij(
            examenonderdeel=code,
            naam=onderdeel["omschrijving"],
            vak=onderdeel["vak"],
            aanname="J" if "bron" in onderdeel else "N",
            datum_begin=Studiejaar(onderdeel["studiejaar"]).begin,
        )
        for code, onderdeel in parameters["onderdelen"].items()
    ]
    herkomst = Bestand(lijst.naam, "", bron=parameters["bron"])
    return Toevoer(lijst, enumerate(onderdelen, 1), Verslag(lijst.bestand), herkomst)
