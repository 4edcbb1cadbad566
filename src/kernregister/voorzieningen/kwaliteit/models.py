"""Tables of the signals: what is found, how long it stood, what was decided about it, and what was counted.

A row of a signal never changes, except that it is closed once. A signal that comes back is a new row. No number of a
person is kept here: rows carry ``persoon_id``, and the numbers are put in when somebody reads who may see them.
"""

from __future__ import annotations

from django.db import models

import kernregister.voorzieningen.kwaliteit.telblad_models
import kernregister.voorzieningen.kwaliteit.zaken_models  # noqa: F401 - the tables of notes and shared cases


class Signaal(models.Model):
    """A finding on one record of one institution, for as long as it stood (ADR 0020)."""

    id = models.BigAutoField(primary_key=True)
    persoon_id = models.BigIntegerField()
    instelling = models.CharField(max_length=4)
    """Whose list it is on: the owner of the record."""
    regel = models.CharField(max_length=3)
    sleutel = models.JSONField()
    """Key of the record, without the number of the person."""
    op_onderwijsnummer = models.BooleanField()
    """The record is known by the onderwijsnummer, also when a burgerservicenummer is."""
    vingerafdruk = models.BinaryField()
    """Hash of all that makes this finding the one it is: rule, record, interval and values."""
    van = models.DateField()
    tot = models.DateField()
    """The peildata on which it is true, half-open."""
    teldatum = models.DateField(null=True)
    """The counting date it was judged on, for rules that are judged on one."""
    waarden = models.JSONField()
    """The values that show it, as pairs of name and value: a JSON object would not keep their order."""
    bijzonder = models.CharField(max_length=13, blank=True)
    """Kind of special data that it tells of; then it is readable only with that scope."""
    schaduw = models.BooleanField()
    """The rule runs in the shadow: counted, and shown to nobody."""
    sinds = models.DateField()
    """Day on which this rule first stood on this record without a break, whatever its values were."""
    geopend_op = models.DateTimeField()
    geopend_dag = models.DateField()
    geopend_door = models.BigIntegerField(null=True)
    """The melding that opened it; empty when no melding did."""
    geopend_reden = models.CharField(max_length=200, blank=True)
    """What opened it when no melding did: ``kalender``, or which change of reference data, rules or software."""
    gesloten_op = models.DateTimeField(null=True)
    gesloten_dag = models.DateField(null=True)
    gesloten_door = models.BigIntegerField(null=True)
    gesloten_reden = models.CharField(max_length=200, null=True)
    vervangen = models.BooleanField(null=True)
    """Closed because the same rule stands on the same record with other values, in a row of its own."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["persoon_id", "regel", "vingerafdruk"],
                condition=models.Q(gesloten_op__isnull=True),
                name="signaal_een_open",
            ),
        ]
        indexes = [
            models.Index(
                fields=["instelling", "id"], condition=models.Q(gesloten_op__isnull=True), name="signaal_open"
            ),
            models.Index(fields=["instelling", "geopend_dag"], name="signaal_geopend"),
            models.Index(fields=["instelling", "gesloten_dag"], name="signaal_gesloten"),
            models.Index(fields=["persoon_id"], name="signaal_persoon"),
        ]


class Grondslag(models.Model):
    """With what signals were judged: reference data, rules and software. One row for each combination that was."""

    id = models.AutoField(primary_key=True)
    kenmerk = models.BinaryField(unique=True)
    gegevens_versie = models.BigIntegerField()
    regels = models.JSONField()
    """Rule -> stage of life."""
    programma = models.CharField(max_length=40)
    sinds = models.DateTimeField()


class Kantelmoment(models.Model):
    """Until when the signals of a person hold by themselves, and with what they were judged."""

    persoon_id = models.BigIntegerField(primary_key=True)
    dag = models.DateField(db_index=True)
    """First day on which they may differ; no later than the next 1 August, when the control window moves."""
    grondslag = models.IntegerField()


class Toewijzing(models.Model):
    """A signal was given to a colleague to solve. The last one holds."""

    id = models.BigAutoField(primary_key=True)
    signaal_id = models.BigIntegerField(db_index=True)
    instelling = models.CharField(max_length=4)
    aan = models.CharField(max_length=120, blank=True)
    """Empty: given to nobody any more."""
    door = models.CharField(max_length=120)
    op = models.DateTimeField()


class Stap(models.TextChoices):
    """What happens to a request to waive a signal."""

    VERZOEK = "verzoek"
    AKKOORD = "akkoord"
    AFWIJZING = "afwijzing"
    INTREKKING = "intrekking"


class Afzien(models.Model):
    """A step in waiving a signal. A request holds after the approval of another, until its day or a withdrawal."""

    id = models.BigAutoField(primary_key=True)
    signaal_id = models.BigIntegerField(db_index=True)
    instelling = models.CharField(max_length=4)
    stap = models.CharField(max_length=10, choices=Stap.choices)
    verzoek_id = models.BigIntegerField(null=True)
    """The request that this step answers; empty for the request itself."""
    aanvrager = models.CharField(max_length=120)
    """Who made the request."""
    door = models.CharField(max_length=120)
    """Who took this step."""
    reden = models.TextField()
    tot = models.DateField()
    """First day on which the waiver no longer holds."""
    op = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(stap="akkoord", aanvrager=models.F("door")), name="afzien_door_een_ander"
            ),
            models.UniqueConstraint(
                fields=["verzoek_id"],
                condition=models.Q(stap__in=["akkoord", "afwijzing"]),
                name="afzien_een_besluit",
            ),
        ]


class Rooster(models.Model):
    """On which day of the week the figures of all institutions are placed. The last row holds."""

    id = models.AutoField(primary_key=True)
    weekdag = models.SmallIntegerField()
    """1 is Monday, 7 is Sunday (ISO 8601); 0: never."""
    door = models.CharField(max_length=120)
    op = models.DateTimeField()


class Cijferstand(models.Model):
    """The figures of one institution, counted once and kept (Handleiding h. 06: the weekly dashboard)."""

    id = models.BigAutoField(primary_key=True)
    instelling = models.CharField(max_length=4)
    studiejaar = models.CharField(max_length=9)
    stand_per = models.DateField()
    """The day of counting; the data run up to and including the day before it."""
    stand = models.BigIntegerField()
    """The last stand number that is in it."""
    gegevens_versie = models.BigIntegerField()
    niet_beoordeeld = models.JSONField()
    """Rules that could not be judged -> what was missing."""
    cellen = models.JSONField()
    """The lower block: rows of block, row, column and count."""
    totalen = models.JSONField()
    geplaatst_op = models.DateTimeField(null=True)
    """Empty: counted because somebody asked, and not (yet) placed for the institution."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["instelling", "studiejaar", "stand_per"], name="cijferstand_een")
        ]


class Telling(models.Model):
    """How many signals of a rule a placed dashboard counts."""

    cijferstand_id = models.BigIntegerField()
    instelling = models.CharField(max_length=4)
    stand_per = models.DateField()
    regel = models.CharField(max_length=3)
    kolom = models.CharField(max_length=4, blank=True)
    """``1-10`` or ``1-2`` for a count on one teldatum; empty for the rule as a whole."""
    aantal = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cijferstand_id", "regel", "kolom"], name="telling_een")
        ]
        indexes = [models.Index(fields=["instelling", "stand_per"], name="telling_instelling")]


class Sweep(models.Model):
    """A change that is tried out on all dossiers before it becomes active: what would open, and what would close."""

    id = models.BigAutoField(primary_key=True)
    gegevens_versie = models.BigIntegerField(null=True)
    """The concept version of the reference data; empty: those that are active."""
    regels = models.JSONField()
    """Rule -> the stage it is to get; empty: the rules as they are."""
    peildatum = models.DateField()
    door = models.CharField(max_length=120)
    gestart_op = models.DateTimeField()
    totaal = models.BigIntegerField()
    """Dossiers to look at."""
    gedaan = models.BigIntegerField(default=0)
    tot_persoon = models.BigIntegerField(default=0)
    """The last person that was looked at: from there it goes on."""
    klaar_op = models.DateTimeField(null=True)


class Sweepgevolg(models.Model):
    """What a change would do to the signals of one rule at one institution."""

    sweep_id = models.BigIntegerField()
    regel = models.CharField(max_length=3)
    instelling = models.CharField(max_length=4)
    geopend = models.BigIntegerField()
    gesloten = models.BigIntegerField()
    personen = models.BigIntegerField()
    voorbeelden = models.JSONField()
    """A few records with what would happen: the key without a number, and ``geopend`` or ``gesloten``."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sweep_id", "regel", "instelling"], name="sweepgevolg_een")
        ]
