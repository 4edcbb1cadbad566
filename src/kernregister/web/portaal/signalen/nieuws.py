"""What changed since a list was shown: told beside it, so that it does not move under who reads (ADR 0034).

Asked every few seconds, so it is one question to the database as long as nothing changed, and an empty answer.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec
from django.http import HttpResponse
from django.urls import reverse

from kernregister.platform.pas import met_pas
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.web.api import cursors
from kernregister.web.api.problemen import Fout
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.paginas import pagina
from kernregister.web.portaal.signalen import weergave, wens

_DOEL: Final = "werklijst-nieuws"
MEESTE_RIJEN: Final = 100


class _Gezien(msgspec.Struct, frozen=True, array_like=True):
    """What a reader has before them."""

    begin: tuple[int, int, int]
    """How the list stood when the page was made."""
    laatst: tuple[int, int, int]
    """How it stood when the reader was last told."""
    rijen: list[str]


def adres(vraag: wens.Vraag, begin: kwaliteit.Stand, laatst: kwaliteit.Stand, rijen: list[str]) -> str:
    """Return where to ask what changed.

    Args:
        vraag: what the list shows.
        begin: how the list stood when the page was made.
        laatst: how it stood when the reader was last told.
        rijen: the keys of the rows on the page.
    """
    gezien = [_stand(begin), _stand(laatst), rijen[:MEESTE_RIJEN]]
    # Signed, so that nobody has it ask for anything else; in two parts, for a cursor has an end.
    return reverse("portaal_signalen_nieuws") + vraag.adres(gezien=_verpak(gezien))


def _stand(stand: kwaliteit.Stand) -> tuple[int, int, int]:
    return stand.aantal, stand.hoogste, stand.som


def _verpak(gezien: list[Any]) -> str:
    begin, laatst, rijen = gezien
    kop = cursors.maak(_DOEL, [list(begin), list(laatst)])
    return ",".join([kop, *rijen])


def _lees(tekst: str) -> _Gezien | None:
    kop, *rijen = tekst.split(",")
    try:
        begin, laatst = cursors.lees(_DOEL, kop, tuple[tuple[int, int, int], tuple[int, int, int]])
    except Fout:
        return None
    return _Gezien(begin, laatst, rijen[:MEESTE_RIJEN])


@pagina("portaal_signalen_nieuws", "signalen/nieuws/", titel=("Wat er veranderde", "What changed"))
def nieuws(bezoek: Bezoek) -> HttpResponse:
    """Tell how many came and were solved, and which rows on the page are done; nothing (204) when nothing changed."""
    gezien = _lees(bezoek.request.GET.get("gezien", ""))
    if gezien is None:
        return HttpResponse(status=204)
    with met_pas(bezoek.pas):
        vraag = wens.lees(bezoek)
        nu = kwaliteit.stand(vraag.wens)
        if _stand(nu) == gezien.laatst:
            return HttpResponse(status=204)
        aantal, hoogste, som = gezien.begin
        nieuw = kwaliteit.nieuw_sinds(vraag.wens, hoogste)
        waarden: dict[str, Any] = {
            "nieuw": nieuw,
            "opgelost": max(0, aantal + nieuw - nu.aantal),
            "voortgang": kwaliteit.voortgang(weergave.maandag(), vraag.wens.instelling),
            **_rijen(bezoek, vraag, gezien.rijen),
        }
    begin = kwaliteit.Stand(aantal, hoogste, som)
    waarden |= {
        "nieuws": adres(vraag, begin, nu, gezien.rijen),
        "tonen": reverse("portaal_signalen") + vraag.adres(),
    }
    return bezoek.toon("portaal/signalen/nieuws.html", waarden)


def _rijen(bezoek: Bezoek, vraag: wens.Vraag, rijen: list[str]) -> dict[str, Any]:
    """Return what became of the rows that the reader has before them."""
    if vraag.toon == wens.OORZAKEN:
        over = {
            een.sleutel: een.aantal
            for een in kwaliteit.oorzaken(
                vraag.wens, volgorde="aantal", ik=bezoek.naam, aantal=len(rijen) or 1, deze=rijen
            ).oorzaken
        }
        return {"tellingen": [(sleutel, over.get(sleutel, 0)) for sleutel in rijen]}
    ids = [int(rij) for rij in rijen if rij.isascii() and rij.isdigit() and len(rij) < 19]
    nog = kwaliteit.nog_open(ids)
    return {"klaar": [id_ for id_ in ids if id_ not in nog]}
