"""Somebody may find that two persons are not one: the proposal to merge them is dismissed, with the reason."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("register", "0011_uuid_van_afzender")]

    operations = [
        migrations.AddField("samenvoegvoorstel", "afgewezen_op", models.DateTimeField(null=True)),
        migrations.AddField("samenvoegvoorstel", "afgewezen_door", models.TextField(default="")),
        migrations.AddField("samenvoegvoorstel", "reden", models.TextField(default="")),
    ]
