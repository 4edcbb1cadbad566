"""The named form of a record: nothing is lost between it and the struct of the dossier."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernregister.kern import dossier as kern
from kernregister.kern.leesbaar import als_object
from kernregister.kern.meldingen import berichten as b
from kernregister.kern.meldingen.vorm import LANGSTE_TEKST, MEESTE_DELEN, als_bericht, naar_kern
from tests.kern.strategieen import struct

SOORTEN = [
    kern.Inschrijving,
    kern.Bpv,
    kern.Diploma,
    kern.Adres,
    kern.AmvbOnderdeel,
    kern.GeneriekExamenonderdeel,
    kern.Keuzedeel,
]


@pytest.mark.parametrize("soort", SOORTEN, ids=lambda soort: soort.__name__)
@settings(max_examples=30)
@given(data=st.data())
def test_what_is_written_by_name_is_read_as_it_was(soort, data):
    record = data.draw(struct(soort))
    bericht = msgspec.convert(als_object(record), als_bericht(soort), strict=False)
    assert naar_kern(bericht, soort) == record


@settings(max_examples=30)
@given(struct(kern.Diploma), st.sampled_from(["27DV", "25LX"]), st.booleans())
def test_what_the_register_fills_in_stands_on_the_record_and_on_all_under_it(
    record, instelling, eigen_nummer
):
    inhoud = als_object(record)
    weg = b.VAN_HET_REGISTER
    inhoud = {veld: waarde for veld, waarde in inhoud.items() if veld not in weg}
    inhoud["onderdelen"] = [
        {veld: waarde for veld, waarde in als_object(o).items() if veld not in weg} for o in record.onderdelen
    ]
    bericht = msgspec.convert(inhoud, b.DiplomaBericht, strict=False)
    gelezen = naar_kern(bericht, kern.Diploma, instelling=instelling, op_onderwijsnummer=eigen_nummer)
    assert {een.instelling for een in (gelezen, *gelezen.onderdelen)} == {instelling}
    assert {een.op_onderwijsnummer for een in (gelezen, *gelezen.onderdelen)} == {eigen_nummer}
    assert len(gelezen.onderdelen) == len(record.onderdelen)


def test_the_form_knows_limits_that_a_dossier_does_not():
    bpv = {"volgnummer": "1", "afsluitdatum": "2025-01-10", "datum_begin": "2025-02-03"}
    for veld, waarde in (
        ("leerbedrijf_id", "x" * (LANGSTE_TEKST + 1)),
        ("omvang", 2**31),
        ("onbekend", 1),
    ):
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(bpv | {veld: waarde}, b.BpvBericht)
    periode = {"datum_begin": "2024-08-01", "opleidingcode": "25655", "leertraject": "BOL"}
    veel = {"inschrijvingvolgnummer": "1", "datum_inschrijving": "2024-08-01"}
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(veel | {"perioden": [periode] * (MEESTE_DELEN + 1)}, b.InschrijvingBericht)
