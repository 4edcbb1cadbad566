"""Bulk changes: an institution sees its own."""

import django.db.models.deletion
from django.db import migrations, models

from kernregister.platform.afscherming import SchermAf

_EIGEN = "instelling = (SELECT pas_sleutel('instelling'))"
_TOESTAND = [(een, een.capitalize()) for een in ("beoordelen", "beoordeeld", "doorvoeren", "klaar")]
_UITKOMST = [(een, een.capitalize()) for een in ("wacht", "goed", "ongewijzigd", "geweigerd", "aanvaard")]


class Migration(migrations.Migration):
    initial = True

    dependencies = [("platform", "0001_begin")]

    operations = [
        migrations.CreateModel(
            name="Bulk",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("instelling", models.CharField(max_length=4)),
                ("door", models.CharField(max_length=254)),
                ("namens", models.CharField(max_length=40)),
                ("wijziging", models.JSONField()),
                ("toestand", models.CharField(choices=_TOESTAND, max_length=12)),
                ("gemaakt_op", models.DateTimeField()),
                ("begonnen_op", models.DateTimeField(null=True)),
                ("klaar_op", models.DateTimeField(null=True)),
                ("aantal", models.IntegerField()),
                ("gedaan", models.IntegerField(default=0)),
            ],
            options={"indexes": [models.Index(fields=["instelling", "-gemaakt_op"], name="bulk_instelling")]},
        ),
        migrations.CreateModel(
            name="Regel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("instelling", models.CharField(max_length=4)),
                ("volgorde", models.IntegerField()),
                ("persoon_id", models.BigIntegerField()),
                ("inschrijvingvolgnummer", models.CharField(max_length=200)),
                ("uitkomst", models.CharField(choices=_UITKOMST, default="wacht", max_length=12)),
                ("voor", models.CharField(blank=True, max_length=200)),
                ("na", models.CharField(blank=True, max_length=200)),
                ("redenen", models.JSONField(default=list)),
                ("geopend", models.JSONField(default=list)),
                ("gesloten", models.JSONField(default=list)),
                ("melding", models.BinaryField(null=True)),
                (
                    "bulk",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="bulk.bulk"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("bulk", "volgorde"), name="bulkregel_volgorde")
                ]
            },
        ),
        SchermAf("bulk_bulk", _EIGEN),
        SchermAf("bulk_regel", _EIGEN),
    ]
