"""Tables of deliveries. The file itself lies in the database, encrypted, until it is loaded: any worker can take it."""

from __future__ import annotations

from django.db import models

from kernregister.platform.stukken import Stuk as Stuk_


class Toestand(models.TextChoices):
    """How far a delivery is: a dry run first when a person delivers it, and then for real."""

    ONTVANGST = "ontvangst"
    """It is coming in: until all of it is there, nobody sees it."""
    PROEF_WACHT = "proef-wacht"
    PROEF = "proef"
    BEOORDEELD = "beoordeeld"
    """The dry run is done, and tells what would happen: somebody decides."""
    WACHT = "wacht"
    BEZIG = "bezig"
    KLAAR = "klaar"
    ONBRUIKBAAR = "onbruikbaar"
    INGETROKKEN = "ingetrokken"
    """Not done after all, by who delivered it or because nobody decided in time; the file is gone."""


class Ronde(models.TextChoices):
    """Whether it is for real."""

    PROEF = "proef"
    ECHT = "echt"


class Levering(models.Model):
    """A file that an institution delivered."""

    id = models.UUIDField(primary_key=True)
    instelling = models.CharField(max_length=4)
    client = models.CharField(max_length=120)
    """Who delivered it: the client of the API, or the user."""
    soort = models.CharField(max_length=10)
    """``RO`` or ``NDJSON``; empty until the file was looked into."""
    naam = models.CharField(max_length=120, default="")
    """What the file is called by who delivered it, without anything that can be a number of a person."""
    vingerafdruk = models.BinaryField(null=True)
    """Keyed hash of the whole file: tells the same file again."""
    omvang = models.BigIntegerField()
    """In bytes."""
    toestand = models.CharField(max_length=12, choices=Toestand.choices)
    ontvangen_op = models.DateTimeField()
    begonnen_op = models.DateTimeField(null=True)
    """When the round that runs now, or ran last, was begun."""
    klaar_op = models.DateTimeField(null=True)
    doorgevoerd_door = models.CharField(max_length=120, default="")
    """Who decided that it is applied; empty: it was delivered to be loaded at once."""
    regels = models.BigIntegerField(null=True)
    """Lines of the file."""
    totaal = models.BigIntegerField(null=True)
    """Meldingen that it comes down to, as far as can be told beforehand."""
    gedaan = models.BigIntegerField(default=0)
    """Meldingen that this round processed so far."""
    aanvaard = models.BigIntegerField(default=0)
    geweigerd = models.BigIntegerField(default=0)
    groepen = models.JSONField(default=list)
    """Refusals by rule and kind of melding, as [kind, rule, count]."""
    proef = models.JSONField(null=True)
    """What the dry run came to (``rapport.Rapport``)."""
    proef_op = models.DateTimeField(null=True)
    proef_stand = models.BigIntegerField(null=True)
    """The last stand that the dry run knew of."""
    uitslag = models.JSONField(null=True)
    """What it came to when it was applied."""
    uitleg = models.TextField(blank=True)
    """Why the file cannot be used."""

    class Meta:
        indexes = [models.Index(fields=["instelling", "-ontvangen_op"], name="levering_instelling")]


class Stuk(Stuk_):
    """A piece of a file; gone when the file is loaded."""

    levering = models.ForeignKey(Levering, models.CASCADE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["levering", "nummer"], name="stuk_een")]


class Partij(models.Model):
    """A batch that was processed in a round: who begins again after a fall, passes it over."""

    levering = models.ForeignKey(Levering, models.CASCADE)
    ronde = models.CharField(max_length=5, choices=Ronde.choices)
    nummer = models.IntegerField()
    uitslag = models.JSONField()
    """What it came to (``rapport.Rapport``)."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["levering", "ronde", "nummer"], name="partij_een")]


class Fout(models.Model):
    """Something wrong in a file: a line that cannot be read, or a melding that was or would be refused."""

    id = models.BigAutoField(primary_key=True)
    levering = models.ForeignKey(Levering, models.CASCADE)
    ronde = models.CharField(max_length=5, choices=Ronde.choices)
    partij = models.IntegerField()
    """The batch; -1: of the file itself."""
    regel = models.BigIntegerField(default=0)
    """Line of the file, from 1; 0: not of one line."""
    soort = models.CharField(max_length=40)
    """Kind of melding, or of record."""
    code = models.CharField(max_length=40)
    """The rule or control that refuses, or what the reader calls it."""
    sleutel = models.CharField(max_length=210, default="")
    """Number of the record: inschrijvingvolgnummer, resultaatvolgnummer, ..."""
    veld = models.CharField(max_length=200, default="")
    tekst = models.TextField(default="")
    """What the reader says; of a rule the text is looked up in the language of who reads it."""
    gevolg = models.BooleanField(default=False)
    """Refused only because something before it was."""

    class Meta:
        indexes = [models.Index(fields=["levering", "ronde", "id"], name="fout_levering")]
