"""Whatever is killed while institutions deliver: nothing acknowledged is lost, nothing is applied twice or by half."""

import base64
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from kernregister.kern.dossier import Dossier
from kernregister.platform import klok
from kernregister.platform.databank.rollen import DATABANK
from kernregister.platform.pas import Soort
from kernregister.voorzieningen.kwaliteit import public as kwaliteit
from kernregister.web.toegang.aansluitingen import maak_aansluiting
from tests.crash.klanten import Klant, Lijn
from tests.crash.nazien import gebreken
from tests.crash.uitval import Uitval
from tests.databank import django_op
from tests.draaiend import GEDULD, draaiend_register, wacht_tot
from tests.voorzieningen.kwaliteit.opzet import open_in_tabel
from tests.voorzieningen.register import opzet

KLANTEN_PER_INSTELLING = 2
"""Two at once on the same persons: they get in each other's way."""

OMGEVING = {
    "KERNREGISTER_SLEUTEL": base64.b64encode(
        bytes(range(32))
    ).decode(),  # that of the tests: these look inside
    "KERNREGISTER_VERZOEKEN_PER_MINUUT": "1000000",
}

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


@pytest.fixture
def zaad() -> int:
    """What chance is drawn from: on the CI server always the same, elsewhere told with a failure."""
    zaad = int(
        os.environ.get("KERNREGISTER_CRASHZAAD") or (1 if os.environ.get("CI") else time.time_ns() % 10**9)
    )
    print(f"zaad {zaad}: herhaal met KERNREGISTER_CRASHZAAD={zaad}")
    return zaad


@pytest.mark.crash
@pytest.mark.traag
def test_nothing_is_lost_doubled_or_halved_whatever_is_killed(
    request: pytest.FixtureRequest, tmp_path: Path, zaad: int
):
    toeval = random.Random(zaad)
    begin = time.monotonic()
    with draaiend_register(tmp_path / "log", (sys.executable, "-c", START), 2, **OMGEVING) as register:
        with django_op(register.cluster, DATABANK):
            sector = opzet.zet_sector_klaar(60, zaad=zaad, instellingen=3)
            dossiers = [d for d in sector.dossiers() if d.persoon.burgerservicenummer]
            klanten = [*_klanten(register.poort, dossiers, toeval)]
        uitval = Uitval(register, toeval)
        _lever_terwijl_alles_omvalt(klanten, uitval, request.config.getoption("--crashes"), toeval)
        wacht_tot(register.in_orde, "alles is in orde")
        for klant in klanten:
            klant.vraag_alles_opnieuw()
            klant.lijn.verbreek()
        print(f"{time.monotonic() - begin:.0f} s; geveld: {dict(uitval.geveld)}; {_telling(klanten)}")

        boek = {uuid: bevestigd for klant in klanten for uuid, bevestigd in klant.boek.items()}
        bron = {d.persoon.burgerservicenummer: d.persoon for d in dossiers}
        with django_op(register.cluster, DATABANK):
            kwaliteit.keer_om()  # it may have become another day
            assert gebreken(boek, bron, klok.vandaag()) == []
            assert open_in_tabel(), "zonder signalen is er niets gelijk aan een verse sweep"


def _klanten(poort: int, dossiers: Sequence[Dossier], toeval: random.Random) -> Iterator[Klant]:
    for brin in sorted({een.instelling for dossier in dossiers for een in dossier.inschrijvingen}):
        for _ in range(KLANTEN_PER_INSTELLING):
            aansluiting, geheim = maak_aansluiting("crash", Soort.INSTELLING, brin)
            eigen = random.Random(toeval.random())
            yield Klant(Lijn(poort, aansluiting.client_id, geheim, eigen), brin, dossiers, eigen)


def _lever_terwijl_alles_omvalt(
    klanten: Sequence[Klant], uitval: Uitval, crashes: int, toeval: random.Random
) -> None:
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


def _wacht_op_antwoorden(klanten: Sequence[Klant], aantal: int) -> None:
    """Wait until clients got some more answers: the register is up again, and at work."""
    tot = sum(len(klant.boek) for klant in klanten) + aantal
    wacht_tot(
        lambda: sum(len(k.boek) for k in klanten) >= tot or any(k.fout for k in klanten),
        f"{aantal} antwoorden",
    )
    assert [(k.name, k.fout) for k in klanten if k.fout] == []


def _telling(klanten: Sequence[Klant]) -> str:
    antwoorden = [een for klant in klanten for een in klant.boek.values()]
    pogingen = sum((klant.lijn.pogingen for klant in klanten), Counter())
    return (
        f"{len(antwoorden)} meldingen bevestigd, {sum(een.aanvaard for een in antwoorden)} aanvaard, "
        f"{sum(klant.opnieuw for klant in klanten)} opnieuw gestuurd; pogingen: {dict(pogingen)}"
    )
