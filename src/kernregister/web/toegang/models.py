"""The table of connections: what binds an OAuth2 client to a kind of pass, a key and scopes."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Aansluiting(models.Model):
    """A machine client of the API: on whose behalf it asks, and what it may.

    The secret lives, hashed, with the OAuth2 client of the same id.
    """

    client_id = models.CharField(primary_key=True, max_length=100)
    naam = models.CharField(max_length=100)
    """Whose product it is, for people who look at the list."""
    pas_soort = models.CharField(max_length=20)
    """A kind of pass (``platform.pas.Soort``)."""
    sleutel = models.CharField(max_length=40, blank=True)
    """The key that goes with the kind: an instellingscode, ..."""
    extra = models.CharField(max_length=40, blank=True)
    """What narrows it: the studiejaar of an accountant."""
    rechten = ArrayField(models.CharField(max_length=40))
    """Scopes (``platform.rechten.Recht``)."""
    gemaakt_op = models.DateTimeField()
    geldig_tot = models.DateTimeField(null=True)
    """First moment on which it no longer holds; empty: no end."""
    ingetrokken_op = models.DateTimeField(null=True)
