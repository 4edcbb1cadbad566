"""Tables of the register: the journal of meldingen, the stand numbers, and the versions that the meldingen made.

Nothing here is ever overwritten: a journal row never changes, a version is only closed. Foreign keys between these
tables are not checked by the database: one writer fills them in one transaction, and the checks cost a fifth of bulk.
"""

from __future__ import annotations

from django.contrib.postgres.indexes import BrinIndex
from django.db import models


class Melding(models.Model):
    """One melding as it came in, with its answer. Holds no number of a person in the clear."""

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField()
    """Given by the sender, and unique among the sender's own."""
    soort = models.TextField()
    afzender = models.TextField()
    """Instellingscode of the sender, or the name of a source (BRP, VO, HO, STEL: the facility itself)."""
    moment = models.DateTimeField()
    """The moment of sending, as the sender says."""
    ontvangen_op = models.DateTimeField()
    client = models.TextField()
    """Who delivered it: the client of the API, or the user."""
    persoon_id = models.BigIntegerField(null=True)
    inhoud = models.JSONField()
    """The melding without numbers of persons."""
    vertrouwelijk = models.BinaryField(null=True)
    """What is left out of ``inhoud``, encrypted: numbers of persons, extra ondersteuning, verblijfstitels."""
    vingerafdruk = models.BinaryField()
    """Keyed hash of the whole content: tells the same melding from another with the same UUID."""
    aanvaard = models.BooleanField()
    antwoord = models.JSONField()
    """The terugkoppeling, without numbers of persons. Beside it stands ``transactie``, the xid8 that wrote the row."""
    levering = models.UUIDField(null=True)
    """The delivery of a file that it came in with; empty: it came by itself."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["uuid", "afzender"], name="melding_van_afzender")]
        indexes = [
            models.Index(fields=["afzender", "-id"], name="melding_afzender"),
            models.Index(fields=["persoon_id", "-id"], name="melding_persoon"),
            models.Index(
                fields=["levering", "-id"],
                condition=models.Q(levering__isnull=False),
                name="melding_levering",
            ),
            BrinIndex(fields=["ontvangen_op"], name="melding_dag", pages_per_range=16),
        ]


class Geweigerd(models.Model):
    """A refused melding of an institution on the work list, until it is mended or set aside."""

    melding = models.OneToOneField(Melding, models.CASCADE, primary_key=True, db_constraint=False)
    afzender = models.TextField()
    soort = models.TextField()
    oorzaak = models.TextField()
    """The ids of what refused it, in order, with spaces between: refusals with the same cause are one group."""
    sleutel = models.BinaryField()
    """Keyed hash of the record that the melding is about."""
    ouder = models.BinaryField(null=True)
    """That of the record which was missing, when that is what refused it."""
    persoon_id = models.BigIntegerField(null=True)
    ontvangen_op = models.DateTimeField()
    afgedaan_op = models.DateTimeField(null=True)
    """Empty: it waits for somebody to mend it."""
    door_melding = models.BigIntegerField(null=True)
    """The melding that mended it."""
    door = models.TextField()
    """Who set it aside; empty otherwise."""
    reden = models.TextField()

    class Meta:
        indexes = [
            models.Index(
                fields=["afzender", "sleutel"],
                condition=models.Q(afgedaan_op__isnull=True),
                name="geweigerd_record",
            ),
            models.Index(
                fields=["afzender", "soort", "oorzaak", "-melding"],
                condition=models.Q(afgedaan_op__isnull=True),
                name="geweigerd_open",
            ),
            models.Index(fields=["persoon_id"], name="geweigerd_persoon"),
            models.Index(fields=["door_melding"], name="geweigerd_hersteld"),
        ]


class Stand(models.Model):
    """A stand number: the place of an applied melding in the one order that everybody sees alike (ADR 0018).

    Handed out after the commit, under the oldest running transaction, so nothing can ever appear before a number that
    was already seen. ``moment`` never decreases with ``nummer``.
    """

    nummer = models.BigAutoField(primary_key=True)
    melding = models.OneToOneField(Melding, models.DO_NOTHING, db_constraint=False)
    moment = models.DateTimeField(db_index=True)


class Standgrens(models.Model):
    """Up to which transaction meldingen have their stand number: one row. Its column ``tot`` is an xid8."""

    id = models.SmallIntegerField(primary_key=True)


class Aggregaat(models.TextChoices):
    """Kinds of aggregate: each is registered, corrected and deleted as a whole."""

    PERSOON = "persoon"
    INSCHRIJVING = "inschrijving"
    DIPLOMA = "diploma"
    RESULTAAT = "resultaat"
    DEELNAME = "deelname"
    VOOROPLEIDING = "vooropleiding"


class Versie(models.Model):
    """One immutable version of one aggregate: the person's own data, an enrolment with its children, a result, ..."""

    id = models.BigAutoField(primary_key=True)
    persoon_id = models.BigIntegerField()
    soort = models.TextField(choices=Aggregaat.choices)
    instelling = models.TextField(blank=True)
    """Instellingscode of the owner; empty for the person's own data."""
    sleutel = models.TextField(blank=True)
    """Key within person, kind and owner: the inschrijvingvolgnummer, the resultaatvolgnummer, ..."""
    datum_begin = models.DateField(null=True)
    datum_eind = models.DateField(null=True)
    """Last day, when known: what holds in reality, beside what is registered when."""
    opleidingcode = models.TextField(blank=True)
    inhoud = models.JSONField()
    """The aggregate as msgspec writes it (array-like), without numbers and without special data."""
    schema = models.SmallIntegerField()
    """Number of the form of ``inhoud``."""
    melding_van = models.BigIntegerField()
    melding_tot = models.BigIntegerField(null=True)
    """The melding that replaced or removed it; empty: it holds."""
    geregistreerd_op = models.DateTimeField()
    vervallen_op = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["persoon_id", "soort", "instelling", "sleutel"],
                condition=models.Q(melding_tot__isnull=True),
                name="versie_een_geldt",
            ),
        ]
        indexes = [
            models.Index(fields=["persoon_id"], name="versie_persoon"),
            models.Index(
                fields=["instelling", "soort", "persoon_id"],
                condition=models.Q(melding_tot__isnull=True),
                name="versie_geldt",
            ),
            models.Index(fields=["melding_van"], name="versie_van"),
            models.Index(
                fields=["melding_tot"], condition=models.Q(melding_tot__isnull=False), name="versie_tot"
            ),
        ]


class BijzonderDeel(models.Model):
    """The part of a version that is readable only with a scope of its own: extra ondersteuning, verblijfstitels."""

    versie_id = models.BigIntegerField()
    soort = models.TextField()
    """``ondersteuning`` or ``verblijf``: a kind of special data of the pass."""
    persoon_id = models.BigIntegerField(db_index=True)
    instelling = models.TextField(blank=True)
    inhoud = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["versie_id", "soort"], name="bijzonder_een")]


class Betrokkenheid(models.Model):
    """An institution that has to do with a person, with its own student number beside the numbers of the person."""

    persoon_id = models.BigIntegerField()
    instelling = models.TextField()
    studentnummer = models.TextField(blank=True)
    sinds = models.BigIntegerField()
    """The melding by which it began."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["instelling", "persoon_id"], name="betrokkenheid_een")]
        indexes = [models.Index(fields=["persoon_id"], name="betrokkenheid_persoon")]


class BeeindigdeBetrokkenheid(models.Model):
    """An involvement that ended because the institution went up in another, or the records went to another person.

    Kept so that it can be undone; only the facility itself reads it.
    """

    persoon_id = models.BigIntegerField(db_index=True)
    instelling = models.TextField()
    studentnummer = models.TextField(blank=True)
    sinds = models.BigIntegerField()
    tot = models.BigIntegerField(db_index=True)
    """The melding by which it ended."""


class Regelinstelling(models.Model):
    """What this register decided about a rule: another stage of life, from a day on, with the reason on record."""

    regel = models.CharField(max_length=3)
    fase = models.TextField()
    vanaf = models.DateField()
    reden = models.TextField()
    duo_code = models.CharField(max_length=60, blank=True)
    door = models.CharField(max_length=120)
    vastgelegd_op = models.DateTimeField()


class Uitbakbericht(models.Model):
    """That an institution is to be told something of a person, and by which melding; never what.

    Beside it stands ``transactie``, the xid8 that wrote the row: with ``melding_id`` it gives the order of the stand.
    """

    id = models.BigAutoField(primary_key=True)
    melding_id = models.BigIntegerField()
    persoon_id = models.BigIntegerField(db_index=True)
    instelling = models.TextField()
    soort = models.TextField()
    """``VerstrekkenPersoonsgegevens`` or ``AanleverenVooropleiding``."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["melding_id", "persoon_id", "instelling", "soort"], name="uitbak_een_keer"
            )
        ]


class Bronstand(models.Model):
    """Up to where the source of person data was asked what changed: one row. What ``tot`` means the source knows."""

    id = models.SmallIntegerField(primary_key=True)
    tot = models.TextField()


class Vernietiging(models.Model):
    """That data of a kind were destroyed because their term had passed: counts, and nobody's name or number."""

    id = models.BigAutoField(primary_key=True)
    soort = models.TextField()
    """The kind of data: a name of ``bewaartermijnen.toml``."""
    peildatum = models.DateField()
    aanvrager = models.CharField(max_length=120)
    goedkeurder = models.CharField(max_length=120)
    reden = models.TextField()
    begonnen_op = models.DateTimeField()
    klaar_op = models.DateTimeField(null=True)
    """Empty: it was broken off; another one does the rest."""
    aantal = models.BigIntegerField(null=True)
    personen = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(aanvrager=models.F("goedkeurder")), name="vernietiging_door_een_ander"
            )
        ]


class Samenvoegvoorstel(models.Model):
    """Two persons that prove to be one: the number of one turned up with the other.

    Open until they are merged, or until somebody finds that they are two after all.
    """

    id = models.BigAutoField(primary_key=True)
    een = models.BigIntegerField()
    """Who is to stay: the source knows them by the burgerservicenummer."""
    ander = models.BigIntegerField(db_index=True)
    sinds = models.DateTimeField()
    afgewezen_op = models.DateTimeField(null=True)
    afgewezen_door = models.TextField(default="")
    reden = models.TextField(default="")
    """Why they are two persons after all."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["een", "ander"], name="voorstel_een_keer")]


class Misidentificatie(models.Model):
    """How often an institution identified a number wrongly on a day. The number stands here as a keyed hash."""

    zoeksleutel = models.BinaryField()
    instelling = models.TextField()
    dag = models.DateField()
    aantal = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["zoeksleutel", "instelling", "dag"], name="misidentificatie_een")
        ]
