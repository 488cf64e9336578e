import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pratique.formats.packages.damaged import Damaged
from pratique.formats.packages.rpmdb import sqlite
from pratique.kit.limits import Limits
from pratique.model.errors import FormatError, LimitExceeded
from tests.makers import rpmdb as make
from tests.makers.mutation import damaged

BLOBS = [make.package(f"p{n}", requires=["x"] * (1 + n * 60)) for n in range(12)]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return make.sqlite(BLOBS, tmp_path_factory.mktemp("db"), page_size=512)


@pytest.mark.parametrize("page_size", [512, 1024, 4096, 65536])
@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16le", "UTF-16be"])
def test_what_sqlite_writes_is_read(page_size: int, encoding: str, tmp_path: Path) -> None:
    """Interior pages, overflow chains, all page sizes and text encodings."""
    blobs = BLOBS + [bytes(100_000), b"x"] + [b"small"] * 300
    content = make.sqlite(blobs, tmp_path, page_size=page_size, encoding=encoding)

    assert list(sqlite.blobs(content)) == blobs


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(sizes=st.lists(st.integers(1, 3000), max_size=30), deleted=st.sets(st.integers(1, 30)))
def test_sqlite_reads_the_same(sizes: list[int], deleted: set[int], tmp_path: Path) -> None:
    """After insertions and deletions of any size our reader agrees with SQLite."""
    make.sqlite([bytes([n]) * size for n, size in enumerate(sizes)], tmp_path, page_size=512)
    with closing(sqlite3.connect(tmp_path / "rpmdb.sqlite")) as database, database:
        database.executemany("DELETE FROM Packages WHERE hnum=?", [(n,) for n in deleted])
        theirs = [row[0] for row in database.execute("SELECT blob FROM Packages ORDER BY hnum")]

    assert list(sqlite.blobs((tmp_path / "rpmdb.sqlite").read_bytes())) == theirs


def test_rows_of_the_log_count(tmp_path: Path) -> None:
    """Packages that only the write-ahead log holds are packages."""
    content, wal = make.sqlite_with_log(BLOBS[:4], BLOBS[4:], tmp_path)

    assert list(sqlite.blobs(content, wal)) == BLOBS
    assert list(sqlite.blobs(content)) == BLOBS[:4]


def test_a_damaged_log_is_told(tmp_path: Path) -> None:
    """What was committed before the damage counts."""
    content, wal = make.sqlite_with_log(BLOBS[:4], BLOBS[4:], tmp_path)
    torn = wal[:-10] + b"\xff" + wal[-9:]

    found = list(sqlite.blobs(content, torn))

    assert isinstance(found[0], Damaged)
    assert found[1:] == BLOBS[:-1]


def test_views_and_triggers_are_never_run(tmp_path: Path) -> None:
    """A view in the place of the table is not the table."""
    path = tmp_path / "x"
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE t (hnum INTEGER PRIMARY KEY, blob BLOB)")
        database.execute("CREATE VIEW Packages AS SELECT hnum, randomblob(1000000000) FROM t")

    with pytest.raises(FormatError, match="Packages"):
        list(sqlite.blobs(path.read_bytes()))


def test_rows_that_hold_no_blob_are_damaged(tmp_path: Path) -> None:
    """Text, numbers, NULL and extra columns are no header."""
    path = tmp_path / "x"
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE Packages (hnum INTEGER PRIMARY KEY, blob BLOB)")
        values = [("text",), (7,), (None,), (b"blob",)]
        database.executemany("INSERT INTO Packages(blob) VALUES (?)", values)

    found = list(sqlite.blobs(path.read_bytes()))

    assert [type(item) for item in found] == [Damaged, Damaged, Damaged, bytes]


def test_a_file_that_ends_early_is_told(sample: bytes) -> None:
    """What is there is read; the rest is damage."""
    found = list(sqlite.blobs(sample[: len(sample) * 2 // 3]))

    assert any(isinstance(item, bytes) for item in found)
    assert any(isinstance(item, Damaged) for item in found)


@pytest.mark.parametrize("content", [b"", sqlite.MAGIC, sqlite.MAGIC + b"\xff" * 8000])
def test_other_files_are_refused(content: bytes) -> None:
    """A short file, an impossible page size."""
    with pytest.raises(FormatError):
        list(sqlite.blobs(content))


def test_a_database_without_packages_table_is_refused(shared: Path) -> None:
    """It is not an empty list of packages."""
    content = (shared / "fixtures/rpmdb/no-packages/rpmdb.sqlite").read_bytes()
    with pytest.raises(FormatError, match="Packages"):
        list(sqlite.blobs(content))


def test_cells_that_overlap_do_not_multiply() -> None:
    """A page whose cells all point at one payload is damaged after one page of bytes."""
    page = bytearray(65536)
    page[:16] = sqlite.MAGIC
    page[16:18] = (1).to_bytes(2, "big")
    page[100], page[103:105] = 13, (30_000).to_bytes(2, "big")
    payload = b"\x81\xf0\x00\x01" + bytes(40)
    page[65000 : 65000 + len(payload)] = payload
    for number in range(30_000):
        page[108 + 2 * number : 110 + 2 * number] = (65000).to_bytes(2, "big")
    with pytest.raises(FormatError):
        list(sqlite.blobs(bytes(page)))


def test_records_are_bounded(sample: bytes) -> None:
    """More packages than the limit are refused."""
    with pytest.raises(LimitExceeded):
        list(sqlite.blobs(sample, limits=Limits(packages=5)))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_bytes_are_read_or_refused(data: st.DataObject, sample: bytes) -> None:
    """Only FormatError escapes, and the blobs are no more bytes than the file."""
    content = data.draw(damaged([sample]))
    try:
        found = list(sqlite.blobs(content))
    except FormatError:
        return
    assert sum(len(item) for item in found if isinstance(item, bytes)) <= len(content) + 512
