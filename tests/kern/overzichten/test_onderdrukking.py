"""Tables of counts in which nobody can be recognised, tried by computing back what was left out."""

from hypothesis import assume, example, given
from hypothesis import strategies as st

from kernregister.kern.overzichten.onderdrukking import (
    OVERIG,
    Cel,
    onderdrukt,
    voeg_bijeen,
    voeg_bijeen_met_rest,
)
from tests.kern.overzichten.narekenen import speling

DREMPEL = 5


def cellen_van(tabel: list[list[int]]) -> dict[tuple[str, str], Cel]:
    return {
        (f"r{r}", f"k{k}"): Cel(aantal, aantal)
        for r, rij in enumerate(tabel)
        for k, aantal in enumerate(rij)
        if aantal
    }


def test_whoever_knows_the_totals_finds_a_lone_empty_cell_so_three_others_go_with_it():
    cellen = cellen_van([[2, 60, 70], [80, 90, 10], [9, 50, 40]])
    weg = onderdrukt(cellen, ["r0", "r1", "r2"], ["k0", "k1", "k2"])
    alleen = frozenset({("r0", "k0")})
    waarden = {plek: cel.aantal for plek, cel in cellen.items()}
    assert speling(waarden, alleen, ("r0", "k0")) == (2, 2)  # how it would go wrong
    assert weg == {("r0", "k0"), ("r0", "k1"), ("r2", "k0"), ("r2", "k1")}
    assert speling(waarden, weg, ("r0", "k0")) == (0, 11)


def test_two_ones_beside_each_other_are_not_betrayed_by_their_sum():
    waarden = [[1, 1, 30], [20, 30, 40]]
    cellen = cellen_van(waarden)
    weg = onderdrukt(cellen, ["r0", "r1"], ["k0", "k1", "k2"])
    assert {("r0", "k0"), ("r0", "k1"), ("r0", "k2")} <= weg
    laagst, hoogst = speling({plek: cel.aantal for plek, cel in cellen.items()}, weg, ("r0", "k0"))
    assert hoogst - laagst >= DREMPEL - 1


def test_nothing_is_left_out_where_all_cells_are_large_or_empty():
    assert onderdrukt(cellen_van([[5, 0], [0, 500]]), ["r0", "r1"], ["k0", "k1"]) == frozenset()


@given(
    st.integers(2, 5).flatmap(
        lambda breed: st.lists(
            st.lists(st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 9, 30, 400]), min_size=breed, max_size=breed),
            min_size=2,
            max_size=5,
        )
    )
)
@example([[1, 4], [4, 1]])
@example([[0, 5], [5, 3]])
@example([[1, 1, 1, 1, 1], [5, 5, 5, 5, 5]])
def test_no_small_cell_can_be_computed_from_the_totals_of_any_table(tabel: list[list[int]]):
    assume(all(sum(rij) >= DREMPEL for rij in tabel))
    assume(all(sum(kolom) >= DREMPEL for kolom in zip(*tabel, strict=True)))
    cellen = cellen_van(tabel)
    rijen, kolommen = [f"r{r}" for r in range(len(tabel))], [f"k{k}" for k in range(len(tabel[0]))]
    weg = onderdrukt(cellen, rijen, kolommen, DREMPEL)
    waarden = {plek: cel.aantal for plek, cel in cellen.items()}
    klein = {plek for plek, aantal in waarden.items() if aantal < DREMPEL}
    assert klein <= weg
    for plek in klein:
        laagst, hoogst = speling(waarden, weg, plek)
        assert hoogst - laagst >= DREMPEL - 1, (plek, laagst, hoogst, sorted(weg))


def test_small_categories_join_and_take_the_next_when_they_are_still_too_few():
    randen = {"A": Cel(2, 2), "B": Cel(1, 1), "C": Cel(7, 7), "D": Cel(90, 90)}
    assert voeg_bijeen(randen, DREMPEL) == {"A": OVERIG, "B": OVERIG, "C": OVERIG, "D": "D"}
    assert voeg_bijeen({**randen, "A": Cel(4, 4)}, DREMPEL) == {"A": OVERIG, "B": OVERIG, "C": "C", "D": "D"}


def test_a_category_of_just_enough_people_stands_by_itself():
    assert voeg_bijeen({"A": Cel(5, 5), "B": Cel(90, 90)}, DREMPEL) == {"A": "A", "B": "B"}


def test_who_is_counted_twice_does_not_make_a_group_large_enough():
    randen = {"A": Cel(3, 3), "B": Cel(3, 3), "C": Cel(50, 50)}
    assert voeg_bijeen(randen, DREMPEL) == {"A": OVERIG, "B": OVERIG, "C": "C"}
    assert voeg_bijeen(randen, DREMPEL, dubbel=2) == {"A": OVERIG, "B": OVERIG, "C": OVERIG}


def test_of_too_few_people_nothing_is_published():
    assert voeg_bijeen({"A": Cel(2, 2), "B": Cel(900, 2)}, DREMPEL) is None


def test_many_records_of_few_people_are_few():
    cellen = {
        ("r0", "k0"): Cel(30, 1),
        ("r0", "k1"): Cel(50, 50),
        ("r1", "k0"): Cel(50, 50),
        ("r1", "k1"): Cel(9, 9),
    }
    assert ("r0", "k0") in onderdrukt(cellen, ["r0", "r1"], ["k0", "k1"])


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.tuples(st.integers(1, 30), st.integers(0, 12))))
@example({"a": (40, 1), "b": (30, 0), "c": (20, 9)})
@example({"a": (40, 1), "b": (30, 0)})
def test_what_a_count_leaves_out_of_the_whole_is_of_enough_persons_under_every_name(
    groepen: dict[str, tuple[int, int]],
) -> None:
    randen = {naam: Cel(aantal, aantal) for naam, (aantal, _) in groepen.items()}
    rest = {naam: over for naam, (_, over) in groepen.items()}
    namen = voeg_bijeen_met_rest(randen, rest, DREMPEL)
    if namen is None:
        totalen = (sum(aantal for aantal, _ in groepen.values()), sum(rest.values()))
        assert any(0 < totaal < DREMPEL for totaal in totalen), "only what cannot be told is not told"
        return
    assert namen.keys() == groepen.keys()
    for naam in set(namen.values()):
        leden = [groep for groep, onder in namen.items() if onder == naam]
        assert sum(randen[een].personen for een in leden) >= DREMPEL
        assert not 0 < sum(rest[een] for een in leden) < DREMPEL
