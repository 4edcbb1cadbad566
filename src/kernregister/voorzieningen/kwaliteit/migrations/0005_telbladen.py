"""Who stands behind each count; and figures that were counted because somebody asked, before they are placed."""

from django.db import migrations, models

from kernregister.platform.afscherming import AlleenToevoegen

ZONDER = """
DROP TRIGGER niet_wijzigen ON kwaliteit_cijferstand;
DROP TRIGGER niet_verwijderen ON kwaliteit_cijferstand;
DROP TRIGGER niet_leegmaken ON kwaliteit_cijferstand;
"""


class Migration(migrations.Migration):
    dependencies = [("kwaliteit", "0004_notities_en_zaken")]

    operations = [
        migrations.CreateModel(
            name="Telblad",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("instelling", models.CharField(max_length=4)),
                ("studiejaar", models.CharField(max_length=9)),
                ("stand_per", models.DateField(null=True)),
                ("aantallen", models.JSONField()),
                ("wie", models.BinaryField()),
                ("gezien", models.TextField(blank=True)),
                ("dag", models.DateField()),
                ("kenmerk", models.TextField(blank=True)),
                ("geteld_op", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("instelling", "studiejaar", "stand_per"),
                        name="telblad_een",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.RunSQL(ZONDER, migrations.RunSQL.noop),
        migrations.AlterField("cijferstand", "geplaatst_op", models.DateTimeField(null=True)),
        AlleenToevoegen("kwaliteit_cijferstand", ("geplaatst_op",)),
    ]
