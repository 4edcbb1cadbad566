"""What rooms sealed in ways of their own before, opens after the migrations that seal it again."""

import hashlib
import os
import zlib
from uuid import uuid4

from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from kernregister.platform import klok
from kernregister.platform.versleuteling import kluis
from kernregister.voorzieningen.bekostigen.assurance import DELEN as RAPPORTEN
from kernregister.voorzieningen.bekostigen.assurance_models import Assurancerapport
from kernregister.voorzieningen.overzichten import public as overzichten
from kernregister.voorzieningen.overzichten.models import Aanvraag, Bestand
from kernregister.web.administratie.bestanden import BESTANDEN as EXPORTEN
from kernregister.web.administratie.models import Vergelijking
from kernregister.web.leveringen.models import Levering
from kernregister.web.leveringen.rondes import BESTANDEN as LEVERINGEN
from tests.databank import Databank

VOORHEEN = [
    ("administratie", "0001_begin"),
    ("bekostigen", "0004_bewaren"),
    ("leveringen", "0002_proef"),
    ("overzichten", "0001_begin"),
]
NU = [
    ("administratie", "0002_stukken"),
    ("bekostigen", "0005_stukken"),
    ("leveringen", "0003_stukken"),
    ("overzichten", "0002_stukken"),
]
DELEN = [os.urandom(1000) for _ in range(12)]


def test_files_of_before_the_migration_open_after_it(databank: Databank) -> None:
    eigenaar = connections["eigenaar"]
    MigrationExecutor(eigenaar).migrate(VOORHEEN)
    nu, dag = klok.nu(), klok.vandaag()
    levering, export, aanvraag, rapport = (uuid4() for _ in range(4))
    Levering.objects.using("eigenaar").create(
        id=levering,
        instelling="27DV",
        client="x",
        soort="",
        omvang=12_000,
        toestand="beoordeeld",
        ontvangen_op=nu,
    )
    Vergelijking.objects.using("eigenaar").create(
        id=export, instelling="27DV", bestand="x", omvang=0, vanaf=dag, toestand="koppelen", ontvangen_op=nu,
        door="x", bewaard_tot=dag,
    )  # fmt: skip
    gevraagd = Aanvraag.objects.using("eigenaar").create(
        id=aanvraag, soort="RO", instelling="27DV", peilmoment=nu, wens="x", client="x", aangevraagd_op=nu,
        beschikbaar_op=nu, toestand="bezig",
    )  # fmt: skip
    heel = hashlib.sha256(b"".join(DELEN)).hexdigest()
    bestand = Bestand.objects.using("eigenaar").create(
        aanvraag=gevraagd, naam="x.csv", media="text/csv", omvang=12_000, sha256=heel
    )
    Assurancerapport.objects.using("eigenaar").create(
        id=rapport, instelling="27DV", studiejaar="2025-2026", aanvraag=aanvraag, obo_sha256="", obo_stand=0,
        obo_aangevraagd_op=nu, bestandsnaam="x", sha256=heel, omvang=12_000, bladen=1, namens="instelling",
        client="x", door="x", ingediend_op=nu,
    )  # fmt: skip
    with eigenaar.cursor() as sql:
        for tabel, van, soort, wie, pak in (
            ("leveringen_stuk", "levering_id", "levering", levering, bytes),
            ("administratie_stuk", "vergelijking_id", "administratie", export, bytes),
            ("overzichten_deel", "bestand_id", "overzicht", bestand.id, zlib.compress),
            ("bekostigen_assurancedeel", "rapport_id", "assurancerapport", rapport, bytes),
        ):
            for nummer, deel in enumerate(DELEN):
                dicht = kluis().sluit(pak(deel), f"{soort}:{wie}:{nummer}".encode())
                sql.execute(
                    f"INSERT INTO {tabel} ({van}, nummer, inhoud) VALUES (%s, %s, %s)", [wie, nummer, dicht]
                )
        sql.execute("UPDATE overzichten_aanvraag SET toestand = 'klaar'")
    MigrationExecutor(eigenaar).migrate(NU)
    for gelezen in (
        LEVERINGEN.lees(levering),
        EXPORTEN.lees(export),
        overzichten.bestand(bestand.id),
        RAPPORTEN.lees(rapport),
    ):
        assert [*gelezen] == DELEN
    with eigenaar.cursor() as sql:
        sql.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'O'"
        )
        assert sql.fetchall() == [], "what keeps them from changing is on again"
