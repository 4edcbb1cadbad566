"""The mutatiestop at the door: off until somebody sets it, then it warns or refuses, and an accountant may lift it."""

from datetime import date, timedelta

import pytest

from kernregister.kern.meldingen import berichten as b
from kernregister.kern.tijd import Studiejaar
from kernregister.platform.pas import Pas, Soort, met_pas
from kernregister.platform.sql import cursor
from kernregister.voorzieningen.bekostigen import mutatiestop
from kernregister.voorzieningen.bekostigen.assurance_fouten import Verantwoordingsfout
from kernregister.voorzieningen.bekostigen.fouten import Onvindbaar
from kernregister.voorzieningen.bekostigen.mutatiestop import Bevoegde
from kernregister.voorzieningen.personen import public as personen
from tests.databank import Databank
from tests.kern.voorbeelden import inschrijving
from tests.kern.voorbeelden import periode as kern_periode
from tests.voorzieningen.kwaliteit.opzet import melding as overgenomen
from tests.voorzieningen.kwaliteit.opzet import zet_klok
from tests.voorzieningen.register import wereld
from tests.voorzieningen.register.verhaal import vraag
from tests.voorzieningen.register.wereld import (
    DAAR,
    HIER,
    diplomeer,
    identificeer,
    lukt,
    periode,
    schrijf_in,
    stuur,
    verwijder,
    wie,
)

JAAR = Studiejaar(2025)
MAART, JUNI, JULI = date(2026, 3, 2), date(2026, 6, 1), date(2026, 7, 3)
STUDENT = wie(0)
INSTELLING, DUO = Pas(Soort.INSTELLING, HIER), Pas(Soort.DUO)
ACCOUNTANT = Pas(Soort.ACCOUNTANT, HIER, "2025-2026")


@pytest.fixture(autouse=True)
def _begin(databank: Databank, monkeypatch: pytest.MonkeyPatch) -> None:
    """A student is enrolled at 27DV, and the accounting for 2025-2026 is on its way."""
    wereld.zet_klaar(monkeypatch)
    lukt(identificeer(STUDENT), schrijf_in(STUDENT))


def stel_in(
    soort: str = "weigeren",
    vanaf: date = MAART,
    pas: Pas = DUO,
    instelling: str = HIER,
    studiejaar: Studiejaar = JAAR,
    reden: str = "Het rapport is goedgekeurd.",
) -> None:
    with met_pas(pas):
        mutatiestop.stel_in(instelling, studiejaar, soort, vanaf, reden, Bevoegde(pas, "test", "j.jansen"))


def hef_op(sleutel: str = "", pas: Pas = ACCOUNTANT, persoon: int | None = None, **anders) -> None:
    velden = {"tot": MAART + timedelta(days=14), "reden": "Fout van de instelling, gezien.", **anders}
    wie_ = persoon if persoon is not None else personen.zoek([STUDENT.pgn])[STUDENT.pgn]
    with met_pas(pas):
        mutatiestop.hef_op(
            wie_, HIER, JAAR, wie=Bevoegde(pas, "test", "a.ccountant"), sleutel=sleutel, **velden
        )


def wissel(**anders):
    """A change of programme on both teldata."""
    return schrijf_in(STUDENT, perioden=[periode(leertraject="OVO")], **anders)


def bevindingen(melding) -> list[tuple[str, str]]:
    (antwoord,) = stuur(melding)
    assert antwoord.aanvaard is all(een.ernst != "fout" for een in antwoord.bevindingen)
    return [(een.regel, een.ernst) for een in antwoord.bevindingen]


def test_without_a_stop_everything_can_be_changed_and_it_costs_one_look(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gekeken = []
    echt = mutatiestop.cursor
    monkeypatch.setattr(mutatiestop, "cursor", lambda: gekeken.append(1) or echt())
    mutatiestop.vergeet()
    for beurt in range(20):
        assert bevindingen(wissel() if beurt % 2 else schrijf_in(STUDENT)) == []
    assert len(gekeken) <= 3, "a look a second"


def test_a_stop_refuses_and_says_what_is_touched_since_when() -> None:
    stel_in()
    (antwoord,) = stuur(wissel())
    assert not antwoord.aanvaard
    (bevinding,) = antwoord.bevindingen
    assert (bevinding.regel, bevinding.ernst, bevinding.afkeurcode) == ("N14", "fout", "MBO-BEK-001")
    assert bevinding.sleutel is not None
    assert (bevinding.sleutel.record, bevinding.sleutel.inschrijvingvolgnummer) == ("Inschrijving", "1")
    assert bevinding.waarden == {
        "studiejaar": "2025-2026",
        "sinds": "2026-03-02",
        "wat": ["gewijzigd"],
        "velden": ["Inschrijvingsperiode.leertraject"],
        "teldata": ["2025-10-01", "2026-02-01"],
    }
    (melding,) = vraag("SELECT antwoord::text FROM register_melding WHERE NOT aanvaard")
    assert STUDENT.pgn not in melding[0], "the journal keeps no number"


def test_a_stop_that_warns_lets_the_change_through_and_says_so() -> None:
    stel_in("waarschuwen")
    assert bevindingen(wissel()) == [("N14", "waarschuwing")]
    assert vraag("SELECT count(*) FROM register_melding WHERE aanvaard") == [(3,)]


@pytest.mark.parametrize(
    ("melding", "geraakt"),
    [
        (lambda: schrijf_in(STUDENT, datum_uitschrijving_gepland="2028-07-31"), False),
        (
            lambda: schrijf_in(STUDENT, datum_inschrijving="2025-10-02", perioden=[periode("2025-10-02")]),
            True,
        ),
        (
            lambda: schrijf_in(STUDENT, datum_uitschrijving_werkelijk="2026-01-31", reden_uitschrijving="02"),
            True,
        ),
        (
            lambda: schrijf_in(STUDENT, datum_uitschrijving_werkelijk="2026-02-27", reden_uitschrijving="02"),
            True,
        ),
        (lambda: verwijder("Inschrijving", STUDENT, inschrijvingvolgnummer="1"), True),
        (lambda: schrijf_in(STUDENT, "2", perioden=[periode(bekostigbaar=False, leertraject="OVO")]), False),
        (lambda: diplomeer(STUDENT, datum_resultaat="2025-06-27"), True),
        (lambda: diplomeer(STUDENT, datum_resultaat="2026-01-30"), False),
        (lambda: wereld.plaats_bpv(STUDENT), True),
        (lambda: wereld.plaats_bpv(STUDENT, afsluitdatum="2026-09-01", datum_begin="2026-09-07"), False),
    ],
)
def test_each_kind_of_change_meets_the_stop_or_does_not(melding, geraakt: bool) -> None:
    stel_in()
    assert (("N14", "fout") in bevindingen(melding())) is geraakt


def test_an_ro_is_no_way_round_the_stop() -> None:
    stel_in()
    anders = inschrijving(perioden=(kern_periode(leertraject="OVO", bekostigbaar=True),))
    assert bevindingen(overgenomen(b.OvernemenInschrijving, HIER, STUDENT, inschrijving=anders)) == [
        ("N14", "fout")
    ]


def test_a_dry_run_tells_it_beforehand() -> None:
    stel_in()
    (antwoord,) = stuur(wissel(), proef=True)
    assert [een.regel for een in antwoord.bevindingen] == ["N14"]


def test_a_stop_holds_from_its_day_for_its_institution_and_its_studiejaar(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stel_in(vanaf=JUNI)
    stel_in(instelling=DAAR)
    stel_in(studiejaar=Studiejaar(2023))
    lukt(wissel())
    zet_klok(monkeypatch, JUNI)
    assert bevindingen(schrijf_in(STUDENT)) == [("N14", "fout")]


def test_the_last_setting_that_has_begun_holds() -> None:
    stel_in()
    stel_in("uit", reden="De accountant begint opnieuw.")
    assert bevindingen(wissel()) == []
    stel_in("waarschuwen", instelling="", reden="Voor iedereen.")
    assert bevindingen(schrijf_in(STUDENT)) == [("N14", "waarschuwing")]


def test_an_accountant_lifts_the_stop_for_one_enrolment_and_for_as_long_as_he_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lukt(schrijf_in(STUDENT, "2", perioden=[periode(leertraject="OVO")]))
    stel_in()
    hef_op("1")
    assert bevindingen(wissel()) == []
    assert bevindingen(verwijder("Inschrijving", STUDENT, inschrijvingvolgnummer="2")) == [("N14", "fout")]
    hef_op()
    assert bevindingen(verwijder("Inschrijving", STUDENT, inschrijvingvolgnummer="2")) == []
    zet_klok(monkeypatch, MAART + timedelta(days=14))
    assert bevindingen(schrijf_in(STUDENT)) == [("N14", "fout")]
    assert vraag("SELECT count(*) FROM bekostigen_ontheffing") == [(2,)]


def test_an_accountant_lifts_nothing_elsewhere_of_another_year_or_of_a_stranger() -> None:
    lukt(identificeer(wie(1), van=DAAR), schrijf_in(wie(1), van=DAAR))
    vreemde = personen.zoek([wie(1).pgn])[wie(1).pgn]
    with pytest.raises(Onvindbaar):
        hef_op(persoon=vreemde)
    for pas in (
        Pas(Soort.ACCOUNTANT, HIER, "2024-2025"),
        Pas(Soort.ACCOUNTANT, DAAR, "2025-2026"),
        INSTELLING,
    ):
        with pytest.raises(Verantwoordingsfout):
            hef_op(pas=pas)
    with pytest.raises(Verantwoordingsfout) as fout:
        hef_op(tot=MAART, reden=" ")
    assert len(fout.value.redenen) == 2


def test_an_institution_chooses_its_own_stop_between_march_and_june(monkeypatch: pytest.MonkeyPatch) -> None:
    stel_in("waarschuwen", date(2026, 4, 1), INSTELLING)
    stel_in("weigeren", JUNI, INSTELLING)
    for vanaf, soort, instelling in (
        (date(2026, 6, 2), "weigeren", HIER),
        (date(2026, 4, 1), "dicht", HIER),
        (date(2026, 3, 1), "weigeren", HIER),
        (date(2026, 4, 1), "weigeren", DAAR),
        (date(2026, 4, 1), "weigeren", ""),
    ):
        with pytest.raises(Verantwoordingsfout):
            stel_in(soort, vanaf, INSTELLING, instelling)
    zet_klok(monkeypatch, JULI)
    with pytest.raises(Verantwoordingsfout, match="daarna gaat DUO erover"):
        stel_in("uit", JULI, INSTELLING)
    stel_in("uit", JULI)
    assert [stop.namens for stop in mutatiestop.stops(verbinding="stelsel")] == [
        "duo",
        "instelling",
        "instelling",
    ]


def test_what_duo_set_an_institution_does_not_undo() -> None:
    stel_in()
    with pytest.raises(Verantwoordingsfout, match="alleen DUO"):
        stel_in("uit", date(2026, 4, 1), INSTELLING)


def test_what_was_chosen_at_the_same_moment_or_past_the_rules_does_not_undo_what_duo_set() -> None:
    stel_in()
    with met_pas(INSTELLING), cursor("default") as sql:
        sql.execute(
            "INSERT INTO bekostigen_mutatiestop (instelling, studiejaar, soort, vanaf, reden, namens, client, door, op)"
            " VALUES (%s, %s, 'uit', %s, 'x', 'instelling', 'x', 'x', now())",
            [HIER, str(JAAR), MAART],
        )
    mutatiestop.vergeet()
    assert bevindingen(wissel()) == [("N14", "fout")]
    stel_in("uit")
    assert bevindingen(wissel()) == []


def test_a_setting_has_a_reason_without_a_number_and_everything_wrong_is_said_at_once() -> None:
    with pytest.raises(Verantwoordingsfout) as fout:
        stel_in("dicht", date(2026, 3, 1), reden=f"Om {STUDENT.pgn}.")
    assert len(fout.value.redenen) == 3
    assert STUDENT.pgn not in str(fout.value)


def test_who_set_what_is_in_the_audit_trail_and_others_do_not_see_it() -> None:
    stel_in(pas=INSTELLING, vanaf=date(2026, 4, 1))
    assert vraag(
        "SELECT namens, details ->> 'wie' FROM platform_auditregel WHERE handeling = 'mutatiestop.stel_in'"
    ) == [(HIER, "j.jansen")]
    for pas, aantal in ((INSTELLING, 1), (ACCOUNTANT, 1), (DUO, 1), (Pas(Soort.INSTELLING, DAAR), 0)):
        with met_pas(pas):
            assert len(mutatiestop.stops()) == aantal
