"""The table of the telbladen: who stands behind each count of an institution (ADR 0033)."""

from __future__ import annotations

from django.db import models


class Telblad(models.Model):
    """The counts of an institution in a studiejaar, each with the persons of whom the records are.

    Live it is brought up to date when somebody looks; per a day it never changes. Only the room itself reads it: what
    is in it becomes a list for who may see the persons.
    """

    id = models.BigAutoField(primary_key=True)
    instelling = models.CharField(max_length=4)
    studiejaar = models.CharField(max_length=9)
    stand_per = models.DateField(null=True)
    """Per which day; empty: live."""
    aantallen = models.JSONField()
    """Plek -> how many."""
    wie = models.BinaryField()
    """Plek -> ids of persons, as `telblad.Telblad` writes it."""
    gezien = models.TextField(blank=True)
    """Live: the snapshot of PostgreSQL up to which meldingen are in it."""
    dag = models.DateField()
    """On which day running enrolments were taken."""
    kenmerk = models.TextField(blank=True)
    """With what it was counted: another one asks for another count."""
    geteld_op = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["instelling", "studiejaar", "stand_per"], nulls_distinct=False, name="telblad_een"
            )
        ]
