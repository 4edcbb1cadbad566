"""The register under measurement: started as ``kernregister start`` does it, spoken to over HTTP as a client does."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from urllib.parse import urlencode

from benchmarks.register import draaiend, klaarzetten, leveren, rijen, ro, werk
from benchmarks.register.meting import Uitkomst, meet
from benchmarks.register.zenden import Doel, Mislukt
from kernregister.fictief.sector import Sector


@contextmanager
def server(sector: Sector, instellingen: list[str]) -> Iterator[Doel]:
    """Run a register that knows the sector."""
    with draaiend.tijdelijke_map() as map_, draaiend.register(map_) as adres:
        klaarzetten.zet_klaar(sector)
        sleutels = klaarzetten.sleutels(adres, instellingen)
        yield Doel(adres, "/api/v1/meldingen", "/api/v1/meldingen/bulk", sleutels, signalen_staan_er)


def inhoud() -> dict[str, int]:
    """Return what the register holds."""
    from kernregister.voorzieningen.register.public import dossiers

    return rijen.tel(rij for _, dossier in dossiers() for rij in rijen.van_dossier(dossier))


def signalen_staan_er(verbinding: HTTPConnection, sleutel: str, antwoord: bytes) -> int:
    """Return how many signals a melding opened, after looking whether they are on the work list.

    Raises:
        Mislukt: one is not.
    """
    terug = json.loads(antwoord)
    geopend = {een["regel"] for een in terug.get("signalen_geopend", ())}
    if geopend:
        vraag = urlencode({"persoon": terug["persoon"], "aantal": 500})
        verbinding.request("GET", f"/api/v1/signalen?{vraag}", headers={"Authorization": f"Bearer {sleutel}"})
        staan = {een["regel"] for een in json.loads(verbinding.getresponse().read())["signalen"]}
        if not geopend <= staan:
            raise Mislukt(f"geopend en niet te zien: {geopend - staan}")
    return len(geopend)


def laden(studenten: int) -> Uitkomst:
    """Measure loading an RO: from sending it until the delivery is ready."""
    with draaiend.tijdelijke_map() as map_:
        levering = ro.maak(map_, studenten)
        with draaiend.register(map_ / "register") as adres:
            klaarzetten.zet_klaar(levering.sector, personen_bekend=False)
            sleutel = klaarzetten.sleutels(adres, [levering.instelling])[levering.instelling]
            begin = time.perf_counter()
            stand = leveren.laad_ro(adres, sleutel, levering.pad.read_bytes())
            seconden = time.perf_counter() - begin
            cijfers = {
                "studenten": studenten,
                "meldingen": stand["aanvaard"],
                "per s": stand["aanvaard"] / seconden,
            }
            return Uitkomst(seconden, cijfers, inhoud())


if __name__ == "__main__":
    naam = sys.argv[2]
    meet(laden if naam == "laden" else lambda aantal: werk.WERK[naam](server, inhoud, aantal))
