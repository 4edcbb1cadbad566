"""Tables of the persons: who they are by number, who follows whom, and the built-in source of person data.

A number of a person is never stored in the clear: it is encrypted, and found by a keyed hash.
"""

from __future__ import annotations

from django.db import models


class Persoon(models.Model):
    """A person the facility knows. Holds nothing about them: that is in versions, in the register."""

    id = models.BigAutoField(primary_key=True)
    aangemaakt = models.DateTimeField()
    opgegaan_in = models.BigIntegerField(null=True)
    """The person that this one proved to be; empty: a person in its own right."""

    class Meta:
        indexes = [
            models.Index(
                fields=["opgegaan_in"],
                condition=models.Q(opgegaan_in__isnull=False),
                name="persoon_opgegaan_in",
            )
        ]


class Samenvoeging(models.Model):
    """That a person went up in another, for as long as that held; ``Persoon.opgegaan_in`` is what holds now.

    Beside it stand ``transactie`` and ``tot_transactie``, the xid8 that began and undid it.
    """

    id = models.BigAutoField(primary_key=True)
    persoon_id = models.BigIntegerField(db_index=True)
    opgegaan_in = models.BigIntegerField(db_index=True)


class Nummersoort(models.TextChoices):
    """Kinds of number of a person."""

    BSN = "bsn", "burgerservicenummer"
    OWN = "own", "onderwijsnummer"


class Nummer(models.Model):
    """A number of a person. A retired one (``vervallen_op``) still finds its person.

    Beside it stand ``transactie`` and ``vervallen_transactie``, the xid8 that recorded and retired it.
    """

    id = models.BigAutoField(primary_key=True)
    persoon_id = models.BigIntegerField(db_index=True)
    soort = models.CharField(max_length=3, choices=Nummersoort.choices)
    versleuteld = models.BinaryField()
    zoeksleutel = models.BinaryField(unique=True)
    sinds = models.DateTimeField()
    vervallen_op = models.DateTimeField(null=True)
    te_melden = models.BooleanField(default=False)
    """A burgerservicenummer found later, of which followers of the person are still to be told."""

    class Meta:
        indexes = [
            models.Index(fields=["persoon_id"], condition=models.Q(te_melden=True), name="nummer_te_melden")
        ]


class Bronpersoon(models.Model):
    """A person of the built-in source of person data: fictitious, and never seen by the application's role."""

    id = models.BigAutoField(primary_key=True)
    inhoud = models.JSONField()
    """``kern.dossier.Persoon`` as msgspec writes it, without numbers."""
    zoeknaam = models.TextField()
    geboortedatum = models.CharField(max_length=10)
    adressleutel = models.TextField(blank=True)
    """Empty for a secret address: it is not to be found by."""
    bsn_versleuteld = models.BinaryField(null=True)
    bsn_zoeksleutel = models.BinaryField(null=True, unique=True)
    own_versleuteld = models.BinaryField(null=True)
    own_zoeksleutel = models.BinaryField(null=True, unique=True)
    transactie = models.BigIntegerField()
    """The transaction that changed it last: what lies below the oldest that runs is complete, in this order."""

    class Meta:
        indexes = [
            models.Index(fields=["geboortedatum", "zoeknaam"], name="bronpersoon_naam"),
            models.Index(fields=["adressleutel", "geboortedatum"], name="bronpersoon_adres"),
            models.Index(fields=["transactie", "id"], name="bronpersoon_gewijzigd"),
        ]


class Abonnementsoort(models.TextChoices):
    """What an institution follows of a person (Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 05)."""

    PERSOONSGEGEVENS = "persoonsgegevens"
    VOOROPLEIDING = "vooropleiding"


class Doel(models.TextChoices):
    """What a subscription rests on: without such a purpose it may not be."""

    AANMELDING = "aanmelding"
    INSCHRIJVING = "inschrijving"


class Einde(models.TextChoices):
    """Why a subscription ended."""

    INSTELLING = "instelling", "de instelling zette het uit"
    TERMIJN = "termijn", "de termijn verstreek"
    DOEL = "doel", "het doel verviel"
    VERVANGEN = "vervangen", "een nieuw abonnement nam de plaats in"
    EENMALIG = "eenmalig", "er was om gevraagd voor een keer"


class Abonnement(models.Model):
    """That an institution follows a person. A row is closed once and changes in no other way."""

    id = models.BigAutoField(primary_key=True)
    persoon_id = models.BigIntegerField()
    instelling = models.CharField(max_length=4)
    soort = models.CharField(max_length=16, choices=Abonnementsoort.choices)
    eenmalig = models.BooleanField(default=False)
    doel = models.CharField(max_length=12, choices=Doel.choices)
    referentie = models.CharField(max_length=80, blank=True)
    """The institution's own reference of the application or the enrolment."""
    begin = models.DateField()
    loopt_tot = models.DateField()
    """First day on which it no longer holds, when nothing ends it before."""
    gezet_op = models.DateTimeField()
    beeindigd_op = models.DateTimeField(null=True)
    einde = models.CharField(max_length=10, choices=Einde.choices, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["persoon_id", "soort", "instelling"],
                condition=models.Q(beeindigd_op__isnull=True),
                name="abonnement_een_loopt",
            ),
        ]
        indexes = [
            models.Index(
                fields=["loopt_tot"], condition=models.Q(beeindigd_op__isnull=True), name="abonnement_verloop"
            ),
            models.Index(fields=["instelling", "persoon_id"], name="abonnement_instelling"),
        ]
