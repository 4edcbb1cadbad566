"""What other sectors registered comes in by file: line by line, the same file as often as you like."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kernregister.kern.dossier import Deelname, Dossier, HoDiploma, Persoon, Vak, VoResultaat
from kernregister.kern.formaten.verslag import OnbruikbaarBestand
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register import overnemen_bron
from kernregister.voorzieningen.register.overnemen_bron import laad_deelnames, laad_vooropleidingen
from tests.voorzieningen.register.verhaal import bsn, dossier, inschrijving, own, registreer, vraag

DAG = date(2026, 10, 1)
KOP = (
    "burgerservicenummer;onderwijsnummer;sector;instellingscode;datum_begin;datum_einde;inschrijvingvolgnummer;"
    "opleidingcode;niveau;leerjaar;profiel"
)
RESULTATEN = (
    "burgerservicenummer;sector;instellingscode;resultaatvolgnummer;niveau;waardedocument;uitslagcode;datum_uitslag;"
    "examenjaar;opleidingcode;graad;staatsexamen;profielen;vakken"
)


def schrijf(map_: Path, *regels: str) -> Path:
    pad = map_ / "levering.csv"
    pad.write_text("\n".join(regels) + "\n", "utf-8")
    return pad


def van(nummer: str) -> Dossier:
    return dossier(personen.zoek([nummer])[nummer])


def meldingen() -> int:
    ((aantal,),) = vraag("SELECT count(*) FROM register_melding")
    return int(aantal)


def test_participations_come_in_with_all_that_the_source_tells(databank, tmp_path):
    pad = schrijf(
        tmp_path,
        KOP,
        f"{bsn(0)};;VO;01AA;2020-08-01;2021-07-31;77;0171;HAVO;3;",
        f"{bsn(0)};;VO;01AA;2021-08-01;;77;0171;HAVO;4;NT",
        f";{own(1)};VSO;02BB;2020-08-01;;;;;;",
        f"{bsn(2)};;HO;21PE;2024-09-01;;1;34479;HBO;1;",
    )
    uit = laad_deelnames(pad, DAG, "beheerder")
    assert (uit.aanvaard, uit.ongewijzigd, uit.afgekeurd, uit.verslag.fouten) == (4, 0, {}, [])
    assert van(bsn(0)).deelnames[1] == Deelname(
        "VO",
        "01AA",
        date(2021, 8, 1),
        inschrijvingvolgnummer="77",
        opleidingcode="0171",
        niveau="HAVO",
        leerjaar=4,
        profiel="NT",
    )
    assert van(own(1)).deelnames[0].sector == "VSO"
    assert vraag("SELECT DISTINCT afzender FROM register_melding ORDER BY 1") == [("HO",), ("VO",)]


def test_the_same_file_again_changes_nothing(databank, tmp_path):
    pad = schrijf(tmp_path, KOP, f"{bsn(0)};;VO;01AA;2020-08-01;;;;;;", f"{bsn(1)};;VO;01AA;2020-08-01;;;;;;")
    laad_deelnames(pad, DAG, "beheerder")
    voor = meldingen()
    for dag in (DAG, date(2026, 11, 1)):  # an unchanged line of a later file is no news either
        uit = laad_deelnames(pad, dag, "beheerder")
        assert (uit.aanvaard, uit.ongewijzigd) == (0, 2)
    assert meldingen() == voor


def test_a_correction_at_the_source_and_its_undoing_are_both_followed(databank, tmp_path):
    for maand, leerjaar in ((10, 3), (11, 4), (12, 3)):
        pad = schrijf(tmp_path, KOP, f"{bsn(0)};;VO;01AA;2020-08-01;;77;;HAVO;{leerjaar};")
        assert laad_deelnames(pad, date(2026, maand, 1), "beheerder").aanvaard == 1
        assert [d.leerjaar for d in van(bsn(0)).deelnames] == [leerjaar]


def test_a_line_that_contradicts_an_earlier_one_of_the_file_is_not_taken_for_known(databank, tmp_path):
    regels = [f"{bsn(0)};;VO;01AA;2020-08-01;;77;;HAVO;{jaar};" for jaar in (3, 4, 3)]
    laad_deelnames(schrijf(tmp_path, KOP, regels[0]), DAG, "beheerder")
    laad_deelnames(schrijf(tmp_path, KOP, *regels[1:]), date(2026, 11, 1), "beheerder")
    assert [d.leerjaar for d in van(bsn(0)).deelnames] == [3]


def test_who_is_in_the_register_already_is_not_made_again(databank, tmp_path):
    persoon = registreer(Dossier(Persoon(bsn(0)), (inschrijving(),)))
    laad_deelnames(schrijf(tmp_path, KOP, f"{bsn(0)};;VO;01AA;2020-08-01;;;;;;"), DAG, "beheerder")
    assert len(dossier(persoon).deelnames) == len(dossier(persoon).inschrijvingen) == 1
    assert vraag("SELECT instelling FROM register_betrokkenheid") == [("27DV",)]  # a source is not involved


def test_each_line_that_cannot_be_taken_is_named_by_cause_and_the_others_go_on(
    databank, tmp_path, monkeypatch
):
    monkeypatch.setattr(overnemen_bron, "PER_KEER", 2)
    pad = schrijf(
        tmp_path,
        KOP,
        f"{bsn(0)};;VO;01AA;2020-08-01;;;;;;",
        "123456789;;VO;01AA;2020-08-01;;;;;;",
        ";;VO;01AA;2020-08-01;;;;;;",
        f"{bsn(1)};;VO;school;2020-08-01;;;;;;",
        f"{bsn(2)};;VO;01AA;2020-08-01;2019-08-01;;;;;",
        f"{bsn(3)};;PO;01AA;2020-08-01;;;;;;",
        f"{bsn(4)};;VO;01AA;1 augustus;;;;;;",
        "999999999;;VO;01AA;2020-08-01;;;;;;",
        f"{bsn(5)};;VO;01AA;2020-08-01;;;;;;",
    )
    uit = laad_deelnames(pad, DAG, "beheerder")
    assert (uit.aanvaard, uit.regels) == (2, 4)
    assert sorted(regel for regels in uit.afgekeurd.values() for regel in regels) == [3, 9]
    genoemd = {plaats.regel: fout.veld for fout in uit.verslag.fouten for plaats in fout.plaatsen}
    assert genoemd == {
        4: "burgerservicenummer",
        5: "instellingscode",
        6: "datum_einde",
        7: "sector",
        8: "datum_begin",
    }
    assert bsn(4) not in repr(uit.verslag.opmerkingen)


def test_results_come_in_with_their_subjects(databank, tmp_path):
    pad = schrijf(
        tmp_path,
        RESULTATEN,
        f"{bsn(0)};VO;01AA;5;HAVO;DIPLOMA;G;2024-06-20;2024;0171;;N;NT NG;NE/6.5/7.1/7 LO////voldoende",
        f"{bsn(0)};HO;21PE;6;HBO;;;2028-07-01;;34479;BSC;;;",
    )
    assert laad_vooropleidingen(pad, DAG, "beheerder").aanvaard == 2
    vo, ho = van(bsn(0)).vooropleidingen
    assert isinstance(vo, VoResultaat)
    assert isinstance(ho, HoDiploma)
    assert vo.vakken == (Vak("NE", Decimal("6.5"), Decimal("7.1"), 7), Vak("LO", beoordeling="voldoende"))
    assert (vo.profielen, vo.staatsexamen, ho.graad) == (("NT", "NG"), False, "BSC")
    assert laad_vooropleidingen(pad, DAG, "beheerder").ongewijzigd == 2


@pytest.mark.parametrize(
    ("regel", "veld"),
    [
        ("VO;01AA;5;;DIPLOMA;;;;;;;;", "niveau"),
        ("HO;21PE;6;HBO;;;;;34479;;;;", "datum_uitslag"),
        ("HO;21PE;6;HBO;;;2028-07-01;;;;;;", "opleidingcode"),
        ("VO;01AA;5;HAVO;;;;;;;;;NE/zes", "vakken"),
        ("VO;01AA;5;HAVO;;;;;;;;;NE/6.55", "vakken"),
        ("VO;01AA;5;HAVO;;;;;;;;;NE/NaN", "vakken"),
        ("VO;01AA;5;HAVO;;;;;;;;;NE/6/6/11", "vakken"),
        ("VO;01AA;5;HAVO;;;;;;;;;/6", "vakken"),
        ("VO;01AA;5;HAVO;;;;;;;;;NE/1/2/3/4/5", "vakken"),
        ("VO;01AA;5;HAVO;BUL;;;;;;;;", "waardedocument"),
        ("VO;01AA;5;HAVO;;;;vorig jaar;;;;;", "examenjaar"),
    ],
)
def test_what_is_wrong_with_a_result_is_said_with_its_line_and_field(databank, tmp_path, regel, veld):
    uit = laad_vooropleidingen(schrijf(tmp_path, RESULTATEN, f"{bsn(0)};{regel}"), DAG, "beheerder")
    assert [(f.veld, f.plaatsen[0].regel) for f in uit.verslag.fouten] == [(veld, 2)]
    assert meldingen() == 0


def test_a_file_without_the_columns_is_refused_as_a_whole(databank, tmp_path):
    with pytest.raises(OnbruikbaarBestand, match="sector"):
        laad_deelnames(schrijf(tmp_path, "a;b", "1;2"), DAG, "beheerder")
