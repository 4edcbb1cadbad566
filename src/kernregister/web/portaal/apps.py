"""The portal as a Django app: templates, tags and static files."""

from django.apps import AppConfig


class PortaalConfig(AppConfig):
    """The pages for people."""

    name = "kernregister.web.portaal"
    label = "portaal"
    verbose_name = "Portaal"
