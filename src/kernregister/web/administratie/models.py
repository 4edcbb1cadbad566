"""Tables of the own administration: what is uploaded lies encrypted, and goes with all that came of it.

The application only reads, and only of its own institution; who writes is the apply step, after a look with the pass.
"""

from __future__ import annotations

from typing import Final

from django.db import models

from kernregister.platform.stukken import Stuk as Stuk_


class Koppeling(models.Model):
    """A translation that an institution keeps: which column is which field. A change is a next version."""

    instelling = models.CharField(max_length=4)
    naam = models.CharField(max_length=80)
    versie = models.IntegerField()
    toml = models.TextField()
    gemaakt_op = models.DateTimeField()
    gemaakt_door = models.CharField(max_length=254)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["instelling", "naam", "versie"], name="koppeling_versie_een")
        ]


class Toestand(models.TextChoices):
    """How far a comparison is."""

    ONTVANGST = "ontvangst"
    """It is coming in: until all of it is there, nobody sees it."""
    KOPPELEN = "koppelen"
    """The user says which column is which field."""
    WACHT = "wacht"
    BEZIG = "bezig"
    KLAAR = "klaar"
    ONBRUIKBAAR = "onbruikbaar"


class Vergelijking(models.Model):
    """An export beside the register: made once, kept up to date until its file is destroyed."""

    id = models.UUIDField(primary_key=True)
    instelling = models.CharField(max_length=4)
    bestand = models.CharField(max_length=120)
    """Name of the file, without numbers."""
    omvang = models.BigIntegerField()
    koppeling = models.ForeignKey(Koppeling, models.PROTECT, null=True)
    vanaf = models.DateField()
    """What ended before this day is not missed in the own administration."""
    toestand = models.CharField(max_length=12, choices=Toestand.choices)
    ontvangen_op = models.DateTimeField()
    door = models.CharField(max_length=254)
    bewaard_tot = models.DateField()
    """The first day on which the file and its differences are no longer there."""
    gedaan = models.BigIntegerField(default=0)
    totaal = models.BigIntegerField(default=0)
    stand = models.BigIntegerField(null=True)
    """The register as it was compared last."""
    bijgewerkt_op = models.DateTimeField(null=True)
    tellingen = models.JSONField(default=dict)
    opmerkingen = models.JSONField(default=list)
    """What there was to say about the file: places and causes, never a number."""
    uitleg = models.TextField(blank=True)
    """Why the file or its translation cannot be used, a line a fault."""


class Stuk(Stuk_):
    """A piece of a file."""

    vergelijking = models.ForeignKey(Vergelijking, models.CASCADE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vergelijking", "nummer"], name="admstuk_een")]


class Stap(models.TextChoices):
    """How far an assignment is."""

    PROEF_WACHT = "proef_wacht"
    PROEF = "proef"
    VOORSTEL = "voorstel"
    """The dry run is done; the user decides."""
    WACHT = "wacht"
    BEZIG = "bezig"
    KLAAR = "klaar"


class Opdracht(models.Model):
    """Differences that are to be mended together: first tried, then done."""

    id = models.UUIDField(primary_key=True)
    vergelijking = models.ForeignKey(Vergelijking, models.CASCADE)
    instelling = models.CharField(max_length=4)
    keuze = models.CharField(max_length=12)
    dag = models.DateField(null=True)
    reden = models.CharField(max_length=2, blank=True)
    toestand = models.CharField(max_length=12, choices=Stap.choices)
    moment = models.DateTimeField()
    """Stands in its meldingen: the same assignment makes the same meldingen."""
    door = models.CharField(max_length=254)
    aantal = models.IntegerField()
    gedaan = models.IntegerField(default=0)
    uitkomst = models.JSONField(default=dict)


class Afloop(models.TextChoices):
    """What became of a difference."""

    OPEN = "open"
    EIGEN = "eigen"
    """The register is right: to correct in the own administration."""
    GEWEIGERD = "geweigerd"
    """Tried, and refused: still a difference."""
    DOORGEVOERD = "doorgevoerd"
    OPGELOST = "opgelost"
    """No longer found."""


TE_DOEN: Final = (Afloop.OPEN, Afloop.GEWEIGERD, Afloop.EIGEN)
"""A difference that can still be mended here."""


class Verschil(models.Model):
    """One difference between the register and an export."""

    vergelijking = models.ForeignKey(Vergelijking, models.CASCADE)
    instelling = models.CharField(max_length=4)
    kenmerk = models.CharField(max_length=32)
    """A hash of whom and what it is about: found again, it is the same difference."""
    persoon = models.BigIntegerField(null=True)
    wie = models.CharField(max_length=32)
    """What brings the differences of one student together, also of one whom the register lacks."""
    aard = models.CharField(max_length=40)
    niveau = models.CharField(max_length=20)
    veld = models.CharField(max_length=40, blank=True)
    sleutel = models.JSONField(default=list)
    plaats = models.JSONField(default=list)
    register = models.TextField(blank=True)
    eigen = models.TextField(blank=True)
    oorzaak = models.TextField(blank=True)
    oorzaak_en = models.TextField(blank=True)
    rij = models.IntegerField()
    apart = models.BinaryField()
    """Encrypted: what names the student, and what the own administration holds of what the register lacks."""
    raakt_bekostiging = models.BooleanField(default=False)
    sluit = models.JSONField(default=list)
    """Rules whose open signal goes when the own administration is followed."""
    afloop = models.CharField(max_length=12, choices=Afloop.choices, default=Afloop.OPEN)
    afloop_op = models.DateTimeField(null=True)
    opdracht = models.ForeignKey(Opdracht, models.SET_NULL, null=True)
    antwoord = models.JSONField(default=dict)
    """What the (dry) run of the last assignment gave."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vergelijking", "kenmerk"], name="verschil_een")]
        indexes = [
            models.Index(fields=["vergelijking", "aard", "niveau", "veld", "id"], name="verschil_groep"),
            models.Index(fields=["opdracht", "wie", "id"], name="verschil_opdracht"),
        ]
