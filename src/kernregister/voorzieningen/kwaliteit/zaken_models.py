"""Tables of what people say about a signal: notes of one institution, and the case that two institutions share.

A case is there for as long as both have an open signal of the same rule on the same person that names the other. It
belongs to exactly these two: neither DUO nor an accountant sees it, for it is their talk and not what is registered.
"""

from __future__ import annotations

from django.db import models


class Notitie(models.Model):
    """What a colleague wrote down about a signal, for colleagues only."""

    id = models.BigAutoField(primary_key=True)
    signaal_id = models.BigIntegerField(db_index=True)
    instelling = models.CharField(max_length=4)
    tekst = models.TextField()
    door = models.CharField(max_length=150)
    op = models.DateTimeField()


class Zaak(models.Model):
    """Two institutions that each have a signal on the same person because of the other."""

    id = models.BigAutoField(primary_key=True)
    persoon_id = models.BigIntegerField()
    regel = models.CharField(max_length=3)
    instelling_a = models.CharField(max_length=4)
    """The first of the two in order of code."""
    instelling_b = models.CharField(max_length=4)
    geopend_op = models.DateTimeField()
    gesloten_op = models.DateTimeField(null=True)
    """When the signal closed at one of the two."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["persoon_id", "regel", "instelling_a", "instelling_b"],
                condition=models.Q(gesloten_op__isnull=True),
                name="zaak_een_open",
            ),
            models.CheckConstraint(
                condition=models.Q(instelling_a__lt=models.F("instelling_b")), name="zaak_in_volgorde"
            ),
        ]
        indexes = [
            models.Index(fields=["instelling_a", "id"], name="zaak_a"),
            models.Index(fields=["instelling_b", "id"], name="zaak_b"),
        ]


class Standpunt(models.TextChoices):
    """What an institution says of its own registration in a case."""

    GEEN = "", "Geen"
    KLOPT = "klopt", "Ons gegeven klopt"
    HERSTELT = "herstelt", "Wij herstellen het"


class Zaakbericht(models.Model):
    """A message in a case, which may carry a standpoint. Never changed; it holds no number of a person."""

    id = models.BigAutoField(primary_key=True)
    zaak_id = models.BigIntegerField(db_index=True)
    instelling = models.CharField(max_length=4)
    """Who says it."""
    standpunt = models.CharField(max_length=8, blank=True, choices=Standpunt.choices)
    tekst = models.TextField(blank=True)
    door = models.CharField(max_length=150)
    op = models.DateTimeField()
