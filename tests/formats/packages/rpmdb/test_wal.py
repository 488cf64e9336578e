from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pratique.formats.packages.rpmdb.wal import Log, apply_wal
from tests.makers import rpmdb as make
from tests.makers.mutation import damaged

PAGE = 4096
FRAME = PAGE + 24


@pytest.fixture(scope="module")
def wal(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    blobs = [make.package(f"p{n}") for n in range(3)]
    return make.sqlite_with_log([], blobs, tmp_path_factory.mktemp("db"))[1]


def test_committed_frames_renew_pages(wal: bytes) -> None:
    """The last commit says how many pages the database has."""
    log = apply_wal(wal, PAGE)

    assert log.torn == ""
    assert log.page_count >= max(log.pages)
    assert all(len(page) == PAGE for page in log.pages.values())


def test_frames_after_the_last_commit_do_not_count(wal: bytes) -> None:
    """A transaction that was not finished never happened."""
    frames = (len(wal) - 32) // FRAME
    unfinished = bytearray(wal)
    at = 32 + (frames - 1) * FRAME + 4
    whole = apply_wal(wal[: 32 + (frames - 1) * FRAME], PAGE)
    unfinished[at : at + 4] = bytes(4)

    # The commit field is under the checksum, so the changed frame is torn as well.
    assert apply_wal(bytes(unfinished), PAGE).pages == whole.pages


def test_frames_of_an_older_round_do_not_count(wal: bytes) -> None:
    """A log that was begun anew ends where the salts change, which is no damage."""
    first = wal[: 32 + FRAME]
    stale = bytearray(wal[32 + FRAME : 32 + 2 * FRAME])
    stale[8:16] = b"oldsalts"

    assert apply_wal(first + bytes(stale), PAGE) == apply_wal(first, PAGE)


def test_a_torn_frame_is_told(wal: bytes) -> None:
    """Right salts and a wrong checksum are damage."""
    torn = bytearray(wal)
    torn[32 + 24 + 100] ^= 1

    log = apply_wal(bytes(torn), PAGE)

    assert log.pages == {}
    assert "checksum" in log.torn


def test_an_empty_log_changes_nothing() -> None:
    """SQLite truncates its log to nothing."""
    assert apply_wal(b"", PAGE) == Log()


@pytest.mark.parametrize("at", [0, 5, 9, 17, 25])
def test_a_log_with_a_wrong_header_counts_for_nothing(at: int, wal: bytes) -> None:
    """As in SQLite; but it is told."""
    wrong = bytearray(wal)
    wrong[at] ^= 0xFF

    log = apply_wal(bytes(wrong), PAGE)

    assert (log.pages, log.page_count) == ({}, 0)
    assert log.torn


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(data=st.data())
def test_any_bytes_are_read(data: st.DataObject, wal: bytes) -> None:
    """Nothing escapes, whatever the log."""
    apply_wal(data.draw(damaged([wal[: 32 + 3 * FRAME]])), PAGE)


def test_sqlite_agrees_on_a_cut_log(wal: bytes, tmp_path: Path) -> None:
    """Cut anywhere, the log counts to its last whole commit."""
    import sqlite3

    from pratique.formats.packages.rpmdb import sqlite

    blobs = [make.package(f"p{n}") for n in range(3)]
    content, log = make.sqlite_with_log([], blobs, tmp_path)
    for length in range(32, len(log), 3 * FRAME // 4):
        (tmp_path / "y").write_bytes(content)
        (tmp_path / "y-wal").write_bytes(log[:length])
        database = sqlite3.connect(tmp_path / "y")
        theirs = [row[0] for row in database.execute("SELECT blob FROM Packages ORDER BY hnum")]
        database.close()

        assert list(sqlite.blobs(content, log[:length])) == theirs
