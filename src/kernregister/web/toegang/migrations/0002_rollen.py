"""The table of roles. It stays closed to the application's role, and nobody removes or changes what was given."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kernregister.platform.afscherming import AlleenToevoegen


class Migration(migrations.Migration):
    dependencies = [
        ("platform", "0001_begin"),
        ("toegang", "0001_begin"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Roltoekenning",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("rol", models.CharField(max_length=40)),
                ("kenmerk", models.CharField(max_length=6)),
                ("studiejaar", models.CharField(blank=True, max_length=9)),
                ("gegeven_op", models.DateTimeField()),
                ("gegeven_door", models.CharField(max_length=150)),
                ("geldig_tot", models.DateTimeField(null=True)),
                ("ingetrokken_op", models.DateTimeField(null=True)),
                ("ingetrokken_door", models.CharField(blank=True, max_length=150)),
                (
                    "gebruiker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rollen",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ingetrokken_op", None)),
                        fields=("gebruiker", "rol", "kenmerk", "studiejaar"),
                        name="een_rol_staat_er_eenmaal",
                    )
                ]
            },
        ),
        AlleenToevoegen("toegang_roltoekenning", behalve=("ingetrokken_op", "ingetrokken_door")),
    ]
