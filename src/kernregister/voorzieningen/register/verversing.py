"""Bringing in what changed at the source of person data: as meldingen, like everything else.

Only the data of persons who are enrolled or followed are taken: of others nobody has a purpose for them. A number found
later is linked to whoever the register knows.
"""

from __future__ import annotations

from uuid import uuid4

from django.db import transaction
from msgspec import Struct, structs

from kernregister.kern.dossier import Persoon
from kernregister.kern.meldingen import berichten as b
from kernregister.platform import klok
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register import doelbinding, voorstellen
from kernregister.voorzieningen.register.dossiers import dossiers
from kernregister.voorzieningen.register.journaal import Herkomst
from kernregister.voorzieningen.register.verwerking import verwerk

BRP = "BRP"
"""Sender of what the source of person data tells."""

PER_KEER = 500


class Ververst(Struct, frozen=True):
    """What came of asking the source. ``samen``: pairs of persons that prove to be one, proposed to be merged."""

    gelezen: int
    geweigerd: int
    samen: tuple[tuple[int, int], ...] = ()


def ververs(aantal: int = PER_KEER) -> Ververst:
    """Ask the source what changed since the last time, so many persons at most, and register it.

    Interrupted anywhere, the next time does the rest: what was registered already changes nothing.

    Raises:
        OSError: the source cannot be reached.
    """
    with cursor() as sql:
        sql.execute("SELECT tot FROM register_bronstand WHERE id = 1")
        (na,) = sql.fetchone() or ("",)
    gewijzigd = personen.gewijzigde_personen(na, aantal)
    wie, samen = _koppel(gewijzigd.personen)
    meldingen = [
        _melding(wie[id_])
        for id_, nu in dossiers(doelbinding.met_doel(wie, klok.vandaag()))
        if _zonder_nummers(nu.persoon) != _zonder_nummers(wie[id_]) or _is_gekoppeld(nu.persoon)
    ]
    antwoorden = verwerk(meldingen, Herkomst(BRP, "")) if meldingen else []
    with cursor() as sql:
        sql.execute(
            "INSERT INTO register_bronstand (id, tot) VALUES (1, %s) ON CONFLICT (id) DO UPDATE SET tot = excluded.tot",
            [gewijzigd.tot],
        )
    return Ververst(len(gewijzigd.personen), sum(not een.aanvaard for een in antwoorden), tuple(samen))


def _koppel(gelezen: tuple[Persoon, ...]) -> tuple[dict[int, Persoon], list[tuple[int, int]]]:
    """Return the known persons among these, with the numbers found later linked, and who prove to be one."""
    nummers = {nummer for persoon in gelezen for nummer in _nummers(persoon)}
    with transaction.atomic(using="stelsel"):
        bekend = personen.zoek(nummers)
        wie, samen = {}, []
        for persoon in gelezen:
            if any(nummer in bekend for nummer in _nummers(persoon)):
                vast = personen.leg_vast(persoon)
                wie[vast.persoon_id] = persoon
                if paar := voorstellen.leg_voor(vast):
                    samen.append(paar)
    return wie, samen


def _melding(persoon: Persoon) -> b.VerstrekkenPersoonsgegevens:
    bsn = persoon.burgerservicenummer
    return b.VerstrekkenPersoonsgegevens(
        id=uuid4(),
        afzender=BRP,
        moment=klok.nu(),
        burgerservicenummer=bsn,
        onderwijsnummer=None if bsn else persoon.onderwijsnummer,
        persoon=_zonder_nummers(persoon),
    )


def _is_gekoppeld(persoon: Persoon) -> bool:
    """Tell whether a person has both numbers: then rules and followers look again, since the second may be new."""
    return persoon.burgerservicenummer is not None and persoon.onderwijsnummer is not None


def _zonder_nummers(persoon: Persoon) -> Persoon:
    return structs.replace(persoon, burgerservicenummer=None, onderwijsnummer=None)


def _nummers(persoon: Persoon) -> list[str]:
    return [nummer for nummer in (persoon.burgerservicenummer, persoon.onderwijsnummer) if nummer]
