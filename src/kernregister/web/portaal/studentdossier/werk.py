"""What waits in a dossier: its open signals, and what the own records count for; each for who may see it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from msgspec import Struct

from kernregister.kern.bekostiging.besluit import Reden
from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.platform.rechten import Recht
from kernregister.voorzieningen.bekostigen import public as bekostigen
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.voorzieningen.kwaliteit.public import Signaalbeeld
from kernregister.web.api.weergave import bekostigingsredenen
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.studentdossier.blik import Blik, studiejaar_van

SIGNAAL = "portaal_signaal"


def signalen(bezoek: Bezoek, persoon: int) -> list[tuple[Signaalbeeld, str]]:
    """Return the open signals on own records, each with its address (empty: the page is not open to the visitor)."""
    if not bezoek.heeft(Recht.SIGNALEN_LEZEN):
        return []
    wens = kwaliteit.Filter(persoon=persoon, instelling=bezoek.instelling)
    gevonden = kwaliteit.open_signalen(wens, aantal=50).signalen
    open_ = bezoek.mag(SIGNAAL)
    return [(een, reverse(SIGNAAL, args=[een.id]) if open_ else "") for een in gevonden]


class Telling(Struct, frozen=True):
    """What an own enrolment on a teldatum, or an own diploma, counts for. Indicative."""

    dag: date | None
    """The teldatum, or the date of the diploma."""
    sleutel: str
    jaar: int
    telt: bool
    redenen: tuple[str, ...]
    """Why not, or what could not be judged; without those that the visitor has no scope for."""


def bekostiging(bezoek: Bezoek, blik: Blik) -> dict[str, Any]:
    """Return what the own records count for in the funding year of the visitor's studiejaar."""
    if not (bezoek.heeft(Recht.BEKOSTIGING_LEZEN) and blik.bekostigd):
        return {}
    jaar = Bekostigingsjaar.van(studiejaar_van(bezoek)).jaar
    wens = bekostigen.Filter(jaar=jaar, persoon=blik.persoon, instelling=bezoek.instelling)
    tellingen = [_telling(regel.post, bezoek) for regel in bekostigen.regels(wens)]
    return {"bekostiging": sorted(tellingen, key=lambda een: str(een.dag), reverse=True)}


def _telling(post: bekostigen.Post, bezoek: Bezoek) -> Telling:
    codes = (*(Reden(code, False) for code in post.faalt), *(Reden(code, None) for code in post.onbekend))
    redenen, _ = bekostigingsredenen(codes, bezoek.taal, bezoek.pas)
    dag = post.teldatum or post.datum_behaald
    return Telling(dag, post.sleutel, post.jaar, post.status, tuple(een.tekst for een in redenen))
