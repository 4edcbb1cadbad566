"""The room as a Django app."""

from django.apps import AppConfig


class KwaliteitConfig(AppConfig):
    """The room ``kwaliteit``. Follows the register: signals open and close with each melding."""

    name = "kernregister.voorzieningen.kwaliteit"
    label = "kwaliteit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Subscribe to what meldingen and destruction change."""
        from kernregister.voorzieningen.kwaliteit.bijhouden import volg
        from kernregister.voorzieningen.kwaliteit.omkeren import na_vernietiging
        from kernregister.voorzieningen.register.public import volgers, volgers_van_vernietiging

        if volg not in volgers:
            volgers.append(volg)
        if na_vernietiging not in volgers_van_vernietiging:
            volgers_van_vernietiging.append(na_vernietiging)
