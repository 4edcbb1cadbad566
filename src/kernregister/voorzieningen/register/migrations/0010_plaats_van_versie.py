"""A version knows the transactions that began and closed it, so "as known at a stand" is one comparison (ADR 0018).

The order of the stand is that of transaction and melding; without these columns each version asks for two look-ups in
the table of the stands, which is most of the time of reading an institution.
"""

from django.db import migrations

from kernregister.platform.afscherming import AlleenToevoegen

KOLOMMEN = """
DROP TRIGGER niet_wijzigen ON register_versie;
DROP TRIGGER niet_verwijderen ON register_versie;
DROP TRIGGER niet_leegmaken ON register_versie;
ALTER TABLE register_versie ADD COLUMN transactie_van xid8 NOT NULL DEFAULT '0';
ALTER TABLE register_versie ALTER COLUMN transactie_van SET DEFAULT pg_current_xact_id();
ALTER TABLE register_versie ADD COLUMN transactie_tot xid8;
UPDATE register_versie v SET transactie_van = m.transactie FROM register_melding m WHERE m.id = v.melding_van;
UPDATE register_versie v SET transactie_tot = m.transactie FROM register_melding m WHERE m.id = v.melding_tot;
"""

# The same row with less in it (retention): it keeps its place.
VERVANG = """
CREATE OR REPLACE FUNCTION register_vervang_versies(nummer bigint, versies bigint[], inhouden text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    rijen public.register_versie[];
BEGIN
    PERFORM public.register_is_goedgekeurd(nummer);
    SELECT array_agg(v) INTO rijen FROM public.register_versie v WHERE v.id = ANY (versies);
    DELETE FROM public.register_versie v WHERE v.id = ANY (versies);
    INSERT INTO public.register_versie (id, persoon_id, soort, instelling, sleutel, datum_begin, datum_eind,
        opleidingcode, inhoud, schema, melding_van, melding_tot, geregistreerd_op, vervallen_op, transactie_van,
        transactie_tot)
    SELECT v.id, v.persoon_id, v.soort, v.instelling, v.sleutel, v.datum_begin, v.datum_eind, v.opleidingcode,
        n.inhoud::jsonb, v.schema, v.melding_van, v.melding_tot, v.geregistreerd_op, v.vervallen_op, v.transactie_van,
        v.transactie_tot
    FROM unnest(rijen) AS v JOIN unnest(versies, inhouden) AS n (id, inhoud) ON n.id = v.id;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("register", "0009_misidentificatie")]

    operations = [
        migrations.RunSQL(KOLOMMEN, migrations.RunSQL.noop),
        AlleenToevoegen(
            "register_versie", ("melding_tot", "vervallen_op", "transactie_tot"), vernietigbaar=True
        ),
        migrations.RunSQL(VERVANG, migrations.RunSQL.noop),
    ]
