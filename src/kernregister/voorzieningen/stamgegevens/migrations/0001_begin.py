"""Editions, rows and versions of reference data: public, so the application reads them without a pass."""

from django.db import migrations, models

from kernregister.platform.afscherming import MaakOpenbaar


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Uitgave",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("lijst", models.CharField(db_index=True, max_length=30)),
                ("actueel", models.BooleanField()),
                ("stand_op", models.DateField(null=True)),
                ("bron", models.CharField(blank=True, max_length=400)),
                ("aantal", models.IntegerField()),
                ("gelezen_op", models.DateTimeField()),
                ("door", models.CharField(max_length=120)),
            ],
        ),
        migrations.CreateModel(
            name="Rij",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("lijst", models.CharField(max_length=30)),
                ("sleutel", models.CharField(db_collation="C", max_length=120)),
                ("onderscheid", models.CharField(blank=True, db_collation="C", max_length=120)),
                ("geldig_van", models.DateField()),
                ("geldig_tot", models.DateField()),
                ("zoek", models.TextField()),
                ("inhoud", models.JSONField()),
                ("sinds", models.BigIntegerField()),
                ("tot", models.BigIntegerField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["lijst", "sleutel"], name="stamgegeven_sleutel")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("tot__isnull", True)),
                        fields=("lijst", "sleutel", "onderscheid"),
                        name="stamgegeven_een",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Versie",
            fields=[
                ("nummer", models.BigAutoField(primary_key=True, serialize=False)),
                ("kenmerk", models.UUIDField(unique=True)),
                ("basis", models.BigIntegerField(null=True)),
                ("uitgaven", models.JSONField()),
                ("verschil", models.JSONField()),
                ("geraakt", models.JSONField()),
                ("gemaakt_op", models.DateTimeField()),
                ("gemaakt_door", models.CharField(max_length=120)),
                ("geactiveerd_op", models.DateTimeField(null=True)),
                ("geactiveerd_door", models.CharField(blank=True, max_length=120)),
                ("reden", models.TextField(blank=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("geactiveerd_op__isnull", False)),
                        fields=["-nummer"],
                        name="stamgegevens_actief",
                    )
                ],
            },
        ),
        MaakOpenbaar("stamgegevens_uitgave"),
        MaakOpenbaar("stamgegevens_rij"),
        MaakOpenbaar("stamgegevens_versie"),
    ]
