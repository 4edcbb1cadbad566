"""Involvements that ended by a transfer, to be undone; one melding may tell an institution of two persons."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("register", "0005_bronstand")]

    operations = [
        migrations.CreateModel(
            name="BeeindigdeBetrokkenheid",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("persoon_id", models.BigIntegerField(db_index=True)),
                ("instelling", models.TextField()),
                ("studentnummer", models.TextField(blank=True)),
                ("sinds", models.BigIntegerField()),
                ("tot", models.BigIntegerField(db_index=True)),
            ],
        ),
        migrations.RemoveConstraint(model_name="uitbakbericht", name="uitbak_een_keer"),
        migrations.AddConstraint(
            model_name="uitbakbericht",
            constraint=models.UniqueConstraint(
                fields=("melding_id", "persoon_id", "instelling", "soort"), name="uitbak_een_keer"
            ),
        ),
    ]
