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
                ("fase", models.TextField()),
                ("vanaf", models.DateField()),
                ("reden", models.TextField()),
                ("duo_code", models.CharField(blank=True, max_length=60)),
                ("door", models.CharField(max_length=120)),
                ("vastgelegd_op", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Standgrens",
            fields=[
                ("id", models.SmallIntegerField(primary_key=True, serialize=False)),
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
                ("instelling", models.TextField()),
                ("studentnummer", models.TextField(blank=True)),
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
                ("soort", models.TextField()),
                ("persoon_id", models.BigIntegerField(db_index=True)),
                ("instelling", models.TextField(blank=True)),
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
                ("soort", models.TextField()),
                ("afzender", models.TextField()),
                ("moment", models.DateTimeField()),
                ("ontvangen_op", models.DateTimeField()),
                ("client", models.TextField()),
                ("persoon_id", models.BigIntegerField(null=True)),
                ("inhoud", models.JSONField()),
                ("vertrouwelijk", models.BinaryField(null=True)),
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
                    models.TextField(
                        choices=[
                            ("persoon", "Persoon"),
                            ("inschrijving", "Inschrijving"),
                            ("diploma", "Diploma"),
                            ("resultaat", "Resultaat"),
                            ("deelname", "Deelname"),
                            ("vooropleiding", "Vooropleiding"),
                        ]
                    ),
                ),
                ("instelling", models.TextField(blank=True)),
                ("sleutel", models.TextField(blank=True)),
                ("datum_begin", models.DateField(null=True)),
                ("datum_eind", models.DateField(null=True)),
                ("opleidingcode", models.TextField(blank=True)),
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
        # Django knows no xid8: the number of the transaction that wrote a row, and never one handed out twice.
        migrations.RunSQL(
            """
            ALTER TABLE register_melding ADD COLUMN transactie xid8 NOT NULL DEFAULT pg_current_xact_id();
            CREATE INDEX melding_transactie ON register_melding (transactie);
            ALTER TABLE register_standgrens ADD COLUMN tot xid8 NOT NULL;
            INSERT INTO register_standgrens (id, tot) VALUES (1, '0');
            """,
            migrations.RunSQL.noop,
        ),
    ]
