"""The kinds of this room: RO, OBO and KWC; what each checks, with the manual's own objections, and how it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import structs

from kernregister.kern.dossier import Dossier
from kernregister.kern.formaten import obo, ro
from kernregister.kern.formaten.schrijven import schrijf_obo, schrijf_ro
from kernregister.kern.formaten.zippen import zip_bestanden
from kernregister.kern.gegevens import Soort as Instellingssoort
from kernregister.kern.overzichten import namen
from kernregister.kern.overzichten.selectie import voor_obo, voor_ro
from kernregister.kern.tijd import DAG, jaren_na
from kernregister.platform.pas import Bijzonder
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.voorzieningen.overzichten import vergelijken
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
            Bezwaar(
                "periode-leeg",
                "De begin- en einddatum van de periode zijn niet gevuld. Vul ze allebei in.",
                "The first and the last day of the period are empty. Fill in both.",
            )
        ]
    if vraag.begin > vraag.einde:
        return [
            Bezwaar(
                "periode-volgorde",
                "De begindatum van de periode ligt na de einddatum. Draai ze om.",
                "The first day of the period comes after the last. Swap them.",
            )
        ]
    if vraag.einde >= jaren_na(vraag.begin, LANGSTE_JAREN):
        laatste = jaren_na(vraag.begin, LANGSTE_JAREN) - DAG
        return [
            Bezwaar(
                "periode-lengte",
                f"De aangevraagde periode is meer dan twee jaren. Kies een einddatum tot en met {laatste:%d-%m-%Y}.",
                f"The period is more than two years. Choose a last day up to and including {laatste:%d-%m-%Y}.",
            )
        ]
    return []


def _schrijf_ro(vraag: Vraag, map_: Path, meld: Meld) -> Path:
    begin, einde = vraag.begin, vraag.einde
    assert begin is not None
    assert einde is not None
    pad = map_ / namen.bestandsnaam_ro(vraag.instelling, begin, einde)
    kop = ro.Vlp(vraag.instelling, begin, einde, vraag.peildag)
    schrijf_ro(pad, kop, _gekozen(vraag, meld, _RO, lambda d: voor_ro(d, vraag.instelling, begin, einde)))
    return pad


def _maak_ro(vraag: Vraag, map_: Path, meld: Meld) -> list[Path]:
    return [_schrijf_ro(vraag, map_, meld)]


def _controleer_obo(vraag: Vraag) -> list[Bezwaar]:
    """h. 12: not of a niet-bekostigde instelling; and of a studiejaar that has begun."""
    bezwaren = []
    if vraag.studiejaar is None:
        bezwaren.append(
            Bezwaar(
                "studiejaar-leeg",
                "Kies een studiejaar, zoals 2025-2026.",
                "Choose a studiejaar, such as 2025-2026.",
            )
        )
    elif vraag.studiejaar.begin > vraag.peildag:
        bezwaren.append(
            Bezwaar(
                "studiejaar-toekomst",
                f"Het studiejaar {vraag.studiejaar} is nog niet begonnen.",
                f"Studiejaar {vraag.studiejaar} has not begun yet.",
            )
        )
    if stamgegevens.gegevens_van(vraag.gegevens_versie).soort_van(vraag.instelling) == Instellingssoort.NBI:
        bezwaren.append(
            Bezwaar(
                "niet-bekostigd",
                f"De instellingscode {vraag.instelling} is van een niet-bekostigde instelling; een OBO is er alleen "
                "voor bekostigde instellingen.",
                f"Institution {vraag.instelling} is not funded; an OBO is for funded institutions only.",
            )
        )
    return [*bezwaren, *vergelijken.controleer_steekproef(vraag)]


def _met_vorige(vraag: Vraag) -> Vraag:
    """Fix with which OBO it is compared: the last one of this studiejaar, as known no later than this one (h. 12)."""
    vorige = vergelijken.vorige_obo(vraag)
    extra = {naam: waarde for naam, waarde in vraag.extra.items() if naam != vergelijken.VORIGE}
    if vorige is not None:
        extra[vergelijken.VORIGE] = str(vorige)
    return structs.replace(vraag, extra=extra)


def _schrijf_obo(vraag: Vraag, map_: Path, meld: Meld) -> Path:
    jaar, dag = vraag.studiejaar, vraag.peildag
    assert jaar is not None
    pad = map_ / namen.bestandsnaam_obo(vraag.instelling, jaar, dag)
    kop = obo.Vlp(str(jaar), vraag.instelling, dag, dag)
    schrijf_obo(pad, kop, _gekozen(vraag, meld, _OBO, lambda d: voor_obo(d, vraag.instelling, jaar)))
    return pad


def _maak_obo(vraag: Vraag, map_: Path, meld: Meld) -> list[Path]:
    """The OBO and, from the second of a studiejaar, what differs from the one before, explained; and the zip of DUO.

    In the zip is what DUO puts in it (PvE MBO-instelling 13.3 and 14.3), so that what reads DUO's reads this one: the
    OBO and its difference files. The explanation of them stands beside it.
    """
    pad = _schrijf_obo(vraag, map_, meld)
    paden = [pad, *vergelijken.met_vorige(vraag, pad, map_, meld)]
    van_duo = [een for een in paden if een.name.startswith(("OBO_", "OBOV_"))]
    return [*paden, zip_bestanden(map_ / namen.zipnaam_obo(vraag.instelling, vraag.peildag), van_duo)]


def _gekozen(
    vraag: Vraag, meld: Meld, bijzonder: frozenset[Bijzonder], kies: Callable[[Dossier], Dossier | None]
) -> Iterator[Dossier]:
    """Give what belongs in an overview, telling how far it is and of whom it is."""
    totaal = register.aantal_betrokkenen(vraag.instelling)
    dossiers = register.van_instelling(vraag.instelling, vraag.stand, bijzonder)
    for gedaan, (persoon, dossier) in enumerate(dossiers, 1):
        if (gekozen := kies(dossier)) is not None:
            meld.verstrekt((persoon,))
            yield gekozen
        if not gedaan % _PER_MELDING:
            meld(gedaan, max(gedaan, totaal))


_PER_MELDING = 1000


def _geen_bezwaar(vraag: Vraag) -> list[Bezwaar]:
    return []


def _maak_kwc(vraag: Vraag, map_: Path, meld: Meld) -> list[Path]:
    """h. 06: kwaliteitscontrole.csv, as known at the stand; special data as far as the asker may read them."""
    inhoud, wie = kwaliteit.kwc_op_stand(vraag.instelling, vraag.stand, vraag.peilmoment, vraag.mag)
    meld.verstrekt(wie)
    pad = map_ / "kwaliteitscontrole.csv"
    pad.write_bytes(inhoud)
    return [pad]


def _slot_ro(vraag: Vraag) -> str:
    """Several ROs a day, with different periods (h. 09): of one period one at a time."""
    return f"{vraag.begin}/{vraag.einde}"


SOORTEN = (
    Soort(
        naam="RO",
        controleer=_controleer_ro,
        maak=_maak_ro,
        hoofd=_schrijf_ro,
        slot=_slot_ro,
        bijzonder=_RO,
        uitgesteld=True,
    ),
    Soort(
        naam="OBO",
        controleer=_controleer_obo,
        maak=_maak_obo,
        hoofd=_schrijf_obo,
        vul_aan=_met_vorige,
        bijzonder=_OBO,
        een_per_dag=True,
        uitgesteld=True,
        accountant=True,
    ),
    Soort(naam="KWC", controleer=_geen_bezwaar, maak=_maak_kwc, wisselend=lambda vraag: vraag.mag),
    vergelijken.VERGELIJKING,
)


def registreer_alle() -> None:
    """Register the kinds of this room."""
    for een in SOORTEN:
        registreer(een)
