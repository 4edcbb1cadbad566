"""From funding decisions to a TBG-i: what is in it, what each enrolment counts for, and why not."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from kernregister.kern.bekostiging.beslissen import Beslisser, bekostig
from kernregister.kern.bekostiging.besluit import Reden
from kernregister.kern.dossier import Dossier
from kernregister.kern.formaten import tbgi
from kernregister.kern.formaten.tbgi_lezen import lees
from kernregister.kern.formaten.tbgi_schrijven import schrijf_tbgi
from kernregister.kern.formaten.verslag import Verslag
from kernregister.kern.overzichten import terugmelding
from kernregister.kern.overzichten.terugmelding import onderdelen, signalen
from tests.kern.bekostiging.opzet import BASIS, JAAR, KADER, VAK, gegevens, inschrijving, student
from tests.kern.voorbeelden import BSN, ELDERS, INSTELLING, ONDERWIJSNUMMER, bpv, diploma, periode

BEPAALD = datetime(2025, 11, 21, 10, 42, 29, 500, tzinfo=UTC)
OKTOBER, FEBRUARI = date(2025, 10, 1), date(2026, 2, 1)


def tbg(dossier: Dossier, instelling: str = INSTELLING, definitief: bool = False) -> Any:
    besluiten = bekostig(dossier, JAAR, gegevens())
    return onderdelen(dossier, besluiten, instelling, bepaald_op=BEPAALD, definitief=definitief)


def enige(dossier: Dossier) -> tbgi.Inschrijving:
    [gevonden], _ = tbg(dossier)
    return gevonden


def test_an_enrolment_tells_what_it_counts_for_on_each_teldatum():
    i = enige(student(inschrijving(VAK)))
    assert (i.instellingscode, i.burgerservicenummer, i.onderwijsnummer) == (INSTELLING, BSN, None)
    assert [t.teldatum for t in i.teldata] == [OKTOBER, FEBRUARI]
    telt = i.teldata[0]
    assert (telt.bekostigingsstatus, telt.voor_correctiefactor, telt.indicatie_bekostigbaar) == (
        True,
        True,
        True,
    )
    assert (telt.bbl_bol_factor, telt.prijsfactor, telt.bijdrage) == (1, Decimal("1.25"), Decimal("1.25"))
    assert (telt.leeftijd, telt.niveau, telt.leertraject) == (19, "MBO-3", "BOL")
    assert (telt.datumtijd_bepaling, telt.status_bepaling) == ("2025-11-21 10:42:29", "V")
    assert telt.signalen == []


def test_definitive_decisions_say_so():
    [i], [d] = tbg(
        student(inschrijving(), diplomas=(diploma("2025-12-01", opleidingcode=VAK, bekostigbaar=True),)),
        definitief=True,
    )
    assert (i.teldata[0].status_bepaling, d.status_bepaling) == ("D", "D")


@pytest.mark.parametrize(
    ("begin", "eind", "teldata"),
    [
        ("2024-08-01", "2025-07-31", None),
        ("2024-08-01", "2025-08-01", []),
        ("2024-08-01", "2025-09-30", []),
        ("2024-08-01", "2025-10-01", [OKTOBER]),
        ("2025-10-02", "2026-01-31", []),
        ("2025-10-02", "2026-02-01", [FEBRUARI]),
        ("2026-02-02", None, []),
        ("2026-07-31", None, []),
        ("2026-08-01", None, None),
    ],
)
def test_enrolments_of_the_studiejaar_are_in_it_also_without_a_teldatum(begin, eind, teldata):
    inschrijvingen, _ = tbg(student(inschrijving(begin=begin, eind=eind)))
    assert [[t.teldatum for t in i.teldata] for i in inschrijvingen] == ([] if teldata is None else [teldata])


@pytest.mark.parametrize(
    ("datum", "erin"),
    [("2024-12-31", False), ("2025-01-01", True), ("2025-12-31", True), ("2026-01-01", False)],
)
def test_diplomas_are_those_of_the_calendar_year_in_which_the_studiejaar_begins(datum, erin):
    oud = inschrijving(begin="2022-08-01", eind="2025-01-31")
    inschrijvingen, diplomas = tbg(
        student(oud, diplomas=(diploma(datum, opleidingcode=KADER, bekostigbaar=True),))
    )
    assert inschrijvingen == []
    assert [(d.resultaatvolgnummer, d.niveau) for d in diplomas] == ([("1", "MBO-4")] if erin else [])


def test_a_diploma_tells_what_it_adds_to_the_one_before():
    eerder = diploma("2023-06-01", opleidingcode=BASIS, bekostigbaar=True)
    nu = diploma("2025-12-01", opleidingcode=KADER, bekostigbaar=True, resultaatvolgnummer="2")
    vroeger = inschrijving(begin="2020-08-01", eind="2023-07-31")
    _, [d] = tbg(
        student(
            vroeger,
            inschrijving(KADER, begin="2023-08-01", inschrijvingvolgnummer="2"),
            diplomas=(eerder, replace(nu, inschrijvingvolgnummer="2")),
        )
    )
    assert (d.bekostigingsstatus, d.bijdrage_diplomawaarde, d.specialistendiploma) == (True, 4, False)
    assert (d.niveau_hoogst_bekostigde_diploma, d.hoogst_bekostigde_diploma_is_specialist) == ("MBO-2", False)


@pytest.mark.parametrize(("datum", "niveau"), [("2025-07-31", "MBO-2"), ("2025-08-01", None)])
def test_an_enrolment_tells_the_level_that_the_student_had_when_the_studiejaar_began(datum, niveau):
    wie = student(
        inschrijving(), diplomas=(diploma(datum, instelling=ELDERS, opleidingcode=BASIS, bekostigbaar=True),)
    )
    beslis = Beslisser(JAAR, gegevens())
    [i], _ = onderdelen(
        wie, beslis(wie), INSTELLING, bepaald_op=BEPAALD, definitief=False, kader=beslis.kader
    )
    assert i.niveau_hoogst_bekostigde_diploma == niveau
    assert enige(wie).niveau_hoogst_bekostigde_diploma is None


def test_an_institution_sees_its_own_only():
    hier, daar = (
        inschrijving(),
        inschrijving(instelling=ELDERS, inschrijvingvolgnummer="9", begin="2025-09-01"),
    )
    wie = student(hier, daar, diplomas=(diploma("2025-12-01", instelling=ELDERS, bekostigbaar=True),))
    assert [i.inschrijvingvolgnummer for i in tbg(wie)[0]] == ["1"]
    assert tbg(wie)[1] == []
    assert [i.inschrijvingvolgnummer for i in tbg(wie, ELDERS)[0]] == ["9"]


def test_what_was_delivered_on_the_onderwijsnummer_stands_under_it_with_its_own_decisions():
    op_own = replace(inschrijving(begin="2025-11-01"), op_onderwijsnummer=True)
    op_bsn, own = tbg(student(inschrijving(), op_own, onderwijsnummer=ONDERWIJSNUMMER))[0]
    assert (op_bsn.burgerservicenummer, op_bsn.onderwijsnummer, len(op_bsn.teldata)) == (BSN, None, 2)
    assert (own.burgerservicenummer, own.onderwijsnummer) == (None, ONDERWIJSNUMMER)
    assert [t.teldatum for t in own.teldata] == [FEBRUARI]


def test_a_placement_in_bbl_is_told_with_the_enrolment_that_it_lies_under():
    pok = bpv("2025-09-01", opleidingcode=VAK, datum_einde_gepland="2027-07-01")
    i = enige(student(inschrijving(VAK, "BBL", bpvs=(pok,))))
    assert [(b.inschrijvingvolgnummer, b.volgnummer, b.opleidingcode) for b in i.teldata[0].bpvs] == [
        ("1", "1", VAK)
    ]
    assert i.teldata[0].bijdrage == Decimal("0.5")


def test_what_fails_is_told_in_numbered_signals_with_numbered_parameters():
    eerste, tweede = inschrijving(VAK), inschrijving(KADER, begin="2025-09-01", inschrijvingvolgnummer="2")
    dubbel = tbg(student(eerste, tweede))[0][1].teldata[0]
    assert (dubbel.bekostigingsstatus, dubbel.bijdrage) == (False, 0)
    [signaal] = dubbel.signalen
    assert (signaal.signaalvolgnummer, signaal.signaalcode) == ("1", "TA0")
    assert signaal.signaalomschrijving
    assert [(p.parametervolgnummer, p.parameternaam, p.parameterwaarde) for p in signaal.parameters] == [
        ("1", "instelling", INSTELLING),
        ("2", "inschrijvingvolgnummer", "1"),
    ]


def test_what_cannot_be_judged_is_no_signal_and_values_are_as_xml_has_them():
    redenen = (
        Reden("T10", None),
        Reden("T20", False, {"teldatum": OKTOBER}),
        Reden("T40", False, {"leertraject": "EX", "leeg": None, "getal": Decimal("1E+1"), "ja": True}),
        Reden("T30", True),
    )
    een, twee = signalen(redenen)
    assert [(s.signaalvolgnummer, s.signaalcode) for s in (een, twee)] == [("1", "T20"), ("2", "T40")]
    assert een.parameters[0].parameterwaarde == "2025-10-01"
    assert [(p.parametervolgnummer, p.parameterwaarde) for p in twee.parameters] == [
        ("1", "EX"),
        ("2", "10"),
        ("3", "true"),
    ]


def test_words_and_values_that_are_too_long_are_cut_where_the_pve_has_no_room(monkeypatch):
    monkeypatch.setattr(terugmelding, "LANGSTE_OMSCHRIJVING", 20)
    [signaal] = signalen([Reden("T40", False, {"leertraject": "x" * 90})])
    assert signaal.signaalomschrijving == "Leertraject xxxxxxx…"
    assert len(signaal.parameters[0].parameterwaarde) == 80


def test_where_it_counts_is_where_the_student_is_on_the_last_teldatum():
    verhuisd = (
        periode("2025-08-01", onderwijsaanbieder="100A001", onderwijslocatie="100X001", bekostigbaar=True),
        periode("2025-12-01", onderwijsaanbieder="100A002", onderwijslocatie=None, bekostigbaar=True),
        periode("2026-03-01", onderwijsaanbieder="100A003", onderwijslocatie="100X003", bekostigbaar=True),
    )
    i = enige(student(inschrijving(perioden=verhuisd)))
    assert (i.onderwijsaanbieder, i.onderwijslocatie) == ("100A002", None)
    laat = enige(student(inschrijving(begin="2026-03-01", perioden=verhuisd[2:])))
    assert (laat.teldata, laat.onderwijsaanbieder, laat.onderwijslocatie) == ([], "100A003", "100X003")


def test_what_the_register_does_not_know_is_left_empty_and_the_file_still_reads(tmp_path):
    vreemd = inschrijving("99999", datum_uitschrijving_gepland=None)
    wie = student(
        vreemd, diplomas=(diploma("2025-12-01", opleidingcode="99999", inschrijvingvolgnummer=None),)
    )
    [i], diplomas = tbg(replace(wie, persoon=replace(wie.persoon, geboortedatum=None)))
    assert (i.teldata[0].niveau, i.teldata[0].leeftijd) == (None, None)
    assert i.datum_uitschrijving_gepland == date.max
    pad = tmp_path / "tbgi.xml"
    schrijf_tbgi(pad, [i, *diplomas], uitbreiding=True)
    verslag = Verslag()
    assert list(lees(pad, verslag)) == [i, *diplomas]
    assert verslag.opmerkingen == []
