"""Tables of bulk changes. What is sent for a student is fixed, encrypted, before it is sent: again is the same."""

from __future__ import annotations

from django.db import models


class Toestand(models.TextChoices):
    """How far a bulk change is."""

    BEOORDELEN = "beoordelen"
    """The dry run is on its way."""
    BEOORDEELD = "beoordeeld"
    """Everybody can be seen before and after: somebody decides."""
    DOORVOEREN = "doorvoeren"
    KLAAR = "klaar"


class Uitkomst(models.TextChoices):
    """What becomes, or became, of one student."""

    WACHT = "wacht"
    GOED = "goed"
    """It would be accepted."""
    WEGGELATEN = "weggelaten"
    """It would be accepted, but somebody left it out."""
    ONGEWIJZIGD = "ongewijzigd"
    """It is registered like that already."""
    GEWEIGERD = "geweigerd"
    AANVAARD = "aanvaard"


class Bulk(models.Model):
    """One change to many enrolments of an institution."""

    id = models.UUIDField(primary_key=True)
    instelling = models.CharField(max_length=4)
    door = models.CharField(max_length=254)
    """Who asked for it: the name with which the user logs in."""
    namens = models.CharField(max_length=40)
    wijziging = models.JSONField()
    """What changes (``wijzigen.Wijziging``)."""
    toestand = models.CharField(max_length=12, choices=Toestand.choices)
    gemaakt_op = models.DateTimeField()
    begonnen_op = models.DateTimeField(null=True)
    """When it was decided on; the moment of its meldingen."""
    klaar_op = models.DateTimeField(null=True)
    aantal = models.IntegerField()
    gedaan = models.IntegerField(default=0)
    """Of how many students this round is done."""

    class Meta:
        indexes = [models.Index(fields=["instelling", "-gemaakt_op"], name="bulk_instelling")]


class Regel(models.Model):
    """One enrolment in it."""

    bulk = models.ForeignKey(Bulk, models.CASCADE)
    instelling = models.CharField(max_length=4)
    volgorde = models.IntegerField()
    persoon_id = models.BigIntegerField()
    inschrijvingvolgnummer = models.CharField(max_length=200)
    uitkomst = models.CharField(max_length=12, choices=Uitkomst.choices, default=Uitkomst.WACHT)
    voor = models.CharField(max_length=200, blank=True)
    na = models.CharField(max_length=200, blank=True)
    redenen = models.JSONField(default=list)
    """Rules and controls that refuse it."""
    geopend = models.JSONField(default=list)
    gesloten = models.JSONField(default=list)
    """Rules of the signals that it opens and closes."""
    melding = models.BinaryField(null=True)
    """What is being sent, encrypted; empty before and after."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bulk", "volgorde"], name="bulkregel_volgorde")]
