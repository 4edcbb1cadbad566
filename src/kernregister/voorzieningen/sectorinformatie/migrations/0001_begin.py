"""Sector information: aggregates, for who looks at the sector and for who looks after the register."""

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
                ("studiejaar", models.CharField(max_length=9)),
                ("stand_per", models.DateField()),
                ("stand", models.BigIntegerField()),
                ("gegevens_versie", models.BigIntegerField()),
                ("grondslag", models.JSONField(default=dict)),
                ("client", models.CharField(max_length=120)),
                ("aangevraagd_op", models.DateTimeField()),
                (
                    "toestand",
                    models.CharField(
                        choices=[
                            ("wacht", "Wacht"),
                            ("bezig", "Bezig"),
                            ("klaar", "Klaar"),
                            ("mislukt", "Mislukt"),
                        ],
                        max_length=8,
                    ),
                ),
                ("gedaan", models.BigIntegerField(default=0)),
                ("klaar_op", models.DateTimeField(null=True)),
                ("uitleg", models.TextField(blank=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("inhoud", models.BinaryField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("studiejaar", "stand", "stand_per", "gegevens_versie", "grondslag"),
                        condition=models.Q(("toestand", "mislukt"), _negated=True),
                        name="sectorlevering_een",
                    )
                ],
            },
        ),
        SchermAf("sectorinformatie_levering", "pas_soort() IN ('sector', 'duo')"),
    ]
