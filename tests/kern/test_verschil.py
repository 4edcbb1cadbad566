"""The difference of two overviews: the manual's own example to the letter, and what must hold of any two."""

import tempfile
from collections import Counter
from collections.abc import Iterable
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernregister.kern.formaten import obo, obov, ro
from kernregister.kern.formaten.delen import gelijke_delen
from kernregister.kern.formaten.indeling import Indeling, Record, regel_van, tag
from kernregister.kern.formaten.obo import OBO, Bpv, Dip, Isg, Isp, Nat, Per, Vbt
from kernregister.kern.formaten.ro import RO
from kernregister.kern.formaten.samenloop import in_volgorde
from kernregister.kern.formaten.totalen import Teller, totalen_van
from kernregister.kern.formaten.verkennen import verken
from kernregister.kern.formaten.verslag import OnbruikbaarBestand, Verslag
from kernregister.kern.verschil import (
    LIJSTEN,
    Relevantie,
    SoortWijziging,
    Vergelijking,
    Verschil,
    controleer_vergelijkbaar,
    kop_van,
    pas_toe,
    verschillen_van,
)

VOORBEELD = Path(__file__).parent / "voorbeeld_obo"
BSN = "999990007"
PER = Per(BSN, None, "1991-10-07", "M")
ISG = Isg(BSN, None, "1", date(2016, 8, 1), None, "J", "J")
ISP = Isp(BSN, None, "1", date(2016, 8, 1), "90603", "BBL", None, None, None, "J", "J", "J")


def schrijf(pad: Path, groepen: Iterable[list[Any]], indeling: Indeling = OBO, kop: Any = None) -> Path:
    """Write an overview with its totals."""
    kop = kop or obo.Vlp("2016-2017", "27DV", date(2017, 6, 1), date(2017, 6, 2))
    teller = Teller(indeling.totalen)
    groepen = list(groepen)
    teller.tel(groepen)
    totalen = totalen_van(indeling.totalen, teller.tellingen)
    sluit = indeling.sluit(*[totalen[naam] for naam in indeling.sluit.__struct_fields__])
    regels = [regel_van(record) for record in (kop, *chain.from_iterable(groepen), sluit)]
    pad.write_text("\n".join(regels) + "\n", encoding="utf-8", newline="\n")
    return pad


def vergelijk(
    oud: Path, nieuw: Path, indeling: Indeling = OBO, delen: int = 1
) -> tuple[list[Verschil], tuple[Verslag, Verslag], tuple[Counter[str], Counter[str]]]:
    """Compare two files, in any number of parts."""
    verslagen = Verslag(), Verslag()
    with tempfile.TemporaryDirectory() as map_:
        voor, na = (
            in_volgorde(verken(pad, indeling, verslag), verslag, Path(map_) / f"{verslag is verslagen[0]}")
            for pad, verslag in zip((oud, nieuw), verslagen, strict=True)
        )
        vergelijking = Vergelijking(voor, na, verslagen)
        verschillen = [
            verschil
            for bereiken in gelijke_delen([voor, na], delen)
            for verschil in vergelijking.verschillen(bereiken)
        ]
        return verschillen, verslagen, vergelijking.tellingen


def regel(oud: Any, nieuw: Any, lijst: obov.Verschillenlijst = obov.OBOV) -> str:
    bestand = lijst.bestand(tag(type(oud or nieuw)))
    return regel_van(bestand.regel_van_verschil(oud, nieuw))


def anders(record: Any, **velden: Any) -> Any:
    namen = record.__struct_fields__
    return type(record)(*[velden.get(naam, getattr(record, naam)) for naam in namen])


# ------------------------------------------------------------------------- the manual's example


def test_the_example_of_the_manual_comes_out_line_by_line() -> None:
    oud, nieuw = sorted(VOORBEELD.glob("OBO_*"))
    verschillen, verslagen, _ = vergelijk(oud, nieuw)
    assert not any(verslag.opmerkingen for verslag in verslagen)
    koppen = [verken(pad, OBO, Verslag()).kop for pad in (oud, nieuw)]
    for bestand in obov.OBOV.bestanden:
        soort = tag(bestand.record)
        naam = obov.OBOV.naam_van(soort, "27DV", koppen[1].datum_aanmaak)
        regels = [
            regel_van(bestand.regel_van_verschil(v.oud, v.nieuw))
            for v in verschillen
            if v.recordsoort == soort
        ]
        tekst = obov.OBOV.aanhef(bestand, kop_van(obov.OBOV, *koppen)) + "".join(f"{r}\n" for r in regels)
        assert tekst == (VOORBEELD / naam).read_text(encoding="utf-8")


def test_the_example_of_the_manual_says_what_can_be_relevant() -> None:
    verschillen, _, _ = vergelijk(*sorted(VOORBEELD.glob("OBO_*")))
    assert [v.relevant for v in verschillen if v.recordsoort == "ISG"] == [True, True, False, False]
    assert [v.relevant for v in verschillen if v.recordsoort == "ISP"] == [
        True,
        True,
        False,
        True,
        True,
        False,
        False,
    ]
    assert {v.relevant for v in verschillen if v.recordsoort == "PER"} == {None}


# --------------------------------------------------------------------------- what a line says


def test_an_added_record_has_no_old_values_and_a_removed_one_no_new() -> None:
    assert regel(None, ISG) == f"ISG|{BSN}|||||||1|2016-08-01||J|J|T"
    assert regel(ISG, None) == f"ISG|{BSN}||1|2016-08-01||J|J||||||V"


def test_a_changed_record_shows_only_what_changed_and_a_star_for_what_was_emptied() -> None:
    beeindigd = anders(ISG, datum_uitschrijving_werkelijk=date(2016, 12, 31), geldig_op_1_februari="N")
    assert regel(ISG, beeindigd) == f"ISG|{BSN}||1|2016-08-01||J|J|||2016-12-31||N|W"
    assert regel(beeindigd, ISG) == f"ISG|{BSN}||1|2016-08-01|2016-12-31|J|N|||*||J|W"


def test_the_single_leerroute_of_a_period_is_the_old_one_and_of_an_added_period_the_new() -> None:
    met_route = anders(ISP, leerroute="DLR", leerroutefase="MBO")
    assert regel(ISP, met_route) == f"ISP|{BSN}||1|2016-08-01|90603|BBL||J|||J|J|||||||||W"
    assert regel(met_route, ISP) == f"ISP|{BSN}||1|2016-08-01|90603|BBL||J|DLR|MBO|J|J|||||||||W"
    assert regel(None, met_route) == f"ISP|{BSN}||||||||DLR|MBO|||1|2016-08-01|90603|BBL||J|J|J|T"


def test_another_begin_date_makes_another_period() -> None:
    later = anders(ISP, datum_begin=date(2017, 3, 1), geldig_op_1_oktober="N", geldig_op_1_februari="N")
    gevonden = list(verschillen_van([PER, ISG, ISP], [PER, ISG, later], OBO))
    assert [(v.recordsoort, v.soort, v.relevant) for v in gevonden] == [
        ("ISP", SoortWijziging.VERWIJDERING, True),
        ("ISP", SoortWijziging.TOEVOEGING, False),
    ]


@pytest.mark.parametrize(
    ("oud", "nieuw", "reden", "relevant"),
    [
        ("JN", "NN", Relevantie.WIJZIGING_MET_J, True),
        ("NN", "NJ", Relevantie.WIJZIGING_MET_J, True),
        ("NN", "NN", Relevantie.WIJZIGING_ALLEEN_N, False),
        ("NJ", None, Relevantie.RECORD_MET_J, True),
        (None, "NN", Relevantie.RECORD_NN, False),
    ],
)
def test_relevance_looks_at_the_teldatum_indications_of_both_sides(
    oud: str | None, nieuw: str | None, reden: Relevantie, relevant: bool
) -> None:
    def isg(indicaties: str | None, dag: int) -> list[Record]:
        if indicaties is None:
            return []
        return [Isg(BSN, None, "1", date(2016, 8, dag), None, *indicaties)]  # type: ignore[arg-type]

    (verschil,) = verschillen_van(isg(oud, 1), isg(nieuw, 2), OBO)
    assert (verschil.reden, verschil.relevant) == (reden, relevant)
    assert verschil.reden.tekst


def test_two_records_on_one_key_are_matched_in_order_and_reported() -> None:
    verslag = Verslag()
    dubbel = [ISP, anders(ISP, opleidingcode="25655")]
    assert not list(verschillen_van([PER, *dubbel], [PER, *reversed(dubbel)], OBO, verslag))
    (verschil,) = verschillen_van([PER, *dubbel], [PER, ISP], OBO, verslag)
    assert (verschil.soort, verschil.oud.opleidingcode) == (SoortWijziging.VERWIJDERING, "25655")
    assert [o.code for o in verslag.opmerkingen] == ["sleutel_dubbel"]


# ------------------------------------------------------------------------------- whole files


def test_overviews_of_different_institutions_or_years_are_refused(tmp_path: Path) -> None:
    ander = obo.Vlp("2015-2016", "25LX", date(2017, 6, 1), date(2017, 6, 2))
    paden = schrijf(tmp_path / "a", [[PER]]), schrijf(tmp_path / "b", [[PER]], kop=ander)
    with pytest.raises(OnbruikbaarBestand, match=r"instelling 27DV.*25LX.*studiejaar 2016-2017.*2015-2016"):
        controleer_vergelijkbaar(*(verken(pad, OBO, Verslag()) for pad in paden), Verslag())


def test_an_overview_is_not_compared_with_another_kind(tmp_path: Path) -> None:
    kop = ro.Vlp("27DV", date(2016, 8, 1), date(2017, 7, 31), date(2017, 8, 1))
    een = verken(schrijf(tmp_path / "a", [[PER]]), OBO, Verslag())
    ander = verken(schrijf(tmp_path / "b", [], RO, kop), RO, Verslag())
    with pytest.raises(OnbruikbaarBestand, match="Geef twee OBO's of twee RO's"):
        controleer_vergelijkbaar(een, ander, Verslag())


def test_old_and_new_the_wrong_way_round_is_noticed(tmp_path: Path) -> None:
    later = obo.Vlp("2016-2017", "27DV", date(2017, 7, 1), date(2017, 7, 2))
    oud = verken(schrijf(tmp_path / "a", [[PER]], kop=later), OBO, Verslag())
    nieuw = verken(schrijf(tmp_path / "b", [[PER]]), OBO, Verslag())
    verslag = Verslag()
    controleer_vergelijkbaar(oud, nieuw, verslag)
    assert [o.code for o in verslag.opmerkingen] == ["oud_en_nieuw_verwisseld"]


def test_a_file_resaved_by_a_spreadsheet_has_no_differences(tmp_path: Path) -> None:
    oud = min(VOORBEELD.glob("OBO_*"))
    kop, *regels, ctr = oud.read_text(encoding="utf-8").splitlines()
    door_excel = [
        r.replace("|", ";").replace("2016-08-01", "1-8-2016") for r in (kop, *reversed(regels), ctr)
    ]
    nieuw = tmp_path / "opnieuw.csv"
    nieuw.write_bytes("\r\n".join(door_excel).encode())
    verschillen, verslagen, tellingen = vergelijk(oud, nieuw)
    assert not verschillen
    assert "scheidingsteken" in {o.code for o in verslagen[1].opmerkingen}
    assert not verslagen[1].fouten
    assert totalen_van(OBO.totalen, tellingen[0]) == totalen_van(OBO.totalen, tellingen[1])


def test_pseudonyms_have_an_order_of_their_own_and_are_compared_all_the_same(tmp_path: Path) -> None:
    nummers = ["BSN1", "BSN2", "BSN10", "BSN11"]
    groepen = [[anders(PER, burgerservicenummer=n), anders(ISG, burgerservicenummer=n)] for n in nummers]
    oud, nieuw = schrijf(tmp_path / "oud", groepen), schrijf(tmp_path / "nieuw", groepen[:2] + groepen[3:])
    verschillen, verslagen, tellingen = vergelijk(oud, nieuw)
    assert [(v.recordsoort, v.soort, v.burgerservicenummer) for v in verschillen] == [
        ("PER", SoortWijziging.VERWIJDERING, "BSN10"),
        ("ISG", SoortWijziging.VERWIJDERING, "BSN10"),
    ]
    assert not any(verslag.fouten for verslag in verslagen)
    assert [t["ISG"] for t in tellingen] == [4, 3]


def test_a_person_with_an_unreadable_record_is_reported_and_not_compared(tmp_path: Path) -> None:
    oud = schrijf(tmp_path / "oud", [[PER, ISG, ISP]])
    nieuw = tmp_path / "nieuw"
    nieuw.write_bytes(oud.read_bytes().replace(b"|BBL|", b"|BBL?????|"))
    verschillen, verslagen, _ = vergelijk(oud, nieuw)
    assert not verschillen
    assert {o.code for o in verslagen[1].opmerkingen} == {"veld_ongeldig", "persoon_niet_vergeleken"}


def test_differences_of_two_ros_have_the_same_form(tmp_path: Path) -> None:
    kop = ro.Vlp("27DV", date(2016, 8, 1), date(2017, 7, 31), date(2017, 8, 1))
    per = ro.Per(BSN, None, "1991-10-07", "M")
    isg = ro.Isg(BSN, None, "1", date(2016, 8, 1), date(2018, 7, 31), None, None)
    kzd = ro.Kzd(BSN, None, None, None, "K1", "K0067", date(2017, 1, 1), "Behaald", "N", "1", None)
    oud = schrijf(tmp_path / "oud", [[per, isg, kzd]], RO, kop)
    nieuw = schrijf(tmp_path / "nieuw", [[per, anders(isg, reden_uitschrijving="08")]], RO, kop)
    verschillen, _, _ = vergelijk(oud, nieuw, RO)
    regels = [regel(v.oud, v.nieuw, LIJSTEN["RO"]) for v in verschillen]
    assert regels == [
        f"ISG|{BSN}||1|2016-08-01|2018-07-31|||||||08|W",
        f"KZD|{BSN}||||K1|K0067|2017-01-01|Behaald|N|1|||||||||||V",
    ]


# ------------------------------------------------------------------------- what always holds

_MINDER = settings(max_examples=min(40, settings().max_examples))  # each example writes files
_DAGEN = st.sampled_from([date(2016, 8, 1), date(2016, 10, 2), date(2017, 1, 1), date(2017, 3, 1)])
_JN = st.sampled_from(["J", "N"])
_WIE = st.sampled_from([("100011019", None), ("999990007", None), ("999990019", None), (None, "100310303")])


def _records(wie: tuple[str | None, str | None]) -> st.SearchStrategy[list[Any]]:
    """Return a person with any records, one for each key."""
    soorten: list[tuple[st.SearchStrategy[Any], Any]] = [
        (
            st.builds(Vbt, *map(st.just, wie), _DAGEN.map(str), st.none() | _DAGEN.map(str), st.just("30")),
            "datum_begin",
        ),
        (st.builds(Nat, *map(st.just, wie), st.just("0001"), _DAGEN.map(str), st.none()), "datum_begin"),
        (
            st.builds(Isg, *map(st.just, wie), st.sampled_from("12"), _DAGEN, st.none() | _DAGEN, _JN, _JN),
            "inschrijvingvolgnummer",
        ),
        (
            st.builds(
                Isp,
                *map(st.just, wie),
                st.just("1"),
                _DAGEN,
                st.sampled_from(["90603", "22089"]),
                st.just("BBL"),
                st.sampled_from([None, "MBO-4"]),
                st.none(),
                st.none(),
                _JN,
                _JN,
                _JN,
            ),
            "datum_begin",
        ),
        (
            st.builds(
                Bpv,
                *map(st.just, wie),
                st.just("1"),
                st.sampled_from("12"),
                _DAGEN,
                _DAGEN,
                st.none() | _DAGEN,
                st.just("90603"),
            ),
            "volgnummer",
        ),
        (
            st.builds(
                Dip, *map(st.just, wie), st.sampled_from("12"), st.just("90603"), _DAGEN, _JN, st.just("1")
            ),
            "resultaatvolgnummer",
        ),
    ]
    per = st.builds(Per, *map(st.just, wie), st.just("1991-10-00"), st.sampled_from(["M", "V"]))
    lijsten = [
        st.lists(soort, max_size=2, unique_by=lambda r, naam=naam: getattr(r, naam)).map(  # type: ignore[misc]
            lambda rijen, naam=naam: sorted(rijen, key=lambda r: str(getattr(r, naam)))
        )
        for soort, naam in soorten
    ]
    return st.tuples(per, *lijsten).map(lambda delen: [delen[0], *chain.from_iterable(delen[1:])])


_OVERZICHTEN = (
    st.lists(_WIE, unique=True, max_size=4)
    .map(lambda lijst: sorted(lijst, key=lambda wie: (wie[0] or "~", wie[1] or "")))
    .flatmap(lambda lijst: st.tuples(*map(_records, lijst)))
)


def _vergelijk_groepen(oud: Iterable[list[Any]], nieuw: Iterable[list[Any]], delen: int) -> list[Verschil]:
    with tempfile.TemporaryDirectory() as map_:
        paden = schrijf(Path(map_) / "o", oud), schrijf(Path(map_) / "n", nieuw)
        verschillen, verslagen, tellingen = vergelijk(*paden, delen=delen)
        for pad, geteld in zip(paden, tellingen, strict=True):
            sluit: Any = verken(pad, OBO, Verslag()).sluit
            assert {n: getattr(sluit, n) for n in sluit.__struct_fields__} == totalen_van(OBO.totalen, geteld)
    assert not any(verslag.opmerkingen for verslag in verslagen)
    return verschillen


@_MINDER
@given(_OVERZICHTEN, _OVERZICHTEN, st.integers(1, 3))
def test_the_old_overview_and_the_difference_files_give_the_new_one(oud: Any, nieuw: Any, delen: int) -> None:
    verschillen = _vergelijk_groepen(oud, nieuw, delen)
    for bestand in obov.OBOV.bestanden:
        soort = bestand.record
        voor, na = ([r for groep in kant for r in groep if type(r) is soort] for kant in (oud, nieuw))
        regels = [
            bestand.regel_van_verschil(v.oud, v.nieuw) for v in verschillen if v.recordsoort == tag(soort)
        ]
        assert pas_toe(voor, regels, bestand) == na


@_MINDER
@given(_OVERZICHTEN, st.integers(1, 3))
def test_an_overview_does_not_differ_from_itself(overzicht: Any, delen: int) -> None:
    assert not _vergelijk_groepen(overzicht, overzicht, delen)


@_MINDER
@given(_OVERZICHTEN, _OVERZICHTEN)
def test_the_other_way_round_what_was_added_is_removed(oud: Any, nieuw: Any) -> None:
    andersom = {
        SoortWijziging.TOEVOEGING: SoortWijziging.VERWIJDERING,
        SoortWijziging.VERWIJDERING: SoortWijziging.TOEVOEGING,
    }
    heen = [
        (v.recordsoort, andersom.get(v.soort, v.soort), v.nieuw, v.oud, v.reden)
        for v in _vergelijk_groepen(oud, nieuw, 1)
    ]
    terug = [(v.recordsoort, v.soort, v.oud, v.nieuw, v.reden) for v in _vergelijk_groepen(nieuw, oud, 1)]
    assert heen == terug
