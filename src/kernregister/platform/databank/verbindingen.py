"""The three addresses of the database: of the embedded one, or of the server that the environment names."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import psycopg

from kernregister.platform.databank.cluster import BEHEERDER, Cluster
from kernregister.platform.databank.fouten import Databankfout
from kernregister.platform.databank.nazien import zie_na
from kernregister.platform.databank.rollen import (
    APP,
    DATABANK,
    EIGENAAR,
    ROLLEN,
    STELSEL,
    maak_databank,
    maak_rollen,
    richt_in,
    sluit_af,
)

VERSIE = 18
"""The version of PostgreSQL of a new embedded cluster."""


class Omgeving(Protocol):
    """What is asked of the environment: ``platform.omgeving.Omgeving`` has it."""

    @property
    def map(self) -> Path:
        """The folder for data and secrets."""

    def databank_url(self, rol: str) -> str | None:
        """Return the address for ``app``, ``stelsel`` or ``eigenaar``; None when it is not given."""


@dataclass(frozen=True)
class Verbindingen:
    """The address of the database for each role; they hold passwords, so a text of this shows none.

    Args:
        app: for the application.
        stelsel: for the apply step and the tasks.
        eigenaar: for migrations; None on a server of others when it is not given, and only migrating needs it.
        cluster: the embedded PostgreSQL; None on a server of others.
    """

    app: str
    stelsel: str
    eigenaar: str | None
    cluster: Cluster | None = None

    def __repr__(self) -> str:
        """Return a text without passwords."""
        return f"Verbindingen(ingebouwd={self.cluster is not None})"

    def als_omgeving(self, *, eigenaar: bool = False) -> dict[str, str]:
        """Return the environment variables that give a process these addresses; the owner's only when asked for."""
        uit = {"DATABASE_URL": self.app, "DATABASE_URL_STELSEL": self.stelsel}
        if eigenaar and self.eigenaar:
            uit["DATABASE_URL_EIGENAAR"] = self.eigenaar
        return uit


def cluster_van(omgeving: Omgeving, versie: int | None = None) -> Cluster:
    """Return the embedded PostgreSQL of an environment; it need not run yet.

    Args:
        omgeving: says where data is kept.
        versie: major version; None: that of the data when there is any, else the newest.
    """
    map_ = omgeving.map / "postgres"
    if versie is None:
        try:
            versie = int((map_ / "data" / "PG_VERSION").read_text())
        except (OSError, ValueError):
            versie = VERSIE
    return Cluster(map_, versie)


def verbindingen(omgeving: Omgeving) -> Verbindingen:
    """Return the addresses, without starting or asking anything.

    Raises:
        Databankfout: the environment names a server for one role and not for another.
    """
    gegeven = {rol: omgeving.databank_url(rol) for rol in ("app", "stelsel", "eigenaar")}
    if not any(gegeven.values()):
        cluster = cluster_van(omgeving)
        return Verbindingen(
            app=cluster.url(APP, DATABANK),
            stelsel=cluster.url(STELSEL, DATABANK),
            eigenaar=cluster.url(EIGENAAR, DATABANK),
            cluster=cluster,
        )
    if gegeven["app"] is None or gegeven["stelsel"] is None:
        namen = {"app": "DATABASE_URL", "stelsel": "DATABASE_URL_STELSEL"}
        ontbreekt = " en ".join(naam for rol, naam in namen.items() if gegeven[rol] is None)
        raise Databankfout(
            f"{ontbreekt} ontbreekt. Geef DATABASE_URL ({APP}) en DATABASE_URL_STELSEL ({STELSEL}), en om te migreren "
            f"DATABASE_URL_EIGENAAR ({EIGENAAR}); of geen van alle, voor de ingebouwde databank."
        )
    return Verbindingen(gegeven["app"], gegeven["stelsel"], gegeven["eigenaar"])


def klaarzetten(omgeving: Omgeving) -> Verbindingen:
    """Make the database ready to use and return its addresses: may be done again, and by several processes at once.

    The embedded PostgreSQL is started, and its roles and database are made when they are not there. Of a server of
    others everything is looked at and nothing is changed. Tables are made by migrating, not here.

    Raises:
        Databankfout: it cannot be had, or misses something; the text says everything that is missing.
    """
    uit = verbindingen(omgeving)
    if uit.cluster is None:
        zie_na({APP: uit.app, STELSEL: uit.stelsel, EIGENAAR: uit.eigenaar})
        return uit
    uit.cluster.start()
    maak_gereed(uit.cluster, DATABANK)
    return uit


def maak_gereed(cluster: Cluster, databank: str) -> None:
    """Make roles and a database in a cluster that runs, and say who may do what.

    Raises:
        Databankfout: the kept passwords are not those of the cluster.
    """
    wachtwoorden = {rol: cluster.wachtwoord(rol) for rol in ROLLEN}
    try:
        beheer = psycopg.connect(cluster.url(BEHEERDER, "postgres"), autocommit=True)
    except psycopg.OperationalError as fout:
        raise Databankfout(
            f"De ingebouwde databank in {cluster.map} laat Kernregister niet toe. Horen de bestanden in de map "
            f"wachtwoorden bij deze data? PostgreSQL zegt: {fout}"
        ) from None
    with beheer:
        maak_rollen(beheer, wachtwoorden)
        maak_databank(beheer, databank)
    with psycopg.connect(cluster.url(BEHEERDER, databank), autocommit=True) as beheer:
        richt_in(beheer)
        sluit_af(beheer)
