"""Why two overviews of an institution differ: of each difference the meldingen that made it, and what it is worth.

One person at a time. The walk goes from the old stand to the new, one melding after the other; of each state the
records are made that the overview would carry, so a difference belongs to the meldingen that changed that record. What
was changed and changed back is no difference. What changed without a melding is said so in words.

The effect on the funding is marginal: what the dossier of now counts for, less what it would count for if this one
difference were undone (``ongedaan``). Effects of several differences of a person do not add up to the whole; therefore
the whole stands beside it. Everything here that is money is indicative.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from kernregister.kern.bekostiging.besluit import Bekostigingswijziging
from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.dossier import Dossier
from kernregister.kern.formaten import obo_dossier, ro_dossier
from kernregister.kern.formaten.indeling import Record, tag
from kernregister.kern.overzichten.ongedaan import Dossiers, zonder
from kernregister.kern.overzichten.selectie import voor_obo, voor_ro
from kernregister.kern.overzichten.weging import Beslis, Effect, effect, weeg, wijzigingen
from kernregister.kern.sleutels import Instellingscode
from kernregister.kern.tijd import Studiejaar
from kernregister.kern.verschil import TELDATA, Verschil, sleutel_van


class Oorzaak(Struct, frozen=True, gc=False):
    """A melding that made a difference: what it was, who sent it on whose behalf, and when."""

    melding: int
    uuid: UUID
    soort: str
    afzender: str
    client: str
    moment: datetime
    ontvangen_op: datetime
    stand: int


class Buitenom(StrEnum):
    """What makes a difference without a melding."""

    NUMMER = "nummer"
    REGISTER = "register"
    AANMAAK = "aanmaak"
    PERIODE = "periode"

    @property
    def tekst(self) -> str:
        """The cause in words."""
        return _BUITENOM[self]


_BUITENOM: Final[dict[Buitenom, str]] = {
    Buitenom.NUMMER: "Geen melding: het nummer van de persoon is gekoppeld of vervangen",
    Buitenom.REGISTER: "Geen melding: de gegevens zijn buiten meldingen om veranderd, zoals na hun bewaartermijn",
    Buitenom.AANMAAK: "Geen melding: op de stand van een van beide overzichten geeft het register nu iets anders dan "
    "in het bestand staat. Het programma was toen een andere versie, of de gegevens zijn sindsdien vernietigd",
    Buitenom.PERIODE: "Geen melding: de twee overzichten gaan over een andere periode",
}


class Stap(Struct, frozen=True):
    """One melding on the way from the old stand to the new, and the dossiers of the person after it."""

    oorzaak: Oorzaak
    na: Dossiers


class Verloop(Struct, frozen=True):
    """The dossiers of one person at both stands, and every step between them.

    Several dossiers: persons who prove to be one by now, always in the same order, first who is left.
    """

    oud: Dossiers
    nieuw: Dossiers
    stappen: Sequence[Stap] = ()


class Overzicht(Struct, frozen=True):
    """Which overview: an OBO of a studiejaar, or an RO from ``begin`` up to and including ``einde``."""

    instelling: Instellingscode
    studiejaar: Studiejaar | None = None
    begin: date = date.min
    einde: date = date.max

    @classmethod
    def van_kop(cls, kop: Any) -> Overzicht:
        """Return the overview that an opening record tells of."""
        if hasattr(kop, "studiejaar"):
            return cls(kop.instellingscode, Studiejaar.lees(kop.studiejaar))
        return cls(kop.instellingscode, None, kop.datum_begin_periode, kop.datum_einde_periode)

    @property
    def jaar(self) -> Bekostigingsjaar | None:
        """The funding year that it counts for; None of an RO, which is not about one."""
        return Bekostigingsjaar.van(self.studiejaar) if self.studiejaar is not None else None

    def records(self, dossier: Dossier) -> Iterator[Record]:
        """Give the records that the overview carries of a dossier."""
        if self.studiejaar is not None:
            deel = voor_obo(dossier, self.instelling, self.studiejaar)
            if deel is not None:
                yield from obo_dossier.records_van(deel, self.instelling, self.studiejaar)
            return
        deel = voor_ro(dossier, self.instelling, self.begin, self.einde)
        if deel is not None:
            yield from ro_dossier.records_van(deel, self.instelling)


class Verklaring(Struct, frozen=True):
    """A difference with what explains it. Amounts are None where they cannot be told or there is nothing to tell."""

    verschil: Verschil
    oorzaken: tuple[Oorzaak, ...]
    """The meldingen since which the record is no longer as it was, in order."""
    buitenom: tuple[Buitenom, ...] = ()
    """What else made it, without a melding."""
    teldata: tuple[date, ...] = ()
    """The teldata it touches: on which the record holds before or now; of other records, where a decision changes."""
    afgeleid: bool = False
    """It follows from other differences and has nothing of its own to undo; its own effect is nil."""
    effect: Effect = Effect()
    """Of this difference alone."""
    persoon: Effect = Effect()
    """Now less before, of the person as a whole at this institution."""
    besluiten: tuple[Bekostigingswijziging, ...] = ()
    """The decisions that are other than they would be with the difference undone (``voor``)."""


def verklaar(
    verschillen: Collection[Verschil],
    verloop: Verloop,
    overzicht: Overzicht,
    beslis: Beslis | None = None,
    *,
    andere_periode: bool = False,
) -> list[Verklaring]:
    """Return the explanation of each difference of one person, in the same order.

    Args:
        verschillen: what differs between the records of this person, on all of the person's numbers.
        verloop: the person's dossiers at both stands and in between.
        overzicht: the new overview.
        beslis: decides in the funding year of the overview; None: nothing is said of funding.
        andere_periode: the old overview is of another period than the new.
    """
    oorzaken = _oorzaken(verschillen, verloop, overzicht, andere_periode)
    uit = [
        Verklaring(
            verschil,
            tuple(een for een in etiketten if isinstance(een, Oorzaak)),
            tuple(dict.fromkeys(een for een in etiketten if isinstance(een, Buitenom))),
            _teldata(verschil, overzicht.studiejaar),
        )
        for verschil, etiketten in zip(verschillen, oorzaken, strict=True)
    ]
    if beslis is None or overzicht.jaar is None:
        return uit
    return _met_bekostiging(uit, verloop, overzicht.instelling, overzicht.jaar, beslis)


def _met_bekostiging(
    verklaringen: list[Verklaring],
    verloop: Verloop,
    instelling: Instellingscode,
    jaar: Bekostigingsjaar,
    beslis: Beslis,
) -> list[Verklaring]:
    """Return explanations with what each difference, and the person as a whole, is worth."""
    toen, nu = (weeg(d, beslis, instelling) for d in (verloop.oud, verloop.nieuw))
    persoon = effect(toen, nu, jaar)
    uit = []
    for een in verklaringen:
        terug = zonder(een.verschil, verloop.oud, verloop.nieuw, instelling)
        afgeleid = terug is verloop.nieuw
        anders = nu if afgeleid else weeg(terug, beslis, instelling)
        eigen, besluiten = effect(anders, nu, jaar), tuple(wijzigingen(anders, nu, jaar))
        teldata = een.teldata
        if een.verschil.relevant is None:
            teldata = tuple(sorted({b.teldatum for b in besluiten if b.teldatum is not None}))
        uit.append(
            replace(
                een,
                teldata=teldata,
                afgeleid=afgeleid,
                effect=eigen,
                persoon=persoon,
                besluiten=besluiten,
            )
        )
    return uit


_Etiket = Oorzaak | Buitenom
_Naam = tuple[str | None, str | None, str, tuple[str, ...]]
_Stand = dict[_Naam, tuple[Record, ...]]


def _oorzaken(
    verschillen: Collection[Verschil], verloop: Verloop, overzicht: Overzicht, andere_periode: bool
) -> list[list[_Etiket]]:
    """Return per difference what changed the record since it was last as it was in the old overview."""
    namen = {_naam(verschil) for verschil in verschillen}
    soorten = {verschil.recordsoort for verschil in verschillen}

    def records(dossiers: Iterable[Dossier]) -> _Stand:
        uit: dict[_Naam, tuple[Record, ...]] = {}
        r: Any
        for dossier in dossiers:
            for r in overzicht.records(dossier):
                soort = tag(type(r))
                if soort in soorten:
                    naam = (r.burgerservicenummer, r.onderwijsnummer, soort, sleutel_van(soort, r))
                    if naam in namen:
                        uit[naam] = (*uit.get(naam, ()), r)
        return uit

    aanmaak = Buitenom.PERIODE if andere_periode else Buitenom.AANMAAK
    standen: list[tuple[_Etiket, _Stand]] = [(aanmaak, records(verloop.oud))]
    laatste = verloop.oud
    for stap in verloop.stappen:
        standen.append((stap.oorzaak, records(stap.na)))
        laatste = stap.na
    if laatste != verloop.nieuw:
        anders = Buitenom.NUMMER if _nummers(laatste) != _nummers(verloop.nieuw) else Buitenom.REGISTER
        standen.append((anders, records(verloop.nieuw)))
    return [_spoor(_naam(verschil), verschil, standen) for verschil in verschillen]


def _spoor(naam: _Naam, verschil: Verschil, standen: list[tuple[_Etiket, _Stand]]) -> list[_Etiket]:
    aanmaak, eerste = standen[0]
    begin = _als_tuple(verschil.oud)
    if len(eerste.get(naam, ())) > 1:
        begin = eerste[naam]  # records with one key: which of them differs plays no part
    uit: list[_Etiket] = []
    was = begin
    for etiket, stand in standen:
        nu = stand.get(naam, ())
        if nu == begin:
            uit.clear()
        elif nu != was:
            uit.append(etiket)
        was = nu
    if len(was) < 2 and was != _als_tuple(verschil.nieuw):
        uit.append(aanmaak)
    return uit


def _als_tuple(record: Any) -> tuple[Record, ...]:
    return () if record is None else (record,)


def _naam(verschil: Verschil) -> _Naam:
    return verschil.burgerservicenummer, verschil.onderwijsnummer, verschil.recordsoort, verschil.sleutel


def _nummers(dossiers: Dossiers) -> list[tuple[str | None, str | None]]:
    return [(d.persoon.burgerservicenummer, d.persoon.onderwijsnummer) for d in dossiers]


def _teldata(verschil: Verschil, studiejaar: Studiejaar | None) -> tuple[date, ...]:
    """Return the teldata on which the record holds, before or now."""
    if studiejaar is None:
        return ()
    return tuple(
        dag
        for naam, dag in zip(TELDATA, studiejaar.teldata, strict=True)
        if any(getattr(record, naam, "N") == "J" for record in (verschil.oud, verschil.nieuw))
    )
