"""A student between two overviews: what the tests of explained differences start from."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from kernregister.kern.bekostiging.beslissen import Beslisser
from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.dossier import Dossier, Inschrijving, Nationaliteit
from kernregister.kern.formaten.obo import OBO
from kernregister.kern.formaten.ro import RO
from kernregister.kern.gegevens import Opleiding
from kernregister.kern.overzichten.verklaring import (
    Oorzaak,
    Overzicht,
    Stap,
    Verklaring,
    Verloop,
    verklaar,
)
from kernregister.kern.overzichten.weging import Effect
from kernregister.kern.tijd import OnvolledigeDatum, Studiejaar
from kernregister.kern.verschil import Verschil, verschillen_van
from tests.kern.voorbeelden import (
    INSTELLING,
    OPLEIDING,
    geldig,
    inschrijving,
    periode,
    stamgegevens,
    student,
)

JAAR = Studiejaar(2025)
OBO_2025 = Overzicht(INSTELLING, JAAR)
OKTOBER, FEBRUARI = JAAR.teldata
VAK, MIDDEN, ZONDER_PRIJS = OPLEIDING, "25180", "25999"
NEDERLANDER = Nationaliteit("0001", OnvolledigeDatum("2006-05-14"))
GEGEVENS = stamgegevens(
    opleidingen={
        code: Opleiding(
            code,
            niveau=niveau,
            duur_maanden=36,
            geldig=(geldig("2010-01-01"),),
            prijsfactor=prijsfactor,
            soort_opleiding=soort,
            met_vws=False,
        )
        for code, niveau, soort, prijsfactor in (
            (VAK, "MBO-3", "vakopleiding", Decimal("1.25")),
            (MIDDEN, "MBO-4", "middenkaderopleiding", Decimal("1.25")),
            (ZONDER_PRIJS, "MBO-3", "vakopleiding", None),
        )
    }
)
BESLIS = Beslisser(Bekostigingsjaar.van(JAAR), GEGEVENS)
NIETS = Effect(Decimal(0), Decimal(0), Decimal(0))


def leerling(*inschrijvingen: Inschrijving, **anders: Any) -> Dossier:
    """Return a student with a nationality, so that nothing stands in the way of funding."""
    return student(*inschrijvingen, **({"nationaliteiten": (NEDERLANDER,), "geslacht": "V"} | anders))


def bol(eind: str | None = None, **anders: Any) -> Inschrijving:
    perioden = anders.pop("perioden", (periode("2025-08-01", bekostigbaar=True),))
    return inschrijving("2025-08-01", eind, perioden=perioden, **anders)


def bbl(*bpvs: Any, **anders: Any) -> Inschrijving:
    return bol(perioden=(periode("2025-08-01", "BBL", bekostigbaar=True),), bpvs=bpvs, **anders)


def oorzaak(nummer: int) -> Oorzaak:
    moment = datetime(2026, 3, nummer, tzinfo=UTC)
    return Oorzaak(
        nummer, UUID(int=nummer), "AanleverenInschrijving", INSTELLING, "sis", moment, moment, nummer
    )


def verschillen(
    oud: Sequence[Dossier], nieuw: Sequence[Dossier], overzicht: Overzicht = OBO_2025
) -> list[Verschil]:
    """Return what differs between the overviews of one person, on each number apart."""
    per_nummer: dict[str, tuple[list[Any], list[Any]]] = {}
    for kant, dossiers in enumerate((oud, nieuw)):
        for een in dossiers:
            for record in overzicht.records(een):
                r: Any = record
                pgn = r.burgerservicenummer or r.onderwijsnummer
                per_nummer.setdefault(pgn, ([], []))[kant].append(record)
    indeling = OBO if overzicht.studiejaar else RO
    return [v for _, paar in sorted(per_nummer.items()) for v in verschillen_van(*paar, indeling)]


def leg_uit(*standen: Dossier, overzicht: Overzicht = OBO_2025) -> list[Verklaring]:
    """Explain what differs between the first and the last of the states that a dossier went through."""
    stappen = [Stap(oorzaak(n), (na,)) for n, na in enumerate(standen[1:], 1)]
    verloop = Verloop((standen[0],), (standen[-1],), stappen)
    return verklaar(verschillen(*[(standen[0],), (standen[-1],)], overzicht), verloop, overzicht, BESLIS)


def een(verklaringen: Sequence[Verklaring], recordsoort: str, soort: str | None = None) -> Verklaring:
    (gevonden,) = [
        v
        for v in verklaringen
        if v.verschil.recordsoort == recordsoort and soort in (None, v.verschil.soort.value)
    ]
    return gevonden


def door(verklaring: Verklaring) -> list[int]:
    return [o.melding for o in verklaring.oorzaken]
