"""The definitive status: only when all reports are approved, each institution from the OBO behind its own report."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest

from kernregister.kern.bekostiging.jaar import Bekostigingsjaar
from kernregister.kern.tijd import Studiejaar
from kernregister.platform.pas import Pas, Soort, met_pas
from kernregister.voorzieningen.bekostigen import definitief as definitief_beginnen
from kernregister.voorzieningen.bekostigen import definitief_bepalen
from kernregister.voorzieningen.bekostigen import public as bekostigen
from kernregister.voorzieningen.personen import public as personen
from tests.databank import Databank
from tests.voorzieningen.bekostigen import opzet
from tests.voorzieningen.bekostigen.verantwoorden import (
    DUO,
    JAAR,
    accountant,
    definitief,
    instelling,
    keur_goed,
    lever_aan,
    obo,
    stel_vast,
    verantwoord,
)
from tests.voorzieningen.kwaliteit.opzet import zet_klok
from tests.voorzieningen.overzichten.opzet import codes, inhoud
from tests.voorzieningen.overzichten.opzet import vraag as vraag_overzicht
from tests.voorzieningen.register.verhaal import vraag
from tests.voorzieningen.register.wereld import (
    DAAR,
    HIER,
    NBI,
    diplomeer,
    identificeer,
    lukt,
    periode,
    schrijf_in,
    verwijder,
    wie,
)

PF = opzet.PRIJSFACTOR


@pytest.fixture(autouse=True)
def _begin(databank: Databank, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two students at 27DV, one of whom got a diploma, and one at 25LX; somebody at an NBI."""
    opzet.zet_klaar(monkeypatch)
    for plaats, van in ((0, HIER), (1, HIER), (2, DAAR), (3, NBI)):
        lukt(identificeer(wie(plaats), van), schrijf_in(wie(plaats), van=van))
    lukt(diplomeer(wie(1), datum_resultaat="2025-06-27"))


def redenen(reden: str = "Alle rapporten zijn binnen.", wie_: bekostigen.Bevoegde = DUO) -> tuple[str, ...]:
    with pytest.raises(bekostigen.Verantwoordingsfout) as fout:
        bekostigen.begin(JAAR, reden, wie_)
    return fout.value.redenen


def telt(code: str) -> dict[tuple[str, str | None], Decimal | None]:
    """What counts definitively: volgnummer and teldatum -> contribution."""
    nu = definitief(code)
    return {
        (een.inschrijvingvolgnummer, str(een.teldatum)): een.bijdrage
        for _, besluit in bekostigen.besluiten(nu.run, code, verbinding="stelsel")
        for een in besluit.inschrijvingen
        if een.status
    }


def aantal(code: str) -> int:
    totaal = definitief(code).totaal
    assert totaal is not None
    return sum(n[0] for budget in totaal.budgetten for n in budget.inschrijvingen.values())


def test_nothing_is_definitive_as_long_as_a_report_is_missing_and_all_that_is_missing_is_said() -> None:
    lever_aan(obo(HIER))
    assert redenen() == (
        "25LX: er is geen assurancerapport over 2025-2026 aangeleverd.",
        "27DV: over het aangeleverde rapport is nog niet beslist.",
    )
    rapport = lever_aan(obo(HIER), "Nieuwer")
    bekostigen.beslis(rapport, False, "Zonder handtekening.", DUO)
    assert "afgekeurd (Zonder handtekening.)" in redenen()[1]
    assert len(redenen(" ", instelling(HIER))) == 4
    assert vraag("SELECT count(*) FROM bekostigen_definitieverun") == [(0,)]


def test_a_report_that_is_replaced_while_a_run_begins_is_not_what_the_run_rests_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for code in (HIER, DAAR):
        verantwoord(code)
    nieuw = lever_aan(obo(HIER), "Nog eens goedkeurend")
    kijk = definitief_beginnen.stand_van_zaken

    def kijk_en_keur(*wat: object) -> list:
        uit = kijk(*wat)
        keur_goed(nieuw)
        return uit

    with monkeypatch.context() as tegelijk:
        tegelijk.setattr(definitief_beginnen, "stand_van_zaken", kijk_en_keur)
        assert redenen() == (f"{HIER}: over het rapport is intussen anders beslist. Begin opnieuw.",)
    assert vraag("SELECT count(*) FROM bekostigen_definitieverun") == [(0,)]
    stel_vast()
    assert definitief(HIER).rapport == nieuw


def test_an_institution_that_is_not_funded_has_nothing_to_account_for() -> None:
    verantwoord(HIER)
    verantwoord(DAAR)
    stel_vast()
    assert bekostigen.definitief(NBI, JAAR, "stelsel") is None


def test_the_whole_way_from_obo_to_definitive() -> None:
    hier, daar = verantwoord(HIER), verantwoord(DAAR)
    run = stel_vast()
    uit = definitief(HIER)
    assert (uit.run, uit.aanvraag, uit.stand) == (run, hier.id, hier.stand)
    assert definitief(DAAR).stand == daar.stand
    assert telt(HIER) == {("1", "2025-10-01"): PF, ("1", "2026-02-01"): PF}
    assert aantal(HIER) == 2
    assert aantal(DAAR) == 1
    assert uit.totaal is not None
    assert sum(budget.diplomas for budget in uit.totaal.budgetten) == 1
    sector = bekostigen.sector(JAAR, "stelsel")
    assert sector is not None
    (budget,) = [b for b in sector.budgetten if b.aandelen]
    assert sum(budget.aandelen.values()) == 1
    assert (uit.parameters, uit.totaal.kenmerk) == (sector.kenmerk, sector.kenmerk)
    gang = bekostigen.gang(run, "stelsel")
    assert gang is not None
    assert (gang.toestand, gang.instellingen, gang.instellingen_klaar, gang.personen) == ("klaar", 2, 2, 3)


def test_what_changes_after_the_report_does_not_change_what_is_definitive() -> None:
    een = obo(HIER)
    keur_goed(lever_aan(een))
    lukt(
        schrijf_in(wie(0), perioden=[periode(leertraject="OVO")]),
        verwijder("Resultaat", wie(1), resultaatvolgnummer="9"),
    )
    verantwoord(DAAR)
    stel_vast()
    assert aantal(HIER) == 2
    nu = {
        persoon
        for persoon, post in opzet.open_posten(jaar=JAAR.jaar)
        if post.instelling == HIER and post.status
    }
    assert len(nu) == 1, "provisionally one of them no longer counts"


def test_each_institution_counts_as_of_its_own_obo() -> None:
    """Somebody leaves 27DV after its OBO, and begins at 25LX before that of 25LX: both look at the same enrolments."""
    lukt(
        identificeer(wie(0), DAAR),
        schrijf_in(wie(0), van=DAAR, datum_inschrijving="2024-09-02", perioden=[periode("2024-09-02")]),
    )
    keur_goed(lever_aan(obo(HIER)))
    lukt(schrijf_in(wie(0), reden_uitschrijving="03", datum_uitschrijving_werkelijk="2025-09-30"))
    verantwoord(DAAR)
    assert (
        len({post.instelling for p, post in opzet.open_posten(jaar=JAAR.jaar) if post.status and p == _id(0)})
        == 1
    )
    stel_vast()
    assert aantal(HIER) == 2, "it began first there, and its OBO does not know of the leaving"
    assert aantal(DAAR) == 1, "so it does not count a second time at the other"


def _id(plaats: int) -> int:
    return personen.zoek([wie(plaats).pgn])[wie(plaats).pgn]


def test_a_run_that_was_broken_off_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    verantwoord(HIER)
    verantwoord(DAAR)
    run = bekostigen.begin(JAAR, "Alles binnen.", DUO)
    assert bekostigen.is_bezig(JAAR)
    assert not bekostigen.is_bezig(Bekostigingsjaar(2026))

    class Uitgevallen(Exception):
        pass

    def val_uit(_: int) -> None:
        raise Uitgevallen

    for _ in range(2):
        with pytest.raises(Uitgevallen):
            definitief_bepalen.draai(run, per=1, meld=val_uit)
    assert bekostigen.definitief(HIER, JAAR, "stelsel") is None
    gang = bekostigen.gang(run, "stelsel")
    assert gang is not None
    assert (gang.toestand, gang.personen) == ("bezig", 2)
    assert "wordt de definitieve status al bepaald" in redenen()[0]
    bekostigen.draai(run)
    assert not bekostigen.is_bezig()
    assert aantal(HIER) == 2
    bekostigen.draai(run)
    assert vraag("SELECT count(*) FROM bekostigen_definitieftotaal") == [(3,)]


def test_a_run_that_hangs_is_given_up_and_another_can_begin() -> None:
    verantwoord(HIER)
    verantwoord(DAAR)
    run = bekostigen.begin(JAAR, "Alles binnen.", DUO)
    definitief_bepalen.draai(
        run,
        per=1,
        meld=lambda _: bekostigen.breek_af(run, "Komt niet verder.", DUO) if bekostigen.is_bezig() else None,
    )
    gang = bekostigen.gang(run, "stelsel")
    assert gang is not None
    assert (gang.toestand, gang.uitleg, gang.personen) == ("mislukt", "Afgebroken: Komt niet verder.", 1)
    assert not bekostigen.is_bezig()
    with pytest.raises(bekostigen.Verantwoordingsfout, match="al klaar of afgebroken"):
        bekostigen.breek_af(run, "Nog eens.", DUO)
    with pytest.raises(bekostigen.Verantwoordingsfout, match="door DUO"):
        bekostigen.breek_af(run, "Nog eens.", instelling(HIER))
    stel_vast()
    assert aantal(HIER) == 2


def test_a_run_does_not_go_on_with_other_values_than_it_began_with(monkeypatch: pytest.MonkeyPatch) -> None:
    verantwoord(HIER)
    verantwoord(DAAR)
    run = bekostigen.begin(JAAR, "Alles binnen.", DUO)
    monkeypatch.setattr(definitief_bepalen, "__version__", "99.0")
    bekostigen.draai(run)
    gang = bekostigen.gang(run, "stelsel")
    assert gang is not None
    assert gang.toestand == "mislukt"
    assert "Begin opnieuw" in gang.uitleg
    monkeypatch.undo()
    assert not bekostigen.is_bezig()


def test_a_second_run_needs_something_new_and_leaves_the_first_on_record() -> None:
    verantwoord(HIER)
    verantwoord(DAAR)
    eerste = stel_vast()
    assert "berust al op deze rapporten" in redenen()[0]
    lukt(schrijf_in(wie(0), perioden=[periode(leertraject="OVO")]))
    keur_goed(lever_aan(obo(HIER), "Hersteld"))
    tweede = stel_vast("Verlaagd na herstel.")
    assert definitief(HIER).run == tweede
    assert aantal(HIER) == 1
    assert [gang.id for gang in bekostigen.gangen(JAAR, "stelsel")] == [tweede, eerste]
    assert len(list(bekostigen.besluiten(eerste, HIER, verbinding="stelsel"))) == 2


def test_it_is_not_determined_before_the_second_teldatum(monkeypatch: pytest.MonkeyPatch) -> None:
    zet_klok(monkeypatch, date(2026, 2, 1))
    assert any("nog niet voorbij" in reden for reden in redenen())


def test_an_institution_sees_its_own_an_accountant_his_year_and_the_sector_the_totals() -> None:
    verantwoord(HIER)
    verantwoord(DAAR)
    run = stel_vast()
    for pas, code, ziet in (
        (instelling(HIER).pas, HIER, True),
        (instelling(HIER).pas, DAAR, False),
        (accountant(HIER).pas, HIER, True),
        (Pas(Soort.ACCOUNTANT, HIER, "2024-2025"), HIER, False),
        (Pas(Soort.SECTOR), HIER, False),
        (DUO.pas, DAAR, True),
    ):
        with met_pas(pas):
            assert (bekostigen.definitief(code, JAAR) is not None) is ziet, (pas, code)
            assert bool(list(bekostigen.besluiten(run, code))) is ziet
    for pas, ziet in ((Pas(Soort.SECTOR), True), (DUO.pas, True), (instelling(HIER).pas, False)):
        with met_pas(pas):
            assert (bekostigen.sector(JAAR) is not None) is ziet


def test_whose_status_was_determined_is_in_the_processing_log() -> None:
    verantwoord(HIER)
    verantwoord(DAAR)
    stel_vast()
    regels = vraag(
        "SELECT namens, count(*) FROM platform_verwerking"
        " WHERE processing_activity_id LIKE '%%bekostiging-vaststellen%%' GROUP BY namens ORDER BY namens"
    )
    assert regels == [(DAAR, 1), (HIER, 2)]


def test_a_tbg_i_shows_what_was_determined_whatever_changed_since_and_waits_while_it_is_determined() -> None:
    verantwoord(HIER)
    verantwoord(DAAR)
    run = bekostigen.begin(JAAR, "Alles binnen.", DUO)
    assert codes("TBGI", HIER, bekostigingsjaar=JAAR) == ["bepaling-loopt"]
    bekostigen.draai(run)
    lukt(schrijf_in(wie(0), perioden=[periode(leertraject="OVO")]))
    voorlopig = inhoud(vraag_overzicht("TBGI", HIER, bekostigingsjaar=JAAR))
    vast = [
        inhoud(vraag_overzicht("TBGI", HIER, bekostigingsjaar=JAAR, extra={"definitief": run}))
        for _ in range(2)
    ]
    assert vast[0] == vast[1]
    assert b">V<" in voorlopig
    assert b">D<" not in voorlopig
    assert b">V<" not in vast[0]
    assert vast[0].count(b">D<") == 5, "two students on two teldata, and a diploma"
    assert b"OVO" in voorlopig
    assert b"OVO" not in vast[0]
    for niet in (run + 1, True, "1"):
        assert codes("TBGI", HIER, bekostigingsjaar=JAAR, extra={"definitief": niet}) == ["definitief"]
    assert codes("TBGI", HIER, bekostigingsjaar=Bekostigingsjaar(2026), extra={"definitief": run}) == [
        "definitief"
    ]


def test_a_grondslag_shows_what_was_determined_with_the_records_that_it_rests_on() -> None:
    verantwoord(HIER)
    verantwoord(DAAR)
    run = stel_vast()
    lukt(schrijf_in(wie(0), perioden=[periode(leertraject="OVO")]))

    def regels(**velden: object) -> list[str]:
        with zipfile.ZipFile(io.BytesIO(inhoud(vraag_overzicht("GRONDSLAG", HIER, **velden)))) as zip_:
            return zip_.read(zip_.namelist()[0]).decode().splitlines()

    vast, nu = regels(extra={"definitief": run}), regels()
    assert (vast[0].split(";")[-1], nu[0].split(";")[-1]) == ("D", "V")
    besluiten = [regel.split(";") for regel in vast if regel[:3] in {"BII", "BID"}]
    assert [een[0] for een in besluiten].count("BID") == 1
    assert len(besluiten) == 5, "two students on two teldata, and a diploma"
    assert all("D" in een and "V" not in een for een in besluiten)
    assert not any("OVO" in regel for regel in vast)
    assert any("OVO" in regel for regel in nu)
    assert {Decimal(een[-1]) for een in besluiten if een[0] == "BII"} == {PF}
    for verkeerd in ({"definitief": run + 1}, {"definitief": True}):
        assert codes("GRONDSLAG", HIER, extra=verkeerd) == ["definitief"]
    assert codes("GRONDSLAG", HIER, studiejaar=Studiejaar(2024), extra={"definitief": run}) == ["definitief"]


def test_what_is_kept_for_an_institution_tells_nothing_of_another_nor_of_residence() -> None:
    lukt(
        identificeer(wie(0), DAAR),
        schrijf_in(
            wie(0), "geheim7", DAAR, datum_inschrijving="2024-07-01", perioden=[periode("2024-07-01")]
        ),
    )
    verantwoord(HIER)
    verantwoord(DAAR)
    stel_vast()
    assert aantal(HIER) == 1, "the other enrolment began first"
    bewaard = vraag("SELECT besluit::text FROM bekostigen_definitiefbesluit WHERE instelling = %s", HIER)
    assert all("geheim7" not in tekst for (tekst,) in bewaard)
    assert any(DAAR in tekst for (tekst,) in bewaard), "whose it is may be told, as signal E06 does"
