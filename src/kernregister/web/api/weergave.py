"""How the API shows what the rooms hold: named fields, texts in the reader's language, numbers where they belong."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from msgspec import Struct, structs

from kernregister.kern.bekostiging import besluit as kern
from kernregister.kern.bekostiging.redenen import catalogus as redenen
from kernregister.kern.bekostiging.redenen import tekst, voorbehoud
from kernregister.kern.dossier import Dossier, Persoon
from kernregister.kern.leesbaar import als_object
from kernregister.kern.meldingen.controles import CONTROLES
from kernregister.kern.meldingen.terugkoppeling import Identificatieuitslag, Terugkoppeling, Terugmelding
from kernregister.kern.meldingen.vorm import als_bericht
from kernregister.kern.regels.catalogus import catalogus
from kernregister.kern.vooropleiding import Vooropleiding
from kernregister.platform.nummers import maskeer_waarde
from kernregister.platform.pas import Bijzonder, Pas
from kernregister.web.api.problemen import Taal

DossierBericht: Any = als_bericht(Dossier, naam="Dossier")
PersoonBericht: Any = als_bericht(Persoon)
VooropleidingBericht: Any = als_bericht(Vooropleiding)


class Recordsleutel(Struct, frozen=True, omit_defaults=True):
    """The key of a record without the number of the person: who reads it knows the person by ``persoon``."""

    record: str
    instelling: str = ""
    inschrijvingvolgnummer: str | None = None
    datum_begin: date | None = None
    bpv_volgnummer: str | None = None
    resultaatvolgnummer: str | None = None
    opleidingcode: str | None = None


class Bevinding(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A finding: ``regel`` is the error code, ``tekst`` and ``advies`` are in the reader's language."""

    regel: str
    ernst: str
    tekst: str = ""
    advies: str = ""
    sleutel: Recordsleutel | None = None
    waarden: dict[str, Any] = {}
    afkeurcode: str = ""
    duo_code: str = ""


class Identificatie(Struct, frozen=True, omit_defaults=True):
    """What identification gave: ``gevonden``, ``nieuw`` (an onderwijsnummer was issued) or ``onzeker``."""

    uitslag: str
    burgerservicenummer: str | None = None
    onderwijsnummer: str | None = None
    persoonsgegevens: PersoonBericht | None = None


class Bekostigingsreden(Struct, frozen=True, omit_defaults=True):
    """One step of a funding decision. ``voldaan`` is null where it could not be judged for lack of data."""

    code: str
    tekst: str
    voldaan: bool | None
    waarden: dict[str, Any] = {}


class Bekostigingswijziging(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What a melding changed in the provisional funding of one own enrolment on a teldatum, or of one own diploma.

    Indicative: ``voorbehoud`` says so, in words. A contribution is that of 16.4 of the PvE, before weights and
    correction factor; it is absent where there is nothing to decide on, or where no price factor is known.
    """

    jaar: int
    sleutel: str
    teldatum: date | None = None
    """Absent: it is about a diploma."""
    status_voor: bool | None = None
    status_na: bool | None = None
    bijdrage_voor: Decimal | None = None
    bijdrage_na: Decimal | None = None
    redenen: tuple[Bekostigingsreden, ...] = ()
    """What fails or could not be judged."""
    redenen_verborgen: bool = False
    """Some tell of residence, and are shown only with the scope for it."""
    voorbehoud: str
    gegevens_versie: int


class Meldingantwoord(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The terugkoppeling on one melding."""

    id: UUID | None
    soort: str
    aanvaard: bool
    ontvangen_op: datetime
    proef: bool = False
    """A dry run: nothing was kept."""
    persoon: int | None = None
    """The person's name in the addresses of the API."""
    bevindingen: tuple[Bevinding, ...] = ()
    signalen_geopend: tuple[Bevinding, ...] = ()
    signalen_gesloten: tuple[Bevinding, ...] = ()
    identificatie: Identificatie | None = None
    vooropleiding: VooropleidingBericht | None = None
    bekostiging: tuple[Bekostigingswijziging, ...] = ()


@cache
def teksten(regel: str, taal: Taal) -> tuple[str, str]:
    """Return text and advice of a rule or control; empty when it is not ours."""
    gevonden: Any = catalogus().get(regel) or CONTROLES.get(regel)
    return (getattr(gevonden.tekst, taal), getattr(gevonden.advies, taal)) if gevonden else ("", "")


def recordsleutel(van: Any) -> Recordsleutel:
    """Return the key of the record of a signal."""
    return Recordsleutel(*(getattr(van, veld) for veld in Recordsleutel.__struct_fields__))


def bevinding(van: Terugmelding, taal: Taal) -> Bevinding:
    """Return a finding as the API shows it; numbers of persons do not go along."""
    woorden, advies = teksten(van.regel, taal)
    return Bevinding(
        regel=van.regel,
        ernst=van.ernst,
        tekst=woorden,
        advies=advies,
        sleutel=recordsleutel(van.sleutel) if van.sleutel else None,
        waarden=maskeer_waarde(van.waarden) if van.waarden else {},
        afkeurcode=van.afkeurcode,
        duo_code=van.duo_code,
    )


def persoon_met_pas(persoon: Persoon, pas: Pas) -> Persoon:
    """Return the person without what the pass does not open: nationality and residence have a scope of their own."""
    if Bijzonder.VERBLIJF in pas.bijzonder:
        return persoon
    return structs.replace(persoon, verblijfstitels=(), nationaliteiten=())


def zonder_bijzonder(inhoud: dict[str, Any], pas: Pas) -> dict[str, Any]:
    """Leave out of what a melding said the special data that the pass does not open."""
    for veld, deel, recht in (
        ("inschrijving", "extra_ondersteuning", Bijzonder.ONDERSTEUNING),
        ("inschrijving", "verblijf_grond", Bijzonder.VERBLIJF),
        ("persoon", "verblijfstitels", Bijzonder.VERBLIJF),
        ("persoon", "nationaliteiten", Bijzonder.VERBLIJF),
    ):
        onder = inhoud.get(veld)
        if isinstance(onder, dict) and recht not in pas.bijzonder:
            onder.pop(deel, None)
    return inhoud


def _identificatie(van: Identificatieuitslag, pas: Pas) -> Identificatie:
    eigen = van.persoonsgegevens
    return Identificatie(
        van.uitslag,
        van.burgerservicenummer,
        van.onderwijsnummer,
        als_object(persoon_met_pas(eigen, pas)) if eigen else None,
    )


def antwoord(van: Terugkoppeling, taal: Taal, pas: Pas) -> Meldingantwoord:
    """Return a terugkoppeling as the API shows it."""
    return Meldingantwoord(
        id=van.id,
        soort=van.soort,
        aanvaard=van.aanvaard,
        ontvangen_op=van.ontvangen_op,
        proef=van.proef,
        persoon=van.persoon,
        bevindingen=tuple([bevinding(m, taal) for m in van.bevindingen]),
        signalen_geopend=tuple([bevinding(m, taal) for m in van.signalen_geopend]),
        signalen_gesloten=tuple([bevinding(m, taal) for m in van.signalen_gesloten]),
        identificatie=_identificatie(van.identificatie, pas) if van.identificatie else None,
        vooropleiding=als_object(van.vooropleiding) if van.vooropleiding else None,
        bekostiging=tuple([bekostigingswijziging(een, taal, pas) for een in van.bekostiging]),
    )


VERBLIJFSREDENEN = frozenset({"T70", "T71"})
"""Reasons that tell of nationality, residence or where somebody lives."""


def bekostigingswijziging(van: kern.Bekostigingswijziging, taal: Taal, pas: Pas) -> Bekostigingswijziging:
    """Return a change of provisional funding as the API shows it."""
    getoond, verborgen = bekostigingsredenen(van.redenen, taal, pas)
    return Bekostigingswijziging(
        jaar=van.jaar,
        sleutel=van.sleutel,
        teldatum=van.teldatum,
        status_voor=van.status_voor,
        status_na=van.status_na,
        bijdrage_voor=van.bijdrage_voor,
        bijdrage_na=van.bijdrage_na,
        redenen=getoond,
        redenen_verborgen=verborgen,
        voorbehoud=voorbehoud(van.parameters, taal),
        gegevens_versie=van.gegevens_versie,
    )


def bekostigingsredenen(
    van: Iterable[kern.Reden], taal: Taal, pas: Pas
) -> tuple[tuple[Bekostigingsreden, ...], bool]:
    """Return reasons as the API shows them, and whether some are held back."""
    alle = list(van)
    mag = [een for een in alle if een.code not in VERBLIJFSREDENEN or Bijzonder.VERBLIJF in pas.bijzonder]
    return tuple([_reden(een, taal) for een in mag]), len(mag) < len(alle)


_ZONDER_WAARDEN = {
    ("nl", False): "Niet voldaan: {}.",
    ("nl", None): "Niet te beoordelen: {}.",
    ("en", False): "Not met: {}.",
    ("en", None): "Cannot be judged: {}.",
}


def _reden(van: kern.Reden, taal: Taal) -> Bekostigingsreden:
    """Return a reason in words; one that is kept as a code only, with the name of its step."""
    waarden = {naam: _als_datum(waarde) for naam, waarde in van.waarden.items()}
    try:
        woorden = tekst(structs.replace(van, waarden=waarden), taal)
    except KeyError:
        woorden = _ZONDER_WAARDEN[taal, van.voldaan].format(getattr(redenen()[van.code].titel, taal))
    return Bekostigingsreden(van.code, woorden, van.voldaan, maskeer_waarde(als_object(van.waarden)))


def _als_datum(waarde: Any) -> Any:
    """Return a value as the words of a reason take it: an answer in the journal keeps a date as text."""
    try:
        return date.fromisoformat(waarde) if isinstance(waarde, str) and len(waarde) == 10 else waarde
    except ValueError:
        return waarde
