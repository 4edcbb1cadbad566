"""What the record behind a signal counts for, on each teldatum and as a diploma. Indicative, all of it."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from kernregister.kern.bekostiging.redenen import catalogus as redenen
from kernregister.platform import klok
from kernregister.platform.pas import Bijzonder
from kernregister.voorzieningen.bekostigen import public as bekostigen
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.web.api.weergave import VERBLIJFSREDENEN
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.signalen.wens import ziet_geld


class Telling(Struct, frozen=True, kw_only=True):
    """What a record counts for in a funding year."""

    post: bekostigen.Post
    telt: bool
    bijdrage: Decimal | None
    """What it contributes, or would contribute if nothing failed; None: it cannot be told."""
    redenen: list[str]
    """Why it does not count, in words."""


def van(beeld: kwaliteit.Signaalbeeld, bezoek: Bezoek) -> list[Telling]:
    """Return what the record behind a signal counts for, as far as the visitor may see that; inside ``met_pas``."""
    if not ziet_geld(bezoek):
        return []
    sleutel = beeld.sleutel
    soort, nummer = (
        ("diploma", sleutel.resultaatvolgnummer)
        if sleutel.record == "Diploma"
        else ("inschrijving", sleutel.inschrijvingvolgnummer)
    )
    posten = bekostigen.van_record(beeld.persoon, beeld.instelling, soort, nummer or "", klok.vandaag())
    return [_telling(post, bezoek) for post in posten]


def _telling(post: bekostigen.Post, bezoek: Bezoek) -> Telling:
    mag = Bijzonder.VERBLIJF in bezoek.pas.bijzonder
    return Telling(
        post=post,
        telt=post.status,
        bijdrage=post.bijdrage if post.status else post.mogelijk,
        redenen=[
            bezoek.tekst(redenen()[code].titel)
            for code in post.faalt
            if code in redenen() and (mag or code not in VERBLIJFSREDENEN)
        ],
    )
