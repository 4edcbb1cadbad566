"""Who persons are by number. Closed to the application until the next migration opens it by policy."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Nummer",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("persoon_id", models.BigIntegerField(db_index=True)),
                (
                    "soort",
                    models.CharField(
                        choices=[("bsn", "burgerservicenummer"), ("own", "onderwijsnummer")], max_length=3
                    ),
                ),
                ("versleuteld", models.BinaryField()),
                ("zoeksleutel", models.BinaryField(unique=True)),
                ("sinds", models.DateTimeField()),
                ("vervallen_op", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Persoon",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("aangemaakt", models.DateTimeField()),
                ("opgegaan_in", models.BigIntegerField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("opgegaan_in__isnull", False)),
                        fields=["opgegaan_in"],
                        name="persoon_opgegaan_in",
                    )
                ],
            },
        ),
    ]
