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


class Nummersoort(models.TextChoices):
    """Kinds of number of a person."""

    BSN = "bsn", "burgerservicenummer"
    OWN = "own", "onderwijsnummer"


class Nummer(models.Model):
    """A number of a person. A retired one (``vervallen_op``) still finds its person."""

    id = models.BigAutoField(primary_key=True)
    persoon_id = models.BigIntegerField(db_index=True)
    soort = models.CharField(max_length=3, choices=Nummersoort.choices)
    versleuteld = models.BinaryField()
    zoeksleutel = models.BinaryField(unique=True)
    sinds = models.DateTimeField()
    vervallen_op = models.DateTimeField(null=True)
