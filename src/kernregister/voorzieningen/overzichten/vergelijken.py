"""Two overviews of one institution side by side: the difference list that goes with an OBO, and any two at request."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from msgspec import structs

from kernregister.kern.formaten.verslag import OnbruikbaarBestand
from kernregister.kern.formaten.zippen import zip_bestanden
from kernregister.kern.tijd import Studiejaar
from kernregister.platform.pas import Bijzonder
from kernregister.platform.sql import STELSEL
from kernregister.platform.stukken import Vernietigd
from kernregister.voorzieningen.overzichten import bewaren, soorten
from kernregister.voorzieningen.overzichten.fouten import Mislukt
from kernregister.voorzieningen.overzichten.models import Aanvraag, Toestand
from kernregister.voorzieningen.overzichten.soorten import Bezwaar, Meld, Soort, Vraag
from kernregister.voorzieningen.overzichten.steekproef import Steekproef
from kernregister.voorzieningen.overzichten.uitleg import Bron, schrijf_uitleg
from kernregister.voorzieningen.overzichten.vastgelegd import vraag_van

VORIGE = "vorige"
"""In ``extra`` of an OBO: the request of the OBO that it is compared with."""

VERGELIJKBAAR = ("OBO", "RO")
_OUD, _NIEUW, _STEEKPROEF = "oud", "nieuw", "steekproef"


def open_bestand(aanvraag_id: UUID, map_: Path) -> Bron:
    """Put the file that a request is about in a folder, in the clear, and return where it is and what it rests on.

    One that is no longer kept is made again at its stand; it counts only when it is the same to the byte.

    Raises:
        LookupError: there is no such request, it is not done, or its file is not kept and cannot be made again.
        Geschonden: what is kept is not what was made.
    """
    bestand = bewaren.hoofdbestand(aanvraag_id)
    pad = map_ / bestand.naam
    try:
        with pad.open("wb") as doel:
            for stuk in bewaren.bestand(bestand.id):
                doel.write(stuk)
    except Vernietigd:
        pad = _hermaak(bestand.aanvraag, map_)
        if _som(pad) != bestand.sha256:
            raise
    return Bron(pad, bestand.aanvraag.stand or 0, bestand.sha256)


class _Stil:
    """Nobody follows what is made again; whose data it holds was told when it was made."""

    def __call__(self, gedaan: int, totaal: int) -> None:
        """Tell nobody."""

    def verstrekt(self, personen: Iterable[int]) -> None:
        """Tell nobody."""


def _hermaak(aanvraag: Aanvraag, map_: Path) -> Path:
    soort = soorten.soort(aanvraag.soort)
    if soort is None or soort.hoofd is None:
        raise Vernietigd("dit bestand is er niet meer")
    return soort.hoofd(vraag_van(aanvraag), map_, _Stil())


def _som(pad: Path) -> str:
    with pad.open("rb") as bron:
        return hashlib.file_digest(bron, "sha256").hexdigest()


def vorige_obo(vraag: Vraag) -> UUID | None:
    """Return the OBO of the same studiejaar before this one; None: this is the first.

    It is the one as known last, and no later than this: what was asked again as known long ago is not the one before.
    Of those of one stand, which are equal, it is the one that was asked last.
    """
    van = Aanvraag.objects.using(STELSEL).filter(
        soort="OBO", instelling=vraag.instelling, studiejaar=str(vraag.studiejaar), toestand=Toestand.KLAAR
    )
    return (
        van.filter(stand__lte=vraag.stand, bewaard_tot__gt=_dag(vraag))
        .order_by("-stand", "-aangevraagd_op", "-id")
        .values_list("id", flat=True)
        .first()
    )


def _dag(vraag: Vraag) -> date:
    return vraag.aangevraagd_op.date()


def met_vorige(vraag: Vraag, pad: Path, map_: Path, meld: Meld) -> list[Path]:
    """Write what differs from the OBO before this one, explained; nothing for the first of a studiejaar."""
    vorige = vraag.extra.get(VORIGE)
    if vorige is None:
        return []
    klad = map_ / VORIGE
    klad.mkdir()
    try:
        oud = open_bestand(UUID(vorige), klad)
    except LookupError:
        raise Mislukt(
            "Het OBO waarmee dit wordt vergeleken, wordt niet meer bewaard. Vraag een nieuw OBO aan in plaats van "
            "hetzelfde opnieuw."
        ) from None
    return _leg_uit(oud, Bron(pad, vraag.stand, _som(pad)), vraag, map_, meld)


def _leg_uit(oud: Bron, nieuw: Bron, vraag: Vraag, map_: Path, meld: Meld) -> list[Path]:
    try:
        return schrijf_uitleg(
            oud,
            nieuw,
            vraag.instelling,
            vraag.studiejaar,
            map_,
            steekproef=_steekproef(vraag.extra),
            gegevens_versie=vraag.gegevens_versie,
            meld=meld,
            verstrekt=meld.verstrekt,
        )
    except OnbruikbaarBestand as fout:
        raise Mislukt(str(fout)) from fout


def controleer_steekproef(vraag: Vraag) -> list[Bezwaar]:
    """Return what is wrong with the sample that is asked for."""
    try:
        _steekproef(vraag.extra)
    except ValueError as fout:
        tekst = str(fout)
        if isinstance(fout, msgspec.ValidationError):
            tekst = "Een steekproef heeft een omvang (een getal) en een zaad (een tekst)."
        return [Bezwaar("steekproef", tekst)]
    return []


def _steekproef(extra: Mapping[str, Any]) -> Steekproef | None:
    """Return the sample that is asked for.

    Raises:
        ValueError: it is none.
    """
    gegeven = extra.get(_STEEKPROEF)
    return None if gegeven is None else msgspec.convert(gegeven, Steekproef)


# --------------------------------------------------------------------------- any two that are asked


def _twee(vraag: Vraag) -> tuple[Aanvraag, Aanvraag] | None:
    """Return the two requests that are compared, the earlier stand first; None when they cannot be."""
    try:
        ids = [UUID(str(vraag.extra[welke])) for welke in (_OUD, _NIEUW)]
    except (KeyError, ValueError):
        return None
    gevonden = Aanvraag.objects.using(STELSEL).filter(
        id__in=ids, instelling=vraag.instelling, soort__in=VERGELIJKBAAR, toestand=Toestand.KLAAR
    )
    een, ander = (
        sorted(gevonden, key=lambda a: (a.stand or 0, ids.index(a.id)))
        if len(gevonden) == 2
        else (None, None)
    )
    if een is None or ander is None or (een.soort, een.studiejaar) != (ander.soort, ander.studiejaar):
        return None
    return een, ander


def _controleer(vraag: Vraag) -> list[Bezwaar]:
    bezwaren = controleer_steekproef(vraag)
    twee = _twee(vraag)
    if twee is None:
        bezwaren.append(
            Bezwaar(
                "vergelijking",
                "Kies twee verschillende aanvragen van deze instelling die klaar zijn: twee OBO's van hetzelfde "
                "studiejaar of twee RO's.",
            )
        )
    elif ontbreekt := _bijzonder(vraag) - vraag.mag:
        wat = " en ".join(sorted(f"{een.value}.lezen" for een in ontbreekt))
        bezwaren.append(
            Bezwaar("autorisatie", f"U heeft geen of onvoldoende autorisatie: deze overzichten vragen {wat}.")
        )
    return bezwaren


def _vul_aan(vraag: Vraag) -> Vraag:
    twee = _twee(vraag)
    assert twee is not None
    oud, nieuw = twee
    jaar = Studiejaar.lees(oud.studiejaar) if oud.studiejaar else None
    extra = {**vraag.extra, _OUD: str(oud.id), _NIEUW: str(nieuw.id)}
    return structs.replace(vraag, studiejaar=jaar, extra=extra)


def _bijzonder(vraag: Vraag) -> frozenset[Bijzonder]:
    """What is in either of the two is in the comparison."""
    return frozenset(Bijzonder(een) for aanvraag in _twee(vraag) or () for een in aanvraag.bijzonder)


def _maak(vraag: Vraag, map_: Path, meld: Meld) -> list[Path]:
    """All difference files with their explanation, and a zip of them."""
    bronnen = []
    for welke in (_OUD, _NIEUW):
        klad = map_ / welke
        klad.mkdir()
        try:
            bronnen.append(open_bestand(UUID(vraag.extra[welke]), klad))
        except LookupError:
            raise Mislukt(
                "Een van de twee overzichten wordt niet meer bewaard. Vraag het opnieuw aan, als bekend op hetzelfde "
                "moment, en vergelijk daarmee."
            ) from None
    paden = _leg_uit(bronnen[0], bronnen[1], vraag, map_, meld)
    naam = f"VERGELIJKING_{vraag.instelling}_{vraag.peildag:%Y%m%d}.ZIP"
    return [*paden, zip_bestanden(map_ / naam, paden)]


def _slot(vraag: Vraag) -> str:
    """Of the same two one at a time."""
    paar = f"{vraag.extra.get(_OUD)}{vraag.extra.get(_NIEUW)}"
    return hashlib.sha256(paar.encode()).hexdigest()[:40]


VERGELIJKING = Soort(
    naam="VERGELIJKING",
    controleer=_controleer,
    maak=_maak,
    vul_aan=_vul_aan,
    slot=_slot,
    wisselend=_bijzonder,
    accountant=True,
)
