"""Whatever is killed while institutions deliver: nothing acknowledged is lost, nothing is applied twice or by half."""

import base64
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from kernregister.kern.dossier import Dossier
from kernregister.platform import klok
from kernregister.platform.pas import Soort
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.web.toegang.aansluitingen import maak_aansluiting
from tests.crash.klanten import Klant, Lijn
from tests.crash.nazien import gebreken
from tests.crash.uitval import Uitval
from tests.databank import django_op
from tests.draaiend import GEDULD, draaiend_register, wacht_tot
from tests.voorzieningen.register import opzet

KLANTEN_PER_INSTELLING = 2
"""Two at once on the same persons: they get in each other's way."""

# As `kernregister start`, but it starts again what died without the growing pauses: here more dies in a minute than
# elsewhere in a year. It ends with the test, whatever ends the test.
START = """
import ctypes, signal, sys
from kernregister.__main__ import main
from kernregister.platform import processen
ctypes.CDLL(None).prctl(1, signal.SIGTERM)
processen.LANGSTE_PAUZE = 0.5
sys.exit(main())
"""


@pytest.mark.crash
@pytest.mark.traag
def test_nothing_is_lost_doubled_or_halved_whatever_is_killed(request, tmp_path: Path):
    crashes = request.config.getoption("--crashes")
    zaad = int(
        os.environ.get("KERNREGISTER_CRASHZAAD") or (1 if os.environ.get("CI") else time.time_ns() % 10**9)
    )
    print(f"zaad {zaad}: herhaal met KERNREGISTER_CRASHZAAD={zaad}")
    toeval = random.Random(zaad)
    omgeving = {
        "KERNREGISTER_SLEUTEL": base64.b64encode(
            bytes(range(32))
        ).decode(),  # that of the tests: these look inside
        "KERNREGISTER_VERZOEKEN_PER_MINUUT": "1000000",
    }
    begin = time.monotonic()
    with draaiend_register(tmp_path / "log", (sys.executable, "-c", START), 2, **omgeving) as register:
        with django_op(register.cluster, "kernregister"):
            sector = opzet.zet_sector_klaar(60, zaad=zaad, instellingen=3)
            dossiers = [d for d in sector.dossiers() if d.persoon.burgerservicenummer]
            klanten = [
                k for _ in range(KLANTEN_PER_INSTELLING) for k in _klanten(register.poort, dossiers, toeval)
            ]
        uitval = Uitval(register, toeval)
        for klant in klanten:
            klant.start()
        _wacht_op_antwoorden(klanten, 50)
        while uitval.geveld.total() < crashes:
            if uitval.veld() and toeval.random() < 0.8:  # now and then again before it is up
                _wacht_op_antwoorden(klanten, toeval.randrange(1, 60))
            time.sleep(toeval.uniform(0, 0.4))
        for klant in klanten:
            klant.stop.set()
        for klant in klanten:
            klant.join(GEDULD)
        assert [(k.name, k.fout, k.is_alive()) for k in klanten if k.fout or k.is_alive()] == []
        wacht_tot(register.in_orde, "alles is in orde")
        for klant in klanten:
            klant.vraag_alles_opnieuw()
            klant.lijn.verbreek()
        boek = {uuid: bevestigd for klant in klanten for uuid, bevestigd in klant.boek.items()}
        with django_op(register.cluster, "kernregister"):
            kwaliteit.keer_om()
            gevonden = gebreken(
                boek, {d.persoon.burgerservicenummer: d.persoon for d in dossiers}, klok.vandaag()
            )
        pogingen = sum((k.lijn.pogingen for k in klanten), Counter())
        print(
            f"{time.monotonic() - begin:.0f} s, geveld: {dict(uitval.geveld)}; {len(boek)} meldingen bevestigd, "
            f"{sum(een.aanvaard for een in boek.values())} aanvaard, {sum(k.opnieuw for k in klanten)} opnieuw "
            f"gestuurd; pogingen: {dict(pogingen)}"
        )
        assert gevonden == []


def _klanten(poort: int, dossiers: Sequence[Dossier], toeval: random.Random) -> list[Klant]:
    uit = []
    for brin in sorted({een.instelling for dossier in dossiers for een in dossier.inschrijvingen}):
        aansluiting, geheim = maak_aansluiting("crash", Soort.INSTELLING, brin)
        eigen = random.Random(toeval.random())
        uit.append(Klant(Lijn(poort, aansluiting.client_id, geheim, eigen), brin, dossiers, eigen))
    return uit


def _wacht_op_antwoorden(klanten: Sequence[Klant], aantal: int) -> None:
    """Wait until clients got some more answers: the register is up again, and at work."""
    tot = sum(len(klant.boek) for klant in klanten) + aantal
    wacht_tot(
        lambda: sum(len(k.boek) for k in klanten) >= tot or any(k.fout for k in klanten),
        f"{aantal} antwoorden",
    )
    assert [(k.name, k.fout) for k in klanten if k.fout] == []
