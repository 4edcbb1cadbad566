"""The clock of a demo, and the pass: its key, and the functions by which policies read it."""

from django.db import migrations, models

PAS = """
-- The parts of the pass of this transaction, or NULL when there is none that holds.
CREATE FUNCTION pas_delen() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    tekst text := current_setting('kernregister.pas', true);
    delen text[];
    sleutel platform_passleutel%ROWTYPE;
BEGIN
    IF tekst IS NULL OR tekst = '' THEN RETURN NULL; END IF;
    delen := string_to_array(tekst, '|');
    IF array_length(delen, 1) IS DISTINCT FROM 7 OR delen[1] <> '1' OR delen[6] !~ '^[0-9]{1,12}$' THEN
        RETURN NULL;
    END IF;
    SELECT * INTO sleutel FROM platform_passleutel WHERE id = 1;
    IF NOT FOUND OR delen[6]::bigint < extract(epoch FROM statement_timestamp()) THEN RETURN NULL; END IF;
    IF encode(sha256(sleutel.buiten || sha256(sleutel.binnen ||
        convert_to(array_to_string(delen[1:6], '|'), 'UTF8'))), 'hex') <> delen[7] THEN
        RETURN NULL;
    END IF;
    RETURN delen;
END $$;

-- The key of the pass when it is of this kind, otherwise NULL. To be called as a scalar subquery: once a statement.
CREATE FUNCTION pas_sleutel(soort text) RETURNS text
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT CASE WHEN delen[2] = soort THEN delen[3] END FROM (SELECT pas_delen() AS delen) AS pas
$$;

CREATE FUNCTION pas_soort() RETURNS text LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT (pas_delen())[2]
$$;

-- What narrows the pass further, such as the studiejaar of an accountant; empty when nothing does.
CREATE FUNCTION pas_extra() RETURNS text LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT (pas_delen())[4]
$$;

-- Whether the pass gives sight of a kind of special data.
CREATE FUNCTION pas_bijzonder(wat text) RETURNS boolean LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT coalesce(wat = ANY (string_to_array((pas_delen())[5], ',')), false)
$$;

CREATE FUNCTION alleen_toevoegen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    oud jsonb; nieuw jsonb; kolom text;
BEGIN
    -- Retention: only a function of the owner destroys, and only where the table says that it may.
    IF TG_OP = 'DELETE' AND current_user = 'kernregister_eigenaar' AND 'vernietigbaar' = ANY (TG_ARGV) THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        oud := to_jsonb(OLD); nieuw := to_jsonb(NEW);
        FOREACH kolom IN ARRAY TG_ARGV LOOP
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
            "DROP FUNCTION pas_bijzonder; DROP FUNCTION pas_extra; DROP FUNCTION pas_soort; DROP FUNCTION pas_sleutel;"
            "DROP FUNCTION pas_delen; DROP FUNCTION alleen_toevoegen;",
        ),
    ]
