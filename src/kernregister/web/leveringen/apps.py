"""Deliveries as a Django app."""

from django.apps import AppConfig


class LeveringenConfig(AppConfig):
    """Deliveries of files."""

    name = "kernregister.web.leveringen"
    label = "leveringen"
    default_auto_field = "django.db.models.BigAutoField"
