"""Totals: what the rows add up to is what a fresh computation over all dossiers gives, now and at any stand."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kernregister.kern.bekostiging.totalen import Optelling
from kernregister.platform.pas import Pas, Soort, met_pas
from kernregister.voorzieningen.bekostigen import public as bekostigen
from kernregister.voorzieningen.register import public as register
from tests.databank import Databank
from tests.voorzieningen.bekostigen import opzet
from tests.voorzieningen.bekostigen.opzet import JAAR
from tests.voorzieningen.kwaliteit.opzet import zet_klok
from tests.voorzieningen.register import wereld
from tests.voorzieningen.register.wereld import (
    DAAR,
    HIER,
    diplomeer,
    identificeer,
    lukt,
    plaats_bpv,
    schrijf_in,
    stuur,
    verwijder,
    wie,
)


@pytest.fixture
def klaar(databank: Databank, monkeypatch: pytest.MonkeyPatch) -> None:
    opzet.zet_klaar(monkeypatch)


def vers(jaar: int, stand: int | None = None) -> Optelling:
    """Add up what every dossier counts for, decided anew."""
    beslis = next(een for een in opzet.nu().beslissers if een.kader.jaar.jaar == jaar)
    uit = Optelling(beslis.kader.parameters)
    for _, dossier in register.dossiers(stand=stand):
        uit.tel(beslis(dossier))
    return uit


def keur(stand: int | None = None) -> None:
    """Hold the totals of every year against a fresh computation."""
    for beslis in opzet.nu().beslissers:
        jaar = beslis.kader.jaar.jaar
        anders = vers(jaar, stand)
        assert bekostigen.sectortotalen(jaar, stand, "stelsel").totaal == anders.sector()
        for code, totaal in anders.instellingen().items():
            assert bekostigen.totalen(code, jaar, stand, "stelsel").totaal == totaal


def test_the_total_of_an_institution_has_its_correction_factor_and_weights(klaar: None) -> None:
    """Two students in BOL, of whom one leaves before February: factor (2 + 1) / (2 x 2)."""
    for een in (wie(1), wie(2)):
        lukt(identificeer(een), schrijf_in(een))
    lukt(
        schrijf_in(wie(2), datum_uitschrijving_werkelijk="2025-12-31", reden_uitschrijving="08"),
    )
    uit = bekostigen.totalen(HIER, JAAR, verbinding="stelsel")
    (budget,) = [een for een in uit.totaal.budgetten if een.inschrijvingen]
    assert budget.inschrijvingen == {"BOL": (2, 1)}
    assert budget.correctiefactor == Decimal("0.75")
    assert budget.idw == Decimal("1.50")  # 2 x 1.25 x 0.8 x 0.75
    assert uit.totaal.kenmerk
    assert uit.gegevens_versie == 1


def test_who_counts_for_nothing_has_a_total_of_nothing(klaar: None) -> None:
    uit = bekostigen.totalen(HIER, JAAR, verbinding="stelsel").totaal
    assert {budget.studentenwaarde for budget in uit.budgetten} == {Decimal(0)}


def test_a_year_of_which_no_values_are_known_is_refused_in_words(klaar: None) -> None:
    with pytest.raises(bekostigen.Bekostigingsfout, match="1999"):
        bekostigen.totalen(HIER, 1999, verbinding="stelsel")
    with pytest.raises(bekostigen.Bekostigingsfout, match="niet bijgehouden; nu wel: 2026, 2027, 2028"):
        bekostigen.totalen(HIER, 2024, verbinding="stelsel")


def test_under_a_pass_an_institution_adds_up_its_own_rows_and_an_accountant_those_of_his_studiejaar(
    klaar: None,
) -> None:
    lukt(identificeer(wie(1)), schrijf_in(wie(1)))

    def telt(pas: Pas, jaar: int = JAAR) -> int:
        with met_pas(pas):
            return sum(
                b.inschrijvingen.get("BOL", (0, 0))[0]
                for b in bekostigen.totalen(HIER, jaar).totaal.budgetten
            )

    assert telt(Pas(Soort.INSTELLING, HIER)) == 1
    assert telt(Pas(Soort.INSTELLING, DAAR)) == 0
    assert telt(Pas(Soort.ACCOUNTANT, HIER, "2025-2026")) == 1
    assert telt(Pas(Soort.ACCOUNTANT, HIER, "2024-2025")) == 0
    assert telt(Pas(Soort.ACCOUNTANT, DAAR, "2025-2026")) == 0
    assert telt(Pas(Soort.SECTOR)) == 0
    with met_pas(Pas(Soort.SECTOR)):
        assert bekostigen.sectortotalen(JAAR).totaal.budgetten
    with met_pas(Pas(Soort.INSTELLING, HIER)), pytest.raises(bekostigen.Onvindbaar):
        bekostigen.sectortotalen(JAAR)


STUDENTEN = range(3)
stap = st.one_of(
    st.tuples(
        st.just("in"),
        st.sampled_from(STUDENTEN),
        st.sampled_from([HIER, DAAR]),
        st.sampled_from(["BOL", "BBL"]),
        st.sampled_from(["2024-08-01", "2025-09-01", "2025-11-15"]),
        st.booleans(),
        st.sampled_from([None, "2025-12-01", "2026-02-01"]),
    ),
    st.tuples(
        st.just("bpv"),
        st.sampled_from(STUDENTEN),
        st.sampled_from([HIER, DAAR]),
        st.sampled_from(["2025-11-20", "2026-01-10"]),
    ),
    st.tuples(
        st.just("diploma"),
        st.sampled_from(STUDENTEN),
        st.sampled_from([HIER, DAAR]),
        st.sampled_from(["2025-12-01", "2026-01-30"]),
    ),
    st.tuples(
        st.just("weg"),
        st.sampled_from(STUDENTEN),
        st.sampled_from([HIER, DAAR]),
        st.sampled_from(["Inschrijving", "Resultaat"]),
    ),
)


def melding(wat: str, plaats: int, van: str, *anders: object) -> object:
    een = wie(plaats)
    if wat == "in":
        leertraject, begin, bekostigbaar, eind = anders
        periode = wereld.periode(str(begin), leertraject=leertraject, bekostigbaar=bekostigbaar)
        einde = {"datum_uitschrijving_werkelijk": eind, "reden_uitschrijving": "08"} if eind else {}
        return schrijf_in(een, "1", van, datum_inschrijving=begin, perioden=[periode], **einde)
    if wat == "bpv":
        return plaats_bpv(een, van=van, afsluitdatum=anders[0], datum_begin=anders[0])
    if wat == "diploma":
        return diplomeer(een, van=van, datum_resultaat=anders[0])
    nummer = {"inschrijvingvolgnummer": "1"} if anders[0] == "Inschrijving" else {"resultaatvolgnummer": "9"}
    return verwijder(str(anders[0]), een, van, **nummer)


@pytest.mark.traag
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stappen=st.lists(stap, min_size=4, max_size=14), per=st.integers(1, 5))
def test_whatever_comes_in_the_rows_are_what_a_fresh_computation_gives_now_and_at_every_stand(
    klaar: None, stappen: list, per: int
) -> None:
    """In batches of any size, refused or not; on top of what an earlier example left."""
    lukt(*[identificeer(wie(plaats), van) for plaats in STUDENTEN for van in (HIER, DAAR)])
    toen = {}
    for begin in range(0, len(stappen), per):
        stuur(*[melding(*een) for een in stappen[begin : begin + per]])
        assert opzet.open_posten() == opzet.vers()
        toen[register.stand()] = opzet.open_posten()
    keur()
    for stand, posten in toen.items():
        assert opzet.open_posten(stand) == posten
    keur(next(iter(toen)))


def test_a_register_that_was_loaded_before_is_filled_by_the_task_and_a_change_says_why(
    klaar: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kernregister.voorzieningen.register import volgers
    from kernregister.voorzieningen.stamgegevens import public as stamgegevens

    with monkeypatch.context() as zonder:
        zonder.setattr(volgers, "volgers", [])
        lukt(identificeer(wie(1)), schrijf_in(wie(1)))
        lukt(identificeer(wie(2), DAAR), schrijf_in(wie(2), "2", DAAR))
    leeg = register.stand()
    assert opzet.open_posten() == set()
    assert bekostigen.achterstand()
    zet_klok(monkeypatch, wereld.VANDAAG + timedelta(days=1))

    gezien: list[int] = []
    assert bekostigen.werk_alles_bij(per=1, meld=gezien.append) > 1
    assert gezien == sorted(gezien)
    assert opzet.open_posten() == opzet.vers() != set()
    assert not bekostigen.achterstand()
    assert bekostigen.werk_alles_bij() == 0
    assert {leven[5] for leven in opzet.levens(wereld.nummer_van(wie(1)))} == {"eerste bepaling"}
    with pytest.raises(bekostigen.Bekostigingsfout, match="nog niet bijgehouden"):
        bekostigen.totalen(HIER, JAAR, leeg, "stelsel")

    stamgegevens.laad_gegevens(opzet.gegevens(Decimal("1.40")), "test", "nieuwe prijsfactoren")
    assert bekostigen.achterstand()
    assert {post.bijdrage for _, post in opzet.open_posten(jaar=JAAR)} == {Decimal("1.25")}
    # a melding meanwhile: what the lists did is on record before it, and only the melding's own part is told
    (antwoord,) = lukt(schrijf_in(wie(1), perioden=[wereld.periode(leertraject="BBL")]))
    assert {een.bijdrage_voor for een in antwoord.bekostiging} == {Decimal("1.40")}
    bekostigen.werk_alles_bij()
    assert opzet.open_posten() == opzet.vers()
    redenen = {leven[7] for leven in opzet.levens(wereld.nummer_van(wie(2)))} - {None}
    assert redenen == {"stamgegevens versie 2"}
    keur()


def test_on_the_first_of_august_another_year_opens_and_the_one_that_closes_stays_as_it_was(
    klaar: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    lukt(identificeer(wie(1)), schrijf_in(wie(1)))
    assert {post.jaar for _, post in opzet.open_posten()} == {2026, 2027, 2028}
    oud = opzet.open_posten(jaar=2026)
    zet_klok(monkeypatch, date(2026, 8, 1))
    bekostigen.werk_alles_bij()
    assert opzet.open_posten() == opzet.vers()
    assert {post.jaar for _, post in opzet.open_posten()} == {2027, 2028}
    assert opzet.open_posten(jaar=2026) == oud
    zet_klok(monkeypatch, date(2027, 1, 1))
    bekostigen.werk_alles_bij()
    assert {post.jaar for _, post in opzet.open_posten()} == {2027, 2028, 2029}
    reden = opzet.vraag("SELECT reden FROM bekostigen_grondslag ORDER BY id")
    assert [een for (een,) in reden] == [
        "eerste bepaling",
        "bekostigingsjaren gesloten",
        "bekostigingsjaar 2029 is open",
    ]


def test_what_is_destroyed_counts_no_longer(klaar: None) -> None:
    from kernregister.voorzieningen.bekostigen.bewaren import na_vernietiging

    lukt(identificeer(wie(1)), schrijf_in(wie(1)))
    with transaction.atomic(using="stelsel"):
        na_vernietiging([wereld.nummer_van(wie(1))])
    assert opzet.open_posten() == opzet.vers()


def test_a_forecast_says_what_counts_and_what_is_at_stake_per_programme_and_place(klaar: None) -> None:
    lukt(identificeer(wie(1)), schrijf_in(wie(1)))
    lukt(identificeer(wie(2)), schrijf_in(wie(2), **opzet.bbl()))
    lukt(identificeer(wie(3)), schrijf_in(wie(3), perioden=[wereld.periode(leertraject="OVO")]))
    for per, sleutel in (
        ("opleiding", wereld.voorbeelden.OPLEIDING),
        ("onderwijsaanbieder", wereld.voorbeelden.AANBIEDER),
        ("onderwijslocatie", wereld.voorbeelden.LOCATIE),
    ):
        oktober, februari = bekostigen.prognose(HIER, JAAR, per, verbinding="stelsel")
        assert (oktober.sleutel, oktober.teldatum) == (sleutel, opzet.OKTOBER)
        for een in (oktober, februari):
            assert (een.aantal, een.telt, een.bijdrage) == (3, 1, Decimal("1.25"))
            assert (een.op_het_spel, een.op_het_spel_waarde) == (1, Decimal("0.5"))
    komend = bekostigen.prognose(HIER, 2028, "opleiding", verbinding="stelsel")
    assert [een.teldatum for een in komend] == [date(2026, 10, 1), date(2027, 2, 1)]
    assert [een.loopt_af for een in komend] == [0, 0], "planned up to 31 July 2027"
    lukt(schrijf_in(wie(1), datum_uitschrijving_gepland="2026-12-31"))
    oktober, februari = bekostigen.prognose(HIER, 2028, "opleiding", verbinding="stelsel")
    assert (oktober.telt, februari.telt) == (1, 1), "what counts if nothing changes until then"
    assert (oktober.loopt_af, februari.loopt_af, februari.loopt_af_bijdrage) == (0, 1, Decimal("1.25"))
