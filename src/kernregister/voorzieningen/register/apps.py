"""The room as a Django app."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """The room ``register``."""

    name = "kernregister.voorzieningen.register"
    label = "register"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have the outbox follow the meldingen."""
        from kernregister.voorzieningen.register.uitbak import plaats
        from kernregister.voorzieningen.register.volgers import volgers

        if plaats not in volgers:
            volgers.append(plaats)
