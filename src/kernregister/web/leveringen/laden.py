"""Taking a file in and loading it."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from kernregister.kern.formaten.verslag import OnbruikbaarBestand
from kernregister.platform import klok
from kernregister.platform.nummers import maskeer
from kernregister.platform.versleuteling import kluis
from kernregister.voorzieningen.register import public as register
from kernregister.web.leveringen.models import Levering, Stuk, Toestand

STELSEL = "stelsel"


def neem_in(instelling: str, client: str, stukken: Iterable[bytes]) -> Levering:
    """Keep a file as it comes in, and have it loaded; all of it or nothing.

    It is stored when all of it is there: a transaction that waited for a slow sender would hold up the stand numbers
    of everybody. Until then it lies on disk, encrypted, in a file without a name that goes with the process.
    """
    from kernregister.web.leveringen.tasks import laad_levering

    levering = Levering(
        id=uuid4(),
        instelling=instelling,
        client=client,
        soort="RO",
        omvang=0,
        toestand=Toestand.WACHT,
        ontvangen_op=klok.nu(),
    )
    with tempfile.TemporaryFile() as ontvangen:
        maten: list[int] = []
        for nummer, stuk in enumerate(stukken):
            levering.omvang += len(stuk)
            maten.append(ontvangen.write(kluis().sluit(stuk, _plaats(levering.id, nummer))))
        ontvangen.seek(0)
        with transaction.atomic(using=STELSEL):
            levering.save(using=STELSEL, force_insert=True)
            for nummer, maat in enumerate(maten):
                inhoud = ontvangen.read(maat)
                Stuk.objects.using(STELSEL).create(levering=levering, nummer=nummer, inhoud=inhoud)
            laad_levering.defer(levering=str(levering.id))
    return levering


def _plaats(levering: UUID, nummer: int) -> bytes:
    return f"levering:{levering}:{nummer}".encode()


def laad(levering_id: UUID) -> None:
    """Load a file; may be done again, since its meldingen are the same every time."""
    van_levering = Levering.objects.using(STELSEL).filter(id=levering_id)
    levering = van_levering.get()
    if levering.toestand in {Toestand.KLAAR, Toestand.ONBRUIKBAAR}:
        return
    van_levering.update(toestand=Toestand.BEZIG)

    def meld_voortgang(gedaan: int) -> None:
        van_levering.update(gedaan=gedaan)

    einde: dict[str, Any]
    with tempfile.TemporaryDirectory(prefix="kernregister-") as map_:  # readable by its owner only
        pad = Path(map_) / "levering"
        with pad.open("wb") as bestand:
            for stuk in levering.stuk_set.using(STELSEL).order_by("nummer").iterator():
                bestand.write(kluis().open(bytes(stuk.inhoud), _plaats(levering_id, stuk.nummer)))
        try:
            uitslag = register.laad_ro(
                pad,
                register.Herkomst(levering.client, levering.instelling),
                meld_voortgang,
            )
        except OnbruikbaarBestand as fout:
            einde = {"toestand": Toestand.ONBRUIKBAAR, "uitleg": maskeer(str(fout))}
        else:
            redenen = Counter(
                (antwoord.soort, bevinding.regel)
                for antwoord in uitslag.afgekeurd
                for bevinding in antwoord.bevindingen
                if bevinding.ernst == "fout"
            )
            einde = {
                "toestand": Toestand.KLAAR,
                "aanvaard": uitslag.aanvaard,
                "gedaan": uitslag.aanvaard + len(uitslag.afgekeurd),
                "groepen": [[soort, regel, aantal] for (soort, regel), aantal in redenen.most_common()],
            }
    with transaction.atomic(using=STELSEL):
        van_levering.update(klaar_op=klok.nu(), **einde)
        levering.stuk_set.using(STELSEL).all().delete()


def levering_met_pas(levering_id: UUID) -> Levering | None:
    """Return a delivery when the pass shows it."""
    return Levering.objects.using("default").filter(id=levering_id).first()
