"""The views for people and BI. A migration like this one follows when a struct of the dossier changes."""

from django.db import migrations

from kernregister.voorzieningen.register import weergaven

VINGERAFDRUK = "07062b53b908"
"""Of the views that this migration makes; a test says so when they are no longer those of the code."""


class Migration(migrations.Migration):
    dependencies = [("register", "0002_afscherming")]

    operations = [migrations.RunSQL(weergaven.maak(), weergaven.verwijder())]
