"""The merged tree answers as a container would see it, and never looks outside."""

import hashlib

import pytest

from pratique.formats.overlay.merge import merge_layers
from pratique.formats.overlay.tree import MergedTree
from pratique.kit.kept import KeptFiles
from pratique.kit.selector import Selector
from pratique.model.digest import sha256_of
from pratique.model.errors import FormatError
from pratique.model.layer import Entry, EntryKind, LayerFacts
from pratique.model.package import LayerRef
from pratique.model.units import Patterns

DIGEST = sha256_of(b"")
OS_RELEASE = Patterns(paths=("etc/os-release", "var/lib/rpm/Packages"))
BY_NAME = Patterns(names=("installed",), suffixes=(".jar", "/db/status"))
PLACES = Patterns(folders=("status.d",), trees=("tree",), endings=(("info", ".list"),))


def tree_of(*layers: dict[str, bytes | str | None]) -> MergedTree:
    """Build a tree: bytes are files (kept), text symlinks, None whiteouts."""
    kept = KeptFiles(1 << 20, 1 << 20)
    parts = []
    for index, files in enumerate(layers):
        entries = []
        for path, content in files.items():
            if content is None:
                entries.append(Entry(path, EntryKind.WHITEOUT))
            elif isinstance(content, str):
                entries.append(Entry(path, EntryKind.SYMLINK, link=content))
            else:
                sha256 = hashlib.sha256(content).hexdigest()
                kept.add(sha256, content)
                size = len(content)
                entries.append(Entry(path, EntryKind.FILE, size_bytes=size, content=sha256))
        ref = LayerRef(index=index, blob=DIGEST, diff_id=DIGEST)
        facts = LayerFacts(
            blob=DIGEST, diff_id=DIGEST, blob_bytes=0, tar_bytes=0, entries=tuple(entries)
        )
        parts.append((ref, facts))
    return merge_layers(parts, Selector([OS_RELEASE, BY_NAME, PLACES]), kept).tree


def test_links_resolve_inside() -> None:
    """Relative, absolute, through directories, up to the root and no further."""
    tree = tree_of(
        {
            "usr/lib/os-release": b"ID=x",
            "etc/os-release": "../usr/lib/os-release",
            "etc/abs": "/usr/lib/os-release",
            "etc/up": "../../../../../usr/lib/os-release",
            "lib": "usr/lib",
        }
    )
    for path in ("etc/os-release", "etc/abs", "etc/up", "lib/os-release", "/lib/./os-release"):
        assert tree.read(path) == b"ID=x"
    node = tree.lstat("etc/abs")
    assert node is not None
    assert node.entry.kind is EntryKind.SYMLINK
    assert tree.lstat("lib/os-release") == tree.get("usr/lib/os-release")


@pytest.mark.parametrize(
    "path", ["loop", "a/x", "absent", "etc/f/below", "dangling", "dir", "fifo"]
)
def test_what_cannot_be_read(path: str) -> None:
    """Loops, absent names, names below files, directories: one clear error."""
    tree = tree_of(
        {"loop": "loop", "a": "b", "b": "a", "etc/f": b"", "dangling": "no", "dir/x": b""}
    )
    with pytest.raises(FormatError):
        tree.read(path)
    if path != "dir":
        assert tree.get(path) is None


def test_forty_links_and_no_more() -> None:
    """As Linux counts."""
    chain: dict[str, bytes | str | None] = {f"l{n}": f"l{n + 1}" for n in range(50)}
    tree = tree_of({**chain, "l50": b"end"})
    assert tree.read("l10") == b"end"
    assert tree.get("l9") is None


def test_children_and_directories() -> None:
    """Sorted, full paths, links followed; the root is a directory."""
    tree = tree_of({"d/b": b"", "d/a": b"", "e": "d"})
    assert list(tree.children("d")) == ["d/a", "d/b"]
    assert list(tree.children("e")) == ["e/a", "e/b"]
    assert list(tree.children("")) == list(tree.children("/")) == ["d", "e"]
    assert list(tree.children("absent")) == []
    root = tree.get("/")
    assert root is not None
    assert root.entry.kind is EntryKind.DIRECTORY


def test_matching_by_path_through_links() -> None:
    """A selected path that is reached through links is given once, as it was selected."""
    tree = tree_of({"var/lib/rpm": "../../usr/rpm", "usr/rpm/Packages": b"db", "etc/x": b""})
    assert list(tree.matching(OS_RELEASE)) == ["var/lib/rpm/Packages"]
    both = Patterns(paths=("var/lib/rpm/Packages", "usr/rpm/Packages"))
    assert list(tree.matching(both)) == ["usr/rpm/Packages"]


def test_matching_by_name_place_and_ending() -> None:
    """Each field of the patterns; links to files count, directories do not."""
    tree = tree_of(
        {
            "a/installed": b"1",
            "b/app.jar": b"2",
            "x.jar/inner": b"3",
            "c/db/status": b"4",
            "d/link.jar": "../b/app.jar",
            "status.d/one": b"5",
            "status.d/sub/two": b"6",
            "tree/deep/er": b"7",
            "info/p.list": b"8",
            "info/p.sums": b"9",
        }
    )
    assert list(tree.matching(BY_NAME)) == ["a/installed", "b/app.jar", "c/db/status"]
    assert list(tree.matching(PLACES)) == ["info/p.list", "status.d/one", "tree/deep/er"]
    assert list(tree.matching(Patterns(names=("er",)))) == ["tree/deep/er"], "not a known unit's"


def test_versions_lowest_first() -> None:
    """What each layer wrote, also when a later one deleted it in between."""
    tree = tree_of({"s": b"1"}, {"s": None}, {"s": b"3"}, {"other": b""})
    found = [(ref.index if ref else None, content) for ref, content in tree.versions("s")]
    assert found == [(0, b"1"), (2, b"3")]
    assert len(tree.versions("absent")) == 0


def test_unread_names_what_only_links_lead_to() -> None:
    """A selected file whose bytes were not kept is named by layer and position."""
    entries = (
        Entry("odd/place", EntryKind.FILE, size_bytes=4),
        Entry("etc/os-release", EntryKind.HARDLINK, link="odd/place"),
    )
    facts = LayerFacts(blob=DIGEST, diff_id=DIGEST, blob_bytes=0, tar_bytes=0, entries=entries)
    merged = merge_layers([(None, facts)], Selector([OS_RELEASE]), KeptFiles(0, 0))
    assert merged.tree.unread() == {0: {0}}
    with pytest.raises(FormatError, match="not kept"):
        merged.tree.read("etc/os-release")


def test_an_image_without_layers() -> None:
    """Is empty, and every question has an answer."""
    tree = merge_layers([], Selector([]), KeptFiles(0, 0)).tree
    assert tree.get("/") is not None
    assert tree.get("etc") is None
    assert list(tree.matching(BY_NAME)) == []
