"""Tables of the platform."""

from __future__ import annotations

from django.db import models


class Klokstand(models.Model):
    """How far the clock of a demo was moved: one row at most."""

    id = models.SmallIntegerField(primary_key=True)
    verschil = models.DurationField()


class Passleutel(models.Model):
    """The key with which the database verifies passes, as the two blocks of a HMAC; read by the owner only."""

    id = models.SmallIntegerField(primary_key=True)
    binnen = models.BinaryField()
    buiten = models.BinaryField()
