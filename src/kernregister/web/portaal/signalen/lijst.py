"""The work list: causes, the largest first, or the signals of one of them; the filters stand in the address."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from kernregister.kern.gegevens import Soort
from kernregister.kern.regels.catalogus import catalogus
from kernregister.kern.regels.paspoort import Tekst
from kernregister.platform import klok
from kernregister.platform.geheugen import onthoud
from kernregister.platform.pas import met_pas
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.voorzieningen.register import public as register
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.paginas import pagina
from kernregister.web.portaal.signalen import nieuws, onthouden, weergave, wens
from kernregister.web.portaal.signalen.collegas import collegas
from kernregister.web.portaal.taal import Taal
from kernregister.web.portaal.teruggaan import onthoud_lijst

ACTIVITEIT: Final = "kwaliteit-bewaken"
WERKLIJST: Final = Tekst("De werklijst", "The work list")
PER_BLADZIJDE: Final = {wens.OORZAKEN: 25, wens.SIGNALEN: 50}

_WAT: Final = "signalen bekijken"


@pagina("portaal_signalen", "signalen/", titel=("Signalen", "Signals"))
def signalen(bezoek: Bezoek) -> HttpResponse:
    """Show the open signals, by cause or one by one."""
    onthoud_lijst(bezoek, WERKLIJST, "rij")
    return toon_lijst(bezoek)


def toon_lijst(
    bezoek: Bezoek, bron: Any = None, fouten: list[tuple[str, str]] | None = None, status: int = 200
) -> HttpResponse:
    """Return the list; with what is wrong with what was asked to do with it.

    Args:
        bezoek: the visit.
        bron: where the filters stand, when that is not the address.
        fouten: field and text of what is wrong.
        status: of the answer.
    """
    waarden: dict[str, Any] = {"fouten": fouten or []}
    with met_pas(bezoek.pas):
        vraag = wens.lees(bezoek, bron)
        merk = kwaliteit.merk(vraag.wens.instelling)
        lees = _oorzaken if vraag.toon == wens.OORZAKEN else _signalen
        waarden |= lees(bezoek, vraag, merk)
        nauwer = vraag.wens.regel is not None or vraag.wens.groep is not None
        stand = kwaliteit.stand(vraag.wens) if nauwer else merk.alle
        waarden["voortgang"] = kwaliteit.voortgang(
            weergave.maandag(), vraag.wens.instelling, merk.alle.aantal
        )
        if bezoek.mag("portaal_zaken"):
            waarden["zaken"] = len(kwaliteit.zaken())
    collega = collegas(bezoek.instelling)
    waarden |= {
        "vraag": vraag,
        "collegas": collega,
        "filters": _filters(bezoek, vraag, collega),
        "geld": wens.ziet_geld(bezoek),
        "beheert": bezoek.mag("portaal_signalen_samen"),
        "bladen": _bladen(bezoek, vraag, waarden.get("zaken")),
        "onbekend": bezoek.tekst(wens.ONBEKEND).format(", ".join(vraag.onbekend)) if vraag.onbekend else "",
        "nieuws": nieuws.adres(vraag, stand, stand, waarden["rijen"]),
        "laatste_afzien": klok.vandaag() + kwaliteit.LANGST,
    }
    return bezoek.toon("portaal/signalen/lijst.html", waarden, status=status)


class _Lezer(NamedTuple):
    """What the filters need of a visit."""

    taal: Taal
    instelling: str | None


def _filters(bezoek: Bezoek, vraag: wens.Vraag, collega: dict[str, str]) -> SafeString:
    """Return the form with the filters; that in which nothing is filled in yet is kept at hand."""
    soort = None if bezoek.instelling is None else Soort.BI if bezoek.bekostigd else Soort.NBI
    schrijf = _filters_als_html if vraag.gefilterd else _lege_filters
    return schrijf(
        _Lezer(bezoek.taal, bezoek.instelling),
        tuple((naam, waarde) for naam, waarde in vraag.waarden.items() if naam != "na"),
        vraag.volgorde,
        tuple((naam, tuple(paren)) for naam, paren in wens.keuzes(bezoek, collega).items()),
        wens.regelopties(bezoek.taal, vraag.waarden.get("regel", ""), soort),
        wens.ziet_geld(bezoek),
    )


def _filters_als_html(
    lezer: _Lezer,
    waarden: tuple[tuple[str, str], ...],
    volgorde: kwaliteit.Volgorde,
    keuzes: tuple[tuple[str, tuple[tuple[str, str], ...]], ...],
    regelopties: str,
    geld: bool,
) -> SafeString:
    vraag = wens.Vraag(
        wens=kwaliteit.Wens(), waarden=dict(waarden), toon=wens.OORZAKEN, volgorde=volgorde, na=None
    )
    return render_to_string(
        "portaal/signalen/filters.html",
        {
            "bezoek": lezer,
            "vraag": vraag,
            "keuzes": dict(keuzes),
            "regelopties": regelopties,
            "geld": geld,
        },
    )


_lege_filters = onthoud(64)(_filters_als_html)
"""Nine fields with their choices were a fifth of the page; who filtered on a student is not kept."""


def _bladen(bezoek: Bezoek, vraag: wens.Vraag, zaken: int | None) -> list[tuple[str, str, bool]]:
    hier = reverse("portaal_signalen")
    uit = [
        (
            bezoek.tekst(Tekst("Per oorzaak", "By cause")),
            hier + vraag.adres(toon=wens.OORZAKEN, oorzaak=None, volgorde=None),
            vraag.toon == wens.OORZAKEN or vraag.wens.oorzaak is not None,
        ),
        (
            bezoek.tekst(Tekst("Per signaal", "One by one")),
            hier + vraag.adres(toon=wens.SIGNALEN, oorzaak=None, volgorde=None),
            vraag.toon == wens.SIGNALEN and vraag.wens.oorzaak is None,
        ),
    ]
    if zaken is not None:
        titel = bezoek.tekst(Tekst("Gedeelde zaken ({})", "Shared cases ({})")).format(zaken)
        uit.append((titel, reverse("portaal_zaken"), False))
    return uit


def _oorzaken(bezoek: Bezoek, vraag: wens.Vraag, merk: kwaliteit.Merk) -> dict[str, Any]:
    gevonden = onthouden.oorzaken(
        bezoek, merk, vraag.wens, vraag.volgorde, vraag.na, PER_BLADZIJDE[wens.OORZAKEN]
    )
    personen = [een.persoon for een in gevonden.oorzaken if een.persoon is not None]
    studenten = register.studenten(personen, bezoek.instelling)
    bezoek.gelezen(personen, _WAT, ACTIVITEIT)
    vandaag = klok.vandaag()
    volgende = wens.maak_plek(vraag.toon, gevonden.volgende)
    return {
        "oorzaken": [weergave.oorzaakbeeld(een, studenten, vandaag, bezoek) for een in gevonden.oorzaken],
        "totaal": gevonden.totaal,
        "aantal": gevonden.signalen,
        "rijen": [een.sleutel for een in gevonden.oorzaken],
        "volgende": vraag.adres(na=volgende) if volgende else "",
        "eerste": vraag.adres() if vraag.na else "",
    }


def _signalen(bezoek: Bezoek, vraag: wens.Vraag, merk: kwaliteit.Merk) -> dict[str, Any]:
    gevonden = onthouden.werkregels(
        bezoek, merk, vraag.wens, vraag.volgorde, vraag.na, PER_BLADZIJDE[wens.SIGNALEN]
    )
    personen = {een.persoon for een in gevonden.regels}
    studenten = register.studenten(personen, bezoek.instelling)
    bezoek.gelezen(personen, _WAT, ACTIVITEIT)
    oorzaak = None
    if vraag.wens.oorzaak:
        (oorzaak,) = onthouden.oorzaken(bezoek, merk, vraag.wens, "aantal", None, 1).oorzaken or (None,)
    volgende = wens.maak_plek(vraag.toon, gevonden.volgende)
    return {
        "signalen": [weergave.signaalbeeld(een, studenten, bezoek) for een in gevonden.regels],
        "oorzaak": weergave.oorzaakbeeld(oorzaak, studenten, klok.vandaag(), bezoek) if oorzaak else None,
        "regel": catalogus()[oorzaak.regels[0]] if oorzaak and len(oorzaak.regels) == 1 else None,
        "aantal": gevonden.totaal,
        "rijen": [str(een.id) for een in gevonden.regels],
        "volgende": vraag.adres(na=volgende) if volgende else "",
        "eerste": vraag.adres() if vraag.na else "",
    }
