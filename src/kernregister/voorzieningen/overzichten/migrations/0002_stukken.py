"""Pieces of files are sealed as those of other rooms."""

from django.db import migrations

from kernregister.platform.herzegelen import Herzegel


class Migration(migrations.Migration):
    dependencies = [("overzichten", "0001_begin")]

    operations = [Herzegel("overzichten_deel", "bestand_id", "overzicht", gepakt=True)]
