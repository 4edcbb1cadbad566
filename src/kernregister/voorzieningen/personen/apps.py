"""The room as a Django app."""

from django.apps import AppConfig


class PersonenConfig(AppConfig):
    """The room ``personen``."""

    name = "kernregister.voorzieningen.personen"
    label = "personen"
    default_auto_field = "django.db.models.BigAutoField"
