"""Clients that deliver over the API and never give up: what got no answer is sent again, under the same id."""

import http.client
import json
import random
import time
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from threading import Event, Thread
from typing import Any
from uuid import UUID

from kernregister.kern.dossier import Dossier, ExtraOndersteuning
from kernregister.kern.meldingen import berichten as b
from kernregister.platform import klok
from tests.crash.nazien import Bevestigd
from tests.voorzieningen.register import opzet
from tests.web.conftest import BASIS, als_json

GEDULD = 8.0
"""Seconds that a client waits for an answer before it tries again: the first attempt may still be going on."""

LANGSTE_PAUZE = 0.5

PROBEER_OPNIEUW = {429, 500, 503}


class Onverwacht(Exception):
    """An answer that no crash explains."""


class Lijn:
    """A connection of one institution to the register, that comes back after whatever happens."""

    def __init__(self, poort: int, aansluiting: str, geheim: str, toeval: random.Random) -> None:
        self.poort, self.toeval = poort, toeval
        self._wie = b64encode(f"{aansluiting}:{geheim}".encode()).decode()
        self._token = ""
        self._http: http.client.HTTPConnection | None = None
        self.pogingen: Counter[str] = Counter()
        """How attempts went: the status, or the kind of error."""

    def stuur(self, pad: str, inhoud: str, soort: str = "application/json") -> tuple[int, bytes]:
        """Send until there is an answer, and return it."""
        pauze = 0.02
        while True:
            try:
                if not self._token:
                    self._token = self._haal_token()
                status, antwoord = self._vraag(
                    BASIS + pad, inhoud, {"Content-Type": soort, "Authorization": f"Bearer {self._token}"}
                )
            except (OSError, http.client.HTTPException, ValueError) as fout:
                self.verbreek()
                status, antwoord = 0, b""
                self.pogingen[type(fout).__name__] += 1
            else:
                self.pogingen[str(status)] += 1
                if status not in PROBEER_OPNIEUW:
                    return status, antwoord
            time.sleep(pauze * self.toeval.uniform(0.5, 1.5))
            pauze = min(2 * pauze, LANGSTE_PAUZE)

    def _vraag(self, pad: str, inhoud: str, koppen: dict[str, str]) -> tuple[int, bytes]:
        if self._http is None:
            self._http = http.client.HTTPConnection("127.0.0.1", self.poort, timeout=GEDULD)
        self._http.request("POST", pad, inhoud.encode(), koppen)
        antwoord = self._http.getresponse()
        return antwoord.status, antwoord.read()

    def _haal_token(self) -> str:
        koppen = {"Content-Type": "application/x-www-form-urlencoded", "Authorization": f"Basic {self._wie}"}
        status, antwoord = self._vraag("/oauth/token", "grant_type=client_credentials", koppen)
        if status != 200:
            raise ValueError(f"geen toegangsbewijs: {status}")
        return str(json.loads(antwoord)["access_token"])

    def verbreek(self) -> None:
        """Close the connection; the next request makes another."""
        if self._http is not None:
            self._http.close()
            self._http = None


class Klant(Thread):
    """An institution that delivers on and on, one melding at a time and in bulk, and keeps every answer."""

    def __init__(self, lijn: Lijn, brin: str, dossiers: Sequence[Dossier], toeval: random.Random) -> None:
        super().__init__(name=f"klant {brin}", daemon=True)
        self.lijn, self.toeval = lijn, toeval
        self.boek: dict[UUID, Bevestigd] = {}
        self.antwoorden: dict[UUID, dict[str, Any]] = {}
        self.opnieuw = 0
        """Meldingen that were sent more than once."""
        self.fout: BaseException | None = None
        self.stop = Event()
        self._werk = meldingen(brin, dossiers, toeval)

    def run(self) -> None:
        try:
            while not self.stop.is_set():
                aantal = self.toeval.choice((1, 1, 1, 1, 5, 20))
                self.lever([next(self._werk) for _ in range(aantal)])
        except BaseException as fout:  # noqa: BLE001 - whoever waits for this client is told
            self.fout = fout
        finally:
            self.lijn.verbreek()

    def lever(self, wat: Sequence[b.Melding]) -> None:
        """Deliver meldingen until each has its answer."""
        voor = self.lijn.pogingen.total()
        if len(wat) == 1:
            self._neem(wat[0], self._een(wat[0]))
        else:
            self._bulk(wat)
        self.opnieuw += len(wat) * (self.lijn.pogingen.total() - voor > 1)

    def _een(self, melding: b.Melding) -> dict[str, Any]:
        status, tekst = self.lijn.stuur("/meldingen", als_json(melding))
        if status not in {200, 422}:
            raise Onverwacht(f"{status} {tekst[:500]!r}")
        antwoord = json.loads(tekst)
        return antwoord if status == 200 else antwoord["antwoord"]

    def _bulk(self, wat: Sequence[b.Melding]) -> None:
        inhoud = "\n".join(map(als_json, wat))
        while True:
            status, tekst = self.lijn.stuur("/meldingen/bulk", inhoud, "application/x-ndjson")
            if status != 200:
                raise Onverwacht(f"{status} {tekst[:500]!r}")
            *regels, slot = map(json.loads, tekst.splitlines())
            for regel in regels:
                self._neem(wat[regel["regel"] - 1], regel["antwoord"])
            if slot["wat"] == "slot" and not slot.get("afgebroken") and len(regels) == len(wat):
                return

    def _neem(self, melding: b.Melding, antwoord: dict[str, Any]) -> None:
        eerder = self.antwoorden.setdefault(melding.id, antwoord)
        if eerder != antwoord or str(melding.id) != antwoord["id"]:
            raise Onverwacht(f"eerst {eerder}, nu {antwoord}")
        self.boek[melding.id] = Bevestigd(melding, antwoord["aanvaard"], antwoord.get("persoon"))

    def vraag_alles_opnieuw(self, per: int = 1000) -> None:
        """Send everything once more: whatever gets another answer than before is unexpected."""
        alles = [bevestigd.melding for bevestigd in self.boek.values()]
        for begin in range(0, len(alles), per):
            self._bulk(alles[begin : begin + per])


def meldingen(brin: str, dossiers: Sequence[Dossier], toeval: random.Random) -> Iterator[b.Melding]:
    """Give meldingen without end: first who they are and their enrolments, then corrections and removals."""
    eigen = [
        (dossier, plaats)
        for dossier in dossiers
        for plaats, een in enumerate(dossier.inschrijvingen)
        if een.instelling == brin
    ]
    for dossier, plaats in eigen:
        yield opzet.identificatie(dossier, brin)
        yield opzet.inschrijving(dossier, plaats)
    while True:
        dossier, plaats = toeval.choice(eigen)
        een = dossier.inschrijvingen[plaats]
        diplomas = [nummer for nummer, d in enumerate(dossier.diplomas) if d.instelling == brin]
        match toeval.randrange(10):
            case 0:
                yield opzet.identificatie(dossier, brin)
            case 1:
                yield opzet.lees(
                    "VerwijderenInschrijving",
                    brin,
                    dossier,
                    inschrijvingvolgnummer=een.inschrijvingvolgnummer,
                )
            case 2 | 3 if een.bpvs:
                yield opzet.bpv(dossier, plaats, toeval.randrange(len(een.bpvs)))
            case 4 if een.bpvs:
                yield opzet.lees(
                    "VerwijderenBpv",
                    brin,
                    dossier,
                    inschrijvingvolgnummer=een.inschrijvingvolgnummer,
                    bpv_volgnummer=toeval.choice(een.bpvs).volgnummer,
                )
            case 5 if diplomas:
                yield opzet.diploma(dossier, toeval.choice(diplomas))
            case 6 if diplomas:
                nummer = dossier.diplomas[toeval.choice(diplomas)].resultaatvolgnummer
                yield opzet.lees("VerwijderenResultaat", brin, dossier, resultaatvolgnummer=nummer)
            case _:
                steun = (ExtraOndersteuning(een.datum_inschrijving),) if toeval.random() < 0.5 else ()
                gepland = klok.vandaag() + timedelta(days=toeval.randrange(-300, 150))  # half of them signal
                yield opzet.inschrijving(
                    dossier, plaats, datum_uitschrijving_gepland=gepland, extra_ondersteuning=steun
                )
