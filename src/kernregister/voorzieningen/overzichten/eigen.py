"""The kinds of this room: RO, OBO and KWC; what each checks, with the manual's own objections, and how it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from kernregister.kern.dossier import Dossier
from kernregister.kern.formaten import obo, ro
from kernregister.kern.formaten.schrijven import schrijf_obo, schrijf_ro
from kernregister.kern.gegevens import Soort as Instellingssoort
from kernregister.kern.overzichten.selectie import voor_obo, voor_ro
from kernregister.kern.tijd import DAG, jaren_na
from kernregister.platform.pas import Bijzonder
from kernregister.voorzieningen.overzichten.soorten import Bezwaar, Meld, Soort, Vraag, registreer
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.stamgegevens import public as stamgegevens

LANGSTE_JAREN = 2
"""Most years of the selection period of an RO (Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 09)."""

_RO, _OBO = frozenset({Bijzonder.ONDERSTEUNING}), frozenset({Bijzonder.VERBLIJF})
"""Special data that each of them holds."""


def _controleer_ro(vraag: Vraag) -> list[Bezwaar]:
    """h. 09: begin and end are filled, begin is not after end, and the period is at most two years."""
    if vraag.begin is None or vraag.einde is None:
        return [
            Bezwaar("periode-leeg", "De begin- en einddatum van de periode zijn niet gevuld. Vul ze beide.")
        ]
    if vraag.begin > vraag.einde:
        return [
            Bezwaar("periode-volgorde", "De begindatum van de periode ligt na de einddatum. Draai ze om.")
        ]
    if vraag.einde >= jaren_na(vraag.begin, LANGSTE_JAREN):
        laatste = jaren_na(vraag.begin, LANGSTE_JAREN) - DAG
        return [
            Bezwaar(
                "periode-lengte",
                f"De aangevraagde periode is meer dan twee jaren. Kies een einddatum tot en met {laatste}.",
            )
        ]
    return []


def _maak_ro(vraag: Vraag, map_: Path, meld: Meld) -> list[Path]:
    begin, einde = vraag.begin, vraag.einde
    assert begin is not None
    assert einde is not None
    pad = map_ / f"RO_{vraag.instelling}_{begin:%Y%m%d}_{einde:%Y%m%d}.CSV"
    kop = ro.Vlp(vraag.instelling, begin, einde, vraag.peildag)
    schrijf_ro(pad, kop, _gekozen(vraag, meld, _RO, lambda d: voor_ro(d, vraag.instelling, begin, einde)))
    return [pad]


def _controleer_obo(vraag: Vraag) -> list[Bezwaar]:
    """h. 12: not of a niet-bekostigde instelling; and of a studiejaar that has begun."""
    bezwaren = []
    if vraag.studiejaar is None:
        bezwaren.append(Bezwaar("studiejaar-leeg", "Kies een studiejaar, zoals 2025-2026."))
    elif vraag.studiejaar.begin > vraag.peildag:
        bezwaren.append(
            Bezwaar("studiejaar-toekomst", f"Het studiejaar {vraag.studiejaar} is nog niet begonnen.")
        )
    bekend = stamgegevens.gegevens_van(vraag.gegevens_versie).instellingen.get(vraag.instelling)
    if bekend is not None and bekend.soort == Instellingssoort.NBI:
        bezwaren.append(
            Bezwaar(
                "niet-bekostigd",
                f"De instellingscode {vraag.instelling} is van een niet-bekostigde instelling; een OBO is er alleen "
                "voor bekostigde instellingen.",
            )
        )
    return bezwaren


def _maak_obo(vraag: Vraag, map_: Path, meld: Meld) -> list[Path]:
    jaar = vraag.studiejaar
    assert jaar is not None
    pad = map_ / f"OBO_{vraag.instelling}_{jaar.start}_{vraag.peildag:%Y%m%d}.CSV"
    kop = obo.Vlp(str(jaar), vraag.instelling, vraag.peildag, vraag.peildag)
    schrijf_obo(pad, kop, _gekozen(vraag, meld, _OBO, lambda d: voor_obo(d, vraag.instelling, jaar)))
    return [pad]


def _gekozen(
    vraag: Vraag, meld: Meld, bijzonder: frozenset[Bijzonder], kies: Callable[[Dossier], Dossier | None]
) -> Iterator[Dossier]:
    for persoon, dossier in register.van_instelling(vraag.instelling, vraag.stand, bijzonder):
        if (gekozen := kies(dossier)) is not None:
            meld.verstrekt([persoon])
            yield gekozen


def _slot_ro(vraag: Vraag) -> str:
    """Several ROs a day, with different periods (h. 09): of one period one at a time."""
    return f"{vraag.begin}/{vraag.einde}"


def registreer_alle() -> None:
    """Register the kinds of this room."""
    registreer(
        Soort(
            naam="RO",
            controleer=_controleer_ro,
            maak=_maak_ro,
            slot=_slot_ro,
            bijzonder=_RO,
            uitgesteld=True,
        )
    )
    registreer(
        Soort(
            naam="OBO",
            controleer=_controleer_obo,
            maak=_maak_obo,
            bijzonder=_OBO,
            een_per_dag=True,
            uitgesteld=True,
            accountant=True,
        )
    )
