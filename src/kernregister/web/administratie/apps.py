"""The own administration as a Django app."""

from django.apps import AppConfig


class AdministratieConfig(AppConfig):
    """Own administrations beside the register."""

    name = "kernregister.web.administratie"
    label = "administratie"
    default_auto_field = "django.db.models.BigAutoField"
