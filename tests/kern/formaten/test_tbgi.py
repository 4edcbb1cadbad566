"""The TBG-i: what is in it, what is not read in it, and what goes wrong in it."""

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from msgspec import structs

from kernregister.kern.formaten import tbgi
from kernregister.kern.formaten.lezen import open_levering
from kernregister.kern.formaten.tbgi_lezen import dossiers, lees
from kernregister.kern.formaten.tbgi_schrijven import schrijf_tbgi
from kernregister.kern.formaten.verslag import OnbruikbaarBestand, Verslag

TELDATUM = tbgi.Teldatum(
    teldatum=date(2025, 10, 1),
    datumtijd_bepaling="2025-11-21 10:42:29",
    status_bepaling="V",
    leeftijd=25,
    opleidingcode="25748",
    niveau="MBO-1",
    leertraject="BBL",
    indicatie_bekostigbaar=True,
    voor_correctiefactor=False,
    bbl_bol_factor=Decimal("0.50"),
    bpvs=[
        tbgi.BekostigingsrelevanteBpv(
            inschrijvingvolgnummer="2",
            volgnummer="C1",
            afsluitdatum=date(2025, 8, 1),
            datum_begin=date(2025, 8, 1),
            datum_einde_gepland=date(2026, 7, 31),
            opleidingcode="25748",
        )
    ],
    signalen=[
        tbgi.Signaal(
            signaalvolgnummer="1",
            signaalcode="A1",
            signaalomschrijving="Ouder dan <30> & 'later'",
            parameters=[
                tbgi.Parameter(parametervolgnummer="1", parameternaam="leeftijd", parameterwaarde="31")
            ],
        )
    ],
)
INSCHRIJVING = tbgi.Inschrijving(
    instellingscode="25LX",
    burgerservicenummer="999990019",
    inschrijvingvolgnummer="2",
    datum_inschrijving=date(2024, 2, 1),
    datum_uitschrijving_gepland=date(2026, 1, 31),
    onderwijsaanbieder="100A501",
    teldata=[TELDATUM],
)
DIPLOMA = tbgi.Diploma(
    instellingscode="25LX",
    burgerservicenummer="999990007",
    resultaatvolgnummer="7",
    opleidingcode="25297",
    inschrijvingvolgnummer="1",
    datum_behaald=date(2025, 6, 17),
    niveau="MBO-4",
    specialistendiploma=False,
    datumtijd_bepaling="2025-07-07 07:13:15",
    status_bepaling="D",
    bekostigingsstatus=True,
    bijdrage_diplomawaarde=Decimal(5),
)


def lees_tekst(tmp_path: Path, tekst: str):
    pad = tmp_path / "tbgi.xml"
    pad.write_text(tekst)
    verslag = Verslag(pad.name)
    return list(lees(pad, verslag)), verslag.opmerkingen


def geschreven(tmp_path: Path) -> str:
    pad = tmp_path / "goed.xml"
    schrijf_tbgi(pad, [INSCHRIJVING, DIPLOMA], uitbreiding=True)
    return pad.read_text()


def test_what_is_written_is_read_back_and_written_the_same(tmp_path):
    pad, weer = tmp_path / "een.xml", tmp_path / "twee.xml"
    schrijf_tbgi(pad, [INSCHRIJVING, DIPLOMA], uitbreiding=True)
    gelezen = list(lees(pad, verslag := Verslag()))
    assert gelezen == [INSCHRIJVING, DIPLOMA]
    assert verslag.opmerkingen == []
    schrijf_tbgi(weer, gelezen, uitbreiding=True)
    assert weer.read_bytes() == pad.read_bytes()


def test_a_number_with_what_xml_cannot_hold_does_not_spoil_the_file(tmp_path):
    pad = tmp_path / "TBGi_27DV_2027_20260407.XML"
    schrijf_tbgi(pad, [structs.replace(INSCHRIJVING, inschrijvingvolgnummer="a\x01<\ufffe")])
    namen = [een.text for een in ElementTree.parse(pad).iter() if een.text]
    assert "a\ufffd<\ufffd" in namen


def test_the_elements_that_only_the_manual_promises_are_written_when_asked_for(tmp_path):
    pad = tmp_path / "tbgi.xml"
    schrijf_tbgi(pad, [INSCHRIJVING])
    assert "Onderwijsaanbieder" not in pad.read_text()
    assert "Onderwijsaanbieder" in geschreven(tmp_path)


def test_the_published_example_is_read_with_its_own_spelling_and_empty_groups(gedeelde_data):
    with open_levering(gedeelde_data / "duo-demo" / "TBGI_25LX_2027_20251124.XML") as [levering]:
        gelezen = list(levering.dossiers())
        assert levering.kop.instellingscode == "25LX"
        assert (levering.tellingen["Inschrijving"], levering.tellingen["Diploma"]) == (1, 1)
        assert {o.code: o.fout for o in levering.verslag.opmerkingen} == {
            "lege_groep": False,
            "elementnaam": False,
        }
    assert [(len(d.inschrijvingen), len(d.diplomas)) for d in gelezen] == [(1, 0), (0, 1)]


def test_persons_come_in_the_order_of_other_deliveries(tmp_path):
    pad = tmp_path / "tbgi.xml"
    schrijf_tbgi(pad, [INSCHRIJVING, DIPLOMA])
    gelezen = dossiers(pad, Verslag(), Counter())
    assert [d.persoon.pgn for d in gelezen] == ["999990007", "999990019"]


LACHEN = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "voor",
    [
        LACHEN,
        '<!DOCTYPE x SYSTEM "http://example.org/x.dtd">',
        f"<!-- {'x' * 40000} -->{LACHEN}",
    ],
)
def test_document_types_and_entities_are_refused_wherever_they_stand(tmp_path, voor):
    tekst = geschreven(tmp_path).replace("<Bekostigingsgrondslagen", f"{voor}<Bekostigingsgrondslagen", 1)
    with pytest.raises(OnbruikbaarBestand, match="entiteiten"):
        lees_tekst(tmp_path, tekst)


def test_an_entity_that_nobody_declared_is_an_error_of_the_file(tmp_path):
    gelezen, opmerkingen = lees_tekst(tmp_path, geschreven(tmp_path).replace("MBO-4", "&geheim;"))
    assert gelezen == [INSCHRIJVING]
    assert opmerkingen[0].code == "xml_ongeldig"


def test_a_file_cut_off_keeps_what_came_before(tmp_path):
    tekst = geschreven(tmp_path)
    gelezen, opmerkingen = lees_tekst(tmp_path, tekst[: tekst.index("<Diploma>") + 60])
    assert gelezen == [INSCHRIJVING]
    assert [(o.code, o.fout) for o in opmerkingen] == [("xml_ongeldig", True)]


def test_an_element_that_never_ends_is_refused(tmp_path):
    tekst = geschreven(tmp_path).replace("<Diploma>", "<Diploma>" + "<Signaal></Signaal>" * 300_000)
    with pytest.raises(OnbruikbaarBestand, match="zonder het eind"):
        lees_tekst(tmp_path, tekst)


def test_elements_where_they_do_not_belong_do_not_count_as_ends(tmp_path):
    pad = tmp_path / "tbgi.xml"
    with pad.open("w") as bestand:
        bestand.write("<Bekostigingsgrondslagen><Map>")
        for _ in range(60_000):
            bestand.write(f"<Inschrijving><BRIN>25LX</BRIN>{' ' * 50}</Inschrijving>")
        bestand.write("</Map></Bekostigingsgrondslagen>")
    with pytest.raises(OnbruikbaarBestand, match="zonder het eind van een inschrijving"):
        list(lees(pad, Verslag("t")))


def test_ever_new_elements_are_refused_before_their_names_fill_memory(tmp_path):
    pad = tmp_path / "tbgi.xml"
    inhoud = "".join(f"<Inschrijving><n{n}/></Inschrijving>" for n in range(2000))
    pad.write_text(f"<Bekostigingsgrondslagen>{inhoud}</Bekostigingsgrondslagen>")
    with pytest.raises(OnbruikbaarBestand, match="1000 verschillende elementen"):
        list(lees(pad, Verslag("t")))


@pytest.mark.parametrize("codering", ["UTF-7", "IBM037", "utf-16"])
def test_an_encoding_that_can_hide_a_document_type_is_refused(tmp_path, codering):
    pad = tmp_path / "tbgi.xml"
    pad.write_text(f'<?xml version="1.0" encoding="{codering}"?><Bekostigingsgrondslagen/>')
    with pytest.raises(OnbruikbaarBestand, match=f"opgeslagen als {codering}"):
        list(lees(pad, Verslag("t")))
    pad.write_text('\ufeff<?xml version="1.0" encoding="utf-8"?><Bekostigingsgrondslagen/>')
    assert list(lees(pad, Verslag("t"))) == []


def test_nesting_without_end_is_an_error_of_the_file(tmp_path):
    tekst = geschreven(tmp_path).replace("<Diploma>", "<Diploma>" + "<a>" * 5000)
    _, opmerkingen = lees_tekst(tmp_path, tekst)
    assert [o.code for o in opmerkingen] == ["xml_ongeldig"]


def test_all_that_is_wrong_with_an_element_is_told_without_numbers(tmp_path):
    tekst = (
        geschreven(tmp_path)
        .replace("<Burgerservicenummer>999990019<", "<Burgerservicenummer>99999001999<")
        .replace("2026-01-31", "31/1/2026")
        .replace("<Leertraject>BBL<", "<Leertraject><")
        .replace("</Diploma>", "<Nieuw>1</Nieuw></Diploma>")
    )
    gelezen, opmerkingen = lees_tekst(tmp_path, tekst)
    assert gelezen == [DIPLOMA]
    assert {(o.code, o.recordsoort, o.veld) for o in opmerkingen} == {
        ("veld_ongeldig", "Inschrijving", "Burgerservicenummer"),
        ("veld_ongeldig", "Inschrijving", "DatumUitschrijvingGepland"),
        ("veld_ongeldig", "Teldatum", "Leertraject"),
        ("element_onbekend", "", ""),
    }
    assert "99999001999" not in str(opmerkingen)
