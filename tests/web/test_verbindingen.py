"""A migration while the register runs: a session that keeps the plan of a statement gets over it at once."""

from collections.abc import Callable

import pytest
from django.db import connections
from django.test import RequestFactory

from kernregister.platform.sql import cursor
from kernregister.web.api.modules import laad
from kernregister.web.api.routes import ROUTES, Verzoek
from kernregister.web.api.samenstelling import als_probleem
from kernregister.web.portaal.bezoek import Bezoek
from kernregister.web.portaal.paginas import foutpagina
from tests.databank import Databank

VRAAG = "SELECT id, soort FROM overzichten_aanvraag"


def _pagina(fout: Exception) -> int:
    return foutpagina(Bezoek(RequestFactory().get("/"), "portaal_overzichten"), fout).status_code


def _route(fout: Exception) -> int:
    laad()
    return als_probleem(fout, Verzoek(RequestFactory().get("/"), ROUTES["overzichten"])).status_code


@pytest.mark.parametrize("antwoord", [_pagina, _route])
def test_a_statement_outside_a_transaction_fails_once_after_its_table_changed(
    databank: Databank, antwoord: Callable[[Exception], int]
) -> None:
    def vraag() -> None:
        with cursor("default") as sql:
            sql.execute(VRAAG, prepare=True)

    vraag()
    with connections["eigenaar"].cursor() as eigenaar:
        eigenaar.execute("ALTER TABLE overzichten_aanvraag ALTER COLUMN soort TYPE varchar(33)")
    with pytest.raises(Exception, match="cached plan") as gevangen:
        vraag()
    assert antwoord(gevangen.value) == 500
    vraag()
