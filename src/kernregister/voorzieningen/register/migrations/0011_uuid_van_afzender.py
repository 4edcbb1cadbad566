"""A UUID tells a melding from others of the same sender: nobody can take that of another sender beforehand."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("register", "0010_plaats_van_versie")]

    operations = [
        migrations.AddConstraint(
            model_name="melding",
            constraint=models.UniqueConstraint(fields=("uuid", "afzender"), name="melding_van_afzender"),
        ),
        migrations.AlterField("melding", "uuid", models.UUIDField()),
    ]
