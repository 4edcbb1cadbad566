"""What a page may show: found with the pass of the visitor, so another institution's does not exist."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from msgspec import Struct

from kernregister.kern.regels.paspoort import Tekst
from kernregister.voorzieningen.register import public as register
from kernregister.web.administratie.models import Koppeling, Opdracht, Vergelijking, Verschil
from kernregister.web.administratie.rijen import Apart, apart_van
from kernregister.web.portaal.administratie.woorden import AFLOOP, NIVEAU, groepnaam, recordnaam, waarde_van
from kernregister.web.portaal.bezoek import Bezoek

ACTIVITEIT = "administratie-vergelijken"
_WAARDEN, _RECORDS = 3, 3
"""How much of a missing record, and of how many, is shown in a line."""


class Rij(Struct, frozen=True):
    """A difference as a list shows it."""

    id: int
    persoon: int | None
    heeft_dossier: bool
    """The studentdossier opens."""
    studentnummer: str
    naam: str
    record: Tekst
    wat: Tekst
    register: str
    eigen: str
    rij: int
    raakt_bekostiging: bool
    sluit: list[str]
    afloop: str
    afloop_naam: Tekst
    antwoord: dict[str, Any]
    formulier: str
    """Which task of the entry pages mends it by hand."""
    plek: str
    """The query with which that begins at the right record."""


_FORMULIER = {
    "persoon": "inschrijven",
    "inschrijving": "inschrijving",
    "periode": "periode",
    "extra_ondersteuning": "extra-ondersteuning",
    "bpv": "bpv",
    "diploma": "diploma",
    "keuzedeel": "resultaat",
    "examenonderdeel": "resultaat",
    "amvb_onderdeel": "resultaat",
}
"""Level -> the task of the entry pages that mends it by hand."""

_ONDER_INSCHRIJVING = frozenset({"inschrijving", "periode", "extra_ondersteuning", "bpv"})


def _eigen(bezoek: Bezoek, apart: Apart) -> str:
    """Return in short what the own administration holds of what the register lacks; facts of health stay out."""
    uit = []
    for niveau, waarden in apart.records:
        if niveau not in ("persoon", "extra_ondersteuning"):
            eerste = ", ".join(waarde_van(waarde) for waarde in list(waarden.values())[:_WAARDEN])
            uit.append(f"{bezoek.tekst(NIVEAU[niveau])} {eerste}")
    return "; ".join(uit[:_RECORDS]) + (" …" if len(uit) > _RECORDS else "")


def _plek(een: Verschil) -> str:
    if een.persoon is None:
        return ""
    vraag = {"persoon": str(een.persoon)}
    if een.plaats and een.niveau in _ONDER_INSCHRIJVING:
        vraag["volgnummer"] = str(een.plaats[0])
    if een.plaats and een.niveau in ("bpv", "diploma"):
        vraag["nummer"] = str(een.plaats[-1])
    return urlencode(vraag)


def vergelijking(nummer: UUID) -> Vergelijking:
    """Return a comparison that the pass shows.

    Raises:
        Http404: there is none, or it is another's.
    """
    gevonden = Vergelijking.objects.using("default").select_related("koppeling").filter(id=nummer).first()
    if gevonden is None:
        raise Http404
    return gevonden


def koppeling(nummer: int) -> Koppeling:
    """Return a translation that the pass shows.

    Raises:
        Http404: there is none, or it is another's.
    """
    gevonden = Koppeling.objects.using("default").filter(id=nummer).first()
    if gevonden is None:
        raise Http404
    return gevonden


def koppelingen() -> list[Koppeling]:
    """Return the last version of each translation that the pass shows, by name."""
    alle = Koppeling.objects.using("default").order_by("naam", "-versie")
    laatste: dict[str, Koppeling] = {}
    for een in alle:
        laatste.setdefault(een.naam, een)
    return list(laatste.values())


def opdracht(nummer: UUID, van: Vergelijking) -> Opdracht:
    """Return an assignment of a comparison.

    Raises:
        Http404: there is none, or it is another's.
    """
    gevonden = (
        Opdracht.objects.using("default")
        .select_related("vergelijking")
        .filter(id=nummer, vergelijking=van)
        .first()
    )
    if gevonden is None:
        raise Http404
    return gevonden


def verschillen(van: Vergelijking) -> QuerySet[Verschil]:
    """Return the differences of a comparison that the pass shows."""
    return Verschil.objects.using("default").filter(vergelijking=van).order_by("id")


def rijen(bezoek: Bezoek, gevonden: Sequence[Verschil], *, verwijst: bool = False) -> list[Rij]:
    """Return differences as lists show them, and log whose they are; inside ``met_pas``."""
    personen = {een.persoon for een in gevonden if een.persoon is not None}
    studenten = register.studenten(personen, bezoek.instelling)
    bezoek.gelezen(personen, "verschillen met de eigen administratie", ACTIVITEIT)
    met_dossier = bezoek.met_dossier(personen) if verwijst else ()
    uit = []
    for een in gevonden:
        apart = apart_van(een)
        student = studenten.get(een.persoon) if een.persoon is not None else None
        uit.append(
            Rij(
                een.pk,
                een.persoon,
                een.persoon in met_dossier,
                (student.studentnummer if student else "") or apart.studentnummer,
                (student.naam if student else "") or apart.naam,
                recordnaam(een.niveau, een.plaats, een.sleutel),
                groepnaam(een.aard, een.niveau, een.veld),
                waarde_van(een.register),
                waarde_van(een.eigen) or _eigen(bezoek, apart),
                een.rij,
                een.raakt_bekostiging,
                een.sluit,
                een.afloop,
                AFLOOP[een.afloop],
                een.antwoord,
                _FORMULIER[een.niveau],
                _plek(een),
            )
        )
    return uit
