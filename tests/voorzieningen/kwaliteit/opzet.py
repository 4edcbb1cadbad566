"""What the tests of the signals start from: a clock that stands still, whole dossiers, a fresh sweep."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from uuid import uuid4

from msgspec import structs

from kernregister.kern.dossier import Dossier, Inschrijving, Persoon
from kernregister.kern.meldingen import berichten as b
from kernregister.kern.meldingen.terugkoppeling import Terugkoppeling
from kernregister.platform import klok
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.kwaliteit import grondslag
from kernregister.voorzieningen.kwaliteit.signaal import Signaal, signalen
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register import public as register

VANDAAG = date(2026, 3, 1)
LADER = register.Herkomst("test", "")


def zet_klok(monkeypatch, dag: date, uur: int = 12) -> None:
    """Let it be this day, for the whole register."""
    moment = datetime(dag.year, dag.month, dag.day, uur, tzinfo=UTC)
    monkeypatch.setattr(klok, "nu", lambda: moment)
    monkeypatch.setattr(klok, "vandaag", lambda: dag)


def overnemen(dossier: Dossier) -> Iterator[b.Melding]:
    """Give the meldingen that bring a whole dossier into the register, the person's own data first."""
    wie = dossier.persoon
    eigen = structs.replace(wie, burgerservicenummer=None, onderwijsnummer=None)
    yield melding(b.VerstrekkenPersoonsgegevens, "BRP", wie, persoon=eigen)
    for een in dossier.inschrijvingen:
        yield melding(b.OvernemenInschrijving, een.instelling, wie, inschrijving=een)
    for een in dossier.diplomas:
        yield melding(b.OvernemenDiploma, een.instelling, wie, diploma=een)
    for een in dossier.losse_resultaten:
        yield melding(b.OvernemenResultaat, een.instelling, wie, resultaat=een)
    for een in dossier.deelnames:
        yield melding(b.AanleverenDeelname, een.sector, wie, deelname=een)


def melding(soort: type, afzender: str, wie: Persoon, **inhoud: object) -> b.Melding:
    nummer = (
        {"burgerservicenummer": wie.burgerservicenummer}
        if wie.burgerservicenummer
        else {"onderwijsnummer": wie.onderwijsnummer}
    )
    return soort(id=uuid4(), afzender=afzender, moment=datetime(2026, 3, 1, tzinfo=UTC), **nummer, **inhoud)


def lever(wie: Persoon, een: Inschrijving) -> Terugkoppeling:
    """Deliver an enrolment as it is now, and return the answer."""
    (antwoord,) = register.verwerk(
        [melding(b.OvernemenInschrijving, een.instelling, wie, inschrijving=een)], LADER
    )
    assert antwoord.aanvaard, antwoord
    return antwoord


def laad(dossiers: Iterable[Dossier], per: int = 200) -> None:
    """Bring dossiers into the register, in batches in which several meldingen are on one person."""
    lijst = list(dossiers)
    personen.maak([personen.Nummers(d.persoon.burgerservicenummer, d.persoon.onderwijsnummer) for d in lijst])
    meldingen = [m for d in lijst for m in overnemen(d)]
    for begin in range(0, len(meldingen), per):
        for antwoord in register.verwerk(meldingen[begin : begin + per], LADER):
            assert antwoord.aanvaard, antwoord
    register.stand()  # on this day, as a running register hands out its numbers


def persoon_id(wie: Persoon) -> int:
    return personen.zoek([wie.pgn])[wie.pgn]


def open_in_tabel() -> Counter[tuple[int, bytes]]:
    with cursor() as sql:
        sql.execute("SELECT persoon_id, vingerafdruk FROM kwaliteit_signaal WHERE gesloten_op IS NULL")
        return Counter((persoon, bytes(afdruk)) for persoon, afdruk in sql)


def verse_sweep(dag: date) -> Counter[tuple[int, bytes]]:
    """Judge every dossier of the register anew, without looking at what is on record."""
    nu = grondslag.huidige(dag)
    motor = nu.motor(dag)
    return Counter(
        (persoon, afdruk)
        for persoon, dossier in register.dossiers()
        for afdruk in _signalen(dossier, motor, nu, dag)
    )


def _signalen(dossier: Dossier, motor, nu, dag: date) -> dict[bytes, Signaal]:
    return signalen(dossier, motor.controleer(dossier), dag, nu.regels, nu.schaduw)


def levens(persoon: int) -> list[tuple]:
    """Return the signals of a person with what opened and closed them."""
    with cursor() as sql:
        sql.execute(
            "SELECT regel, geopend_dag, geopend_door IS NOT NULL, geopend_reden, gesloten_dag,"
            " gesloten_door IS NOT NULL, gesloten_reden, vervangen, sinds"
            " FROM kwaliteit_signaal WHERE persoon_id = %s ORDER BY id",
            [persoon],
        )
        return sql.fetchall()
