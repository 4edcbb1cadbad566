"""The portal of a large institution: twenty people go from the dashboard to a number, the work list and a dossier."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

from benchmarks.register import portaal
from benchmarks.register.bezoekers import Bezoeker
from benchmarks.register.meting import Uitkomst, meet
from benchmarks.register.zenden import Mislukt


def ronde(bezoeker: Bezoeker) -> Iterator[tuple[str, str]]:
    """Walk: the dashboard, a number of it, a signal and a dossier behind it, the work list."""
    yield "dashboard", "/dashboard/"
    if getal := bezoeker.kies(r"/dashboard/getal/\?[^\"]+"):
        yield "getal", getal
        signaal, dossier = bezoeker.kies(r"/signalen/[0-9]+/"), bezoeker.kies(r"/studentdossier/[0-9]+/")
        if signaal:
            yield "signaal", signaal
        if dossier:
            yield "dossier", dossier
    yield "werklijst", "/signalen/"


def controle(bezoeker: Bezoeker) -> dict[str, int]:
    """Look whether the dashboard and the lists behind it say what the register holds.

    Raises:
        Mislukt: they do not.
    """
    _wacht_op_cijfers(bezoeker)
    (open_,) = re.findall(
        r'kr-kaart__getal">([0-9.]+)</p>\s*<p[^>]*>(?:<a[^>]*>)?open signalen', bezoeker.tekst
    )
    geteld = {
        regel: int(aantal.replace(".", ""))
        for regel, aantal in re.findall(r'getal/\?regel=([A-D][0-9]{2})">([0-9.]+)</a>', bezoeker.tekst)
    }
    if geteld != _op_rijen(geteld.keys()):
        raise Mislukt(f"het dashboard telt {geteld}, het register {_op_rijen(geteld.keys())}")
    bol = bezoeker.kies(r"/dashboard/getal/\?blok=[^\"]+rij=BOL[^\"]+")
    for pad in [*(f"/dashboard/getal/?regel={regel}" for regel in geteld), *([bol] if bol else [])]:
        bezoeker.open(pad)
        if "in totaal</strong>" not in bezoeker.tekst or "<tbody>" not in bezoeker.tekst:
            raise Mislukt(f"achter {pad.partition('?')[2]} staat niemand")
    return {"open signalen": int(open_.replace(".", ""))}


def _wacht_op_cijfers(bezoeker: Bezoeker) -> None:
    """Open the dashboard; the first time the worker counts, and the page says so."""
    einde = time.monotonic() + portaal.SLOT
    while True:
        try:
            bezoeker.open("/dashboard/")
            return
        except Mislukt:
            if time.monotonic() > einde:
                raise
            time.sleep(0.2)


def _op_rijen(regels: object) -> dict[str, int]:
    """Count the open signals of some rules, as the manual says they count."""
    from django.db import connections

    per = {"*": "persoon_id", "**": "(persoon_id, sleutel ->> 'inschrijvingvolgnummer')", "": "id"}
    from kernregister.kern.overzichten.signaalrijen import MERKTEKENS
    from kernregister.kern.regels.catalogus import catalogus

    uit = {}
    with connections["stelsel"].cursor() as cursor:
        for regel in regels:  # type: ignore[attr-defined]
            wat = per[MERKTEKENS[catalogus()[regel].telt]]
            cursor.execute(
                f"SELECT count(DISTINCT {wat}) FROM kwaliteit_signaal"
                " WHERE gesloten_op IS NULL AND NOT schaduw AND regel = %s",
                [regel],
            )
            uit[regel] = cursor.fetchone()[0]
    connections.close_all()
    return uit


def werk(studenten: int) -> Uitkomst:
    """Measure the portal; the seconds are the p95 of the slowest of dashboard and work list, with time to think."""
    with portaal.register(studenten) as adres:
        return portaal.meet(adres, ronde, controle, ("dashboard", "werklijst"), studenten)


if __name__ == "__main__":
    meet(werk)
