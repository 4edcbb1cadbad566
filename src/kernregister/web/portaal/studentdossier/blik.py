"""A look into a dossier: as it is known on a day, as it holds on a day, and logged as a look."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from msgspec import Struct

from kernregister.kern.dossier import AmvbOnderdeel, Diploma, GeneriekExamenonderdeel, Keuzedeel
from kernregister.kern.inzage import Inzage, geldig_op
from kernregister.kern.regels.paspoort import Tekst
from kernregister.kern.tijd import EERSTE_DAG, Studiejaar
from kernregister.platform import klok
from kernregister.platform.pas import Soort
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.stamgegevens import public as stamgegevens
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.formulieren.waarden import GEEN_DATUM, lees_dag
from kernregister.web.portaal.studentdossier.delen import Schrijver
from kernregister.web.portaal.studentdossier.gezien import GEEN
from kernregister.web.portaal.studentdossier.persoonsgegevens import naam_van
from kernregister.web.portaal.studentdossier.wijzigen import NERGENS, Wegen, wegen

ONTHOUDEN: Final = 8
"""How many dossiers the list of recently opened ones holds."""
RECENT: Final = "dossiers"
"""Where the session remembers them: ids, by capacity."""


def studiejaar_van(bezoek: Bezoek) -> Studiejaar:
    """Return the studiejaar that a visitor works in: an accountant's own, otherwise that of today."""
    pas = bezoek.pas
    return Studiejaar.lees(pas.extra) if pas.soort is Soort.ACCOUNTANT else Studiejaar.van(klok.vandaag())


class Moment(Struct, frozen=True):
    """Of when a dossier is shown. None: now."""

    bekend: date | None = None
    """As it was known at the end of this day."""
    geldig: date | None = None
    """What holds on this day."""
    fouten: dict[str, list[str]] = {}
    """Name of a field -> what is wrong with it."""
    getypt: dict[str, str] = {}

    @property
    def adres(self) -> str:
        """Return the query that keeps the choice, with a sign after it to add more: ``?bekend=2025-10-01&``."""
        gekozen = {
            veld: getattr(self, veld).isoformat() for veld in ("bekend", "geldig") if getattr(self, veld)
        }
        return f"?{urlencode(gekozen)}&" if gekozen else "?"


def moment_van(bezoek: Bezoek) -> Moment:
    """Read the choice from the address; what cannot be read counts as not chosen, with a fault beside it."""
    fouten: dict[str, list[str]] = {}
    getypt = {veld: bezoek.request.GET.get(veld, "").strip()[:20] for veld in ("bekend", "geldig")}
    gelezen = {veld: _dag(getypt[veld], veld, fouten, bezoek) for veld in getypt}
    return Moment(gelezen["bekend"], gelezen["geldig"], fouten, getypt)


_NOG_NIET: Final = Tekst(
    "Deze dag moet nog komen: kies vandaag of eerder.", "This day is still to come: choose today or earlier."
)
_GEEN_DAG: Final = Tekst("Kies een dag tussen 1900 en 3000.", "Choose a day between 1900 and 3000.")


def _dag(tekst: str, veld: str, fouten: dict[str, list[str]], bezoek: Bezoek) -> date | None:
    if not tekst:
        return None
    dag = lees_dag(tekst)
    if dag is None:
        fouten[veld] = [bezoek.tekst(GEEN_DATUM)]
    elif veld == "bekend" and dag > klok.vandaag():
        fouten[veld] = [bezoek.tekst(_NOG_NIET)]
    elif not EERSTE_DAG <= dag <= date(2999, 12, 31):
        fouten[veld] = [bezoek.tekst(_GEEN_DAG)]
    return None if veld in fouten else dag


class Blik(Struct, frozen=True, kw_only=True):
    """What somebody sees of a dossier."""

    persoon: int
    gezien: Inzage
    moment: Moment
    schrijver: Schrijver
    studentnummer: str
    toen_onbekend: bool = False
    """At the chosen day nothing was known of the person."""
    bekostigd: bool = True
    naar: Wegen = NERGENS
    """The ways to forms that change what is seen."""

    @property
    def nummer(self) -> str:
        """The number in the header: BSN, or onderwijsnummer for who has none."""
        return self.gezien.eigen.persoon.pgn

    @property
    def naam(self) -> str:
        """The name in the header."""
        return naam_van(self.gezien.eigen.persoon)


def kijk(bezoek: Bezoek, persoon: int, wat: str) -> Blik | None:
    """Look into a dossier, inside ``met_pas``; None: the visitor may see nothing of it. The look is logged either way.

    Args:
        bezoek: who looks.
        persoon: whose dossier.
        wat: what the logs call it.
    """
    moment, gegevens, vandaag = moment_van(bezoek), stamgegevens.gegevens(), klok.vandaag()
    gezien = register.studentdossier(persoon, vandaag, gegevens, stand_van(moment.bekend))
    if gezien is None:
        if register.is_betrokken(persoon):
            bezoek.gelezen([persoon], f"{wat}{GEEN}")
        return None
    bezoek.gelezen([persoon], wat)
    toen_onbekend = moment.bekend is not None and _is_leeg(gezien)
    if moment.geldig is not None:
        gezien = geldig_op(gezien, moment.geldig)
    student = register.studenten([persoon], bezoek.instelling).get(persoon)
    return Blik(
        persoon=persoon,
        gezien=gezien,
        moment=moment,
        schrijver=Schrijver(bezoek, gegevens, stamgegevens.namen(set(_codes(gezien)))),
        studentnummer=student.studentnummer if student else "",
        toen_onbekend=toen_onbekend,
        bekostigd=bezoek.bekostigd,
        naar=wegen(bezoek, persoon, moment.bekend is None and moment.geldig is None),
    )


def _is_leeg(gezien: Inzage) -> bool:
    eigen, vooraf = gezien.eigen, gezien.vooropleidingen
    return not (
        eigen.inschrijvingen
        or eigen.diplomas
        or eigen.losse_resultaten
        or vooraf.deelnames
        or vooraf.resultaten
    )


def stand_van(dag: date | None) -> int | None:
    """Return the last stand of a day; None: now, which today is."""
    if dag is None or dag >= klok.vandaag():
        return None
    return register.stand_op(
        datetime.combine(dag + timedelta(days=1), time(), klok.NEDERLAND) - timedelta(microseconds=1)
    )


def onthoud(bezoek: Bezoek, persoon: int) -> None:
    """Put a dossier on top of those that the visitor opened recently."""
    sleutel = bezoek.hoedanigheid.sleutel if bezoek.hoedanigheid else ""
    alle: dict[str, list[int]] = bezoek.request.session.get(RECENT, {})
    eerder = alle.get(sleutel, [])
    if eerder[:1] != [persoon]:
        rest = [een for een in eerder if een != persoon]
        bezoek.request.session[RECENT] = {**alle, sleutel: [persoon, *rest][:ONTHOUDEN]}


def recent(bezoek: Bezoek) -> list[int]:
    """Return the dossiers that the visitor opened recently in this capacity, the latest first."""
    sleutel = bezoek.hoedanigheid.sleutel if bezoek.hoedanigheid else ""
    uit: list[int] = bezoek.request.session.get(RECENT, {}).get(sleutel, [])
    return uit


def _codes(gezien: Inzage) -> Iterator[tuple[str, str]]:
    """Give the codes of which the names are shown, each with its list."""
    for lijst, code in _alle_codes(gezien):
        if code:
            yield lijst, code


def _alle_codes(gezien: Inzage) -> Iterator[tuple[str, str | None]]:
    persoon = gezien.eigen.persoon
    yield "landen", persoon.geboorteland
    if persoon.adres:
        yield "landen", persoon.adres.landcode
    for titel in persoon.verblijfstitels:
        yield "verblijfstitels", titel.code
    for inschrijving in gezien.eigen.inschrijvingen:
        for periode in inschrijving.perioden:
            yield "onderwijslocaties", periode.onderwijslocatie
        for bpv in inschrijving.bpvs:
            yield "leerbedrijven", bpv.leerbedrijf_id
            yield "keuzedelen", bpv.keuzedeelcode
    vooraf = gezien.vooropleidingen
    for resultaat in (*gezien.eigen.diplomas, *gezien.eigen.losse_resultaten, *vooraf.resultaten):
        yield from _van_resultaat(resultaat)
    for school in (*vooraf.deelnames, *vooraf.resultaten):
        yield "vo_scholen", school.instelling
        yield "vso_scholen", school.instelling


def _van_resultaat(resultaat: Any) -> Iterator[tuple[str, str | None]]:
    match resultaat:
        case Diploma():
            for deel in resultaat.onderdelen:
                yield from _van_resultaat(deel)
        case Keuzedeel():
            yield "keuzedelen", resultaat.code
        case AmvbOnderdeel():
            yield "amvb_onderdelen", resultaat.code
        case GeneriekExamenonderdeel():
            yield "examenonderdelen", resultaat.code
