"""What all tests share: loopback only, hypothesis profiles, and the published data beside the repository."""

import ipaddress
import os
import sys
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).parents[1]

pytest_plugins = ["tests.databank"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let `./test -m crash --crashes N` say how often the crash test kills something."""
    parser.addoption("--crashes", type=int, default=20, metavar="N", help="kills in the crash test (20)")


def _loopback_only(event: str, args: tuple[object, ...]) -> None:
    """Refuse every connection and every look-up of a name that leaves this machine."""
    if event in {"socket.connect", "socket.sendto"}:
        address = args[1]
        host = address[0] if isinstance(address, tuple) else "localhost"  # a path: a unix socket
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        host = args[0]
    else:
        return
    host = host.decode() if isinstance(host, bytes) else host
    if host in {None, "", "localhost"}:
        return
    try:
        if ipaddress.ip_address(str(host)).is_loopback:
            return
    except ValueError:
        pass
    raise PermissionError(f"tests reach loopback only, not {host}")


sys.addaudithook(_loopback_only)

hypothesis.settings.register_profile("ci", deadline=None, derandomize=bool(os.environ.get("CI")))
hypothesis.settings.register_profile("snel", parent=hypothesis.settings.get_profile("ci"), max_examples=20)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(scope="session")
def gedeelde_data() -> Path:
    """The published files of DUO and others, in a folder beside the repository."""
    data = ROOT.parent / "shared" / "data"
    if not data.is_dir():
        pytest.skip("geen ../shared/data naast de repository")
    return data
