"""With what signals are judged: the reference data, the rules and the software of now, made ready to run."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

import msgspec
from msgspec import Struct

from kernregister import __version__
from kernregister.kern.gegevens import Gegevens
from kernregister.kern.regels.motor import Motor
from kernregister.kern.regels.paspoort import Fase, Groep, Regel
from kernregister.platform.geheugen import onthoud
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.stamgegevens import public as stamgegevens

KALENDER = "kalender"
"""The reason of a signal that opened or closed because a day came."""


class Grondslag(Struct, frozen=True):
    """A combination of reference data, rules and software. ``regels`` and ``schaduw`` are those of one day."""

    dag: date
    gegevens_versie: int
    regels: dict[str, Regel]
    """Rules that signal, those in the shadow included."""
    schaduw: frozenset[str]
    kenmerk: bytes
    programma: str = __version__

    def motor(self, dag: date) -> Motor:
        """Return the engine for a day, kept at hand."""
        gegevens = register.gegevens_van(self.gegevens_versie)
        bewaard = _motoren.get((self.kenmerk, dag))
        # A version never changes, but its number may be that of another version in another database.
        if bewaard is not None and bewaard[0] is gegevens:
            return bewaard[1]
        if len(_motoren) >= _MEESTE_MOTOREN:
            _motoren.pop(next(iter(_motoren)), None)
        motor = Motor(self.regels.values(), dag, gegevens)
        _motoren[self.kenmerk, dag] = gegevens, motor
        return motor

    def fasen(self) -> dict[str, str]:
        """Return the stage of life of each rule."""
        return {id_: _beschrijf(regel) for id_, regel in self.regels.items()}


_MEESTE_MOTOREN = 8
_motoren: dict[tuple[bytes, date], tuple[Gegevens, Motor]] = {}


def huidige(dag: date) -> Grondslag:
    """Return with what signals are judged now, on a day."""
    return _van_versies(dag, stamgegevens.versie(), register.regelversie())


@onthoud(4)
def _van_versies(dag: date, gegevens_versie: int, regelversie: int) -> Grondslag:
    return stel_samen(dag, gegevens_versie, levende_regels(dag))


def levende_regels(dag: date) -> list[Regel]:
    """Return the rules that are judged over what is registered.

    Those that refuse at the door too: what was taken over from elsewhere never passed it. Not group M: it concerns
    the moment of delivering, and over what is registered A to E say the same.
    """
    regels = register.regels(dag, Fase.SIGNAAL, Fase.SCHADUW, Fase.WEIGEREN)
    return [regel for regel in regels if regel.groep is not Groep.AFKEUR]


def stel_samen(dag: date, gegevens_versie: int, regels: list[Regel]) -> Grondslag:
    """Return the combination of a version of the reference data and rules that signal."""
    op_id = {regel.id: regel for regel in sorted(regels, key=lambda r: r.id)}
    schaduw = frozenset(regel.id for regel in regels if regel.fase_op(dag) is Fase.SCHADUW)
    alles = [__version__, gegevens_versie, [(id_, _beschrijf(regel)) for id_, regel in op_id.items()]]
    kenmerk = hashlib.sha256(msgspec.json.encode(alles)).digest()
    return Grondslag(dag, gegevens_versie, op_id, schaduw, kenmerk)


def _beschrijf(regel: Regel) -> str:
    """Return the life of a rule as text: what it does depends on it and on the code."""
    levens = {"": regel.levensloop, **{str(k): v for k, v in regel.levensloop_per_soort.items()}}
    return "; ".join(
        " ".join([soort, *(f"{fase}>{dag}" for fase, dag in loop)]).strip() for soort, loop in levens.items()
    )


def nummer(grondslag: Grondslag, nu: datetime) -> int:
    """Return the number of a combination, and record it when it is new."""
    with cursor() as sql:
        sql.execute(
            "SELECT id FROM kwaliteit_grondslag WHERE kenmerk = %s", [grondslag.kenmerk], prepare=True
        )
        rij = sql.fetchone()
        if rij is None:
            sql.execute(
                "INSERT INTO kwaliteit_grondslag (kenmerk, gegevens_versie, regels, programma, sinds)"
                " VALUES (%s, %s, %s::jsonb, %s, %s) ON CONFLICT (kenmerk) DO NOTHING",
                [
                    grondslag.kenmerk,
                    grondslag.gegevens_versie,
                    msgspec.json.encode(grondslag.fasen()).decode(),
                    grondslag.programma,
                    nu,
                ],
            )
            sql.execute("SELECT id FROM kwaliteit_grondslag WHERE kenmerk = %s", [grondslag.kenmerk])
            rij = sql.fetchone()
    assert rij is not None
    return int(rij[0])


def redenen(van: set[int], naar: int) -> dict[int, str]:
    """Return for each earlier combination in words what differs from the one of now."""
    if not van:
        return {}
    with cursor() as sql:
        sql.execute(
            "SELECT id, gegevens_versie, regels::text, programma FROM kwaliteit_grondslag WHERE id = ANY (%s)",
            [[*van, naar]],
        )
        rijen = {id_: (versie, msgspec.json.decode(regels), prog) for id_, versie, regels, prog in sql}
    return {id_: verschil(rijen[id_], rijen[naar]) if id_ in rijen else "eerste beoordeling" for id_ in van}


def verschil(oud: tuple[int, dict[str, str], str], nieuw: tuple[int, dict[str, str], str]) -> str:
    """Return in words what differs between two combinations."""
    delen = []
    if oud[0] != nieuw[0]:
        delen.append(f"stamgegevens versie {nieuw[0]}")
    anders = sorted(id_ for id_ in oud[1].keys() | nieuw[1].keys() if oud[1].get(id_) != nieuw[1].get(id_))
    if anders:
        meer = f" en {len(anders) - _MEESTE_NAMEN} andere" if len(anders) > _MEESTE_NAMEN else ""
        delen.append(f"regels {', '.join(anders[:_MEESTE_NAMEN])}{meer}")
    if oud[2] != nieuw[2]:
        delen.append(f"programma {nieuw[2]}")
    return "; ".join(delen)


_MEESTE_NAMEN = 10
