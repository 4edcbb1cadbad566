"""An institution asks who somebody is; it learns who is certainly meant, and nothing of anybody else."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.conf import settings as django_settings
from django.db import connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import to_builtins
from msgspec.structs import replace

from kernregister.fictief.bevolking import bevolking
from kernregister.fictief.nummers import burgerservicenummer, onderwijsnummer
from kernregister.kern.dossier import Adres, Persoon
from kernregister.kern.sleutels import is_onderwijsnummer
from kernregister.kern.tijd import OnvolledigeDatum
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.personen import zandbak
from kernregister.voorzieningen.personen.ingebouwd import IngebouwdeBron
from kernregister.voorzieningen.personen.public import (
    Koppeling,
    Nummers,
    Onzekerheid,
    Personalia,
    Uitkomst,
    identificeer,
)

DAG = date(2026, 3, 1)
BSN, OWN = burgerservicenummer(300, 90_000), onderwijsnummer(300, 600)
THUIS = Adres("Dauwmolenstraat", "12", None, "9741 KX", "Groningen")
CELINE = Persoon(
    BSN, None, OnvolledigeDatum("2007-04-03"), "V", "Boterkamp", voornamen="Céline Noor", adres=THUIS
)
VRAAG = Personalia(
    geboortedatum="2007-04-03", geslacht="V", achternaam="van Boterkamp", voornamen="Celine", adres=THUIS
)


@pytest.fixture(autouse=True)
def _transactie(databank: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(django_settings, "DEMO", True)
    with transaction.atomic(using="stelsel"):
        personen.neem_op([CELINE])
        yield


def _kort(persoon: Persoon, **anders: str) -> Personalia:
    velden = {
        "burgerservicenummer": persoon.burgerservicenummer,
        "onderwijsnummer": None if persoon.burgerservicenummer else persoon.onderwijsnummer,
        "geboortedatum": persoon.geboortedatum,
        "geslacht": persoon.geslacht,
    }
    return Personalia(**{**velden, **anders})


def _lang(persoon: Persoon, **anders: object) -> Personalia:
    velden = ("geboortedatum", "geslacht", "achternaam", "voorvoegsel", "voornamen", "adres")
    return Personalia(**{**{veld: getattr(persoon, veld) for veld in velden}, **anders})


def test_the_short_set_finds_and_gives_the_number_and_the_data() -> None:
    uit = identificeer(_kort(CELINE))
    assert (uit.uitkomst, uit.persoon) == (Uitkomst.GEVONDEN, CELINE)


@pytest.mark.parametrize(
    ("anders", "velden"),
    [
        ({"geslacht": "M"}, ("geslacht",)),
        ({"geboortedatum": "2007-04-04"}, ("geboortedatum",)),
        ({"geboortedatum": "2007-04-00", "geslacht": "O"}, ("geboortedatum", "geslacht")),
    ],
)
def test_a_number_that_goes_with_other_data_names_the_fields_and_no_more(
    anders: dict[str, str], velden: tuple[str, ...]
) -> None:
    uit = identificeer(_kort(CELINE, **anders))
    assert (uit.uitkomst, uit.soort, uit.velden) == (Uitkomst.ONZEKER, Onzekerheid.AFWIJKING, velden)
    assert uit.persoon is None


def test_a_number_nobody_has_is_no_reason_to_make_somebody() -> None:
    uit = identificeer(_kort(replace(CELINE, burgerservicenummer=burgerservicenummer(9, 90_000))))
    assert (uit.uitkomst, uit.soort) == (Uitkomst.ONZEKER, Onzekerheid.NUMMER_ONBEKEND)


def test_the_extended_set_finds_the_bsn() -> None:
    assert identificeer(VRAAG).persoon == CELINE


@pytest.mark.parametrize(
    ("anders", "veld"),
    [
        ({"achternaam": "Boterkampen"}, "achternaam"),
        ({"achternaam": "Wolkenstra"}, "achternaam"),  # a name by marriage
        ({"voornamen": "C."}, "voornamen"),
        ({"geboortedatum": "2007-03-04"}, "geboortedatum"),
        ({"geslacht": "M"}, "geslacht"),
        ({"adres": replace(THUIS, huisnummer="14")}, "adres"),
    ],
)
def test_one_field_that_does_not_agree_is_named(anders: dict[str, object], veld: str) -> None:
    uit = identificeer(replace(VRAAG, **anders))
    assert (uit.uitkomst, uit.soort, uit.velden) == (Uitkomst.ONZEKER, Onzekerheid.AFWIJKING, (veld,))
    assert uit.persoon is None


def test_twins_are_told_apart_by_their_first_name() -> None:
    lotte = replace(CELINE, burgerservicenummer=burgerservicenummer(301, 90_000), voornamen="Lotte")
    personen.neem_op([lotte])
    assert identificeer(VRAAG).persoon == CELINE
    assert identificeer(replace(VRAAG, voornamen="Lotte")).persoon == lotte
    nieuw = identificeer(replace(VRAAG, voornamen="Anouk"))  # the third, not registered yet
    assert nieuw.uitkomst is Uitkomst.NIEUW


def test_several_who_may_be_meant_are_not_shown() -> None:
    dubbel = replace(CELINE, burgerservicenummer=burgerservicenummer(301, 90_000))
    personen.neem_op([dubbel])
    uit = identificeer(VRAAG)
    assert (uit.uitkomst, uit.soort, uit.velden) == (Uitkomst.ONZEKER, Onzekerheid.MEER_KANDIDATEN, ())
    uit = identificeer(replace(VRAAG, geslacht="O"))
    assert (uit.uitkomst, uit.soort, uit.velden) == (Uitkomst.ONZEKER, Onzekerheid.MEER_KANDIDATEN, ())


def test_who_nobody_knows_gets_an_onderwijsnummer_and_keeps_it() -> None:
    vraag = replace(VRAAG, achternaam="Turfling", geboortedatum="2006-00-00")
    uit = identificeer(vraag)
    assert uit.uitkomst is Uitkomst.NIEUW
    assert uit.persoon is not None
    assert uit.persoon.onderwijsnummer is not None
    assert is_onderwijsnummer(uit.persoon.onderwijsnummer)
    nogmaals = identificeer(vraag)
    assert (nogmaals.uitkomst, nogmaals.persoon) == (Uitkomst.GEVONDEN, uit.persoon)
    assert identificeer(_kort(uit.persoon)).uitkomst is Uitkomst.GEVONDEN


def test_a_bsn_found_later_is_retrieved_linked_and_retires_the_onderwijsnummer() -> None:
    eerst = identificeer(replace(VRAAG, achternaam="Turfling", geboortedatum="2006-00-00")).persoon
    assert eerst is not None
    assert eerst.onderwijsnummer is not None
    vast = personen.leg_vast(eerst)
    zandbak.geef_bsn(eerst.onderwijsnummer, bsn := burgerservicenummer(302, 90_000))
    uit = identificeer(_kort(eerst))
    assert uit.uitkomst is Uitkomst.ACHTERHAALD
    assert uit.persoon is not None
    assert uit.persoon.burgerservicenummer == bsn
    daarna = personen.leg_vast(uit.persoon)
    assert (daarna.persoon_id, daarna.koppeling) == (vast.persoon_id, Koppeling.GEKOPPELD)
    assert personen.nummers_van([vast.persoon_id])[vast.persoon_id] == Nummers(bsn, eerst.onderwijsnummer)
    assert personen.leg_vast(uit.persoon).persoon_id == vast.persoon_id


def test_two_persons_of_ours_that_the_source_knows_as_one_are_told() -> None:
    met_bsn, met_own = personen.maak([Nummers(BSN, None), Nummers(None, OWN)])
    uit = personen.leg_vast(replace(CELINE, onderwijsnummer=OWN))
    assert (uit.persoon_id, uit.samenvoegen_met) == (met_bsn, met_own)


def test_a_secret_address_is_never_given_nor_confirmed() -> None:
    zandbak.zet_geheim(BSN, True)
    uit = identificeer(_kort(CELINE))
    assert uit.persoon == replace(CELINE, geheim=True, adres=None)
    goed, fout = identificeer(VRAAG), identificeer(replace(VRAAG, adres=replace(THUIS, huisnummer="99")))
    assert goed == fout  # the right address and a wrong one give the same answer
    assert goed.velden == ("adres",)
    assert personen.persoonsgegevens([BSN])[BSN].adres is None


def test_what_happens_to_a_person_at_the_source_is_asked_for_with_a_cursor() -> None:
    transaction.set_rollback(False, using="stelsel")
    with connections["stelsel"].cursor() as cursor:
        cursor.execute("COMMIT; BEGIN")  # a change shows when its transaction is done
    begin = personen.gewijzigde_personen("", 10)
    assert [persoon.burgerservicenummer for persoon in begin.personen] == [BSN]
    zandbak.verhuis(BSN, replace(THUIS, huisnummer="14"))
    assert personen.gewijzigde_personen(begin.tot, 10).personen == ()
    with connections["stelsel"].cursor() as cursor:
        cursor.execute("COMMIT; BEGIN")
    zandbak.overlijd(BSN, DAG)
    zandbak.geef_verblijfstitel(BSN, "26", OnvolledigeDatum("2026-01-00"))
    zandbak.geef_verblijfstitel(BSN, "27", OnvolledigeDatum("2026-02-01"))
    with connections["stelsel"].cursor() as cursor:
        cursor.execute("COMMIT; BEGIN")
    daarna = personen.gewijzigde_personen(begin.tot, 10)
    (nu,) = daarna.personen
    assert nu.adres is not None
    assert (nu.adres.huisnummer, nu.datum_overlijden) == ("14", DAG)
    assert [(titel.code, titel.datum_eind) for titel in nu.verblijfstitels] == [
        ("26", "2026-02-01"),
        ("27", None),
    ]
    assert personen.gewijzigde_personen(daarna.tot, 10) == personen.Bronwijzigingen((), daarna.tot)


def test_the_sandbox_is_closed_outside_demo_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(django_settings, "DEMO", False)
    with pytest.raises(ValueError, match="alleen in de demo"):
        zandbak.overlijd(BSN, DAG)


def test_the_sandbox_keeps_numbers_to_one_person() -> None:
    lotte = replace(CELINE, burgerservicenummer=None, onderwijsnummer=OWN, voornamen="Lotte")
    personen.neem_op([lotte])
    with pytest.raises(ValueError, match="een nummer is van een persoon"):
        zandbak.geef_bsn(OWN, BSN)
    with pytest.raises(ValueError, match="elfproef"):
        zandbak.geef_bsn(OWN, OWN)
    with pytest.raises(LookupError):
        zandbak.overlijd(burgerservicenummer(5, 90_000), DAG)


def test_the_population_is_the_same_for_the_same_seed_and_has_what_a_population_has() -> None:
    mensen = list(bevolking(3000, 7, DAG))
    assert mensen == list(bevolking(3000, 7, DAG)) != list(bevolking(3000, 8, DAG))
    assert any(p.geheim for p in mensen)
    assert any(p.datum_overlijden for p in mensen)
    assert any(p.verblijfstitels for p in mensen)
    assert any(p.adres and p.adres.adresregels for p in mensen)
    assert len({p.burgerservicenummer for p in mensen}) == 3000
    assert personen.neem_op(mensen[:500]) == 500
    assert personen.neem_op(mensen[:500]) == 0


def test_everybody_of_the_population_is_found_by_the_short_set_and_never_confused_by_the_extended_one() -> (
    None
):
    mensen = list(bevolking(1500, 3, DAG))
    personen.neem_op(mensen)
    bron = IngebouwdeBron()
    for persoon in mensen[::15]:
        assert identificeer(_kort(persoon), bron).uitkomst is Uitkomst.GEVONDEN
        uit = identificeer(_lang(persoon), bron)
        assert uit.persoon == persoon or (persoon.geheim and uit.persoon is None)


VELD = st.sampled_from(("geboortedatum", "geslacht", "achternaam", "voornamen", "adres"))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.integers(0, 199),
    st.lists(st.tuples(VELD, st.integers(0, 199)), max_size=3),
    st.sampled_from((None, "burgerservicenummer")),
    st.integers(0, 199),
)
def test_nobody_is_ever_given_the_data_of_who_was_not_asked_for(
    wie: int, gemengd: list[tuple[str, int]], nummer: str | None, van: int
) -> None:
    """The data of several persons are mixed; whoever is given agrees with every field that was asked with."""
    mensen = list(bevolking(200, 11, DAG))
    with transaction.atomic(using="stelsel"):
        personen.neem_op(mensen)
        vraag = _lang(mensen[wie], **{veld: getattr(mensen[ander], veld) for veld, ander in gemengd})
        if nummer:
            vraag = replace(vraag, burgerservicenummer=mensen[van].burgerservicenummer)
        uit = identificeer(vraag)
        if uit.uitkomst in {Uitkomst.GEVONDEN, Uitkomst.NIEUW}:
            assert uit.persoon is not None
            assert uit.persoon.geboortedatum == vraag.geboortedatum
            assert uit.persoon.geslacht == vraag.geslacht
            if nummer:
                assert uit.persoon.burgerservicenummer == vraag.burgerservicenummer
            else:
                assert uit.persoon.achternaam == vraag.achternaam
                assert uit.persoon.adres == vraag.adres
        else:
            assert uit.persoon is None
            tekst = str(to_builtins(uit))
            for persoon in mensen:
                assert (persoon.burgerservicenummer or "") not in tekst
                assert (persoon.achternaam or "") not in tekst
        transaction.set_rollback(True, using="stelsel")
