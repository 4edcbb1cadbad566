"""Tables of the platform."""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
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


class Auditregel(models.Model):
    """Somebody changed or was refused something. Only added to; names no person it is about by number."""

    id = models.BigAutoField(primary_key=True)
    moment = models.DateTimeField()
    door = models.CharField(max_length=120)
    """The client of the API, or the user."""
    namens = models.CharField(max_length=20, blank=True)
    """The key of the pass: for an institution its code; empty where somebody acts for the register itself."""
    handeling = models.CharField(max_length=60)
    object_soort = models.CharField(max_length=40)
    object_sleutel = models.CharField(max_length=80, blank=True)
    details = models.JSONField(encoder=DjangoJSONEncoder)
    trace_id = models.CharField(max_length=32)

    class Meta:
        indexes = [
            models.Index(fields=["namens", "-id"], name="audit_namens"),
            models.Index(fields=["object_soort", "object_sleutel"], name="audit_object"),
            models.Index(fields=["trace_id"], name="audit_trace"),
        ]


class Verwerking(models.Model):
    """One processing of the data of one person, with the fields of the standard Logboek Dataverwerkingen.

    The fields keep the standard's own names. Who sat at the keyboard is not in it, on purpose: that is in the audit
    trail, found by ``trace_id``.
    """

    id = models.BigAutoField(primary_key=True)
    trace_id = models.CharField(max_length=32)
    span_id = models.CharField(max_length=16)
    parent_span_id = models.CharField(max_length=16, blank=True)
    status_code = models.SmallIntegerField()
    name = models.CharField(max_length=60)
    start_time = models.DateTimeField()
    end_time = models.DateTimeField()
    processing_activity_id = models.CharField(max_length=80)
    data_subject_id = models.CharField(max_length=64)
    """Pseudonym of the person: keyed, so that the log alone names nobody."""
    data_subject_id_type = models.CharField(max_length=20)
    namens = models.CharField(max_length=20, blank=True)
    """On whose behalf: the key of the pass, such as the code of an institution; empty: the register itself."""
    client = models.CharField(max_length=120)
    """The system that did it: a client of the API, or a part of the register."""

    class Meta:
        indexes = [
            models.Index(fields=["data_subject_id", "-id"], name="verwerking_betrokkene"),
            models.Index(fields=["namens", "-id"], name="verwerking_namens"),
            models.Index(fields=["trace_id"], name="verwerking_trace"),
        ]
