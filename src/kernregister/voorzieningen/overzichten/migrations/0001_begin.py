"""Requests for overviews and their files: a request that is done never changes, its files go by their term."""

import django.db.models.deletion
from django.db import migrations, models

from kernregister.platform.afscherming import SchermAf

# What was asked never changes; how far it is changes until it is done or failed, and then never again.
VAST = """
CREATE FUNCTION overzichten_aanvraag_vast() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.toestand IN ('wacht', 'bezig')
       AND NEW.stand IS NOT DISTINCT FROM coalesce(OLD.stand, NEW.stand)
       AND (to_jsonb(NEW) - '{stand,toestand,gedaan,totaal,klaar_op,uitleg,bewaard_tot}'::text[])
         = (to_jsonb(OLD) - '{stand,toestand,gedaan,totaal,klaar_op,uitleg,bewaard_tot}'::text[]) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'een aanvraag verandert niet meer' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER vast BEFORE UPDATE OR DELETE ON overzichten_aanvraag
    FOR EACH ROW EXECUTE FUNCTION overzichten_aanvraag_vast();
CREATE TRIGGER niet_leegmaken BEFORE TRUNCATE ON overzichten_aanvraag
    FOR EACH STATEMENT EXECUTE FUNCTION alleen_toevoegen();
"""

# Files come and go while they are being made, and never change; of a request that is done only the owner's function
# takes away, when the term has passed.
BESTANDEN = """
CREATE FUNCTION overzichten_bestand_vast() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    wie uuid;
BEGIN
    IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'overzichten_deel' AND current_user = 'kernregister_eigenaar' THEN
        RETURN OLD;
    END IF;
    IF TG_OP <> 'UPDATE' THEN
        IF TG_TABLE_NAME = 'overzichten_bestand' THEN
            wie := CASE WHEN TG_OP = 'INSERT' THEN to_jsonb(NEW) ELSE to_jsonb(OLD) END ->> 'aanvraag_id';
        ELSE
            SELECT b.aanvraag_id INTO wie FROM public.overzichten_bestand b
            WHERE b.id = CASE WHEN TG_OP = 'INSERT' THEN NEW.bestand_id ELSE OLD.bestand_id END;
        END IF;
        IF EXISTS (SELECT FROM public.overzichten_aanvraag a WHERE a.id = wie AND a.toestand IN ('wacht', 'bezig')) THEN
            RETURN CASE WHEN TG_OP = 'INSERT' THEN NEW ELSE OLD END;
        END IF;
    END IF;
    RAISE EXCEPTION 'een bestand van een aanvraag verandert niet meer' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER vast BEFORE INSERT OR UPDATE OR DELETE ON overzichten_bestand
    FOR EACH ROW EXECUTE FUNCTION overzichten_bestand_vast();
CREATE TRIGGER vast BEFORE INSERT OR UPDATE OR DELETE ON overzichten_deel
    FOR EACH ROW EXECUTE FUNCTION overzichten_bestand_vast();
CREATE TRIGGER niet_leegmaken BEFORE TRUNCATE ON overzichten_bestand
    FOR EACH STATEMENT EXECUTE FUNCTION alleen_toevoegen();
CREATE TRIGGER niet_leegmaken BEFORE TRUNCATE ON overzichten_deel
    FOR EACH STATEMENT EXECUTE FUNCTION alleen_toevoegen();
-- What is encrypted does not compress: no time is spent on trying.
ALTER TABLE overzichten_deel ALTER COLUMN inhoud SET STORAGE EXTERNAL;

CREATE FUNCTION overzichten_vernietig(peildag date) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH weg AS (
        DELETE FROM public.overzichten_deel d
        USING public.overzichten_bestand b, public.overzichten_aanvraag a
        WHERE b.id = d.bestand_id AND a.id = b.aanvraag_id AND a.bewaard_tot <= peildag
        RETURNING a.id
    ) SELECT count(DISTINCT id) FROM weg
$$;
REVOKE ALL ON FUNCTION overzichten_vernietig(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION overzichten_vernietig(date) TO kernregister_stelsel;
"""

AANVRAAG = """
    instelling = (SELECT pas_sleutel('instelling'))
    OR (SELECT pas_soort()) = 'duo'
    OR accountant AND studiejaar <> '' AND instelling = (SELECT pas_sleutel('accountant'))
        AND studiejaar = (SELECT pas_extra())
"""

# The inner table has a policy of its own: who sees the request, sees its files once they are all there.
BESTAND = """
    EXISTS (SELECT FROM overzichten_aanvraag a WHERE a.id = aanvraag_id AND a.toestand = 'klaar')
"""

# What a file says opens with the scopes of the special data in it.
DEEL = """
    EXISTS (
        SELECT FROM overzichten_bestand b JOIN overzichten_aanvraag a ON a.id = b.aanvraag_id
        WHERE b.id = bestand_id AND a.toestand = 'klaar'
          AND (NOT a.bijzonder ? 'ondersteuning' OR (SELECT pas_bijzonder('ondersteuning')))
          AND (NOT a.bijzonder ? 'verblijf' OR (SELECT pas_bijzonder('verblijf')))
    )
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [("platform", "0001_begin")]

    operations = [
        migrations.CreateModel(
            name="Aanvraag",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("soort", models.CharField(max_length=20)),
                ("instelling", models.CharField(max_length=4)),
                ("begin", models.DateField(null=True)),
                ("einde", models.DateField(null=True)),
                ("studiejaar", models.CharField(blank=True, max_length=9)),
                ("bekostigingsjaar", models.IntegerField(null=True)),
                ("extra", models.JSONField(default=dict)),
                ("peilmoment", models.DateTimeField()),
                ("kenmerk", models.UUIDField(null=True)),
                ("wens", models.CharField(max_length=64)),
                ("client", models.CharField(max_length=120)),
                ("aangevraagd_op", models.DateTimeField()),
                ("beschikbaar_op", models.DateTimeField()),
                ("stand", models.BigIntegerField(null=True)),
                ("grondslag", models.JSONField(default=dict)),
                ("gegevens_versie", models.BigIntegerField(null=True)),
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
                ("totaal", models.BigIntegerField(null=True)),
                ("klaar_op", models.DateTimeField(null=True)),
                ("uitleg", models.TextField(blank=True)),
                ("slot", models.CharField(blank=True, max_length=40)),
                ("dag", models.DateField(null=True)),
                ("bijzonder", models.JSONField(default=list)),
                ("accountant", models.BooleanField(default=False)),
                ("bewaard_tot", models.DateField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["instelling", "-aangevraagd_op"], name="aanvraag_instelling"),
                    models.Index(
                        condition=models.Q(("bewaard_tot__isnull", False)),
                        fields=["bewaard_tot"],
                        name="aanvraag_bewaard",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("toestand__in", ["wacht", "bezig"])),
                        fields=("instelling", "soort", "slot"),
                        name="aanvraag_een_onderweg",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("toestand", "mislukt"), _negated=True),
                        fields=("instelling", "soort", "dag"),
                        name="aanvraag_een_per_dag",
                    ),
                    models.UniqueConstraint(fields=("instelling", "kenmerk"), name="aanvraag_een_kenmerk"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Bestand",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("naam", models.CharField(max_length=80)),
                ("media", models.CharField(max_length=80)),
                ("omvang", models.BigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "aanvraag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, to="overzichten.aanvraag"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Deel",
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
                    "bestand",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="overzichten.bestand",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="bestand",
            constraint=models.UniqueConstraint(fields=("aanvraag", "naam"), name="overzichtbestand_een"),
        ),
        migrations.AddConstraint(
            model_name="deel",
            constraint=models.UniqueConstraint(fields=("bestand", "nummer"), name="overzichtdeel_een"),
        ),
        migrations.RunSQL(
            VAST, "DROP TRIGGER vast ON overzichten_aanvraag; DROP FUNCTION overzichten_aanvraag_vast()"
        ),
        migrations.RunSQL(
            BESTANDEN,
            "DROP FUNCTION overzichten_vernietig(date); DROP TRIGGER vast ON overzichten_deel;"
            " DROP TRIGGER vast ON overzichten_bestand; DROP FUNCTION overzichten_bestand_vast()",
        ),
        SchermAf("overzichten_aanvraag", AANVRAAG),
        SchermAf("overzichten_bestand", BESTAND),
        SchermAf("overzichten_deel", DEEL),
    ]
