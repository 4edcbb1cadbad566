"""Tables of the accounting for a studiejaar: assurance reports, the mutatiestop, and the definitive status.

Nothing in them is overwritten: a report has steps, a setting is followed by another, and a definitive run is done once.
"""

from __future__ import annotations

from django.db import models

from kernregister.platform.stukken import Stuk


class Namens(models.TextChoices):
    """On whose behalf something was handed in or set."""

    INSTELLING = "instelling"
    ACCOUNTANT = "accountant"
    DUO = "duo"


class Assurancerapport(models.Model):
    """An assurance report (AR) on one OBO, as handed in (Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 05)."""

    id = models.UUIDField(primary_key=True)
    instelling = models.CharField(max_length=4)
    studiejaar = models.CharField(max_length=9)
    aanvraag = models.UUIDField()
    """The request of the OBO that the accountant judged."""
    obo_sha256 = models.CharField(max_length=64)
    """Of the file of that OBO: the report is about these bytes and no others."""
    obo_stand = models.BigIntegerField()
    """The stand of that OBO, which the definitive status is computed at."""
    obo_aangevraagd_op = models.DateTimeField()
    bestandsnaam = models.CharField(max_length=50)
    sha256 = models.CharField(max_length=64)
    omvang = models.BigIntegerField()
    """In bytes."""
    bladen = models.IntegerField()
    namens = models.CharField(max_length=10, choices=Namens.choices)
    client = models.CharField(max_length=120)
    door = models.CharField(max_length=60)
    ingediend_op = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["instelling", "sha256"], name="assurancerapport_een"),
        ]
        indexes = [models.Index(fields=["instelling", "studiejaar"], name="assurance_studiejaar")]


class Assurancedeel(Stuk):
    """A piece of the file of a report."""

    rapport = models.ForeignKey(Assurancerapport, models.DO_NOTHING, db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rapport", "nummer"], name="assurancedeel_een")]


class Toestand(models.TextChoices):
    """What a report is. The last step tells."""

    AANGELEVERD = "aangeleverd"
    AFGEKEURD = "afgekeurd"
    GOEDGEKEURD = "goedgekeurd"
    VERVANGEN = "vervangen"


class Assurancestap(models.Model):
    """A step of a report. Who decides on it is somebody else than who handed it in."""

    id = models.BigAutoField(primary_key=True)
    rapport = models.ForeignKey(Assurancerapport, models.DO_NOTHING)
    instelling = models.CharField(max_length=4)
    studiejaar = models.CharField(max_length=9)
    toestand = models.CharField(max_length=11, choices=Toestand.choices)
    ingediend_door = models.CharField(max_length=120)
    """The client that handed the report in."""
    client = models.CharField(max_length=120)
    door = models.CharField(max_length=60)
    reden = models.TextField(blank=True)
    vervangen_door = models.UUIDField(null=True)
    op = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(
                    toestand__in=["afgekeurd", "goedgekeurd"], client=models.F("ingediend_door")
                ),
                name="assurance_door_een_ander",
            ),
            models.UniqueConstraint(
                fields=["rapport"],
                condition=models.Q(toestand__in=["afgekeurd", "goedgekeurd"]),
                name="assurance_een_besluit",
            ),
            models.UniqueConstraint(fields=["rapport", "toestand"], name="assurance_stap_een"),
        ]
        indexes = [models.Index(fields=["instelling", "studiejaar", "-id"], name="assurance_verloop")]


class Stopsoort(models.TextChoices):
    """What a mutatiestop does with a change that it covers."""

    UIT = "uit"
    WAARSCHUWEN = "waarschuwen"
    WEIGEREN = "weigeren"


class Mutatiestop(models.Model):
    """A setting of the mutatiestop on a studiejaar; the last of those that have begun holds."""

    id = models.BigAutoField(primary_key=True)
    instelling = models.CharField(max_length=4, blank=True)
    """Empty: all institutions."""
    studiejaar = models.CharField(max_length=9)
    soort = models.CharField(max_length=11, choices=Stopsoort.choices)
    vanaf = models.DateField()
    reden = models.TextField()
    namens = models.CharField(max_length=10, choices=Namens.choices)
    client = models.CharField(max_length=120)
    door = models.CharField(max_length=60)
    op = models.DateTimeField()


class Ontheffing(models.Model):
    """The stop is lifted for a person, or for one enrolment or diploma of theirs, on an accountant's responsibility."""

    id = models.BigAutoField(primary_key=True)
    instelling = models.CharField(max_length=4)
    studiejaar = models.CharField(max_length=9)
    persoon_id = models.BigIntegerField()
    sleutel = models.CharField(max_length=20, blank=True)
    """The inschrijvingvolgnummer or resultaatvolgnummer; empty: all of the person."""
    tot = models.DateField()
    """First day on which it no longer holds."""
    reden = models.TextField()
    namens = models.CharField(max_length=10, choices=Namens.choices)
    client = models.CharField(max_length=120)
    door = models.CharField(max_length=60)
    op = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["persoon_id", "instelling"], name="ontheffing_persoon")]


class Definitieverun(models.Model):
    """The definitive status of all institutions for a bekostigingsjaar, computed once; the last that is done holds."""

    id = models.BigAutoField(primary_key=True)
    jaar = models.SmallIntegerField()
    parameters = models.CharField(max_length=64)
    """Mark of the values that it was computed with."""
    gegevens_versie = models.BigIntegerField()
    programma = models.CharField(max_length=40)
    reden = models.TextField()
    client = models.CharField(max_length=120)
    door = models.CharField(max_length=60)
    gestart_op = models.DateTimeField()
    klaar_op = models.DateTimeField(null=True)
    mislukt_op = models.DateTimeField(null=True)
    uitleg = models.TextField(null=True)
    """Why it was given up."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["jaar"],
                condition=models.Q(klaar_op__isnull=True, mislukt_op__isnull=True),
                name="definitieverun_een_tegelijk",
            )
        ]


class Definitiefgrondslag(models.Model):
    """On what an institution's definitive status rests: its approved report, and the stand of the OBO behind it."""

    run = models.ForeignKey(Definitieverun, models.DO_NOTHING)
    instelling = models.CharField(max_length=4)
    rapport = models.UUIDField()
    aanvraag = models.UUIDField()
    stand = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "instelling"], name="definitiefgrondslag_een")]


class Definitiefvoortgang(models.Model):
    """How far a run is at an institution: from there it goes on."""

    run = models.ForeignKey(Definitieverun, models.DO_NOTHING)
    instelling = models.CharField(max_length=4)
    tot_persoon = models.BigIntegerField(default=0)
    gedaan = models.BigIntegerField(default=0)
    klaar = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "instelling"], name="definitiefvoortgang_een")]


class Definitiefbesluit(models.Model):
    """What was decided definitively on what an institution registered of a person."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(Definitieverun, models.DO_NOTHING, db_index=False)
    instelling = models.CharField(max_length=4)
    persoon_id = models.BigIntegerField()
    besluit = models.JSONField()
    """A ``Bekostiging`` of this institution's own records."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "instelling", "persoon_id"], name="definitiefbesluit_een")
        ]
        indexes = [models.Index(fields=["persoon_id"], name="definitief_persoon")]


class Definitieftotaal(models.Model):
    """What the definitive decisions of an institution, or of all, come to."""

    run = models.ForeignKey(Definitieverun, models.DO_NOTHING)
    instelling = models.CharField(max_length=4, blank=True)
    """Empty: the sector, with the share of each institution."""
    totaal = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "instelling"], name="definitieftotaal_een")]
