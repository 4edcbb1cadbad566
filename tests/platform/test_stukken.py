"""Files in sealed pieces: what goes in comes out, in short transactions, and what was tampered with is noticed."""

import os
from collections.abc import Iterator
from uuid import UUID, uuid4

import psycopg
import pytest

from kernregister.platform import klok
from kernregister.platform.pas import Pas, Soort, met_pas
from kernregister.platform.stukken import PER_STUK, Geschonden, Vernietigd
from kernregister.web.leveringen.models import Levering, Toestand
from kernregister.web.leveringen.rondes import BESTANDEN
from tests.databank import Databank
from tests.voorzieningen.register.verhaal import vraag

HIER = "27DV"


def levering(toestand: str = Toestand.BEOORDEELD) -> Levering:
    return Levering(
        id=uuid4(),
        instelling=HIER,
        client="proef",
        soort="RO",
        omvang=0,
        toestand=toestand,
        ontvangen_op=klok.nu(),
    )


def bewaard(inhoud: bytes) -> UUID:
    """Return the id of a delivery of which this is the file."""
    een = levering()
    BESTANDEN.neem_in(een, [inhoud])
    return een.id


def lees(id_: UUID) -> bytes:
    return b"".join(BESTANDEN.lees(id_))


@pytest.mark.parametrize("omvang", [0, 1, PER_STUK - 1, PER_STUK, PER_STUK + 1, 3 * PER_STUK])
def test_what_goes_in_in_any_portions_comes_out(databank: Databank, omvang: int) -> None:
    inhoud = os.urandom(omvang)
    een = levering()
    uit = BESTANDEN.neem_in(een, (inhoud[plek : plek + 300_001] for plek in range(0, omvang, 300_001)))
    assert uit.omvang == omvang
    assert lees(een.id) == inhoud
    with BESTANDEN.als_bestand(een.id) as pad:
        assert pad.read_bytes() == inhoud
        assert pad.parent.stat().st_mode & 0o077 == 0, "nobody else looks into the folder"
    assert not pad.exists()
    assert vraag("SELECT count(*) FROM leveringen_stuk") == [(max(1, -(-omvang // PER_STUK)),)]


def test_it_lies_unreadable_and_small(databank: Databank) -> None:
    bewaard(b"PER|999990019|" * 300_000)
    stukken = [bytes(inhoud) for (inhoud,) in vraag("SELECT inhoud FROM leveringen_stuk")]
    assert not any(b"999990019" in stuk for stuk in stukken)
    assert sum(map(len, stukken)) < 100_000


@pytest.mark.parametrize(
    "aanslag",
    [
        "UPDATE leveringen_stuk SET inhoud = set_byte(inhoud, 40, 1 + get_byte(inhoud, 40) % 255) WHERE nummer = 1",
        "UPDATE leveringen_stuk SET nummer = CASE nummer WHEN 0 THEN 1 ELSE 0 END + 10 WHERE nummer < 2;"
        " UPDATE leveringen_stuk SET nummer = nummer - 10 WHERE nummer > 9",
        "DELETE FROM leveringen_stuk WHERE nummer = 1",
        "DELETE FROM leveringen_stuk WHERE nummer = 2",
        "DELETE FROM leveringen_stuk WHERE nummer = 0",
        "DELETE FROM leveringen_stuk WHERE nummer = 0; UPDATE leveringen_stuk SET nummer = nummer - 1",
        "INSERT INTO leveringen_stuk (levering_id, nummer, inhoud)"
        " SELECT levering_id, 3, inhoud FROM leveringen_stuk WHERE nummer = 2",
    ],
    ids=["changed", "swapped", "middle left out", "end left out", "begin left out", "moved up", "added"],
)
def test_pieces_that_are_not_as_they_were_stored_do_not_pass(databank: Databank, aanslag: str) -> None:
    id_ = bewaard(os.urandom(2 * PER_STUK + 5))
    with databank.verbind("kernregister_stelsel") as stelsel:
        stelsel.execute(aanslag)
    with pytest.raises(Geschonden):
        lees(id_)


def test_the_file_of_one_does_not_pass_for_that_of_another(databank: Databank) -> None:
    een, ander = bewaard(b"een"), bewaard(b"ander")
    with databank.verbind("kernregister_stelsel") as stelsel:
        stelsel.execute(
            "UPDATE leveringen_stuk s SET inhoud = a.inhoud FROM leveringen_stuk a WHERE a.levering_id <> s.levering_id"
        )
    for id_ in (een, ander):
        with pytest.raises(Geschonden):
            lees(id_)


def test_what_was_destroyed_is_told_apart_from_what_was_damaged(databank: Databank) -> None:
    id_ = bewaard(os.urandom(PER_STUK + 5))
    bezig = BESTANDEN.lees(id_)
    next(bezig)
    BESTANDEN.vernietig(id_)
    BESTANDEN.vernietig(id_)
    with pytest.raises(Vernietigd):
        next(bezig)
    with pytest.raises(Vernietigd):
        lees(id_)


def test_who_sends_slowly_keeps_no_transaction_open(databank: Databank) -> None:
    open_: list[tuple[int]] = []

    def traag() -> Iterator[bytes]:
        for _ in range(3):
            yield os.urandom(PER_STUK)
            with databank.verbind("kernregister_stelsel") as ander:
                (een,) = ander.execute(
                    "SELECT count(*) FROM pg_stat_activity"
                    " WHERE usename = current_user AND datname = current_database() AND pid <> pg_backend_pid()"
                    " AND (backend_xid IS NOT NULL OR backend_xmin IS NOT NULL)"
                )
                open_.append(een)

    BESTANDEN.neem_in(levering(), traag())
    assert open_ == [(0,)] * 3


def test_of_what_breaks_off_nothing_stays(databank: Databank) -> None:
    def breekt_af() -> Iterator[bytes]:
        yield os.urandom(3 * PER_STUK)
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        BESTANDEN.neem_in(levering(), breekt_af())
    assert vraag("SELECT count(*) FROM leveringen_levering") == [(0,)]
    assert vraag("SELECT count(*) FROM leveringen_stuk") == [(0,)]


def test_the_application_reads_no_pieces_of_uploads_not_even_its_own(databank: Databank) -> None:
    id_ = bewaard(b"een")
    with met_pas(Pas(Soort.INSTELLING, HIER)):
        assert Levering.objects.using("default").filter(id=id_).exists()
    with databank.verbind("kernregister_app") as app:
        for tabel in ("leveringen_stuk", "administratie_stuk"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(f"SELECT count(*) FROM {tabel}")


def test_nobody_sees_a_delivery_before_all_of_it_is_there(databank: Databank) -> None:
    een = levering(Toestand.ONTVANGST)
    BESTANDEN.neem_in(een, [b"een"])
    with met_pas(Pas(Soort.INSTELLING, HIER)):
        assert not Levering.objects.using("default").exists()
