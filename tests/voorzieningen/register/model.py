"""What the register ought to do, written down as plainly as can be: dicts of records, a table of UUIDs, no database.

Only the refusals that the stories provoke are in it: those of the message itself (N02 to N10), and of the rules a few.
"""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from msgspec import structs

from kernregister.kern.dossier import (
    Bpv,
    Diploma,
    Dossier,
    ExtraOndersteuning,
    Inschrijving,
    Inschrijvingsperiode,
    Keuzedeel,
    Persoon,
)

Plek = tuple[str, str, str]
"""Kind of record, institution, number there."""


@dataclass
class Mens:
    """Somebody who was identified: their own data, and what is registered of them."""

    persoon: Persoon
    records: dict[Plek, Any] = field(default_factory=dict)

    def dossier(self) -> Dossier:
        def van(soort: str) -> tuple[Any, ...]:
            return tuple(record for plek, record in sorted(self.records.items()) if plek[0] == soort)

        return Dossier(self.persoon, van("inschrijving"), van("diploma"), van("resultaat"))


@dataclass
class Antwoord:
    """What the model says of a melding. ``wie`` is the number of the person it is registered with."""

    aanvaard: bool
    regels: tuple[str, ...] = ()


class Model:
    """The register, as it would be with one user and all the time in the world."""

    def __init__(self, bron: list[Persoon]) -> None:
        self.bron = {persoon.pgn: persoon for persoon in bron}
        self.mensen: dict[str, Mens] = {}
        """By the number under which they were identified first."""
        self.opgegaan: dict[str, str] = {}
        self.journaal: dict[tuple[str, UUID], tuple[Any, Antwoord]] = {}
        """By sender and the UUID that the sender gave."""
        self.betrokken: set[tuple[str, str]] = set()
        """Institution, person."""

    def wie(self, pgn: str) -> str:
        return self.opgegaan.get(pgn, pgn)

    def foto(self) -> dict[str, Dossier]:
        """Return everybody's dossier as it is now; it is made of frozen things."""
        return {pgn: mens.dossier() for pgn, mens in self.mensen.items() if pgn not in self.opgegaan}

    def verwerk(self, melding: Any, namens: str = "") -> Antwoord:
        if namens and melding.afzender != namens:
            return Antwoord(False, ("N03",))
        kenmerk = melding.afzender, melding.id
        if kenmerk in self.journaal:
            eerder, antwoord = self.journaal[kenmerk]
            return antwoord if eerder == melding else Antwoord(False, ("N02",))
        regels = self.weigert(melding)
        if not regels:
            self.pas_toe(melding)
        antwoord = Antwoord(not regels, regels)
        self.journaal[kenmerk] = melding, antwoord
        return antwoord

    # ------------------------------------------------------------------------------------- refusing

    def weigert(self, m: Any) -> tuple[str, ...]:
        if m.burgerservicenummer and m.onderwijsnummer:
            return ("N04",)
        if m.burgerservicenummer == "999999999":
            return ("F01",)
        soort = type(m).__name__
        if soort == "AanleverenIdentificatiePersoon":
            bekend = self.bron.get(m.pgn)
            return () if bekend and bekend.geboortedatum == m.geboortedatum else ("N10",)
        if m.pgn not in self.mensen or (m.afzender, self.wie(m.pgn)) not in self.betrokken:
            return ("N05",)
        records = self.mensen[self.wie(m.pgn)].records
        return tuple(self._van_soort(soort, m, records))

    def _van_soort(self, soort: str, m: Any, records: dict[Plek, Any]) -> list[str]:
        if soort == "AanleverenInschrijving":
            eind = m.inschrijving.datum_uitschrijving_werkelijk
            return ["G03"] if eind and eind < m.inschrijving.datum_inschrijving else []
        if soort == "AanleverenDiploma":
            return ["K03"] if ("resultaat", m.afzender, m.diploma.resultaatvolgnummer) in records else []
        if soort == "AanleverenResultaat":
            return ["K03"] if ("diploma", m.afzender, m.resultaat.resultaatvolgnummer) in records else []
        if soort == "VerwijderenResultaat":
            er = [s for s in ("diploma", "resultaat") if (s, m.afzender, m.resultaatvolgnummer) in records]
            return [] if er else ["N08"]
        ouder = records.get(("inschrijving", m.afzender, m.inschrijvingvolgnummer))
        if ouder is None:
            return ["N06"]
        if soort == "VerwijderenBpv":
            return [] if any(bpv.volgnummer == m.bpv_volgnummer for bpv in ouder.bpvs) else ["N07"]
        if soort == "VerwijderenInschrijving":
            hangt = ouder.bpvs or [
                r
                for (wat, van, _), r in records.items()
                if wat != "inschrijving"
                and van == m.afzender
                and r.inschrijvingvolgnummer == m.inschrijvingvolgnummer
            ]
            return ["N09"] if hangt else []
        return []

    # ------------------------------------------------------------------------------------- applying

    def pas_toe(self, m: Any) -> None:
        soort, van = type(m).__name__, m.afzender
        if soort == "AanleverenIdentificatiePersoon":
            eigen = structs.replace(self.bron[m.pgn], burgerservicenummer=None, onderwijsnummer=None)
            self.mensen.setdefault(self.wie(m.pgn), Mens(eigen)).persoon = eigen
        pgn = self.wie(m.pgn)
        self.betrokken.add((van, pgn))
        records = self.mensen[pgn].records
        eigen_nummer = m.burgerservicenummer is None
        if soort == "AanleverenInschrijving":
            plek = ("inschrijving", van, m.inschrijving.inschrijvingvolgnummer)
            oud = records.get(plek)
            records[plek] = _inschrijving(m.inschrijving, van, oud.bpvs if oud else (), eigen_nummer)
        elif soort == "VerwijderenInschrijving":
            del records["inschrijving", van, m.inschrijvingvolgnummer]
        elif soort in {"AanleverenBpv", "VerwijderenBpv"}:
            plek = ("inschrijving", van, m.inschrijvingvolgnummer)
            bpvs = {bpv.volgnummer: bpv for bpv in records[plek].bpvs}
            if soort == "AanleverenBpv":
                bpvs[m.bpv.volgnummer] = Bpv(**structs.asdict(m.bpv))
            else:
                del bpvs[m.bpv_volgnummer]
            op_volgorde = tuple(bpvs[nummer] for nummer in sorted(bpvs))
            records[plek] = structs.replace(records[plek], bpvs=op_volgorde)
        elif soort == "AanleverenDiploma":
            velden = structs.asdict(m.diploma)
            records["diploma", van, m.diploma.resultaatvolgnummer] = Diploma(
                van, op_onderwijsnummer=eigen_nummer, **velden
            )
        elif soort == "AanleverenResultaat":
            velden = structs.asdict(m.resultaat)
            records["resultaat", van, m.resultaat.resultaatvolgnummer] = Keuzedeel(
                instelling=van, op_onderwijsnummer=eigen_nummer, **velden
            )
        elif soort == "VerwijderenResultaat":
            for wat in ("diploma", "resultaat"):
                records.pop((wat, van, m.resultaatvolgnummer), None)

    # ------------------------------------------------------------------------------------- two who are one

    def voeg_samen(self, blijft: str, gaat_op: str) -> tuple[str, ...]:
        een, ander = self.mensen[blijft], self.mensen[gaat_op]
        if een.records.keys() & ander.records.keys():
            return ("N12",)
        een.records.update(ander.records)
        ander.records = {}
        self.opgegaan[gaat_op] = blijft
        self.betrokken |= {(van, blijft) for van, wie in self.betrokken if wie == gaat_op}
        return ()


def _inschrijving(bericht: Any, van: str, bpvs: tuple[Bpv, ...], eigen_nummer: bool) -> Inschrijving:
    velden = structs.asdict(bericht)
    velden["perioden"] = tuple(Inschrijvingsperiode(**structs.asdict(p)) for p in bericht.perioden)
    velden["extra_ondersteuning"] = tuple(
        ExtraOndersteuning(**structs.asdict(o)) for o in bericht.extra_ondersteuning
    )
    return Inschrijving(van, bpvs=bpvs, op_onderwijsnummer=eigen_nummer, **velden)
