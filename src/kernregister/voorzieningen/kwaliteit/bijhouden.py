"""Keeping signals live: what meldingen, the calendar and a change of rules or reference data open and close.

Everything happens inside the caller's transaction, on persons that the caller has locked, for a whole batch in a few
statements. What the calendar or a change did is put on record before the melding that comes after it, so that no
melding is said to have opened what a day opened.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from msgspec import Struct

from kernregister.kern.dossier import Dossier
from kernregister.kern.regels.motor import Uitkomst
from kernregister.kern.tijd import OPEN
from kernregister.platform.sql import JSON, als_rijen, cursor
from kernregister.voorzieningen.kwaliteit.grondslag import KALENDER, Grondslag, huidige, nummer, redenen
from kernregister.voorzieningen.kwaliteit.signaal import Boek, Ingreep, Rij, Signaal, instellingen, signalen
from kernregister.voorzieningen.kwaliteit.zaken import volg_signalen
from kernregister.voorzieningen.register.public import Doorwerking, Toegepast


class Stand(Struct, frozen=True):
    """Until when the signals of a person hold by themselves, and with what they were judged."""

    dag: date
    grondslag: int


def volg(toegepast: Sequence[Toegepast], nu: datetime, vandaag: date) -> dict[int, Doorwerking]:
    """Open and close the signals of a batch of meldingen; return per melding what it did to the sender's own.

    What it did at other institutions is on their lists, and not in this answer.
    """
    werk = Bijwerking({t.persoon for t in toegepast}, nu, vandaag)
    uit = {}
    for t in toegepast:
        werk.haal_bij(t.persoon, t.voor)
        geopend, gesloten = werk.beoordeel(t.persoon, t.na, Ingreep(vandaag, t.melding))
        if geopend or gesloten:
            uit[t.melding] = Doorwerking(
                _eigen(geopend, t.afzender, t.na), _eigen(gesloten, t.afzender, t.na)
            )
    werk.leg_vast()
    return uit


def _eigen(gevonden: list[Signaal], afzender: str, dossier: Dossier) -> tuple[Uitkomst, ...]:
    return tuple(
        signaal.uitkomst(dossier.persoon)
        for signaal in gevonden
        if signaal.instelling == afzender and not signaal.schaduw
    )


class Bijwerking:
    """The signals of some persons while they are brought up to date."""

    def __init__(self, personen: Collection[int], nu: datetime, vandaag: date) -> None:
        self.nu, self.vandaag = nu, vandaag
        self.grondslag: Grondslag = huidige(vandaag)
        self.nummer = nummer(self.grondslag, nu)
        self.motor = self.grondslag.motor(vandaag)
        self.boek = Boek()
        self.standen = _lees(personen, self.boek)
        self._veranderd: dict[int, Stand] = {}
        self._redenen = redenen({s.grondslag for s in self.standen.values()} - {self.nummer}, self.nummer)

    def haal_bij(self, persoon: int, dossier: Dossier) -> None:
        """Bring a person to today, without any melding: days that came, and changes of what signals are judged with."""
        stand = self.standen.get(persoon)
        if stand is None:
            if instellingen(dossier):
                self.beoordeel(persoon, dossier, Ingreep(self.vandaag, reden="eerste beoordeling"))
            return
        if stand.grondslag != self.nummer:
            self.beoordeel(
                persoon, dossier, Ingreep(self.vandaag, reden=self._redenen[stand.grondslag] or KALENDER)
            )
            return
        while stand.dag <= self.vandaag:
            stand = self._keer_om(persoon, dossier, stand.dag)

    def _keer_om(self, persoon: int, dossier: Dossier, dag: date) -> Stand:
        self.beoordeel(persoon, dossier, Ingreep(dag, reden=KALENDER))
        return self.standen[persoon]

    def beoordeel(
        self, persoon: int, dossier: Dossier, ingreep: Ingreep
    ) -> tuple[list[Signaal], list[Signaal]]:
        """Judge a dossier on the day of what happened; return what opened and what closed."""
        motor = self.motor if ingreep.dag == self.vandaag else self.grondslag.motor(ingreep.dag)
        gevonden = motor.bevindingen(dossier)
        stand = Stand(motor.kantelmoment(gevonden), self.nummer)
        if self.standen.get(persoon) != stand:
            self.standen[persoon] = self._veranderd[persoon] = stand
        gewenst = (
            signalen(dossier, gevonden, ingreep.dag, self.grondslag.regels, self.grondslag.schaduw)
            if gevonden
            else {}
        )
        return self.boek.werk_bij(persoon, gewenst, ingreep)

    def laat_los(self, persoon: int) -> None:
        """Close all signals of a person that is no longer one in its own right."""
        self.boek.werk_bij(persoon, {}, Ingreep(self.vandaag, reden="persoon samengevoegd"))
        self.standen[persoon] = self._veranderd[persoon] = Stand(OPEN, self.nummer)

    def leg_vast(self) -> None:
        """Write all of it: close, open, bring shared cases along, and set the kantelmomenten."""
        _sluit(self.boek.gesloten, self.nu)
        _open(self.boek.nieuw, self.nu)
        volg_signalen(self.boek.nieuw, self.boek.gesloten, self.nu)
        _zet(self._veranderd)


_LEES = """
SELECT k.persoon_id, k.dag, k.grondslag, s.id, s.vingerafdruk, s.regel, s.instelling, s.sleutel::text,
    s.op_onderwijsnummer, s.van, s.tot, s.teldatum, s.waarden::text, s.bijzonder, s.schaduw, s.sinds
FROM kwaliteit_kantelmoment k
LEFT JOIN kwaliteit_signaal s ON s.persoon_id = k.persoon_id AND s.gesloten_op IS NULL
WHERE k.persoon_id = ANY (%s) ORDER BY s.id
"""


def _lees(personen: Collection[int], boek: Boek) -> dict[int, Stand]:
    """Put the open signals of persons in the book, and return how far these persons are."""
    standen: dict[int, Stand] = {}
    with cursor() as sql:
        sql.execute(_LEES, [list(personen)], prepare=True)
        for persoon, dag, grondslag, id_, *rij, sinds in sql:
            if persoon not in standen:
                standen[persoon] = Stand(dag, grondslag)
            if id_ is not None:
                boek.zet(Rij(persoon, signaal_van(rij), sinds, id_))
    return standen


def signaal_van(rij: Sequence[Any]) -> Signaal:
    """Return a signal from its columns, in the order of `Signaal`."""
    afdruk, regel, instelling, sleutel, own, van, tot, teldatum, waarden, bijzonder, schaduw = rij
    return Signaal(
        bytes(afdruk),
        regel,
        instelling,
        sleutel.encode(),
        own,
        van,
        tot,
        teldatum,
        waarden.encode(),
        bijzonder,
        schaduw,
    )


_SLUIT = """
UPDATE kwaliteit_signaal s SET gesloten_op = %s, gesloten_dag = n.dag, gesloten_door = n.door,
    gesloten_reden = n.reden, vervangen = n.vervangen
FROM unnest(%s::bigint[], %s::date[], %s::bigint[], %s::text[], %s::boolean[]) AS n (id, dag, door, reden, vervangen)
WHERE s.id = n.id
"""


def _sluit(rijen: Sequence[Rij], nu: datetime) -> None:
    if not rijen:
        return
    kolommen = [(r.id, *_ingreep(r.sluiting), r.vervangen) for r in rijen]
    with cursor() as sql:
        sql.execute(_SLUIT, [nu, *map(list, zip(*kolommen, strict=True))], prepare=True)


_KOLOMMEN = (
    *("persoon_id", "vingerafdruk", "regel", "instelling", "sleutel", "op_onderwijsnummer", "van", "tot"),
    *("teldatum", "waarden", "bijzonder", "schaduw", "sinds", "geopend_dag", "geopend_door", "geopend_reden"),
    *("gesloten_dag", "gesloten_door", "gesloten_reden", "vervangen"),
)

_OPEN = """
INSERT INTO kwaliteit_signaal (persoon_id, vingerafdruk, regel, instelling, sleutel, op_onderwijsnummer, van, tot,
    teldatum, waarden, bijzonder, schaduw, sinds, geopend_dag, geopend_door, geopend_reden, gesloten_dag,
    gesloten_door, gesloten_reden, vervangen, geopend_op, gesloten_op)
SELECT n.persoon_id, decode(n.vingerafdruk, 'base64'), n.regel, n.instelling, n.sleutel, n.op_onderwijsnummer, n.van,
    n.tot, n.teldatum, n.waarden, n.bijzonder, n.schaduw, n.sinds, n.geopend_dag, n.geopend_door, n.geopend_reden,
    n.gesloten_dag, n.gesloten_door, n.gesloten_reden, n.vervangen, %s::timestamptz,
    CASE WHEN n.gesloten_dag IS NULL THEN NULL ELSE %s::timestamptz END
FROM json_to_recordset(%s::json) AS n (persoon_id bigint, vingerafdruk text, regel text, instelling text,
    sleutel jsonb, op_onderwijsnummer boolean, van date, tot date, teldatum date, waarden jsonb, bijzonder text,
    schaduw boolean, sinds date, geopend_dag date, geopend_door bigint, geopend_reden text, gesloten_dag date,
    gesloten_door bigint, gesloten_reden text, vervangen boolean)
"""


def _open(rijen: Sequence[Rij], nu: datetime) -> None:
    if not rijen:
        return
    with cursor() as sql:
        sql.execute(_OPEN, [nu, nu, als_rijen(_KOLOMMEN, map(_kolommen, rijen))], prepare=True)


def _kolommen(rij: Rij) -> tuple[object, ...]:
    s = rij.signaal
    return (
        rij.persoon,
        s.vingerafdruk,
        s.regel,
        s.instelling,
        JSON(s.sleutel),
        s.op_onderwijsnummer,
        s.van,
        s.tot,
        s.teldatum,
        JSON(s.waarden),
        s.bijzonder,
        s.schaduw,
        rij.sinds,
        *_ingreep(rij.opening),
        *_ingreep(rij.sluiting),
        rij.vervangen,
    )


def _ingreep(ingreep: Ingreep | None) -> tuple[date | None, int | None, str | None]:
    return (ingreep.dag, ingreep.melding, ingreep.reden) if ingreep else (None, None, None)


def _zet(standen: dict[int, Stand]) -> None:
    if not standen:
        return
    with cursor() as sql:
        sql.execute(
            "INSERT INTO kwaliteit_kantelmoment (persoon_id, dag, grondslag)"
            " SELECT * FROM unnest(%s::bigint[], %s::date[], %s::int[])"
            " ON CONFLICT (persoon_id) DO UPDATE SET dag = excluded.dag, grondslag = excluded.grondslag",
            [list(standen), [s.dag for s in standen.values()], [s.grondslag for s in standen.values()]],
            prepare=True,
        )
