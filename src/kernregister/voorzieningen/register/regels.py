"""The rules as this register runs them: the catalogue, with what was decided here about a rule's stage of life."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct, structs

from kernregister.kern.gegevens import Bron
from kernregister.kern.meldingen.controles import CONTROLES
from kernregister.kern.regels.catalogus import catalogus
from kernregister.kern.regels.motor import Motor
from kernregister.kern.regels.paspoort import Fase, Groep, Regel
from kernregister.platform import klok
from kernregister.platform.geheugen import eens, onthoud
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.stamgegevens import public as stamgegevens


class Instelling(Struct, frozen=True):
    """What was decided about a rule: the stage it is in from a day on, why, and DUO's own code for it."""

    regel: str
    fase: Fase
    vanaf: date
    reden: str
    door: str
    duo_code: str = ""


class Onmogelijk(ValueError):
    """A decision about a rule that cannot be; the text says why."""


def stel_in(instelling: Instelling, op: datetime | None = None) -> None:
    """Record a decision about a rule. The latest one counts; earlier ones stay on record.

    Raises:
        Onmogelijk: there is no such rule, the reason is empty, or a signal of the manual would refuse (spec 6.4).
    """
    regel = catalogus().get(instelling.regel)
    if regel is None and instelling.regel not in CONTROLES:
        raise Onmogelijk(f"er is geen regel {instelling.regel}")
    if not instelling.reden.strip():
        raise Onmogelijk("een besluit over een regel heeft een reden")
    if regel is None and instelling.fase is not Fase.WEIGEREN:
        raise Onmogelijk(f"{instelling.regel} gaat over het bericht zelf en weigert altijd")
    if regel is not None and regel.groep <= Groep.DUBBEL and instelling.fase is Fase.WEIGEREN:
        raise Onmogelijk(f"{instelling.regel} is een signaal van de handleiding en weigert nooit")
    with cursor() as sql:
        sql.execute(
            "INSERT INTO register_regelinstelling (regel, fase, vanaf, reden, duo_code, door, vastgelegd_op)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s)",
            [
                instelling.regel,
                instelling.fase.value,
                instelling.vanaf,
                instelling.reden,
                instelling.duo_code,
                instelling.door,
                op or klok.nu(),
            ],
        )


@eens
def versie() -> int:
    """Return the number of the last decision about a rule: who keeps rules at hand looks whether it moved."""
    with cursor() as sql:
        sql.execute("SELECT coalesce(max(id), 0) FROM register_regelinstelling", prepare=True)
        (nummer,) = sql.fetchone() or (0,)
    return int(nummer)


def instellingen(tot_en_met: int | None = None) -> list[Instelling]:
    """Return all decisions, in the order in which they were taken, up to a version."""
    with cursor() as sql:
        sql.execute(
            "SELECT regel, fase, vanaf, reden, door, duo_code FROM register_regelinstelling"
            " WHERE %s::bigint IS NULL OR id <= %s ORDER BY id",
            [tot_en_met, tot_en_met],
        )
        return [Instelling(r[0], Fase(r[1]), *r[2:]) for r in sql]


def pas_instellingen_toe(regels: dict[str, Regel], besluiten: list[Instelling]) -> dict[str, Regel]:
    """Return the rules with their stages of life as decided; a decision replaces what was planned from its day on."""
    uit = dict(regels)
    for besluit in besluiten:
        if besluit.regel in uit:
            regel = uit[besluit.regel]
            eerder = tuple((fase, dag) for fase, dag in regel.levensloop if dag < besluit.vanaf)
            uit[besluit.regel] = structs.replace(
                regel, levensloop=(*eerder, (besluit.fase, besluit.vanaf)), levensloop_per_soort={}
            )
    return uit


@onthoud(4)
def _regels(versie_: int) -> tuple[dict[str, Regel], dict[str, str]]:
    besluiten = instellingen(versie_)
    codes = {besluit.regel: besluit.duo_code for besluit in besluiten if besluit.duo_code}
    return pas_instellingen_toe(catalogus(), besluiten), codes


def regels(op: date, *fasen: Fase) -> list[Regel]:
    """Return the rules that are in one of these stages on a day, as this register runs them."""
    return [regel for regel in _regels(versie())[0].values() if regel.fase_op(op) in fasen]


class Deur(Struct, frozen=True):
    """What is needed to judge meldingen on a day: the rules that refuse, and DUO's codes for them."""

    motor: Motor
    regels: dict[str, Regel]
    duo_codes: dict[str, str]


def deur(op: date) -> Deur:
    """Return the rules that refuse on a day, with the reference data of now; kept at hand until either changes."""
    return _deur(op, stamgegevens.versie(), versie(), stamgegevens.erkenningen_beschikbaar())


@onthoud(4)
def _deur(op: date, stamversie: int, regelversie: int, met_sbb: bool) -> Deur:
    alle, codes = _regels(regelversie)
    weigeren = {id_: regel for id_, regel in alle.items() if regel.fase_op(op) is Fase.WEIGEREN}
    gegevens = stamgegevens.gegevens_van(stamversie)
    eigen = {Bron.VERBLIJF, Bron.ERKENNINGEN} if met_sbb else {Bron.VERBLIJF}
    gegevens = structs.replace(gegevens, beschikbaar=gegevens.beschikbaar | eigen)
    return Deur(Motor(weigeren.values(), op, gegevens), weigeren, codes)
