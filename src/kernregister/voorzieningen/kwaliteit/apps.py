"""The room as a Django app."""

from django.apps import AppConfig


class KwaliteitConfig(AppConfig):
    """The room ``kwaliteit``."""

    name = "kernregister.voorzieningen.kwaliteit"
    label = "kwaliteit"
    default_auto_field = "django.db.models.BigAutoField"
