"""The schema of the TBG-i: what is written keeps to it, and what reads back is what was written."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from msgspec import structs

from kernregister.kern.formaten import tbgi
from kernregister.kern.formaten.tbgi import ANDERE_NAMEN
from kernregister.kern.formaten.tbgi_lezen import lees
from kernregister.kern.formaten.tbgi_schrijven import schrijf_tbgi
from kernregister.kern.formaten.tbgi_xsd import schema
from kernregister.kern.formaten.verslag import Verslag
from tests.kern.formaten.test_tbgi import DIPLOMA, INSCHRIJVING, TELDATUM

XSD = etree.XMLSchema(etree.fromstring(schema().encode()))
_TEKENS = "abXY019 é<>&'\"]…-"


def fouten(pad: Path) -> list[str]:
    """Return what is wrong with a file according to the schema."""
    XSD.validate(etree.parse(pad))
    return [fout.message for fout in XSD.error_log]


def tekst(kort: int, lang: int) -> st.SearchStrategy[str]:
    # Whitespace at the ends means nothing in XML of this kind, and so does not come back.
    return st.text(_TEKENS, min_size=kort, max_size=lang).map(
        lambda t: f"x{t[1:-1]}y"[: len(t)] if len(t) > 1 else "x"
    )


def of_leeg(strategie: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategie


DATA = st.dates(date(1, 1, 1))
FACTOREN = st.decimals(0, 999, places=2)
BIJDRAGEN = st.decimals(0, 999_999_999, places=6)
NIVEAUS = st.sampled_from(["MBO-1", "MBO-4"])
NUMMERS = st.integers(0, 999_999_999).map("{:09d}".format)
PARAMETERS = st.builds(
    tbgi.Parameter,
    parametervolgnummer=tekst(1, 2),
    parameternaam=tekst(1, 50),
    parameterwaarde=tekst(1, 80),
)
SIGNALEN = st.lists(
    st.builds(
        tbgi.Signaal,
        signaalvolgnummer=tekst(1, 2),
        signaalcode=tekst(1, 3),
        signaalomschrijving=tekst(1, 255),
        parameters=st.lists(PARAMETERS, max_size=2),
    ),
    max_size=2,
)
BPVS = st.builds(
    tbgi.BekostigingsrelevanteBpv,
    inschrijvingvolgnummer=tekst(1, 20),
    volgnummer=tekst(1, 20),
    afsluitdatum=DATA,
    datum_begin=DATA,
    datum_einde_gepland=DATA,
    datum_einde_werkelijk=of_leeg(DATA),
    opleidingcode=tekst(5, 5),
)
TELDATA = st.builds(
    tbgi.Teldatum,
    teldatum=DATA,
    datumtijd_bepaling=st.datetimes().map(lambda t: f"{t:%d-%m}-2025 {t:%H:%M:%S}"),
    status_bepaling=st.sampled_from("DV"),
    leeftijd=of_leeg(st.integers(0, 999)),
    opleidingcode=tekst(5, 5),
    niveau=of_leeg(NIVEAUS),
    leertraject=tekst(2, 6),
    leerroutefase=of_leeg(tekst(2, 3)),
    indicatie_bekostigbaar=st.booleans(),
    bekostigingsstatus=of_leeg(st.booleans()),
    voor_correctiefactor=st.booleans(),
    bbl_bol_factor=of_leeg(FACTOREN),
    prijsfactor=of_leeg(FACTOREN),
    aantal_verblijfsjaren=of_leeg(st.integers(0, 99)),
    verblijfsjaarfactor=of_leeg(FACTOREN),
    bijdrage=of_leeg(BIJDRAGEN),
    bpvs=st.lists(BPVS, max_size=2),
    signalen=SIGNALEN,
)


@st.composite
def onderdelen(draw: st.DrawFn) -> list[tbgi.Onderdeel]:
    """Return enrolments and then diplomas, in the order in which they are written."""
    uit: list[tbgi.Onderdeel] = []
    for plaats, nummer in enumerate(sorted(draw(st.lists(NUMMERS, max_size=3, unique=True)))):
        op_own = plaats > 1
        wie = {"onderwijsnummer" if op_own else "burgerservicenummer": nummer}
        uit.append(
            tbgi.Inschrijving(
                instellingscode="27DV",
                **wie,
                inschrijvingvolgnummer=draw(tekst(1, 20)),
                datum_inschrijving=draw(DATA),
                datum_uitschrijving_gepland=draw(DATA),
                datum_uitschrijving_werkelijk=draw(of_leeg(DATA)),
                niveau_hoogst_bekostigde_diploma=draw(of_leeg(NIVEAUS)),
                onderwijsaanbieder=draw(of_leeg(tekst(7, 7))),
                onderwijslocatie=draw(of_leeg(tekst(7, 7))),
                teldata=draw(st.lists(TELDATA, max_size=2)),
            )
        )
        uit.append(
            tbgi.Diploma(
                instellingscode="27DV",
                **wie,
                resultaatvolgnummer=draw(tekst(1, 20)),
                opleidingcode=draw(tekst(5, 5)),
                inschrijvingvolgnummer=draw(of_leeg(tekst(1, 20))),
                datum_behaald=draw(DATA),
                niveau=draw(of_leeg(NIVEAUS)),
                specialistendiploma=draw(st.booleans()),
                niveau_hoogst_bekostigde_diploma=draw(of_leeg(NIVEAUS)),
                hoogst_bekostigde_diploma_is_specialist=draw(of_leeg(st.booleans())),
                datumtijd_bepaling="2025-11-21 10:42:29",
                status_bepaling="D",
                bekostigingsstatus=draw(st.booleans()),
                bijdrage_diplomawaarde=draw(of_leeg(BIJDRAGEN)),
                onderwijsaanbieder=draw(of_leeg(tekst(7, 7))),
                signalen=draw(SIGNALEN),
            )
        )
    return sorted(uit, key=lambda o: isinstance(o, tbgi.Diploma))


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(verwacht=onderdelen(), willekeur=st.randoms())
def test_whatever_is_written_keeps_to_the_schema_and_reads_back_in_order(tmp_path, verwacht, willekeur):
    pad = tmp_path / "tbgi.xml"
    tellingen = schrijf_tbgi(
        pad, willekeur.sample(verwacht, len(verwacht)), uitbreiding=True, opmerking="a -- b"
    )
    assert fouten(pad) == []
    verslag = Verslag()
    assert list(lees(pad, verslag)) == verwacht
    assert verslag.opmerkingen == []
    assert sum(tellingen.values()) == len(verwacht)
    assert tellingen["Diploma"] == len(verwacht) / 2


def test_without_the_extension_the_plain_form_of_the_pve_is_written(tmp_path):
    pad = tmp_path / "tbgi.xml"
    schrijf_tbgi(pad, [DIPLOMA, INSCHRIJVING])
    assert fouten(pad) == []
    assert "Onderwijsaanbieder" not in pad.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("anders", "wat"),
    [
        ({"leertraject": ""}, "Leertraject"),
        ({"opleidingcode": "123456"}, "Opleidingcode"),
        ({"status_bepaling": "X"}, "StatusBepaling"),
        ({"leeftijd": 1000}, "LeeftijdOpEenAugustusStudiejaar"),
        ({"prijsfactor": Decimal("1.255")}, "PrijsfactorMBO"),
        ({"bijdrage": Decimal("0.1234567")}, "Bijdrage"),
    ],
)
def test_what_the_pve_does_not_allow_the_schema_does_not(tmp_path, anders, wat):
    pad = tmp_path / "tbgi.xml"
    schrijf_tbgi(pad, [structs.replace(INSCHRIJVING, teldata=[structs.replace(TELDATUM, **anders)])])
    assert fouten(pad)
    assert any(wat in fout for fout in fouten(pad))


def test_the_example_of_duo_keeps_to_it_but_for_what_its_files_are_known_to_do_otherwise(
    gedeelde_data, tmp_path
):
    boom = etree.parse(gedeelde_data / "duo-demo" / "TBGI_25LX_2027_20251124.XML")
    for element in list(boom.getroot().iter()):
        if len(element) and not any((deel.text or "").strip() for deel in element.iter()):
            element.getparent().remove(element)  # a group of which all elements are nil
        element.tag = ANDERE_NAMEN.get(element.tag, element.tag)
    pad = tmp_path / "voorbeeld.xml"
    boom.write(pad)
    assert fouten(pad) == []
