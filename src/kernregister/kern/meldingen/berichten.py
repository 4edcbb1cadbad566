"""The catalogue of meldingen: what each carries (spec 5.3; Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 05).

A melding is told from the others by ``soort``. Those of institutions name their fields; those of sources and of the
facility itself (``INTERN``) carry the structs of the dossier as they are, and are never taken from an institution.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from kernregister.kern import dossier as kern
from kernregister.kern.dossier import Onderdeel, Persoon, VooropleidingResultaat
from kernregister.kern.leesbaar import Objectfout, Onleesbaar, uit_object
from kernregister.kern.meldingen.vorm import LANGSTE_TEKST, als_bericht
from kernregister.kern.tijd import is_onvolledige_datum

VAN_HET_REGISTER = frozenset({"instelling", "op_onderwijsnummer"})
"""What the register knows from the sender and the number: no field of a melding."""

InschrijvingBericht: Any = als_bericht(kern.Inschrijving, VAN_HET_REGISTER | {"bpvs"})
BpvBericht: Any = als_bericht(kern.Bpv)
DiplomaBericht: Any = als_bericht(kern.Diploma, VAN_HET_REGISTER)
AdresBericht: Any = als_bericht(kern.Adres)
OnderdeelBericht: Any = (
    als_bericht(kern.AmvbOnderdeel, VAN_HET_REGISTER)
    | als_bericht(kern.GeneriekExamenonderdeel, VAN_HET_REGISTER)
    | als_bericht(kern.Keuzedeel, VAN_HET_REGISTER)
)

Nummer = Annotated[str, Meta(max_length=20, description="Negen cijfers, met voorloopnullen.")]
Tekst = Annotated[str, Meta(max_length=LANGSTE_TEKST)]
Volgnummer = Annotated[str, Meta(max_length=LANGSTE_TEKST)]
Afzender = Annotated[str, Meta(max_length=4, description="Instellingscode van wie aanlevert.")]
Moment = Annotated[datetime, Meta(tz=True, description="Moment van verzenden, met tijdzone.")]
Onvolledig = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$", description="jjjj-mm-dd; onbekend deel 00.")]
Abonnement = Literal["aan", "uit", "eenmalig"]


class Bericht(
    Struct,
    kw_only=True,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="soort",
    tag=True,
):
    """What every melding carries. ``id`` makes it one of a kind: the same again gives the same answer."""

    id: UUID
    afzender: Afzender
    moment: Moment


class OverPersoon(Bericht, kw_only=True, frozen=True):
    """A melding about a person who is named by one of the two numbers."""

    burgerservicenummer: Nummer | None = None
    onderwijsnummer: Nummer | None = None

    @property
    def pgn(self) -> str:
        """The number that was given."""
        return self.burgerservicenummer or self.onderwijsnummer or ""


class AanleverenIdentificatiePersoon(OverPersoon, kw_only=True, frozen=True):
    """Asks who somebody is: the short set (BSN, geboortedatum, geslacht) or, without BSN, the extended set.

    ``abonnement`` sets the subscription on person data; ``doel`` is what it rests on (spec 5.1, 5.2).
    """

    geboortedatum: Onvolledig | None = None
    geslacht: Literal["M", "V", "O"] | None = None
    achternaam: Tekst | None = None
    voorvoegsel: Tekst | None = None
    voornamen: Tekst | None = None
    adres: AdresBericht | None = None
    studentnummer: Annotated[str, Meta(max_length=40)] | None = None
    abonnement: Abonnement | None = None
    doel: Literal["aanmelding", "inschrijving"] = "aanmelding"
    referentie: Annotated[str, Meta(max_length=80)] | None = None
    """The institution's own reference of the application or enrolment that the subscription rests on."""


class AanvragenVooropleiding(OverPersoon, kw_only=True, frozen=True):
    """Asks for the vooropleiding of an identified person, and sets the subscription on it (spec 5.2, 8.1)."""

    abonnement: Abonnement = "eenmalig"
    doel: Literal["aanmelding", "inschrijving"] = "aanmelding"
    referentie: Annotated[str, Meta(max_length=80)] | None = None


class AanleverenInschrijving(OverPersoon, kw_only=True, frozen=True):
    """Registers an enrolment with its periods and extra support, or corrects it as a whole. Placements stay."""

    inschrijving: InschrijvingBericht
    studentnummer: Annotated[str, Meta(max_length=40)] | None = None


class VerwijderenInschrijving(OverPersoon, kw_only=True, frozen=True):
    """Takes back an enrolment that never was: only when the student never attended."""

    inschrijvingvolgnummer: Volgnummer


class AanleverenBpv(OverPersoon, kw_only=True, frozen=True):
    """Registers a placement under an enrolment, or corrects it."""

    inschrijvingvolgnummer: Volgnummer
    bpv: BpvBericht


class VerwijderenBpv(OverPersoon, kw_only=True, frozen=True):
    """Takes back a placement."""

    inschrijvingvolgnummer: Volgnummer
    bpv_volgnummer: Volgnummer


class AanleverenDiploma(OverPersoon, kw_only=True, frozen=True):
    """Registers a diploma with its parts, or corrects it as a whole."""

    diploma: DiplomaBericht


class AanleverenResultaat(OverPersoon, kw_only=True, frozen=True):
    """Registers a result without a diploma (AMvB-onderdeel, generiek examenonderdeel, keuzedeel), or corrects it."""

    resultaat: OnderdeelBericht


class VerwijderenResultaat(OverPersoon, kw_only=True, frozen=True):
    """Takes back a diploma or a loose result."""

    resultaatvolgnummer: Volgnummer


class OvernemenInschrijving(OverPersoon, kw_only=True, frozen=True):
    """Takes over an enrolment that the national register holds already, placements included (from an RO)."""

    geboortedatum: str | None = None
    geslacht: str | None = None
    inschrijving: kern.Inschrijving


class OvernemenDiploma(OverPersoon, kw_only=True, frozen=True):
    """Takes over a diploma that the national register holds already (from an RO)."""

    geboortedatum: str | None = None
    geslacht: str | None = None
    diploma: kern.Diploma


class OvernemenResultaat(OverPersoon, kw_only=True, frozen=True):
    """Takes over a loose result that the national register holds already (from an RO)."""

    geboortedatum: str | None = None
    geslacht: str | None = None
    resultaat: Onderdeel


class VerstrekkenPersoonsgegevens(OverPersoon, kw_only=True, frozen=True):
    """The person's own data as their source holds them now (BRP); the numbers in it stay empty."""

    persoon: Persoon


class AanleverenDeelname(OverPersoon, kw_only=True, frozen=True):
    """A participation in vo, vso, vavo or ho, from the register of that sector."""

    deelname: kern.Deelname


class AanleverenVooropleiding(OverPersoon, kw_only=True, frozen=True):
    """A result obtained in vo, vso, vavo or ho, from the register of that sector."""

    resultaat: VooropleidingResultaat


class SamenvoegenPersonen(Bericht, kw_only=True, frozen=True):
    """Two persons prove to be one: all of ``gaat_op`` is registered with ``blijft`` from now on."""

    blijft: int
    gaat_op: int
    reden: Tekst


class SplitsenPersoon(Bericht, kw_only=True, frozen=True):
    """One person proves to be two: these versions are registered with another person from now on."""

    persoon: int
    nieuw: int
    versies: tuple[int, ...]
    reden: Tekst


class OverdragenPersoon(Bericht, kw_only=True, frozen=True):
    """Institutions merge: what ``van`` registered of a person is registered with ``naar`` from now on."""

    persoon: int
    van: Afzender
    naar: Afzender
    reden: Tekst


class HerroepenMelding(Bericht, kw_only=True, frozen=True):
    """Undoes a merge, a split or a transfer: what it closed holds again, what it made is closed."""

    melding: UUID
    reden: Tekst


Aangeleverd = (
    AanleverenIdentificatiePersoon
    | AanvragenVooropleiding
    | AanleverenInschrijving
    | VerwijderenInschrijving
    | AanleverenBpv
    | VerwijderenBpv
    | AanleverenDiploma
    | AanleverenResultaat
    | VerwijderenResultaat
)
"""What an institution may deliver."""

Overgenomen = OvernemenInschrijving | OvernemenDiploma | OvernemenResultaat
"""What is loaded from an RO: held already by the national register, so only what cannot be stored is refused."""

VanBron = VerstrekkenPersoonsgegevens | AanleverenDeelname | AanleverenVooropleiding
"""What the sources of the sector deliver."""

VanStelsel = SamenvoegenPersonen | SplitsenPersoon | OverdragenPersoon | HerroepenMelding
"""What the facility itself registers, over more than one aggregate."""

Melding = Aangeleverd | Overgenomen | VanBron | VanStelsel

SOORTEN: dict[str, type[Bericht]] = {
    soort.__name__: soort
    for soort in (*Aangeleverd.__args__, *Overgenomen.__args__, *VanBron.__args__, *VanStelsel.__args__)
}

GROOTSTE_MELDING = 1 << 20
"""Most bytes of one melding."""

VERSTE_TIJDZONE = timedelta(hours=14)
"""Farthest that a clock on earth is from UTC."""

_LEZER = msgspec.json.Decoder(Aangeleverd)
_GEEN_MELDING = (msgspec.MsgspecError, RecursionError, UnicodeDecodeError)
"""What msgspec raises on what is no melding."""


def lees(tekst: bytes) -> Aangeleverd:
    """Read a melding of an institution from JSON.

    Raises:
        Onleesbaar: the text is no melding; names all that is wrong with it, each with its place.
    """
    if len(tekst) > GROOTSTE_MELDING:
        raise Onleesbaar("bericht", [Objectfout("", f"een bericht is hoogstens {GROOTSTE_MELDING} bytes")])
    try:
        bericht: Aangeleverd = _LEZER.decode(tekst)
    except _GEEN_MELDING as fout:
        raise _uitleg(tekst, _zonder_cijfers(str(fout))) from None
    if fouten := list(_onopslaanbaar(bericht, tekst)):
        raise Onleesbaar(type(bericht).__name__, fouten)
    return bericht


def _uitleg(tekst: bytes, oorzaak: str) -> Onleesbaar:
    """Read again, slowly, to tell everything that is wrong."""
    try:
        waarde = msgspec.json.decode(tekst)
    except _GEEN_MELDING:
        return Onleesbaar("bericht", [Objectfout("", "geen JSON in UTF-8")])
    namen = [soort.__name__ for soort in Aangeleverd.__args__]
    soort = waarde.get("soort") if isinstance(waarde, dict) else None
    if not isinstance(soort, str) or soort not in namen:
        return Onleesbaar("bericht", [Objectfout("soort", f"verwacht een van {', '.join(namen)}")])
    try:
        uit_object(SOORTEN[soort], waarde)
    except Onleesbaar as fout:
        fouten = [Objectfout(_zonder_cijfers(een.pad), _zonder_cijfers(een.uitleg)) for een in fout.fouten]
        return Onleesbaar(soort, fouten)
    return Onleesbaar(soort, [Objectfout("", f"past niet bij het schema: {oorzaak}")])


def _zonder_cijfers(tekst: str) -> str:
    """Leave out what may be the number of a person: it has no place in an explanation."""
    return re.sub(r"\d{7,}", "…", tekst)


def _onopslaanbaar(bericht: Any, tekst: bytes) -> Iterator[Objectfout]:
    """Give what fits the form and yet is no value that can be kept."""
    if b"\\u0000" in tekst:
        yield Objectfout("", "een tekst bevat het teken NUL")
    afstand = bericht.moment.utcoffset() or timedelta()
    if abs(afstand) > VERSTE_TIJDZONE or not 1900 <= bericht.moment.year < 2200:
        yield Objectfout("moment", "verwacht een moment in deze tijd, met een tijdzone die bestaat")
    if not isinstance(bericht, AanleverenDiploma | AanleverenResultaat | AanleverenIdentificatiePersoon):
        return
    for pad, waarde in _waarden(bericht, ""):
        if isinstance(waarde, Decimal) and not (waarde.is_finite() and abs(waarde) < 1000):
            yield Objectfout(pad, "verwacht een gewoon getal")
        elif isinstance(waarde, str) and pad.endswith("datum") and not is_onvolledige_datum(waarde):
            yield Objectfout(pad, "verwacht een datum als jjjj-mm-dd, waarin een onbekend deel 00 is")


def _waarden(waarde: Any, pad: str) -> Iterator[tuple[str, Any]]:
    if isinstance(waarde, Struct):
        for veld in waarde.__struct_fields__:
            yield from _waarden(getattr(waarde, veld), f"{pad}.{veld}" if pad else veld)
    elif isinstance(waarde, tuple):
        for nummer, deel in enumerate(waarde):
            yield from _waarden(deel, f"{pad}[{nummer}]")
    elif waarde is not None and not isinstance(waarde, bool | date | datetime | UUID):
        yield pad, waarde
