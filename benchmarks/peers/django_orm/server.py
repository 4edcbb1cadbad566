"""The peer under measurement: its own PostgreSQL, set up as ours, and the same web server with as many processes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

import msgspec
import psycopg

from benchmarks.register import draaiend, rijen, ro, werk
from benchmarks.register.meldingen import zending_van
from benchmarks.register.meting import Uitkomst, meet
from benchmarks.register.zenden import Doel
from kernregister.fictief.sector import Sector
from kernregister.kern.formaten.lezen import open_levering
from kernregister.platform.databank.cluster import BEHEERDER, Cluster
from kernregister.platform.processen import opdrachten

WEB = "kernregister.web.wsgi:application"


@contextmanager
def databank(map_: Path) -> Iterator[None]:
    """Run a database with the tables of the peer, for Django in this process and in those it starts."""
    cluster = Cluster(map_ / "postgres")
    cluster.start()
    try:
        with psycopg.connect(cluster.url(BEHEERDER, "postgres"), autocommit=True) as beheer:
            beheer.execute("CREATE DATABASE peer")
        os.environ["PEER_DATABASE_URL"] = cluster.url(BEHEERDER, "peer")
        os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.peers.django_orm.settings"
        _maak_tabellen()
        yield
    finally:
        cluster.stop()


def _maak_tabellen() -> None:
    import django
    from django.core.management import call_command
    from django.db import connections

    django.setup()
    call_command("migrate", run_syncdb=True, verbosity=0, interactive=False)
    connections.close_all()


@contextmanager
def server(sector: Sector, instellingen: list[str]) -> Iterator[Doel]:
    """Run the peer; it needs to know nothing of the sector."""
    with draaiend.tijdelijke_map() as map_, databank(map_):
        sleutels = _sleutels(instellingen)
        poort = draaiend.vrije_poort()
        eigen = "benchmarks.peers.django_orm.wsgi:application"
        opdracht = [eigen if deel == WEB else deel for deel in opdrachten(poort, 2)["web"]]
        adres = f"http://127.0.0.1:{poort}"
        with draaiend.draaiend(opdracht, os.environ, map_ / "uitvoer", f"{adres}/gezond"):
            yield Doel(adres, "/meldingen", "/meldingen/bulk", sleutels)


def _sleutels(instellingen: list[str]) -> dict[str, str]:
    from django.contrib.auth.models import User
    from django.db import connections
    from rest_framework.authtoken.models import Token

    uit = {
        code: Token.objects.create(user=User.objects.create_user(code)).key  # a user for each institution
        for code in instellingen
    }
    connections.close_all()
    return uit


def inhoud() -> dict[str, int]:
    """Return what the peer holds."""
    return rijen.tel(_rijen())


def _rijen() -> Iterator[Any]:
    from benchmarks.peers.django_orm.models import Bpv, Diploma, Inschrijving, Onderdeel, Periode, Persoon

    pgn = {p.pk: p.burgerservicenummer or p.onderwijsnummer for p in Persoon.objects.all()}
    sleutel = {
        i.pk: (pgn[i.persoon_id], i.instelling, i.inschrijvingvolgnummer) for i in Inschrijving.objects.all()
    }
    yield from (("PER", nummer) for nummer in pgn.values())
    datums = ("datum_inschrijving", "datum_uitschrijving_gepland", "datum_uitschrijving_werkelijk")
    for pk, *rest in Inschrijving.objects.values_list("pk", *datums, "reden_uitschrijving"):
        yield "ISG", *sleutel[pk], *rest
    velden = ("datum_begin", "opleidingcode", "leertraject", "niveau", "bekostigbaar")
    for pk, *rest in Periode.objects.values_list("inschrijving_id", *velden):
        yield "ISP", *sleutel[pk], *rest
    velden = ("volgnummer", "datum_begin", "datum_einde_werkelijk", "leerbedrijf_id")
    for pk, *rest in Bpv.objects.values_list("inschrijving_id", *velden):
        yield "BPV", *sleutel[pk], *rest
    velden = ("instelling", "resultaatvolgnummer", "opleidingcode", "datum_resultaat")
    for pk, *rest in Diploma.objects.values_list("persoon_id", *velden):
        yield "DIP", pgn[pk], *rest
    velden = ("instelling", "resultaatvolgnummer", "code", "datum_resultaat")
    for soort, pk, *rest in Onderdeel.objects.values_list("soort", "persoon_id", *velden):
        yield soort, pgn[pk], *rest


def laden(studenten: int) -> Uitkomst:
    """Measure loading an RO, read by our own reader: each record by its serializer, in its own transaction."""
    with draaiend.tijdelijke_map() as map_, databank(map_ / "peer"):
        from benchmarks.peers.django_orm.views import sla_op

        levering = ro.maak(map_, studenten)
        begin = perf_counter()
        aantal = 0
        with open_levering(levering.pad) as (gelezen,):
            for dossier in gelezen.dossiers():
                zending = zending_van(dossier, levering.instelling)
                for regel in (zending.identificatie, *zending.meldingen):
                    sla_op(msgspec.json.decode(regel), levering.instelling)
                    aantal += 1
        seconden = perf_counter() - begin
        cijfers = {"studenten": studenten, "meldingen": aantal, "per s": aantal / seconden}
        return Uitkomst(seconden, cijfers, inhoud())


if __name__ == "__main__":
    naam = sys.argv[2]
    meet(laden if naam == "laden" else lambda aantal: werk.WERK[naam](server, inhoud, aantal))
