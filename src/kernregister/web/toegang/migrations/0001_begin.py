"""The table of connections. It stays closed to the application's role: only the apply step's role reads it."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Aansluiting",
            fields=[
                ("client_id", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("naam", models.CharField(max_length=100)),
                ("pas_soort", models.CharField(max_length=20)),
                ("sleutel", models.CharField(blank=True, max_length=40)),
                ("extra", models.CharField(blank=True, max_length=40)),
                (
                    "rechten",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), size=None
                    ),
                ),
                ("gemaakt_op", models.DateTimeField()),
                ("geldig_tot", models.DateTimeField(null=True)),
                ("ingetrokken_op", models.DateTimeField(null=True)),
            ],
        ),
    ]
