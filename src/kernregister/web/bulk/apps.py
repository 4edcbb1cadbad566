"""Bulk changes as a Django app."""

from django.apps import AppConfig


class BulkConfig(AppConfig):
    """Bulk changes of enrolments."""

    name = "kernregister.web.bulk"
    label = "bulk"
    default_auto_field = "django.db.models.BigAutoField"
