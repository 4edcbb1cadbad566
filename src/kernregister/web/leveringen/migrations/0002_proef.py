"""A dry run before a delivery is applied: what it comes to, batch by batch, and what is wrong, line by line."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from kernregister.platform.afscherming import SchermAf

_GETAL = models.BigIntegerField
_TOESTANDEN = ("proef-wacht", "proef", "beoordeeld", "wacht", "bezig", "klaar", "onbruikbaar", "ingetrokken")
_RONDES = [("proef", "Proef"), ("echt", "Echt")]


def _levering() -> Any:
    return models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="leveringen.levering")


class Migration(migrations.Migration):
    dependencies = [("leveringen", "0001_begin")]

    operations = [
        migrations.AlterField(
            "levering",
            "toestand",
            models.CharField(choices=[(t, t.replace("-", " ").title()) for t in _TOESTANDEN], max_length=12),
        ),
        migrations.AddField("levering", "naam", models.CharField(default="", max_length=120)),
        migrations.AddField("levering", "vingerafdruk", models.BinaryField(null=True)),
        migrations.AddField("levering", "begonnen_op", models.DateTimeField(null=True)),
        migrations.AddField("levering", "doorgevoerd_door", models.CharField(default="", max_length=120)),
        migrations.AddField("levering", "regels", _GETAL(null=True)),
        migrations.AddField("levering", "totaal", _GETAL(null=True)),
        migrations.AddField("levering", "geweigerd", _GETAL(default=0)),
        migrations.AddField("levering", "proef", models.JSONField(null=True)),
        migrations.AddField("levering", "proef_op", models.DateTimeField(null=True)),
        migrations.AddField("levering", "proef_stand", _GETAL(null=True)),
        migrations.AddField("levering", "uitslag", models.JSONField(null=True)),
        migrations.AddIndex(
            "levering", models.Index(fields=["instelling", "-ontvangen_op"], name="levering_instelling")
        ),
        migrations.CreateModel(
            name="Partij",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        primary_key=True, serialize=False, auto_created=True, verbose_name="ID"
                    ),
                ),
                ("ronde", models.CharField(choices=_RONDES, max_length=5)),
                ("nummer", models.IntegerField()),
                ("uitslag", models.JSONField()),
                ("levering", _levering()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("levering", "ronde", "nummer"), name="partij_een")
                ]
            },
        ),
        migrations.CreateModel(
            name="Fout",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("ronde", models.CharField(choices=_RONDES, max_length=5)),
                ("partij", models.IntegerField()),
                ("regel", _GETAL(default=0)),
                ("soort", models.CharField(max_length=40)),
                ("code", models.CharField(max_length=40)),
                ("sleutel", models.CharField(default="", max_length=210)),
                ("veld", models.CharField(default="", max_length=200)),
                ("tekst", models.TextField(default="")),
                ("gevolg", models.BooleanField(default=False)),
                ("levering", _levering()),
            ],
            options={"indexes": [models.Index(fields=["levering", "ronde", "id"], name="fout_levering")]},
        ),
        SchermAf("leveringen_fout", "EXISTS (SELECT 1 FROM leveringen_levering l WHERE l.id = levering_id)"),
    ]
