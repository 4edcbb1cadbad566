"""What a delivered file holds, by its content and not by its name: an RO, or a melding on each line (NDJSON).

Either gives meldingen in batches of whole persons, always the same ones in the same order, and knows on which line
each of them stands.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple, Protocol
from uuid import UUID, uuid5

from msgspec import Struct

from kernregister.kern.formaten.bron import eerste_bytes, ontsluit, zonder_bom
from kernregister.kern.formaten.herkennen import herken
from kernregister.kern.formaten.lezen import Levering
from kernregister.kern.formaten.sorteren import gesorteerd
from kernregister.kern.formaten.verkennen import GROOTSTE_REGEL
from kernregister.kern.formaten.verslag import OnbruikbaarBestand, Verslag, zonder_nummers
from kernregister.kern.leesbaar import Objectfout, Onleesbaar
from kernregister.kern.meldingen import berichten as b
from kernregister.platform.versleuteling import kluis
from kernregister.voorzieningen.register import public as register

VOORBEELDEN: Final = 10_000
"""Lines that cannot be read of which the place is kept, of each cause."""

MEESTE_ONLEESBAAR: Final = 10_000
"""Lines that are no melding, after which a file is no delivery of meldingen."""

NDJSON: Final = "NDJSON"
RO: Final = "RO"


class Leesfout(Struct, frozen=True):
    """Something that cannot be read: where, and what was expected."""

    regel: int
    soort: str
    code: str
    veld: str
    tekst: str


class Plek(NamedTuple):
    """Where a melding comes from: its line (0: not known), and the number of its record."""

    regel: int
    sleutel: str


class Bron(Protocol):
    """A delivered file that was looked into."""

    soort: str
    regels: int
    totaal: int

    def partijen(self) -> Iterator[list[Any]]:
        """Give its meldingen in batches of whole persons.

        Raises:
            OnbruikbaarBestand: it is no delivery after all.
        """

    def plek(self, melding: Any) -> Plek:
        """Return where a melding of the batch that was given last comes from."""

    def leesfouten(self) -> list[Leesfout]:
        """Return what could not be read; when all batches were given."""

    def verslagen(self) -> Sequence[Verslag]:
        """Return what the reader has to say; when all batches were given."""


@contextmanager
def open_bron(pad: Path, instelling: str, nummer: UUID) -> Iterator[Bron]:
    """Look into a file, plain or zipped, and give it for as long as needed.

    Args:
        pad: the file.
        instelling: who delivers it.
        nummer: that of the delivery.

    Raises:
        OnbruikbaarBestand: it is no delivery, or that of another; the text says why, and what was expected.
    """
    with ontsluit(pad) as paden:
        soorten = [zonder_bom(eerste_bytes(een)).lstrip()[:1] == b"{" for een in paden]
        if all(soorten):
            yield _Ndjson(paden, instelling)
        elif any(soorten):
            raise OnbruikbaarBestand(
                "In deze zip staan bestanden van verschillende soort. Lever een RO en een bestand met meldingen"
                " apart aan."
            )
        else:
            yield _Ro(paden, instelling, nummer)


# ------------------------------------------------------------------------------------------ RO


class _Ro:
    """One RO, or several in a zip."""

    soort = RO

    def __init__(self, paden: Sequence[Path], instelling: str, nummer: UUID) -> None:
        self.nummer = nummer
        self.instelling = instelling
        herkomst = register.Herkomst("", instelling)
        self._leveringen = [Levering(pad, herken(pad), Verslag(pad.name, VOORBEELDEN)) for pad in paden]
        for levering in self._leveringen:
            register.instelling_van_ro(levering, herkomst)
        self._van_record: dict[int, int] = {}
        self.regels = self.totaal = 0
        for levering in self._leveringen:
            self._nummer_regels(levering)

    def _nummer_regels(self, levering: Levering) -> None:
        """Note on which line each record stands that becomes a melding: the fast reader tells no lines."""
        scheiding = levering.verkenning.scheiding.encode()
        meer = len(self._leveringen) > 1
        with levering.verkenning.pad.open("rb") as bestand:
            for nummer, regel in _regels(bestand, GROOTSTE_REGEL):
                self.regels += 1
                delen = (regel or b"").replace(b'"', b"").split(scheiding, 6)
                los = delen[0] in _LOS and len(delen) > 5 and not delen[3]
                if los or (delen[0] in _HEEL and len(delen) > 3):
                    self.totaal += 1
                    sleutel = _recordsleutel(delen[0], delen[1], delen[2], delen[5 if los else 3])
                    self._van_record.setdefault(sleutel, 0 if meer else nummer)

    def partijen(self) -> Iterator[list[Any]]:
        for plaats, levering in enumerate(self._leveringen):
            yield from register.partijen_van_ro(levering, self.instelling, uuid5(self.nummer, str(plaats)))
            levering.controleer_totalen()

    def plek(self, melding: Any) -> Plek:
        soort, nummer = _record_van(melding)
        sleutel = _recordsleutel(
            soort.encode(),
            (melding.burgerservicenummer or "").encode(),
            (melding.onderwijsnummer or "").encode(),
            nummer.encode(),
        )
        return Plek(self._van_record.get(sleutel, 0), nummer)

    def leesfouten(self) -> list[Leesfout]:
        return [
            Leesfout(
                plaats.regel,
                fout.recordsoort,
                fout.code,
                fout.veld,
                fout.tekst + (f" Verwacht: {fout.verwacht}." if fout.verwacht else ""),
            )
            for verslag in self.verslagen()
            for fout in verslag.fouten
            for plaats in fout.plaatsen
        ]

    def verslagen(self) -> Sequence[Verslag]:
        return [levering.verslag for levering in self._leveringen]


_HEEL = (b"ISG", b"DIP")
_LOS = (b"AMO", b"GEO", b"KZD")


def _recordsleutel(soort: bytes, bsn: bytes, onderwijsnummer: bytes, nummer: bytes) -> int:
    """Return a number for a record, so that many fit in memory; its lost zeros are back."""
    wie = tuple(deel.strip().zfill(9) if deel.strip() else b"" for deel in (bsn, onderwijsnummer))
    return hash((soort, *wie, nummer.strip()))


def _record_van(melding: Any) -> tuple[str, str]:
    if isinstance(melding, b.OvernemenInschrijving):
        return "ISG", melding.inschrijving.inschrijvingvolgnummer
    if isinstance(melding, b.OvernemenDiploma):
        return "DIP", melding.diploma.resultaatvolgnummer
    return str(melding.resultaat.__struct_config__.tag), melding.resultaat.resultaatvolgnummer


# ------------------------------------------------------------------------------------------ NDJSON

_REGEL = struct.Struct(">Q")


class _Ndjson:
    """A melding on each line, brought together by person: of one person they keep the order of the file."""

    soort = NDJSON

    def __init__(self, paden: Sequence[Path], instelling: str) -> None:
        self.instelling = instelling
        self._paden = paden
        self._van: dict[UUID, int] = {}
        self._leesfouten: list[Leesfout] = []
        self.regels = self.totaal = 0
        for pad in paden:
            with pad.open("rb") as bestand:
                for nummer, regel in _regels(bestand, b.GROOTSTE_MELDING):
                    self.regels = nummer
                    self.totaal += regel is None or bool(regel.strip())

    def partijen(self) -> Iterator[list[Any]]:
        partij: list[Any] = []
        vorige = b""
        self._van = {}
        for wie, inhoud in gesorteerd(self._rijen()):
            if wie != vorige and len(partij) >= register.PER_KEER:
                yield partij
                partij, self._van = [], {}
            vorige = wie
            melding = register.lees(inhoud[_REGEL.size :])
            partij.append(melding)
            self._van.setdefault(melding.id, _REGEL.unpack_from(inhoud)[0])
        if partij:
            yield partij

    def _rijen(self) -> Iterator[tuple[bytes, bytes]]:
        """Give the lines that are a melding, each under a hash of whom it is about."""
        van_ander: set[str] = set()
        eigen = False
        for pad in self._paden:
            with pad.open("rb") as bestand:
                for nummer, regel in _regels(bestand, b.GROOTSTE_MELDING):
                    if regel is not None and not regel.strip():
                        continue
                    try:
                        melding: Any = register.lees(_heel(regel))
                    except Onleesbaar as fout:
                        self._onleesbaar(nummer, fout)
                        continue
                    eigen = eigen or melding.afzender == self.instelling
                    if melding.afzender != self.instelling and len(van_ander) < 3:
                        van_ander.add(melding.afzender)
                    wie = kluis().zoek(melding.pgn or str(melding.id))
                    yield wie, _REGEL.pack(nummer) + (regel or b"")
        if van_ander and not eigen:
            raise OnbruikbaarBestand(
                f"De meldingen in dit bestand zijn van instelling {', '.join(sorted(van_ander))}, niet van"
                f" {self.instelling}. Lever aan met de eigen instellingscode als afzender."
            )

    def _onleesbaar(self, nummer: int, fout: Onleesbaar) -> None:
        for een in fout.fouten:
            tekst = zonder_nummers(een.uitleg)
            self._leesfouten.append(Leesfout(nummer, "", "N01", zonder_nummers(een.pad), tekst))
        if len({een.regel for een in self._leesfouten}) >= MEESTE_ONLEESBAAR:
            raise OnbruikbaarBestand(
                f"{MEESTE_ONLEESBAAR} regels van dit bestand zijn geen melding. Verwacht op elke regel één melding als"
                " JSON, zoals beschreven bij de API onder Meldingen."
            )

    def plek(self, melding: Any) -> Plek:
        return Plek(self._van.get(melding.id, 0), recordnummer(melding))

    def leesfouten(self) -> list[Leesfout]:
        return self._leesfouten

    def verslagen(self) -> Sequence[Verslag]:
        return ()


def _heel(regel: bytes | None) -> bytes:
    """Return a line that is not longer than any may be.

    Raises:
        Onleesbaar: it is.
    """
    if regel is None:
        raise Onleesbaar("bericht", [Objectfout("", f"een regel is hoogstens {b.GROOTSTE_MELDING} bytes")])
    return regel


def recordnummer(melding: Any) -> str:
    """Return the number of the record that a melding is about; empty when it is about the person."""
    inhoud = next(
        (deel for veld in ("inschrijving", "diploma", "resultaat") if (deel := getattr(melding, veld, None))),
        melding,
    )
    namen = ("resultaatvolgnummer", "inschrijvingvolgnummer")
    return str(next((nummer for veld in namen if (nummer := getattr(inhoud, veld, None))), ""))


def _regels(bestand: BinaryIO, langste: int) -> Iterator[tuple[int, bytes | None]]:
    """Give the lines of a file with their number; None for a line that is longer than any may be."""
    nummer = 0
    while regel := bestand.readline(langste + 1):
        nummer += 1
        te_lang = len(regel) > langste and not regel.endswith(b"\n")
        if nummer == 1:
            regel = zonder_bom(regel)
        yield nummer, None if te_lang else regel
        while te_lang and (rest := bestand.readline(langste)):
            te_lang = not rest.endswith(b"\n")
