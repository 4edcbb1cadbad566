"""The room as a Django app."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """The room ``register``."""

    name = "kernregister.voorzieningen.register"
    label = "register"
    default_auto_field = "django.db.models.BigAutoField"
