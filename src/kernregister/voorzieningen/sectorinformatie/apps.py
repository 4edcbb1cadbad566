"""The room as a Django app."""

from django.apps import AppConfig


class SectorinformatieConfig(AppConfig):
    """The room ``sectorinformatie``."""

    name = "kernregister.voorzieningen.sectorinformatie"
    label = "sectorinformatie"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the kind of overview of this room."""
        from kernregister.voorzieningen.sectorinformatie import grondslag

        grondslag.registreer()
