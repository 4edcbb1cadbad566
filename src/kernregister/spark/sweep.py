"""A sweep over packed dossiers as a function of Arrow batches: signals and funding, counted per institution.

The function is what Spark calls for each stretch of persons (``mapInArrow``); here it can be called without Spark. What
comes out are counts with their keys; those of all stretches, added up per key, are those of the sector.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Final

import msgspec
import pyarrow as pa
from msgspec import Struct

from kernregister.kern.bekostiging.beslissen import Beslisser
from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.bekostiging.parameters import parameters
from kernregister.kern.bekostiging.totalen import Diplomatelling, Inschrijvingtelling, Optelling
from kernregister.kern.dossier import Dossier
from kernregister.kern.gegevens import Gegevens
from kernregister.kern.regels.catalogus import catalogus
from kernregister.kern.regels.motor import Motor

SLEUTEL: Final = ("wat", "instelling", "regel_of_niveau", "leertraject", "teldatum")
"""What a count is of. ``wat``: signaal, inschrijving or diploma; ``teldatum``: 0 or 1; what does not apply is empty."""

AANTALLEN: Final = (
    "aantal",
    "voor_correctiefactor",
    "zonder_bijdrage",
    "op_leeftijd",
    "leeftijd_onbekend",
)
BEDRAG: Final = "bijdrage"

SCHEMA: Final = pa.schema(
    [
        ("wat", pa.string()),
        ("instelling", pa.string()),
        ("regel_of_niveau", pa.string()),
        ("leertraject", pa.string()),
        ("teldatum", pa.int32()),
        *((naam, pa.int64()) for naam in AANTALLEN),
        (BEDRAG, pa.decimal128(28, 6)),
    ]
)

SPARK_SCHEMA: Final = (
    "wat string, instelling string, regel_of_niveau string, leertraject string, teldatum int, "
    + ", ".join(f"{naam} bigint" for naam in AANTALLEN)
    + f", {BEDRAG} decimal(28,6)"
)
"""The same as ``SCHEMA``, as Spark writes it."""

Batches = Iterable[Any]
Rij = dict[str, Any]


class Opdracht(Struct, frozen=True):
    """What to sweep with. Signals are judged on ``peildatum``; without ``jaar`` no funding is decided."""

    peildatum: date
    gegevens: Gegevens
    jaar: Bekostigingsjaar | None = None


class Uitslag(Struct):
    """What a sweep found."""

    signalen: Counter[tuple[str, str]]
    """Rule and institution -> findings."""
    bekostiging: Optelling | None


def veeg(opdracht: Opdracht) -> Callable[[Batches], Iterator[Any]]:
    """Return the function that sweeps stretches of packed dossiers: batches in, one batch of counts out."""
    return Veger(msgspec.msgpack.encode(opdracht))


class Veger:
    """Sweeps; it travels to where the dossiers are, and unpacks there what it needs."""

    def __init__(self, opdracht: bytes) -> None:
        self.opdracht = opdracht

    def __call__(self, batches: Batches) -> Iterator[Any]:
        """Sweep the batches and give one with the counts."""
        opdracht = msgspec.msgpack.decode(self.opdracht, type=Opdracht)
        controleer = Motor(catalogus().values(), opdracht.peildatum, opdracht.gegevens).controleer
        optelling = Optelling(parameters(opdracht.jaar)) if opdracht.jaar else None
        beslis = Beslisser(opdracht.jaar, opdracht.gegevens) if opdracht.jaar else None
        decodeer = msgspec.msgpack.Decoder(Dossier).decode
        signalen: Counter[tuple[str, str]] = Counter()
        for batch in batches:
            for waarde in batch.column("dossier"):
                dossier = decodeer(waarde.as_buffer())
                for gevonden in controleer(dossier):
                    signalen[gevonden.regel, gevonden.sleutel.instelling] += 1
                if beslis is not None and optelling is not None:
                    optelling.tel(beslis(dossier))
        yield pa.RecordBatch.from_pylist(list(rijen(Uitslag(signalen, optelling))), SCHEMA)


def rijen(uitslag: Uitslag) -> Iterator[Rij]:
    """Give what was found as rows, in order."""
    for (regel, instelling), aantal in sorted(uitslag.signalen.items()):
        yield _rij("signaal", instelling, regel, aantal=aantal)
    if uitslag.bekostiging is None:
        return
    for sleutel, telling in sorted(uitslag.bekostiging.inschrijvingen.items(), key=_volgorde):
        instelling, niveau, leertraject, nummer = sleutel
        waarden = {naam: getattr(telling, naam) for naam in AANTALLEN}
        yield _rij(
            "inschrijving", instelling, niveau, leertraject, nummer, bijdrage=telling.bijdrage, **waarden
        )
    for (instelling, niveau), diplomas in sorted(uitslag.bekostiging.diplomas.items(), key=_volgorde):
        yield _rij(
            "diploma",
            instelling,
            niveau,
            aantal=diplomas.aantal,
            zonder_bijdrage=diplomas.zonder_waarde,
            bijdrage=diplomas.waarde,
        )


def _volgorde(paar: tuple[tuple[Any, ...], Any]) -> tuple[str, ...]:
    return tuple("" if deel is None else str(deel) for deel in paar[0])


def _rij(
    wat: str,
    instelling: str,
    regel_of_niveau: str | None,
    leertraject: str | None = None,
    teldatum: int | None = None,
    *,
    bijdrage: Decimal = Decimal(0),
    **aantallen: int,
) -> Rij:
    sleutel = dict(zip(SLEUTEL, (wat, instelling, regel_of_niveau, leertraject, teldatum), strict=True))
    return {**sleutel, **dict.fromkeys(AANTALLEN, 0), **aantallen, BEDRAG: bijdrage}


def lees_uitslag(gevonden: Iterable[Rij], opdracht: Opdracht) -> Uitslag:
    """Return what rows say, added up; rows of one key may come more than once."""
    uit = Uitslag(Counter(), Optelling(parameters(opdracht.jaar)) if opdracht.jaar else None)
    for rij in gevonden:
        instelling, naam = rij["instelling"], rij["regel_of_niveau"]
        if rij["wat"] == "signaal":
            uit.signalen[naam, instelling] += rij["aantal"]
            continue
        assert uit.bekostiging is not None, "a row of funding in a sweep without"
        bedrag = rij[BEDRAG].normalize() if rij[BEDRAG] else Decimal(0)
        if rij["wat"] == "inschrijving":
            telling = Inschrijvingtelling(bijdrage=bedrag, **{n: rij[n] for n in AANTALLEN})
            uit.bekostiging.voeg_inschrijvingen_toe(
                (instelling, naam, rij["leertraject"], rij["teldatum"]), telling
            )
        else:
            diplomas = Diplomatelling(rij["aantal"], rij["zonder_bijdrage"], bedrag)
            uit.bekostiging.voeg_diplomas_toe((instelling, naam), diplomas)
    return uit
