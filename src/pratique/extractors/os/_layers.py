"""
Credit each package to the layer that introduced it into a database several layers wrote.

Law: walking from the top, a package belongs to the lowest layer of the unbroken run of database
versions that hold the same (name, arch, version); removed and reinstalled, it belongs to the later
layer. A version that cannot be read ends every run above it.
Bounds: each version is parsed once; versions past ``HISTORY_BYTES`` together are not looked at, and
the packages are credited to the lowest layer that was.
"""

from collections.abc import Callable, Collection, Sequence

from pratique.model.errors import FormatError
from pratique.model.package import LayerRef
from pratique.model.units import FileTree

HISTORY_BYTES = 256 << 20
"""Bytes of older database versions that are parsed for one image."""

PackageId = tuple[str, str, str]
"""Name, architecture, version."""
State = tuple[LayerRef | None, tuple[bytes, ...]]
"""A layer and the database's files as that layer left them."""
Parse = Callable[..., Collection[PackageId]]
"""Takes the content of each file of the database; FormatError where it cannot be read."""


def history(tree: FileTree, path: str, companion: str = "") -> list[State]:
    """
    Return the database ``path`` in each layer that wrote it or its ``companion``, lowest first.

    A layer that wrote the database alone is taken to have removed the companion (a log that was
    folded into it).
    """
    main = {_height(layer): (layer, content) for layer, content in tree.versions(path)}
    if not companion:
        return [(layer, (content,)) for layer, content in main.values()]
    beside = {_height(layer): (layer, content) for layer, content in tree.versions(companion)}
    states: list[State] = []
    content = b""
    for height in sorted(main | beside):
        layer, content = main.get(height, (beside.get(height, (None, b""))[0], content))
        states.append((layer, (content, beside.get(height, (None, b""))[1])))
    return states


def credit(
    states: Sequence[State], current: Collection[PackageId], parse: Parse
) -> dict[PackageId, LayerRef | None]:
    """
    Return the layer of each package of ``current``.

    Args:
        states: the database in each layer that wrote it, lowest first; the last is the visible one.
        current: the packages of the visible one.
        parse: returns the packages of one older state, given its files' contents.
    """
    if not states:
        return dict.fromkeys(current)
    top, visible = states[-1]
    credited: dict[PackageId, LayerRef | None] = dict.fromkeys(current, top)
    running, room = set(credited), HISTORY_BYTES
    previous, found = visible, frozenset(running)
    for layer, contents in reversed(states[:-1]):
        if not running:
            break
        if contents != previous:
            room -= sum(map(len, contents))
            if room < 0:
                break
            try:
                found = frozenset(parse(*contents))
            except FormatError:
                break
            previous = contents
        running &= found
        credited.update(dict.fromkeys(running, layer))
    return credited


def _height(layer: LayerRef | None) -> int:
    return layer.index if layer else -1
