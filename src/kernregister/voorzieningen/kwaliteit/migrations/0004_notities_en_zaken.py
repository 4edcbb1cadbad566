"""Notes on a signal, and the case that two institutions share: seen by exactly these two."""

from django.db import migrations, models

from kernregister.platform.afscherming import AlleenToevoegen, SchermAf

VAN_DE_INSTELLING = "instelling = (SELECT pas_sleutel('instelling'))"

VAN_EEN_SIGNAAL = f"""
    {VAN_DE_INSTELLING} AND EXISTS (
        SELECT FROM kwaliteit_signaal s WHERE s.id = signaal_id AND s.instelling = kwaliteit_notitie.instelling
    )
"""
"""The inner table has a policy of its own: what a pass does not show can get no note."""

EEN_VAN_TWEE = "(SELECT pas_sleutel('instelling')) IN (instelling_a, instelling_b)"

IN_EEN_ZAAK = "EXISTS (SELECT FROM kwaliteit_zaak z WHERE z.id = zaak_id{})"

MEE = """
CREATE OR REPLACE FUNCTION kwaliteit_neem_mee() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM public.kwaliteit_toewijzing t WHERE t.signaal_id = OLD.id;
    DELETE FROM public.kwaliteit_afzien a WHERE a.signaal_id = OLD.id;
    DELETE FROM public.kwaliteit_notitie n WHERE n.signaal_id = OLD.id;
    IF NOT EXISTS (
        SELECT FROM public.kwaliteit_signaal s WHERE s.persoon_id = OLD.persoon_id AND s.regel = OLD.regel
    ) THEN
        DELETE FROM public.kwaliteit_zaakbericht b USING public.kwaliteit_zaak z
        WHERE z.id = b.zaak_id AND z.persoon_id = OLD.persoon_id AND z.regel = OLD.regel;
        DELETE FROM public.kwaliteit_zaak z WHERE z.persoon_id = OLD.persoon_id AND z.regel = OLD.regel;
    END IF;
    RETURN NULL;
END $$;
"""
ZONDER = """
CREATE OR REPLACE FUNCTION kwaliteit_neem_mee() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM public.kwaliteit_toewijzing t WHERE t.signaal_id = OLD.id;
    DELETE FROM public.kwaliteit_afzien a WHERE a.signaal_id = OLD.id;
    RETURN NULL;
END $$;
"""

BESTAANDE = """
INSERT INTO kwaliteit_zaak (persoon_id, regel, instelling_a, instelling_b, geopend_op)
SELECT s.persoon_id, s.regel, s.instelling, o.instelling, greatest(min(s.geopend_op), min(o.geopend_op))
FROM kwaliteit_signaal s
JOIN kwaliteit_signaal o ON o.persoon_id = s.persoon_id AND o.regel = s.regel AND o.instelling > s.instelling
WHERE s.gesloten_op IS NULL AND o.gesloten_op IS NULL AND NOT s.schaduw AND NOT o.schaduw
  AND s.waarden @> jsonb_build_array(jsonb_build_array('andere_instelling', o.instelling))
  AND o.waarden @> jsonb_build_array(jsonb_build_array('andere_instelling', s.instelling))
GROUP BY 1, 2, 3, 4
"""


class Migration(migrations.Migration):
    dependencies = [("kwaliteit", "0003_zonder_sector")]

    operations = [
        migrations.CreateModel(
            name="Notitie",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("signaal_id", models.BigIntegerField(db_index=True)),
                ("instelling", models.CharField(max_length=4)),
                ("tekst", models.TextField()),
                ("door", models.CharField(max_length=150)),
                ("op", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Zaak",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("persoon_id", models.BigIntegerField()),
                ("regel", models.CharField(max_length=3)),
                ("instelling_a", models.CharField(max_length=4)),
                ("instelling_b", models.CharField(max_length=4)),
                ("geopend_op", models.DateTimeField()),
                ("gesloten_op", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["instelling_a", "id"], name="zaak_a"),
                    models.Index(fields=["instelling_b", "id"], name="zaak_b"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("gesloten_op__isnull", True)),
                        fields=("persoon_id", "regel", "instelling_a", "instelling_b"),
                        name="zaak_een_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("instelling_a__lt", models.F("instelling_b"))),
                        name="zaak_in_volgorde",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Zaakbericht",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("zaak_id", models.BigIntegerField(db_index=True)),
                ("instelling", models.CharField(max_length=4)),
                (
                    "standpunt",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Geen"),
                            ("klopt", "Ons gegeven klopt"),
                            ("herstelt", "Wij herstellen het"),
                        ],
                        max_length=8,
                    ),
                ),
                ("tekst", models.TextField(blank=True)),
                ("door", models.CharField(max_length=150)),
                ("op", models.DateTimeField()),
            ],
        ),
        SchermAf("kwaliteit_notitie", VAN_DE_INSTELLING, VAN_EEN_SIGNAAL, False),
        AlleenToevoegen("kwaliteit_notitie", vernietigbaar=True),
        SchermAf("kwaliteit_zaak", EEN_VAN_TWEE),
        AlleenToevoegen("kwaliteit_zaak", ("gesloten_op",), vernietigbaar=True),
        SchermAf(
            "kwaliteit_zaakbericht",
            IN_EEN_ZAAK.format(""),
            f"{VAN_DE_INSTELLING} AND {IN_EEN_ZAAK.format(' AND z.gesloten_op IS NULL')}",
            False,
        ),
        AlleenToevoegen("kwaliteit_zaakbericht", vernietigbaar=True),
        migrations.RunSQL(MEE, ZONDER),
        migrations.RunSQL(BESTAANDE, migrations.RunSQL.noop),
    ]
