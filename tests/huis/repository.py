"""The files of the repository, as git knows them."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]


def files(pattern: str = "*") -> list[Path]:
    """All files that are in git or about to be, as paths from the root."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    paths = [Path(name) for name in names if name]
    return sorted(path for path in paths if path.match(pattern) and (ROOT / path).is_file())
