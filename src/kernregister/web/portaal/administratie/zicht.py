"""What a page may show: found with the pass of the visitor, so another institution's does not exist."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from msgspec import Struct

from kernregister.kern.regels.paspoort import Tekst
from kernregister.voorzieningen.register import public as register
from kernregister.web.administratie.models import Koppeling, Opdracht, Vergelijking, Verschil
from kernregister.web.administratie.rijen import apart_van
from kernregister.web.portaal.administratie.woorden import AFLOOP, groepnaam, recordnaam, waarde_van
from kernregister.web.portaal.bezoek import Bezoek

ACTIVITEIT = "administratie-vergelijken"


class Rij(Struct, frozen=True):
    """A difference as a list shows it."""

    id: int
    persoon: int | None
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
    """Which entry form mends it by hand."""
    volgnummer: str


_FORMULIER = {
    "inschrijving": "inschrijving",
    "periode": "inschrijving",
    "extra_ondersteuning": "inschrijving",
    "bpv": "bpv",
    "diploma": "diploma",
    "keuzedeel": "resultaat",
    "examenonderdeel": "resultaat",
    "amvb_onderdeel": "resultaat",
    "persoon": "inschrijving",
}


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


def rijen(bezoek: Bezoek, gevonden: Sequence[Verschil]) -> list[Rij]:
    """Return differences as lists show them, and log whose they are; inside ``met_pas``."""
    personen = {een.persoon for een in gevonden if een.persoon is not None}
    studenten = register.studenten(personen, bezoek.instelling)
    bezoek.gelezen(personen, "verschillen met de eigen administratie", ACTIVITEIT)
    uit = []
    for een in gevonden:
        apart = apart_van(een)
        student = studenten.get(een.persoon) if een.persoon is not None else None
        uit.append(
            Rij(
                een.pk,
                een.persoon,
                (student.studentnummer if student else "") or apart.studentnummer,
                (student.naam if student else "") or apart.naam,
                recordnaam(een.niveau, een.plaats, een.sleutel),
                groepnaam(een.aard, een.niveau, een.veld),
                waarde_van(een.register),
                waarde_van(een.eigen),
                een.rij,
                een.raakt_bekostiging,
                een.sluit,
                een.afloop,
                AFLOOP[een.afloop],
                een.antwoord,
                _FORMULIER[een.niveau],
                str(een.plaats[0]) if een.plaats else "",
            )
        )
    return uit
