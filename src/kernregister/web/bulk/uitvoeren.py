"""Doing a bulk change: the dry run and the real thing, in batches that can be begun again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid5

import msgspec
from django.db import transaction

from kernregister.kern.dossier import Dossier, Inschrijving
from kernregister.kern.leesbaar import Onleesbaar, als_object
from kernregister.kern.meldingen.berichten import lees
from kernregister.kern.meldingen.terugkoppeling import Terugkoppeling
from kernregister.kern.regels.paspoort import Ernst
from kernregister.platform import audit, klok
from kernregister.platform.sql import STELSEL
from kernregister.platform.versleuteling import kluis
from kernregister.voorzieningen.register import public as register
from kernregister.web.afzender import PORTAAL
from kernregister.web.bulk.models import Bulk, Regel, Toestand, Uitkomst
from kernregister.web.bulk.wijzigen import Wijziging, in_woorden, pas_toe

PER_KEER: Final = 100
"""Students in one transaction."""

BEWAAR: Final = timedelta(days=90)
"""How long one is kept, with what came of it."""

_VAST: Final = frozenset({"instelling", "op_onderwijsnummer", "bpvs"})

_ONLEESBAAR: Final = "N01"
_VERDWENEN: Final = "N06"


def draai(bulk_id: UUID) -> None:
    """Do what a bulk change is at; begun again it goes on where it was, and does nothing twice."""
    bulk = Bulk.objects.using(STELSEL).filter(id=bulk_id).first()
    if bulk is None or bulk.toestand not in (Toestand.BEOORDELEN, Toestand.DOORVOEREN):
        return
    wijziging: Wijziging = msgspec.convert(bulk.wijziging, Wijziging)
    proef = bulk.toestand == Toestand.BEOORDELEN
    open_ = Uitkomst.WACHT if proef else Uitkomst.GOED
    while partij := list(regels_van(bulk).filter(uitkomst=open_).order_by("volgorde")[:PER_KEER]):
        if proef:
            _beproef(bulk, wijziging, partij)
        else:
            _voer_door(bulk, wijziging, partij)
        _tel(bulk, open_)
    Bulk.objects.using(STELSEL).filter(id=bulk_id, toestand=bulk.toestand).update(
        toestand=Toestand.BEOORDEELD if proef else Toestand.KLAAR,
        klaar_op=None if proef else klok.nu(),
    )


def regels_van(bulk: Bulk) -> Any:
    """Return the enrolments of a bulk change."""
    return Regel.objects.using(STELSEL).filter(bulk=bulk)


def _tel(bulk: Bulk, open_: Uitkomst) -> None:
    gedaan = regels_van(bulk).exclude(uitkomst=open_)
    Bulk.objects.using(STELSEL).filter(id=bulk.id).update(gedaan=gedaan.count())


def _beproef(bulk: Bulk, wijziging: Wijziging, partij: Sequence[Regel]) -> None:
    """See what would become of some students; nothing is kept of it."""
    meldingen = _bouw(bulk, wijziging, partij, bulk.gemaakt_op)
    for regel, antwoord in _lever(bulk, meldingen, proef=True):
        _neem_over(regel, antwoord, Uitkomst.GOED)
    _bewaar(partij)


def _voer_door(bulk: Bulk, wijziging: Wijziging, partij: Sequence[Regel]) -> None:
    """Do it for some students: what is sent is fixed first, so that sending it again changes nothing."""
    nieuw = [regel for regel in partij if regel.melding is None]
    for regel, melding in _bouw(bulk, wijziging, nieuw, bulk.begonnen_op or klok.nu()):
        regel.melding = kluis().sluit(_schrijf(melding), _plek(bulk, regel))
    _bewaar(nieuw)
    te_doen = [
        (regel, lees(kluis().open(bytes(regel.melding), _plek(bulk, regel))))
        for regel in partij
        if regel.melding is not None
    ]
    geleverd = _lever(bulk, te_doen, proef=False)
    with transaction.atomic(using=STELSEL):
        for (regel, antwoord), (_, melding) in zip(geleverd, te_doen, strict=True):
            _neem_over(regel, antwoord, Uitkomst.AANVAARD)
            regel.melding = None
            audit.leg_vast(
                "melding.invoeren",
                "melding",
                melding.id,
                door=bulk.door,
                namens=bulk.namens,
                details={
                    "soort": type(melding).__name__,
                    "aanvaard": antwoord.aanvaard,
                    "bulk": str(bulk.id),
                },
            )
        _bewaar(partij)


def _lever(
    bulk: Bulk, meldingen: Sequence[tuple[Regel, Any]], *, proef: bool
) -> list[tuple[Regel, Terugkoppeling]]:
    if not meldingen:
        return []
    herkomst = register.Herkomst(PORTAAL, bulk.instelling)
    antwoorden = register.verwerk([melding for _, melding in meldingen], herkomst, proef)
    return [(regel, een) for (regel, _), een in zip(meldingen, antwoorden, strict=True)]


def _bouw(
    bulk: Bulk, wijziging: Wijziging, partij: Sequence[Regel], moment: datetime
) -> list[tuple[Regel, Any]]:
    """Make the meldingen from what is registered now; who has nothing to change gets none."""
    dossiers = dict(register.dossiers({regel.persoon_id for regel in partij}))
    uit = []
    for regel in partij:
        dossier = dossiers.get(regel.persoon_id)
        een = _inschrijving(dossier, bulk.instelling, regel.inschrijvingvolgnummer)
        if dossier is None or een is None:
            regel.uitkomst, regel.redenen = Uitkomst.GEWEIGERD, [_VERDWENEN]
            continue
        na = pas_toe(een, wijziging)
        regel.voor, regel.na = in_woorden(een, wijziging)[:200], in_woorden(na, wijziging)[:200]
        if na == een:
            regel.uitkomst = Uitkomst.ONGEWIJZIGD
            continue
        try:
            uit.append((regel, _melding(bulk, regel, dossier, na, moment)))
        except Onleesbaar:
            regel.uitkomst, regel.redenen = Uitkomst.GEWEIGERD, [_ONLEESBAAR]
    return uit


def _inschrijving(dossier: Dossier | None, instelling: str, volgnummer: str) -> Inschrijving | None:
    for een in dossier.inschrijvingen if dossier else ():
        if (een.instelling, een.inschrijvingvolgnummer) == (instelling, volgnummer):
            return een
    return None


def _melding(bulk: Bulk, regel: Regel, dossier: Dossier, na: Inschrijving, moment: datetime) -> Any:
    wie = dossier.persoon
    veld = "burgerservicenummer" if wie.burgerservicenummer else "onderwijsnummer"
    inhoud = {naam: waarde for naam, waarde in als_object(na).items() if naam not in _VAST}
    heel = {
        "soort": "AanleverenInschrijving",
        "id": uuid5(bulk.id, f"{regel.persoon_id}:{na.inschrijvingvolgnummer}"),
        "afzender": bulk.instelling,
        "moment": moment,
        veld: wie.pgn,
        "inschrijving": inhoud,
    }
    return lees(msgspec.json.encode(heel))


_schrijf = msgspec.json.Encoder().encode


def _plek(bulk: Bulk, regel: Regel) -> bytes:
    return f"bulk:{bulk.id}:{regel.volgorde}".encode()


def _neem_over(regel: Regel, antwoord: Terugkoppeling, goed: Uitkomst) -> None:
    regel.uitkomst = goed if antwoord.aanvaard else Uitkomst.GEWEIGERD
    regel.redenen = [b.regel for b in antwoord.bevindingen if b.ernst == Ernst.FOUT]
    regel.geopend = sorted(b.regel for b in antwoord.signalen_geopend)
    regel.gesloten = sorted(b.regel for b in antwoord.signalen_gesloten)


def _bewaar(partij: Sequence[Regel]) -> None:
    velden = ["uitkomst", "voor", "na", "redenen", "geopend", "gesloten", "melding"]
    Regel.objects.using(STELSEL).bulk_update(partij, velden)


def ruim_op() -> None:
    """Let go of bulk changes of long ago, and of those that nobody decided on."""
    Bulk.objects.using(STELSEL).filter(gemaakt_op__lt=klok.nu() - BEWAAR).delete()
