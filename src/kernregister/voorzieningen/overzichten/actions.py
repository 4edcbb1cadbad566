"""Asking for an overview: everything that is wrong with a request is said at once; a sound one is recorded and made."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid4

import msgspec
from django.db import IntegrityError, transaction
from msgspec import Struct, structs

from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.sleutels import INSTELLINGSCODE
from kernregister.kern.tijd import EERSTE_DAG, Studiejaar
from kernregister.platform import audit, klok
from kernregister.platform.pas import Bijzonder
from kernregister.platform.sql import STELSEL
from kernregister.voorzieningen.overzichten import soorten
from kernregister.voorzieningen.overzichten.beleid import beleid
from kernregister.voorzieningen.overzichten.grondslag import grondslag_van
from kernregister.voorzieningen.overzichten.models import ONDERWEG, Aanvraag, Toestand
from kernregister.voorzieningen.overzichten.soorten import Bezwaar, Soort
from kernregister.voorzieningen.overzichten.tasks import maak_overzicht
from kernregister.voorzieningen.overzichten.vastgelegd import vraag_van
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.stamgegevens import public as stamgegevens

VASTGELEGD = "Uw aanvraag is vastgelegd."
"""What is said when a request is recorded (Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 09)."""

_GEDULD = 2.0
"""Seconds to wait at most for the number of what was registered a moment ago."""

_VOORRANG = 10
"""Before what runs by itself: somebody waits for it."""

MEESTE_ONDERWEG = 25
"""Requests of an institution that wait or are being made: more would keep the workers from those of others."""

_TE_VEEL = Bezwaar(
    "te-veel-tegelijk",
    f"Er zijn al {MEESTE_ONDERWEG} aanvragen van deze instelling onderweg. Wacht tot er een klaar is.",
    f"{MEESTE_ONDERWEG} requests of this institution are under way already. Wait until one is ready.",
)
NIET_VERWERKT = Bezwaar(
    "niet-verwerkt",
    "Een eerdere aanvraag is nog niet verwerkt. Wacht tot die klaar is.",
    "An earlier request is still being made. Wait until it is ready.",
)
_PER_DAG = Bezwaar(
    "een-per-dag",
    "Vandaag is dit overzicht al aangevraagd; dat kan één keer per dag.",
    "This overview was requested today already; it can be asked for once a day.",
)
_AUTORISATIE = (
    "U heeft geen of onvoldoende autorisatie: dit overzicht bevat {wat}; daarvoor is nodig: {recht}.lezen."
)
_AUTORISATIE_ENGELS = "Your roles do not suffice: this overview holds {wat}, which asks for {recht}.lezen."
_WAT = {
    Bijzonder.ONDERSTEUNING: ("perioden van extra ondersteuning", "periods of extra support"),
    Bijzonder.VERBLIJF: ("verblijfstitels", "residence permits"),
}


class Wens(Struct, frozen=True, kw_only=True):
    """What somebody asks for.

    Args:
        soort: the kind of overview.
        instelling: whose overview.
        begin: first day of the selection period.
        einde: last day of it.
        studiejaar: for kinds that are of one.
        bekostigingsjaar: for kinds that are of one.
        extra: what else the kind asks for.
        stand: as known at this stand.
        moment: as known at this moment.
        opnieuw: the same as this earlier request of the institution: its question, stand and reference data.
        kenmerk: a name of the asker's own for the request; the same one again is the same request.
    """

    soort: str
    instelling: str
    begin: date | None = None
    einde: date | None = None
    studiejaar: Studiejaar | None = None
    bekostigingsjaar: Bekostigingsjaar | None = None
    extra: dict[str, Any] = {}
    stand: int | None = None
    moment: datetime | None = None
    opnieuw: UUID | None = None
    kenmerk: UUID | None = None


def vraag_aan(
    wens: Wens, client: str, *, bijzonder: frozenset[Bijzonder] | None = None, proef: bool = False
) -> Aanvraag | list[Bezwaar]:
    """Record a request and have it made; or return everything that is wrong with it.

    Args:
        wens: what is asked for.
        client: the client of the API, or the user.
        bijzonder: special data that the asker may read; None: asked by the register itself.
        proef: only say what is wrong; an empty list when nothing is.
    """
    soort = soorten.soort(wens.soort)
    if soort is None or not INSTELLINGSCODE.past(wens.instelling):
        bekend = ", ".join(soorten.namen())
        return [Bezwaar("soort", f"Kies een soort overzicht ({bekend}) en een instelling van vier tekens.")]
    if eerder := _eerder(wens):
        return eerder if eerder.wens == _afdruk(wens) else [_ANDERE]
    mag = frozenset(Bijzonder) if bijzonder is None else bijzonder
    aanvraag, bezwaren = _stel_op(wens, soort, client)
    nodig = soort.bijzonder if aanvraag is None else soort.bijzonder.union(map(Bijzonder, aanvraag.bijzonder))
    bezwaren += [
        Bezwaar(
            "autorisatie",
            _AUTORISATIE.format(wat=_WAT[wat][0], recht=wat.value),
            _AUTORISATIE_ENGELS.format(wat=_WAT[wat][1], recht=wat.value),
        )
        for wat in sorted(nodig - mag)
    ]
    if aanvraag is None:
        return bezwaren
    vraag = structs.replace(vraag_van(aanvraag), mag=mag)
    if wens.opnieuw is None:
        bezwaren += soort.controleer(vraag)
    bezwaren += _eerdere(aanvraag)
    if bezwaren or proef:
        return bezwaren
    if wens.opnieuw is None:
        vraag = soort.vul_aan(vraag)
        aanvraag.studiejaar = str(vraag.studiejaar or "")
        aanvraag.extra = vraag.extra
        aanvraag.bijzonder = sorted(soort.bijzonder_van(vraag))
    aanvraag.slot = soort.slot(vraag)
    aanvraag.grondslag |= soort.grondslag(vraag)
    return _leg_vast(aanvraag, wens)


def _eerder(wens: Wens) -> Aanvraag | None:
    if wens.kenmerk is None:
        return None
    return Aanvraag.objects.using(STELSEL).filter(instelling=wens.instelling, kenmerk=wens.kenmerk).first()


def _afdruk(wens: Wens) -> str:
    return hashlib.sha256(
        msgspec.json.encode(structs.replace(wens, kenmerk=None), order="sorted")
    ).hexdigest()


_ANDERE = Bezwaar(
    "andere-aanvraag",
    "Onder dit kenmerk is al een andere aanvraag gedaan. Geef elke aanvraag een eigen kenmerk.",
)


def _stel_op(wens: Wens, soort: Soort, client: str) -> tuple[Aanvraag | None, list[Bezwaar]]:
    """Return the request as it would be recorded, or why its moment cannot be."""
    nu = klok.nu()
    volgens = beleid(soort)
    aanvraag = Aanvraag(
        id=uuid4(),
        kenmerk=wens.kenmerk,
        soort=soort.naam,
        instelling=wens.instelling,
        begin=wens.begin,
        einde=wens.einde,
        studiejaar=str(wens.studiejaar or ""),
        bekostigingsjaar=wens.bekostigingsjaar.jaar if wens.bekostigingsjaar else None,
        extra=wens.extra,
        wens=_afdruk(wens),
        client=client,
        aangevraagd_op=nu,
        beschikbaar_op=nu,
        toestand=Toestand.WACHT,
        accountant=soort.accountant,
        grondslag=grondslag_van(),
        gegevens_versie=stamgegevens.versie(),
    )
    if sum(een is not None for een in (wens.stand, wens.moment, wens.opnieuw)) > 1:
        return None, [Bezwaar("moment", "Kies een van stand, moment en opnieuw: elk zegt al per wanneer.")]
    if wens.opnieuw is not None:
        return _als_eerder(aanvraag, wens.opnieuw)
    if wens.stand is not None:
        return _op_stand(aanvraag, wens.stand)
    if wens.moment is not None:
        return _op_moment(aanvraag, wens.moment)
    if volgens.een_per_dag:
        aanvraag.dag = nu.astimezone(klok.NEDERLAND).date()
    aanvraag.beschikbaar_op = volgens.beschikbaar(nu)
    aanvraag.peilmoment = volgens.peilmoment(nu)
    aanvraag.stand = None if volgens.uitgesteld else register.stand_met(wens.instelling, _GEDULD)
    return aanvraag, []


def _als_eerder(aanvraag: Aanvraag, id_: UUID) -> tuple[Aanvraag | None, list[Bezwaar]]:
    eerder = (
        Aanvraag.objects.using(STELSEL)
        .filter(id=id_, instelling=aanvraag.instelling, soort=aanvraag.soort, stand__isnull=False)
        .first()
    )
    if eerder is None:
        return None, [Bezwaar("opnieuw", "De aanvraag die opnieuw wordt gevraagd is er niet, of wacht nog.")]
    for veld in (
        "begin",
        "einde",
        "studiejaar",
        "bekostigingsjaar",
        "extra",
        "stand",
        "peilmoment",
        "bijzonder",
        "gegevens_versie",
    ):
        setattr(aanvraag, veld, getattr(eerder, veld))
    aanvraag.grondslag["gegevens"] = eerder.gegevens_versie
    return aanvraag, []


def _op_stand(aanvraag: Aanvraag, stand: int) -> tuple[Aanvraag | None, list[Bezwaar]]:
    laatste = register.stand()
    if not 0 <= stand <= laatste:
        return None, [Bezwaar("stand", f"Stand {stand} is er nog niet: kies een stand tot en met {laatste}.")]
    aanvraag.stand = stand
    aanvraag.peilmoment = register.moment_van(stand) or aanvraag.aangevraagd_op
    return aanvraag, []


def _op_moment(aanvraag: Aanvraag, moment: datetime) -> tuple[Aanvraag | None, list[Bezwaar]]:
    if moment.tzinfo is None:
        return None, [Bezwaar("moment", "Geef het moment met een tijdzone, zoals 2026-03-01T12:00:00+01:00.")]
    if moment < datetime.combine(EERSTE_DAG, time(), klok.NEDERLAND):
        return None, [Bezwaar("moment", f"Kies een moment vanaf {EERSTE_DAG}; eerder was er niets bekend.")]
    try:
        aanvraag.stand = register.stand_op(moment)
    except ValueError:
        return None, [
            Bezwaar("moment", "Het moment ligt in de toekomst; wat dan bekend is, weet nog niemand.")
        ]
    aanvraag.peilmoment = moment
    return aanvraag, []


def _eerdere(aanvraag: Aanvraag) -> list[Bezwaar]:
    """Return the objections that come from earlier requests; the constraints of the table have the last word."""
    soort = soorten.soort(aanvraag.soort)
    assert soort is not None
    van_hier = Aanvraag.objects.using(STELSEL).filter(instelling=aanvraag.instelling)
    eerdere = van_hier.filter(soort=aanvraag.soort)
    uit = []
    if van_hier.filter(toestand__in=ONDERWEG).count() >= MEESTE_ONDERWEG:
        uit.append(_TE_VEEL)
    if eerdere.filter(toestand__in=ONDERWEG, slot=soort.slot(vraag_van(aanvraag))).exists():
        uit.append(NIET_VERWERKT)
    if aanvraag.dag and eerdere.filter(dag=aanvraag.dag).exclude(toestand=Toestand.MISLUKT).exists():
        uit.append(_PER_DAG)
    return uit


def _leg_vast(aanvraag: Aanvraag, wens: Wens) -> Aanvraag | list[Bezwaar]:
    try:
        with transaction.atomic(using=STELSEL):
            aanvraag.save(using=STELSEL, force_insert=True)
            audit.leg_vast(
                "overzicht.aanvragen",
                "overzicht",
                aanvraag.id,
                door=aanvraag.client,
                namens=aanvraag.instelling,
                details={"soort": aanvraag.soort, "stand": aanvraag.stand},
            )
            maak_overzicht.configure(
                lock=f"overzicht:{aanvraag.id}", schedule_at=_later(aanvraag), priority=_VOORRANG
            ).defer(aanvraag=str(aanvraag.id))
    except IntegrityError:
        # somebody was first, between looking and recording
        eerder = _eerder(wens)
        if eerder is not None and eerder.wens == aanvraag.wens:
            return eerder
        return _eerdere(aanvraag) or [NIET_VERWERKT]
    return aanvraag


def _later(aanvraag: Aanvraag) -> datetime | None:
    return aanvraag.beschikbaar_op if aanvraag.beschikbaar_op > aanvraag.aangevraagd_op else None
