"""Who persons are by number, who follows whom, and the built-in source; the next migration opens them by policy."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Nummer",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("persoon_id", models.BigIntegerField(db_index=True)),
                (
                    "soort",
                    models.CharField(
                        choices=[("bsn", "burgerservicenummer"), ("own", "onderwijsnummer")], max_length=3
                    ),
                ),
                ("versleuteld", models.BinaryField()),
                ("zoeksleutel", models.BinaryField(unique=True)),
                ("sinds", models.DateTimeField()),
                ("vervallen_op", models.DateTimeField(null=True)),
                ("te_melden", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("te_melden", True)),
                        fields=["persoon_id"],
                        name="nummer_te_melden",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Persoon",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("aangemaakt", models.DateTimeField()),
                ("opgegaan_in", models.BigIntegerField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("opgegaan_in__isnull", False)),
                        fields=["opgegaan_in"],
                        name="persoon_opgegaan_in",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Abonnement",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("persoon_id", models.BigIntegerField()),
                ("instelling", models.CharField(max_length=4)),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("persoonsgegevens", "Persoonsgegevens"),
                            ("vooropleiding", "Vooropleiding"),
                        ],
                        max_length=16,
                    ),
                ),
                ("eenmalig", models.BooleanField(default=False)),
                (
                    "doel",
                    models.CharField(
                        choices=[("aanmelding", "Aanmelding"), ("inschrijving", "Inschrijving")],
                        max_length=12,
                    ),
                ),
                ("referentie", models.CharField(blank=True, max_length=80)),
                ("begin", models.DateField()),
                ("loopt_tot", models.DateField()),
                ("gezet_op", models.DateTimeField()),
                ("beeindigd_op", models.DateTimeField(null=True)),
                (
                    "einde",
                    models.CharField(
                        choices=[
                            ("instelling", "de instelling zette het uit"),
                            ("termijn", "de termijn verstreek"),
                            ("doel", "het doel verviel"),
                            ("vervangen", "een nieuw abonnement nam de plaats in"),
                            ("eenmalig", "er was om gevraagd voor een keer"),
                        ],
                        max_length=10,
                        null=True,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("beeindigd_op__isnull", True)),
                        fields=["loopt_tot"],
                        name="abonnement_verloop",
                    ),
                    models.Index(fields=["instelling", "persoon_id"], name="abonnement_instelling"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("beeindigd_op__isnull", True)),
                        fields=("persoon_id", "soort", "instelling"),
                        name="abonnement_een_loopt",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Bronpersoon",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("inhoud", models.JSONField()),
                ("zoeknaam", models.TextField()),
                ("geboortedatum", models.CharField(max_length=10)),
                ("adressleutel", models.TextField(blank=True)),
                ("bsn_versleuteld", models.BinaryField(null=True)),
                ("bsn_zoeksleutel", models.BinaryField(null=True, unique=True)),
                ("own_versleuteld", models.BinaryField(null=True)),
                ("own_zoeksleutel", models.BinaryField(null=True, unique=True)),
                ("transactie", models.BigIntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["geboortedatum", "zoeknaam"], name="bronpersoon_naam"),
                    models.Index(fields=["adressleutel", "geboortedatum"], name="bronpersoon_adres"),
                    models.Index(fields=["transactie", "id"], name="bronpersoon_gewijzigd"),
                ],
            },
        ),
        migrations.RunSQL(
            "CREATE SEQUENCE personen_onderwijsnummer", "DROP SEQUENCE personen_onderwijsnummer"
        ),
    ]
