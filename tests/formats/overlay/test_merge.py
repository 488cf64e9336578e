"""Layers lie over each other as overlayfs lays them."""

import pytest

from pratique.formats.overlay.merge import Merged, merge_layers
from pratique.kit.kept import KeptFiles
from pratique.kit.selector import Selector
from pratique.model.digest import sha256_of
from pratique.model.layer import Entry, EntryKind, LayerFacts, Oddity
from pratique.model.package import LayerRef

DIGEST = sha256_of(b"")


def merged(*layers: list[Entry], oddities: tuple[Oddity, ...] = ()) -> Merged:
    parts = []
    for index, entries in enumerate(layers):
        ref = LayerRef(index=index, blob=DIGEST, diff_id=DIGEST, created_by=f"step {index}")
        facts = LayerFacts(
            blob=DIGEST,
            diff_id=DIGEST,
            blob_bytes=0,
            tar_bytes=0,
            entries=tuple(entries),
            oddities=oddities,
        )
        parts.append((ref, facts))
    return merge_layers(parts, Selector([]), KeptFiles(0, 0))


def file(path: str, mode: int = 0o644) -> Entry:
    return Entry(path, EntryKind.FILE, mode)


def folder(path: str, mode: int = 0o755) -> Entry:
    return Entry(path, EntryKind.DIRECTORY, mode)


def link(path: str, target: str) -> Entry:
    return Entry(path, EntryKind.SYMLINK, 0o777, link=target)


def hard(path: str, target: str, mode: int = 0o644) -> Entry:
    return Entry(path, EntryKind.HARDLINK, mode, link=target)


def gone(path: str) -> Entry:
    return Entry(path, EntryKind.WHITEOUT)


def opaque(path: str) -> Entry:
    return Entry(path, EntryKind.OPAQUE)


def paths(result: Merged) -> list[str]:
    """Return everything in the tree, directories too."""
    return sorted(
        [leaf.entry.path for leaf in result.tree.leaves()]
        + [one.entry.path for one in result.tree.folders()]
    )


@pytest.mark.parametrize(
    ("layers", "expected"),
    [
        ([[file("a/b")], [file("a/c")]], ["a", "a/b", "a/c"]),
        ([[file("a/b"), file("c")], [gone("a")]], ["c"]),
        ([[file("a/b")], [gone("a/b")]], ["a"]),
        ([[file("a/b")], [gone("a/x")]], ["a", "a/b"]),
        ([[file("a/b/c"), file("a/d")], [opaque("a"), file("a/e")]], ["a", "a/e"]),
        ([[file("a/b")], [file("a/e"), opaque("a")]], ["a", "a/e"]),
        ([[file("a/b")], [file("a")]], ["a"]),
        ([[file("a/b")], [link("a", "c")]], ["a"]),
        ([[file("a")], [folder("a"), file("a/b")]], ["a", "a/b"]),
        ([[link("a", "b"), folder("b")], [folder("a"), file("a/x")]], ["a", "a/x", "b"]),
        ([[file("a")], [gone("a")], [file("a")]], ["a"]),
        ([[file("a/b")], [gone("a")], [folder("a")]], ["a"]),
        ([[link("l", "d"), folder("d"), file("l/x")]], ["d", "d/x", "l"]),
        ([[link("l", "/d/../d"), folder("d"), file("l/x")]], ["d", "d/x", "l"]),
        ([[gone("a"), file("b")]], ["b"]),
        ([[file("x/y/z")], [gone("x/y/z"), gone("x/y")]], ["x"]),
        ([], []),
    ],
)
def test_trees(layers: list[list[Entry]], expected: list[str]) -> None:
    """Whiteouts, opaque directories, replacements of every kind, links within a layer."""
    assert paths(merged(*layers)) == expected


@pytest.mark.parametrize(
    "layers",
    [
        [[file("a"), folder("b"), link("c", "b"), hard("d", "a")], [gone("a"), opaque("b")]],
        [[folder("a")], [folder("a", 0o700)]],
        [[folder("usr"), folder("usr/lib"), link("lib", "usr/lib")], [file("usr/lib/x")]],
        [[link("a", "b")], [folder("a"), file("a/x")]],
    ],
)
def test_sound_layers_are_not_ambiguous(layers: list[list[Entry]]) -> None:
    """What engines agree on gives no finding."""
    assert merged(*layers).ambiguous == ()


@pytest.mark.parametrize(
    ("layers", "reason"),
    [
        ([[link("lib", "usr/lib"), folder("usr/lib")], [file("lib/x")]], "not in the layer below"),
        ([[file("a")], [file("a/b")]], "not in the layer below"),
        ([[file("a"), file("a/b")]], "no directory"),
        ([[file("a"), file("a")]], "twice"),
        ([[folder("a"), folder("a")]], "twice"),
        ([[file("a/b")], [gone("a"), folder("a")]], "some engines show what was below"),
        ([[file("a"), gone("a")]], "made and then deleted"),
        ([[gone("a"), file("a/b")]], "below something the layer deletes"),
        ([[file("a")], [hard("b", "a")]], "lower layer"),
        ([[hard("b", "a")]], "to nothing"),
        ([[file("a"), hard("a", "a")]], "to itself"),
        ([[link("l", "nowhere"), file("l/x")]], "link to nothing"),
        ([[file("a")], [opaque("")]], "overlayfs"),
        ([[link("l", "d"), folder("d"), opaque("l")]], "through a link"),
    ],
)
def test_ambiguous_layers_are_told(layers: list[list[Entry]], reason: str) -> None:
    """Each way in which engines were seen to differ, or to refuse, is noted."""
    assert any(reason in place.reason for place in merged(*layers).ambiguous)


def test_oddities_of_the_walk_are_passed_on() -> None:
    """What the tar reader noted comes out with its layer."""
    result = merged([], oddities=(Oddity("p", "odd"),))
    assert [(a.layer, a.path, a.reason) for a in result.ambiguous] == [(0, "p", "odd")]


def test_every_file_knows_its_layer() -> None:
    """The topmost that wrote it; a directory that is only passed through keeps its own."""
    tree = merged([folder("a", 0o700), file("a/x")], [file("a/y")], [folder("a", 0o711)]).tree
    layers = {path: tree.layer_of(path) for path in ("a/x", "a/y", "a")}
    assert {path: ref.index if ref else None for path, ref in layers.items()} == {
        "a/x": 0,
        "a/y": 1,
        "a": 2,
    }
    node = tree.get("a")
    assert node is not None
    assert node.entry.mode == 0o711


def test_hardlinks_share_owner_and_mode() -> None:
    """Engines change the file itself by its newest name, so setuid reaches all names."""
    tree = merged([file("a", 0o755), hard("b", "a", 0o4755)]).tree
    nodes = [tree.get("a"), tree.get("b")]
    assert [node.entry.mode for node in nodes if node] == [0o4755, 0o4755]
    assert [node.entry.kind for node in nodes if node] == [EntryKind.FILE] * 2


def test_a_hardlink_keeps_the_bytes_when_its_target_is_replaced() -> None:
    """It is the file, not the name."""
    old = Entry("a", EntryKind.FILE, size_bytes=1)
    new = Entry("a", EntryKind.FILE, size_bytes=2)
    tree = merged([old, hard("b", "a"), new]).tree
    found = tree.get("b")
    assert found is not None
    assert found.entry.size_bytes == 1


def test_many_layers_and_deep_paths_do_not_recurse() -> None:
    """Depth and number are the image's to choose."""
    deep = "/".join("d" * 1 for _ in range(250))
    layers = [[file(f"{deep}/{index}")] for index in range(300)]
    assert len(paths(merged(*layers))) == 250 + 300


def test_notes_are_bounded() -> None:
    """A hostile layer cannot fill the report."""
    twice = [file(f"f{index % 500}") for index in range(5000)]
    assert len(merged(twice).ambiguous) == 100


def test_a_maze_of_links_ends() -> None:
    """Following links is bounded for the whole layer: an Unknown, not an hour."""
    hop = [link(f"l{index}", f"l{index + 1}/" + "x/../" * 800) for index in range(39)]
    entries = [folder("l39/x"), *hop, *(file(f"l0/{index}") for index in range(2000))]
    result = merged(entries)
    assert [unknown.weight.value for unknown in result.unknowns] == ["blocking"]
