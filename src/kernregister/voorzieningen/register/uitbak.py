"""The outbox: what institutions that follow a person are told, in the order of the stand, at least once.

A row says only that there is something to tell. Its content is made when it is fetched, from the dossier as it was at
the stand of the melding that caused it, so no copy of personal data lies about and nobody is told what a later
correction undid. Cursor is the stand: whoever asks again from an earlier one gets the same again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from msgspec import Struct, structs

from kernregister.kern.bekostiging.besluit import Bekostigingswijziging
from kernregister.kern.dossier import Dossier, Persoon
from kernregister.kern.gegevens import Gegevens
from kernregister.kern.meldingen.toepassen import VELD
from kernregister.kern.vooropleiding import Vooropleiding, vooropleiding
from kernregister.platform import klok, verwerkingslog
from kernregister.platform.pas import Bijzonder
from kernregister.platform.sql import cursor
from kernregister.platform.verwerkingslog import Verwerking
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.personen.public import Abonnementsoort
from kernregister.voorzieningen.register import standen
from kernregister.voorzieningen.register.dossiers import dossier
from kernregister.voorzieningen.register.volgers import Doorwerking, Toegepast
from kernregister.voorzieningen.stamgegevens import public as stamgegevens

PERSOONSGEGEVENS = "VerstrekkenPersoonsgegevens"
VOOROPLEIDING = "AanleverenVooropleiding"
ABONNEMENT = {
    PERSOONSGEGEVENS: Abonnementsoort.PERSOONSGEGEVENS,
    VOOROPLEIDING: Abonnementsoort.VOOROPLEIDING,
}
"""Kind of message -> the subscription that it is sent by (Handleiding Register Onderwijsdeelnemers mbo 25.0, h. 05)."""

MEEST = 1000
"""Most messages that are asked for at once."""


class Berichtsoort(Struct, frozen=True):
    """A kind of message of a room above this one: who wants it, what is in it, and as what it is logged.

    Its content is that of one melding, on one person, for one institution; it rests on no subscription on a person.
    """

    wil: Callable[[str], bool]
    inhoud: Callable[[int, int, str], tuple[Bekostigingswijziging, ...]]
    activiteit: str


berichtsoorten: dict[str, Berichtsoort] = {}
"""Name of a kind -> how it is made; rooms above add theirs in their ``AppConfig.ready()``."""


class Uitgaand(Struct, frozen=True):
    """A message to an institution, mostly on a person it follows. Of the contents the one of its ``soort`` is filled.

    ``studentnummer`` is the institution's own. The numbers are those of now, the content is that of the stand.
    """

    stand: int
    soort: str
    moment: datetime
    burgerservicenummer: str | None
    onderwijsnummer: str | None
    studentnummer: str
    persoon: Persoon | None = None
    vooropleiding: Vooropleiding | None = None
    bekostiging: tuple[Bekostigingswijziging, ...] = ()


class Pagina(Struct, frozen=True):
    """Messages in order, and the stand to ask on from. ``meer``: there may be more at once."""

    berichten: tuple[Uitgaand, ...]
    tot: int
    meer: bool


# ------------------------------------------------------------------------------------------------ in


_PLAATS = """
INSERT INTO register_uitbakbericht (melding_id, persoon_id, instelling, soort)
SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::text[]) ON CONFLICT DO NOTHING
"""


def plaats(toegepast: Sequence[Toegepast], nu: datetime, vandaag: date) -> dict[int, Doorwerking]:
    """Put in what followers must be told of a batch; a follower of the meldingen, with nothing to say of signals.

    Whoever delivered a melding is not told of it: the terugkoppeling did that. Of a burgerservicenummer found later
    everybody is told, with the first melding on the person after that.
    """
    gekoppeld = personen.neem_gekoppeld({een.persoon for een in toegepast})
    mogelijk = gekoppeld | {een.persoon for een in toegepast if een.voor is not een.na}
    over = personen.gaat_op_in({een.persoon for een in toegepast if _is_leeggehaald(een)})
    abonnees = personen.alle_abonnees(mogelijk, vandaag)
    rijen: list[tuple[int, int, str, str]] = []
    for soort, abonnement in ABONNEMENT.items():
        volgers: dict[int, list[str]] = {}
        for persoon, instelling in abonnees[abonnement]:
            volgers.setdefault(persoon, []).append(instelling)
        for een in toegepast:
            wie = volgers.get(een.persoon, [])
            if soort == PERSOONSGEGEVENS and een.persoon in gekoppeld:
                gekoppeld.discard(een.persoon)
                rijen += [(een.melding, een.persoon, instelling, soort) for instelling in wie]
            elif wie and _RAAKT[soort](een, vandaag):
                rijen += [
                    (een.melding, over.get(een.persoon, een.persoon), instelling, soort)
                    for instelling in wie
                    if instelling != een.afzender
                ]
    plaats_berichten(rijen)
    return {}


def plaats_berichten(berichten: Iterable[tuple[int, int, str, str]]) -> None:
    """Put in that institutions must be told: melding, person, institution and kind of message."""
    rijen = list(berichten)
    if rijen:
        with cursor() as sql:
            sql.execute(_PLAATS, [list(kolom) for kolom in zip(*rijen, strict=True)])


def _is_leeggehaald(een: Toegepast) -> bool:
    """Tell whether nothing is left of a person: then they may have gone up in another, of whom followers are told."""
    weg = any(mutatie.na is None for mutatie in een.mutaties)
    return weg and not any(getattr(een.na, veld) for veld in VELD.values())


def _raakt_persoonsgegevens(een: Toegepast, vandaag: date) -> bool:
    return een.voor.persoon != een.na.persoon


def _raakt_vooropleiding(een: Toegepast, vandaag: date) -> bool:
    gegevens = stamgegevens.gegevens()
    return vooropleiding(een.voor, vandaag, gegevens) != vooropleiding(een.na, vandaag, gegevens)


_RAAKT = {PERSOONSGEGEVENS: _raakt_persoonsgegevens, VOOROPLEIDING: _raakt_vooropleiding}
"""Kind of message -> whether a melding changed its content."""


# ----------------------------------------------------------------------------------------------- out


_HAAL = """
SELECT s.nummer, u.soort, m.ontvangen_op, u.persoon_id, coalesce(b.studentnummer, ''), u.melding_id
FROM register_uitbakbericht u
JOIN register_stand s ON s.melding_id = u.melding_id
JOIN register_melding m ON m.id = u.melding_id
LEFT JOIN register_betrokkenheid b ON b.persoon_id = u.persoon_id AND b.instelling = u.instelling
WHERE u.instelling = %(instelling)s AND s.nummer > %(na)s AND s.nummer <= %(laatste)s
    AND u.transactie >= coalesce((
        SELECT m.transactie FROM register_stand s JOIN register_melding m ON m.id = s.melding_id
        WHERE s.nummer <= %(na)s ORDER BY s.nummer DESC LIMIT 1
    ), '0')
ORDER BY u.transactie, u.melding_id FETCH FIRST %(aantal)s ROWS WITH TIES
"""
"""The order of transaction and melding is that of the stand; ties, because a cursor may not come between the messages
of one melding."""


def haal(
    instelling: str,
    na_stand: int = 0,
    aantal: int = 100,
    *,
    bijzonder: frozenset[Bijzonder] = frozenset(),
    client: str = "",
) -> Pagina:
    """Return what an institution is told after a stand, in order, about so many messages.

    What the institution does not follow any more is passed over: its purpose is gone. Each message given is a line in
    the processing log.

    Args:
        instelling: instellingscode of who asks.
        na_stand: where the previous page ended; 0: from the beginning.
        aantal: how many at most, but for messages of one melding, which stay together.
        bijzonder: the special data that may be seen; without residence no verblijfstitels are given.
        client: who fetches, for the processing log.

    Raises:
        ValueError: a stand below 0, or a number of messages that is not from 1 to ``MEEST``.
    """
    if na_stand < 0 or not 1 <= aantal <= MEEST:
        raise ValueError(f"verwacht een stand van 0 of hoger, en 1 tot en met {MEEST} berichten")
    laatste = standen.stand()
    with transaction.atomic(using="stelsel"):
        with cursor() as sql:
            sql.execute(
                _HAAL, {"instelling": instelling, "na": na_stand, "laatste": laatste, "aantal": aantal}
            )
            rijen = sql.fetchall()
        meer = len(rijen) >= aantal
        tot = rijen[-1][0] if meer else max(laatste, na_stand)
        rijen = _die_nog_gevolgd_worden(instelling, rijen)
        gegevens = stamgegevens.gegevens()
        berichten = tuple(
            uit for rij in rijen if (uit := _maak(rij, instelling, bijzonder, gegevens)) is not None
        )
        _log(instelling, client, rijen)
    return Pagina(berichten, tot, meer)


Rij = tuple[int, str, datetime, int, str, int]


def _die_nog_gevolgd_worden(instelling: str, rijen: list[Rij]) -> list[Rij]:
    vandaag = klok.vandaag()
    gevolgd = {
        (soort, persoon)
        for soort, abonnement in ABONNEMENT.items()
        for persoon, wie in personen.abonnees(
            {rij[3] for rij in rijen if rij[1] == soort}, abonnement, vandaag
        )
        if wie == instelling
    }
    gewild = {soort for soort, een in berichtsoorten.items() if een.wil(instelling)}
    return [rij for rij in rijen if rij[1] in gewild or (rij[1], rij[3]) in gevolgd]


def _maak(rij: Rij, instelling: str, bijzonder: frozenset[Bijzonder], gegevens: Gegevens) -> Uitgaand | None:
    """Return the message of a row; None when the person is no more, or nothing is left to tell."""
    stand, soort, moment, persoon_id, studentnummer, melding = rij
    if soort in berichtsoorten:
        inhoud = berichtsoorten[soort].inhoud(melding, persoon_id, instelling)
        nummers = personen.nummers_van([persoon_id]).get(persoon_id)
        if nummers is None or not inhoud:
            return None
        kenmerk = (nummers.burgerservicenummer, nummers.onderwijsnummer, studentnummer)
        return Uitgaand(stand, soort, moment, *kenmerk, bekostiging=inhoud)
    toen = dossier(persoon_id, stand)
    if toen is None:
        return None
    wie = toen.persoon
    kop = (stand, soort, moment, wie.burgerservicenummer, wie.onderwijsnummer, studentnummer)
    if soort == PERSOONSGEGEVENS:
        return Uitgaand(*kop, persoon=_te_tonen(toen, bijzonder))
    peildatum = moment.astimezone(klok.NEDERLAND).date()
    return Uitgaand(*kop, vooropleiding=vooropleiding(toen, peildatum, gegevens))


def _te_tonen(toen: Dossier, bijzonder: frozenset[Bijzonder]) -> Persoon:
    """Return the person's data without numbers, which the message has already, and without what may not be seen."""
    uit = structs.replace(toen.persoon, burgerservicenummer=None, onderwijsnummer=None)
    return uit if Bijzonder.VERBLIJF in bijzonder else structs.replace(uit, verblijfstitels=())


def _log(instelling: str, client: str, rijen: Iterable[Rij]) -> None:
    verwerkingslog.leg_vast(
        [
            Verwerking(
                berichtsoorten[soort].activiteit
                if soort in berichtsoorten
                else "persoonsgegevens-verstrekken",
                soort,
                personen.pseudoniem(persoon),
                client,
                namens=instelling,
            )
            for _, soort, _, persoon, *_ in rijen
        ]
    )
