"""Tables of funding: what each enrolment on a teldatum and each diploma counts for, and since and until what.

A row never changes, except that it is closed once (ADR 0026). No number of a person is kept here: rows carry
``persoon_id``. Beside ``geopend_door`` and ``gesloten_door`` stand ``transactie_van`` and ``transactie_tot``, the xid8
that opened and closed the row: with the melding they give the order of the stand.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

import kernregister.voorzieningen.bekostigen.assurance_models  # noqa: F401 - the tables of the accounting


class Status(models.Model):
    """What an enrolment on a teldatum, or a diploma, counts for in a funding year, for as long as it stood."""

    id = models.BigAutoField(primary_key=True)
    persoon_id = models.BigIntegerField()
    jaar = models.SmallIntegerField()
    """The bekostigingsjaar T."""
    soort = models.TextField()
    """``inschrijving`` or ``diploma``."""
    instelling = models.TextField()
    sleutel = models.TextField()
    """The inschrijvingvolgnummer or resultaatvolgnummer."""
    teldatum = models.DateField(null=True)
    """Of an enrolment only."""
    datum_behaald = models.DateField(null=True)
    """Of a diploma only."""
    status = models.BooleanField()
    voor_correctiefactor = models.BooleanField()
    bijdrage = models.DecimalField(max_digits=15, decimal_places=6, null=True)
    """To the deelnemerswaarde or diplomawaarde; empty: it cannot be told."""
    mogelijk = models.DecimalField(max_digits=15, decimal_places=6, null=True)
    """What an enrolment would contribute if nothing failed: factor times prijsfactor."""
    opleidingcode = models.TextField()
    niveau = models.TextField(null=True)
    leertraject = models.TextField(blank=True)
    specialist = models.BooleanField(null=True)
    """Of a diploma only."""
    leeftijd = models.SmallIntegerField(null=True)
    """On 1 August of the studiejaar."""
    onderwijsaanbieder = models.TextField(null=True)
    onderwijslocatie = models.TextField(null=True)
    na_gepland_einde = models.BooleanField()
    """The teldatum lies after the planned end of the enrolment."""
    faalt = ArrayField(models.TextField())
    """Codes of the reasons for which it does not count, in the order of the decision."""
    onbekend = ArrayField(models.TextField())
    """Codes of what could not be judged for lack of data."""
    grondslag = models.IntegerField()
    """With what it was decided: the `Grondslag` that held when it began."""
    geopend_op = models.DateTimeField()
    geopend_door = models.BigIntegerField(null=True)
    """The melding that made it so; empty when no melding did."""
    geopend_reden = models.CharField(max_length=300, blank=True)
    """What made it so when no melding did: which change of reference data, parameters, open years or software."""
    gesloten_op = models.DateTimeField(null=True)
    gesloten_door = models.BigIntegerField(null=True)
    gesloten_reden = models.CharField(max_length=300, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["persoon_id", "jaar", "soort", "instelling", "sleutel", "teldatum"],
                condition=models.Q(gesloten_op__isnull=True),
                nulls_distinct=False,
                name="status_een_open",
            ),
        ]
        indexes = [
            models.Index(
                fields=["instelling", "jaar", "id"],
                condition=models.Q(gesloten_op__isnull=True),
                name="status_open",
            ),
            models.Index(fields=["instelling", "jaar"], name="status_ooit"),
            models.Index(fields=["persoon_id"], name="status_persoon"),
        ]


class Grondslag(models.Model):
    """With what funding was decided, and how far everybody was brought up to date with it; the last row holds."""

    id = models.AutoField(primary_key=True)
    kenmerk = models.BinaryField()
    gegevens_versie = models.BigIntegerField()
    parameters = models.JSONField()
    """Bekostigingsjaar -> the mark of its parameters. Its years are those that are kept up to date."""
    programma = models.CharField(max_length=40)
    reden = models.CharField(max_length=300)
    """In words what differs from the one before."""
    sinds = models.DateTimeField()
    tot_persoon = models.BigIntegerField(default=0)
    """The last person that was brought up to date: from there it goes on."""
    klaar_op = models.DateTimeField(null=True)


class Terugmelding(models.Model):
    """Whether an institution is told of changes in its provisional funding that others caused. The last row holds."""

    id = models.BigAutoField(primary_key=True)
    instelling = models.TextField()
    aan = models.BooleanField()
    door = models.CharField(max_length=120)
    op = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["instelling", "-id"], name="terugmelding_instelling")]


class Overzichtmoment(models.Model):
    """A day on which the TBG overview of every funded institution was asked for (Handleiding h. 05)."""

    dag = models.DateField(primary_key=True)
    aantal = models.IntegerField()
    op = models.DateTimeField()
