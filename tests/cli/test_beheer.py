"""``kernregister beheer``: who administers the register merges, splits, hands over, destroys and takes over."""

import re
from datetime import date
from functools import partial

import pytest

from tests.cli.conftest import Opdracht
from tests.databank import zet_django_klaar


@pytest.fixture
def opdracht(op_register: Opdracht) -> Opdracht:
    return partial(op_register, "beheer")


@pytest.fixture
def v(databank):
    zet_django_klaar()
    from tests.voorzieningen.register import verhaal

    return verhaal


@pytest.mark.traag
def test_two_are_merged_by_their_numbers_on_stdin_and_it_is_undone_by_its_melding(opdracht, v):
    een = v.registreer(v.Dossier(v.wie(v.bsn(0)), (v.inschrijving("1"),)))
    ander = v.registreer(v.Dossier(v.wie(None, v.own(0)), (v.inschrijving("2"),)))
    stdin = f"{v.bsn(0)}\n{v.own(0)}\n"
    code, tekst = opdracht("samenvoegen", "--reden", "dubbel", "--proef", stdin=stdin)
    assert (code, "niets veranderd" in tekst) == (0, True)
    code, tekst = opdracht("samenvoegen", "--reden", "dubbel", stdin=stdin)
    assert code == 0, tekst
    assert len(v.dossier(een).inschrijvingen) == 2
    uuid = re.search(r"melding ([0-9a-f-]{36})", tekst)[1]
    code, tekst = opdracht("versies", stdin=v.own(0))  # the old number finds the person that is left
    assert code == 0, tekst
    versie = re.search(r"(\d+)\D+inschrijving\D+27DV\D+2\b", tekst)[1]
    assert opdracht("herroepen", uuid, "--reden", "toch niet")[0] == 0
    assert len(v.dossier(ander).inschrijvingen) == 1
    code, tekst = opdracht("herroepen", uuid, "--reden", "toch niet")
    assert (code, "N11" in tekst) == (1, True)
    code, tekst = opdracht("splitsen", "--versie", versie, "--reden", "twee", stdin=stdin)
    assert (code, "N11" in tekst) == (1, True)  # that version no longer holds
    assert v.bsn(0) not in tekst


@pytest.mark.traag
def test_a_pair_that_proves_to_be_one_is_listed_and_merged_by_its_proposal(opdracht, v):
    een = v.registreer(v.Dossier(v.wie(v.bsn(0)), (v.inschrijving("1"),)))
    ander = v.registreer(v.Dossier(v.wie(None, v.own(0)), (v.inschrijving("2"),)))
    assert "Er zijn geen voorstellen" in opdracht("voorstellen")[1]
    from kernregister.voorzieningen.personen.public import Koppeling, Vastlegging
    from kernregister.voorzieningen.register.voorstellen import leg_voor

    leg_voor(Vastlegging(een, Koppeling.VAN_ANDER, ander))
    code, tekst = opdracht("voorstellen")
    nummer = re.search(rf"(\d+)\D+{een}\D+{ander}\D", tekst)[1]
    assert code == 0
    assert opdracht("samenvoegen", "--voorstel", nummer, "--reden", "een persoon")[0] == 0
    assert len(v.dossier(een).inschrijvingen) == 2
    code, tekst = opdracht("samenvoegen", "--voorstel", nummer, "--reden", "een persoon")
    assert (code, f"geen open voorstel {nummer}" in tekst) == (2, True)
    derde = v.registreer(v.Dossier(v.wie(None, v.own(1)), (v.inschrijving("3"),)))
    leg_voor(Vastlegging(een, Koppeling.VAN_ANDER, derde))
    nummer = str(int(nummer) + 1)
    assert opdracht("afwijzen", nummer, "--reden", "verkeerd nummer") == (
        0,
        f"Voorstel {nummer} is afgewezen.\n",
    )
    assert "Er zijn geen voorstellen" in opdracht("voorstellen")[1]
    code, tekst = opdracht("afwijzen", nummer, "--reden", "verkeerd nummer")
    assert (code, f"geen open voorstel {nummer}" in tekst) == (2, True)


@pytest.mark.traag
def test_what_clashes_is_named_and_what_is_typed_wrong_is_explained_without_repeating_it(opdracht, v):
    for plaats in (0, 1):
        v.registreer(v.Dossier(v.wie(v.bsn(plaats)), (v.inschrijving("1"),)))
    code, tekst = opdracht("samenvoegen", "--reden", "dubbel", stdin=f"{v.bsn(0)}\n{v.bsn(1)}")
    assert (code, "inschrijving 27DV 1" in tekst) == (1, True)
    code, tekst = opdracht("samenvoegen", "--reden", "dubbel", stdin=f"123456789\n{v.bsn(7)}")
    assert code == 2
    assert "Regel 1 is geen burgerservicenummer" in tekst
    assert "Regel 2: deze persoon is niet bekend" in tekst
    assert "123456789" not in tekst
    assert v.bsn(7) not in tekst
    assert opdracht("samenvoegen", "--reden", "dubbel", stdin=v.bsn(0))[0] == 2
    code, tekst = opdracht("samenvoegen", "--reden", f"is {v.bsn(0)}", stdin=f"{v.bsn(0)}\n{v.bsn(1)}")
    assert (code, "reden" in tekst, v.bsn(0) in tekst) == (2, True, False)


@pytest.mark.traag
def test_an_institution_is_handed_over(opdracht, v):
    een = v.registreer(v.Dossier(v.wie(v.bsn(0)), (v.inschrijving("1"),)))
    code, tekst = opdracht("overdragen", "27DV", "25LX", "--reden", "fusie")
    assert (code, "1 personen overgedragen" in tekst) == (0, True), tekst
    assert v.dossier(een).inschrijvingen[0].instelling == "25LX"
    assert opdracht("overdragen", "25LX", "25LX", "--reden", "fusie")[0] == 2
    assert opdracht("overdragen", "25LX", "27DV", "--reden", "terug", "--een", stdin=v.bsn(0))[0] == 0


@pytest.mark.traag
def test_what_is_kept_too_long_is_shown_and_destroyed_after_approval(opdracht, v):
    lang_geleden = date(1971, 7, 31)
    een = v.inschrijving(datum_inschrijving=lang_geleden, datum_uitschrijving_werkelijk=lang_geleden)
    v.registreer(v.Dossier(v.wie(v.bsn(0)), (een,)))
    code, tekst = opdracht("bewaartermijnen")
    assert (code, "persoonsgegevens" in tekst, "2001-07-31" in tekst) == (0, True, True)
    code, tekst = opdracht("vernietig", "foto", "--reden", "x", "--goedgekeurd-door", "Bo")
    assert (code, "'foto' is geen soort gegeven" in tekst) == (2, True)
    lang = "n" * 121
    code, tekst = opdracht("vernietig", "persoonsgegevens", "--reden", "termijn", "--goedgekeurd-door", lang)
    assert (code, "een naam van 1 tot 120 tekens" in tekst) == (2, True), tekst
    code, tekst = opdracht("vernietig", "persoonsgegevens", "--reden", "termijn", "--goedgekeurd-door", "Bo")
    assert (code, "1 gegevens van 1 personen" in tekst) == (0, True)
    assert "Van niets is de bewaartermijn verstreken." in opdracht("bewaartermijnen")[1]


@pytest.mark.traag
def test_files_of_other_sectors_are_taken_over_and_what_is_not_is_said(opdracht, v, tmp_path):
    kop = "sector;instellingscode;datum_begin;burgerservicenummer"
    (tmp_path / "vo.csv").write_text(f"{kop}\nVO;01AA;2020-08-01;{v.bsn(0)}\nPO;01AA;2020-08-01;{v.bsn(1)}\n")
    code, tekst = opdracht("overnemen", "vo.csv", "--peildatum", "2026-10-01")
    assert (code, "1 regels aanvaard, 0 waren al bekend." in tekst, "Regel 3." in tekst) == (1, True, True)
    assert v.bsn(1) not in tekst
    kop = "sector;instellingscode;resultaatvolgnummer;niveau;burgerservicenummer"
    (tmp_path / "v.csv").write_text(f"{kop}\nVO;01AA;1;HAVO;{v.bsn(0)}\n")
    assert opdracht("overnemen", "v.csv", "--peildatum", "2026-10-01")[0] == 0
