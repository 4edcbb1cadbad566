"""As whom the portal delivers: one name in the journal and the processing log, whoever of an institution it was."""

from __future__ import annotations

from typing import Final

PORTAAL: Final = "portaal"
"""Which colleague it was stands in the audit trail."""
