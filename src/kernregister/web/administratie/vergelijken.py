"""Putting an upload beside the register: the first time, and again when the register has changed since."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from msgspec import structs

from kernregister.kern.dossier import Dossier
from kernregister.kern.formaten.verslag import OnbruikbaarBestand, Verslag
from kernregister.platform import klok, verwerkingslog
from kernregister.platform.nummers import maskeer
from kernregister.platform.pas import Bijzonder
from kernregister.platform.sql import STELSEL
from kernregister.vergelijking.administratie import Administratie
from kernregister.vergelijking.export import Export, open_export
from kernregister.vergelijking.herstel import Student
from kernregister.vergelijking.naast import Naast
from kernregister.vergelijking.oorzaken import Aard, Afwijking, groepeer
from kernregister.vergelijking.register import groep_van, overzicht_op
from kernregister.vergelijking.vertaling import Vertaling, controleer_kolommen
from kernregister.vergelijking.wijzigen import Keuze
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register import public as register
from kernregister.web.administratie import bestanden, koppelingen
from kernregister.web.administratie.gevolgen import Gevolg, Weger
from kernregister.web.administratie.models import Afloop, Toestand, Vergelijking, Verschil
from kernregister.web.administratie.rijen import rij_van, student_met
from kernregister.web.afzender import PORTAAL

PER_KEER: Final = 500
"""Students between two signs of progress."""

_GEDULD: Final = 5.0
"""Seconds to wait for what was accepted to have its place in the order of the register."""

_BESLOTEN: Final = (Afloop.OPEN, Afloop.EIGEN, Afloop.GEWEIGERD)
"""A difference that is found again stays as it was decided on; what had gone is open again."""


class _Onbruikbaar(Exception):
    """The export and its translation cannot be used together; a fault a line."""


def vergelijk(vergelijking_id: UUID) -> None:
    """Compare (again); may be done any number of times: what was decided about a difference stays."""
    deze = Vergelijking.objects.using(STELSEL).filter(id=vergelijking_id)
    vergelijking = deze.select_related("koppeling").first()
    if vergelijking is None or vergelijking.toestand in (Toestand.KOPPELEN, Toestand.ONBRUIKBAAR):
        return
    eerste = vergelijking.toestand != Toestand.KLAAR
    totaal = register.aantal_betrokkenen(vergelijking.instelling)
    vergelijking.totaal = totaal
    deze.update(gedaan=0, totaal=totaal, **({"toestand": Toestand.BEZIG} if eerste else {}))
    try:
        _vergelijk(vergelijking)
    except (_Onbruikbaar, OnbruikbaarBestand) as fout:
        deze.update(toestand=Toestand.ONBRUIKBAAR, uitleg=maskeer(str(fout)))


def _vergelijk(vergelijking: Vergelijking) -> None:
    assert vergelijking.koppeling is not None
    vertaling, fouten = koppelingen.lees(vergelijking.koppeling.toml)
    verslag = Verslag(vergelijking.bestand)
    with bestanden.geopend(vergelijking) as pad:
        export = _open(pad, vertaling)
        controleer_kolommen(vertaling, export, fouten)
        if fouten:
            raise _Onbruikbaar("\n".join(fouten))
        administratie = Administratie(export, vertaling, verslag)
    if not administratie.rijen:
        raise _Onbruikbaar("Er staan geen rijen onder de kop, of de selectie laat er geen over.")
    stand = register.stand_met(vergelijking.instelling, _GEDULD)
    naast = Naast(administratie, overzicht_op(klok.vandaag(), vergelijking.vanaf))
    gezien: list[int] = []
    for wie, groep in _register(vergelijking, vertaling, stand):
        naast.persoon(groep, wie)
        gezien.append(wie)
    naast.rest()
    oorzaken = groepeer(naast.afwijkingen, naast.vergeleken)
    verdacht = {(o.niveau, o.veld, o.tekst) for o in oorzaken if o.verdacht}
    rijen = list(_rijen(vergelijking, naast.afwijkingen, administratie, verdacht))
    with transaction.atomic(using=STELSEL):
        _voeg_samen(vergelijking, rijen)
        if vergelijking.stand is None:
            _leg_vast(vergelijking, gezien)
        Vergelijking.objects.using(STELSEL).filter(id=vergelijking.id).update(
            toestand=Toestand.KLAAR,
            gedaan=vergelijking.totaal,
            stand=stand,
            bijgewerkt_op=klok.nu(),
            opmerkingen=[
                structs.asdict(o) | {"plaatsen": [*map(structs.asdict, o.plaatsen)]}
                for o in verslag.opmerkingen
            ],
            tellingen={
                "register": naast.personen,
                "eigen": sum(1 for _ in administratie.studenten()),
                "gelijk": naast.gelijk,
                "koppeling": vergelijking.koppeling_id,
                "verdacht": [[o.niveau, o.veld, o.tekst] for o in oorzaken if o.verdacht],
            },
        )


def _leg_vast(vergelijking: Vergelijking, gezien: list[int]) -> None:
    """Put on record whose data lay beside the export; who is shown to somebody gets a line again."""
    stap = verwerkingslog.Stap("administratie-vergelijken", "vergelijken", PORTAAL, vergelijking.instelling)
    verwerkingslog.leg_vast_voor_velen(stap, [personen.pseudoniem(wie) for wie in gezien])


def _open(pad: Any, vertaling: Vertaling) -> Export:
    return open_export(
        pad,
        kopregel=vertaling.kopregel,
        scheidingsteken=vertaling.scheidingsteken,
        codering=vertaling.codering,
        blad=vertaling.blad,
    )


def _register(vergelijking: Vergelijking, vertaling: Vertaling, stand: int) -> Iterator[tuple[int, Any]]:
    """Give the records of each person at this institution, and tell how far it is."""
    deze = Vergelijking.objects.using(STELSEL).filter(id=vergelijking.id)
    bijzonder = {Bijzonder.ONDERSTEUNING} if vertaling.niveaus.get("extra_ondersteuning") else set()
    dossiers = register.van_instelling(vergelijking.instelling, stand, frozenset(bijzonder))
    for aantal, (wie, dossier) in enumerate(dossiers, 1):
        if groep := groep_van(dossier, vergelijking.instelling):
            yield wie, groep
        if aantal % PER_KEER == 0:
            deze.update(gedaan=aantal)


def _rijen(
    vergelijking: Vergelijking,
    afwijkingen: list[Afwijking],
    administratie: Administratie,
    verdacht: set[tuple[str, str, str]],
) -> Iterator[Verschil]:
    """Give the rows of the differences, each weighed; what looks like a fault of the translation is not weighed."""
    weger = Weger(vergelijking.instelling)
    per_persoon: dict[int | None, list[Afwijking]] = {}
    for afwijking in afwijkingen:
        per_persoon.setdefault(afwijking.persoon, []).append(afwijking)
    bekend = [wie for wie in per_persoon if wie is not None]
    onbekend: list[tuple[int | None, Dossier | None]] = [(None, None)]
    for wie, dossier in (*onbekend, *register.dossiers(van=bekend)):
        for afwijking in per_persoon.get(wie, ()):
            student = (
                student_met(afwijking.nummers)
                if dossier is None
                else Student(dossier.persoon.burgerservicenummer, dossier.persoon.onderwijsnummer)
            )
            is_verdacht = (afwijking.niveau, afwijking.veld, afwijking.oorzaak) in verdacht
            gevolg = Gevolg() if is_verdacht else weger.weeg(afwijking, dossier, student)
            yield rij_van(vergelijking.id, vergelijking.instelling, afwijking, gevolg, administratie)


_GEGEVENS: Final = (
    *("persoon", "wie", "register", "eigen", "oorzaak", "oorzaak_en", "rij", "apart"),
    *("raakt_bekostiging", "sluit", "plaats", "sleutel"),
)


def _voeg_samen(vergelijking: Vergelijking, nieuw: list[Verschil]) -> None:
    """Store what was found: the new, what is still there with what was decided on it, and what has gone as solved."""
    alle = Verschil.objects.using(STELSEL).filter(vergelijking=vergelijking)
    oud = {rij.kenmerk: rij for rij in alle.select_related("opdracht").select_for_update(of=("self",))}
    gevonden = {rij.kenmerk: rij for rij in nieuw}
    nu = klok.nu()
    blijft: list[Verschil] = []
    for kenmerk, rij in gevonden.items():
        if (eerder := oud.get(kenmerk)) is None:
            continue
        zelfde = (eerder.register, eerder.eigen) == (rij.register, rij.eigen)
        if not zelfde or not (eerder.afloop in _BESLOTEN or _is_beeindigd(eerder)):
            eerder.afloop, eerder.afloop_op, eerder.antwoord = Afloop.OPEN, None, {}
        for veld in _GEGEVENS:
            setattr(eerder, veld, getattr(rij, veld))
        blijft.append(eerder)
    Verschil.objects.using(STELSEL).bulk_create(
        [rij for kenmerk, rij in gevonden.items() if kenmerk not in oud], batch_size=500
    )
    velden = [*_GEGEVENS, "afloop", "afloop_op", "antwoord"]
    Verschil.objects.using(STELSEL).bulk_update(blijft, velden, batch_size=500)
    weg = alle.filter(
        pk__in=[rij.pk for kenmerk, rij in oud.items() if kenmerk not in gevonden], afloop__in=_BESLOTEN
    )
    if vergelijking.tellingen.get("koppeling") == vergelijking.koppeling_id:
        weg.update(afloop=Afloop.OPGELOST, afloop_op=nu)
    else:
        weg.delete()  # never a difference, but a fault of the translation that was mended


def _is_beeindigd(rij: Verschil) -> bool:
    """Tell whether what the administration lacks was ended: it is still registered, and rightly so."""
    einde = rij.opdracht is not None and rij.opdracht.keuze == Keuze.BEEINDIGEN
    return rij.afloop == Afloop.DOORGEVOERD and rij.aard == Aard.NIET_IN_EXPORT and einde


def is_verouderd(vergelijking: Vergelijking) -> bool:
    """Tell whether the institution delivered something since the comparison; inside a transaction with its pass."""
    if vergelijking.toestand != Toestand.KLAAR or vergelijking.stand is None:
        return False
    return bool(register.wijzigingen(vergelijking.instelling, vergelijking.stand, register.stand(), 1))
