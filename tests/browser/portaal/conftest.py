"""A running portal with a small demo sector, started once for all journeys of a worker, and people who log in."""

import json
import re
import shutil
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.draaiend import Register, draaiend_register

STUDENTEN = 300

# as long as Playwright waits for all else; a fraction of it on a machine at rest
expect.set_options(timeout=30_000)


@dataclass(frozen=True)
class Portaal:
    """The portal as people use it."""

    register: Register
    instellingen: dict[str, str]
    """``eerste``, ``tweede`` and ``nbi``: the codes of the institutions of the personas."""
    _sleutels: dict[str, str] = field(default_factory=dict)

    @property
    def adres(self) -> str:
        return f"http://localhost:{self.register.poort}"

    def aanmelden(self, pagina: Page, persona: str) -> None:
        """Log in as one of the people of the demo; the page shows where they begin."""
        pagina.goto(f"{self.adres}/demo/")
        pagina.locator(f"button[name=persona][value={persona}]").click()
        pagina.wait_for_url(re.compile(r"^(?!.*/demo/).*$"))

    def api(self, instelling: str, methode: str, pad: str, inhoud: Any = None) -> Any:
        """Ask or tell the register something as the system of an institution does."""
        if instelling not in self._sleutels:
            self._sleutels[instelling] = self._sleutel(instelling)
        verzoek = urllib.request.Request(
            f"{self.adres}/api/v1{pad}",
            json.dumps(inhoud).encode() if inhoud is not None else None,
            {"Authorization": f"Bearer {self._sleutels[instelling]}", "Content-Type": "application/json"},
            method=methode,
        )
        with urllib.request.urlopen(verzoek, timeout=30) as antwoord:
            return json.load(antwoord)

    def _sleutel(self, instelling: str) -> str:
        uit = self.register.kernregister("aansluiting", "maak", "proef", "--instelling", instelling)
        assert uit.returncode == 0, uit.stderr
        client, geheim = (re.search(rf"{naam}\W+(\S+)", uit.stdout)[1] for naam in ("client-id", "geheim"))
        wie = b64encode(f"{client}:{geheim}".encode()).decode()
        vraag = urllib.request.Request(
            f"{self.adres}/oauth/token", b"grant_type=client_credentials", {"Authorization": f"Basic {wie}"}
        )
        with urllib.request.urlopen(vraag, timeout=30) as antwoord:
            return json.load(antwoord)["access_token"]


@pytest.fixture(scope="session")
def portaal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portaal]:
    if shutil.which("chromium") is None:
        pytest.skip("geen Chromium")
    logboek = tmp_path_factory.mktemp("portaal") / "logboek"
    with draaiend_register(
        logboek, opties=["--demo"], KERNREGISTER_DEMO="1", KERNREGISTER_DEMO_STUDENTEN=str(STUDENTEN)
    ) as register:
        # the institutions of a sector follow from its seed alone
        yield Portaal(register, {"eerste": "91KA", "tweede": "91KB", "nbi": "91KC"})


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser of a module: as long as Playwright runs, nothing else in this process may ask a database."""
    pad = shutil.which("chromium")
    if pad is None:
        pytest.skip("geen Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=pad, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def pagina(chromium: Browser, tmp_path: Path) -> Iterator[Page]:
    """A page of a new visitor, Dutch, on a desk; it fails when the console complains or another host is asked."""
    venster = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="nl-NL")
    pagina = venster.new_page()
    klachten: list[str] = []
    # that a page answered 403 or 422 is no complaint: those are pages that people see
    pagina.on(
        "console",
        lambda m: (
            klachten.append(m.text)
            if m.type == "error" and not re.search(r"status of 4\d\d", m.text)
            else None
        ),
    )
    pagina.on("pageerror", lambda f: klachten.append(str(f)))
    pagina.on(
        "request", lambda v: None if re.match(r"http://localhost:|data:", v.url) else klachten.append(v.url)
    )
    yield pagina
    venster.close()
    assert klachten == []
