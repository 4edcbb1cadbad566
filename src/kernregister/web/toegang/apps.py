"""The admission of machine clients as a Django app."""

from django.apps import AppConfig


class ToegangConfig(AppConfig):
    """Connections of machine clients."""

    name = "kernregister.web.toegang"
    label = "toegang"
    default_auto_field = "django.db.models.BigAutoField"
