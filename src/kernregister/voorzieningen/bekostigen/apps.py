"""The room as a Django app."""

from django.apps import AppConfig


class BekostigenConfig(AppConfig):
    """The room ``bekostigen``."""

    name = "kernregister.voorzieningen.bekostigen"
    label = "bekostigen"
    default_auto_field = "django.db.models.BigAutoField"
