"""Assurance reports, the mutatiestop and the definitive status; who sees them, and that nothing is overwritten."""

import django.db.models.deletion
from django.db import migrations, models

from kernregister.platform.afscherming import AlleenToevoegen, SchermAf

INSTELLING = "instelling = (SELECT pas_sleutel('instelling'))"
ACCOUNTANT = "instelling = (SELECT pas_sleutel('accountant')) AND studiejaar = (SELECT pas_extra())"
DUO = "(SELECT pas_soort()) = 'duo'"
LEEST = f"{INSTELLING} OR {ACCOUNTANT} OR {DUO}"
"""An accountant sees what is of his own studiejaar."""

DIENT_IN = f"{INSTELLING} AND namens = 'instelling' OR {ACCOUNTANT} AND namens = 'accountant'"

STAP = f"""
    EXISTS (
        SELECT FROM bekostigen_assurancerapport r
        WHERE r.id = rapport_id AND r.instelling = bekostigen_assurancestap.instelling
          AND r.studiejaar = bekostigen_assurancestap.studiejaar
          AND r.client = ingediend_door
    ) AND (
        ({INSTELLING} OR {ACCOUNTANT}) AND toestand IN ('aangeleverd', 'vervangen')
        OR {DUO} AND toestand IN ('afgekeurd', 'goedgekeurd', 'vervangen')
    )
"""
"""Who hands in does not decide, and who decides does not hand in; the inner table has a policy of its own."""

LEEST_DEEL = "EXISTS (SELECT FROM bekostigen_assurancerapport r WHERE r.id = rapport_id)"
SCHRIJFT_DEEL = f"{LEEST_DEEL} AND (SELECT pas_soort()) IN ('instelling', 'accountant')"

LEEST_STOP = f"""
    {LEEST} OR instelling = '' AND (SELECT pas_soort()) IN ('instelling', 'accountant')
"""
ZET_STOP = f"{INSTELLING} AND namens = 'instelling' OR {DUO} AND namens = 'duo'"
HEFT_OP = f"{ACCOUNTANT} AND namens = 'accountant' OR {DUO} AND namens = 'duo'"

DEFINITIEF = """
    instelling = (SELECT pas_sleutel('instelling')) OR (SELECT pas_soort()) = 'duo'
    OR instelling = (SELECT pas_sleutel('accountant')) AND EXISTS (
        SELECT FROM bekostigen_definitieverun d
        WHERE d.id = run_id AND d.jaar = extract(year FROM lower((SELECT register_studiejaar())))::int + 2
    )
"""
"""An accountant sees the funding year that his studiejaar counts for."""

TOTAAL = f"{DEFINITIEF} OR instelling = '' AND (SELECT pas_soort()) = 'sector'"
RUN = "(SELECT pas_soort()) IN ('instelling', 'accountant', 'duo', 'sector')"
EENMAAL = ("klaar_op", "mislukt_op", "uitleg")

BEURT = """
-- One at a time changes which report of an institution and studiejaar holds. The application may take no locks by
-- itself; this one it may, of what its pass is about.
CREATE FUNCTION bekostigen_beurt(van text, jaar text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF coalesce(public.pas_soort() = 'duo' OR public.pas_sleutel('instelling') = van
            OR public.pas_sleutel('accountant') = van AND public.pas_extra() = jaar, false) THEN
        PERFORM pg_advisory_xact_lock(1802633473, hashtext(van || ' ' || jaar));
    ELSE
        RAISE EXCEPTION 'de pas is niet van deze instelling' USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$;
REVOKE ALL ON FUNCTION bekostigen_beurt(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION bekostigen_beurt(text, text) TO kernregister_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("bekostigen", "0001_begin"),
        ("platform", "0001_begin"),
        ("register", "0002_afscherming"),
    ]

    operations = [
        migrations.CreateModel(
            name="Mutatiestop",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("instelling", models.CharField(blank=True, max_length=4)),
                ("studiejaar", models.CharField(max_length=9)),
                (
                    "soort",
                    models.CharField(
                        choices=[("uit", "Uit"), ("waarschuwen", "Waarschuwen"), ("weigeren", "Weigeren")],
                        max_length=11,
                    ),
                ),
                ("vanaf", models.DateField()),
                ("reden", models.TextField()),
                (
                    "namens",
                    models.CharField(
                        choices=[("instelling", "Instelling"), ("accountant", "Accountant"), ("duo", "Duo")],
                        max_length=10,
                    ),
                ),
                ("client", models.CharField(max_length=120)),
                ("door", models.CharField(max_length=60)),
                ("op", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Assurancerapport",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("instelling", models.CharField(max_length=4)),
                ("studiejaar", models.CharField(max_length=9)),
                ("aanvraag", models.UUIDField()),
                ("obo_sha256", models.CharField(max_length=64)),
                ("obo_stand", models.BigIntegerField()),
                ("obo_aangevraagd_op", models.DateTimeField()),
                ("bestandsnaam", models.CharField(max_length=50)),
                ("sha256", models.CharField(max_length=64)),
                ("omvang", models.BigIntegerField()),
                ("bladen", models.IntegerField()),
                (
                    "namens",
                    models.CharField(
                        choices=[("instelling", "Instelling"), ("accountant", "Accountant"), ("duo", "Duo")],
                        max_length=10,
                    ),
                ),
                ("client", models.CharField(max_length=120)),
                ("door", models.CharField(max_length=60)),
                ("ingediend_op", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["instelling", "studiejaar"], name="assurance_studiejaar")],
                "constraints": [
                    models.UniqueConstraint(fields=("instelling", "sha256"), name="assurancerapport_een")
                ],
            },
        ),
        migrations.CreateModel(
            name="Definitieverun",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("jaar", models.SmallIntegerField()),
                ("parameters", models.CharField(max_length=64)),
                ("gegevens_versie", models.BigIntegerField()),
                ("programma", models.CharField(max_length=40)),
                ("reden", models.TextField()),
                ("client", models.CharField(max_length=120)),
                ("door", models.CharField(max_length=60)),
                ("gestart_op", models.DateTimeField()),
                ("klaar_op", models.DateTimeField(null=True)),
                ("mislukt_op", models.DateTimeField(null=True)),
                ("uitleg", models.TextField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("klaar_op__isnull", True), ("mislukt_op__isnull", True)),
                        fields=("jaar",),
                        name="definitieverun_een_tegelijk",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Ontheffing",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("instelling", models.CharField(max_length=4)),
                ("studiejaar", models.CharField(max_length=9)),
                ("persoon_id", models.BigIntegerField()),
                ("sleutel", models.CharField(blank=True, max_length=20)),
                ("tot", models.DateField()),
                ("reden", models.TextField()),
                (
                    "namens",
                    models.CharField(
                        choices=[("instelling", "Instelling"), ("accountant", "Accountant"), ("duo", "Duo")],
                        max_length=10,
                    ),
                ),
                ("client", models.CharField(max_length=120)),
                ("door", models.CharField(max_length=60)),
                ("op", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["persoon_id", "instelling"], name="ontheffing_persoon")],
            },
        ),
        migrations.CreateModel(
            name="Assurancedeel",
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
                    "rapport",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="bekostigen.assurancerapport",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("rapport", "nummer"), name="assurancedeel_een")
                ],
            },
        ),
        migrations.CreateModel(
            name="Assurancestap",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("instelling", models.CharField(max_length=4)),
                ("studiejaar", models.CharField(max_length=9)),
                (
                    "toestand",
                    models.CharField(
                        choices=[
                            ("aangeleverd", "Aangeleverd"),
                            ("afgekeurd", "Afgekeurd"),
                            ("goedgekeurd", "Goedgekeurd"),
                            ("vervangen", "Vervangen"),
                        ],
                        max_length=11,
                    ),
                ),
                ("ingediend_door", models.CharField(max_length=120)),
                ("client", models.CharField(max_length=120)),
                ("door", models.CharField(max_length=60)),
                ("reden", models.TextField(blank=True)),
                ("vervangen_door", models.UUIDField(null=True)),
                ("op", models.DateTimeField()),
                (
                    "rapport",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, to="bekostigen.assurancerapport"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["instelling", "studiejaar", "-id"], name="assurance_verloop")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("client", models.F("ingediend_door")),
                            ("toestand__in", ["afgekeurd", "goedgekeurd"]),
                            _negated=True,
                        ),
                        name="assurance_door_een_ander",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("toestand__in", ["afgekeurd", "goedgekeurd"])),
                        fields=("rapport",),
                        name="assurance_een_besluit",
                    ),
                    models.UniqueConstraint(fields=("rapport", "toestand"), name="assurance_stap_een"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Definitiefvoortgang",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("instelling", models.CharField(max_length=4)),
                ("tot_persoon", models.BigIntegerField(default=0)),
                ("gedaan", models.BigIntegerField(default=0)),
                ("klaar", models.BooleanField(default=False)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, to="bekostigen.definitieverun"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("run", "instelling"), name="definitiefvoortgang_een")
                ],
            },
        ),
        migrations.CreateModel(
            name="Definitieftotaal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("instelling", models.CharField(blank=True, max_length=4)),
                ("totaal", models.JSONField()),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, to="bekostigen.definitieverun"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("run", "instelling"), name="definitieftotaal_een")
                ],
            },
        ),
        migrations.CreateModel(
            name="Definitiefgrondslag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("instelling", models.CharField(max_length=4)),
                ("rapport", models.UUIDField()),
                ("aanvraag", models.UUIDField()),
                ("stand", models.BigIntegerField()),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, to="bekostigen.definitieverun"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("run", "instelling"), name="definitiefgrondslag_een")
                ],
            },
        ),
        migrations.CreateModel(
            name="Definitiefbesluit",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("instelling", models.CharField(max_length=4)),
                ("persoon_id", models.BigIntegerField()),
                ("besluit", models.JSONField()),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="bekostigen.definitieverun",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["persoon_id"], name="definitief_persoon")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("run", "instelling", "persoon_id"), name="definitiefbesluit_een"
                    )
                ],
            },
        ),
        migrations.RunSQL(BEURT, "DROP FUNCTION bekostigen_beurt(text, text)"),
        SchermAf("bekostigen_assurancerapport", LEEST, DIENT_IN, False),
        AlleenToevoegen("bekostigen_assurancerapport"),
        SchermAf("bekostigen_assurancestap", LEEST, STAP, False),
        AlleenToevoegen("bekostigen_assurancestap"),
        SchermAf("bekostigen_assurancedeel", LEEST_DEEL, SCHRIJFT_DEEL, False),
        AlleenToevoegen("bekostigen_assurancedeel"),
        SchermAf("bekostigen_mutatiestop", LEEST_STOP, ZET_STOP, False),
        AlleenToevoegen("bekostigen_mutatiestop"),
        SchermAf("bekostigen_ontheffing", LEEST, HEFT_OP, False),
        AlleenToevoegen("bekostigen_ontheffing", vernietigbaar=True),
        SchermAf("bekostigen_definitieverun", RUN),
        AlleenToevoegen("bekostigen_definitieverun", EENMAAL),
        SchermAf("bekostigen_definitiefgrondslag", DEFINITIEF),
        AlleenToevoegen("bekostigen_definitiefgrondslag"),
        SchermAf("bekostigen_definitiefbesluit", DEFINITIEF),
        AlleenToevoegen("bekostigen_definitiefbesluit", vernietigbaar=True),
        SchermAf("bekostigen_definitieftotaal", TOTAAL),
        AlleenToevoegen("bekostigen_definitieftotaal"),
        SchermAf("bekostigen_definitiefvoortgang", DUO),
    ]
