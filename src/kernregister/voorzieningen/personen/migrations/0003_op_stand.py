"""Which number was of whom at a stand: numbers and merges know the transactions that began and ended them (ADR 0018).

What was there before counts as known from the beginning.
"""

from django.db import migrations, models

NUMMERS = """
ALTER TABLE personen_nummer ADD COLUMN transactie xid8 NOT NULL DEFAULT '0';
ALTER TABLE personen_nummer ALTER COLUMN transactie SET DEFAULT pg_current_xact_id();
ALTER TABLE personen_nummer ADD COLUMN vervallen_transactie xid8;
UPDATE personen_nummer SET vervallen_transactie = '0' WHERE vervallen_op IS NOT NULL;
ALTER TABLE personen_nummer ADD CONSTRAINT nummer_vervallen
    CHECK ((vervallen_op IS NULL) = (vervallen_transactie IS NULL));
"""

SAMENVOEGINGEN = """
ALTER TABLE personen_samenvoeging ADD COLUMN transactie xid8 NOT NULL DEFAULT pg_current_xact_id();
ALTER TABLE personen_samenvoeging ADD COLUMN tot_transactie xid8;
INSERT INTO personen_samenvoeging (persoon_id, opgegaan_in, transactie)
SELECT id, opgegaan_in, '0' FROM personen_persoon WHERE opgegaan_in IS NOT NULL;
CREATE UNIQUE INDEX samenvoeging_een_geldt ON personen_samenvoeging (persoon_id) WHERE tot_transactie IS NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("personen", "0002_afscherming")]

    operations = [
        migrations.RunSQL(
            NUMMERS,
            "ALTER TABLE personen_nummer DROP CONSTRAINT nummer_vervallen, DROP COLUMN vervallen_transactie,"
            " DROP COLUMN transactie",
        ),
        migrations.CreateModel(
            name="Samenvoeging",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("persoon_id", models.BigIntegerField(db_index=True)),
                ("opgegaan_in", models.BigIntegerField(db_index=True)),
            ],
        ),
        migrations.RunSQL(SAMENVOEGINGEN, migrations.RunSQL.noop),
    ]
