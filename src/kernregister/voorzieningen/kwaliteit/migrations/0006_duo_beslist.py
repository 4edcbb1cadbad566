"""DUO may decide about a request to waive, where an institution has nobody for a second pair of eyes; no more."""

from django.db import migrations

EIGEN = """
    instelling = (SELECT pas_sleutel('instelling')) AND EXISTS (
        SELECT FROM kwaliteit_signaal s WHERE s.id = signaal_id AND s.instelling = kwaliteit_afzien.instelling
    )
"""
DUO = """
    (SELECT pas_soort()) = 'duo' AND stap IN ('akkoord', 'afwijzing') AND verzoek_id IS NOT NULL AND EXISTS (
        SELECT FROM kwaliteit_signaal s WHERE s.id = signaal_id AND s.instelling = kwaliteit_afzien.instelling
    )
"""


class Migration(migrations.Migration):
    dependencies = [("kwaliteit", "0005_telbladen")]

    operations = [
        migrations.RunSQL(
            f"ALTER POLICY app_voegt_toe ON kwaliteit_afzien WITH CHECK ({EIGEN} OR {DUO})",
            f"ALTER POLICY app_voegt_toe ON kwaliteit_afzien WITH CHECK ({EIGEN})",
        )
    ]
