"""Meldingen in bulk: lines of NDJSON in, an answer to each in the same order, and at the end what it comes down to.

The meldingen are processed while they come in; the answers go out when the last one is in. So a client that sends
everything before it reads anything never waits for a server that waits for it, and memory stays the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import IO, Any

import msgspec
from django.http import FileResponse
from msgspec import Struct

from kernregister.kern.meldingen.berichten import GROOTSTE_MELDING, Aangeleverd
from kernregister.platform import klok
from kernregister.voorzieningen.register import public as register
from kernregister.web.api import weergave
from kernregister.web.api.bulkverslag import Bulkverslag, Samenvatting
from kernregister.web.api.meldingen import Proefvraag, herkomst, lees, van_een_ander
from kernregister.web.api.problemen import Fout, Probleem, Punt, probleem
from kernregister.web.api.routes import NDJSON, Lichaam, Verzoek, route
from kernregister.web.api.weergave import Bevinding, Meldingantwoord

PER_KEER = 1000
"""Meldingen in one transaction."""

GROOTSTE_BULK = 1 << 30
"""Most bytes of a delivery in bulk."""

MEESTE_ONLEESBAAR = 10_000
"""Lines that are no melding, after which the rest is not read: each of a few bytes gets an answer of hundreds."""

_IN_GEHEUGEN = 8 << 20


class Bulkantwoord(Struct, frozen=True, tag="antwoord", tag_field="wat"):
    """The answer to one line. A line that is no melding has no ``antwoord`` but a ``probleem``."""

    regel: int
    """Number of the line, from 1."""
    antwoord: Meldingantwoord | None = None
    probleem: Probleem | None = None


class Bulkslot(Struct, frozen=True, tag="slot", tag_field="wat"):
    """The last line. With ``afgebroken`` the rest was not processed: send it again, the same ids are harmless."""

    samenvatting: Samenvatting
    afgebroken: Probleem | None = None


Bulkregel = Bulkantwoord | Bulkslot


@route(
    "meldingen_bulk",
    "POST",
    "/meldingen/bulk",
    titel=("Veel meldingen tegelijk", "Many meldingen at once"),
    groep="Meldingen",
    vraag=Proefvraag,
    lichaam=Lichaam(
        soort=Aangeleverd,
        media=(NDJSON, "application/ndjson", "application/jsonl"),
        hoogstens=GROOTSTE_BULK,
        stroom=True,
    ),
    antwoord=Bulkregel,
    media=NDJSON,
)
def meldingen_bulk(verzoek: Verzoek) -> FileResponse:
    """A melding a line (NDJSON): answers in the same order, and a last line that groups refusals by their cause."""
    uit: IO[bytes] = SpooledTemporaryFile(max_size=_IN_GEHEUGEN)  # noqa: SIM115 - the answer closes it
    try:
        _Levering(verzoek, uit).verwerk()
        uit.seek(0)
    except BaseException:
        uit.close()
        raise
    antwoord = FileResponse(uit, content_type=NDJSON)  # it closes the file, read or not
    antwoord.block_size = 1 << 16
    del antwoord["Content-Disposition"]
    antwoord["Cache-Control"] = "no-store"
    return antwoord


class _Levering:
    """A delivery while it comes in."""

    def __init__(self, verzoek: Verzoek, uit: IO[bytes]) -> None:
        self.verzoek, self.uit = verzoek, uit
        self.verslag = Bulkverslag(verzoek.taal)
        self.onleesbaar = 0
        self.herkomst = herkomst(verzoek)
        self.partij: list[tuple[int, Any, Fout | Bevinding | None]] = []
        self._schrijf = msgspec.json.Encoder().encode

    def verwerk(self) -> None:
        """Process all lines.

        Raises:
            Fout: it went wrong before anything was answered.
        """
        afgebroken: Fout | None = None
        try:
            for nummer, regel in enumerate(_regels(self.verzoek), start=1):
                if regel.strip():
                    self._lees(nummer, regel)
                if len(self.partij) >= PER_KEER:
                    self._lever()
            self._lever()
        except Fout as fout:
            # what came in whole is processed: the client knows from the answers how far it got
            afgebroken = fout
            self._lever()
        slot = Bulkslot(
            self.verslag.samenvatting(),
            probleem(afgebroken, self.verzoek.taal) if afgebroken is not None else None,
        )
        self.uit.write(self._schrijf(slot) + b"\n")

    def _lees(self, nummer: int, regel: bytes) -> None:
        try:
            melding = lees(regel)
        except Fout as fout:
            self.partij.append((nummer, None, fout))
            self.onleesbaar += 1
            if self.onleesbaar == MEESTE_ONLEESBAAR:
                raise Fout("onleesbaar", [Punt(f"{MEESTE_ONLEESBAAR} regels zijn geen melding")]) from None
            return
        self.partij.append((nummer, melding, van_een_ander(self.verzoek, melding)))

    def _lever(self) -> None:
        """Process what was read, and write the answers."""
        partij, self.partij = self.partij, []
        meldingen = [melding for _, melding, bezwaar in partij if bezwaar is None]
        terug = (
            iter(register.verwerk(meldingen, self.herkomst, self.verzoek.vraag.proef))
            if meldingen
            else iter(())
        )
        regels: list[bytes] = []
        for nummer, melding, bezwaar in partij:
            if isinstance(bezwaar, Fout):
                self.verslag.onleesbaar()
                een = Bulkantwoord(nummer, probleem=probleem(bezwaar, self.verzoek.taal))
            else:
                antwoord = self._geweigerd(melding, bezwaar) if bezwaar else self._antwoord(next(terug))
                self.verslag.tel(melding, antwoord)
                een = Bulkantwoord(nummer, antwoord)
            regels.append(self._schrijf(een))
        if regels:
            self.uit.write(b"\n".join(regels) + b"\n")

    def _antwoord(self, terug: Any) -> Meldingantwoord:
        return weergave.antwoord(terug, self.verzoek.taal, self.verzoek.wie.pas)

    def _geweigerd(self, melding: Any, bevinding: Bevinding) -> Meldingantwoord:
        return Meldingantwoord(
            id=melding.id,
            soort=type(melding).__name__,
            aanvaard=False,
            ontvangen_op=klok.nu(),
            proef=self.verzoek.vraag.proef,
            bevindingen=(bevinding,),
        )


def _regels(verzoek: Verzoek) -> Iterator[bytes]:
    """Give the lines of the body.

    Raises:
        Fout: a line is longer than any melding may be, the body is too long or was cut off.
    """
    rest = b""
    for stuk in verzoek.stukken(GROOTSTE_BULK):
        *heel, rest = (rest + stuk).split(b"\n")
        yield from heel
        if len(rest) > GROOTSTE_MELDING:
            raise Fout("te-groot", [Punt(f"een regel is hoogstens {GROOTSTE_MELDING} bytes")])
    if rest:
        yield rest
