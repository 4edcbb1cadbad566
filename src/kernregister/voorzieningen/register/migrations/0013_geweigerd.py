"""The work list of refused meldingen, the delivery that a melding came in with, and finding meldingen by their day."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

from kernregister.platform.afscherming import SchermAf

ZIET = "afzender = (SELECT pas_sleutel('instelling')) OR (SELECT pas_soort()) = 'duo'"


class Migration(migrations.Migration):
    dependencies = [("register", "0012_voorstel_afgewezen")]

    operations = [
        migrations.AddField("melding", "levering", models.UUIDField(null=True)),
        migrations.AddIndex(
            "melding",
            models.Index(
                fields=["levering", "-id"],
                condition=models.Q(levering__isnull=False),
                name="melding_levering",
            ),
        ),
        migrations.AddIndex(
            "melding",
            django.contrib.postgres.indexes.BrinIndex(
                fields=["ontvangen_op"], name="melding_dag", pages_per_range=16
            ),
        ),
        migrations.CreateModel(
            name="Geweigerd",
            fields=[
                (
                    "melding",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="register.melding",
                    ),
                ),
                ("afzender", models.TextField()),
                ("soort", models.TextField()),
                ("oorzaak", models.TextField()),
                ("sleutel", models.BinaryField()),
                ("ouder", models.BinaryField(null=True)),
                ("persoon_id", models.BigIntegerField(null=True)),
                ("ontvangen_op", models.DateTimeField()),
                ("afgedaan_op", models.DateTimeField(null=True)),
                ("door_melding", models.BigIntegerField(null=True)),
                ("door", models.TextField()),
                ("reden", models.TextField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["afzender", "sleutel"],
                        condition=models.Q(afgedaan_op__isnull=True),
                        name="geweigerd_record",
                    ),
                    models.Index(
                        fields=["afzender", "soort", "oorzaak", "-melding"],
                        condition=models.Q(afgedaan_op__isnull=True),
                        name="geweigerd_open",
                    ),
                    models.Index(fields=["persoon_id"], name="geweigerd_persoon"),
                    models.Index(fields=["door_melding"], name="geweigerd_hersteld"),
                ],
            },
        ),
        migrations.RunSQL(
            # Goes with its melding in the database itself, where retention empties a refused one.
            "ALTER TABLE register_geweigerd ADD CONSTRAINT geweigerd_met_melding FOREIGN KEY (melding_id)"
            " REFERENCES register_melding ON DELETE CASCADE",
            "ALTER TABLE register_geweigerd DROP CONSTRAINT geweigerd_met_melding",
        ),
        SchermAf("register_geweigerd", ZIET),
    ]
