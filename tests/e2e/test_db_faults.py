"""Whatever interrupts an update, the shard in place stays good, and nothing half-written stays."""

import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pratique.advisories.database import Database
from tests.conftest import missing
from tests.makers.feed_server import Fault, FeedServer, serving
from tests.makers.feeds import osv_record, osv_records, write_osv

pytestmark = pytest.mark.e2e
OLD, NEW = 20, 3000
ARCHIVE = "osv/Debian/all.zip"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[FeedServer]:
    """Serve a small Debian; ``publish`` makes it large."""
    write_osv(tmp_path / "source", "Debian", osv_records(OLD))
    with serving(tmp_path / "source") as started:
        yield started


def publish(server: FeedServer) -> None:
    write_osv(server.folder, "Debian", osv_records(NEW))


def begin(
    server: FeedServer, cache: Path, *, before: Callable[[], None] | None = None
) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "pratique", "db", "update", "--source", server.url, "Debian"],
        env={**os.environ, "PRATIQUE_CACHE_DIR": str(cache), "NO_PROXY": "*"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=before,
    )


def finish(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def update(server: FeedServer, cache: Path) -> None:
    code, _, err = finish(begin(server, cache))
    assert code == 0, err


def answers(cache: Path) -> int:
    """Return how many of the published advisories the shard in place answers with."""
    with Database(cache / "advisories") as database:
        return sum(bool(database.candidates("Debian:12", f"package-{n}")) for n in range(NEW))


def leftovers(cache: Path) -> list[str]:
    folder = cache / "advisories"
    kept = {"Debian.sqlite", ".Debian.sqlite.lock"}
    return sorted(entry.name for entry in folder.iterdir() if entry.name not in kept)


def until(condition: Callable[[], object], what: str) -> None:
    for _ in range(3000):
        if condition():
            return
        time.sleep(0.01)
    pytest.fail(f"{what} did not happen")


def test_two_updates_at_once(server: FeedServer, tmp_path: Path) -> None:
    """The second waits for the first and uses what it built; the archive travels once."""
    update(server, tmp_path)
    publish(server)
    server.forget()
    gate = threading.Event()
    server.faults[ARCHIVE] = Fault(gate=gate)
    first = begin(server, tmp_path)
    until(lambda: server.answered(200), "the first update's request")
    second = begin(server, tmp_path)
    time.sleep(0.5)  # long enough to come to the lock; if not, it finds fresh data instead
    assert answers(tmp_path) == OLD
    gate.set()

    outcomes = sorted(finish(process)[1].split()[1] for process in (first, second))

    assert outcomes in (["built", "updated"], ["built", "unchanged"])
    assert server.answered(200).count(ARCHIVE) == 1
    assert answers(tmp_path) == NEW
    assert leftovers(tmp_path) == []


def test_killed_while_downloading(server: FeedServer, tmp_path: Path) -> None:
    """Downloads are unnamed files: they vanish with the process, and so does its lock."""
    update(server, tmp_path)
    publish(server)
    server.faults[ARCHIVE] = Fault(gate=threading.Event())
    server.forget()
    process = begin(server, tmp_path)
    until(lambda: server.answered(200), "the download")
    process.send_signal(signal.SIGKILL)
    process.communicate()

    assert answers(tmp_path) == OLD
    assert leftovers(tmp_path) == []
    server.faults.clear()
    update(server, tmp_path)
    assert answers(tmp_path) == NEW


def test_killed_while_building(server: FeedServer, tmp_path: Path) -> None:
    """A half-built file has another name, and the next update sweeps it."""
    update(server, tmp_path)
    publish(server)
    process = begin(server, tmp_path)
    until(lambda: leftovers(tmp_path), "building")
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL

    assert answers(tmp_path) == OLD
    assert leftovers(tmp_path)
    update(server, tmp_path)
    assert answers(tmp_path) == NEW
    assert leftovers(tmp_path) == []


def test_interrupted_by_hand(server: FeedServer, tmp_path: Path) -> None:
    """Ctrl-C ends at once with 130 and leaves nothing behind."""
    update(server, tmp_path)
    publish(server)
    process = begin(server, tmp_path)
    until(lambda: leftovers(tmp_path), "building")
    process.send_signal(signal.SIGINT)
    code, _, err = finish(process)

    assert code == 130, err
    assert "Traceback" not in err
    assert answers(tmp_path) == OLD
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize("limit", [10_000, 100_000], ids=["download", "build"])
def test_a_file_that_may_not_grow(server: FeedServer, tmp_path: Path, limit: int) -> None:
    """A quota met while downloading or while building is one clear error."""
    update(server, tmp_path)
    publish(server)

    def bound() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    code, _, err = finish(begin(server, tmp_path, before=bound))

    assert code == 2
    assert err.startswith("pratique: error: cannot ")
    assert "hint: check the free space" in err
    assert answers(tmp_path) == OLD
    assert leftovers(tmp_path) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a file system that has room for the old shard only."""
    place = tmp_path / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=700k", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        missing("mount")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk(server: FeedServer, small_disk: Path) -> None:
    """The real thing: no space left on the device."""
    update(server, small_disk)
    publish(server)

    code, _, err = finish(begin(server, small_disk))

    assert code == 2
    assert "full" in err or "No space left" in err
    assert answers(small_disk) == OLD
    assert leftovers(small_disk) == []


def test_readers_never_notice(server: FeedServer, tmp_path: Path) -> None:
    """A scan that runs through several updates gets one state or the next, never a mixture."""
    update(server, tmp_path)
    seen: set[int] = set()
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            with Database(tmp_path / "advisories") as database:
                held = [
                    bool(database.candidates("Debian:12", f"package-{n}"))
                    for n in (0, OLD, OLD + 1)
                ]
            seen.add(sum(held))

    reader = threading.Thread(target=read)
    reader.start()
    for count in (OLD + 2, OLD, OLD + 2):
        write_osv(server.folder, "Debian", osv_records(count), singles=True)
        update(server, tmp_path)
    stop.set()
    reader.join(30)

    assert seen == {1, 3}


def test_a_scan_without_the_server_goes_on_with_old_data(
    server: FeedServer, tmp_path: Path
) -> None:
    """`db update` says what it could not have, and keeps it."""
    update(server, tmp_path)
    write_osv(server.folder, "Debian", [osv_record("DEBIAN-CVE-2026-9999")])
    for path in (ARCHIVE, "osv/Debian/modified_id.csv"):
        server.faults[path] = Fault(status=403)

    code, out, _ = finish(begin(server, tmp_path))

    assert code == 2
    assert "kept" in out
    assert "problem: osv: cannot fetch" in out
    assert answers(tmp_path) == OLD
