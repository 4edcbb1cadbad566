"""The outbox: that there is something to tell an institution of a person, and nothing of what it is."""

from django.db import migrations, models

from kernregister.platform.afscherming import AlleenToevoegen, SchermAf


class Migration(migrations.Migration):
    dependencies = [("register", "0003_weergaven"), ("platform", "0001_begin")]

    operations = [
        migrations.CreateModel(
            name="Uitbakbericht",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("melding_id", models.BigIntegerField()),
                ("persoon_id", models.BigIntegerField(db_index=True)),
                ("instelling", models.TextField()),
                ("soort", models.TextField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("melding_id", "instelling", "soort"), name="uitbak_een_keer"
                    )
                ],
            },
        ),
        migrations.RunSQL(
            """
            ALTER TABLE register_uitbakbericht ADD COLUMN transactie xid8 NOT NULL DEFAULT pg_current_xact_id();
            CREATE INDEX uitbak_volgorde ON register_uitbakbericht (instelling, transactie, melding_id);
            """,
            "ALTER TABLE register_uitbakbericht DROP COLUMN transactie",
        ),
        SchermAf(
            "register_uitbakbericht",
            "instelling = (SELECT pas_sleutel('instelling')) OR (SELECT pas_soort()) = 'duo'",
        ),
        AlleenToevoegen("register_uitbakbericht", vernietigbaar=True),
    ]
