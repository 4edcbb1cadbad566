"""Two overviews of an institution side by side, with every difference explained: the OBOV files and more beside them.

What nobody else can say: which melding made a difference, who sent it and when, which teldatum it touches, and what it
is worth. All files follow from the two overviews, the stands and the reference data: the same again, the same bytes.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from kernregister import __version__
from kernregister.kern.bekostiging.beslissen import Beslisser
from kernregister.kern.bekostiging.parameters import OnbekendJaar
from kernregister.kern.formaten.herkennen import herken
from kernregister.kern.formaten.indeling import Indeling
from kernregister.kern.formaten.lezen import Levering
from kernregister.kern.formaten.obov import schrijf_obov
from kernregister.kern.formaten.samenloop import in_volgorde
from kernregister.kern.formaten.totalen import totalen_van
from kernregister.kern.formaten.verslag import OnbruikbaarBestand, Verslag
from kernregister.kern.overzichten.verklaring import Overzicht
from kernregister.kern.tijd import Studiejaar
from kernregister.kern.verschil import (
    LIJSTEN,
    Vergelijking,
    Verschil,
    controleer_vergelijkbaar,
    kop_van,
)
from kernregister.voorzieningen.overzichten.steekproef import METHODE, Steekproef, Trekking, trek
from kernregister.voorzieningen.overzichten.uitleg_personen import Vraagstuk, leg_uit
from kernregister.voorzieningen.overzichten.uitleg_regels import Uitlegregel, schrijf_csv, schrijf_json
from kernregister.voorzieningen.overzichten.uitleg_werkmap import Onderbouwing, schrijf_werkmap
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.stamgegevens import public as stamgegevens

_BLOK: Final = 1 << 20


class Bron(Struct, frozen=True):
    """An overview that was made here: its file, as known at which stand, and the hash that was kept."""

    pad: Path
    stand: int
    sha256: str


class Vergeleken(Struct):
    """Two overviews that were compared: what they are, what differs, and what was counted in each."""

    leveringen: tuple[Levering, Levering]
    overzicht: Overzicht
    andere_periode: bool
    verschillen: list[Verschil]
    totalen: tuple[dict[str, int], dict[str, int]]


def schrijf_uitleg(
    oud: Bron,
    nieuw: Bron,
    instelling: str,
    studiejaar: Studiejaar | None,
    map_: Path,
    *,
    steekproef: Steekproef | None = None,
    gegevens_versie: int | None = None,
    meld: Callable[[int, int], None] | None = None,
    verstrekt: Callable[[Iterable[int]], None] | None = None,
) -> list[Path]:
    """Compare two overviews and write what differs, with why; return the files.

    They are the difference files of the PvE, and beside them ``UITLEG_...`` as CSV, JSON and Excel workbook.

    Args:
        oud: the earlier overview.
        nieuw: the later one.
        instelling: whose they are.
        studiejaar: of two OBO's; None: they are RO's, and nothing is said of funding.
        map_: where the files go.
        steekproef: which sample to draw; None: the workbook has none.
        gegevens_versie: version of the reference data that funding is decided with; None: the one of now.
        meld: told how many differences are explained, of how many.
        verstrekt: told of which persons there are data in the files.

    Raises:
        OnbruikbaarBestand: a file is not the one that was made here, or the two do not belong together.
    """
    _controleer(oud, nieuw)
    with tempfile.TemporaryDirectory(prefix="kernregister-") as klad:
        vergeleken = _vergelijk(oud.pad, nieuw.pad, instelling, studiejaar, Path(klad))
        lijst = LIJSTEN[vergeleken.leveringen[0].indeling.naam]
        koppen = tuple(levering.kop for levering in vergeleken.leveringen)
        dag = koppen[1].datum_aanmaak
        paden = schrijf_obov(map_, lijst, kop_van(lijst, *koppen), vergeleken.verschillen, dag=dag)
    versie = stamgegevens.versie() if gegevens_versie is None else gegevens_versie
    beslis = _beslisser(vergeleken.overzicht, versie)
    vraagstuk = Vraagstuk(oud.stand, nieuw.stand, vergeleken.overzicht, vergeleken.andere_periode, beslis)
    regels = _leg_uit(vergeleken.verschillen, vraagstuk, meld, verstrekt)
    onderbouwing = Onderbouwing(
        vergeleken.overzicht,
        (_als_bron(oud, koppen[0]), _als_bron(nieuw, koppen[1])),
        vergeleken.totalen,
        beslis.kader.parameters.kenmerk if beslis else None,
        versie,
        __version__,
    )
    naam = f"UITLEG_{instelling}_{dag:%Y%m%d}"
    uit = [map_ / f"{naam}.{soort}" for soort in ("CSV", "JSON", "XLSX")]
    schrijf_csv(uit[0], regels)
    trekking = trek(steekproef, vergeleken.verschillen) if steekproef is not None else None
    schrijf_json(uit[1], onderbouwing.als_object() | _als_object(trekking), regels)
    schrijf_werkmap(uit[2], onderbouwing, lijst, regels, trekking)
    return [*paden, *uit]


def _controleer(oud: Bron, nieuw: Bron) -> None:
    """Refuse files that are not the ones that were made here, and stands in the wrong order."""
    fouten = []
    for bron, woord in ((oud, "oude"), (nieuw, "nieuwe")):
        try:
            with bron.pad.open("rb") as bestand:
                som = hashlib.file_digest(bestand, "sha256").hexdigest()
        except OSError:
            fouten.append(f"Het {woord} overzicht is er niet meer. Vraag het opnieuw aan.")
            continue
        if som != bron.sha256:
            fouten.append(
                f"Het {woord} overzicht is niet meer het bestand dat is gemaakt: de hash klopt niet. Vraag het "
                "opnieuw aan, als bekend op hetzelfde moment."
            )
    if oud.stand > nieuw.stand:
        fouten.append(
            "Het oude overzicht is van een latere stand dan het nieuwe. Verwissel de twee overzichten."
        )
    if fouten:
        raise OnbruikbaarBestand(" ".join(fouten))


def _vergelijk(
    oud: Path, nieuw: Path, instelling: str, studiejaar: Studiejaar | None, klad: Path
) -> Vergeleken:
    leveringen = _open(oud, klad / "oud"), _open(nieuw, klad / "nieuw")
    voor, na = (levering.verkenning for levering in leveringen)
    controleer_vergelijkbaar(voor, na, leveringen[1].verslag)
    try:
        overzicht, vorige = Overzicht.van_kop(na.kop), Overzicht.van_kop(voor.kop)
    except ValueError as fout:
        raise OnbruikbaarBestand(f"In het openingsrecord van de overzichten: {fout}.") from None
    if (overzicht.instelling, overzicht.studiejaar) != (instelling, studiejaar):
        gevraagd = f"{instelling}, {studiejaar}" if studiejaar else f"{instelling}, geen studiejaar"
        bevat = f"{overzicht.instelling}, {overzicht.studiejaar or 'geen studiejaar'}"
        raise OnbruikbaarBestand(
            f"De overzichten zijn niet van de instelling en het studiejaar die gevraagd zijn: gevraagd {gevraagd}, "
            f"in de bestanden {bevat}."
        )
    vergelijking = Vergelijking(voor, na, (leveringen[0].verslag, leveringen[1].verslag))
    verschillen = list(vergelijking.verschillen())
    for levering, tellingen in zip(leveringen, vergelijking.tellingen, strict=True):
        levering.tellingen.update(tellingen)
        levering.controleer_totalen()
    if fouten := [o.tekst for levering in leveringen for o in levering.verslag.fouten]:
        raise OnbruikbaarBestand(
            "Een van de overzichten is niet zoals het hier is gemaakt. " + " ".join(fouten)
        )
    totalen = [
        totalen_van(v.indeling.totalen, levering.tellingen)
        for v, levering in zip((voor, na), leveringen, strict=True)
    ]
    return Vergeleken(leveringen, overzicht, overzicht != vorige, verschillen, (totalen[0], totalen[1]))


def _open(pad: Path, kopie: Path) -> Levering:
    indeling = herken(pad)
    if not isinstance(indeling, Indeling) or indeling.naam not in LIJSTEN:
        raise OnbruikbaarBestand(
            f"{pad.name}: dit is een {indeling.naam}. Uitleg is er bij twee OBO's of twee RO's."
        )
    levering = Levering(pad, indeling, Verslag(pad.name))
    levering.verkenning = in_volgorde(levering.verkenning, levering.verslag, kopie)
    return levering


def _beslisser(overzicht: Overzicht, gegevens_versie: int) -> Beslisser | None:
    """Return what decides on funding; None of an RO, and of a year of which no values are known."""
    if overzicht.jaar is None:
        return None
    try:
        return Beslisser(overzicht.jaar, register.gegevens_van(gegevens_versie))
    except OnbekendJaar:
        return None


def _leg_uit(
    verschillen: list[Verschil],
    vraagstuk: Vraagstuk,
    meld: Callable[[int, int], None] | None,
    verstrekt: Callable[[Iterable[int]], None] | None,
) -> list[Uitlegregel]:
    regels: list[Uitlegregel] = []
    for stuk in leg_uit(verschillen, vraagstuk):
        regels += stuk
        if verstrekt is not None:
            verstrekt({regel.persoon for regel in stuk if regel.persoon is not None})
        if meld is not None:
            meld(len(regels), len(verschillen))
    return sorted(regels, key=lambda regel: regel.nummer)


def _als_bron(bron: Bron, kop: Any) -> dict[str, Any]:
    return {
        "bestand": bron.pad.name,
        "stand": bron.stand,
        "sha256": bron.sha256,
        "datum_aanmaak": kop.datum_aanmaak,
    }


def _als_object(trekking: Trekking | None) -> dict[str, Any]:
    if trekking is None:
        return {"steekproef": None}
    return {
        "steekproef": {
            "omvang": trekking.steekproef.omvang,
            "zaad": trekking.steekproef.zaad,
            "methode": METHODE,
            "strata": trekking.strata,
            "nummers": [getrokken.plaats + 1 for getrokken in trekking.getrokken],
        }
    }
