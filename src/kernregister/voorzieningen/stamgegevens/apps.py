"""The room as a Django app."""

from django.apps import AppConfig


class StamgegevensConfig(AppConfig):
    """The room ``stamgegevens``."""

    name = "kernregister.voorzieningen.stamgegevens"
    label = "stamgegevens"
    default_auto_field = "django.db.models.BigAutoField"
