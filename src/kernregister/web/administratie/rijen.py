"""A difference as a row and back: what names the student, and whole records, lie in it encrypted."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from kernregister.kern.sleutels import is_bsn
from kernregister.platform.versleuteling import kluis
from kernregister.vergelijking.administratie import Administratie
from kernregister.vergelijking.herstel import Student
from kernregister.vergelijking.oorzaken import Aard, Afwijking, EigenTekst
from kernregister.web.administratie.gevolgen import Gevolg
from kernregister.web.administratie.models import Verschil


class Apart(Struct, frozen=True, omit_defaults=True):
    """What is kept encrypted of a difference."""

    nummers: tuple[str, ...] = ()
    studentnummer: str = ""
    naam: str = ""
    records: tuple[EigenTekst, ...] = ()


_LEES = msgspec.msgpack.Decoder(Apart)


def rij_van(
    vergelijking: UUID, instelling: str, afwijking: Afwijking, gevolg: Gevolg, administratie: Administratie
) -> Verschil:
    """Return the row of a difference; it is not stored yet."""
    eigen = administratie.student(*afwijking.nummers)
    apart = Apart(
        afwijking.nummers if afwijking.persoon is None else (),
        eigen.studentnummer if eigen else "",
        eigen.naam if eigen else "",
        afwijking.records,
    )
    wie = wie_van(afwijking)
    delen = [
        wie,
        afwijking.aard.value,
        afwijking.niveau,
        afwijking.veld,
        *afwijking.plaats,
        "|",
        *afwijking.sleutel,
    ]
    kenmerk = hashlib.sha256("\x1f".join(delen).encode()).hexdigest()[:32]
    return Verschil(
        vergelijking_id=vergelijking,
        instelling=instelling,
        kenmerk=kenmerk,
        persoon=afwijking.persoon,
        wie=wie,
        aard=afwijking.aard.value,
        niveau=afwijking.niveau,
        veld=afwijking.veld,
        sleutel=list(afwijking.sleutel),
        plaats=list(afwijking.plaats),
        register=afwijking.register,
        eigen=afwijking.eigen,
        oorzaak=afwijking.oorzaak,
        oorzaak_en=afwijking.oorzaak_en,
        rij=afwijking.rij,
        apart=kluis().sluit(msgspec.msgpack.encode(apart), _plaats(vergelijking, kenmerk)),
        raakt_bekostiging=gevolg.raakt_bekostiging,
        sluit=list(gevolg.sluit),
    )


def wie_van(afwijking: Afwijking) -> str:
    """Return what brings the differences of one student together: never a number that can be read."""
    if afwijking.persoon is not None:
        return str(afwijking.persoon)
    return kluis().zoek(min(afwijking.nummers)).hex()[:32]


def apart_van(rij: Verschil) -> Apart:
    """Return what is kept encrypted of a difference."""
    return _LEES.decode(kluis().open(bytes(rij.apart), _plaats(rij.vergelijking_id, rij.kenmerk)))


def afwijking_van(rij: Verschil) -> Afwijking:
    """Return the difference that a row tells of."""
    apart = apart_van(rij)
    return Afwijking(
        Aard(rij.aard),
        rij.niveau,
        rij.veld,
        apart.nummers,
        tuple(rij.sleutel),
        register=rij.register,
        eigen=rij.eigen,
        rij=rij.rij,
        persoon=rij.persoon,
        plaats=tuple(rij.plaats),
        records=apart.records,
    )


def student_van(rij: Verschil, dossier: Any) -> Student:
    """Return by which numbers the student of a row is known."""
    apart = apart_van(rij)
    if dossier is not None:
        wie = dossier.persoon
        return Student(wie.burgerservicenummer or None, wie.onderwijsnummer or None, apart.studentnummer)
    return student_met(apart.nummers, apart.studentnummer)


def student_met(nummers: tuple[str, ...], studentnummer: str = "") -> Student:
    """Return who has these numbers: a BSN where one of them is, else an onderwijsnummer."""
    bsn = next((nummer for nummer in nummers if is_bsn(nummer)), None)
    return Student(bsn, None if bsn else next(iter(nummers), None), studentnummer)


def _plaats(vergelijking: UUID, kenmerk: str) -> bytes:
    return f"verschil:{vergelijking}:{kenmerk}".encode()
