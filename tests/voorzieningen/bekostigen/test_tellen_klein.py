"""The shares of small institutions are told together: of a few students nothing can be read from them."""

from decimal import Decimal

from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.bekostiging.parameters import parameters
from kernregister.kern.bekostiging.totalen import Diplomatelling, Inschrijvingtelling, Optelling
from kernregister.voorzieningen.bekostigen.tellen import zonder_kleine


def test_institutions_with_few_students_share_a_name_with_the_next_smallest() -> None:
    optelling = Optelling(parameters(Bekostigingsjaar(2027)))
    for code, aantal in (("01AA", 1), ("02BB", 3), ("03CC", 5), ("04DD", 40)):
        telling = Inschrijvingtelling(aantal, aantal, 0, Decimal(aantal), 0, 0)
        optelling.voeg_inschrijvingen_toe((code, "MBO-4", "BOL", 0), telling)
    optelling.voeg_diplomas_toe(("05EE", "MBO-4"), Diplomatelling(6, 0, Decimal(6)))
    alles = optelling.sector()
    getoond = zonder_kleine(alles, optelling.instellingen().values(), 5)
    (voor,) = [een for een in alles.budgetten if een.aandelen]
    (na,) = [een for een in getoond.budgetten if een.aandelen]
    assert set(na.aandelen) == {"overig", "04DD", "05EE"}
    assert na.aandelen["04DD"] == voor.aandelen["04DD"]
    assert abs(sum(na.aandelen.values()) - 1) < Decimal("1e-9")
    assert (na.ldw, na.ldiw) == (voor.ldw, voor.ldiw)
