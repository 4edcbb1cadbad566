"""Own administrations: an institution sees its own; the pieces of files are closed to the application."""

import django.db.models.deletion
from django.db import migrations, models

from kernregister.platform.afscherming import SchermAf

EIGEN = "instelling = (SELECT pas_sleutel('instelling'))"


class Migration(migrations.Migration):
    initial = True

    dependencies = [("platform", "0001_begin")]

    operations = [
        migrations.CreateModel(
            name="Koppeling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("instelling", models.CharField(max_length=4)),
                ("naam", models.CharField(max_length=80)),
                ("versie", models.IntegerField()),
                ("toml", models.TextField()),
                ("gemaakt_op", models.DateTimeField()),
                ("gemaakt_door", models.CharField(max_length=254)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("instelling", "naam", "versie"), name="koppeling_versie_een"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Vergelijking",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("instelling", models.CharField(max_length=4)),
                ("bestand", models.CharField(max_length=120)),
                ("omvang", models.BigIntegerField()),
                ("vanaf", models.DateField()),
                (
                    "toestand",
                    models.CharField(
                        choices=[
                            ("koppelen", "Koppelen"),
                            ("wacht", "Wacht"),
                            ("bezig", "Bezig"),
                            ("klaar", "Klaar"),
                            ("onbruikbaar", "Onbruikbaar"),
                        ],
                        max_length=12,
                    ),
                ),
                ("ontvangen_op", models.DateTimeField()),
                ("door", models.CharField(max_length=254)),
                ("bewaard_tot", models.DateField()),
                ("gedaan", models.BigIntegerField(default=0)),
                ("totaal", models.BigIntegerField(default=0)),
                ("stand", models.BigIntegerField(null=True)),
                ("bijgewerkt_op", models.DateTimeField(null=True)),
                ("tellingen", models.JSONField(default=dict)),
                ("opmerkingen", models.JSONField(default=list)),
                ("uitleg", models.TextField(blank=True)),
                (
                    "koppeling",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to="administratie.koppeling"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Opdracht",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("instelling", models.CharField(max_length=4)),
                ("keuze", models.CharField(max_length=12)),
                ("dag", models.DateField(null=True)),
                ("reden", models.CharField(blank=True, max_length=2)),
                (
                    "toestand",
                    models.CharField(
                        choices=[
                            ("proef_wacht", "Proef Wacht"),
                            ("proef", "Proef"),
                            ("voorstel", "Voorstel"),
                            ("wacht", "Wacht"),
                            ("bezig", "Bezig"),
                            ("klaar", "Klaar"),
                        ],
                        max_length=12,
                    ),
                ),
                ("moment", models.DateTimeField()),
                ("door", models.CharField(max_length=254)),
                ("aantal", models.IntegerField()),
                ("gedaan", models.IntegerField(default=0)),
                ("uitkomst", models.JSONField(default=dict)),
                (
                    "vergelijking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="administratie.vergelijking"
                    ),
                ),
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
                    "vergelijking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="administratie.vergelijking"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("vergelijking", "nummer"), name="admstuk_een")
                ],
            },
        ),
        migrations.CreateModel(
            name="Verschil",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("instelling", models.CharField(max_length=4)),
                ("kenmerk", models.CharField(max_length=32)),
                ("persoon", models.BigIntegerField(null=True)),
                ("wie", models.CharField(max_length=32)),
                ("aard", models.CharField(max_length=40)),
                ("niveau", models.CharField(max_length=20)),
                ("veld", models.CharField(blank=True, max_length=40)),
                ("sleutel", models.JSONField(default=list)),
                ("plaats", models.JSONField(default=list)),
                ("register", models.TextField(blank=True)),
                ("eigen", models.TextField(blank=True)),
                ("oorzaak", models.TextField(blank=True)),
                ("oorzaak_en", models.TextField(blank=True)),
                ("rij", models.IntegerField()),
                ("apart", models.BinaryField()),
                ("raakt_bekostiging", models.BooleanField(default=False)),
                ("sluit", models.JSONField(default=list)),
                (
                    "afloop",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("eigen", "Eigen"),
                            ("geweigerd", "Geweigerd"),
                            ("doorgevoerd", "Doorgevoerd"),
                            ("opgelost", "Opgelost"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("afloop_op", models.DateTimeField(null=True)),
                ("antwoord", models.JSONField(default=dict)),
                (
                    "opdracht",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, to="administratie.opdracht"
                    ),
                ),
                (
                    "vergelijking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="administratie.vergelijking"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["vergelijking", "aard", "niveau", "veld", "id"], name="verschil_groep"
                    ),
                    models.Index(fields=["opdracht", "wie", "id"], name="verschil_opdracht"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("vergelijking", "kenmerk"), name="verschil_een")
                ],
            },
        ),
        SchermAf("administratie_koppeling", EIGEN),
        SchermAf("administratie_vergelijking", EIGEN),
        SchermAf("administratie_opdracht", EIGEN),
        SchermAf(
            "administratie_verschil",
            f"{EIGEN} AND (niveau <> 'extra_ondersteuning' OR (SELECT pas_bijzonder('ondersteuning')))",
        ),
    ]
