"""The modules of pages; importing one declares its pages."""

from importlib import import_module

MODULES = (
    "account",
    "begin",
    "dashboard",
    "formulieren",
    "gebruikers",
    "overzichten",
    "personas",
    "regels",
    "studentdossier",
    "verantwoording",
)
"""In the order in which their pages stand."""


def laad() -> None:
    """Import all of them."""
    for module in MODULES:
        import_module(f"kernregister.web.portaal.{module}.views")
