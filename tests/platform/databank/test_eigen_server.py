"""A server of others, named by DATABASE_URL: it is looked at, not changed, and all that is missing is said at once."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from kernregister.platform.databank import APP, EIGENAAR, STELSEL, Cluster, Databankfout, klaarzetten
from kernregister.platform.databank.cluster import BEHEERDER
from kernregister.platform.databank.programmas import VERSIES
from kernregister.platform.databank.rollen import DATABANK
from kernregister.platform.databank.verbindingen import maak_gereed
from kernregister.platform.omgeving import Omgeving
from tests.databank import tijdelijk_cluster

NAMEN = {"DATABASE_URL": APP, "DATABASE_URL_STELSEL": STELSEL, "DATABASE_URL_EIGENAAR": EIGENAAR}


@pytest.fixture(scope="module", params=VERSIES)
def server(request: pytest.FixtureRequest) -> Iterator[Cluster]:
    with tijdelijk_cluster(request.param) as cluster:
        cluster.start()
        yield cluster


@pytest.fixture
def gereed(server: Cluster) -> Cluster:
    maak_gereed(server, DATABANK)
    return server


def omgeving(server: Cluster, **anders: str | None) -> Omgeving:
    waarden = {naam: server.url(rol, DATABANK) for naam, rol in NAMEN.items()}
    return Omgeving({n: w for n, w in {**waarden, **anders}.items() if w}, Path("nergens"))


def beheer(server: Cluster, opdracht: str, databank: str = DATABANK) -> None:
    with psycopg.connect(server.url(BEHEERDER, databank), autocommit=True) as verbinding:
        verbinding.execute(opdracht)


def test_a_server_that_has_everything_is_used_as_it_is(gereed):
    adressen = klaarzetten(omgeving(gereed))
    assert adressen.cluster is None
    assert adressen.app == gereed.url(APP, DATABANK)
    assert not Path("nergens").exists()


def test_without_the_owner_the_application_still_runs(gereed):
    assert klaarzetten(omgeving(gereed, DATABASE_URL_EIGENAAR=None)).eigenaar is None


@pytest.mark.parametrize(
    ("naam", "genoemd"),
    [("DATABASE_URL", "DATABASE_URL ontbreekt"), ("DATABASE_URL_STELSEL", "DATABASE_URL_STELSEL ontbreekt")],
)
def test_half_a_set_of_addresses_is_no_reason_to_start_another_database(gereed, naam, genoemd):
    with pytest.raises(Databankfout, match=genoemd):
        klaarzetten(omgeving(gereed, **{naam: None}))


@pytest.mark.parametrize(
    ("bederf", "herstel", "genoemd"),
    [
        (
            f"ALTER ROLE {APP} BYPASSRLS",
            f"ALTER ROLE {APP} NOBYPASSRLS",
            "gaat aan de rijbeveiliging voorbij",
        ),
        (f"ALTER ROLE {APP} CREATEDB", f"ALTER ROLE {APP} NOCREATEDB", "mag rollen of databanken maken"),
        (f"GRANT {STELSEL} TO {APP}", f"REVOKE {STELSEL} FROM {APP}", f"is lid van {STELSEL}"),
        (
            f"GRANT CREATE ON SCHEMA public TO {APP}",
            f"REVOKE CREATE ON SCHEMA public FROM {APP}",
            "mag tabellen maken",
        ),
        (
            f"REVOKE USAGE ON SCHEMA public FROM {STELSEL}",
            f"GRANT USAGE ON SCHEMA public TO {STELSEL}",
            "geen toegang tot schema public",
        ),
        (
            f"ALTER DEFAULT PRIVILEGES FOR ROLE {EIGENAAR} IN SCHEMA public REVOKE INSERT ON TABLES FROM {STELSEL}",
            f"ALTER DEFAULT PRIVILEGES FOR ROLE {EIGENAAR} IN SCHEMA public GRANT INSERT ON TABLES TO {STELSEL}",
            "krijgt geen rechten op nieuwe tabellen",
        ),
    ],
)
def test_what_is_wrong_with_a_role_is_said_with_what_mends_it(gereed, bederf, herstel, genoemd):
    beheer(gereed, bederf)
    try:
        with pytest.raises(Databankfout, match=genoemd) as fout:
            klaarzetten(omgeving(gereed))
        assert len(str(fout.value).splitlines()) == 2
    finally:
        beheer(gereed, herstel)
    klaarzetten(omgeving(gereed))


def test_everything_that_is_wrong_is_said_at_once_and_no_password_with_it(gereed):
    superuser = gereed.url(BEHEERDER, "postgres")
    dicht = gereed.url(STELSEL, DATABANK).replace(gereed.wachtwoord(STELSEL), "een-oud-wachtwoord")
    with pytest.raises(Databankfout) as fout:
        klaarzetten(omgeving(gereed, DATABASE_URL=superuser, DATABASE_URL_STELSEL=dicht))
    tekst = str(fout.value)
    assert f"DATABASE_URL is van de rol {BEHEERDER}; nodig is {APP}" in tekst
    assert "DATABASE_URL_STELSEL: geen verbinding" in tekst
    assert "niet alle naar dezelfde databank" in tekst
    assert "een-oud-wachtwoord" not in tekst
    assert gereed.wachtwoord(BEHEERDER) not in tekst


def test_a_server_that_is_not_there(tmp_path):
    weg = f"postgresql://{APP}:geheim@%2F{str(tmp_path)[1:].replace('/', '%2F')}/x"
    with pytest.raises(Databankfout, match="DATABASE_URL: geen verbinding") as fout:
        klaarzetten(Omgeving({"DATABASE_URL": weg, "DATABASE_URL_STELSEL": weg}, tmp_path))
    assert "geheim" not in str(fout.value)


@pytest.mark.parametrize("onzin", ["zomaar iets", "postgresql://[", "mysql://x/y"])
def test_an_address_that_is_none_is_said_without_repeating_it(tmp_path, onzin):
    with pytest.raises(Databankfout, match="DATABASE_URL: ") as fout:
        klaarzetten(Omgeving({"DATABASE_URL": onzin, "DATABASE_URL_STELSEL": onzin}, tmp_path))
    assert onzin not in str(fout.value)
