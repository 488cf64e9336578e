from pratique.extractors.javascript._npm_lock import (
    Entry,
    LockFile,
    Nested,
    Places,
    entries,
)


def test_nested_and_flat_entries_have_the_same_places() -> None:
    """Version 1 is read as if it were version 3."""
    nested = {"a": Nested(version="1.0.0", dependencies={"b": Nested(version="2.0.0")})}

    found = entries(LockFile(dependencies=nested))

    assert sorted(found) == ["node_modules/a", "node_modules/a/node_modules/b"]
    assert found["node_modules/a/node_modules/b"].version == "2.0.0"


def test_packages_win_over_dependencies() -> None:
    """Version 2 repeats itself for old clients."""
    lock = LockFile(packages={}, dependencies={"a": Nested(version="1.0.0")})

    assert entries(lock) == {}


def test_the_way_up_is_bounded() -> None:
    """A place of a million folders costs no more than a few steps for each dependency."""
    place = "/".join(["node_modules/a"] * 10_000)
    entry = Entry(dependencies={f"d{number}": "*" for number in range(1000)})

    assert Places({place: entry, "node_modules/d1": Entry()}).needs(place, entry) == ()
