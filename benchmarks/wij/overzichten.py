"""The overviews of the largest institution from a register that runs, each from request to file over HTTP.

First an RO and an OBO; then of one student in fifty an enrolment is corrected, and a second OBO comes with the
differences and their explanation: by which melding, what it touches and what it does to the funding.
"""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Iterator

from msgspec.structs import replace

from benchmarks.register import draaiend, instelling, klaarzetten
from benchmarks.register.meldingen import correctie
from benchmarks.register.meting import Uitkomst, meet
from benchmarks.register.overzicht import haal, tel
from benchmarks.register.ro import PERIODE
from benchmarks.register.zenden import Doel, Mislukt, in_bulk
from kernregister.kern.formaten.lezen import open_levering

GEWIJZIGD = 50
"""One student in so many has a correction between the two OBO's."""


def overzichten(studenten: int) -> Uitkomst:
    """Measure the four; the seconds are those of the RO."""
    bewaard = instelling.voor(studenten)
    with draaiend.tijdelijke_map() as map_:
        werk = map_ / "register"
        subprocess.run(["cp", "-a", bewaard.map, werk], check=True)  # PostgreSQL's files stay of who runs it
        with draaiend.register(werk) as adres:
            sleutel = klaarzetten.sleutels(adres, [bewaard.instelling])[bewaard.instelling]
            begin, einde = PERIODE
            haal(adres, sleutel, {"soort": "KWC"}, 0)  # the first request of a process loads what all share
            vraag = {"soort": "RO", "begin": str(begin), "einde": str(einde)}
            ro_s, ro, _ = haal(adres, sleutel, vraag, 0)
            vraag = {"soort": "OBO", "studiejaar": f"{einde.year - 1}-{einde.year}"}
            obo_s, _, oud = haal(adres, sleutel, vraag, -1)
            doel = Doel(adres, "", "/api/v1/meldingen/bulk", {bewaard.instelling: sleutel})
            uitslag = in_bulk(doel, ((bewaard.instelling, regels) for regels in _correcties(bewaard)))
            if uitslag.geweigerd:
                raise Mislukt(f"{len(uitslag.geweigerd)} geweigerd, zoals {uitslag.geweigerd[0]}")
            tweede_s, zip_, nieuw = haal(adres, sleutel, vraag, -1)
            vraag = {"soort": "VERGELIJKING", "oud": oud, "nieuw": nieuw}
            vergelijking_s, _, _ = haal(adres, sleutel, vraag, -1)
            cijfers = {
                "RO s": ro_s,
                "OBO s": obo_s,
                "OBO met verschillen en uitleg s": tweede_s,
                "verschillen en uitleg van twee OBO's s": vergelijking_s,
                "studenten": studenten,
                "correcties": uitslag.aanvaard,
                "verschillen": _verschillen(zip_),
            }
    return Uitkomst(ro_s, cijfers, tel(ro))


def _correcties(bewaard: instelling.Bewaard) -> Iterator[list[bytes]]:
    """Give for some students an enrolment of which the last period is no longer fundable, or is now."""
    with open_levering(bewaard.ro) as (levering,):
        for nummer, dossier in enumerate(levering.dossiers()):
            if nummer % GEWIJZIGD == 0 and dossier.inschrijvingen and dossier.inschrijvingen[-1].perioden:
                een = dossier.inschrijvingen[-1]
                *eerder, laatste = een.perioden
                anders = replace(laatste, bekostigbaar=not laatste.bekostigbaar)
                yield [correctie(dossier, replace(een, perioden=(*eerder, anders)))]


def _verschillen(zip_: bytes) -> int:
    """Return how many differences the difference files hold."""
    aantal = 0
    with zipfile.ZipFile(io.BytesIO(zip_)) as bestand:
        for naam in bestand.namelist():
            if naam.startswith("OBOV_"):
                aantal += len(bestand.read(naam).splitlines()) - 2
    if not aantal:
        raise Mislukt(f"geen verschillen in {zipfile.ZipFile(io.BytesIO(zip_)).namelist()}")
    return aantal


if __name__ == "__main__":
    meet(overzichten)
