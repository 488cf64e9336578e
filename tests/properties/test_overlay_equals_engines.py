"""
Random layer stacks look to pratique as they look to container engines.

podman (containers-storage) unpacks the same OCI layout with its overlay and its vfs driver,
containerd with its overlayfs and its native snapshotter. Laws:

1. Where nothing ambiguous was found, every engine accepts the image and all trees are equal.
2. Where podman's overlay driver accepts an image, the tree is its tree, ambiguous or not.
"""

import shutil
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pratique.formats.overlay.nodes import Folder
from pratique.formats.tar.whiteout import EVERYTHING
from pratique.model.layer import EntryKind
from pratique.pipelines.inspect_image import Inspected, InspectSettings, inspect_image
from tests.conftest import missing
from tests.makers import layer as make
from tests.makers.engines import Containerd, EngineRefused, Podman, Seen

NAMES = ["a", "b", "a/c", "a/d", "a/c/e", "b/c", "c", "b/c/a"]
TARGETS = ["a", "b", "/a", "../b", "c", "/", "a/c", "x", "..", "."]
MODES = st.sampled_from([0o644, 0o755, 0o4755])

Stack = list[bytes]

_KINDS = {
    EntryKind.FILE: "file",
    EntryKind.DIRECTORY: "directory",
    EntryKind.SYMLINK: "symlink",
}


@st.composite
def entry(draw: st.DrawFn, path: str) -> bytes:
    """Draw one entry at ``path``: mostly files and directories, now and then a trap."""
    kind = draw(
        st.sampled_from(
            ["file"] * 5 + ["folder"] * 5 + ["link"] * 2 + ["gone"] * 2 + ["hard", "opaque"]
        )
    )
    match kind:
        case "file":
            return make.file(path, b"z" * draw(st.integers(0, 9)), mode=draw(MODES))
        case "folder":
            return make.folder(path, draw(st.sampled_from([0o755, 0o700])))
        case "link":
            return make.symlink(path, draw(st.sampled_from(TARGETS)))
        case "hard":
            target = draw(st.sampled_from(NAMES)).encode()
            return make.header(path.encode(), kind=b"1", link=target, mode=draw(MODES))
        case "gone":
            return make.whiteout(path)
        case _:
            return make.opaque(path)


@st.composite
def stacks(draw: st.DrawFn) -> Stack:
    """Draw one to three layers of up to five entries, sorted or not, names mostly once."""
    layers = []
    for _ in range(draw(st.integers(1, 3))):
        names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=5, unique=True))
        names = sorted(names) if draw(st.booleans()) else names
        layers.append(make.tar(*(draw(entry(name)) for name in names)))
    return layers


def ours(stack: Stack) -> tuple[Seen, Inspected]:
    """Return our tree in the form of ``engines.seen``."""
    blobs = make.FakeBlobs()
    found = inspect_image(
        make.image(blobs, *stack),
        blobs,
        patterns=[],
        units_version="1",
        settings=InspectSettings(in_process=True),
    )
    tree: Seen = {}
    folders = [("", found.tree.root)]
    while folders:
        start, folder = folders.pop()
        for name, child in folder.children.items():
            assert child is not None, "no whiteout is left in the merged tree"
            entry, path = child.entry, f"{start}/{name}".lstrip("/")
            assert entry.path == path
            link = entry.link if entry.kind is EntryKind.SYMLINK else ""
            tree[path] = _KINDS[entry.kind], entry.mode, link, entry.size_bytes
            if isinstance(child, Folder):
                folders.append((path, child))
    return tree, found


def plain(tree: Seen) -> Seen:
    """Leave out the modes that engines choose: of links, and of directories nobody named."""
    return {
        path: (kind, 0 if kind in ("directory", "symlink") else mode, link, size)
        for path, (kind, mode, link, size) in tree.items()
    }


def attempt(unpack: Callable[[], Seen]) -> Seen | str:
    """Return the engine's tree, or its refusal."""
    try:
        return plain(unpack())
    except EngineRefused as error:
        return f"refused: {error}"


@pytest.fixture(scope="module")
def podmen(short_folder: Path, need: Callable[[str], str]) -> Iterator[tuple[Podman, Podman]]:
    need("podman")
    folder = short_folder / "p"
    folder.mkdir()
    pair = Podman(folder / "overlay", "overlay"), Podman(folder / "vfs", "vfs")
    simple = folder / "simple"
    make.write_layout(simple, [make.tar(make.folder("a"), make.file("a/b", b"1"))])
    try:
        for one in pair:
            one.tree(simple)
    except EngineRefused as error:
        missing("podman", f"does not run: {error}")
    yield pair
    for one in pair:
        one.close()


@pytest.fixture(scope="module")
def containerd(short_folder: Path, need: Callable[[str], str]) -> Iterator[Containerd]:
    need("containerd")
    need("ctr")
    daemon = Containerd(short_folder / "c")
    try:
        if not daemon.ready():
            missing("containerd", "does not come up")
        yield daemon
    finally:
        daemon.close()


BOUNDED = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@BOUNDED
@given(stack=stacks())
def test_podman(podmen: tuple[Podman, Podman], tmp_path: Path, stack: Stack) -> None:
    """Both laws, with both drivers."""
    tree, found = ours(stack)
    layout = tmp_path / "layout"
    make.write_layout(layout, stack)
    overlay, vfs = (attempt(lambda one=one: one.tree(layout)) for one in podmen)
    shutil.rmtree(layout)
    if not found.ambiguous:
        assert overlay == vfs == plain(tree)
    if isinstance(overlay, dict):
        assert overlay == plain(tree)


@BOUNDED
@given(stack=stacks())
def test_containerd(containerd: Containerd, tmp_path: Path, stack: Stack) -> None:
    """The first law, with both snapshotters."""
    tree, found = ours(stack)
    if found.ambiguous:
        return
    layout, archive = tmp_path / "layout", tmp_path / "image.tar"
    make.write_layout(layout, stack)
    with tarfile.open(archive, "w") as tar:
        for path in sorted(layout.rglob("*")):
            tar.add(path, path.relative_to(layout))
    shutil.rmtree(layout)
    for snapshotter in ("overlayfs", "native"):
        assert attempt(lambda: containerd.tree(archive, snapshotter)) == plain(tree)  # noqa: B023


def test_modes_of_named_directories(podmen: tuple[Podman, Podman], tmp_path: Path) -> None:
    """Where every directory is named, all modes agree too, setuid through hardlinks included."""
    stack = [
        make.tar(
            make.folder("a", 0o1777),
            make.file("a/f", b"12345", mode=0o4755),
            make.header(b"a/g", kind=b"1", link=b"a/f", mode=0o755),
            make.folder("b", 0o750),
            make.symlink("b/l", "../a/f"),
        ),
        make.tar(make.folder("b", 0o700), make.whiteout("b/l"), make.file("b/n", b"", mode=0o600)),
        make.tar(make.folder("a", 0o711), make.opaque("a"), make.file("a/only", b"x")),
    ]
    layout = tmp_path / "layout"
    make.write_layout(layout, stack)
    tree, found = ours(stack)
    assert found.ambiguous == ()
    assert podmen[0].tree(layout) == podmen[1].tree(layout) == tree


def test_the_opaque_root(podmen: tuple[Podman, Podman], tmp_path: Path) -> None:
    """Engines do differ here: overlayfs ignores what vfs obeys. We say so."""
    stack = [make.tar(make.file("below")), make.tar(make.opaque(""), make.file("above"))]
    layout = tmp_path / "layout"
    make.write_layout(layout, stack)
    tree, found = ours(stack)
    assert [place.reason for place in found.ambiguous] == [EVERYTHING]
    assert podmen[0].tree(layout) == tree
    assert podmen[1].tree(layout) != tree
