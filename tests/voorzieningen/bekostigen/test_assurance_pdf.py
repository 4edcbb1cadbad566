"""A report is judged by what it is, not by what it is called."""

import random
import time

import pytest

from kernregister.voorzieningen.bekostigen import assurance_pdf, assurance_pdf_lezer
from kernregister.voorzieningen.bekostigen.assurance_pdf import BEZWAREN, GROOTST, keur, keur_naam
from tests.voorzieningen.bekostigen import rapporten

GOED = rapporten.rapport(bladen=3)
RUIS = random.Random(6)


def bezwaren(inhoud: bytes) -> set[str]:
    uit = keur(inhoud)
    assert not (uit.bladen and uit.bezwaren)
    assert set(uit.bezwaren) <= set(BEZWAREN)
    return set(uit.bezwaren)


def test_a_report_is_counted_in_pages() -> None:
    assert keur(GOED) == assurance_pdf.Keuring(3)
    assert keur(GOED + b"\r\n\0\0").bladen == 3
    assert keur(rapporten.in_objectstroom("/GoTo")).bladen == 1, "a jump to a page starts nothing"


@pytest.mark.parametrize(
    ("inhoud", "verwacht"),
    [
        (b"", "leeg"),
        (b"Goedkeurend assurancerapport\n", "geen-pdf"),
        (b"PK\x03\x04" + GOED, "geen-pdf"),
        (b"\xff" * 5000, "geen-pdf"),
        (b"<html>" + GOED, "geen-pdf"),
        (GOED[:-300], "afgekapt"),
        (GOED[: len(GOED) // 2], "afgekapt"),
        (b"%PDF-1.7\n", "afgekapt"),
        (b"%PDF-1.7\n" + b"\xff" * 5000 + b"\nstartxref\n9\n%%EOF\n", "beschadigd"),
        (GOED[:200] + GOED[500:], "beschadigd"),
        (GOED + b"MZ\x90\x00" * 10, "staart"),
        (rapporten.versleuteld(""), "versleuteld"),
        (rapporten.zonder_bladen(), "zonder-bladen"),
        (rapporten.met_bijlage(), "ingesloten"),
        (rapporten.met_formulier(), "script"),
        (rapporten.in_objectstroom("/Launch"), "opdracht"),
        (rapporten.in_objectstroom("/La#75nch"), "opdracht"),
        (b"%PDF-" + b"0" * GROOTST, "te-groot"),
    ],
)
def test_what_is_no_safe_report_is_refused_with_its_reason(inhoud: bytes, verwacht: str) -> None:
    assert verwacht in bezwaren(inhoud)


OPENT = b"<< /S /URI /URI (https://elders.example/) >>"
ELDERS = b"/F (//elders/deel/x)"


@pytest.mark.parametrize(
    ("inhoud", "verwacht"),
    [
        (rapporten.kaal(b"/OpenAction " + OPENT), "opdracht"),
        (rapporten.kaal(b"/OpenAction << /S /GoTo /Next [4 0 R] >>", b"", [OPENT]), "opdracht"),
        (rapporten.kaal(b"", b"/AA << /O 4 0 R >>", [OPENT]), "opdracht"),
        (rapporten.kaal(b"/OpenAction << /S /Thread /D 0 %b >>" % ELDERS), "opdracht"),
        (
            rapporten.kaal(b"", b"/Contents 4 0 R", [b"<< /Length 0 %b >>\nstream\n\nendstream" % ELDERS]),
            "opdracht",
        ),
        (
            rapporten.kaal(b"", b"/Annots [<< /Subtype /3D /3DD << /OnInstantiate 4 0 R >> >>]", [b"<< >>"]),
            "script",
        ),
        (
            rapporten.kaal(
                b"/OpenAction 4 0 R", b"", [b"<< /S /JavaScript /JS (x) >>"], in_tweede_tabel=True
            ),
            "script",
        ),
        (
            rapporten.kaal(b"/OpenAction 4 0 R", b"", [b"<< /S /GoTo /Next [4 0 R 4 0 R] >>"]),
            "te-ingewikkeld",
        ),
    ],
)
def test_nothing_happens_by_itself_when_it_is_opened(inhoud: bytes, verwacht: str) -> None:
    begin = time.monotonic()
    assert verwacht in bezwaren(inhoud)
    assert time.monotonic() - begin < assurance_pdf.TIJD / 2


def test_what_somebody_clicks_on_and_a_second_table_of_parts_are_ordinary() -> None:
    link = b"/Annots [<< /Type /Annot /Subtype /Link /F 4 /Rect [0 0 9 9] /A %b >>]" % OPENT
    assert keur(rapporten.kaal(b"", link)).bladen == 1
    tekst = b"<< /Length 4 >>\nstream\nq Q \nendstream"
    assert keur(rapporten.kaal(b"", b"/Contents 4 0 R", [tekst], in_tweede_tabel=True)).bladen == 1


@pytest.mark.parametrize("waar", ["openen", "blad", "klik"])
@pytest.mark.parametrize(
    ("soort", "verwacht"),
    [("/JavaScript", "script"), ("/Launch", "opdracht"), ("/SubmitForm", "opdracht"), ("/GoToE", "opdracht")],
)
def test_a_report_does_nothing_by_itself(soort: str, waar: str, verwacht: str) -> None:
    assert bezwaren(rapporten.met_actie(soort, waar)) == {verwacht}


def test_a_report_that_was_cut_off_anywhere_is_refused() -> None:
    for einde in range(8, len(GOED) - 6, 17):
        assert assurance_pdf_lezer.keur(GOED[:einde])["bezwaren"], einde


def test_noise_breaks_nothing() -> None:
    for _ in range(200):
        kapot = bytearray(GOED)
        for _ in range(20):
            kapot[RUIS.randrange(5, len(kapot))] = RUIS.randrange(256)
        uit = assurance_pdf_lezer.keur(bytes(kapot))
        assert bool(uit["bladen"]) != bool(uit["bezwaren"])


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assurance_pdf, "TIJD", 0.01)
    begin = time.monotonic()
    assert keur(GOED).bezwaren == ("te-ingewikkeld",)
    assert time.monotonic() - begin < 5


def test_the_reader_gets_no_secret_of_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    gezien = {}

    def vang(opdracht, **opties):
        gezien.update(opties["env"])
        raise assurance_pdf.subprocess.TimeoutExpired(opdracht, 1)

    monkeypatch.setenv("KERNREGISTER_SLEUTEL", "geheim")
    monkeypatch.setattr(assurance_pdf.subprocess, "run", vang)
    keur(GOED)
    assert "geheim" not in gezien.values()


@pytest.mark.parametrize(
    ("naam", "verwacht"),
    [
        ("AR_25PV-2025.2026.pdf", []),
        ("ar.PDF", []),
        ("a" * 46 + ".pdf", []),
        ("a" * 47 + ".pdf", ["naam"]),
        ("het rapport.pdf", ["naam"]),
        ("../rapport.pdf", ["naam"]),
        ("rapport.pdf.exe", ["naam-soort"]),
        ("", ["naam", "naam-soort"]),
        ("raport\n.pdf", ["naam"]),
        ("ràpport.pdf", ["naam"]),
        ("rapport_999990019.pdf", ["naam-nummer"]),
        ("9999-900-19.pdf", ["naam-nummer"]),
        ("999990019 oud.doc", ["naam", "naam-soort", "naam-nummer"]),
    ],
)
def test_the_name_of_a_file_is_plain_and_names_nobody(naam: str, verwacht: list[str]) -> None:
    assert keur_naam(naam) == verwacht
