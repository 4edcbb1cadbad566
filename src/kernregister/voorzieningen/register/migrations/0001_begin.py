"""The journal, the stand numbers, the versions, and what the register decided about rules."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Regelinstelling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("regel", models.CharField(max_length=3)),
                ("fase", models.CharField(max_length=8)),
                ("vanaf", models.DateField()),
                ("reden", models.TextField()),
                ("duo_code", models.CharField(blank=True, max_length=60)),
                ("door", models.CharField(max_length=120)),
                ("vastgelegd_op", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Betrokkenheid",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("persoon_id", models.BigIntegerField()),
                ("instelling", models.CharField(max_length=4)),
                ("studentnummer", models.CharField(blank=True, max_length=40)),
                ("sinds", models.BigIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["persoon_id"], name="betrokkenheid_persoon")],
                "constraints": [
                    models.UniqueConstraint(fields=("instelling", "persoon_id"), name="betrokkenheid_een")
                ],
            },
        ),
        migrations.CreateModel(
            name="BijzonderDeel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("versie_id", models.BigIntegerField()),
                ("soort", models.CharField(max_length=13)),
                ("persoon_id", models.BigIntegerField(db_index=True)),
                ("instelling", models.CharField(blank=True, max_length=4)),
                ("inhoud", models.JSONField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("versie_id", "soort"), name="bijzonder_een")],
            },
        ),
        migrations.CreateModel(
            name="Melding",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(unique=True)),
                ("soort", models.CharField(max_length=40)),
                ("afzender", models.CharField(max_length=4)),
                ("moment", models.DateTimeField()),
                ("ontvangen_op", models.DateTimeField()),
                ("client", models.CharField(max_length=120)),
                ("persoon_id", models.BigIntegerField(null=True)),
                ("inhoud", models.JSONField()),
                ("nummers", models.BinaryField(null=True)),
                ("vingerafdruk", models.BinaryField()),
                ("aanvaard", models.BooleanField()),
                ("antwoord", models.JSONField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["afzender", "-id"], name="melding_afzender"),
                    models.Index(fields=["persoon_id", "-id"], name="melding_persoon"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Stand",
            fields=[
                ("nummer", models.BigAutoField(primary_key=True, serialize=False)),
                ("moment", models.DateTimeField(db_index=True)),
                (
                    "melding",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="register.melding",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Versie",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("persoon_id", models.BigIntegerField()),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("persoon", "Persoon"),
                            ("inschrijving", "Inschrijving"),
                            ("diploma", "Diploma"),
                            ("resultaat", "Resultaat"),
                            ("deelname", "Deelname"),
                            ("vooropleiding", "Vooropleiding"),
                        ],
                        max_length=13,
                    ),
                ),
                ("instelling", models.CharField(blank=True, max_length=4)),
                ("sleutel", models.CharField(blank=True, max_length=80)),
                ("datum_begin", models.DateField(null=True)),
                ("datum_eind", models.DateField(null=True)),
                ("opleidingcode", models.CharField(blank=True, max_length=8)),
                ("inhoud", models.JSONField()),
                ("schema", models.SmallIntegerField()),
                ("melding_van", models.BigIntegerField()),
                ("melding_tot", models.BigIntegerField(null=True)),
                ("geregistreerd_op", models.DateTimeField()),
                ("vervallen_op", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["persoon_id"], name="versie_persoon"),
                    models.Index(
                        condition=models.Q(("melding_tot__isnull", True)),
                        fields=["instelling", "soort", "persoon_id"],
                        name="versie_geldt",
                    ),
                    models.Index(fields=["melding_van"], name="versie_van"),
                    models.Index(
                        condition=models.Q(("melding_tot__isnull", False)),
                        fields=["melding_tot"],
                        name="versie_tot",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("melding_tot__isnull", True)),
                        fields=("persoon_id", "soort", "instelling", "sleutel"),
                        name="versie_een_geldt",
                    )
                ],
            },
        ),
    ]
