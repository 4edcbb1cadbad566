"""Many are identified at once as they are one by one, and asking costs no more statements for many than for a few."""

import msgspec
from django.db import connections
from django.test.utils import CaptureQueriesContext

from kernregister.fictief.nummers import burgerservicenummer
from kernregister.kern.meldingen import berichten as b
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register import public as register
from tests.databank import Databank
from tests.voorzieningen.register.opzet import herkomst, identificatie, zet_sector_klaar

BRIN = "91KA"


def _opdrachten(meldingen: list[b.Melding]) -> int:
    with CaptureQueriesContext(connections["stelsel"]) as gezien:
        antwoorden = register.verwerk(meldingen, herkomst(BRIN))
    assert all(antwoord.aanvaard for antwoord in antwoorden)
    return len(gezien)


def test_a_large_batch_asks_no_more_often_than_a_small_one(databank: Databank) -> None:
    dossiers = list(zet_sector_klaar(60).dossiers())
    vragen = [identificatie(dossier, BRIN) for dossier in dossiers]
    _opdrachten(vragen[:1])
    assert _opdrachten(vragen[10:]) <= _opdrachten(vragen[2:4])


def test_wrong_questions_among_good_ones_are_refused_and_make_nobody_known(databank: Databank) -> None:
    goed, fout, vreemd = list(zet_sector_klaar(3).dossiers())
    vragen = [
        identificatie(goed, BRIN),
        b.lees(_met(identificatie(fout, BRIN), geboortedatum="1960-01-01")),
        b.lees(_met(identificatie(vreemd, BRIN), burgerservicenummer=burgerservicenummer(900, 90_000))),
        identificatie(goed, BRIN),
    ]
    antwoorden = register.verwerk(vragen, herkomst(BRIN))
    assert [antwoord.aanvaard for antwoord in antwoorden] == [True, False, False, True]
    assert antwoorden[0].persoon == antwoorden[3].persoon is not None
    assert set(personen.zoek({d.persoon.pgn for d in (goed, fout, vreemd)})) == {goed.persoon.pgn}


def test_who_is_asked_for_rightly_and_wrongly_in_one_batch_is_known_by_the_right_question(
    databank: Databank,
) -> None:
    (een,) = zet_sector_klaar(1).dossiers()
    mis = b.lees(_met(identificatie(een, BRIN), geboortedatum="1960-01-01"))
    antwoorden = register.verwerk([mis, identificatie(een, BRIN)], herkomst(BRIN))
    assert [antwoord.aanvaard for antwoord in antwoorden] == [False, True]


def _met(melding: b.Melding, **anders: str) -> bytes:
    wat = {**msgspec.to_builtins(melding), **anders}
    if "burgerservicenummer" in anders:
        wat.pop("onderwijsnummer", None)
    return msgspec.json.encode(wat)
