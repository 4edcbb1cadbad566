"""What happened between two overviews, told by the register: which melding, by whom, what it is worth; the files."""

import hashlib
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from kernregister.fictief.nummers import burgerservicenummer
from kernregister.kern.dossier import Nationaliteit
from kernregister.kern.formaten.verslag import OnbruikbaarBestand
from kernregister.kern.gegevens import Gegevens
from kernregister.kern.meldingen import berichten as b
from kernregister.kern.tijd import OnvolledigeDatum, Studiejaar
from kernregister.voorzieningen.overzichten.steekproef import Steekproef
from kernregister.voorzieningen.overzichten.uitleg import schrijf_uitleg
from kernregister.voorzieningen.register import public as register
from kernregister.voorzieningen.register.samenvoegen import voer_uit
from kernregister.voorzieningen.stamgegevens import public as stamgegevens
from tests.kern import voorbeelden
from tests.voorzieningen.overzichten.twee_overzichten import (
    JAAR,
    als_bron,
    csv_rijen,
    gelezen,
    kort,
    leg_uit,
    maak_obo,
    maak_ro,
    oorzaken,
)
from tests.voorzieningen.register import wereld
from tests.voorzieningen.register.wereld import (
    AANTAL,
    DAAR,
    HIER,
    MET_BSN,
    MOMENT,
    diplomeer,
    identificeer,
    lukt,
    nummer_van,
    periode,
    plaats_bpv,
    schrijf_in,
    verwijder,
    wie,
)

AN, BO, CAS = wie(0), wie(1), wie(2)
ONBEKEND = wie(MET_BSN)
"""Somebody of whom only an onderwijsnummer is known."""


def met_prijs(gegevens: Gegevens) -> Gegevens:
    """Let the programme have all that an amount needs."""
    opleiding = replace(
        gegevens.opleidingen[voorbeelden.OPLEIDING],
        niveau="MBO-3",
        soort_opleiding="vakopleiding",
        prijsfactor=Decimal("1.25"),
        met_vws=False,
    )
    return replace(gegevens, opleidingen=gegevens.opleidingen | {opleiding.code: opleiding})


@pytest.fixture
def klaar(databank, monkeypatch) -> None:
    """A register with reference data and persons at the source, some identified at the institution."""
    wereld.zet_klaar(monkeypatch)
    stamgegevens.laad_gegevens(met_prijs(wereld.gegevens()), "test", "met prijsfactor")
    lukt(*(identificeer(een) for een in (AN, BO, CAS)))


def verhaal(map_: Path, voor: list, na: list) -> list[dict]:
    """Deliver, make an OBO, deliver more, make another one, and explain."""
    lukt(*voor)
    oud = maak_obo(map_, "oud.csv")
    lukt(*na)
    return leg_uit(oud, maak_obo(map_, "nieuw.csv"), map_ / "uit")


def bbl(over, **anders):
    return schrijf_in(over, perioden=[periode(leertraject="BBL")], **anders)


# ------------------------------------------------------------------------------------------- causes


def test_an_enrolment_that_changed_twice_shows_both_meldingen_in_order(klaar, tmp_path):
    weg = {"datum_uitschrijving_werkelijk": "2026-01-15", "reden_uitschrijving": "08"}
    eerste, tweede = (
        schrijf_in(AN, **weg),
        schrijf_in(AN, **weg | {"datum_uitschrijving_werkelijk": "2026-01-31"}),
    )
    uit = verhaal(tmp_path, [schrijf_in(AN), schrijf_in(BO)], [eerste, tweede])
    assert kort(uit) == [("ISG", "1", "W"), ("ISP", "1 2024-08-01", "W")]
    assert oorzaken(uit)[0] == [str(eerste.id), str(tweede.id)]
    assert oorzaken(uit)[1] == [str(eerste.id)]  # the period no longer held in February from the first on
    assert [m["client"] for m in uit[0]["meldingen"]] == ["test", "test"]


def test_what_was_undone_again_is_no_difference(klaar, tmp_path):
    weg = {"datum_uitschrijving_werkelijk": "2026-01-15", "reden_uitschrijving": "08"}
    assert verhaal(tmp_path, [schrijf_in(AN)], [schrijf_in(AN, **weg), schrijf_in(AN)]) == []


def test_a_period_that_moved_is_gone_and_has_come_by_one_melding(klaar, tmp_path):
    def met(begin):
        return schrijf_in(AN, perioden=[periode(), periode(begin, leertraject="BBL")])

    verschoven = met("2026-02-16")
    uit = verhaal(tmp_path, [met("2026-01-05")], [verschoven])
    assert kort(uit) == [
        ("ISP", "1 2024-08-01", "W"),
        ("ISP", "1 2026-01-05", "V"),
        ("ISP", "1 2026-02-16", "T"),
    ]
    assert oorzaken(uit) == [[str(verschoven.id)]] * 3
    assert [v["afgeleid"] for v in uit] == [True, False, False]


def test_a_pok_signed_in_time_after_all_brings_the_money_of_october(klaar, tmp_path):
    laat, op_tijd = (plaats_bpv(AN, afsluitdatum=dag) for dag in ("2026-01-10", "2025-01-10"))
    (bpv,) = verhaal(tmp_path, [bbl(AN), laat], [op_tijd])
    assert (bpv["recordsoort"], bpv["soort_wijziging"]) == ("BPV", "W")
    assert bpv["meldingen"][0]["id"] == str(op_tijd.id)
    assert bpv["effect"] == {"deelnemerswaarde": "0.5", "telling_februari": "0", "diplomawaarde": "0"}
    assert bpv["teldata"] == ["2025-10-01", "2026-02-01"]
    assert bpv["bewijs"] == [
        f"POK van 10-01-2025, leerbedrijf {voorbeelden.LEERBEDRIJF}, BPV 1 bij inschrijving 1"
    ]


def test_a_diploma_that_was_withdrawn_costs_its_value(klaar, tmp_path):
    terug = verwijder("Resultaat", AN, resultaatvolgnummer="9")
    (dip,) = verhaal(tmp_path, [schrijf_in(AN), diplomeer(AN, datum_resultaat="2025-11-03")], [terug])
    assert (dip["recordsoort"], dip["soort_wijziging"]) == ("DIP", "V")
    assert oorzaken([dip]) == [[str(terug.id)]]
    assert Decimal(dip["effect"]["diplomawaarde"]) == -3
    assert dip["bewijs"] == [f"Diploma 9, opleiding {voorbeelden.OPLEIDING}, behaald 03-11-2025"]


def test_a_nationality_comes_from_the_source(klaar, tmp_path):
    erbij = Nationaliteit("0052", OnvolledigeDatum("2010-01-01"))
    zonder = replace(AN, burgerservicenummer=None, onderwijsnummer=None)
    van_bron = b.VerstrekkenPersoonsgegevens(
        id=uuid4(),
        afzender="BRP",
        moment=MOMENT,
        burgerservicenummer=AN.burgerservicenummer,
        persoon=replace(zonder, nationaliteiten=(*AN.nationaliteiten, erbij)),
    )
    (nat,) = verhaal(tmp_path, [schrijf_in(AN)], [van_bron])
    (melding,) = nat["meldingen"]
    assert (melding["id"], melding["soort"], melding["afzender"]) == (
        str(van_bron.id),
        "VerstrekkenPersoonsgegevens",
        "BRP",
    )
    assert melding["client"] == ""  # by whom another party delivered is not the institution's concern
    assert nat["bewijs"] == ["Nationaliteit 0052 vanaf 2010-01-01, volgens de BRP"]
    assert nat["persoon"]["deelnemerswaarde"] == "0"


def test_who_was_removed_is_gone_by_the_melding_that_removed_the_enrolment(klaar, tmp_path):
    weg = verwijder("Inschrijving", AN, inschrijvingvolgnummer="1")
    uit = verhaal(tmp_path, [schrijf_in(AN), schrijf_in(BO)], [weg])
    assert {v["burgerservicenummer"] for v in uit} == {AN.pgn}
    assert {v["soort_wijziging"] for v in uit} == {"V"}
    assert {m for een in oorzaken(uit) for m in een} == {str(weg.id)}
    assert uit[0]["recordsoort"] == "PER"
    assert (
        uit[0]["effect"]
        == uit[0]["persoon"]
        == {
            "deelnemerswaarde": "-1.25",
            "telling_februari": "-1",
            "diplomawaarde": "0",
        }
    )


def test_what_another_institution_registers_is_no_difference_here(klaar, tmp_path):
    uit = verhaal(tmp_path, [schrijf_in(AN)], [identificeer(AN, DAAR), schrijf_in(AN, "7", DAAR)])
    assert uit == []


def test_somebody_new_comes_by_the_enrolment_and_not_by_the_identification(klaar, tmp_path):
    erbij = schrijf_in(wie(9))
    uit = verhaal(tmp_path, [schrijf_in(AN)], [identificeer(wie(9)), erbij])
    assert {v["soort_wijziging"] for v in uit} == {"T"}
    assert {tuple(een) for een in oorzaken(uit)} == {(str(erbij.id),)}


def test_an_enrolment_that_is_delivered_again_on_the_bsn_that_was_found_goes_over_to_it(klaar, tmp_path):
    """First on the onderwijsnummer, later on the burgerservicenummer of the same person: two persons in the files."""
    lukt(identificeer(ONBEKEND))
    persoon = nummer_van(ONBEKEND)
    lukt(schrijf_in(ONBEKEND))
    oud = maak_obo(tmp_path, "oud.csv")
    gevonden = wie(40)
    koppel(persoon, gevonden.burgerservicenummer)
    tussen = maak_obo(tmp_path, "tussen.csv")
    assert leg_uit(oud, tussen, tmp_path / "tussenuit") == []
    opnieuw = schrijf_in(gevonden)
    lukt(opnieuw)
    uit = leg_uit(oud, maak_obo(tmp_path, "nieuw.csv"), tmp_path / "uit")
    assert {v["recordsoort"] for v in uit} == {"PER", "NAT", "ISG", "ISP"}
    assert {(v["soort_wijziging"], bool(v["burgerservicenummer"])) for v in uit} == {
        ("V", False),
        ("T", True),
    }
    assert {tuple(een) for een in oorzaken(uit)} == {(str(opnieuw.id),)}
    assert {v["effect"]["deelnemerswaarde"] for v in uit} == {"0"}
    assert {v["persoon"]["deelnemerswaarde"] for v in uit} == {"0"}
    assert {v["dossier"].partition("?")[0] for v in uit} == {f"/api/v1/dossiers/{persoon}"}


def koppel(persoon: int, bsn: str) -> None:
    """Let it be found which burgerservicenummer somebody has."""
    from django.db import transaction

    from kernregister.voorzieningen.personen import public as personen

    with transaction.atomic(using="stelsel"):
        assert personen.koppel_bsn(persoon, bsn).uitslag == personen.Koppeling.GEKOPPELD


def test_two_persons_that_were_merged_are_explained_by_the_merge(klaar, tmp_path):
    lukt(identificeer(ONBEKEND), schrijf_in(ONBEKEND, "2"), schrijf_in(AN))
    oud = maak_obo(tmp_path, "oud.csv")
    blijft, gaat_op = nummer_van(AN), nummer_van(ONBEKEND)
    samen = b.SamenvoegenPersonen(
        id=uuid4(), afzender="STEL", moment=MOMENT, blijft=blijft, gaat_op=gaat_op, reden="dezelfde"
    )
    assert voer_uit(samen, "beheerder").aanvaard
    nieuw = maak_obo(tmp_path, "nieuw.csv")
    uit = leg_uit(oud, nieuw, tmp_path / "uit")
    # both enrolments stay on their own number; of one student only one counts
    for een in uit:
        assert oorzaken([een]) == [[str(samen.id)]]
    assert all(v["meldingen"][0]["client"] == "" for v in uit)
    lukt(schrijf_in(AN, "2", datum_uitschrijving_werkelijk="2026-01-15", reden_uitschrijving="08"))
    later = leg_uit(oud, maak_obo(tmp_path, "later.csv"), tmp_path / "later")
    assert {v["persoon"]["deelnemerswaarde"] for v in later} == {"-1.25"}
    assert {v["dossier"].partition("?")[0] for v in later} == {f"/api/v1/dossiers/{blijft}"}


def test_an_explanation_asked_again_after_a_merge_is_the_same_to_the_byte(klaar, tmp_path):
    lukt(identificeer(ONBEKEND), schrijf_in(ONBEKEND, "2"), schrijf_in(AN))
    oud = maak_obo(tmp_path, "oud.csv")
    weg = {"datum_uitschrijving_werkelijk": "2026-01-15", "reden_uitschrijving": "08"}
    lukt(schrijf_in(ONBEKEND, "2", **weg), schrijf_in(AN, **weg))
    nieuw = maak_obo(tmp_path, "nieuw.csv")
    toen = alles(
        schrijf_uitleg(oud, nieuw, HIER, JAAR, map_van(tmp_path, "toen"), steekproef=Steekproef(3, "z"))
    )
    samen = b.SamenvoegenPersonen(
        id=uuid4(),
        afzender="STEL",
        moment=MOMENT,
        blijft=nummer_van(AN),
        gaat_op=nummer_van(ONBEKEND),
        reden="dezelfde",
    )
    assert voer_uit(samen, "beheerder").aanvaard
    lukt(schrijf_in(AN, datum_uitschrijving_gepland="2028-07-31"))
    nu = alles(schrijf_uitleg(oud, nieuw, HIER, JAAR, map_van(tmp_path, "nu"), steekproef=Steekproef(3, "z")))
    assert nu == toen
    assert len(nu) == 10


def map_van(map_: Path, naam: str) -> Path:
    (map_ / naam).mkdir()
    return map_ / naam


def alles(paden: list[Path]) -> dict[str, str]:
    return {pad.name: hashlib.sha256(pad.read_bytes()).hexdigest() for pad in paden}


def test_two_ros_are_explained_without_a_word_on_funding(klaar, tmp_path):
    lukt(schrijf_in(AN))
    begin, einde = date(2025, 8, 1), date(2026, 7, 31)
    oud = maak_ro(tmp_path, "oud.csv", begin, einde)
    keuzedeel = wereld.geef_keuzedeel(AN, datum_resultaat="2025-11-03")
    weg = schrijf_in(
        AN, verblijf_grond="verblijfsdocument W", extra_ondersteuning=[{"datum_begin": "2025-09-01"}]
    )
    lukt(keuzedeel, weg)
    nieuw = maak_ro(tmp_path, "nieuw.csv", begin, einde)
    uit = leg_uit(oud, nieuw, tmp_path / "uit", None)
    assert kort(uit) == [("ISE", "1 2025-09-01", "T"), ("KZD", "5", "T")]
    assert oorzaken(uit) == [[str(weg.id)], [str(keuzedeel.id)]]
    assert {v["effect"]["deelnemerswaarde"] for v in uit} == {None}
    assert all(v["teldata"] == [] for v in uit)
    assert "verblijfsdocument" not in (tmp_path / "uit").glob("UITLEG*.JSON").__next__().read_text()
    assert sorted(p.name[:8] for p in (tmp_path / "uit").glob("ROV_*")) == [
        f"ROV_{soort}_" for soort in sorted(("PER", "ISG", "ISP", "ISE", "BPV", "DIP", "AMO", "GEO", "KZD"))
    ]


# --------------------------------------------------------------------------------------------- files


@pytest.fixture
def drie(klaar, tmp_path) -> tuple[list[Path], dict]:
    """Three kinds of difference, explained with a sample of two."""
    lukt(schrijf_in(AN), bbl(BO), diplomeer(AN, datum_resultaat="2025-11-03"))
    oud = maak_obo(tmp_path, "oud.csv")
    weg = schrijf_in(AN, datum_uitschrijving_werkelijk="2026-01-15", reden_uitschrijving="08")
    register.verwerk([weg], register.Herkomst("=1+1|cmd", ""))
    lukt(plaats_bpv(BO), verwijder("Resultaat", AN, resultaatvolgnummer="9"), schrijf_in(CAS))
    nieuw = maak_obo(tmp_path, "nieuw.csv")
    paden = schrijf_uitleg(
        oud, nieuw, HIER, JAAR, map_van(tmp_path, "uit"), steekproef=Steekproef(2, "accountant 7")
    )
    return paden, gelezen(paden)


def test_beside_the_seven_files_there_are_three_more(drie):
    paden, _ = drie
    assert [p.name for p in paden] == [
        *(f"OBOV_{soort}_27DV_20260302.CSV" for soort in ("PER", "VBT", "NAT", "ISG", "ISP", "BPV", "DIP")),
        *(f"UITLEG_27DV_20260302.{soort}" for soort in ("CSV", "JSON", "XLSX")),
    ]


def test_the_csv_has_a_line_for_each_difference_in_dutch_and_nothing_that_is_a_formula(drie, tmp_path):
    _, inhoud = drie
    rijen = list(csv_rijen(tmp_path / "uit"))
    assert [rij["Nr"] for rij in rijen] == [str(v["nummer"]) for v in inhoud["verschillen"]]
    isg = next(rij for rij in rijen if rij["Recordsoort"] == "ISG" and rij["Burgerservicenummer"] == AN.pgn)
    assert isg["Aangeleverd door"] == "'=1+1|cmd"
    assert isg["Effect telling 1-2"] == "-1"
    assert isg["Raakt teldatum"] == "1-10-2025, 1-2-2026"
    assert isg["Verzonden op"] == "01-03-2026 11:00:00"
    bpv = next(rij for rij in rijen if rij["Recordsoort"] == "BPV")
    assert bpv["Effect deelnemerswaarde 1-10"] == "0,5"
    assert bpv["Kan relevant zijn"] == "zelf beoordelen"
    assert not any(cel.startswith(("=", "+", "@")) for rij in rijen for cel in rij.values())


def test_no_number_of_a_person_stands_in_an_address(drie):
    _, inhoud = drie
    adressen = [v["dossier"] for v in inhoud["verschillen"]]
    adressen += [m["adres"] for v in inhoud["verschillen"] for m in v["meldingen"]]
    assert adressen
    for een in adressen:
        assert een.startswith("/api/v1/")
        assert not any(wie_.pgn in een for wie_ in (AN, BO, CAS))


def test_the_workbook_is_one_that_an_accountant_can_work_in(drie):
    paden, inhoud = drie
    boek = load_workbook(paden[-1])
    assert boek.sheetnames == [
        "Samenvatting", "Steekproef", "Methode", "PER", "VBT", "NAT", "ISG", "ISP", "BPV", "DIP",
    ]  # fmt: skip
    isg = boek["ISG"]
    assert isg.freeze_panes == "D2"
    assert isg.print_title_rows == "$1:$1"
    koppen = [cel.value for cel in isg[1]]
    assert all(cel.font.bold for cel in isg[1])
    rij = dict(zip(koppen, isg[2], strict=True))
    assert isg.auto_filter.ref.startswith("A1:")
    assert isg.max_row == 1 + sum(v["recordsoort"] == "ISG" for v in inhoud["verschillen"])
    assert rij["Burgerservicenummer"].value == AN.pgn
    assert rij["Burgerservicenummer"].number_format == "@"
    datum = rij["Datum uitschrijving werkelijk nieuw"]
    assert datum.is_date
    assert datum.value.date() == date(2026, 1, 15)
    assert datum.number_format == "dd-mm-yyyy"
    assert rij["Effect telling 1-2"].value == -1
    assert rij["Aangeleverd door"].value == "'=1+1|cmd"
    assert rij["Aangeleverd door"].data_type == "s"
    (keuze,) = isg.data_validations.dataValidation
    assert keuze.formula1 == '"akkoord,niet akkoord,nader bekijken,n.v.t."'
    assert not any(cel.data_type == "f" for blad in boek for regel in blad.iter_rows() for cel in regel)


def test_the_summary_counts_what_is_in_the_list_and_has_the_control_totals_of_both(drie):
    paden, inhoud = drie
    regels = {
        r[0]: r[1:] for r in load_workbook(paden[-1])["Samenvatting"].iter_rows(values_only=True) if r[0]
    }
    oud, nieuw = inhoud["oud"]["controletotalen"], inhoud["nieuw"]["controletotalen"]
    assert (oud["inschrijvingen"], nieuw["inschrijvingen"]) == (2, 3)
    assert regels["Inschrijvingen"][:3] == (2, 3, 1)
    assert regels["Diplomas"][:3] == (1, 0, -1)
    assert regels["Alle"][3] == len(inhoud["verschillen"])
    personen_ = {v["burgerservicenummer"]: v["persoon"] for v in inhoud["verschillen"]}
    som = [
        sum(Decimal(p[naam]) for p in personen_.values())
        for naam in ("deelnemerswaarde", "telling_februari", "diplomawaarde")
    ]
    getoond = regels["Personen met verschillen, nieuw min oud"]
    assert [Decimal(str(w)) for w in getoond[:3]] == som
    assert getoond[3] == 3
    assert any("Indicatief" in str(regel) for regel in regels)
    assert inhoud["grondslag"]["parameters"] in inhoud["grondslag"]["voorbehoud"]


def test_the_sample_says_how_it_was_drawn_and_is_the_same_in_the_json(drie):
    paden, inhoud = drie
    boek = load_workbook(paden[-1])
    assert [rij[2] for rij in boek["Steekproef"].iter_rows(min_row=2, values_only=True)] == inhoud[
        "steekproef"
    ]["nummers"]
    methode = {rij[0]: rij[1:] for rij in boek["Methode"].iter_rows(values_only=True)}
    assert methode["Zaad"][0] == inhoud["steekproef"]["zaad"] == "accountant 7"
    assert methode["Getrokken"][0] == 2
    assert methode["Methode"][1] == inhoud["steekproef"]["methode"]


def test_without_a_sample_the_workbook_has_no_sheet_of_one(klaar, tmp_path):
    lukt(schrijf_in(AN))
    oud = maak_obo(tmp_path, "oud.csv")
    (paden,) = [schrijf_uitleg(oud, oud, HIER, JAAR, map_van(tmp_path, "uit"))]
    assert "Steekproef" not in load_workbook(paden[-1]).sheetnames
    assert gelezen(paden)["verschillen"] == []
    assert gelezen(paden)["steekproef"] is None


def test_who_is_in_the_files_is_told_for_the_processing_log(klaar, tmp_path):
    lukt(schrijf_in(AN))
    oud = maak_obo(tmp_path, "oud.csv")
    lukt(schrijf_in(BO))
    verstrekt: set[int] = set()
    gemeld: list[tuple[int, int]] = []
    leg_uit(
        oud,
        maak_obo(tmp_path, "nieuw.csv"),
        tmp_path / "uit",
        verstrekt=verstrekt.update,
        meld=lambda *stand: gemeld.append(stand),
    )
    assert verstrekt == {nummer_van(BO)}
    assert gemeld[-1] == (4, 4)


# ------------------------------------------------------------------------------------------ bad input


@pytest.fixture
def twee(klaar, tmp_path):
    lukt(schrijf_in(AN))
    oud = maak_obo(tmp_path, "oud.csv")
    lukt(schrijf_in(BO))
    return oud, maak_obo(tmp_path, "nieuw.csv")


def geweigerd(oud, nieuw, map_, jaar=JAAR, instelling=HIER) -> str:
    with pytest.raises(OnbruikbaarBestand) as fout:
        schrijf_uitleg(oud, nieuw, instelling, jaar, map_)
    assert not list(map_.glob("UITLEG*"))
    return str(fout.value)


def test_a_file_that_was_tampered_with_is_refused(twee, tmp_path):
    oud, nieuw = twee
    nieuw.pad.write_bytes(nieuw.pad.read_bytes().replace(b"|BOL|", b"|BBL|"))
    assert "hash klopt niet" in geweigerd(oud, nieuw, map_van(tmp_path, "uit"))


def test_all_that_is_wrong_is_told_at_once(twee, tmp_path):
    oud, nieuw = twee
    oud.pad.unlink()
    nieuw.pad.write_bytes(b"weg")
    tekst = geweigerd(replace(oud, stand=nieuw.stand + 1), nieuw, map_van(tmp_path, "uit"))
    assert "is er niet meer" in tekst
    assert "hash klopt niet" in tekst
    assert "Verwissel" in tekst


def test_overviews_of_others_or_of_another_year_are_refused(twee, tmp_path):
    oud, nieuw = twee
    assert DAAR in geweigerd(oud, nieuw, map_van(tmp_path, "a"), instelling=DAAR)
    assert "2024-2025" in geweigerd(oud, nieuw, map_van(tmp_path, "b"), Studiejaar(2024))
    assert "geen studiejaar" in geweigerd(oud, nieuw, map_van(tmp_path, "c"), None)
    ander = maak_obo(tmp_path, "ander.csv", jaar=Studiejaar(2024))
    assert "horen niet bij elkaar" in geweigerd(oud, ander, map_van(tmp_path, "d"))


def test_an_obo_and_an_ro_or_something_else_are_refused(twee, tmp_path):
    oud, _ = twee
    anders = maak_ro(tmp_path, "ro.csv", date(2025, 8, 1), date(2026, 7, 31))
    assert "kunnen niet met elkaar" in geweigerd(oud, anders, map_van(tmp_path, "a"))
    pad = tmp_path / "iets.csv"
    pad.write_text("geen overzicht\n")
    assert geweigerd(als_bron(pad, 0), oud, map_van(tmp_path, "b"))
    pad.write_bytes(b"")
    assert geweigerd(als_bron(pad, 0), oud, map_van(tmp_path, "c"))


def test_a_file_with_a_damaged_record_is_refused_and_names_nobody(twee, tmp_path):
    oud, nieuw = twee
    nieuw.pad.write_bytes(nieuw.pad.read_bytes().replace(b"|2024-08-01|", b"|2024-13-01|", 1))
    tekst = geweigerd(oud, als_bron(nieuw.pad, nieuw.stand), map_van(tmp_path, "uit"))
    assert "niet zoals het hier is gemaakt" in tekst
    assert AN.pgn not in tekst
    assert BO.pgn not in tekst


def test_a_difference_of_somebody_the_register_does_not_know_is_explained_as_far_as_it_goes(twee, tmp_path):
    oud, nieuw = twee
    vreemd = burgerservicenummer(AANTAL + 1, AANTAL + 5)
    nieuw.pad.write_bytes(nieuw.pad.read_bytes().replace(BO.pgn.encode(), vreemd.encode()))
    uit = leg_uit(oud, als_bron(nieuw.pad, nieuw.stand), tmp_path / "uit")
    assert {v["burgerservicenummer"] for v in uit} == {vreemd}
    assert {tuple(v["zonder_melding"]) for v in uit} == {("aanmaak",)}
    assert {v["dossier"] for v in uit} == {None}
