"""With what funding is decided: the open years with their parameters, the reference data and the software of now."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

import msgspec
from msgspec import Struct, structs

from kernregister import __version__
from kernregister.kern.bekostiging.beslissen import Beslisser
from kernregister.kern.bekostiging.besluit import Bekostigingswijziging
from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.bekostiging.parameters import OnbekendJaar, Parameters, parameters
from kernregister.kern.tijd import Studiejaar
from kernregister.platform.geheugen import bij_vergeten, onthoud
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.stamgegevens import public as stamgegevens

STUDIEJAREN_TERUG = 1
"""Earlier studiejaren of which funding is kept up to date: that of which the accountant works (Handleiding h. 05)."""

EERSTE = "eerste bepaling"


class Grondslag(Struct, frozen=True):
    """A combination of open years with their parameters, reference data and software."""

    beslissers: tuple[Beslisser, ...]
    """One for each open year of which the values are known."""
    gegevens_versie: int
    kenmerk: bytes
    programma: str = __version__

    def op(self, een: Bekostigingswijziging) -> Bekostigingswijziging:
        """Return a change that names what it rests on."""
        return structs.replace(
            een,
            parameters=self.kenmerken.get(str(een.jaar), ""),
            gegevens_versie=self.gegevens_versie,
        )

    @property
    def kenmerken(self) -> dict[str, str]:
        """Bekostigingsjaar -> the mark of its parameters."""
        return {str(een.kader.jaar): een.kader.parameters.kenmerk for een in self.beslissers}


def open_jaren(dag: date) -> tuple[Bekostigingsjaar, ...]:
    """Return the years that are kept up to date on a day.

    Those that the studiejaar of the day and the one before count for, and the one that a diploma of that day counts
    for; in spring that year's enrolments are those of the studiejaar to come.
    """
    studiejaar = Studiejaar.van(dag)
    jaren = {Bekostigingsjaar.van(Studiejaar(studiejaar.start - n)) for n in range(STUDIEJAREN_TERUG + 1)}
    return tuple(sorted(jaren | {Bekostigingsjaar(dag.year + 2)}))


def huidige(dag: date) -> Grondslag:
    """Return with what funding is decided on a day."""
    return stel_samen(open_jaren(dag), stamgegevens.versie())


@onthoud(8)
def stel_samen(jaren: tuple[Bekostigingsjaar, ...], gegevens_versie: int) -> Grondslag:
    """Return the combination of these years and a version of the reference data."""
    gegevens = register.gegevens_van(gegevens_versie)
    van = [een for jaar in jaren if (een := _parameters(jaar)) is not None]
    alles = [__version__, gegevens_versie, [(str(een.jaar), een.kenmerk) for een in van]]
    return Grondslag(
        tuple(Beslisser(een.jaar, gegevens, een) for een in van),
        gegevens_versie,
        hashlib.sha256(msgspec.json.encode(alles)).digest(),
    )


def _parameters(jaar: Bekostigingsjaar) -> Parameters | None:
    """Return the values of a year; None when they are not known, and then nothing is decided on it."""
    try:
        return parameters(jaar)
    except OnbekendJaar:
        return None


class Vastgelegd(Struct, frozen=True):
    """A combination on record, and how far everybody was brought up to date with it."""

    id: int
    kenmerk: bytes
    gegevens_versie: int
    parameters: dict[str, str]
    programma: str
    reden: str
    tot_persoon: int
    klaar: bool


_LAATSTE = """
SELECT id, kenmerk, gegevens_versie, parameters::text, programma, reden, tot_persoon, klaar_op IS NOT NULL
FROM bekostigen_grondslag ORDER BY id DESC LIMIT 1
"""


def laatste() -> Vastgelegd | None:
    """Return the last combination on record."""
    with cursor() as sql:
        sql.execute(_LAATSTE)
        rij = sql.fetchone()
    if rij is None:
        return None
    return Vastgelegd(rij[0], bytes(rij[1]), rij[2], msgspec.json.decode(rij[3]), *rij[4:])


_bekend: dict[bytes, Vastgelegd] = {}
"""What was read as on record, by kenmerk: a row stays, so that a melding need not ask for it."""
bij_vergeten(_bekend.clear)


def waarmee(nu: Grondslag, op: datetime) -> Vastgelegd:
    """Return the combination of now as it is on record, for a row that is written with it."""
    if (bekend := _bekend.get(nu.kenmerk)) is not None:
        return bekend
    vorige = laatste()
    if vorige is None or vorige.kenmerk != nu.kenmerk:
        return leg_vast(nu, op)  # not kept at hand: a dry run takes it back
    _bekend.clear()
    _bekend[nu.kenmerk] = vorige
    return vorige


def leg_vast(nu: Grondslag, op: datetime) -> Vastgelegd:
    """Return the combination of now as it is on record; when it is new, it is put there with what differs."""
    vorige = laatste()
    if vorige is not None and vorige.kenmerk == nu.kenmerk:
        return vorige
    with cursor() as sql:
        sql.execute(
            "INSERT INTO bekostigen_grondslag (kenmerk, gegevens_versie, parameters, programma, reden, sinds,"
            " tot_persoon) VALUES (%s, %s, %s::jsonb, %s, %s, %s, 0)",
            [
                nu.kenmerk,
                nu.gegevens_versie,
                msgspec.json.encode(nu.kenmerken).decode(),
                nu.programma,
                verschil(vorige, nu),
                op,
            ],
        )
    nieuw = laatste()
    assert nieuw is not None
    return nieuw


def verschil(oud: Vastgelegd | None, nieuw: Grondslag) -> str:
    """Return in words what differs between two combinations."""
    if oud is None:
        return EERSTE
    delen = []
    if oud.gegevens_versie != nieuw.gegevens_versie:
        delen.append(f"stamgegevens versie {nieuw.gegevens_versie}")
    for jaar, kenmerk in nieuw.kenmerken.items():
        if jaar not in oud.parameters:
            delen.append(f"bekostigingsjaar {jaar} is open")
        elif oud.parameters[jaar] != kenmerk:
            delen.append(f"parameters {jaar} {kenmerk}")
    if oud.programma != nieuw.programma:
        delen.append(f"programma {nieuw.programma}")
    return "; ".join(delen) or "bekostigingsjaren gesloten"
