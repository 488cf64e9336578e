"""Nodes hold what they are given."""

from pratique.formats.overlay.nodes import Folder, implicit_folder
from pratique.model.layer import Entry, EntryKind


def test_an_implicit_folder_is_late_and_not_explicit() -> None:
    """Until an entry names it."""
    made = implicit_folder("a/b", 2)
    assert (made.entry.path, made.layer, made.explicit, made.late) == ("a/b", 2, False, True)
    named = Folder(Entry("a", EntryKind.DIRECTORY), 0, explicit=True)
    assert (named.late, named.opaque, named.children) == (False, False, {})
