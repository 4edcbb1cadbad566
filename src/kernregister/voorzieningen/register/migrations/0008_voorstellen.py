"""Pairs of persons that prove to be one: proposals to merge them, until somebody does."""

from django.db import migrations, models

from kernregister.platform.afscherming import SchermAf

# In the database, so that a proposal goes with a person who is destroyed.
MET_DE_PERSOON = """
ALTER TABLE register_samenvoegvoorstel
    ADD CONSTRAINT voorstel_een FOREIGN KEY (een) REFERENCES personen_persoon ON DELETE CASCADE,
    ADD CONSTRAINT voorstel_ander FOREIGN KEY (ander) REFERENCES personen_persoon ON DELETE CASCADE;
"""
LOS = """
ALTER TABLE register_samenvoegvoorstel DROP CONSTRAINT voorstel_een, DROP CONSTRAINT voorstel_ander;
"""


class Migration(migrations.Migration):
    dependencies = [("register", "0007_bewaren"), ("personen", "0001_begin")]

    operations = [
        migrations.CreateModel(
            name="Samenvoegvoorstel",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("een", models.BigIntegerField()),
                ("ander", models.BigIntegerField(db_index=True)),
                ("sinds", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("een", "ander"), name="voorstel_een_keer")]
            },
        ),
        migrations.RunSQL(MET_DE_PERSOON, LOS),
        SchermAf("register_samenvoegvoorstel", "(SELECT pas_soort()) = 'duo'"),
    ]
