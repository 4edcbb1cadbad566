"""The lines of a file in another order than the prescribed one, brought into it."""

from __future__ import annotations

from collections.abc import Iterator

from kernregister.kern.formaten.bron import zonder_bom
from kernregister.kern.formaten.indeling import tag
from kernregister.kern.formaten.regellezer import Regellezer
from kernregister.kern.formaten.sorteren import Rij, gesorteerd
from kernregister.kern.formaten.verkennen import GROOTSTE_REGEL, Verkenning


class Herschikking:
    """Gives the lines of a file person by person, in canonical order; the opening and closing records left out.

    Within a person the PER record comes first; the other lines keep their order. Lines that are of no person are
    explained on the way and left out.
    """

    def __init__(self, verkenning: Verkenning, lezer: Regellezer) -> None:
        indeling = verkenning.indeling
        self._pad = verkenning.pad
        self._lezer = lezer
        self._verslag = lezer.verslag
        self._scheiding = verkenning.scheiding.encode()
        self._nummers = len(indeling.nummervelden)
        self._kop, self._sluit = tag(indeling.kop).encode(), tag(indeling.sluit).encode()
        self._rang = {soort.encode(): b"2" for soort in indeling.records}
        self._rang[tag(indeling.persoon).encode()] = b"1"
        self._randen: dict[bytes, set[bytes]] = {self._kop: set(), self._sluit: set()}
        self._aantal = {self._kop: 0, self._sluit: 0}

    def regels(self) -> Iterator[tuple[bytes, int, bytes]]:
        """Give the place of the person, the number and the text of each line."""
        vorige, verplaatst, begonnen = 0, False, False
        for sleutel, inhoud in gesorteerd(self._met_sleutel()):
            if not begonnen:
                self._meld_randen()
                begonnen = True
            nummer, regel = inhoud.split(b"\t", 1)
            verplaatst = verplaatst or int(nummer) < vorige
            vorige = int(nummer)
            yield sleutel[:-1], vorige, regel
        if not begonnen:
            self._meld_randen()
        if verplaatst:
            self._verslag.opmerking(
                "volgorde",
                "De records staan niet in de voorgeschreven volgorde (per persoon bijeen, oplopend op nummer). "
                "Ze zijn voor het lezen bij elkaar gezocht.",
            )

    def _met_sleutel(self) -> Iterator[Rij]:
        for nummer, regel in self._genummerd():
            sleutel = self._sleutel(regel, nummer)
            if sleutel is not None:
                yield sleutel, b"%d\t%b" % (nummer, regel)

    def _genummerd(self) -> Iterator[tuple[int, bytes]]:
        nummer = 0
        with self._pad.open("rb") as bestand:
            while regel := bestand.readline(GROOTSTE_REGEL):
                nummer += 1
                if nummer == 1:
                    regel = zonder_bom(regel)
                if len(regel) == GROOTSTE_REGEL and not regel.endswith(b"\n"):
                    while (rest := bestand.readline(GROOTSTE_REGEL)) and not rest.endswith(b"\n"):
                        pass
                    self._meld_te_lang(nummer, regel)
                    continue
                yield nummer, regel.rstrip(b"\r\n")

    def _meld_te_lang(self, nummer: int, regel: bytes) -> None:
        self._verslag.fout(
            "regel_te_lang",
            f"De regel is langer dan {GROOTSTE_REGEL} tekens: dit is geen record.",
            regel=nummer,
            waarde=regel[:20].decode(errors="replace"),
        )

    def _sleutel(self, regel: bytes, nummer: int) -> bytes | None:
        """Return a key that puts who has a burgerservicenummer first, and per person the PER record before others.

        Nothing for a line that is of no person.
        """
        kaal = regel.replace(b'"', b"") if b'"' in regel else regel
        soort, *velden = kaal.split(self._scheiding, self._nummers + 1)
        if soort in self._randen:
            self._aantal[soort] += 1
            if len(self._randen[soort]) < 3:
                self._randen[soort].add(kaal.rstrip(self._scheiding))
            return None
        rang = self._rang.get(soort)
        if rang is None:
            self._lezer.lees(regel, nummer)
            return None
        nummers = velden[: self._nummers]
        zonder_bsn = b"1" if nummers[:1] == [b""] else b"0"
        return b"\x01".join([zonder_bsn, *(nummer.rjust(9, b"0") for nummer in nummers), rang])

    def _meld_randen(self) -> None:
        """Report opening and closing records that are there more than once: pasted files, most of the time."""
        for soort, verschillend in self._randen.items():
            if self._aantal[soort] > 1:
                self._verslag.opmerking(
                    "records_meer_dan_eens",
                    "Het openings- of sluitrecord staat er meer dan eens: zijn er bestanden achter elkaar geplakt? "
                    "Het eerste is gebruikt.",
                    fout=len(verschillend) > 1,
                    aantal=self._aantal[soort],
                    recordsoort=soort.decode(),
                )
