"""Whatever is delivered, in whatever order: the register does what a naive model of it does, and forgets nothing."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from msgspec import structs

from kernregister.kern.dossier import Dossier
from kernregister.kern.meldingen.terugkoppeling import Terugkoppeling
from kernregister.platform.databank.cluster import BEHEERDER
from kernregister.voorzieningen.kwaliteit.omkeren import keer_om
from kernregister.voorzieningen.personen import public as personen
from kernregister.voorzieningen.register import misraden
from kernregister.voorzieningen.register import public as register
from tests.databank import EIGENAAR, SJABLOON, django_op
from tests.voorzieningen.kwaliteit.opzet import open_in_tabel, verse_sweep, zet_klok
from tests.voorzieningen.register import verhaal
from tests.voorzieningen.register.model import Antwoord, Model
from tests.voorzieningen.register.wereld import (
    DAAR,
    HIER,
    MET_BSN,
    VANDAAG,
    diplomeer,
    geef_keuzedeel,
    identificeer,
    inhoud_van_alle_tabellen,
    periode,
    plaats_bpv,
    regels,
    schrijf_in,
    stuur,
    verwijder,
    wie,
    zet_klaar,
)

BEKEND = [0, 1, 2, MET_BSN, MET_BSN + 1]
"""Places of the persons that the story is about: three by BSN, two by onderwijsnummer."""

MENSEN = st.sampled_from(BEKEND).map(wie)
SCHOLEN = st.sampled_from([HIER, HIER, DAAR])
NUMMERS = st.sampled_from(["1", "2"])
EINDEN = st.sampled_from(
    [
        {},
        {"datum_uitschrijving_gepland": "2025-10-01"},
        {"datum_uitschrijving_werkelijk": "2025-12-31", "reden_uitschrijving": "08"},
        {"datum_uitschrijving_werkelijk": "2024-07-01", "reden_uitschrijving": "08"},
        {"extra_ondersteuning": [{"datum_begin": "2024-09-01"}]},
        {"perioden": [periode(), periode("2025-08-01", leertraject="BBL")]},
    ]
)


def _identificatie(over: Any, van: str, geboren: str | None) -> Any:
    return identificeer(over, van, **({"geboortedatum": geboren} if geboren else {}))


def _inschrijving(over: Any, nummer: str, van: str, anders: dict[str, Any]) -> Any:
    return schrijf_in(over, nummer, van, **anders)


MELDINGEN = st.one_of(
    st.builds(_identificatie, MENSEN, SCHOLEN, st.sampled_from([None, None, None, "2006-05-15"])),
    st.builds(_identificatie, MENSEN, SCHOLEN, st.none()),
    st.builds(_inschrijving, MENSEN, NUMMERS, SCHOLEN, EINDEN),
    st.builds(_inschrijving, MENSEN, NUMMERS, SCHOLEN, EINDEN),
    st.builds(lambda o, n, v: verwijder("Inschrijving", o, v, inschrijvingvolgnummer=n), MENSEN, NUMMERS, SCHOLEN),
    st.builds(
        lambda o, n, onder, v, uren: plaats_bpv(o, n, onder, v, omvang=uren),
        MENSEN, NUMMERS, NUMMERS, SCHOLEN, st.sampled_from([100, 640]),
    ),
    st.builds(
        lambda o, n, onder, v: verwijder("Bpv", o, v, inschrijvingvolgnummer=onder, bpv_volgnummer=n),
        MENSEN, NUMMERS, NUMMERS, SCHOLEN,
    ),
    st.builds(
        lambda o, n, v, onder: diplomeer(o, n, v, inschrijvingvolgnummer=onder), MENSEN, NUMMERS, SCHOLEN, NUMMERS
    ),
    st.builds(
        lambda o, n, v, hoe: geef_keuzedeel(o, n, v, behaald=hoe), MENSEN, NUMMERS, SCHOLEN, st.booleans()
    ),
    st.builds(lambda o, n, v: verwijder("Resultaat", o, v, resultaatvolgnummer=n), MENSEN, NUMMERS, SCHOLEN),
)  # fmt: skip


GEZIEN = {"platform_verwerking", "register_misidentificatie"}
"""What a dry run leaves behind: that somebody was looked at, or guessed wrong."""


class Register(RuleBasedStateMachine):
    """The register beside the model. Each example has a database of its own."""

    def __init__(self, verse_databank: Callable[[], AbstractContextManager[None]]) -> None:
        super().__init__()
        self.verse_databank = verse_databank

    @initialize()
    def leeg(self) -> None:
        self.monkeypatch = pytest.MonkeyPatch()
        self.einde = ExitStack()
        self.einde.enter_context(self.verse_databank())
        self.dag = VANDAAG
        zet_klaar(self.monkeypatch, self.dag)
        self.monkeypatch.setattr(misraden, "MEESTE", 10**9)  # a story of its own
        self.model = Model([wie(plaats) for plaats in BEKEND])
        self.antwoorden: dict[tuple[str, UUID], Terugkoppeling] = {}
        self.standen: dict[int, dict[str, Dossier]] = {0: {}}
        self.samengevoegd: tuple[Any, Any] | None = None

    # ------------------------------------------------------------------------------------- what may happen

    @rule(melding=MELDINGEN)
    def een(self, melding: Any) -> None:
        self.lever([melding])

    @rule(meldingen=st.lists(MELDINGEN, min_size=2, max_size=8), dubbel=st.integers(0, 7))
    def partij(self, meldingen: list[Any], dubbel: int) -> None:
        """Several in one call; one of them is in it twice."""
        self.lever([*meldingen, meldingen[dubbel % len(meldingen)]])

    @rule(over=MENSEN, van=SCHOLEN, einde=EINDEN)
    def heel_verhaal(self, over: Any, van: str, einde: dict[str, Any]) -> None:
        """Identified, enrolled and placed in one call."""
        self.lever([identificeer(over, van), schrijf_in(over, "1", van, **einde), plaats_bpv(over, van=van)])

    @rule(meldingen=st.lists(MELDINGEN, min_size=1, max_size=4))
    def proef(self, meldingen: list[Any]) -> None:
        """A dry run answers as a real one and leaves nothing behind."""
        voor = inhoud_van_alle_tabellen()
        antwoorden = stuur(*meldingen, proef=True)
        self.ongewijzigd(voor)
        assert all(antwoord.proef for antwoord in antwoorden)
        echt = self.lever(meldingen)
        for droog, nat in zip(antwoorden, echt, strict=True):
            assert (droog.aanvaard, droog.bevindingen) == (nat.aanvaard, nat.bevindingen)
            assert droog.signalen_geopend == nat.signalen_geopend
            assert droog.signalen_gesloten == nat.signalen_gesloten

    @precondition(lambda self: self.antwoorden)
    @rule(data=st.data())
    def nogmaals(self, data: st.DataObject) -> None:
        """The same UUID with the same content: the same answer, and nothing changes."""
        melding, _ = self.model.journaal[data.draw(st.sampled_from(sorted(self.antwoorden)))]
        voor = inhoud_van_alle_tabellen()
        (antwoord,) = self.lever([melding])
        assert _blijvend(antwoord) == _blijvend(self.antwoorden[melding.afzender, melding.id])
        self.ongewijzigd(voor)

    @precondition(lambda self: self.antwoorden)
    @rule(data=st.data(), melding=MELDINGEN)
    def ander_onder_zelfde_id(self, data: st.DataObject, melding: Any) -> None:
        """Of the same sender it is refused; another sender's UUIDs are its own."""
        _, id_ = data.draw(st.sampled_from(sorted(self.antwoorden)))
        self.lever([structs.replace(melding, id=id_)])

    @rule(melding=MELDINGEN)
    def vreemde_afzender(self, melding: Any) -> None:
        self.lever([melding], namens="30ZZ")

    @rule(melding=MELDINGEN, fout=st.sampled_from(["999999999", "beide"]))
    def verkeerd_nummer(self, melding: Any, fout: str) -> None:
        anders = (
            {"burgerservicenummer": "999999990", "onderwijsnummer": "100310303"}
            if fout == "beide"
            else {"burgerservicenummer": fout, "onderwijsnummer": None}
        )
        self.lever([structs.replace(melding, id=uuid4(), **anders)])

    @rule(blijft=st.sampled_from(BEKEND[:3]), gaat_op=st.sampled_from(BEKEND[3:]))
    def voeg_samen(self, blijft: int, gaat_op: int) -> None:
        een, ander = wie(blijft).pgn, wie(gaat_op).pgn
        if not {een, ander} <= self.model.mensen.keys() or ander in self.model.opgegaan:
            return
        if een in self.model.opgegaan.values():
            return  # a third number of the same kind for one person is for the stories of merging
        voor = self.model.mensen[een].records.copy(), self.model.mensen[ander].records.copy()
        betrokken = self.model.betrokken.copy()
        ids = personen.zoek([een, ander])
        antwoord = verhaal.voeg_samen(ids[een], ids[ander])
        geweigerd = self.model.voeg_samen(een, ander)
        assert tuple(regels(antwoord)) == geweigerd
        self.na()
        if not geweigerd:
            self.samengevoegd = antwoord, (een, ander, voor, betrokken)

    @precondition(lambda self: self.samengevoegd)
    @rule()
    def herroep(self) -> None:
        """Undo a merge after which nothing happened: it is all as it was."""
        antwoord, (een, ander, voor, self.model.betrokken) = self.samengevoegd
        assert verhaal.herroep(antwoord).aanvaard
        self.model.mensen[een].records, self.model.mensen[ander].records = voor
        del self.model.opgegaan[ander]
        self.na()

    @rule(dagen=st.integers(1, 150))
    def dagen_gaan_voorbij(self, dagen: int) -> None:
        self.dag += timedelta(dagen)
        zet_klok(self.monkeypatch, self.dag)

    # ------------------------------------------------------------------------------------- what must hold

    def ongewijzigd(self, voor: dict[str, Any]) -> None:
        na = inhoud_van_alle_tabellen()
        assert {tabel for tabel in na if na[tabel] != voor[tabel]} <= GEZIEN

    def lever(self, meldingen: list[Any], namens: str = "") -> list[Terugkoppeling]:
        antwoorden = stuur(*meldingen, namens=namens)
        for melding, antwoord in zip(meldingen, antwoorden, strict=True):
            verwacht = self.model.verwerk(melding, namens)
            gezegd = Antwoord(antwoord.aanvaard, tuple(regels(antwoord)))
            assert gezegd == verwacht, melding
            if (kenmerk := (melding.afzender, melding.id)) in self.model.journaal:
                self.antwoorden.setdefault(kenmerk, antwoord)
        self.na()
        return antwoorden

    def na(self) -> None:
        """After each step the dossiers are the model's, now and at a stand of before."""
        self.samengevoegd = None
        foto = self.model.foto()
        self.gelijk(foto, None)
        eerdere = list(self.standen)
        toen = eerdere[len(self.antwoorden) % len(eerdere)]
        self.gelijk(self.standen[toen], toen)
        stand = register.stand()
        assert self.standen.setdefault(stand, foto) == foto, "zelfde stand, ander register"

    def gelijk(self, verwacht: dict[str, Dossier], stand: int | None) -> None:
        """Hold all dossiers, and those of one institution, beside what they were."""
        ids = _eigen_ids()
        gevonden = {ids[id_]: _zonder_nummers(d) for id_, d in register.dossiers(stand=stand) if id_ in ids}
        assert {
            pgn: d for pgn, d in gevonden.items() if d != Dossier(d.persoon) or pgn in verwacht
        } == verwacht
        for school in (HIER, DAAR):
            van_school = {
                ids[id_]: _zonder_nummers(d)
                for id_, d in register.dossiers(instelling=school, stand=stand)
                if _heeft(d, school)
            }
            assert van_school == {pgn: d for pgn, d in verwacht.items() if _heeft(d, school)}

    def teardown(self) -> None:
        if not hasattr(self, "model"):
            return
        try:
            for stand, foto in self.standen.items():
                self.gelijk(foto, stand)
            keer_om()
            assert open_in_tabel() == verse_sweep(self.dag)
        finally:
            self.monkeypatch.undo()
            self.einde.close()


def _heeft(dossier: Dossier, school: str) -> bool:
    return any(
        een.instelling == school
        for een in (*dossier.inschrijvingen, *dossier.diplomas, *dossier.losse_resultaten)
    )


def _zonder_nummers(dossier: Dossier) -> Dossier:
    """Numbers are the person's of now, whatever the stand."""
    eigen = structs.replace(dossier.persoon, burgerservicenummer=None, onderwijsnummer=None)
    return structs.replace(dossier, persoon=eigen)


def _eigen_ids() -> dict[int, str]:
    """Return for each person here the number under which they were identified first."""
    uit = {}
    for plaats in BEKEND:
        pgn = wie(plaats).pgn
        id_ = register.houder(pgn)
        if id_ is not None:
            uit[id_] = pgn
    return uit


def _blijvend(antwoord: Terugkoppeling) -> Terugkoppeling:
    """Return what stays of an answer: who somebody is is told as it is known now."""
    return structs.replace(antwoord, identificatie=None)


@pytest.fixture
def verse_databank(databank) -> Callable[[], AbstractContextManager[None]]:
    """Return what makes a database of its own, for as long as it is used."""

    @contextmanager
    def vers() -> Iterator[None]:
        naam = f"toestand_{uuid4().hex[:12]}"
        with psycopg.connect(databank.cluster.url(BEHEERDER, "postgres"), autocommit=True) as beheer:
            beheer.execute(f"CREATE DATABASE {naam} OWNER {EIGENAAR} TEMPLATE {SJABLOON} STRATEGY FILE_COPY")
            try:
                with django_op(databank.cluster, naam):
                    yield
            finally:
                beheer.execute(f"DROP DATABASE {naam} WITH (FORCE)")

    return vers


def test_who_may_speak_of_somebody_may_speak_of_who_they_prove_to_be_until_that_is_undone(verse_databank):
    """Two institutions know one person under two numbers; a merge makes them know the same one."""
    een, ander = wie(0), wie(MET_BSN)
    verhaal_ = Register(verse_databank)
    verhaal_.leeg()
    verhaal_.lever([identificeer(een, HIER), identificeer(ander, DAAR)])
    weg = {"van": DAAR, "resultaatvolgnummer": "1"}
    (vreemd,) = verhaal_.lever([verwijder("Resultaat", een, **weg)])
    verhaal_.voeg_samen(0, MET_BSN)
    verhaal_.herroep()
    (weer_vreemd,) = verhaal_.lever([verwijder("Resultaat", een, **weg)])
    verhaal_.voeg_samen(0, MET_BSN)
    (bekend,) = verhaal_.lever([verwijder("Resultaat", een, **weg)])
    assert [regels(antwoord) for antwoord in (vreemd, weer_vreemd, bekend)] == [["N05"], ["N05"], ["N08"]]
    verhaal_.teardown()


def test_the_register_does_what_a_naive_model_of_it_does(verse_databank):
    run_state_machine_as_test(
        lambda: Register(verse_databank),
        settings=settings(
            max_examples=10,
            stateful_step_count=25,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
            phases=[Phase.generate],
        ),
    )
