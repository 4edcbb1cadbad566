"""What a signal is before it is a row: a finding without numbers of persons, recognisable by its fingerprint. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from hashlib import blake2b
from typing import Any

import msgspec
from msgspec import Struct

from kernregister.kern.dossier import Dossier, Persoon
from kernregister.kern.regels.motor import Sleutel, Uitkomst
from kernregister.kern.regels.paspoort import Regel
from kernregister.platform.pas import Bijzonder

Waarden = tuple[tuple[str, Any], ...]
"""Values of a finding in the order of the rule, as pairs of name and value."""

_json = msgspec.json.Encoder(order="deterministic")


class Recordsleutel(Struct, frozen=True, omit_defaults=True):
    """The key of a record without the number of its person."""

    record: str
    instelling: str = ""
    inschrijvingvolgnummer: str | None = None
    datum_begin: date | None = None
    bpv_volgnummer: str | None = None
    resultaatvolgnummer: str | None = None
    opleidingcode: str | None = None

    @classmethod
    def van(cls, sleutel: Sleutel) -> Recordsleutel:
        """Return the key without the number."""
        return cls(**{veld: getattr(sleutel, veld) for veld in cls.__struct_fields__})

    def met(self, pgn: str) -> Sleutel:
        """Return the key with a number."""
        return Sleutel(pgn=pgn, **msgspec.structs.asdict(self))


class Signaal(Struct, frozen=True):
    """A finding as it is kept."""

    vingerafdruk: bytes
    regel: str
    instelling: str
    sleutel: bytes
    """The `Recordsleutel`, as JSON."""
    op_onderwijsnummer: bool
    van: date
    tot: date
    teldatum: date | None
    waarden: bytes
    """The `Waarden`, as JSON."""
    bijzonder: str
    schaduw: bool

    def uitkomst(self, persoon: Persoon) -> Uitkomst:
        """Return the finding again, on a person."""
        return Uitkomst(
            self.regel,
            lees_sleutel(self.sleutel).met(nummer_van(persoon, self.op_onderwijsnummer)),
            self.van,
            self.tot,
            dict(lees_waarden(self.waarden)),
        )


lees_sleutel = msgspec.json.Decoder(Recordsleutel).decode
lees_waarden = msgspec.json.Decoder(Waarden).decode


def nummer_van(persoon: Persoon, op_onderwijsnummer: bool) -> str:
    """Return the number under which the owner of a record finds it again."""
    return (op_onderwijsnummer and persoon.onderwijsnummer) or persoon.pgn


def signalen(
    dossier: Dossier,
    uitkomsten: Iterable[Uitkomst],
    dag: date,
    regels: dict[str, Regel],
    schaduw: Collection[str],
) -> dict[bytes, Signaal]:
    """Return the signals that stand on a day, by fingerprint.

    A finding on the person as a whole stands at every institution that has a record in the dossier.
    """
    uit: dict[bytes, Signaal] = {}
    keren: Counter[bytes] = Counter()
    for uitkomst in uitkomsten:
        if uitkomst.geldt_op(dag):
            eigenaars = (
                [uitkomst.sleutel.instelling] if uitkomst.sleutel.instelling else instellingen(dossier)
            )
            for instelling in eigenaars:
                signaal = _signaal(
                    uitkomst,
                    instelling,
                    dossier.persoon,
                    regels[uitkomst.regel],
                    uitkomst.regel in schaduw,
                    keren,
                )
                uit[signaal.vingerafdruk] = signaal
    return uit


def instellingen(dossier: Dossier) -> list[str]:
    """Return the institutions that have a record in a dossier, in order of code."""
    records = (*dossier.inschrijvingen, *dossier.diplomas, *dossier.losse_resultaten)
    return sorted({record.instelling for record in records if record.instelling})


def _signaal(
    uitkomst: Uitkomst, instelling: str, persoon: Persoon, regel: Regel, schaduw: bool, keren: Counter[bytes]
) -> Signaal:
    sleutel = _json.encode(Recordsleutel.van(uitkomst.sleutel))
    waarden = _json.encode(tuple(uitkomst.waarden.items()))
    op_onderwijsnummer = uitkomst.sleutel.pgn == persoon.onderwijsnummer
    alles = b"\0".join(
        (
            f"{uitkomst.regel}{instelling}{uitkomst.van}{uitkomst.tot}{op_onderwijsnummer}{schaduw}".encode(),
            sleutel,
            waarden,
        )
    )
    keren[alles] += 1  # a rule may find the very same thing twice, and then it is counted twice
    afdruk = blake2b(alles + bytes([keren[alles] % 256]), digest_size=16).digest()
    return Signaal(
        afdruk,
        uitkomst.regel,
        instelling,
        sleutel,
        op_onderwijsnummer,
        uitkomst.van,
        uitkomst.tot,
        uitkomst.waarden.get("teldatum"),
        waarden,
        _bijzonder(uitkomst, regel),
        schaduw,
    )


def _bijzonder(uitkomst: Uitkomst, regel: Regel) -> str:
    """Return which kind of special data a finding gives away, if any."""
    if uitkomst.sleutel.record == "ExtraOndersteuning":
        return Bijzonder.ONDERSTEUNING.value
    if regel.draagt & {"Persoon.verblijfstitels", "Persoon.nationaliteiten"}:
        return Bijzonder.VERBLIJF.value
    return ""


class Ingreep(Struct, frozen=True):
    """What makes signals open and close: a melding, or a reason when it is none."""

    dag: date
    melding: int | None = None
    reden: str = ""


class Rij(Struct):
    """A signal of a person with its life. ``id`` is None until it is a row."""

    persoon: int
    signaal: Signaal
    sinds: date
    id: int | None = None
    opening: Ingreep | None = None
    """Only of a signal that was opened here."""
    sluiting: Ingreep | None = None
    vervangen: bool | None = None


class Boek:
    """The open signals of some persons, and what happens to them, in order."""

    def __init__(self) -> None:
        self._open: dict[int, dict[bytes, Rij]] = {}
        self.nieuw: list[Rij] = []
        self.gesloten: list[Rij] = []
        """Rows that were open before and are no longer."""

    def zet(self, rij: Rij) -> None:
        """Take up a signal that is open."""
        self._open.setdefault(rij.persoon, {})[rij.signaal.vingerafdruk] = rij

    def open(self, persoon: int) -> Iterator[Signaal]:
        """Give the signals of a person that are open."""
        return (rij.signaal for rij in self._open.get(persoon, {}).values())

    def werk_bij(
        self, persoon: int, gewenst: dict[bytes, Signaal], ingreep: Ingreep
    ) -> tuple[list[Signaal], list[Signaal]]:
        """Open what is wanted and not there, close what is there and not wanted; return both."""
        staat = self._open.get(persoon)
        if not staat and not gewenst:
            return [], []
        if staat is None:
            staat = self._open[persoon] = {}
        weg = [rij for afdruk, rij in staat.items() if afdruk not in gewenst]
        erbij = [signaal for afdruk, signaal in gewenst.items() if afdruk not in staat]
        for rij in weg:
            rij.sluiting, rij.vervangen = ingreep, False
            del staat[rij.signaal.vingerafdruk]
            if rij.id is not None:
                self.gesloten.append(rij)
        opvolgbaar = {plaats(rij.signaal): rij for rij in reversed(weg)}
        for signaal in erbij:
            voorganger = opvolgbaar.pop(plaats(signaal), None)
            if voorganger is not None:
                voorganger.vervangen = True
            sinds = voorganger.sinds if voorganger else ingreep.dag
            staat[signaal.vingerafdruk] = rij = Rij(persoon, signaal, sinds, opening=ingreep)
            self.nieuw.append(rij)
        return erbij, [rij.signaal for rij in weg]


def plaats(signaal: Signaal) -> tuple[object, ...]:
    """Return what stays the same when only the values of a signal change."""
    # the key is read, because the database writes the same JSON in another way
    return signaal.regel, signaal.instelling, lees_sleutel(signaal.sleutel), signaal.teldatum, signaal.schaduw
