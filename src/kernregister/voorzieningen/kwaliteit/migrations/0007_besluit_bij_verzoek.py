"""A decision is about a request on the same signal: nobody approves that of another by naming a signal of their own."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("kwaliteit", "0006_duo_beslist")]

    operations = [
        migrations.RunSQL(
            """
            ALTER TABLE kwaliteit_afzien
                ADD CONSTRAINT afzien_bij_signaal UNIQUE (id, signaal_id),
                ADD CONSTRAINT afzien_besluit_bij_verzoek FOREIGN KEY (verzoek_id, signaal_id)
                    REFERENCES kwaliteit_afzien (id, signaal_id);
            """,
            """
            ALTER TABLE kwaliteit_afzien
                DROP CONSTRAINT afzien_besluit_bij_verzoek, DROP CONSTRAINT afzien_bij_signaal;
            """,
        )
    ]
