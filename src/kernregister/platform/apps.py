"""The platform as a Django app."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class PlatformConfig(AppConfig):
    """What every room stands on."""

    name = "kernregister.platform"
    label = "platform"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have every migration end with the key of the pass in the database: a changed master key counts at once."""
        post_migrate.connect(_geef_passleutel, sender=self)


def _geef_passleutel(*, using: str, **_: Any) -> None:
    from kernregister.platform.models import Passleutel
    from kernregister.platform.pas import zet_passleutel

    verbinding = connections[using]
    if Passleutel._meta.db_table in verbinding.introspection.table_names():
        zet_passleutel(verbinding)
