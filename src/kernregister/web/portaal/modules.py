"""The modules of pages; importing one declares its pages."""

from importlib import import_module

MODULES = (
    "account",
    "administratie",
    "begin",
    "dashboard",
    "formulieren",
    "gebruikers",
    "invoer",
    "meldingen",
    "overzichten",
    "personas",
    "regels",
    "sectorinformatie",
    "signalen",
    "stamgegevens",
    "studentdossier",
    "verantwoording",
)
"""In the order in which their pages stand."""


def laad() -> None:
    """Import all of them."""
    for module in MODULES:
        import_module(f"kernregister.web.portaal.{module}.views")
