"""What somebody gets who installs Kernregister."""

import pkgutil
import socket
import subprocess
import sys
import zipfile
from email.parser import Parser

import pytest

import kernregister.kern
from tests.huis.repository import ROOT, files

ONLY_KERN = """
import sys

class OnlyKern:
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        if top not in {"kernregister", "msgspec", "stdnum", "lxml", *sys.stdlib_module_names} and top[0] != "_":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, OnlyKern())
"""


def run_with_only_kern(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", ONLY_KERN + code], capture_output=True, text=True, check=False
    )


def test_a_supplier_imports_the_whole_of_kern_without_the_parts_of_the_command_line():
    modules = [
        module.name for module in pkgutil.walk_packages(kernregister.kern.__path__, "kernregister.kern.")
    ]
    modules = [name for name in modules if not name.endswith("__main__")]
    done = run_with_only_kern("".join(f"import {name}\n" for name in modules))
    assert done.returncode == 0, done.stderr


def test_without_the_command_line_the_command_says_what_to_install():
    done = run_with_only_kern("from kernregister.__main__ import main\nsys.exit(main())")
    assert done.returncode == 2
    assert "pip install 'kernregister[cli]'" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.traag
def test_the_wheel_carries_every_file_and_asks_for_kern_alone(tmp_path):
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        names = set(wheel.namelist())
        metadata = next(name for name in names if name.endswith(".dist-info/METADATA"))
        asked = Parser().parsestr(wheel.read(metadata).decode()).get_all("Requires-Dist") or []
    assert {
        str(path.relative_to("src")) for path in files() if path.is_relative_to("src/kernregister")
    } <= names
    assert not any(name.startswith("tests") for name in names)
    always = {wish.partition(">")[0] for wish in asked if "extra ==" not in wish}
    assert always == {"msgspec", "python-stdnum", "lxml"}


def test_no_test_leaves_this_machine():
    with pytest.raises(PermissionError, match="loopback only"), socket.socket() as line:
        line.connect(("192.0.2.1", 80))
    with pytest.raises(PermissionError, match="loopback only"):
        socket.getaddrinfo("kernregister.example", 443)
