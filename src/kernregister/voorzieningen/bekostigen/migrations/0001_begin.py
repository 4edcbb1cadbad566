"""What enrolments and diplomas count for, with what that was decided, and who may see which rows."""

import django.contrib.postgres.fields
from django.db import migrations, models

from kernregister.platform.afscherming import AlleenToevoegen, SchermAf

TRANSACTIES = """
ALTER TABLE bekostigen_status
    ADD COLUMN transactie_van xid8 NOT NULL DEFAULT pg_current_xact_id(), ADD COLUMN transactie_tot xid8;
"""
GESLOTEN = ("gesloten_op", "gesloten_door", "gesloten_reden", "transactie_tot")

EIGEN = "instelling = (SELECT pas_sleutel('instelling'))"
VAN_DE_INSTELLING = f"{EIGEN} OR (SELECT pas_soort()) = 'duo'"

STATUS = f"""
    {VAN_DE_INSTELLING} OR instelling = (SELECT pas_sleutel('accountant'))
        AND jaar = (SELECT extract(year FROM lower(register_studiejaar())))::int + 2
"""  # noqa: S608 - conditions of this file
"""An accountant sees the funding year that his studiejaar counts for."""


class Migration(migrations.Migration):
    initial = True

    dependencies = [("platform", "0001_begin"), ("register", "0002_afscherming")]

    operations = [
        migrations.CreateModel(
            name="Grondslag",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                ("kenmerk", models.BinaryField()),
                ("gegevens_versie", models.BigIntegerField()),
                ("parameters", models.JSONField()),
                ("programma", models.CharField(max_length=40)),
                ("reden", models.CharField(max_length=300)),
                ("sinds", models.DateTimeField()),
                ("tot_persoon", models.BigIntegerField(default=0)),
                ("klaar_op", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Overzichtmoment",
            fields=[
                ("dag", models.DateField(primary_key=True, serialize=False)),
                ("aantal", models.IntegerField()),
                ("op", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Status",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("persoon_id", models.BigIntegerField()),
                ("jaar", models.SmallIntegerField()),
                ("soort", models.TextField()),
                ("instelling", models.TextField()),
                ("sleutel", models.TextField()),
                ("teldatum", models.DateField(null=True)),
                ("datum_behaald", models.DateField(null=True)),
                ("status", models.BooleanField()),
                ("voor_correctiefactor", models.BooleanField()),
                ("bijdrage", models.DecimalField(decimal_places=6, max_digits=15, null=True)),
                ("mogelijk", models.DecimalField(decimal_places=6, max_digits=15, null=True)),
                ("opleidingcode", models.TextField()),
                ("niveau", models.TextField(null=True)),
                ("leertraject", models.TextField(blank=True)),
                ("specialist", models.BooleanField(null=True)),
                ("leeftijd", models.SmallIntegerField(null=True)),
                ("onderwijsaanbieder", models.TextField(null=True)),
                ("onderwijslocatie", models.TextField(null=True)),
                ("na_gepland_einde", models.BooleanField()),
                (
                    "faalt",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None),
                ),
                (
                    "onbekend",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None),
                ),
                ("grondslag", models.IntegerField()),
                ("geopend_op", models.DateTimeField()),
                ("geopend_door", models.BigIntegerField(null=True)),
                ("geopend_reden", models.CharField(blank=True, max_length=300)),
                ("gesloten_op", models.DateTimeField(null=True)),
                ("gesloten_door", models.BigIntegerField(null=True)),
                ("gesloten_reden", models.CharField(max_length=300, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("gesloten_op__isnull", True)),
                        fields=["instelling", "jaar", "id"],
                        name="status_open",
                    ),
                    models.Index(fields=["instelling", "jaar"], name="status_ooit"),
                    models.Index(fields=["persoon_id"], name="status_persoon"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("gesloten_op__isnull", True)),
                        fields=("persoon_id", "jaar", "soort", "instelling", "sleutel", "teldatum"),
                        name="status_een_open",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Terugmelding",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("instelling", models.TextField()),
                ("aan", models.BooleanField()),
                ("door", models.CharField(max_length=120)),
                ("op", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["instelling", "-id"], name="terugmelding_instelling")],
            },
        ),
        migrations.RunSQL(
            TRANSACTIES, "ALTER TABLE bekostigen_status DROP transactie_van, DROP transactie_tot"
        ),
        SchermAf("bekostigen_status", STATUS),
        AlleenToevoegen("bekostigen_status", GESLOTEN, vernietigbaar=True),
        SchermAf("bekostigen_terugmelding", VAN_DE_INSTELLING, EIGEN, False),
        AlleenToevoegen("bekostigen_terugmelding"),
        SchermAf("bekostigen_grondslag", "(SELECT pas_soort()) IS NOT NULL"),
        SchermAf("bekostigen_overzichtmoment", "(SELECT pas_soort()) = 'duo'"),
        AlleenToevoegen("bekostigen_overzichtmoment"),
    ]
