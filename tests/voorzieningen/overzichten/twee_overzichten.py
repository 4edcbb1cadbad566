"""Two overviews made from the register, with an explanation: what the stories of explained differences start from."""

import csv
import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from kernregister.kern.dossier import Persoon
from kernregister.kern.formaten import obo, ro
from kernregister.kern.formaten.schrijven import schrijf_obo, schrijf_ro
from kernregister.kern.gegevens import Gegevens
from kernregister.kern.overzichten.selectie import voor_obo, voor_ro
from kernregister.kern.tijd import Studiejaar
from kernregister.platform import klok
from kernregister.voorzieningen.overzichten.uitleg import Bron, schrijf_uitleg
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.stamgegevens import public as stamgegevens
from tests.kern import voorbeelden
from tests.voorzieningen.register import wereld
from tests.voorzieningen.register.wereld import HIER, MET_BSN, identificeer, lukt, periode, schrijf_in, wie

JAAR = Studiejaar(2025)


def maak_obo(
    map_: Path,
    naam: str,
    *,
    instelling: str = HIER,
    jaar: Studiejaar = JAAR,
    stand: int | None = None,
    aanvraag: date | None = None,
    aanmaak: date | None = None,
) -> Bron:
    """Make an OBO as known at a stand (now), and return it as the explanation wants it."""
    stand = register.stand() if stand is None else stand
    dag = aanvraag or klok.vandaag()
    kop = obo.Vlp(str(jaar), instelling, dag, aanmaak or dag)
    pad = map_ / naam
    dossiers = (
        deel
        for _, d in register.dossiers(instelling=instelling, stand=stand)
        if (deel := voor_obo(d, instelling, jaar)) is not None
    )
    schrijf_obo(pad, kop, dossiers)
    return als_bron(pad, stand)


def maak_ro(map_: Path, naam: str, begin: date, einde: date, instelling: str = HIER) -> Bron:
    """Make an RO as known now."""
    stand = register.stand()
    pad = map_ / naam
    dossiers = (
        deel
        for _, d in register.dossiers(instelling=instelling, stand=stand)
        if (deel := voor_ro(d, instelling, begin, einde)) is not None
    )
    schrijf_ro(pad, ro.Vlp(instelling, begin, einde, klok.vandaag()), dossiers)
    return als_bron(pad, stand)


def als_bron(pad: Path, stand: int) -> Bron:
    return Bron(pad, stand, hashlib.sha256(pad.read_bytes()).hexdigest())


def leg_uit(
    oud: Bron, nieuw: Bron, map_: Path, jaar: Studiejaar | None = JAAR, instelling: str = HIER, **opties: Any
) -> list[dict[str, Any]]:
    """Explain the differences, and return them as the JSON has them."""
    map_.mkdir(exist_ok=True)
    paden = schrijf_uitleg(oud, nieuw, instelling, jaar, map_, **opties)
    return gelezen(paden)["verschillen"]


def gelezen(paden: Sequence[Path]) -> dict[str, Any]:
    (pad,) = [pad for pad in paden if pad.suffix == ".JSON"]
    return msgspec.json.decode(pad.read_bytes())


def csv_rijen(map_: Path) -> Iterator[dict[str, str]]:
    (pad,) = map_.glob("UITLEG_*.CSV")
    with pad.open(encoding="utf-8-sig", newline="") as bestand:
        yield from csv.DictReader(bestand, delimiter=";")


def kort(verschillen: Sequence[dict[str, Any]]) -> list[tuple[str, str, str]]:
    """Return of each difference its recordsoort, key and kind."""
    return [(v["recordsoort"], " ".join(v["sleutel"]), v["soort_wijziging"]) for v in verschillen]


def oorzaken(verschillen: Sequence[dict[str, Any]], recordsoort: str | None = None) -> list[list[str]]:
    """Return of each difference the meldingen that caused it."""
    return [[m["id"] for m in v["meldingen"]] for v in verschillen if recordsoort in (None, v["recordsoort"])]


AN, BO, CAS = wie(0), wie(1), wie(2)
ONBEKEND = wie(MET_BSN)
"""Somebody of whom only an onderwijsnummer is known."""


def met_prijs(gegevens: Gegevens) -> Gegevens:
    """Let the programme have all that an amount needs."""
    opleiding = replace(
        gegevens.opleidingen[voorbeelden.OPLEIDING],
        niveau="MBO-3",
        soort_opleiding="vakopleiding",
        prijsfactor=Decimal("1.25"),
        met_vws=False,
    )
    return replace(gegevens, opleidingen=gegevens.opleidingen | {opleiding.code: opleiding})


def zet_klaar(monkeypatch: pytest.MonkeyPatch) -> None:
    """A register with reference data and persons at the source, some identified at the institution."""
    wereld.zet_klaar(monkeypatch)
    stamgegevens.laad_gegevens(met_prijs(wereld.gegevens()), "test", "met prijsfactor")
    lukt(*(identificeer(een) for een in (AN, BO, CAS)))


def bbl(over: Persoon, **anders: Any) -> Any:
    return schrijf_in(over, perioden=[periode(leertraject="BBL")], **anders)


def map_van(map_: Path, naam: str) -> Path:
    (map_ / naam).mkdir()
    return map_ / naam


def alles(paden: list[Path]) -> dict[str, str]:
    return {pad.name: hashlib.sha256(pad.read_bytes()).hexdigest() for pad in paden}
