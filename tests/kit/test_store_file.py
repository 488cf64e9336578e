"""A store on a disk that fails: each call is a StorageError, nothing is half kept, and the next works."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from pratique.kit.store import FILE, Store
from pratique.model.digest import sha256_of
from pratique.model.errors import StorageError
from pratique.model.in_use import InUse
from pratique.model.stored import StoredVerdict
from tests.kit.test_store import FLAW, holder, piece, put, stored

DIGEST = sha256_of(b"one")
SEEN = InUse(digest=DIGEST, package="p", path="/p", first_ns=1, last_ns=2)
Act = Callable[[Store], object]
CHANGES: dict[str, Act] = {
    "put": lambda it: put(it, "one", piece("a", "2"), piece("b")),
    "judge": lambda it: it.judge([(1, ())]),
    "put_image": lambda it: it.put_image(stored("a", "other")),
    "put_in_use": lambda it: it.put_in_use([SEEN]),
    "put_known": lambda it: it.put_known(
        StoredVerdict(digest=DIGEST, answer="deny", policy="p", judged="2"), ("x",), b"files"
    ),
}
READS: dict[str, Act] = {
    "pieces": lambda it: list(it.pieces()),
    "pieces of a base": lambda it: list(it.pieces(["npm"])),
    "bases": lambda it: it.bases(),
    "holders": lambda it: it.holders(),
    "held": lambda it: it.held(DIGEST),
    "images": lambda it: it.images(),
    "in_use": lambda it: it.in_use(DIGEST),
    "digest_of": lambda it: it.digest_of(DIGEST),
    "verdict_of": lambda it: it.verdict_of(DIGEST),
    "files_of": lambda it: it.files_of(DIGEST),
}


class Disk:
    """What SQLite meets: the call in so many fails, or none (0)."""

    def __init__(self) -> None:
        self.left = 0
        self.open = 0

    def meets(self) -> None:
        self.left -= 1
        if not self.left:
            raise sqlite3.OperationalError("disk I/O error")


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    made, connect = Disk(), sqlite3.connect

    class OnDisk(sqlite3.Connection):
        def execute(self, *given):
            made.meets()
            return super().execute(*given)

        def executemany(self, *given):
            made.meets()
            return super().executemany(*given)

        def close(self) -> None:
            made.open -= 1
            super().close()

    def opened(path, **more):
        made.meets()
        made.open += 1
        return connect(path, factory=OnDisk, **more)

    monkeypatch.setattr(sqlite3, "connect", opened)
    return made


def filled(folder: Path) -> None:
    with Store(folder) as store:
        put(store, "one", piece("a"))
        store.put_image(stored("a", "os"))
        verdict = StoredVerdict(digest=DIGEST, answer="allow", policy="p", judged="1")
        store.put_known(verdict, ("x",), b"old")


def content(folder: Path) -> tuple[object, ...]:
    with Store(folder) as store:
        return tuple(read(store) for read in READS.values())


@pytest.mark.parametrize("name", [*CHANGES, *READS])
def test_whatever_call_fails(tmp_path: Path, disk: Disk, name: str) -> None:
    """It is told, all of it or nothing was done, the same store works on, and no file stays open."""
    act = (CHANGES | READS)[name]
    filled(tmp_path)
    before = content(tmp_path)
    act_alone = tmp_path / "other"
    filled(act_alone)
    with Store(act_alone) as store:
        act(store)
    after = content(act_alone)
    assert name in READS or after != before

    failed = 0
    for call in range(1, 100):
        folder = tmp_path / str(call)
        filled(folder)
        with Store(folder) as store:
            disk.left = call
            try:
                act(store)
            except StorageError:
                failed += 1
            finished, disk.left = disk.left > 0, 0
            assert content(folder) == (after if finished else before)
            act(store)
            assert content(folder) == after
        assert disk.open == 0
        if finished:
            break
    assert failed > 2


def test_a_full_disk_undoes_what_was_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite ends the transaction itself then; what is told is that the disk is full."""
    filled(tmp_path)
    before = content(tmp_path)
    connect = sqlite3.connect

    def full(path, **more):
        made = connect(path, **more)
        (pages,) = made.execute("PRAGMA page_count").fetchone()
        made.execute(f"PRAGMA max_page_count = {pages}")
        return made

    monkeypatch.setattr(sqlite3, "connect", full)
    many = [piece(f"n{number}") for number in range(2000)]
    with Store(tmp_path) as store:
        with pytest.raises(StorageError, match="full"):
            store.put(holder("two"), dict.fromkeys(many, (FLAW,)), {})
        assert [one.target for one in store.holders()] == ["one"]
    monkeypatch.undo()
    assert content(tmp_path) == before


def test_a_damaged_row_is_told(tmp_path: Path) -> None:
    """With what to do: nothing of a store is understood by half."""
    filled(tmp_path)
    with closing(sqlite3.connect(tmp_path / FILE)) as database, database:
        database.execute("UPDATE piece SET body = x'c1'")
    with Store(tmp_path) as store, pytest.raises(StorageError, match="damaged") as error:
        list(store.pieces())
    assert "move the file away" in error.value.hint()


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    """Whatever page it is."""
    filled(tmp_path)
    place = tmp_path / FILE
    whole = place.read_bytes()
    told = 0
    for page in range(0, len(whole), 4096):
        place.write_bytes(whole[:page] + b"\xff" * 4096 + whole[page + 4096 :])
        for act in (CHANGES | READS).values():
            with Store(tmp_path) as store:
                try:
                    act(store)
                except StorageError:
                    told += 1
    assert told > 10
