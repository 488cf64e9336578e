"""Two builds differ in what their files and configuration show; a fix may change what it announced."""

import pytest

from pratique.model.built import Built, BuiltFile, Effect
from pratique.model.layer import EntryKind
from pratique.policy.rebuilt import Differences, beyond, differ

FILE = BuiltFile(EntryKind.FILE, 0o644, 0, 0, "aa")


def built(config: dict[str, str] | None = None, **files: BuiltFile) -> Built:
    """Return a build with these files."""
    return Built(files=files, config=config or {}, size_bytes=0)


def test_equal_builds():
    """Nothing differs, and that is false."""
    assert not differ(built(a=FILE), built(a=FILE))


def test_what_comes_and_goes():
    """Paths by name, fields of the configuration too."""
    found = differ(built({"User": '"a"', "Cmd": "[]"}, a=FILE), built({"Cmd": "[]"}, b=FILE))

    assert (found.added, found.removed, found.config) == (("b",), ("a",), ("User",))


@pytest.mark.parametrize(
    ("after", "way"),
    [
        (BuiltFile(EntryKind.FILE, 0o755, 0, 0, "aa"), "mode 644 → 755"),
        (BuiltFile(EntryKind.FILE, 0o644, 1, 2, "aa"), "owner 0:0 → 1:2"),
        (BuiltFile(EntryKind.FILE, 0o644, 0, 0, "bb"), "content"),
        (BuiltFile(EntryKind.FILE, 0o644, 0, 0, "aa", ("user.a=00",)), "attributes"),
        (BuiltFile(EntryKind.SYMLINK, 0o777, 0, 0, "x"), "file → symlink"),
        (BuiltFile(EntryKind.FILE, 0o600, 0, 0, "bb"), "mode 644 → 600, content"),
    ],
)
def test_in_what_a_path_differs(after: BuiltFile, way: str):
    """Type, mode, owner, content, attributes."""
    assert differ(built(a=FILE), built(a=after)).changed == (("a", way),)


def test_what_was_announced_is_not_told():
    """By globs, which match slashes, and by fields."""
    found = Differences(
        added=("x",),
        removed=("var/lib/apt/lists/a/b",),
        changed=(("etc/y", "content"),),
        config=("Cmd",),
    )
    effects = [
        Effect(removed=("var/lib/apt/lists/*",), config=("Cmd",)),
        Effect(added=("x",), changed=("etc/*",)),
    ]

    assert not beyond(found, effects)


def test_what_one_way_announces_allows_no_other():
    """Who may remove a path may not change it."""
    found = Differences(changed=(("a", "content"),), added=("a",), config=("User",))

    assert beyond(found, [Effect(removed=("*",), config=("Cmd",))]) == found


def test_logs_may_change_but_not_come_or_go():
    """Programs write into them what they were called with."""
    found = Differences(changed=(("var/log/apt/history.log", "content"),), added=("var/log/x",))

    assert beyond(found, []) == Differences(added=("var/log/x",))


def test_what_differs_by_nature_is_left_out():
    """Whatever two builds of the same file do not share."""
    restless = Differences(added=("tmp/b",), removed=("tmp/a",), changed=(("id", "content"),))
    found = Differences(added=("tmp/c",), removed=("tmp/a",), changed=(("id", "content"),))

    assert beyond(found, [], restless) == Differences(added=("tmp/c",))


def test_many_paths_are_said_shortly():
    """Three of them, and how many there are."""
    assert str(Differences(added=("a", "b", "c", "d"))) == "4 paths added (a, b, c, …)"
    assert str(Differences(changed=(("a", "content"),))) == "1 path changed (a: content)"
