"""The one door: meldingen in, answers out; journalled, judged and applied in one transaction.

A batch is judged in memory, in order, one melding after the other; what comes of it is written in a few statements.
One melding is a batch of one. Persons are locked in order of id, so meldingen on one person wait for each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import structs

from kernregister.kern.dossier import Dossier
from kernregister.kern.meldingen import berichten as b
from kernregister.kern.meldingen import controles
from kernregister.kern.meldingen.controles import Afkeuring
from kernregister.kern.meldingen.terugkoppeling import (
    Identificatieuitslag,
    Terugkoppeling,
    Terugmelding,
    afgekeurd,
    terugmelding,
)
from kernregister.kern.meldingen.toepassen import Mutatie, Sleutel, voer_door
from kernregister.kern.regels.paspoort import Ernst
from kernregister.kern.vooropleiding import vooropleiding
from kernregister.platform import klok
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register import (
    geweigerd,
    identificatie,
    journaal,
    misraden,
    opslag,
    standen,
    verantwoording,
)
from kernregister.voorzieningen.register.gevolg import Gevolg, gevolg_van
from kernregister.voorzieningen.register.journaal import Herkomst
from kernregister.voorzieningen.register.oordeel import (
    ZONDER_REGELS,
    beoordeel,
    erkenningen_van,
    keur_nummers,
    met_erkenningen,
)
from kernregister.voorzieningen.register.poging import Overlap, in_een_transactie
from kernregister.voorzieningen.register.regels import deur
from kernregister.voorzieningen.register.volgers import Toegepast, bezwaren, vertel

_ONBEKEND = Afkeuring(controles.NIET_GEIDENTIFICEERD)

STELSEL = "STEL"
"""Sender of what the facility registers by itself."""


_MAAKT_BEKEND = (b.AanleverenIdentificatiePersoon, *ZONDER_REGELS)
"""Meldingen by which somebody becomes known who was not."""


def verwerk(meldingen: Sequence[b.Melding], herkomst: Herkomst, proef: bool = False) -> list[Terugkoppeling]:
    """Journal, judge and apply meldingen, and return their answers in the same order.

    When this returns, what was accepted is committed. The same UUID again gives the same answer and changes nothing.

    Args:
        meldingen: at most a few thousand; more goes in several calls.
        herkomst: who delivers.
        proef: a dry run: the whole path, and then everything is rolled back.
    """
    return [antwoord for antwoord, _ in verwerk_met_gevolg(meldingen, herkomst, proef)]


def verwerk_met_gevolg(
    meldingen: Sequence[b.Melding], herkomst: Herkomst, proef: bool = False
) -> list[tuple[Terugkoppeling, Gevolg]]:
    """Do as `verwerk`, and tell of each melding what became of it as well."""

    def werk() -> tuple[_Partij, list[Terugkoppeling]]:
        partij = _Partij(meldingen, herkomst, proef)
        return partij, partij.verwerk()

    partij, antwoorden = in_een_transactie(werk, proef)
    if proef:  # a dry run showed persons as well, and is no way to guess unseen
        in_een_transactie(partij.verantwoord)
    return list(zip(antwoorden, partij.gevolgen, strict=True))


class _Partij:
    """A batch while it is being processed."""

    def __init__(self, meldingen: Sequence[Any], herkomst: Herkomst, proef: bool) -> None:
        self.meldingen, self.herkomst, self.proef = meldingen, herkomst, proef
        self.nu, self.vandaag = klok.nu(), klok.vandaag()
        self.deur = deur(self.vandaag)
        self.personen: dict[str, int] = {}
        """Number -> person, as far as known."""
        self.nummers: dict[int, personen.Nummers] = {}
        self.dossiers: dict[int, Dossier] = {}
        self.geldend: opslag.Geldend = {}
        self.erkenningen: dict[tuple[str, str], Any] = {}
        self.nieuw: dict[tuple[int, Sleutel], opslag.Versie] = {}
        """The last version that this batch made of an aggregate."""
        self.versies: list[opslag.Versie] = []
        self.gesloten: dict[int, int] = {}
        self.toegepast: list[Toegepast] = []
        self.gevolgen: list[Gevolg] = []
        """What became of each melding, in the order of the answers."""
        self.betrokken: list[tuple[int, str, str, int]] = []
        self.betrokkenen: set[tuple[int, str]] = set()
        """Who has to do with whom: person and institution."""
        self.herkend: dict[journaal.Kenmerk, identificatie.Uitslag] = {}
        """Identifications of which the whole batch was asked at once."""
        self.raden = misraden.Misraden(self.vandaag)
        self.log: list[journaal.Regel] = []

    def verwerk(self) -> list[Terugkoppeling]:
        eigen = [m for m in self.meldingen if not self._van_ander(m)]
        eerder = journaal.eerdere(set(map(journaal.kenmerk, eigen)))
        nieuw = [m for m in eigen if journaal.kenmerk(m) not in eerder]
        self._zoek_personen(nieuw)
        self._lees(set(self.personen.values()))
        self.betrokkenen = opslag.betrokkenen(
            set(self.personen.values()), {m.afzender for m in self.meldingen}
        )
        self._herken(nieuw)
        ids = iter(opslag.nieuwe_ids(len(nieuw)) if nieuw else [])
        self.erkenningen = erkenningen_van(nieuw)
        eerste: dict[journaal.Kenmerk, journaal.Regel] = {}
        uit: list[tuple[journaal.Regel | Terugkoppeling, Gevolg | None]] = []
        for melding in self.meldingen:
            kenmerk = journaal.kenmerk(melding)
            if self._van_ander(melding):
                vreemd = Afkeuring(controles.ANDERE_AFZENDER, {"afzender": melding.afzender})
                uit.append((self._niet_vastgelegd(melding, vreemd), Gevolg.GEWEIGERD))
            elif kenmerk in eerder:
                uit.append(self._herhaal(melding, eerder[kenmerk]))
            elif kenmerk not in eerste:
                eerste[kenmerk] = self._een(melding, next(ids))
                uit.append((eerste[kenmerk], None))
            elif eerste[kenmerk].melding == melding:
                uit.append((eerste[kenmerk], Gevolg.HERHAALD))
            else:
                bezet = Afkeuring(controles.ZELFDE_ID)
                uit.append((self._niet_vastgelegd(melding, bezet), Gevolg.GEWEIGERD))
        self._leg_vast(list(eerste.values()))
        gedaan = {een.melding: gevolg_van(een.mutaties) for een in self.toegepast}
        self.gevolgen = [gevolg or gedaan.get(getattr(een, "id", 0), Gevolg.GEWEIGERD) for een, gevolg in uit]
        return [een.antwoord if isinstance(een, journaal.Regel) else een for een, _ in uit]

    def _zoek_personen(self, nieuw: Sequence[Any]) -> None:
        """Find who the meldingen are about; who is taken over from an RO is made when nobody knows them yet."""
        over = [m for m in nieuw if isinstance(m, b.OverPersoon) and controles.nummers_van(m) is None]
        pgns = {m.pgn for m in over}
        self.personen = personen.zoek(pgns)
        te_maken = {m.pgn for m in over if isinstance(m, _MAAKT_BEKEND)} - self.personen.keys()
        if te_maken:
            personen.reserveer(te_maken)
            self.personen = personen.zoek(pgns)
        onbekend = {
            m.pgn: personen.Nummers(m.burgerservicenummer, m.onderwijsnummer)
            for m in over
            if isinstance(m, ZONDER_REGELS) and m.pgn not in self.personen and not keur_nummers(m, self.deur)
        }
        if onbekend:
            volgorde = sorted(onbekend)
            gemaakt = personen.maak([onbekend[pgn] for pgn in volgorde])
            self.personen.update(zip(volgorde, gemaakt, strict=True))

    def _herken(self, nieuw: Sequence[Any]) -> None:
        """Ask at once who is meant, as far as that can be told of many together; the others are asked in their turn.

        Only of meldingen that will be accepted: of several under one id the first counts.
        """
        eersten: dict[journaal.Kenmerk, Any] = {}
        for melding in nieuw:
            eersten.setdefault(journaal.kenmerk(melding), melding)
        vragen = [m for m in eersten.values() if isinstance(m, b.AanleverenIdentificatiePersoon)]
        self.raden.lees((*vragen, *filter(self._van_een_vreemde, eersten.values())))
        mogen = [m for m in vragen if not self.raden.te_vaak(m) and not self._aan_de_deur(m)]
        if not mogen:
            return
        self.herkend = identificatie.identificeer_samen(mogen)
        wie = {een.persoon for een in self.herkend.values() if een.persoon}
        self._ververs_nummers(wie & self.dossiers.keys())
        self._lees(wie - self.dossiers.keys())

    def _lees(self, ids: set[int]) -> None:
        """Lock persons and read their dossiers."""
        nummers = personen.vergrendel(ids)
        if set(nummers) != ids or standen.is_ingehaald(ids):
            raise Overlap
        dossiers, geldend = opslag.lees_dossiers(nummers)
        self.nummers |= nummers
        self.dossiers |= dossiers
        self.geldend |= geldend

    def _een(self, melding: Any, id_: int) -> journaal.Regel:
        """Judge one melding and, when it is accepted, apply it in memory."""
        persoon: int | None = None
        gezien = self.personen.get(getattr(melding, "pgn", ""))
        bevindingen = self._aan_de_deur(melding)
        extra: dict[str, Any] = {}
        mutaties: tuple[Mutatie, ...] = ()
        if not bevindingen:
            if isinstance(melding, b.AanleverenIdentificatiePersoon):
                persoon, mutaties, bevindingen, extra = self._identificeer(melding)
            elif weigering := self._niet_voor(melding, gezien):
                bevindingen = (weigering,)
            elif (persoon := gezien) is not None:
                oordeel = beoordeel(self.dossiers[persoon], melding, self.deur, self._gegevens())
                mutaties, bevindingen = oordeel.mutaties, oordeel.bevindingen
                bevindingen += bezwaren(melding.afzender, self.dossiers[persoon], mutaties, self.vandaag)
        aanvaard = not any(bevinding.ernst == Ernst.FOUT for bevinding in bevindingen)
        if aanvaard and persoon is not None:
            self._pas_toe(melding, id_, persoon, mutaties)
            if isinstance(melding, b.AanvragenVooropleiding):
                identificatie.abonneer_vooropleiding(melding, persoon, self.vandaag)
                extra["vooropleiding"] = vooropleiding(
                    self.dossiers[persoon], self.vandaag, self.deur.motor.gegevens
                )
        antwoord = Terugkoppeling(
            id=melding.id,
            soort=type(melding).__name__,
            aanvaard=aanvaard,
            ontvangen_op=self.nu,
            proef=self.proef,
            persoon=persoon,
            bevindingen=bevindingen,
            **extra,
        )
        return journaal.Regel(id_, melding, persoon, antwoord, gezien)

    def _van_een_vreemde(self, melding: Any) -> bool:
        """Tell whether a melding takes somebody over with whom the sender has nothing to do yet."""
        persoon = self.personen.get(melding.pgn) if isinstance(melding, b.Overgenomen) else None
        return persoon is not None and (persoon, melding.afzender) not in self.betrokkenen

    def _niet_voor(self, melding: Any, persoon: int | None) -> Terugmelding | None:
        """Refuse a melding about somebody with whom the sender has nothing to do, as if nobody knew the person.

        Who has to do with a person is who identified them, or holds an RO in which they stand as they are.
        """
        if persoon is not None and (
            isinstance(melding, b.VanBron) or (persoon, melding.afzender) in self.betrokkenen
        ):
            return None
        if persoon is None or not isinstance(melding, b.Overgenomen):
            return self._afgekeurd(_ONBEKEND)
        if self.raden.te_vaak(melding):
            return self._onzeker("te_vaak")
        wie = self.dossiers[persoon].persoon
        anders = [
            veld
            for veld in ("geboortedatum", "geslacht")
            if None is not getattr(wie, veld) != getattr(melding, veld) is not None
        ]
        if anders:
            self.raden.mislukt(melding)
            return self._onzeker("afwijking", velden=anders)
        return None

    def _aan_de_deur(self, melding: Any) -> tuple[Terugmelding, ...]:
        """Return what is wrong with a melding before anybody's dossier is looked at."""
        if afkeuring := controles.nummers_van(melding):
            zonder_nummer = isinstance(melding, b.AanleverenIdentificatiePersoon) and not melding.pgn
            over_nummers: tuple[Terugmelding, ...] = () if zonder_nummer else (self._afgekeurd(afkeuring),)
        else:
            over_nummers = keur_nummers(melding, self.deur)
        return (*over_nummers, *map(self._afgekeurd, controles.vrije_velden(melding)))

    def _identificeer(
        self, melding: b.AanleverenIdentificatiePersoon
    ) -> tuple[int | None, tuple[Mutatie, ...], tuple[Terugmelding, ...], dict[str, Any]]:
        """Find out who somebody is; from then on this batch knows them under all their numbers."""
        if self.raden.te_vaak(melding):
            return None, (), (self._onzeker("te_vaak"),), {}
        uitslag = self.herkend.get(journaal.kenmerk(melding)) or identificatie.identificeer(melding)
        if uitslag.persoon is None:
            self.raden.mislukt(melding)
            afkeuring = Afkeuring(controles.ONZEKERE_IDENTIFICATIE, uitslag.waarden)
            return None, (), (self._afgekeurd(afkeuring),), {}
        persoon = uitslag.persoon
        if persoon not in self.dossiers:
            self._lees({persoon})
        elif journaal.kenmerk(melding) not in self.herkend:
            self._ververs_nummers({persoon})
        nummers = self.nummers[persoon]
        for nummer in (nummers.burgerservicenummer, nummers.onderwijsnummer):
            if nummer:
                self.personen[nummer] = persoon
        mutaties = identificatie.persoonsmutaties(self.dossiers[persoon], uitslag.persoonsgegevens)
        na = voer_door(self.dossiers[persoon], mutaties).persoon
        identificatie.abonneer_persoon(melding, persoon, self.vandaag)
        antwoord = Identificatieuitslag(uitslag.uitslag, na.burgerservicenummer, na.onderwijsnummer, na)
        return persoon, mutaties, (), {"identificatie": antwoord}

    def _ververs_nummers(self, ids: set[int]) -> None:
        """Look up the numbers again of persons whose dossiers were read before a number was added to them."""
        for persoon, nummers in personen.nummers_van(ids).items():
            self.nummers[persoon] = nummers
            dossier = self.dossiers[persoon]
            eigen = structs.replace(
                dossier.persoon,
                burgerservicenummer=nummers.burgerservicenummer,
                onderwijsnummer=nummers.onderwijsnummer,
            )
            self.dossiers[persoon] = structs.replace(dossier, persoon=eigen)

    def _pas_toe(self, melding: Any, id_: int, persoon: int, mutaties: tuple[Mutatie, ...]) -> None:
        voor = self.dossiers[persoon]
        na = voer_door(voor, mutaties) if mutaties else voor
        self.dossiers[persoon] = na
        for mutatie in mutaties:
            sleutel = persoon, mutatie.sleutel
            if vorige := self.nieuw.pop(sleutel, None):
                vorige.tot = id_
            elif (versie := self.geldend[persoon].pop(mutatie.sleutel, None)) is not None:
                self.gesloten[versie] = id_
            if mutatie.na is not None:
                self.nieuw[sleutel] = versie_ = opslag.Versie(persoon, mutatie.sleutel, mutatie.na, id_)
                self.versies.append(versie_)
        if not isinstance(melding, b.VanBron):
            studentnummer = getattr(melding, "studentnummer", None) or ""
            if studentnummer or (persoon, melding.afzender) not in self.betrokkenen:
                self.betrokken.append((persoon, melding.afzender, studentnummer, id_))
            self.betrokkenen.add((persoon, melding.afzender))
        self.toegepast.append(Toegepast(id_, persoon, voor, na, melding.afzender, mutaties))

    def _gegevens(self) -> Any:
        if not self.erkenningen:
            return None
        return met_erkenningen(self.deur.motor.gegevens, self.erkenningen)

    def _afgekeurd(self, afkeuring: Afkeuring) -> Terugmelding:
        return afgekeurd(afkeuring, self.deur.duo_codes.get(afkeuring.controle.id, ""))

    def _onzeker(self, oorzaak: str, **meer: Any) -> Terugmelding:
        waarden = {"uitslag": "onzeker", "oorzaak": oorzaak, **meer}
        return self._afgekeurd(Afkeuring(controles.ONZEKERE_IDENTIFICATIE, waarden))

    def _herhaal(self, melding: Any, eerder: journaal.Eerder) -> tuple[Terugkoppeling, Gevolg]:
        """Answer a melding that came in before: the same answer, or a refusal when it says something else."""
        if journaal.vingerafdruk(melding) != eerder.vingerafdruk:
            return self._niet_vastgelegd(melding, Afkeuring(controles.ZELFDE_ID)), Gevolg.GEWEIGERD
        antwoord = identificatie.geef_terug(eerder, melding, self.deur.motor.gegevens)
        if antwoord.identificatie or antwoord.vooropleiding:
            self.log.append(journaal.Regel(eerder.melding, melding, eerder.persoon, antwoord))
        return antwoord, Gevolg.HERHAALD

    def _van_ander(self, melding: Any) -> bool:
        """Tell whether a melding names another sender than the one who delivers it."""
        return self.herkomst.instelling not in {"", melding.afzender}

    def _niet_vastgelegd(self, melding: Any, afkeuring: Afkeuring) -> Terugkoppeling:
        """Refuse a melding that is not journalled: its id is taken, or its place in the journal is of another."""
        return Terugkoppeling(
            id=melding.id,
            soort=type(melding).__name__,
            aanvaard=False,
            ontvangen_op=self.nu,
            proef=self.proef,
            bevindingen=(self._afgekeurd(afkeuring),),
        )

    def _leg_vast(self, regels: list[journaal.Regel]) -> None:
        """Write what came of the batch; the answers get the signals and the funding in them."""
        opslag.schrijf(self.versies, self.gesloten, self.nu)
        opslag.betrek(self.betrokken)
        doorwerking = vertel(self.toegepast, self.nu, self.vandaag)
        for regel in regels:
            if wat := doorwerking.get(regel.id):
                eigen = regel.melding.afzender
                met_signalen = structs.replace(
                    regel.antwoord,
                    signalen_geopend=_signalen(wat.geopend, eigen),
                    signalen_gesloten=_signalen(wat.gesloten, eigen),
                    bekostiging=wat.bekostiging,
                )
                # a signal is keyed by the number it was registered under, which the sender need not know
                regel.antwoord = met_signalen.met_nummer(getattr(regel.melding, "pgn", ""))
        if regels:
            journaal.schrijf(regels, self.herkomst, self.nu)
            geweigerd.houd_bij(regels, self.nu)
        self.log.extend(regels)
        self.verantwoord()

    def verantwoord(self) -> None:
        """Write down whose data were looked at, and how often somebody was guessed wrong."""
        verantwoording.leg_vast(self.log, self.herkomst.client, self.nu)
        self.raden.schrijf()


def _signalen(uitkomsten: Sequence[Any], instelling: str) -> tuple[Terugmelding, ...]:
    """Show the signals on the sender's own records; those of others are on the others' lists."""
    return tuple(
        terugmelding(u, Ernst.SIGNAAL.value) for u in uitkomsten if u.sleutel.instelling in {instelling, ""}
    )
