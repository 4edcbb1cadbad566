"""Who may come in: machine clients with their scopes, and people with their roles."""

from __future__ import annotations

from django.conf import settings
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


class Roltoekenning(models.Model):
    """A role that somebody has for a kenmerk. What was given is never overwritten, only taken back."""

    id = models.BigAutoField(primary_key=True)
    gebruiker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="rollen")
    rol = models.CharField(max_length=40)
    """A role (``toegang.rollen.Rol``)."""
    kenmerk = models.CharField(max_length=6)
    """An instellingscode, ``DUO`` or ``SECTOR``."""
    studiejaar = models.CharField(max_length=9, blank=True)
    """Of an accountant: the only studiejaar that is open, as ``2025-2026``."""
    gegeven_op = models.DateTimeField()
    gegeven_door = models.CharField(max_length=150)
    """Name with which the giver logs in, or the command."""
    geldig_tot = models.DateTimeField(null=True)
    """First moment on which it no longer holds; empty: no end."""
    ingetrokken_op = models.DateTimeField(null=True)
    ingetrokken_door = models.CharField(max_length=150, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gebruiker", "rol", "kenmerk", "studiejaar"],
                condition=models.Q(ingetrokken_op=None),
                name="een_rol_staat_er_eenmaal",
            )
        ]
