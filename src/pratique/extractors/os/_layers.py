"""
Credit each package to the layer that introduced it into a database several layers wrote.

Law: walking from the top, a package belongs to the lowest layer of the unbroken run of database
versions that hold the same (name, arch, version); removed and reinstalled, it belongs to the later
layer. A version that cannot be read ends every run above it.
Bounds: each version is parsed once; versions past ``HISTORY_BYTES`` together are not looked at, and
the packages are credited to the lowest layer that was. Two versions at most are in memory.
"""

from collections.abc import Callable, Collection, Sequence
from typing import overload

from pratique.model.errors import FormatError
from pratique.model.package import LayerRef
from pratique.model.units import FileTree

HISTORY_BYTES = 256 << 20
"""Bytes of older database versions that are parsed for one image."""

PackageId = tuple[str, str, str]
"""Name, architecture, version."""
State = tuple[LayerRef | None, tuple[bytes, ...]]
"""A layer and the database's files as that layer left them."""
Version = tuple[LayerRef | None, bytes]
"""A layer and a file as it left it."""
Parse = Callable[..., Collection[PackageId]]
"""Takes the content of each file of the database; FormatError where it cannot be read."""


def history(tree: FileTree, path: str, companion: str = "") -> Sequence[State]:
    """
    Return the database ``path`` in each layer that wrote it or its ``companion``, lowest first.

    A layer that wrote the database alone is taken to have removed the companion (a log that was
    folded into it). The files of a state are read when it is asked for.
    """
    main = tree.versions(path)
    beside = tree.versions(companion) if companion else ()
    of_main, of_beside = _heights(main), _heights(beside)
    plan: list[tuple[int | None, int | None]] = []
    below = None
    for height in sorted(of_main | of_beside):
        below = of_main.get(height, below)
        plan.append((below, of_beside.get(height)))
    return _States(main, beside, plan, joined=bool(companion))


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
    for position in range(len(states) - 2, -1, -1):
        if not running:
            break
        layer, contents = states[position]
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


class _States(Sequence[State]):
    """States whose files are read one state at a time: all together they may not fit in memory."""

    def __init__(
        self,
        main: Sequence[Version],
        beside: Sequence[Version],
        plan: Sequence[tuple[int | None, int | None]],
        *,
        joined: bool,
    ) -> None:
        self._main = main
        self._beside = beside
        self._plan = plan
        self._joined = joined

    def __len__(self) -> int:
        return len(self._plan)

    @overload
    def __getitem__(self, index: int) -> State: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[State]: ...

    def __getitem__(self, index: int | slice) -> State | Sequence[State]:
        if isinstance(index, slice):
            return _States(self._main, self._beside, self._plan[index], joined=self._joined)
        main, beside = self._plan[index]
        layer, content = (None, b"") if main is None else self._main[main]
        if not self._joined:
            return layer, (content,)
        above, log = (layer, b"") if beside is None else self._beside[beside]
        return _later(layer, above), (content, log)


def _later(one: LayerRef | None, other: LayerRef | None) -> LayerRef | None:
    return max(one, other, key=_height)


def _heights(versions: Sequence[Version]) -> dict[int, int]:
    """Return the position of each layer's version by the height of the layer."""
    return {_height(versions[position][0]): position for position in range(len(versions))}


def _height(layer: LayerRef | None) -> int:
    return layer.index if layer else -1
