"""What the register does by itself: number what was applied, and say what is kept too long."""

import logging
from datetime import date

from procrastinate.contrib.django import app

from kernregister.kern.dossier import Dossier
from kernregister.voorzieningen.register import tasks
from tests.voorzieningen.register.verhaal import bsn, inschrijving, registreer, vraag, wie


def test_what_was_applied_gets_its_number_without_anybody_asking(databank):
    registreer(Dossier(wie(bsn(0)), (inschrijving(),)))
    assert vraag("SELECT 1 FROM register_stand") == []
    tasks.nummer(0)
    assert vraag("SELECT count(*) FROM register_stand") == [(2,)]


def test_what_is_kept_too_long_is_said_with_counts_and_nobody_in_it(databank, caplog):
    lang_geleden = date(1971, 7, 31)
    een = inschrijving(datum_inschrijving=lang_geleden, datum_uitschrijving_werkelijk=lang_geleden)
    registreer(Dossier(wie(bsn(0)), (een,)))
    with caplog.at_level(logging.WARNING):
        tasks.meld_bewaartermijnen(0)
    assert "bewaartermijn verstreken: inschrijving, 1 gegevens van 1 personen" in caplog.text
    assert bsn(0) not in caplog.text
    assert vraag("SELECT count(*) FROM register_versie WHERE soort = 'inschrijving'") == [(1,)]


def test_the_tasks_run_by_the_clock_and_are_given_nothing_but_the_time():
    roosters = {naam: taak.cron for (naam, _), taak in app.periodic_registry.periodic_tasks.items()}
    assert roosters["register.nummer"] == "* * * * * *"
    assert roosters["register.meld_bewaartermijnen"] == "0 3 1 * *"
