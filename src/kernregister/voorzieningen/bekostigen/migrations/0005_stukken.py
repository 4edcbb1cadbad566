"""Pieces of assurance reports are sealed as those of other rooms."""

from django.db import migrations

from kernregister.platform.herzegelen import Herzegel


class Migration(migrations.Migration):
    dependencies = [("bekostigen", "0004_bewaren")]

    operations = [Herzegel("bekostigen_assurancedeel", "rapport_id", "assurancerapport")]
