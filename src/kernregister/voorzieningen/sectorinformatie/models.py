"""Table of sector information: what was asked, on what it rests, and the file. It holds counts and nobody's data."""

from __future__ import annotations

from django.db import models


class Toestand(models.TextChoices):
    """How far it is."""

    WACHT = "wacht"
    BEZIG = "bezig"
    KLAAR = "klaar"
    MISLUKT = "mislukt"


class Levering(models.Model):
    """Sector information of a studiejaar, as known at a stand. What was made once is not made again."""

    id = models.UUIDField(primary_key=True)
    studiejaar = models.CharField(max_length=9)
    stand_per = models.DateField()
    """The day of counting; data up to and including the day before."""
    stand = models.BigIntegerField()
    gegevens_versie = models.BigIntegerField()
    grondslag = models.JSONField(default=dict)
    """Versions of parameters and program that it rests on, and the threshold."""
    client = models.CharField(max_length=120)
    aangevraagd_op = models.DateTimeField()
    toestand = models.CharField(max_length=8, choices=Toestand.choices)
    gedaan = models.BigIntegerField(default=0)
    """Dossiers that were counted so far."""
    klaar_op = models.DateTimeField(null=True)
    uitleg = models.TextField(blank=True)
    """Why it failed, in words for who asked."""
    sha256 = models.CharField(max_length=64, blank=True)
    inhoud = models.BinaryField(null=True)
    """The zip."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["studiejaar", "stand", "stand_per", "gegevens_versie", "grondslag"],
                condition=~models.Q(toestand="mislukt"),
                name="sectorlevering_een",
            )
        ]
