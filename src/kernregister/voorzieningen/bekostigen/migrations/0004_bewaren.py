"""What is kept of funding no longer: statuses of destroyed records, reports and definitive decisions of long ago."""

from django.db import migrations

from kernregister.platform.afscherming import AlleenToevoegen

TRIGGERS = """
DROP TRIGGER niet_wijzigen ON bekostigen_assurancedeel;
DROP TRIGGER niet_verwijderen ON bekostigen_assurancedeel;
DROP TRIGGER niet_leegmaken ON bekostigen_assurancedeel;
"""

VERNIETIG = """
-- A status goes with the last version of the record that it is about: of a record without versions none is left to
-- tell of, so this removes nothing else, whoever asks.
CREATE FUNCTION bekostigen_volg_vernietiging(wie bigint[]) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH weg AS (
        DELETE FROM public.bekostigen_status s
        WHERE s.persoon_id IN (
                SELECT id FROM public.personen_persoon WHERE id = ANY (wie) OR opgegaan_in = ANY (wie))
            AND NOT EXISTS (
                SELECT FROM public.register_versie v
                WHERE v.persoon_id = s.persoon_id AND v.instelling = s.instelling AND v.soort = s.soort
                    AND v.sleutel = s.sleutel)
        RETURNING 1
    ) SELECT count(*) FROM weg
$$;

-- The file of a report and the decisions on persons; that there was a report, with its hash and steps, stays, and so do
-- the definitive totals.
CREATE FUNCTION bekostigen_vernietig(peildag date, van_rapport interval, van_besluit interval) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH delen AS (
        DELETE FROM public.bekostigen_assurancedeel d USING public.bekostigen_assurancerapport r
        WHERE r.id = d.rapport_id AND (r.ingediend_op::date + van_rapport)::date <= peildag RETURNING 1
    ), besluiten AS (
        DELETE FROM public.bekostigen_definitiefbesluit b USING public.bekostigen_definitieverun v
        WHERE v.id = b.run_id AND (v.klaar_op::date + van_besluit)::date <= peildag RETURNING 1
    ) SELECT (SELECT count(*) FROM delen) + (SELECT count(*) FROM besluiten)
$$;
REVOKE ALL ON FUNCTION bekostigen_volg_vernietiging(bigint[]), bekostigen_vernietig(date, interval, interval)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION bekostigen_volg_vernietiging(bigint[]), bekostigen_vernietig(date, interval, interval)
    TO kernregister_stelsel;
"""


class Migration(migrations.Migration):
    dependencies = [("bekostigen", "0003_assurance_volgorde"), ("register", "0010_plaats_van_versie")]

    operations = [
        migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop),
        AlleenToevoegen("bekostigen_assurancedeel", vernietigbaar=True),
        migrations.RunSQL(
            VERNIETIG,
            "DROP FUNCTION bekostigen_volg_vernietiging(bigint[]);"
            " DROP FUNCTION bekostigen_vernietig(date, interval, interval)",
        ),
    ]
