"""One layer unpacks as engines unpack it: in order, inside itself."""

from pratique.formats.overlay.nodes import Folder, Leaf
from pratique.formats.overlay.upper import Upper
from pratique.model.layer import Entry, EntryKind


def unpack(*entries: Entry) -> tuple[Upper, list[tuple[str, str]]]:
    notes: list[tuple[str, str]] = []
    upper = Upper(3, 40, lambda path, reason: notes.append((path, reason)))
    upper.unpack(entries, lambda path: None)
    return upper, notes


def file(path: str, content: str = "") -> Entry:
    return Entry(path, EntryKind.FILE, content=content)


def test_links_are_followed_inside_the_layer_only() -> None:
    """An absolute target starts at the layer's root; the entry gets its real path."""
    upper, notes = unpack(
        Entry("real", EntryKind.DIRECTORY),
        Entry("a/l", EntryKind.SYMLINK, link="/real"),
        file("a/l/f"),
    )
    found = upper.resolve("real/f")
    assert isinstance(found, Leaf)
    assert (found.entry.path, found.layer, found.source, found.position) == ("real/f", 3, 3, 2)
    assert notes == []


def test_link_loops_end() -> None:
    """Too many links: taken literally, as a directory that cannot be made; nothing hangs."""
    upper, notes = unpack(
        Entry("a", EntryKind.SYMLINK, link="b"),
        Entry("b", EntryKind.SYMLINK, link="a"),
        file("a/x"),
    )
    assert notes
    assert set(upper.root.children) == {"a", "b"}


def test_written_is_what_the_layer_leaves() -> None:
    """Kept files by their real path, the later of two."""
    upper, _ = unpack(file("d/f", "old"), file("d/f", "new"), file("g"))
    assert {path: leaf.entry.content for path, leaf in upper.written.items()} == {"d/f": "new"}


def test_explicit_and_late_folders() -> None:
    """A folder knows whether it was named, and whether before it was used."""
    upper, _ = unpack(file("late/f"), Entry("late", EntryKind.DIRECTORY, 0o700), file("never/f"))
    late, never = upper.root.children["late"], upper.root.children["never"]
    assert isinstance(late, Folder)
    assert isinstance(never, Folder)
    assert (late.explicit, late.late, late.entry.mode) == (True, True, 0o700)
    assert (never.explicit, never.late, never.entry.mode) == (False, True, 0o755)
