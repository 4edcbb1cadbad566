"""Sharing files out over processes: together the parts are the whole, and nobody is cut in two."""

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kernregister.controle.samenvoegen import volgorde
from kernregister.kern.formaten.delen import gelijke_delen
from kernregister.kern.formaten.lezen import Levering
from kernregister.kern.formaten.ro import RO
from kernregister.kern.formaten.verslag import Verslag
from tests.controle.leveringen import schrijf_ro
from tests.kern.voorbeelden import INSTELLING, bpv, inschrijving, student


def levering(pad: Path) -> Levering:
    return Levering(pad, RO, Verslag(pad.name))


def bestand(map_: Path, naam: str, bsns, owns) -> Levering:
    personen = [{"burgerservicenummer": f"{n:09}"} for n in bsns]
    personen += [{"burgerservicenummer": None, "onderwijsnummer": f"{n:09}"} for n in owns]
    dossiers = []
    for plaats, nummer in enumerate(personen):
        i = inschrijving(bpvs=tuple(bpv(volgnummer=str(b)) for b in range(plaats % 4)))
        i = type(i)(
            **{
                **{f: getattr(i, f) for f in i.__struct_fields__},
                "op_onderwijsnummer": "onderwijsnummer" in nummer,
            }
        )
        dossiers.append(student(i, **nummer))
    return levering(schrijf_ro(map_ / naam, dossiers, INSTELLING))


NUMMERS = st.sets(st.integers(1, 60), max_size=25)


@given(NUMMERS, NUMMERS, NUMMERS, NUMMERS, st.integers(1, 5))
def test_parts_are_the_whole_and_a_person_lies_in_the_same_part_of_every_file(a, a_own, b, b_own, delen):
    with tempfile.TemporaryDirectory() as map_:
        leveringen = [bestand(Path(map_), "a.csv", a, a_own), bestand(Path(map_), "b.csv", b, b_own)]
        verdeling = gelijke_delen([x.verkenning for x in leveringen], delen)
        assert 1 <= len(verdeling) <= delen
        waar: dict[tuple[bool, str], int] = {}
        for plaats, een in enumerate(leveringen):
            heel = list(een.dossiers())
            per_deel = [list(een.dossiers(deel[plaats])) for deel in verdeling]
            assert [d for deel in per_deel for d in deel] == heel
            for nummer, deel in enumerate(per_deel):
                assert all(waar.setdefault(volgorde(d), nummer) == nummer for d in deel)


def test_a_file_in_another_order_is_not_shared_out(tmp_path):
    een, ander = bestand(tmp_path, "a.csv", range(1, 9), ()), bestand(tmp_path, "b.csv", range(1, 9), ())
    regels = ander.verkenning.pad.read_text().splitlines(keepends=True)
    regels[1], regels[4] = regels[4], regels[1]
    ander.verkenning.pad.write_text("".join(regels))
    delen = gelijke_delen([een.verkenning, levering(ander.verkenning.pad).verkenning], 4)
    assert len(delen) == 1
