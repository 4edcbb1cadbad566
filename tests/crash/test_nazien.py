"""What looks for losses finds them: whatever is taken out of a good register, or put in twice, is told."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from uuid import uuid4

import psycopg
import pytest

from kernregister.platform import klok
from kernregister.platform.databank.cluster import BEHEERDER
from kernregister.voorzieningen.register import public as register
from tests.crash.klanten import Klant, Lijn, Onverwacht, meldingen
from tests.crash.nazien import Bevestigd, gebreken
from tests.databank import Databank, django_op
from tests.voorzieningen.register import opzet

SCHADE = {
    "een geldende versie kwijt": (
        "DELETE FROM register_versie WHERE id = (SELECT max(id) FROM register_versie WHERE melding_tot IS NULL)",
        "personen met een ander dossier dan hun meldingen maken: ",
    ),
    "een vervallen versie kwijt": (
        "DELETE FROM register_versie WHERE id = (SELECT max(id) FROM register_versie WHERE melding_tot IS NOT NULL)",
        "versies te veel of te weinig",
    ),
    "vervallen versies die ongemerkt anders zijn": (
        "UPDATE register_versie SET inhoud = (SELECT inhoud FROM register_versie WHERE soort = 'inschrijving'"
        " ORDER BY id DESC LIMIT 1) WHERE soort = 'inschrijving' AND melding_tot IS NOT NULL",
        "een ander dossier dan hun meldingen maken bij stand",
    ),
    "een vervallen versie geldt weer": (
        "DROP INDEX versie_een_geldt; UPDATE register_versie SET melding_tot = NULL, vervallen_op = NULL"
        " WHERE id = (SELECT min(id) FROM register_versie WHERE melding_tot IS NOT NULL)",
        "aggregaten met meer dan een geldende versie",
    ),
    "een versie half gesloten": (
        "UPDATE register_versie SET vervallen_op = now()"
        " WHERE id = (SELECT min(id) FROM register_versie WHERE melding_tot IS NULL)",
        "versies die half gesloten zijn",
    ),
    "een bijzonder deel kwijt": (
        "DELETE FROM register_bijzonderdeel b USING register_versie v"
        " WHERE v.id = b.versie_id AND v.melding_tot IS NULL",
        "personen met een ander dossier dan hun meldingen maken: ",
    ),
    "een bijzonder deel zonder versie": (
        "UPDATE register_bijzonderdeel SET versie_id = 999999 WHERE id = (SELECT max(id) FROM register_bijzonderdeel)",
        "bijzondere delen zonder hun versie",
    ),
    "een melding kwijt": (
        "DELETE FROM register_melding WHERE id = (SELECT max(id) FROM register_melding WHERE aanvaard)",
        "bevestigde meldingen die niet in het journaal staan",
    ),
    "een melding twee keer": (
        "ALTER TABLE register_melding DROP CONSTRAINT melding_van_afzender;"
        " INSERT INTO register_melding SELECT (jsonb_populate_record(m, jsonb_build_object('id', 999999))).*"
        " FROM register_melding m WHERE id = (SELECT min(id) FROM register_melding)",
        "meldingen die meer keren in het journaal staan",
    ),
    "een melding van niemand": (
        f"UPDATE register_melding SET uuid = '{uuid4()}' WHERE id = (SELECT min(id) FROM register_melding)",
        "meldingen die niemand stuurde",
    ),
    "een ander antwoord": (
        "UPDATE register_melding SET aanvaard = NOT aanvaard WHERE id = (SELECT max(id) FROM register_melding)",
        "meldingen met een ander antwoord dan de klant kreeg",
    ),
    "een stand overgeslagen": (
        "DELETE FROM register_stand WHERE nummer = (SELECT max(nummer) - 2 FROM register_stand)",
        "standen na een gat",
    ),
    "een stand die terugloopt": (
        "UPDATE register_stand SET moment = moment - interval '1 day'"
        " WHERE nummer = (SELECT max(nummer) FROM register_stand)",
        "met een moment voor dat van de vorige",
    ),
    "twee meldingen in de verkeerde volgorde": (
        "CREATE TEMP TABLE paar AS SELECT melding_van AS een, melding_tot AS ander FROM register_versie"
        " WHERE melding_tot IS NOT NULL ORDER BY id LIMIT 1;"
        " CREATE TEMP TABLE oud AS SELECT * FROM register_stand WHERE melding_id IN (SELECT unnest(ARRAY[een, ander])"
        " FROM paar); DELETE FROM register_stand WHERE melding_id IN (SELECT melding_id FROM oud);"
        " INSERT INTO register_stand (nummer, melding_id, moment) SELECT a.nummer, b.melding_id, a.moment"
        " FROM oud a JOIN oud b ON b.melding_id <> a.melding_id",
        "versies die bij een stand gelden naast een andere",
    ),
    "een instelling niet meer betrokken": (
        "DELETE FROM register_betrokkenheid WHERE id = (SELECT min(id) FROM register_betrokkenheid)",
        "een instelling die niet bij de persoon betrokken is",
    ),
    "een signaal te vroeg gesloten": (
        "UPDATE kwaliteit_signaal SET gesloten_op = now() WHERE id ="
        " (SELECT max(id) FROM kwaliteit_signaal WHERE gesloten_op IS NULL)",
        "personen met andere signalen dan een verse sweep",
    ),
}
"""What happened to a copy of the database -> how, and what must be said of it."""


def test_nothing_is_wrong_with_a_good_register_and_every_damage_is_told(databank: Databank):
    sector = opzet.zet_sector_klaar(12, instellingen=3)
    dossiers = [d for d in sector.dossiers() if d.persoon.burgerservicenummer]
    brins = sorted({een.instelling for dossier in dossiers for een in dossier.inschrijvingen})
    boek = {}
    for brin in brins:
        for melding in islice(meldingen(brin, dossiers, random.Random(1)), 120):
            (terug,) = opzet.stuur(melding)
            boek[melding.id] = Bevestigd(melding, terug.aanvaard, terug.persoon)
    register.stand()
    bron = {d.persoon.burgerservicenummer: d.persoon for d in dossiers}
    assert gebreken(boek, bron, klok.vandaag()) == []

    ongezien = {}
    for wat, (hoe, gezegd) in SCHADE.items():
        with kopie(databank, hoe):
            gevonden = gebreken(boek, bron, klok.vandaag())
        if not any(gezegd in gebrek for gebrek in gevonden):
            ongezien[wat] = gevonden
    assert ongezien == {}


@contextmanager
def kopie(databank: Databank, schade: str) -> Iterator[None]:
    """Work on a copy of a database in which something was damaged, past everything that forbids it."""
    naam = f"{databank.naam}_kopie"
    with (
        django_op(databank.cluster, naam),
        psycopg.connect(databank.cluster.url(BEHEERDER, "postgres"), autocommit=True) as beheer,
    ):
        beheer.execute(f"CREATE DATABASE {naam} TEMPLATE {databank.naam} STRATEGY FILE_COPY")
        try:
            with psycopg.connect(databank.cluster.url(BEHEERDER, naam), autocommit=True) as sql:
                sql.execute("SET session_replication_role = replica")
                sql.execute(schade)
            yield
        finally:
            beheer.execute(f"DROP DATABASE {naam} WITH (FORCE)")


def test_a_client_does_not_take_another_answer_to_the_same_melding():
    dossier = next(d for d in opzet.Sector(20).dossiers() if d.inschrijvingen)
    melding = opzet.inschrijving(dossier)
    klant = Klant(Lijn(1, "", "", random.Random(1)), melding.afzender, [dossier], random.Random(1))
    antwoord = {"id": str(melding.id), "aanvaard": True, "persoon": 1}
    klant._neem(melding, antwoord)
    klant._neem(melding, dict(antwoord))
    with pytest.raises(Onverwacht):
        klant._neem(melding, {**antwoord, "persoon": 2})
