"""Who may see what the register holds, and that nothing of it is overwritten."""

from django.db import migrations

from kernregister.platform.afscherming import AlleenToevoegen, MaakOpenbaar, SchermAf

# The studiejaar of an accountant's pass as [begin, end); NULL for another pass, or when it names no studiejaar.
STUDIEJAAR = """
CREATE FUNCTION register_studiejaar() RETURNS daterange
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN public.pas_soort() = 'accountant' AND jaar ~ '^(19|20)[0-9]{2}-(19|20)[0-9]{2}$'
                     AND right(jaar, 4)::integer = left(jaar, 4)::integer + 1
                THEN daterange(make_date(left(jaar, 4)::integer, 8, 1), make_date(right(jaar, 4)::integer, 8, 1)) END
    FROM (SELECT public.pas_extra() AS jaar) AS pas
$$
"""

# What an accountant sees of the institution: enrolments that overlap the studiejaar, results obtained in it.
IN_HET_STUDIEJAAR = """
    instelling = (SELECT pas_sleutel('accountant'))
    AND CASE soort
        WHEN 'inschrijving' THEN datum_begin < (SELECT upper(register_studiejaar()))
            AND (datum_eind IS NULL OR datum_eind >= (SELECT lower(register_studiejaar())))
        WHEN 'diploma' THEN datum_begin <@ (SELECT register_studiejaar())
        WHEN 'resultaat' THEN datum_begin <@ (SELECT register_studiejaar())
        ELSE false END
"""

# The persons of those versions. The view is the owner's, so that the policy of a table can look into that table; it
# shows nothing but what the pass of the one who looks allows. The limit keeps it to a look-up for each person of the
# institution; a join would read the versions of all institutions.
PERSONEN_VAN_ACCOUNTANT = f"""
CREATE VIEW register_accountantpersoon WITH (security_barrier) AS
SELECT b.persoon_id FROM register_betrokkenheid b
WHERE b.instelling = (SELECT pas_sleutel('accountant')) AND (
    SELECT true FROM register_versie WHERE persoon_id = b.persoon_id AND {IN_HET_STUDIEJAAR} LIMIT 1
);
GRANT SELECT ON register_accountantpersoon TO kernregister_app;
"""  # noqa: S608 - conditions of this file

VAN_DE_PERSOON = """
    persoon_id = (SELECT coalesce(pas_nummer('student'), pas_nummer('vertegenwoordiger')))
"""
ALLES = "(SELECT pas_soort()) = 'duo'"

VERSIE = f"""
    instelling = (SELECT pas_sleutel('instelling'))
    OR soort = 'persoon' AND EXISTS (
        SELECT 1 FROM register_betrokkenheid b
        WHERE b.persoon_id = register_versie.persoon_id AND b.instelling = (SELECT pas_sleutel('instelling'))
    )
    OR {VAN_DE_PERSOON}
    OR soort IN ('deelname', 'vooropleiding') AND instelling = (SELECT pas_sleutel('school'))
    OR {IN_HET_STUDIEJAAR}
    OR soort = 'persoon' AND (SELECT pas_soort()) = 'accountant' AND EXISTS (
        SELECT 1 FROM register_accountantpersoon a WHERE a.persoon_id = register_versie.persoon_id
    )
    OR {ALLES}
"""  # noqa: S608 - conditions of this file

# Special data: who sees the version, and has the scope of its own.
BIJZONDER = """
    ((soort = 'ondersteuning' AND (SELECT pas_bijzonder('ondersteuning')))
     OR (soort = 'verblijf' AND (SELECT pas_bijzonder('verblijf'))))
    AND EXISTS (SELECT 1 FROM register_versie v WHERE v.id = register_bijzonderdeel.versie_id)
"""

# A melding is its sender's; an accountant sees those that made or closed a version that he sees.
MELDING = f"""
    afzender = (SELECT coalesce(pas_sleutel('instelling'), pas_sleutel('school')))
    OR {VAN_DE_PERSOON}
    OR afzender = (SELECT pas_sleutel('accountant')) AND EXISTS (
        SELECT 1 FROM register_versie v
        WHERE v.persoon_id = register_melding.persoon_id AND v.instelling <> ''
          AND (v.melding_van = register_melding.id OR v.melding_tot = register_melding.id)
    )
    OR {ALLES}
"""  # noqa: S608 - conditions of this file

BETROKKENHEID = f"""
    instelling = (SELECT pas_sleutel('instelling'))
    OR {VAN_DE_PERSOON}
    OR instelling = (SELECT pas_sleutel('accountant')) AND EXISTS (
        SELECT 1 FROM register_accountantpersoon a WHERE a.persoon_id = register_betrokkenheid.persoon_id
    )
    OR {ALLES}
"""  # noqa: S608 - conditions of this file


class Migration(migrations.Migration):
    dependencies = [("register", "0001_begin"), ("platform", "0001_begin")]

    operations = [
        migrations.RunSQL(STUDIEJAAR, "DROP FUNCTION register_studiejaar"),
        migrations.RunSQL(PERSONEN_VAN_ACCOUNTANT, "DROP VIEW register_accountantpersoon"),
        SchermAf("register_versie", VERSIE),
        SchermAf("register_bijzonderdeel", BIJZONDER),
        SchermAf("register_melding", MELDING),
        SchermAf("register_betrokkenheid", BETROKKENHEID),
        MaakOpenbaar("register_stand"),
        MaakOpenbaar("register_regelinstelling"),
        AlleenToevoegen("register_melding", vernietigbaar=True),
        AlleenToevoegen("register_versie", ("melding_tot", "vervallen_op"), vernietigbaar=True),
        AlleenToevoegen("register_bijzonderdeel", vernietigbaar=True),
        AlleenToevoegen("register_stand"),
    ]
