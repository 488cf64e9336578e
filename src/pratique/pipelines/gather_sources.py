"""
Lay the source files of a target out in a private folder, for tools of others to read.

An image is read a second time, layer by layer; a folder of this machine where it lies, no link
followed. Laws: only regular files that stand in the merged tree and that a tool asks for; nothing that a
package brought or that lies in a folder of bought-in code, unless that is asked for, and how much was left
is told. A name that is not plain gets another one, so no name of an image is ever a path outside the
folder, an option, or a file of settings. Bounds: ``MOST_FILES``, ``MOST_BYTES``; what they leave out is told.
"""

import os
import re
import stat
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path

from msgspec import Struct

from pratique.assessors.placing import Owner, is_bought_in, unread_language
from pratique.formats.compression import inflate
from pratique.formats.overlay.nodes import Leaf
from pratique.formats.tar.walker import TarWalker
from pratique.kit.selector import Selector
from pratique.model.errors import FormatError
from pratique.model.image import Image
from pratique.model.layer import EntryKind
from pratique.model.package import Package
from pratique.model.paths import encode_path
from pratique.model.report import Subject
from pratique.pipelines.material import Material
from pratique.sources.interface import Blobs, ForeignLayer

MOST_FILES = 20_000
MOST_BYTES = 256 << 20
_OPEN = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC
_PLAIN = re.compile(r"(?![-.]{1,2}(?:/|$))(?!-)[A-Za-z0-9_.@+~,=-]{1,120}")
"""One part of a path that may stay as it is: no option, no way up, nothing a tool could misread."""
_MOST_PARTS = 40
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}$")
_ALIASES = "unusual-names"


class Wanted(Struct, frozen=True, kw_only=True):
    """Which files are to be laid out; ``bought_in`` says whether what packages brought is wanted too."""

    selector: Selector
    bought_in: bool = False


class Sources(Struct, frozen=True, kw_only=True):
    """
    What was laid out in ``folder``.

    ``paths`` maps the name below the folder to the path in the target, ``owners`` that path to
    where it came from. ``left`` counts files of packages and bought-in code, ``unread`` those of
    each language that no tool reads, ``problems`` says what else was not laid out.
    """

    folder: Path
    paths: Mapping[str, str]
    owners: Mapping[str, Owner]
    left: int = 0
    unread: Mapping[str, int] = {}
    problems: tuple[str, ...] = ()


def gather_sources(material: Material, wanted: Wanted, folder: Path) -> Sources:
    """Return the sources of a target, laid out in ``folder``, which is new and empty."""
    choice = _Choice(material, wanted)
    written = _Written(folder)
    if material.folder is not None:
        _from_folder(material.folder, choice, written)
    elif material.image is not None and material.blobs is not None:
        _from_layers(material.image, material.blobs, choice, written)
    kept = set(written.paths.values())
    return Sources(
        folder=folder,
        paths=dict(sorted(written.paths.items())),
        owners={path: owner for path, owner in choice.owners.items() if path in kept},
        left=choice.left,
        unread=dict(sorted((+choice.unread).items())),
        problems=(*choice.problems, *written.problems),
    )


class _Choice:
    """The files that are wanted of a tree, and whose they are."""

    def __init__(self, material: Material, wanted: Wanted) -> None:
        self.owners: dict[str, Owner] = {}
        self.leaves: list[Leaf] = []
        self.left = 0
        self.unread = Counter[str]()
        self.problems: list[str] = []
        self.limits = material.limits
        owned = _owned(material.subject)
        of_system = material.image is not None or material.subject.distro is not None
        for leaf in sorted(material.tree.leaves(), key=lambda one: one.entry.path):
            path, size = leaf.entry.path, leaf.entry.size_bytes
            if leaf.entry.kind is not EntryKind.FILE or not size:
                continue
            most = wanted.selector.limit(path)
            language = "" if most else unread_language(path)
            if not most and not language:
                continue
            owner = Owner(layer=material.tree.refs[leaf.layer], package=owned.get(path))
            left = not wanted.bought_in and (
                owner.package is not None or is_bought_in(path, of_system=of_system)
            )
            if language:
                self.unread[language] += not left
            elif left:
                self.left += 1
            elif size > most:
                self.problems.append(f"{path}: larger than {most} bytes")
            else:
                self.leaves.append(leaf)
                self.owners[path] = owner


def _owned(subject: Subject) -> dict[str, Package]:
    packages = {one.key: one for one in subject.packages}
    return {
        file.path: packages[key]
        for key, files in subject.owned.items()
        if key in packages
        for file in files
    }


class _Written:
    """The private folder that files are written to."""

    def __init__(self, folder: Path) -> None:
        self.paths: dict[str, str] = {}
        self.problems: list[str] = []
        self._folder = folder
        self._room = MOST_BYTES

    def add(self, path: str, content: bytes | bytearray) -> None:
        """Write one file; past the bounds say once that the rest is left."""
        if len(self.paths) >= MOST_FILES or len(content) > self._room:
            if self._room:
                self.problems.append(
                    f"there are more than {MOST_FILES} files or {MOST_BYTES} bytes of source; "
                    f"{path} and further ones were left"
                )
            self._room = 0
            return
        self._room -= len(content)
        name = path if self._is_plain(path) else self._alias(path)
        place = self._folder / name
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("xb") as file:
                file.write(content)
        except OSError as error:
            self.problems.append(f"{path}: cannot be laid out: {error.strerror}")
            return
        self.paths[name] = path

    def _is_plain(self, path: str) -> bool:
        parts = path.split("/")
        plain = all(_PLAIN.fullmatch(part) for part in parts)
        return plain and len(parts) <= _MOST_PARTS and parts[0] != _ALIASES

    def _alias(self, path: str) -> str:
        ending = _ENDING.search(path)
        return f"{_ALIASES}/{len(self.paths)}{ending.group() if ending else ''}"


def _from_layers(image: Image, blobs: Blobs, choice: _Choice, written: _Written) -> None:
    by_layer: dict[int, dict[int, list[str]]] = {}
    for leaf in choice.leaves:
        by_layer.setdefault(leaf.source, {}).setdefault(leaf.position, []).append(leaf.entry.path)
    for number, places in sorted(by_layer.items()):
        met = 0
        # The layer was read before: what stops here stopped then, and was told.
        with (
            suppress(FormatError, ForeignLayer),
            blobs.open(image.layers[number].blob) as stored,
        ):
            walker = TarWalker(inflate(stored.read, choice.limits), choice.limits)
            for paths in _at(walker, places):
                content = walker.body()
                met += 1
                for path in paths:
                    written.add(path, content)
        if met < len(places):
            written.problems.append(f"layer {number}: {len(places) - met} files were not read")


def _at(walker: TarWalker, places: Mapping[int, Sequence[str]]) -> Iterator[Sequence[str]]:
    """Yield the paths of each wanted entry while the walker stands at it."""
    position, last = -1, max(places)
    while position < last and walker.next_entry() is not None:
        position += 1
        if position in places:
            yield places[position]


def _from_folder(folder: Path, choice: _Choice, written: _Written) -> None:
    root = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for leaf in choice.leaves:
            path, most = leaf.entry.path, leaf.entry.size_bytes
            try:
                content = _below(root, encode_path(path).split(b"/"), most)
            except OSError as error:
                written.problems.append(f"{path}: cannot be read: {error.strerror}")
            else:
                written.add(path, content)
    finally:
        os.close(root)


def _below(root: int, parts: Sequence[bytes], most: int) -> bytes:
    """Return a file below a folder, no part of whose path is a link."""
    *folders, name = parts
    with ExitStack() as stack:
        here = root
        for part in folders:
            here = os.open(part, _OPEN | os.O_DIRECTORY, dir_fd=here)
            stack.callback(os.close, here)
        with open(os.open(name, _OPEN | os.O_NONBLOCK, dir_fd=here), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise OSError(0, "it is no regular file any more")
            return file.read(most)
