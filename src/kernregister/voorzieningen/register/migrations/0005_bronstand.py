"""Up to where the source of person data was asked what changed; only the facility itself reads it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("register", "0004_uitbak")]

    operations = [
        migrations.CreateModel(
            name="Bronstand",
            fields=[
                ("id", models.SmallIntegerField(primary_key=True, serialize=False)),
                ("tot", models.TextField()),
            ],
        ),
    ]
