"""Taking a file in, and deciding what happens with it: a dry run, or applying it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction

from kernregister.platform import klok
from kernregister.platform.nummers import maskeer
from kernregister.platform.sql import STELSEL
from kernregister.platform.taken import onderhanden
from kernregister.platform.versleuteling import kluis
from kernregister.web.leveringen import rapport
from kernregister.web.leveringen.bronnen import RO
from kernregister.web.leveringen.loslaten import leg_vast
from kernregister.web.leveringen.models import Fout, Levering, Partij, Ronde, Toestand
from kernregister.web.leveringen.rondes import BESTANDEN
from kernregister.web.leveringen.tasks import beproef_levering, laad_levering

_BEZIG: Final = {
    Toestand.PROEF_WACHT: Ronde.PROEF,
    Toestand.PROEF: Ronde.PROEF,
    Toestand.WACHT: Ronde.ECHT,
    Toestand.BEZIG: Ronde.ECHT,
}
"""State in which a round is to be done, or is being done -> which."""


def neem_in(
    instelling: str, client: str, stukken: Iterable[bytes], *, naam: str = "", proef: bool = False
) -> Levering:
    """Keep a file as it comes in, and have it loaded; all of it or nothing.

    It is stored piece by piece: a transaction that waited for a slow sender would hold up the stand numbers of
    everybody. Nobody sees it until all of it is there; when it breaks off, nothing of it stays.

    Args:
        instelling: whose delivery it is.
        client: who delivers it.
        stukken: the file.
        naam: what it is called.
        proef: a dry run first, of an RO or of meldingen; otherwise it is an RO, loaded at once.
    """
    levering = Levering(
        id=uuid4(),
        instelling=instelling,
        client=client,
        soort="" if proef else RO,
        naam=maskeer(naam)[-120:],
        omvang=0,
        toestand=Toestand.ONTVANGST,
        ontvangen_op=klok.nu(),
    )
    bewaard = BESTANDEN.neem_in(levering, stukken)
    levering.omvang = bewaard.omvang
    levering.vingerafdruk = kluis().zoek(f"levering:{bewaard.sha256}")
    levering.toestand = Toestand.PROEF_WACHT if proef else Toestand.WACHT
    with transaction.atomic(using=STELSEL):
        levering.save(using=STELSEL, force_update=True)
        _begin(levering.id, Ronde.PROEF if proef else Ronde.ECHT)
        if proef:
            leg_vast("levering.aanleveren", levering, client)
    return levering


def voer_door(levering: Levering, door: str) -> bool:
    """Have a delivery applied of which the dry run was seen; False: it does not wait for that (any more).

    Args:
        levering: the delivery, seen with a pass.
        door: who decides so: who delivered it, or a colleague.
    """
    if not kan_doorgevoerd(levering):
        return False
    return _zet(
        levering,
        (Toestand.BEOORDEELD,),
        Ronde.ECHT,
        door,
        "levering.doorvoeren",
        doorgevoerd_door=door,
    )


def beproef_opnieuw(levering: Levering, door: str) -> bool:
    """Have the dry run done again, because the register changed since; False: it does not wait for that."""
    return _zet(levering, (Toestand.BEOORDEELD,), Ronde.PROEF, door, "levering.proef")


def staat_stil(levering: Levering) -> bool:
    """Tell whether a round was begun of which no task is waiting or running: it failed, and nobody goes on with it."""
    if levering.toestand not in _BEZIG:
        return False
    return str(levering.id) not in onderhanden([beproef_levering.name, laad_levering.name], "levering")


def hervat(levering: Levering, door: str) -> bool:
    """Have a round gone on with that stands still; False: it does not."""
    with transaction.atomic(using=STELSEL):
        vast = Levering.objects.using(STELSEL).select_for_update().get(id=levering.id)
        if not staat_stil(vast):
            return False
        leg_vast("levering.hervatten", vast, door)
        _begin(vast.id, _BEZIG[Toestand(vast.toestand)])
    return True


def kan_doorgevoerd(levering: Levering) -> bool:
    """Tell whether a delivery may be applied: an RO of which some records cannot be read may not.

    What hangs on an unreadable record would be registered as if it did not exist; a melding that cannot be read is
    left out by itself, and nothing hangs on it.
    """
    proef = rapport.lees(levering.proef)
    return (
        levering.toestand == Toestand.BEOORDEELD
        and proef is not None
        and not (levering.soort == RO and proef.fouten)
    )


def _zet(
    levering: Levering, van: tuple[Toestand, ...], ronde: Ronde, door: str, handeling: str, **velden: str
) -> bool:
    """Have a round done, once: of two who ask at the same moment one is heard."""
    naar = Toestand.PROEF_WACHT if ronde is Ronde.PROEF else Toestand.WACHT
    with transaction.atomic(using=STELSEL):
        geraakt = (
            Levering.objects.using(STELSEL)
            .filter(id=levering.id, toestand__in=van)
            .update(toestand=naar, gedaan=0, aanvaard=0, geweigerd=0, klaar_op=None, **velden)
        )
        if not geraakt:
            return False
        Partij.objects.using(STELSEL).filter(levering_id=levering.id, ronde=ronde).delete()
        Fout.objects.using(STELSEL).filter(levering_id=levering.id, ronde=ronde).delete()
        leg_vast(handeling, levering, door)
        _begin(levering.id, ronde)
    return True


def _begin(levering: UUID, ronde: Ronde) -> None:
    Levering.objects.using(STELSEL).filter(id=levering).update(begonnen_op=klok.nu())
    (beproef_levering if ronde is Ronde.PROEF else laad_levering).defer(levering=str(levering))


def levering_met_pas(levering_id: UUID) -> Levering | None:
    """Return a delivery when the pass shows it."""
    return Levering.objects.using("default").filter(id=levering_id).first()


def eerder_aangeleverd(levering: Levering) -> Levering | None:
    """Return the last delivery of the same file before this one that was not let go of, when the pass shows it."""
    return (
        Levering.objects.using("default")
        .filter(instelling=levering.instelling, vingerafdruk=levering.vingerafdruk)
        .exclude(id=levering.id)
        .exclude(toestand=Toestand.INGETROKKEN)
        .order_by("-ontvangen_op")
        .first()
    )
