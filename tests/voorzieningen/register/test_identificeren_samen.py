"""Many are identified at once as they are one by one, and asking costs no more statements for many than for a few."""

from typing import Any

import msgspec
from msgspec import structs

from kernregister.fictief.nummers import burgerservicenummer, onderwijsnummer
from kernregister.kern.meldingen import berichten as b
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.personen.ingebouwd import wijzig
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.register.misraden import MEESTE
from tests.databank import Databank
from tests.voorzieningen.register.opzet import herkomst, identificatie, tel_statements, zet_sector_klaar
from tests.voorzieningen.register.verhaal import regels_van

BRIN = "91KA"


def test_a_large_batch_asks_no_more_often_than_a_small_one(databank: Databank, monkeypatch: Any) -> None:
    dossiers = list(zet_sector_klaar(60).dossiers())
    vragen = [identificatie(dossier, BRIN) for dossier in dossiers]
    register.verwerk(vragen[:1], herkomst(BRIN))
    gezien = tel_statements(monkeypatch)

    def opdrachten(meldingen: list[b.Melding]) -> int:
        gezien.clear()
        assert all(antwoord.aanvaard for antwoord in register.verwerk(meldingen, herkomst(BRIN)))
        return len(gezien)

    assert opdrachten(vragen[10:]) <= opdrachten(vragen[2:4])


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


def test_who_is_refused_for_the_id_of_the_melding_becomes_known_to_nobody(databank: Databank) -> None:
    """Another melding of the batch has the id, of another person or of another kind; another sender cannot take it."""
    een, twee, drie, vier = (identificatie(d, BRIN) for d in zet_sector_klaar(4).dossiers())
    ander = structs.replace(twee, id=een.id)
    verwijdering = b.VerwijderenResultaat(
        id=drie.id,
        afzender=BRIN,
        moment=drie.moment,
        burgerservicenummer=een.burgerservicenummer,
        onderwijsnummer=een.onderwijsnummer,
        resultaatvolgnummer="1",
    )
    vreemd = structs.replace(vier, afzender="25LX")
    antwoorden = register.verwerk([een, ander, verwijdering, drie, vreemd, vier], herkomst(BRIN))
    assert [regels_van(antwoord) for antwoord in antwoorden] == [
        [],
        ["N02"],
        ["N08"],
        ["N02"],
        ["N03"],
        [],
    ]
    assert set(personen.zoek({een.pgn, twee.pgn, drie.pgn, vier.pgn})) == {een.pgn, vier.pgn}


def test_who_was_guessed_too_often_in_the_same_batch_becomes_known_to_nobody(databank: Databank) -> None:
    (een,) = zet_sector_klaar(1).dossiers()
    mis = [b.lees(_met(identificatie(een, BRIN), geboortedatum=f"196{jaar}-01-01")) for jaar in range(MEESTE)]
    *_, laatste = register.verwerk([*mis, identificatie(een, BRIN)], herkomst(BRIN))
    assert laatste.bevindingen[0].waarden["oorzaak"] == "te_vaak"
    assert personen.zoek({een.persoon.pgn}) == {}


def test_a_number_that_the_source_has_found_since_is_in_the_answer(databank: Databank) -> None:
    (een,) = zet_sector_klaar(1).dossiers()
    nieuw = onderwijsnummer(7, 90_000)
    register.verwerk([identificatie(een, BRIN)], herkomst(BRIN))
    wijzig(een.persoon.pgn, lambda persoon: structs.replace(persoon, onderwijsnummer=nieuw))
    (antwoord,) = register.verwerk([identificatie(een, BRIN)], herkomst(BRIN))
    assert antwoord.identificatie.onderwijsnummer == nieuw


def _met(melding: b.Melding, **anders: str) -> bytes:
    wat = {**msgspec.to_builtins(melding), **anders}
    if "burgerservicenummer" in anders:
        wat.pop("onderwijsnummer", None)
    return msgspec.json.encode(wat)
