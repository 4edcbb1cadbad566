"""The platform as a Django app."""

from django.apps import AppConfig


class PlatformConfig(AppConfig):
    """What every room stands on."""

    name = "kernregister.platform"
    label = "platform"
    default_auto_field = "django.db.models.BigAutoField"
