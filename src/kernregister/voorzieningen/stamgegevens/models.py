"""Editions of lists with their rows, and versions: which edition of each list goes with which others.

A row says in which editions of its list it stands, so an edition costs what it changed. An edition never changes, and
neither does what a version is made of: any version gives the same reference data for ever.
"""

from __future__ import annotations

from django.db import models


class Uitgave(models.Model):
    """One edition of one list, as a whole."""

    id = models.BigAutoField(primary_key=True)
    lijst = models.CharField(max_length=30, db_index=True)
    actueel = models.BooleanField()
    """Whether it holds what holds today. Of a code that is not in a list of the past nothing can be said."""
    stand_op = models.DateField(null=True)
    bron = models.CharField(max_length=400, blank=True)
    aantal = models.IntegerField()
    gelezen_op = models.DateTimeField()
    door = models.CharField(max_length=120)


class Rij(models.Model):
    """A row of a list; it stands in the editions from ``sinds`` up to, and not including, ``tot``."""

    id = models.BigAutoField(primary_key=True)
    lijst = models.CharField(max_length=30)
    sleutel = models.CharField(max_length=120, db_collation="C")
    onderscheid = models.CharField(max_length=120, db_collation="C", blank=True)
    """Tells rows with the same key apart."""
    geldig_van = models.DateField()
    geldig_tot = models.DateField()
    """The first day on which it no longer holds."""
    zoek = models.TextField()
    """Key and name without capitals and accents."""
    inhoud = models.JSONField()
    sinds = models.BigIntegerField()
    tot = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["lijst", "sleutel", "onderscheid"],
                condition=models.Q(tot__isnull=True),
                name="stamgegeven_een",
            ),
        ]
        indexes = [models.Index(fields=["lijst", "sleutel"], name="stamgegeven_sleutel")]


class Versie(models.Model):
    """A version of all reference data: a concept until it is made active; the last one made active holds."""

    nummer = models.BigAutoField(primary_key=True)
    kenmerk = models.UUIDField(unique=True)
    """Tells it apart from a version with the same number in another database."""
    basis = models.BigIntegerField(null=True)
    """The version that was active when it was made."""
    uitgaven = models.JSONField()
    """List -> edition."""
    verschil = models.JSONField()
    """What differs from the basis, per list."""
    geraakt = models.JSONField()
    """How many records of others it touches, by kind."""
    gemaakt_op = models.DateTimeField()
    gemaakt_door = models.CharField(max_length=120)
    geactiveerd_op = models.DateTimeField(null=True)
    geactiveerd_door = models.CharField(max_length=120, blank=True)
    reden = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["-nummer"],
                condition=models.Q(geactiveerd_op__isnull=False),
                name="stamgegevens_actief",
            ),
        ]
