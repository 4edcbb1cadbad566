"""The room as a Django app."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """The room ``register``."""

    name = "kernregister.voorzieningen.register"
    label = "register"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have the outbox and the purposes of subscriptions follow the meldingen; the health shows the stand."""
        from kernregister.platform.stand import meet_ook
        from kernregister.voorzieningen.register import standen
        from kernregister.voorzieningen.register.doelbinding import bewaak
        from kernregister.voorzieningen.register.uitbak import plaats
        from kernregister.voorzieningen.register.volgers import volgers

        meet_ook("stand", standen.laatste)
        volgers.extend(volger for volger in (plaats, bewaak) if volger not in volgers)
