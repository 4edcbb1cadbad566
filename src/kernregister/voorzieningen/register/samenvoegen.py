"""Persons that prove to be one are merged, one that proves to be two is split, institutions that merge hand over.

Each is a melding of the facility itself: journalled, applied as versions in one transaction, told to the followers, and
to be undone by ``HerroepenMelding``. Nothing is lost: what closes stays in the history, under the person it was
registered with. Only for who administers the register; no client of the API sends these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import uuid4

from msgspec import Struct, field

from kernregister.kern.dossier import Dossier
from kernregister.kern.meldingen import berichten as b
from kernregister.kern.meldingen.controles import ZELFDE_ID, Afkeuring
from kernregister.kern.meldingen.terugkoppeling import Terugkoppeling, afgekeurd
from kernregister.kern.meldingen.toepassen import Mutatie, Mutaties
from kernregister.kern.sleutels import INSTELLINGSCODE
from kernregister.platform import audit, klok
from kernregister.platform.nummers import maskeer
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register import (
    betrokkenheid,
    ingrepen,
    journaal,
    opslag,
    standen,
    verantwoording,
)
from kernregister.voorzieningen.register.ingrepen import (
    OVERDRAAGBAAR,
    Beeld,
    Onmogelijk,
    Oorspronkelijk,
    Plan,
    Plek,
)
from kernregister.voorzieningen.register.poging import Overlap, in_een_transactie
from kernregister.voorzieningen.register.regels import deur
from kernregister.voorzieningen.register.verwerking import STELSEL
from kernregister.voorzieningen.register.volgers import Toegepast, vertel

HANDELINGEN = {
    "SamenvoegenPersonen": "persoon.samenvoegen",
    "SplitsenPersoon": "persoon.splitsen",
    "OverdragenPersoon": "persoon.overdragen",
    "HerroepenMelding": "persoon.herroepen",
}
"""Kind of melding -> what the audit trail calls it."""

PER_KEER = 100
"""Persons that are handed over in one transaction: short enough that a melding on one of them hardly waits."""


class Overdracht(Struct):
    """What came of handing over all persons of an institution."""

    overgedragen: int = 0
    afgekeurd: list[Terugkoppeling] = field(default_factory=list)


def voer_uit(melding: b.VanStelsel, door: str, proef: bool = False) -> Terugkoppeling:
    """Merge, split, hand over or undo, and return the answer; the same UUID again gives the same answer.

    Args:
        melding: what to do; its sender is the facility itself.
        door: who does it, for the audit trail.
        proef: a dry run: the whole path, and then everything is rolled back.

    Raises:
        Onmogelijk: no reason, a number of a person in it, or another sender than the facility.
    """
    (antwoord,) = _voer_uit([melding], door, proef)
    return antwoord


def overdracht_van_instelling(
    van: str, naar: str, reden: str, door: str, voortgang: Callable[[int], None] | None = None
) -> Overdracht:
    """Hand over all persons of an institution that goes up in another, a batch at a time.

    Broken off at any moment, the next run does the rest. Who is refused (both institutions registered something under
    the same key) is told and stays; after mending, run it again.

    Args:
        van: instellingscode of the institution that ends.
        naar: instellingscode of the one that goes on.
        reden: why, for the journal.
        door: who does it.
        voortgang: told how many persons were looked at.

    Raises:
        Onmogelijk: a code is no instellingscode, they are the same, or there is no reason.
    """
    if van == naar or not (INSTELLINGSCODE.past(van) and INSTELLINGSCODE.past(naar)):
        raise Onmogelijk(f"verwacht twee verschillende instellingscodes ({INSTELLINGSCODE.verwacht})")
    uit, gezien = Overdracht(), 0
    for ids in _personen_bij(van):
        meldingen = [
            b.OverdragenPersoon(
                id=uuid4(), afzender=STELSEL, moment=klok.nu(), persoon=id_, van=van, naar=naar, reden=reden
            )
            for id_ in ids
        ]
        for antwoord in _voer_uit(meldingen, door):
            if antwoord.aanvaard:
                uit.overgedragen += 1
            else:
                uit.afgekeurd.append(antwoord)
        gezien += len(ids)
        if voortgang:
            voortgang(gezien)
    return uit


def _personen_bij(instelling: str) -> Iterator[list[int]]:
    """Give the persons that an institution is involved with or registered something of, in order and some at a time."""
    laatste = 0
    while True:
        with cursor() as sql:
            sql.execute(
                "SELECT p.id FROM personen_persoon p WHERE p.opgegaan_in IS NULL AND p.id > %(na)s AND p.id IN ("
                " SELECT persoon_id FROM register_betrokkenheid WHERE instelling = %(van)s"
                " UNION SELECT persoon_id FROM register_versie WHERE instelling = %(van)s AND melding_tot IS NULL"
                "  AND soort = ANY (%(soorten)s::text[])) ORDER BY p.id LIMIT %(per)s",
                {"na": laatste, "van": instelling, "soorten": list(OVERDRAAGBAAR), "per": PER_KEER},
            )
            ids = [id_ for (id_,) in sql]
        if ids:
            yield ids
            laatste = ids[-1]
        if len(ids) < PER_KEER:
            return


def _voer_uit(meldingen: Sequence[b.VanStelsel], door: str, proef: bool = False) -> list[Terugkoppeling]:
    for melding in meldingen:
        _controleer(melding)
    return in_een_transactie(lambda: _Partij(door, proef).verwerk(meldingen), proef)


def _controleer(melding: b.VanStelsel) -> None:
    if melding.afzender != STELSEL:
        raise Onmogelijk(f"de afzender van deze melding is {STELSEL}, het stelsel zelf")
    if not melding.reden.strip():
        raise Onmogelijk("geef een reden: later wil iemand weten waarom dit is gedaan")
    if maskeer(melding.reden) != melding.reden:
        raise Onmogelijk("de reden bevat een nummer van een persoon; noem de persoon daar niet")


class _Partij:
    """Meldingen on different persons while they are being applied."""

    def __init__(self, door: str, proef: bool) -> None:
        self.door, self.proef = door, proef
        self.nu, self.vandaag = klok.nu(), klok.vandaag()
        self.codes = deur(self.vandaag).duo_codes

    def verwerk(self, meldingen: Sequence[b.VanStelsel]) -> list[Terugkoppeling]:
        eerder = {
            uuid: een for (_, uuid), een in journaal.eerdere(set(map(journaal.kenmerk, meldingen))).items()
        }
        nieuw = [m for m in meldingen if m.id not in eerder]
        oud = {m.id: ingrepen.zoek_oorspronkelijk(m) for m in nieuw if isinstance(m, b.HerroepenMelding)}
        betrokken = {m.id: ingrepen.personen_van(m, oud.get(m.id)) for m in nieuw}
        beeld = ingrepen.vergrendel({id_ for ids in betrokken.values() for id_ in ids})
        if standen.is_ingehaald(beeld.eigen):
            raise Overlap
        # looked up again now that the persons are locked: another may have undone it meanwhile
        oud = {m.id: ingrepen.zoek_oorspronkelijk(m) for m in nieuw if isinstance(m, b.HerroepenMelding)}
        regels: dict[Any, journaal.Regel] = {}
        plannen: dict[int, Plan] = {}
        for melding, id_ in zip(nieuw, opslag.nieuwe_ids(len(nieuw)) if nieuw else [], strict=True):
            regels[melding.id] = self._een(melding, id_, oud.get(melding.id), beeld, plannen)
        self._leg_vast(regels, plannen, betrokken, beeld)
        return [
            regels[m.id].antwoord if m.id in regels else self._herhaal(m, eerder[m.id]) for m in meldingen
        ]

    def _een(
        self,
        melding: b.VanStelsel,
        id_: int,
        oorspronkelijk: Oorspronkelijk | None,
        beeld: Beeld,
        plannen: dict[int, Plan],
    ) -> journaal.Regel:
        plan = ingrepen.maak_plan(melding, oorspronkelijk, beeld)
        if isinstance(plan, Afkeuring):
            bekend = [p for p in ingrepen.personen_van(melding, oorspronkelijk) if p in beeld.eigen]
            persoon = bekend[0] if bekend else None
            return journaal.Regel(id_, melding, persoon, self._antwoord(melding, plan, persoon))
        plannen[id_] = plan
        return journaal.Regel(id_, melding, plan.persoon, self._antwoord(melding, None, plan.persoon))

    def _antwoord(
        self, melding: b.VanStelsel, afkeuring: Afkeuring | None = None, persoon: int | None = None
    ) -> Terugkoppeling:
        return Terugkoppeling(
            id=melding.id,
            soort=type(melding).__name__,
            aanvaard=afkeuring is None,
            ontvangen_op=self.nu,
            proef=self.proef,
            persoon=persoon,
            bevindingen=(afgekeurd(afkeuring, self.codes.get(afkeuring.controle.id, "")),)
            if afkeuring
            else (),
        )

    def _herhaal(self, melding: b.VanStelsel, eerder: journaal.Eerder) -> Terugkoppeling:
        if journaal.vingerafdruk(melding) != eerder.vingerafdruk:
            return self._antwoord(melding, Afkeuring(ZELFDE_ID))
        return eerder.antwoord

    def _leg_vast(
        self,
        regels: dict[Any, journaal.Regel],
        plannen: dict[int, Plan],
        betrokken: dict[Any, tuple[int, ...]],
        beeld: Beeld,
    ) -> None:
        opslag.schrijf(
            [
                opslag.Versie(p.persoon, p.sleutel, p.aggregaat, id_)
                for id_, plan in plannen.items()
                for p in plan.begint
            ],
            {versie: id_ for id_, plan in plannen.items() for versie in plan.sluit},
            self.nu,
        )
        for id_, plan in plannen.items():
            _verbind(plan)
            betrokkenheid.verplaats(id_, plan)
            if plan.overdracht:
                betrokkenheid.draag_abonnementen_over(plan.persoon, *plan.overdracht, self.vandaag)
        if not regels:
            return
        vertel(list(self._toegepast(regels, plannen, betrokken, beeld)), self.nu, self.vandaag)
        journaal.schrijf(list(regels.values()), journaal.Herkomst(self.door, ""), self.nu)
        verantwoording.leg_vast(
            [
                journaal.Regel(r.id, r.melding, persoon, r.antwoord)
                for uuid, r in regels.items()
                for persoon in betrokken[uuid]
            ],
            self.door,
            self.nu,
        )
        for regel in regels.values():
            self._schrijf_audit(regel, betrokken[regel.melding.id])

    def _toegepast(
        self,
        regels: dict[Any, journaal.Regel],
        plannen: dict[int, Plan],
        betrokken: dict[Any, tuple[int, ...]],
        beeld: Beeld,
    ) -> Iterator[Toegepast]:
        na = _lees_opnieuw({id_ for ids in betrokken.values() for id_ in ids})
        for uuid, regel in regels.items():
            if regel.id in plannen:
                mutaties = _mutaties(plannen[regel.id])
                for persoon in betrokken[uuid]:
                    yield Toegepast(
                        regel.id,
                        persoon,
                        beeld.dossiers[persoon],
                        na[persoon],
                        STELSEL,
                        mutaties.get(persoon, ()),
                    )

    def _schrijf_audit(self, regel: journaal.Regel, personen_: tuple[int, ...]) -> None:
        melding: Any = regel.melding
        details: dict[str, Any] = {"melding": str(melding.id), "aanvaard": regel.antwoord.aanvaard}
        if len(personen_) > 1:
            details["ander"] = personen_[1]
        if isinstance(melding, b.OverdragenPersoon):
            details |= {"van": melding.van, "naar": melding.naar}
        if isinstance(melding, b.HerroepenMelding):
            details["herroept"] = str(melding.melding)
        audit.leg_vast(
            HANDELINGEN[type(melding).__name__],
            "persoon",
            personen_[0] if personen_ else "",
            door=self.door,
            details=details,
        )


def _lees_opnieuw(ids: set[int]) -> dict[int, Dossier]:
    """Read dossiers as this transaction made them; of a merged person and the one left, each with its own numbers."""
    opgegaan = set(personen.gaat_op_in(ids))
    nummers = personen.nummers_van(ids - opgegaan) | personen.nummers_van(opgegaan)
    return opslag.lees_dossiers(nummers)[0]


def _mutaties(plan: Plan) -> dict[int, Mutaties]:
    """Return per person what changes."""
    voor = {(p.persoon, p.sleutel): p for p in plan.sluit.values()}
    na = {(p.persoon, p.sleutel): p for p in plan.begint}
    uit: dict[int, list[Mutatie]] = {}
    for plaats in dict.fromkeys([*voor, *na]):
        persoon, sleutel = plaats
        uit.setdefault(persoon, []).append(
            Mutatie(sleutel, _inhoud(voor.get(plaats)), _inhoud(na.get(plaats)))
        )
    return {persoon: tuple(mutaties) for persoon, mutaties in uit.items()}


def _inhoud(plek: Plek | None) -> Any:
    return plek.aggregaat if plek else None


def _verbind(plan: Plan) -> None:
    if plan.samen:
        personen.voeg_samen(*plan.samen)
    if plan.uiteen is not None:
        personen.haal_uiteen(plan.uiteen)
