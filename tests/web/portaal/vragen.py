"""How many questions a page asks the database, of both connections."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.test import Client

_STIL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "SET ")


@contextmanager
def geteld() -> Iterator[list[str]]:
    """Give a list that grows with each question: also of those that go round Django's own cursor."""
    gezien: list[str] = []
    voer_uit = psycopg.Cursor.execute

    def tel(cursor: Any, vraag: Any, *waarden: Any, **anders: Any) -> Any:
        tekst = " ".join(str(vraag).split())
        if not tekst.startswith(_STIL):
            gezien.append(tekst)
        return voer_uit(cursor, vraag, *waarden, **anders)

    psycopg.Cursor.execute = tel  # type: ignore[method-assign,assignment]
    try:
        yield gezien
    finally:
        psycopg.Cursor.execute = voer_uit  # type: ignore[method-assign]


def tel_vragen(browser: Client, adres: str) -> int:
    """Return how many questions a page asks, once what is kept in memory is there."""
    assert browser.get(adres).status_code == 200
    with geteld() as gezien:
        assert browser.get(adres).status_code == 200
    return len(gezien)
