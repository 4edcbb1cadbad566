"""What was said of a signal goes when the signal goes: with the destruction of a person (retention)."""

from django.db import migrations

MEE = """
CREATE FUNCTION kwaliteit_neem_mee() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM public.kwaliteit_toewijzing t WHERE t.signaal_id = OLD.id;
    DELETE FROM public.kwaliteit_afzien a WHERE a.signaal_id = OLD.id;
    RETURN NULL;
END $$;
CREATE TRIGGER neem_mee AFTER DELETE ON kwaliteit_signaal FOR EACH ROW EXECUTE FUNCTION kwaliteit_neem_mee();
"""


class Migration(migrations.Migration):
    dependencies = [("kwaliteit", "0001_begin")]

    operations = [
        migrations.RunSQL(
            MEE, "DROP TRIGGER neem_mee ON kwaliteit_signaal; DROP FUNCTION kwaliteit_neem_mee()"
        )
    ]
