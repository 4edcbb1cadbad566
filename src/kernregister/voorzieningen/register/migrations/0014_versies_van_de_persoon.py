"""Of a person's own data an institution sees what held since it has to do with the person, and nothing from before.

A sex, name or address of before is no business of it (Handleiding mbo 25.0, h. 08). The version that holds now is told
apart, so that a list of students asks only once whose they are.
"""

import importlib

from django.db import migrations

_vorig = importlib.import_module("kernregister.voorzieningen.register.migrations.0002_afscherming")

PERSONEN_VAN_ACCOUNTANT = f"""
CREATE OR REPLACE VIEW register_accountantpersoon WITH (security_barrier) AS
SELECT b.persoon_id, b.sinds FROM register_betrokkenheid b
WHERE b.instelling = (SELECT pas_sleutel('accountant')) AND (
    SELECT true FROM register_versie WHERE persoon_id = b.persoon_id AND {_vorig.IN_HET_STUDIEJAAR} LIMIT 1
);
"""  # noqa: S608 - conditions of these files

VAN_INSTELLING = """
    EXISTS (
        SELECT 1 FROM register_betrokkenheid b
        WHERE b.persoon_id = register_versie.persoon_id AND b.instelling = (SELECT pas_sleutel('instelling')) {sinds}
    )
"""

VERSIE = f"""
    instelling = (SELECT pas_sleutel('instelling'))
    OR soort = 'persoon' AND melding_tot IS NULL AND {VAN_INSTELLING.format(sinds="")}
    OR soort = 'persoon' AND melding_tot IS NOT NULL
        AND {VAN_INSTELLING.format(sinds="AND b.sinds < register_versie.melding_tot")}
    OR {_vorig.VAN_DE_PERSOON}
    OR soort IN ('deelname', 'vooropleiding') AND instelling = (SELECT pas_sleutel('school'))
    OR {_vorig.IN_HET_STUDIEJAAR}
    OR soort = 'persoon' AND (SELECT pas_soort()) = 'accountant' AND EXISTS (
        SELECT 1 FROM register_accountantpersoon a WHERE a.persoon_id = register_versie.persoon_id
            AND (register_versie.melding_tot IS NULL OR a.sinds < register_versie.melding_tot)
    )
    OR {_vorig.ALLES}
"""  # noqa: S608 - conditions of these files


class Migration(migrations.Migration):
    dependencies = [("register", "0013_geweigerd")]

    operations = [
        migrations.RunSQL(PERSONEN_VAN_ACCOUNTANT, migrations.RunSQL.noop),
        migrations.RunSQL(
            f"ALTER POLICY app_lees ON register_versie USING ({VERSIE})",
            f"ALTER POLICY app_lees ON register_versie USING ({_vorig.VERSIE})",
        ),
    ]
