"""Delivering a file, and the deliveries of an institution with how far each of them is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from kernregister.kern.formaten.bron import controleer_tekst
from kernregister.kern.formaten.verslag import OnbruikbaarBestand
from kernregister.kern.regels.paspoort import Tekst
from kernregister.platform.pas import met_pas
from kernregister.platform.stukken import PER_STUK
from kernregister.web.leveringen import laden
from kernregister.web.leveringen.models import Levering, Toestand
from kernregister.web.leveringen.ontvangst import GROOTSTE_UPLOAD
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.meldingen.woorden import TOESTANDEN
from kernregister.web.portaal.paginas import pagina

GETOOND: Final = 25
MEESTE_OPEN: Final = 20
"""Files of an institution that may wait at once: the worker is there for everybody, and so is the disk."""
_OPEN: Final = (Toestand.PROEF_WACHT, Toestand.PROEF, Toestand.BEOORDEELD, Toestand.WACHT, Toestand.BEZIG)
"""Deliveries on the page."""

_ZIP: Final = b"PK\x03\x04"


@pagina(
    "portaal_meldingen_aanleveren",
    "meldingen/aanleveren/",
    titel=("Bestand aanleveren", "Deliver a file"),
    methoden=("GET", "POST"),
)
def aanleveren(bezoek: Bezoek) -> HttpResponse:
    """Take in a file, and go to the page on which its dry run is followed."""
    if bezoek.request.method != "POST":
        return _toon(bezoek)
    bestand: Any = bezoek.request.FILES.get("bestand")
    if fout := _fout(bestand) or _te_veel(bezoek):
        return _toon(
            bezoek, 422, fouten={"bestand": [bezoek.tekst(fout) if isinstance(fout, Tekst) else fout]}
        )
    instelling = bezoek.pas.sleutel
    levering = laden.neem_in(instelling, bezoek.naam, _stukken(bestand), naam=bestand.name or "", proef=True)
    with met_pas(bezoek.pas):
        eerder = laden.eerder_aangeleverd(levering)
    if eerder is not None:
        tekst = Tekst(
            "Dit bestand is al eerder aangeleverd, op {dag:%d-%m-%Y}. De proef laat zien of het nu nog iets verandert.",
            "This file was delivered before, on {dag:%d-%m-%Y}. The dry run shows whether it still changes anything.",
        )
        messages.info(bezoek.request, bezoek.tekst(tekst).format(dag=eerder.ontvangen_op))
    return redirect("portaal_levering", levering.id)


def _stukken(bestand: IO[bytes]) -> Iterator[bytes]:
    bestand.seek(0)
    while stuk := bestand.read(PER_STUK):
        yield stuk


def _fout(bestand: Any) -> Tekst | str | None:
    """Return what is wrong with a file at first sight; what it holds is looked into by the dry run."""
    if bestand is None:
        return Tekst("Kies een bestand.", "Choose a file.")
    if bestand.size > GROOTSTE_UPLOAD:
        return Tekst(
            f"Het bestand is groter dan {GROOTSTE_UPLOAD >> 20} MB. Lever het als zip, of in delen aan.",
            f"The file is larger than {GROOTSTE_UPLOAD >> 20} MB. Deliver it as a zip, or in parts.",
        )
    bestand.seek(0)
    begin = bestand.read(1 << 16)
    if not begin.strip():
        return Tekst("Het bestand is leeg.", "The file is empty.")
    try:
        if not begin.startswith(_ZIP):
            controleer_tekst(begin, "Dit bestand")
    except OnbruikbaarBestand as fout:
        return str(fout)
    return None


def _te_veel(bezoek: Bezoek) -> Tekst | None:
    """Return what somebody is told whose institution has too many files waiting already."""
    with met_pas(bezoek.pas):
        open_ = Levering.objects.using("default").filter(instelling=bezoek.pas.sleutel, toestand__in=_OPEN)
        if open_.count() < MEESTE_OPEN:
            return None
    return Tekst(
        f"Er wachten al {MEESTE_OPEN} bestanden van uw instelling. Voer ze door of trek ze in, en lever dan dit aan.",
        f"{MEESTE_OPEN} files of your institution are waiting already. Apply or withdraw them, then deliver this one.",
    )


def _toon(bezoek: Bezoek, status: int = 200, **waarden: Any) -> HttpResponse:
    with met_pas(bezoek.pas):
        gevonden = list(
            Levering.objects.using("default")
            .filter(instelling=bezoek.pas.sleutel)
            .defer("proef", "uitslag", "vingerafdruk")
            .order_by("-ontvangen_op")[:GETOOND]
        )
    rijen = [
        (een, bezoek.tekst(TOESTANDEN[een.toestand][0]), TOESTANDEN[een.toestand][1]) for een in gevonden
    ]
    return bezoek.toon(
        "portaal/meldingen/aanleveren.html",
        {
            "leveringen": rijen,
            "grootste": GROOTSTE_UPLOAD >> 20,
            "terug": reverse("portaal_meldingen"),
            **waarden,
        },
        status=status,
    )
