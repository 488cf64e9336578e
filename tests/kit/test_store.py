"""The store keeps inventories whole, and each different piece once."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pratique.kit.store import FILE, VERSION, Store
from pratique.model.digest import sha256_of
from pratique.model.errors import StorageError
from pratique.model.package import Package, PackageType, Purl
from pratique.model.stored import Holder, Judged, Piece, StoredImage

FLAW = Judged("CVE-2026-0001", "high", "fixed", "2")


def piece(name: str, version: str = "1") -> Piece:
    purl = Purl(f"pkg:npm/{name}@{version}")
    return Piece(package=Package(type=PackageType.NPM, name=name, version=version, purl=purl))


def holder(name: str) -> Holder:
    return Holder(digest=sha256_of(name.encode()), target=name, stored="2026-11-21T00:00:00Z")


def put(store: Store, name: str, *pieces: Piece) -> None:
    store.put(holder(name), dict.fromkeys(pieces, (FLAW,)), dict.fromkeys(pieces, ("npm",)))


def test_equal_pieces_of_two_images_are_one(tmp_path: Path) -> None:
    store = Store(tmp_path)
    put(store, "one", piece("a"), piece("b"))
    put(store, "two", piece("b"), piece("c"))
    rows = {found.package.name: (number, said) for number, found, said in store.pieces()}
    assert sorted(rows) == ["a", "b", "c"]
    assert {one.target for one in store.holders(rows["b"][0])} == {"one", "two"}
    assert [one.target for one in store.holders(rows["c"][0])] == ["two"]
    assert rows["a"][1] == (FLAW,)
    assert store.bases() == {"npm"}
    store.close()


def test_an_image_that_is_put_again_holds_only_what_it_has_now(tmp_path: Path) -> None:
    store = Store(tmp_path)
    put(store, "one", piece("a"))
    put(store, "one", piece("b"))
    assert [found.package.name for _, found, _ in store.pieces()] == ["b"]
    assert len(store.holders()) == 1
    store.close()


def test_pieces_are_asked_for_by_the_shards_they_need(tmp_path: Path) -> None:
    store = Store(tmp_path)
    one, two = piece("a"), piece("b")
    store.put(holder("x"), {one: (), two: ()}, {one: ("npm",), two: ("npm", "Debian")})
    assert [found.package.name for _, found, _ in store.pieces(["Debian"])] == ["b"]
    assert list(store.pieces([])) == []
    store.close()


def test_what_is_said_anew_is_kept(tmp_path: Path) -> None:
    """For the next process too."""
    store = Store(tmp_path)
    put(store, "one", piece("a"))
    ((number, _, _),) = store.pieces()
    store.judge([(number, ())])
    store.close()
    with Store(tmp_path) as again:
        assert [said for _, _, said in again.pieces()] == [()]


def test_an_inventory_is_kept_whole_or_not_at_all(tmp_path: Path) -> None:
    store = Store(tmp_path)
    put(store, "one", piece("a"))

    class Broken(dict[Piece, tuple[str, ...]]):
        def get(self, *key: object) -> object:  # type: ignore[override]
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.put(holder("one"), {piece("b"): ()}, Broken())
    assert [found.package.name for _, found, _ in store.pieces()] == ["a"]
    store.close()


def test_a_store_that_is_none_or_of_another_version_is_refused(tmp_path: Path) -> None:
    """And left as it is."""
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "store.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(StorageError):
        list(Store(tmp_path / "text").pieces())
    put(store := Store(tmp_path), "one", piece("a"))
    store.close()
    with closing(sqlite3.connect(store.path)) as database, database:
        database.execute(f"PRAGMA user_version = {VERSION + 1}")
    with pytest.raises(StorageError, match="version"):
        list(Store(tmp_path).pieces())


def test_a_folder_without_a_store_holds_nothing(tmp_path: Path) -> None:
    """Reading makes no file."""
    store = Store(tmp_path / "none")
    assert (list(store.pieces()), store.holders(), store.bases()) == ([], (), frozenset())
    assert not (tmp_path / "none").exists()
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError):
        put(Store(tmp_path / "file"), "one", piece("a"))


FIRST_VERSION = """
CREATE TABLE holder (
    id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, target TEXT NOT NULL, stored TEXT NOT NULL
);
CREATE TABLE piece (
    id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, body BLOB NOT NULL, judged BLOB NOT NULL
);
CREATE TABLE holds (piece INTEGER NOT NULL, holder INTEGER NOT NULL, PRIMARY KEY (piece, holder))
    WITHOUT ROWID;
CREATE INDEX held ON holds (holder);
CREATE TABLE needs (base TEXT NOT NULL, piece INTEGER NOT NULL, PRIMARY KEY (base, piece))
    WITHOUT ROWID;
INSERT INTO holder VALUES (1, 'sha256:aa', 'old', '2026-01-01T00:00:00Z');
PRAGMA user_version = 1;
"""
"""A store as version 1 wrote it, with one image in it."""


def stored(name: str, *layers: str, created: str = "") -> StoredImage:
    return StoredImage(
        digest=sha256_of(name.encode()),
        target=name,
        chain=sha256_of(" ".join(layers).encode()),
        layers=len(layers),
        created=created,
        labels=(("a", "1"),),
    )


def test_images_are_found_by_their_chain_and_digest(tmp_path: Path) -> None:
    """The oldest first; one that is put again replaces itself."""
    new, old = stored("new", "os", created="2026"), stored("old", "os", created="2025")
    with Store(tmp_path) as store:
        for one in (new, old, stored("other", "x"), new):
            store.put_image(one)
        assert store.images([new.chain]) == (old, new)
        assert store.images(digest=new.digest) == (new,)
        assert len(store.images()) == 3
        assert store.images([]) == ()


def test_without_a_store_there_are_no_images(tmp_path: Path) -> None:
    """And looking makes none."""
    assert Store(tmp_path / "new").images() == ()
    assert not (tmp_path / "new").exists()


def test_a_store_of_the_first_version_is_brought_up_to_date(tmp_path: Path) -> None:
    """With all that it holds, once."""
    with closing(sqlite3.connect(tmp_path / FILE)) as database, database:
        database.executescript(FIRST_VERSION)
    for _ in range(2):
        with Store(tmp_path) as store:
            assert [one.target for one in store.holders()] == ["old"]
            store.put_image(stored("a", "os"))
            assert len(store.images()) == 1
    with Store(tmp_path) as store:
        put(store, "one", piece("a"))
    with closing(sqlite3.connect(tmp_path / FILE)) as database, database:
        assert database.execute("PRAGMA user_version").fetchone() == (VERSION,)


def test_an_upgrade_that_fails_changes_nothing(tmp_path: Path) -> None:
    """The old program can still use the store."""
    with closing(sqlite3.connect(tmp_path / FILE)) as database, database:
        database.executescript(FIRST_VERSION)
        database.execute("CREATE VIEW image AS SELECT 1")
    with pytest.raises(StorageError):
        Store(tmp_path).holders()
    with closing(sqlite3.connect(tmp_path / FILE)) as database, database:
        assert database.execute("PRAGMA user_version").fetchone() == (1,)
        assert database.execute("SELECT target FROM holder").fetchall() == [("old",)]
