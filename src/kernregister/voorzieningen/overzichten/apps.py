"""The room as a Django app."""

from django.apps import AppConfig


class OverzichtenConfig(AppConfig):
    """The room ``overzichten``."""

    name = "kernregister.voorzieningen.overzichten"
    label = "overzichten"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the kinds of this room."""
        from kernregister.voorzieningen.overzichten import eigen

        eigen.registreer_alle()
