"""Which pages there are, who of the demo may enter each, and where one of its kind stands."""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field

from tests.conftest import ROOT

_LIJST = """
import json, django
django.setup()
from kernregister.platform.pas import Pas, Soort
from kernregister.platform.rechten import INGELOGD, OPENBAAR, bijzonder_van, mag
from kernregister.web.portaal.modules import laad
from kernregister.web.portaal.paginas import PAGINAS
from kernregister.web.toegang.personas import PERSONAS
from kernregister.web.toegang.rollen import KENMERK_DUO, KENMERK_SECTOR, Rol, rechten_van, soort_van
laad()
def binnen(persona, naam):
    plaats = persona.plaats[0]
    kenmerk = plaats if plaats in (KENMERK_DUO, KENMERK_SECTOR) else "25PV"
    rollen = frozenset(persona.rollen)
    jaar = "2025-2026" if Rol.ACCOUNTANT in rollen else ""
    soort = Soort.ACCOUNTANT if jaar else soort_van(min(rollen - {Rol.TOEGANG}), kenmerk)
    rechten = rechten_van(rollen)
    sleutel = "" if kenmerk in (KENMERK_DUO, KENMERK_SECTOR) else kenmerk
    return mag(Pas(soort, sleutel, jaar, bijzonder_van(rechten)), rechten, naam)
uit = []
for een in PAGINAS.values():
    if "GET" not in een.methoden:
        continue
    wie = [p.naam for p in PERSONAS if een.naam in INGELOGD | OPENBAAR or binnen(p, een.naam)]
    uit.append([een.naam, een.pad, wie])
print(json.dumps(uit))
"""
_DELEN = {
    "int": r"\d+",
    "slug": r"[-\w]+",
    "uuid": r"[0-9a-f-]{36}",
    "str": r"[^/?#]+",
    "path": r"[^?#]+",
}


@dataclass(frozen=True)
class Soort:
    """A page as it was declared."""

    naam: str
    pad: str
    wie: tuple[str, ...]
    """The people of the demo who may enter, in the order of the demo."""

    @property
    def vast(self) -> bool:
        """Whether the address is the same for everybody."""
        return "<" not in self.pad

    @property
    def vorm(self) -> re.Pattern[str]:
        """What an address of this page looks like, without its query."""
        stukken = re.split(r"<(?:(\w+):)?\w+>", f"/{self.pad}")
        uit = re.escape(stukken[0])
        for soort, vast in zip(stukken[1::2], stukken[2::2], strict=True):
            uit += _DELEN[soort or "str"] + re.escape(vast)
        return re.compile(uit)


@dataclass
class Rondleiding:
    """Addresses that were seen, and the pages that were not yet visited."""

    open: list[Soort] = field(default_factory=lambda: paginas())  # noqa: PLW0108 - defined below
    gezien: dict[str, set[str]] = field(default_factory=dict)
    """Per person the addresses that pages linked to."""

    def volgende(self) -> tuple[Soort, str, str] | None:
        """Return a page that was not visited, with who goes there and its address; None: no address is known.

        Where a page links to comes first: its query is that of somebody at work.
        """
        for adres_van in (self._gelinkt, _vast):
            for soort in self.open:
                for wie in soort.wie:
                    adres = adres_van(soort, wie)
                    if adres:
                        self.open.remove(soort)
                        return soort, wie, adres
        return None

    def onthoud(self, wie: str, adressen: list[str]) -> None:
        """Remember what a page links to."""
        self.gezien.setdefault(wie, set()).update(adressen)

    def _gelinkt(self, soort: Soort, wie: str) -> str | None:
        passend = (
            adres for adres in self.gezien.get(wie, ()) if soort.vorm.fullmatch(adres.partition("?")[0])
        )
        return max(passend, key=lambda adres: ("?" in adres, adres), default=None)


def _vast(soort: Soort, _wie: str) -> str | None:
    return f"/{soort.pad}" if soort.vast else None


def paginas() -> list[Soort]:
    """Return all pages that can be read."""
    omgeving = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.huis.typecontrole", "PYTHONPATH": str(ROOT)}
    uit = subprocess.run(
        [sys.executable, "-c", _LIJST], cwd=ROOT, env=omgeving, capture_output=True, text=True, check=True
    )
    return [Soort(naam, pad, tuple(wie)) for naam, pad, wie in json.loads(uit.stdout)]
