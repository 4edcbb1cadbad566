"""The room as a Django app."""

from django.apps import AppConfig


class BekostigenConfig(AppConfig):
    """The room ``bekostigen``. Follows the register: what counts is decided anew with each melding."""

    name = "kernregister.voorzieningen.bekostigen"
    label = "bekostigen"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Subscribe to what meldingen and destruction change, and tell the rooms below what this one makes."""
        from kernregister.voorzieningen.bekostigen import soorten, terugmelden
        from kernregister.voorzieningen.bekostigen.bewaren import na_vernietiging
        from kernregister.voorzieningen.bekostigen.mutatiestop import bewaak
        from kernregister.voorzieningen.bekostigen.volgen import volg
        from kernregister.voorzieningen.register.public import (
            berichtsoorten,
            volgers,
            volgers_van_vernietiging,
            wachters,
        )

        if volg not in volgers:
            volgers.append(volg)
        if na_vernietiging not in volgers_van_vernietiging:
            volgers_van_vernietiging.append(na_vernietiging)
        berichtsoorten[terugmelden.SOORT] = terugmelden.BERICHT
        if bewaak not in wachters:
            wachters.append(bewaak)
        soorten.registreer()
