"""Reading meldingen: whatever bytes come in, either a melding comes out or an explanation, and never a number."""

import re
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernregister.kern.leesbaar import Onleesbaar
from kernregister.kern.meldingen import berichten as b

BSN = "999990007"
GOED: dict[str, Any] = {
    "soort": "AanleverenInschrijving",
    "id": "11111111-2222-4333-8444-555555555555",
    "afzender": "27DV",
    "moment": "2026-03-01T10:00:00Z",
    "burgerservicenummer": BSN,
    "inschrijving": {
        "inschrijvingvolgnummer": "1",
        "datum_inschrijving": "2024-08-01",
        "perioden": [{"datum_begin": "2024-08-01", "opleidingcode": "25655", "leertraject": "BOL"}],
    },
}
DIPLOMA = {
    "soort": "AanleverenDiploma",
    "diploma": {
        "resultaatvolgnummer": "1",
        "opleidingcode": "25655",
        "datum_resultaat": "2026-01-30",
        "onderdelen": [{"soort": "GEO", "resultaatvolgnummer": "2", "code": "3003", "cijfer_ie": "6.5"}],
    },
}
KOP = {veld: waarde for veld, waarde in GOED.items() if veld not in {"soort", "inschrijving"}}


def lees(inhoud: Any) -> b.Melding:
    return b.lees(inhoud if isinstance(inhoud, bytes) else msgspec.json.encode(inhoud))


def fouten(inhoud: Any) -> dict[str, str]:
    """Return what is wrong with a message, by place."""
    with pytest.raises(Onleesbaar) as fout:
        lees(inhoud)
    assert not re.search(r"\d{9}", str(fout.value)), "a number of a person has no place in an explanation"
    return {een.pad: een.uitleg for een in fout.value.fouten}


def test_a_melding_is_read_with_its_fields_by_name():
    melding = lees(GOED)
    assert isinstance(melding, b.AanleverenInschrijving)
    assert melding.id == UUID(GOED["id"])
    assert melding.moment == datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert melding.pgn == BSN
    assert melding.inschrijving.perioden[0].leertraject == "BOL"


def test_all_that_is_wrong_is_told_at_once_each_with_its_place():
    inschrijving = GOED["inschrijving"] | {
        "datum_inschrijving": "1 augustus",
        "perioden": [{"datum_begin": "2024-08-01", "opleidingcode": 25655, "leertraject": "BOL"}],
        "bpvs": [],
    }
    gevonden = fouten(GOED | {"id": "geen", "inschrijving": inschrijving})
    assert set(gevonden) == {
        "id",
        "inschrijving.datum_inschrijving",
        "inschrijving.perioden[0].opleidingcode",
        "inschrijving.bpvs",
    }


@pytest.mark.parametrize("veld", ["instelling", "op_onderwijsnummer", "bpvs"])
def test_what_the_register_knows_itself_is_no_field_of_a_melding(veld):
    inschrijving = GOED["inschrijving"] | {veld: "25LX"}
    assert list(fouten(GOED | {"inschrijving": inschrijving})) == [f"inschrijving.{veld}"]


@pytest.mark.parametrize(
    "soort", sorted({*b.SOORTEN} - {soort.__name__ for soort in b.Aangeleverd.__args__} | {"Verzinsel"})
)
def test_what_sources_and_the_facility_register_is_never_taken_from_an_institution(soort):
    assert list(fouten(GOED | {"soort": soort})) == ["soort"]


@pytest.mark.parametrize(
    ("inhoud", "plek"),
    [
        (b"", ""),
        (b"{", ""),
        (b"null", "soort"),
        (b"[]", "soort"),
        (b'"\xff"', ""),
        (b"[" * 100_000, ""),
        (b" " * (b.GROOTSTE_MELDING + 1), ""),
        (GOED | {"soort": 5}, "soort"),
        (GOED | {"afzender": "27DV2"}, ""),
        (GOED | {"moment": "2026-03-01T10:00:00"}, ""),
        (GOED | {"moment": "0001-01-01T10:00:00Z"}, "moment"),
        (GOED | {"moment": "2026-03-01T10:00:00+23:00"}, "moment"),
        (GOED | {"studentnummer": "a\0b"}, ""),
        (GOED | {"burgerservicenummer": BSN * 3}, ""),
    ],
)  # fmt: skip
def test_bad_input_of_every_kind_is_explained(inhoud, plek):
    assert plek in fouten(inhoud)


def test_a_mark_is_an_ordinary_number_and_a_date_of_birth_a_date():
    for cijfer in ("NaN", "Infinity", "1000"):
        onderdeel = DIPLOMA["diploma"]["onderdelen"][0] | {"cijfer_ie": cijfer}
        inhoud = KOP | DIPLOMA | {"diploma": DIPLOMA["diploma"] | {"onderdelen": [onderdeel]}}
        assert list(fouten(inhoud)) == ["diploma.onderdelen[0].cijfer_ie"]
    wie = KOP | {"soort": "AanleverenIdentificatiePersoon"}
    assert list(fouten(wie | {"geboortedatum": "2006-13-01"})) == ["geboortedatum"]
    assert lees(wie | {"geboortedatum": "2006-00-00"}).geboortedatum == "2006-00-00"


def test_a_number_in_the_wrong_place_is_not_repeated():
    for inhoud in (
        GOED | {"id": BSN},
        GOED | {BSN: 1},
        GOED | {"inschrijving": BSN},
        GOED | {"inschrijving": GOED["inschrijving"] | {"datum_inschrijving": int(BSN)}},
        f'{{"soort": "{BSN}"}}'.encode(),
        f'{{"burgerservicenummer": {BSN}'.encode(),
    ):
        fouten(inhoud)


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_bytes_give_a_melding_or_an_explanation(tekst):
    _lees_of_leg_uit(tekst)


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=10)
    | st.sampled_from([BSN, int(BSN), "2024-08-01", "KZD"]),
    lambda kind: (
        st.lists(kind, max_size=3) | st.dictionaries(st.text(max_size=8) | st.just(BSN), kind, max_size=3)
    ),
    max_leaves=5,
)


@given(data=st.data(), waarde=_JSON)
def test_a_good_melding_with_one_thing_otherwise_gives_a_melding_or_an_explanation(data, waarde):
    """Any value in any place, or any field more, or one less."""
    inhoud = msgspec.json.decode(msgspec.json.encode(data.draw(st.sampled_from([GOED, KOP | DIPLOMA]))))
    plek = inhoud
    while True:
        sleutel = data.draw(st.sampled_from(sorted(plek) if isinstance(plek, dict) else range(len(plek))))
        if not (isinstance(plek[sleutel], dict | list) and plek[sleutel]) or data.draw(st.booleans()):
            break
        plek = plek[sleutel]
    match data.draw(st.sampled_from(["anders", "erbij", "weg"])):
        case "anders":
            plek[sleutel] = waarde
        case "erbij" if isinstance(plek, dict):
            plek[data.draw(st.text(max_size=8) | st.just(BSN))] = waarde
        case _:
            del plek[sleutel]
    _lees_of_leg_uit(msgspec.json.encode(inhoud))


def _lees_of_leg_uit(tekst: bytes) -> None:
    try:
        melding = b.lees(tekst)
    except Onleesbaar:
        assert fouten(tekst)
    else:
        assert b.lees(msgspec.json.encode(melding)) == melding
