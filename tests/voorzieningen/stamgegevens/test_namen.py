"""Names of many codes are looked up in one question."""

from kernregister.voorzieningen.stamgegevens import public as stamgegevens
from tests.databank import Databank


def test_codes_of_several_lists_get_their_names_and_unknown_ones_none(databank: Databank) -> None:
    assert stamgegevens.namen({("landen", "6030")}) == {}, "there are no reference data yet"
    uitslag = stamgegevens.laad_beginset("test")
    stamgegevens.activeer(uitslag.versie, "test", "begin")
    gevonden = stamgegevens.namen(
        {("landen", "6030"), ("examenonderdelen", "3001"), ("landen", "geen"), ("onbekend", "1")}
    )
    assert gevonden == {("landen", "6030"): "Nederland", ("examenonderdelen", "3001"): "Nederlandse taal 2F"}
