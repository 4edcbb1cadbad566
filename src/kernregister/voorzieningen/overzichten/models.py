"""Tables of the overviews: what was asked, on what it rests, and the files that came of it, encrypted.

A request that is done never changes again. The files go when their term has passed; the request with the hashes stays.
"""

from __future__ import annotations

from django.db import models

from kernregister.platform.stukken import Stuk


class Toestand(models.TextChoices):
    """How far a request is."""

    WACHT = "wacht"
    BEZIG = "bezig"
    KLAAR = "klaar"
    MISLUKT = "mislukt"


ONDERWEG = [Toestand.WACHT.value, Toestand.BEZIG.value]
"""A request that is still to give a result."""


class Aanvraag(models.Model):
    """A request for an overview (Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 09 and 12)."""

    id = models.UUIDField(primary_key=True)
    soort = models.CharField(max_length=20)
    """A name of ``soorten``."""
    instelling = models.CharField(max_length=4)
    begin = models.DateField(null=True)
    einde = models.DateField(null=True)
    """Last day of the selection period."""
    studiejaar = models.CharField(max_length=9, blank=True)
    """As ``2025-2026``; empty: none."""
    bekostigingsjaar = models.IntegerField(null=True)
    extra = models.JSONField(default=dict)
    """What else the kind asks for."""
    peilmoment = models.DateTimeField()
    """The moment as known at which it is: that of asking, unless another was asked for."""
    kenmerk = models.UUIDField(null=True)
    """The name that who asked gave the request: the same one again is the same request."""
    wens = models.CharField(max_length=64)
    """Hash of what was asked: tells the same request again from another of the same name."""
    client = models.CharField(max_length=120)
    aangevraagd_op = models.DateTimeField()
    beschikbaar_op = models.DateTimeField()
    """Not before this moment: later than the request only where the policy says so."""
    stand = models.BigIntegerField(null=True)
    """The stand number it is made at; empty as long as changes of the same day still count."""
    grondslag = models.JSONField(default=dict)
    """Versions of reference data, rules, parameters and program that it rests on."""
    gegevens_versie = models.BigIntegerField(null=True)
    toestand = models.CharField(max_length=8, choices=Toestand.choices)
    gedaan = models.BigIntegerField(default=0)
    totaal = models.BigIntegerField(null=True)
    klaar_op = models.DateTimeField(null=True)
    uitleg = models.TextField(blank=True)
    """Why it failed, in words for who asked."""
    slot = models.CharField(max_length=40, blank=True)
    """Of what there is one at a time within institution and kind."""
    dag = models.DateField(null=True)
    """The day that it counts for, where the policy allows one a day."""
    bijzonder = models.JSONField(default=list)
    """Kinds of special data that its files hold: they open only with those scopes."""
    accountant = models.BooleanField(default=False)
    """The institution's accountant of the studiejaar may read it."""
    bewaard_tot = models.DateField(null=True)
    """First day on which the files are no longer kept."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["instelling", "soort", "slot"],
                condition=models.Q(toestand__in=ONDERWEG),
                name="aanvraag_een_onderweg",
            ),
            models.UniqueConstraint(
                fields=["instelling", "soort", "dag"],
                condition=~models.Q(toestand="mislukt"),
                name="aanvraag_een_per_dag",
            ),
            models.UniqueConstraint(fields=["instelling", "kenmerk"], name="aanvraag_een_kenmerk"),
        ]
        indexes = [
            models.Index(fields=["instelling", "-aangevraagd_op"], name="aanvraag_instelling"),
            models.Index(
                fields=["bewaard_tot"], condition=models.Q(bewaard_tot__isnull=False), name="aanvraag_bewaard"
            ),
        ]


class Bestand(models.Model):
    """A file of a request. ``sha256`` is that of what is fetched."""

    id = models.BigAutoField(primary_key=True)
    aanvraag = models.ForeignKey(Aanvraag, models.DO_NOTHING)
    naam = models.CharField(max_length=80)
    media = models.CharField(max_length=80)
    omvang = models.BigIntegerField()
    """In bytes."""
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["aanvraag", "naam"], name="overzichtbestand_een")]


class Deel(Stuk):
    """A piece of a file."""

    bestand = models.ForeignKey(Bestand, models.DO_NOTHING, db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bestand", "nummer"], name="overzichtdeel_een")]
