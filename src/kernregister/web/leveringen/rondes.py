"""A round of a delivery, dry or for real: batch by batch, each with what it came to in one transaction.

Begun again after a fall it passes over the batches that it has; the one that was going on is delivered once more and
answers as it did, so the report comes out the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

import msgspec
from django.db import transaction

from kernregister.kern.formaten.verslag import OnbruikbaarBestand
from kernregister.platform import klok
from kernregister.platform.nummers import maskeer
from kernregister.platform.sql import STELSEL
from kernregister.platform.stukken import Geschonden, Stukken, Vernietigd
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.register.public import Gevolg
from kernregister.web.afzender import PORTAAL
from kernregister.web.leveringen import rapport
from kernregister.web.leveringen.bronnen import Bron, open_bron
from kernregister.web.leveringen.models import Fout, Levering, Partij, Ronde, Stuk, Toestand
from kernregister.web.leveringen.rapport import Opmerking

VAN_BESTAND: Final = -1
"""Number of the batch under which faults of the file itself are kept."""

_TOESTANDEN: Final = {
    Ronde.PROEF: (Toestand.PROEF_WACHT, Toestand.PROEF, Toestand.BEOORDEELD),
    Ronde.ECHT: (Toestand.WACHT, Toestand.BEZIG, Toestand.KLAAR),
}
"""In which state a delivery waits for a round, goes through it, and has had it."""


BESTANDEN: Final = Stukken(Stuk, "levering", "levering")
"""The files that were delivered."""


_ANDERS: Final = "Het bestand is niet meer zoals het is aangeleverd. Lever het opnieuw aan."


def draai(levering_id: UUID, ronde: Ronde) -> None:
    """Do a round of a delivery, or what is left of it; when it does not wait for that round, nothing."""
    wacht, bezig, klaar = _TOESTANDEN[ronde]
    van_levering = Levering.objects.using(STELSEL).filter(id=levering_id)
    if not van_levering.filter(toestand__in=(wacht, bezig)).update(toestand=bezig):
        return
    levering = van_levering.get()
    try:
        with (
            BESTANDEN.als_bestand(levering.id) as pad,
            open_bron(pad, levering.instelling, levering.id) as bron,
        ):
            if levering.soort not in {"", bron.soort}:
                raise OnbruikbaarBestand(
                    f"Dit is geen {levering.soort} maar een bestand met meldingen ({bron.soort})."
                )
            van_levering.update(soort=bron.soort, regels=bron.regels, totaal=bron.totaal)
            _doe_partijen(levering, ronde, bron)
            _leg_leesfouten_vast(levering, ronde, bron)
            einde = _einde(levering, ronde, bron)
    except OnbruikbaarBestand as fout:
        klaar, einde = Toestand.ONBRUIKBAAR, {"uitleg": maskeer(str(fout))}
    except (Geschonden, Vernietigd):
        klaar, einde = Toestand.ONBRUIKBAAR, {"uitleg": _ANDERS}
    with transaction.atomic(using=STELSEL):
        van_levering.update(toestand=klaar, klaar_op=klok.nu(), **einde)
        if klaar != Toestand.BEOORDEELD:
            BESTANDEN.vernietig(levering.id)


def _doe_partijen(levering: Levering, ronde: Ronde, bron: Bron) -> None:
    van_mensen = ronde is Ronde.PROEF or levering.doorgevoerd_door
    herkomst = register.Herkomst(PORTAAL if van_mensen else levering.client, levering.instelling, levering.id)
    partijen = Partij.objects.using(STELSEL).filter(levering=levering, ronde=ronde)
    gehad = set(partijen.values_list("nummer", flat=True))
    tot_nu = rapport.samen(partijen.values_list("uitslag", flat=True))
    for nummer, partij in enumerate(bron.partijen()):
        if nummer in gehad:
            continue
        uitkomsten = register.lever(partij, herkomst, proef=ronde is Ronde.PROEF)
        eigen, volgt = rapport.rapport_van(uitkomsten)
        tot_nu.tel_op(eigen)
        with transaction.atomic(using=STELSEL):
            Partij.objects.using(STELSEL).create(
                levering=levering, ronde=ronde, nummer=nummer, uitslag=msgspec.to_builtins(eigen)
            )
            fouten = _geweigerd(uitkomsten, volgt, bron)
            for fout in fouten:
                fout.levering, fout.ronde, fout.partij = levering, ronde, nummer
            Fout.objects.using(STELSEL).bulk_create(fouten, batch_size=1000)
            Levering.objects.using(STELSEL).filter(id=levering.id).update(
                gedaan=tot_nu.meldingen,
                aanvaard=tot_nu.verandert + tot_nu.aantal(Gevolg.ONGEWIJZIGD, Gevolg.HERHAALD),
                geweigerd=tot_nu.geweigerd,
            )


def _geweigerd(uitkomsten: Sequence[register.Uitkomst], volgt: Sequence[bool], bron: Bron) -> list[Fout]:
    """Return a line for each reason why a melding was refused."""
    uit = []
    for een, gevolg in zip(uitkomsten, volgt, strict=True):
        if een.antwoord is None or een.gevolg is not Gevolg.GEWEIGERD:
            continue
        plek = bron.plek(een.melding)
        codes = dict.fromkeys(b.regel for b in een.antwoord.bevindingen if b.ernst == "fout")
        velden = {
            b.regel: str(b.waarden.get("veld") or ", ".join(map(str, b.waarden.get("velden", ()))))
            for b in een.antwoord.bevindingen
        }
        uit += [
            Fout(
                regel=plek.regel,
                soort=een.antwoord.soort,
                code=code,
                sleutel=maskeer(plek.sleutel),
                veld=velden[code][:200],
                gevolg=gevolg,
            )
            for code in codes
        ]
    return uit


def _leg_leesfouten_vast(levering: Levering, ronde: Ronde, bron: Bron) -> None:
    """Keep what could not be read; done again, it takes the place of what was kept before."""
    fouten = [
        Fout(
            levering=levering,
            ronde=ronde,
            partij=VAN_BESTAND,
            regel=een.regel,
            soort=een.soort,
            code=een.code[:40],
            veld=een.veld[:200],
            tekst=een.tekst,
        )
        for een in bron.leesfouten()
    ]
    with transaction.atomic(using=STELSEL):
        Fout.objects.using(STELSEL).filter(levering=levering, ronde=ronde, partij=VAN_BESTAND).delete()
        Fout.objects.using(STELSEL).bulk_create(fouten, batch_size=1000)


def _einde(levering: Levering, ronde: Ronde, bron: Bron) -> dict[str, Any]:
    """Return what is kept of a round that was gone through."""
    partijen = Partij.objects.using(STELSEL).filter(levering=levering, ronde=ronde).order_by("nummer")
    heel = rapport.samen(partijen.values_list("uitslag", flat=True))
    heel.opmerkingen = _opmerkingen(bron)
    if not heel.meldingen and not heel.opmerkingen:
        raise OnbruikbaarBestand("In dit bestand staat niets om te registreren.")
    kern: dict[str, Any] = {"groepen": [[g.soort, g.regel, g.aantal + g.gevolg] for g in heel.groepen]}
    if ronde is Ronde.PROEF:
        return kern | {
            "proef": msgspec.to_builtins(heel),
            "proef_op": klok.nu(),
            "proef_stand": register.stand(),
        }
    return kern | {"uitslag": msgspec.to_builtins(heel)}


def _opmerkingen(bron: Bron) -> list[Opmerking]:
    """Return what the reader has to say, one line for each cause."""
    uit = [
        Opmerking(o.code, o.tekst, o.fout, o.aantal, o.recordsoort, o.veld, o.verwacht, "")
        for verslag in bron.verslagen()
        for o in verslag.opmerkingen
    ]
    per: dict[tuple[str, str], set[int]] = {}
    if not bron.verslagen():
        for een in bron.leesfouten():
            per.setdefault((een.veld, een.tekst), set()).add(een.regel)
    uit += [Opmerking("N01", tekst, True, len(regels), "", veld) for (veld, tekst), regels in per.items()]
    return sorted(uit, key=lambda een: (not een.fout, -een.aantal, een.code, een.veld))
