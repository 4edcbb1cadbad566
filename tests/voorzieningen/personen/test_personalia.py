"""What is missing in a set of personal data, and how names and addresses compare."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kernregister.fictief.nummers import burgerservicenummer, onderwijsnummer
from kernregister.kern.dossier import Adres, Persoon
from kernregister.voorzieningen.personen.personalia import (
    Gelijkenis,
    Personalia,
    adressleutel,
    gebreken,
    naamsleutel,
    vergelijk,
)

BSN, OWN = burgerservicenummer(3, 600), onderwijsnummer(3, 600)
THUIS = Adres("Dauwmolenstraat", "12", "A", "9741 KX", "Groningen")
VER_WEG = Adres(landcode="5010", adresregels=("Turfstraat 3", "9000 Verweghem"))
VRAAG = Personalia(
    geboortedatum="2007-04-03", geslacht="V", achternaam="Boterkamp", voornamen="Céline Noor", adres=THUIS
)


def _velden(vraag: Personalia) -> list[str]:
    return [gebrek.veld for gebrek in gebreken(vraag)]


def test_the_short_and_the_extended_set_are_enough() -> None:
    assert _velden(Personalia(burgerservicenummer=BSN, geboortedatum="2007-04-00", geslacht="O")) == []
    assert _velden(Personalia(onderwijsnummer=OWN, geboortedatum="2007-04-03", geslacht="M")) == []
    assert _velden(VRAAG) == []
    assert _velden(replace(VRAAG, adres=VER_WEG)) == []


def test_all_that_is_missing_is_told_at_once() -> None:
    assert _velden(Personalia()) == ["geboortedatum", "geslacht", "achternaam", "voornamen", "adres"]
    assert _velden(Personalia(burgerservicenummer=BSN)) == ["geboortedatum", "geslacht"]
    assert _velden(replace(VRAAG, adres=Adres(postcode="9741KX"))) == [
        "adres.huisnummer",
        "adres.straat",
        "adres.woonplaats",
    ]
    assert _velden(replace(VRAAG, adres=Adres(landcode="5010"))) == ["adres.adresregels"]
    assert _velden(replace(VRAAG, adres=Adres(adresregels=("Turfstraat 3",)))) == ["adres.landcode"]


@pytest.mark.parametrize(
    ("vraag", "veld"),
    [
        (
            Personalia(burgerservicenummer=OWN, geboortedatum="2007-04-03", geslacht="V"),
            "burgerservicenummer",
        ),
        (Personalia(onderwijsnummer=BSN, geboortedatum="2007-04-03", geslacht="V"), "onderwijsnummer"),
        (
            Personalia(
                burgerservicenummer=BSN, onderwijsnummer=OWN, geboortedatum="2007-04-03", geslacht="V"
            ),
            "onderwijsnummer",
        ),
        (replace(VRAAG, geboortedatum="2007-02-30"), "geboortedatum"),
        (replace(VRAAG, geslacht="X"), "geslacht"),
        (replace(VRAAG, achternaam=" - "), "achternaam"),
        (replace(VRAAG, adres=replace(THUIS, landcode="5010", adresregels=("Turfstraat 3",))), "adres"),
        (replace(VRAAG, adres=replace(THUIS, postcode="0741 KX")), "adres.postcode"),
        (replace(VRAAG, adres=replace(VER_WEG, landcode="6030")), "adres.landcode"),
        (replace(VRAAG, adres=replace(VER_WEG, landcode="BE")), "adres.landcode"),
        (replace(VRAAG, adres=replace(VER_WEG, adresregels=("a", "b", "c", "d"))), "adres.adresregels"),
    ],
)
def test_what_cannot_be_used_is_named_without_its_value(vraag: Personalia, veld: str) -> None:
    (gebrek,) = gebreken(vraag)
    assert gebrek.veld == veld
    assert BSN not in gebrek.verwacht
    assert OWN not in gebrek.verwacht


@pytest.mark.parametrize(
    ("een", "ander"),
    [
        ("Van der Boterkamp", "boterkamp"),
        ("BOTERKAMP", "Bóterkämp"),
        ("IJzerman", "Yzerman"),
        ("El-Haverdijk", "el haverdijk"),
        ("'t Veerhorst", "Veerhorst"),
        ("Zilver-Draaier", "Zilverdraaier"),
        ("Çelik", "Celik"),
        ("Łantaarn", "Lantaarn"),
    ],
)
def test_a_surname_is_the_same_however_it_is_spelled(een: str, ander: str) -> None:
    assert naamsleutel(een) == naamsleutel(ander) != ""


def test_a_prefix_may_stand_in_its_own_field_or_not() -> None:
    assert naamsleutel("Boterkamp", "van der") == naamsleutel("van der Boterkamp")
    assert naamsleutel("De") == "de"  # a name that is a prefix stays a name


@pytest.mark.parametrize(
    ("voornamen", "gelijkenis"),
    [
        ("Celine", Gelijkenis.GELIJK),
        ("Céline Noor Wilhelmina", Gelijkenis.GELIJK),
        ("C.", Gelijkenis.LIJKT),
        ("C.N.", Gelijkenis.LIJKT),
        ("Céline Wilhelmina", Gelijkenis.LIJKT),
        ("Celien", Gelijkenis.LIJKT),
        ("Noor", Gelijkenis.ANDERS),
        ("Anouk Noor", Gelijkenis.ANDERS),
    ],
)
def test_the_first_given_name_decides(voornamen: str, gelijkenis: Gelijkenis) -> None:
    uit = vergelijk(VRAAG, Persoon(achternaam="Boterkamp", voornamen=voornamen))
    assert uit["voornamen"] is gelijkenis


def test_addresses_compare_by_what_determines_them() -> None:
    assert adressleutel(THUIS) == adressleutel(
        Adres("Dauwmolenstr.", "12", "a", "9741kx", "x", landcode="6030")
    )
    assert adressleutel(THUIS) != adressleutel(replace(THUIS, toevoeging=None))
    assert adressleutel(VER_WEG) == adressleutel(
        replace(VER_WEG, adresregels=("Turfstraat 3 9000", "VERWEGHEM"))
    )
    assert (
        adressleutel(Adres(landcode="5010"))
        == adressleutel(Adres(postcode="9741KX"))
        == adressleutel(None)
        == ""
    )


def test_a_secret_address_agrees_with_nothing() -> None:
    open_ = Persoon(adres=THUIS)
    assert vergelijk(VRAAG, open_)["adres"] is Gelijkenis.GELIJK
    assert vergelijk(VRAAG, replace(open_, geheim=True))["adres"] is Gelijkenis.ANDERS


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=20))
def test_any_text_can_be_a_name_or_an_address(een: str, ander: str, plaats: str) -> None:
    assert naamsleutel(een) == naamsleutel(een.upper()) or een.upper().casefold() != een.casefold()
    vraag = Personalia(achternaam=een, voornamen=ander, adres=Adres(postcode=plaats, huisnummer=een))
    persoon = Persoon(achternaam=ander, voornamen=een, adres=Adres(postcode=een, huisnummer=plaats))
    assert set(vergelijk(vraag, persoon)) == {"achternaam", "voornamen", "geboortedatum", "geslacht", "adres"}
    assert len(gebreken(vraag)) >= 2
    assert een == "" or een not in repr(vraag) or len(een) < 12
