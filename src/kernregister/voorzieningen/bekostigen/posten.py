"""What a dossier counts for as rows: one for each enrolment on a teldatum and for each diploma. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from msgspec import Struct

from kernregister.kern.bekostiging.beslissen import Beslisser
from kernregister.kern.bekostiging.besluit import (
    Bekostiging,
    Bekostigingswijziging,
    Diplomabesluit,
    Reden,
    Teldatumbesluit,
)
from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.bekostiging.parameters import parameters
from kernregister.kern.bekostiging.redenen import zonder_ander
from kernregister.kern.dossier import Dossier
from kernregister.kern.leesbaar import als_object

INSCHRIJVING = "inschrijving"
DIPLOMA = "diploma"


class Plek(NamedTuple):
    """What a row is about, within its person."""

    jaar: int
    soort: str
    instelling: str
    sleutel: str
    teldatum: date | None


class Post(Struct, frozen=True, gc=False):
    """What an enrolment on a teldatum, or a diploma, counts for: a row of ``bekostigen_status`` without its life."""

    jaar: int
    soort: str
    instelling: str
    sleutel: str
    teldatum: date | None
    datum_behaald: date | None
    status: bool
    voor_correctiefactor: bool
    bijdrage: Decimal | None
    mogelijk: Decimal | None
    opleidingcode: str
    niveau: str | None
    leertraject: str
    specialist: bool | None
    leeftijd: int | None
    onderwijsaanbieder: str | None
    onderwijslocatie: str | None
    na_gepland_einde: bool
    """The teldatum lies after the planned end of the enrolment, which plays no part in the decision."""
    faalt: tuple[str, ...]
    onbekend: tuple[str, ...]

    @property
    def plek(self) -> Plek:
        """What it is about."""
        return Plek(self.jaar, self.soort, self.instelling, self.sleutel, self.teldatum)

    @property
    def telling(self) -> tuple[object, ...]:
        """What its institution is told of: whether it counts, for how much, and why not."""
        return self.status, self.bijdrage, self.faalt, self.onbekend


KOLOMMEN = Post.__struct_fields__

Posten = dict[Plek, Post]


def post_van(waarden: Sequence[Any]) -> Post:
    """Return a row from its columns, in the order of ``KOLOMMEN``."""
    *begin, faalt, onbekend = waarden
    delen: list[Any] = [*begin, tuple(faalt), tuple(onbekend)]
    return Post(*delen)


class Besluiten(Struct, frozen=True):
    """The decisions on a dossier in the years that are kept, with their rows."""

    posten: Posten
    redenen: dict[Plek, tuple[Reden, ...]]


GEEN = Besluiten({}, {})


def besluiten(dossier: Dossier, beslissers: Iterable[Beslisser]) -> Besluiten:
    """Decide on a dossier in the years of these deciders."""
    if not (dossier.inschrijvingen or dossier.diplomas):
        return GEEN
    posten: Posten = {}
    redenen: dict[Plek, tuple[Reden, ...]] = {}
    for beslis in beslissers:
        if _telt_mee(dossier, beslis.kader.jaar):
            for post, waarom in posten_van(beslis(dossier), dossier):
                posten[post.plek] = post
                redenen[post.plek] = waarom
    return Besluiten(posten, redenen)


def _telt_mee(dossier: Dossier, jaar: Bekostigingsjaar) -> bool:
    """Tell whether anything in a dossier can be decided on in a year: most dossiers only touch one or two."""
    return any(een.geldt_op(dag) for dag in jaar.teldata for een in dossier.inschrijvingen) or any(
        een.datum_resultaat.year == jaar.diplomajaar for een in dossier.diplomas
    )


NIET_BEKOSTIGD = frozenset({"T10", "R10"})
"""Of an institution that is not funded there is no status to tell (spec 19)."""


def posten_van(bekostiging: Bekostiging, dossier: Dossier) -> Iterable[tuple[Post, tuple[Reden, ...]]]:
    """Give the rows of a decision, each with its reasons; none of institutions that are not funded."""
    jaar = bekostiging.jaar.jaar
    gepland = {
        (een.instelling, een.inschrijvingvolgnummer): een.datum_uitschrijving_gepland
        for een in dossier.inschrijvingen
    }
    for inschrijving in bekostiging.inschrijvingen:
        post = _van_inschrijving(
            jaar, inschrijving, gepland[inschrijving.instelling, inschrijving.inschrijvingvolgnummer]
        )
        if NIET_BEKOSTIGD.isdisjoint(post.faalt):
            yield post, inschrijving.redenen
    for diploma in bekostiging.diplomas:
        post = _van_diploma(jaar, diploma)
        if NIET_BEKOSTIGD.isdisjoint(post.faalt):
            yield post, diploma.redenen


def _van_inschrijving(jaar: int, b: Teldatumbesluit, gepland: date | None) -> Post:
    mogelijk = None
    if b.bbl_bol_factor is not None and b.prijsfactor is not None:
        mogelijk = b.bbl_bol_factor * b.prijsfactor
    return Post(
        jaar=jaar,
        soort=INSCHRIJVING,
        instelling=b.instelling,
        sleutel=b.inschrijvingvolgnummer,
        teldatum=b.teldatum,
        datum_behaald=None,
        status=b.status,
        voor_correctiefactor=b.voor_correctiefactor,
        bijdrage=b.bijdrage,
        mogelijk=mogelijk,
        opleidingcode=b.opleidingcode,
        niveau=b.niveau,
        leertraject=b.leertraject,
        specialist=None,
        leeftijd=b.leeftijd,
        onderwijsaanbieder=b.onderwijsaanbieder,
        onderwijslocatie=b.onderwijslocatie,
        na_gepland_einde=gepland is not None and gepland < b.teldatum,
        faalt=_codes(b.redenen, False),
        onbekend=_codes(b.redenen, None),
    )


def _van_diploma(jaar: int, b: Diplomabesluit) -> Post:
    return Post(
        jaar=jaar,
        soort=DIPLOMA,
        instelling=b.instelling,
        sleutel=b.resultaatvolgnummer,
        teldatum=None,
        datum_behaald=b.datum_behaald,
        status=b.status,
        voor_correctiefactor=False,
        bijdrage=b.bijdrage,
        mogelijk=None,
        opleidingcode=b.opleidingcode,
        niveau=b.niveau,
        leertraject="",
        specialist=b.specialist,
        leeftijd=None,
        onderwijsaanbieder=b.onderwijsaanbieder,
        onderwijslocatie=None,
        na_gepland_einde=False,
        faalt=_codes(b.redenen, False),
        onbekend=_codes(b.redenen, None),
    )


def _codes(redenen: Iterable[Reden], voldaan: bool | None) -> tuple[str, ...]:
    return tuple(reden.code for reden in redenen if reden.voldaan is voldaan)


def wijziging(
    plek: Plek, voor: Post | None, na: Post | None, redenen: tuple[Reden, ...]
) -> Bekostigingswijziging:
    """Return what changed as an institution is told it: of the reasons what fails or cannot be judged now."""
    return Bekostigingswijziging(
        plek.jaar,
        plek.instelling,
        plek.sleutel,
        plek.teldatum,
        voor.status if voor else None,
        na.status if na else None,
        voor.bijdrage if voor else None,
        na.bijdrage if na else None,
        tuple(toonbaar(reden, plek.instelling) for reden in redenen if not reden.voldaan),
        weging_voor=_weging(voor),
        weging_na=_weging(na),
    )


def _weging(post: Post | None) -> Decimal:
    """Return by what a row counts in the correction factor."""
    if post is None or not post.voor_correctiefactor:
        return Decimal(0)
    return parameters(Bekostigingsjaar(post.jaar)).factor_van(post.leertraject, post.niveau) or Decimal(0)


def toonbaar(reden: Reden, instelling: str) -> Reden:
    """Return a reason as an institution may see it, of plain values, as an answer in the journal has them."""
    eigen = zonder_ander(reden, instelling)
    return Reden(eigen.code, eigen.voldaan, als_object(eigen.waarden))


def verschillen(voor: Posten, na: Posten) -> list[Plek]:
    """Return what differs between the rows of a person before and after, in order of key."""
    return sorted(
        (plek for plek in voor.keys() | na.keys() if voor.get(plek) != na.get(plek)),
        key=lambda plek: (*plek[:4], plek.teldatum or date.min),
    )
