"""What every page has: its templates, its style, and a policy by which a browser loads nothing else."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined


def omgeving() -> Environment:
    """Return what templates are rendered with."""
    return Environment(
        loader=PackageLoader("kernregister.rapport", "sjablonen"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def bijlage(naam: str) -> str:
    """Return a file that goes into the page, just as it stands between its tags."""
    return (files("kernregister.rapport") / "sjablonen" / naam).read_text(encoding="utf-8").strip()


def beleid(stijl: str, script: str = "") -> str:
    """Return the policy of a page: its own style and script, known by their hashes, and nothing from outside."""
    scripts = f"script-src '{_kenmerk(script)}'; " if script else ""
    return f"default-src 'none'; style-src '{_kenmerk(stijl)}'; {scripts}base-uri 'none'; form-action 'none'"


def _kenmerk(inhoud: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(inhoud.encode()).digest()).decode()
