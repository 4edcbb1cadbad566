"""Tables of deliveries. The file itself lies in the database, encrypted, until it is loaded: any worker can take it."""

from __future__ import annotations

from django.db import models


class Toestand(models.TextChoices):
    """How far a delivery is."""

    WACHT = "wacht"
    BEZIG = "bezig"
    KLAAR = "klaar"
    ONBRUIKBAAR = "onbruikbaar"


class Levering(models.Model):
    """A file that an institution delivered."""

    id = models.UUIDField(primary_key=True)
    instelling = models.CharField(max_length=4)
    client = models.CharField(max_length=120)
    soort = models.CharField(max_length=10)
    omvang = models.BigIntegerField()
    """In bytes."""
    toestand = models.CharField(max_length=12, choices=Toestand.choices)
    ontvangen_op = models.DateTimeField()
    klaar_op = models.DateTimeField(null=True)
    gedaan = models.BigIntegerField(default=0)
    """Meldingen that were processed so far."""
    aanvaard = models.BigIntegerField(default=0)
    groepen = models.JSONField(default=list)
    """Refusals by rule and kind of melding, as [kind, rule, count]."""
    uitleg = models.TextField(blank=True)
    """Why the file cannot be used."""


class Stuk(models.Model):
    """A piece of a file, encrypted; gone when the file is loaded."""

    levering = models.ForeignKey(Levering, models.CASCADE)
    nummer = models.IntegerField()
    inhoud = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["levering", "nummer"], name="stuk_een")]
