"""Deliveries: what an institution may see of its own; the pieces of files are closed to the application."""

import django.db.models.deletion
from django.db import migrations, models

from kernregister.platform.afscherming import SchermAf


class Migration(migrations.Migration):
    initial = True

    dependencies = [("platform", "0001_begin")]

    operations = [
        migrations.CreateModel(
            name="Levering",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("instelling", models.CharField(max_length=4)),
                ("client", models.CharField(max_length=120)),
                ("soort", models.CharField(max_length=10)),
                ("omvang", models.BigIntegerField()),
                (
                    "toestand",
                    models.CharField(
                        choices=[
                            ("wacht", "Wacht"),
                            ("bezig", "Bezig"),
                            ("klaar", "Klaar"),
                            ("onbruikbaar", "Onbruikbaar"),
                        ],
                        max_length=12,
                    ),
                ),
                ("ontvangen_op", models.DateTimeField()),
                ("klaar_op", models.DateTimeField(null=True)),
                ("gedaan", models.BigIntegerField(default=0)),
                ("aanvaard", models.BigIntegerField(default=0)),
                ("groepen", models.JSONField(default=list)),
                ("uitleg", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="Stuk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nummer", models.IntegerField()),
                ("inhoud", models.BinaryField()),
                (
                    "levering",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="leveringen.levering"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("levering", "nummer"), name="stuk_een")],
            },
        ),
        SchermAf("leveringen_levering", "instelling = (SELECT pas_sleutel('instelling'))"),
    ]
