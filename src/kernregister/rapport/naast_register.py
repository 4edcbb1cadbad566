"""The page of a comparison with an own administration: what differs, by cause, with the students concerned."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from markupsafe import Markup
from msgspec import Struct

from kernregister import __version__
from kernregister.kern.formaten.schrijven import als_geheel
from kernregister.rapport.bladzijde import beleid, bijlage, omgeving
from kernregister.rapport.woorden import Woorden
from kernregister.vergelijking.aansluiting import Aansluiting
from kernregister.vergelijking.oorzaken import Afwijking, Oorzaak

RIJEN = 100
"""Students shown with each cause; all of them are in the CSV."""

OORZAKEN = 60
"""Causes shown with their students; the table names all of them."""


class Kaart(Struct, frozen=True):
    """A cause with the first of its students."""

    id: str
    oorzaak: Oorzaak
    rijen: list[Afwijking]


def schrijf_naast_register(aansluiting: Aansluiting, pad: Path) -> None:
    """Write the page of a comparison as one self-contained HTML page."""
    with als_geheel(pad) as deel:
        deel.write_text(maak_naast_register(aansluiting), encoding="utf-8", newline="\n")


def maak_naast_register(aansluiting: Aansluiting) -> str:
    """Return the page of a comparison. The same comparison gives the same page."""
    per_oorzaak: dict[tuple[str, ...], list[Afwijking]] = defaultdict(list)
    for afwijking in aansluiting.afwijkingen:
        rijen = per_oorzaak[afwijking.niveau, afwijking.veld, afwijking.aard, afwijking.oorzaak]
        if len(rijen) < RIJEN:
            rijen.append(afwijking)
    kaarten = [
        Kaart(f"oorzaak-{nummer}", o, per_oorzaak[o.niveau, o.veld, o.aard, o.tekst])
        for nummer, o in enumerate(aansluiting.oorzaken, 1)
    ]
    stijl = bijlage("rapport.css")
    sjablonen = omgeving()
    w = Woorden("nl")
    sjablonen.filters |= {
        "getal": w.getal,
        "voluit": w.datum_voluit,
        "woorden": lambda naam: naam.replace("_", " "),
    }
    return sjablonen.get_template("naast_register.html").render(
        a=aansluiting,
        kaarten=kaarten,
        uitgewerkt=kaarten[:OORZAKEN],
        verdacht=[kaart for kaart in kaarten if kaart.oorzaak.verdacht],
        versie=__version__,
        stijl=Markup(stijl),  # noqa: S704 - our own file
        csp=beleid(stijl),
    )
