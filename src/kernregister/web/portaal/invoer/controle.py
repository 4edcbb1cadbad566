"""Checking a form: what is wrong with it, and what it would do, by a dry run through the one door of the register."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from kernregister.kern.meldingen.berichten import AanleverenIdentificatiePersoon
from kernregister.kern.meldingen.terugkoppeling import Terugkoppeling, Terugmelding, signaalverloop
from kernregister.kern.regels.paspoort import Tekst
from kernregister.kern.sleutels import is_bsn, is_onderwijsnummer
from kernregister.platform.rechten import Recht
from kernregister.voorzieningen.bekostigen import public as bekostigen
from kernregister.web.api import weergave
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.formulieren.formulier import Formulier
from kernregister.web.portaal.formulieren.tonen import Fout, Fouten, Waarden
from kernregister.web.portaal.formulieren.versturen import herkomst, verstuur
from kernregister.web.portaal.formulieren.vorm import SCHEIDING
from kernregister.web.portaal.formulieren.waarden import zonder_scheiding

_GEEN_BSN = Tekst(
    "Dit is geen burgerservicenummer: controleer de cijfers.", "This is no BSN: check the digits."
)
_GEEN_ONDERWIJSNUMMER = Tekst(
    "Dit is geen onderwijsnummer: controleer de cijfers.", "This is no onderwijsnummer: check the digits."
)


class Signaal(Struct, frozen=True):
    """A signal that a melding opens or closes. ``veld``: where in the form it is about; empty: elsewhere."""

    regel: str
    tekst: str
    advies: str
    veld: str


class Gevolgen(Struct, frozen=True, kw_only=True):
    """What a melding would do, or did."""

    aanvaard: bool
    geopend: tuple[Signaal, ...] = ()
    gebleven: tuple[Signaal, ...] = ()
    """Signals that stay, with other values."""
    gesloten: tuple[Signaal, ...] = ()
    bekostiging: tuple[Any, ...] = ()
    """What changes in the provisional funding, in words, for who may see it."""
    jaren: tuple[Any, ...] = ()
    """The difference in each funding year."""

    @property
    def stil(self) -> bool:
        """Whether it touches no signal and no funding."""
        return not (self.geopend or self.gesloten or self.bekostiging or self.jaren)


class Uitslag(Struct, frozen=True):
    """A form that was checked; without ``gevolgen`` it could not be judged as a whole yet."""

    waarden: Waarden
    fouten: Fouten
    melding: Any = None
    gevolgen: Gevolgen | None = None


def controleer(bezoek: Bezoek, formulier: Formulier, post: Mapping[str, str], *, live: bool) -> Uitslag:
    """Check a form and tell what it would do; nothing is kept of it.

    Args:
        bezoek: who fills it in.
        formulier: the form.
        post: what was typed.
        live: while it is being typed: what was not filled in yet is no fault, and a group that is not finished waits.
    """
    waarden = formulier.waarden(post)
    melding, fouten = formulier.lees(waarden)
    wacht: set[str] = set()
    if live and melding is None:
        af, wacht = _zonder_onaffe_groepen(waarden, fouten)
        fouten = zonder_leeg(fouten, waarden)
        melding = formulier.lees(af)[0] if af is not None and not fouten else None
    if melding is None:
        return Uitslag(waarden, fouten)
    if isinstance(melding, AanleverenIdentificatiePersoon):
        return Uitslag(waarden, fouten | nummerfouten(bezoek, waarden), melding)  # who is meant is asked once
    terug, jaren = proef(bezoek, melding)
    gevonden = formulier.fouten_van(terug, waarden, melding)
    if live:
        gevonden = zonder_leeg({naam: g for naam, g in gevonden.items() if naam not in wacht}, waarden)
    return Uitslag(waarden, gevonden, melding, gevolgen(bezoek, formulier, waarden, terug, melding, jaren))


def proef(bezoek: Bezoek, melding: Any) -> tuple[Terugkoppeling, tuple[Any, ...]]:
    """Return what the register would answer, and the difference in funding for who may see that."""
    if bezoek.heeft(Recht.BEKOSTIGING_LEZEN) and bezoek.bekostigd:
        uit = bekostigen.wat_als([melding], herkomst(bezoek))
        return uit.antwoorden[0], tuple(j for j in uit.jaren if j.oktober or j.februari or j.diplomawaarde)
    (terug,) = verstuur(bezoek, [melding], proef=True)
    return terug, ()


def gevolgen(
    bezoek: Bezoek,
    formulier: Formulier,
    waarden: Waarden,
    terug: Terugkoppeling,
    melding: Any = None,
    jaren: tuple[Any, ...] = (),
) -> Gevolgen:
    """Return what an answer says that a melding does, in words."""

    def signalen(van: tuple[Terugmelding, ...]) -> tuple[Signaal, ...]:
        uit = []
        for een in van:
            tekst, advies = weergave.teksten(een.regel, bezoek.taal)
            uit.append(Signaal(een.regel, tekst, advies, formulier.plek_van(een, waarden, melding)))
        return tuple(uit)

    verloop = signaalverloop(terug)
    mag_zien = bezoek.heeft(Recht.BEKOSTIGING_LEZEN) and bezoek.bekostigd
    geld = terug.bekostiging if mag_zien else ()
    return Gevolgen(
        aanvaard=terug.aanvaard,
        geopend=signalen(verloop.ontstaan),
        gebleven=signalen(verloop.gebleven),
        gesloten=signalen(verloop.verdwenen),
        bekostiging=tuple(weergave.bekostigingswijziging(een, bezoek.taal, bezoek.pas) for een in geld),
        jaren=jaren,
    )


def zonder_leeg(fouten: Fouten, waarden: Waarden) -> Fouten:
    """Leave out what is said of fields and groups in which nothing stands yet."""
    return {
        naam: gevonden
        for naam, gevonden in fouten.items()
        if waarden.get(naam, "").strip()
        or (
            naam not in waarden
            and any(w.strip() for n, w in waarden.items() if n.startswith(naam + SCHEIDING))
        )
    }


def _zonder_onaffe_groepen(waarden: Waarden, fouten: Fouten) -> tuple[Waarden | None, set[str]]:
    """Return the form without the groups in which something is still missing, and the lists that wait for them.

    None for the form: more is missing than that.
    """
    uit, wacht = dict(waarden), set()
    for naam in fouten:
        delen = naam.split(SCHEIDING)
        plaats = next((i for i, deel in enumerate(delen) if deel.isdecimal()), None)
        if plaats is None:
            return None, set()
        lijst, groep = (SCHEIDING.join(delen[:tot]) for tot in (plaats, plaats + 1))
        wacht.add(lijst)
        uit = {n: w for n, w in uit.items() if not n.startswith(groep + SCHEIDING)}
    return uit, wacht


def nummerfouten(bezoek: Bezoek, waarden: Waarden) -> Fouten:
    """Return what is wrong with the numbers of persons themselves, before anybody is asked who bears them."""
    uit: Fouten = {}
    for veld, past, tekst in (
        ("burgerservicenummer", is_bsn, _GEEN_BSN),
        ("onderwijsnummer", is_onderwijsnummer, _GEEN_ONDERWIJSNUMMER),
    ):
        getypt = zonder_scheiding(waarden.get(veld, ""))
        if getypt and not past(getypt):
            uit[veld] = [Fout(bezoek.tekst(tekst))]
    return uit
