from pratique.extractors.javascript import npm_hidden_lock
from tests.makers.tree import MemoryTree

LOCK = "app/node_modules/.package-lock.json"
RECORD = b'{"lockfileVersion": 3, "packages": {"node_modules/ms": {"version": "2.0.0"}}}'


def test_only_a_folder_that_lost_its_package_file_is_listed() -> None:
    """With the file it is node_package's, without the folder it is not there."""
    bare = MemoryTree({LOCK: RECORD, "app/node_modules/ms/index.js": b""})
    whole = MemoryTree({LOCK: RECORD, "app/node_modules/ms/package.json": b"{}"})
    absent = MemoryTree({LOCK: RECORD})

    found = npm_hidden_lock.extract(bare).packages

    assert [(p.name, p.version, p.declared) for p in found] == [("ms", "2.0.0", False)]
    assert found[0].location == f"{LOCK}!node_modules/ms"
    assert npm_hidden_lock.extract(whole).packages == ()
    assert npm_hidden_lock.extract(absent).packages == ()


def test_a_place_outside_node_modules_is_not_followed() -> None:
    """The record cannot lead anywhere else."""
    record = (
        b'{"packages": {"../etc": {"version": "1.0.0"}, "node_modules/../x": {"version": "1.0.0"}}}'
    )
    tree = MemoryTree({LOCK: record, "app/etc/x": b"", "app/x/y": b""})

    assert npm_hidden_lock.extract(tree).packages == ()


def test_a_damaged_record_is_said() -> None:
    """The others stand."""
    other = "srv/node_modules/.package-lock.json"
    tree = MemoryTree({LOCK: b"{", other: RECORD, "srv/node_modules/ms/index.js": b""})

    found = npm_hidden_lock.extract(tree)

    assert [p.location for p in found.packages] == [f"{other}!node_modules/ms"]
    assert [unknown.location for unknown in found.unknowns] == [LOCK]
