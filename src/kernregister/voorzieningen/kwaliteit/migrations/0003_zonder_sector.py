"""The figures of an institution are not for the sector: a count of one is of somebody. It has sector information."""

from django.db import migrations

ZICHT = """
    instelling = (SELECT pas_sleutel('instelling')) OR (SELECT pas_soort()) = 'duo'
    OR instelling = (SELECT pas_sleutel('accountant'))
"""
TABELLEN = ("kwaliteit_cijferstand", "kwaliteit_telling")


class Migration(migrations.Migration):
    dependencies = [("kwaliteit", "0002_vernietigen")]

    operations = [
        migrations.RunSQL(
            f"ALTER POLICY app_lees ON {tabel} USING ({ZICHT})",
            f"ALTER POLICY app_lees ON {tabel} USING ({ZICHT} OR (SELECT pas_soort()) = 'sector')",
        )
        for tabel in TABELLEN
    ]
