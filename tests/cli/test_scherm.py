"""What comes on the screen cannot steer it, and shows no person's number, whatever stands in the files."""

import re

from kernregister.cli import fouten
from kernregister.cli.scherm import punt, scherm, tabel
from tests.vergelijking.verhaal import NUMMERS, VERTALING, ro, ro_regels

STUREND = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]")
KOP = "VLP|27DV|2025-08-01|2026-07-31|2026-03-02"


def levering(volgnummer: str) -> str:
    isg = f"ISG|999990007||{volgnummer}|2025-08-01|2025-12-31||"
    return f"{KOP}\nPER|999990007||2005-01-01|V\n{isg}\nSLR|1|1|0|0|0|0|0|0|0\n"


def test_texts_and_cells_are_shown_as_they_are(capsys):
    rooster = tabel("a\x1b[31m", "b")
    rooster.add_row("c\x1b]0;d\x07", "e\u202ef")
    console = scherm()
    for wat in ("g\x9bh", rooster, punt("i\x1b", "j")):
        console.print(wat)
    gezien = capsys.readouterr().out
    assert not STUREND.search(gezien)
    assert all(letter in gezien for letter in "abcdefghij")


def test_a_field_or_a_file_name_cannot_steer_the_terminal(draai, tmp_path):
    pad = tmp_path / "RO\x1b[31m.csv"
    pad.write_text(levering("\x1b[2J\u202e1"))
    uit = draai("controleer", pad)
    assert uit.exit_code == 2
    assert "inschrijvingvolgnummer" in uit.stdout, "a control character is a fault of its field, and is told"
    assert not STUREND.search(uit.stdout + uit.stderr)
    weg = draai("controleer", tmp_path / "weg\x1b[31m.csv")
    assert (weg.exit_code, STUREND.search(weg.stderr)) == (2, None)


def test_a_persons_number_used_as_volgnummer_is_not_shown(draai, tmp_path):
    pad = tmp_path / "ro.csv"
    pad.write_text(levering("999990007"))
    uit = draai("controleer", pad)
    assert "…007 / •••" in uit.stdout
    assert "999990007" not in uit.output


def test_a_column_of_numbers_mapped_to_another_field_is_not_shown(draai, tmp_path):
    register, export, vertaling = (tmp_path / naam for naam in ("ro.csv", "export.csv", "v.toml"))
    register.write_text(ro([regel for n in NUMMERS[:2] for regel in ro_regels(n)]))
    kop = VERTALING.replace('reden_uitschrijving = "Reden"', "")
    vertaling.write_text(re.sub(r"\[periode\].*", "", kop, flags=re.DOTALL).replace('"Volgnr"', '"BSN"'))
    export.write_text(
        "BSN;Begin;Gepland eind;Werkelijk eind\n" + "".join(f"{n};1-8-2024;31-7-2027;\n" for n in NUMMERS[:2])
    )
    uit = draai("vergelijk", register, export, "--vertaling", vertaling)
    assert uit.exit_code == 0
    assert [n for n in NUMMERS if n in uit.output] == []


def test_a_number_in_the_message_of_an_exception_is_masked_for_makers_too(monkeypatch, capsys):
    def stuk():
        try:
            raise KeyError("999990007")
        except KeyError as fout:
            raise ValueError("nummer 99990007 \x1b[31m") from fout

    monkeypatch.setenv("KERNREGISTER_DEBUG", "1")
    assert fouten.exitcode_van(stuk) == 2
    gezien = capsys.readouterr().err
    assert "KeyError: '•••••••••'" in gezien
    assert not re.search(r"9999\d+7", gezien)
    assert "\x1b" not in gezien
