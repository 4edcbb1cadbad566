"""A register as large as the sector: a part is really loaded, and its rows are copied until there are enough.

A copy has persons, meldingen and versions of its own at the same institutions, so a list of one institution is as long
as it would be, and an index as deep. Made once, and kept with the other data.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import psycopg
from psycopg import sql

from benchmarks import gegevens
from benchmarks.register import draaiend, klaarzetten
from benchmarks.register.meldingen import MOMENT
from benchmarks.register.ro import deel_van
from kernregister import fictief
from kernregister.fictief.fouten import planters
from kernregister.fictief.sector import Sector
from kernregister.platform.databank.cluster import BEHEERDER, Cluster
from kernregister.platform.databank.rollen import DATABANK

GELADEN = 5000
"""Persons that are really loaded, at most."""

EEN_FOUT_OP = 200
"""For each rule one person in so many has a case of it."""

PER_KEER = 1000

_REEKS = {
    "personen_persoon": ("id", {"id": "persoon"}, {}),
    "personen_nummer": (
        "id",
        {"id": "nummer", "persoon_id": "persoon"},
        {"zoeksleutel": "sha256(t.zoeksleutel || int8send(k.nr))"},
    ),
    "register_melding": ("id", {"id": "melding", "persoon_id": "persoon"}, {"uuid": "gen_random_uuid()"}),
    "register_stand": (
        "nummer",
        {"nummer": "stand", "melding_id": "melding"},
        {"moment": "(SELECT max(moment) FROM register_stand)"},
    ),
    "register_versie": (
        "id",
        {"id": "versie", "persoon_id": "persoon", "melding_van": "melding", "melding_tot": "melding"},
        {},
    ),
    "register_bijzonderdeel": ("id", {"id": "deel", "versie_id": "versie", "persoon_id": "persoon"}, {}),
    "register_betrokkenheid": (
        "id",
        {"id": "betrokkenheid", "persoon_id": "persoon", "sinds": "melding"},
        {},
    ),
    "kwaliteit_signaal": (
        "id",
        {"id": "signaal", "persoon_id": "persoon", "geopend_door": "melding", "gesloten_door": "melding"},
        {},
    ),
    "kwaliteit_kantelmoment": ("persoon_id", {"persoon_id": "persoon"}, {}),
}
"""Table -> its key; the columns that shift with every copy, and by which step; the columns that differ otherwise."""


def voor(studenten: int) -> Path:
    """Return the folder of a register with so many students, made when it is not there or of other tables."""
    map_ = gegevens.MAP / f"register-{studenten}"
    merk = _merk()
    if (map_ / "merk").exists() and (map_ / "merk").read_text() == merk:
        return map_
    shutil.rmtree(map_, ignore_errors=True)
    map_.mkdir(parents=True, mode=0o711)
    geladen = min(GELADEN, max(200, studenten // 10))
    with draaiend.register(map_):
        _laad(geladen)
        with psycopg.connect(Cluster(map_ / "postgres").url(BEHEERDER, DATABANK), autocommit=True) as beheer:
            _vermenigvuldig(beheer, studenten // geladen)
    (map_ / "merk").write_text(merk)
    return map_


def _merk() -> str:
    """Return what the data depends on: the tables, and who is in them."""
    voorzieningen = Path(fictief.__path__[0]).parent / "voorzieningen"
    bronnen = [
        Path(__file__),
        *Path(fictief.__path__[0]).glob("*.py"),
        *voorzieningen.glob("*/migrations/*.py"),
    ]
    return hashlib.sha256(b"".join(pad.read_bytes() for pad in sorted(bronnen))).hexdigest()


def _laad(aantal: int) -> None:
    from kernregister.voorzieningen.register import public as register
    from kernregister.voorzieningen.register.overnemen import meldingen_van

    sector = Sector(aantal, 1, dict.fromkeys(planters(), max(1, aantal // EEN_FOUT_OP)))
    klaarzetten.zet_klaar(sector, personen_bekend=False)
    partij = []
    for dossier in sector.dossiers():
        for instelling in sorted({een.instelling for een in dossier.inschrijvingen}):
            partij.extend(meldingen_van(deel_van(dossier, instelling), instelling, MOMENT))
        if len(partij) >= PER_KEER:
            register.verwerk(partij, register.Herkomst("bench", ""))
            partij = []
    register.verwerk(partij, register.Herkomst("bench", ""))
    register.stand()


def _vermenigvuldig(beheer: psycopg.Connection, keer: int) -> None:
    beheer.execute("SET session_replication_role = replica")
    stappen: dict[str, int] = {}
    for tabel, (sleutel, kolommen, _) in _REEKS.items():
        vraag = sql.SQL("SELECT coalesce(max({}), 0) FROM {}").format(
            sql.Identifier(sleutel), sql.Identifier(tabel)
        )
        (hoogste,) = beheer.execute(vraag).fetchone() or (0,)
        stappen.setdefault(kolommen[sleutel], hoogste)
    for tabel in _REEKS:
        _kopieer(beheer, tabel, stappen, keer)
    beheer.execute("VACUUM ANALYZE")
    beheer.execute("CHECKPOINT")


def _kopieer(beheer: psycopg.Connection, tabel: str, stappen: dict[str, int], keer: int) -> None:
    sleutel, verschoven, anders = _REEKS[tabel]
    kolommen = [
        naam
        for (naam,) in beheer.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
            " AND attgenerated = ''",
            [tabel],
        )
    ]
    waarden = [
        sql.SQL(anders[naam])
        if naam in anders
        else sql.SQL("t.{} + k.nr * {}").format(sql.Identifier(naam), stappen[verschoven[naam]])
        if naam in verschoven
        else sql.SQL("t.{}").format(sql.Identifier(naam))
        for naam in kolommen
    ]
    beheer.execute(
        sql.SQL(
            "INSERT INTO {tabel} ({kolommen}) OVERRIDING SYSTEM VALUE SELECT {waarden}"
            " FROM generate_series(1, {keer}) AS k (nr) CROSS JOIN {tabel} t ORDER BY k.nr, t.{sleutel}"
        ).format(
            tabel=sql.Identifier(tabel),
            kolommen=sql.SQL(", ").join(map(sql.Identifier, kolommen)),
            waarden=sql.SQL(", ").join(waarden),
            keer=sql.Literal(keer - 1),
            sleutel=sql.Identifier(sleutel),
        )
    )
    volgorde = beheer.execute("SELECT pg_get_serial_sequence(%s, %s)", [tabel, sleutel]).fetchone()
    if volgorde and volgorde[0]:
        hoogste = sql.SQL("SELECT setval({}, (SELECT max({}) FROM {}))").format(
            sql.Literal(volgorde[0]), sql.Identifier(sleutel), sql.Identifier(tabel)
        )
        beheer.execute(hoogste)
