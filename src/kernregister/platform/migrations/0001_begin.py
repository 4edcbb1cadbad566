"""The clock of a demo; the pass: its key, and the functions by which policies read it; the audit trail and the
processing log."""

import django.core.serializers.json
from django.db import migrations, models

from kernregister.platform.afscherming import AlleenToevoegen, SchermAf

VAN_DE_INSTELLING = "namens = (SELECT pas_sleutel('instelling'))"
VAN_DE_BETROKKENE = """
    (SELECT pas_soort()) IN ('student', 'vertegenwoordiger')
    AND data_subject_id = ANY (string_to_array(nullif((SELECT pas_extra()), ''), ','))
"""
OP_EIGEN_NAAM = "namens = (SELECT pas_namens())"

PAS = """
-- The parts of the pass of this transaction, or NULL when there is none that holds.
CREATE FUNCTION pas_delen() RETURNS text[]
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    tekst text := current_setting('kernregister.pas', true);
    delen text[];
    sleutel public.platform_passleutel%ROWTYPE;
BEGIN
    IF tekst IS NULL OR tekst = '' THEN RETURN NULL; END IF;
    delen := string_to_array(tekst, '|');
    IF array_length(delen, 1) IS DISTINCT FROM 7 OR delen[1] <> '1' OR delen[6] !~ '^[0-9]{1,12}$' THEN
        RETURN NULL;
    END IF;
    SELECT * INTO sleutel FROM public.platform_passleutel WHERE id = 1;
    IF NOT FOUND OR delen[6]::bigint < extract(epoch FROM statement_timestamp()) THEN RETURN NULL; END IF;
    -- The hashes of the two macs are compared: how long that takes tells nothing of the right one.
    IF sha256(convert_to(delen[7], 'UTF8')) <> sha256(convert_to(encode(sha256(sleutel.buiten || sha256(sleutel.binnen
        || convert_to(array_to_string(delen[1:6], '|'), 'UTF8'))), 'hex'), 'UTF8')) THEN
        RETURN NULL;
    END IF;
    RETURN delen;
END $$;

-- The key of the pass when it is of this kind, otherwise NULL; never empty, since empty columns have a meaning of their
-- own. To be called as a scalar subquery: then it runs once a statement.
CREATE FUNCTION pas_sleutel(soort text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN delen[2] = soort THEN nullif(delen[3], '') END FROM (SELECT public.pas_delen() AS delen) AS pas
$$;

-- The same as a number, for keys that are the id of a row.
CREATE FUNCTION pas_nummer(soort text) RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN sleutel ~ '^[0-9]{1,18}$' THEN sleutel::bigint END
    FROM (SELECT public.pas_sleutel(soort) AS sleutel) AS pas
$$;

CREATE FUNCTION pas_soort() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
    SELECT (public.pas_delen())[2]
$$;

-- What the pass says more, such as the studiejaar of an accountant; empty when it says nothing.
CREATE FUNCTION pas_extra() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
    SELECT (public.pas_delen())[4]
$$;

-- In whose name the pass acts: empty for a person, who is not named in a log, and for who acts for everybody.
CREATE FUNCTION pas_namens() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN delen[2] IN ('student', 'vertegenwoordiger', 'sector', 'duo') THEN '' ELSE nullif(delen[3], '') END
    FROM (SELECT public.pas_delen() AS delen) AS pas WHERE delen IS NOT NULL
$$;

-- Whether the pass gives sight of a kind of special data.
CREATE FUNCTION pas_bijzonder(wat text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(wat = ANY (string_to_array((public.pas_delen())[5], ',')), false)
$$;

CREATE FUNCTION alleen_toevoegen() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    oud jsonb; nieuw jsonb; kolom text;
BEGIN
    -- Retention: only a function of the owner destroys, and only where the table says that it may.
    IF TG_OP = 'DELETE' AND current_user = 'kernregister_eigenaar' AND 'vernietigbaar' = ANY (TG_ARGV) THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        oud := to_jsonb(OLD); nieuw := to_jsonb(NEW);
        FOREACH kolom IN ARRAY coalesce(TG_ARGV, '{}') LOOP
            IF oud -> kolom = 'null'::jsonb THEN oud := oud - kolom; nieuw := nieuw - kolom; END IF;
        END LOOP;
        IF oud = nieuw THEN RETURN NEW; END IF;
    END IF;
    RAISE EXCEPTION 'tabel % is alleen om aan toe te voegen', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Klokstand",
            fields=[
                ("id", models.SmallIntegerField(primary_key=True, serialize=False)),
                ("verschil", models.DurationField()),
            ],
        ),
        migrations.CreateModel(
            name="Passleutel",
            fields=[
                ("id", models.SmallIntegerField(primary_key=True, serialize=False)),
                ("binnen", models.BinaryField()),
                ("buiten", models.BinaryField()),
            ],
        ),
        migrations.RunSQL(
            "REVOKE ALL ON platform_passleutel FROM PUBLIC, kernregister_app, kernregister_stelsel"
        ),
        migrations.RunSQL(
            PAS,
            "DROP FUNCTION pas_bijzonder, pas_namens, pas_extra, pas_soort, pas_nummer, pas_sleutel, pas_delen, "
            "alleen_toevoegen",
        ),
        migrations.CreateModel(
            name="Auditregel",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("moment", models.DateTimeField()),
                ("door", models.CharField(max_length=120)),
                ("namens", models.CharField(blank=True, max_length=20)),
                ("handeling", models.CharField(max_length=60)),
                ("object_soort", models.CharField(max_length=40)),
                ("object_sleutel", models.CharField(blank=True, max_length=80)),
                ("details", models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("trace_id", models.CharField(max_length=32)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["namens", "-id"], name="audit_namens"),
                    models.Index(fields=["object_soort", "object_sleutel"], name="audit_object"),
                    models.Index(fields=["trace_id"], name="audit_trace"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Verwerking",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("trace_id", models.CharField(max_length=32)),
                ("span_id", models.CharField(max_length=16)),
                ("parent_span_id", models.CharField(blank=True, max_length=16)),
                ("status_code", models.SmallIntegerField()),
                ("name", models.CharField(max_length=60)),
                ("start_time", models.DateTimeField()),
                ("end_time", models.DateTimeField()),
                ("processing_activity_id", models.CharField(max_length=80)),
                ("data_subject_id", models.CharField(max_length=64)),
                ("data_subject_id_type", models.CharField(max_length=20)),
                ("namens", models.CharField(blank=True, max_length=20)),
                ("client", models.CharField(max_length=120)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["data_subject_id", "-id"], name="verwerking_betrokkene"),
                    models.Index(fields=["namens", "-id"], name="verwerking_namens"),
                    models.Index(fields=["trace_id"], name="verwerking_trace"),
                ],
            },
        ),
        SchermAf(
            "platform_auditregel",
            f"{VAN_DE_INSTELLING} OR (SELECT pas_soort()) = 'duo'",
            OP_EIGEN_NAAM,
            False,
        ),
        AlleenToevoegen("platform_auditregel"),
        SchermAf("platform_verwerking", f"{VAN_DE_INSTELLING} OR {VAN_DE_BETROKKENE}", OP_EIGEN_NAAM, False),
        AlleenToevoegen("platform_verwerking", vernietigbaar=True),
    ]
