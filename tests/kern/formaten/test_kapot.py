"""A broken file gets a clear error, or all its errors in one go; never a traceback, and never a person's number."""

import os
import random
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kernregister.kern.formaten import bron, ro
from kernregister.kern.formaten.indeling import Veldfout, velden
from kernregister.kern.formaten.lezen import open_levering
from kernregister.kern.formaten.verslag import OnbruikbaarBestand, Opmerking

GOED = """\
VLP|27DV|2025-08-01|2026-07-31|2026-03-02
PER|999990007||2005-01-01|V
ISG|999990007||1|2025-08-01|2026-07-31||
ISP|999990007||1|2025-08-01|25655|BBL||J||100A501|101X591||
PER|999990019||2005-01-01|M
ISG|999990019||1|2025-08-01|2026-07-31|2026-01-31|08
ISP|999990019||1|2025-08-01|25655|BBL||J||100A501|101X591||
DIP|999990019||7|25655|2026-01-31|J|1|100A501
KZD|999990019||7|25655|8|K0067||Behaald|||
SLR|2|2|2|0|0|1|0|0|1
"""


def lees(pad: Path) -> tuple[int, list[Opmerking]]:
    """Return how many dossiers there are and all that there is to say."""
    with open_levering(pad) as leveringen:
        aantal = 0
        opmerkingen = []
        for levering in leveringen:
            aantal += sum(1 for _ in levering.dossiers())
            levering.controleer_totalen()
            opmerkingen += levering.verslag.opmerkingen
        return aantal, opmerkingen


def lees_tekst(tmp_path: Path, tekst: str | bytes) -> tuple[int, list[Opmerking]]:
    pad = tmp_path / "bestand.csv"
    pad.write_bytes(tekst if isinstance(tekst, bytes) else tekst.encode())
    return lees(pad)


def codes(opmerkingen: list[Opmerking]) -> dict[str, int]:
    return {o.code: o.aantal for o in opmerkingen}


def test_the_good_one_has_nothing_to_say(tmp_path):
    assert lees_tekst(tmp_path, GOED) == (2, [])
    assert lees_tekst(tmp_path, "\ufeff" + GOED.replace("\n", "\r\n")) == (2, [])
    assert lees_tekst(tmp_path, GOED.rstrip("\n") + "\n\n\n") == (2, [])


@pytest.mark.parametrize(
    ("inhoud", "melding"),
    [
        (b"", "is leeg"),
        (b"\x7fELF\x02\x01\x01\x00\x00\x00", "geen tekstbestand"),
        (bytes(random.Random(1).choices(range(1, 256), k=5000)), "geen bestand dat hier gelezen kan worden"),
        (GOED.encode("utf-16"), "opgeslagen als UTF-16"),
        (GOED.encode("utf-16-le"), "geen tekstbestand"),
        (GOED.replace("\n", "\r").encode(), "CR zonder LF"),
        (b"naam;leeftijd\nJan;17\n", "begint met 'naam;leeftijd'. Verwacht een RO"),
        (b"<html><body>Sessie verlopen</body></html>", "een XML-bestand met html"),
        (b"<!DOCTYPE html><html></html>", "een XML-bestand met html"),
        (b"<", "een XML-bestand met geen enkel element"),
        (b"%PDF-1.7\n", "geen bestand dat hier gelezen kan worden"),
        (
            b"Recordsoort|Burgerservicenummer\nVLP|2025-2026|27DV|2026-03-01|2026-02-01\n",
            "verschillenbestand",
        ),
        (b"VLP|27DV|1/2/2025|2026-07-31|2026-03-02\n", "schuine strepen is niet zeker"),
        (b"VLP|27DV|2025-08-01|2026-07-31\n", "verwacht 5 velden"),
        (GOED.split("\n", 1)[1].encode(), "geen bestand dat hier gelezen kan worden"),
    ],
)
def test_what_is_no_delivery_is_refused_with_what_was_expected(tmp_path, inhoud, melding):
    pad = tmp_path / "bestand.csv"
    pad.write_bytes(inhoud)
    with pytest.raises(OnbruikbaarBestand, match=melding):
        lees(pad)


def test_a_missing_file_and_a_folder_are_named(tmp_path):
    with pytest.raises(OnbruikbaarBestand, match="bestaat niet"):
        lees(tmp_path / "weg.csv")
    with pytest.raises(OnbruikbaarBestand, match="dit is een map"):
        lees(tmp_path)


def _zip(pad: Path, leden: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(pad, "w", zipfile.ZIP_DEFLATED) as zip_:
        for naam, inhoud in leden.items():
            zip_.writestr(naam, inhoud)
    return pad


def test_a_zip_is_read_file_by_file_whatever_its_names(tmp_path):
    namen = [
        "../../ontsnapt.csv",
        "/etc/ontsnapt.csv",
        "c:\\map\\..\\ontsnapt.csv",
        "map/",
        "__MACOSX/x",
        ".DS_Store",
    ]
    pad = _zip(tmp_path / "levering.zip", {naam: GOED.encode() if "csv" in naam else b"" for naam in namen})
    assert lees(pad) == (6, [])
    assert [p.name for p in tmp_path.parent.rglob("ontsnapt*")] == []


def _versleuteld(pad: Path) -> None:
    _zip(pad, {"ro.csv": GOED.encode()})
    inhoud = bytearray(pad.read_bytes())
    inhoud[6] |= 1
    inhoud[inhoud.index(b"PK\x01\x02") + 8] |= 1
    pad.write_bytes(inhoud)


def _afgekapt(pad: Path) -> None:
    _zip(pad, {"ro.csv": GOED.encode() * 100})
    pad.write_bytes(pad.read_bytes()[:200])


def _verminkt(pad: Path) -> None:
    _zip(pad, {"ro.csv": GOED.encode() * 100})
    inhoud = bytearray(pad.read_bytes())
    inhoud[60:90] = bytes(30)
    pad.write_bytes(inhoud)


@pytest.mark.parametrize(
    ("maak", "melding"),
    [
        (lambda pad: _zip(pad, {}), "bevat geen bestanden|geen bestand"),
        (lambda pad: _zip(pad, {"map/": b""}), "bevat geen bestanden"),
        (
            lambda pad: _zip(pad, {"in.zip": _zip(pad.with_suffix(".in"), {"a": b"b"}).read_bytes()}),
            "een zip in een",
        ),
        (lambda pad: _zip(pad, {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<x/>"}), "werkboek"),
        (lambda pad: _zip(pad, {f"{i}.csv": GOED.encode() for i in range(101)}), "meer dan 100 bestanden"),
        (lambda pad: _zip(pad, {"leeg.csv": b""}), "leeg"),
        (_versleuteld, "met een wachtwoord"),
        (_afgekapt, "beschadigd of afgekapt"),
        (_verminkt, "beschadigd of afgekapt"),
        (lambda pad: _zip(pad, {"ro.csv": b"VLP|" + b"0" * (64 << 20)}), "buitensporig groot"),
    ],
)
def test_a_zip_that_is_none_of_ours_is_refused(tmp_path, maak, melding):
    pad = tmp_path / "levering.zip"
    maak(pad)
    with pytest.raises(OnbruikbaarBestand, match=melding):
        lees(pad)


def test_a_zip_may_not_unpack_to_more_than_the_bound_in_all(tmp_path, monkeypatch):
    monkeypatch.setattr(bron, "GROOTSTE_UITGEPAKT", 5000)
    pad = _zip(tmp_path / "levering.zip", {f"{i}.csv": random.Random(i).randbytes(2000) for i in range(4)})
    with pytest.raises(OnbruikbaarBestand, match="buitensporig groot"):
        lees(pad)


@pytest.mark.parametrize("verander", [lambda pad: os.truncate(pad, 300), lambda pad: pad.unlink()])
def test_a_file_that_changes_while_it_is_read_is_an_error(tmp_path, verander):
    pad = tmp_path / "bestand.csv"
    pad.write_text(GOED)
    with open_levering(pad) as [levering]:
        gelezen = levering.dossiers()
        next(gelezen)
        verander(pad)
        list(gelezen)
        levering.controleer_totalen()
    assert [o.code for o in levering.verslag.fouten] == ["bestand_veranderd"]


def test_all_errors_come_in_one_go_grouped_by_cause_with_their_place(tmp_path):
    fout = (
        GOED.replace("2005-01-01|V", "2005-13-01|V")
        .replace("|08\n", "|8X9\n")
        .replace("KZD|999990019", "QQQ|999990019")
        .replace("DIP|999990019||7|25655|", "DIP|999990019||7|25655|1/2/2026|")
    )
    aantal, opmerkingen = lees_tekst(tmp_path, fout)
    assert aantal == 1
    gezien = {(o.code, o.recordsoort, o.veld): o for o in opmerkingen if o.fout}
    geboorte = gezien["veld_ongeldig", "PER", "geboortedatum"]
    assert (geboorte.plaatsen[0].regel, geboorte.plaatsen[0].waarde) == (2, "2005-13-01")
    assert "jjjj-mm-dd" in geboorte.verwacht
    assert gezien["veld_ongeldig", "ISG", "reden_uitschrijving"].plaatsen[0].regel == 6
    assert gezien["aantal_velden", "DIP", ""].verwacht == "9 velden, de recordsoort meegeteld"
    assert gezien["recordsoort_onbekend", "", ""].plaatsen[0].waarde == "QQQ"
    assert gezien["persoon_ontbreekt", "", ""].aantal == 2
    assert gezien["ouder_ontbreekt", "ISP", ""].aantal == 1
    assert "controletotaal" in codes(opmerkingen)


@pytest.mark.parametrize(
    ("van", "naar", "verwacht"),
    [
        ("SLR|2|2|2|0|0|1|0|0|1\n", "", {"sluitrecord_ontbreekt": 1}),
        (
            "100A501\nKZD|999990019||7|25655|8|K0067||Behaald|||\nSLR|2|2|2|0|0|1|0|0|1\n",
            "10",
            {"sluitrecord_ontbreekt": 1},
        ),
        ("SLR|2|2", "SLR|2|3", {"controletotaal": 1}),
        ("PER|999990019", "\n\nPER|999990019", {"lege_regel": 2}),
        (
            "PER|999990019",
            "PER|999990007",
            {"persoon_tegenstrijdig": 1, "persoon_ontbreekt": 4, "volgorde": 1},
        ),
        ("DIP|999990019||7|25655|2026-01-31|", "DIP|999990019||7|25655|2026-01-31||", {"dip_leeg_veld": 1}),
        (
            "|999990019||1|2025-08-01|2026-07-31|2026",
            "|999990019||1|1-8-2025|20260731|2026",
            {"datumvorm": 2},
        ),
        ("|08\n", "|8\n", {"voorloopnullen": 1}),
        ("Behaald", "BEHAALD", {"hoofdletters": 1}),
    ],
)
def test_each_deviation_has_a_remark_of_its_own(tmp_path, van, naar, verwacht):
    assert van in GOED
    _, opmerkingen = lees_tekst(tmp_path, GOED.replace(van, naar))
    gevonden = codes(opmerkingen)
    if "controletotaal" not in verwacht:
        gevonden.pop("controletotaal", None)
    assert gevonden == verwacht


def test_windows_1252_and_half_a_character_are_errors_of_their_line_only(tmp_path):
    aantal, opmerkingen = lees_tekst(tmp_path, GOED.replace("K0067", "Ké067").encode("cp1252"))
    assert aantal == 2
    assert codes(opmerkingen) == {"geen_utf8": 1, "controletotaal": 1}
    assert opmerkingen[0].plaatsen[0].regel == 9


def test_two_files_pasted_together_are_told_apart_from_a_file_in_disorder(tmp_path):
    ander = GOED.replace("99999", "88888").replace("27DV", "25LX")
    _, opmerkingen = lees_tekst(tmp_path, GOED + ander)
    assert [(o.code, o.recordsoort, o.fout) for o in opmerkingen if o.code == "records_meer_dan_eens"] == [
        ("records_meer_dan_eens", "VLP", True),
        ("records_meer_dan_eens", "SLR", False),
    ]


def test_a_line_without_end_is_one_error_and_the_rest_is_read(tmp_path):
    aantal, opmerkingen = lees_tekst(
        tmp_path, GOED.replace("SLR", "ISG|999990019|" + "x" * 300_000 + "\nSLR")
    )
    assert aantal == 2
    assert codes(opmerkingen) == {"regel_te_lang": 1}


def test_a_number_used_twice_loses_no_children(tmp_path):
    dubbel = GOED.replace(
        "PER|999990019",
        "ISG|999990007||1|2024-08-01|2025-07-31||\nISP|999990007||1|2024-08-01|25655|BBL||J|||||\nPER|999990019",
    ).replace("SLR|2|2|2", "SLR|2|3|3")
    pad = tmp_path / "ro.csv"
    pad.write_text(dubbel)
    with open_levering(pad) as [levering]:
        dossier = next(levering.dossiers())
        assert codes(levering.verslag.opmerkingen) == {"volgnummer_dubbel": 1}
    assert [(str(i.datum_inschrijving), len(i.perioden)) for i in dossier.inschrijvingen] == [
        ("2025-08-01", 1),
        ("2024-08-01", 1),
    ]


def test_a_file_resaved_by_a_spreadsheet_is_read_with_a_few_remarks(tmp_path):
    zonder_vlp = GOED.splitlines()[1:]
    anders = [
        "DIP|999990019||7|25655|2026-01-31||J|1|100A501" if r.startswith("DIP") else r for r in zonder_vlp
    ]
    anders = sorted(anders) + GOED.splitlines()[:1]
    tekst = "\r\n".join(regel.replace("|", ";") + ";" * (14 - regel.count("|")) for regel in anders)
    tekst = re.sub(r"(\d{4})-(\d\d)-(\d\d)", lambda m: f"{int(m[3])}-{int(m[2])}-{m[1]}", tekst)
    tekst = tekst.replace(";08;", ";8;").replace("Behaald", '"Behaald"')
    aantal, opmerkingen = lees_tekst(tmp_path, tekst)
    assert aantal == 2
    assert [o for o in opmerkingen if o.fout] == []
    assert set(codes(opmerkingen)) == {
        "datumvorm",
        "dip_leeg_veld",
        "lege_velden_achteraan",
        "scheidingsteken",
        "volgorde",
        "voorloopnullen",
    }


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_bytes_are_damaged_the_reader_explains_and_shows_no_number(tmp_path, data):
    inhoud = bytearray(GOED.encode())
    for _ in range(data.draw(st.integers(1, 6))):
        plaats = data.draw(st.integers(0, len(inhoud) - 1))
        actie = data.draw(st.sampled_from(["wijzig", "weg", "bij", "kap", "regel"]))
        if actie == "wijzig":
            inhoud[plaats] = data.draw(st.integers(0, 255))
        elif actie == "weg":
            del inhoud[plaats : plaats + data.draw(st.integers(1, 40))]
        elif actie == "bij":
            inhoud[plaats:plaats] = data.draw(
                st.sampled_from([b"|", b"\n", b'"', b";", b"\xff", b"PER|", b"\x00"])
            )
        elif actie == "kap":
            del inhoud[plaats:]
        if not inhoud:
            break
    try:
        _, opmerkingen = lees_tekst(tmp_path, bytes(inhoud))
        gezegd = [plaats.waarde for opmerking in opmerkingen for plaats in opmerking.plaatsen]
    except OnbruikbaarBestand as fout:
        gezegd = [str(fout)]
    assert not any(re.search(r"\d{7,}", tekst) for tekst in gezegd)


@pytest.mark.parametrize("teken", ["\t", "\x01", "\x1f"])
def test_a_control_character_in_a_text_is_a_fault_of_its_field(tmp_path, teken):
    """No database keeps all of them, and a volgnummer with one is found again by nobody."""
    fout = GOED.replace("DIP|999990019||7|", f"DIP|999990019||7{teken}7|")
    assert fout != GOED
    _, opmerkingen = lees_tekst(tmp_path, fout)
    (gevonden,) = [o for o in opmerkingen if o.code == "veld_ongeldig"]
    assert (gevonden.recordsoort, gevonden.veld) == ("DIP", "resultaatvolgnummer")
    assert "stuurtekens" in gevonden.verwacht


def test_a_null_byte_deep_in_a_file_is_a_fault_of_its_field_too():
    """A file that begins with one is no text file; a field is read alike wherever it stands."""
    (veld,) = [een for een in velden(ro.Dip) if een.naam == "resultaatvolgnummer"]
    assert veld.lees("7") == "7"
    with pytest.raises(Veldfout, match="stuurtekens"):
        veld.lees("7\0")
