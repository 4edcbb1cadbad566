"""The database keeps the course of an assurance report: its steps in order, and its file once it was handed in."""

from django.db import migrations

VOLGORDE = """
CREATE FUNCTION bekostigen_assurance_volgorde() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    eerder text[] := ARRAY(
        SELECT s.toestand::text FROM public.bekostigen_assurancestap s WHERE s.rapport_id = NEW.rapport_id ORDER BY 1
    );
BEGIN
    IF TG_TABLE_NAME = 'bekostigen_assurancedeel' THEN
        IF eerder = '{}' THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'het bestand van een aangeleverd rapport verandert niet'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.toestand = 'aangeleverd' AND eerder = '{}'
        OR NEW.toestand <> 'aangeleverd' AND eerder = '{aangeleverd}'
        -- of what was decided only who decides may say that it no longer holds
        OR NEW.toestand = 'vervangen' AND eerder = '{aangeleverd,goedgekeurd}'
            AND coalesce(public.pas_soort(), 'duo') = 'duo'
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'deze stap volgt niet op wat er met het rapport is gebeurd'
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER volgorde BEFORE INSERT ON bekostigen_assurancestap
    FOR EACH ROW EXECUTE FUNCTION bekostigen_assurance_volgorde();
CREATE TRIGGER volgorde BEFORE INSERT ON bekostigen_assurancedeel
    FOR EACH ROW EXECUTE FUNCTION bekostigen_assurance_volgorde();
"""

TERUG = """
DROP TRIGGER volgorde ON bekostigen_assurancedeel;
DROP TRIGGER volgorde ON bekostigen_assurancestap;
DROP FUNCTION bekostigen_assurance_volgorde();
"""


class Migration(migrations.Migration):
    dependencies = [("bekostigen", "0002_assurance")]

    operations = [migrations.RunSQL(VOLGORDE, TERUG)]
