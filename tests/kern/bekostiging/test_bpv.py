"""Step 9: who follows BBL counts with a placement whose agreement was concluded in time."""

import pytest

from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.bekostiging.kader import Kader
from kernregister.kern.gegevens import Opleiding
from tests.kern.bekostiging.opzet import (
    ENTREE,
    OPLEIDINGEN,
    VAK,
    beslis,
    gegevens,
    inschrijving,
    met_opleiding,
    student,
)
from tests.kern.voorbeelden import bpv, dag


def bbl(*bpvs, opleiding=VAK, **velden):
    return student(inschrijving(opleiding, "BBL", bpvs=bpvs, **velden))


def plaats(begin="2025-09-01", **velden):
    return bpv(begin, **({"opleidingcode": VAK} | velden))


def test_with_a_placement_in_time_bbl_counts_for_its_own_factor():
    uit = beslis(bbl(plaats()))
    assert (uit.telt, uit.mis(), uit.onbekend()) == ([True, True], [], [])
    assert [str(b) for b in uit.bijdragen] == ["0.500", "0.500"], "0.4 x 1.25"
    assert [b.volgnummer for b in uit.op().bpvs] == ["1"]


def test_entree_has_a_factor_of_its_own():
    uit = beslis(bbl(plaats(opleidingcode=ENTREE), opleiding=ENTREE))
    assert uit.bijdragen[0] == OPLEIDINGEN[ENTREE].prijsfactor / 2


def test_without_a_placement_it_counts_for_the_correction_factor_only():
    uit = beslis(bbl())
    assert (uit.telt, uit.correctie, uit.mis()) == ([False, False], [True, True], ["T90"])


@pytest.mark.parametrize(
    ("velden", "telt", "code"),
    [
        ({"begin": "2025-12-31"}, [True, True], None),
        ({"begin": "2026-01-01"}, [False, False], "T91"),
        ({"begin": "2026-01-01", "afsluitdatum": "2025-12-01"}, [False, False], "T92"),
        ({"begin": "2025-09-01", "afsluitdatum": "2026-01-01"}, [False, False], "T91"),
        ({"eind": "2025-09-30"}, [False, False], "T93"),
        ({"eind": "2025-10-01"}, [True, False], None),
        ({"eind": "2026-02-01"}, [True, True], None),
        ({"opleidingcode": None, "keuzedeelcode": "K0067"}, [False, False], "T90"),
        ({"opleidingcode": ENTREE}, [False, False], "T90"),
    ],
)
def test_agreement_and_beginning_are_in_time_and_it_has_not_ended_before_the_teldatum(velden, telt, code):
    uit = beslis(bbl(plaats(**velden)))
    assert (uit.telt, uit.mis()) == (telt, [code] if code else [])


def test_two_placements_after_each_other_carry_the_student_through_the_year():
    eerste = plaats("2025-08-01", eind="2025-11-30", volgnummer="1")
    tweede = plaats("2025-12-01", volgnummer="2")
    uit = beslis(bbl(eerste, tweede))
    assert uit.telt == [True, True]
    assert [b.volgnummer for b in uit.op(0).bpvs] == ["1", "2"]
    assert [b.volgnummer for b in uit.op(1).bpvs] == ["2"]


def test_of_placements_that_fail_the_one_that_came_furthest_gives_the_reason():
    te_laat = plaats("2026-01-05", volgnummer="1")
    voorbij = plaats("2025-08-01", eind="2025-09-01", volgnummer="2")
    assert beslis(bbl(te_laat, voorbij)).mis() == beslis(bbl(voorbij, te_laat)).mis() == ["T93"]


def test_a_programme_fixed_with_vws_has_until_the_first_of_june():
    juni = bbl(plaats("2026-06-01"))
    assert beslis(juni, met_opleiding(met_vws=True)).telt == [True, True]
    assert beslis(juni, met_opleiding(met_vws=False)).mis() == ["T91"]
    assert beslis(bbl(plaats("2026-06-02")), met_opleiding(met_vws=True)).mis() == ["T91"]


def test_where_nobody_knows_about_vws_a_late_placement_cannot_be_judged():
    stam = met_opleiding(met_vws=None)
    uit = beslis(bbl(plaats("2026-03-01")), stam)
    assert (uit.telt, uit.onbekend()) == ([True, True], ["T91"])
    assert beslis(bbl(plaats("2026-06-02")), stam).mis() == ["T91"], "too late either way"
    assert beslis(bbl(plaats()), stam).onbekend() == [], "in time either way"


def test_an_equivalent_code_is_the_same_programme():
    stam = gegevens(equivalenten={VAK: frozenset({"25999"}), "25999": frozenset({VAK})})
    assert beslis(bbl(plaats(opleidingcode="25999")), stam).telt == [True, True]


def test_of_a_dossier_the_placement_is_for_a_qualification_in_it_which_no_list_tells():
    stam = gegevens(opleidingen=OPLEIDINGEN | {"23110": Opleiding("23110", soort="dossier", niveau="MBO-3")})
    uit = beslis(bbl(plaats(), opleiding="23110"), stam)
    assert (uit.telt, uit.onbekend()[:1]) == ([True, True], ["T90"])
    assert beslis(bbl(plaats("2026-03-01"), opleiding="23110"), stam).mis() == ["T90"]


def test_bol_needs_no_placement_and_names_none():
    uit = beslis(student(inschrijving(bpvs=(plaats(),))))
    assert (uit.telt, uit.op().bpvs) == ([True, True], ())


def test_the_deadline_moves_with_the_year():
    assert Kader(Bekostigingsjaar(2030), gegevens()).pok_uiterlijk == (dag("2028-12-31"), dag("2029-06-01"))
