"""What happened between two overviews, told by the register: which melding, by whom, what it is worth; the files."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest
from msgspec.structs import replace

from kernregister.kern.dossier import Nationaliteit
from kernregister.kern.meldingen import berichten as b
from kernregister.kern.tijd import OnvolledigeDatum
from kernregister.voorzieningen.overzichten.steekproef import Steekproef
from kernregister.voorzieningen.overzichten.uitleg import schrijf_uitleg
from kernregister.voorzieningen.register.samenvoegen import voer_uit
from tests.kern import voorbeelden
from tests.voorzieningen.overzichten.twee_overzichten import (
    AN,
    BO,
    JAAR,
    ONBEKEND,
    alles,
    bbl,
    kort,
    leg_uit,
    maak_obo,
    maak_ro,
    map_van,
    oorzaken,
    zet_klaar,
)
from tests.voorzieningen.register import wereld
from tests.voorzieningen.register.wereld import (
    DAAR,
    HIER,
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


@pytest.fixture
def klaar(databank, monkeypatch) -> None:
    zet_klaar(monkeypatch)


def verhaal(map_: Path, voor: list, na: list) -> list[dict]:
    """Deliver, make an OBO, deliver more, make another one, and explain."""
    lukt(*voor)
    oud = maak_obo(map_, "oud.csv")
    lukt(*na)
    return leg_uit(oud, maak_obo(map_, "nieuw.csv"), map_ / "uit")


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
    assert nat["bewijs"] == ["Nationaliteit 0052 vanaf 01-01-2010, volgens de BRP"]
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


def test_enrolments_that_came_over_with_another_institution_came_by_the_transfer(klaar, tmp_path):
    lukt(schrijf_in(AN), identificeer(BO, DAAR), schrijf_in(BO, "7", DAAR))
    oud = maak_obo(tmp_path, "oud.csv")
    over = b.OverdragenPersoon(
        id=uuid4(), afzender="STEL", moment=MOMENT, persoon=nummer_van(BO), van=DAAR, naar=HIER, reden="fusie"
    )
    assert voer_uit(over, "beheerder").aanvaard
    uit = leg_uit(oud, maak_obo(tmp_path, "nieuw.csv"), tmp_path / "uit")
    assert {v["burgerservicenummer"] for v in uit} == {BO.pgn}
    assert {tuple(een) for een in oorzaken(uit)} == {(str(over.id),)}
    assert {v["persoon"]["deelnemerswaarde"] for v in uit} == {"1.25"}


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
