"""Doing an assignment: the meldingen of each student tried, or delivered, and what became of each difference."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from msgspec import Struct

from kernregister.kern.dossier import Dossier
from kernregister.kern.meldingen.terugkoppeling import Terugkoppeling
from kernregister.platform import klok
from kernregister.platform.sql import STELSEL
from kernregister.vergelijking.herstel import herstel
from kernregister.vergelijking.oorzaken import Afwijking
from kernregister.vergelijking.wijzigen import Keuze, NietMogelijk
from kernregister.vergelijking.wijzigen import Opdracht as Wens
from kernregister.voorzieningen.register import public as register
from kernregister.web.administratie.models import TE_DOEN, Afloop, Opdracht, Stap, Verschil
from kernregister.web.administratie.rijen import afwijking_van, student_van
from kernregister.web.afzender import PORTAAL

PER_KEER: Final = 100
"""Students in one transaction of the register."""

_ONDER_INSCHRIJVING: Final = frozenset({"inschrijving", "periode", "extra_ondersteuning"})


def werk(opdracht_id: UUID, *, proef: bool) -> None:
    """Try an assignment, or do it, student after student; what was broken off while it was done, goes on there."""
    deze = Opdracht.objects.using(STELSEL).filter(id=opdracht_id)
    opdracht = deze.first()
    bezig = (Stap.PROEF_WACHT, Stap.PROEF) if proef else (Stap.WACHT, Stap.BEZIG)
    if opdracht is None or opdracht.toestand not in bezig:
        return
    verder = opdracht.toestand == Stap.BEZIG
    telling: Counter[str] = Counter(opdracht.uitkomst if verder else {})
    gedaan = opdracht.gedaan if verder else 0
    deze.update(toestand=Stap.PROEF if proef else Stap.BEZIG, gedaan=gedaan, uitkomst=dict(telling))
    for groep in _groepen(opdracht, verder):
        uitslagen = _lever(opdracht, groep, proef=proef)
        with transaction.atomic(using=STELSEL):
            _schrijf(uitslagen, telling, proef=proef)
            gedaan += len(uitslagen)
            deze.update(gedaan=gedaan, uitkomst=dict(telling))
    deze.update(toestand=Stap.VOORSTEL if proef else Stap.KLAAR)


class _Uitslag(Struct):
    """What became of one difference."""

    rij: Verschil
    meldingen: list[Any] = []
    antwoorden: list[Terugkoppeling] = []
    reden: NietMogelijk | None = None

    @property
    def aanvaard(self) -> bool:
        return self.reden is None and all(antwoord.aanvaard for antwoord in self.antwoorden)


def _groepen(opdracht: Opdracht, verder: bool) -> Iterator[list[Verschil]]:
    """Give the differences of the assignment that are still to be done, some students at a time."""
    rijen = (
        Verschil.objects.using(STELSEL).filter(opdracht=opdracht, afloop__in=TE_DOEN).order_by("wie", "id")
    )
    if verder:  # what it refused itself, is done
        rijen = rijen.exclude(afloop=Afloop.GEWEIGERD, afloop_op__gte=opdracht.moment)
    wie: set[str] = set()
    groep: list[Verschil] = []
    for rij in list(rijen):
        if rij.wie not in wie and len(wie) == PER_KEER:
            yield groep
            wie, groep = set(), []
        wie.add(rij.wie)
        groep.append(rij)
    if groep:
        yield groep


def _lever(opdracht: Opdracht, rijen: list[Verschil], *, proef: bool) -> list[_Uitslag]:
    """Deliver what the differences of some students become."""
    wens = Wens(
        opdracht.id, opdracht.instelling, opdracht.moment, Keuze(opdracht.keuze), opdracht.dag, opdracht.reden
    )
    dossiers = dict(register.dossiers(van=[rij.persoon for rij in rijen if rij.persoon is not None]))
    uitslagen: list[_Uitslag] = []
    per_onderwerp: dict[tuple[str, ...], list[tuple[Verschil, Afwijking]]] = defaultdict(list)
    for rij in rijen:
        afwijking = afwijking_van(rij)
        per_onderwerp[(rij.wie, *_onderwerp(rij, afwijking))].append((rij, afwijking))
    te_leveren: list[Any] = []
    for deel in per_onderwerp.values():
        eerste = deel[0][0]
        dossier: Dossier | None = dossiers.get(eerste.persoon) if eerste.persoon is not None else None
        reden, meldingen = None, []
        try:
            meldingen = herstel([a for _, a in deel], dossier, student_van(eerste, dossier), wens)
        except NietMogelijk as fout:
            reden = fout
        te_leveren += meldingen
        uitslagen += [_Uitslag(rij, meldingen, [], reden) for rij, _ in deel]
    herkomst = register.Herkomst(PORTAAL, opdracht.instelling)
    antwoorden = register.verwerk(te_leveren, herkomst, proef) if te_leveren else []
    per_id = {antwoord.id: antwoord for antwoord in antwoorden}
    for uitslag in uitslagen:
        uitslag.antwoorden = [per_id[melding.id] for melding in uitslag.meldingen]
    return uitslagen


def _onderwerp(rij: Verschil, afwijking: Afwijking) -> tuple[str, ...]:
    """Return what is delivered as a whole: differences on one enrolment are one melding, and stand or fall together."""
    if rij.niveau in _ONDER_INSCHRIJVING and rij.plaats:
        return "inschrijving", str(rij.plaats[0])
    if rij.niveau in _ONDER_INSCHRIJVING and afwijking.records:
        nummer = afwijking.records[0][1].get("inschrijvingvolgnummer", "")
        return "inschrijving", nummer
    if rij.niveau == "bpv" and rij.plaats:
        return "bpv", *map(str, rij.plaats)
    if rij.niveau in ("persoon", "bpv"):
        return rij.niveau, str(rij.pk)
    return ("resultaten",)


def _schrijf(uitslagen: list[_Uitslag], telling: Counter[str], *, proef: bool) -> None:
    """Keep what became of each difference, and count."""
    nu = klok.nu()
    gezien: set[UUID] = set()
    for uitslag in uitslagen:
        rij = uitslag.rij
        rij.antwoord = _antwoord(uitslag)
        telling["aanvaard" if uitslag.aanvaard else "geweigerd"] += 1
        for antwoord in uitslag.antwoorden:
            if antwoord.id is not None and antwoord.id not in gezien:
                gezien.add(antwoord.id)
                telling["meldingen"] += antwoord.aanvaard
                telling["gesloten"] += len(antwoord.signalen_gesloten)
                telling["geopend"] += len(antwoord.signalen_geopend)
                telling["bekostiging"] += bool(antwoord.bekostiging)
        if not proef:
            rij.afloop = Afloop.DOORGEVOERD if uitslag.aanvaard else Afloop.GEWEIGERD
            rij.afloop_op = nu
    velden = ["antwoord"] if proef else ["antwoord", "afloop", "afloop_op"]
    Verschil.objects.using(STELSEL).bulk_update([u.rij for u in uitslagen], velden, batch_size=500)


def _antwoord(uitslag: _Uitslag) -> dict[str, Any]:
    """Return what is kept of the answers: rules and ids, no number and no value."""
    if uitslag.reden is not None:
        return {"aanvaard": False, "reden": [uitslag.reden.tekst.nl, uitslag.reden.tekst.en]}
    antwoorden = uitslag.antwoorden
    return {
        "aanvaard": uitslag.aanvaard,
        "meldingen": [str(antwoord.id) for antwoord in antwoorden],
        "regels": list(dict.fromkeys(b.regel for a in antwoorden for b in a.bevindingen)),
        "gesloten": list(dict.fromkeys(s.regel for a in antwoorden for s in a.signalen_gesloten)),
        "geopend": list(dict.fromkeys(s.regel for a in antwoorden for s in a.signalen_geopend)),
        "bekostiging": any(antwoord.bekostiging for antwoord in antwoorden),
    }
