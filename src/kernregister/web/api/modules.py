"""The modules that hold routes; importing one registers them."""

from importlib import import_module

MODULES = (
    "documentatie",
    "regels",
    "regelinstellingen",
    "meldingen",
    "bulk",
    "leveringen",
    "dossiers",
    "stand",
    "signalen",
    "cijfers",
    "overzichten",
    "bekostiging",
    "bekostigingstotalen",
    "wat_als",
    "assurance",
    "vaststellen",
    "mutatiestop",
    "berichten",
    "sectorinformatie",
    "stamgegevens",
    "stamgegevens_laden",
    "zandbak",
)


def laad() -> None:
    """Have every route registered."""
    for naam in MODULES:
        import_module(f"kernregister.web.api.{naam}")
