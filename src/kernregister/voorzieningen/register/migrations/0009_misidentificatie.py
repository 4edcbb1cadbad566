"""Wrong identifications are counted, so that nobody finds somebody by guessing."""

from django.db import migrations, models

from kernregister.platform.afscherming import SchermAf


class Migration(migrations.Migration):
    dependencies = [("register", "0008_voorstellen")]

    operations = [
        migrations.CreateModel(
            name="Misidentificatie",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("zoeksleutel", models.BinaryField()),
                ("instelling", models.TextField()),
                ("dag", models.DateField()),
                ("aantal", models.IntegerField()),
            ],
        ),
        migrations.AddConstraint(
            model_name="misidentificatie",
            constraint=models.UniqueConstraint(
                fields=("zoeksleutel", "instelling", "dag"), name="misidentificatie_een"
            ),
        ),
        SchermAf("register_misidentificatie", "false"),
    ]
